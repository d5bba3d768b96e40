//! Editing the lines of what waits for a decision.
//!
//! Owns that an edit, the end of what was waiting, and the new submission are one transaction: either the edited
//! draft waits, or what was waiting does. Must not decide, and must not carry along what a colleague changed
//! meanwhile: whoever edits has seen the draft as it was submitted.

use domain::{ActionId, ActionStatus};
use serde_json::Value;
use store::actions::ActionRow;
use store::{Reader, actions, drafts, runs};

use crate::Desk;
use crate::drafts::DraftEdit;
use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::submit::Submitted;

impl Desk {
    /// Edit the draft behind a submitted draft or a run's gate and submit it again, as this person's proposal. What
    /// was waiting is void.
    ///
    /// # Errors
    /// `not_pending`; `wrong_state` when there is no draft to edit here; `action_changed` when the draft is no
    /// longer what was submitted; `bad_input` when an edit cannot be made, or none changes anything;
    /// `draft_incomplete` when the edited draft cannot be submitted. Nothing is then changed.
    pub fn edit_lines(&self, id: &ActionId, edits: &[DraftEdit]) -> Result<Submitted, DeskError> {
        self.store.write(|tx| {
            let action = self.pending(tx, id)?;
            let (Some(draft), Some(heads)) = (&action.draft_id, self.submitted_heads(tx, &action)?) else {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("there is no draft behind action {id} that can be edited here"),
                    "Edit an email as an email; edit a draft of another device there.",
                ));
            };
            let mut opened = self.open_draft(tx, draft)?;
            if opened.head.row.heads != heads {
                return Err(DeskError::new(
                    Code::ActionChanged,
                    format!("draft {draft} was changed after it was submitted"),
                    "Look at the draft, and submit it again.",
                ));
            }
            let changes = self.changes_of(tx, &opened, edits)?;
            if changes.is_empty() {
                return Err(DeskError::bad_input(
                    "these edits change nothing",
                    "Change a line, or approve it as it is.",
                ));
            }
            self.change_draft(tx, &mut opened, &changes)?;
            for waiting in actions::pending_of_draft(tx, draft)? {
                self.withdraw(tx, &waiting, "its lines were edited")?;
            }
            self.submit_in(tx, draft, Some(&self.user))
        })
    }

    /// Whether what waits can be edited where it stands.
    pub(super) fn is_editable(&self, db: &Reader<'_>, action: &ActionRow) -> Result<bool, DeskError> {
        if action.status != ActionStatus::Pending {
            return Ok(false);
        }
        let payload: Value = action.payload.read()?;
        Ok(payload.get("email").is_some() || self.submitted_heads(db, action)?.is_some())
    }

    /// The heads of the draft that was submitted, if the draft is here and it is known which they were.
    fn submitted_heads(&self, db: &Reader<'_>, action: &ActionRow) -> Result<Option<Vec<String>>, DeskError> {
        let Some(draft) = &action.draft_id else { return Ok(None) };
        if drafts::get(db, draft)?.is_none() {
            return Ok(None);
        }
        let submitted: Value = match &action.run_id {
            None => action.payload.read()?,
            Some(run) if runs::get(db, run)?.is_some() => Live::load(db, run)?.state.trigger,
            Some(_) => return Ok(None),
        };
        Ok(submitted.get("heads").cloned().map(serde_json::from_value).transpose()?)
    }
}
