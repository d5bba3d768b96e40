//! From a mention to changes.
//!
//! Owns what a mention of an item does: a new line, a count for one that is there, or a question. Must not
//! touch what it asks about.

use crate::chat::catalogue::{Catalogue, Item, LookupError};
use crate::chat::grammar::{CountSaid, PriceMeant, PriceSaid, Verb};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::parts::{Parts, is_cents};
use crate::chat::question::Slot;
use crate::chat::resolve::{self, Found, TAKEN, Taken};
use crate::chat::score;
use crate::chat::sheet::Sheet;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::tell::sized;
use crate::chat::thing::{self, is_container, is_descriptor, is_ingredient, is_measured, is_variety};
use crate::chat::token::{Token, whole, word};
use crate::chat::whom;
use crate::chat::wording::{capital, clipped};
use crate::document::PriceRule;
use crate::document::change::check_quantity;

/// The most words that name an item, where neither its count nor its price is said.
const MOST_NAMING: usize = 12;

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
        // “Drop the last one, and 80 on the minis.”
        let number = |at: Option<&usize>| at.is_some_and(|&at| whole(word(self.tokens, at)).is_some());
        let to = mention.words.iter().any(|&at| word(self.tokens, at) == "to");
        let numbered = number(mention.words.first()) || number(mention.words.last()) && !to;
        if mention.joined && mention.verb == Some(Verb::Drop) && numbered && mention.words.len() > 1 {
            let kept = Mention { verb: None, ..mention.clone() };
            return self.item(&kept, next);
        }
        match mention.verb {
            Some(Verb::Replace) => self.replace(mention, &said)?,
            Some(Verb::Add) if back => self.restore(mention, &said)?,
            None if self.comes_back(mention)? => self.restore(mention, &said)?,
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
            _ if self.describes(mention, &said)? => {}
            _ if mention.correction || self.ends_instead(mention) => self.correct(mention, &said)?,
            _ => return self.item(mention, next),
        }
        Ok(0)
    }

    /// “Romaine back in, 30”: of a line that was taken off.
    fn comes_back(&self, mention: &Mention) -> Result<bool, LookupError> {
        let words: Vec<&str> = mention.words.iter().map(|&at| self.tokens[at].norm.as_str()).collect();
        let kept = match words[..] {
            [.., "back", "in" | "on"] => words.len() - 2,
            [.., "back"] => words.len() - 1,
            _ => return Ok(false),
        };
        let meant = lines::meant(self.catalogue, &self.sheet.removed, None, &words[..kept])?;
        Ok(kept > 0 && mention.count.is_none() && matches!(meant, Lines::These(ids) if ids.len() == 1))
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
    pub fn ends_instead(&self, mention: &Mention) -> bool {
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
    pub fn usual_rule(&self) -> PriceRule {
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
        // “Meatballs to the 1 oz”: of a line that is there.
        let to = mention.words.windows(2).position(|pair| {
            word(self.tokens, pair[0]) == "to" && matches!(word(self.tokens, pair[1]), "the" | "those")
        });
        if let Some(to) = to.filter(|to| *to > 0 && mention.verb.is_none() && mention.count.is_none()) {
            let words: Vec<&str> = mention.words[..to].iter().map(|&at| word(self.tokens, at)).collect();
            let meant = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?;
            if matches!(meant, Lines::These(ids) if ids.len() == 1) {
                return self.replace(mention, &said).map(|()| 0);
            }
        }
        let talk = parts.count.is_none()
            && parts.price.is_none()
            && mention.price.is_none()
            && parts.codes.is_empty();
        // “The whole thing good for 30 days.”
        let plain = |term: &String| {
            is_descriptor(term) && !is_container(term) && term.chars().all(char::is_alphabetic)
        };
        if talk && !next.first().is_some_and(|next| next.joined) && terms(&parts.text).iter().all(plain) {
            self.sheet.puzzled(&said);
            return Ok(0);
        }
        // “GRPS”, said alone, is no grape juice; “#3 and #4” are places.
        if talk && parts.text.split(' ').all(|word| word.starts_with('#')) {
            self.sheet.answer(format!("Say what to do with “{said}”"));
            return Ok(0);
        }
        let another = talk
            && !self.sheet.lines.is_empty()
            && !parts.text.contains(' ')
            && self.names_customer(&parts.text)?
            && !matches!(self.named(&parts.text)?, Found::One(taken) if taken.exact);
        if another || parts.text == "back" || talk && self.is_customer(&parts.text)? {
            self.sheet.puzzled(&said);
            return Ok(0);
        }
        let mut parts = parts;
        if let Some(CountSaid::Refused(why)) = &parts.count {
            self.sheet.answer(format!("I did not take the quantity in “{said}”: {why}"));
            parts.count = None;
        }
        if let Some(PriceSaid { meant: PriceMeant::Refused(why), .. }) = &mention.price {
            self.sheet.answer(format!("I left out “{said}”: {why}"));
            return Ok(0);
        }
        // “We finally got the boat in.”
        let first = mention.words.first().map_or("", |&at| word(self.tokens, at));
        let subject = matches!(first, "we" | "i" | "you") && self.sheet.lines.is_empty();
        if talk && subject && mention.verb.is_none() {
            self.sheet.puzzled(&said);
            self.point_at(mention)?;
            return Ok(0);
        }
        // So many words without a count or a price are talk.
        if talk && parts.text.split(' ').count() > MOST_NAMING {
            self.sheet.puzzled(&said);
            self.point_at(mention)?;
            return Ok(0);
        }
        if let [_, _, ..] = parts.codes[..] {
            return self.codes(mention, &parts, &said).map(|()| 0);
        }
        if let Some(line) = self.line_not_counted(mention) {
            return self.set(mention, &parts, Lines::These(vec![line]), &said).map(|()| 0);
        }
        if let Some(lines) = self.lines_pointed_at(mention, &parts)? {
            return self.set(mention, &parts, Lines::These(lines), &said).map(|()| 0);
        }
        if let Some(line) = self.line_spoken_of(mention, &parts)? {
            return self.set(mention, &parts, Lines::These(vec![line]), &said).map(|()| 0);
        }
        if let Some(lines) = self.lines_priced(mention, &parts)? {
            return self.set(mention, &parts, lines, &said).map(|()| 0);
        }
        let typed = parts.price.as_ref().and_then(|text| text.parse().ok()).map(PriceRule::Given);
        let priced = typed.filter(|_| mention.price.is_none()).map(|rule| Mention {
            price: Some(PriceSaid { meant: PriceMeant::Rule(rule), wide: false, all: false }),
            ..mention.clone()
        });
        let mention = priced.as_ref().unwrap_or(mention);
        let mut whole = self.whole_item(mention, &parts, next)?;
        self.mere_price(&mut whole, next);
        if priced.is_some() {
            sized(&mut whole, parts.price.as_deref());
        }
        self.beside(mention, &mut whole, next)?;
        self.left_over(mention, &mut whole);
        self.headed(&mut whole)?;
        if let Some(lines) = self.lines_by_word(mention, &whole)? {
            let parts = Parts { count: whole.count, price: parts.price, ..Parts::default() };
            return self.set(&whole.mention, &parts, lines, &said).map(|()| whole.taken);
        }
        if let Some(line) = self.line_among(mention, &whole) {
            let parts = Parts { count: whole.count, price: parts.price, ..Parts::default() };
            return self.set(&whole.mention, &parts, Lines::These(vec![line]), &said).map(|()| whole.taken);
        }
        if self.narrow_to(&whole) {
            return Ok(whole.taken);
        }
        // “6/#10”: a pack by itself is no item.
        let named = whole.text.chars().any(char::is_alphabetic) || !parts.codes.is_empty();
        if !named && matches!(whole.found, Found::Several(..)) && mention.joined {
            self.sheet.puzzled(&said);
            return Ok(whole.taken);
        }
        let mention = &whole.mention;
        let asked = mention.verb.is_some() || whole.count.is_some() || mention.price.is_some();
        let count = whole.count.as_ref().and_then(|count| self.new_count(count));
        // “XL nitrile gloves”, where none are so large: what tells more is not passed over.
        let told = |word: &String| is_ingredient(word) || is_variety(word);
        let found = match whole.found {
            Found::One(taken) if asked && parts.codes.is_empty() && taken.unread.iter().any(told) => {
                let items = std::iter::once(taken.it).chain(taken.close).collect();
                Found::Several(items, true)
            }
            found => found,
        };
        match found {
            Found::One(Taken { it, why, unread, close, head, .. }) => {
                if !asked && (!unread.is_empty() || !head && !whole.text.contains(' ')) {
                    self.sheet.puzzled(&said);
                    self.point_at(mention)?;
                    return Ok(whole.taken);
                }
                if !unread.is_empty() {
                    self.sheet.puzzled(&unread.join(" "));
                }
                if !asked
                    && next.is_empty()
                    && let Some(line) = self.line_of_another_kind(&it)?
                {
                    return self.swap(&line, &whole.text, &said).map(|()| whole.taken);
                }
                let read_back = self.sheet.out.understood.len();
                if count.is_some() && mention.joined {
                    self.sheet.told_closer(&it.code);
                }
                self.put(mention, &it, count, &whole.text, &why)?;
                self.instead(read_back, &it, &close);
            }
            // “Barb”, “better”: one word that no list has so is talk where nothing is counted.
            Found::Several(ref items, _)
                if talk
                    && whole.count.is_none()
                    && !whole.text.contains(' ')
                    && !is_written(&whole.text, items) =>
            {
                self.sheet.puzzled(&said);
            }
            Found::Several(items, _) if is_end_of_brand(&whole.text, &items) => self.sheet.puzzled(&said),
            Found::Several(items, unsure) if asked || !unsure => {
                self.ask_item(mention, &items, count, &whole.text, unsure);
            }
            // “50 students on special diets” are no cases of anything.
            Found::None if matches!(whole.count, Some(CountSaid::Open(_))) => self.sheet.puzzled(&said),
            Found::None
                if mention.count.is_some()
                    || count.is_some() && (whole.taken > 0 || self.is_listed(mention, &whole.text)) =>
            {
                // “Vallivue 139 not the other one.”
                if mention.count.is_none() && self.names_customer(&whole.text)? {
                    self.sheet.puzzled(&said);
                    return Ok(whole.taken);
                }
                let prompt =
                    format!("No item in the catalogue fits “{}”. Which one is it?", clipped(&whole.text));
                self.sheet.out.unread = true;
                self.sheet.ask(Slot::Item, prompt, Vec::new());
                if let Some(question) = self.sheet.out.questions.last_mut() {
                    question.count = count.map(|(count, _)| count);
                }
            }
            Found::None if asked => {
                self.sheet.out.unread = true;
                self.sheet.answer(format!("No item in the catalogue fits “{}”", clipped(&whole.text)));
            }
            Found::Several(..) | Found::None => {
                self.sheet.puzzled(&said);
                self.point_at(mention)?;
            }
        }
        Ok(whole.taken)
    }

    /// Whether the words are a customer's name, said in full.
    fn names_customer(&self, text: &str) -> Result<bool, LookupError> {
        let words: Vec<&str> = text.split(' ').collect();
        let named = whom::customer(self.catalogue, &words)?;
        Ok(matches!(&named.found, Found::One(taken) if taken.exact) && named.used == words.len())
    }

    /// “Mesa just called”: whom the quote is for is no item.
    fn is_customer(&self, text: &str) -> Result<bool, LookupError> {
        let Some(id) = self.sheet.customer.as_ref().filter(|_| !self.sheet.lines.is_empty()) else {
            return Ok(false);
        };
        let Some(customer) = self.catalogue.customer(id.as_str())? else { return Ok(false) };
        let first: Vec<String> = text.split(' ').take(1).map(str::to_lowercase).collect();
        let named = customer.terms().names.iter().any(|name| name.core.are(&first) || *name.raw == first[0]);
        let rest = text.split(' ').skip(1).all(|word| says_little(&word.to_lowercase()));
        Ok(named && rest)
    }

    /// “They changed their mind on the oatmeal, take it back off”: talk of a line points at it.
    fn point_at(&mut self, mention: &Mention) -> Result<(), LookupError> {
        let the =
            mention.words.iter().rposition(|&at| matches!(word(self.tokens, at), "the" | "those" | "that"));
        let Some(the) = the else { return Ok(()) };
        let words: Vec<&str> = mention.words[the + 1..].iter().map(|&at| word(self.tokens, at)).collect();
        if words.is_empty() || self.sheet.lines.is_empty() {
            return Ok(());
        }
        if let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?
            && let [id] = &ids[..]
        {
            self.sheet.focus = Some(id.clone());
        }
        Ok(())
    }

    /// Whether a bare number and a few words are a line of a list rather than talk.
    fn is_listed(&self, mention: &Mention, text: &str) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        let code =
            mention.words.iter().any(|&at| whole(word(self.tokens, at)).is_some_and(|number| number > 9_999));
        let listed = !code && mention.verb.is_some()
            || !self.sheet.added.is_empty()
            || self.sheet.customer.is_some() && (words.len() <= 2 || self.is_kind(&words));
        // “Twelve is wrong on the milk”, “awarded us lines 4 and 9” name nothing.
        let talks = words.iter().any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "wrong" | "line" | "lines" | "says" | "said" | "looks" | "seems" | "match"
            )
        });
        listed
            && !talks
            && words.len() <= 3
            && words.iter().any(|word| word.chars().count() >= 4)
            && words.iter().all(|word| word.len() > 1 && word.chars().all(char::is_alphabetic))
    }

    /// “Lemon pepper wings” where others are wings: whether the last word is what things are called.
    fn is_kind(&self, words: &[&str]) -> bool {
        let last = words.last().map_or(Ok(Found::None), |last| self.named(last));
        matches!(last, Ok(Found::One(taken)) if taken.head && taken.unread.is_empty())
            || words.last().is_some_and(|last| {
                matches!(self.named(last), Ok(Found::Several(items, false)) if thing::is_thing(last, &items))
            })
    }

    /// The count of a new line; one that is not of cases is said and left open.
    fn new_count(&mut self, count: &CountSaid) -> Option<(u32, bool)> {
        match count {
            CountSaid::Cases { count, more } => Some((*count, *more)),
            CountSaid::Same => {
                let line = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus));
                line.and_then(|line| line.quantity).map(|count| (count, false))
            }
            CountSaid::SameAs(from, to) => {
                let line = self.line_named(*from, *to);
                line.and_then(|line| line.quantity).map(|count| (count, false))
            }
            CountSaid::Open(why) => {
                self.sheet.answer(capital(why));
                None
            }
            // “Grape too, half as many” as of what was spoken of.
            CountSaid::Half | CountSaid::Times(_) => {
                let spoken = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus));
                let before = spoken.and_then(|line| line.quantity)?;
                let count = match count {
                    CountSaid::Times(times) => before.checked_mul(*times)?,
                    _ => Some(before / 2).filter(|_| before % 2 == 0)?,
                };
                check_quantity(count).is_ok().then_some((count, false))
            }
            CountSaid::Fewer(_) | CountSaid::Refused(_) => None,
        }
    }

    /// The item these words mean, to this person and for this customer.
    pub fn named(&self, text: &str) -> Result<Found<Item>, LookupError> {
        resolve::item_for(self.catalogue, self.sheet.customer.as_ref(), text)
    }
}

/// Whether a word stands in the names of some of these, and says more than a measure.
fn is_written(text: &str, items: &[Item]) -> bool {
    let query = terms(text);
    let measures =
        |term: &String| is_measured(term) || matches!(term.as_str(), "gallon" | "case" | "pack" | "count");
    let has = |item: &Item| query.iter().all(|said| item.terms().all.iter().any(|term| **term == **said));
    !query.iter().all(measures) && items.iter().any(has)
}

/// “One of the kitchens” is nobody's “Kiva Kitchens”: whether the words are the end of their maker's name, and nothing
/// else of these items.
fn is_end_of_brand(text: &str, items: &[Item]) -> bool {
    let query = terms(text);
    let of_brand = |item: &Item| {
        let brand = item.brand.as_deref().map(terms).unwrap_or_default();
        let known = item.terms();
        let named = |said: &String| known.names().flatten().any(|term| score::likeness(said, term) >= TAKEN);
        brand.len() > 1 && query.iter().all(|said| brand[1..].contains(said) && !named(said))
    };
    !query.is_empty() && items.iter().all(of_brand)
}
