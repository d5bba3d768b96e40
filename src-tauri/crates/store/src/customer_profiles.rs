//! The table `customer_profiles`: what accounts receivable knows.
//!
//! Owns reading and upserting profiles. Must not compute exposure: quotes and their rules do.

use domain::{CustomerId, CustomerProfile};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

const COLUMNS: &str = "customer_id, credit_limit, ar_balance, last_quote_event";

/// Insert the profile, or replace what is known. Its customer must be there.
pub fn upsert(tx: &WriteTx<'_>, profile: &CustomerProfile, updated_at: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO customer_profiles (customer_id, credit_limit, ar_balance, last_quote_event, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (customer_id) DO UPDATE SET credit_limit = excluded.credit_limit,
           ar_balance = excluded.ar_balance, last_quote_event = excluded.last_quote_event,
           updated_at = excluded.updated_at",
        params![
            profile.customer_id.as_str(),
            profile.credit_limit.map(|amount| amount.to_string()),
            profile.ar_balance.map(|amount| amount.to_string()),
            profile.last_quote_event,
            updated_at,
        ],
    )?;
    Ok(())
}

/// The profile of a customer.
pub fn get(db: &Reader<'_>, customer: &CustomerId) -> Result<Option<CustomerProfile>, StoreError> {
    db.one(
        &format!("SELECT {COLUMNS} FROM customer_profiles WHERE customer_id = ?1"),
        [customer.as_str()],
        from_row,
    )
}

/// Every profile, by customer.
pub fn list(db: &Reader<'_>) -> Result<Vec<CustomerProfile>, StoreError> {
    db.all(&format!("SELECT {COLUMNS} FROM customer_profiles ORDER BY customer_id"), [], from_row)
}

/// How many there are.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM customer_profiles", [])
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CustomerProfile> {
    Ok(CustomerProfile {
        customer_id: parsed(row, 0)?,
        credit_limit: parsed_if_any(row, 1)?,
        ar_balance: parsed_if_any(row, 2)?,
        last_quote_event: row.get(3)?,
    })
}
