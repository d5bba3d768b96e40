//! What a mention is to those beside it: said again, a heading, the rest of what was asked.
//!
//! Owns these three. Must not set a line's count or price but as they were said.

use crate::chat::catalogue::LookupError;
use crate::chat::grammar::{Verb, is_measure};
use crate::chat::interpret::Reading;
use crate::chat::lines::{self, Lines};
use crate::chat::mention::{Mention, is_bare_count};
use crate::chat::question::{Question, Slot};
use crate::chat::resolve::{Found, Taken};
use crate::chat::shorthand::terms;
use crate::chat::thing;
use crate::chat::token::word;
use crate::chat::wording::{clipped, describe};
use crate::document::Change;

impl Reading<'_> {
    /// “10 bags … no, 10 cases of canola oil”: what is said in the place of words that name no one item yet.
    pub fn said_again(
        &mut self,
        mention: &Mention,
        next: &[Mention],
    ) -> Result<Option<Mention>, LookupError> {
        let Some(meant) = next.first().filter(|meant| !meant.words.is_empty()) else { return Ok(None) };
        let plain = |mention: &Mention| {
            matches!(mention.verb, None | Some(Verb::Add | Verb::Quote))
                && !mention.negated
                && !mention.for_whom
        };
        if !plain(mention) || !plain(meant) || mention.correction || mention.price.is_some() {
            return Ok(None);
        }
        let (parts, new) = (self.proposing().take_apart(mention)?, self.proposing().take_apart(meant)?);
        if parts.text.is_empty() && parts.count.is_none() || !parts.codes.is_empty() || new.text.is_empty() {
            return Ok(None);
        }
        // “10 bags canola... 10 cs canola oil.”
        let trails = meant.words.first().is_some_and(|&first| {
            let mut near = (first.saturating_sub(2)..=first).filter(|at| *at > 0);
            near.any(|at| {
                let between = self.tokens[at - 1].to..self.tokens[at].from;
                self.message.get(between).is_some_and(|text| text.contains(".."))
            })
        });
        let repeats = trails
            && new.count.is_some()
            && terms(&parts.text).iter().any(|term| terms(&new.text).contains(term));
        if !meant.correction && !repeats || matches!(self.proposing().named(&parts.text)?, Found::One(_)) {
            return Ok(None);
        }
        // “Turkey taco meat 40, nacho cheese... no, just the taco meat.”
        if meant.words.iter().any(|&at| matches!(self.tokens[at].norm.as_str(), "just" | "only"))
            && new.count.is_none()
            && self.sheet.focus.is_some()
        {
            return Ok(Some(meant.clone()));
        }
        let count = if new.count.is_some() { meant.count.clone() } else { parts.count };
        Ok(Some(Mention { correction: false, joined: mention.joined, count, ..meant.clone() }))
    }

    /// “Scratch all of that but the eggs”: the lines that are named stay. Whether it is said.
    pub fn drops_all_but(&mut self, mention: &Mention, next: &[Mention]) -> Result<bool, LookupError> {
        let of_all = |&at: &usize| {
            matches!(
                word(self.tokens, at),
                "all" | "everything" | "of" | "that" | "those" | "it" | "them" | "the" | "lines" | "rest"
            )
        };
        let all = |&at: &usize| matches!(word(self.tokens, at), "all" | "everything");
        let drops = mention.verb == Some(Verb::Drop) && mention.count.is_none() && mention.price.is_none();
        let wide = mention.words.iter().all(of_all) && mention.words.iter().any(all);
        let Some(kept) = next.first().filter(|_| drops && wide) else { return Ok(false) };
        let before =
            kept.words.first().and_then(|at| at.checked_sub(1)).map_or("", |at| word(self.tokens, at));
        if !matches!(before, "but" | "except" | "excluding") || kept.count.is_some() || kept.price.is_some() {
            return Ok(false);
        }
        let said = kept.said(self.tokens);
        let stay = match lines::meant(self.catalogue, &self.sheet.lines, None, &said)? {
            Lines::These(ids) | Lines::OneOf(ids) => ids,
            Lines::None => {
                let said = clipped(&said.join(" "));
                self.sheet.answer(format!("No line of the draft is “{said}”, so nothing was taken off"));
                return Ok(true);
            }
        };
        let gone: Vec<_> = self.sheet.lines.iter().filter(|line| !stay.contains(&line.id)).cloned().collect();
        for line in gone {
            let meant = format!("take {} off", line.item_code);
            self.sheet.understood(mention.said(self.tokens).join(" "), meant, "all but what is named");
            self.sheet.make(Change::RemoveLine { line_id: line.id });
        }
        Ok(true)
    }

    /// “General tso 80 brown rice”: a count amid the words ends one item, and another follows.
    pub fn two_in_one(&mut self, mention: &Mention) -> Result<Option<(Mention, Mention)>, LookupError> {
        let plain = matches!(mention.verb, None | Some(Verb::Add | Verb::Quote))
            && !mention.correction
            && !mention.negated
            && !mention.for_whom
            && mention.count.is_none()
            && mention.price.is_none();
        let words = &mention.words[..];
        let inner = 1..words.len().saturating_sub(1);
        let counts = |&at: &usize| {
            is_bare_count(self.tokens, words[at]) && !is_measure(word(self.tokens, words[at + 1]))
        };
        let mut amid = inner.filter(counts);
        let (Some(at), None, true) = (amid.next(), amid.next(), plain) else { return Ok(None) };
        let text = |words: &[usize]| {
            let words = words.iter().filter(|&&at| self.tokens[at].is_word());
            words.map(|&at| self.tokens[at].text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let (one, other) = (text(&words[..at]), text(&words[at + 1..]));
        let all = self.proposing().named(&format!("{one} {other}"))?;
        let in_full = |taken: &Taken<_>| taken.unread.is_empty() && (taken.head || one.contains(' '));
        let first = matches!(self.proposing().named(&one)?, Found::One(taken) if in_full(&taken));
        let second = match self.proposing().named(&other)? {
            Found::One(taken) => taken.unread.is_empty() && taken.head,
            Found::Several(items, false) => thing::is_thing(&other, &items),
            _ => false,
        };
        let whole = matches!(all, Found::One(taken) if taken.unread.is_empty());
        if whole || !first || !second {
            return Ok(None);
        }
        let ends = Mention { words: words[..=at].to_vec(), ..mention.clone() };
        let begins = Mention { words: words[at + 1..].to_vec(), joined: true, ..mention.clone() };
        Ok(Some((ends, begins)))
    }

    /// “Pepperoni wedge”, where it was asked which pizza: one that was not among the choices shown, and is called as was
    /// asked.
    pub fn answers_asked(&mut self, mention: &Mention) -> Result<bool, LookupError> {
        let plain = matches!(mention.verb, None | Some(Verb::Quote)) && !mention.negated && !mention.for_whom;
        if !plain || mention.correction || mention.count.is_some() || mention.price.is_some() {
            return Ok(false);
        }
        let parts = self.proposing().take_apart(mention)?;
        if parts.text.is_empty() || parts.count.is_some() || !parts.codes.is_empty() {
            return Ok(false);
        }
        let asking = |question: &&Question| question.slot == Slot::Item && question.asked.is_some();
        let mut asked = self.open.iter().filter(asking);
        let (Some(question), None) = (asked.next().cloned(), asked.next()) else { return Ok(false) };
        let Some(words) = question.asked.clone() else { return Ok(false) };
        let found = self.proposing().named(&format!("{} {words}", parts.text))?;
        let Found::One(Taken { it, unread, .. }) = found else { return Ok(false) };
        let waits =
            question.choices.iter().flat_map(|choice| &choice.changes).find_map(|change| match change {
                Change::AddLine { quantity, price, .. } => Some((*quantity, *price)),
                _ => None,
            });
        let (Some((quantity, price)), Some(line_id), true) =
            (waits, self.sheet.line_id(), unread.is_empty() && self.sheet.line_of(&it.code).is_none())
        else {
            return Ok(false);
        };
        self.open.retain(|known| *known != question);
        self.sheet.understood(clipped(&parts.text), describe(&it), "that was asked");
        let item_code = it.code.clone();
        self.sheet.chosen(
            Some(words),
            &[Change::AddLine { line_id: line_id.clone(), item_code: item_code.clone(), quantity, price }],
        );
        self.sheet.make(Change::AddLine { line_id, item_code, quantity, price });
        Ok(true)
    }

    /// “Gloves for Bartlesville: 25 medium, 10 large”: an item without a count, and what follows tells of which kind.
    pub fn heads(&mut self, mention: &Mention, next: &[Mention]) -> Result<bool, LookupError> {
        let plain = |mention: &Mention| {
            matches!(mention.verb, None | Some(Verb::Add | Verb::Quote))
                && !mention.negated
                && !mention.for_whom
                && !mention.correction
        };
        let Some(next) = next.first().filter(|next| plain(next)) else { return Ok(false) };
        if !plain(mention) || mention.count.is_some() || mention.price.is_some() {
            return Ok(false);
        }
        let (parts, kind) = (self.proposing().take_apart(mention)?, self.proposing().take_apart(next)?);
        if parts.count.is_some() || parts.text.is_empty() || kind.count.is_none() || kind.text.is_empty() {
            return Ok(false);
        }
        let is_thing = match self.proposing().named(&parts.text)? {
            Found::Several(items, false) => thing::is_thing(&parts.text, &items),
            _ => false,
        };
        let by_itself = match self.proposing().named(&kind.text)? {
            Found::One(taken) => taken.unread.is_empty() && taken.head && kind.text.contains(' '),
            // “Medium” is a kind of gloves, though forks are medium too.
            Found::Several(items, false) => {
                let kinds = terms(&kind.text);
                thing::is_thing(&kind.text, &items) && !kinds.iter().all(|kind| thing::is_variety(kind))
            }
            _ => false,
        };
        let both = self.proposing().named(&format!("{} {}", kind.text, parts.text))?;
        // “The 16 inch pizzas, 35 cheese, 25 pepperoni”: cheese is a thing too, and there is one such pizza.
        let alone = matches!(self.proposing().named(&kind.text)?, Found::One(_));
        let is_kind = !kind.text.contains(' ')
            && matches!(&both, Found::One(taken) if taken.unread.is_empty())
            && !alone;
        if !is_thing || by_itself && !is_kind || !kind.codes.is_empty() {
            return Ok(false);
        }
        let heads = match both {
            Found::One(taken) => taken.unread.is_empty(),
            Found::Several(_, unsure) => !unsure,
            Found::None => false,
        };
        if heads {
            self.heading = Some(parts.text);
        }
        Ok(heads)
    }
}
