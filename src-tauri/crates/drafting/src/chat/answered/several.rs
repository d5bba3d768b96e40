//! Answers that pick several choices at once: “both, 15 each”, “both turkey”, “30 cheese 20 pep”.
//!
//! Owns those forms. Takes nothing that does not tell the choices of each question apart.

use super::pick;
use crate::chat::catalogue::LookupError;
use crate::chat::grammar;
use crate::chat::interpret::Reading;
use crate::chat::mention::Mention;
use crate::chat::question::{Question, Slot};
use crate::chat::reply;
use crate::chat::sheet::Sheet;
use crate::chat::token::{Token, whole};
use crate::chat::wording::clipped;
use crate::document::Change;

/// “Both, 15 each”: both choices of the one item that is asked about. Whether it is said.
pub fn both_of_two(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: &[Token]) -> bool {
    let Some(count) = each_of_both(tokens) else { return false };
    let mut asked = open.iter().filter(|question| question.slot == Slot::Item);
    let (Some(question), None) = (asked.next().cloned(), asked.next()) else { return false };
    if question.choices.len() != 2 {
        return false;
    }
    open.retain(|known| *known != question);
    for choice in &question.choices {
        for change in &choice.changes {
            let (Change::AddLine { item_code, quantity, price, .. }, Some(line_id)) =
                (change, sheet.line_id())
            else {
                continue;
            };
            let (item_code, quantity) = (item_code.clone(), count.or(*quantity));
            sheet.understood("both", choice.label.clone(), "one of the choices");
            sheet.make(Change::AddLine { line_id, item_code, quantity, price: *price });
        }
    }
    true
}

/// “Both turkey”, “frozen for both”: one choice of each item that is asked about. Whether it is said.
pub fn one_of_each(sheet: &mut Sheet<'_>, open: &mut Vec<Question>, tokens: &[Token]) -> bool {
    let both = |token: &Token| matches!(token.norm.as_str(), "both" | "all");
    let rest = match tokens {
        [first, rest @ ..] if both(first) => rest,
        [rest @ .., how, last] if matches!(how.norm.as_str(), "for" | "on") && both(last) => rest,
        _ => return false,
    };
    let asked: Vec<Question> = open.iter().filter(|question| question.slot == Slot::Item).cloned().collect();
    let text: Vec<&str> =
        rest.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
    let text = text.join(" ");
    let each = |question: &Question| reply::named(question, &text);
    if asked.len() < 2 || text.is_empty() || !asked.iter().all(|question| each(question).is_some()) {
        return false;
    }
    for question in asked {
        let at = open.iter().position(|known| *known == question);
        if let (Some(at), Some(place)) = (at, each(&question)) {
            pick(sheet, open, at, place, text.clone());
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
        // What would take the place of a line is no new one.
        let adds = |question: &Question| question.choices.iter().all(|choice| choice.changes.len() <= 1);
        let named = |question: &Question| {
            (question.slot == Slot::Item && adds(question))
                .then(|| reply::named(question, &parts.text))
                .flatten()
        };
        let mut asked =
            self.open.iter().enumerate().filter_map(|(at, question)| Some((at, named(question)?)));
        let (Some((at, place)), None) = (asked.next(), asked.next()) else { return Ok(false) };
        let picked = self.open[at].choices[place].clone();
        let said = self.proposing().said_rule(mention).or(self.message_rule);
        let mut made = false;
        for change in picked.changes {
            let Some(line_id) = self.sheet.line_id() else { continue };
            let change = match change {
                Change::AddLine { item_code, price, .. } => {
                    let price = said.unwrap_or(price);
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
