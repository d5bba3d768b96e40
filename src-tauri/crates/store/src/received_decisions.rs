//! The table `received_decisions`: what was decided on other devices, as they signed it.
//!
//! Owns the rows as they come from the central. Must not make or check a signature: `desk` does.

use domain::{ActionId, Canonical};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::audit::DecisionRow;
use crate::error::StoreError;
use crate::row::parsed;

const COLUMNS: &str = "seq, action_id, record, prev_hash, hash, signature, public_key";

/// Keep a decision. One on the same action takes its place: the central says which stands.
pub fn put(tx: &WriteTx<'_>, decision: &DecisionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO received_decisions (seq, action_id, record, prev_hash, hash, signature, public_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (action_id) DO UPDATE SET seq = excluded.seq, record = excluded.record,
           prev_hash = excluded.prev_hash, hash = excluded.hash, signature = excluded.signature,
           public_key = excluded.public_key",
        params![
            decision.seq,
            decision.action_id.as_str(),
            decision.record.as_str(),
            decision.prev_hash.to_string(),
            decision.hash.to_string(),
            decision.signature,
            decision.public_key,
        ],
    )?;
    Ok(())
}

/// The decision on an action.
pub fn on(db: &Reader<'_>, action: &ActionId) -> Result<Option<DecisionRow>, StoreError> {
    db.one(
        &format!("SELECT {COLUMNS} FROM received_decisions WHERE action_id = ?1"),
        [action.as_str()],
        from_row,
    )
}

/// Every decision, those of one signer together and in their order. Not all of a signer's need be here.
pub fn all(db: &Reader<'_>) -> Result<Vec<DecisionRow>, StoreError> {
    db.all(&format!("SELECT {COLUMNS} FROM received_decisions ORDER BY public_key, seq"), [], from_row)
}

/// A decision does not stand any more. Gives whether it was here.
pub fn remove(tx: &WriteTx<'_>, action: &ActionId) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM received_decisions WHERE action_id = ?1", [action.as_str()])? == 1)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DecisionRow> {
    Ok(DecisionRow {
        seq: row.get(0)?,
        action_id: parsed(row, 1)?,
        record: Canonical::stored(row.get(2)?),
        prev_hash: parsed(row, 3)?,
        hash: parsed(row, 4)?,
        signature: row.get(5)?,
        public_key: row.get(6)?,
    })
}
