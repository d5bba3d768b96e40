//! Signs between words: slashes, dashes, points and colons.
//!
//! Owns which of them part what stands around them, and which say nothing.

use crate::chat::grammar::{Piece, Verb, What};
use crate::chat::mention::Grouping;
use crate::chat::mention::counts::is_bare_count;
use crate::chat::token::word;

/// The most words before a colon that head what follows.
const HEADING_WORDS: usize = 5;

impl Grouping<'_> {
    /// “Pizza: 30 sausage, 30 pepperoni”, “portland me: crackers 44”: the colon ends what stands before it.
    pub(super) fn heads(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let plain = matches!(self.now.verb, None | Some(Verb::Quote | Verb::Add)) && !self.now.correction;
        let counted = self.now.count.is_some() || self.now.price.is_some();
        let short = (1..=HEADING_WORDS).contains(&self.now.words.len());
        let mut after = rest
            .iter()
            .skip_while(|next| self.is_mere_sign(next.from) || word(self.tokens, next.from) == "\n");
        let words = after.by_ref().take_while(|next| matches!(next.what, What::Word | What::Quantity(_)));
        let named =
            words.filter(|next| word(self.tokens, next.from).starts_with(char::is_alphabetic)).count();
        word(self.tokens, piece.from) == ":" && plain && !counted && short && named > 0
    }

    /// “Mustard 10 / mayo 14”: a slash apart from what follows parts like a comma.
    pub(super) fn is_slash(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        let apart = next.is_none_or(|next| self.tokens[at].to < next.from);
        word(self.tokens, at) == "/" && at > 0 && (apart || self.slashed)
    }

    /// “40 cs. of pizza”, “St. Cloud”: the point shortens a word and ends nothing.
    pub(super) fn is_shortened(&self, at: usize) -> bool {
        let touches =
            at > 0 && word(self.tokens, at) == "." && self.tokens[at - 1].to == self.tokens[at].from;
        touches
            && match word(self.tokens, at - 1) {
                "st" | "mt" | "ft" | "ste" | "no" | "dist" | "elem" | "co" | "par" | "sch" | "oz" | "lb" => {
                    self.tokens.get(at + 1).is_some_and(|next| next.norm != "\n")
                }
                "w" | "e" | "n" | "s" => {
                    self.tokens.get(at + 1).is_some_and(|next| next.text.starts_with(char::is_uppercase))
                }
                // “For next year. 30 cs. Also …” ends there.
                "cs" if self.tokens.get(at + 1).is_some_and(|next| {
                    next.text.starts_with(char::is_uppercase)
                        && self.tokens[at - 1].text.starts_with(char::is_lowercase)
                        || matches!(
                            next.norm.as_str(),
                            "also"
                                | "and"
                                | "plus"
                                | "then"
                                | "can"
                                | "could"
                                | "pls"
                                | "please"
                                | "thanks"
                                | "i"
                                | "we"
                                | "they"
                                | "add"
                        )
                }) =>
                {
                    false
                }
                "cs" => self.now.words.is_empty() && self.now.count.is_some() && !self.now.joined,
                _ => false,
            }
    }

    /// “Buns 60 — Meridian schools”: after a count a dash apart from both parts like a comma.
    pub(super) fn dash_parts(&self, at: usize) -> bool {
        let sign = word(self.tokens, at);
        if sign != "|" && sign != "-" || at == 0 || self.now.words.is_empty() {
            return false;
        }
        let apart = self.tokens[at - 1].to < self.tokens[at].from;
        let next = self.tokens.get(at + 1);
        let follows = next.is_some_and(|next| {
            next.norm == "-" || self.tokens[at].to < next.from && next.norm.starts_with(char::is_alphabetic)
        });
        let counted = self.now.count.is_some()
            || self.now.words.len() > 1
                && self.now.words.last().is_some_and(|&last| is_bare_count(self.tokens, last));
        // “Mexico again - mozzarella 14”: whoever it is for may stand before a dash.
        let opens = self.out.mentions.is_empty()
            && self.now.verb.is_none()
            && self.now.words.len() <= HEADING_WORDS
            && self.tokens[..at].iter().all(|token| token.norm != "-");
        apart && follows && (counted || opens && sign == "-")
    }

    /// Brackets and dashes say nothing; a sign that is no such mark is kept, and not understood.
    pub(super) fn is_mere_sign(&self, at: usize) -> bool {
        matches!(
            word(self.tokens, at),
            "." | "(" | ")" | "[" | "]" | ":" | "-" | "*" | "/" | "|" | "•" | "\"" | "~" | "_" | ">" | "<"
        )
    }
}
