//! What of a pasted mail or list is no message: sender and date lines, list numbers, rows of dots, telephone
//! numbers.
//!
//! Owns those forms. What it does not know stays; a signature can name the customer, so it stays too.

use std::ops::Range;

use crate::chat::token::{Token, whole, word};

/// The tokens without what only frames them.
pub fn body(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    let mut speech = false;
    while at < tokens.len() {
        // What somebody said stands between signs that no number of inches has.
        if matches!(word(&tokens, at), "\"" | "“" | "”") {
            let apart = at == 0 || tokens[at - 1].to < tokens[at].from || word(&tokens, at - 1) == "\n";
            if apart || speech {
                speech = apart && !speech;
                at += 1;
                continue;
            }
        }
        let begins = at == 0 || word(&tokens, at - 1) == "\n";
        let framing = if begins { framing(&tokens, at) } else { 0 };
        let framing = framing.max(aside(&tokens, at));
        let named = tokens[at].norm.as_str();
        let number = NUMBERS.iter().position(|known| *known == named);
        if let Some(number) =
            number.filter(|_| at > 0 && matches!(word(&tokens, at - 1), "district" | "dist"))
        {
            // “District one” is District 1.
            let digits = (number + 1).to_string();
            out.push(Token { text: digits.clone(), norm: digits, ..tokens[at].clone() });
            at += 1;
            continue;
        }
        if bracketed(&tokens, at) {
            let sign = &tokens[at];
            out.push(Token { text: ",".to_owned(), norm: ",".to_owned(), ..sign.clone() });
            at += 3;
            continue;
        }
        let skipped = framing.max(dots(&tokens, at)).max(telephone(&tokens, at)).max(ordinal(&tokens, at));
        if numbers_list(&tokens, at) {
            let sign = &tokens[at + 1];
            out.push(Token { text: ",".to_owned(), norm: ",".to_owned(), ..sign.clone() });
            at += 2;
            continue;
        }
        // `64,Chicken strips,6/5 lb`: a row of a table begins with its count.
        let row = begins
            && whole(word(&tokens, at)).is_some()
            && word(&tokens, at + 1) == ","
            && tokens.get(at + 2).is_some_and(|next| {
                next.from == tokens[at + 1].to && next.norm.starts_with(char::is_alphabetic)
            });
        if row {
            out.push(tokens[at].clone());
            at += 2;
            continue;
        }
        if skipped == 0 {
            out.push(tokens[at].clone());
        }
        at += skipped.max(1);
    }
    out
}

/// Who sent a pasted mail, as its head says: words, without addresses.
pub fn senders(tokens: &[Token]) -> Vec<String> {
    let mut words = Vec::new();
    for line in tokens.split(|token| token.norm == "\n") {
        let at = line.iter().position(|token| token.is_word()).unwrap_or(line.len());
        if word(line, at) == "from" && word(line, at + 1) == ":" {
            let address =
                line.iter().position(|token| token.norm == "<" || token.norm == "@").unwrap_or(line.len());
            let named = line.get(at + 2..address).unwrap_or_default().iter().filter(|token| token.is_word());
            words.extend(named.map(|token| token.text.clone()));
        }
    }
    words
}

/// Where the subject of a pasted mail stands in the message, in bytes.
pub fn subject(tokens: &[Token]) -> Option<Range<usize>> {
    let mut lines = tokens.split(|token| token.norm == "\n");
    lines.find_map(|line| {
        let at = line.iter().position(Token::is_word)?;
        let subject =
            matches!(word(line, at), "subject" | "subj" | "fw" | "fwd") && word(line, at + 1) == ":";
        // “Fwd: 40 cs tots” is no title.
        let plain = line.iter().all(|token| !token.is_number());
        (subject && (plain || word(line, at).starts_with("subj")))
            .then(|| line[at].from..line.last().map_or(line[at].to, |last| last.to))
    })
}

/// The numbers of districts that are written out.
const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Whether a number counts rows: `001`.
fn is_row_number(word: &str) -> bool {
    word.len() == 3 && word.starts_with('0') && whole(word).is_some()
}

/// How much at the head of a line frames it.
fn framing(tokens: &[Token], at: usize) -> usize {
    let end = (at..tokens.len()).find(|&end| word(tokens, end) == "\n").unwrap_or(tokens.len());
    let signs = (at..end).take_while(|&place| !tokens[place].is_word()).count();
    let first = at + signs;
    match (word(tokens, first), word(tokens, first + 1)) {
        ("forwarded", "message") | ("original", "message") => end - at,
        ("from" | "to" | "cc" | "bcc" | "sent" | "date", ":") => end - at,
        // “Line 1  Pizza … 75 cs”.
        ("line" | "item", number) if whole(number).is_some() && lines(tokens, word(tokens, first)) > 1 => {
            signs + 2
        }
        ("subject" | "subj" | "re" | "fw" | "fwd", ":") => {
            let mut next = first + 2;
            while matches!(word(tokens, next), "re" | "fw" | "fwd") && word(tokens, next + 1) == ":" {
                next += 2;
            }
            next - at
        }
        // `001 BEAN BLACK`, above `002 MIXED FRUIT`.
        (number, next)
            if is_row_number(number)
                && next.starts_with(char::is_alphabetic)
                && tokens.iter().filter(|token| is_row_number(&token.norm)).count() > 1 =>
        {
            signs + 1
        }
        // `001 | D516 | Yogurt`, `1 - raisins` above `2 - corn`: the number counts the rows.
        (number, "|" | "-") if rows(tokens, at, end, number) => signs + 2,
        // `1. Bean burritos`, `2) Corn`: the number counts the list.
        (number, "." | ")")
            if whole(number).is_some_and(|number| number <= 99)
                && tokens[first].to == tokens[first + 1].from
                && tokens
                    .get(first + 2)
                    .is_some_and(|next| next.is_word() && next.from > tokens[first + 1].to)
                && !matches!(word(tokens, at), "(") =>
        {
            signs + 2
        }
        _ => 0,
    }
}

/// How many lines begin with a word and a number.
fn lines(tokens: &[Token], head: &str) -> usize {
    let begins = |at: &usize| *at == 0 || word(tokens, at - 1) == "\n";
    let numbered = |at: &usize| word(tokens, *at) == head && whole(word(tokens, at + 1)).is_some();
    (0..tokens.len()).filter(|at| begins(at) && numbered(at)).count()
}

/// Whether the number before a sign is the first of a row of such, or follows one.
fn rows(tokens: &[Token], at: usize, end: usize, number: &str) -> bool {
    let Some(number) = whole(number).filter(|number| (1..=200).contains(number)) else { return false };
    let next =
        whole(word(tokens, end + 1)) == Some(number + 1) && word(tokens, end + 2) == word(tokens, at + 1);
    let line = tokens[..at].iter().rev().skip(1).take_while(|token| token.norm != "\n").count();
    let before = at.checked_sub(line + 1).map_or("", |first| word(tokens, first));
    next || number > 1 && whole(before) == Some(number - 1)
}

/// “Sent from my phone”, “30 is fine”.
fn aside(tokens: &[Token], at: usize) -> usize {
    let until = |end: &str| (at..tokens.len().min(at + 12)).find(|&place| word(tokens, place) == end);
    match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("(", "not", _) if until(")").is_some() => 1,
        // “30 is fine.”
        ("is", "fine" | "good" | "right" | "ok" | "okay" | "plenty" | "enough", _)
            if at > 0 && whole(word(tokens, at - 1)).is_some() =>
        {
            2
        }
        // “Feeding minds since 1994.”
        ("since", year, _) if year.len() == 4 && whole(year).is_some() => 2,
        // “30 bags, I mean cases”.
        ("bags" | "boxes" | "packs" | "units" | "bx", _, _) => {
            let from = at + 1 + usize::from(word(tokens, at + 1) == ",");
            let means = word(tokens, from) == "i" && matches!(word(tokens, from + 1), "mean" | "meant");
            if means && matches!(word(tokens, from + 2), "cases" | "cs") { from + 2 - at } else { 0 }
        }
        // “On Mar 6, 2026, at 2:10 PM, Lori wrote:”.
        ("on", _, _) if at == 0 || matches!(word(tokens, at - 1), "\n" | ">") => {
            let line = (at..tokens.len().min(at + 24)).take_while(|&place| word(tokens, place) != "\n");
            let clock = line.clone().find(|&place| matches!(word(tokens, place), "am" | "pm"));
            let wrote = line.into_iter().any(|place| word(tokens, place) == "wrote");
            clock.filter(|_| wrote).map_or(0, |end| end + 1 - at)
        }
        // “Half n half, 25 cheese 25 chicken”: what follows says it.
        ("half", "n" | "and", "half")
            if matches!(word(tokens, at + 3), "," | "?" | "." | "-" | ":")
                && whole(word(tokens, at + 4)).is_some() =>
        {
            4
        }
        // “All right, 37 then”: of no line.
        ("all", "right", _) => 2,
        // “One more thing”, “one more from Tammy”: no count.
        ("one", "more", next)
            if matches!(
                next,
                "thing" | "from" | "time" | "question" | "request" | "quote" | ":" | "," | "!"
            ) =>
        {
            2 + usize::from(matches!(next, "thing" | "question" | "request" | "quote"))
        }
        ("sent", "from", "my") => until("\n").unwrap_or(tokens.len().min(at + 12)) - at,
        _ => 0,
    }
}

/// “1) carrots 50 2) broccoli 30”: the number parts like a comma.
fn numbers_list(tokens: &[Token], at: usize) -> bool {
    let opened = tokens[..at].iter().rev().take(12).find(|token| matches!(token.norm.as_str(), "(" | ")"));
    at > 0
        && word(tokens, at - 1) != "\n"
        && whole(word(tokens, at)).is_some_and(|number| (1..=60).contains(&number))
        && word(tokens, at + 1) == ")"
        && tokens[at].to == tokens[at + 1].from
        && tokens.get(at + 2).is_some_and(|next| next.is_word())
        && opened.is_none_or(|sign| sign.norm == ")")
}

/// “(1) turkey gravy (2) potatoes”: the numbers of a list.
fn bracketed(tokens: &[Token], at: usize) -> bool {
    let number = |at: usize| {
        let signs = word(tokens, at) == "(" && word(tokens, at + 2) == ")";
        whole(word(tokens, at + 1)).filter(|number| signs && *number <= 60)
    };
    let Some(here) = number(at) else { return false };
    let listed = |step: u64, range: std::ops::Range<usize>| {
        range.into_iter().any(|place| number(place).is_some_and(|other| other + step == here + 1))
    };
    here == 1 && listed(0, at + 3..tokens.len().min(at + 20))
        || here > 1 && listed(2, at.saturating_sub(20)..at)
}

/// “Quote #2”: which quote of the day it is.
fn ordinal(tokens: &[Token], at: usize) -> usize {
    let quote = at > 0 && matches!(word(tokens, at - 1), "quote" | "draft" | "option");
    let numbered = word(tokens, at) == "#" && whole(word(tokens, at + 1)).is_some_and(|number| number <= 99);
    if quote && numbered { 2 } else { 0 }
}

/// A row of dots leads from an item to its count.
fn dots(tokens: &[Token], at: usize) -> usize {
    let row = tokens[at..].iter().take_while(|token| token.norm == ".").count();
    let leads = tokens.get(at + row).is_some_and(|next| whole(&next.norm).is_some());
    if row >= 2 && leads { row } else { 0 }
}

/// `(651) 555-0172`, `651-555-0172`, `555-0172`.
fn telephone(tokens: &[Token], at: usize) -> usize {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let local = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        parts.len() > 1 && parts.iter().all(|part| digits(part)) && matches!(lengths[..], [3, 4] | [3, 3, 4])
    };
    if word(tokens, at) == "("
        && word(tokens, at + 1).len() == 3
        && digits(word(tokens, at + 1))
        && word(tokens, at + 2) == ")"
        && local(word(tokens, at + 3))
    {
        return 4;
    }
    usize::from(local(word(tokens, at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::token::tokenize;

    #[test]
    fn what_frames_a_pasted_mail_is_left_out() {
        let mail = "---- Forwarded message ----\nFrom: Gwen\nSubject: quote\n\n1. Bean burritos ..... 70 cs\n2) Corn 5\n\
                    Gwen (651) 555-0172";
        let left: Vec<String> = body(tokenize(mail)).into_iter().map(|token| token.norm).collect();
        let left = left.join(" ");
        assert_eq!(left, "\n \n quote \n \n bean burritos 70 cs \n corn 5 \n gwen");
    }

    #[test]
    fn numbers_that_say_something_stay() {
        for said in ["2.5 oz patty", "120 cs.", "5 comp trays", "10412. and more", "26-27", "555 cs"] {
            assert_eq!(body(tokenize(said)), tokenize(said), "{said}");
        }
    }
}
