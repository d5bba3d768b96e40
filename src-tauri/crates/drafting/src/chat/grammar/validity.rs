//! Until when a quote can be accepted.
//!
//! Owns dates as people write them, US order. A date without its year is the next such day.

use chrono::{Datelike, Days, NaiveDate};

use crate::chat::token::{Token, whole, word};

/// What is said of the validity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValiditySaid {
    /// Until this day, included.
    Until(NaiveDate),
    /// Not a day a quote can be valid until, and why.
    Refused(String),
}

/// The longest validity in days that is taken at its word.
const LONGEST: u64 = 3_650;

/// `valid until Mar 31`, `good for 30 days`, `expires 2026-09-30`.
pub fn read(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(ValiditySaid, usize)> {
    let mut place = at;
    // “Change expiry to 4/15”.
    let changed = matches!(word(tokens, at), "change" | "move" | "set" | "make" | "update");
    let changed = at + usize::from(changed);
    let changed = changed + usize::from(word(tokens, changed) == "the");
    if matches!(word(tokens, changed), "expiry" | "expiration" | "validity")
        && matches!(word(tokens, changed + 1), "to" | "is" | ":" | "date")
    {
        let said = changed + 2 + usize::from(matches!(word(tokens, changed + 2), "to" | "is" | ":"));
        let (day, length) = date(tokens, said, today)?;
        let meant = match day.filter(|day| *day >= today) {
            Some(day) => ValiditySaid::Until(day),
            None => ValiditySaid::Refused("that is no day to come".to_owned()),
        };
        return Some((meant, said + length - at));
    }
    // “Make it June 15”: no count is a month.
    if let ("make", "it" | "that") = (word(tokens, at), word(tokens, at + 1))
        && word(tokens, at + 2).len() >= 3
        && month(word(tokens, at + 2)).is_some()
        && let Some((Some(day), length)) = date(tokens, at + 2, today)
        && day >= today
    {
        return Some((ValiditySaid::Until(day), length + 2));
    }
    if matches!(word(tokens, place), "is" | "make" | "keep") && word(tokens, place + 1) != "good" {
        place += usize::from(word(tokens, place + 1) == "it") + 1;
    }
    let quoted = matches!(
        word(tokens, place),
        "quote"
            | "bid"
            | "pricing"
            | "prices"
            | "hold"
            | "quoted"
            | "firm"
            | "effective"
            | "honored"
            | "fixed"
    ) && matches!(word(tokens, place + 1), "until" | "till" | "til" | "through" | "thru");
    // “Hold pricing until 9/30.”
    let kept = matches!(word(tokens, place), "hold" | "keep" | "honor" | "guarantee");
    let what = usize::from(matches!(word(tokens, place + 1), "the" | "these" | "our" | "this"));
    let kept = kept
        && matches!(word(tokens, place + 1 + what), "pricing" | "prices" | "price" | "quote" | "it" | "this")
        && matches!(word(tokens, place + 2 + what), "until" | "till" | "til" | "through" | "thru");
    if kept {
        place += 1 + what;
    }
    let quoted = quoted || kept;
    // “Hold 30 days.”
    let held = word(tokens, place) == "hold"
        && whole(word(tokens, place + 1)).is_some()
        && matches!(word(tokens, place + 2), "day" | "days" | "weeks" | "months");
    if !quoted
        && !held
        && !matches!(
            word(tokens, place),
            "valid" | "good" | "expires" | "exp" | "expire" | "expiring" | "validity"
        )
    {
        return None;
    }
    place += 1;
    while matches!(
        word(tokens, place),
        "until" | "till" | "til" | "through" | "thru" | "to" | "on" | "for" | ":" | "the"
    ) {
        place += 1;
    }
    let days = whole(word(tokens, place)).or(match word(tokens, place) {
        "a" | "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "six" => Some(6),
        "thirty" => Some(30),
        "sixty" => Some(60),
        "ninety" => Some(90),
        _ => None,
    });
    if let Some(days) = days
        && let Some(unit) = match word(tokens, place + 1) {
            "day" | "days" => Some(1),
            "week" | "weeks" | "wk" | "wks" => Some(7),
            _ => None,
        }
    {
        let until = days.checked_mul(unit).filter(|days| (1..=LONGEST).contains(days));
        let said = match until.and_then(|days| today.checked_add_days(Days::new(days))) {
            Some(day) => ValiditySaid::Until(day),
            None => ValiditySaid::Refused(format!(
                "a quote cannot be valid for {days} {}",
                word(tokens, place + 1)
            )),
        };
        return Some((said, place + 2 - at));
    }
    let (day, length) = date(tokens, place, today)?;
    let said = match day {
        Some(day) if day < today => ValiditySaid::Refused(format!("{day} is already past")),
        Some(day) => ValiditySaid::Until(day),
        None => {
            ValiditySaid::Refused(format!("“{}” is no day of the calendar", spelled(tokens, place, length)))
        }
    };
    Some((said, place + length - at))
}

fn spelled(tokens: &[Token], at: usize, length: usize) -> String {
    let texts: Vec<&str> = tokens.iter().skip(at).take(length).map(|token| token.text.as_str()).collect();
    texts.join(" ")
}

/// The month of this name, or of its first letters.
pub fn month(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let place = NAMES.iter().position(|name| text.len() >= 3 && name.starts_with(text));
    place.or((text == "sept").then_some(8)).and_then(|place| u32::try_from(place + 1).ok())
}

fn day_number(text: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    whole(digits).and_then(|day| u32::try_from(day).ok()).filter(|day| *day <= 99)
}

/// A date; the outer `None` when there is none at this place, the inner when it is not in the calendar.
fn date(tokens: &[Token], at: usize, today: NaiveDate) -> Option<(Option<NaiveDate>, usize)> {
    let first = word(tokens, at);
    if matches!(first, "end") && word(tokens, at + 1) == "of" {
        let skip = usize::from(word(tokens, at + 2) == "the");
        let named = word(tokens, at + 2 + skip);
        let month = if named == "month" { Some(today.month()) } else { month(named) }?;
        let year = if month < today.month() { today.year() + 1 } else { today.year() };
        let after = NaiveDate::from_ymd_opt(year + i32::from(month == 12), month % 12 + 1, 1);
        return Some((after.and_then(|day| day.pred_opt()), 3 + skip));
    }
    let parts: Vec<&str> = first.split(['-', '/']).collect();
    if parts.len() > 1 {
        let numbers: Vec<u64> = parts.iter().map(|part| whole(part)).collect::<Option<_>>()?;
        let as_date = |year: u64, month: u64, day: u64| {
            let year = if year < 100 { 2000 + year } else { year };
            NaiveDate::from_ymd_opt(
                i32::try_from(year).ok()?,
                u32::try_from(month).ok()?,
                u32::try_from(day).ok()?,
            )
        };
        return match numbers[..] {
            [year, month, day] if parts[0].len() == 4 => Some((as_date(year, month, day), 1)),
            [month, day, year] => Some((as_date(year, month, day), 1)),
            [month, day] => Some((next_such(u32::try_from(month).ok()?, u32::try_from(day).ok()?, today), 1)),
            _ => None,
        };
    }
    let (month, day) = match (month(first), month(word(tokens, at + 1))) {
        (Some(month), _) => (month, day_number(word(tokens, at + 1))?),
        (None, Some(month)) => (month, day_number(first)?),
        (None, None) => return None,
    };
    let comma = usize::from(word(tokens, at + 2) == ",");
    let year = whole(word(tokens, at + 2 + comma)).filter(|year| (2000..=2099).contains(year));
    match year {
        Some(year) => {
            let day = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
            Some((day, 3 + comma))
        }
        None => Some((next_such(month, day, today), 2)),
    }
}

fn next_such(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    (today.year()..today.year() + 5)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|found| *found >= today)
}
