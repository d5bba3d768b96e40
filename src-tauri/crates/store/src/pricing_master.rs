//! The table `pricing_master`: the price in force for a customer, an item and a school year.
//!
//! Owns reading and upserting prices. Must not choose a price for a quote, nor keep what an upsert
//! replaces: whoever promotes a price records the old one first.

use std::collections::HashMap;

use domain::{CustomerId, ItemCode, Price, SchoolYear};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{self, parsed, parsed_if_any};

const COLUMNS: &str = "customer_id, item_code, school_year, case_price, cost_basis, margin_pct, \
     effective_from, effective_to";

/// Insert the price, or replace it. Its customer and its item must be there. Loading many in key order
/// (customer, item, year) is more than twice as fast as in any other.
pub fn upsert(tx: &WriteTx<'_>, price: &Price, updated_at: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO pricing_master (customer_id, item_code, school_year, case_price, cost_basis, margin_pct,
           effective_from, effective_to, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (customer_id, item_code, school_year) DO UPDATE SET case_price = excluded.case_price,
           cost_basis = excluded.cost_basis, margin_pct = excluded.margin_pct,
           effective_from = excluded.effective_from, effective_to = excluded.effective_to,
           updated_at = excluded.updated_at",
        params![
            price.customer_id.as_str(),
            price.item_code.as_str(),
            price.school_year.to_string(),
            price.case_price.to_string(),
            price.cost_basis.map(|amount| amount.to_string()),
            price.margin_pct.map(|percent| percent.to_string()),
            price.effective_from.map(|day| day.to_string()),
            price.effective_to.map(|day| day.to_string()),
            updated_at,
        ],
    )?;
    Ok(())
}

/// The price for a customer, an item and a year.
pub fn get(
    db: &Reader<'_>,
    customer: &CustomerId,
    item: &ItemCode,
    year: SchoolYear,
) -> Result<Option<Price>, StoreError> {
    db.one(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master
             WHERE customer_id = ?1 AND item_code = ?2 AND school_year = ?3"
        ),
        [customer.as_str(), item.as_str(), &year.to_string()],
        from_row,
    )
}

/// The prices of many items for a customer in a year and in the one before. One question for all costs as much as
/// a few of [`get`].
pub fn of_items(
    db: &Reader<'_>,
    customer: &CustomerId,
    year: SchoolYear,
    items: &[&ItemCode],
) -> Result<Vec<Price>, StoreError> {
    let before = year.previous().unwrap_or(year);
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master WHERE customer_id = ?1 AND school_year IN (?2, ?3)
               AND item_code IN (SELECT value FROM json_each(?4))"
        ),
        [
            customer.as_str(),
            &year.to_string(),
            &before.to_string(),
            &row::listed(items.iter().map(|item| item.as_str())),
        ],
        from_row,
    )
}

/// The latest year, up to one, in which a customer had a price for each of many items.
pub fn latest_years(
    db: &Reader<'_>,
    customer: &CustomerId,
    upto: SchoolYear,
    items: &[&ItemCode],
) -> Result<HashMap<ItemCode, SchoolYear>, StoreError> {
    let found = db.all(
        "SELECT item_code, max(school_year) FROM pricing_master
         WHERE customer_id = ?1 AND school_year <= ?2 AND item_code IN (SELECT value FROM json_each(?3))
         GROUP BY item_code",
        [customer.as_str(), &upto.to_string(), &row::listed(items.iter().map(|item| item.as_str()))],
        |row| Ok((parsed(row, 0)?, parsed(row, 1)?)),
    )?;
    Ok(found.into_iter().collect())
}

/// The price of the latest year before `year`: last year's, or an older one when there was none.
pub fn latest_before(
    db: &Reader<'_>,
    customer: &CustomerId,
    item: &ItemCode,
    year: SchoolYear,
) -> Result<Option<Price>, StoreError> {
    db.one(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master
             WHERE customer_id = ?1 AND item_code = ?2 AND school_year < ?3
             ORDER BY school_year DESC LIMIT 1"
        ),
        [customer.as_str(), item.as_str(), &year.to_string()],
        from_row,
    )
}

/// The prices of a customer and an item across the years, the oldest first.
pub fn across_years(
    db: &Reader<'_>,
    customer: &CustomerId,
    item: &ItemCode,
) -> Result<Vec<Price>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master WHERE customer_id = ?1 AND item_code = ?2
             ORDER BY school_year"
        ),
        [customer.as_str(), item.as_str()],
        from_row,
    )
}

/// The prices of the newest years of a customer and an item, the newest first.
pub fn latest(
    db: &Reader<'_>,
    customer: &CustomerId,
    item: &ItemCode,
    years: u32,
) -> Result<Vec<Price>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master WHERE customer_id = ?1 AND item_code = ?2
             ORDER BY school_year DESC LIMIT ?3"
        ),
        params![customer.as_str(), item.as_str(), years],
        from_row,
    )
}

/// The school years a customer has prices in, the latest first.
pub fn years_of(db: &Reader<'_>, customer: &CustomerId) -> Result<Vec<SchoolYear>, StoreError> {
    db.all(
        "SELECT school_year FROM price_counts WHERE customer_id = ?1 ORDER BY school_year DESC",
        [customer.as_str()],
        |row| parsed(row, 0),
    )
}

/// Every price of a customer for a year, by item code.
pub fn of_customer(
    db: &Reader<'_>,
    customer: &CustomerId,
    year: SchoolYear,
) -> Result<Vec<Price>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM pricing_master WHERE customer_id = ?1 AND school_year = ?2
             ORDER BY item_code"
        ),
        [customer.as_str(), &year.to_string()],
        from_row,
    )
}

/// Hand every price to `each`, in key order, without holding them all: for an export.
pub fn for_each<E: From<StoreError>>(
    db: &Reader<'_>,
    mut each: impl FnMut(Price) -> Result<(), E>,
) -> Result<(), E> {
    let sql = format!("SELECT {COLUMNS} FROM pricing_master ORDER BY customer_id, item_code, school_year");
    let mut statement = db.conn().prepare_cached(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query([]).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        each(from_row(row).map_err(StoreError::from)?)?;
    }
    Ok(())
}

/// How many there are.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM pricing_master", [])
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Price> {
    Ok(Price {
        customer_id: parsed(row, 0)?,
        item_code: parsed(row, 1)?,
        school_year: parsed(row, 2)?,
        case_price: parsed(row, 3)?,
        cost_basis: parsed_if_any(row, 4)?,
        margin_pct: parsed_if_any(row, 5)?,
        effective_from: parsed_if_any(row, 6)?,
        effective_to: parsed_if_any(row, 7)?,
    })
}
