//! The tables `outbox` and `outbox_rows`: every operation the central must learn of, and the rows each
//! announces.
//!
//! Owns the queue. An operation is put in by the transaction that makes it true, and its `op_id` is its
//! idempotency key everywhere. Must not send anything.

mod ready;
mod settle;
mod standing;
#[cfg(test)]
mod tests;

use domain::{Canonical, OpId, RunId, Sha256, vocabulary};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};
use crate::row_key::RowKey;

pub use ready::{Turn, ready};
pub use settle::{acknowledge, count_attempt, discard, overrule, park, retry};
pub use standing::{Blocked, HeldBack, blocked, held_for, oldest_waiting, unsettled_of};

vocabulary! {
    /// Where an operation stands.
    pub enum OpState: "an operation state" {
        /// Not with the central yet.
        Waiting = "waiting",
        /// Refused; a person must look.
        Parked = "parked",
        /// The central has it.
        Acknowledged = "acknowledged",
        /// It will never go: a person threw it away, or another's decision stands.
        Discarded = "discarded",
    }
}

/// An operation to put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOp<'a> {
    /// Its idempotency key.
    pub op_id: &'a OpId,
    /// What it is about: operations of one aggregate go in order.
    pub aggregate: &'a str,
    /// What kind of operation.
    pub kind: &'a str,
    /// What is sent.
    pub payload: &'a Canonical,
    /// Of which run.
    pub run_id: Option<&'a RunId>,
    /// Of which step.
    pub step_id: Option<&'a str>,
    /// The operation that must be with the central before this one may go.
    pub after: Option<&'a OpId>,
    /// The rows it announces: until it is settled, what the central says of them is not written here.
    pub touches: &'a [RowKey],
    /// Whose sign-in sends it; never another's.
    pub created_by: &'a str,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpRow {
    /// Its place in the queue.
    pub seq: u64,
    /// Its idempotency key.
    pub op_id: OpId,
    /// What it is about.
    pub aggregate: String,
    /// What kind of operation.
    pub kind: String,
    /// What is sent.
    pub payload: Canonical,
    /// Its hash.
    pub payload_hash: Sha256,
    /// Where it stands.
    pub state: OpState,
    /// Of which run.
    pub run_id: Option<RunId>,
    /// Of which step.
    pub step_id: Option<String>,
    /// The operation that must be with the central before this one may go.
    pub after: Option<OpId>,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last, as a code.
    pub error_code: Option<String>,
    /// What went wrong last, in words.
    pub error: Option<String>,
    /// What the central answered, as JSON.
    pub result: Option<String>,
    /// Whose sign-in sends it.
    pub created_by: String,
    /// When it was put in, RFC 3339.
    pub created_at: String,
    /// When it was acknowledged or thrown away, RFC 3339.
    pub settled_at: Option<String>,
}

const COLUMNS: &str = "seq, op_id, aggregate, kind, payload, payload_hash, state, run_id, step_id, after_op, \
     attempts, error_code, error_message, result, created_by, created_at, settled_at";

/// Put an operation in. The same `op_id` twice is an error: something would have happened twice.
pub fn put(tx: &WriteTx<'_>, op: &NewOp<'_>, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO outbox (op_id, aggregate, kind, payload, payload_hash, state, run_id, step_id,
           after_op, created_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7, ?8, ?9, ?10, ?10)",
        params![
            op.op_id.as_str(),
            op.aggregate,
            op.kind,
            op.payload.as_str(),
            op.payload.hash().to_string(),
            op.run_id.map(RunId::as_str),
            op.step_id,
            op.after.map(OpId::as_str),
            op.created_by,
            now,
        ],
    )?;
    for row in op.touches {
        // One operation may announce a row twice: as it was in between and as it is.
        tx.execute(
            "INSERT INTO outbox_rows (op_id, tbl, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            [op.op_id.as_str(), &row.table, row.key.as_str()],
        )?;
    }
    Ok(())
}

/// The operation of that id.
pub fn get(db: &Reader<'_>, id: &OpId) -> Result<Option<OpRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM outbox WHERE op_id = ?1"), [id.as_str()], from_row)
}

/// The operations of a run, in order.
pub fn of_run(db: &Reader<'_>, run: &RunId) -> Result<Vec<OpRow>, StoreError> {
    db.all(&format!("SELECT {COLUMNS} FROM outbox WHERE run_id = ?1 ORDER BY seq"), [run.as_str()], from_row)
}

/// Operations in a state, in order.
pub fn in_state(db: &Reader<'_>, state: OpState, limit: u32) -> Result<Vec<OpRow>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM outbox WHERE state = ?1 ORDER BY seq LIMIT ?2"),
        params![state.as_str(), limit],
        from_row,
    )
}

/// How many operations are in each state.
pub fn counts(db: &Reader<'_>) -> Result<Vec<(OpState, u64)>, StoreError> {
    db.all("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state", [], |row| {
        Ok((parsed(row, 0)?, row.get(1)?))
    })
}

/// How many operations are not settled, by state.
pub fn unsettled_counts(db: &Reader<'_>) -> Result<Vec<(OpState, u64)>, StoreError> {
    db.all(
        "SELECT state, count(*) FROM outbox WHERE state IN ('waiting', 'parked') GROUP BY state",
        [],
        |row| Ok((parsed(row, 0)?, row.get(1)?)),
    )
}

/// Operations of a kind that one person made and that gave way to what stands at the central, in order.
pub fn given_up(db: &Reader<'_>, kind: &str, code: &str, created_by: &str) -> Result<Vec<OpRow>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM outbox WHERE state = 'discarded' AND kind = ?1 AND error_code = ?2
               AND created_by = ?3 ORDER BY seq"
        ),
        [kind, code, created_by],
        from_row,
    )
}

/// The rows an operation announces. None any more once the central has it.
pub fn touched(db: &Reader<'_>, id: &OpId) -> Result<Vec<RowKey>, StoreError> {
    db.all("SELECT tbl, key FROM outbox_rows WHERE op_id = ?1 ORDER BY tbl, key", [id.as_str()], |row| {
        Ok(RowKey { table: row.get(0)?, key: Canonical::stored(row.get(1)?) })
    })
}

/// Whether an operation that is not settled announces this row.
pub fn has_pending_row(db: &Reader<'_>, row: &RowKey) -> Result<bool, StoreError> {
    is_pending(db, &row.table, row.key.as_str())
}

/// The same, of a key as text.
pub(crate) fn is_pending(db: &Reader<'_>, table: &str, key: &str) -> Result<bool, StoreError> {
    db.any(
        "SELECT 1 FROM outbox_rows JOIN outbox USING (op_id)
         WHERE tbl = ?1 AND key = ?2 AND state IN ('waiting', 'parked')",
        [table, key],
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<OpRow> {
    Ok(OpRow {
        seq: row.get(0)?,
        op_id: parsed(row, 1)?,
        aggregate: row.get(2)?,
        kind: row.get(3)?,
        payload: Canonical::stored(row.get(4)?),
        payload_hash: parsed(row, 5)?,
        state: parsed(row, 6)?,
        run_id: parsed_if_any(row, 7)?,
        step_id: row.get(8)?,
        after: parsed_if_any(row, 9)?,
        attempts: row.get(10)?,
        error_code: row.get(11)?,
        error: row.get(12)?,
        result: row.get(13)?,
        created_by: row.get(14)?,
        created_at: row.get(15)?,
        settled_at: row.get(16)?,
    })
}
