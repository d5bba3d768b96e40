//! Quotes as a list is scrolled: filters, the newest first, and what there is to filter by.
//!
//! Owns what a text finds a quote by: its number, its customer, an item on it. Must not load a snapshot: a
//! list shows none.

use domain::{CustomerId, ItemCode, Lifecycle, Money, QuoteId, SchoolYear};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::{Place, Window};
use crate::access::Reader;
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};
use crate::search;

/// What a list shows of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteHead {
    /// Its number and key.
    pub id: QuoteId,
    /// For whom.
    pub customer_id: CustomerId,
    /// The customer's name; the id where the customer is not here.
    pub customer_name: String,
    /// For which school year.
    pub school_year: SchoolYear,
    /// Where it stands.
    pub lifecycle: Lifecycle,
    /// When its rows were written, RFC 3339.
    pub generated_at: String,
    /// The last day it can be accepted.
    pub valid_until: String,
    /// What the school is invoiced.
    pub total: Money,
    /// Who drafted it.
    pub prepared_by: String,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// The newest quote that revises it and was not withdrawn.
    pub superseded_by: Option<QuoteId>,
}

/// Which quotes.
#[derive(Debug, Clone, Default)]
pub struct QuoteFilter<'f> {
    /// What is typed; nothing for all.
    pub text: &'f str,
    /// Only those that stand there.
    pub lifecycle: Option<Lifecycle>,
    /// Only those for that year.
    pub school_year: Option<SchoolYear>,
    /// Only that customer's.
    pub customer_id: Option<&'f CustomerId>,
}

/// What quotes can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facets {
    /// The school years there are quotes for, the latest first.
    pub school_years: Vec<SchoolYear>,
    /// Where quotes stand, and how many do.
    pub lifecycles: Vec<(Lifecycle, u64)>,
}

const HEAD: &str = "SELECT q.id, q.customer_id, coalesce(c.name, q.customer_id), q.school_year,
       q.lifecycle_status, q.generated_at, q.valid_until, q.total, q.prepared_by, q.revision_of,
       (SELECT r.id FROM quotes r WHERE r.revision_of = q.id AND r.lifecycle_status <> 'cancelled'
        ORDER BY r.generated_at DESC, r.id DESC LIMIT 1)
     FROM quotes q LEFT JOIN customers c ON c.id = q.customer_id";

/// The newest quotes first.
pub fn quotes(
    db: &Reader<'_>,
    filter: &QuoteFilter<'_>,
    place: Place,
) -> Result<Window<QuoteHead>, StoreError> {
    let (conditions, values) = conditions(db, filter)?;
    let total =
        db.number(&format!("SELECT count(*) FROM quotes q WHERE {conditions}"), params_from_iter(&values))?;
    let (limit, offset) = (place.limit, place.offset);
    let sql = format!(
        "{HEAD} WHERE {conditions} ORDER BY q.generated_at DESC, q.id DESC LIMIT {limit} OFFSET {offset}"
    );
    Ok(Window { rows: db.all(&sql, params_from_iter(&values), from_row)?, total })
}

/// One quote, as a list shows it.
pub fn quote(db: &Reader<'_>, id: &QuoteId) -> Result<Option<QuoteHead>, StoreError> {
    db.one(&format!("{HEAD} WHERE q.id = ?1"), [id.as_str()], from_row)
}

/// Quotes by their number, an item on them, or one of these customers; the newest first.
pub(super) fn of_text(
    db: &Reader<'_>,
    text: &str,
    customers: &[i64],
    place: Place,
) -> Result<Vec<QuoteHead>, StoreError> {
    let mut found = numbered(db, text)?;
    found.extend(of_customers(db, customers)?);
    db.all(
        &format!(
            "{HEAD} WHERE q.id IN (SELECT value FROM json_each(?1))
             ORDER BY q.generated_at DESC, q.id DESC LIMIT ?2 OFFSET ?3"
        ),
        (serde_json::to_string(&found)?, place.limit, place.offset),
        from_row,
    )
}

/// The quotes an item is on, the newest first.
pub fn of_item(db: &Reader<'_>, item: &ItemCode, limit: u32) -> Result<Vec<QuoteHead>, StoreError> {
    db.all(
        &format!(
            "{HEAD} WHERE q.id IN (SELECT quote_id FROM quote_lines WHERE item_code = ?1)
             ORDER BY q.generated_at DESC, q.id DESC LIMIT ?2"
        ),
        (item.as_str(), limit),
        from_row,
    )
}

/// The quotes that came of revising one another, the oldest first; the one asked for is among them.
pub fn revisions(db: &Reader<'_>, id: &QuoteId) -> Result<Vec<QuoteId>, StoreError> {
    // UNION, so that a chain that bites its tail ends.
    db.all(
        "WITH RECURSIVE
           before (id, revised) AS (
             SELECT id, revision_of FROM quotes WHERE id = ?1
             UNION SELECT q.id, q.revision_of FROM before b JOIN quotes q ON q.id = b.revised),
           kin (id) AS (
             SELECT id FROM before
             UNION SELECT q.id FROM kin k JOIN quotes q ON q.revision_of = k.id)
         SELECT kin.id FROM kin JOIN quotes q ON q.id = kin.id ORDER BY q.generated_at, q.id",
        [id.as_str()],
        |row| parsed(row, 0),
    )
}

/// What quotes can be filtered by.
pub fn facets(db: &Reader<'_>) -> Result<Facets, StoreError> {
    Ok(Facets {
        school_years: db.all(
            "SELECT DISTINCT school_year FROM quotes ORDER BY school_year DESC",
            [],
            |row| parsed(row, 0),
        )?,
        lifecycles: db.all(
            "SELECT lifecycle_status, count(*) FROM quotes GROUP BY lifecycle_status",
            [],
            |row| Ok((parsed(row, 0)?, row.get(1)?)),
        )?,
    })
}

/// The filter as conditions on `quotes q`, and their values.
fn conditions(db: &Reader<'_>, filter: &QuoteFilter<'_>) -> Result<(String, Vec<Value>), StoreError> {
    let (mut conditions, mut values) = (vec!["1".to_owned()], Vec::new());
    let mut add = |condition: &str, value: &str| {
        values.push(Value::Text(value.to_owned()));
        conditions.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(lifecycle) = filter.lifecycle {
        add("q.lifecycle_status = ?", lifecycle.as_str());
    }
    if let Some(year) = filter.school_year {
        add("q.school_year = ?", &year.to_string());
    }
    if let Some(customer) = filter.customer_id {
        add("q.customer_id = ?", customer.as_str());
    }
    let text = filter.text.trim();
    if !text.is_empty() {
        add("q.id IN (SELECT value FROM json_each(?))", &serde_json::to_string(&answering(db, text)?)?);
    }
    Ok((conditions.join(" AND "), values))
}

/// The quotes a text finds. Slips of the finger are forgiven only where nothing is found as typed.
fn answering(db: &Reader<'_>, text: &str) -> Result<Vec<String>, StoreError> {
    let mut found = numbered(db, text)?;
    found.extend(of_customers(db, &search::customer_rows(db, text, false)?)?);
    if found.is_empty() {
        found = of_customers(db, &search::customer_rows(db, text, true)?)?;
    }
    Ok(found)
}

/// Quotes with this in their number, or an item whose code begins so.
fn numbered(db: &Reader<'_>, text: &str) -> Result<Vec<String>, StoreError> {
    db.all(
        "SELECT id FROM quotes WHERE instr(upper(id), ?1) > 0
         UNION SELECT quote_id FROM quote_lines WHERE item_code >= ?2 AND item_code < ?2 || char(1114111)
         UNION SELECT quote_id FROM quote_lines WHERE item_code >= ?1 AND item_code < ?1 || char(1114111)",
        [&text.to_uppercase(), text],
        |row| row.get(0),
    )
}

fn of_customers(db: &Reader<'_>, rows: &[i64]) -> Result<Vec<String>, StoreError> {
    db.all(
        "SELECT id FROM quotes WHERE customer_id IN (
           SELECT id FROM customers WHERE rowid IN (SELECT value FROM json_each(?1)))",
        [serde_json::to_string(rows)?],
        |row| row.get(0),
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<QuoteHead> {
    Ok(QuoteHead {
        id: parsed(row, 0)?,
        customer_id: parsed(row, 1)?,
        customer_name: row.get(2)?,
        school_year: parsed(row, 3)?,
        lifecycle: parsed(row, 4)?,
        generated_at: row.get(5)?,
        valid_until: row.get(6)?,
        total: parsed(row, 7)?,
        prepared_by: row.get(8)?,
        revision_of: parsed_if_any(row, 9)?,
        superseded_by: parsed_if_any(row, 10)?,
    })
}
