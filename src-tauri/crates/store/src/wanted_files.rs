//! The table `wanted_files`: files the central has and this device does not have yet.
//!
//! Owns which. Must not fetch or keep any: `files` keeps their bytes.

use domain::Sha256;
use rusqlite::params;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::parsed;

/// A file that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFile {
    /// Where it is kept at the central: `quotes/{id}.pdf`.
    pub object_key: String,
    /// The hash its bytes must have.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size: u64,
    /// Since when it is wanted, RFC 3339.
    pub since: String,
}

/// Want a file; other bytes at the same place take over.
pub fn add(tx: &WriteTx<'_>, object: &str, sha256: Sha256, size: u64, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO wanted_files (object_key, sha256, size, since) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (object_key) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size",
        params![object, sha256.to_string(), size, now],
    )?;
    Ok(())
}

/// The files that have been wanted longest.
pub fn list(db: &Reader<'_>, limit: u32) -> Result<Vec<WantedFile>, StoreError> {
    db.all(
        "SELECT object_key, sha256, size, since FROM wanted_files ORDER BY since, object_key LIMIT ?1",
        [limit],
        |row| {
            Ok(WantedFile {
                object_key: row.get(0)?,
                sha256: parsed(row, 1)?,
                size: row.get(2)?,
                since: row.get(3)?,
            })
        },
    )
}

/// How many files are wanted.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM wanted_files", [])
}

/// A file is wanted no more. Gives whether it was.
pub fn remove(tx: &WriteTx<'_>, object: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM wanted_files WHERE object_key = ?1", [object])? == 1)
}
