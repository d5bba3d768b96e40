//! What the rep asks of the draft: a margin, a price, the total.
//!
//! Owns which figure is asked for and of which lines. Must not know the figures.

use domain::LineId;
use serde::{Deserialize, Serialize};

use crate::chat::catalogue::LookupError;
use crate::chat::interpret::Reading;
use crate::chat::lines::{self, Lines};
use crate::chat::small_words::says_little;

/// A question of the rep; it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Inquiry {
    /// What is asked for.
    pub about: Figure,
    /// Of which lines; none when it is asked of the whole quote.
    pub lines: Vec<LineId>,
}

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// The margin.
    Margin,
    /// The price of a case, and where it came from.
    Price,
    /// What it all comes to.
    Total,
}

impl Reading<'_> {
    /// What the message asks for, as far as it is a figure of the draft.
    pub fn inquiry(&self) -> Result<Option<Inquiry>, LookupError> {
        let words: Vec<&str> =
            self.tokens.iter().filter(|token| token.is_word()).map(|token| token.norm.as_str()).collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        let about = if has(&["margin", "margins", "markup", "profit"]) {
            Figure::Margin
        } else if has(&["total", "totals", "sum", "altogether", "overall"]) {
            Figure::Total
        } else if has(&[
            "price",
            "prices",
            "priced",
            "cost",
            "costs",
            "much",
            "pricing",
            "pay",
            "paid",
            "paying",
            "charge",
            "charged",
            "expensive",
            "steep",
            "cheap",
        ]) || words.windows(2).any(|pair| pair == ["so", "high"])
        {
            Figure::Price
        } else {
            return Ok(None);
        };
        let lines = &self.sheet.lines;
        let all = || lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
        let asking = |word: &&&str| {
            !says_little(word)
                && !matches!(
                    **word,
                    "what's"
                        | "whats"
                        | "why"
                        | "how"
                        | "much"
                        | "margin"
                        | "margins"
                        | "markup"
                        | "profit"
                        | "total"
                        | "totals"
                        | "sum"
                        | "altogether"
                        | "overall"
                        | "price"
                        | "prices"
                        | "priced"
                        | "cost"
                        | "costs"
                        | "pricing"
                        | "wait"
                        | "hey"
                        | "hmm"
                        | "where"
                        | "when"
                        | "tell"
                        | "show"
                        | "making"
                        | "wheres"
                        | "where's"
                        | "wise"
                        | "sitting"
                        | "pay"
                        | "paid"
                        | "paying"
                        | "charge"
                        | "charged"
                        | "high"
                        | "expensive"
                        | "steep"
                        | "cheap"
                        | "so"
                        | "year"
                        | "years"
                        | "yr"
                )
        };
        // “What did they pay last year” is of no last line.
        let of_year = |at: usize| {
            words[at] == "last"
                && words.get(at + 1).is_some_and(|next| matches!(*next, "year" | "years" | "yr" | "year's"))
        };
        let words: Vec<&str> = (0..words.len()).filter(|&at| !of_year(at)).map(|at| words[at]).collect();
        let named: Vec<&str> = words.iter().filter(asking).copied().collect();
        let meant = match (about, &named[..]) {
            (Figure::Total, _) => Vec::new(),
            (_, []) if has(&["that", "it", "this"]) => match &self.sheet.focus {
                Some(focus) if self.sheet.line(focus).is_some() => vec![focus.clone()],
                _ => all(),
            },
            (_, []) => all(),
            (_, named) => match lines::meant(self.catalogue, lines, self.sheet.focus.as_ref(), named)? {
                Lines::These(ids) | Lines::OneOf(ids) => ids,
                Lines::None => return Ok(None),
            },
        };
        Ok((about == Figure::Total || !meant.is_empty()).then_some(Inquiry { about, lines: meant }))
    }
}
