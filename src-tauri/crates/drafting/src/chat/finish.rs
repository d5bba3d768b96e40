//! What is still to be asked after a message.
//!
//! Owns which earlier questions stay open, the questions a draft without customer, year or quantities
//! raises by itself, and the numbers of all choices.

use std::collections::HashSet;

use domain::{LineId, SchoolYear};

use crate::chat::interpret::Reading;
use crate::chat::question::{Question, Slot};
use crate::chat::sheet::Sheet;
use crate::chat::understanding::Understanding;
use crate::chat::wording::clipped;
use crate::document::Change;

impl Reading<'_> {
    /// Gather what is still open and number the choices.
    pub fn finish(mut self) -> Understanding {
        let changed = |changes: &[Change], slot: Slot| {
            changes.iter().any(|change| {
                matches!(
                    (slot, change),
                    (Slot::Customer, Change::SetCustomer { .. })
                        | (Slot::SchoolYear, Change::SetSchoolYear { .. })
                )
            })
        };
        let mut questions = std::mem::take(&mut self.sheet.out.questions);
        // “Pizza instead; drop all”: what this message asked of a line that it took off later is not asked.
        let sheet = &self.sheet;
        questions.retain_mut(|question| {
            let asked = !question.choices.is_empty();
            question.choices.retain(|choice| choice.changes.iter().all(|change| sheet.fits(change)));
            !asked || !question.choices.is_empty()
        });
        for mut question in std::mem::take(&mut self.open) {
            let replaced = matches!(question.slot, Slot::Customer | Slot::SchoolYear)
                && questions.iter().any(|new| new.slot == question.slot);
            if replaced || changed(&self.sheet.out.changes, question.slot) {
                self.deferred.append(&mut question.deferred);
                continue;
            }
            let sheet = &self.sheet;
            question.choices.retain(|choice| choice.changes.iter().all(|change| sheet.fits(change)));
            if question.slot == Slot::Price && is_priced(&question, &sheet.out.changes) {
                continue;
            }
            if question.choices.is_empty() {
                self.deferred.append(&mut question.deferred);
            } else {
                questions.push(question);
            }
        }
        let spoken = self.sheet.focus.take().filter(|line| self.sheet.line(line).is_some());
        self.sheet.out.spoken_of = spoken;
        let added: Vec<LineId> =
            self.sheet.added.iter().filter(|line| self.sheet.line(line).is_some()).cloned().collect();
        self.sheet.out.together = if added.len() > 1 { added } else { Vec::new() };
        self.sheet.out.questions = questions;
        let open = |sheet: &Sheet<'_>, slot| sheet.out.questions.iter().any(|question| question.slot == slot);
        if self.sheet.customer.is_none() && !open(&self.sheet, Slot::Customer) {
            self.sheet.ask(Slot::Customer, "For which customer is it?", Vec::new());
        }
        if self.sheet.year.is_none() && !open(&self.sheet, Slot::SchoolYear) {
            let now = SchoolYear::containing(self.today).ok();
            let years: Vec<SchoolYear> = now.into_iter().chain(now.and_then(SchoolYear::next)).collect();
            self.ask_year(&years, "For which school year is it?");
        }
        // What waits, waits with the first of these: it is asked again of the other.
        let waits = [Slot::Customer, Slot::SchoolYear].into_iter().find(|slot| open(&self.sheet, *slot));
        for question in &mut self.sheet.out.questions {
            if Some(question.slot) == waits {
                question.deferred.append(&mut self.deferred);
            }
        }
        self.ask_quantities();
        let mut out = self.sheet.out;
        out.questions.sort_by_key(|question| question.slot);
        // The same thing is said once, however often the message gave cause.
        let mut told = HashSet::new();
        out.answers.retain(|answer| told.insert(answer.clone()));
        let mut number = 0;
        for choice in out.questions.iter_mut().flat_map(|question| &mut question.choices) {
            number += 1;
            choice.number = number;
        }
        out
    }

    /// One question for all lines whose quantity was not said.
    fn ask_quantities(&mut self) {
        let asked: Vec<_> = self
            .sheet
            .lines
            .iter()
            .filter(|line| line.quantity.is_none())
            .map(|line| (line.id.clone(), line.item_code.to_string()))
            .collect();
        if asked.is_empty() {
            return;
        }
        let codes: Vec<&str> = asked.iter().map(|(_, code)| code.as_str()).collect();
        let prompt = match codes[..] {
            [only] => format!("How many cases of {only}?"),
            _ => format!("How many cases each of {}?", clipped(&codes.join(", "))),
        };
        let lines = asked.into_iter().map(|(id, _)| id).collect();
        self.sheet.ask(Slot::Quantity, prompt, Vec::new());
        if let Some(question) = self.sheet.out.questions.last_mut() {
            question.lines = lines;
        }
    }
}

/// Whether a price was set of every line the question is about.
fn is_priced(question: &Question, changes: &[Change]) -> bool {
    let mut asked = question.choices.iter().flat_map(|choice| &choice.changes).peekable();
    let set = |id: &LineId| {
        changes.iter().any(|change| matches!(change, Change::SetPrice { line_id, .. } if line_id == id))
    };
    asked.peek().is_some()
        && asked.all(|change| matches!(change, Change::SetPrice { line_id, .. } if set(line_id)))
}
