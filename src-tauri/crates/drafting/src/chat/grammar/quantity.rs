//! Counts of cases.
//!
//! Owns the rule that a number counts cases only beside a unit of them: `4/5 lb`, `3.2 oz` and `96 ct`
//! describe an item. (A number in a slot, as in “make that 120”, is read where the slot is known.)

use crate::chat::token::{Token, has_decimals, whole, word};
use crate::document::QUANTITY_LIMIT;

/// A count as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountSaid {
    /// So many cases, or so many more.
    Cases {
        /// How many.
        count: u32,
        /// Whether they come on top of what is there.
        more: bool,
    },
    /// As many as of the line spoken of.
    Same,
    /// As many as of the line that some tokens name.
    SameAs(usize, usize),
    /// So many cases fewer than there are.
    Fewer(u32),
    /// So many times what there is.
    Times(u32),
    /// Half of what there is.
    Half,
    /// A count, but not of cases: how many is to be asked.
    Open(String),
    /// Not a count of cases, and why.
    Refused(String),
}

const CASE: [&str; 7] = ["case", "cases", "cs", "cse", "cses", "css", "c/s"];

/// Whether the word is the unit of cases, letters that changed places forgiven.
fn is_case(text: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let moved = |long: &str| text.len() == long.len() && sorted(text) == sorted(long);
    // “Cass”, “casess”: a letter too few or too many.
    let doubled = (4..=6).contains(&text.len())
        && text.ends_with('s')
        && text.strip_prefix('c').is_some_and(|rest| rest.chars().all(|c| "case".contains(c)));
    CASE.contains(&text) || text.starts_with('c') && (moved("cases") || moved("case") || doubled)
}

/// So many pounds are no pack's.
const HEAVY: u64 = 100;

/// The greatest bare number beside “each”: a longer one is an item's code.
const MOST_EACH: u64 = 9_999;

/// Whether the word is a measure, so that the number before it describes an item.
pub fn is_measure(text: &str) -> bool {
    matches!(
        text,
        "oz" | "ounce"
            | "ounces"
            | "lb"
            | "lbs"
            | "pound"
            | "pounds"
            | "#"
            | "ct"
            | "cnt"
            | "count"
            | "pk"
            | "pack"
            | "packs"
            | "inch"
            | "inches"
            | "\""
            | "in"
            | "g"
            | "gram"
            | "grams"
            | "kg"
            | "ml"
            | "l"
            | "liter"
            | "gal"
            | "gallon"
            | "gallons"
            | "qt"
            | "pt"
            | "pint"
            | "slice"
            | "cut"
            | "%"
            | "percent"
            | "piece"
            | "pieces"
            | "pc"
            | "pcs"
            | "per"
            | "way"
            | "ply"
            | "grain"
            | "comp"
            | "compartment"
            | "cmpt"
            | "cell"
            | "section"
            | "day"
            | "days"
    )
}

/// The number as a count of cases, or why it is none.
pub fn whole_cases(number: u64, more: bool) -> CountSaid {
    match u32::try_from(number) {
        Ok(0) => CountSaid::Refused("a quantity must be at least 1 case".to_owned()),
        Ok(count) if count <= QUANTITY_LIMIT => CountSaid::Cases { count, more },
        _ => CountSaid::Refused("a quantity is at most 99,999,999 cases".to_owned()),
    }
}

fn in_words(text: &str) -> Option<u64> {
    const SMALL: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place =
        |table: &[&str]| table.iter().position(|entry| *entry == text).and_then(|p| u64::try_from(p).ok());
    match text {
        "a" | "an" => Some(1),
        "dozen" => Some(12),
        "fifteen" => Some(15),
        "hundred" => Some(100),
        _ => place(&SMALL).or_else(|| place(&TENS).map(|tens| (tens + 2) * 10)),
    }
}

/// A number at a place: its value, or its words', and the tokens it takes.
fn number(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let first = word(tokens, at);
    if let Some(value) = whole(first) {
        // `3 doz cases`
        let dozens = matches!(word(tokens, at + 1), "doz" | "dozen" | "dz") && is_case(word(tokens, at + 2));
        return Some(if dozens { (value.saturating_mul(12), 2) } else { (value, 1) });
    }
    // “Half a dozen.”
    if first == "half" {
        let a = usize::from(word(tokens, at + 1) == "a");
        return matches!(word(tokens, at + 1 + a), "doz" | "dozen" | "dz").then_some((6, 2 + a));
    }
    let value = in_words(first)?;
    match (value, word(tokens, at + 1)) {
        (20..=90, small)
            if value % 10 == 0 && in_words(small).is_some_and(|ones| (1..10).contains(&ones)) =>
        {
            Some((value + in_words(small)?, 2))
        }
        (_, "dozen") => Some((value * 12, 2)),
        (1..=19, "hundred") => Some((value * 100, 2)),
        _ => Some((value, 1)),
    }
}

/// A count beside its unit.
pub fn read(tokens: &[Token], at: usize) -> Option<(CountSaid, usize)> {
    let mut place = at;
    let negative =
        word(tokens, at) == "-" && tokens.get(at + 1).is_some_and(|next| next.from == tokens[at].to);
    // “Minus 5 cases” of what is only now wanted.
    let negative = negative || word(tokens, at) == "minus" && count_of_cases(tokens, at + 1);
    if negative {
        place += 1;
    }
    if let Some((value, length)) = slot(tokens, at).or_else(|| relative(tokens, at)) {
        return Some((value, length));
    }
    let mut more = matches!(word(tokens, place), "another" | "extra");
    if more {
        place += 1;
    }
    let text = word(tokens, place);
    if text == "half" && matches!(word(tokens, place + 1), "a" | "of") {
        let unit = place + 2 + usize::from(word(tokens, place + 2) == "a");
        if is_case(word(tokens, unit)) {
            let why = "“half a case” is not one whole number of cases".to_owned();
            return Some((CountSaid::Open(why), unit + 1 - at));
        }
    }
    if text == "half" && is_case(word(tokens, place + 1)) {
        return Some((
            CountSaid::Open("“half a case” is not one whole number of cases".to_owned()),
            place + 2 - at,
        ));
    }
    // “Zero of the tuna.”
    if matches!(text, "zero" | "0") && word(tokens, place + 1) == "of" {
        return Some((counted(0, more, negative), place + 2 - at));
    }
    if let Some((digits, unit)) = text.split_at_checked(text.bytes().take_while(u8::is_ascii_digit).count())
        && !digits.is_empty()
        && (is_case(unit) || unit == "x")
    {
        return Some((counted(whole(digits)?, more, negative), place + 1 - at));
    }
    // “Hairnets -3”: a sign that stands apart from the word before it and touches the number.
    let apart =
        at > 0 && tokens[at - 1].to < tokens[at].from && tokens[at - 1].norm.starts_with(char::is_alphabetic);
    let ends = matches!(word(tokens, place + 1), "" | "," | "." | "\n" | ";");
    if negative
        && apart
        && ends
        && word(tokens, at) == "-"
        && let Some(value) = whole(text)
    {
        return Some((counted(value, more, negative), place + 1 - at));
    }
    // “Make it -40.”
    let before = at.checked_sub(1).map_or("", |before| word(tokens, before));
    if negative
        && matches!(before, "it" | "that" | "them" | "to" | "those" | "of")
        && let Some(value) = whole(text)
        && matches!(word(tokens, place + 1), "" | "." | "," | "!" | "\n")
    {
        return Some((counted(value, false, true), 2));
    }
    let fraction =
        has_decimals(text) || text.split_once('-').is_some_and(|(a, b)| whole(a).and(whole(b)).is_some());
    let (value, length) = if fraction { (0, 1) } else { number(tokens, place)? };
    place += length;
    if !fraction
        && (word(tokens, place), word(tokens, place + 1), word(tokens, place + 2)) == ("and", "a", "half")
    {
        let unit = usize::from(is_case(word(tokens, place + 3)));
        let said = CountSaid::Open(format!("“{value} and a half” is not one whole number of cases"));
        return Some((said, place + 3 + unit - at));
    }
    // “There's an extra Friday in there” counts nothing.
    let article = length == 1 && matches!(text, "a" | "an");
    if article && matches!(word(tokens, place), "extra" | "additional") && !is_case(word(tokens, place + 1)) {
        return None;
    }
    // “A dozen of the shredded cheddar.”
    let dozens = matches!(word(tokens, place - 1), "dozen" | "doz" | "dz");
    if dozens && !fraction && word(tokens, place) == "of" {
        return Some((counted(value, more, negative), place + 1 - at));
    }
    if matches!(word(tokens, place), "more" | "extra" | "additional" | "full") {
        more = word(tokens, place) != "full";
        place += 1;
    }
    let unit = word(tokens, place);
    let cases = usize::from(is_case(unit));
    if !fraction
        && matches!(word(tokens, place + cases), "less" | "fewer")
        && word(tokens, place + cases + 1) != "the"
    {
        let count = u32::try_from(value).ok().filter(|count| *count > 0)?;
        return Some((CountSaid::Fewer(count), place + cases + 1 - at));
    }
    if is_case(unit) {
        place += 1;
        let said = if fraction {
            CountSaid::Open(format!("“{text}” is not one whole number of cases"))
        } else {
            counted(value, more, negative)
        };
        return Some((said, place - at));
    }
    // “24 each”: what it is said of has this count.
    if matches!(unit, "each" | "ea" | "apiece")
        && !fraction
        && length == 1
        && (1..=MOST_EACH).contains(&value)
    {
        return Some((counted(value, more, negative), place - at));
    }
    let next = word(tokens, place + 1);
    // “300 lb diced chicken”: no pack is as heavy.
    let heavy =
        matches!(unit, "lb" | "lbs" | "pounds") && value >= HEAVY && next.starts_with(char::is_alphabetic);
    let by_weight = is_measure(unit) && (next == "of" || heavy) && !fraction;
    if more && !fraction && !is_measure(unit) && !matches!(unit, "large" | "virgin" | "sharp" | "wide") {
        return Some((counted(value, true, negative), place - at));
    }
    let served = matches!(unit, "servings" | "serving" | "svgs" | "portions" | "meals" | "kids" | "students");
    if matches!(unit, "pallet" | "pallets" | "truckload" | "truckloads" | "skid" | "skids")
        || by_weight
        || served && !fraction
    {
        if let Some(told) = in_cases(tokens, place + 1) {
            return Some((told.0, told.1 - at));
        }
        let said = format!("quantities are in cases; how many cases are {value} {unit}?");
        return Some((CountSaid::Open(said), place + 1 - at));
    }
    None
}

/// Whether a number of cases follows, and ends what is said.
fn count_of_cases(tokens: &[Token], at: usize) -> bool {
    whole(word(tokens, at)).is_some()
        && is_case(word(tokens, at + 1))
        && matches!(word(tokens, at + 2), "" | "." | "," | "!" | "\n")
}

/// “Two pallets is ninety-six cases”: what another measure comes to, and where that ends.
fn in_cases(tokens: &[Token], at: usize) -> Option<(CountSaid, usize)> {
    if !matches!(word(tokens, at), "is" | "are" | "=" | "so" | "makes") {
        return None;
    }
    let (value, length) = number(tokens, at + 1)?;
    let unit = at + 1 + length;
    is_case(word(tokens, unit)).then(|| (whole_cases(value, false), unit + 1))
}

/// `same count of`, `same amount for`, `double`, `twice`.
fn relative(tokens: &[Token], at: usize) -> Option<(CountSaid, usize)> {
    let skip = usize::from(word(tokens, at) == "the");
    match (word(tokens, at + skip), word(tokens, at + skip + 1)) {
        ("same", "of") if skip > 0 || matches!(word(tokens, at + skip + 2), "the" | "those" | "that") => {
            Some((CountSaid::Same, skip + 2))
        }
        // “Same as the smileys”, where a count is asked for.
        ("same", "as") if at == 0 && word(tokens, at + skip + 2) == "the" => {
            let from = at + skip + 3;
            let to = from + tokens.iter().skip(from).take_while(|token| token.is_word()).count();
            (to > from && to == tokens.len()).then_some((CountSaid::SameAs(from, to), to - at))
        }
        ("same", "count" | "quantity" | "qty" | "amount" | "amt" | "number" | "cases" | "cs") => {
            // “Same count as the choc chip.”
            let from = at + skip + 3;
            let named = tokens.iter().skip(from).take_while(|token| {
                token.is_word() && !matches!(token.norm.as_str(), "and" | "at" | "but" | "for" | "with")
            });
            let to = from + named.count();
            if word(tokens, from - 1) == "as" && to > from {
                return Some((CountSaid::SameAs(from, to), to - at));
            }
            let of = usize::from(matches!(word(tokens, at + skip + 2), "of" | "for" | "on"));
            let cases = usize::from(of == 1 && is_case(word(tokens, at + skip + 3)));
            Some((CountSaid::Same, skip + 2 + of + cases))
        }
        // “Double chocolate muffins” are one thing.
        (
            times @ ("double" | "triple"),
            "the" | "that" | "it" | "those" | "them" | "all" | "both" | "everything" | "my" | "our" | "their"
            | "up" | "",
        ) => Some((CountSaid::Times(if times == "double" { 2 } else { 3 }), skip + 1)),
        // “Add grape too, half as many.”
        (times @ ("half" | "twice" | "double"), "as")
            if word(tokens, at + skip + 2) == "many" && word(tokens, at + skip + 3) != "as" =>
        {
            let of = usize::from(word(tokens, at + skip + 3) == "of");
            let count = if times == "half" { CountSaid::Half } else { CountSaid::Times(2) };
            Some((count, skip + 3 + of))
        }
        ("half", "that" | "it" | "those") => Some((CountSaid::Half, skip + 1)),
        ("halve", _) => Some((CountSaid::Half, skip + 1)),
        _ => None,
    }
}

fn counted(value: u64, more: bool, negative: bool) -> CountSaid {
    if negative {
        return CountSaid::Refused("a quantity cannot be negative".to_owned());
    }
    whole_cases(value, more)
}

/// `qty 120`, `quantity: 120`, `x 120`, `x120`.
fn slot(tokens: &[Token], at: usize) -> Option<(CountSaid, usize)> {
    let first = word(tokens, at);
    // `12 cases of X1`: after “of”, or in a capital, it is an item's code.
    let is_code = at.checked_sub(1).is_some_and(|before| word(tokens, before) == "of")
        || tokens.get(at).is_some_and(|token| token.text.starts_with('X'));
    if let Some(count) = first.strip_prefix('x').and_then(whole).filter(|_| !is_code) {
        let unit = usize::from(is_case(word(tokens, at + 1)));
        return Some((whole_cases(count, false), 1 + unit));
    }
    if !matches!(first, "qty" | "quantity" | "x" | "×" | "*") {
        return None;
    }
    let mut place = at + 1;
    while matches!(word(tokens, place), ":" | "of" | "to" | "=" | "is") {
        place += 1;
    }
    let negative = word(tokens, place) == "-";
    place += usize::from(negative);
    let value = whole(word(tokens, place))?;
    place += 1;
    if is_measure(word(tokens, place)) {
        return None;
    }
    let unit = usize::from(is_case(word(tokens, place)));
    Some((counted(value, false, negative), place + unit - at))
}
