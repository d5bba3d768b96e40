//! The mentions of a message: what each part of it is about.
//!
//! Owns how pieces group: which count and which price belong to which words, and where one mention ends.
//! Must not look anything up.

use crate::chat::grammar::{
    CountSaid, NoteSaid, Piece, PriceMeant, PriceSaid, UsualSaid, ValiditySaid, Verb, What, YearSaid,
    is_measure,
};
use crate::chat::shared_counts;
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::token::{Token, has_decimals, whole, word};
use crate::document::PriceRule;

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
    let mut grouping =
        Grouping { tokens, slashed, skip: 0, out: Grouped::default(), now: Mention::default() };
    for (place, piece) in pieces.iter().enumerate() {
        grouping.take(piece, &pieces[place + 1..]);
    }
    grouping.end(Mention::default());
    grouping.spread_rule();
    excepted(tokens, &mut grouping.out.mentions);
    shared_counts::hand_out(tokens, &mut grouping.out.mentions);
    grouping.out
}

/// The most words after “not” that tell what is not meant.
const EXCLUDED_WORDS: usize = 4;

/// The most words before a colon that head what follows.
const HEADING_WORDS: usize = 5;

/// So many slashes part a message.
const SLASHES: usize = 3;

struct Grouping<'a> {
    tokens: &'a [Token],
    slashed: bool,
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

    /// “20 omelets 40 cinnamon rolls hold last year's”: a rule that is said once, last, counts for all that is counted.
    fn spread_rule(&mut self) {
        let is_rule = |mention: &Mention| matches!(&mention.price, Some(price) if matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_))));
        let plain = |mention: &Mention| {
            matches!(mention.verb, None | Some(Verb::Add | Verb::Quote)) && !mention.correction
        };
        let counted = |mention: &Mention| {
            mention.count.is_some() || mention.words.iter().any(|&at| is_bare_count(self.tokens, at))
        };
        let priced: Vec<usize> =
            (0..self.out.mentions.len()).filter(|&at| self.out.mentions[at].price.is_some()).collect();
        let [at] = priced[..] else { return };
        let (before, last) = self.out.mentions.split_at(at);
        let last = &last[0];
        let many = before.iter().filter(|mention| counted(mention)).count();
        let all_plain = before.iter().chain([last]).filter(|mention| counted(mention)).all(plain);
        if many == 0 || !is_rule(last) || !counted(last) || !all_plain || !self.out.prices.is_empty() {
            return;
        }
        let Some(place) = last.priced_at else { return };
        let mention = &mut self.out.mentions[at];
        if let Some(price) = mention.price.take() {
            self.out.prices.push((price, place));
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
            }
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
            What::For if self.now.verb == Some(Verb::Replace) => self.now.words.push(piece.from),
            What::Join if self.state_follows(piece.to) => {}
            What::Join => self.follow(true),
            What::Stop if self.is_shortened(piece.from) || self.corrects_on(piece.from) => {}
            What::Stop => self.end(Mention::default()),
            What::For => {
                self.follow(false);
                self.now.for_whom = true;
            }
            What::Verb(Verb::Replace) if self.excludes(piece.from, rest) => {}
            What::Verb(verb) => self.verb(*verb, piece.to - 1),
            What::Not if self.not_count(rest) || self.excludes(piece.from, rest) => {}
            What::Not => {
                self.follow(false);
                self.now.negated = true;
            }
            What::Correction => self.end(Mention { correction: true, ..Mention::default() }),
            What::Quantity(count) => self.count(count, piece.from, rest),
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
                if let Some((from, to)) = said.who {
                    self.end(Mention { for_whom: true, words: (from..to).collect(), ..Mention::default() });
                }
                self.follow(false);
                self.out.usual.push((said.clone(), place));
            }
        }
    }

    /// “Helena: 15 cookie dough 10 brownies”: what is before the colon is no item.
    fn counts_begin(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let first = self.out.mentions.is_empty() && self.now.count.is_none() && !self.now.words.is_empty();
        let mut following = rest.iter().skip_while(|next| self.is_mere_sign(next.from));
        let next = following.next().is_some_and(|next| {
            matches!(next.what, What::Quantity(_))
                || next.what == What::Word && is_bare_count(self.tokens, next.from)
        });
        word(self.tokens, piece.from) == ":" && first && next
    }

    /// “Pizza: 30 sausage, 30 pepperoni”, “portland me: crackers 44”: the colon ends what stands before it.
    fn heads(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let plain = matches!(self.now.verb, None | Some(Verb::Quote | Verb::Add)) && !self.now.correction;
        let counted = self.now.count.is_some() || self.now.price.is_some();
        let short = (1..=HEADING_WORDS).contains(&self.now.words.len());
        let mut after = rest.iter().skip_while(|next| self.is_mere_sign(next.from));
        let words = after.by_ref().take_while(|next| matches!(next.what, What::Word | What::Quantity(_)));
        let named =
            words.filter(|next| word(self.tokens, next.from).starts_with(char::is_alphabetic)).count();
        word(self.tokens, piece.from) == ":" && plain && !counted && short && named > 0
    }

    /// “Mustard 10 / mayo 14”: a slash apart from what follows parts like a comma.
    fn is_slash(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        let apart = next.is_none_or(|next| self.tokens[at].to < next.from);
        word(self.tokens, at) == "/" && at > 0 && (apart || self.slashed)
    }

    /// “40 cs. of pizza”, “St. Cloud”: the point shortens a word and ends nothing.
    fn is_shortened(&self, at: usize) -> bool {
        let touches =
            at > 0 && word(self.tokens, at) == "." && self.tokens[at - 1].to == self.tokens[at].from;
        touches
            && match word(self.tokens, at - 1) {
                "st" | "mt" | "ft" | "ste" | "no" | "dist" | "elem" | "co" | "par" | "sch" | "oz" | "lb" => {
                    self.tokens.get(at + 1).is_some_and(|next| next.norm != "\n")
                }
                "cs" => self.now.words.is_empty() && self.now.count.is_some() && !self.now.joined,
                _ => false,
            }
    }

    /// “Enchiladas 66 beef empanadas 50”: where bare counts come last, each ends what it counts.
    fn counts_last(&self, piece: &Piece, rest: &[Piece]) -> bool {
        let is_count = |at: usize| is_bare_count(self.tokens, at);
        let named = self.now.words.iter().any(|&at| word(self.tokens, at).starts_with(char::is_alphabetic));
        let first = self.now.words.first().is_some_and(|&at| is_count(at));
        let before = piece.from.checked_sub(1).map_or("", |at| word(self.tokens, at));
        let and = |piece: &Piece| matches!(word(self.tokens, piece.from), "and" | "n" | "&");
        let stretch: Vec<&Piece> = rest
            .iter()
            .take_while(|piece| piece.what == What::Word || piece.what == What::Join && and(piece))
            .filter(|piece| piece.what == What::Word && self.tokens[piece.from].is_word())
            .collect();
        let next = stretch.first().map_or("", |next| word(self.tokens, next.from));
        let edits = matches!(self.now.verb, Some(Verb::Change | Verb::Replace | Verb::Drop | Verb::Restore));
        is_count(piece.from)
            && named
            && !first
            && !edits
            && self.now.count.is_none()
            && (next.starts_with(char::is_alphabetic) || is_sized(next))
            && !is_measure(next)
            && !matches!(
                before,
                "#" | "line" | "number" | "to" | "at" | "usd" | "isd" | "district" | "of" | "no" | "."
            )
            && stretch.len() > 1
            && stretch.iter().enumerate().skip(1).any(|(at, last)| {
                let after = stretch.get(at + 1).map_or("", |next| word(self.tokens, next.from));
                is_count(last.from)
                    && !is_measure(after)
                    && !is_measure(word(self.tokens, stretch[at - 1].from))
                    && after.parse::<u32>().is_err()
            })
    }

    /// “Buns 60 — Meridian schools”: after a count a dash apart from both parts like a comma.
    fn dash_parts(&self, at: usize) -> bool {
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
        apart && follows && counted
    }

    /// “Wrong customer!! It's Kane”, “wrong Bethlehem!! NY”: the sign ends nothing yet.
    fn corrects_on(&self, at: usize) -> bool {
        if !self.now.correction || self.now.verb.is_some() || self.now.count.is_some() {
            return false;
        }
        let wrong = self.tokens[..at].iter().rev().take(5).any(|token| token.norm == "wrong");
        let after = self.tokens[at..].iter().skip_while(|token| !token.is_word()).take(3);
        let after: Vec<&str> = after.map(|token| token.text.as_str()).collect();
        wrong && (self.now.words.is_empty() || states::leading(&after) > 0)
    }

    /// “Compostable trays not foam”: the words that follow say what it is not.
    fn excludes(&mut self, at: usize, rest: &[Piece]) -> bool {
        let named = |&at: &usize| {
            word(self.tokens, at).starts_with(char::is_alphabetic) && !says_little(word(self.tokens, at))
        };
        let words =
            rest.iter().take_while(|next| next.what == What::Word && self.tokens[next.from].is_word());
        let words: Vec<usize> = words.map(|next| next.from).collect();
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

    /// “70 not 65”: what it is not is no count of anything.
    fn not_count(&mut self, rest: &[Piece]) -> bool {
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

    /// Brackets and dashes say nothing; a sign that is no such mark is kept, and not understood.
    fn is_mere_sign(&self, at: usize) -> bool {
        matches!(
            word(self.tokens, at),
            "." | "(" | ")" | "[" | "]" | ":" | "-" | "*" | "/" | "|" | "•" | "\"" | "~" | "_" | ">" | "<"
        )
    }

    /// “100 cs choc milk 60 strawberry milk”: a bare number between items counts the next one, where the one
    /// before has its count already.
    fn counts_next(&self, piece: &Piece, rest: &[Piece]) -> bool {
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
        customer
            && ends
            && !self.now.words.is_empty()
            && self.now.count.is_none()
            && states::leading(&words) > 0
    }

    fn verb(&mut self, verb: Verb, last: usize) {
        if verb == Verb::Needs {
            let subject = !self.now.words.is_empty() && self.now.count.is_none() && self.now.verb.is_none();
            self.now.subject = subject;
            self.end(Mention { verb: Some(Verb::Add), ..Mention::default() });
            return;
        }
        if verb == Verb::Becomes && matches!(self.now.verb, Some(Verb::Change | Verb::Drop)) {
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

    fn count(&mut self, count: &CountSaid, at: usize, rest: &[Piece]) {
        let words_follow = rest.first().is_some_and(|next| {
            let each = matches!(word(self.tokens, next.from), "each" | "ea" | "apiece" | "both");
            next.what == What::Word && !each && self.tokens[next.from].is_word()
        });
        let to_it =
            self.now.words.last().is_some_and(|&last| matches!(word(self.tokens, last), "to" | "=" | "at"));
        let changes = matches!(self.now.verb, Some(Verb::Change | Verb::Replace));
        // “Tots 40 cs smiley fries 22 cs”: where counts come last, this one ends what it counts.
        let last = self.now.count.is_none()
            && !self.now.words.is_empty()
            && words_follow
            && (counts_come_last(self.tokens, rest) || is_crossed(word(self.tokens, at)));
        if !self.now.words.is_empty() && words_follow && !to_it && !changes && !last
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

    /// “Raisins and cranberries 15 cs each”: those it is joined to have the same count.
    fn count_all_before(&mut self, count: &CountSaid) {
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

    fn price(&mut self, price: &PriceSaid, place: (usize, usize), rest: &[Piece]) {
        let led = place.1 > place.0 + 1
            && word(self.tokens, place.0) == "same"
            && matches!(word(self.tokens, place.1 - 1), "on" | "for");
        let on = led || rest.first().is_some_and(|next| word(self.tokens, next.from) == "on");
        let of_all =
            rest.get(1).is_some_and(|next| matches!(word(self.tokens, next.from), "all" | "everything"));
        // “10% off list on the yogurt”.
        let counts = rest.get(1).is_some_and(|next| {
            matches!(next.what, What::Quantity(_)) || whole(word(self.tokens, next.from)).is_some()
        });
        let rule = matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_)));
        // “Hold last year's on 120 cs drumsticks and 30 cs wings” is said of both.
        let of_all = of_all || rule && counts;
        if on && !of_all && !price.wide && self.now.is_empty() && rest.len() > 1 {
            self.now.price = Some(price.clone());
            return;
        }
        // “Could you do last year plus 2% on all of these”: talk is no item.
        let points = |&at: &usize| {
            matches!(word(self.tokens, at), "it" | "that" | "this" | "them" | "those" | "these")
        };
        let talk = !self.now.words.is_empty()
            && self.now.count.is_none()
            && matches!(self.now.verb, None | Some(Verb::Add | Verb::Quote))
            && self.now.words.iter().all(|&at| says_little(word(self.tokens, at)))
            && !self.now.words.iter().any(points);
        if talk && matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_))) {
            self.out.prices.push((price.clone(), place));
            self.follow(false);
            return;
        }
        // “Tuna pouch/6/list”, “12 x 3, list”: of what it follows.
        let follows = self.now.is_empty() && self.now.joined && (self.slashed || place.1 - place.0 == 1);
        if let Some(last) = self.out.mentions.last_mut().filter(|_| follows && !price.wide)
            && last.price.is_none()
            && !last.for_whom
        {
            last.price = Some(price.clone());
            return;
        }
        if price.wide || (self.now.words.is_empty() && self.now.count.is_none()) || self.now.price.is_some() {
            self.out.prices.push((price.clone(), place));
            self.follow(false);
        } else {
            self.now.price = Some(price.clone());
            self.now.priced_at = Some(place);
        }
    }
}

/// “Except tortillas, those at 31.75”, “except ranch, make ranch 36.50”: of what is excepted a price is said.
fn excepted(tokens: &[Token], mentions: &mut Vec<Mention>) {
    for at in (0..mentions.len().saturating_sub(1)).rev() {
        let (one, next) = (&mentions[at], &mentions[at + 1]);
        let before = one.words.first().and_then(|at| at.checked_sub(1)).map_or("", |at| word(tokens, at));
        let before = if before == "the" { "except" } else { before };
        let mut said = next.words.iter().map(|&at| word(tokens, at)).filter(|word| tokens_are_names(word));
        let known = |text: &str| one.words.iter().any(|&at| word(tokens, at) == text);
        let of_it = said.all(|text| known(text) || is_amount(text));
        let priced = next.price.is_some() || next.words.iter().any(|&at| is_amount(word(tokens, at)));
        let bare = one.count.is_none() && one.price.is_none();
        if one.verb != Some(Verb::Drop) || before != "except" || !bare || !of_it || !priced {
            continue;
        }
        let amounts = next.words.iter().copied().filter(|&at| is_amount(word(tokens, at)));
        let amounts: Vec<usize> = amounts.collect();
        let price = next.price.clone();
        let one = &mut mentions[at];
        one.words.extend(amounts);
        (one.verb, one.price) = (Some(Verb::Change), price);
        mentions.remove(at + 1);
    }
}

/// Whether a word is more than a pronoun.
fn tokens_are_names(word: &str) -> bool {
    !matches!(
        word,
        "those" | "that" | "them" | "it" | "they" | "the" | "is" | "are" | "at" | "which" | "make"
    )
}

fn is_amount(word: &str) -> bool {
    has_decimals(word)
}

/// Whether what is left of this stretch ends with a count.
fn counts_come_last(tokens: &[Token], rest: &[Piece]) -> bool {
    let and = |piece: &Piece| matches!(word(tokens, piece.from), "and" | "n" | "&");
    let stretch = rest.iter().take_while(|piece| {
        matches!(piece.what, What::Word | What::Quantity(_)) || piece.what == What::Join && and(piece)
    });
    stretch
        .last()
        .is_some_and(|last| matches!(last.what, What::Quantity(_)) || is_bare_count(tokens, last.from))
}

/// Whether a bare number can be a count: a longer one, or one after “of”, is an item's code.
fn is_bare_count(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| word(tokens, at));
    whole(word(tokens, at)).is_some_and(|number| number <= MOST_BARE)
        && !matches!(before, "of" | "#" | "x" | "for")
}

/// `x18` stands after what it counts.
fn is_crossed(word: &str) -> bool {
    word.strip_prefix('x').is_some_and(|count| whole(count).is_some())
}

/// `16in`, `3oz`: a size, written with its measure.
fn is_sized(word: &str) -> bool {
    let digits = word.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    word.split_at_checked(digits).is_some_and(|(number, unit)| !number.is_empty() && is_measure(unit))
}

/// The greatest bare number that is taken for a count.
const MOST_BARE: u64 = 9_999;
