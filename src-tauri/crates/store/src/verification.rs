//! The table `workflow_verify_results`.
//!
//! Owns what is proven and what is not yet. Must not judge: the workflow crate does.

use domain::{QuoteId, RunId};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{json, parsed, parsed_if_any};

/// One verification of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyRow {
    /// Of which run.
    pub run_id: RunId,
    /// Which verification of the contract.
    pub check_id: String,
    /// About which quote.
    pub quote_id: Option<QuoteId>,
    /// `pending`, `passed`, `failed` or `skipped`.
    pub status: String,
    /// What it rests on.
    pub evidence: serde_json::Value,
    /// When it was staged, RFC 3339.
    pub created_at: String,
    /// When it was last looked at, RFC 3339.
    pub checked_at: Option<String>,
}

const COLUMNS: &str = "run_id, check_id, quote_id, status, evidence, created_at, checked_at";

/// Stage a verification as pending.
pub fn stage(
    tx: &WriteTx<'_>,
    run: &RunId,
    check: &str,
    quote: Option<&QuoteId>,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO workflow_verify_results (run_id, check_id, quote_id, status, evidence, created_at)
         VALUES (?1, ?2, ?3, 'pending', '{}', ?4)",
        params![run.as_str(), check, quote.map(QuoteId::as_str), now],
    )?;
    Ok(())
}

/// Record what was found.
pub fn record(
    tx: &WriteTx<'_>,
    run: &RunId,
    check: &str,
    status: &str,
    evidence: &serde_json::Value,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE workflow_verify_results SET status = ?3, evidence = ?4, checked_at = ?5
         WHERE run_id = ?1 AND check_id = ?2",
        params![run.as_str(), check, status, evidence.to_string(), now],
    )?;
    Ok(())
}

/// Runs of this device that still have something to prove; another device's are its own to look after.
pub fn pending_runs(db: &Reader<'_>) -> Result<Vec<RunId>, StoreError> {
    db.all(
        "SELECT DISTINCT run_id FROM workflow_verify_results WHERE status = 'pending'
           AND run_id IN (SELECT id FROM runs WHERE status <> 'overruled') ORDER BY run_id",
        [],
        |row| parsed(row, 0),
    )
}

/// The verifications of a run, in the order they were staged.
pub fn of_run(db: &Reader<'_>, run: &RunId) -> Result<Vec<VerifyRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM workflow_verify_results WHERE run_id = ?1 ORDER BY created_at, check_id"
    );
    db.all(&sql, [run.as_str()], from_row)
}

/// How many verifications are in each status.
pub fn counts(db: &Reader<'_>) -> Result<Vec<(String, u64)>, StoreError> {
    db.all(
        "SELECT status, count(*) FROM workflow_verify_results GROUP BY status ORDER BY status",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<VerifyRow> {
    Ok(VerifyRow {
        run_id: parsed(row, 0)?,
        check_id: row.get(1)?,
        quote_id: parsed_if_any(row, 2)?,
        status: row.get(3)?,
        evidence: json(row, 4)?,
        created_at: row.get(5)?,
        checked_at: row.get(6)?,
    })
}
