//! Throwing a draft away, and bringing it back.
//!
//! Owns which drafts can be thrown away. It is a change of the document like any other, so it reaches everybody,
//! and whatever somebody does to the draft afterwards, or did without having seen it, brings it back. Must not
//! delete anything.

use domain::DraftId;
use drafting::document::Change;
use store::drafts::DraftStatus;

use super::DraftShown;
use crate::Desk;
use crate::error::{Code, DeskError};

impl Desk {
    /// Throw away a draft that is not submitted.
    ///
    /// # Errors
    /// `wrong_state` when it waits for approval or became a quote.
    pub fn discard_draft(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.set_discarded(id, true)
    }

    /// Bring back a draft that was thrown away.
    pub fn retrieve_draft(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.set_discarded(id, false)
    }

    fn set_discarded(&self, id: &DraftId, is_discarded: bool) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            if opened.head.row.status != DraftStatus::Open {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("draft {id} is {}; only an open one can be thrown away", opened.head.row.status),
                    "Nothing was changed. One that waits for approval can be changed or rejected first.",
                ));
            }
            if opened.head.view().is_discarded != is_discarded {
                let change = if is_discarded { Change::Discard } else { Change::Retrieve };
                self.make_changes(tx, &mut opened, &[change])?;
                self.save_draft(tx, &mut opened)?;
            }
            self.shown(tx, opened.head)
        })
    }
}
