//! The table `outbox`: every operation the central must learn of.
//!
//! Owns the queue. An operation is put in by the transaction that makes it true, and its `op_id` is its
//! idempotency key everywhere. Must not send anything.

use domain::{Canonical, OpId, RunId, Sha256, vocabulary};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

vocabulary! {
    /// Where an operation stands.
    pub enum OpState: "an operation state" {
        /// Not with the central yet.
        Waiting = "waiting",
        /// Refused; a person must look.
        Parked = "parked",
        /// The central has it.
        Acknowledged = "acknowledged",
        /// A person threw it away.
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
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub error: Option<String>,
    /// What the central answered, as JSON.
    pub result: Option<String>,
    /// When it was put in, RFC 3339.
    pub created_at: String,
    /// When it was acknowledged or thrown away, RFC 3339.
    pub settled_at: Option<String>,
}

const COLUMNS: &str = "seq, op_id, aggregate, kind, payload, payload_hash, state, run_id, step_id, attempts, \
     error_message, result, created_at, settled_at";

/// Put an operation in. The same `op_id` twice is an error: something would have happened twice.
pub fn put(tx: &WriteTx<'_>, op: &NewOp<'_>, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO outbox (op_id, aggregate, kind, payload, payload_hash, state, run_id, step_id,
           created_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7, ?8, ?9, ?9)",
        params![
            op.op_id.as_str(),
            op.aggregate,
            op.kind,
            op.payload.as_str(),
            op.payload.hash().to_string(),
            op.run_id.map(RunId::as_str),
            op.step_id,
            op.created_by,
            now,
        ],
    )?;
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

/// Let a parked operation wait again. Gives whether it was parked.
pub fn retry(tx: &WriteTx<'_>, id: &OpId, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'waiting', attempts = 0, next_attempt_at = NULL, error_code = NULL,
           error_message = NULL, updated_at = ?2
         WHERE op_id = ?1 AND state = 'parked'",
        params![id.as_str(), now],
    )?;
    Ok(changed == 1)
}

/// Throw a parked operation away. Gives whether it was parked.
pub fn discard(tx: &WriteTx<'_>, id: &OpId, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'discarded', settled_at = ?2, updated_at = ?2
         WHERE op_id = ?1 AND state = 'parked'",
        params![id.as_str(), now],
    )?;
    Ok(changed == 1)
}

/// Set an operation aside for a person.
pub fn park(tx: &WriteTx<'_>, id: &OpId, code: &str, message: &str, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'parked', error_code = ?2, error_message = ?3, updated_at = ?4
         WHERE op_id = ?1 AND state = 'waiting'",
        params![id.as_str(), code, message, now],
    )?;
    Ok(changed == 1)
}

/// Record that the central has an operation, with what it answered.
pub fn acknowledge(tx: &WriteTx<'_>, id: &OpId, result: &str, now: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'acknowledged', result = ?2, settled_at = ?3, updated_at = ?3
         WHERE op_id = ?1 AND state IN ('waiting', 'parked')",
        params![id.as_str(), result, now],
    )?;
    Ok(changed == 1)
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
        attempts: row.get(9)?,
        error: row.get(10)?,
        result: row.get(11)?,
        created_at: row.get(12)?,
        settled_at: row.get(13)?,
    })
}
