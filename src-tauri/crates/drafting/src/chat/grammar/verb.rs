//! Verbs, and the small words that turn a sentence.
//!
//! Owns what each verb does to a draft. “Needs” is a verb of adding whose subject is the customer.

use crate::chat::grammar::What;
use crate::chat::token::{Token, has_decimals, whole, word};

/// What a verb does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Begins a quote: a customer or items follow.
    Quote,
    /// Adds items.
    Add,
    /// Adds items; the customer stands before it.
    Needs,
    /// Takes lines off.
    Drop,
    /// Changes lines.
    Change,
    /// Changes lines; they stand before it (“the pizza should be 200”).
    Becomes,
    /// Puts another item in a line's place.
    Replace,
    /// Puts removed lines back.
    Restore,
    /// Names the customer.
    Customer,
}

/// A verb or a turning word.
pub fn read(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let (first, second) = (word(tokens, at), word(tokens, at + 1));
    let first_in_sentence = at == 0
        || matches!(word(tokens, at - 1), "," | "." | ";" | "\n" | "!" | "?" | ":" | "-")
        || matches!(
            word(tokens, at - 1),
            "oh" | "no" | "wait" | "sorry" | "oops" | "whoops" | "hmm" | "um" | "uh" | "well" | "ok"
        );
    if let Some(length) = customer(tokens, at) {
        return Some((What::Verb(Verb::Customer), length));
    }
    let verb = match (first, second) {
        ("price" | "work", "out" | "up") | ("put", "together") => (Verb::Quote, 2),
        ("put" | "bring" | "add", "back") => (Verb::Restore, 2),
        ("take" | "strike" | "cross" | "leave", "off" | "out") => (Verb::Drop, 2),
        ("take" | "strike" | "cross" | "leave", _) if off_follows(tokens, at + 1) => (Verb::Drop, 1),
        // “Price the turkey ones at 52.10”.
        ("price", "the" | "that" | "those" | "on") if first_in_sentence => (Verb::Change, 1),
        ("take" | "bring" | "knock" | "move", _) if to_follows(tokens, at + 1) => (Verb::Change, 1),
        ("down" | "up" | "back", "to") if whole(word(tokens, at + 2)).is_some() => (Verb::Becomes, 2),
        ("do", next) if has_decimals(next) || next == "$" => (Verb::Change, 1),
        ("get", "rid") => (Verb::Drop, 3),
        // “Put em down for 16.”
        ("put", "em" | "it" | "them" | "that")
            if word(tokens, at + 2) == "down" && word(tokens, at + 3) == "for" =>
        {
            (Verb::Change, 4)
        }
        ("forget", "the" | "those") => (Verb::Drop, 1),
        ("forget", "about") if word(tokens, at + 2) != "it" => (Verb::Drop, 2),
        ("move", "it" | "that" | "them" | "those") if number_follows(tokens, at + 2) => (Verb::Change, 1),
        // “They said no to the raisins.”
        ("no", "to" | "more") if at > 0 && matches!(word(tokens, at + 2), "the" | "those") => (Verb::Drop, 2),
        ("should", "have") if word(tokens, at + 2) == "been" && first_in_sentence => {
            return Some((What::Correction, 3));
        }
        ("should", "have") if word(tokens, at + 2) == "been" => (Verb::Becomes, 3),
        ("put", "me") if word(tokens, at + 2) == "down" => (Verb::Quote, 3),
        ("set", "up") | ("bid", "sheet") => (Verb::Quote, 2),
        // “Urbana spring bid” is a season's, and no string.
        ("spring" | "summer" | "fall" | "winter" | "annual" | "yearly", "bid" | "quote" | "order") => {
            (Verb::Quote, 2)
        }
        ("s/b", _) => (Verb::Becomes, 1),
        ("shld" | "shoud" | "shoudl", "be") => (Verb::Becomes, 2),
        ("should", "just" | "only" | "really") if word(tokens, at + 2) == "be" => (Verb::Becomes, 3),
        ("could", "be") if at > 0 => (Verb::Becomes, 2),
        ("should", "be" | "become") => (Verb::Becomes, 2),
        ("call", "it" | "that") => (Verb::Change, 1),
        ("would", "like") => (Verb::Needs, 2),
        ("looking", "for") => (Verb::Needs, 2),
        ("needs" | "need" | "has" | "ought", "to") if word(tokens, at + 2) == "be" => (Verb::Becomes, 3),
        ("instead", "of") | ("rather", "than") => (Verb::Replace, 2),
        // “Flip those, 90 spicy 60 breaded.”
        ("swap" | "flip" | "switch" | "reverse", "those" | "them" | "these")
            if matches!(word(tokens, at + 2), "," | ":" | "-") =>
        {
            return Some((What::Stop, 3));
        }
        ("swap" | "replace" | "switch" | "exchange" | "substitute", _) => (Verb::Replace, 1),
        ("86" | "pull", "the")
            if !matches!(word(tokens, at + 2), "pdf" | "quote" | "prices" | "numbers" | "pricing") =>
        {
            (Verb::Drop, 1)
        }
        // “Salsa?? no forget salsa.”
        ("forget", next)
            if matches!(word(tokens, at.wrapping_sub(1)), "no" | "wait" | "oh" | "actually")
                && next.starts_with(char::is_alphabetic)
                && !matches!(next, "it" | "that" | "about") =>
        {
            (Verb::Drop, 1)
        }
        ("except" | "excluding", _) => (Verb::Drop, 1),
        ("minus" | "less" | "without", "the") => (Verb::Drop, 1),
        ("hold" | "keep", "the")
            if !matches!(word(tokens, at + 2), "price" | "prices" | "pricing" | "line") =>
        {
            (Verb::Change, 1)
        }
        ("quote" | "quotes" | "quoting" | "requote" | "reprice" | "draft" | "bid" | "proposal", _) => {
            (Verb::Quote, 1)
        }
        // “Put City 26-27” is a customer.
        ("put", _) if at == 0 && is_name(tokens) => return None,
        ("add" | "include" | "throw" | "put" | "order", _) => (Verb::Add, 1),
        ("needs" | "wants" | "need" | "want" | "orders", _) => (Verb::Needs, 1),
        (
            "dropping" | "removing" | "drop" | "remove" | "delete" | "cancel" | "kill" | "scratch" | "omit"
            | "lose" | "nix" | "skip",
            _,
        ) => (Verb::Drop, 1),
        (
            "trim" | "make" | "change" | "chg" | "set" | "update" | "bump" | "adjust" | "raise" | "increase"
            | "decrease" | "reduce",
            _,
        ) => (Verb::Change, 1),
        // “Straight cut fries” are cut already.
        (
            "cut" | "lower",
            "the" | "it" | "that" | "those" | "them" | "down" | "back" | "both" | "all" | "prices",
        ) => (Verb::Change, 1),
        // “24 on the biscuits and no trays”.
        ("no", other)
            if at > 0
                && matches!(word(tokens, at - 1), "and" | "," | "but")
                && other.starts_with(char::is_alphabetic) =>
        {
            (Verb::Drop, 1)
        }
        // “The usual. No strawberry cups.”
        ("no", other)
            if at > 1
                && matches!(word(tokens, at - 1), "." | "\n")
                && other.starts_with(char::is_alphabetic)
                && !matches!(
                    other,
                    "the"
                        | "that"
                        | "this"
                        | "wait"
                        | "make"
                        | "its"
                        | "it's"
                        | "i"
                        | "sorry"
                        | "not"
                        | "actually"
                        | "they"
                        | "he"
                        | "she"
                        | "just"
                        | "change"
                        | "rush"
                        | "problem"
                        | "worries"
                        | "need"
                ) =>
        {
            (Verb::Drop, 1)
        }
        ("restore" | "undelete" | "reinstate", _) => (Verb::Restore, 1),
        // “Never mind on the trays.”
        ("never", "mind")
            if matches!(word(tokens, at + 2), "on" | "about")
                && matches!(word(tokens, at + 3), "the" | "those" | "that") =>
        {
            (Verb::Drop, 3)
        }
        ("never", "mind") => return Some((What::Stop, 2)),
        ("don't" | "dont" | "not" | "never", _) => return Some((What::Not, 1)),
        ("do", "not") => return Some((What::Not, 2)),
        ("i", "meant" | "mean") => return Some((What::Correction, 2)),
        (
            "wrong",
            "customer" | "district" | "school" | "one" | "account" | "town" | "city" | "place" | "state"
            | "number" | "count" | "qty" | "quantity" | "price",
        ) => {
            return Some((What::Correction, 2));
        }
        ("wrong", _) if first_in_sentence => return Some((What::Correction, 1)),
        ("x", "the" | "that") if first_in_sentence => return Some((What::Verb(Verb::Drop), 1)),
        ("lol" | "haha", "jk") | ("just", "kidding") => return Some((What::Correction, 2)),
        ("jk", _) => return Some((What::Correction, 1)),
        ("meant", _) if first_in_sentence => return Some((What::Correction, 1)),
        // “He'd rather have the colby jack sticks.”
        ("rather", "have" | "take" | "get" | "use") => return Some((What::Correction, 2)),
        (
            "no" | "nope" | "actually" | "sorry" | "oops" | "whoops" | "wait" | "correction" | "rather",
            next,
        ) if first_in_sentence
            && !(first == "no" && whole(next).is_some() && word(tokens, at + 2) != "%") =>
        {
            return Some((What::Correction, 1));
        }
        _ => return None,
    };
    Some((What::Verb(verb.0), verb.1))
}

/// Whether “to 22.10” follows.
fn number_follows(tokens: &[Token], at: usize) -> bool {
    let dollar = usize::from(word(tokens, at + 1) == "$");
    let number = word(tokens, at + 1 + dollar);
    word(tokens, at) == "to" && (whole(number).is_some() || has_decimals(number))
}

/// Whether “down to 90” ends this stretch of words.
fn to_follows(tokens: &[Token], at: usize) -> bool {
    let words: Vec<&str> = tokens
        .iter()
        .skip(at)
        .take(7)
        .take_while(|token| token.is_word())
        .map(|token| token.norm.as_str())
        .collect();
    words.windows(3).any(|three| {
        matches!(three[0], "down" | "up" | "back") && three[1] == "to" && whole(three[2]).is_some()
    })
}

/// Whether “off” or “out” ends this stretch of words.
fn off_follows(tokens: &[Token], at: usize) -> bool {
    let words = tokens.iter().skip(at).take(7).take_while(|token| token.is_word());
    words.map(|token| token.norm.as_str()).any(|word| matches!(word, "off" | "out"))
}

/// `customer is`, `customer:`, `change the customer to`, `switch to customer`.
fn customer(tokens: &[Token], at: usize) -> Option<usize> {
    let mut place = at;
    if matches!(word(tokens, place), "change" | "set" | "switch" | "make" | "update") {
        place += 1;
    }
    if matches!(word(tokens, place), "the" | "to") {
        place += 1;
    }
    if !matches!(word(tokens, place), "customer" | "district" | "account" | "client") {
        return None;
    }
    place += 1;
    let named = matches!(word(tokens, place), "is" | ":" | "to" | "=" | "should");
    if !named {
        return None;
    }
    place += 1;
    if matches!(word(tokens, place), "be" | "the") {
        place += 1;
    }
    Some(place - at)
}

/// Whether a message begins with two words in capitals, and a year or a number after them.
fn is_name(tokens: &[Token]) -> bool {
    let capital = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            let mut letters = token.text.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
        })
    };
    capital(0) && capital(1) && word(tokens, 2).starts_with(|c: char| c.is_ascii_digit())
}
