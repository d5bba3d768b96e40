//! Words about the whole quote: the PDF, remarks and programs.
//!
//! Owns their forms. A remark runs to the end of its line, since it can hold any word.

use crate::chat::token::{Token, word};

/// What is said about remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteSaid {
    /// Add a remark: the tokens that hold it.
    Add {
        /// Its first token.
        from: usize,
        /// One past its last token.
        to: usize,
    },
    /// Erase all remarks.
    Clear,
}

/// Whether a PDF is wanted.
pub fn pdf(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    const LEAD: [&str; 16] = [
        "with", "w/", "w/o", "without", "no", "include", "attach", "send", "add", "make", "skip", "don't",
        "dont", "not", "want", "w",
    ];
    const AGAINST: [&str; 14] = [
        "hold",
        "drop",
        "remove",
        "kill",
        "nix",
        "scratch",
        "lose",
        "forget",
        "cancel",
        "scrap",
        "leave",
        "take",
        "nvm",
        "nevermind",
    ];
    const BETWEEN: [&str; 10] = ["a", "the", "me", "as", "include", "need", "want", "in", "it", "send"];
    let mut place = at;
    let mut wanted = true;
    if AGAINST.contains(&word(tokens, at)) {
        // “Hold off on the pdf”; “hold for a pdf” is none.
        let off = usize::from(matches!(word(tokens, at + 1), "off" | "out"));
        let on = off + usize::from(off == 1 && matches!(word(tokens, at + 2), "on" | "with" | "of"));
        place += 1 + on;
        place += usize::from(matches!(word(tokens, place), "the" | "that" | "sending"));
        place += usize::from(on > 0 && matches!(word(tokens, place), "the" | "a"));
        let off_after = matches!(word(tokens, place + 1), "off" | "out");
        if matches!(word(tokens, at), "leave" | "take") && off == 0 && !off_after {
            return None;
        }
        wanted = false;
    } else if LEAD.contains(&word(tokens, place)) {
        wanted = !matches!(word(tokens, place), "w/o" | "without" | "no" | "skip" | "don't" | "dont" | "not");
        place += 1;
        while place < at + 4 && BETWEEN.contains(&word(tokens, place)) {
            place += 1;
        }
    }
    if !matches!(word(tokens, place), "pdf" | "pdfs") {
        return None;
    }
    place += 1;
    let after = matches!(word(tokens, place), "please" | "copy" | "attached" | "too")
        || !wanted && matches!(word(tokens, place), "off" | "out");
    place += usize::from(after);
    Some((wanted, place - at))
}

/// A remark, or the erasing of them.
pub fn note(tokens: &[Token], at: usize) -> Option<(NoteSaid, usize)> {
    let mut place = at;
    let clears = matches!(word(tokens, place), "remove" | "drop" | "delete" | "clear" | "erase");
    if clears || matches!(word(tokens, place), "add" | "put" | "include") {
        place += 1;
    }
    while place > at && matches!(word(tokens, place), "a" | "the" | "all" | "my" | "in") {
        place += 1;
    }
    if !matches!(word(tokens, place), "note" | "notes" | "remark" | "comment") {
        return None;
    }
    place += 1;
    if clears {
        return Some((NoteSaid::Clear, place - at));
    }
    // “Note call Beth before you send”.
    let asks = matches!(
        word(tokens, place),
        "call" | "please" | "deliver" | "delivery" | "deliveries" | "no" | "must" | "leave" | "ship" | "do"
    );
    if !asks && !matches!(word(tokens, place), ":" | "that" | "saying" | "-" | "to") {
        return None;
    }
    place += usize::from(!asks);
    let to = (place..tokens.len()).find(|&end| word(tokens, end) == "\n").unwrap_or(tokens.len());
    // “---- from my notes ----” is no note.
    let said = tokens.get(place..to).is_some_and(|said| said.iter().any(Token::is_word));
    said.then_some((NoteSaid::Add { from: place, to }, to - at))
}

/// A program of donated food by its name, with the line it is said of (“NOI for the pizza”).
pub fn program(tokens: &[Token], at: usize) -> Option<usize> {
    let length = match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("noi" | "ffs", ..) => 1,
        ("net", "off", "invoice") | ("fee", "for", "service") => 3,
        ("direct", "discount" | "diversion", _) | ("donated", "food" | "foods", _) | ("usda", "foods", _) => {
            2
        }
        ("rebate", ..) => 1,
        _ => return None,
    };
    let mut place = at + length;
    place += usize::from(matches!(word(tokens, place), "program" | "pricing"));
    let named = matches!(word(tokens, place), "for" | "on")
        && matches!(word(tokens, place + 1), "the" | "that" | "this" | "it" | "all" | "everything");
    if named {
        place += 2;
        let ends = |word: &str| matches!(word, "" | "," | "." | ";" | "\n" | "and" | "!" | "?");
        while place < at + 10 && !ends(word(tokens, place)) {
            place += 1;
        }
    }
    Some(place - at)
}
