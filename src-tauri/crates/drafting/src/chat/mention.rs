//! The mentions of a message: what each part of it is about.
//!
//! Owns how pieces group: which count and which price belong to which words, and where one mention ends.
//! Must not look anything up.

mod counts;
mod prices;
mod shared;
mod signs;
mod without;

use crate::chat::grammar::{
    CountSaid, NoteSaid, Piece, PriceMeant, PriceSaid, UsualSaid, ValiditySaid, Verb, What, YearSaid,
};
use crate::chat::mention::counts::counts_come_last;
pub use crate::chat::mention::counts::is_bare_count;
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::token::{Token, word};

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
    /// Whether a colon stands after it: then what follows is of it.
    pub heading: bool,
    /// A count beside its unit.
    pub count: Option<CountSaid>,
    /// A price said of it.
    pub price: Option<PriceSaid>,
    /// Where its price stands, when that is after its words.
    pub priced_at: Option<(usize, usize)>,
    /// The words it is said not to be, by token: “compostable trays not foam”.
    pub without: Vec<usize>,
    /// Whether a price said of all is not to be its: “hold last year's except the wings”.
    pub exempt: bool,
    /// The count it is said not to be: “30, not 13”.
    pub not_count: Option<u64>,
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
    /// Programs by name.
    pub programs: Vec<(usize, usize)>,
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
    // “Troy/26-27/sub rolls/40 cs”: with so many of them a slash is a comma.
    let slashed = tokens.iter().filter(|token| token.norm == "/").count() >= SLASHES;
    let mut grouping = Grouping {
        tokens,
        slashed,
        counted_last: false,
        skip: 0,
        out: Grouped::default(),
        now: Mention::default(),
    };
    for (place, piece) in pieces.iter().enumerate() {
        grouping.take(piece, &pieces[place + 1..]);
    }
    grouping.end(Mention::default());
    grouping.spread_rule();
    prices::excepted(tokens, &mut grouping.out.mentions);
    prices::replaced(tokens, &mut grouping.out.mentions);
    prices::handed_out(tokens, &mut grouping.out.mentions);
    prices::of_both(tokens, &mut grouping.out.mentions);
    shared::hand_out(tokens, &mut grouping.out.mentions);
    grouping.out
}

/// So many slashes part a message.
const SLASHES: usize = 3;

struct Grouping<'a> {
    tokens: &'a [Token],
    slashed: bool,
    /// Whether a count came last, after what it counts.
    counted_last: bool,
    /// How many pieces were taken in with the one before them.
    skip: usize,
    out: Grouped,
    now: Mention,
}

impl Grouping<'_> {
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
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let place = (piece.from, piece.to);
        match &piece.what {
            What::Word if self.to_whom(piece.from) => {
                self.follow(false);
                self.now.for_whom = true;
            }
            What::Word if self.is_slash(piece.from) => self.follow(true),
            What::Word if self.counts_begin(piece, rest) || self.heads(piece, rest) => {
                self.now.heading = true;
                self.follow(false);
            }
            What::Word if self.dash_parts(piece.from) => self.follow(true),
            What::Word if self.is_mere_sign(piece.from) => {}
            What::Word if self.counts_last(piece, rest) => {
                self.now.words.push(piece.from);
                self.follow(true);
                self.counted_last = true;
            }
            What::Word if self.corrected_by(piece.from, rest) => self.now.correction = true,
            What::Word => {
                // “Fries 130 cs at 29.85 choc milk 400”.
                let counted = self.now.words.last().is_some_and(|&last| is_bare_count(self.tokens, last));
                let done = self.now.price.is_some()
                    && (self.now.count.is_some() || counted)
                    && !self.now.words.is_empty();
                let begins = word(self.tokens, piece.from).starts_with(char::is_alphabetic)
                    && !matches!(
                        word(self.tokens, piece.from),
                        "each" | "ea" | "apiece" | "a" | "per" | "please" | "pls"
                    );
                if self.counts_next(piece, rest) || done && begins && counts_come_last(self.tokens, rest) {
                    self.follow(true);
                }
                self.now.words.push(piece.from);
            }
            // “Lids for em 8”.
            What::For
                if matches!(word(self.tokens, piece.to), "em" | "them" | "those" | "it")
                    && !self.now.words.is_empty() => {}
            What::For if self.now.verb == Some(Verb::Replace) => self.now.words.push(piece.from),
            What::Join if self.state_follows(piece.to) => {}
            What::Join => self.follow(true),
            What::Stop if self.is_shortened(piece.from) || self.corrects_on(piece.from) => {}
            What::Stop => self.end(Mention::default()),
            What::For => {
                self.follow(false);
                self.now.for_whom = true;
            }
            What::Verb(Verb::Drop) if self.takes_back(rest) => {}
            What::Verb(Verb::Replace) if self.excludes(piece.from, rest) => {}
            What::Verb(verb) => self.verb(*verb, piece.to - 1),
            What::Not if self.not_count(rest) || self.excludes(piece.from, rest) => {}
            What::Not => {
                self.follow(false);
                self.now.negated = true;
            }
            // “Boil bag scrambled I meant.”
            What::Correction if self.corrected(rest) => self.now.correction = true,
            What::Correction => self.end(Mention { correction: true, ..Mention::default() }),
            What::Quantity(count) => self.count(count, piece.from, rest),
            What::Price(price) if price.meant == PriceMeant::Told => {}
            What::Price(price) => self.price(price, place, rest),
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
            What::Program => {
                self.out.programs.push(place);
                self.follow(false);
            }
            What::Usual(said) => {
                // “Breakfast same as last year”, “breakfast only: same as last year”.
                let meal = |&at: &usize| {
                    matches!(
                        word(self.tokens, at),
                        "breakfast"
                            | "lunch"
                            | "snack"
                            | "snacks"
                            | "dairy"
                            | "bakery"
                            | "produce"
                            | "paper"
                            | "juice"
                            | "entrees"
                    )
                };
                let mut said = said.clone();
                let only = self.now.words.len() == 2 && word(self.tokens, self.now.words[1]) == "only";
                if said.category.is_none()
                    && self.now.count.is_none()
                    && let Some(&only) = self.now.words.first().filter(|_| only || self.now.words.len() == 1)
                    && meal(&only)
                {
                    said.category = Some(word(self.tokens, only).to_owned());
                    self.now.words.clear();
                }
                if let Some((from, to)) = said.who {
                    self.end(Mention { for_whom: true, words: (from..to).collect(), ..Mention::default() });
                }
                self.follow(false);
                self.out.usual.push((said, place));
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
            || self.now.verb.is_none() && self.out.mentions.iter().all(|mention| self.is_little(mention));
        let the = usize::from(word(self.tokens, from) == "the");
        let words = self.tokens[from..].iter().skip(the).take(3);
        let words: Vec<&str> = words.map(|token| token.text.as_str()).collect();
        // “Texas toast” is no place.
        let after = word(self.tokens, from + the + states::leading(&words));
        let ends = !after.starts_with(char::is_alphabetic)
            || matches!(
                after,
                "one" | "needs" | "wants" | "need" | "want" | "for" | "sy" | "school" | "next" | "this"
            );
        // “Franklin, Wisconsin finally got back to me.”
        let written =
            words.first().is_some_and(|first| first.len() > 3 && first.starts_with(char::is_uppercase));
        let food = matches!(
            after,
            "toast"
                | "style"
                | "ranch"
                | "cheese"
                | "cheddar"
                | "brick"
                | "sausage"
                | "blend"
                | "brand"
                | "potato"
                | "potatoes"
                | "corn"
                | "apples"
                | "peaches"
                | "oranges"
                | "orange"
                | "juice"
        );
        customer
            && (ends || written && !food)
            && !self.now.words.is_empty()
            && self.now.count.is_none()
            && states::leading(&words) > 0
    }

    /// “Okay, …”
    fn is_little(&self, mention: &Mention) -> bool {
        mention.count.is_none() && mention.words.iter().all(|&at| says_little(word(self.tokens, at)))
    }

    fn verb(&mut self, verb: Verb, last: usize) {
        if verb == Verb::Needs && self.now.verb == Some(Verb::Replace) && !self.now.words.is_empty() {
            // “Instead of the tamales she would like the sweet corn ones.”
            self.now.words.push(last);
            return;
        }
        if verb == Verb::Needs {
            let subject = !self.now.words.is_empty() && self.now.count.is_none() && self.now.verb.is_none();
            self.now.subject = subject;
            self.end(Mention { verb: Some(Verb::Add), ..Mention::default() });
            return;
        }
        if verb == Verb::Becomes && matches!(self.now.verb, Some(Verb::Change | Verb::Drop)) {
            // “Drop the tamales, and the quesadillas go up to 135.”
            self.now.verb = Some(Verb::Change);
            return;
        }
        if verb == Verb::Becomes {
            let subject = !self.now.words.is_empty() && self.now.verb.is_none();
            if !subject {
                self.end(Mention::default());
            }
            if subject {
                // “The honey ones should be the chocolate”: it parts what is from what is to be.
                self.now.words.push(last);
            }
            self.now.verb = Some(Verb::Change);
            return;
        }
        // “Add them to the quote” names the quote; it does not begin one.
        let around = |&at: &usize| {
            matches!(
                word(self.tokens, at),
                "me" | "us" | "a" | "an" | "the" | "new" | "up" | "another" | "one"
            )
        };
        let makes = matches!(self.now.verb, Some(Verb::Change | Verb::Add)) && self.now.count.is_none();
        if verb == Verb::Quote && makes && self.now.words.iter().all(around) {
            self.now = Mention { verb: Some(Verb::Quote), ..Mention::default() };
            return;
        }
        // “Muscatine 26-27 bread bid”: a title asks for nothing.
        let title = matches!(word(self.tokens, last), "bid" | "quote" | "proposal")
            && (matches!(word(self.tokens, last + 1), "\n" | ":")
                || word(self.tokens, last + 1).starts_with(|c: char| c.is_ascii_digit()));
        let bare = self.now.verb.is_none() && self.now.count.is_none() && !self.now.words.is_empty();
        if verb == Verb::Quote && title && bare && !self.now.for_whom && !self.out.mentions.is_empty() {
            self.now = Mention::default();
            return;
        }
        if verb == Verb::Quote && self.now.verb.is_some() && !matches!(self.now.verb, Some(Verb::Quote)) {
            return;
        }
        let (correction, negated) = (self.now.correction, self.now.negated);
        let fresh = self.now.is_empty();
        let excepts = matches!(word(self.tokens, last), "except" | "excluding");
        let priced = self.out.prices.last().is_some_and(|(price, (_, end))| price.wide && *end + 1 >= last);
        let exempt = fresh && excepts && priced;
        self.end(Mention {
            verb: Some(verb),
            negated,
            correction: correction && fresh,
            exempt,
            ..Mention::default()
        });
    }
}
