//! Whether a message, or a part of it, answers a question that is open.
//!
//! Owns the ways to pick a choice: its number, its place, or words that only it has. Must not take words
//! that several choices share.

use crate::chat::lines::ordinal;
use crate::chat::question::{Choice, Question, Slot};
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::states;
use crate::chat::token::{Token, whole};

/// What a part of a message is to the open questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It picks this choice of this question.
    Picks(usize, usize),
    /// It turns the choices down.
    NoneOfThese,
    /// It fits several choices; how many.
    Unclear(usize),
    /// It is no answer.
    No,
}

/// Words around an answer.
const AROUND: [&str; 28] = [
    "the", "one", "ones", "please", "it", "its", "it's", "is", "i", "mean", "meant", "that", "that's",
    "thats", "in", "from", "for", "ok", "okay", "of", "a", "yes", "no", "with", "go", "take", "choose",
    "actually",
];

/// Read a part of a message as an answer.
pub fn read(tokens: &[Token], open: &[Question]) -> Reply {
    let offered: Vec<(usize, usize, &Choice)> = open
        .iter()
        .enumerate()
        .flat_map(|(at, question)| {
            question.choices.iter().enumerate().map(move |(place, one)| (at, place, one))
        })
        .collect();
    if offered.is_empty() || tokens.len() > 16 {
        return Reply::No;
    }
    let norm: Vec<&str> =
        tokens.iter().map(|token| token.norm.as_str()).filter(|word| !is_sign(word)).collect();
    let turned_down = [
        "none of these",
        "none of those",
        "none of them",
        "neither",
        "none",
        "skip",
        "skip it",
        "forget it",
        "never mind",
        "nevermind",
        "neither one",
        "none of the above",
    ];
    if turned_down.contains(&norm.join(" ").as_str()) {
        return Reply::NoneOfThese;
    }
    if matches!(norm[..], ["yes" | "yep" | "yeah" | "correct" | "right" | "y"] | ["yes", "please"]) {
        return match offered[..] {
            [(question, place, _)] => Reply::Picks(question, place),
            _ => Reply::Unclear(offered.len()),
        };
    }
    let hashed = tokens.iter().any(|token| token.norm == "#");
    let chosen = norm.iter().any(|word| matches!(*word, "option" | "choice" | "number"));
    let words: Vec<&str> = norm
        .iter()
        .copied()
        .filter(|word| !AROUND.contains(word) && !matches!(*word, "option" | "choice" | "number"))
        .collect();
    if let [only] = words[..] {
        if let Some(number) = whole(only) {
            let picked = offered.iter().find(|(_, _, choice)| u64::from(choice.number) == number);
            // A number may also be the count that is asked for; then it must say that it is a choice.
            let counts = open.iter().any(|question| question.slot == Slot::Quantity && !question.lines.is_empty());
            return match picked {
                Some(_) if counts && !hashed && !chosen => Reply::Unclear(2),
                Some(&(question, place, _)) => Reply::Picks(question, place),
                None => by_words(&offered, only),
            };
        }
        if let Some(place) = ordinal(only) {
            let asking: Vec<usize> = offered.iter().map(|(question, _, _)| *question).collect();
            if asking.iter().any(|question| *question != asking[0]) {
                return Reply::Unclear(2);
            }
            let place = if place == usize::MAX { offered.len() - 1 } else { place };
            return offered
                .get(place)
                .map_or(Reply::No, |&(question, place, _)| Reply::Picks(question, place));
        }
    }
    if words.is_empty() { Reply::No } else { by_words(&offered, &words.join(" ")) }
}

fn is_sign(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

fn by_words(offered: &[(usize, usize, &Choice)], text: &str) -> Reply {
    let query = terms(text);
    let fitting: Vec<&(usize, usize, &Choice)> = offered
        .iter()
        .filter(|(_, _, choice)| {
            let known = choice_terms(choice);
            !query.is_empty()
                && query.iter().all(|term| known.iter().any(|word| score::likeness(term, word) >= 850))
        })
        .collect();
    match fitting[..] {
        [] => Reply::No,
        [&(question, place, _)] => Reply::Picks(question, place),
        _ if fitting.len() == offered.len() => Reply::No,
        _ => Reply::Unclear(fitting.len()),
    }
}

fn choice_terms(choice: &Choice) -> Vec<String> {
    let mut known = terms(&choice.label);
    known.extend(terms(&choice.detail));
    for word in &choice.words {
        known.extend(terms(word));
        known.extend(states::full_name(word).map(terms).unwrap_or_default());
    }
    known
}

/// Counts and nothing else: `120`, `120 each`, `120, 40 and 30 cases`.
pub fn counts(tokens: &[Token]) -> Option<(Vec<u64>, bool)> {
    let mut found = Vec::new();
    let mut each = false;
    for token in tokens {
        match token.norm.as_str() {
            "each" | "all" | "both" => each = true,
            "," | "and" | "cases" | "cs" | "case" | "." | "of" | "them" | "for" | "please" | "make"
            | "it" => {}
            other => found.push(whole(other)?),
        }
    }
    (!found.is_empty()).then_some((found, each))
}
