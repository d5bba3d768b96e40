//! Messages that are about the doing and not about the quote: take it back, make it again.
//!
//! Owns their forms. A message that says anything else is none of these.

use crate::chat::slips;
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
    let mut tokens = slips::written_out(tokenize(message));
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
    // “The other cook wants it after all” asks for nothing.
    let points = |token: &Token| matches!(token.norm.as_str(), "it" | "them" | "both" | "that" | "those");
    let wants = |token: &Token| matches!(token.norm.as_str(), "want" | "wants" | "need" | "needs");
    let says = |clause: &[Token]| {
        clause.iter().enumerate().any(|(at, token)| {
            let wanted = wants(token) && clause.get(at + 1).is_some_and(points);
            token.is_number() || asks(token) && !wanted
        })
    };
    let (mut wishes, mut more) = (Vec::new(), false);
    for clause in clauses {
        let begins = clause.first().is_some_and(|token| token.norm == "and");
        let clause = &clause[usize::from(begins)..];
        match plain(clause).filter(|_| clause.len() <= 10) {
            Some(wish) => wishes.push(wish),
            None => more |= says(clause),
        }
    }
    match wishes[..] {
        [wish] if !more => Some(wish),
        _ => plain(&tokens),
    }
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
                | "never"
                | "mind"
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
        assert_eq!(wish("and undo. they want both"), Some(Wish::Undo));
        assert_eq!(wish("undo that, they want two"), None);
        let more = "please undo that again, hold the old prices, send it with a pdf too";
        assert_eq!(wish(more), None, "what else is said is not lost");
        for message in
            ["undo the pizza", "take the pizza off", "go back to list price", "take 10412 back", ""]
        {
            assert_eq!(wish(message), None, "{message}");
        }
    }
}
