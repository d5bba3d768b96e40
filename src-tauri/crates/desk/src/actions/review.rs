//! What an approver is told of each line beyond its price.
//!
//! Owns how a line of a stored quote compares: with its cost, with the floor, with the year before. Must not
//! be part of what is approved: it follows from the quote, which is.

use domain::{Percent, Quote};
use serde::Serialize;

use crate::flags::MARGIN_FLOOR;

/// A line, compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct LineReview {
    /// Which line.
    pub line_no: u32,
    /// What it earns, in words: `22.40%`, `cost unknown`.
    pub margin: String,
    /// Whether that is below the floor; none while it is not known.
    pub below_floor: Option<bool>,
    /// How the price moved since the year before, in words: `+1.2%`; none without a price then.
    pub vs_last_year: Option<String>,
}

/// Every line of a quote, compared.
pub(super) fn review(quote: &Quote) -> Vec<LineReview> {
    let one = |line: &domain::QuoteLine| {
        let margin = line.margin();
        LineReview {
            line_no: line.line_no,
            margin: margin.words(),
            below_floor: margin.at_least(MARGIN_FLOOR).map(|reached| !reached),
            vs_last_year: line
                .last_year_price
                .and_then(|before| line.case_price.moved_since(before))
                .map(Percent::as_move),
        }
    };
    quote.lines.iter().map(one).collect()
}
