//! Which words belong to one item.
//!
//! Owns putting together what a comma or an “and” parted (“mac and cheese”, “Corn Dog, Turkey, WG - 180 cs”,
//! “40 cs oranges, the 88 ct”), telling a count from a number that describes, and seeing that a line already there
//! is spoken of. Must not change the draft.

use crate::chat::catalogue::{Item, ItemFacts, LookupError};
use crate::chat::grammar::{CountSaid, PriceMeant, PriceSaid, Verb, is_measure, whole_cases};
use crate::chat::lines;
use crate::chat::mention::Mention;
use crate::chat::parts::{Parts, is_cents};
use crate::chat::propose::Proposing;
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::thing;
use crate::chat::token::{whole, word};
use crate::document::PriceRule;

/// The most mentions that are one item.
const MOST_PARTS: usize = 7;

/// The most words of such an item.
const MOST_WORDS: usize = 10;

/// An item as far as the words go.
pub struct Whole {
    /// What is found for all of its words.
    pub found: Found<Item>,
    /// The words.
    pub text: String,
    /// The mention, with the price that was said.
    pub mention: Mention,
    /// The count that was said.
    pub count: Option<CountSaid>,
    /// How many of the mentions after it were part of it.
    pub taken: usize,
}

impl Proposing<'_, '_> {
    /// The item of a mention and of those after it that belong to it.
    pub fn whole_item(
        &self,
        mention: &Mention,
        parts: &Parts,
        next: &[Mention],
    ) -> Result<Whole, LookupError> {
        let mut out = Whole {
            found: Found::None,
            text: parts.text.clone(),
            mention: mention.clone(),
            count: parts.count.clone(),
            taken: 0,
        };
        // “5 comp trays, 45 cs”: the number that is no count of cases describes.
        if let (Some(number), Some(count)) =
            (&parts.bare, next.first().and_then(|next| self.mere_cases(next)))
        {
            let text = format!("{number} {}", parts.text);
            let found = self.named(&text)?;
            if !matches!(found, Found::None | Found::Several(_, true)) {
                return Ok(Whole { found, text, count: Some(count), taken: 1, ..out });
            }
        }
        if let Some(item) = parts.codes.first() {
            let is_code = |word: &&str| word.eq_ignore_ascii_case(item.code.as_str());
            let beside: Vec<&str> = parts.text.split(' ').filter(|word| !is_code(word)).collect();
            let query = terms(&beside.join(" "));
            let unread = resolve::fit_item(&query, item).unread.of(&query);
            let why = "that is its code".to_owned();
            out.found = Found::One(Taken {
                it: item.clone(),
                why,
                unread,
                close: Vec::new(),
                exact: true,
                head: true,
            });
        } else {
            out.found = self.named(&parts.text)?;
        }
        if let Some((taken, text, count)) = self.counted_amid(&out)? {
            return Ok(Whole { found: Found::One(taken), text, count: Some(count), ..out });
        }
        if parts.codes.is_empty() && self.join(&mut out, next)? {
            let counted = out.count.is_none().then(|| next.get(out.taken)).flatten();
            if let Some(count) = counted.and_then(|next| self.mere_count(next)) {
                (out.count, out.taken) = (Some(count), out.taken + 1);
            }
            return Ok(out);
        }
        if let Found::One(taken) = &out.found
            && taken.unread.is_empty()
        {
            let item = taken.it.clone();
            self.absorb(&mut out, &item, next)?;
            return Ok(out);
        }
        // “96 waffles” are those of 96 where the words alone do not say which, else 96 cases.
        if let (Some(number), Found::Several(..)) = (&parts.bare, &out.found)
            && out.mention.price.is_none()
            && let Found::One(taken) = self.named(&format!("{number} {}", parts.text))?
            && taken.unread.is_empty()
            && taken.head
        {
            (out.found, out.count) = (Found::One(taken), None);
        }
        let counted =
            out.count.is_none().then(|| next.first()).flatten().and_then(|next| self.mere_count(next));
        if let Some(count) = counted {
            (out.count, out.taken) = (Some(count), 1);
        }
        Ok(out)
    }

    /// “Chix patties 1200 breaded”: a number amid the words counts where the words without it name one item.
    fn counted_amid(&self, out: &Whole) -> Result<Option<(Taken<Item>, String, CountSaid)>, LookupError> {
        if out.count.is_some() || !matches!(out.found, Found::None | Found::Several(..)) {
            return Ok(None);
        }
        let words: Vec<&str> = out.text.split(' ').collect();
        let inner = 1..words.len().saturating_sub(1);
        let amid = |&at: &usize| whole(words[at]).is_some() && !is_measure(&words[at + 1].to_lowercase());
        let mut amid = inner.filter(amid);
        let (Some(at), None) = (amid.next(), amid.next()) else { return Ok(None) };
        let Some(number) = whole(words[at]) else { return Ok(None) };
        let text = [&words[..at], &words[at + 1..]].concat().join(" ");
        Ok(match self.named(&text)? {
            Found::One(taken) if taken.unread.is_empty() => Some((taken, text, whole_cases(number, false))),
            _ => None,
        })
    }

    /// “…, 62.80”: dollars and cents and nothing else, after an item without a price.
    pub fn mere_price(&self, out: &mut Whole, next: &[Mention]) {
        let Some(mention) = next.get(out.taken).filter(|next| next.joined && next.price.is_none()) else {
            return;
        };
        let [only] = mention.words[..] else { return };
        let amount = word(self.tokens, only);
        let bare = mention.count.is_none() && mention.verb.is_none_or(|verb| Some(verb) == out.mention.verb);
        if out.mention.price.is_some() || !bare || !is_cents(amount) {
            return;
        }
        let rule = amount.parse().ok().map(PriceRule::Given);
        out.mention.price =
            rule.map(|rule| PriceSaid { meant: PriceMeant::Rule(rule), wide: false, all: false });
        out.taken += usize::from(rule.is_some());
    }

    /// What is left out because it stands beside: “20 banana, 20 choc chip muffins”, “tamales pork 85, chicken 40”.
    pub fn shared_head(
        &self,
        text: &str,
        found: &Found<Item>,
        next: &[Mention],
        follows: bool,
    ) -> Result<Option<Taken<Item>>, LookupError> {
        let is_thing = match found {
            Found::Several(items, _) => thing::is_thing(text, items),
            _ => false,
        };
        if let Some(mention) = next.first().filter(|_| !is_thing)
            && mention.verb.is_none_or(|verb| matches!(verb, Verb::Add | Verb::Quote))
        {
            let parts = self.take_apart(mention)?;
            let counted = parts.count.is_some() && parts.codes.is_empty();
            let words: Vec<&str> = parts.text.split(' ').filter(|word| counted && !word.is_empty()).collect();
            // “Breaded and spicy popcorn chicken”: its last word, or the last two.
            let told = text.split(' ').any(|word| !thing::is_plain(word) && !says_little(word));
            for from in [1, 2, 3, 4]
                .iter()
                // “Cheese and pepperoni five inch rounds”: all of it but the kind.
                .filter(|many| (told || **many == 1) && (**many < 3 || **many < words.len()))
                .filter_map(|many| words.len().checked_sub(*many))
            {
                let head = words[from..].join(" ");
                if let Found::One(taken) = self.named(&format!("{text} {head}"))?
                    && taken.unread.is_empty()
                {
                    let why = format!("“{head}” is said once for both");
                    return Ok(Some(Taken { why, ..taken }));
                }
            }
        }
        let line = match self.sheet.added.last() {
            Some(last) => self.sheet.line(last),
            None => self.sheet.focus.as_ref().filter(|_| follows).and_then(|focus| self.sheet.line(focus)),
        };
        let Some(line) = line else { return Ok(None) };
        let facts = lines::facts(self.catalogue, std::slice::from_ref(line))?;
        let Some(old) = facts.first() else { return Ok(None) };
        // “Buns” are those that are there as much as others.
        if resolve::fit_item(&terms(text), old).unread.is_empty() {
            return Ok(None);
        }
        // “Vinyl gloves L 10, M 10.”
        let sized = old.terms().all.iter().any(|term| &**term == "glove");
        let of_size = format!("glove {text}");
        let instead = if sized && text.len() <= 2 { &of_size } else { text };
        // “Cheese puffs hot 25, reg 25.”
        let words: Vec<&str> = text.split(' ').collect();
        if words.iter().all(|word| thing::is_unmarked(&word.to_lowercase())) {
            let kept = old.terms().telling.first().into_iter().flatten();
            let kept = kept.filter(|term| !thing::is_variety(term) && !thing::is_marked(term));
            let plain = kept.map(|term| &**term).collect::<Vec<_>>().join(" ");
            return Ok(match self.named(&format!("regular {plain}"))? {
                Found::One(taken) if taken.it.code != old.code => Some(taken),
                _ => None,
            });
        }
        Ok(match resolve::item_instead(self.catalogue, old, instead)? {
            Found::One(taken) if taken.unread.is_empty() && thing::is_same_thing(old, &taken.it) => {
                Some(taken)
            }
            _ => None,
        })
    }

    /// Take in what only repeats the item, up to its count.
    fn absorb(&self, out: &mut Whole, item: &ItemFacts, next: &[Mention]) -> Result<(), LookupError> {
        for (place, mention) in next.iter().take(MOST_PARTS).enumerate() {
            if out.count.is_some() || out.mention.price.is_some() {
                return Ok(());
            }
            // “The carved turkey w gravy. 30 cs.”
            if let Some(count) = self.mere_cases(mention) {
                (out.count, out.taken) = (Some(count), place + 1);
                return Ok(());
            }
            if !belongs(&out.mention, mention) {
                return Ok(());
            }
            if let Some(count) = self.mere_count(mention) {
                (out.count, out.taken) = (Some(count), place + 1);
                return Ok(());
            }
            let parts = self.take_apart(mention)?;
            let query = terms(&parts.text);
            let repeats = !query.is_empty() && resolve::fit_item(&query, item).unread.is_empty();
            if !repeats || parts.bare.is_some() || !parts.codes.is_empty() {
                return Ok(());
            }
            out.mention.price.clone_from(&mention.price);
            (out.count, out.taken) = (parts.count, place + 1);
        }
        Ok(())
    }

    /// Whether only “and” stands before it.
    fn is_together(&self, mention: &Mention) -> bool {
        let before = mention.words.first().and_then(|at| at.checked_sub(1));
        before.is_some_and(|at| matches!(word(self.tokens, at), "and" | "n" | "&" | "'n"))
    }

    /// Join as many of the mentions after it as make one item together.
    fn join(&self, out: &mut Whole, next: &[Mention]) -> Result<bool, LookupError> {
        // Words that are nothing by themselves are talk, whatever follows them.
        let and = next.first().is_some_and(|next| self.is_together(next));
        if out.found == Found::None && (out.text.contains(' ') || !and) {
            return Ok(false);
        }
        let mut texts = vec![out.text.clone()];
        let mut joined = Vec::new();
        for mention in next.iter().take(MOST_PARTS) {
            let parts = self.take_apart(mention)?;
            let ends = parts.count.is_some() || mention.price.is_some();
            if !belongs(&out.mention, mention)
                || parts.text.is_empty()
                || !parts.codes.is_empty()
                || out.count.is_some() && parts.count.is_some()
                || out.mention.price.is_some() && ends
            {
                break;
            }
            // “Turkey n gravy 24”; a number before its words begins the next item.
            let sized = |at: usize| is_measure(word(self.tokens, at + 1));
            let first =
                mention.words.first().is_some_and(|&at| whole(word(self.tokens, at)).is_some() && !sized(at));
            if parts.bare.is_some() && first {
                break;
            }
            let words = texts.iter().chain([&parts.text]).map(|text| text.split(' ').count()).sum::<usize>();
            if words > MOST_WORDS {
                break;
            }
            texts.push(parts.text.clone());
            joined.push((mention, parts));
            if ends {
                break;
            }
        }
        for length in (1..=joined.len()).rev() {
            let text = texts[..=length].join(" ");
            let named = self.named(&text)?;
            // “Bean & cheese burritos” is one thing, whichever of them it is.
            let together = length == 1 && self.is_together(joined[0].0);
            if let Found::Several(_, false) = &named
                && together
                && matches!(out.found, Found::None | Found::Several(..))
            {
                let (last, parts) = &joined[0];
                if out.count.is_none() {
                    out.count.clone_from(&parts.count);
                }
                if out.mention.price.is_none() {
                    out.mention.price.clone_from(&last.price);
                }
                (out.found, out.text, out.taken) = (named, text, 1);
                return Ok(true);
            }
            // “Waffles mini, dawnley, ind wrapped 60”: what only describes it stands beside the thing.
            if let (Found::Several(_, false), Found::Several(first, false)) = (&named, &out.found)
                && length > 1
                && thing::is_thing(&out.text, first)
                && self.all_describe(&joined[..length])?
            {
                let (last, parts) = &joined[length - 1];
                out.count = out.count.take().or_else(|| parts.count.clone());
                out.mention.price = out.mention.price.take().or_else(|| last.price.clone());
                (out.found, out.text, out.taken) = (named, text, length);
                return Ok(true);
            }
            if let Found::One(taken) = named
                && taken.unread.is_empty()
            {
                let (last, parts) = &joined[length - 1];
                if out.count.is_none() {
                    out.count.clone_from(&parts.count);
                }
                if out.mention.price.is_none() {
                    out.mention.price.clone_from(&last.price);
                }
                let why = "its name runs on".to_owned();
                (out.found, out.text, out.taken) = (Found::One(Taken { why, ..taken }), text, length);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether each of these names no thing by itself.
    fn all_describe(&self, joined: &[(&Mention, Parts)]) -> Result<bool, LookupError> {
        for (_, parts) in joined {
            let is_thing = match self.named(&parts.text)? {
                Found::One(taken) => taken.head,
                Found::Several(items, _) => thing::is_thing(&parts.text, &items),
                Found::None => false,
            };
            if is_thing {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// “…. 64 cs”: cases and nothing else.
    fn mere_cases(&self, mention: &Mention) -> Option<CountSaid> {
        let around = mention.words.iter().all(|&at| {
            !self.tokens[at].is_word()
                || matches!(word(self.tokens, at), "if" | "so" | "of" | "them" | "please" | "pls")
        });
        let plain = mention.verb.is_none_or(|verb| verb == Verb::Add || verb == Verb::Quote)
            && !mention.correction
            && !mention.negated
            && !mention.for_whom;
        let count =
            mention.count.clone().filter(|count| matches!(count, CountSaid::Cases { more: false, .. }));
        count.filter(|_| around && plain && mention.price.is_none())
    }

    /// “…, 64”: a count and nothing else.
    fn mere_count(&self, mention: &Mention) -> Option<CountSaid> {
        if let Some(count) = self.mere_cases(mention) {
            return Some(count);
        }
        if !mention.joined || mention.price.is_some() {
            return None;
        }
        let each = |&at: &usize| matches!(word(self.tokens, at), "each" | "ea" | "apiece" | "both" | "all");
        if mention.words.iter().any(each) {
            return None;
        }
        let words: Vec<usize> =
            mention.words.iter().copied().filter(|&at| !says_little(word(self.tokens, at))).collect();
        match (&words[..], &mention.count) {
            ([], Some(count)) => Some(count.clone()),
            ([only], None) => {
                let number = whole(word(self.tokens, *only))?;
                let is_code =
                    self.catalogue.items(&[word(self.tokens, *only)]).is_ok_and(|found| !found.is_empty());
                (!is_code).then(|| whole_cases(number, false))
            }
            _ => None,
        }
    }
}

/// Whether a mention can be the rest of another.
fn belongs(first: &Mention, next: &Mention) -> bool {
    let bare = next.count.is_none() && next.price.is_none();
    let follows = next.joined || bare && next.verb.is_none();
    let same = next.verb == first.verb || next.verb.is_none();
    follows && same && !next.for_whom && !next.correction && !next.negated && !next.subject
}
