//! The tables a run leaves behind: `workflow_runs`, `workflow_run_log`, `reflexion_log`, `workflow_events`
//! and `alerts`.
//!
//! Owns the inserts, each of which gives the row back so that the same row can be announced. Must not decide
//! what is logged: the contract does.

use domain::{CustomerId, QuoteId, RunId};
use rusqlite::params;
use serde_json::{Value, json};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;

/// What every log of a run's end has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd<'a> {
    /// Which run.
    pub run_id: &'a RunId,
    /// Of which contract.
    pub workflow_type: &'a str,
    /// Its version.
    pub contract_version: u32,
    /// For which customer.
    pub customer_id: Option<&'a CustomerId>,
    /// About which quote.
    pub quote_id: Option<&'a QuoteId>,
    /// How it ended.
    pub status: &'a str,
    /// Who set it going.
    pub started_by: &'a str,
    /// When it began, RFC 3339.
    pub started_at: &'a str,
    /// When it ended, RFC 3339.
    pub completed_at: &'a str,
}

/// Something that wants a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Its key.
    pub id: String,
    /// Of which run.
    pub run_id: Option<String>,
    /// At which step.
    pub step_id: Option<String>,
    /// In words.
    pub message: String,
    /// Since when, RFC 3339.
    pub created_at: String,
}

/// `INSERT workflow_run_log`: the runner's own record.
pub fn insert_run_log(tx: &WriteTx<'_>, end: &RunEnd<'_>, summary: &Value) -> Result<Value, StoreError> {
    tx.execute(
        "INSERT INTO workflow_run_log (run_id, workflow_type, status, started_at, completed_at, summary_json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            end.run_id.as_str(),
            end.workflow_type,
            end.status,
            end.started_at,
            end.completed_at,
            summary.to_string()
        ],
    )?;
    Ok(json!({
        "run_id": end.run_id, "workflow_type": end.workflow_type, "status": end.status,
        "started_at": end.started_at, "completed_at": end.completed_at, "summary_json": summary.to_string(),
    }))
}

/// `INSERT workflow_runs`: the record the contract declares.
pub fn insert_workflow_run(tx: &WriteTx<'_>, end: &RunEnd<'_>) -> Result<Value, StoreError> {
    tx.execute(
        "INSERT INTO workflow_runs (run_id, workflow_type, contract_version, customer_id, quote_id, status,
           started_by, started_at, completed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            end.run_id.as_str(),
            end.workflow_type,
            end.contract_version,
            end.customer_id.map(CustomerId::as_str),
            end.quote_id.map(QuoteId::as_str),
            end.status,
            end.started_by,
            end.started_at,
            end.completed_at,
        ],
    )?;
    Ok(json!({
        "run_id": end.run_id, "workflow_type": end.workflow_type, "contract_version": end.contract_version,
        "customer_id": end.customer_id, "quote_id": end.quote_id, "status": end.status,
        "started_by": end.started_by, "started_at": end.started_at, "completed_at": end.completed_at,
    }))
}

/// `INSERT reflexion_log`: a narrative under some tags.
pub fn insert_reflexion(
    tx: &WriteTx<'_>,
    run: &RunId,
    tags: &str,
    narrative: &str,
    now: &str,
) -> Result<Value, StoreError> {
    tx.execute(
        "INSERT INTO reflexion_log (run_id, tags, narrative, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![run.as_str(), tags, narrative, now],
    )?;
    Ok(json!({ "run_id": run, "tags": tags, "narrative": narrative, "created_at": now }))
}

/// Fire a run's one event; a second is refused.
pub fn insert_event(
    tx: &WriteTx<'_>,
    run: &RunId,
    event: &str,
    payload: &Value,
    now: &str,
) -> Result<Value, StoreError> {
    tx.execute(
        "INSERT INTO workflow_events (run_id, event, payload, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![run.as_str(), event, payload.to_string(), now],
    )?;
    Ok(json!({ "run_id": run, "event": event, "payload": payload.to_string(), "created_at": now }))
}

/// Alert a person.
pub fn insert_alert(
    tx: &WriteTx<'_>,
    id: &str,
    run: Option<&RunId>,
    step: Option<&str>,
    message: &str,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO alerts (id, run_id, step_id, message, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, run.map(RunId::as_str), step, message, now],
    )?;
    Ok(())
}

/// Alert a person, unless they were alerted under this id before.
pub fn alert_once(tx: &WriteTx<'_>, id: &str, message: &str, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO alerts (id, message, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
        params![id, message, now],
    )?;
    Ok(())
}

/// Alert a person of a quote, unless they were alerted under this id before.
pub fn alert_of_quote(
    tx: &WriteTx<'_>,
    id: &str,
    quote: &QuoteId,
    message: &str,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO alerts (id, quote_id, message, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO NOTHING",
        params![id, quote.as_str(), message, now],
    )?;
    Ok(())
}

/// Alerts nobody has resolved.
pub fn open_alerts(db: &Reader<'_>) -> Result<Vec<AlertRow>, StoreError> {
    db.all(
        "SELECT id, run_id, step_id, message, created_at FROM alerts WHERE resolved_at IS NULL
         ORDER BY created_at, id",
        [],
        alert,
    )
}

/// How many those are.
pub fn open_alert_count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM alerts WHERE resolved_at IS NULL", [])
}

/// Those of a quote, or of the run it came from.
pub fn open_alerts_of(
    db: &Reader<'_>,
    quote: &QuoteId,
    run: Option<&RunId>,
) -> Result<Vec<AlertRow>, StoreError> {
    db.all(
        "SELECT id, run_id, step_id, message, created_at FROM alerts
         WHERE resolved_at IS NULL AND (quote_id = ?1 OR run_id = ?2) ORDER BY created_at, id",
        params![quote.as_str(), run.map(RunId::as_str)],
        alert,
    )
}

fn alert(row: &rusqlite::Row<'_>) -> rusqlite::Result<AlertRow> {
    Ok(AlertRow {
        id: row.get(0)?,
        run_id: row.get(1)?,
        step_id: row.get(2)?,
        message: row.get(3)?,
        created_at: row.get(4)?,
    })
}

/// Whether an alert of that id is open.
pub fn is_open_alert(db: &Reader<'_>, id: &str) -> Result<bool, StoreError> {
    db.any("SELECT 1 FROM alerts WHERE id = ?1 AND resolved_at IS NULL", [id])
}

/// A person has seen to an alert. Gives its row as it is now, or none if nothing was open by that id.
pub fn resolve_alert(tx: &WriteTx<'_>, id: &str, now: &str) -> Result<Option<Value>, StoreError> {
    tx.one(
        "UPDATE alerts SET resolved_at = ?2 WHERE id = ?1 AND resolved_at IS NULL
         RETURNING json_object('id', id, 'run_id', run_id, 'step_id', step_id, 'op_id', op_id,
           'quote_id', quote_id, 'customer_id', customer_id, 'message', message, 'created_at', created_at,
           'resolved_at', resolved_at)",
        [id, now],
        |row| crate::row::json(row, 0),
    )
}

/// The narratives of a run: tags and text.
pub fn reflexions(db: &Reader<'_>, run: &RunId) -> Result<Vec<(String, String)>, StoreError> {
    db.all(
        "SELECT tags, narrative FROM reflexion_log WHERE run_id = ?1 ORDER BY tags",
        [run.as_str()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A run's event.
pub fn event_of(db: &Reader<'_>, run: &RunId) -> Result<Option<String>, StoreError> {
    db.one("SELECT event FROM workflow_events WHERE run_id = ?1", [run.as_str()], |row| row.get(0))
}
