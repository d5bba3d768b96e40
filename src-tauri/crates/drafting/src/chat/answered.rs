//! The parts of a message that answer open questions.
//!
//! Owns taking them out of the message and doing what was shown when they were asked.

mod several;

use crate::chat::grammar;
use crate::chat::question::{Question, Slot};
use crate::chat::reply::{self, Reply};
use crate::chat::sheet::Sheet;
use crate::chat::states;
use crate::chat::token::{Token, whole};
use crate::chat::wording::clipped;
use crate::document::{Base, Change, PriceRule};

/// Take out of the message what answers open questions, and do it.
pub fn answers(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: Vec<Token>) -> Vec<Token> {
    let tokens = years_end(open, tokens);
    if let Some((counts, each)) = reply::counts(&tokens)
        && let Some(place) =
            open.iter().position(|question| question.slot == Slot::Quantity && !question.lines.is_empty())
        && open.iter().all(|question| question.choices.is_empty() || question.slot == Slot::SchoolYear)
        && fill_counts(sheet, &open[place], &counts, each)
    {
        open.remove(place);
        return Vec::new();
    }
    if several::both_of_two(sheet, open, &tokens) || several::one_of_each(sheet, open, &tokens) {
        return Vec::new();
    }
    let ends = |token: &Token| matches!(token.norm.as_str(), "," | "and" | "." | ";" | "\n" | "!" | "for");
    // “Big timber, not the spicy”: its parts may answer what the whole does not.
    let parts: Vec<&[Token]> = tokens.split(ends).filter(|part| !part.is_empty()).collect();
    let picks = |part: &[Token]| matches!(reply::read(part, open), Reply::Picks(..));
    let counts = parts.iter().any(|part| reply::counts(part).is_some());
    let unclear = matches!(reply::read(&tokens, open), Reply::Unclear(_));
    // “FF. And skim 50”: what goes on to a count is no part of the answer.
    let goes_on =
        |part: &[Token]| part.len() > 1 && part.last().is_some_and(|last| whole(&last.norm).is_some());
    let counted = parts.iter().skip(1).any(|part| goes_on(part));
    let in_parts = parts.len() > 1 && (counts || unclear || counted) && parts.iter().any(|part| picks(part));
    if moved(sheet, open, &tokens) || !in_parts && take_reply(sheet, open, &tokens) {
        return Vec::new();
    }
    // “Pouches @ 62.85”: what is picked, and its price.
    let priced = tokens.iter().position(|token| matches!(token.norm.as_str(), "@" | "at" | "$"));
    if let Some(at) = priced.filter(|&at| at > 0 && !tokens[..at].iter().any(|token| token.norm == ","))
        && take_reply(sheet, open, &tokens[..at])
    {
        return tokens[at..].to_vec();
    }
    // “MI 26-27”: the state alone, and what follows.
    let state = tokens.first().is_some_and(|first| {
        states::full_name(&first.norm).is_some() && first.text.bytes().all(|b| b.is_ascii_uppercase())
    });
    if state && tokens.len() > 1 && take_reply(sheet, open, &tokens[..1]) {
        return tokens[1..].to_vec();
    }
    let mut left = Vec::new();
    for part in tokens.split_inclusive(ends) {
        let body = part.len() - usize::from(part.last().is_some_and(ends));
        // “120 for the pizza” is of the pizza, whatever waits for a count.
        let for_it = part.last().is_some_and(|token| token.norm == "for");
        if body < tokens.len() && !for_it && count_alone(sheet, open, &part[..body]) {
            continue;
        }
        if body == tokens.len() || !take_reply(sheet, open, &part[..body]) {
            left.extend_from_slice(part);
        }
    }
    left
}

/// “27”, where it is asked for which school year: the year it is, which may be either end.
fn years_end(open: &[Question], mut tokens: Vec<Token>) -> Vec<Token> {
    let asked = |slot| open.iter().any(|question| question.slot == slot);
    let counted = asked(Slot::Quantity) || asked(Slot::Item);
    if let [only] = &mut tokens[..]
        && asked(Slot::SchoolYear)
        && !counted
        && only.norm.len() == 2
        && whole(&only.norm).is_some_and(|year| (20..=60).contains(&year))
    {
        only.norm = format!("20{}", only.norm);
    }
    tokens
}

/// “Choc, 300”, “18, 26-27”: a number by itself counts what was picked just now, or the one line that waits for its
/// count.
fn count_alone(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: &[Token]) -> bool {
    let Some((counts, false)) = reply::counts(tokens) else { return false };
    let [count] = counts[..] else { return false };
    let grammar::CountSaid::Cases { count, .. } = grammar::whole_cases(count, false) else { return false };
    let picked = sheet.focus.clone().filter(|focus| sheet.added.contains(focus));
    let picked = picked.filter(|line| sheet.line(line).is_some_and(|line| line.quantity.is_none()));
    let waiting =
        open.iter().position(|question| question.slot == Slot::Quantity && question.lines.len() == 1);
    let choosing =
        open.iter().any(|question| !question.choices.is_empty() && question.slot != Slot::SchoolYear);
    let line_id = match (picked, waiting) {
        (Some(line), _) => line,
        (None, Some(place)) if !choosing => open.remove(place).lines.swap_remove(0),
        _ => return false,
    };
    let change = Change::SetQuantity { line_id, quantity: count };
    if sheet.fits(&change) {
        sheet.understood(count.to_string(), format!("{count} cases"), "that was asked");
        sheet.make(change);
    }
    true
}

fn fill_counts(sheet: &mut Sheet<'_>, question: &Question, counts: &[u64], each: bool) -> bool {
    let lines = &question.lines;
    let repeated = counts.len() == 1 && (each || lines.len() == 1);
    if !repeated && counts.len() != lines.len() {
        return false;
    }
    for (place, line_id) in lines.iter().enumerate() {
        let count = counts[if repeated { 0 } else { place }];
        match grammar::whole_cases(count, false) {
            grammar::CountSaid::Cases { count, .. } => {
                let change = Change::SetQuantity { line_id: line_id.clone(), quantity: count };
                if sheet.fits(&change) {
                    sheet.understood(count.to_string(), format!("{count} cases"), "that was asked");
                    sheet.make(change);
                }
            }
            grammar::CountSaid::Refused(why) => sheet.answer(format!("I left the quantity open: {why}")),
            _ => {}
        }
    }
    true
}

/// “Off list”: which way the price moves that is asked about, and from what. Whether it is said.
fn moved(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: &[Token]) -> bool {
    let asked = open.iter().position(|question| question.slot == Slot::Price);
    let Some((place, changes)) = asked.and_then(|at| Some((at, directed(&open[at], tokens)?))) else {
        return false;
    };
    open.remove(place);
    let said: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    sheet.understood(said.join(" "), "over the price that is named", "that was asked");
    for change in changes {
        if sheet.fits(&change) {
            sheet.make(change);
        }
    }
    true
}

/// “Off list”, “up 3 over last year”: which way a move goes, and from what.
fn directed(question: &Question, tokens: &[Token]) -> Option<Vec<Change>> {
    let words: Vec<&str> =
        tokens.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
    let said = words.iter().take_while(|word| !is_way(word)).count();
    // The number is the one that is asked about.
    let plain = |word: &&str| {
        matches!(*word, "up" | "down" | "%" | "percent" | "it's" | "its" | "that's" | "is" | "make" | "it")
            || whole(word).is_some_and(|number| by(question) == Some(number.to_string()))
    };
    let (way, of) = words.get(said..)?.split_first().filter(|_| words[..said].iter().all(plain))?;
    let rises = matches!(*way, "over" | "above");
    let base = match of {
        ["list"] | ["the", "list"] => Base::List,
        ["last", "year" | "years" | "year's" | "yr" | "yrs"] => Base::LastYear,
        _ => return None,
    };
    let moved = |change: &Change| match change {
        Change::SetPrice { line_id, price: PriceRule::Moved { by, .. } }
            if by.decimal().is_sign_positive() == rises =>
        {
            Some(Change::SetPrice {
                line_id: line_id.clone(),
                price: PriceRule::Moved { by: *by, from: base },
            })
        }
        _ => None,
    };
    let changes: Vec<Change> =
        question.choices.iter().flat_map(|choice| &choice.changes).filter_map(moved).collect();
    (!changes.is_empty()).then_some(changes)
}

/// Words that say which way a price moves from another.
fn is_way(word: &str) -> bool {
    matches!(word, "over" | "above" | "off" | "under" | "below")
}

/// By how much the price moves that is asked about.
fn by(question: &Question) -> Option<String> {
    question.choices.iter().flat_map(|choice| &choice.changes).find_map(|change| match change {
        Change::SetPrice { price: PriceRule::Moved { by, .. }, .. } => {
            Some(by.decimal().abs().normalize().to_string())
        }
        _ => None,
    })
}

/// Do what a choice says.
fn pick(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, question: usize, place: usize, said: String) {
    let mut answered = open.remove(question);
    let picked = answered.choices.swap_remove(place);
    let meant = format!("{} ({})", picked.label, picked.detail);
    sheet.understood(said, meant, "one of the choices");
    sheet.chosen(answered.asked.take(), &picked.changes);
    for change in picked.changes {
        if sheet.fits(&change) {
            sheet.make(change);
        }
    }
    if !answered.deferred.is_empty() {
        // The question stays as the carrier of what waited for its answer; it offers nothing more.
        answered.choices.clear();
        open.push(answered);
    }
}

fn take_reply(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: &[Token]) -> bool {
    let said: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let said = said.join(" ");
    match reply::read(tokens, open) {
        Reply::Picks(question, place) => {
            pick(sheet, open, question, place, said);
            true
        }
        Reply::NoneOfThese => {
            for question in open.iter_mut().filter(|question| !question.choices.is_empty()) {
                sheet.answer(format!("Dropped: {}", question.prompt));
                sheet.count_left = sheet.count_left.or_else(|| waiting_count(question));
                question.choices.clear();
            }
            open.retain(|question| !question.deferred.is_empty() || !question.lines.is_empty());
            true
        }
        Reply::Unclear(many) => {
            sheet.answer(format!(
                "“{}” fits {many} answers; say it with its number, like #2, or in words",
                clipped(&said)
            ));
            true
        }
        Reply::No => false,
    }
}

/// The count that waits for the answer.
fn waiting_count(question: &Question) -> Option<u32> {
    question.choices.iter().flat_map(|choice| &choice.changes).find_map(|change| match change {
        Change::AddLine { quantity, .. } => *quantity,
        _ => None,
    })
}
