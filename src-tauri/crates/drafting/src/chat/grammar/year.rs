//! School years.
//!
//! Owns their forms and which words are ambiguous on which day (mission rule 4). In spring “this year” and
//! “next year” each mean two school years; in July “next” does, since the new one has begun on paper but not
//! in schools. Those are asked, as are years that do not follow one another.

use chrono::{Datelike, NaiveDate};
use domain::SchoolYear;

use crate::chat::grammar::quantity::is_measure;
use crate::chat::token::{Token, whole, word};

/// Why a year is taken of which both halves are said.
pub const WRITTEN_OUT: &str = "written out";

/// A school year as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearSaid {
    /// It can mean only this one, and why.
    Is(SchoolYear, String),
    /// It can mean either, and why.
    Either(SchoolYear, SchoolYear, String),
    /// It names a year no quote can be for.
    Refused(String),
}

/// A school year at a place, with the words around it.
pub fn read(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(YearSaid, usize)> {
    if let Some(said) = wrong_year(tokens, at, today).or_else(|| begun(tokens, at, today)) {
        return Some(said);
    }
    let mut place = at;
    while place < at + 4
        && matches!(word(tokens, place), "for" | "in" | "to" | "the" | "a" | "is" | "it's" | "year")
        && tokens[place].text != "IN"
    {
        place += 1;
    }
    // “This coming year” is the coming one.
    place += usize::from(
        word(tokens, place) == "this" && matches!(word(tokens, place + 1), "coming" | "upcoming"),
    );
    let marked = match (word(tokens, place), word(tokens, place + 1)) {
        ("sy" | "fy", _) => 1,
        ("school", "year") => 2,
        _ => 0,
    };
    place += marked;
    if marked > 0 {
        while matches!(word(tokens, place), "is" | "to" | ":" | "-") {
            place += 1;
        }
    }
    // “To 2050” is a count; a bare year needs a word that asks for one.
    let led = tokens[at..place].iter().any(|token| matches!(token.norm.as_str(), "for" | "in" | "year"));
    let (said, length) = core(tokens, place, marked > 0, led, today)?;
    place += length;
    match (whole_word(word(tokens, place)), whole_word(word(tokens, place + 1))) {
        ("school", "year") => place += 2,
        ("year" | "sy", _) => place += 1,
        _ => {}
    }
    Some((said, place - at))
}

/// “Wrong yr, meant next”: the year is said by the other word alone.
fn wrong_year(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(YearSaid, usize)> {
    if word(tokens, at) != "wrong" || whole_word(word(tokens, at + 1)) != "year" {
        return None;
    }
    let between = ["i", "meant", "mean", "should", "be", "was", "its", "it's", ",", "."];
    let said = (at + 2..at + 8).find(|&place| !between.contains(&word(tokens, place)))?;
    let which = tokens.get(said).filter(|token| matches!(token.norm.as_str(), "next" | "this" | "last"))?;
    if whole_word(word(tokens, said + 1)) == "year" {
        return None;
    }
    let year = Token { text: "year".to_owned(), norm: "year".to_owned(), ..which.clone() };
    let (meant, _) = core(&[which.clone(), year], 0, false, false, today)?;
    Some((meant, said + 1 - at))
}

/// “The one starting in july”, “the year that just started”: a year by when it begins or ends.
fn begun(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(YearSaid, usize)> {
    let the = at + usize::from(word(tokens, at) == "for");
    if word(tokens, the) != "the" || !matches!(whole_word(word(tokens, the + 1)), "one" | "year" | "school") {
        return None;
    }
    let mut place = the + 2;
    place += usize::from(whole_word(word(tokens, place)) == "year");
    while matches!(word(tokens, place), "that" | "which" | "just") {
        place += 1;
    }
    let now = SchoolYear::containing(today).ok()?;
    let (by, end) = match word(tokens, place) {
        "started" | "began" => (now, place + 1),
        "starting" | "starts" | "beginning" | "begins" => {
            let month = place + 1 + usize::from(matches!(word(tokens, place + 1), "in" | "this" | "next"));
            let autumn =
                matches!(word(tokens, month), "july" | "august" | "aug" | "fall" | "september" | "sept");
            // What starts in summer is the year that is still to come, or has begun just now.
            let coming = if today.month() <= 6 { now.next()? } else { now };
            (Some(coming).filter(|_| autumn)?, month + 1)
        }
        "ending" | "ends" => {
            let month = place + 1 + usize::from(matches!(word(tokens, place + 1), "in" | "this" | "next"));
            let summer = matches!(word(tokens, month), "june" | "may" | "spring" | "summer");
            (Some(now).filter(|_| summer)?, month + 1)
        }
        _ => return None,
    };
    let dated = format!("on {today} that runs {} to {}", by.first_day(), by.last_day());
    Some((YearSaid::Is(by, dated), end - at))
}

/// The word written out.
fn whole_word(word: &str) -> &str {
    match word {
        "nxt" => "next",
        "yr" | "yrs" | "year's" | "yr's" => "year",
        "schl" | "schol" | "scl" | "sch" | "scool" | "shcool" => "school",
        "comming" | "comin" => "coming",
        other => other,
    }
}

/// “This fall”, “fall 26”: the school year that begins then.
fn autumn(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(YearSaid, usize)> {
    let led = usize::from(matches!(word(tokens, at), "this" | "the" | "coming" | "upcoming"));
    if !matches!(word(tokens, at + led), "fall" | "autumn" | "august" | "aug") {
        return None;
    }
    let of = at + led + 1 + usize::from(word(tokens, at + led + 1) == "of");
    let of = of + usize::from(word(tokens, of) == "'");
    let named = whole(word(tokens, of)).and_then(|year| i32::try_from(year).ok());
    let (year, end) = match named {
        Some(year @ 20..=98) => (2_000 + year, of + 1),
        Some(year @ 2_020..=2_098) => (year, of + 1),
        _ if led == 1 && word(tokens, at + 1).starts_with(['f', 'a']) => (today.year(), at + 2),
        _ => return None,
    };
    let year = SchoolYear::starting(year).ok()?;
    let through = ["thru", "through", "to", "-", "until", "till"].contains(&word(tokens, end));
    let spring = ["spring", "june", "may"].contains(&word(tokens, end + 1));
    let named = usize::from(whole(word(tokens, end + 2)).is_some());
    let end = if through && spring { end + 2 + named } else { end };
    Some((YearSaid::Is(year, "the school year that begins then".to_owned()), end - at))
}

/// `'26-'27`.
fn two_digits(tokens: &[Token], at: usize) -> Option<(YearSaid, usize)> {
    let mut place = at + 1;
    let first = i32::try_from(whole(word(tokens, place))?).ok()?;
    place += 1;
    if !matches!(word(tokens, place), "-" | "/") {
        return None;
    }
    place += 1;
    place += usize::from(word(tokens, place) == "'");
    let second = i32::try_from(whole(word(tokens, place))?).ok()?;
    let year = SchoolYear::starting(2_000 + first).ok().filter(|_| (20..=98).contains(&first))?;
    (second == first + 1).then(|| (YearSaid::Is(year, WRITTEN_OUT.to_owned()), place + 1 - at))
}

fn core(tokens: &[Token], at: usize, marked: bool, led: bool, today: NaiveDate) -> Option<(YearSaid, usize)> {
    let (first, second) = (whole_word(word(tokens, at)), whole_word(word(tokens, at + 1)));
    // `26 - 27`
    let dash =
        if second == "to" && at > 0 && whole_word(word(tokens, at - 1)) == "year" { "-" } else { second };
    if let (Some(begins @ 20..=60), "-" | "/", Some(ends)) = (whole(first), dash, whole(word(tokens, at + 2)))
        && ends == begins + 1
        && let Ok(year) = SchoolYear::starting(2_000 + i32::try_from(begins).ok()?)
    {
        return Some((YearSaid::Is(year, WRITTEN_OUT.to_owned()), 3));
    }
    // `26 27 school year`
    if let (Some(begins @ 20..=98), Some(ends)) = (whole(first), whole(second))
        && ends == begins + 1
        && (marked
            || matches!(whole_word(word(tokens, at + 2)), "school" | "sy" | "year")
            || (24..=40).contains(&begins)
                && at <= 4
                && word(tokens, at + 2).starts_with(char::is_alphabetic)
                && !is_unit(word(tokens, at + 2))
            || (24..=40).contains(&begins)
                && matches!(word(tokens, at + 2), "" | "," | "." | "\n" | "-" | ":"))
        && let Ok(year) = SchoolYear::starting(2_000 + i32::try_from(begins).ok()?)
    {
        return Some((YearSaid::Is(year, WRITTEN_OUT.to_owned()), 2));
    }
    if let Some(found) = autumn(tokens, at, today) {
        return Some(found);
    }
    if first == "'"
        && let Some(found) = two_digits(tokens, at)
    {
        return Some(found);
    }
    if matches!(first, "this" | "next" | "last" | "current" | "coming" | "upcoming" | "previous") {
        // A year gone by is what is compared with, unless the quote is said to be for it.
        let gone = matches!(first, "last" | "previous");
        if gone && at.checked_sub(1).is_none_or(|before| word(tokens, before) != "for") {
            return None;
        }
        let school = second == "school" && whole_word(word(tokens, at + 2)) == "year" || second == "sy";
        let length = match second {
            "school" if school => 3,
            // “This year's prices” are what they pay.
            "year" if word(tokens, at + 1).ends_with("'s") && word(tokens, at + 2).starts_with("pric") => {
                return None;
            }
            "year" | "sy" | "yr" => 2,
            _ => return None,
        };
        return by_words(first, school, today).map(|said| (said, length));
    }
    let (first, glued) = match first.strip_prefix("sy").or_else(|| first.strip_prefix("fy")) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => (rest, true),
        _ => (first, false),
    };
    let marked = marked || glued;
    if let Some((left, right)) = first.split_once(['-', '/']) {
        return pair(first, left, right, marked, tokens, at, today).map(|said| (said, 1));
    }
    let year = i32::try_from(whole(first)?).ok()?;
    // `FY 2027`: budgets are named by the year they end in.
    let fiscal = at.checked_sub(1).is_some_and(|before| word(tokens, before) == "fy")
        || tokens[at].norm.starts_with("fy");
    if fiscal && (2_020..=2_098).contains(&year) {
        let named = SchoolYear::starting(year - 1).ok()?;
        return Some((YearSaid::Is(named, "named by the year it ends in".to_owned()), 1));
    }
    // `SY27` and `FY27` name the year they end in, as budgets do.
    if marked && first.len() == 2 && (today.year() - 2_010..=today.year() - 1_990).contains(&year) {
        let named = SchoolYear::starting(2_000 + year - 1).ok()?;
        return Some((YearSaid::Is(named, "named by the year it ends in".to_owned()), 1));
    }
    if marked
        && first.len() == 4
        && let Ok(both) = first.parse::<u16>().map(|n| (n / 100, n % 100))
    {
        // `SY2627`: two halves that follow one another.
        if both.0 + 1 == both.1 && !(2000..=2098).contains(&year) {
            let year = SchoolYear::starting(2000 + i32::from(both.0)).ok()?;
            return Some((YearSaid::Is(year, WRITTEN_OUT.to_owned()), 1));
        }
    }
    let before = at.checked_sub(1).map_or("", |before| word(tokens, before));
    // “2027 Lawton steak fingers 25”, “salisbury steaks 11 - 2027”.
    let leads = at == 0 && (second.is_empty() || second.starts_with(char::is_alphabetic) && !is_unit(second));
    let trails = before == "-" && tokens[at - 1].to < tokens[at].from && second.is_empty();
    let stands = (2_024..=2_035).contains(&year)
        && (leads
            || trails
            || at > 0
                && matches!(second, "" | "-" | "/" | ":" | "\n" | "," | ".")
                && !matches!(before, "to" | "of" | "x" | "at" | "qty" | "$" | "make" | "," | "-"));
    // “Clarksville '27”.
    let apostrophe = before == "'"
        && first.len() == 2
        && (24..=40).contains(&year)
        && matches!(second, "" | "," | "." | "\n" | "!" | ":");
    let short =
        led && first.len() == 2 && (24..=40).contains(&year) && matches!(second, "" | "," | "." | "\n" | "!");
    if short && before == "for" || apostrophe {
        let (begins, ends) =
            (SchoolYear::starting(2_000 + year).ok()?, SchoolYear::starting(1_999 + year).ok()?);
        return Some((
            YearSaid::Either(ends, begins, format!("{first} can be either end of a school year")),
            1,
        ));
    }
    let alone = marked || stands || (led && !is_unit(second));
    if alone && (2000..=2098).contains(&year) {
        let (begins, ends) = (SchoolYear::starting(year).ok()?, SchoolYear::starting(year - 1).ok()?);
        return Some((
            YearSaid::Either(ends, begins, format!("{year} can be either end of a school year")),
            1,
        ));
    }
    None
}

fn is_unit(text: &str) -> bool {
    is_measure(text) || matches!(text, "case" | "cases" | "cs" | "of" | "x")
}

fn pair(
    text: &str,
    left: &str,
    right: &str,
    marked: bool,
    tokens: &[Token],
    at: usize,
    today: NaiveDate,
) -> Option<YearSaid> {
    let (start, end) = (whole(left)?, whole(right)?);
    let lengths = (left.len(), right.len());
    if !matches!(lengths, (4, 4) | (4, 2) | (2, 2)) {
        return None;
    }
    let century = if lengths.0 == 2 { 2000 + start } else { start };
    let first = i32::try_from(century).ok()?;
    // Two short numbers are a pack (`12/13 oz`) unless they are a year near today.
    let near = (today.year() - 10..=today.year() + 10).contains(&first);
    let follows = end % 100 == (start + 1) % 100;
    // “The order for 26-27 in their own words” is no length.
    let told =
        tokens[..at].iter().rev().take(3).any(|token| matches!(token.norm.as_str(), "for" | "sy" | "year"));
    let unit = word(tokens, at + 1);
    let loose = matches!(
        unit,
        "gal"
            | "gallon"
            | "gallons"
            | "slice"
            | "cut"
            | "pack"
            | "piece"
            | "pieces"
            | "day"
            | "days"
            | "section"
            | "comp"
            | "compartment"
            | "pint"
            | "qt"
    );
    let coming = (today.year() - 1..=today.year() + 2).contains(&first) && text.contains('-');
    let measured = is_unit(unit) && !(unit == "in" && told || loose && coming);
    if lengths == (2, 2) && !marked && (!follows || !near || measured) {
        return None;
    }
    if lengths.0 == 4 && !marked && !(2000..=2098).contains(&first) {
        return None;
    }
    match text.parse::<SchoolYear>() {
        Ok(year) => Some(YearSaid::Is(year, WRITTEN_OUT.to_owned())),
        Err(_) => {
            let one = SchoolYear::starting(first).ok();
            let other = i32::try_from(if lengths.1 == 2 { century / 100 * 100 + end } else { end })
                .ok()
                .and_then(|last| SchoolYear::starting(last - 1).ok());
            Some(match (one, other) {
                (Some(one), Some(other)) if one != other => {
                    YearSaid::Either(one, other, format!("“{text}” is not two years in a row"))
                }
                _ => YearSaid::Refused(format!("“{text}” is no school year; write it like 2026-2027")),
            })
        }
    }
}

fn by_words(which: &str, school: bool, today: NaiveDate) -> Option<YearSaid> {
    let now = SchoolYear::containing(today).ok()?;
    let (next, spring, july) = (now.next()?, today.month() <= 6, today.month() == 7);
    let dated =
        |year: SchoolYear| format!("on {today} that runs {} to {}", year.first_day(), year.last_day());
    let is = |year: SchoolYear| YearSaid::Is(year, dated(year));
    Some(match which {
        "last" | "previous" => is(now.previous()?),
        "coming" | "upcoming" => is(if july { now } else { next }),
        "this" | "current" if school || !spring => is(now),
        "this" | "current" => YearSaid::Either(now, next, "in spring “this year” can be either".to_owned()),
        _ => is(next),
    })
}
