//! The words of a mention, taken apart.
//!
//! Owns which of them is the count, which the price, which a code and which name the item. Must not decide
//! which item is named.

use crate::chat::catalogue::{Item, LookupError};
use crate::chat::grammar::{CountSaid, Verb, is_measure, whole_cases};
use crate::chat::mention::Mention;
use crate::chat::propose::Proposing;
use crate::chat::small_words::{AROUND, POLITE};
use crate::chat::token::{has_decimals, whole};

/// A mention's words, taken apart.
#[derive(Debug, Default)]
pub struct Parts {
    /// What is left to name an item or a line.
    pub text: String,
    /// The items named by code, in order.
    pub codes: Vec<Item>,
    /// The count, beside a unit or in a slot.
    pub count: Option<CountSaid>,
    /// The number, when it has neither a unit nor a slot: a count unless it describes the item.
    pub bare: Option<String>,
    /// A price in a slot.
    pub price: Option<String>,
}

impl Proposing<'_, '_> {
    /// Whether nothing but courtesies and connecting words are left.
    pub fn says_nothing(&self, mention: &Mention) -> bool {
        mention.count.is_none()
            && mention.price.is_none()
            && mention.words.iter().all(|&at| {
                let token = &self.tokens[at];
                let norm = token.norm.as_str();
                // “Lunch stuff:” heads what is for lunch.
                let meal = matches!(norm, "breakfast" | "lunch" | "supper" | "dinner");
                !token.is_word() && norm.is_ascii()
                    || AROUND.contains(&norm)
                    || POLITE.contains(&norm)
                    || meal
            })
            && !self.points(mention)
    }

    /// Whether it points at a line: “that”, “it”.
    fn points(&self, mention: &Mention) -> bool {
        matches!(mention.verb, Some(Verb::Drop | Verb::Restore))
            && mention.words.iter().any(|&at| matches!(self.tokens[at].norm.as_str(), "it" | "them" | "that"))
    }

    /// The mention's words without its signs; a per cent keeps its own, so that it is never a count.
    pub fn words(&self, mention: &Mention) -> Vec<String> {
        let word = |&at: &usize| {
            let token = &self.tokens[at];
            let next = self.tokens.get(at + 1).filter(|next| next.from == token.to || next.norm == "%");
            let sign = match next.map(|next| next.norm.as_str()) {
                Some("%") => "%",
                Some("\"" | "”" | "''") if token.is_number() => "\"",
                _ => "",
            };
            let before = at.checked_sub(1).map(|at| &self.tokens[at]);
            let hash =
                before.filter(|before| before.norm == "#" && before.to == token.from && token.is_number());
            let hash = hash.map_or("", |_| "#");
            token.is_word().then(|| format!("{hash}{}{sign}", token.shown()))
        };
        let mut words: Vec<String> = mention.words.iter().filter_map(word).collect();
        if let Some(end) = aside(&words) {
            words.truncate(end);
        }
        words
    }

    /// Take the mention's words apart.
    pub fn take_apart(&self, mention: &Mention) -> Result<Parts, LookupError> {
        let mut parts = Parts { count: mention.count.clone(), ..Parts::default() };
        let words = self.words(mention);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        let coded: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| word.len() >= 3 && word.chars().any(|c| c.is_ascii_digit()))
            .collect();
        let known = if coded.is_empty() { Vec::new() } else { self.catalogue.items(&coded)? };
        let changes = matches!(mention.verb, Some(Verb::Change | Verb::Drop));
        let of_price = words.iter().any(|word| matches!(lower(word).as_str(), "price" | "cost"));
        let typed = |word: &&str| has_decimals(word) || of_price && whole(word).is_some();
        let polite = |word: &str| {
            matches!(
                word,
                "pls"
                    | "plz"
                    | "please"
                    | "thx"
                    | "thanks"
                    | "ty"
                    | "sorry"
                    | "instead"
                    | "now"
                    | "ok"
                    | "lol"
                    | "tho"
                    | "though"
                    | "too"
                    | "also"
                    | "actually"
                    | "this"
                    | "time"
                    | "as"
                    | "well"
                    | "then"
            )
        };
        while words.len() > 1 && words.last().is_some_and(|word| polite(lower(word).as_str())) {
            words.pop();
        }
        // “Add steak fingers 36 to that.”
        let to_it = words.len() > 3
            && !changes
            && lower(words[words.len() - 2]) == "to"
            && matches!(lower(words[words.len() - 1]).as_str(), "that" | "it" | "this" | "draft" | "them");
        if to_it {
            words.truncate(words.len() - 2);
        }
        if changes && !of_price && words.last().is_some_and(|word| has_decimals(word) && !is_cents(word)) {
            let text = words.pop().unwrap_or_default();
            let why = format!("“{text}” is not one whole number of cases; for a price say ${text}0");
            parts.count = Some(CountSaid::Open(why));
        }
        if changes && words.len() > 1 && words.last().is_some_and(typed) {
            parts.price = words.pop().map(str::to_owned);
        }
        let first_typed =
            changes && words.len() > 1 && parts.price.is_none() && words.first().is_some_and(typed);
        if first_typed {
            parts.price = Some(words.remove(0).to_owned());
        }
        let leads = |word: &str| {
            AROUND.contains(&word)
                || matches!(
                    word,
                    "hi" | "hey"
                        | "hello"
                        | "thanks"
                        | "yo"
                        | "ok"
                        | "so"
                        | "i'm"
                        | "i'll"
                        | "told"
                        | "hoping"
                )
        };
        while words.first().is_some_and(|word| leads(lower(word).as_str())) {
            words.remove(0);
        }
        // “Walt has 24 on the string cheese”: what stands before the count is talk.
        let on = words.windows(3).position(|three| {
            whole(three[0]).is_some()
                && lower(three[1]) == "on"
                && matches!(lower(three[2]).as_str(), "the" | "those" | "that")
        });
        if let Some(at) = on.filter(|at| (1..=3).contains(at) && !changes) {
            words.drain(..at);
        }
        // “Pulled chicken 56.10”, “61.20 turkey”: dollars and cents are no size.
        let sized = |at: usize| words.get(at + 1).is_some_and(|next| is_measure(&lower(next)));
        if parts.price.is_none() && mention.price.is_none() {
            let last = words.len().saturating_sub(1);
            let place = [0, last]
                .into_iter()
                .find(|&at| words.get(at).is_some_and(|word| is_cents(word)) && !sized(at));
            parts.price = place.map(|at| words.remove(at).to_owned());
        }
        // “40 cs 38.9”: after its count an amount of two digits and more is no size.
        let amount = |word: &&str| has_decimals(word) && word.find('.').is_some_and(|at| at >= 2);
        let alone = mention.count.is_some() && parts.price.is_none() && mention.price.is_none();
        if alone && words.len() > 1 && words.last().is_some_and(amount) {
            parts.price = words.pop().map(str::to_owned);
        }
        // “20 cs blueberry muffins 2 oz 28”: after its size and with its count a number is an amount.
        let sized = words.len() > 3 && is_measure(&lower(words[words.len() - 2]));
        if alone && parts.price.is_none() && sized && words.last().is_some_and(|word| whole(word).is_some()) {
            parts.price = words.pop().map(str::to_owned);
        }
        if let (Some(CountSaid::Cases { count, more: false }), [only]) = (&parts.count, &words[..])
            && let Some(number) = whole(only)
            && !is_code(&known, only)
        {
            // “120 x 10412”: the one that is a code is the item.
            let turned = self.catalogue.items(&[&count.to_string()])?;
            if !turned.is_empty() {
                return Ok(Parts { codes: turned, count: Some(whole_cases(number, false)), ..parts });
            }
        }
        let cents = !changes && parts.price.as_deref().is_some_and(is_cents);
        if parts.count.is_none() && (parts.price.is_none() || cents) {
            take_count(&mut words, &known, changes, &mut parts);
        }
        for word in &words {
            let item = known.iter().find(|item| item.code.as_str().eq_ignore_ascii_case(word));
            let fresh = item.filter(|item| parts.codes.iter().all(|known| known.code != item.code));
            parts.codes.extend(fresh.cloned());
        }
        // “24 can peaches” hold, “can you” asks; “bone in” is one word.
        let counted = parts.count.is_some();
        let held = |at: usize| {
            (at > 0 || counted)
                && at + 1 < words.len()
                && match lower(words[at]).as_str() {
                    "can" => !matches!(lower(words[at + 1]).as_str(), "you" | "u" | "i" | "we"),
                    "in" => {
                        // “8 in tortillas 16 cs” are of eight inches.
                        let inches =
                            |word: &str| whole(word).is_some_and(|number| (3..=20).contains(&number));
                        at > 0 && (lower(words[at - 1]) == "bone" || counted && inches(words[at - 1]))
                    }
                    _ => false,
                }
        };
        let told = (0..words.len()).filter(|&at| held(at) || !AROUND.contains(&lower(words[at]).as_str()));
        parts.text = told.map(|at| words[at]).collect::<Vec<_>>().join(" ");
        Ok(parts)
    }
}

/// Where a sentence beside the item begins: “the raspberry ones they hate them”, “48 while you're in there”.
fn aside(words: &[String]) -> Option<usize> {
    let begins = |word: &str| {
        matches!(
            word,
            "they"
                | "they're"
                | "theyre"
                | "because"
                | "cuz"
                | "bc"
                | "since"
                | "while"
                | "cause"
                | "until"
                | "unless"
                | "if"
        )
    };
    let at = words.iter().position(|word| begins(&lower(word)))?;
    let named = words[..at].iter().any(|word| !AROUND.contains(&lower(word).as_str()));
    let numbers = words[at..].iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    (named && !numbers).then_some(at)
}

/// `41.75`: two decimals are an amount; `22.5` may be anything.
pub fn is_cents(word: &str) -> bool {
    has_decimals(word) && word.split_once('.').is_some_and(|(_, cents)| cents.len() == 2)
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

fn is_code(known: &[Item], word: &str) -> bool {
    known.iter().any(|item| item.code.as_str().eq_ignore_ascii_case(word))
}

/// Take the number in a slot: before “of” or an item, after “to” or an item.
fn take_count(words: &mut Vec<&str>, known: &[Item], changes: bool, parts: &mut Parts) {
    let length = words.len();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return };
    let after_first = words.get(1).map_or_else(String::new, |word| lower(word));
    let of = matches!(after_first.as_str(), "of" | "x");
    // “3 cheese quesadilla 55”: the few are of its name.
    let few = length > 3
        && !of
        && whole(first).is_some_and(|number| number < 10)
        && whole(last).is_some_and(|number| (10..=9_999).contains(&number))
        && !is_code(known, last);
    let coded_after = words[1..].iter().any(|word| is_code(known, word));
    if let Some(number) = whole(first)
        && length > 1
        && !is_measure(&after_first)
        && !few
        && (of || !is_code(known, first) || length == 2 && coded_after)
    {
        parts.bare = (!of && !coded_after).then(|| first.to_owned());
        parts.count = Some(whole_cases(number, false));
        words.remove(0);
        return;
    }
    // “…, 40”: alone, it counts what was said before.
    if let [only] = words[..]
        && let Some(number) = whole(only).filter(|number| *number <= 9_999)
        && !is_code(known, only)
    {
        parts.count = Some(whole_cases(number, false));
        words.clear();
        return;
    }
    let to = length > 1 && lower(words[length - 2]) == "to";
    if let Some(number) = whole(last)
        && (length > 1 || changes)
        // A longer one is a zip code.
        && (changes || to || number <= 9_999)
        && (to || !is_code(known, last))
    {
        let slot = changes || to || words[..length - 1].iter().any(|word| is_code(known, word));
        parts.bare = (!slot).then(|| last.to_owned());
        parts.count = Some(whole_cases(number, false));
        words.pop();
    }
}
