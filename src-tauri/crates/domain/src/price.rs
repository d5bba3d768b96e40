//! Prices: what a customer pays for a case of an item in a school year.
//!
//! Owns a row of the price list and the words for where a quoted price came from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, ItemCode};
use crate::money::Money;
use crate::percent::Percent;
use crate::school_year::SchoolYear;
use crate::vocabulary;

/// One row of the price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Price {
    /// Whose price.
    pub customer_id: CustomerId,
    /// Of what.
    pub item_code: ItemCode,
    /// For which school year.
    pub school_year: SchoolYear,
    /// Commercial price of a case.
    pub case_price: Money,
    /// What a case costs us, if known.
    pub cost_basis: Option<Money>,
    /// The margin as the price list states it; never used by a gate.
    pub margin_pct: Option<Percent>,
    /// First day of the price term; a term need not be the school year.
    pub effective_from: Option<NaiveDate>,
    /// Last day of the price term.
    pub effective_to: Option<NaiveDate>,
}

vocabulary! {
    /// Where a line's price came from.
    pub enum PriceSource: "a price source" {
        /// The price list of the quoted school year.
        Current = "current",
        /// The price list of the year before, held.
        LastYear = "last_year",
        /// A list price moved by a percentage.
        Moved = "moved",
        /// Typed by a person.
        Given = "given",
        /// There is none yet.
        Missing = "missing",
    }
}
