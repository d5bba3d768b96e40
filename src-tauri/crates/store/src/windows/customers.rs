//! Customers as a list is scrolled.
//!
//! Owns what such a list shows of one. Must not rank: search does.

use domain::{CustomerId, CustomerType, EntityStatus};
use rusqlite::Row;

use super::{Place, Window};
use crate::access::Reader;
use crate::error::StoreError;
use crate::row::parsed;
use crate::search;

/// What a list shows of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerHead {
    /// Its key.
    pub id: CustomerId,
    /// Its full name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// Its kind.
    pub customer_type: CustomerType,
    /// Whether we trade with it.
    pub entitystatus: EntityStatus,
    /// Whose customer it is.
    pub sales_rep: Option<String>,
    /// Its quotes that may still become an order.
    pub open_quotes: u32,
}

const HEAD: &str = "SELECT id, name, city, state, customer_type, entitystatus, sales_rep,
       (SELECT count(*) FROM quotes WHERE customer_id = customers.id
          AND lifecycle_status IN ('draft', 'proposed', 'approved', 'sent'))
     FROM customers";

/// Customers by name; those that answer a text, the best first.
pub fn customers(db: &Reader<'_>, text: &str, place: Place) -> Result<Window<CustomerHead>, StoreError> {
    if text.trim().is_empty() {
        let rows = db.all(
            &format!("{HEAD} ORDER BY name COLLATE NOCASE, id LIMIT ?1 OFFSET ?2"),
            [place.limit, place.offset],
            from_row,
        )?;
        return Ok(Window { rows, total: db.number("SELECT count(*) FROM customers", [])? });
    }
    let (found, total) = place.of(&search::customer_rows(db, text, true)?);
    let sql = format!("{HEAD} WHERE rowid = ?1");
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        rows.extend(db.one(&sql, [row], from_row)?);
    }
    Ok(Window { rows, total })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CustomerHead> {
    Ok(CustomerHead {
        id: parsed(row, 0)?,
        name: row.get(1)?,
        city: row.get(2)?,
        state: row.get(3)?,
        customer_type: parsed(row, 4)?,
        entitystatus: parsed(row, 5)?,
        sales_rep: row.get(6)?,
        open_quotes: row.get(7)?,
    })
}
