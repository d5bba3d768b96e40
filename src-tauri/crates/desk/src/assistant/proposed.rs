//! What an assistant's sentences do to a draft.
//!
//! Owns that each is understood like what a person types, after the ones before it, and that all of them are one
//! step that can be taken back. Must not let a sentence answer a question: that is the person's.

use std::sync::Arc;

use drafting::chat::{Question, Slot, Understood};
use drafting::document::{Change, Draft};
use store::WriteTx;

use super::stated::unstated;
use crate::Desk;
use crate::catalogue::StoreCatalogue;
use crate::drafts::{Opened, unsound};
use crate::error::DeskError;

/// What came of the sentences.
pub(crate) struct Proposed {
    /// What was understood of them.
    pub understood: Vec<Understood>,
    /// What was left out of them, and why.
    pub answers: Vec<String>,
}

impl Desk {
    /// Understand the sentences and do what they say.
    pub(super) fn carry_out(
        &self,
        tx: &WriteTx<'_>,
        opened: &mut Opened,
        message: &str,
        sentences: &[String],
    ) -> Result<Proposed, DeskError> {
        let (before, asked) = (opened.head.view().clone(), opened.head.questions.clone());
        let mut questions = asked.clone();
        let mut proposed = Proposed { understood: Vec::new(), answers: Vec::new() };
        let mut changes: Vec<Change> = Vec::new();
        let catalogue = StoreCatalogue::new(tx, &self.lists, &self.user);
        let mut ahead = Draft::clone(&opened.document);
        let mut view = before.clone();
        for sentence in sentences {
            // With no question open there is none it could answer.
            let one = self.understood(tx, &view, &[], sentence)?;
            if let Some(why) = unstated(sentence, &one.changes, message, &catalogue)? {
                proposed.answers.push(format!("I left out “{sentence}”: {why}"));
                continue;
            }
            if !one.changes.is_empty() {
                ahead
                    .apply(&one.changes, self.moment())
                    .map_err(|error| DeskError::bad_input(&error, "Nothing was changed."))?;
                view = Arc::new(ahead.view().map_err(unsound)?);
            }
            let usual = self.asked_anyway(tx, &view)?;
            let raised = |question: &Question| {
                !question.deferred.is_empty() || usual.iter().all(|usual| usual.prompt != question.prompt)
            };
            one.questions.into_iter().filter(raised).for_each(|question| join(&mut questions, question));
            proposed.understood.extend(one.understood);
            proposed.answers.extend(one.answers);
            changes.extend(one.changes);
        }
        self.make_changes(tx, opened, &changes)?;
        opened.head.questions = questions;
        self.ask_what_is_open(tx, opened, &changes)?;
        self.save_draft(tx, opened)?;
        self.keep_step(tx, opened, &before, asked)?;
        Ok(proposed)
    }
}

/// Add a question to those that are open. For whom and for which year is asked once, the last way.
fn join(open: &mut Vec<Question>, mut question: Question) {
    let once = matches!(question.slot, Slot::Customer | Slot::SchoolYear);
    let same = |other: &Question| other.slot == question.slot && (once || other.prompt == question.prompt);
    if let Some(place) = open.iter().position(same) {
        let mut other = open.remove(place);
        if question.choices.is_empty() {
            question.choices = std::mem::take(&mut other.choices);
            question.prompt = std::mem::take(&mut other.prompt);
        }
        question.deferred.append(&mut other.deferred);
    }
    open.push(question);
}
