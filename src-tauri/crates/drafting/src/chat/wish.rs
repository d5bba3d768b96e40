//! Messages that are about the doing and not about the quote: take it back, make it again.
//!
//! Owns their forms. A message that says anything else is none of these.

use crate::chat::token::{Token, tokenize};

/// What is wished of what was done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To take it back.
    Undo,
    /// To make again what was taken back.
    Redo,
}

/// The wish, when the message is only that.
pub fn wish(message: &str) -> Option<Wish> {
    let mut tokens = tokenize(message);
    tokens.retain(|token| token.norm != "\t");
    // “Never mind, undo that please, they changed their minds”.
    let clauses = tokens.split(|token| matches!(token.norm.as_str(), "," | "." | "!" | ";"));
    let asks = |token: &Token| {
        matches!(
            token.norm.as_str(),
            "?" | "add"
                | "and"
                | "drop"
                | "remove"
                | "make"
                | "change"
                | "put"
                | "swap"
                | "quote"
                | "need"
                | "needs"
                | "want"
                | "wants"
                | "use"
                | "instead"
                | "for"
                | "hold"
                | "keep"
                | "match"
                | "price"
                | "prices"
                | "pricing"
                | "list"
                | "last"
                | "next"
                | "usual"
                | "same"
                | "pdf"
                | "valid"
                | "good"
                | "note"
                | "customer"
                | "take"
                | "set"
                | "give"
        )
    };
    let talks = tokens.iter().all(|token| !token.is_number() && !asks(token));
    if tokens.len() > 10 && talks {
        let mut wishes = clauses.filter(|clause| clause.len() <= 10).filter_map(plain);
        return wishes.next().filter(|_| wishes.next().is_none());
    }
    plain(&tokens)
}

/// What a clause wishes, when it says nothing else.
fn plain(tokens: &[Token]) -> Option<Wish> {
    let about = |word: &&str| {
        matches!(
            *word,
            "please"
                | "pls"
                | "plz"
                | "oh"
                | "oops"
                | "sorry"
                | "wait"
                | "no"
                | "ok"
                | "okay"
                | "that"
                | "it"
                | "the"
                | "last"
                | "one"
                | "change"
                | "this"
                | "thing"
                | "just"
                | "can"
                | "you"
                | "u"
                | "i"
                | "said"
                | "actually"
                | "bit"
                | "message"
                | "step"
                | "again"
                | "now"
                | "nvm"
                | "nevermind"
                | "hm"
                | "hmm"
                | "yeah"
                | "oop"
        )
    };
    if tokens.len() > 10 || tokens.iter().any(|token| token.norm == "?") {
        return None;
    }
    let words: Vec<&str> =
        tokens.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
    let core: Vec<&str> = words.iter().copied().filter(|word| !about(word)).collect();
    match core[..] {
        ["undo" | "undue" | "undoing"] | ["take", "back"] | ["go", "back"] => Some(Wish::Undo),
        ["redo"] => Some(Wish::Redo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_message_that_is_nothing_else_is_a_wish() {
        for message in
            ["undo", "Undo that please", "oops, undo!", "take that back", "no wait undo the last one"]
        {
            assert_eq!(wish(message), Some(Wish::Undo), "{message}");
        }
        assert_eq!(wish("redo"), Some(Wish::Redo));
        let talk = "Never mind, undo that please, they changed their minds again. Some days!";
        assert_eq!(wish(talk), Some(Wish::Undo));
        let more = "please undo that again, hold the old prices, send it with a pdf too";
        assert_eq!(wish(more), None, "what else is said is not lost");
        for message in
            ["undo the pizza", "take the pizza off", "go back to list price", "take 10412 back", ""]
        {
            assert_eq!(wish(message), None, "{message}");
        }
    }
}
