//! “The usual”: what the customer has bought before.
//!
//! Owns its forms. “Same prices as last year” is about prices and is not read here.

use domain::SchoolYear;

use crate::chat::token::{Token, whole, word};

/// The usual, as it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsualSaid {
    /// Only of this category, in the rep's words.
    pub category: Option<String>,
    /// Whose it is, where it is named inside: the tokens.
    pub who: Option<(usize, usize)>,
    /// Whether it only narrows what was said before: “but only the breakfast stuff”.
    pub narrows: bool,
}

const THINGS: [&str; 11] =
    ["item", "items", "stuff", "things", "products", "lines", "order", "list", "quote", "foods", "thing"];

/// The usual, at a place.
pub fn read(tokens: &[Token], at: usize) -> Option<(UsualSaid, usize)> {
    let mut place = at;
    while place < at + 2 && matches!(word(tokens, place), "the" | "their" | "its" | "all") {
        place += 1;
    }
    // “A bit bigger than usual.”
    if at > 0 && word(tokens, at - 1) == "than" {
        return None;
    }
    if let Some(found) = things_again(tokens, at) {
        return Some(found);
    }
    if let Some(found) = narrowed(tokens, at) {
        return Some(found);
    }
    match word(tokens, place) {
        "usual" | "usuals" => named(tokens, at, place + 1, false),
        "regular" | "normal" | "standing" => named(tokens, at, place + 1, true),
        "same" => same(tokens, at, place + 1),
        "reorder" | "repeat" | "rerun" | "redo" => again(tokens, at, place + 1)
            .or_else(|| bought_again(tokens, at, place + 1))
            .or_else(|| all_again(tokens, at, place + 1)),
        // “40 like last time” counts what was asked.
        "like" if at > 0 && whole(word(tokens, at - 1)).is_some() => None,
        "like" => {
            let end = last_time(tokens, place + 1).filter(|&end| ends(tokens, end))?;
            Some((UsualSaid::default(), end - at))
        }
        "everything" | "whatever" | "what" => bought(tokens, at, place + 1),
        // “All the snacks they got last year”.
        _ if place > at && all_of(tokens, at, place).is_some() => all_of(tokens, at, place),
        _ if place > at && word(tokens, place - 1) == "their" => {
            let all = tokens[at..place].iter().any(|token| token.norm == "all");
            if all { named(tokens, at, place, true) } else { of_last_year(tokens, at, place) }
        }
        _ => of_last_year(tokens, at, place),
    }
}

/// “All the snacks they got last year”.
fn all_of(tokens: &[Token], at: usize, place: usize) -> Option<(UsualSaid, usize)> {
    let all = tokens[at..place].iter().any(|token| token.norm == "all");
    let end =
        (place + 1..=place + 2).find(|&end| matches!(word(tokens, end), "they" | "he" | "she" | "we"))?;
    if !all || !buys(word(tokens, end + 1)) || !(place..end).all(|at| is_plain(word(tokens, at))) {
        return None;
    }
    let things = usize::from(THINGS.contains(&word(tokens, end - 1)));
    let category = join(tokens, place, end - things);
    let last = last_time(tokens, end + 2)?;
    Some((UsualSaid { category, ..UsualSaid::default() }, last - at))
}

/// “Their breakfast items again”.
fn things_again(tokens: &[Token], at: usize) -> Option<(UsualSaid, usize)> {
    if !matches!(word(tokens, at), "the" | "their" | "his" | "her") {
        return None;
    }
    let (category, end) = tail(tokens, at + 1);
    let again = THINGS.contains(&word(tokens, end)) && word(tokens, end + 1) == "again";
    let category = category.filter(|_| again)?;
    Some((UsualSaid { category: Some(category), ..UsualSaid::default() }, end + 2 - at))
}

/// “But only the breakfast stuff”.
fn narrowed(tokens: &[Token], at: usize) -> Option<(UsualSaid, usize)> {
    let but = usize::from(matches!(word(tokens, at), "but" | "though"));
    if !matches!(word(tokens, at + but), "only" | "just") {
        return None;
    }
    // “Reorder from last year, but only pizza”.
    let before = tokens[..at].iter().any(|token| {
        matches!(token.norm.as_str(), "usual" | "reorder" | "repeat" | "everything" | "same" | "order")
    });
    let (only, end) = tail(tokens, at + but + 1);
    if let Some(only) = only.filter(|_| before && but > 0 && ends(tokens, end)) {
        return Some((UsualSaid { category: Some(only), narrows: true, ..UsualSaid::default() }, end - at));
    }
    if word(tokens, at + but + 1) != "the" {
        return None;
    }
    let (category, end) = tail(tokens, at + but + 2);
    let things = THINGS.contains(&word(tokens, end)) && last_time(tokens, end + 1).is_none();
    let from = matches!(word(tokens, end + 1), "from" | "they" | "we");
    let category = category.filter(|_| things && !from)?;
    Some((UsualSaid { category: Some(category), narrows: true, ..UsualSaid::default() }, end + 1 - at))
}

fn is_plain(text: &str) -> bool {
    text.len() > 1
        && text.chars().all(|c| c.is_alphabetic() || c == '-' || c == '/')
        && !matches!(
            text,
            "for"
                | "with"
                | "at"
                | "and"
                | "in"
                | "from"
                | "as"
                | "on"
                | "but"
                | "plus"
                | "hold"
                | "last"
                | "next"
                | "this"
                | "please"
                | "of"
                | "except"
                | "no"
                | "without"
                | "minus"
                | "less"
                | "keep"
                | "to"
                | "same"
                | "add"
                | "price"
                | "prices"
                | "pricing"
                | "pdf"
                | "valid"
                | "good"
                | "again"
                | "too"
                | "also"
                | "w"
                | "w/"
                | "thru"
                | "only"
                | "just"
                | "pls"
                | "thx"
                | "thanks"
                | "then"
                | "now"
        )
}

fn named(tokens: &[Token], at: usize, mut place: usize, needs_thing: bool) -> Option<(UsualSaid, usize)> {
    let start = place;
    while place < start + 4 && is_plain(word(tokens, place)) && !THINGS.contains(&word(tokens, place)) {
        place += 1;
    }
    let mut category = join(tokens, start, place);
    if THINGS.contains(&word(tokens, place)) {
        place += 1;
    } else if needs_thing {
        return None;
    }
    if category.is_none() && word(tokens, place) == "in" {
        let (found, end) = tail(tokens, place + 1);
        category = found;
        place = if category.is_some() { end } else { place };
    }
    Some((UsualSaid { category, ..UsualSaid::default() }, place - at))
}

fn same(tokens: &[Token], at: usize, mut place: usize) -> Option<(UsualSaid, usize)> {
    let start = place;
    while place < start + 3 && is_plain(word(tokens, place)) && !THINGS.contains(&word(tokens, place)) {
        place += 1;
    }
    let category = join(tokens, start, place);
    let thing = THINGS.contains(&word(tokens, place));
    place += usize::from(thing);
    // “The same items and quantities as last year”.
    let between = |place: &usize| {
        matches!(word(tokens, *place), "and" | "&" | "n" | "," | "same" | "with" | "w/" | "the")
    };
    let counted = place + (place..place + 3).take_while(between).count();
    let counts =
        matches!(word(tokens, counted), "quantities" | "counts" | "cases" | "qtys" | "qty" | "amounts");
    place = if thing && counts && counted > place { counted + 1 } else { place };
    if thing && word(tokens, place) == "again" {
        return Some((UsualSaid { category, ..UsualSaid::default() }, place + 1 - at));
    }
    if !matches!(word(tokens, place), "as" | "like" | "from") {
        return None;
    }
    place = last_time(tokens, place + 1)?;
    // “Same as last year for the chicken only”.
    if category.is_none() && word(tokens, place) == "for" && word(tokens, place + 1) == "the" {
        let (found, end) = tail(tokens, place + 2);
        let only = matches!(word(tokens, end), "only" | "stuff" | "items");
        if let Some(found) = found.filter(|_| only) {
            return Some((UsualSaid { category: Some(found), ..UsualSaid::default() }, end + 1 - at));
        }
    }
    if category.is_none() && word(tokens, place) == "in" {
        let (found, end) = tail(tokens, place + 1);
        if found.is_some() {
            return Some((UsualSaid { category: found, ..UsualSaid::default() }, end - at));
        }
    }
    Some((UsualSaid { category, ..UsualSaid::default() }, place - at))
}

/// “Reorder from last year”, “repeat last year's order”.
fn again(tokens: &[Token], at: usize, mut place: usize) -> Option<(UsualSaid, usize)> {
    let around = |place: usize| {
        matches!(word(tokens, place), "from" | "of" | "the" | "their" | "all" | "everything")
            || THINGS.contains(&word(tokens, place))
    };
    while place < at + 4 && around(place) {
        place += 1;
    }
    // “Reorder breakfast from last year”; “reorder what they had” is read as what they had.
    if matches!(word(tokens, place), "what" | "whatever") {
        return None;
    }
    let start = place;
    while last_time(tokens, place).is_none()
        && place < start + 3
        && is_plain(word(tokens, place))
        && !around(place)
    {
        place += 1;
    }
    let category = join(tokens, start, place);
    while place < start + 6 && around(place) && last_time(tokens, place).is_none() {
        place += 1;
    }
    // “Reorder 25-26 for 26-27”.
    let year = word(tokens, place).parse::<SchoolYear>().is_ok().then_some(place + 1);
    let year =
        year.filter(|&end| word(tokens, end) == "for" && word(tokens, end + 1).parse::<SchoolYear>().is_ok());
    place = last_time(tokens, place).or(year)?;
    place += usize::from(THINGS.contains(&word(tokens, place)));
    Some((UsualSaid { category, ..UsualSaid::default() }, place - at))
}

/// “Reorder everything they bought last year”.
fn bought_again(tokens: &[Token], at: usize, place: usize) -> Option<(UsualSaid, usize)> {
    let everything = matches!(word(tokens, place), "everything" | "whatever" | "what");
    everything.then(|| bought(tokens, at, place + 1)).flatten()
}

/// “Anchorage, 26-27. Reorder.”: alone it is of everything.
fn all_again(tokens: &[Token], at: usize, place: usize) -> Option<(UsualSaid, usize)> {
    let begins = at == 0 || matches!(word(tokens, at - 1), "." | "," | "\n" | ":" | "-" | "please" | "pls");
    (begins && word(tokens, at) == "reorder" && ends(tokens, place)).then(|| (UsualSaid::default(), 1))
}

/// Whether nothing stands beside a place of a clause but its end.
fn ends(tokens: &[Token], place: usize) -> bool {
    matches!(
        word(tokens, place),
        "" | "." | "," | "\n" | "!" | ";" | "for" | "please" | "pls" | "thx" | "thanks"
    )
}

/// “The breakfast stuff from last year”.
fn of_last_year(tokens: &[Token], at: usize, start: usize) -> Option<(UsualSaid, usize)> {
    let skipped = tokens
        .iter()
        .skip(start)
        .take(2)
        .take_while(|token| matches!(token.norm.as_str(), "just" | "only" | "the" | "all" | "their"));
    let start = start + skipped.count();
    let mut place = start;
    while place < start + 3 && is_plain(word(tokens, place)) && !THINGS.contains(&word(tokens, place)) {
        place += 1;
    }
    let category = join(tokens, start, place);
    // “Last year's items”.
    if let Some(owned) = last_time(tokens, start)
        && word(tokens, owned - 1).ends_with('s')
        && THINGS.contains(&word(tokens, owned))
    {
        return Some((UsualSaid::default(), owned + 1 - at));
    }
    // “Breakfast from last year again”.
    if category.as_deref().is_some_and(|meal| {
        matches!(meal, "breakfast" | "lunch" | "snacks" | "snack" | "dairy" | "bakery" | "produce" | "paper")
    }) && word(tokens, place) == "from"
        && let Some(end) = last_time(tokens, place + 1)
    {
        let end = end + usize::from(word(tokens, end) == "again");
        return Some((UsualSaid { category, ..UsualSaid::default() }, end - at));
    }
    if !THINGS.contains(&word(tokens, place)) || word(tokens, place + 1) != "from" {
        return None;
    }
    let place = last_time(tokens, place + 2)?;
    Some((UsualSaid { category, ..UsualSaid::default() }, place - at))
}

fn bought(tokens: &[Token], at: usize, mut place: usize) -> Option<(UsualSaid, usize)> {
    let mut who = None;
    // “Everything in potato & veg that they bought last year”.
    let mut early = None;
    if word(tokens, place) == "in" {
        let (first, mut end) = tail(tokens, place + 1);
        if first.is_some()
            && matches!(word(tokens, end), "&" | "and" | "n")
            && is_plain(word(tokens, end + 1))
        {
            end += 2;
        }
        if word(tokens, end) == "that" || matches!(word(tokens, end), "they" | "we" | "he" | "she") {
            (early, place) = (join(tokens, place + 1, end), end);
        }
    }
    // “Everything Mexican they got last year”.
    let named = (1..=2).find(|many| {
        matches!(word(tokens, place + many), "they" | "he" | "she" | "we")
            && buys(word(tokens, place + many + 1))
    });
    if let Some(many) = named.filter(|many| {
        (place..place + many).all(|at| is_plain(word(tokens, at)) && word(tokens, at) != "that")
    }) {
        (early, place) = (join(tokens, place, place + many), place + many);
    }
    if word(tokens, place) == "from" {
        place = last_time(tokens, place + 1)?;
    } else {
        // “What they got” is the usual only of last year.
        let asks = word(tokens, place - 1) == "what";
        place += usize::from(word(tokens, place) == "that");
        if matches!(word(tokens, place), "they" | "he" | "she" | "it" | "the" | "we") {
            place += 1 + usize::from(word(tokens, place) == "the");
            place += usize::from(matches!(word(tokens, place), "usually" | "were"));
        } else {
            let start = place;
            // “Everything St. Mary got.”
            let point = |place: usize| {
                word(tokens, place) == "." && matches!(word(tokens, place - 1), "st" | "ste" | "mt" | "ft")
            };
            let (mut points, may_be) = (0, |place| is_plain(word(tokens, place)));
            while place < start + 3 + points && (may_be(place) || point(place)) && !buys(word(tokens, place))
            {
                points += usize::from(point(place));
                place += 1;
            }
            who = (place > start).then_some((start, place));
        }
        if !buys(word(tokens, place)) {
            return None;
        }
        place += 1;
        // “What they got in breakfast last year”.
        if word(tokens, place) == "in" && last_time(tokens, place).is_none() {
            let (found, end) = tail(tokens, place + 1);
            if let (Some(found), Some(last)) = (found, last_time(tokens, end)) {
                return Some((UsualSaid { category: Some(found), who, ..UsualSaid::default() }, last - at));
            }
        }
        // “Everything we quoted Berwick last year”.
        let named = (1..=3).find(|many| last_time(tokens, place + many).is_some());
        if who.is_none()
            && last_time(tokens, place).is_none()
            && let Some(many) =
                named.filter(|many| (place..place + many).all(|at| is_plain(word(tokens, at))))
        {
            who = Some((place, place + many));
            place += many;
        }
        let last = last_time(tokens, place);
        // “Everything Salem bought in breakfast”.
        let narrowed = !asks && word(tokens, place) == "in";
        if last.is_none() && (asks || who.is_some() && !narrowed) {
            return None;
        }
        place = last.unwrap_or(place);
    }
    let mut category = early;
    if category.is_none() && word(tokens, place) == "in" {
        let (found, mut end) = tail(tokens, place + 1);
        // “Everything they bought in juice n breakfast”.
        if matches!(word(tokens, end), "&" | "and" | "n")
            && ends(tokens, end + 2)
            && is_plain(word(tokens, end + 1))
        {
            end += 2;
        }
        category = found.and_then(|_| join(tokens, place + 1, end));
        place = if category.is_some() { end } else { place };
    }
    place = last_time(tokens, place).unwrap_or(place);
    Some((UsualSaid { category, who, ..UsualSaid::default() }, place - at))
}

fn buys(word: &str) -> bool {
    matches!(
        word,
        "bought"
            | "buy"
            | "quoted"
            | "ordered"
            | "order"
            | "got"
            | "get"
            | "had"
            | "took"
            | "purchased"
            | "used"
    )
}

/// Past `last year` or `last time`.
fn last_time(tokens: &[Token], at: usize) -> Option<usize> {
    let skip = usize::from(matches!(word(tokens, at), "the" | "in"));
    match (word(tokens, at + skip), word(tokens, at + skip + 1)) {
        ("last" | "previous" | "prior", "year" | "years" | "year's" | "time" | "yr" | "yrs") => {
            Some(at + skip + 2)
        }
        ("this", "year" | "yr") => Some(at + skip + 2),
        ("last" | "previous" | "this", "school") => Some(at + skip + 3),
        ("before", _) => Some(at + skip + 1),
        _ => None,
    }
}

fn tail(tokens: &[Token], from: usize) -> (Option<String>, usize) {
    let mut end = from;
    while end < from + 3 && is_plain(word(tokens, end)) && !THINGS.contains(&word(tokens, end)) {
        end += 1;
    }
    (join(tokens, from, end), end)
}

fn join(tokens: &[Token], from: usize, to: usize) -> Option<String> {
    let words: Vec<&str> = tokens.get(from..to)?.iter().map(|token| token.norm.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
