//! Which item is meant.
//!
//! Owns the path from words to one candidate: exact name, then recall, then rescoring, then a decision by the
//! score and by the gap to the next. Must not pick within a gap: it returns the tie.

use domain::CustomerId;

use crate::chat::catalogue::{Catalogue, ItemFacts, LookupError, Recall};
use crate::chat::score::{self, Fit, PERFECT};
use crate::chat::shorthand::{recall_forms, recall_words, terms};
use crate::chat::understanding::ALTERNATIVE_LIMIT;

/// The score a candidate must reach to be taken.
pub const TAKEN: u32 = 800;
/// How far the next must be behind.
pub const GAP: u32 = 120;
/// The score a candidate must reach to be offered.
pub const OFFERED: u32 = 600;
/// How many candidates recall gives.
pub const RECALLED: usize = 40;
/// What it costs an item that the last word said is not what it is: “bananas” is no banana bread.
const NOT_THAT: u32 = 250;
/// What it costs that it is so only in part: “corn” is hardly a corn dog.
const PARTLY: u32 = 130;
/// What it costs in a name without commas that it stands between others. Less than the gap: it only orders ties.
const AMID: u32 = 60;
/// What it costs beside an item that is called exactly so.
const NOT_NAMED: u32 = 150;

/// Why a candidate is taken that the person picked when these words were asked about.
const CHOSEN_BEFORE: &str = "you chose it before";

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    /// One.
    One(Taken<T>),
    /// Several that the words do not tell apart, best first, before those that are close; unsure when none is sure.
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
    /// Whether it is said in full, without a slip.
    pub exact: bool,
    /// Whether the words name the thing itself, and not only its kind or flavour.
    pub head: bool,
}

impl<T> Found<T> {
    /// One that no other comes close to.
    pub fn sure(it: T, why: impl Into<String>) -> Self {
        Found::One(Taken {
            it,
            why: why.into(),
            unread: Vec::new(),
            close: Vec::new(),
            exact: true,
            head: true,
        })
    }
}

/// Everything an item can be recognised by, but for its category.
fn item_terms(item: &ItemFacts) -> Vec<String> {
    let mut all = terms(&item.description);
    for text in item.aliases.iter().chain(&item.pack).chain(&item.brand) {
        all.extend(terms(text));
    }
    all.extend(terms(item.code.as_str()));
    all.push(item.code.as_str().to_lowercase());
    all
}

/// How well the words fit an item. What only its category says is of all that is in it.
pub fn fit_item(query: &[String], item: &ItemFacts) -> Fit {
    let category = item.category.as_deref().map(terms).unwrap_or_default();
    score::fit_beside(query, &item_terms(item), &category)
}

/// The item the words mean to this person, who may have chosen it before for this customer. What the lists
/// call so is called so.
pub fn item_for(
    catalogue: &dyn Catalogue,
    customer: Option<&CustomerId>,
    text: &str,
) -> Result<Found<ItemFacts>, LookupError> {
    if let Some(customer) = customer
        && let Some(chosen) = catalogue.learned_item(customer, text)?
        && catalogue.items_named(text)?.len() != 1
    {
        return Ok(chosen_before(chosen, item(catalogue, text)?));
    }
    item(catalogue, text)
}

/// What was chosen before, with what is found for the words now as what came close.
pub fn chosen_before<T: PartialEq>(it: T, now: Found<T>) -> Found<T> {
    let others = match now {
        Found::One(taken) => std::iter::once(taken.it).chain(taken.close).collect(),
        Found::Several(several, _) => several,
        Found::None => Vec::new(),
    };
    let close = others.into_iter().filter(|other| *other != it).take(ALTERNATIVE_LIMIT).collect();
    Found::One(Taken {
        it,
        why: CHOSEN_BEFORE.to_owned(),
        unread: Vec::new(),
        close,
        exact: true,
        head: true,
    })
}

/// A candidate for some words.
struct Scored {
    fit: Fit,
    /// How far it is from being what was said: what it lacks, and that it is something else.
    away: u32,
    /// Whether all that its name tells it apart by was said.
    full: bool,
    item: ItemFacts,
}

fn scored(query: &[String], item: ItemFacts) -> Scored {
    let fit = fit_item(query, &item);
    let named = item.aliases.iter().chain([&item.description]).any(|name| terms(name) == query);
    let without = if is_without(query, &terms(&item.description)) { NOT_THAT } else { 0 };
    let away = fit.lack + without + if named { 0 } else { NOT_NAMED + other_thing(query, &item) };
    let full = fit.unread.is_empty() && is_said_in_full(query, &item);
    Scored { fit, away, full, item }
}

/// Whether the query has every word of the item's name but those that only describe its make, size and packing.
fn is_said_in_full(query: &[String], item: &ItemFacts) -> bool {
    let names = std::iter::once(&item.description).chain(&item.aliases);
    names.map(|name| terms(name)).any(|name| {
        let mut telling = name.iter().filter(|term| !is_descriptor(term));
        telling.clone().count() >= MANY
            && telling.all(|term| {
                let joined = query.windows(2).any(|pair| pair.concat() == **term);
                joined || query.iter().any(|said| score::likeness(said, term) >= TAKEN)
            })
    })
}

/// How many words a name has at the least for nobody to mean more by it: “cheese pizza” may be any.
const MANY: usize = 3;

/// Words of make, size and packing: nobody says them all.
fn is_descriptor(term: &str) -> bool {
    !term.chars().all(char::is_alphabetic)
        || is_measured(term)
        || is_container(term)
        || matches!(
            term,
            "whole"
                | "grain"
                | "rich"
                | "individually"
                | "wrapped"
                | "fully"
                | "cooked"
                | "precooked"
                | "frozen"
                | "reduced"
                | "low"
                | "fat"
                | "sodium"
                | "sugar"
                | "free"
                | "nonfat"
                | "oven"
                | "lmp"
                | "lmps"
                | "light"
                | "syrup"
                | "x"
                | "style"
                | "fresh"
                | "cn"
                | "usda"
                | "gm"
                | "ply"
                | "proofed"
                | "parbaked"
                | "parboiled"
                | "shelf"
                | "stable"
                | "half"
                | "pint"
                | "natural"
                | "enriched"
                | "par"
                | "baked"
                | "unsweetened"
                | "seasoned"
                | "in"
                | "no"
                | "salt"
                | "added"
                | "gluten"
        )
}

/// What is held in these is what is meant by “ranch cups”.
fn is_container(term: &str) -> bool {
    matches!(
        term,
        "cup"
            | "can"
            | "pouch"
            | "bag"
            | "box"
            | "packet"
            | "bottle"
            | "carton"
            | "jug"
            | "tub"
            | "bulk"
            | "gallon"
            | "case"
            | "pack"
            | "count"
            | "canned"
            | "jar"
            | "dispenser"
            | "pail"
            | "bowl"
    )
}

/// How much an item is another thing than the last word of the query: things are named by their last word
/// (“banana muffins”), and in a list by the last before the first comma (“Muffin, Banana”).
fn other_thing(query: &[String], item: &ItemFacts) -> u32 {
    let says = |term: &&String| term.chars().all(char::is_alphabetic) && !is_measured(term);
    let telling = |term: &&String| says(term) && (is_container(term) || !is_descriptor(term));
    let mut heads = query.iter().rev().filter(telling);
    let Some(last) = heads.next() else { return 0 };
    let mut asked = vec![last];
    asked.extend(heads.next().filter(|_| is_container(last)));
    let first = item.description.split(',').next().unwrap_or_default();
    // “Burrito bean cheese”: said as lists write it, the thing itself first.
    if let ([head], Some(said)) = (&terms(first)[..], query.iter().find(telling))
        && is_same(said, head)
    {
        return 0;
    }
    let whole = first.len() == item.description.len();
    let mut best = NOT_THAT;
    for name in item.aliases.iter().map(String::as_str).chain([first]) {
        let name = terms(name);
        let name: Vec<&String> = name.iter().filter(says).collect();
        let held = name.iter().rposition(|term| !is_container(term)).map_or(name.len(), |last| last + 1);
        for asked in &asked {
            let at = name.iter().rposition(|known| is_same(asked, known));
            let cost = match at {
                Some(at) if at + 1 >= held || whole && at == 0 => 0,
                // Lists in capitals say the thing first or last, and its make between.
                Some(_) if whole => AMID,
                Some(_) => PARTLY,
                None => NOT_THAT,
            };
            best = best.min(cost);
        }
    }
    best
}

/// Whether two terms are one word, plural or misspelt or not; “breaded” is no bread.
fn is_same(one: &str, other: &str) -> bool {
    let likeness = score::likeness(one, other);
    likeness >= 950 || likeness == 900
}

/// Whether the item is said to be without what is asked for: “No Beans”.
fn is_without(query: &[String], known: &[String]) -> bool {
    let negated = |term: &str| matches!(term, "no" | "without" | "w/o");
    let asked = query.iter().any(|term| negated(term));
    !asked && known.windows(2).any(|pair| negated(&pair[0]) && query.contains(&pair[1]))
}

fn is_measured(term: &str) -> bool {
    matches!(term, "oz" | "lb" | "inch" | "count" | "g" | "cn")
}

/// Candidates for the words, best first.
fn recalled(catalogue: &dyn Catalogue, text: &str) -> Result<Vec<Scored>, LookupError> {
    let query = terms(text);
    let forms = recall_forms(text);
    let words = recall_words(text);
    let recall = Recall { words, forms, text: text.to_lowercase(), limit: RECALLED };
    let mut found: Vec<Scored> =
        catalogue.recall_items(&recall)?.into_iter().map(|item| scored(&query, item)).collect();
    found.sort_by(|a, b| {
        (a.away, a.fit.unsaid, &a.item.description, &a.item.code).cmp(&(
            b.away,
            b.fit.unsaid,
            &b.item.description,
            &b.item.code,
        ))
    });
    found.dedup_by(|a, b| a.item.code == b.item.code);
    Ok(found)
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
    let found = decide(recalled(catalogue, text)?);
    if !matches!(found, Found::None | Found::Several(_, true)) {
        return Ok(found);
    }
    // “The regular fries”, “plain biscuits”: such words say what an item is not, and lists leave them out.
    let kept: Vec<&str> = text.split(' ').filter(|word| !is_plain(&word.to_lowercase())).collect();
    if kept.is_empty() || kept.len() == text.split(' ').count() {
        let near = match &found {
            Found::Several(items, true) => nearest(catalogue, text, items)?,
            _ => None,
        };
        return Ok(near.map_or(found, Found::One));
    }
    match decide(recalled(catalogue, &kept.join(" "))?) {
        Found::Several(_, true) | Found::None => Ok(found),
        sure => Ok(sure),
    }
}

/// The one that came nearest, when it is the thing that was said and what it lacks is a word no list has.
fn nearest(
    catalogue: &dyn Catalogue,
    text: &str,
    items: &[ItemFacts],
) -> Result<Option<Taken<ItemFacts>>, LookupError> {
    let [item] = items else { return Ok(None) };
    let query = terms(text);
    let fit = fit_item(&query, item);
    let [unread] = &fit.unread[..] else { return Ok(None) };
    if fit.coverage < NEAREST
        || other_thing(&query, item) >= PARTLY
        || !unread.chars().all(char::is_alphabetic)
    {
        return Ok(None);
    }
    let recall = Recall {
        words: vec![unread.clone()],
        forms: vec![vec![unread.clone()]],
        text: unread.clone(),
        limit: RECALLED,
    };
    let known = catalogue
        .recall_items(&recall)?
        .iter()
        .any(|other| item_terms(other).iter().any(|term| score::likeness(unread, term) >= 840));
    let why = "the nearest by far".to_owned();
    let taken = || Taken {
        it: item.clone(),
        why,
        unread: fit.unread.clone(),
        close: Vec::new(),
        exact: false,
        head: true,
    };
    Ok((!known).then(taken))
}

/// How much of what was said an item must have to be the nearest.
const NEAREST: u32 = 640;

/// Words that say what an item is not.
pub fn is_plain(word: &str) -> bool {
    matches!(
        word,
        "plain"
            | "regular"
            | "reg"
            | "normal"
            | "standard"
            | "mild"
            | "original"
            | "kind"
            | "bulk"
            | "size"
            | "sized"
            | "brand"
            | "big"
            | "good"
            | "usual"
            | "unflavored"
            | "noodles"
            | "meal"
    )
}

/// Among candidates that say all of `text`, the one most like `old`: what “no, the 96 count” means.
pub fn item_instead(
    catalogue: &dyn Catalogue,
    old: &ItemFacts,
    text: &str,
) -> Result<Found<ItemFacts>, LookupError> {
    let (query, kept) = (terms(text), terms(&old.description));
    let both = format!("{} {text}", old.description);
    let mut like = Vec::new();
    for Scored { item, .. } in recalled(catalogue, &both)? {
        let new = fit_item(&query, &item);
        if item.code != old.code && new.coverage >= TAKEN && new.unread.is_empty() {
            like.push((fit_item(&kept, &item), item));
        }
    }
    like.sort_by_key(|(fit, _)| std::cmp::Reverse(fit.coverage));
    let best = like.first().map_or(0, |(fit, _)| fit.coverage);
    like.retain(|(fit, _)| fit.coverage + GAP > best);
    Ok(match like.len() {
        0 => Found::None,
        1 => {
            let item = like.remove(0).1;
            Found::sure(item, format!("the one like {} with “{text}”", old.code))
        }
        _ => Found::Several(like.into_iter().map(|(_, item)| item).collect(), false),
    })
}

/// Whether the words name some item of these by the thing it is, and not only by a part or a flavour.
pub fn is_thing(text: &str, items: &[ItemFacts]) -> bool {
    let query = terms(text);
    items.iter().any(|item| other_thing(&query, item) < PARTLY)
}

/// Whether two items are the same thing in another flavour: they are called so by the same word.
pub fn is_same_thing(one: &ItemFacts, other: &ItemFacts) -> bool {
    let called = |item: &ItemFacts| -> Vec<String> {
        let first = item.description.split(',').next().unwrap_or_default();
        let whole = first.len() == item.description.len();
        let telling: Vec<String> =
            terms(first).into_iter().filter(|term| !is_descriptor(term) && !is_container(term)).collect();
        let last = telling.last().cloned();
        let first = telling.first().cloned().filter(|_| whole);
        first.into_iter().chain(last).collect()
    };
    let others = called(other);
    called(one).iter().any(|name| others.iter().any(|known| is_same(name, known)))
}

/// Among some items, those the words fit as well as any: one, several, or none that has what is asked.
pub fn among(items: Vec<ItemFacts>, text: &str) -> Found<ItemFacts> {
    let query = terms(text);
    let mut found: Vec<Scored> = items.into_iter().map(|item| scored(&query, item)).collect();
    found.sort_by_key(|scored| scored.away);
    decide(found)
}

fn decide(mut found: Vec<Scored>) -> Found<ItemFacts> {
    found.retain(|scored| scored.fit.coverage >= OFFERED);
    let Some(best) = found.first() else { return Found::None };
    let (nearest, sure) = (best.away, best.fit.coverage >= TAKEN);
    let rivals = |scored: &Scored| scored.away < nearest + GAP;
    // “Bean and cheese burrito” is no burrito of beef, bean and cheese.
    if sure && found.iter().any(|scored| rivals(scored) && scored.full) {
        let (full, rest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|scored| rivals(scored) && scored.full);
        let many = full.len();
        found = full.into_iter().chain(rest).collect();
        return one_of(found, many, sure);
    }
    let tied = found.iter().filter(|scored| rivals(scored)).count();
    one_of(found, tied, sure)
}

/// The first, when it is the only one of the best; else the best, and those close to them.
fn one_of(mut found: Vec<Scored>, tied: usize, sure: bool) -> Found<ItemFacts> {
    if sure && tied == 1 {
        let Scored { fit, away, item: it, .. } = found.remove(0);
        let head = away.saturating_sub(fit.lack) <= NOT_NAMED;
        let why = if fit.coverage == PERFECT {
            "the only item with these words"
        } else {
            "the closest item by far"
        };
        let close = found.into_iter().map(|scored| scored.item).take(ALTERNATIVE_LIMIT).collect();
        let exact = fit.coverage >= 980;
        return Found::One(Taken { it, why: why.to_owned(), unread: fit.unread, close, exact, head });
    }
    let close = |scored: &Scored| scored.fit.unread.is_empty() && scored.fit.lack <= GAP;
    let told: Vec<Scored> = found
        .into_iter()
        .enumerate()
        .filter(|(at, one)| *at < tied || close(one))
        .map(|(_, one)| one)
        .collect();
    Found::Several(told.into_iter().map(|scored| scored.item).collect(), !sure)
}
