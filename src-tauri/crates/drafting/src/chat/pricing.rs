//! From a price that was said to changes.
//!
//! Owns what is asked about a price: its direction, its base, whether it is for a case. Must not convert
//! one that is not.

use domain::LineId;

use crate::chat::grammar::{PriceMeant, PriceSaid};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::propose::Proposing;
use crate::chat::question::Slot;
use crate::chat::wording::{capital, choice, clipped};
use crate::document::{Base, Change, DraftLine, PriceRule};

impl Proposing<'_, '_> {
    /// The rule said of the mention, when it is one.
    pub fn said_rule(&self, mention: &Mention) -> Option<PriceRule> {
        match mention.price.as_ref().map(|price| &price.meant) {
            Some(PriceMeant::Rule(rule)) => Some(*rule),
            Some(PriceMeant::Same) => Some(self.rule_before()),
            Some(PriceMeant::SameAs(from, to)) => self.rule_of(*from, *to),
            _ => None,
        }
    }

    /// The rule of the line spoken of before; last year's where there is none.
    fn rule_before(&self) -> PriceRule {
        let line = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus));
        line.map_or(PriceRule::LastYear, |line| line.price)
    }

    /// The rule of the one line that some tokens name.
    fn rule_of(&self, from: usize, to: usize) -> Option<PriceRule> {
        self.line_named(from, to).map(|line| line.price)
    }

    /// The one line that some tokens name.
    pub fn line_named(&self, from: usize, to: usize) -> Option<&DraftLine> {
        let words: Vec<&str> = self.tokens[from..to].iter().map(|token| token.text.as_str()).collect();
        match lines::meant(self.catalogue, &self.sheet.lines, None, &words) {
            Ok(Lines::These(ids)) if ids.len() == 1 => self.sheet.line(&ids[0]),
            _ => None,
        }
    }

    /// Ask about a price said of a line that is no rule yet.
    pub fn ask_price(&mut self, mention: &Mention, ids: &[LineId]) {
        if let Some(price) = &mention.price
            && !matches!(price.meant, PriceMeant::Rule(_) | PriceMeant::Same)
        {
            self.set_price(Some(price), ids, "");
        }
    }

    /// Set a rule on some lines.
    pub fn set_rule(&mut self, rule: PriceRule, ids: &[LineId], said: &str) {
        if ids.is_empty() {
            return;
        }
        let lines: Vec<String> =
            ids.iter().filter_map(|id| self.sheet.line(id)).map(|line| line.item_code.to_string()).collect();
        self.sheet.understood(
            said,
            format!("{} for {}", rule.in_words(), clipped(&lines.join(", "))),
            why_of(rule),
        );
        for id in ids {
            if self.sheet.line(id).is_some_and(|line| line.price != rule) {
                self.sheet.make(Change::SetPrice { line_id: id.clone(), price: rule });
            }
        }
    }

    /// Which way the prices of all of these lines move, and from what, where it is the same.
    fn moved_alike(&self, ids: &[LineId]) -> Option<(bool, Base)> {
        let moved = |id: &LineId| match self.sheet.line(id)?.price {
            PriceRule::Moved { by, from } => Some((by.decimal().is_sign_positive(), from)),
            _ => None,
        };
        let first = moved(ids.first()?)?;
        ids.iter().all(|id| moved(id) == Some(first)).then_some(first)
    }

    /// Set, ask about or refuse a price of some lines.
    pub fn set_price(&mut self, price: Option<&PriceSaid>, ids: &[LineId], said: &str) {
        let Some(price) = price else { return };
        let all = |rule: PriceRule| {
            ids.iter().map(|id| Change::SetPrice { line_id: id.clone(), price: rule }).collect::<Vec<_>>()
        };
        match &price.meant {
            PriceMeant::Rule(rule) => self.set_rule(*rule, ids, said),
            PriceMeant::Same => self.set_rule(self.rule_before(), ids, said),
            PriceMeant::SameAs(from, to) => match self.rule_of(*from, *to) {
                Some(rule) => self.set_rule(rule, ids, said),
                None => {
                    let other: Vec<&str> =
                        self.tokens[*from..*to].iter().map(|token| token.text.as_str()).collect();
                    self.sheet.answer(format!("No one line of the draft is “{}”", clipped(&other.join(" "))));
                }
            },
            PriceMeant::Told => {}
            PriceMeant::Refused(why) => self.sheet.answer(capital(why)),
            PriceMeant::Current => {
                let last = choice(
                    "Last year's prices, held",
                    "what they pay now",
                    &["hold", "held"],
                    all(PriceRule::LastYear),
                );
                let list = choice(
                    "The price list",
                    "of the quoted school year",
                    &["list", "new"],
                    all(PriceRule::List),
                );
                self.sheet.ask(Slot::Price, "Which prices are the current ones?", vec![last, list]);
            }
            PriceMeant::OfYear(year) => match self.sheet.year {
                Some(quoted) if quoted == *year => self.set_rule(PriceRule::List, ids, said),
                Some(quoted) if quoted.previous() == Some(*year) => {
                    self.set_rule(PriceRule::LastYear, ids, said)
                }
                _ => self.sheet.answer(format!(
                    "I can use the prices of the quoted school year or of the one before; {year} is neither"
                )),
            },
            // “Make it 4%” of what is 5% over last year: as it was, by so much.
            PriceMeant::Undirected(by, _) if self.moved_alike(ids).is_some() => {
                let (rises, from) = self.moved_alike(ids).unwrap_or((true, Base::LastYear));
                let by =
                    if rises { *by } else { domain::Percent::from_decimal(-by.decimal()).unwrap_or(*by) };
                self.set_rule(PriceRule::Moved { by, from }, ids, said);
            }
            PriceMeant::Undirected(by, from) => {
                let up = PriceRule::Moved { by: *by, from: *from };
                let down = domain::Percent::from_decimal(-by.decimal())
                    .map(|by| PriceRule::Moved { by, from: *from })
                    .unwrap_or(up);
                let prompt = format!("{by}% up or down?");
                let choices = vec![
                    choice(format!("Up {by}%"), up.in_words(), &["up", "higher", "increase"], all(up)),
                    choice(format!("Down {by}%"), down.in_words(), &["down", "lower", "off"], all(down)),
                ];
                self.sheet.ask(Slot::Price, prompt, choices);
            }
            PriceMeant::PerUnit(amount, unit) => {
                let shown = amount.as_price();
                let per = if unit == "each" { "each".to_owned() } else { format!("a {unit}") };
                let prompt = format!(
                    "Quotes are by the case. You said ${shown} {per}; is ${shown} the price of a case?"
                );
                let rule = PriceRule::Given(*amount);
                let label = format!("${shown} a case");
                self.sheet.ask(
                    Slot::Price,
                    prompt,
                    vec![choice(label, "as said, for a whole case", &["case"], all(rule))],
                );
            }
        }
    }
}

/// Why a rule was taken from the words.
pub fn why_of(rule: PriceRule) -> &'static str {
    match rule {
        PriceRule::Moved { from: Base::LastYear, .. } => {
            "a move is over last year's price unless the list is named"
        }
        _ => "as said",
    }
}
