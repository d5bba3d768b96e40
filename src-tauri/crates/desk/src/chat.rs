//! Drafting by chat.
//!
//! Owns the way of a message: understood, applied, saved and answered in one transaction. Must not
//! understand anything itself: the drafting crate does, over this device's catalogue.

mod figures;
mod instead;
mod steps;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use domain::DraftId;
use drafting::chat::{Choice, Question, Slot, Understanding, Understood, still_open, understand, wish};
use drafting::document::{Change, DraftView, PriceRule};
use serde::Serialize;
use serde_json::Value;
use store::{Reader, WriteTx, drafts};

use crate::Desk;
use crate::assistant::{Rewritten, Unread};
use crate::catalogue::StoreCatalogue;
use crate::drafts::{DraftShown, Head, Opened};
use crate::error::DeskError;

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
    /// What an assistant made of it, where one was asked.
    pub assistant: Option<Rewritten>,
}

impl Desk {
    /// Understand a message, change the draft (a new one without an id) and answer.
    pub fn chat(&self, message: &str, draft: Option<&DraftId>) -> Result<Answer, DeskError> {
        self.chat_until(message, draft, &AtomicBool::new(false))
    }

    /// The same; an assistant, where one is on, is waited for until `stopped` is set.
    pub fn chat_until(
        &self,
        message: &str,
        draft: Option<&DraftId>,
        stopped: &AtomicBool,
    ) -> Result<Answer, DeskError> {
        if message.trim().is_empty() {
            return Err(DeskError::bad_input(
                "the message is empty",
                "Say what to quote, for example “120 cases of 10412 for Cedar Falls, 2026-2027”.",
            ));
        }
        if let (Some(id), Some(wish)) = (draft, wish(message)) {
            return self.step_by_word(id, wish, message);
        }
        let (answer, unread) = self.store.write(|tx| {
            let opened = match draft {
                Some(id) => self.open_draft(tx, id)?,
                None => self.new_draft(tx)?,
            };
            self.converse(tx, opened, message, message)
        })?;
        match unread {
            Some(unread) => self.ask_assistant(message, answer, &unread, stopped),
            None => Ok(answer),
        }
    }

    /// Pick a choice that was offered, by its number. What is kept of it is what the choice says.
    pub fn draft_answer(&self, id: &DraftId, number: u32) -> Result<Answer, DeskError> {
        self.store.write(|tx| {
            let opened = self.open_draft(tx, id)?;
            let picked = opened
                .head
                .questions
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
            Ok(self.converse(tx, opened, &format!("#{number}"), &kept)?.0)
        })
    }

    /// What a message would do to a draft (a new one without an id). Nothing is done and nothing is kept.
    pub fn understanding(&self, message: &str, draft: Option<&DraftId>) -> Result<Understanding, DeskError> {
        self.store.read(|db| {
            let head = match draft {
                Some(id) => Head::read(db, id)?,
                None => self.new_draft(db)?.head,
            };
            self.understood(db, head.view(), &head.questions, message)
        })
    }

    /// What something said means for a draft that is `before`.
    pub(crate) fn understood(
        &self,
        db: &Reader<'_>,
        before: &DraftView,
        pending: &[Question],
        said: &str,
    ) -> Result<Understanding, DeskError> {
        understand(
            said,
            before,
            pending,
            self.today(),
            &StoreCatalogue::new(db, &self.lists, &self.user),
            self.world.ids.as_ref(),
        )
        .map_err(|error| DeskError::bad_input(&error, "Nothing was changed."))
    }

    /// Understand `said`, and keep `kept` as what was said. What nothing could be made of is told beside the answer.
    fn converse(
        &self,
        tx: &WriteTx<'_>,
        mut opened: Opened,
        said: &str,
        kept: &str,
    ) -> Result<(Answer, Option<Unread>), DeskError> {
        let (before, asked) = (opened.head.view().clone(), opened.head.questions.clone());
        let understanding = self.understood(tx, &before, &asked, said)?;
        let nothing_made = self.nothing_made(tx, &before, &asked, &understanding)?;
        self.make_changes(tx, &mut opened, &understanding.changes)?;
        opened.head.questions = understanding.questions;
        if let Some(line) = understanding.spoken_of {
            opened.head.speak_of(line);
        }
        opened.head.speak_of_all(understanding.together);
        ask_for_prices(tx, &mut opened.head)?;
        self.save_draft(tx, &mut opened)?;
        self.keep_step(tx, &opened, &before, asked)?;
        self.learn(tx, opened.head.view().customer_id.as_ref(), &understanding.chosen)?;
        let heads = opened.head.row.heads.clone();
        let draft = self.shown(tx, opened.head)?;
        let mut answers = understanding.answers;
        answers.extend(understanding.inquiry.iter().flat_map(|inquiry| figures::told(&draft, inquiry)));
        let answer = Answer { draft, understood: understanding.understood, answers, assistant: None };
        let (id, now) = (&answer.draft.draft_id, self.now());
        let seq = drafts::add_message(tx, id, &self.user, &now, kept, &record(&answer))?;
        Ok((answer, nothing_made.then_some(Unread { seq, heads })))
    }

    /// Whether nothing at all could be made of a message.
    fn nothing_made(
        &self,
        db: &Reader<'_>,
        before: &DraftView,
        pending: &[Question],
        understanding: &Understanding,
    ) -> Result<bool, DeskError> {
        if !understanding.unread || !understanding.changes.is_empty() || !understanding.understood.is_empty()
        {
            return Ok(false);
        }
        let usual = self.asked_anyway(db, before)?;
        let known: Vec<&str> = pending.iter().chain(&usual).map(|known| known.prompt.as_str()).collect();
        let unknown = |question: &Question| question.slot == Slot::Item && question.choices.is_empty();
        let new = |question: &&Question| !known.contains(&question.prompt.as_str());
        Ok(understanding.questions.iter().filter(new).all(unknown))
    }

    /// What a draft like this asks by itself.
    pub(crate) fn asked_anyway(&self, db: &Reader<'_>, view: &DraftView) -> Result<Vec<Question>, DeskError> {
        still_open(
            view,
            &[],
            &[],
            self.today(),
            &StoreCatalogue::new(db, &self.lists, &self.user),
            self.world.ids.as_ref(),
        )
        .map(|usual| usual.questions)
        .map_err(|error| DeskError::bad_input(&error, "Nothing was changed."))
    }
}

/// An answer as it is kept beside its message.
pub(crate) fn record(answer: &Answer) -> Value {
    serde_json::json!({ "understood": answer.understood, "answers": answer.answers,
        "questions": answer.draft.questions, "assistant": answer.assistant })
}

/// What is still to be answered. A question for a price is settled once every line has one: a list may have come
/// with another approval, or with the feed.
pub(crate) fn open_questions(db: &Reader<'_>, head: &Head) -> Result<Vec<Question>, DeskError> {
    let mut questions = head.questions.clone();
    if questions.iter().any(is_of_list) && head.found(db)?.iter().all(|found| found.price.is_some()) {
        questions.retain(|question| !is_of_list(question));
    }
    Ok(questions)
}

/// Whether it asks for a price no list has.
fn is_of_list(question: &Question) -> bool {
    question.slot == Slot::ListPrice
}

/// Lines whose rule finds no price: ask once, offering last year's where there is one.
pub(crate) fn ask_for_prices(db: &Reader<'_>, head: &mut Head) -> Result<(), DeskError> {
    head.questions.retain(|question| !is_of_list(question));
    if head.questions.iter().any(|question| question.slot == Slot::Price) {
        return Ok(());
    }
    let (Some(_), Some(year)) = (&head.view().customer_id, head.view().school_year) else {
        return Ok(());
    };
    let found = head.found(db)?;
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
        let number = head.questions.iter().flat_map(|question| &question.choices).count() + 1;
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
    head.questions.push(Question {
        slot: Slot::ListPrice,
        prompt: format!("There is no {year} price for {names}. What price should I quote?"),
        choices,
        asked: None,
        count: None,
        lines: Vec::new(),
        deferred: Vec::new(),
    });
    Ok(())
}
