//! What is said not to be: “compostable trays not foam”, “70 not 65”, “wrong customer”.
//!
//! Owns taking it into the mention it belongs to, so that it names nothing by itself.

use crate::chat::grammar::{Piece, What};
use crate::chat::mention::counts::is_bare_count;
use crate::chat::mention::{Grouping, Mention};
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::token::{whole, word};

/// The most words after “not” that tell what is not meant.
const EXCLUDED_WORDS: usize = 4;

impl Grouping<'_> {
    /// Whether what was said corrects because nothing more follows.
    pub(super) fn corrected(&self, rest: &[Piece]) -> bool {
        let ends = rest.iter().all(|next| next.what == What::Stop);
        let named = |&at: &usize| self.tokens[at].is_word() && !says_little(word(self.tokens, at));
        let counted = self.now.words.iter().any(|&at| is_bare_count(self.tokens, at));
        ends && self.now.words.iter().any(named)
            && self.now.verb.is_none()
            && self.now.count.is_none()
            && !counted
    }

    /// “24/12 6in actually”.
    pub(super) fn corrected_by(&self, at: usize, rest: &[Piece]) -> bool {
        // “Cinnamon after all, 30”.
        let all = word(self.tokens, at) == "after" && word(self.tokens, at + 1) == "all";
        let named = self.now.verb.is_none() && self.now.count.is_none() && self.out.mentions.is_empty();
        let all = all && named && !self.now.words.is_empty();
        all || matches!(word(self.tokens, at), "actually" | "sorry") && self.corrected(rest)
    }

    /// “Wrong customer!! It's Kane”, “wrong Bethlehem!! NY”: the sign ends nothing yet.
    pub(super) fn corrects_on(&self, at: usize) -> bool {
        if !self.now.correction || self.now.verb.is_some() || self.now.count.is_some() {
            return false;
        }
        let wrong = self.tokens[..at].iter().rev().take(5).any(|token| token.norm == "wrong");
        let after = self.tokens[at..].iter().skip_while(|token| !token.is_word()).take(3);
        let after: Vec<&str> = after.map(|token| token.text.as_str()).collect();
        wrong && (self.now.words.is_empty() || states::leading(&after) > 0)
    }

    /// “Compostable trays not foam”: the words that follow say what it is not.
    pub(super) fn excludes(&mut self, at: usize, rest: &[Piece]) -> bool {
        let named = |&at: &usize| {
            word(self.tokens, at).starts_with(char::is_alphabetic) && !says_little(word(self.tokens, at))
        };
        let words =
            rest.iter().take_while(|next| next.what == What::Word && self.tokens[next.from].is_word());
        let mut words: Vec<usize> = words.map(|next| next.from).collect();
        // “Popcorn chicken not spicy 60” counts what is meant.
        let counts = words.len() > 1 && words.last().is_some_and(|&last| is_bare_count(self.tokens, last));
        if counts && word(self.tokens, at) == "not" && self.now.count.is_none() {
            words.pop();
        }
        let said = (word(self.tokens, at), word(self.tokens, at + 1));
        let says_not = said.0 == "not" || matches!(said, ("instead", "of") | ("rather", "than"));
        let coded = |&at: &usize| word(self.tokens, at).chars().any(|c| c.is_ascii_digit());
        let named = |at: &usize| named(at) || said.0 != "not" && coded(at);
        let after_word = self.now.words.last().is_some_and(|&last| last + 1 == at);
        let short = (1..=EXCLUDED_WORDS).contains(&words.len()) && words.iter().any(named);
        if !after_word || !short || !self.now.words.iter().any(named) || !says_not {
            return false;
        }
        self.skip = words.len();
        self.now.without = words;
        true
    }

    /// “Same items as this year, no skip that, just do tots”: the usual is not wanted after all.
    pub(super) fn takes_back(&mut self, rest: &[Piece]) -> bool {
        let points = rest.first().is_some_and(|next| matches!(word(self.tokens, next.from), "that" | "it"));
        let ends = rest.get(1).is_none_or(|next| matches!(next.what, What::Join | What::Stop));
        let usual = self.out.usual.last().map_or(0, |(_, (_, end))| *end);
        let since = self.out.mentions.iter().any(|mention| mention.words.iter().any(|&at| at >= usual));
        let fresh = self.now.is_empty() && usual > 0 && !since && self.out.prices.is_empty();
        if !points || !ends || !fresh {
            return false;
        }
        self.out.usual.pop();
        self.now = Mention::default();
        self.skip = 1;
        true
    }

    /// “70 not 65”: what it is not is no count of anything.
    pub(super) fn not_count(&mut self, rest: &[Piece]) -> bool {
        let Some(number) = rest.first().and_then(|next| whole(word(self.tokens, next.from))) else {
            return false;
        };
        let counts = |mention: &Mention| {
            mention.count.is_some()
                || mention.words.last().is_some_and(|&last| is_bare_count(self.tokens, last))
        };
        let mention = match self.now.is_empty() {
            true => self.out.mentions.last_mut(),
            false => Some(&mut self.now),
        };
        let Some(mention) = mention.filter(|mention| counts(mention)) else { return false };
        mention.not_count = Some(number);
        self.skip = 1;
        true
    }
}
