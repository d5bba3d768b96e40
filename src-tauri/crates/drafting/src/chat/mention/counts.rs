//! Counts, with their unit and without: which of them counts what.
//!
//! Owns telling whether counts stand before or after what they count. Must not look anything up.

use crate::chat::grammar::{CountSaid, Piece, Verb, What, is_measure};
use crate::chat::mention::Grouping;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::thing::{is_container, is_descriptor};
use crate::chat::token::{Token, has_decimals, whole, word};

impl Grouping<'_> {
    /// Take a count with its unit: it is of the mention under way, or begins another.
    pub(super) fn count(&mut self, count: &CountSaid, at: usize, rest: &[Piece]) {
        let words_follow = rest.first().is_some_and(|next| {
            let each = matches!(word(self.tokens, next.from), "each" | "ea" | "apiece" | "both");
            let amount = has_decimals(word(self.tokens, next.from));
            next.what == What::Word && !each && !amount && self.tokens[next.from].is_word()
        });
        // “Cookies 40 cs IW”: what describes still belongs to it.
        let stretch =
            rest.iter().take_while(|next| next.what == What::Word && self.tokens[next.from].is_word());
        let describes = |next: &Piece| {
            // “Steak fingers 27 cs 160/1 oz”.
            let text = word(self.tokens, next.from);
            let packed = text.split_once('/').is_some_and(|(many, _)| whole(many).is_some());
            packed
                || text.chars().all(char::is_alphabetic)
                    && terms(word(self.tokens, next.from))
                        .iter()
                        .all(|term| is_descriptor(term) || is_container(term))
        };
        let described = self.now.count.is_none()
            && words_follow
            && stretch.clone().all(describes)
            && stretch.count() <= 2;
        if described
            && self.now.words.iter().any(|&at| word(self.tokens, at).starts_with(char::is_alphabetic))
        {
            self.now.count = Some(count.clone());
            return;
        }
        let to_it =
            self.now.words.last().is_some_and(|&last| matches!(word(self.tokens, last), "to" | "=" | "at"));
        let changes = matches!(self.now.verb, Some(Verb::Change | Verb::Replace));
        // “Tots 40 cs smiley fries 22 cs”: where counts come last, this one ends what it counts.
        let last = self.now.count.is_none()
            && !self.now.words.is_empty()
            && words_follow
            && (counts_come_last(self.tokens, rest) || is_crossed(word(self.tokens, at)));
        // “No, just 12 cases of milk” corrects by what follows.
        let little =
            self.now.correction && self.now.words.iter().all(|&at| says_little(word(self.tokens, at)));
        if !self.now.words.is_empty() && !little && words_follow && !to_it && !changes && !last
            || self.now.count.is_some()
        {
            self.follow(false);
        }
        self.now.count = Some(count.clone());
        let each =
            rest.first().is_some_and(|next| matches!(word(self.tokens, next.from), "each" | "ea" | "apiece"));
        if each && !self.now.words.is_empty() {
            self.count_all_before(count);
        }
        if last && !changes {
            self.follow(true);
        }
    }

    /// “Helena: 15 cookie dough 10 brownies”: what is before the colon is no item.
    pub(super) fn counts_begin(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let first = self.out.mentions.is_empty() && self.now.count.is_none() && !self.now.words.is_empty();
        let mut following = rest.iter().skip_while(|next| self.is_mere_sign(next.from));
        let next = following.next().is_some_and(|next| {
            matches!(next.what, What::Quantity(_))
                || next.what == What::Word && is_bare_count(self.tokens, next.from)
        });
        word(self.tokens, piece.from) == ":" && first && next
    }

    /// “Enchiladas 66 beef empanadas 50”: where bare counts come last, each ends what it counts.
    pub(super) fn counts_last(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let is_count = |at: usize| is_bare_count(self.tokens, at);
        let named = self.now.words.iter().any(|&at| {
            word(self.tokens, at).starts_with(char::is_alphabetic) && !says_little(word(self.tokens, at))
        });
        let first = self.now.words.first().is_some_and(|&at| is_count(at));
        let before = piece.from.checked_sub(1).map_or("", |at| word(self.tokens, at));
        let and = |piece: &Piece| matches!(word(self.tokens, piece.from), "and" | "n" | "&");
        let stretch: Vec<&Piece> = rest
            .iter()
            .take_while(|piece| piece.what == What::Word || piece.what == What::Join && and(piece))
            .filter(|piece| piece.what == What::Word && self.tokens[piece.from].is_word())
            .collect();
        let next = stretch.first().map_or("", |next| word(self.tokens, next.from));
        // “28 broccoli and 34 fish sticks”: the counts come first.
        let leads =
            rest.windows(2).take_while(|pair| matches!(pair[0].what, What::Word | What::Join)).any(|pair| {
                pair[0].what == What::Join
                    && and(&pair[0])
                    && pair[1].what == What::Word
                    && is_count(pair[1].from)
            });
        let edits = matches!(self.now.verb, Some(Verb::Change | Verb::Replace | Verb::Drop | Verb::Restore));
        is_count(piece.from)
            && named
            && !first
            && !leads
            && !edits
            && self.now.count.is_none()
            && (next.starts_with(char::is_alphabetic) || is_sized(next))
            && !is_measure(next)
            && !matches!(
                before,
                "#" | "line" | "number" | "to" | "at" | "usd" | "isd" | "district" | "of" | "no" | "."
            )
            && stretch.len() > 1
            && (self.counted_last && stretch.iter().all(|piece| !is_count(piece.from))
                || stretch.iter().enumerate().skip(1).any(|(at, last)| {
                    let after = stretch.get(at + 1).map_or("", |next| word(self.tokens, next.from));
                    is_count(last.from)
                        && !is_measure(after)
                        && !is_measure(word(self.tokens, stretch[at - 1].from))
                        && after.parse::<u32>().is_err()
                }))
    }

    /// “100 cs choc milk 60 strawberry milk”: a bare number between items counts the next one, where the one
    /// before has its count already.
    pub(super) fn counts_next(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let counted = self.now.count.is_some()
            || self.now.words.first().is_some_and(|&first| whole(word(self.tokens, first)).is_some());
        let named = self.now.words.iter().any(|&at| word(self.tokens, at).starts_with(char::is_alphabetic));
        let edits = matches!(self.now.verb, Some(Verb::Change | Verb::Replace | Verb::Drop | Verb::Restore));
        let next = rest
            .first()
            .filter(|next| next.what == What::Word)
            .map_or("", |next| word(self.tokens, next.from));
        let before = piece.from.checked_sub(1).map_or("", |at| word(self.tokens, at));
        counted
            && named
            && !edits
            && whole(word(self.tokens, piece.from)).is_some()
            && next.chars().any(char::is_alphabetic)
            && !is_measure(next)
            && !matches!(before, "#" | "line" | "number" | "to" | "at" | "usd" | "district" | "of")
    }

    /// “Raisins and cranberries 15 cs each”: those it is joined to have the same count.
    pub(super) fn count_all_before(&mut self, count: &CountSaid) {
        let mut joined = self.now.joined;
        for before in self.out.mentions.iter_mut().rev() {
            let bare = before.count.is_none() && before.verb.is_none_or(|verb| verb == Verb::Add);
            let counted = before.words.iter().any(|&at| whole(word(self.tokens, at)).is_some());
            if !joined || !bare || counted || before.for_whom || before.subject {
                return;
            }
            before.count = Some(count.clone());
            joined = before.joined;
        }
    }
}

/// Whether what is left of this stretch ends with a count.
pub(super) fn counts_come_last(tokens: &[Token], rest: &[Piece]) -> bool {
    let and = |piece: &Piece| matches!(word(tokens, piece.from), "and" | "n" | "&");
    let stretch = rest.iter().take_while(|piece| {
        matches!(piece.what, What::Word | What::Quantity(_)) || piece.what == What::Join && and(piece)
    });
    let told = |piece: &&Piece| piece.what != What::Word || !says_little(word(tokens, piece.from));
    stretch
        .filter(told)
        .filter(|piece| piece.what != What::Join)
        .last()
        .is_some_and(|last| matches!(last.what, What::Quantity(_)) || is_bare_count(tokens, last.from))
}

/// Whether a bare number can be a count: a longer one, or one after “of”, is an item's code.
pub fn is_bare_count(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| word(tokens, at));
    whole(word(tokens, at)).is_some_and(|number| number <= MOST_BARE)
        && !matches!(before, "of" | "#" | "x" | "for")
}

/// `x18` stands after what it counts.
pub(super) fn is_crossed(word: &str) -> bool {
    word.strip_prefix('x').is_some_and(|count| whole(count).is_some())
}

/// `16in`, `3oz`: a size, written with its measure.
pub(super) fn is_sized(word: &str) -> bool {
    let digits = word.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    word.split_at_checked(digits).is_some_and(|(number, unit)| !number.is_empty() && is_measure(unit))
}

/// The greatest bare number that is taken for a count.
const MOST_BARE: u64 = 9_999;
