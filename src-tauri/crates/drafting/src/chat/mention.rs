//! The mentions of a message: what each part of it is about.
//!
//! Owns how pieces group: which count and which price belong to which words, and where one mention ends.
//! Must not look anything up.

use crate::chat::grammar::{
    CountSaid, NoteSaid, Piece, PriceSaid, UsualSaid, ValiditySaid, Verb, What, YearSaid, is_measure,
};
use crate::chat::states;
use crate::chat::token::{Token, whole, word};

/// Words about one customer, item or line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mention {
    /// What is to be done with it.
    pub verb: Option<Verb>,
    /// Whether “for” stands before it.
    pub for_whom: bool,
    /// Whether a verb of needing stands after it: then it is the customer.
    pub subject: bool,
    /// Whether it corrects what was done before.
    pub correction: bool,
    /// Whether the sentence says not to.
    pub negated: bool,
    /// Whether only “and” or a comma parts it from the mention before.
    pub joined: bool,
    /// Its words, by token.
    pub words: Vec<usize>,
    /// A count beside its unit.
    pub count: Option<CountSaid>,
    /// A price said of it.
    pub price: Option<PriceSaid>,
}

/// A whole message, grouped.
#[derive(Debug, Default)]
pub struct Grouped {
    /// The mentions, in order.
    pub mentions: Vec<Mention>,
    /// Prices said of no mention: of all the message is about.
    pub prices: Vec<(PriceSaid, (usize, usize))>,
    /// School years.
    pub years: Vec<(YearSaid, (usize, usize))>,
    /// Whether a PDF is wanted.
    pub pdf: Option<(bool, (usize, usize))>,
    /// Validities.
    pub validity: Vec<(ValiditySaid, (usize, usize))>,
    /// Remarks.
    pub notes: Vec<NoteSaid>,
    /// The usual.
    pub usual: Vec<(UsualSaid, (usize, usize))>,
}

impl Mention {
    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.count.is_none() && self.price.is_none()
    }

    /// The words as typed.
    pub fn said<'a>(&self, tokens: &'a [Token]) -> Vec<&'a str> {
        self.words.iter().map(|&at| tokens[at].text.as_str()).collect()
    }
}

/// Group the pieces of a message.
pub fn group(tokens: &[Token], pieces: &[Piece]) -> Grouped {
    let mut grouping = Grouping { tokens, out: Grouped::default(), now: Mention::default(), each: None };
    for (place, piece) in pieces.iter().enumerate() {
        grouping.take(piece, &pieces[place + 1..]);
    }
    grouping.end(Mention::default());
    grouping.out
}

struct Grouping<'a> {
    tokens: &'a [Token],
    out: Grouped,
    now: Mention,
    /// Where the “each” stands that a count was said for all of.
    each: Option<usize>,
}

impl Grouping<'_> {
    /// “500 cs milk 200 orange juice”, “catfish at 38.90 for Mexico”: a number before a word begins another item,
    /// and so does a word after a price.
    fn begins_another(&self, at: usize) -> bool {
        let Some(&first) = self.now.words.first() else { return false };
        if self.now.price.is_some() {
            return self.tokens[at].is_word()
                && !matches!(word(self.tokens, at), "each" | "per" | "a" | "please");
        }
        let counted =
            self.now.count.is_some() || whole(word(self.tokens, first)).is_some() && self.now.words.len() > 1;
        let next = word(self.tokens, at + 1);
        let names = next.len() > 1 && next.starts_with(char::is_alphabetic) && !is_measure(next);
        let before = self.now.words.last().map_or("", |&last| word(self.tokens, last));
        counted
            && names
            && !matches!(next, "in" | "inch" | "case" | "cases" | "cs" | "each")
            && !matches!(before, "to" | "and" | "of" | "item" | "line" | "number" | "#")
            && self.now.words.last().is_some_and(|&last| last + 1 == at)
            && whole(word(self.tokens, at)).is_some()
    }

    /// “Mini corn dogs, 64”: the number is the count of what stands before the comma.
    fn count_follows(&self, rest: &[Piece]) -> bool {
        let number =
            |piece: &Piece| piece.what == What::Word && whole(word(self.tokens, piece.from)).is_some();
        let ends = |piece: &Piece| !matches!(piece.what, What::Word | What::Quantity(_));
        self.now.count.is_none()
            && self.now.words.last().is_some_and(|&last| whole(word(self.tokens, last)).is_none())
            && !self.now.for_whom
            && rest.first().is_some_and(number)
            && rest.get(1).is_none_or(ends)
    }

    /// “Banana bread, pumpkin bread and pretzels, 20 cs each”: the count is said of all of them.
    fn of_each(&mut self, count: &CountSaid, each: usize) -> bool {
        if !self.now.words.is_empty() {
            return false;
        }
        let listed = self.out.mentions.iter().rev().take_while(|mention| mention.joined).count();
        let uncounted = |mention: &Mention| {
            mention.count.is_none() && !mention.words.is_empty() && !mention.for_whom && !mention.subject
        };
        let from = self.out.mentions.len() - listed;
        // The first of a list is joined to nothing; without a verb it may be the customer.
        let from = match from.checked_sub(1) {
            Some(head) if self.out.mentions[head].verb.is_some() && uncounted(&self.out.mentions[head]) => {
                head
            }
            _ => from,
        };
        let list = &mut self.out.mentions[from..];
        if list.is_empty() || !list.iter().all(uncounted) {
            return false;
        }
        list.iter_mut().for_each(|mention| mention.count = Some(count.clone()));
        self.each = Some(each);
        true
    }

    /// Close the mention under way and begin another.
    fn end(&mut self, next: Mention) {
        let done = std::mem::replace(&mut self.now, next);
        if !done.is_empty() {
            self.out.mentions.push(done);
        }
    }

    /// The next mention of the same sentence.
    fn follow(&mut self, joined: bool) {
        let next = Mention {
            verb: self.now.verb.filter(|verb| *verb != Verb::Customer),
            correction: self.now.correction && self.now.is_empty(),
            negated: self.now.negated,
            joined: joined && (!self.now.is_empty() || self.now.joined),
            ..Mention::default()
        };
        self.end(next);
    }

    fn take(&mut self, piece: &Piece, rest: &[Piece]) {
        let place = (piece.from, piece.to);
        match &piece.what {
            What::Word if self.to_whom(piece.from) => {
                self.follow(false);
                self.now.for_whom = true;
            }
            What::Word if self.each.take_if(|each| *each == piece.from).is_some() => {}
            What::Word if self.begins_another(piece.from) => {
                self.follow(false);
                self.now.words.push(piece.from);
            }
            What::Word => self.now.words.push(piece.from),
            What::For if self.now.verb == Some(Verb::Replace) => self.now.words.push(piece.from),
            What::Join if self.state_follows(piece.to) || self.count_follows(rest) => {}
            What::Join => self.follow(true),
            What::Stop => self.end(Mention::default()),
            What::For => {
                self.follow(false);
                self.now.for_whom = true;
            }
            What::Verb(verb) => self.verb(*verb),
            What::Not => {
                self.follow(false);
                self.now.negated = true;
            }
            What::Correction => self.end(Mention { correction: true, ..Mention::default() }),
            What::Quantity(count) => self.count(count, rest),
            What::Price(price) => self.price(price, place),
            What::Year(year) => {
                self.out.years.push((year.clone(), place));
                self.follow(false);
            }
            What::Pdf(wanted) => {
                self.out.pdf = Some((*wanted, place));
                self.follow(false);
            }
            What::Validity(said) => {
                self.out.validity.push((said.clone(), place));
                self.follow(false);
            }
            What::Note(note) => {
                self.out.notes.push(note.clone());
                self.follow(false);
            }
            What::Usual(said) => {
                self.follow(false);
                self.out.usual.push((said.clone(), place));
            }
        }
    }

    /// “Quote 120 cases of pizza to Waterloo”.
    fn to_whom(&self, at: usize) -> bool {
        let begun = !self.now.words.is_empty() || self.now.count.is_some();
        let named = word(self.tokens, at + 1).starts_with(char::is_alphabetic);
        word(self.tokens, at) == "to" && begun && named && matches!(self.now.verb, Some(Verb::Quote) | None)
    }

    /// “Cedar Falls, IA, 120 cases”: the state belongs to the customer before the comma.
    fn state_follows(&self, from: usize) -> bool {
        let customer = self.now.for_whom
            || matches!(self.now.verb, Some(Verb::Quote | Verb::Customer))
            || self.now.verb.is_none() && self.out.mentions.is_empty();
        let words: Vec<&str> = self.tokens[from..].iter().take(3).map(|token| token.text.as_str()).collect();
        customer && !self.now.words.is_empty() && self.now.count.is_none() && states::leading(&words) > 0
    }

    fn verb(&mut self, verb: Verb) {
        if verb == Verb::Needs {
            let subject = !self.now.words.is_empty() && self.now.count.is_none() && self.now.verb.is_none();
            self.now.subject = subject;
            self.end(Mention { verb: Some(Verb::Add), ..Mention::default() });
            return;
        }
        if verb == Verb::Becomes {
            let subject = !self.now.words.is_empty() && self.now.verb.is_none();
            if !subject {
                self.end(Mention::default());
            }
            self.now.verb = Some(Verb::Change);
            return;
        }
        // “Add them to the quote” names the quote; it does not begin one.
        if verb == Verb::Quote && self.now.verb.is_some() && !matches!(self.now.verb, Some(Verb::Quote)) {
            return;
        }
        let (correction, negated) = (self.now.correction, self.now.negated);
        let fresh = self.now.is_empty();
        self.end(Mention {
            verb: Some(verb),
            negated,
            correction: correction && fresh,
            ..Mention::default()
        });
    }

    fn count(&mut self, count: &CountSaid, rest: &[Piece]) {
        let each =
            rest.first().filter(|next| matches!(word(self.tokens, next.from), "each" | "ea" | "apiece"));
        if each.is_some_and(|each| self.of_each(count, each.from)) {
            return;
        }
        let words_follow = rest
            .first()
            .is_some_and(|next| next.what == What::Word && (word(self.tokens, next.from) != "each"));
        let to_it =
            self.now.words.last().is_some_and(|&last| matches!(word(self.tokens, last), "to" | "=" | "at"));
        let changes = matches!(self.now.verb, Some(Verb::Change | Verb::Replace));
        if !self.now.words.is_empty() && words_follow && !to_it && !changes || self.now.count.is_some() {
            self.follow(false);
        }
        self.now.count = Some(count.clone());
    }

    fn price(&mut self, price: &PriceSaid, place: (usize, usize)) {
        if price.wide || (self.now.words.is_empty() && self.now.count.is_none()) || self.now.price.is_some() {
            self.out.prices.push((price.clone(), place));
            self.follow(false);
        } else {
            self.now.price = Some(price.clone());
        }
    }
}
