//! Margin: what a line earns, or why that is not known.
//!
//! Owns `margin_pct = (price − cost) / price · 100` and its gate (mission rule 3). Must never turn a
//! missing cost into 100 % or a zero price into 0 %.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::percent::Percent;

/// The margin of a price over its cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "margin", rename_all = "snake_case")]
pub enum Margin {
    /// Both are known and the price is more than nothing.
    Known {
        /// What is asked for a case.
        price: Money,
        /// What a case costs us.
        cost: Money,
    },
    /// A zero or negative price has no margin.
    UndefinedPrice,
    /// There is no cost to compare with.
    UnknownCost,
}

impl Margin {
    /// The margin of `price` over `cost`; a price that is not positive is undefined whatever the cost.
    pub fn of(price: Money, cost: Option<Money>) -> Self {
        match cost {
            _ if !price.is_positive() => Margin::UndefinedPrice,
            None => Margin::UnknownCost,
            Some(cost) => Margin::Known { price, cost },
        }
    }

    /// The variants are public, so a `Known` may have been written or read past [`Margin::of`]; its rule
    /// is asked again before anything is computed.
    fn settled(self) -> Self {
        match self {
            Margin::Known { price, cost } => Margin::of(price, Some(cost)),
            unknown => unknown,
        }
    }

    /// Whether the margin is at least `floor`: `(price − cost) · 100 ≥ floor · price`, computed exactly
    /// and unrounded. `None` when the margin is not known; an unknown margin never passes.
    pub fn at_least(&self, floor: Percent) -> Option<bool> {
        match self.settled() {
            Margin::Known { price, cost } => {
                let earned = (price.decimal() - cost.decimal()) * Decimal::ONE_HUNDRED;
                Some(earned >= floor.decimal() * price.decimal())
            }
            Margin::UndefinedPrice | Margin::UnknownCost => None,
        }
    }

    /// The percentage at two decimals, rounded down so that 14.996 % never reads as 15.00. `None` when
    /// not known, or when it is beyond ±100,000 %.
    pub fn percent(&self) -> Option<Percent> {
        match self.settled() {
            Margin::Known { price, cost } => {
                let exact = (price.decimal() - cost.decimal()) * Decimal::ONE_HUNDRED / price.decimal();
                let floored = exact.round_dp_with_strategy(2, RoundingStrategy::ToNegativeInfinity);
                Percent::from_decimal(floored).ok()
            }
            Margin::UndefinedPrice | Margin::UnknownCost => None,
        }
    }

    /// For a reader: `22.40%`, `no price`, `cost unknown` or `beyond range`.
    pub fn words(&self) -> String {
        match self.settled() {
            Margin::Known { .. } => {
                self.percent().map_or_else(|| "beyond range".to_owned(), |p| format!("{:.2}%", p.decimal()))
            }
            Margin::UndefinedPrice => "no price".to_owned(),
            Margin::UnknownCost => "cost unknown".to_owned(),
        }
    }
}
