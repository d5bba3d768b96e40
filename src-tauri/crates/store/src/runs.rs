//! The tables `runs`, `run_journal` and `pinned_contracts`.
//!
//! Owns the journal and the head that lists are made from. Must not interpret an event: the workflow crate
//! folds them.

use domain::{ActionId, CustomerId, QuoteId, RunId, Sha256};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

/// A run's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Its key.
    pub id: RunId,
    /// The contract's name.
    pub contract: String,
    /// The contract as it was when the run began.
    pub contract_hash: Sha256,
    /// Where it stands.
    pub status: String,
    /// The action that triggered it; none for a run set going by hand.
    pub trigger_action_id: Option<ActionId>,
    /// About which quote.
    pub quote_id: Option<QuoteId>,
    /// For which customer.
    pub customer_id: Option<CustomerId>,
    /// Who set it going.
    pub started_by: String,
    /// When, RFC 3339.
    pub started_at: String,
    /// Not to be continued before this moment, RFC 3339.
    pub wake_at: Option<String>,
    /// When it ended, RFC 3339.
    pub completed_at: Option<String>,
}

/// One journaled event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its place, from 1.
    pub seq: u32,
    /// When it happened, RFC 3339.
    pub at: String,
    /// What, as JSON.
    pub event: String,
}

const COLUMNS: &str = "id, contract, contract_hash, status, trigger_action_id, quote_id, customer_id, \
     started_by, started_at, wake_at, completed_at";

/// Keep a contract as it is now; the same text is kept once.
pub fn pin_contract(
    tx: &WriteTx<'_>,
    hash: Sha256,
    name: &str,
    version: u32,
    text: &str,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO pinned_contracts (hash, name, version, text, pinned_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (hash) DO NOTHING",
        params![hash.to_string(), name, version, text, now],
    )?;
    Ok(())
}

/// The text of a pinned contract.
pub fn pinned_contract(db: &Reader<'_>, hash: Sha256) -> Result<Option<String>, StoreError> {
    db.one("SELECT text FROM pinned_contracts WHERE hash = ?1", [hash.to_string()], |row| row.get(0))
}

/// Begin a run; refused when its trigger already began one.
pub fn insert(tx: &WriteTx<'_>, run: &RunRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO runs (id, contract, contract_hash, status, trigger_action_id, quote_id, customer_id,
           started_by, started_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
        params![
            run.id.as_str(),
            run.contract,
            run.contract_hash.to_string(),
            run.status,
            run.trigger_action_id.as_ref().map(ActionId::as_str),
            run.quote_id.as_ref().map(QuoteId::as_str),
            run.customer_id.as_ref().map(CustomerId::as_str),
            run.started_by,
            run.started_at,
        ],
    )?;
    Ok(())
}

/// Append an event. `seq` is the number of events the writer has seen; when another got there first it is
/// taken, and the append is refused: two processes never advance one run at once.
pub fn append(tx: &WriteTx<'_>, run: &RunId, seq: u32, at: &str, event: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO run_journal (run_id, seq, at, event) VALUES (?1, ?2, ?3, ?4)",
        params![run.as_str(), seq, at, event],
    )?;
    Ok(())
}

/// Set where a run stands.
pub fn set_status(
    tx: &WriteTx<'_>,
    run: &RunId,
    status: &str,
    wake_at: Option<&str>,
    completed_at: Option<&str>,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE runs SET status = ?2, wake_at = ?3, completed_at = ?4, updated_at = ?5 WHERE id = ?1",
        params![run.as_str(), status, wake_at, completed_at, now],
    )?;
    Ok(())
}

/// The run of that id.
pub fn get(db: &Reader<'_>, id: &RunId) -> Result<Option<RunRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM runs WHERE id = ?1"), [id.as_str()], from_row)
}

/// The run an action triggered.
pub fn triggered_by(db: &Reader<'_>, action: &ActionId) -> Result<Option<RunRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM runs WHERE trigger_action_id = ?1"), [action.as_str()], from_row)
}

/// Runs, the newest first.
pub fn list(db: &Reader<'_>, limit: u32) -> Result<Vec<RunRow>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM runs ORDER BY started_at DESC, id DESC LIMIT ?1"),
        [limit],
        from_row,
    )
}

/// Runs that have not ended and wait for nobody: a crash left them, or their retry is due.
pub fn to_continue(db: &Reader<'_>, now: &str) -> Result<Vec<RunRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM runs WHERE completed_at IS NULL AND status <> 'awaiting_approval'
           AND (wake_at IS NULL OR wake_at <= ?1) ORDER BY id"
    );
    db.all(&sql, [now], from_row)
}

/// A run's journal.
pub fn journal(db: &Reader<'_>, run: &RunId) -> Result<Vec<JournalRow>, StoreError> {
    db.all("SELECT seq, at, event FROM run_journal WHERE run_id = ?1 ORDER BY seq", [run.as_str()], |row| {
        Ok(JournalRow { seq: row.get(0)?, at: row.get(1)?, event: row.get(2)? })
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        id: parsed(row, 0)?,
        contract: row.get(1)?,
        contract_hash: parsed(row, 2)?,
        status: row.get(3)?,
        trigger_action_id: parsed_if_any(row, 4)?,
        quote_id: parsed_if_any(row, 5)?,
        customer_id: parsed_if_any(row, 6)?,
        started_by: row.get(7)?,
        started_at: row.get(8)?,
        wake_at: row.get(9)?,
        completed_at: row.get(10)?,
    })
}
