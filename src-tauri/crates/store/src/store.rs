//! The store: one writer, and readers as they are needed.
//!
//! Owns the connections, and when a transaction begins and ends. A write begins IMMEDIATE: a read that
//! turns into a write half-way is refused by SQLite without waiting. Must not know any table.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::access::{Reader, WriteTx};
use crate::connection::{Connected, open_reader, open_writer};
use crate::error::StoreError;
use crate::feed::FeedTx;
use crate::home;
use crate::keys::RawKey;
use crate::migrate;

/// Readers kept open for the next read; more are opened under load and closed afterwards.
const IDLE_READERS: usize = 4;

/// Is told of every commit. A crash test kills the process here; nothing else should be done.
pub trait CommitHook: Send + Sync {
    /// The `n`-th transaction of this store, from 1, is about to be committed.
    fn before_commit(&self, n: u64);
    /// The `n`-th transaction of this store is committed and on the disk.
    fn after_commit(&self, n: u64);
}

/// Is told that something was written.
type Listener = Arc<dyn Fn() + Send + Sync>;

/// Who is told of writes, each under a number of its own.
type Listeners = Arc<Mutex<Vec<(u64, Listener)>>>;

/// Somebody listens to a store's writes for as long as this is held.
#[must_use = "nobody is told any more once this is dropped"]
pub struct Listening {
    number: u64,
    listeners: Weak<Mutex<Vec<(u64, Listener)>>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(listeners) = self.listeners.upgrade() {
            locked(&listeners).retain(|(number, _)| *number != self.number);
        }
    }
}

/// An open database. Shared between threads by reference.
pub struct Store {
    path: PathBuf,
    key: RawKey,
    writer: Mutex<Connected>,
    idle: Mutex<Vec<Connected>>,
    commits: AtomicU64,
    hook: Option<Arc<dyn CommitHook>>,
    /// Told after every write, with no lock held.
    listeners: Listeners,
    listened: AtomicU64,
    /// Released last, when every connection is closed.
    _in_use: File,
}

impl Store {
    /// Open a database file that is there, with a key the caller holds, and bring its schema up to date.
    /// `now` (RFC 3339) is recorded with each migration.
    pub(crate) fn over(
        path: PathBuf,
        key: RawKey,
        now: &str,
        hook: Option<Arc<dyn CommitHook>>,
    ) -> Result<Self, StoreError> {
        let in_use = home::hold_open(path.parent().unwrap_or(Path::new(".")))?;
        let writer = open_writer(&path, &key)?;
        migrate::bring_up_to_date(&writer.conn, now)?;
        Ok(Store {
            path,
            key,
            writer: Mutex::new(writer),
            idle: Mutex::new(Vec::new()),
            commits: AtomicU64::new(0),
            hook,
            listeners: Listeners::default(),
            listened: AtomicU64::new(0),
            _in_use: in_use,
        })
    }

    /// Run a closure in the one transaction that writes. Kept if it gives `Ok`, undone if it gives `Err`
    /// or panics. Must not be called inside another `write` of the same store: it would wait for itself.
    pub fn write<T, E>(&self, work: impl FnOnce(&WriteTx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let value = self.transact(&locked(&self.writer), work)?;
        let listeners = locked(&self.listeners).clone();
        for (_, listener) in listeners {
            listener();
        }
        Ok(value)
    }

    /// Be told after every write of this store (pages of the feed aside), in the thread that wrote and with no
    /// lock held, until what this gives is dropped.
    pub fn on_write(&self, listener: impl Fn() + Send + Sync + 'static) -> Listening {
        let number = self.listened.fetch_add(1, Ordering::Relaxed);
        locked(&self.listeners).push((number, Arc::new(listener)));
        Listening { number, listeners: Arc::downgrade(&self.listeners) }
    }

    /// Run a closure in a transaction like [`Store::write`]'s in which no foreign key is checked: for pages
    /// of the central's change feed. The feed's order is the order of commits at the central, so a price may
    /// come pages before its item. Foreign keys are on again afterwards, whatever happens in the closure.
    /// `now` (RFC 3339) is when the page came.
    pub fn write_feed<T, E>(&self, now: &str, work: impl FnOnce(&FeedTx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let writer = locked(&self.writer);
        let _unchecked = Unchecked::begin(&writer.conn)?;
        self.transact(&writer, |tx| work(&FeedTx::new(tx, now)?))
    }

    fn transact<T, E>(
        &self,
        writer: &Connected,
        work: impl FnOnce(&WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let transaction = Transaction::new_unchecked(&writer.conn, TransactionBehavior::Immediate)
            .map_err(|error| E::from(busy_or(error)))?;
        let tx = WriteTx::new(&writer.conn, &writer.gate);
        let value = work(&tx)?;
        tx.still_open()?;
        let n = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(hook) = &self.hook {
            hook.before_commit(n);
        }
        transaction.commit().map_err(|error| E::from(busy_or(error)))?;
        if let Some(hook) = &self.hook {
            hook.after_commit(n);
        }
        Ok(value)
    }

    /// Run a closure on one unchanging state of the database: what is committed when it first reads.
    pub fn read<T, E>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let idle = locked(&self.idle).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(&self.path, &self.key)?,
        };
        let value = {
            let snapshot = Transaction::new_unchecked(&reader.conn, TransactionBehavior::Deferred)
                .map_err(|error| E::from(busy_or(error)))?;
            let value = work(&Reader::new(&reader.conn, &reader.gate));
            snapshot.finish().map_err(|error| E::from(busy_or(error)))?;
            value
        };
        let mut idle = locked(&self.idle);
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
        value
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn key(&self) -> &RawKey {
        &self.key
    }

    /// The writing connection outside any transaction, for what SQLite does only there.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connected> {
        locked(&self.writer)
    }
}

/// No foreign key is checked on the connection while this lives. SQLite changes that only outside a
/// transaction, so it is made before one and dropped after it.
struct Unchecked<'c>(&'c Connection);

impl<'c> Unchecked<'c> {
    fn begin(conn: &'c Connection) -> Result<Self, StoreError> {
        conn.execute_batch("PRAGMA foreign_keys = OFF")?;
        Ok(Unchecked(conn))
    }
}

impl Drop for Unchecked<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.execute_batch("PRAGMA foreign_keys = ON") {
            tracing::error!(%error, "foreign keys are not checked until the next start");
        }
    }
}

/// A panic in a closure has rolled its transaction back, so what the lock guards is whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn busy_or(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => StoreError::Busy,
        _ => StoreError::Sqlite(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::customers;
    use crate::fixtures::customer;
    use crate::scratch::{self, NOW};

    fn names(store: &Store) -> Vec<String> {
        let all = store.read(|db| customers::list(db, 10, 0)).unwrap();
        all.into_iter().map(|customer| customer.name).collect()
    }

    #[test]
    fn a_write_that_fails_or_panics_leaves_nothing() {
        let (_folder, store) = scratch::store();
        let failed: Result<(), StoreError> = store.write(|tx| {
            customers::upsert(tx, &customer("C1", "One"), NOW)?;
            Err(StoreError::Busy)
        });
        assert!(matches!(failed, Err(StoreError::Busy)));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.write(|tx| {
                customers::upsert(tx, &customer("C1", "One"), NOW)?;
                if customers::exists(tx, &"C1".parse().unwrap())? {
                    panic!("in the middle");
                }
                Ok::<_, StoreError>(())
            })
        }));
        assert!(panicked.is_err());
        assert!(names(&store).is_empty());
        store.write(|tx| customers::upsert(tx, &customer("C1", "One"), NOW)).unwrap();
        assert_eq!(names(&store), ["One"]);
    }

    #[test]
    fn a_reader_sees_one_state_and_does_not_wait_for_the_writer() {
        let (_folder, store) = scratch::store();
        store
            .read(|db| {
                assert_eq!(customers::count(db)?, 0);
                std::thread::scope(|scope| {
                    scope.spawn(|| store.write(|tx| customers::upsert(tx, &customer("C1", "One"), NOW)));
                });
                assert_eq!(customers::count(db)?, 0);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(names(&store), ["One"]);
    }

    #[test]
    fn a_reader_cannot_write() {
        let (_folder, store) = scratch::store();
        let refused = store.read(|db| db.any("DELETE FROM customers RETURNING 1", []));
        assert!(refused.unwrap_err().to_string().contains("readonly"));
    }

    #[test]
    fn two_programs_writing_at_once_both_get_through() {
        let folder = tempfile::tempdir().unwrap();
        let key = RawKey::generate().unwrap();
        let open = || Store::scratch(folder.path(), &key, NOW, None).unwrap();
        let (one, two) = (open(), open());
        std::thread::scope(|scope| {
            for (tag, store) in [("A", &one), ("B", &two)] {
                scope.spawn(move || {
                    for number in 0..20 {
                        let new = customer(&format!("{tag}{number}"), "x");
                        store.write(|tx| customers::upsert(tx, &new, NOW)).unwrap();
                    }
                });
            }
        });
        assert_eq!(one.read(customers::count).unwrap(), 40);
    }

    #[test]
    fn the_hook_is_told_of_every_commit_and_of_no_rollback() {
        struct Told(Mutex<mpsc::Sender<(&'static str, u64)>>);
        impl CommitHook for Told {
            fn before_commit(&self, n: u64) {
                self.0.lock().unwrap().send(("before", n)).unwrap();
            }
            fn after_commit(&self, n: u64) {
                self.0.lock().unwrap().send(("after", n)).unwrap();
            }
        }
        let (sender, told) = mpsc::channel();
        let folder = tempfile::tempdir().unwrap();
        let hook = Arc::new(Told(Mutex::new(sender)));
        let store = Store::scratch(folder.path(), &RawKey::generate().unwrap(), NOW, Some(hook)).unwrap();
        let write = |id: &str| store.write(|tx| customers::upsert(tx, &customer(id, "x"), NOW)).unwrap();
        write("C1");
        store.write(|_| Err::<(), _>(StoreError::Busy)).unwrap_err();
        write("C2");
        assert_eq!(
            told.try_iter().collect::<Vec<_>>(),
            [("before", 1), ("after", 1), ("before", 2), ("after", 2)]
        );
    }

    #[test]
    fn the_writer_is_set_so_that_nothing_acknowledged_is_lost() {
        let (_folder, store) = scratch::store();
        let writer = store.writer();
        let pragma = |name: &str| -> String {
            writer
                .conn
                .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
                .map(|value| match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
                .unwrap()
        };
        let set = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("cache_size", "-65536"),
            ("trusted_schema", "0"),
            ("temp_store", "2"),
            ("journal_size_limit", "67108864"),
            ("wal_autocheckpoint", "4096"),
            ("busy_timeout", "10000"),
        ];
        for (name, value) in set {
            assert_eq!(pragma(name), value, "{name}");
        }
    }
}
