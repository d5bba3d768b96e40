//! The table `draft_undo`.
//!
//! Owns two stacks for each person and draft: what can be taken back, and what can be made again. Must not
//! know what a step does: its changes are the drafting crate's.

use domain::{DraftId, vocabulary};
use rusqlite::params;
use serde_json::Value;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::json;

/// The most steps a stack keeps; the oldest go first.
pub const LIMIT: u32 = 200;

vocabulary! {
    /// Which of the two stacks.
    pub enum Stack: "a stack of steps" {
        /// What can be taken back.
        Undo = "undo",
        /// What was taken back and can be made again.
        Redo = "redo",
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it was, in words.
    pub label: String,
    /// The changes that take it back.
    pub back: Value,
    /// What it changed: as long as all of it is so, it can be taken back.
    pub forth: Value,
    /// The questions that were open before it.
    pub questions: Value,
}

/// Put a step on top.
pub fn push(
    tx: &WriteTx<'_>,
    draft: &DraftId,
    person: &str,
    stack: Stack,
    step: &Step,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO draft_undo (draft_id, person, stack, seq, label, back, forth, questions)
         VALUES (?1, ?2, ?3, (SELECT coalesce(max(seq), 0) + 1 FROM draft_undo
           WHERE draft_id = ?1 AND person = ?2 AND stack = ?3), ?4, ?5, ?6, ?7)",
        params![
            draft.as_str(),
            person,
            stack.as_str(),
            step.label,
            step.back.to_string(),
            step.forth.to_string(),
            step.questions.to_string(),
        ],
    )?;
    tx.execute(
        "DELETE FROM draft_undo WHERE draft_id = ?1 AND person = ?2 AND stack = ?3
           AND seq <= (SELECT max(seq) - ?4 FROM draft_undo WHERE draft_id = ?1 AND person = ?2 AND stack = ?3)",
        params![draft.as_str(), person, stack.as_str(), LIMIT],
    )?;
    Ok(())
}

/// Take the step on top off.
pub fn pop(
    tx: &WriteTx<'_>,
    draft: &DraftId,
    person: &str,
    stack: Stack,
) -> Result<Option<Step>, StoreError> {
    let top = tx.one(
        "SELECT seq, label, back, forth, questions FROM draft_undo
         WHERE draft_id = ?1 AND person = ?2 AND stack = ?3 ORDER BY seq DESC LIMIT 1",
        params![draft.as_str(), person, stack.as_str()],
        |row| {
            let step = Step {
                label: row.get(1)?,
                back: json(row, 2)?,
                forth: json(row, 3)?,
                questions: json(row, 4)?,
            };
            Ok((row.get::<_, i64>(0)?, step))
        },
    )?;
    let Some((seq, step)) = top else { return Ok(None) };
    tx.execute(
        "DELETE FROM draft_undo WHERE draft_id = ?1 AND person = ?2 AND stack = ?3 AND seq = ?4",
        params![draft.as_str(), person, stack.as_str(), seq],
    )?;
    Ok(Some(step))
}

/// What the step on top was, in words.
pub fn top(
    db: &Reader<'_>,
    draft: &DraftId,
    person: &str,
    stack: Stack,
) -> Result<Option<String>, StoreError> {
    db.one(
        "SELECT label FROM draft_undo WHERE draft_id = ?1 AND person = ?2 AND stack = ?3
         ORDER BY seq DESC LIMIT 1",
        params![draft.as_str(), person, stack.as_str()],
        |row| row.get(0),
    )
}

/// Forget a stack.
pub fn clear(tx: &WriteTx<'_>, draft: &DraftId, person: &str, stack: Stack) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM draft_undo WHERE draft_id = ?1 AND person = ?2 AND stack = ?3",
        params![draft.as_str(), person, stack.as_str()],
    )?;
    Ok(())
}
