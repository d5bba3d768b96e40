//! The table `proposed_actions`.
//!
//! Owns what waits for a person and how it was decided. A decision is a compare-and-set: only a pending
//! action can be decided, and only on the hash that was shown. Must not act on a decision.

use domain::{ActionId, ActionStatus, ActionType, Canonical, CustomerId, DraftId, QuoteId, RunId, Sha256};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

/// A proposed action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// Its key.
    pub id: ActionId,
    /// What its approval would set going.
    pub action_type: ActionType,
    /// What it is about: no two pending actions share one.
    pub action_key: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// What a person reads first.
    pub summary: String,
    /// How much is at stake.
    pub risk_level: u8,
    /// For which customer.
    pub customer_id: Option<CustomerId>,
    /// About which quote.
    pub quote_id: Option<QuoteId>,
    /// From which draft.
    pub draft_id: Option<DraftId>,
    /// Of which run.
    pub run_id: Option<RunId>,
    /// Exactly what was shown.
    pub payload: Canonical,
    /// Its hash.
    pub payload_hash: Sha256,
    /// Who drafted it.
    pub drafted_by: String,
    /// When it was staged, RFC 3339.
    pub created_at: String,
    /// When it expires, RFC 3339.
    pub expires_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, RFC 3339.
    pub decided_at: Option<String>,
    /// The reason or note.
    pub decision_note: Option<String>,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// The action that took its place.
    pub replaced_by: Option<ActionId>,
}

const COLUMNS: &str = "id, action_type, action_key, status, summary, risk_level, customer_id, quote_id, \
     draft_id, run_id, payload, payload_hash, drafted_by, created_at, expires_at, decided_by, decided_at, \
     decision_note, void_reason, replaced_by";

/// Stage an action; refused while another with its key is pending.
pub fn stage(tx: &WriteTx<'_>, action: &ActionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO proposed_actions (id, action_type, action_key, status, summary, risk_level, customer_id,
           quote_id, draft_id, run_id, payload, payload_hash, drafted_by, created_at, expires_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14)",
        params![
            action.id.as_str(),
            action.action_type.as_str(),
            action.action_key,
            action.status.as_str(),
            action.summary,
            action.risk_level,
            action.customer_id.as_ref().map(CustomerId::as_str),
            action.quote_id.as_ref().map(QuoteId::as_str),
            action.draft_id.as_ref().map(DraftId::as_str),
            action.run_id.as_ref().map(RunId::as_str),
            action.payload.as_str(),
            action.payload_hash.to_string(),
            action.drafted_by,
            action.created_at,
            action.expires_at,
        ],
    )?;
    Ok(())
}

/// The action of that id.
pub fn get(db: &Reader<'_>, id: &ActionId) -> Result<Option<ActionRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM proposed_actions WHERE id = ?1"), [id.as_str()], from_row)
}

/// Actions, the pending ones first, then the newest.
pub fn list(db: &Reader<'_>, status: Option<ActionStatus>, limit: u32) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions WHERE ?1 IS NULL OR status = ?1
         ORDER BY status = 'pending' DESC, created_at DESC, id DESC LIMIT ?2"
    );
    db.all(&sql, params![status.map(ActionStatus::as_str), limit], from_row)
}

/// Pending actions that came from a draft.
pub fn pending_of_draft(db: &Reader<'_>, draft: &DraftId) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM proposed_actions WHERE draft_id = ?1 AND status = 'pending'");
    db.all(&sql, [draft.as_str()], from_row)
}

/// Pending actions of a run.
pub fn pending_of_run(db: &Reader<'_>, run: &RunId) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions WHERE run_id = ?1 AND status = 'pending' ORDER BY id"
    );
    db.all(&sql, [run.as_str()], from_row)
}

/// Pending actions that came from drafts that are here.
pub fn pending_of_drafts(db: &Reader<'_>) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions
         WHERE status = 'pending' AND draft_id IN (SELECT id FROM drafts) ORDER BY id"
    );
    db.all(&sql, [], from_row)
}

/// Actions about a customer, the pending ones first, then the newest.
pub fn of_customer(db: &Reader<'_>, customer: &CustomerId, limit: u32) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions WHERE customer_id = ?1
         ORDER BY status = 'pending' DESC, created_at DESC, id DESC LIMIT ?2"
    );
    db.all(&sql, params![customer.as_str(), limit], from_row)
}

/// Every action a run brought about.
pub fn of_run(db: &Reader<'_>, run: &RunId) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM proposed_actions WHERE run_id = ?1 ORDER BY id");
    db.all(&sql, [run.as_str()], from_row)
}

/// The pending action with a key, if there is one.
pub fn pending_with_key(db: &Reader<'_>, key: &str) -> Result<Option<ActionRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM proposed_actions WHERE action_key = ?1 AND status = 'pending'");
    db.one(&sql, [key], from_row)
}

/// The action that stands for a key now: the newest that was not voided.
pub fn standing(db: &Reader<'_>, key: &str) -> Result<Option<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions WHERE action_key = ?1 AND status <> 'voided'
         ORDER BY id DESC LIMIT 1"
    );
    db.one(&sql, [key], from_row)
}

/// Pending actions whose time is over.
pub fn overdue(db: &Reader<'_>, now: &str) -> Result<Vec<ActionRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposed_actions WHERE status = 'pending' AND expires_at <= ?1 ORDER BY id"
    );
    db.all(&sql, [now], from_row)
}

/// Decide a pending action on exactly what was shown; gives whether this decision is the one that counts.
pub fn decide(
    tx: &WriteTx<'_>,
    id: &ActionId,
    shown: Sha256,
    verdict: ActionStatus,
    by: Option<&str>,
    note: Option<&str>,
    now: &str,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE proposed_actions SET status = ?3, decided_by = ?4, decided_at = ?6, decision_note = ?5,
           updated_at = ?6
         WHERE id = ?1 AND payload_hash = ?2 AND status = 'pending'",
        params![id.as_str(), shown.to_string(), verdict.as_str(), by, note, now],
    )?;
    Ok(changed == 1)
}

/// Void a pending action: what it showed is no longer so. Gives whether it was pending.
pub fn void(
    tx: &WriteTx<'_>,
    id: &ActionId,
    reason: &str,
    replaced_by: Option<&ActionId>,
    now: &str,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE proposed_actions SET status = 'voided', void_reason = ?2, replaced_by = ?3, updated_at = ?4
         WHERE id = ?1 AND status = 'pending'",
        params![id.as_str(), reason, replaced_by.map(ActionId::as_str), now],
    )?;
    Ok(changed == 1)
}

/// What the central says became of an action, whatever this device thought.
#[derive(Debug, Clone, Copy)]
pub struct Ruling<'a> {
    /// Where it stands.
    pub status: ActionStatus,
    /// Who decided.
    pub by: Option<&'a str>,
    /// When, RFC 3339.
    pub at: Option<&'a str>,
    /// The reason or note.
    pub note: Option<&'a str>,
    /// Why it was voided.
    pub void_reason: Option<&'a str>,
}

/// Put the central's word in the place of this device's.
pub fn rule(tx: &WriteTx<'_>, id: &ActionId, ruling: &Ruling<'_>, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE proposed_actions SET status = ?2, decided_by = ?3, decided_at = ?4, decision_note = ?5,
           void_reason = ?6, updated_at = ?7
         WHERE id = ?1",
        params![
            id.as_str(),
            ruling.status.as_str(),
            ruling.by,
            ruling.at,
            ruling.note,
            ruling.void_reason,
            now
        ],
    )?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ActionRow> {
    Ok(ActionRow {
        id: parsed(row, 0)?,
        action_type: parsed(row, 1)?,
        action_key: row.get(2)?,
        status: parsed(row, 3)?,
        summary: row.get(4)?,
        risk_level: row.get(5)?,
        customer_id: parsed_if_any(row, 6)?,
        quote_id: parsed_if_any(row, 7)?,
        draft_id: parsed_if_any(row, 8)?,
        run_id: parsed_if_any(row, 9)?,
        payload: Canonical::stored(row.get(10)?),
        payload_hash: parsed(row, 11)?,
        drafted_by: row.get(12)?,
        created_at: row.get(13)?,
        expires_at: row.get(14)?,
        decided_by: row.get(15)?,
        decided_at: row.get(16)?,
        decision_note: row.get(17)?,
        void_reason: row.get(18)?,
        replaced_by: parsed_if_any(row, 19)?,
    })
}
