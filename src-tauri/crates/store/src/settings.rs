//! The table `settings`: what this profile was told once.
//!
//! Owns the values as text. Must not know what any of them means.

use rusqlite::params;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;

/// The value of a setting.
pub fn get(db: &Reader<'_>, name: &str) -> Result<Option<String>, StoreError> {
    db.one("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
}

/// Set a value.
pub fn set(tx: &WriteTx<'_>, name: &str, value: &str, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        params![name, value, now],
    )?;
    Ok(())
}

/// Forget a value.
pub fn remove(tx: &WriteTx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM settings WHERE name = ?1", [name])?;
    Ok(())
}

/// The next number of a counter, from 1. It is taken by the transaction that uses it, so none is skipped
/// by a crash and none is given twice.
pub fn next_number(tx: &WriteTx<'_>, name: &str, now: &str) -> Result<u32, StoreError> {
    let next = coming_number(tx, name)?;
    set(tx, name, &next.to_string(), now)?;
    Ok(next)
}

/// The number a counter would give next, without taking it.
pub fn coming_number(db: &Reader<'_>, name: &str) -> Result<u32, StoreError> {
    Ok(get(db, name)?.and_then(|value| value.parse::<u32>().ok()).unwrap_or(0) + 1)
}
