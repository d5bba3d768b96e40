//! Why a market cannot be made.
//!
//! Owns the one error of this crate. Must not hide a cause.

use domain::ids::IdError;
use domain::money::MoneyError;
use domain::quote_id::QuoteIdError;
use domain::school_year::SchoolYearError;

/// A market cannot be made from this plan.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The plan asks for more than names and codes can be combined for.
    #[error("a market has at most {most} {what}; the plan asks for {asked}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many the plan asks for.
        asked: usize,
        /// How many there can be.
        most: usize,
    },
    /// The plan covers no school year, or one the calendar does not reach.
    #[error("the plan's school years cannot be laid out")]
    Years(#[from] SchoolYearError),
    /// A row of the hand-written stock cannot be read.
    #[error("{file} cannot be read")]
    Stock {
        /// Which file.
        file: &'static str,
        /// Which row, and why.
        #[source]
        cause: csv::Error,
    },
    /// An item names a donated food that is not in the list of them.
    #[error("item {item} names donated food {df_code}, which is not in donated_foods.csv")]
    UnknownDonatedFood {
        /// The item.
        item: String,
        /// The code.
        df_code: String,
    },
    /// An identifier came out malformed.
    #[error("an identifier of the sample is malformed")]
    Id(#[from] IdError),
    /// A quote number came out malformed.
    #[error("a quote number of the sample is malformed")]
    QuoteId(#[from] QuoteIdError),
    /// An amount came out beyond its range.
    #[error("an amount of the sample is out of range")]
    Money(#[from] MoneyError),
}
