//! The table `decisions`: who decided what, signed and chained.
//!
//! Owns the order of decisions. Must not make or check a signature: `desk` does.

use domain::{ActionId, Canonical, Sha256};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::parsed;

/// A signed decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its place, from 1.
    pub seq: u64,
    /// On which action.
    pub action_id: ActionId,
    /// What was signed.
    pub record: Canonical,
    /// Hash of the decision before it.
    pub prev_hash: Sha256,
    /// Hash of this one: of the one before it and what was signed.
    pub hash: Sha256,
    /// Ed25519, hex.
    pub signature: String,
    /// Ed25519, hex.
    pub public_key: String,
}

const COLUMNS: &str = "seq, action_id, record, prev_hash, hash, signature, public_key";

/// Append a decision.
pub fn append(tx: &WriteTx<'_>, decision: &DecisionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO decisions (seq, action_id, record, prev_hash, hash, signature, public_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            i64::try_from(decision.seq).unwrap_or(i64::MAX),
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

/// The last decision.
pub fn last(db: &Reader<'_>) -> Result<Option<DecisionRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM decisions ORDER BY seq DESC LIMIT 1"), [], from_row)
}

/// This device's last decision on an action, if there is one.
pub fn on(db: &Reader<'_>, action: &ActionId) -> Result<Option<DecisionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE action_id = ?1 ORDER BY seq DESC LIMIT 1");
    db.one(&sql, [action.as_str()], from_row)
}

/// Every decision, in order.
pub fn all(db: &Reader<'_>) -> Result<Vec<DecisionRow>, StoreError> {
    db.all(&format!("SELECT {COLUMNS} FROM decisions ORDER BY seq"), [], from_row)
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
