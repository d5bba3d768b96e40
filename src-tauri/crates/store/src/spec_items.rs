//! The table `spec_items`: the catalogue.
//!
//! Owns reading and upserting items. Must not know prices.

use domain::{Item, ItemCode};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{self, aliases, parsed, parsed_if_any};

pub(crate) const COLUMNS: &str = "item_code, description, netsuite_id, brand, category, catalog, pack, net_weight_lb, \
     servings_per_case, serving_size, cn_number, df_code, df_lb_per_case, df_value_per_lb, status, aliases";

/// Insert the item, or replace what is known of it.
pub fn upsert(tx: &WriteTx<'_>, item: &Item, updated_at: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO spec_items (item_code, description, netsuite_id, brand, category, catalog, pack,
           net_weight_lb, servings_per_case, serving_size, cn_number, df_code, df_lb_per_case,
           df_value_per_lb, status, aliases, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (item_code) DO UPDATE SET description = excluded.description,
           netsuite_id = excluded.netsuite_id, brand = excluded.brand, category = excluded.category,
           catalog = excluded.catalog, pack = excluded.pack, net_weight_lb = excluded.net_weight_lb,
           servings_per_case = excluded.servings_per_case, serving_size = excluded.serving_size,
           cn_number = excluded.cn_number, df_code = excluded.df_code,
           df_lb_per_case = excluded.df_lb_per_case, df_value_per_lb = excluded.df_value_per_lb,
           status = excluded.status, aliases = excluded.aliases, updated_at = excluded.updated_at",
        params![
            item.item_code.as_str(),
            item.description,
            item.netsuite_id,
            item.brand,
            item.category,
            item.catalog,
            item.pack,
            item.net_weight_lb.map(|weight| weight.to_string()),
            item.servings_per_case,
            item.serving_size,
            item.cn_number,
            item.df_code,
            item.df_lb_per_case.map(|weight| weight.to_string()),
            item.df_value_per_lb.map(|amount| amount.to_string()),
            item.status,
            item.aliases.join("|"),
            updated_at,
        ],
    )?;
    Ok(())
}

/// The item of that code.
pub fn get(db: &Reader<'_>, code: &ItemCode) -> Result<Option<Item>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM spec_items WHERE item_code = ?1"), [code.as_str()], from_row)
}

/// Many items, in no order.
pub fn of_codes(db: &Reader<'_>, codes: &[&ItemCode]) -> Result<Vec<Item>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM spec_items WHERE item_code IN (SELECT value FROM json_each(?1))"),
        [row::listed(codes.iter().map(|code| code.as_str()))],
        from_row,
    )
}

/// Every item's code.
pub fn codes(db: &Reader<'_>) -> Result<Vec<String>, StoreError> {
    db.all("SELECT item_code FROM spec_items", [], |row| row.get(0))
}

/// Items by code, `limit` of them after the first `offset`.
pub fn list(db: &Reader<'_>, limit: u32, offset: u32) -> Result<Vec<Item>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM spec_items ORDER BY item_code LIMIT ?1 OFFSET ?2"),
        [limit, offset],
        from_row,
    )
}

/// Whether there is such an item.
pub fn exists(db: &Reader<'_>, code: &ItemCode) -> Result<bool, StoreError> {
    db.any("SELECT 1 FROM spec_items WHERE item_code = ?1", [code.as_str()])
}

/// How many there are.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM spec_items", [])
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        item_code: parsed(row, 0)?,
        description: row.get(1)?,
        netsuite_id: row.get(2)?,
        brand: row.get(3)?,
        category: row.get(4)?,
        catalog: row.get(5)?,
        pack: row.get(6)?,
        net_weight_lb: parsed_if_any(row, 7)?,
        servings_per_case: row.get(8)?,
        serving_size: row.get(9)?,
        cn_number: row.get(10)?,
        df_code: row.get(11)?,
        df_lb_per_case: parsed_if_any(row, 12)?,
        df_value_per_lb: parsed_if_any(row, 13)?,
        status: row.get(14)?,
        aliases: aliases(row, 15)?,
    })
}
