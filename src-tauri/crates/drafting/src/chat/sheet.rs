//! The draft as it will be after this message, while the message is being read.
//!
//! Owns keeping the changes and the lines they lead to in step, so that later words of a message see what
//! earlier ones did. Must not decide what a word means.

use domain::{CustomerId, IdSource, ItemCode, LineId, SchoolYear};

use crate::chat::question::{Choice, Question, Slot};
use crate::chat::understanding::{Chosen, Meaning, Understanding, Understood};
use crate::chat::wording::clipped;
use crate::document::{Change, DraftLine, DraftView, PriceRule};

/// The draft while a message is read.
pub struct Sheet<'a> {
    ids: &'a dyn IdSource,
    /// For whom.
    pub customer: Option<CustomerId>,
    /// For which school year.
    pub year: Option<SchoolYear>,
    /// The rule for new lines.
    pub default_price: PriceRule,
    /// The lines.
    pub lines: Vec<DraftLine>,
    /// Lines that can be put back.
    pub removed: Vec<DraftLine>,
    /// Lines this message added.
    pub added: Vec<LineId>,
    /// Those of them that came with the usual.
    pub usual: Vec<LineId>,
    /// What “those” means now.
    pub together: Vec<LineId>,
    /// What “that” means now.
    pub focus: Option<LineId>,
    /// The count that waited for an answer that was turned down: “none of these, do CC-709 instead”.
    pub count_left: Option<u32>,
    /// Whether this message names a line that is there and says nothing of it yet.
    pub pointed: bool,
    /// How much was understood when something was last asked of this message.
    pub raised_at: usize,
    /// What comes of the message.
    pub out: Understanding,
}

impl<'a> Sheet<'a> {
    /// Begin with the draft as it is.
    pub fn new(draft: &DraftView, ids: &'a dyn IdSource) -> Self {
        Sheet {
            ids,
            customer: draft.customer_id.clone(),
            year: draft.school_year,
            default_price: draft.default_price,
            lines: draft.lines.clone(),
            removed: draft.removed.iter().map(|removed| removed.line.clone()).collect(),
            added: Vec::new(),
            usual: Vec::new(),
            together: draft.together.clone(),
            focus: draft.last_touched.clone(),
            count_left: None,
            pointed: false,
            raised_at: usize::MAX,
            out: Understanding::default(),
        }
    }

    /// A new line's key.
    pub fn line_id(&self) -> Option<LineId> {
        self.ids.ulid().parse().ok()
    }

    /// Make a change, here and in what comes of the message.
    pub fn make(&mut self, change: Change) {
        match &change {
            Change::SetCustomer { customer_id } => self.customer = Some(customer_id.clone()),
            Change::SetSchoolYear { school_year } => self.year = Some(*school_year),
            Change::SetDefaultPrice { price } => self.default_price = *price,
            Change::AddLine { line_id, item_code, quantity, price } => {
                self.lines.push(DraftLine {
                    id: line_id.clone(),
                    item_code: item_code.clone(),
                    quantity: *quantity,
                    price: *price,
                    note: None,
                });
                self.added.push(line_id.clone());
                self.focus = Some(line_id.clone());
            }
            Change::SetQuantity { line_id, quantity } => {
                self.edit(line_id, |line| line.quantity = Some(*quantity))
            }
            Change::SetPrice { line_id, price } => self.edit(line_id, |line| line.price = *price),
            Change::RemoveLine { line_id } => {
                if let Some(place) = self.lines.iter().position(|line| line.id == *line_id) {
                    self.removed.push(self.lines.remove(place));
                }
                self.added.retain(|added| added != line_id);
                self.focus = self.focus.take().filter(|focus| focus != line_id);
            }
            Change::RestoreLine { line_id } => {
                if let Some(place) = self.removed.iter().position(|line| line.id == *line_id) {
                    self.lines.push(self.removed.remove(place));
                }
                self.focus = Some(line_id.clone());
            }
            _ => {}
        }
        self.out.changes.push(change);
    }

    fn edit(&mut self, line_id: &LineId, edit: impl FnOnce(&mut DraftLine)) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == *line_id) {
            edit(line);
            self.focus = Some(line_id.clone());
        }
    }

    /// Whether the change still fits the lines there are.
    pub fn fits(&self, change: &Change) -> bool {
        match change {
            Change::SetQuantity { line_id, .. }
            | Change::SetPrice { line_id, .. }
            | Change::RemoveLine { line_id }
            | Change::SetNote { line_id, .. } => self.line(line_id).is_some(),
            Change::AddLine { line_id, .. } => self.line(line_id).is_none(),
            Change::RestoreLine { line_id } => self.removed.iter().any(|line| line.id == *line_id),
            _ => true,
        }
    }

    /// A line by its key.
    pub fn line(&self, id: &LineId) -> Option<&DraftLine> {
        self.lines.iter().find(|line| line.id == *id)
    }

    /// The line of an item, when there is exactly one.
    pub fn line_of(&self, code: &ItemCode) -> Option<&DraftLine> {
        let mut found = self.lines.iter().filter(|line| line.item_code == *code);
        found.next().filter(|_| found.next().is_none())
    }

    /// Say what was understood.
    pub fn understood(&mut self, said: impl Into<String>, meant: impl Into<String>, why: impl Into<String>) {
        self.out.understood.push(Understood::plain(said, meant, why));
    }

    /// What could have been meant in the place of what was understood at this place of the reply.
    pub fn instead(&mut self, place: usize, alternatives: Vec<Choice>) {
        if let Some(understood) = self.out.understood.get_mut(place) {
            understood.alternatives = alternatives;
        }
    }

    /// Say something else.
    pub fn answer(&mut self, text: impl Into<String>) {
        self.out.answers.push(text.into());
    }

    /// Say what was not understood.
    pub fn puzzled(&mut self, said: &str) {
        self.out.unread = true;
        self.answer(format!("I did not understand “{}”", clipped(said)));
    }

    /// Ask something with choices.
    pub fn ask(&mut self, slot: Slot, prompt: impl Into<String>, choices: Vec<Choice>) {
        let (lines, deferred) = (Vec::new(), Vec::new());
        self.raised_at = self.out.understood.len();
        self.out.questions.push(Question {
            slot,
            prompt: prompt.into(),
            choices,
            asked: None,
            count: None,
            lines,
            deferred,
        });
    }

    /// Ask what words mean; the answer says it from now on.
    pub fn ask_meaning(&mut self, slot: Slot, words: &str, prompt: String, choices: Vec<Choice>) {
        self.ask(slot, prompt, choices);
        if let Some(question) = self.out.questions.last_mut() {
            question.asked = Some(words.to_owned());
        }
    }

    /// “Nuggets, 36 cs tempura kind”: what was just asked without a count is said more closely.
    pub fn told_closer(&mut self, code: &ItemCode) {
        let Some(question) = self.out.questions.last() else { return };
        let waits = |change: &Change| matches!(change, Change::AddLine { quantity: None, .. });
        let offers =
            |change: &Change| matches!(change, Change::AddLine { item_code, .. } if item_code == code);
        let mut asked = question.choices.iter().flat_map(|choice| &choice.changes);
        if question.slot == Slot::Item
            && self.raised_at == self.out.understood.len()
            && asked.clone().all(waits)
            && asked.any(offers)
        {
            self.out.questions.pop();
        }
    }

    /// “Need pizza for Pueblo: 16in pepperoni 40, 16in cheese 40”: what is asked without a count, and is said more
    /// closely below.
    pub fn answered_below(&mut self) {
        let counted = |code: &ItemCode| {
            let of_it = |line: &&DraftLine| self.added.contains(&line.id) && line.item_code == *code;
            self.lines.iter().find(of_it).is_some_and(|line| line.quantity.is_some())
        };
        let answered = |question: &Question| {
            let mut asked = question.choices.iter().flat_map(|choice| &choice.changes).peekable();
            question.slot == Slot::Item
                && asked.peek().is_some()
                && asked.clone().all(|change| matches!(change, Change::AddLine { quantity: None, .. }))
                && asked
                    .filter(
                        |change| matches!(change, Change::AddLine { item_code, .. } if counted(item_code)),
                    )
                    .count()
                    > 1
        };
        let answered: Vec<bool> = self.out.questions.iter().map(answered).collect();
        let mut answered = answered.into_iter();
        self.out.questions.retain(|_| answered.next() != Some(true));
    }

    /// A person picked what words mean.
    pub fn chosen(&mut self, words: Option<String>, changes: &[Change]) {
        let meant = changes.iter().find_map(|change| match change {
            Change::SetCustomer { customer_id } => Some(Meaning::Customer(customer_id.clone())),
            Change::AddLine { item_code, .. } => Some(Meaning::Item(item_code.clone())),
            Change::SetQuantity { line_id, .. } => {
                self.line(line_id).map(|line| Meaning::Item(line.item_code.clone()))
            }
            _ => None,
        });
        if let (Some(words), Some(meant)) = (words, meant) {
            self.out.chosen.push(Chosen { words, meant });
        }
    }
}
