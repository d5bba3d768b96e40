//! Another item in the place of a line's: swapped, described otherwise, said not to be.
//!
//! Owns which line gives way and what takes its place, with its cases and its price. A line or an item that is not told
//! apart from others is asked about.

use domain::{ItemCode, LineId};

use crate::chat::catalogue::{Item, ItemFacts, LookupError};
use crate::chat::grammar::CountSaid;
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::propose::Proposing;
use crate::chat::question::{CHOICE_LIMIT, Slot};
use crate::chat::resolve::{self, Found, OFFERED, Taken};
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::thing;
use crate::chat::token::whole;
use crate::chat::wording::{clipped, describe, item_choice, which};
use crate::document::{Change, DraftLine};

impl Proposing<'_, '_> {
    /// “Swap 10412 for 10420”: another item in the place of the one that is named.
    pub fn replace(&mut self, mention: &Mention, said: &str) -> Result<(), LookupError> {
        let words = self.words(mention);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let instead = |word: &str| {
            matches!(word, "do" | "use" | "give" | "make" | "send" | "want" | "wants" | "like" | "get")
        };
        let parts = |word: &&str| is_parting(&word.to_lowercase()) || instead(&word.to_lowercase());
        let parting = words.iter().position(parts);
        let Some(parting) = parting else {
            if !self.turns_counts(&words) {
                self.sheet.puzzled(said);
            }
            return Ok(());
        };
        let (old, mut new) = (&words[..parting], &words[parting + 1..]);
        while let [rest @ .., last] = new
            && !rest.is_empty()
            && matches!(last.to_lowercase().as_str(), "instead" | "please" | "pls" | "now")
        {
            new = rest;
        }
        if let Some(line) = self.line_like(old, new)? {
            return self.swap(&line, &new.join(" "), said);
        }
        match lines::meant(self.catalogue, &self.sheet.lines, self.sheet.focus.as_ref(), old)? {
            Lines::These(ids) if ids.len() == 1 => {
                let Some(line) = self.sheet.line(&ids[0]).cloned() else { return Ok(()) };
                let line = match &mention.count {
                    Some(CountSaid::Cases { count, .. }) => DraftLine { quantity: Some(*count), ..line },
                    _ => line,
                };
                self.swap(&line, &new.join(" "), said)?;
            }
            Lines::OneOf(_) => {
                let old = clipped(&old.join(" "));
                self.sheet
                    .answer(format!("More than one line is “{old}”; say its code or its place, like line 2"));
            }
            _ => self.sheet.answer(format!("No line of the draft is “{}”", clipped(&old.join(" ")))),
        }
        Ok(())
    }

    /// “Switch the counts around”: of two lines. Whether it is said.
    fn turns_counts(&mut self, words: &[&str]) -> bool {
        let counts = |word: &&str| {
            matches!(word.to_lowercase().as_str(), "counts" | "quantities" | "numbers" | "cases")
        };
        let around = |word: &&str| {
            counts(word)
                || matches!(
                    word.to_lowercase().as_str(),
                    "the" | "those" | "these" | "two" | "both" | "around" | "of" | "them" | "on"
                )
        };
        let those = match &self.sheet.together[..] {
            [_, _] => self.sheet.together.clone(),
            _ => self.sheet.lines.iter().map(|line| line.id.clone()).collect(),
        };
        let [one, other] = &those[..] else { return false };
        let count = |id: &LineId| self.sheet.line(id).and_then(|line| line.quantity);
        let (Some(first), Some(second)) = (count(one), count(other)) else { return false };
        if !words.iter().any(counts) || !words.iter().all(around) {
            return false;
        }
        self.set_count(one, second, "the counts changed about");
        self.set_count(other, first, "the counts changed about");
        true
    }

    /// “120 ct on the cheese”, “IW on those burritos”: another make in the place of the line that is meant. Whether it is so.
    pub fn describes(&mut self, mention: &Mention, said: &str) -> Result<bool, LookupError> {
        let bare = mention.count.is_none() && mention.price.is_none() && !mention.joined;
        let words = self.words(mention);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let on = lower
            .windows(2)
            .position(|pair| pair[0] == "on" && matches!(pair[1].as_str(), "the" | "those" | "that"));
        let Some(on) = on.filter(|on| bare && *on > 0 && !self.sheet.lines.is_empty()) else {
            return Ok(false);
        };
        let is_doing = |word: &&&str| {
            matches!(word.to_lowercase().as_str(), "do" | "use" | "make" | "actually" | "want" | "get")
        };
        let skipped = words[..on].iter().take_while(is_doing).count();
        let text = words[skipped..on].join(" ");
        let counted = matches!(words[skipped..on], [only] if whole(only).is_some());
        if text.is_empty()
            || counted
            || words[skipped..on].iter().all(|word| says_little(&word.to_lowercase()))
        {
            return Ok(false);
        }
        let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &words[on + 2..])?
        else {
            return Ok(false);
        };
        let [id] = &ids[..] else { return Ok(false) };
        let Some(line) = self.sheet.line(id).cloned() else { return Ok(false) };
        let facts = lines::facts(self.catalogue, std::slice::from_ref(&line))?;
        let Some(old) = facts.first() else { return Ok(false) };
        if let Found::One(taken) = resolve::item_instead(self.catalogue, old, &text)?
            && thing::is_same_thing(old, &taken.it)
        {
            self.swap(&line, &text, said)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// “Compostable trays not foam”: in the place of the line that is foam. Whether there is one.
    pub fn instead_of(&mut self, mention: &Mention, said: &str) -> Result<bool, LookupError> {
        let gone: Vec<&str> = mention
            .without
            .iter()
            .map(|&at| self.tokens[at].norm.as_str())
            .filter(|word| !says_little(word))
            .collect();
        let parts = self.take_apart(mention)?;
        let text = &parts.text;
        let plain =
            parts.count.is_none() && parts.price.is_none() && mention.price.is_none() && !text.is_empty();
        if !plain || gone.is_empty() {
            return Ok(false);
        }
        let (one, two) = (gone.join(" "), format!("{} {text}", gone.join(" ")));
        let mut lines = Vec::new();
        for words in [two, one] {
            let words: Vec<&str> = words.split(' ').collect();
            if let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?
                && let [id] = &ids[..]
            {
                lines.extend(self.sheet.line(id).cloned());
                break;
            }
        }
        let Some(line) = lines.pop() else { return Ok(false) };
        self.swap(&line, text, said)?;
        Ok(true)
    }

    /// “Swap it for the white/dark”: where “it” is not the line spoken of, the one line there is of that thing.
    fn line_like(&self, old: &[&str], new: &[&str]) -> Result<Option<DraftLine>, LookupError> {
        let points = old.iter().all(|word| matches!(word.to_lowercase().as_str(), "it" | "that" | "those"));
        let focus = self.sheet.focus.as_ref().filter(|_| points && !old.is_empty());
        let text = new.join(" ");
        let mut like = Vec::new();
        for line in &self.sheet.lines {
            let facts = lines::facts(self.catalogue, std::slice::from_ref(line))?;
            let Some(item) = facts.first().filter(|_| focus.is_some()) else { continue };
            if let Found::One(taken) = resolve::item_instead(self.catalogue, item, &text)?
                && thing::is_same_thing(item, &taken.it)
            {
                like.push(line.clone());
            }
        }
        let spoken = like.iter().any(|line| Some(&line.id) == focus);
        Ok(if spoken || like.len() != 1 { None } else { like.pop() })
    }

    /// “Chili with bean”, said of nothing else: the one line there is of that thing in another kind.
    pub fn line_of_another_kind(&self, item: &ItemFacts) -> Result<Option<DraftLine>, LookupError> {
        let adds = |norm: &str| {
            matches!(norm, "and" | "also" | "plus" | "same" | "add" | "&" | "+" | "too" | "another" | "n")
        };
        let said_more = !self.sheet.out.changes.is_empty() || !self.sheet.out.questions.is_empty();
        if said_more
            || self.tokens.iter().any(|token| adds(&token.norm))
            || self.sheet.lines.iter().any(|line| line.item_code == item.code)
        {
            return Ok(None);
        }
        let facts = lines::facts(self.catalogue, &self.sheet.lines)?;
        let mut same = facts.iter().filter(|old| thing::is_same_thing(old, item));
        let (Some(old), None) = (same.next(), same.next()) else { return Ok(None) };
        Ok(self.sheet.line_of(&old.code).cloned())
    }

    /// Put the item these words name in the place of a line's.
    pub fn swap(&mut self, line: &DraftLine, text: &str, said: &str) -> Result<(), LookupError> {
        let kept = |word: &&str| !says_little(&word.to_lowercase()) && !thing::is_plain(&word.to_lowercase());
        let told: Vec<&str> = text.split(' ').filter(kept).collect();
        let told = told.join(" ");
        let text = if told.is_empty() { text } else { told.as_str() };
        let facts = lines::facts(self.catalogue, std::slice::from_ref(line))?;
        let by_code = self.catalogue.items(&[text])?.into_iter().next();
        let found = match (by_code, facts.first()) {
            (Some(item), _) => Found::sure(item, "that is its code"),
            (None, _) if self.catalogue.items_named(text)?.len() == 1 => resolve::item(self.catalogue, text)?,
            (None, Some(old)) => {
                let like = resolve::item_instead(self.catalogue, old, text)?;
                // “I should proofread” is no dough that is proofed.
                let another = |taken: &Taken<Item>| {
                    !thing::is_same_thing(old, &taken.it)
                        && resolve::fit_item(&terms(&old.description), &taken.it).coverage < OFFERED
                        && thing::other_thing(&terms(text), &taken.it) >= thing::PARTLY
                };
                let none =
                    matches!(&like, Found::None) || matches!(&like, Found::One(taken) if another(taken));
                // What is not like the line takes its place only when the words name it: talk has flavours too.
                match if none { resolve::item(self.catalogue, text)? } else { like } {
                    Found::One(taken) if none && !taken.head && !taken.exact => Found::None,
                    found => found,
                }
            }
            (None, None) => resolve::item(self.catalogue, text)?,
        };
        let Some(new_id) = self.sheet.line_id() else { return Ok(()) };
        let swap = |code: &ItemCode| in_place_of(line, new_id.clone(), code);
        match found {
            Found::One(Taken { it, why, unread, .. }) if unread.is_empty() => {
                self.sheet.understood(
                    said,
                    format!("{} in the place of {}", describe(&it), line.item_code),
                    why,
                );
                swap(&it.code).into_iter().for_each(|change| self.sheet.make(change));
            }
            Found::Several(items, unsure) => {
                // What is there already is not put in its own place.
                let items: Vec<Item> = items.into_iter().filter(|item| item.code != line.item_code).collect();
                // “The crinkle cut ones” of fries are fries.
                let same = |item: &&Item| facts.first().is_some_and(|old| thing::is_same_thing(old, item));
                if let [only] = items.iter().filter(same).collect::<Vec<_>>()[..]
                    && items.len() > 1
                {
                    let meant = format!("{} in the place of {}", describe(only), line.item_code);
                    self.sheet.understood(said, meant, "the one of them like it");
                    swap(&only.code).into_iter().for_each(|change| self.sheet.make(change));
                    return Ok(());
                }
                let choices =
                    items.iter().take(CHOICE_LIMIT).map(|item| item_choice(item, swap(&item.code))).collect();
                self.sheet.ask(Slot::Item, which("item", text, items.len(), unsure), choices);
            }
            _ => self.sheet.puzzled(said),
        }
        Ok(())
    }
}

/// Words that stand between what is and what is to be.
pub fn is_parting(word: &str) -> bool {
    matches!(word, "for" | "with" | "w" | "w/" | "by" | "to" | "be" | "become" | "s/b")
}

/// Another item in a line's place, with its cases and its price.
pub fn in_place_of(line: &DraftLine, new_id: LineId, code: &ItemCode) -> Vec<Change> {
    let (quantity, price) = (line.quantity, line.price);
    vec![
        Change::AddLine { line_id: new_id.clone(), item_code: code.clone(), quantity, price },
        Change::MoveLine { line_id: new_id, after: Some(line.id.clone()) },
        Change::RemoveLine { line_id: line.id.clone() },
    ]
}
