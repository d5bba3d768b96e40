//! The catalogue as a list is scrolled, and an item's prices across the market.
//!
//! Owns the filter by category. Must not rank: search does.

use domain::{Item, ItemCode, Money, SchoolYear};

use super::{Place, Window};
use crate::access::Reader;
use crate::error::StoreError;
use crate::row::parsed;
use crate::search;
use crate::spec_items::{COLUMNS, from_row};

/// Items by code; those that answer a text, the best first. Of one category, if one is given.
pub fn items(
    db: &Reader<'_>,
    text: &str,
    category: Option<&str>,
    place: Place,
) -> Result<Window<Item>, StoreError> {
    if text.trim().is_empty() {
        return listed(db, category, place);
    }
    let mut found = search::item_rows(db, text, true)?;
    if let Some(category) = category {
        let mut of_it = Vec::with_capacity(found.len());
        for row in found {
            let sql = "SELECT 1 FROM spec_items WHERE rowid = ?1 AND category = ?2";
            if db.any(sql, (row, category))? {
                of_it.push(row);
            }
        }
        found = of_it;
    }
    let (found, total) = place.of(&found);
    let sql = format!("SELECT {COLUMNS} FROM spec_items WHERE rowid = ?1");
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        rows.extend(db.one(&sql, [row], from_row)?);
    }
    Ok(Window { rows, total })
}

fn listed(db: &Reader<'_>, category: Option<&str>, place: Place) -> Result<Window<Item>, StoreError> {
    let Some(category) = category else {
        let sql = format!("SELECT {COLUMNS} FROM spec_items ORDER BY item_code LIMIT ?1 OFFSET ?2");
        return Ok(Window {
            rows: db.all(&sql, [place.limit, place.offset], from_row)?,
            total: db.number("SELECT count(*) FROM spec_items", [])?,
        });
    };
    let sql =
        format!("SELECT {COLUMNS} FROM spec_items WHERE category = ?1 ORDER BY item_code LIMIT ?2 OFFSET ?3");
    Ok(Window {
        rows: db.all(&sql, (category, place.limit, place.offset), from_row)?,
        total: db.number("SELECT count(*) FROM spec_items WHERE category = ?1", [category])?,
    })
}

/// The categories items are in, in order.
pub fn categories(db: &Reader<'_>) -> Result<Vec<String>, StoreError> {
    db.all(
        "SELECT DISTINCT category FROM spec_items WHERE category IS NOT NULL ORDER BY category",
        [],
        |row| row.get(0),
    )
}

/// Every price of an item with its year, the latest year first; amounts are compared and summed by the caller,
/// for SQL has no decimals.
pub fn priced_years(db: &Reader<'_>, item: &ItemCode) -> Result<Vec<(SchoolYear, Money)>, StoreError> {
    db.all(
        "SELECT school_year, case_price FROM pricing_master WHERE item_code = ?1 ORDER BY school_year DESC",
        [item.as_str()],
        |row| Ok((parsed(row, 0)?, parsed(row, 1)?)),
    )
}
