//! The tables `blobs` and `artifacts`: files by the hash of their bytes, and where each belongs in R2.
//!
//! Owns the bytes. Must never change any: other bytes are another file.

use domain::{RunId, Sha256};
use rusqlite::params;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::parsed;

/// Keep a file; the same bytes are kept once.
pub fn keep(
    tx: &WriteTx<'_>,
    sha256: Sha256,
    media_type: &str,
    bytes: &[u8],
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO blobs (sha256, media_type, size, bytes, created_at) VALUES (?1, ?2, length(?3), ?3, ?4)
         ON CONFLICT (sha256) DO NOTHING",
        params![sha256.to_string(), media_type, bytes, now],
    )?;
    Ok(())
}

/// Say where a file belongs.
pub fn place(
    tx: &WriteTx<'_>,
    object: &str,
    sha256: Sha256,
    run: &RunId,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO artifacts (object_key, sha256, run_id, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![object, sha256.to_string(), run.as_str(), now],
    )?;
    Ok(())
}

/// The bytes of a file.
pub fn bytes(db: &Reader<'_>, sha256: Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    db.one("SELECT bytes FROM blobs WHERE sha256 = ?1", [sha256.to_string()], |row| row.get(0))
}

/// The newest file that belongs at a place.
pub fn at(db: &Reader<'_>, object: &str) -> Result<Option<Sha256>, StoreError> {
    db.one(
        "SELECT sha256 FROM artifacts WHERE object_key = ?1 ORDER BY created_at DESC LIMIT 1",
        [object],
        |row| parsed(row, 0),
    )
}

/// Every file's hash, for an integrity check.
pub fn all(db: &Reader<'_>) -> Result<Vec<Sha256>, StoreError> {
    db.all("SELECT sha256 FROM blobs ORDER BY sha256", [], |row| parsed(row, 0))
}
