//! “Undo” and “redo”, said in the chat.
//!
//! Owns the words that mean a step back or forth and nothing else. Must not take anything back itself: that is
//! the draft's undo, in the same transaction as the message that is kept.

use domain::DraftId;
use drafting::chat::Understood;
use store::draft_undo::Stack;
use store::drafts;

use super::{Answer, record};
use crate::Desk;
use crate::error::{Code, DeskError};

/// The step, when a message says that and nothing else.
pub(super) fn said(message: &str) -> Option<Stack> {
    let words: Vec<String> = message
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !matches!(word.as_str(), "please" | "pls" | "oops" | "no" | "wait" | "sorry" | "ok"))
        .collect();
    match words.join(" ").as_str() {
        "undo" | "undo that" | "undo it" | "undo this" | "undo last" | "undo the last one"
        | "take that back" | "take it back" | "scratch that" | "revert that" | "go back" => Some(Stack::Undo),
        "redo" | "redo that" | "redo it" => Some(Stack::Redo),
        _ => None,
    }
}

impl Desk {
    /// Take back, or make again, because a message says so. That there is nothing to take back is an answer.
    pub(super) fn step_by_word(&self, id: &DraftId, from: Stack, message: &str) -> Result<Answer, DeskError> {
        self.store.write(|tx| {
            let stepped = match self.step_in(tx, id, from) {
                Ok(stepped) => stepped,
                Err(error) if error.code == Code::WrongState => Err(error),
                Err(error) => return Err(error),
            };
            let (understood, answers) = match stepped {
                Ok((_, label)) => {
                    let done = match from {
                        Stack::Undo => "taken back",
                        Stack::Redo => "made again",
                    };
                    let (said, meant) = (message.trim().to_owned(), format!("{done}: {label}"));
                    let why = "as said".to_owned();
                    (vec![Understood { said, meant, why, alternatives: Vec::new() }], Vec::new())
                }
                Err(refused) => (Vec::new(), vec![refused.message]),
            };
            let opened = self.open_draft(tx, id)?;
            let answer =
                Answer { draft: self.shown(tx, opened.row)?, understood, answers, assistant: None };
            drafts::add_message(tx, id, &self.user, &self.now(), message, &record(&answer))?;
            Ok(answer)
        })
    }
}
