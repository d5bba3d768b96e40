//! The parts of a message that answer open questions.
//!
//! Owns taking them out of the message and doing what was shown when they were asked.

use crate::chat::catalogue::LookupError;
use crate::chat::grammar;
use crate::chat::interpret::Reading;
use crate::chat::mention::Mention;
use crate::chat::question::{Question, Slot};
use crate::chat::reply::{self, Reply};
use crate::chat::sheet::Sheet;
use crate::chat::token::{Token, whole};
use crate::chat::wording::clipped;
use crate::document::{Base, Change, PriceRule};

/// Take out of the message what answers open questions, and do it.
pub fn answers(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: Vec<Token>) -> Vec<Token> {
    if let Some((counts, each)) = reply::counts(&tokens)
        && let Some(place) =
            open.iter().position(|question| question.slot == Slot::Quantity && !question.lines.is_empty())
        && open.iter().all(|question| question.choices.is_empty() || question.slot == Slot::SchoolYear)
        && fill_counts(sheet, &open[place], &counts, each)
    {
        open.remove(place);
        return Vec::new();
    }
    // “Both turkey”: one choice of each question.
    if let Some(count) = each_of_both(&tokens)
        && let [question] =
            &open.iter().filter(|question| question.slot == Slot::Item).collect::<Vec<_>>()[..]
        && question.choices.len() == 2
    {
        let question = Question::clone(question);
        open.retain(|known| *known != question);
        for choice in &question.choices {
            for change in &choice.changes {
                let (Change::AddLine { item_code, quantity, price, .. }, Some(line_id)) =
                    (change, sheet.line_id())
                else {
                    continue;
                };
                sheet.understood("both", choice.label.clone(), "one of the choices");
                sheet.make(Change::AddLine {
                    line_id,
                    item_code: item_code.clone(),
                    quantity: count.or(*quantity),
                    price: *price,
                });
            }
        }
        return Vec::new();
    }
    let both = |token: &Token| matches!(token.norm.as_str(), "both" | "all");
    let for_both =
        matches!(&tokens[..], [.., how, last] if matches!(how.norm.as_str(), "for" | "on") && both(last));
    let led = tokens.first().is_some_and(both);
    let rest = if led { &tokens[1..] } else { &tokens[..tokens.len().saturating_sub(2)] };
    if (led || for_both) && open.len() > 1 {
        let asked: Vec<Question> =
            open.iter().filter(|question| question.slot == Slot::Item).cloned().collect();
        let text: Vec<&str> =
            rest.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
        let each = |question: &Question| reply::named(question, &text.join(" "));
        if asked.len() > 1 && !text.is_empty() && asked.iter().all(|question| each(question).is_some()) {
            for question in asked {
                take_reply_of(sheet, open, &question, &text.join(" "));
            }
            return Vec::new();
        }
    }
    let ends = |token: &Token| matches!(token.norm.as_str(), "," | "and" | "." | ";" | "\n" | "!" | "for");
    // “Big timber, not the spicy”: its parts may answer what the whole does not.
    let parts: Vec<&[Token]> = tokens.split(ends).filter(|part| !part.is_empty()).collect();
    let picks = |part: &[Token]| matches!(reply::read(part, open), Reply::Picks(..));
    let counts = parts.iter().any(|part| reply::counts(part).is_some());
    let unclear = matches!(reply::read(&tokens, open), Reply::Unclear(_));
    let in_parts = parts.len() > 1 && (counts || unclear) && parts.iter().any(|part| picks(part));
    if !in_parts && take_reply(sheet, open, &tokens) {
        return Vec::new();
    }
    if let Some(place) = open.iter().position(|question| question.slot == Slot::Price)
        && let Some(changes) = directed(&open[place], &tokens)
    {
        open.remove(place);
        sheet.understood(
            tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" "),
            "over the price that is named",
            "that was asked",
        );
        changes
            .into_iter()
            .filter(|change| sheet.fits(change))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|change| sheet.make(change));
        return Vec::new();
    }
    // “Pouches @ 62.85”: what is picked, and its price.
    let priced = tokens.iter().position(|token| matches!(token.norm.as_str(), "@" | "at" | "$"));
    if let Some(at) = priced.filter(|&at| at > 0 && !tokens[..at].iter().any(|token| token.norm == ","))
        && take_reply(sheet, open, &tokens[..at])
    {
        return tokens[at..].to_vec();
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

impl Reading<'_> {
    /// “30 cheese 20 pep”: of what is asked, several choices, each with its count. Whether the mention is one.
    pub fn picks_counted(&mut self, mention: &Mention) -> Result<bool, LookupError> {
        let plain = mention.verb.is_none_or(|verb| matches!(verb, grammar::Verb::Add | grammar::Verb::Quote));
        if self.open.is_empty() || !plain || mention.correction || mention.negated || mention.for_whom {
            return Ok(false);
        }
        let parts = self.proposing().take_apart(mention)?;
        let Some(grammar::CountSaid::Cases { count, more: false }) = parts.count else { return Ok(false) };
        if parts.text.is_empty() || !parts.codes.is_empty() {
            return Ok(false);
        }
        let named = |question: &Question| {
            (question.slot == Slot::Item).then(|| reply::named(question, &parts.text)).flatten()
        };
        let mut asked =
            self.open.iter().enumerate().filter_map(|(at, question)| Some((at, named(question)?)));
        let (Some((at, place)), None) = (asked.next(), asked.next()) else { return Ok(false) };
        let picked = self.open[at].choices[place].clone();
        let mut made = false;
        for change in picked.changes {
            let Some(line_id) = self.sheet.line_id() else { continue };
            let change = match change {
                Change::AddLine { item_code, price, .. } => {
                    Change::AddLine { line_id, item_code, quantity: Some(count), price }
                }
                Change::SetQuantity { line_id, .. } => Change::SetQuantity { line_id, quantity: count },
                other => other,
            };
            if self.sheet.fits(&change) {
                self.sheet.make(change);
                made = true;
            }
        }
        if made {
            self.sheet.understood(
                clipped(&parts.text),
                format!("{count} cases {} ({})", picked.label, picked.detail),
                "one of the choices",
            );
            self.picked.push(at);
        }
        Ok(made)
    }
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

/// “Both, 15 each”, “half and half, 25 of each”: both of two, with that count where one is said.
fn each_of_both(tokens: &[Token]) -> Option<Option<u32>> {
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| token.norm.as_str())
        .filter(|word| !matches!(*word, "," | "." | "!" | "please" | "pls" | "of" | "cs" | "cases" | "them"))
        .collect();
    let rest = match &words[..] {
        ["both", rest @ ..] | ["half", "and" | "n", "half", rest @ ..] | ["one", "each", rest @ ..] => rest,
        rest @ [_, "each"] => rest,
        _ => return None,
    };
    match rest {
        [] => Some(None),
        [count] | [count, "each" | "ea" | "apiece"] => match grammar::whole_cases(whole(count)?, false) {
            grammar::CountSaid::Cases { count, .. } => Some(Some(count)),
            _ => None,
        },
        _ => None,
    }
}

/// “Off list”, “over last year”: which way a move goes, and from what.
fn directed(question: &Question, tokens: &[Token]) -> Option<Vec<Change>> {
    let words: Vec<&str> =
        tokens.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
    let (way, of) = words.split_first()?;
    let rises = match *way {
        "over" | "above" => true,
        "off" | "under" | "below" => false,
        _ => return None,
    };
    let base = match of {
        ["list"] | ["the", "list"] => Base::List,
        ["last", "year" | "years" | "year's"] => Base::LastYear,
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

/// Take what a text picks of one question.
fn take_reply_of(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, question: &Question, text: &str) {
    let Some(at) = open.iter().position(|known| known == question) else { return };
    if let Some(place) = reply::named(question, text) {
        pick(sheet, open, at, place, text.to_owned());
    }
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
