//! “Undo” and “redo”, said in the chat.
//!
//! Owns the answer to them. Must not take anything back itself: that is the draft's undo, in the same transaction as
//! the message that is kept.

use domain::DraftId;
use drafting::chat::{Understood, Wish};
use store::draft_undo::Stack;
use store::drafts;

use super::{Answer, record};
use crate::Desk;
use crate::drafts::Head;
use crate::error::{Code, DeskError};

impl Desk {
    /// Take back, or make again, because a message says so. That there is nothing to take back is an answer.
    pub(super) fn step_by_word(&self, id: &DraftId, wish: Wish, message: &str) -> Result<Answer, DeskError> {
        let (from, done) = match wish {
            Wish::Undo => (Stack::Undo, "taken back"),
            Wish::Redo => (Stack::Redo, "made again"),
        };
        self.store.write(|tx| {
            let stepped = match self.step_in(tx, id, from) {
                Ok(stepped) => stepped,
                Err(error) if error.code == Code::WrongState => Err(error),
                Err(error) => return Err(error),
            };
            let (understood, answers) = match stepped {
                Ok((_, label)) => {
                    let meant = format!("{done}: {label}");
                    (vec![Understood::plain(message.trim(), meant, "as said")], Vec::new())
                }
                Err(refused) => (Vec::new(), vec![refused.message]),
            };
            let draft = self.shown(tx, Head::read(tx, id)?)?;
            let answer = Answer { draft, understood, answers, assistant: None };
            drafts::add_message(tx, id, &self.user, &self.now(), message, &record(&answer))?;
            Ok(answer)
        })
    }
}
