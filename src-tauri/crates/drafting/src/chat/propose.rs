//! From a mention to changes.
//!
//! Owns what a mention of an item does: a new line, a count for one that is there, or a question. Must not
//! touch what it asks about.

use domain::LineId;

use crate::chat::catalogue::{Catalogue, ItemFacts, LookupError};
use crate::chat::edit::in_place_of;
use crate::chat::grammar::{CountSaid, PriceMeant, PriceSaid, Verb};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::parts::{Parts, is_cents};
use crate::chat::question::{CHOICE_LIMIT, Choice, Slot};
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::score;
use crate::chat::sheet::Sheet;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::token::{Token, whole, word};
use crate::chat::wording::{capital, cases, choice, clipped, describe, item_choice, which};
use crate::document::change::check_quantity;
use crate::document::{Change, PriceRule};

/// Works on the sheet for one message.
pub struct Proposing<'s, 'a> {
    /// The message's tokens.
    pub tokens: &'a [Token],
    /// Where to look things up.
    pub catalogue: &'a dyn Catalogue,
    /// The draft so far.
    pub sheet: &'s mut Sheet<'a>,
    /// The rule said of everything in this message.
    pub rule: Option<PriceRule>,
    /// What heads this part of the message.
    pub heading: Option<String>,
}

impl Proposing<'_, '_> {
    /// Do what the mention says; `next` are those after it. Returns how many of them were part of this one
    /// (“mac and cheese”).
    pub fn propose(&mut self, mention: &Mention, next: &[Mention]) -> Result<usize, LookupError> {
        if self.says_nothing(mention) && mention.verb.is_none_or(|verb| verb != Verb::Drop) {
            return Ok(0);
        }
        let said = mention.said(self.tokens).join(" ");
        if mention.negated && self.narrow(mention) {
            return Ok(0);
        }
        if mention.negated {
            self.sheet.puzzled(&format!("not … {said}"));
            return Ok(0);
        }
        if !mention.without.is_empty() && self.instead_of(mention, &said)? {
            return Ok(0);
        }
        let back = mention.words.last().is_some_and(|&at| self.tokens[at].norm == "back");
        let to_number = mention.words.len() > 1 && {
            let last_two = &mention.words[mention.words.len() - 2..];
            word(self.tokens, last_two[0]) == "to" && whole(word(self.tokens, last_two[1])).is_some()
        };
        match mention.verb {
            Some(Verb::Replace) => self.replace(mention, &said)?,
            Some(Verb::Add) if back => self.restore(mention, &said)?,
            Some(Verb::Drop) if mention.count.is_none() && mention.price.is_none() && !to_number => {
                self.drop(mention, &said)?
            }
            Some(Verb::Drop | Verb::Change) => self.change(mention, &said)?,
            Some(Verb::Restore) => self.restore(mention, &said)?,
            None if self.is_priced_first(mention) => {
                self.change(&Mention { verb: Some(Verb::Change), ..mention.clone() }, &said)?
            }
            None if self.ends_off(mention)? => {
                let words = mention.words[..mention.words.len() - 1].to_vec();
                self.drop(&Mention { words, ..mention.clone() }, &said)?
            }
            _ if mention.correction || self.ends_instead(mention) => self.correct(mention, &said)?,
            _ => return self.item(mention, next),
        }
        Ok(0)
    }

    /// “French toast off”, “honey mustard out”: of a line of the draft.
    fn ends_off(&self, mention: &Mention) -> Result<bool, LookupError> {
        let last = mention.words.last().is_some_and(|&at| matches!(word(self.tokens, at), "off" | "out"));
        if !last || mention.words.len() < 2 || mention.count.is_some() || mention.price.is_some() {
            return Ok(false);
        }
        let words: Vec<&str> = mention.words[..mention.words.len() - 1]
            .iter()
            .map(|&at| self.tokens[at].text.as_str())
            .collect();
        let meant = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?;
        Ok(matches!(meant, Lines::These(ids) if ids.len() == 1))
    }

    /// “Chicken ones instead”: of what was spoken of.
    fn ends_instead(&self, mention: &Mention) -> bool {
        let last = mention.words.last().is_some_and(|&at| word(self.tokens, at) == "instead");
        last && mention.words.iter().all(|&at| whole(word(self.tokens, at)).is_none())
            && mention.words.len() > 1
            && mention.count.is_none()
            && mention.price.is_none()
            && self.sheet.focus.is_some()
            && !self.sheet.lines.is_empty()
    }

    /// “44.95 on the buns”: a price first, of what is there.
    fn is_priced_first(&self, mention: &Mention) -> bool {
        let words: Vec<&str> = mention.words.iter().map(|&at| word(self.tokens, at)).collect();
        let at = words.iter().position(|word| *word == "on");
        at.is_some_and(|at| {
            at > 0 && is_cents(words[at - 1]) && words[..at - 1].iter().all(|word| says_little(word))
        }) && !self.sheet.lines.is_empty()
    }

    /// The rule a new line gets when none is said of it.
    fn usual_rule(&self) -> PriceRule {
        self.rule.unwrap_or(self.sheet.default_price)
    }

    /// Add the item, or say how many of it; `next` are the mentions after it. Returns how many of those were part of
    /// this one.
    pub fn item(&mut self, mention: &Mention, next: &[Mention]) -> Result<usize, LookupError> {
        let parts = self.take_apart(mention)?;
        let said = clipped(&mention.said(self.tokens).join(" "));
        if parts.text.is_empty() && parts.codes.is_empty() {
            self.only_numbers(mention, &parts, &said)?;
            return Ok(0);
        }
        if let Some(CountSaid::Refused(why)) = &parts.count {
            self.sheet.answer(format!("I left out “{said}”: {why}"));
            return Ok(0);
        }
        if let Some(PriceSaid { meant: PriceMeant::Refused(why), .. }) = &mention.price {
            self.sheet.answer(format!("I left out “{said}”: {why}"));
            return Ok(0);
        }
        if let [_, _, ..] = parts.codes[..] {
            return self.codes(mention, &parts, &said).map(|()| 0);
        }
        if let Some(lines) = self.lines_pointed_at(mention, &parts)? {
            return self.set(mention, &parts, Lines::These(lines), &said).map(|()| 0);
        }
        if let Some(line) = self.line_spoken_of(mention, &parts)? {
            return self.set(mention, &parts, Lines::These(vec![line]), &said).map(|()| 0);
        }
        let typed = parts.price.as_ref().and_then(|text| text.parse().ok()).map(PriceRule::Given);
        let priced = typed.filter(|_| mention.price.is_none()).map(|rule| Mention {
            price: Some(PriceSaid { meant: PriceMeant::Rule(rule), wide: false, all: false }),
            ..mention.clone()
        });
        let mention = priced.as_ref().unwrap_or(mention);
        let mut whole = self.whole_item(mention, &parts, next)?;
        self.mere_price(&mut whole, next);
        if let (Some(text), Found::One(taken)) = (&parts.price, &whole.found)
            && priced.is_some()
            && resolve::is_sized(&taken.it, text)
        {
            // “6.75 apple juice boxes” hold so much.
            whole.mention.price = None;
        }
        let told = matches!(&whole.found, Found::One(taken) if taken.unread.is_empty());
        if !told && whole.count.is_some() && !whole.text.is_empty() {
            let ones = mention.words.iter().any(|&at| matches!(word(self.tokens, at), "ones" | "one"));
            let first = mention.words.first().is_some_and(|&at| at <= 2);
            if let Some(taken) =
                self.shared_head(&whole.text, &whole.found, &next[whole.taken..], ones || first)?
            {
                whole.found = Found::One(taken);
            }
        }
        if let Found::Several(items, false) = &mut whole.found
            && !mention.without.is_empty()
        {
            let gone: Vec<&str> = mention.without.iter().map(|&at| word(self.tokens, at)).collect();
            let gone = terms(&gone.join(" "));
            let is_gone = |item: &ItemFacts| resolve::fit_item(&gone, item).coverage >= resolve::TAKEN;
            if !items.iter().all(is_gone) {
                items.retain(|item| !is_gone(item));
            }
            if let [only] = &items[..] {
                whole.found = Found::sure(only.clone(), "the one that is left");
            }
        }
        if let (Found::None | Found::Several(..), Some(heading)) = (&whole.found, &self.heading) {
            match self.named(&format!("{} {heading}", whole.text))? {
                Found::One(taken) if taken.unread.is_empty() => {
                    whole.found =
                        Found::One(Taken { why: format!("“{heading}” stands before it"), ..taken });
                }
                several @ Found::Several(_, false) => whole.found = several,
                _ => {}
            }
        }
        if let Some(line) = self.line_among(mention, &whole) {
            let parts = Parts { count: whole.count, price: parts.price, ..Parts::default() };
            return self.set(&whole.mention, &parts, Lines::These(vec![line]), &said).map(|()| whole.taken);
        }
        let mention = &whole.mention;
        let asked = mention.verb.is_some() || whole.count.is_some() || mention.price.is_some();
        let count = whole.count.as_ref().and_then(|count| self.new_count(count));
        match whole.found {
            Found::One(Taken { it, why, unread, close, head, .. }) => {
                if !asked && (!unread.is_empty() || !head && !whole.text.contains(' ')) {
                    self.sheet.puzzled(&said);
                    return Ok(whole.taken);
                }
                if !unread.is_empty() {
                    self.sheet.puzzled(&unread.join(" "));
                }
                let read_back = self.sheet.out.understood.len();
                self.put(mention, &it, count, &whole.text, &why)?;
                self.instead(read_back, &it, &close);
            }
            Found::Several(items, unsure) if asked || !unsure => {
                self.ask_item(mention, &items, count, &whole.text, unsure);
            }
            Found::None
                if mention.count.is_some()
                    || count.is_some() && (whole.taken > 0 || self.is_listed(mention, &whole.text)) =>
            {
                let prompt =
                    format!("No item in the catalogue fits “{}”. Which one is it?", clipped(&whole.text));
                self.sheet.out.unread = true;
                self.sheet.ask(Slot::Item, prompt, Vec::new());
            }
            Found::None if asked => {
                self.sheet.out.unread = true;
                self.sheet.answer(format!("No item in the catalogue fits “{}”", clipped(&whole.text)));
            }
            Found::Several(..) | Found::None => self.sheet.puzzled(&said),
        }
        Ok(whole.taken)
    }

    /// “Chicken tenders, not the spicy”: of the choices just raised, those that have the words are not meant.
    fn narrow(&mut self, mention: &Mention) -> bool {
        let words = self.words(mention);
        let told: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !says_little(&word.to_lowercase())).collect();
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

    /// Whether a bare number and a few words are a line of a list rather than talk.
    fn is_listed(&self, mention: &Mention, text: &str) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        let code =
            mention.words.iter().any(|&at| whole(word(self.tokens, at)).is_some_and(|number| number > 9_999));
        let listed = !code && mention.verb.is_some()
            || !self.sheet.added.is_empty()
            || self.sheet.customer.is_some() && words.len() <= 2;
        listed
            && words.len() <= 3
            && words.iter().any(|word| word.chars().count() >= 4)
            && words.iter().all(|word| word.chars().all(char::is_alphabetic))
    }

    /// The count of a new line; one that is not of cases is said and left open.
    fn new_count(&mut self, count: &CountSaid) -> Option<(u32, bool)> {
        match count {
            CountSaid::Cases { count, more } => Some((*count, *more)),
            CountSaid::Same => {
                let line = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus));
                line.and_then(|line| line.quantity).map(|count| (count, false))
            }
            CountSaid::Open(why) => {
                self.sheet.answer(capital(why));
                None
            }
            CountSaid::Times(_) | CountSaid::Half | CountSaid::Refused(_) => None,
        }
    }

    /// The item these words mean, to this person and for this customer.
    pub fn named(&self, text: &str) -> Result<Found<ItemFacts>, LookupError> {
        resolve::item_for(self.catalogue, self.sheet.customer.as_ref(), text)
    }

    /// Several codes in a row: a count after them belongs to none in particular.
    fn codes(&mut self, mention: &Mention, parts: &Parts, said: &str) -> Result<(), LookupError> {
        let each =
            mention.words.iter().any(|&at| matches!(word(self.tokens, at), "each" | "all" | "ea" | "apiece"));
        let count = match parts.count {
            Some(CountSaid::Cases { count, more }) if each => Some((count, more)),
            _ => None,
        };
        for item in &parts.codes {
            self.put(mention, item, count, item.code.as_str(), "that is its code")?;
        }
        let known =
            |word: &&str| parts.codes.iter().any(|item| item.code.as_str().eq_ignore_ascii_case(word));
        let unread: Vec<&str> = parts.text.split(' ').filter(|word| !known(word)).collect();
        if parts.count.is_some() && count.is_none() {
            self.sheet.answer(format!("I did not take a quantity from “{said}”: say it for each item"));
        }
        if !unread.is_empty() {
            self.sheet.puzzled(&unread.join(" "));
        }
        Ok(())
    }

    /// A count or a price with no item: it is about the line under discussion.
    pub fn only_numbers(&mut self, mention: &Mention, parts: &Parts, said: &str) -> Result<(), LookupError> {
        if parts.count.is_none() && mention.price.is_none() && parts.price.is_none() {
            self.sheet.puzzled(said);
            return Ok(());
        }
        if let Some(CountSaid::Cases { count, more: false }) = parts.count
            && self.count_asked(count)
        {
            self.sheet.understood(said, format!("{}of it", cases(Some(count))), "it is asked about");
            return Ok(());
        }
        if self.sheet.lines.is_empty() {
            self.sheet.answer("There is no line yet to change; say which item");
            return Ok(());
        }
        let each = mention
            .words
            .iter()
            .any(|&at| matches!(word(self.tokens, at), "each" | "ea" | "apiece" | "both" | "all"));
        let open: Vec<LineId> = self
            .sheet
            .lines
            .iter()
            .filter(|line| line.quantity.is_none())
            .map(|line| line.id.clone())
            .collect();
        let not = mention.not_count.and_then(|number| u32::try_from(number).ok());
        let counted: Vec<LineId> = self
            .sheet
            .lines
            .iter()
            .filter(|line| not.is_some() && line.quantity == not)
            .map(|line| line.id.clone())
            .collect();
        let target = if let [only] = &counted[..] {
            Lines::These(vec![only.clone()])
        } else if each && parts.count.is_some() && !open.is_empty() {
            Lines::These(open)
        } else if self.sheet.lines.len() == 1
            || mention.correction
            || mention.joined
            || mention.words.iter().any(|&at| matches!(word(self.tokens, at), "it" | "that" | "those"))
        {
            lines::meant(self.catalogue, &self.sheet.lines, self.sheet.focus.as_ref(), &[])?
        } else {
            Lines::OneOf(self.sheet.lines.iter().map(|line| line.id.clone()).collect())
        };
        self.set(mention, parts, target, said)
    }

    /// The one item that is asked about in this message is to have these cases. Whether there is one without any.
    fn count_asked(&mut self, count: u32) -> bool {
        if self.sheet.lines.iter().any(|line| self.sheet.added.contains(&line.id) && line.quantity.is_none())
        {
            return false;
        }
        let mut asked: Vec<_> =
            self.sheet.out.questions.iter_mut().filter(|question| question.slot == Slot::Item).collect();
        let [question] = &mut asked[..] else { return false };
        let mut found = false;
        for change in question.choices.iter_mut().flat_map(|choice| &mut choice.changes) {
            if let Change::AddLine { quantity: open @ None, .. } = change {
                (*open, found) = (Some(count), true);
            }
        }
        found
    }

    fn put(
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
                let quantity = count.map(|(count, _)| count);
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
            }
            (None, _) => {}
        }
        self.set_price(mention.price.as_ref(), &[line.id], said);
        Ok(())
    }

    /// Offer what came close in the place of the line this message added for the item.
    fn instead(&mut self, read_back: usize, item: &ItemFacts, close: &[ItemFacts]) {
        let Some(line) = self.sheet.line_of(&item.code).cloned() else { return };
        if !self.sheet.added.contains(&line.id) {
            return;
        }
        let other = |other: &ItemFacts| {
            Some(item_choice(other, in_place_of(&line, self.sheet.line_id()?, &other.code)))
        };
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

    fn ask_twice(&mut self, item: &ItemFacts, line_id: &LineId, before: u32, count: u32) {
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

    fn ask_item(
        &mut self,
        mention: &Mention,
        items: &[ItemFacts],
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
            && !matches!(price.meant, PriceMeant::Rule(_) | PriceMeant::Same)
        {
            self.sheet.answer("Say the price of a case again once the item is known");
        }
    }
}
