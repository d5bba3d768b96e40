//! Which customer is meant.
//!
//! Owns what each part of a name counts (what tells a customer from others, its number, the kind of body it is,
//! its place), and how far the words of a message are one. Must not pick within a gap: it returns the tie.

use std::sync::Arc;

use crate::chat::bodies::{is_direction, is_generic, is_number, is_rare_kind, is_telling};
use crate::chat::catalogue::{Catalogue, CustomerFacts, LookupError, Recall};
use crate::chat::customer_terms::{Name, Words};
use crate::chat::heard::{Heard, Said};
use crate::chat::resolve::{self, Found, GAP, OFFERED, RECALLED, TAKEN, Taken};
use crate::chat::score::{self, PERFECT};
use crate::chat::shorthand::{plain_words, terms};
use crate::chat::states;
use crate::chat::understanding::ALTERNATIVE_LIMIT;

/// The most words a customer's name is looked for in.
const NAME_WORDS: usize = 8;
/// The most words of a message that are looked through for a name that stands anywhere.
const SPOTTED_WORDS: usize = 60;
/// A name said in full, or a nickname.
const EXACT: u32 = 1_170;
/// All that tells a customer from others.
const NAMED: u32 = 990;
/// Only the town.
const TOWN: u32 = 860;
/// What it adds that the place is said too: it tells namesakes apart.
const PLACED: u32 = 130;
/// What it costs that the words call it another kind of body, or give it another number.
const OTHER_BODY: u32 = 150;
const OTHER_NUMBER: u32 = 400;
/// What it costs that a part of what tells it from others is not said.
const UNSAID: u32 = 120;
/// What it costs more than its unlikeness that a word is only a slip of it.
const SLIP: u32 = 40;
/// What it costs a whole name that the kind of it, which may be what tells it apart, was not said.
const KIND: u32 = 10;
/// What it saves that only a part of the sky is not said: less than a whole name is before it by.
const TURNED: u32 = 45;
/// The most that costs: where nobody else is called so, a part of a name is a name.
const UNSAID_MOST: u32 = 170;
/// What it adds that nothing that tells it from others is left unsaid: “Springfield” is no West Springfield.
const WHOLE: u32 = 50;
/// What each further part of its name adds: “Bay St. Louis” is no Bay.
const TOLD: u32 = 60;
/// The score a name must reach that nothing else comes near to.
const NEARLY: u32 = 700;
/// The score a name must reach that stands where none is expected.
const SPOTTED: u32 = 850;

/// A customer as it can be called.
struct Known(Arc<CustomerFacts>);

impl Known {
    /// How well `length` of the words call it so, from one on.
    fn fit(&self, said: &Said<'_>, from: usize, length: usize) -> u32 {
        let state = self.0.state.as_deref();
        let placed = |at: usize| at > from && said.places(at, state, at + 1 == said.words.len());
        let kept = (from..from + length).filter(|&at| !placed(at)).fold(0_u64, |kept, at| kept | 1 << at);
        let heard = said.heard(kept);
        let placed = usize::try_from(kept.count_ones()) != Ok(length);
        let fit = |name: &Name| {
            let exact = name.nickname && *name.raw == *heard.raw;
            if exact { EXACT + if placed { PLACED } else { 0 } } else { self.fit_name(name, &heard, placed) }
        };
        // “Lake Washington” is no Lake in Washington.
        let all = (from..from + length).fold(0_u64, |all, at| all | 1 << at);
        let full = placed.then(|| said.heard(all));
        let fit = |name: &Name| {
            let full = full.as_ref().map_or(0, |full| self.fit_name(name, full, false));
            fit(name).max(full)
        };
        self.0.terms().names.iter().map(fit).max().unwrap_or(0)
    }

    fn fit_name(&self, name: &Name, heard: &Heard, placed: bool) -> u32 {
        let said = &heard.terms[..];
        if said.is_empty() {
            return 0;
        }
        // “60” alone counts something.
        if said.len() == 1 && said[0].bytes().all(|b| b.is_ascii_digit()) && *name.raw != *heard.raw {
            return 0;
        }
        let bonus = |placed: bool| if placed { PLACED } else { 0 };
        let joined = name.nickname && said.len() <= 2 && name.all.are_together(said);
        if joined || name.all.are(said) && (name.nickname || name.all.count() > name.core.count()) {
            return EXACT + bonus(placed);
        }
        let (mut told, mut sum, mut count, mut place_said, mut number_said) = (0_usize, 0, 0, placed, false);
        let (mut told_at, mut cost) = (0_u64, 0);
        let known = self.0.terms();
        // “LaCrosse” is La Crosse.
        let together = name.core.count() == 2
            && said.iter().any(|term| name.core.are_together(std::slice::from_ref(term)));
        for (term, is_nearly_generic) in said.iter().zip(&heard.nearly_generic) {
            if together && name.core.are_together(std::slice::from_ref(term)) {
                (told, told_at, sum, count) = (2, 3, sum + PERFECT, count + 1);
                continue;
            }
            let best = name
                .core
                .iter()
                .map(|known| score::likeness(term, known))
                .enumerate()
                .take(64)
                .max_by_key(|best| best.1);
            // “Chips” is no slip for the nickname CHPS.
            let least = if name.nickname && term.len() <= 5 { 950 } else { 840 };
            if let Some((at, likeness)) = best.filter(|best| best.1 >= least) {
                told += usize::from(told_at & (1 << at) == 0);
                told_at |= 1 << at;
                (sum, count) = (sum + likeness, count + 1);
                // “Greeneville” is no slip for Greenville where there is one.
                cost += if matches!(likeness, 850 | 900) { SLIP } else { 0 };
            } else if is_number(term) {
                let its_own = name.numbers.has(term);
                number_said |= its_own;
                cost += if its_own { 0 } else { OTHER_NUMBER };
            } else if !is_nearly_generic {
                let is_in = |of: &Words| of.iter().any(|known| score::likeness(term, known) >= 900);
                if is_in(&known.town) || is_in(&known.state) {
                    place_said = true;
                } else {
                    (sum, count) = (sum, count + 1);
                }
            }
        }
        if heard.body.iter().any(|term| !name.body.has(term)) {
            cost += OTHER_BODY;
        }
        // “Monroe public” is no county's.
        if heard.public && name.all.has("county") {
            cost += OTHER_BODY;
        }
        let religious = ["catholic", "christian", "lutheran", "diocese", "archdiocese"];
        // “Evansville” may be its district as well as its diocese.
        let said_so = heard.body.iter().any(|term| religious.contains(&term.as_str()));
        let see = |term: &str| matches!(term, "diocese" | "archdiocese");
        if !heard.public && !said_so && name.all.iter().any(see) {
            cost += UNSAID / 2;
        }
        if heard.public && name.all.iter().any(|term| religious.contains(&term)) {
            cost += OTHER_BODY;
        }
        if told == 0 {
            let town = place_said && count == 0 && self.in_town(said);
            let kind = said.iter().any(|term| is_generic(term) && name.all.has(term));
            // “RE-1” is a number too.
            let full = said.len() > 1 && said.iter().all(|term| name.numbers.has(term));
            let numbered = number_said && count == 0 && (kind || full);
            let of_kind = count == 0
                && said.iter().any(|term| is_rare_kind(term))
                && said.iter().all(|term| is_generic(term) && name.all.has(term));
            return if of_kind {
                TOWN.saturating_sub(cost)
            } else if numbered {
                NAMED.saturating_sub(cost)
            } else if town {
                (TOWN + bonus(placed)).saturating_sub(cost)
            } else {
                0
            };
        }
        // “Valley” alone is no Blanchard Valley.
        let begins = name.core.iter().next().unwrap_or_default();
        let parts = name.core.count();
        let leads = matches!(begins, "saint" | "sainte" | "santa" | "san") || is_direction(begins);
        let first = u32::from(leads && parts > 1);
        // “Cortez” is Montezuma-Cortez.
        let hyphened = name
            .core
            .iter()
            .enumerate()
            .any(|(at, part)| told_at & (1 << at.min(63)) != 0 && name.is_hyphened(part));
        if told_at & (1 << first) == 0 && !place_said && !number_said && !hyphened {
            // “Star of the Sea” tells St. Mary Star of the Sea well enough.
            cost += if told > 1 { UNSAID / 2 } else { UNSAID };
        }
        let unsaid = u32::try_from(parts - told).unwrap_or(0);
        // “Seneca” may be West Seneca as well.
        let called = heard.body.is_empty();
        let turned =
            if called && unsaid == 1 && told_at & 1 == 0 && is_direction(begins) { TURNED } else { 0 };
        let named = NAMED * sum / (PERFECT * count.max(1));
        let number = if number_said { PLACED } else { 0 };
        // “Klamath” is Klamath County, or Klamath Falls: what kind it is was not said.
        let kind =
            called && name.all.iter().any(|term| is_telling(term) || matches!(term, "township" | "twp"));
        // “Lake Washington” is no Moses Lake in Washington.
        let whole = match unsaid {
            0 if told > 1 && !kind => WHOLE + WHOLE / 2,
            0 if !kind => WHOLE,
            _ => 0,
        };
        cost += if unsaid == 0 && kind { KIND } else { 0 };
        let named = named + u32::try_from(told.saturating_sub(1)).unwrap_or(0) * TOLD;
        let score = (named + bonus(place_said) + number + whole)
            .saturating_sub(cost + (unsaid * UNSAID).min(UNSAID_MOST) - turned);
        // “Bend” is the town of Bend-La Pine: that is no less than a town alone.
        let town = told_at & 1 == 1
            && u32::try_from(told) == Ok(count)
            && cost == 0
            && self.in_town(said)
            && said.iter().all(|term| known.town.has(term));
        if town { score.max(TOWN) } else { score }
    }

    fn in_town(&self, said: &[String]) -> bool {
        let town = &self.0.terms().town;
        let all = town.iter().all(|known| said.iter().any(|term| score::likeness(term, known) >= 900));
        all && town.count() > 0
    }
}

/// A customer found at the head of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub found: Found<CustomerFacts>,
    /// Where the name begins, in words.
    pub from: usize,
    /// How many of the words name it.
    pub used: usize,
}

const NOBODY: Named = Named { found: Found::None, from: 0, used: 0 };

/// How a candidate is called in some words: how well, from where, by how many.
struct Called {
    score: u32,
    from: usize,
    used: usize,
    customer: Arc<CustomerFacts>,
}

/// The customer the first words mean.
pub fn customer(catalogue: &dyn Catalogue, words: &[&str]) -> Result<Named, LookupError> {
    let words = &words[..words.len().min(NAME_WORDS)];
    let Some(first) = words.first() else { return Ok(NOBODY) };
    let may_be_id = words.len() == 1 || first.chars().any(|c| c.is_ascii_digit());
    if may_be_id && let Some(customer) = catalogue.customer(first)? {
        return Ok(Named { found: Found::sure(customer, "that is its id"), from: 0, used: 1 });
    }
    let said = Said::of(words);
    let called = recalled(catalogue, words)?
        .into_iter()
        .filter_map(|known| {
            let length = (1..=words.len()).map(|length| (known.fit(&said, 0, length), length)).max();
            length.map(|(score, used)| Called { score, from: 0, used, customer: known.0 })
        })
        .collect();
    Ok(decide(called, OFFERED, words))
}

/// The customer the first words mean to this person, who may have chosen it before. A state after them says
/// more than the choice did.
pub fn customer_for(catalogue: &dyn Catalogue, words: &[&str]) -> Result<Named, LookupError> {
    let named = customer(catalogue, words)?;
    let (said, after) = words.split_at(named.from + named.used);
    if said.is_empty() || states::leading(after) > 0 {
        return Ok(named);
    }
    let said = said.join(" ");
    let listed = || Ok(catalogue.customer(&said)?.is_some() || catalogue.customers_named(&said)?.len() == 1);
    match catalogue.learned_customer(&said)? {
        Some(chosen) if !listed()? => {
            Ok(Named { found: resolve::chosen_before(chosen, named.found), ..named })
        }
        _ => Ok(named),
    }
}

/// The customers that some of these texts name, anywhere in them, for sure; and in which text. The surest first.
pub fn spotted(catalogue: &dyn Catalogue, texts: &[Vec<&str>]) -> Result<Vec<(usize, Named)>, LookupError> {
    let (mut from, mut found) = (0, Vec::new());
    while from < texts.len() {
        // A signature stands last: a long message is looked through part by part.
        let (mut to, mut many) = (from, 0);
        while to < texts.len() && (to == from || many + texts[to].len() <= SPOTTED_WORDS) {
            many += texts[to].len();
            to += 1;
        }
        found.extend(spotted_in(catalogue, texts, from..to)?);
        from = to;
    }
    found.sort_by_key(|(top, ..)| std::cmp::Reverse(*top));
    Ok(found.into_iter().map(|(_, place, named)| (place, named)).collect())
}

/// A name that was found: how surely, in which text, and who.
type Spotted = (Option<(u32, usize)>, usize, Named);

/// The same in some of the texts.
fn spotted_in(
    catalogue: &dyn Catalogue,
    texts: &[Vec<&str>],
    range: std::ops::Range<usize>,
) -> Result<Vec<Spotted>, LookupError> {
    let all: Vec<&str> = texts[range.clone()].iter().flatten().copied().take(SPOTTED_WORDS).collect();
    let known = recalled(catalogue, &all)?;
    let mut found = Vec::new();
    for (place, words) in texts.iter().enumerate().filter(|(place, _)| range.contains(place)) {
        let said = Said::of(&words[..words.len().min(SPOTTED_WORDS)]);
        let called: Vec<Called> = known.iter().filter_map(|known| known.called_in(&said)).collect();
        let top = called.iter().map(|called| (called.score, called.used)).max();
        let named = decide(called, SPOTTED, words);
        if named.found != Found::None {
            found.push((top, place, named));
        }
    }
    Ok(found)
}

impl Known {
    /// The words that call it so best, wherever they stand.
    fn called_in(&self, said: &Said<'_>) -> Option<Called> {
        let mut best: Option<(u32, usize, usize)> = None;
        for from in (0..said.words.len()).filter(|&from| self.may_begin(&said.beginnings[from])) {
            for length in 1..=NAME_WORDS.min(said.words.len() - from) {
                let score = self.fit(said, from, length);
                if best.is_none_or(|(most, _, used)| (score, length) > (most, used)) {
                    best = Some((score, from, length));
                }
            }
        }
        best.map(|(score, from, used)| Called { score, from, used, customer: Arc::clone(&self.0) })
    }

    /// Whether one of its names can begin with a word.
    fn may_begin(&self, said: &Heard) -> bool {
        let Some(term) = said.terms.first() else { return false };
        let begins = |name: &Name| {
            let is_so = |known| term == known || term.len() > 2 && score::likeness(term, known) >= 900;
            name.all.iter().any(is_so)
                || name.nickname && (name.all.are(&said.terms) || *name.raw == *said.raw)
        };
        let known = self.0.terms();
        known.names.iter().any(begins)
            || known.town.iter().next().is_some_and(|town| town == term)
            || said.body.len() >= 2
    }
}

/// Candidates that share a word with these, and those with exactly such a name.
fn recalled(catalogue: &dyn Catalogue, words: &[&str]) -> Result<Vec<Known>, LookupError> {
    let text = words.join(" ");
    let plain = plain_words(&text);
    let mut core: Vec<String> = plain.iter().filter(|word| !is_generic(word)).cloned().collect();
    if core.is_empty() {
        // “The archdiocese” may be the only one there is.
        let kind = |word: &String| matches!(word.as_str(), "county" | "city");
        core =
            plain.into_iter().filter(|word| is_rare_kind(word) || is_telling(word) && !kind(word)).collect();
    }
    if core.is_empty() {
        return Ok(Vec::new());
    }
    let recall = Recall { words: core, forms: Vec::new(), text: text.to_lowercase(), limit: RECALLED };
    let mut found = catalogue.recall_customers(&recall)?;
    for length in 1..=words.len().min(NAME_WORDS) {
        found.extend(catalogue.customers_named(&words[..length].join(" "))?.into_iter().map(Arc::new));
    }
    if let [first, second, ..] = words {
        // “WF ISD” is “WFISD”.
        found.extend(catalogue.customers_named(&format!("{first}{second}"))?.into_iter().map(Arc::new));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    Ok(found.into_iter().map(Known).collect())
}

fn decide(mut called: Vec<Called>, offered: u32, words: &[&str]) -> Named {
    called.retain(|called| called.score >= offered);
    called.sort_by(|a, b| {
        (b.score, b.used, &a.customer.name, &a.customer.id).cmp(&(
            a.score,
            a.used,
            &b.customer.name,
            &b.customer.id,
        ))
    });
    // “Keys Head Start” is no head of the Keys: a name said in full goes before a shorter one.
    let longest = called.iter().filter(|called| called.score >= NAMED).map(|called| called.used).max();
    if let (Some(longest), Some(best)) = (longest, called.first())
        && longest > best.used
        && best.from
            == called.iter().find(|called| called.used == longest).map_or(usize::MAX, |called| called.from)
    {
        called.retain(|called| called.used >= longest);
    }
    let Some(best) = called.first() else { return NOBODY };
    let (top, from, used) = (best.score, best.from, best.used);
    // Whoever explains fewer of the words is further away than its own score says.
    let (tied, lost): (Vec<_>, Vec<_>) = called.into_iter().partition(|called| {
        let shorter = if called.used < used { GAP } else { 0 };
        (called.score + GAP).saturating_sub(shorter) > top
    });
    let (mut tied, mut lost) = (tied, lost);
    let placed = (from + 1..from + used).any(|at| states::leading(&words[at..]) > 0);
    if let [best] = &tied[..]
        && !placed
        && best.score <= NAMED + WHOLE
        && !terms(&words[from..from + used].join(" ")).iter().any(|term| is_generic(term))
    {
        // “Columbus” may be the town of that name in the other state.
        let state = best.customer.state.clone();
        let namesake = |called: &Called| {
            called.used == used
                && (TOWN..=NAMED - UNSAID).contains(&called.score)
                && called.customer.state != state
        };
        let (towns, rest) = lost.into_iter().partition(namesake);
        lost = rest;
        tied.extend::<Vec<Called>>(towns);
    }
    // “St J” is whoever is called just that.
    let said = words[from..from + used].join(" ").to_lowercase();
    let called = |called: &Called| {
        let names = &called.customer.terms().names;
        called.used == used && names.iter().any(|name| name.nickname && *name.raw == *said)
    };
    if tied.len() > 1 && tied.iter().filter(|known| called(known)).count() == 1 {
        tied.retain(|known| called(known));
    }
    // “Honeoye Falls” is more of a name than Honeoye.
    let most = tied.iter().map(|called| called.used).max().unwrap_or(used);
    let (mut from, mut used) = (from, used);
    if most > used && tied.iter().filter(|called| called.used == most).count() == 1 {
        tied.retain(|called| called.used == most);
        (from, used) = (tied[0].from, most);
    }
    let customer = |called: Called| Arc::unwrap_or_clone(called.customer);
    let mut tied: Vec<CustomerFacts> = tied.into_iter().map(customer).collect();
    // “Eastern twnships board”: nobody else is called nearly so.
    let alone = top >= NEARLY && tied.len() == 1 && lost.is_empty() && used == words.len();
    if (top >= TAKEN || alone) && tied.len() == 1 {
        let why = if top >= NAMED { "the only customer of that name" } else { "the closest name by far" };
        let close = lost.into_iter().take(ALTERNATIVE_LIMIT).map(customer).collect();
        // What kind of body it is is seldom said.
        let exact = top >= NAMED - KIND;
        let taken =
            Taken { it: tied.remove(0), why: why.to_owned(), unread: Vec::new(), close, exact, head: true };
        return Named { found: Found::One(taken), from, used };
    }
    // Where it is asked anyway, whoever is nearly called so can be picked too.
    tied.extend(lost.into_iter().filter(|called| called.score >= TAKEN).map(customer));
    Named { found: Found::Several(tied, top < TAKEN), from, used }
}
