//! The catalogue: items, and what an item costs across the market.
//!
//! Owns the lowest, highest and average of a year's prices, exactly. Must not compare customers by name here:
//! a price list is between us and one of them.

use std::collections::BTreeMap;

use domain::{Item, ItemCode, Money, SchoolYear};
use serde::Serialize;
use store::{spec_items, windows};

use super::{Rows, place, quote_listed};
use crate::Desk;
use crate::error::DeskError;
use crate::quotes::QuoteListed;

/// An item's page.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ItemPage {
    /// The item.
    pub item: Item,
    /// What it is sold at, the latest year first.
    pub years: Vec<YearOfItem>,
    /// The newest quotes it is on.
    pub quotes: Vec<QuoteListed>,
}

/// What an item is sold at in a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct YearOfItem {
    /// Which year.
    pub school_year: SchoolYear,
    /// How many customers have a price for it.
    pub customers: u64,
    /// The lowest price of a case.
    pub lowest: Money,
    /// The highest.
    pub highest: Money,
    /// The mean, rounded half away from zero to four decimals.
    pub average: Money,
}

/// Quotes on an item's page.
const ON_PAGE: u32 = 50;

impl Desk {
    /// Items by code; those that answer a text, the best first. Of one category, if one is given.
    pub fn items(
        &self,
        text: &str,
        category: Option<&str>,
        offset: u32,
        limit: u32,
    ) -> Result<Rows<Item>, DeskError> {
        let window = self.store.read(|db| windows::items(db, text, category, place(offset, limit)))?;
        Ok(Rows::of(window, |item| item))
    }

    /// The categories items are in.
    pub fn item_categories(&self) -> Result<Vec<String>, DeskError> {
        Ok(self.store.read(windows::categories)?)
    }

    /// One item's page.
    pub fn item(&self, code: &ItemCode) -> Result<ItemPage, DeskError> {
        self.store.read(|db| {
            let item = spec_items::get(db, code)?
                .ok_or_else(|| DeskError::not_found("item", code, "Look for it by its description."))?;
            let quotes = windows::of_item(db, code, ON_PAGE)?;
            Ok(ItemPage {
                item,
                years: years(windows::priced_years(db, code)?)?,
                quotes: quotes.into_iter().map(quote_listed).collect(),
            })
        })
    }
}

fn years(prices: Vec<(SchoolYear, Money)>) -> Result<Vec<YearOfItem>, DeskError> {
    let mut by_year: BTreeMap<SchoolYear, Vec<Money>> = BTreeMap::new();
    for (year, amount) in prices {
        by_year.entry(year).or_default().push(amount);
    }
    let mut years = Vec::with_capacity(by_year.len());
    for (school_year, amounts) in by_year.into_iter().rev() {
        let average = Money::average(amounts.iter().copied())?;
        let (lowest, highest) = (amounts.iter().min().copied(), amounts.iter().max().copied());
        if let (Some(average), Some(lowest), Some(highest)) = (average, lowest, highest) {
            let customers = amounts.len() as u64;
            years.push(YearOfItem { school_year, customers, lowest, highest, average });
        }
    }
    Ok(years)
}
