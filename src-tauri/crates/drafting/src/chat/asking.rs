//! What of a message asks us.
//!
//! Owns telling a message or a sentence that asks from one that orders. Must not answer: `inquiry` finds what is asked
//! for.

use std::ops::Range;

use crate::chat::grammar::Verb;
use crate::chat::interpret::Reading;
use crate::chat::mention::{Grouped, Mention};
use crate::chat::question::Slot;
use crate::chat::token::{Token, whole, word};

impl Reading<'_> {
    /// Whether the message asks us something instead of saying what to do.
    pub fn asks_us(&self, grouped: &Grouped) -> bool {
        let leads = |token: &&Token| {
            matches!(
                token.norm.as_str(),
                "wait" | "ok" | "okay" | "so" | "hey" | "hi" | "btw" | "also" | "," | "hmm"
            )
        };
        let skipped = self.tokens.iter().take_while(leads).count();
        let first = word(self.tokens, skipped);
        let asking = matches!(
            first,
            "what"
                | "what's"
                | "whats"
                | "what'd"
                | "whatd"
                | "how"
                | "how'd"
                | "when"
                | "who"
                | "why"
                | "which"
                | "where"
                | "where's"
                | "wheres"
                | "is"
                | "are"
                | "does"
                | "did"
        ) || first == "and"
            && matches!(word(self.tokens, 1), "what" | "what's" | "whats" | "how" | "why");
        // “Taco meat 16, black beans 9, boats??” is an order.
        let counts = |mention: &&Mention| {
            let number = |at: &usize| whole(word(self.tokens, *at)).is_some();
            let (first, last) = (mention.words.first(), mention.words.last());
            mention.words.len() > 1 && (first.is_some_and(number) || last.is_some_and(number))
        };
        let listed = grouped.mentions.iter().filter(counts).count() > 1;
        let marked = self.tokens.last().is_some_and(|token| token.norm == "?") && !listed;
        let greets = matches!(first, "what's" | "whats") && word(self.tokens, skipped + 1) == "up";
        // “What's a case weigh?”
        let a_case = word(self.tokens, skipped + 1) == "a" && word(self.tokens, skipped + 2) == "case";
        let counted = grouped.mentions.iter().any(|mention| {
            mention.count.is_some()
                && !a_case
                && mention.verb.is_none_or(|verb| verb == Verb::Add || verb == Verb::Quote)
        });
        // “What do they pay for the pizza? Put 15 on a quote”: what follows is to be done.
        let asked = self.tokens.iter().position(|token| token.norm == "?");
        let orders = asked.is_some_and(|at| {
            let after = &self.tokens[at + 1..];
            let number = |token: &Token| whole(&token.norm).is_some();
            let add = |token: &Token| {
                matches!(token.norm.as_str(), "add" | "put" | "need" | "needs" | "drop" | "quote" | "include")
            };
            let orders = self.sheet.lines.is_empty() || after.iter().any(add);
            orders && after.iter().any(number) && after.len() > 2
        });
        // “What did they buy in breakfast last year?” asks; “what they bought last year” does not.
        let did = matches!(word(self.tokens, skipped + 1), "did" | "do" | "does")
            || matches!(first, "what'd" | "whatd");
        let wants = grouped.mentions.iter().any(|mention| mention.verb.is_some());
        let about_usual = did && !wants && self.tokens.iter().filter(|token| token.norm == "?").count() == 1;
        let about_usual = about_usual && self.tokens.last().is_some_and(|token| token.norm == "?");
        // “How many tamales in a case?”
        let many = first == "how" && matches!(word(self.tokens, skipped + 1), "many" | "much");
        asking && !greets && (!counted || many) && !orders && (grouped.usual.is_empty() || about_usual)
            || marked
                && grouped.usual.is_empty()
                && grouped.years.is_empty()
                && grouped.mentions.iter().all(|mention| mention.verb.is_none() && mention.count.is_none())
    }

    /// “…, 12 cases. How many packs in a case”: a sentence that asks and counts nothing names no item. The mentions of
    /// the others.
    pub fn unasked(&mut self, mentions: Vec<Mention>) -> Vec<Mention> {
        let ends = |token: &Token| matches!(token.norm.as_str(), "." | "?" | "!" | "\n" | ";");
        // “When you get a chance, drop the tots” orders.
        let asks = |token: &Token| {
            matches!(
                token.norm.as_str(),
                "how"
                    | "what"
                    | "what's"
                    | "whats"
                    | "why"
                    | "does"
                    | "did"
                    | "is"
                    | "are"
                    | "where"
                    | "where's"
                    | "wheres"
                    | "who"
            )
        };
        let mut asked: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for part in self.tokens.split_inclusive(ends) {
            let to = from + part.len();
            let counts = |token: &Token| token.is_number();
            if from > 0 && part.first().is_some_and(asks) && !part.iter().any(counts) {
                asked.push(from..to);
            }
            from = to;
        }
        let is_asked = |mention: &Mention| {
            let within = |range: &Range<usize>| mention.words.iter().all(|at| range.contains(at));
            !mention.words.is_empty() && asked.iter().any(within)
        };
        let (asked, left): (Vec<_>, Vec<_>) = mentions.into_iter().partition(is_asked);
        if let (Some(first), Some(last)) = (asked.first(), asked.last())
            && let (Some(&from), Some(&to)) = (first.words.first(), last.words.last())
        {
            let said = self.said((from, to + 1));
            self.sheet.puzzled(&said);
        }
        left
    }

    /// “Skip that, leave it at list”: what was asked of a price is left as it is. Whether it is said.
    pub fn leaves_price(&mut self, mention: &Mention) -> bool {
        let points = |&at: &usize| matches!(word(self.tokens, at), "that" | "it");
        let plain = mention.count.is_none() && mention.price.is_none() && mention.words.iter().all(points);
        let skips = mention.verb == Some(Verb::Drop) && !mention.words.is_empty() && plain;
        let before =
            mention.words.first().and_then(|at| at.checked_sub(1)).map_or("", |at| word(self.tokens, at));
        if !skips || !matches!(before, "skip" | "forget" | "cancel" | "scratch") {
            return false;
        }
        let open = self.open.len();
        self.open.retain(|question| question.slot != Slot::Price);
        if self.open.len() == open {
            return false;
        }
        self.sheet.understood(
            mention.said(self.tokens).join(" "),
            "the price stays as it is",
            "it was only asked about",
        );
        true
    }
}
