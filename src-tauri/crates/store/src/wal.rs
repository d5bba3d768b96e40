//! SQLite's log of changes (the WAL): how long it is, and keeping it short.
//!
//! Owns when it is moved into the database file and its space given back. Must not wait long for a reader:
//! while the log is emptied nobody writes.

use std::fs;
use std::io::ErrorKind;
use std::time::Duration;

use crate::connection::BUSY_WAIT;
use crate::error::StoreError;
use crate::home;
use crate::store::Store;

/// From this length on, tending the log empties it: twice what it grows to while SQLite can move it itself.
const LONG_LOG: u64 = 32 * 1024 * 1024;

/// How long emptying waits for readers to come off the log. A person's change waits as long.
const READER_WAIT: Duration = Duration::from_millis(100);

/// What the log of changes not yet in the database file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whether a reader or another process kept it from finishing; it is tried again on its own.
    pub was_held_up: bool,
    /// Pages that were in the log.
    pub log_pages: u64,
    /// Pages of them that are in the database file now.
    pub moved_pages: u64,
    /// How many bytes the log's file has now. It grows for as long as one reader stays on an old state.
    pub log_bytes: u64,
}

impl Store {
    /// Move the log into the database file and give its space back. For after a long import or sync.
    pub fn checkpoint(&self) -> Result<Checkpoint, StoreError> {
        let writer = self.writer();
        writer.conn.busy_timeout(READER_WAIT)?;
        let done = self.empty_log(&writer.conn);
        writer.conn.busy_timeout(BUSY_WAIT)?;
        done
    }

    /// Keep the log short while much is written: empty it if it is long. SQLite moves what it can by itself
    /// with every 16 MB; only a reader that stays on an old state makes it longer. Gives how many bytes the
    /// log's file has then: if that grows from call to call, a reader does not come to an end.
    pub fn tend_log(&self) -> Result<u64, StoreError> {
        match self.log_bytes()? {
            long if long >= LONG_LOG => Ok(self.checkpoint()?.log_bytes),
            short => Ok(short),
        }
    }

    /// How many bytes the log's file has.
    pub fn log_bytes(&self) -> Result<u64, StoreError> {
        let path = home::log_of(self.path());
        match fs::metadata(&path) {
            Ok(file) => Ok(file.len()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(StoreError::file("look at", path)(error)),
        }
    }

    fn empty_log(&self, conn: &rusqlite::Connection) -> Result<Checkpoint, StoreError> {
        let (busy, log, moved): (i64, i64, i64) =
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let pages = |number: i64| u64::try_from(number).unwrap_or(0);
        Ok(Checkpoint {
            was_held_up: busy != 0,
            log_pages: pages(log),
            moved_pages: pages(moved),
            log_bytes: self.log_bytes()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::StoreError;
    use crate::scratch;

    #[test]
    fn a_checkpoint_empties_the_log() {
        let (_folder, store) = scratch::store();
        assert!(store.log_bytes().unwrap() > 0);
        let done = store.checkpoint().unwrap();
        assert!(!done.was_held_up);
        assert_eq!((done.log_bytes, store.log_bytes().unwrap()), (0, 0));
    }

    #[test]
    fn a_long_reader_is_told_of_and_holds_nobody_up() {
        let (_folder, store) = scratch::store();
        store
            .read(|db| {
                assert!(!db.any("SELECT 1 FROM settings", [])?);
                store.write(|tx| crate::settings::set(tx, "a", "1", scratch::NOW))?;
                let done = store.checkpoint()?;
                assert!(done.was_held_up && done.log_bytes > 0, "{done:?}");
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(store.checkpoint().unwrap().log_bytes, 0);
    }

    #[test]
    fn a_log_that_a_reader_made_long_is_emptied_once_the_reader_is_gone() {
        let (_folder, store) = scratch::store();
        let bytes = vec![0u8; 1024 * 1024];
        store
            .read(|db| {
                assert!(!db.any("SELECT 1 FROM settings", [])?);
                for n in 0..36 {
                    let sha256 = domain::Sha256::of(&[n]);
                    store.write(|tx| crate::files::keep(tx, sha256, "x", &bytes, scratch::NOW))?;
                }
                assert!(store.tend_log()? > super::LONG_LOG);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(store.tend_log().unwrap(), 0);
        store.write(|tx| crate::settings::set(tx, "a", "1", scratch::NOW)).unwrap();
        assert!(store.tend_log().unwrap() > 0);
    }
}
