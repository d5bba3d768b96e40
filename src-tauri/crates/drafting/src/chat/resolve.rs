//! Which customer or item is meant.
//!
//! Owns the path from words to one candidate: exact code or name, then recall, then rescoring, then a
//! decision by the score and by the gap to the next. Must not pick within a gap: it returns the tie.

use crate::chat::catalogue::{Catalogue, CustomerFacts, ItemFacts, LookupError, Recall};
use crate::chat::score::{self, Fit, PERFECT};
use crate::chat::shorthand::{recall_words, terms};
use crate::chat::states;
use crate::chat::understanding::ALTERNATIVE_LIMIT;

/// The score a candidate must reach to be taken.
pub const TAKEN: u32 = 800;
/// How far the next must be behind.
pub const GAP: u32 = 120;
/// The score a candidate must reach to be offered.
const OFFERED: u32 = 600;
/// How many candidates recall gives.
const RECALLED: usize = 40;
/// The most words a customer's name is looked for in.
const NAME_WORDS: usize = 8;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    /// One.
    One(Taken<T>),
    /// Several that the words do not tell apart, best first; `close` when none is sure.
    Several(Vec<T>, bool),
    /// None.
    None,
}

/// The one that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken<T> {
    /// It.
    pub it: T,
    /// Why.
    pub why: String,
    /// The words it leaves unexplained.
    pub unread: Vec<String>,
    /// What came close and lost, best first.
    pub close: Vec<T>,
}

impl<T> Found<T> {
    /// One that no other comes close to.
    pub fn sure(it: T, why: impl Into<String>) -> Self {
        Found::One(Taken { it, why: why.into(), unread: Vec::new(), close: Vec::new() })
    }
}

/// Everything an item can be recognised by.
fn item_terms(item: &ItemFacts) -> Vec<String> {
    let mut all = terms(&item.description);
    for text in item.aliases.iter().chain(&item.pack).chain(&item.brand).chain(&item.category) {
        all.extend(terms(text));
    }
    all.extend(terms(item.code.as_str()));
    all.push(item.code.as_str().to_lowercase());
    all
}

/// How well the words fit an item.
pub fn fit_item(query: &[String], item: &ItemFacts) -> Fit {
    score::fit(query, &item_terms(item))
}

/// Candidates for the words, best first, with how well each fits.
fn recalled(catalogue: &dyn Catalogue, text: &str) -> Result<Vec<(Fit, ItemFacts)>, LookupError> {
    let query = terms(text);
    let recall = Recall { words: recall_words(text), text: text.to_lowercase(), limit: RECALLED };
    let mut scored: Vec<(Fit, ItemFacts)> =
        catalogue.recall_items(&recall)?.into_iter().map(|item| (fit_item(&query, &item), item)).collect();
    scored.sort_by(|(a, x), (b, y)| {
        (b.coverage, a.unsaid, &x.description).cmp(&(a.coverage, b.unsaid, &y.description))
    });
    scored.dedup_by(|(_, a), (_, b)| a.code == b.code);
    Ok(scored)
}

/// The item the words mean.
pub fn item(catalogue: &dyn Catalogue, text: &str) -> Result<Found<ItemFacts>, LookupError> {
    if terms(text).is_empty() {
        return Ok(Found::None);
    }
    let mut named = catalogue.items_named(text)?;
    match named.len() {
        0 => {}
        1 => return Ok(Found::sure(named.remove(0), "that is its name")),
        _ => return Ok(Found::Several(named, false)),
    }
    Ok(decide(recalled(catalogue, text)?))
}

/// Among candidates that say all of `text`, the one most like `old`: what “no, the 96 count” means.
pub fn item_instead(
    catalogue: &dyn Catalogue,
    old: &ItemFacts,
    text: &str,
) -> Result<Found<ItemFacts>, LookupError> {
    let (query, kept) = (terms(text), terms(&old.description));
    let both = format!("{} {text}", old.description);
    let mut scored = Vec::new();
    for (_, item) in recalled(catalogue, &both)? {
        let new = fit_item(&query, &item);
        if item.code != old.code && new.coverage >= TAKEN && new.unread.is_empty() {
            scored.push((fit_item(&kept, &item), item));
        }
    }
    scored.sort_by_key(|(fit, _)| std::cmp::Reverse(fit.coverage));
    let best = scored.first().map_or(0, |(fit, _)| fit.coverage);
    scored.retain(|(fit, _)| fit.coverage + GAP > best);
    Ok(match scored.len() {
        0 => Found::None,
        1 => {
            let item = scored.remove(0).1;
            Found::sure(item, format!("the one like {} with “{text}”", old.code))
        }
        _ => Found::Several(scored.into_iter().map(|(_, item)| item).collect(), false),
    })
}

fn decide(mut scored: Vec<(Fit, ItemFacts)>) -> Found<ItemFacts> {
    let Some((best, _)) = scored.first() else { return Found::None };
    let top = best.coverage;
    if top < OFFERED {
        return Found::None;
    }
    let sure = top >= TAKEN;
    scored.retain(|(fit, _)| fit.coverage >= OFFERED);
    let tied = scored.iter().filter(|(fit, _)| fit.coverage + GAP > top).count();
    if sure && tied == 1 {
        let (fit, it) = scored.remove(0);
        let why = if fit.coverage == PERFECT {
            "the only item with these words"
        } else {
            "the closest item by far"
        };
        let close = scored.into_iter().map(|(_, item)| item).take(ALTERNATIVE_LIMIT).collect();
        return Found::One(Taken { it, why: why.to_owned(), unread: fit.unread, close });
    }
    scored.truncate(tied);
    Found::Several(scored.into_iter().map(|(_, item)| item).collect(), !sure)
}

/// Words that say what kind of body a customer is, not which.
pub fn is_generic(term: &str) -> bool {
    matches!(
        term,
        "isd"
            | "usd"
            | "cusd"
            | "csd"
            | "cisd"
            | "rsd"
            | "sd"
            | "public"
            | "school"
            | "district"
            | "unified"
            | "independent"
            | "community"
            | "consolidated"
            | "county"
            | "city"
            | "area"
            | "central"
            | "the"
            | "of"
            | "system"
            | "board"
            | "education"
            | "k"
            | "12"
    )
}

/// What the letters of a body stand for.
fn generic_terms(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for word in words.iter().filter(|word| is_generic(word)) {
        let long = match word.as_str() {
            "isd" => "independent school district",
            "usd" => "unified school district",
            "cusd" => "community unified school district",
            "csd" => "community school district",
            "cisd" => "consolidated independent school district",
            "rsd" | "sd" => "school district",
            "the" | "of" => "",
            other => other,
        };
        out.extend(long.split(' ').filter(|part| !part.is_empty()).map(str::to_owned));
    }
    out
}

/// A customer found at the head of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub found: Found<CustomerFacts>,
    /// How many of the words name it.
    pub used: usize,
}

/// The customer the first words mean.
pub fn customer(catalogue: &dyn Catalogue, words: &[&str]) -> Result<Named, LookupError> {
    let words = &words[..words.len().min(NAME_WORDS)];
    let none = Named { found: Found::None, used: 0 };
    let Some(first) = words.first() else { return Ok(none) };
    let may_be_id = words.len() == 1 || first.chars().any(|c| c.is_ascii_digit());
    if may_be_id && let Some(customer) = catalogue.customer(first)? {
        return Ok(Named { found: Found::sure(customer, "that is its id"), used: 1 });
    }
    let text = words.join(" ");
    let core: Vec<String> = recall_words(&text).into_iter().filter(|word| !is_generic(word)).collect();
    if core.is_empty() {
        return Ok(none);
    }
    let mut candidates =
        catalogue.recall_customers(&Recall { words: core, text: text.to_lowercase(), limit: RECALLED })?;
    for length in 1..=words.len() {
        candidates.extend(catalogue.customers_named(&words[..length].join(" "))?);
    }
    let mut scored: Vec<(u32, usize, CustomerFacts)> = Vec::new();
    for candidate in candidates {
        if scored.iter().any(|(_, _, known)| known.id == candidate.id) {
            continue;
        }
        let best = (1..=words.len()).map(|length| (fit_customer(&words[..length], &candidate), length)).max();
        if let Some((score, length)) = best {
            scored.push((score, length, candidate));
        }
    }
    scored.sort_by(|a, b| (b.0, b.1, &a.2.name, &a.2.id).cmp(&(a.0, a.1, &b.2.name, &b.2.id)));
    let Some(&(top, used, _)) = scored.first() else { return Ok(none) };
    if top < OFFERED {
        return Ok(none);
    }
    // Whoever explains fewer of the words is further away than its own score says.
    let (mut tied, lost): (Vec<_>, Vec<_>) =
        scored.into_iter().filter(|(score, ..)| *score >= OFFERED).partition(|(score, length, _)| {
            let shorter = if *length < used { GAP } else { 0 };
            (*score + GAP).saturating_sub(shorter) > top
        });
    if top >= TAKEN && tied.len() == 1 {
        let why = if top == PERFECT { "the only customer of that name" } else { "the closest name by far" };
        let close = lost.into_iter().map(|(_, _, customer)| customer).take(ALTERNATIVE_LIMIT).collect();
        let it = tied.remove(0).2;
        let taken = Taken { it, why: why.to_owned(), unread: Vec::new(), close };
        return Ok(Named { found: Found::One(taken), used });
    }
    let several = tied.into_iter().map(|(_, _, customer)| customer).collect();
    Ok(Named { found: Found::Several(several, top < TAKEN), used })
}

/// How well the words, all of them, name the customer.
fn fit_customer(words: &[&str], customer: &CustomerFacts) -> u32 {
    // “IN” and “OR” are states only in capitals.
    let kept: Vec<&str> =
        words.iter().copied().filter(|word| !matches!(*word, "in" | "at" | "the")).collect();
    let said = terms(&kept.join(" "));
    let mut place: Vec<String> = customer.city.iter().flat_map(|city| terms(city)).collect();
    if let Some(state) = &customer.state {
        place.extend(terms(state));
        place.extend(states::full_name(state).map(terms).unwrap_or_default());
    }
    let names = std::iter::once(&customer.name).chain(&customer.aliases);
    names.map(|name| fit_name(&said, &terms(name), &place)).max().unwrap_or(0)
}

fn fit_name(said: &[String], name: &[String], place: &[String]) -> u32 {
    let core = |terms: &[String]| terms.iter().filter(|term| !is_generic(term)).cloned().collect::<Vec<_>>();
    let (said_core, name_core) = (core(said), core(name));
    if said == name {
        return PERFECT;
    }
    let in_name = score::fit(&said_core, &name_core);
    if said_core.is_empty() || in_name.coverage == 0 {
        return 0;
    }
    let known: Vec<String> = name_core.iter().chain(place).cloned().collect();
    let heard = score::fit(&said_core, &known).coverage;
    let told = score::fit(&name_core, &said_core).coverage;
    let of_body = generic_terms(said);
    let body = generic_terms(name);
    let other_body = of_body.iter().any(|term| !body.contains(term));
    let score = (7 * heard + 3 * told) / 10;
    score.saturating_sub(if other_body { 150 } else { 0 })
}
