//! What should worry whoever approves.
//!
//! Owns the kinds of worry and the words for them. Must not hide one: a flag is recorded with the action.

use serde::{Deserialize, Serialize};

use crate::vocabulary;

vocabulary! {
    /// A kind of worry.
    pub enum FlagKind: "a flag" {
        /// The customer is on hold.
        CustomerOnHold = "customer_on_hold",
        /// The customer is not active.
        CustomerInactive = "customer_inactive",
        /// Our own letterhead is not filled in yet.
        LetterheadUnset = "letterhead_unset",
        /// Balance and open quotes with this one exceed the credit limit.
        OverCreditLimit = "over_credit_limit",
        /// The same customer has another open quote for the year with one of these items.
        DuplicateOpenQuote = "duplicate_open_quote",
        /// No cost is known: the margin cannot be computed.
        MissingCost = "missing_cost",
        /// The price is zero.
        ZeroPrice = "zero_price",
        /// The margin is below the floor.
        BelowFloor = "below_floor",
        /// The customer has never had a price for the item.
        NewItem = "new_item",
        /// The item's last price is older than twelve months.
        StalePrice = "stale_price",
        /// The catalogue no longer lists the item as active.
        DiscontinuedItem = "discontinued_item",
        /// More than one program covers the line.
        SeveralPrograms = "several_programs",
        /// The donated food is worth more than the price.
        DonatedFoodExceedsPrice = "donated_food_exceeds_price",
    }
}

/// A worry, and the numbers behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Flag {
    /// What kind.
    pub kind: FlagKind,
    /// The line it is about; none when it is about the whole quote.
    pub line_no: Option<u32>,
    /// In words, with the rule and the number.
    pub message: String,
}
