//! Prices: everybody's, one customer's, and the history of one.
//!
//! Owns how a margin is shown in a list: in words where it is known, not at all where it is not (mission rule
//! 3). Must not choose a price for a quote.

use domain::{CustomerId, ItemCode, Lifecycle, Margin, Money, Price, QuoteId, SchoolYear};
use serde::Serialize;
use store::windows::{self, ItemPrices};
use store::{customers, pricing_master, quotes};

use super::customers::no_customer;
use super::{Rows, place};
use crate::Desk;
use crate::error::DeskError;

/// A price, in a list of everybody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PriceListed {
    /// Whose price.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// Of what.
    pub item_code: ItemCode,
    /// What that is.
    pub description: String,
    /// For which school year.
    pub school_year: SchoolYear,
    /// Price of a case.
    pub case_price: Money,
    /// What it earns, in words; none where that is not known.
    pub margin: Option<String>,
}

/// The price of one school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct YearPrice {
    /// Which year.
    pub school_year: SchoolYear,
    /// Price of a case.
    pub case_price: Money,
    /// What it earns, in words; none where that is not known.
    pub margin: Option<String>,
}

/// What one customer pays for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ItemPriced {
    /// Of what.
    pub item_code: ItemCode,
    /// What that is.
    pub description: String,
    /// Its case pack.
    pub pack: Option<String>,
    /// The newest three years, the oldest of them first.
    pub prices: Vec<YearPrice>,
}

/// What one customer paid for an item, and was quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PriceHistory {
    /// The prices in force, the oldest year first.
    pub years: Vec<YearPrice>,
    /// What was quoted, the newest first.
    pub quoted: Vec<Quoted>,
}

/// A price that was quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Quoted {
    /// In which quote.
    pub quote_id: QuoteId,
    /// When, RFC 3339.
    pub at: String,
    /// Price of a case.
    pub case_price: Money,
    /// Where that quote stands.
    pub lifecycle_status: Lifecycle,
}

/// Quoted prices in a history.
const QUOTED: u32 = 50;

impl Desk {
    /// Prices by customer, item and year; those that answer a text as a search ranks them.
    pub fn prices(
        &self,
        text: &str,
        school_year: Option<SchoolYear>,
        offset: u32,
        limit: u32,
    ) -> Result<Rows<PriceListed>, DeskError> {
        let window = self.store.read(|db| windows::prices(db, text, school_year, place(offset, limit)))?;
        Ok(Rows::of(window, |hit| {
            let year = year_price(&hit.price);
            PriceListed {
                customer_id: hit.price.customer_id,
                customer_name: hit.customer_name,
                item_code: hit.price.item_code,
                description: hit.item_description,
                school_year: year.school_year,
                case_price: year.case_price,
                margin: year.margin,
            }
        }))
    }

    /// One customer's prices by item code; of the items that answer a text, if one is given.
    pub fn customer_prices(
        &self,
        id: &CustomerId,
        text: &str,
        offset: u32,
        limit: u32,
    ) -> Result<Rows<ItemPriced>, DeskError> {
        let window = self.store.read(|db| {
            if !customers::exists(db, id)? {
                return Err(no_customer(id));
            }
            Ok(windows::customer_prices(db, id, text, place(offset, limit))?)
        })?;
        Ok(Rows::of(window, |item: ItemPrices| ItemPriced {
            item_code: item.item_code,
            description: item.description,
            pack: item.pack,
            prices: item.prices.iter().map(year_price).collect(),
        }))
    }

    /// What a customer paid for an item over the years, and what was quoted.
    pub fn price_history(&self, id: &CustomerId, item: &ItemCode) -> Result<PriceHistory, DeskError> {
        self.store.read(|db| {
            let years = pricing_master::across_years(db, id, item)?;
            let quoted = quotes::quoted_prices(db, id, item, QUOTED)?;
            Ok(PriceHistory {
                years: years.iter().map(year_price).collect(),
                quoted: quoted
                    .into_iter()
                    .map(|quoted| Quoted {
                        quote_id: quoted.quote_id,
                        at: quoted.at,
                        case_price: quoted.case_price,
                        lifecycle_status: quoted.lifecycle,
                    })
                    .collect(),
            })
        })
    }
}

fn year_price(price: &Price) -> YearPrice {
    let margin = Margin::of(price.case_price, price.cost_basis);
    YearPrice {
        school_year: price.school_year,
        case_price: price.case_price,
        margin: margin.percent().map(|_| margin.words()),
    }
}
