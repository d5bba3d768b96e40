//! Prices as a list is scrolled: of everybody, and of one customer by item.
//!
//! Owns finding a place in a million rows: the counts kept by customer and year say in whose prices it lies,
//! and only those are walked. Must not choose a price.

use domain::{CustomerId, ItemCode, Price, SchoolYear};
use rusqlite::params;

use super::{Place, Window};
use crate::access::Reader;
use crate::error::StoreError;
use crate::pricing_master;
use crate::row::parsed;
use crate::search::{self, PriceHit};

/// What one customer pays for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPrices {
    /// Of what.
    pub item_code: ItemCode,
    /// What that is; the code itself where the catalogue does not have it.
    pub description: String,
    /// Its case pack.
    pub pack: Option<String>,
    /// Its prices, the newest years only, the oldest of them first.
    pub prices: Vec<Price>,
}

/// Prices a search recalls for a list.
const MOST_FOUND: usize = 200;
/// Years shown of an item.
const YEARS: u32 = 3;

/// Prices by customer, item and year; those that answer a text as a search ranks them. Of one school year, if
/// one is given.
pub fn prices(
    db: &Reader<'_>,
    text: &str,
    year: Option<SchoolYear>,
    place: Place,
) -> Result<Window<PriceHit>, StoreError> {
    if !text.trim().is_empty() {
        let (rows, total) = place.of(&search::search_prices(db, text, year, MOST_FOUND)?);
        return Ok(Window { rows, total });
    }
    let year = year.map(|year| year.to_string());
    let total = counted(db, year.as_deref())?;
    let Some((customer, within)) = whose(db, year.as_deref(), u64::from(place.offset))? else {
        return Ok(Window { rows: Vec::new(), total });
    };
    let of_year = if year.is_some() { "AND school_year = ?4" } else { "AND ?4 IS NULL" };
    let rows = db.all(
        &format!(
            "SELECT p.customer_id, p.item_code, p.school_year, p.case_price, p.cost_basis, p.margin_pct,
               p.effective_from, p.effective_to, coalesce(c.name, p.customer_id),
               coalesce(i.description, p.item_code)
             FROM (SELECT * FROM pricing_master WHERE customer_id >= ?1 {of_year}
                   ORDER BY customer_id, item_code, school_year LIMIT ?2 OFFSET ?3) AS p
               LEFT JOIN customers AS c ON c.id = p.customer_id
               LEFT JOIN spec_items AS i ON i.item_code = p.item_code
             ORDER BY p.customer_id, p.item_code, p.school_year"
        ),
        params![customer, place.limit, within, year],
        |row| {
            Ok(PriceHit {
                price: pricing_master::from_row(row)?,
                customer_name: row.get(8)?,
                item_description: row.get(9)?,
            })
        },
    )?;
    Ok(Window { rows, total })
}

/// How many prices a customer has, in all years.
pub fn price_count(db: &Reader<'_>, customer: &CustomerId) -> Result<u64, StoreError> {
    db.number("SELECT coalesce(sum(prices), 0) FROM price_counts WHERE customer_id = ?1", [customer.as_str()])
}

/// What a customer pays, by item code; of the items that answer a text, if one is given.
pub fn customer_prices(
    db: &Reader<'_>,
    customer: &CustomerId,
    text: &str,
    place: Place,
) -> Result<Window<ItemPrices>, StoreError> {
    let codes: Vec<ItemCode> = if text.trim().is_empty() {
        db.all(
            "SELECT DISTINCT item_code FROM pricing_master WHERE customer_id = ?1 ORDER BY item_code",
            [customer.as_str()],
            |row| parsed(row, 0),
        )?
    } else {
        let codes = priced(db, customer, &search::items_named(db, text)?)?;
        if codes.is_empty() { priced(db, customer, &search::item_rows(db, text, true)?)? } else { codes }
    };
    let (codes, total) = place.of(&codes);
    let rows = codes.into_iter().map(|code| item_prices(db, customer, code)).collect::<Result<_, _>>()?;
    Ok(Window { rows, total })
}

/// Those of some items that a customer has a price for, by code.
fn priced(db: &Reader<'_>, customer: &CustomerId, rows: &[i64]) -> Result<Vec<ItemCode>, StoreError> {
    let mut codes = Vec::new();
    for row in rows {
        let code = db.one(
            "SELECT item_code FROM spec_items AS i WHERE rowid = ?1 AND EXISTS (
               SELECT 1 FROM pricing_master AS p WHERE p.customer_id = ?2 AND p.item_code = i.item_code)",
            params![row, customer.as_str()],
            |row| parsed(row, 0),
        )?;
        codes.extend(code);
    }
    codes.sort();
    Ok(codes)
}

fn item_prices(
    db: &Reader<'_>,
    customer: &CustomerId,
    item_code: ItemCode,
) -> Result<ItemPrices, StoreError> {
    let known = db.one(
        "SELECT description, pack FROM spec_items WHERE item_code = ?1",
        [item_code.as_str()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut prices = pricing_master::latest(db, customer, &item_code, YEARS)?;
    prices.reverse();
    let (description, pack) = known.unwrap_or_else(|| (item_code.to_string(), None));
    Ok(ItemPrices { item_code, description, pack, prices })
}

fn counted(db: &Reader<'_>, year: Option<&str>) -> Result<u64, StoreError> {
    db.number(
        "SELECT coalesce(sum(prices), 0) FROM price_counts WHERE ?1 IS NULL OR school_year = ?1",
        [year],
    )
}

/// In whose prices a place lies, and how many of theirs are before it; none beyond the end.
fn whose(db: &Reader<'_>, year: Option<&str>, offset: u64) -> Result<Option<(String, u64)>, StoreError> {
    let mut statement = db.conn().prepare_cached(
        "SELECT customer_id, prices FROM price_counts WHERE ?1 IS NULL OR school_year = ?1
         ORDER BY customer_id",
    )?;
    let mut rows = statement.query([year])?;
    // The years of one customer follow each other: what is before this customer, and in it so far.
    let (mut before, mut customer, mut so_far) = (0_u64, String::new(), 0_u64);
    while let Some(row) = rows.next()? {
        let this = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if this != customer {
            before = so_far;
            customer.clear();
            customer.push_str(this);
        }
        so_far += row.get::<_, u64>(1)?;
        if so_far > offset {
            return Ok(Some((customer, offset - before)));
        }
    }
    Ok(None)
}
