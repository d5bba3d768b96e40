//! Which item is meant.
//!
//! Owns the path from words to one candidate: exact name, then recall, then rescoring, then a decision by the
//! score and by the gap to the next. Must not pick within a gap: it returns the tie.

use domain::CustomerId;

use crate::chat::catalogue::{Catalogue, Item, ItemFacts, LookupError, Recall};
use crate::chat::item_terms::Term;
use crate::chat::other_names::otherwise;
use crate::chat::score::{self, Fit, PERFECT};
use crate::chat::shorthand::{recall_forms, recall_words, terms};
use crate::chat::thing::{
    Asked, NOT_NAMED, NOT_THAT, PARTLY, is_container, is_descriptor, is_dish, is_for_diet, is_hotter,
    is_ingredient, is_irregular, is_lid, is_other_compound, is_plain, is_rawer, is_same_thing, is_unmarked,
    is_variety, is_without, other_thing, says, told,
};
use crate::chat::understanding::ALTERNATIVE_LIMIT;

/// The score a candidate must reach to be taken.
pub const TAKEN: u32 = 800;
/// How far the next must be behind.
pub const GAP: u32 = 120;
/// The score a candidate must reach to be offered.
pub const OFFERED: u32 = 600;
/// How many candidates recall gives.
pub const RECALLED: usize = 40;
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

/// Whether a number is one of its sizes.
pub fn is_sized(item: &ItemFacts, number: &str) -> bool {
    item.terms().all.iter().any(|term| **term == *number)
}

/// How well the words fit an item. What only its category says is of all that is in it.
pub fn fit_item(query: &[String], item: &ItemFacts) -> Fit {
    let known = item.terms();
    score::fit_beside(query, &known.all, &known.category)
}

/// The item the words mean to this person, who may have chosen it before for this customer. What the lists
/// call so is called so.
pub fn item_for(
    catalogue: &dyn Catalogue,
    customer: Option<&CustomerId>,
    text: &str,
) -> Result<Found<Item>, LookupError> {
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
    /// How many words tell it apart.
    telling: usize,
    /// Whether it is what goes with the thing, or is made of it: a bun, a rib patty.
    made: bool,
    /// How much it is another thing.
    other: u32,
    /// How many of them were said.
    told: usize,
    /// Those of them that were not said.
    untold: Vec<Term>,
    item: Item,
}

impl Scored {
    /// Whether it is what was said, and the other that of something else. Who says one word alone may mean either.
    fn is_plainer(&self, other: &Scored) -> bool {
        // “Tenders” may be those that are not called “spicy tenders” as well.
        let lacks = |term: &&Term| !other.item.terms().all.contains(term);
        if self.untold.iter().filter(lacks).any(|term| is_variety(term))
            && is_same_thing(&self.item, &other.item)
        {
            return false;
        }
        let more = |term: &&Term| !self.untold.contains(term);
        // “Napkins” are no kit with a spork and a napkin.
        let leads = |scored: &Scored| {
            let first = scored.item.terms().first.iter().find(|term| !is_descriptor(term) && says(term));
            first.is_some_and(|first| !scored.untold.contains(first))
        };
        let amid = self.told == 1 && self.other == 0 && other.other > 0 && self.fit.unread.is_empty();
        if amid && leads(self) && !leads(other) {
            return true;
        }
        // “Raisins” are no dough for cookies with oatmeal and raisins.
        if self.told == 1
            && self.untold.is_empty()
            && self.fit.unread.is_empty()
            && other.untold.len() > 1
            && other.untold.iter().any(|term| !is_variety(term))
        {
            return true;
        }
        // “Frozen strawberry cups” are no juice of strawberry and mango.
        let whole = self.told > 1 && self.untold.is_empty() && self.fit.unread.is_empty();
        if whole && other.untold.iter().any(|term| is_dish(term)) {
            return true;
        }
        // “Hot dogs” are no buns for them, “burger patties” no rib patties.
        if self.fit.unread.is_empty()
            && !self.made
            && other.made
            && (self.told > 1 || self.other < other.other)
        {
            return true;
        }
        self.fit.unread.is_empty()
            && self.told > 1
            && self.untold.len() < other.untold.len()
            && self.untold.iter().all(|term| other.untold.contains(term) && !is_ingredient(term))
            && other.untold.iter().filter(more).any(|term| is_ingredient(term))
    }
}

fn scored(query: &[String], asked: &Asked<'_>, item: Item) -> Scored {
    let fit = fit_item(query, &item);
    if fit.coverage < OFFERED {
        // It is not even offered: how far away it is need not be told.
        let away = fit.lack + NOT_NAMED + NOT_THAT;
        return Scored {
            fit,
            away,
            full: false,
            made: false,
            telling: 0,
            other: NOT_THAT,
            told: 0,
            untold: Vec::new(),
            item,
        };
    }
    let known = item.terms();
    let is_name = |name: &[Term]| name.iter().map(|term| &**term).eq(query.iter().map(String::as_str));
    let named = known.names().any(is_name);
    let said_of_it = known.description();
    let lacks = is_without(query, said_of_it) || is_hotter(query, said_of_it) || is_lid(query, &known.first);
    let lacks = lacks || is_other_compound(query, said_of_it) || is_rawer(query, said_of_it);
    let without = if lacks { NOT_THAT } else { 0 };
    let other = asked.other_thing(&item);
    let diet = if is_for_diet(query, said_of_it) { GAP } else { 0 };
    let away = fit.lack + without + diet + if named { 0 } else { NOT_NAMED + other };
    let (telling, untold) = told(query, &item);
    let full = fit.unread.is_empty() && untold.is_empty() && telling >= 2;
    let told = asked.told;
    let made = ["bun", "rib"]
        .into_iter()
        .any(|word| said_of_it.iter().any(|term| **term == *word) && !query.iter().any(|said| said == word));
    Scored { fit, away, full, made, telling, other, told, untold, item }
}

/// Items that some words may mean, in no order.
fn near(catalogue: &dyn Catalogue, text: &str, query: &[String]) -> Result<Vec<Item>, LookupError> {
    let forms = recall_forms(text);
    let words = recall_words(&forms, query);
    catalogue.recall_items(&Recall { words, forms, text: text.to_lowercase(), limit: RECALLED })
}

/// These as candidates for the words, best first.
fn ranked(query: &[String], items: Vec<Item>) -> Vec<Scored> {
    let asked = Asked::of(query);
    let mut found: Vec<Scored> = items.into_iter().map(|item| scored(query, &asked, item)).collect();
    found.sort_by(|a, b| (a.away, a.fit.unsaid, &a.item.code).cmp(&(b.away, b.fit.unsaid, &b.item.code)));
    found.dedup_by(|a, b| a.item.code == b.item.code);
    found
}

/// Candidates for the words, best first.
fn recalled(catalogue: &dyn Catalogue, text: &str, query: &[String]) -> Result<Vec<Scored>, LookupError> {
    Ok(ranked(query, near(catalogue, text, query)?))
}

/// The item the words mean.
pub fn item(catalogue: &dyn Catalogue, text: &str) -> Result<Found<Item>, LookupError> {
    let memory = catalogue.memory();
    if let Some(found) = memory.and_then(|memory| memory.item(text)) {
        return Ok(found);
    }
    let found = item_anew(catalogue, text)?;
    if let Some(memory) = memory {
        memory.keep(text, &found);
    }
    Ok(found)
}

fn item_anew(catalogue: &dyn Catalogue, text: &str) -> Result<Found<Item>, LookupError> {
    let query = terms(text);
    if query.is_empty() {
        return Ok(Found::None);
    }
    let mut named = catalogue.items_named(text)?;
    match named.len() {
        0 => {}
        1 => return Ok(Found::sure(named.remove(0), "that is its name")),
        _ => return Ok(Found::Several(named, false)),
    }
    let found = decide(&query, recalled(catalogue, text, &query)?);
    // “The regular fries”, “plain biscuits”: such words say what an item is not, and lists leave them out.
    let kept: Vec<&str> = text.split(' ').filter(|word| !is_plain(&word.to_lowercase())).collect();
    let says_plain = !kept.is_empty() && kept.len() < text.split(' ').count();
    // “3 oz burgers” are patties of beef in lists that have no burgers.
    if matches!(found, Found::None | Found::Several(_, true)) && query.iter().any(|term| term == "hamburger")
    {
        let patty = |word: &str| {
            let is_burger = terms(word).iter().any(|term| term == "hamburger");
            if is_burger { "beef patty".to_owned() } else { word.to_owned() }
        };
        let text: Vec<String> = text.split(' ').map(patty).collect();
        if let Found::One(taken) = item_anew(catalogue, &text.join(" "))?
            && taken.unread.is_empty()
        {
            return Ok(Found::One(taken));
        }
    }
    // “Grape big ones 5.3”, “corn dogs full size 4 oz”: a number says the size.
    let left = matches!(&found, Found::One(taken) if !taken.unread.is_empty());
    if left || matches!(found, Found::None | Found::Several(_, true)) {
        let size = |word: &&str| {
            matches!(
                word.to_lowercase().as_str(),
                "big" | "bigger" | "little" | "full" | "size" | "small" | "large"
            )
        };
        let numbered = text.split(' ').any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let kept: Vec<&str> = text.split(' ').filter(|word| !size(word)).collect();
        if numbered
            && kept.len() < text.split(' ').count()
            && !kept.is_empty()
            && let Found::One(taken) = item_anew(catalogue, &kept.join(" "))?
            && taken.unread.is_empty()
        {
            return Ok(Found::One(taken));
        }
    }
    if matches!(found, Found::None | Found::Several(_, true))
        && let Some(named) = named_otherwise(catalogue, text)?
    {
        return Ok(named);
    }
    let unmarked = text.split(' ').any(|word| is_unmarked(&word.to_lowercase()));
    if matches!(found, Found::One(_)) || matches!(found, Found::Several(_, false)) && !unmarked {
        return Ok(found);
    }
    if !says_plain {
        let near = match &found {
            Found::Several(items, true) => nearest(catalogue, text, items)?,
            _ => None,
        };
        return Ok(near.map_or(found, Found::One));
    }
    let kept = kept.join(" ");
    let plain = terms(&kept);
    let mut again = recalled(catalogue, &kept, &plain)?;
    for scored in &mut again {
        let described = scored.item.terms().description();
        let hotter = is_hotter(&query, described) || is_irregular(&query, described);
        // “Spaghetti noodles” are no sauce.
        let noodles = query.iter().any(|term| term == "noodle" || term == "noodles");
        let sauced = noodles
            && scored
                .item
                .terms()
                .all
                .iter()
                .any(|term| matches!(&**term, "sauce" | "meat" | "meatball" | "beef"));
        // “Plain biscuits” are none with chicken.
        let filled = query.iter().any(|term| term == "plain")
            && scored.untold.iter().any(|term| is_ingredient(term))
            && !plain.iter().any(|term| is_ingredient(term));
        let hotter = hotter || filled;
        scored.away += if hotter { NOT_THAT } else { 0 } + if sauced { 2 * NOT_THAT } else { 0 };
    }
    again.sort_by_key(|scored| scored.away);
    Ok(match decide(&plain, again) {
        Found::Several(items, true) => nearest(catalogue, &kept, &items)?.map_or(found, Found::One),
        Found::None => found,
        Found::Several(items, false) if unmarked => match plainest(&items) {
            Some(at) => {
                let mut close = items;
                let it = close.remove(at);
                close.truncate(ALTERNATIVE_LIMIT);
                let why = "the plain one of them".to_owned();
                Found::One(Taken { it, why, unread: Vec::new(), close, exact: false, head: true })
            }
            None => Found::Several(items, false),
        },
        sure => sure,
    })
}

/// “Potstickers” where the list has dumplings: what the words mean with a thing by another of its names.
fn named_otherwise(catalogue: &dyn Catalogue, text: &str) -> Result<Option<Found<Item>>, LookupError> {
    for other in otherwise(text) {
        let query = terms(&other);
        let found = decide(&query, recalled(catalogue, &other, &query)?);
        match found {
            Found::One(taken) if taken.unread.is_empty() && other_thing(&query, &taken.it) < PARTLY => {
                let why = format!("it is listed as {other}");
                return Ok(Some(Found::One(Taken { why, exact: false, ..taken })));
            }
            Found::Several(items, false) if other_thing(&query, &items[0]) < PARTLY => {
                return Ok(Some(Found::Several(items, false)));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// “Regular tenders” are those without honey: of some items the one whose name has nothing that the others lack.
fn plainest(items: &[Item]) -> Option<usize> {
    let names: Vec<Vec<&Term>> = items
        .iter()
        .map(|item| item.terms().description().iter().filter(|term| says(term)).collect())
        .collect();
    let is_least = |at: usize| {
        let of_each = |other: &Vec<&Term>| names[at].iter().all(|term| other.contains(term));
        let more = |(place, other): (usize, &Vec<&Term>)| {
            place == at || other.len() > names[at].len() && of_each(other)
        };
        names.iter().enumerate().all(more)
    };
    (0..items.len()).find(|&at| is_least(at))
}

/// The one that came nearest, when it is the thing that was said and what it lacks is a word no list has.
fn nearest(
    catalogue: &dyn Catalogue,
    text: &str,
    items: &[Item],
) -> Result<Option<Taken<Item>>, LookupError> {
    let [item] = items else { return Ok(None) };
    let query = terms(text);
    let fit = fit_item(&query, item);
    let mut lacking = fit.unread.of(&query);
    lacking.retain(|term| !score::says_little(term) && !score::is_readied(term));
    let negated = query.first().is_some_and(|term| matches!(term.as_str(), "no" | "not"));
    let had: Vec<String> = query.iter().filter(|term| !lacking.contains(term)).cloned().collect();
    let least = if lacking.is_empty() { OFFERED } else { NEAREST };
    if fit.coverage < least || other_thing(&had, item) >= PARTLY || lacking.len() > 1 || negated {
        return Ok(None);
    }
    let why = "the nearest by far".to_owned();
    let taken = || Taken {
        it: item.clone(),
        why,
        unread: lacking.clone(),
        close: Vec::new(),
        exact: false,
        head: true,
    };
    let Some(unread) = lacking.first() else { return Ok(Some(taken())) };
    if !unread.chars().all(char::is_alphabetic) {
        return Ok(None);
    }
    let holder = is_container(unread);
    let recall = Recall {
        words: vec![unread.clone()],
        forms: vec![vec![unread.clone()]],
        text: unread.clone(),
        limit: RECALLED,
    };
    let known = catalogue
        .recall_items(&recall)?
        .iter()
        .any(|other| other.terms().all.iter().any(|term| score::likeness(unread, term) >= 840));
    // “Red marinara cans”: that others are called so too tells little of it.
    let tells = is_ingredient(unread) || is_variety(unread) || is_dish(unread);
    let tells = tells && fit.coverage < NEAREST_TELLING
        || told(&query, item).1.iter().any(|term| is_ingredient(term));
    Ok((!known || holder || !tells && fit.coverage >= NEAREST_KNOWN).then(taken))
}

/// How much of what was said an item must have to be the nearest.
const NEAREST: u32 = 620;
/// The same, where others in the catalogue have the word that it lacks.
const NEAREST_KNOWN: u32 = 660;
/// The same, where that word tells of what it is.
const NEAREST_TELLING: u32 = 720;

/// Among candidates that say all of `text`, the one most like `old`: what “no, the 96 count” means.
pub fn item_instead(
    catalogue: &dyn Catalogue,
    old: &ItemFacts,
    text: &str,
) -> Result<Found<Item>, LookupError> {
    let (query, kept) = (terms(text), terms(&old.description));
    let both = format!("{} {text}", old.description);
    let all = terms(&both);
    let mut items = near(catalogue, &both, &all)?;
    items.retain(|item| {
        let new = fit_item(&query, item);
        item.code != old.code && new.coverage >= TAKEN && new.unread.is_empty()
    });
    let ranked = ranked(&all, items).into_iter();
    let mut like: Vec<(Fit, Item)> =
        ranked.map(|scored| (fit_item(&kept, &scored.item), scored.item)).collect();
    like.sort_by_key(|(fit, _)| std::cmp::Reverse(fit.coverage));
    let best = like.first().map_or(0, |(fit, _)| fit.coverage);
    like.retain(|(fit, _)| fit.coverage + GAP / 2 > best);
    Ok(match like.len() {
        0 => Found::None,
        1 => {
            let item = like.remove(0).1;
            Found::sure(item, format!("the one like {} with “{text}”", old.code))
        }
        _ => Found::Several(like.into_iter().map(|(_, item)| item).collect(), false),
    })
}

/// Among some items, those the words fit as well as any: one, several, or none that has what is asked.
pub fn among(items: &[Item], text: &str) -> Found<Item> {
    let as_said = |text: &str| {
        let query = terms(text);
        let asked = Asked::of(&query);
        let mut found: Vec<Scored> =
            items.iter().map(|item| scored(&query, &asked, Item::clone(item))).collect();
        found.sort_by_key(|scored| scored.away);
        decide(&query, found)
    };
    match as_said(text) {
        Found::None => otherwise(text)
            .iter()
            .map(|other| as_said(other))
            .find(|found| !matches!(found, Found::None | Found::Several(_, true)))
            .unwrap_or(Found::None),
        found => found,
    }
}

fn decide(query: &[String], mut found: Vec<Scored>) -> Found<Item> {
    found.retain(|scored| scored.fit.coverage >= OFFERED);
    let Some(best) = found.first() else { return Found::None };
    let (nearest, sure) = (best.away, best.fit.coverage >= TAKEN);
    // Whoever is called so to the letter goes before whoever is called nearly so.
    let slips = best.fit.slips;
    let rivals = |scored: &Scored| {
        let worse = scored.fit.slips.saturating_sub(slips);
        scored.away + worse * GAP < nearest + GAP
    };
    // By one more word of its make it may be either: “breaded patty” may be the spicy one.
    let mut rest = found.iter().filter(|scored| rivals(scored) && !scored.full);
    let far = |scored: &Scored| scored.full || scored.untold.len() > 2;
    let enough =
        |scored: &Scored| scored.telling > 2 || found.iter().filter(|scored| rivals(scored)).all(far);
    let told = found.iter().any(|scored| rivals(scored) && scored.full && enough(scored))
        && rest.all(|scored| scored.untold.len() != 1 || !scored.untold.iter().all(|term| is_variety(term)));
    // “Bean and cheese burrito” is no burrito of beef, bean and cheese.
    if sure && told && found.iter().any(|scored| rivals(scored) && scored.full) {
        let (full, rest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|scored| rivals(scored) && scored.full);
        let many = full.len();
        found = full.into_iter().chain(rest).collect();
        return one_of(query, found, many, sure);
    }
    // “Crinkle fries” are those of potatoes and not those of sweet potatoes.
    let (rivals, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(rivals);
    let is_other = |other: &Scored| sure && rivals.iter().any(|plain| plain.is_plainer(other));
    let others: Vec<bool> = rivals.iter().map(is_other).collect();
    let mut places = others.iter();
    let (others, plain): (Vec<_>, Vec<_>) = rivals.into_iter().partition(|_| places.next() == Some(&true));
    let tied = plain.len();
    one_of(query, plain.into_iter().chain(others).chain(rest).collect(), tied, sure)
}

/// The first, when it is the only one of the best; else the best, and those close to them.
fn one_of(query: &[String], mut found: Vec<Scored>, tied: usize, sure: bool) -> Found<Item> {
    if sure && tied == 1 {
        let Scored { fit, away, item: it, .. } = found.remove(0);
        let head = away.saturating_sub(fit.lack) <= NOT_NAMED;
        let why = if fit.coverage == PERFECT {
            "the only item with these words"
        } else {
            "the closest item by far"
        };
        let close = found.into_iter().take(ALTERNATIVE_LIMIT).map(|scored| scored.item).collect();
        let exact = fit.coverage >= 980;
        let unread = fit.unread.of(query);
        return Found::One(Taken { it, why: why.to_owned(), unread, close, exact, head });
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
