//! Drafting by chat.
//!
//! Owns the way of a message: understood, applied, saved and answered in one transaction. Must not
//! understand anything itself: the drafting crate does, over this device's catalogue.

use std::collections::BTreeSet;

use domain::DraftId;
use drafting::chat::{Choice, Inquiry, Question, Slot, Understanding, Understood, Wish, understand, wish};
use drafting::document::{Change, DraftView, PriceRule};
use serde::Serialize;
use store::draft_undo::Stack;
use store::drafts::DraftRow;
use store::{Reader, WriteTx, drafts};

mod figures;

use crate::catalogue::StoreCatalogue;
use crate::drafts::{DraftShown, Opened, draft_row, view_of};
use crate::error::DeskError;
use crate::{Desk, compose};

/// The answer to a message.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Answer {
    /// The draft as it now stands.
    #[serde(flatten)]
    pub draft: DraftShown,
    /// What was understood, to be read back.
    pub understood: Vec<Understood>,
    /// What else there is to say.
    pub answers: Vec<String>,
}

impl Desk {
    /// Understand a message, change the draft (a new one without an id) and answer.
    pub fn chat(&self, message: &str, draft: Option<&DraftId>) -> Result<Answer, DeskError> {
        if message.trim().is_empty() {
            return Err(DeskError::bad_input(
                "the message is empty",
                "Say what to quote, for example “120 cases of 10412 for Cedar Falls, 2026-2027”.",
            ));
        }
        self.store.write(|tx| {
            let opened = match draft {
                Some(id) => self.open_draft(tx, id)?,
                None => self.new_draft()?,
            };
            match wish(message) {
                Some(wish) if draft.is_some() => self.grant(tx, opened, message, wish),
                _ => self.converse(tx, opened, message, message),
            }
        })
    }

    /// “Undo”, “redo”: this person's own last step, and what it was.
    fn grant(
        &self,
        tx: &WriteTx<'_>,
        mut opened: Opened,
        said: &str,
        wish: Wish,
    ) -> Result<Answer, DeskError> {
        let (from, done) = match wish {
            Wish::Undo => (Stack::Undo, "taken back"),
            Wish::Redo => (Stack::Redo, "made again"),
        };
        // That there is nothing is an answer like any other: the message was understood.
        let (understood, answers) = match self.step_in(tx, &mut opened, from)? {
            Ok(label) => (vec![Understood::plain(said, format!("{done}: {label}"), "as said")], Vec::new()),
            Err(refusal) => {
                opened = self.open_draft(tx, &opened.row.id)?;
                (Vec::new(), vec![refusal.message])
            }
        };
        self.answered(tx, opened, said, understood, answers, None)
    }

    /// What a message would be taken for, and nothing done.
    pub fn understanding(&self, message: &str, draft: &DraftId) -> Result<Understanding, DeskError> {
        self.store.read(|db| {
            let row = draft_row(db, draft)?;
            let pending: Vec<Question> = serde_json::from_value(row.questions.clone())?;
            self.read(db, message, &view_of(&row)?, &pending)
        })
    }

    fn read(
        &self,
        db: &Reader<'_>,
        said: &str,
        draft: &DraftView,
        pending: &[Question],
    ) -> Result<Understanding, DeskError> {
        let catalogue = StoreCatalogue::new(db);
        understand(said, draft, pending, self.today(), &catalogue, self.world.ids.as_ref())
            .map_err(|error| DeskError::bad_input(&error, "Nothing was changed."))
    }

    /// Pick a choice that was offered, by its number. What is kept of it is what the choice says.
    pub fn draft_answer(&self, id: &DraftId, number: u32) -> Result<Answer, DeskError> {
        self.store.write(|tx| {
            let opened = self.open_draft(tx, id)?;
            let pending: Vec<Question> = serde_json::from_value(opened.row.questions.clone())?;
            let picked = pending
                .iter()
                .flat_map(|question| &question.choices)
                .find(|choice| choice.number == number)
                .ok_or_else(|| {
                    DeskError::bad_input(
                        format!("there is no choice {number}"),
                        "Pick one of those that are offered now.",
                    )
                })?;
            let kept = match picked.detail.as_str() {
                "" => picked.label.clone(),
                detail => format!("{} ({detail})", picked.label),
            };
            self.converse(tx, opened, &format!("#{number}"), &kept)
        })
    }

    /// Understand `said`, and keep `kept` as what was said.
    fn converse(
        &self,
        tx: &WriteTx<'_>,
        mut opened: Opened,
        said: &str,
        kept: &str,
    ) -> Result<Answer, DeskError> {
        let before = view_of(&opened.row)?;
        let asked = opened.row.questions.clone();
        let pending: Vec<Question> = serde_json::from_value(asked.clone())?;
        let understanding = self.read(tx, said, &before, &pending)?;
        self.save_draft(tx, &mut opened, &understanding.changes)?;
        let mut questions = understanding.questions;
        ask_for_prices(tx, &view_of(&opened.row)?, &mut questions)?;
        opened.row.questions = serde_json::to_value(&questions)?;
        drafts::put(tx, &opened.row)?;
        self.keep_step(tx, &opened, &before, asked)?;
        self.answered(
            tx,
            opened,
            kept,
            understanding.understood,
            understanding.answers,
            understanding.inquiry,
        )
    }

    /// Keep the message with its answer, and give the answer.
    fn answered(
        &self,
        tx: &WriteTx<'_>,
        opened: Opened,
        kept: &str,
        understood: Vec<Understood>,
        mut answers: Vec<String>,
        inquiry: Option<Inquiry>,
    ) -> Result<Answer, DeskError> {
        let (id, questions) = (opened.row.id.clone(), opened.row.questions.clone());
        let draft = self.shown(tx, opened.row)?;
        answers.extend(inquiry.iter().flat_map(|inquiry| figures::told(&draft, inquiry)));
        let record =
            serde_json::json!({ "understood": understood, "answers": answers, "questions": questions });
        drafts::add_message(tx, &id, &self.user, &self.now(), kept, &record)?;
        Ok(Answer { draft, understood, answers })
    }
}

/// What is still to be answered. A question for a price is settled once every line has one: a list may have come
/// with another approval, or with the feed.
pub(crate) fn open_questions(
    db: &Reader<'_>,
    row: &DraftRow,
    view: &DraftView,
) -> Result<Vec<Question>, DeskError> {
    let mut questions: Vec<Question> = serde_json::from_value(row.questions.clone())?;
    if questions.iter().any(is_of_list)
        && compose::find_lines(db, view)?.iter().all(|found| found.price.is_some())
    {
        questions.retain(|question| !is_of_list(question));
    }
    Ok(questions)
}

/// Whether it asks for a price no list has; those name their lines, and no other question for a price does.
fn is_of_list(question: &Question) -> bool {
    question.slot == Slot::Price && !question.lines.is_empty()
}

/// Lines whose rule finds no price: ask once, offering last year's where there is one.
pub(crate) fn ask_for_prices(
    db: &Reader<'_>,
    view: &DraftView,
    questions: &mut Vec<Question>,
) -> Result<(), DeskError> {
    questions.retain(|question| !is_of_list(question));
    if questions.iter().any(|question| question.slot == Slot::Price) {
        return Ok(());
    }
    let (Some(_), Some(year)) = (&view.customer_id, view.school_year) else {
        return Ok(());
    };
    let found = compose::find_lines(db, view)?;
    let unpriced: Vec<_> = found.iter().filter(|found| found.price.is_none()).collect();
    let Some(first) = unpriced.first() else { return Ok(()) };
    let codes: BTreeSet<&str> = unpriced.iter().map(|found| found.line.item_code.as_str()).collect();
    let held: Vec<_> = unpriced.iter().filter(|found| found.last_year.is_some()).collect();
    let mut choices = Vec::new();
    let known = first.line.price != PriceRule::LastYear && !held.is_empty();
    if known {
        let changes: Vec<Change> = held
            .iter()
            .map(|found| Change::SetPrice { line_id: found.line.id.clone(), price: PriceRule::LastYear })
            .collect();
        let number = questions.iter().flat_map(|question| &question.choices).count() + 1;
        let detail = held
            .iter()
            .take(3)
            .filter_map(|found| {
                let price = found.last_year.as_ref()?.case_price;
                Some(format!("{} at {}", found.line.item_code, price.as_price()))
            })
            .collect::<Vec<_>>()
            .join(", ");
        choices.push(Choice {
            number: u32::try_from(number).unwrap_or(1),
            label: "hold last year's".to_owned(),
            detail,
            words: ["hold", "last", "year", "yes"].map(str::to_owned).to_vec(),
            changes,
        });
    }
    let names = codes.into_iter().collect::<Vec<_>>().join(", ");
    questions.push(Question {
        slot: Slot::Price,
        prompt: format!("There is no {year} price for {names}. What price should I quote?"),
        choices,
        lines: unpriced.iter().map(|found| found.line.id.clone()).collect(),
        deferred: Vec::new(),
    });
    Ok(())
}
