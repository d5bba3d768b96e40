//! What a text names, whatever kind of thing it is.
//!
//! Owns the few rows a box that finds everything shows. The customers a text names are looked for once, and
//! quotes and what is under way are found by them. Must not walk what is over and done, but for what is named
//! by its id.

use domain::Customer;
use rusqlite::Row;

use super::{Place, QuoteHead, quotes};
use crate::access::Reader;
use crate::error::StoreError;
use crate::{customers, search};

/// A text, and the customers it names.
pub struct Named<'t> {
    text: &'t str,
    /// The best first.
    customers: Vec<i64>,
}

/// Something under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others; some may be empty.
    pub detail: [String; 3],
}

/// What a text found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnderwayFound {
    /// Actions: pending ones, or the one of that id.
    pub actions: Vec<Underway>,
    /// Drafts that are not closed, or the one of that id.
    pub drafts: Vec<Underway>,
    /// Runs, the newest first.
    pub runs: Vec<Underway>,
}

impl<'t> Named<'t> {
    /// Look for the customers a text names; slips of the finger are forgiven.
    pub fn of(db: &Reader<'_>, text: &'t str) -> Result<Self, StoreError> {
        let text = text.trim();
        Ok(Named { text, customers: search::customer_rows(db, text, true)? })
    }

    /// The customers, the best first.
    pub fn customers(&self, db: &Reader<'_>, limit: usize) -> Result<Vec<Customer>, StoreError> {
        let sql = format!("SELECT {} FROM customers WHERE rowid = ?1", customers::COLUMNS);
        let mut found = Vec::new();
        for row in self.customers.iter().take(limit) {
            found.extend(db.one(&sql, [row], customers::from_row)?);
        }
        Ok(found)
    }

    /// Quotes by their number, their customer or an item on them, the newest first.
    pub fn quotes(&self, db: &Reader<'_>, limit: u32) -> Result<Vec<QuoteHead>, StoreError> {
        quotes::of_text(db, self.text, &self.customers, Place { offset: 0, limit })
    }

    /// Actions, drafts and runs: by id, by a quote's number, by the customer. What has exactly that id first.
    pub fn underway(&self, db: &Reader<'_>, limit: u32) -> Result<UnderwayFound, StoreError> {
        let upper = self.text.to_uppercase();
        let theirs = serde_json::to_string(&self.customers)?;
        let ask = |sql: &str| db.all(sql, (&upper, &theirs, limit), from_row);
        Ok(UnderwayFound {
        actions: ask(
            "SELECT a.id, a.summary, replace(a.action_type, '_', ' '), a.status, a.drafted_by
             FROM proposed_actions a
             WHERE a.id = ?1 OR (a.status = 'pending' AND (instr(upper(a.summary), ?1) > 0
               OR instr(a.quote_id, ?1) > 0 OR a.customer_id IN (
                 SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))))
             ORDER BY a.id = ?1 DESC, a.created_at DESC, a.id DESC LIMIT ?3",
        )?,
        drafts: ask(
            "SELECT d.id, coalesce(c.name, d.customer_id, 'Draft'), coalesce(d.school_year, ''),
               coalesce(d.quote_id, ''), d.status
             FROM drafts d LEFT JOIN customers c ON c.id = d.customer_id
             WHERE d.id = ?1 OR (d.status IN ('open', 'submitted') AND (instr(d.quote_id, ?1) > 0
               OR d.customer_id IN (
                 SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))))
             ORDER BY d.id = ?1 DESC, d.updated_at DESC, d.id DESC LIMIT ?3",
        )?,
        runs: ask(
            "SELECT r.id, replace(r.contract, '_', ' '), coalesce(r.quote_id, ''), coalesce(c.name, ''), r.status
             FROM runs r LEFT JOIN customers c ON c.id = r.customer_id
             WHERE r.id = ?1 OR instr(r.quote_id, ?1) > 0 OR r.customer_id IN (
               SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?2)))
             ORDER BY r.started_at DESC, r.id DESC LIMIT ?3",
        )?,
    })
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Underway> {
    Ok(Underway { id: row.get(0)?, title: row.get(1)?, detail: [row.get(2)?, row.get(3)?, row.get(4)?] })
}
