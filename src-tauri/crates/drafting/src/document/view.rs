//! What a draft holds, read plainly.
//!
//! Owns the read model every screen and the chat work from. Must not offer a way to change anything.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{CustomerId, ItemCode, LineId, SchoolYear};
use serde::{Deserialize, Serialize};

use crate::document::price_rule::PriceRule;

/// A draft as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct DraftView {
    /// For whom, once said.
    pub customer_id: Option<CustomerId>,
    /// For which school year, once said.
    pub school_year: Option<SchoolYear>,
    /// The rule new lines follow when nothing else is said.
    pub default_price: PriceRule,
    /// Whether a PDF is wanted.
    pub include_pdf: bool,
    /// The last day it can be accepted, once said.
    pub valid_until: Option<NaiveDate>,
    /// Remarks the customer reads.
    pub notes: Vec<String>,
    /// The lines in order, without removed ones.
    pub lines: Vec<DraftLine>,
    /// Lines taken off. They can be put back.
    pub removed: Vec<RemovedLine>,
    /// The line changed last by anybody, or asked about since: what “that” means in a message.
    pub last_touched: Option<LineId>,
    /// The lines that came together with the last message, when they are several: what “those” means in the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<LineId>>", optional)]
    pub together: Vec<LineId>,
    /// What people set differently without seeing each other's.
    pub conflicts: Vec<Conflict>,
    /// Whether it was thrown away, and nobody did anything to it since or without having seen that.
    #[serde(default)]
    pub is_discarded: bool,
}

/// A line of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DraftLine {
    /// Its key, the same on every device.
    pub id: LineId,
    /// Of what.
    pub item_code: ItemCode,
    /// Cases; none while not yet said.
    pub quantity: Option<u32>,
    /// Its price rule.
    pub price: PriceRule,
    /// A remark the customer reads.
    pub note: Option<String>,
}

/// A line that was taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RemovedLine {
    /// The line, with everything anybody set.
    pub line: DraftLine,
    /// Whether somebody changed it without seeing that it had been taken off.
    pub changed_meanwhile: bool,
}

/// What can be set differently by two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ConflictField {
    /// For whom.
    Customer,
    /// For which school year.
    SchoolYear,
    /// How many cases of a line.
    Quantity,
    /// A line's price rule.
    Price,
    /// Whether a line was taken off or put back.
    Removal,
}

/// One field that holds several values until a person sets it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Conflict {
    /// Which field.
    pub field: ConflictField,
    /// Of which line, where it is a line's.
    pub line_id: Option<LineId>,
    /// The values, the one in force first.
    pub values: Vec<Claim>,
}

/// One of several values, and who set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Claim {
    /// The value in its text form: an id, a year, a number of cases, a price rule, `removed` or `kept`.
    pub value: String,
    /// The person, when known.
    pub by: Option<String>,
    /// When, by the clock of whoever set it.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}
