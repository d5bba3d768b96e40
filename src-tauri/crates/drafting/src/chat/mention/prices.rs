//! What a price is said of: the words before it, those after its “on”, all of the message, both of two; and what is
//! excepted.
//!
//! Owns which mentions a price is of. Must not look anything up.

use domain::Money;

use crate::chat::grammar::{CountSaid, Piece, PriceMeant, PriceSaid, Verb, What};
use crate::chat::mention::counts::is_bare_count;
use crate::chat::mention::{Grouping, Mention};
use crate::chat::small_words::says_little;
use crate::chat::token::{Token, has_decimals, whole, word};
use crate::document::PriceRule;

/// A case costs at least so many cents: what is less is the price of a piece.
const LEAST_CASE: i64 = 500;

impl Grouping<'_> {
    /// Take a price: it is of the mention under way, of what follows “on”, of the one before, or of all.
    pub(super) fn price(&mut self, price: &PriceSaid, place: (usize, usize), rest: &[Piece]) {
        // “33 cs $49.15 ea”: each of the cases.
        let cases = matches!(self.now.count, Some(CountSaid::Cases { .. }));
        let each = match &price.meant {
            PriceMeant::PerUnit(amount, unit)
                if unit == "each"
                    && cases
                    && Money::from_cents(LEAST_CASE).is_ok_and(|least| *amount >= least) =>
            {
                Some(PriceSaid { meant: PriceMeant::Rule(PriceRule::Given(*amount)), ..price.clone() })
            }
            _ => None,
        };
        let price = each.as_ref().unwrap_or(price);
        let led = place.1 > place.0 + 1
            && word(self.tokens, place.0) == "same"
            && matches!(word(self.tokens, place.1 - 1), "on" | "for");
        let on = led || rest.first().is_some_and(|next| word(self.tokens, next.from) == "on");
        let of_all = rest.get(1).is_some_and(|next| {
            matches!(word(self.tokens, next.from), "all" | "everything" | "these" | "following")
        });
        // “10% off list on the yogurt”.
        let counts = rest.get(1).is_some_and(|next| {
            matches!(next.what, What::Quantity(_)) || whole(word(self.tokens, next.from)).is_some()
        });
        let rule = matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_)));
        // “Hold last year's on 120 cs drumsticks and 30 cs wings” is said of both.
        let of_all = of_all || rule && counts;
        // “Can you do last year's price on the turkey”: talk before it is of nothing.
        let little = |&at: &usize| says_little(word(self.tokens, at));
        let em = |&at: &usize| {
            matches!(word(self.tokens, at), "em" | "it" | "them" | "those" | "these" | "that" | "this")
        };
        let pronoun = rest.get(1).is_some_and(|next| {
            matches!(
                word(self.tokens, next.from),
                "it" | "that" | "this" | "them" | "those" | "these" | "em" | "both"
            )
        });
        let rules = matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_)));
        let named = rest.iter().skip(1).take_while(|next| next.what == What::Word).count() > 1;
        if on
            && rules
            && !of_all
            && !price.wide
            && !pronoun
            && named
            && !self.now.is_empty()
            && self.now.count.is_none()
            && self.now.verb.is_none()
        {
            // “Fremont 25 hold last year's on taco filling 25”: it begins what follows.
            self.follow(false);
        }
        let talks = !self.now.words.iter().any(em)
            && self.now.count.is_none()
            && self.now.price.is_none()
            && self.now.words.iter().all(little);
        // “Hold 25-26 prices on the tots”: of those, though “prices” are many.
        let whole = |next: &Piece| {
            matches!(
                word(self.tokens, next.from),
                "rest" | "items" | "lines" | "whole" | "following" | "others"
            )
        };
        let the = rest.get(1).is_some_and(|next| word(self.tokens, next.from) == "the")
            && rest.get(2).is_some_and(|next| !whole(next));
        let narrow = on && price.wide && !price.all && the;
        let one = PriceSaid { wide: price.wide && !narrow, ..price.clone() };
        let price = &one;
        if on && !of_all && !price.wide && talks && rest.len() > 1 {
            self.now.words.clear();
            self.now.price = Some(price.clone());
            return;
        }
        // “Could you do last year plus 2% on all of these”: talk is no item.
        let points = |&at: &usize| {
            matches!(word(self.tokens, at), "it" | "that" | "this" | "them" | "those" | "these")
        };
        let talk = !self.now.words.is_empty()
            && self.now.count.is_none()
            && (matches!(self.now.verb, None | Some(Verb::Add | Verb::Quote))
                || self.now.joined && self.now.verb == Some(Verb::Drop) && !self.out.usual.is_empty())
            && self.now.words.iter().all(|&at| says_little(word(self.tokens, at)))
            && (!self.now.words.iter().any(points) || !self.out.usual.is_empty());
        if talk && matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_))) {
            self.out.prices.push((price.clone(), place));
            self.follow(false);
            return;
        }
        // “Tuna pouch/6/list”, “12 x 3, list”: of what it follows.
        // “Frybread, 55 cases, at 46.30, and 11 cases chile”.
        let ends = rest.first().is_none_or(|next| matches!(next.what, What::Join | What::Stop));
        let amount = matches!(price.meant, PriceMeant::Rule(PriceRule::Given(_)));
        let counted = self.out.mentions.last().is_some_and(|last| last.count.is_some());
        // “- Burritos, 45 cases, at last year's price” amid a list is of that row.
        let at = matches!(word(self.tokens, place.0), "at" | "@");
        let amid = rest.first().is_some_and(|next| word(self.tokens, next.from) == "\n")
            && rest.iter().skip(1).any(|next| matches!(next.what, What::Quantity(_)));
        let row = at && amid && counted;
        let follows = self.now.is_empty()
            && self.now.joined
            && (self.slashed || place.1 - place.0 == 1 || ends && amount && counted || row);
        if let Some(last) = self.out.mentions.last_mut().filter(|_| follows && !price.wide)
            && last.price.is_none()
            && !last.for_whom
        {
            last.price = Some(price.clone());
            last.priced_at = Some(place);
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

    /// “20 omelets 40 cinnamon rolls hold last year's”: a rule that is said once, last, counts for all that is counted.
    pub(super) fn spread_rule(&mut self) {
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
        let last = &self.out.mentions[at];
        let others = |place: &usize| *place != at;
        let before: Vec<&Mention> =
            (0..self.out.mentions.len()).filter(others).map(|place| &self.out.mentions[place]).collect();
        // “Calzones 35 at last year's price” is of those alone.
        let beside = last.priced_at.is_some_and(|(from, _)| matches!(word(self.tokens, from), "at" | "@"));
        // A row of a list says its own.
        let listed = last.priced_at.is_some_and(|(_, to)| {
            word(self.tokens, to) == ")" || self.tokens[to..].iter().any(|token| token.norm == "\n")
        });
        if beside || listed {
            return;
        }
        let many = before.iter().filter(|mention| counted(mention)).count();
        let all_plain = before.iter().copied().chain([last]).filter(|mention| counted(mention)).all(plain);
        if many == 0 || !is_rule(last) || !counted(last) || !all_plain || !self.out.prices.is_empty() {
            return;
        }
        let Some(place) = last.priced_at else { return };
        let mention = &mut self.out.mentions[at];
        if let Some(price) = mention.price.take() {
            self.out.prices.push((price, place));
        }
    }
}

/// “Except tortillas, those at 31.75”, “except ranch, make ranch 36.50”: of what is excepted a price is said.
pub(super) fn excepted(tokens: &[Token], mentions: &mut Vec<Mention>) {
    for mention in mentions.iter_mut() {
        held(tokens, mention);
    }
    for at in (0..mentions.len()).rev() {
        counted_or_priced(tokens, mentions, at);
    }
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

/// “Except marinara cups, list on that”, “except corn dogs 50”: what is excepted is there, with what is said of it.
fn counted_or_priced(tokens: &[Token], mentions: &mut Vec<Mention>, at: usize) {
    let one = &mentions[at];
    let excepts = one.words.first().and_then(|at| at.checked_sub(1)).map_or("", |at| word(tokens, at));
    let bare = one.words.len() > 1 && one.words.last().is_some_and(|&last| is_bare_count(tokens, last));
    let counted = one.count.is_some() || bare;
    if one.verb != Some(Verb::Drop) || excepts != "except" || !counted && one.price.is_none() {
        return;
    }
    let points = |mention: &Mention| {
        let word = |&at: &usize| matches!(word(tokens, at), "on" | "for" | "that" | "those" | "them" | "it");
        mention.count.is_none() && mention.price.is_none() && mention.words.iter().all(word)
    };
    if one.price.is_some() && mentions.get(at + 1).is_some_and(points) {
        mentions.remove(at + 1);
    }
    let one = &mut mentions[at];
    one.verb = Some(Verb::Change);
    // What has a price of its own is left out of what is said of all.
    one.exempt &= one.price.is_some();
}

/// “Except the apple juice, hold that”: of what is excepted, last year's price.
fn held(tokens: &[Token], mention: &mut Mention) {
    let said: Vec<&str> = mention.words.iter().map(|&at| word(tokens, at)).collect();
    let kept = match said[..] {
        [.., "hold" | "keep", "that" | "those" | "it" | "them"] => said.len() - 2,
        [.., "hold"] => said.len() - 1,
        _ => return,
    };
    let excepts = mention.words.first().and_then(|at| at.checked_sub(1)).map_or("", |at| word(tokens, at));
    if kept == 0 || mention.verb != Some(Verb::Drop) || excepts != "except" || mention.price.is_some() {
        return;
    }
    mention.words.truncate(kept);
    mention.verb = Some(Verb::Change);
    let meant = PriceMeant::Rule(PriceRule::LastYear);
    mention.price = Some(PriceSaid { meant, wide: false, all: false });
}

/// “14 cs apples and 18 cs celery, 22.10 and 31.75”: as many prices as things, in order.
pub(super) fn handed_out(tokens: &[Token], mentions: &mut Vec<Mention>) {
    let amount = |mention: &Mention| match mention.words[..] {
        [only] if mention.count.is_none() && mention.price.is_none() => {
            word(tokens, only).parse::<Money>().ok().filter(|_| is_amount(word(tokens, only)))
        }
        _ => None,
    };
    let plain = |mention: &Mention| {
        matches!(mention.verb, None | Some(Verb::Add | Verb::Quote))
            && !mention.correction
            && !mention.negated
            && mention.price.is_none()
            && !mention.words.is_empty()
            && amount(mention).is_none()
    };
    let amounts: Vec<Money> = mentions.iter().rev().map_while(amount).collect();
    let many = amounts.len();
    let Some(from) = mentions.len().checked_sub(2 * many).filter(|_| many > 1) else { return };
    let counted = |mention: &Mention| {
        mention.count.is_some() || mention.words.iter().any(|&at| is_bare_count(tokens, at))
    };
    let items = &mut mentions[from..from + many];
    if !items.iter().all(|item| plain(item) && counted(item)) {
        return;
    }
    for (item, amount) in items.iter_mut().zip(amounts.into_iter().rev()) {
        let meant = PriceMeant::Rule(PriceRule::Given(amount));
        item.price = Some(PriceSaid { meant, wide: false, all: false });
    }
    mentions.truncate(from + many);
}

/// “Same price as last year on the meatballs and the rotini”: it is of both.
pub(super) fn of_both(tokens: &[Token], mentions: &mut [Mention]) {
    for at in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(at);
        let (one, next) = (&before[at - 1], &mut after[0]);
        let the = |mention: &Mention| mention.words.iter().take(2).any(|&at| word(tokens, at) == "the");
        let led = one.price.is_some() && one.priced_at.is_none() && one.count.is_none();
        let bare = next.count.is_none() && next.price.is_none() && next.verb == one.verb;
        let numbered = next.words.iter().any(|&at| is_bare_count(tokens, at));
        let rule = matches!(&one.price, Some(price) if matches!(price.meant, PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_))));
        let counts = |mention: &Mention| {
            mention.count.is_some() || mention.words.iter().any(|&at| is_bare_count(tokens, at))
        };
        let both_counted = one.price.is_some()
            && one.priced_at.is_none()
            && rule
            && counts(one)
            && counts(next)
            && next.price.is_none()
            && next.joined
            && next.verb == one.verb;
        if led && bare && next.joined && the(one) && the(next) && !numbered || both_counted {
            next.price.clone_from(&one.price);
        }
    }
}

/// “Except the fries, they want straight cut”: that in the place of what is excepted.
pub(super) fn replaced(tokens: &[Token], mentions: &mut Vec<Mention>) {
    for at in (0..mentions.len().saturating_sub(1)).rev() {
        let who = usize::from(mentions.get(at + 1).is_some_and(|next| {
            !next.words.is_empty()
                && next.words.iter().all(|&at| matches!(word(tokens, at), "they" | "he" | "she" | "we"))
        }));
        let (one, Some(next)) = (&mentions[at], mentions.get(at + 1 + who)) else { continue };
        let before = |mention: &Mention| mention.words.first().and_then(|at| at.checked_sub(1));
        let excepts = before(one).is_some_and(|at| word(tokens, at) == "except");
        let bare = |mention: &Mention| {
            mention.count.is_none()
                && mention.price.is_none()
                && !mention.words.iter().any(|&at| is_bare_count(tokens, at))
        };
        let Some(wants) = before(next).filter(|&at| matches!(word(tokens, at), "want" | "wants")) else {
            continue;
        };
        if one.verb != Some(Verb::Drop) || !excepts || !bare(one) || !bare(next) {
            continue;
        }
        let new = next.words.clone();
        let one = &mut mentions[at];
        one.words.push(wants);
        one.words.extend(new);
        (one.verb, one.exempt) = (Some(Verb::Replace), false);
        mentions.drain(at + 1..=at + 1 + who);
    }
}

/// Whether a word is more than a pronoun.
fn tokens_are_names(word: &str) -> bool {
    !matches!(
        word,
        "those"
            | "that"
            | "them"
            | "it"
            | "they"
            | "the"
            | "is"
            | "are"
            | "at"
            | "which"
            | "make"
            | "one"
            | "ones"
            | "on"
    )
}

fn is_amount(word: &str) -> bool {
    has_decimals(word)
}
