//! What is stored of a draft beside its document, read.
//!
//! Owns the way between the row's texts and what they say, and that the prices of its lines are looked up once for
//! as long as the lines are the same. Must not outlive the transaction it was read in.

use std::cell::OnceCell;
use std::sync::Arc;

use domain::{DraftId, LineId};
use drafting::chat::Question;
use drafting::document::{Draft, DraftView};
use store::drafts::{DraftRow, DraftStatus};
use store::{Reader, drafts};

use crate::compose::{self, Found};
use crate::error::DeskError;

/// See the module.
pub(crate) struct Head {
    /// As it is stored; but for its two texts and what else tells of the document, which follow when it is saved.
    pub row: DraftRow,
    /// What is still to be answered.
    pub questions: Vec<Question>,
    view: Arc<DraftView>,
    found: OnceCell<Vec<Found>>,
}

impl Head {
    /// Of a draft that was just begun and is not stored yet.
    pub fn begun(id: DraftId, drafted_by: String, now: String) -> Self {
        let row = DraftRow {
            id,
            customer_id: None,
            school_year: None,
            status: DraftStatus::Open,
            quote_id: None,
            revision_of: None,
            heads: Vec::new(),
            view: String::new(),
            questions: String::new(),
            drafted_by,
            created_at: now.clone(),
            updated_at: now,
        };
        Head { row, questions: Vec::new(), view: Arc::default(), found: OnceCell::new() }
    }

    /// Of the stored draft of that id.
    pub fn read(db: &Reader<'_>, id: &DraftId) -> Result<Self, DeskError> {
        let row = row(db, id)?;
        let view = Arc::new(view_of(&row)?);
        Head::holding(row, view)
    }

    /// Of a stored draft of which it is known what it holds.
    pub fn holding(row: DraftRow, view: Arc<DraftView>) -> Result<Self, DeskError> {
        let questions = serde_json::from_str(&row.questions)?;
        Ok(Head { row, questions, view, found: OnceCell::new() })
    }

    /// What the draft holds.
    pub fn view(&self) -> &Arc<DraftView> {
        &self.view
    }

    /// It holds something else now.
    pub fn set_view(&mut self, view: DraftView) {
        self.view = Arc::new(view);
        self.found = OnceCell::new();
    }

    /// A line was spoken of: that is what “it” means from now on.
    pub fn speak_of(&mut self, line: LineId) {
        let view = Arc::make_mut(&mut self.view);
        (view.last_touched, view.together) = (Some(line), Vec::new());
    }

    /// Lines came together: that is what “those” means from now on.
    pub fn speak_of_all(&mut self, lines: Vec<LineId>) {
        Arc::make_mut(&mut self.view).together = lines;
    }

    /// What there is of every line.
    pub fn found(&self, db: &Reader<'_>) -> Result<&[Found], DeskError> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let found = compose::find_lines(db, &self.view)?;
        Ok(self.found.get_or_init(|| found))
    }

    /// The row as it is to be stored with the document.
    pub fn projected(&mut self, document: &Draft, now: &str) -> Result<&DraftRow, DeskError> {
        let row = &mut self.row;
        row.customer_id = self.view.customer_id.clone();
        row.school_year = self.view.school_year;
        row.heads = document.heads();
        row.view = serde_json::to_string(&*self.view)?;
        row.questions = serde_json::to_string(&self.questions)?;
        row.updated_at = now.to_owned();
        Ok(row)
    }
}

/// The row of the draft of that id.
///
/// # Errors
/// `not_found` when there is none.
pub(super) fn row(db: &Reader<'_>, id: &DraftId) -> Result<DraftRow, DeskError> {
    drafts::get(db, id)?
        .ok_or_else(|| DeskError::not_found("draft", id, "`fieldquote draft list` shows what there is."))
}

/// What a stored draft holds.
pub(crate) fn view_of(row: &DraftRow) -> Result<DraftView, DeskError> {
    Ok(serde_json::from_str(&row.view)?)
}
