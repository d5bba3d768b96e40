//! Prices of more than the words beside them: a rule said once for all, and exceptions.
//!
//! Owns which mentions such a price is of. Must not look anything up.

use crate::chat::grammar::{PriceMeant, Verb};
use crate::chat::mention::counts::is_bare_count;
use crate::chat::mention::{Grouping, Mention};
use crate::chat::token::{Token, has_decimals, word};
use crate::document::PriceRule;

impl Grouping<'_> {
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
}

/// “Except tortillas, those at 31.75”, “except ranch, make ranch 36.50”: of what is excepted a price is said.
pub(super) fn excepted(tokens: &[Token], mentions: &mut Vec<Mention>) {
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
