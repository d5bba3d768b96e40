//! Lines that are there and are spoken of by their words.
//!
//! Owns seeing that a mention names a line of the draft and not another item. Must not change the draft.

use domain::LineId;

use crate::chat::catalogue::{Item, LookupError};
use crate::chat::grammar::{CountSaid, PriceMeant, Verb};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::parts::{Parts, is_cents};
use crate::chat::propose::Proposing;
use crate::chat::resolve::{self, Found};
use crate::chat::shorthand::terms;
use crate::chat::thing;
use crate::chat::token::word;
use crate::chat::whole::Whole;
use crate::document::{Change, DraftLine, PriceRule};

impl Proposing<'_, '_> {
    /// Of items the words do not tell apart, the one that is a line already, where a count or a price is said of it.
    pub fn line_among(&self, mention: &Mention, whole: &Whole) -> Option<LineId> {
        let Found::Several(items, false) = &whole.found else { return None };
        let said = whole.count.is_some() || whole.mention.price.is_some();
        if !said || mention.verb == Some(Verb::Add) {
            return None;
        }
        let before = |line: &&DraftLine| !self.sheet.added.contains(&line.id);
        let is_meant = |line: &&DraftLine| items.iter().any(|item| item.code == line.item_code);
        let mut there = self.sheet.lines.iter().filter(before).filter(is_meant);
        there.next().filter(|_| there.next().is_none()).map(|line| line.id.clone())
    }

    /// “Buns 50 to be safe”: one word for what is a line already, or for several lines, where a count is said of it and
    /// the catalogue has others of it too.
    pub fn lines_by_word(&self, mention: &Mention, whole: &Whole) -> Result<Option<Lines>, LookupError> {
        // “Flip those, 90 spicy 60 breaded”: both are there.
        let set = |change: &Change| matches!(change, Change::SetQuantity { .. });
        let (added, changes) = (&self.sheet.added, &self.sheet.out.changes);
        let goes_on = added.is_empty() && !changes.is_empty() && changes.iter().all(set);
        let joined = mention.joined && !goes_on;
        let plain = mention.verb.is_none() && !mention.correction && !joined && !mention.for_whom;
        if !plain || whole.text.is_empty() || whole.text.contains(' ') || whole.count.is_none() {
            return Ok(None);
        }
        let before: Vec<DraftLine> =
            self.sheet.lines.iter().filter(|line| !self.sheet.added.contains(&line.id)).cloned().collect();
        let meant = match lines::meant(self.catalogue, &before, None, &[&whole.text])? {
            // “16 bagels”: those that wait for their count.
            Lines::OneOf(ids) => {
                let waits =
                    |id: &&LineId| before.iter().any(|line| line.id == **id && line.quantity.is_none());
                let waiting: Vec<LineId> = ids.iter().filter(waits).cloned().collect();
                if let [_] = waiting[..] { return Ok(Some(Lines::These(waiting))) } else { Lines::OneOf(ids) }
            }
            meant => meant,
        };
        let is_line = |code: &domain::ItemCode| before.iter().any(|line| line.item_code == *code);
        Ok(match (&meant, &whole.found) {
            (Lines::OneOf(_), Found::One(_) | Found::Several(_, false)) => Some(meant),
            (Lines::These(ids), Found::One(taken))
                // “Nuggets 180” are those there, and not those of plants.
                if ids.len() == 1
                    && !is_line(&taken.it.code)
                    && (goes_on || !taken.exact || !thing::told(&terms(&whole.text), &taken.it).1.is_empty()) =>
            {
                Some(meant)
            }
            _ => None,
        })
    }

    /// “First two at last year's price”, “the rest hold last year's”: lines by their place, where a price is said.
    pub fn lines_pointed_at(
        &self,
        mention: &Mention,
        parts: &Parts,
    ) -> Result<Option<Vec<LineId>>, LookupError> {
        let priced = mention.price.is_some() || parts.price.is_some();
        let counted = parts.count.is_some();
        if !priced && !counted || self.sheet.lines.is_empty() {
            return Ok(None);
        }
        let words: Vec<&str> =
            parts.text.split(' ').filter(|word| !matches!(*word, "ones" | "lines" | "items")).collect();
        if let ["rest" | "others" | "remaining"] = words[..]
            && !counted
        {
            let set =
                |line: &&DraftLine| {
                    self.sheet.out.changes.iter().any(
                        |change| matches!(change, Change::SetPrice { line_id, .. } if *line_id == line.id),
                    )
                };
            let rest = self.sheet.lines.iter().filter(|line| !set(line));
            return Ok(Some(rest.map(|line| line.id.clone()).collect()));
        }
        let place =
            words.first().is_some_and(|word| lines::ordinal(word).is_some()) || words == ["next"] && priced;
        if !place || words.len() > 2 {
            return Ok(None);
        }
        let focus = self.sheet.focus.as_ref();
        Ok(match lines::meant(self.catalogue, &self.sheet.lines, focus, &words)? {
            Lines::These(lines) => Some(lines),
            _ => None,
        })
    }

    /// “Last year +2% on the pizzas” is of both that are there; “hot dogs at 19.80” of one of them.
    pub fn lines_priced(&self, mention: &Mention, parts: &Parts) -> Result<Option<Lines>, LookupError> {
        let Some(price) = &mention.price else { return Ok(None) };
        let plain =
            mention.verb.is_none() && !mention.correction && !mention.for_whom && parts.codes.is_empty();
        if !plain || parts.count.is_some() || parts.text.is_empty() || !self.sheet.added.is_empty() {
            return Ok(None);
        }
        let words: Vec<&str> = parts.text.split(' ').collect();
        let Lines::OneOf(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &words)? else {
            return Ok(None);
        };
        let many =
            words.last().is_some_and(|last| last.len() > 3 && last.ends_with('s') && !last.ends_with("ss"));
        Ok(match price.meant {
            PriceMeant::Rule(PriceRule::Given(_)) => Some(Lines::OneOf(ids)),
            PriceMeant::Rule(_) if many => Some(Lines::These(ids)),
            _ => None,
        })
    }

    /// The line that “the bread” is, where it is said with “the” and there is one such line.
    pub fn line_spoken_of(&self, mention: &Mention, parts: &Parts) -> Result<Option<LineId>, LookupError> {
        let counted = parts.count.is_some() || mention.price.is_some() || parts.price.is_some();
        let times = matches!(parts.count, Some(CountSaid::Times(_)));
        let first = parts.text.split(' ').next().unwrap_or_default();
        let at = mention.words.iter().find(|&&at| self.tokens[at].text == first);
        let before_word = at.and_then(|at| at.checked_sub(1)).map_or("", |at| word(self.tokens, at));
        let priced =
            parts.price.is_some() && mention.words.first().is_some_and(|&at| is_cents(word(self.tokens, at)));
        let late = !self.sheet.usual.is_empty();
        let repriced = parts.count.is_none() && counted;
        let definite =
            priced || late || repriced || matches!(before_word, "the" | "that" | "those" | "on") || times;
        let (added, usual) = (&self.sheet.added, &self.sheet.usual);
        let before = |line: &&DraftLine| !added.contains(&line.id) || usual.contains(&line.id);
        // “Hold last year's price on the gravy”: of what was said in this message too.
        let led = repriced && mention.priced_at.is_none() && before_word == "the";
        let there: Vec<_> = self.sheet.lines.iter().filter(|line| led || before(line)).cloned().collect();
        // “Same of the pepperoni stuffed crust”: as many of another.
        let same = parts.count == Some(CountSaid::Same) && mention.price.is_none();
        if !counted || !definite || same || !parts.codes.is_empty() || there.is_empty() {
            return Ok(None);
        }
        let words: Vec<&str> = parts.text.split(' ').collect();
        // “Everything they got plus 40 cinnamon waffles”: another one is meant when it is said in full.
        let told = matches!(before_word, "the" | "that" | "those" | "on") || priced || times || repriced;
        if late
            && !told
            && let Found::One(taken) = self.named(&parts.text)?
            && taken.unread.is_empty()
            && there.iter().all(|line| line.item_code != taken.it.code)
        {
            return Ok(None);
        }
        let Lines::These(ids) = lines::meant(self.catalogue, &there, None, &words)? else { return Ok(None) };
        let [id] = &ids[..] else { return Ok(None) };
        // “12 of the vanilla pouches” are no vanilla cups.
        let facts = lines::facts(self.catalogue, &there)?;
        let fits = |item: &Item| resolve::fit_item(&terms(&parts.text), item).unread.is_empty();
        let of_line = there.iter().find(|line| line.id == *id).map(|line| line.item_code.clone());
        let fits_line = facts.iter().filter(|item| Some(&item.code) == of_line.as_ref()).any(fits);
        if !fits_line
            && parts.count.is_some()
            && let Found::One(taken) = self.named(&parts.text)?
            && taken.unread.is_empty()
            && taken.head
            && there.iter().all(|line| line.item_code != taken.it.code)
        {
            return Ok(None);
        }
        // “The regular puffs” are not the hot ones.
        let line: Vec<DraftLine> = there.iter().filter(|line| line.id == *id).cloned().collect();
        let facts = lines::facts(self.catalogue, &line)?;
        let query = terms(&parts.text);
        let hotter = facts.iter().any(|item| thing::is_hotter(&query, item.terms().description()));
        Ok((!hotter).then(|| id.clone()))
    }
}
