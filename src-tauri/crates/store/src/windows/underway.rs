//! What is under way: found by a text, and counted.
//!
//! Owns the few rows a box that finds everything shows of actions, drafts and runs, and the counts that are
//! asked after every change. Must not walk what is over and done, but for what is named by its id.

use rusqlite::Row;

use crate::access::Reader;
use crate::error::StoreError;
use crate::search;

/// Something under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others; some may be empty.
    pub detail: [String; 3],
}

/// What a text found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnderwayFound {
    /// Actions: pending ones, or the one of that id.
    pub actions: Vec<Underway>,
    /// Drafts that are not closed, or the one of that id.
    pub drafts: Vec<Underway>,
    /// Runs, the newest first.
    pub runs: Vec<Underway>,
}

/// How many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Actions that wait for a decision.
    pub actions_pending: u64,
    /// Those of them that carry a worry.
    pub actions_flagged: u64,
    /// Drafts that are being written.
    pub drafts_open: u64,
    /// Drafts in which two people set one value differently.
    pub drafts_in_conflict: u64,
    /// Runs that have not ended.
    pub runs_active: u64,
}

/// What a text names: an id, a quote's number, a customer's name. At most `limit` of each kind, what has
/// exactly that id first.
pub fn underway(db: &Reader<'_>, text: &str, limit: u32) -> Result<UnderwayFound, StoreError> {
    let upper = text.trim().to_uppercase();
    let theirs = serde_json::to_string(&search::customer_rows(db, text, false)?)?;
    let ask = |sql: &str| db.all(sql, (&upper, &theirs, limit), from_row);
    Ok(UnderwayFound {
        actions: ask(
            "SELECT a.id, a.summary, replace(a.action_type, '_', ' '), a.status, a.drafted_by
             FROM proposed_actions a
             WHERE a.id = ?1 OR (a.status = 'pending' AND (instr(upper(a.summary), ?1) > 0
               OR instr(a.quote_id, ?1) > 0 OR a.customer_id IN (
                 SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))))
             ORDER BY a.id = ?1 DESC, a.created_at DESC, a.id DESC LIMIT ?3",
        )?,
        drafts: ask(
            "SELECT d.id, coalesce(c.name, d.customer_id, 'Draft'), coalesce(d.school_year, ''),
               coalesce(d.quote_id, ''), d.status
             FROM drafts d LEFT JOIN customers c ON c.id = d.customer_id
             WHERE d.id = ?1 OR (d.status IN ('open', 'submitted') AND (instr(d.quote_id, ?1) > 0
               OR d.customer_id IN (
                 SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))))
             ORDER BY d.id = ?1 DESC, d.updated_at DESC, d.id DESC LIMIT ?3",
        )?,
        runs: ask(
            "SELECT r.id, replace(r.contract, '_', ' '), coalesce(r.quote_id, ''), coalesce(c.name, ''), r.status
             FROM runs r LEFT JOIN customers c ON c.id = r.customer_id
             WHERE r.id = ?1 OR instr(r.quote_id, ?1) > 0 OR r.customer_id IN (
               SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))
             ORDER BY r.started_at DESC, r.id DESC LIMIT ?3",
        )?,
    })
}

/// How many there are of each; on indexes that hold nothing else.
pub fn standing(db: &Reader<'_>) -> Result<Standing, StoreError> {
    let count = |sql: &str| db.number(sql, []);
    Ok(Standing {
        actions_pending: count("SELECT count(*) FROM proposed_actions WHERE status = 'pending'")?,
        actions_flagged: count(
            "SELECT count(*) FROM proposed_actions
             WHERE status = 'pending' AND json_array_length(payload, '$.flags') > 0",
        )?,
        drafts_open: count("SELECT count(*) FROM drafts WHERE status = 'open'")?,
        drafts_in_conflict: count(
            "SELECT count(*) FROM drafts WHERE json_array_length(view, '$.conflicts') > 0",
        )?,
        runs_active: count("SELECT count(*) FROM runs WHERE completed_at IS NULL")?,
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Underway> {
    Ok(Underway { id: row.get(0)?, title: row.get(1)?, detail: [row.get(2)?, row.get(3)?, row.get(4)?] })
}
