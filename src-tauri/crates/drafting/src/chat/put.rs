//! An item that was found, or is asked about, put into the draft.
//!
//! Owns new lines, counts of lines that are there, and the questions for which item or count it is. Must not look items
//! up.

use domain::LineId;

use crate::chat::catalogue::{Item, ItemFacts, LookupError};
use crate::chat::grammar::{CountSaid, PriceMeant, Verb};
use crate::chat::lines::Lines;
use crate::chat::mention::Mention;
use crate::chat::parts::Parts;
use crate::chat::propose::Proposing;
use crate::chat::question::{CHOICE_LIMIT, Choice, Slot};
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::swap::in_place_of;
use crate::chat::thing::is_plain;
use crate::chat::whole::Whole;
use crate::chat::wording::{capital, cases, choice, describe, item_choice, which};
use crate::document::Change;
use crate::document::change::check_quantity;

impl Proposing<'_, '_> {
    pub fn put(
        &mut self,
        mention: &Mention,
        item: &ItemFacts,
        count: Option<(u32, bool)>,
        said: &str,
        why: &str,
    ) -> Result<(), LookupError> {
        let Some(line) = self.sheet.line_of(&item.code).cloned() else {
            let several = self.sheet.lines.iter().any(|line| line.item_code == item.code);
            if several && mention.verb != Some(Verb::Add) {
                let of_item = self.sheet.lines.iter().filter(|line| line.item_code == item.code);
                let ids = of_item.map(|line| line.id.clone()).collect();
                let parts = Parts {
                    count: count.map(|(count, more)| CountSaid::Cases { count, more }),
                    ..Parts::default()
                };
                return self.set(mention, &parts, Lines::OneOf(ids), said);
            }
            if let Some(line_id) = self.sheet.line_id() {
                let price = self.said_rule(mention).unwrap_or_else(|| self.usual_rule());
                let quantity = count.map(|(count, _)| count).or_else(|| self.sheet.count_left.take());
                let meant = format!("{}{}, {}", cases(quantity), describe(item), price.in_words());
                self.sheet.understood(said, meant, why);
                self.sheet.make(Change::AddLine {
                    line_id: line_id.clone(),
                    item_code: item.code.clone(),
                    quantity,
                    price,
                });
                self.ask_price(mention, &[line_id]);
            }
            return Ok(());
        };
        match (count, line.quantity) {
            (Some((count, true)), before) => {
                self.set_count(&line.id, before.unwrap_or(0).saturating_add(count), said)
            }
            (Some((count, false)), Some(before))
                if mention.verb == Some(Verb::Add) || self.sheet.added.contains(&line.id) =>
            {
                self.ask_twice(item, &line.id, before, count);
            }
            (Some((count, false)), _) => self.set_count(&line.id, count, said),
            (None, _) if mention.price.is_none() => {
                self.sheet.answer(format!("{} is already in the draft", describe(item)));
                self.sheet.focus = Some(line.id.clone());
                self.sheet.pointed = true;
            }
            (None, _) => {}
        }
        self.set_price(mention.price.as_ref(), &[line.id], said);
        Ok(())
    }

    /// Offer what came close in the place of the line this message added for the item.
    pub fn instead(&mut self, read_back: usize, item: &ItemFacts, close: &[Item]) {
        let Some(line) = self.sheet.line_of(&item.code).cloned() else { return };
        if !self.sheet.added.contains(&line.id) {
            return;
        }
        let other =
            |other: &Item| Some(item_choice(other, in_place_of(&line, self.sheet.line_id()?, &other.code)));
        let alternatives = close.iter().filter_map(other).collect();
        self.sheet.instead(read_back, alternatives);
    }

    /// Set the count of a line.
    pub fn set_count(&mut self, line_id: &LineId, count: u32, said: &str) {
        if let Err(error) = check_quantity(count) {
            self.sheet.answer(capital(&error.to_string()));
            return;
        }
        let label = self.sheet.line(line_id).map_or_else(String::new, |line| line.item_code.to_string());
        self.sheet.understood(said, format!("{}of {label}", cases(Some(count))), "it is already a line");
        self.sheet.make(Change::SetQuantity { line_id: line_id.clone(), quantity: count });
    }

    pub fn ask_twice(&mut self, item: &ItemFacts, line_id: &LineId, before: u32, count: u32) {
        let to = |quantity| vec![Change::SetQuantity { line_id: line_id.clone(), quantity }];
        let mut choices = vec![choice(
            format!("{count} cases in all"),
            format!("instead of {before}"),
            &["instead", "total"],
            to(count),
        )];
        if let Some(sum) = before.checked_add(count).filter(|sum| check_quantity(*sum).is_ok()) {
            choices.push(choice(
                format!("{count} cases more"),
                format!("{sum} together"),
                &["additional"],
                to(sum),
            ));
        }
        let prompt = format!("{} is already there with {before} cases. What should it be?", describe(item));
        self.sheet.ask(Slot::Quantity, prompt, choices);
    }

    pub fn ask_item(
        &mut self,
        mention: &Mention,
        items: &[Item],
        count: Option<(u32, bool)>,
        said: &str,
        unsure: bool,
    ) {
        let Some(line_id) = self.sheet.line_id() else { return };
        let price = self.said_rule(mention).unwrap_or_else(|| self.usual_rule());
        let add = |item: &ItemFacts| match self.sheet.line_of(&item.code) {
            Some(line) => count
                .map(|(quantity, _)| vec![Change::SetQuantity { line_id: line.id.clone(), quantity }])
                .unwrap_or_default(),
            None => vec![Change::AddLine {
                line_id: line_id.clone(),
                item_code: item.code.clone(),
                quantity: count.map(|(count, _)| count),
                price,
            }],
        };
        let choices: Vec<Choice> =
            items.iter().take(CHOICE_LIMIT).map(|item| item_choice(item, add(item))).collect();
        self.sheet.ask_meaning(Slot::Item, said, which("item", said, items.len(), unsure), choices);
        if let Some(price) = &mention.price
            && !matches!(price.meant, PriceMeant::Rule(_) | PriceMeant::Same | PriceMeant::SameAs(..))
        {
            self.sheet.answer("Say the price of a case again once the item is known");
        }
    }

    /// “Nuggets 36 cs tempura kind”: of the choices just raised, the one that has the words too, where they name
    /// nothing by themselves or something that is among the choices.
    pub fn narrow_to(&mut self, whole: &Whole) -> bool {
        let counted = whole.count.is_some() || whole.mention.price.is_some();
        let asked = terms(&whole.text);
        let Some(question) = self.sheet.out.questions.last() else { return false };
        let packed = !whole.text.chars().any(char::is_alphabetic);
        if counted && !packed
            || question.slot != Slot::Item
            || asked.is_empty()
            || self.sheet.raised_at != self.sheet.out.understood.len()
        {
            return false;
        }
        let has = |choice: &&Choice| {
            let known = terms(&format!("{} {}", choice.label, choice.detail));
            asked.iter().all(|term| known.iter().any(|word| score::likeness(term, word) >= 900))
        };
        let mut picked = question.choices.iter().filter(has);
        let (Some(only), None) = (picked.next(), picked.next()) else { return false };
        let (label, changes) = (only.label.clone(), only.changes.clone());
        self.sheet.out.questions.pop();
        self.sheet.understood(whole.text.clone(), label, "the one of them that has these words");
        let count = match whole.count {
            Some(CountSaid::Cases { count, more: false }) => Some(count),
            _ => None,
        };
        for change in changes {
            self.sheet.make(match change {
                Change::AddLine { line_id, item_code, quantity, price } => {
                    Change::AddLine { line_id, item_code, quantity: count.or(quantity), price }
                }
                other => other,
            });
        }
        true
    }

    /// “Chicken tenders, not the spicy”: of the choices just raised, those that have the words are not meant.
    pub fn narrow(&mut self, mention: &Mention) -> bool {
        let words = self.words(mention);
        // “Not spicy ones, the regular.”
        let told = |word: &&str| {
            let word = word.to_lowercase();
            !says_little(&word) && !is_plain(&word)
        };
        let told: Vec<&str> = words.iter().map(String::as_str).filter(told).collect();
        let asked = terms(&told.join(" "));
        let Some(question) = self.sheet.out.questions.last_mut() else { return false };
        if question.slot != Slot::Item || asked.is_empty() {
            return false;
        }
        let has = |choice: &Choice| {
            let known = terms(&choice.label);
            asked.iter().all(|term| known.iter().any(|word| score::likeness(term, word) >= 900))
        };
        if !question.choices.iter().any(has) || question.choices.iter().all(has) {
            return false;
        }
        question.choices.retain(|choice| !has(choice));
        if let [only] = &question.choices[..] {
            let (label, changes) = (only.label.clone(), only.changes.clone());
            self.sheet.out.questions.pop();
            self.sheet.understood(told.join(" "), label, "the one that is left");
            changes.into_iter().for_each(|change| self.sheet.make(change));
        }
        true
    }
}
