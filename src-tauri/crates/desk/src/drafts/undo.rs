//! Taking back what one did in a draft, and making it again.
//!
//! Owns that only this person's own doing on this device is taken back, and never half of it: it is a new change
//! that puts values back, so it merges with a colleague's edits, and where a colleague has gone on from it,
//! it stays. Must not rewrite what a draft has been.

use domain::DraftId;
use drafting::chat::Question;
use drafting::document::{Change, DraftView, PriceRule, Way, is_made, way};
use store::draft_undo::{self, Stack, Step};
use store::drafts::DraftStatus;
use store::{Reader, WriteTx, customers};

use super::{DraftShown, Opened};
use crate::Desk;
use crate::error::{Code, DeskError};

impl Desk {
    /// Take back what this person did last in a draft.
    ///
    /// # Errors
    /// `wrong_state` when there is nothing, and when it cannot be taken back any more because somebody went on
    /// from it: that step is then left out, and the one before it is next.
    pub fn draft_undo(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.step(id, Stack::Undo)
    }

    /// Make again what this person took back last.
    ///
    /// # Errors
    /// As those of [`Desk::draft_undo`].
    pub fn draft_redo(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.step(id, Stack::Redo)
    }

    fn step(&self, id: &DraftId, from: Stack) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let stepped = self.step_in(tx, id, from)?;
            Ok::<_, DeskError>(stepped.and_then(|(opened, _)| self.shown(tx, opened.head)))
        })?
    }

    /// The step in the caller's transaction, with what it was in words. A step that somebody went on from is left
    /// out for good, so that error is the inner one and not the transaction's.
    pub(crate) fn step_in(
        &self,
        tx: &WriteTx<'_>,
        id: &DraftId,
        from: Stack,
    ) -> Result<Result<(Opened, String), DeskError>, DeskError> {
        let mut opened = self.open_draft(tx, id)?;
        if opened.head.row.status == DraftStatus::Closed {
            return Err(nothing(from));
        }
        let step = draft_undo::pop(tx, id, &self.user, from)?.ok_or_else(|| nothing(from))?;
        match tx.attempt(|| self.take(tx, &mut opened, &step, from)) {
            Ok(()) => Ok(Ok((opened, step.label))),
            Err(error) if error.code == Code::BadInput => Ok(Err(gone_on(&step.label, from))),
            Err(error) => Err(error),
        }
    }

    fn take(&self, tx: &WriteTx<'_>, opened: &mut Opened, step: &Step, from: Stack) -> Result<(), DeskError> {
        let back: Way = serde_json::from_value(step.back.clone())?;
        let forth: Vec<Change> = serde_json::from_value(step.forth.clone())?;
        let before = opened.head.view().clone();
        if !forth.iter().all(|change| is_made(&before, change)) {
            return Err(DeskError::bad_input("somebody went on from it", ""));
        }
        let questions: Vec<Question> = serde_json::from_value(step.questions.clone())?;
        // What is asked again may be answered again.
        let questions = questions.into_iter().map(|question| question.renewed(self.world.ids.as_ref()));
        let asked = std::mem::replace(&mut opened.head.questions, questions.collect());
        let back =
            opened.document.along(&back, self.moment()).map_err(|error| DeskError::bad_input(error, ""))?;
        self.make_changes(tx, opened, &back)?;
        self.ask_what_is_open(tx, opened, &[])?;
        self.save_draft(tx, opened)?;
        let onto = match from {
            Stack::Undo => Stack::Redo,
            Stack::Redo => Stack::Undo,
        };
        let after = opened.head.view();
        let forth = way(&before, after);
        if let Some(reverse) = reverse(&before, after, forth, asked, step.label.clone())? {
            draft_undo::push(tx, &opened.head.row.id, &self.user, onto, &reverse)?;
        }
        Ok(())
    }

    /// What was just done can be taken back, and what had been taken back cannot be made again.
    pub(crate) fn keep_step(
        &self,
        tx: &WriteTx<'_>,
        opened: &Opened,
        before: &DraftView,
        asked: Vec<Question>,
    ) -> Result<(), DeskError> {
        let (id, after) = (&opened.head.row.id, opened.head.view());
        let forth = way(before, after);
        let label = label(tx, before, after, &forth)?;
        let Some(step) = reverse(before, after, forth, asked, label)? else { return Ok(()) };
        draft_undo::push(tx, id, &self.user, Stack::Undo, &step)?;
        Ok(draft_undo::clear(tx, id, &self.user, Stack::Redo)?)
    }
}

/// The step that leads from what the draft is now to what it was; none when that is the same.
fn reverse(
    before: &DraftView,
    after: &DraftView,
    forth: Vec<Change>,
    asked: Vec<Question>,
    label: String,
) -> Result<Option<Step>, DeskError> {
    let back = Way::between(after, before);
    if back.is_empty() {
        return Ok(None);
    }
    Ok(Some(Step {
        label,
        back: serde_json::to_value(back)?,
        forth: serde_json::to_value(forth)?,
        questions: serde_json::to_value(asked)?,
    }))
}

/// What was done, in words: the first of it, and how much more.
fn label(
    db: &Reader<'_>,
    before: &DraftView,
    after: &DraftView,
    done: &[Change],
) -> Result<String, DeskError> {
    let Some(first) = done.first() else { return Ok("the order of the lines".to_owned()) };
    let first = in_words(db, before, after, first)?;
    Ok(match done.len() - 1 {
        0 => first,
        1 => format!("{first} and one more change"),
        more => format!("{first} and {more} more changes"),
    })
}

fn in_words(
    db: &Reader<'_>,
    before: &DraftView,
    after: &DraftView,
    change: &Change,
) -> Result<String, DeskError> {
    let code = |id: &domain::LineId| {
        let lines = after.lines.iter().chain(&before.lines);
        lines.into_iter().find(|line| line.id == *id).map_or("a line", |line| line.item_code.as_str())
    };
    let cases = |quantity: u32| if quantity == 1 { "case" } else { "cases" };
    Ok(match change {
        Change::SetCustomer { customer_id } => {
            let name = customers::get(db, customer_id)?.map(|customer| customer.name);
            format!("for {}", name.unwrap_or_else(|| customer_id.to_string()))
        }
        Change::UnsetCustomer => "for nobody yet".to_owned(),
        Change::SetSchoolYear { school_year } => format!("school year {school_year}"),
        Change::UnsetSchoolYear => "no school year yet".to_owned(),
        Change::SetDefaultPrice { price } => format!("new lines at {}", price.in_words()),
        Change::AddLine { item_code, quantity: Some(quantity), .. } => {
            format!("{quantity} {} of {item_code}", cases(*quantity))
        }
        Change::AddLine { item_code, quantity: None, .. } => format!("{item_code} added"),
        Change::SetQuantity { line_id, quantity } => {
            format!("{quantity} {} of {}", cases(*quantity), code(line_id))
        }
        Change::UnsetQuantity { line_id } => format!("no cases of {} yet", code(line_id)),
        Change::SetPrice { line_id, price: PriceRule::Given(amount) } => {
            format!("{} at ${}", code(line_id), amount.as_price())
        }
        Change::SetPrice { line_id, price } => format!("{} at {}", code(line_id), price.in_words()),
        Change::SetNote { line_id, note: Some(_) } => format!("a note on {}", code(line_id)),
        Change::SetNote { line_id, note: None } => format!("no note on {}", code(line_id)),
        Change::MoveLine { line_id, .. } => format!("{} moved", code(line_id)),
        Change::RemoveLine { line_id } => format!("{} taken off", code(line_id)),
        Change::RestoreLine { line_id } => format!("{} put back", code(line_id)),
        Change::SetIncludePdf { include_pdf: true } => "with a PDF".to_owned(),
        Change::SetIncludePdf { include_pdf: false } => "without a PDF".to_owned(),
        Change::SetValidUntil { valid_until: Some(day) } => format!("valid until {day}"),
        Change::SetValidUntil { valid_until: None } => "the usual validity".to_owned(),
        Change::AddNote { .. } => "a note on the quote".to_owned(),
        Change::RemoveNote { .. } | Change::ClearNotes => "a note taken off".to_owned(),
        Change::Discard => "thrown away".to_owned(),
        Change::Retrieve => "brought back".to_owned(),
    })
}

fn nothing(from: Stack) -> DeskError {
    let what = match from {
        Stack::Undo => "there is nothing of yours to take back in this draft",
        Stack::Redo => "nothing was taken back that could be made again",
    };
    DeskError::new(Code::WrongState, what, "Nothing was changed.")
}

fn gone_on(label: &str, from: Stack) -> DeskError {
    let what = match from {
        Stack::Undo => "taken back",
        Stack::Redo => "made again",
    };
    DeskError::new(
        Code::WrongState,
        format!("“{label}” cannot be {what}: somebody has changed it since"),
        "Nothing was changed. Change it by hand; the step before it is next.",
    )
}
