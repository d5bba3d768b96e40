//! Codes and numbers without a name: which lines they are of.
//!
//! Owns counts and prices that are said of no item, and several codes in a row. Must not name an item by its words.

use domain::LineId;

use crate::chat::catalogue::{Item, LookupError};
use crate::chat::grammar::{CountSaid, whole_cases};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::parts::Parts;
use crate::chat::propose::Proposing;
use crate::chat::question::Slot;
use crate::chat::small_words::says_little;
use crate::chat::token::{whole, word};
use crate::chat::wording::cases;
use crate::document::{Change, PriceRule};

impl Proposing<'_, '_> {
    /// Several codes in a row: a count after them belongs to none in particular.
    pub fn codes(&mut self, mention: &Mention, parts: &Parts, said: &str) -> Result<(), LookupError> {
        let each =
            mention.words.iter().any(|&at| matches!(word(self.tokens, at), "each" | "all" | "ea" | "apiece"));
        let count = match parts.count {
            Some(CountSaid::Cases { count, more }) if each => Some((count, more)),
            _ => None,
        };
        if let Some(counted) = self.codes_counted(mention, parts) {
            for (item, count) in counted {
                self.put(mention, item, Some((count, false)), item.code.as_str(), "that is its code")?;
            }
            return Ok(());
        }
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

    /// “1901R 60 1903R 40”, “60 1901R 40 1903R”: codes and counts by turns.
    fn codes_counted<'p>(&self, mention: &Mention, parts: &'p Parts) -> Option<Vec<(&'p Item, u32)>> {
        let code = |text: &str| parts.codes.iter().find(|item| item.code.as_str().eq_ignore_ascii_case(text));
        let words: Vec<&str> = mention
            .words
            .iter()
            .filter(|&&at| self.tokens[at].is_word() && !says_little(word(self.tokens, at)))
            .map(|&at| self.tokens[at].text.as_str())
            .collect();
        let pair = |pair: &[&str]| {
            let (named, count) = match (code(pair[0]), code(pair.get(1)?)) {
                (Some(item), None) => (item, pair[1]),
                (None, Some(item)) => (item, pair[0]),
                _ => return None,
            };
            match whole_cases(whole(count)?, false) {
                CountSaid::Cases { count, .. } => Some((named, count)),
                _ => None,
            }
        };
        let first = code(words.first()?).is_some();
        let alike = words.chunks(2).all(|pair| code(pair[0]).is_some() == first);
        let plain = mention.count.is_none() && mention.price.is_none() && parts.price.is_none();
        (alike && plain && words.len().is_multiple_of(2))
            .then(|| words.chunks(2).map(pair).collect())
            .flatten()
    }

    /// A count or a price with no item: it is about the line under discussion.
    pub fn only_numbers(&mut self, mention: &Mention, parts: &Parts, said: &str) -> Result<(), LookupError> {
        if parts.count.is_none() && mention.price.is_none() && parts.price.is_none() {
            self.sheet.puzzled(said);
            return Ok(());
        }
        // “Same as the smileys” may be of prices too, where no count is waited for.
        let waits = self.sheet.lines.iter().any(|line| line.quantity.is_none());
        let mere = !mention.words.iter().any(|&at| word(self.tokens, at) == "count");
        if matches!(parts.count, Some(CountSaid::SameAs(..)))
            && mere
            && word(self.tokens, 1) == "as"
            && !waits
        {
            self.sheet.puzzled(said);
            return Ok(());
        }
        // “400 was for the grape” tells of what is past.
        if mention.words.iter().any(|&at| word(self.tokens, at) == "was") && !self.sheet.lines.is_empty() {
            self.sheet.puzzled(said);
            return Ok(());
        }
        if let Some(CountSaid::Cases { count, more: false }) = parts.count
            && self.count_asked(count)
        {
            self.sheet.understood(said, format!("{}of it", cases(Some(count))), "it is asked about");
            let typed = parts.price.as_ref().and_then(|text| text.parse().ok()).map(PriceRule::Given);
            if let Some(rule) = typed.or_else(|| self.said_rule(mention)) {
                self.price_asked(rule);
            }
            return Ok(());
        }
        if self.sheet.lines.is_empty() {
            self.sheet.answer("There is no line yet to change; say which item");
            return Ok(());
        }
        if let Some(CountSaid::Cases { count, more: false }) = parts.count {
            self.count_each_asked(mention, count);
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
        let target = if let Some(only) = self.line_not_counted(mention) {
            Lines::These(vec![only])
        } else if let Some(those) = self.those(mention) {
            those
        } else if each && parts.count.is_some() && !open.is_empty() {
            Lines::These(open)
        } else if each && (parts.count.is_none() || self.sheet.added.is_empty()) && self.sheet.lines.len() > 1
        {
            // “Give em both at last year's price.”
            Lines::These(self.sheet.lines.iter().map(|line| line.id.clone()).collect())
        } else if let ([only], false, true) = (&open[..], mention.correction, parts.count.is_some()) {
            Lines::These(vec![only.clone()])
        } else if self.sheet.lines.len() == 1
            || mention.correction
            || mention.joined
            || mention
                .words
                .iter()
                .any(|&at| matches!(word(self.tokens, at), "it" | "that" | "those" | "so" | "then"))
        {
            lines::meant(self.catalogue, &self.sheet.lines, self.sheet.focus.as_ref(), &[])?
        } else {
            Lines::OneOf(self.sheet.lines.iter().map(|line| line.id.clone()).collect())
        };
        self.set(mention, parts, target, said)
    }

    /// “70 not 65”: the one line that has the count it is not to have.
    pub fn line_not_counted(&self, mention: &Mention) -> Option<LineId> {
        let not = u32::try_from(mention.not_count?).ok();
        let mut lines = self.sheet.lines.iter().filter(|line| line.quantity == not);
        lines.next().filter(|_| lines.next().is_none()).map(|line| line.id.clone())
    }

    /// The one item that is asked about in this message is to have these cases. Whether there is one without any.
    pub fn count_asked(&mut self, count: u32) -> bool {
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

    /// The one item that is asked about in this message is to have this price too.
    fn price_asked(&mut self, rule: PriceRule) {
        let asked = self.sheet.out.questions.iter_mut().filter(|question| question.slot == Slot::Item);
        for change in asked.flat_map(|question| &mut question.choices).flat_map(|choice| &mut choice.changes)
        {
            if let Change::AddLine { price, .. } = change {
                *price = rule;
            }
        }
    }

    /// “30 cases each”: of what is asked about too.
    fn count_each_asked(&mut self, mention: &Mention, count: u32) {
        let each = |&at: &usize| matches!(word(self.tokens, at), "each" | "ea" | "apiece");
        let said = mention.words.iter().any(each);
        let questions =
            self.sheet.out.questions.iter_mut().filter(|question| said && question.slot == Slot::Item);
        for change in
            questions.flat_map(|question| &mut question.choices).flat_map(|choice| &mut choice.changes)
        {
            if let Change::AddLine { quantity: open @ None, .. } = change {
                *open = Some(count);
            }
        }
    }
}
