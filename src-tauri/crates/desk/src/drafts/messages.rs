//! The chat of a draft, as it was held.
//!
//! Owns reading it back. Must not understand any of it anew.

use domain::DraftId;
use drafting::chat::{Question, Understood};
use serde::{Deserialize, Serialize};
use store::drafts;

use super::Head;
use crate::Desk;
use crate::assistant::Rewritten;
use crate::error::DeskError;

/// A message, and what was answered to it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct MessageShown {
    /// By whom.
    pub said_by: String,
    /// When, RFC 3339.
    pub said_at: String,
    /// What was said.
    pub message: String,
    /// What it was taken for.
    pub understood: Vec<Understood>,
    /// What else was said to it.
    pub answers: Vec<String>,
    /// What was open after it.
    pub questions: Vec<Question>,
    /// What an assistant made of it, where one was asked.
    pub assistant: Option<Rewritten>,
}

/// An answer as it is kept.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    understood: Vec<Understood>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    questions: Vec<Question>,
    #[serde(default)]
    assistant: Option<Rewritten>,
}

impl Desk {
    /// What was said in a draft's chat on this device, in order.
    pub fn draft_messages(&self, id: &DraftId) -> Result<Vec<MessageShown>, DeskError> {
        self.store.read(|db| {
            Head::read(db, id)?;
            let mut shown = Vec::new();
            for row in drafts::messages(db, id)? {
                let kept: Kept = serde_json::from_value(row.answer)?;
                shown.push(MessageShown {
                    said_by: row.said_by,
                    said_at: row.said_at,
                    message: row.message,
                    understood: kept.understood,
                    answers: kept.answers,
                    questions: kept.questions,
                    assistant: kept.assistant,
                });
            }
            Ok(shown)
        })
    }
}
