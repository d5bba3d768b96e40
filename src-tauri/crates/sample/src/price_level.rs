//! Price levels: how a customer's prices relate to the list, and how finely they are written.
//!
//! Owns the levels of the market. Must not hold a price.

use serde::Deserialize;

/// A level customers buy at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum PriceLevel {
    Base,
    Bid,
    Volume,
    #[serde(rename = "Co-op")]
    Coop,
    Distributor,
}

impl PriceLevel {
    /// As printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            PriceLevel::Base => "Base",
            PriceLevel::Bid => "Bid",
            PriceLevel::Volume => "Volume",
            PriceLevel::Coop => "Co-op",
            PriceLevel::Distributor => "Distributor",
        }
    }

    /// Of the list price, in hundredths of a per cent.
    pub(crate) fn of_list(self) -> u32 {
        match self {
            PriceLevel::Base => 10_400,
            PriceLevel::Bid => 9_900,
            PriceLevel::Volume => 9_650,
            PriceLevel::Coop => 9_500,
            PriceLevel::Distributor => 9_300,
        }
    }

    /// What its prices are multiples of, in ten-thousandths of a dollar: bids of co-operatives are
    /// written to four decimals, distributors' to three, the rest to cents.
    pub(crate) fn tick(self) -> u32 {
        match self {
            PriceLevel::Base | PriceLevel::Bid | PriceLevel::Volume => 100,
            PriceLevel::Coop => 1,
            PriceLevel::Distributor => 10,
        }
    }

    /// How many items in a hundred such a customer has prices for.
    pub(crate) fn breadth(self) -> u32 {
        match self {
            PriceLevel::Base | PriceLevel::Bid => 70,
            PriceLevel::Volume => 78,
            PriceLevel::Coop => 86,
            PriceLevel::Distributor => 95,
        }
    }
}
