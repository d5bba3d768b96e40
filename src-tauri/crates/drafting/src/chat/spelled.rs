//! Numbers that are written out: “thirty-five cases”, “twenty-six twenty-seven”, “three percent”.
//!
//! Owns putting digits in their place. Leaves alone small numbers without a unit, which may be part of a name
//! (“three cheese”, “the pizza one”).

use crate::chat::grammar::{is_measure, month};
use crate::chat::token::{Token, word};

/// The tokens with digits in the place of numbers that are written out.
pub fn digits(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let (mut values, mut next) = (Vec::new(), at);
        while let Some((value, length)) = number(&tokens, next) {
            values.push(value);
            next += length;
        }
        // “For by six pepperoni”, as it is heard: four by six.
        if matches!(word(&tokens, at), "for" | "four" | "4")
            && word(&tokens, at + 1) == "by"
            && matches!(word(&tokens, at + 2), "six" | "6")
        {
            let (from, to) = (tokens[at].from, tokens[at + 2].to);
            out.push(Token { text: "4x6".to_owned(), norm: "4x6".to_owned(), from, to });
            at += 3;
            continue;
        }
        // “Meatballs one ounce”.
        if word(&tokens, at) == "one"
            && matches!(word(&tokens, at + 1), "ounce" | "oz" | "lb" | "pound" | "inch" | "gallon")
        {
            out.push(Token { text: "1".to_owned(), norm: "1".to_owned(), ..tokens[at].clone() });
            at += 1;
            continue;
        }
        // “Marinara number ten cans”.
        if word(&tokens, at) == "number"
            && matches!(word(&tokens, at + 1), "ten" | "10")
            && word(&tokens, at + 2).starts_with("can")
        {
            let (from, to) = (tokens[at].from, tokens[at + 1].to);
            let middle = to - 1;
            out.push(Token { text: "#".to_owned(), norm: "#".to_owned(), from, to: middle });
            out.push(Token { text: "10".to_owned(), norm: "10".to_owned(), from: middle, to });
            at += 2;
            continue;
        }
        if let Some(length) = ordinal(&tokens, at) {
            let (day, last) = (length.0.to_string(), &tokens[at + length.1 - 1]);
            out.push(Token { text: day.clone(), norm: day, from: tokens[at].from, to: last.to });
            at += length.1;
            continue;
        }
        let half = word(&tokens, next) == "and"
            && word(&tokens, next + 1) == "a"
            && word(&tokens, next + 2) == "half";
        let unit = word(&tokens, if half { next + 3 } else { next });
        let led = at > 0 && matches!(word(&tokens, at - 1), "at" | "@");
        let Some(written) = written(&values, if led && matches!(unit, "" | ",") { "a" } else { unit }) else {
            let end = next.max(at + 1);
            out.extend_from_slice(&tokens[at..end]);
            at = end;
            continue;
        };
        // “Seventy-one dollars and forty cents”.
        let and = next + 1 + usize::from(word(&tokens, next + 1) == "and");
        let cents = number(&tokens, and).filter(|(cents, _)| (10..100).contains(cents));
        let dollars = matches!(word(&tokens, next), "dollars" | "dollar") && values.len() == 1;
        if let Some((cents, length)) = cents.filter(|(_, length)| word(&tokens, and + length) == "cents")
            && dollars
        {
            let amount = format!("{written}.{cents}");
            let last = &tokens[and + length];
            out.push(Token { text: amount.clone(), norm: amount, from: tokens[at].from, to: last.to });
            at = and + length + 1;
            continue;
        }
        // “Twenty twenty-six to twenty twenty-seven”.
        if let [20, year @ 20..=60] = values[..]
            && matches!(word(&tokens, next), "to" | "dash" | "through" | "slash" | "-")
        {
            let (mut ends, mut end) = (Vec::new(), next + 1);
            while let Some((value, length)) = number(&tokens, end) {
                ends.push(value);
                end += length;
            }
            if ends.last() == Some(&(year + 1)) {
                let years = format!("20{year}-{}", year + 1);
                let last = &tokens[end - 1];
                out.push(Token { text: years.clone(), norm: years, from: tokens[at].from, to: last.to });
                at = end;
                continue;
            }
        }
        // “Forty (40) cases”.
        let again = word(&tokens, next) == "("
            && word(&tokens, next + 1) == written
            && word(&tokens, next + 2) == ")";
        next += if again { 3 } else { 0 };
        let halves =
            matches!(values[..], [_]) && word(&tokens, next) == "and" && word(&tokens, next + 1) == "a";
        let halves = halves && word(&tokens, next + 2) == "half";
        let percent = matches!(word(&tokens, next + 3), "%" | "percent" | "pct");
        let written = if halves && percent { format!("{written}.5") } else { written };
        next += if halves && percent { 3 } else { 0 };
        let (first, last) = (&tokens[at], &tokens[next - 1]);
        out.push(Token { text: written.clone(), norm: written, from: first.from, to: last.to });
        at = next;
    }
    out
}

/// What these numbers in a row are in digits; years are said in two parts.
fn written(values: &[u64], unit: &str) -> Option<String> {
    let follow = |one: u64, other: u64| (20..=60).contains(&one) && other == one + 1;
    match *values {
        [one, other] if follow(one, other) => Some(format!("{one}-{other}")),
        [20, year] if (20..=60).contains(&year) => Some(format!("20{year}")),
        [20, one, other] if follow(one, other) => Some(format!("20{one}-{other}")),
        [20, one, 20, other] if follow(one, other) => Some(format!("20{one}-20{other}")),
        // “At thirty-eight fifty a case”.
        [dollars, cents] if matches!(unit, "a" | "per") && (10..100).contains(&cents) => {
            Some(format!("{dollars}.{cents}"))
        }
        [tens @ 1..=9, ones @ 10..=99] if ones % 10 == 0 && !matches!(unit, "a" | "per") => {
            Some((tens * 100 + ones).to_string())
        }
        [value] if value >= 10 && !is_measure(unit) => Some(value.to_string()),
        [value]
            if value >= 2
                && (unit == "of" || is_measure(unit) && !matches!(unit, "cut" | "grain" | "way" | "per")) =>
        {
            Some(value.to_string())
        }
        [value] if value >= 13 || matches!(unit, "%" | "percent" | "pct") => Some(value.to_string()),
        _ => None,
    }
}

/// A number at a place, and the tokens it takes.
fn number(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let text = word(tokens, at);
    if let Some((tens, ones)) = text.split_once('-') {
        let value = tens_of(tens)? + ones_of(ones).filter(|ones| *ones < 10)?;
        return hundreds(tokens, at + 1, value).or(Some((value, 1)));
    }
    if let Some(tens) = tens_of(text) {
        let ones = ones_of(word(tokens, at + 1)).filter(|ones| *ones < 10);
        return Some(ones.map_or((tens, 1), |ones| (tens + ones, 2)));
    }
    if text == "a" {
        return hundreds(tokens, at + 1, 1);
    }
    let ones = ones_of(text)?;
    hundreds(tokens, at + 1, ones).or(Some((ones, 1)))
}

/// “…hundred”, “…hundred and fifty” after a number.
fn hundreds(tokens: &[Token], at: usize, value: u64) -> Option<(u64, usize)> {
    if word(tokens, at) != "hundred" {
        return None;
    }
    let and = usize::from(word(tokens, at + 1) == "and");
    let rest = number(tokens, at + 1 + and).filter(|(rest, _)| (10..100).contains(rest));
    Some(rest.map_or((value * 100, 2), |(rest, length)| (value * 100 + rest, 2 + and + length)))
}

/// “June fifteenth”: the day after a month, and the tokens it takes.
fn ordinal(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    month(word(tokens, at.checked_sub(1)?))?;
    let day = |text: &str| {
        let place = ORDINALS.iter().position(|known| *known == text)?;
        u64::try_from(place + 1).ok()
    };
    let text = word(tokens, at);
    if text == "thirtieth" {
        return Some((30, 1));
    }
    let (tens, ones, length) = match text.split_once('-') {
        Some((tens, ones)) => (tens, ones, 1),
        None => (text, word(tokens, at + 1), 2),
    };
    if let (Some(tens @ (20 | 30)), Some(ones)) = (tens_of(tens), day(ones).filter(|ones| *ones < 10)) {
        return Some((tens + ones, length));
    }
    day(text).map(|day| (day, 1))
}

fn tens_of(word: &str) -> Option<u64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = TENS.iter().position(|known| *known == word).or((word == "fourty").then_some(2))?;
    u64::try_from(place + 2).ok().map(|tens| tens * 10)
}

fn ones_of(word: &str) -> Option<u64> {
    const ONES: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    u64::try_from(ONES.iter().position(|known| *known == word)? + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::token::tokenize;

    fn read(message: &str) -> String {
        let norms: Vec<String> = digits(tokenize(message)).into_iter().map(|token| token.norm).collect();
        norms.join(" ")
    }

    #[test]
    fn numbers_become_digits_and_names_stay() {
        for (said, digits) in [
            ("thirty-five cases and forty five of the fries", "35 cases and 45 of the fries"),
            ("sy twenty-six twenty-seven", "sy 26-27"),
            ("for twenty twenty six twenty seven", "for 2026-27"),
            ("up three percent, one hundred and twenty cs", "up 3 percent , 120 cs"),
            ("three cheese quesadillas, the big one", "three cheese quesadillas , the big one"),
            ("forty (40) cases, a hundred and ten cs", "40 cases , 110 cs"),
            ("at thirty-eight fifty a case, up two and a half percent", "at 38.50 a case , up 2.5 percent"),
            ("good through June twenty-first, May fifteenth", "good through june 21 , may 15"),
            ("six inch tortillas, twelve cases", "6 inch tortillas , 12 cases"),
            ("twelve of the mild, stuffed crust one fifty", "12 of the mild , stuffed crust 150"),
            ("at three fifty a pound", "at 3.50 a pound"),
            ("at forty-six thirty, and eleven", "at 46.30 , and 11"),
            ("seventy-one dollars and forty cents a case", "71.40 a case"),
            ("twenty twenty-six to twenty twenty-seven", "2026-27"),
        ] {
            assert_eq!(read(said), digits);
        }
    }
}
