//! The table `secrets`: keys of this device.
//!
//! Owns the values as text. Must not be readable by a query typed by hand or by a contract's SQL.

use rusqlite::params;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;

/// The value of a secret.
pub fn get(db: &Reader<'_>, name: &str) -> Result<Option<String>, StoreError> {
    db.one("SELECT value FROM secrets WHERE name = ?1", [name], |row| row.get(0))
}

/// Keep a secret.
pub fn set(tx: &WriteTx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO secrets (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// Forget a secret; it is no error if there is none.
pub fn remove(tx: &WriteTx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM secrets WHERE name = ?1", [name])?;
    Ok(())
}
