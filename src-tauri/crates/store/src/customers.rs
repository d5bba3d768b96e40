//! The table `customers`.
//!
//! Owns reading and upserting customers. Must not decide who may be quoted: a contract's checks do.

use domain::{Customer, CustomerId};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{aliases, parsed};

pub(crate) const COLUMNS: &str = "id, name, customer_type, city, state, zip, address1, entitystatus, netsuite_id, \
     terms, price_level, sales_rep, contact_name, contact_email, contact_phone, aliases";

/// Insert the customer, or replace what is known of it.
pub fn upsert(tx: &WriteTx<'_>, customer: &Customer, updated_at: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO customers (id, name, customer_type, city, state, zip, address1, entitystatus,
           netsuite_id, terms, price_level, sales_rep, contact_name, contact_email, contact_phone, aliases,
           updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, customer_type = excluded.customer_type,
           city = excluded.city, state = excluded.state, zip = excluded.zip, address1 = excluded.address1,
           entitystatus = excluded.entitystatus, netsuite_id = excluded.netsuite_id, terms = excluded.terms,
           price_level = excluded.price_level, sales_rep = excluded.sales_rep,
           contact_name = excluded.contact_name, contact_email = excluded.contact_email,
           contact_phone = excluded.contact_phone, aliases = excluded.aliases,
           updated_at = excluded.updated_at",
        params![
            customer.id.as_str(),
            customer.name,
            customer.customer_type.as_str(),
            customer.city,
            customer.state,
            customer.zip,
            customer.address1,
            customer.entitystatus.as_str(),
            customer.netsuite_id,
            customer.terms,
            customer.price_level,
            customer.sales_rep,
            customer.contact_name,
            customer.contact_email,
            customer.contact_phone,
            customer.aliases.join("|"),
            updated_at,
        ],
    )?;
    Ok(())
}

/// The customer of that id.
pub fn get(db: &Reader<'_>, id: &CustomerId) -> Result<Option<Customer>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM customers WHERE id = ?1"), [id.as_str()], from_row)
}

/// The customer of that id or NetSuite id, whatever the case of its letters.
///
/// The indexes are named: where most customers have no NetSuite id, statistics speak for reading them all.
pub fn by_any_id(db: &Reader<'_>, id: &str) -> Result<Option<Customer>, StoreError> {
    for (column, index) in [("id", "customers_by_id"), ("netsuite_id", "customers_by_netsuite_id")] {
        let sql = format!(
            "SELECT {COLUMNS} FROM customers INDEXED BY {index} WHERE {column} = ?1 COLLATE NOCASE LIMIT 1"
        );
        let found = db.one(&sql, [id], from_row)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Every customer's id.
pub fn ids(db: &Reader<'_>) -> Result<Vec<String>, StoreError> {
    db.all("SELECT id FROM customers", [], |row| row.get(0))
}

/// Customers by name, `limit` of them after the first `offset`.
pub fn list(db: &Reader<'_>, limit: u32, offset: u32) -> Result<Vec<Customer>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM customers ORDER BY name COLLATE NOCASE, id LIMIT ?1 OFFSET ?2"),
        [limit, offset],
        from_row,
    )
}

/// Whether there is such a customer.
pub fn exists(db: &Reader<'_>, id: &CustomerId) -> Result<bool, StoreError> {
    db.any("SELECT 1 FROM customers WHERE id = ?1", [id.as_str()])
}

/// How many there are.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM customers", [])
}

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: parsed(row, 0)?,
        name: row.get(1)?,
        customer_type: parsed(row, 2)?,
        city: row.get(3)?,
        state: row.get(4)?,
        zip: row.get(5)?,
        address1: row.get(6)?,
        entitystatus: parsed(row, 7)?,
        netsuite_id: row.get(8)?,
        terms: row.get(9)?,
        price_level: row.get(10)?,
        sales_rep: row.get(11)?,
        contact_name: row.get(12)?,
        contact_email: row.get(13)?,
        contact_phone: row.get(14)?,
        aliases: aliases(row, 15)?,
    })
}
