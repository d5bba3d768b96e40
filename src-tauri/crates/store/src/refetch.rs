//! The table `refetch`: rows to be asked of the central again.
//!
//! Owns which rows. A row that could not be written when it came is never forgotten: it stays here until
//! the feed or an answer has brought it. Must not ask.

use domain::Canonical;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row_key::RowKey;

/// Ask for a row again. One that is asked for already keeps its place.
pub fn add(tx: &WriteTx<'_>, row: &RowKey, now: &str) -> Result<(), StoreError> {
    insert(tx, &row.table, row.key.as_str(), now)
}

pub(crate) fn insert(tx: &WriteTx<'_>, table: &str, key: &str, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO refetch (tbl, key, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        [table, key, now],
    )?;
    Ok(())
}

/// Rows that may be asked for now, the oldest first: none that an operation which is not settled announces.
pub fn due(db: &Reader<'_>, limit: u32) -> Result<Vec<RowKey>, StoreError> {
    db.all(
        "SELECT tbl, key FROM refetch
         WHERE NOT EXISTS (SELECT 1 FROM outbox_rows JOIN outbox USING (op_id)
                           WHERE outbox_rows.tbl = refetch.tbl AND outbox_rows.key = refetch.key
                             AND state IN ('waiting', 'parked'))
         ORDER BY since, tbl, key LIMIT ?1",
        [limit],
        |row| Ok(RowKey { table: row.get(0)?, key: Canonical::stored(row.get(1)?) }),
    )
}

/// How many rows are to be asked for, also those that are not due.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM refetch", [])
}

/// A row need not be asked for any more. Gives whether it was.
pub fn remove(tx: &WriteTx<'_>, row: &RowKey) -> Result<bool, StoreError> {
    delete(tx, &row.table, row.key.as_str())
}

pub(crate) fn delete(tx: &WriteTx<'_>, table: &str, key: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM refetch WHERE tbl = ?1 AND key = ?2", [table, key])? == 1)
}
