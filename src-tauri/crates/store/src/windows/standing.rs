//! What is under way, counted.
//!
//! Owns the counts that are asked after every change. Must not walk what is over and done.

use crate::access::Reader;
use crate::error::StoreError;

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
            "SELECT count(*) FROM drafts
             WHERE json_array_length(view, '$.conflicts') > 0 AND status <> 'closed'",
        )?,
        runs_active: count("SELECT count(*) FROM runs WHERE completed_at IS NULL")?,
    })
}
