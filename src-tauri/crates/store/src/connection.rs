//! Opening one connection to the encrypted database, with the settings every one must have.
//!
//! Owns the pragmas and their order: the key first, or nothing else works. Must not choose a key, and
//! must never make a database file: only [`crate::Store::create`] does.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::StoreError;
use crate::gate::Gate;
use crate::keys::{KeyError, RawKey};

/// How long one process waits for another's write. A page of a sync takes milliseconds; this is for a
/// laptop that stalls.
pub(crate) const BUSY_WAIT: Duration = Duration::from_secs(10);

/// A connection, and the gate on it through which a contract's SQL is let in.
pub(crate) struct Connected {
    pub(crate) conn: Connection,
    pub(crate) gate: Arc<Gate>,
}

/// The connection that writes.
pub(crate) fn open_writer(path: &Path, key: &RawKey) -> Result<Connected, StoreError> {
    let conn = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    // Asked for only when needed: the switch takes an exclusive lock that no busy timeout waits for.
    if mode != "wal" {
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    }
    // FULL: what was acknowledged to a person is on the disk. The limit gives the space of a long sync's
    // log back afterwards; 16 MB of log are moved at a time, four times what SQLite would, so that pages
    // written again and again are moved once.
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;",
    )?;
    conn.query_row("PRAGMA journal_size_limit = 67108864", [], |_| Ok(()))?;
    conn.query_row("PRAGMA wal_autocheckpoint = 4096", [], |_| Ok(()))?;
    gated(conn)
}

/// A connection that cannot write, whatever it is told.
pub(crate) fn open_reader(path: &Path, key: &RawKey) -> Result<Connected, StoreError> {
    let conn = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    gated(conn)
}

/// A connection with the key applied and proved, and nothing else set.
pub(crate) fn keyed(path: &Path, key: &RawKey, mode: OpenFlags) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::NoDatabase(path.to_owned()));
    }
    let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY_WAIT)?;
    // SQLCipher tells its own troubles on stderr, where a script reads our errors.
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&key.pragma())?;
    match conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())) {
        Ok(()) => Ok(conn),
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == ErrorCode::NotADatabase => {
            Err(KeyError::WrongKey.into())
        }
        Err(other) => Err(other.into()),
    }
}

/// What readers and the writer have in common, and the gate.
pub(crate) fn gated(mut conn: Connection) -> Result<Connected, StoreError> {
    // 64 MiB of cache: with the default of 2 MiB every read decrypts its pages anew and costs threefold.
    conn.execute_batch(
        "PRAGMA cache_size = -65536;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;",
    )?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.set_prepared_statement_cache_capacity(256);
    let gate = Gate::install(&mut conn)?;
    Ok(Connected { conn, gate })
}
