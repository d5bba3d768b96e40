//! The tables `quotes`, `quote_lines`, `proposed_pricing` and `price_history`.
//!
//! Owns reading quotes and what their promotion changed. Must not write a quote: only a contract's steps
//! do, through the sandbox. The one exception is [`import`], for quotes another system made.

use domain::{
    Canonical, CustomerId, DraftId, ItemCode, Lifecycle, Money, Quote, QuoteId, RunId, SchoolYear, Sha256,
};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

/// A quote's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRow {
    /// Its number and key.
    pub id: QuoteId,
    /// For whom.
    pub customer_id: CustomerId,
    /// The customer's name.
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
    /// The run that made it.
    pub run_id: Option<RunId>,
    /// The draft it came from.
    pub draft_id: Option<DraftId>,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// Hash of the snapshot.
    pub snapshot_hash: Sha256,
    /// The snapshot, canonical.
    pub snapshot: Canonical,
}

/// An open quote with what it asks for: exposure and duplicates are judged by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuote {
    /// Its number.
    pub id: QuoteId,
    /// For which school year.
    pub school_year: SchoolYear,
    /// What the school is invoiced.
    pub total: Money,
    /// Where it stands.
    pub lifecycle: Lifecycle,
}

/// A price an item was quoted at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedPrice {
    /// In which quote.
    pub quote_id: QuoteId,
    /// When its rows were written, RFC 3339.
    pub at: String,
    /// Price of a case.
    pub case_price: Money,
    /// Where that quote stands.
    pub lifecycle: Lifecycle,
}

const COLUMNS: &str = "q.id, q.customer_id, c.name, q.school_year, q.lifecycle_status, q.generated_at, \
     q.valid_until, q.total, q.prepared_by, q.run_id, q.draft_id, q.revision_of, q.snapshot_hash, q.snapshot";

/// The quote of that id.
pub fn get(db: &Reader<'_>, id: &QuoteId) -> Result<Option<QuoteRow>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM quotes q JOIN customers c ON c.id = q.customer_id WHERE q.id = ?1");
    db.one(&sql, [id.as_str()], from_row)
}

/// The run a quote came from, whether or not its customer is here.
pub fn run_of(db: &Reader<'_>, id: &QuoteId) -> Result<Option<RunId>, StoreError> {
    let run =
        db.one("SELECT run_id FROM quotes WHERE id = ?1", [id.as_str()], |row| parsed_if_any(row, 0))?;
    Ok(run.flatten())
}

/// Whether a number is a quote's already, or a draft's or an action's that may become one.
pub fn is_taken(db: &Reader<'_>, id: &QuoteId) -> Result<bool, StoreError> {
    db.any(
        "SELECT 1 FROM quotes WHERE id = ?1 UNION ALL SELECT 1 FROM drafts WHERE quote_id = ?1
         UNION ALL SELECT 1 FROM proposed_actions WHERE quote_id = ?1",
        [id.as_str()],
    )
}

/// The quotes that revise a quote and were not withdrawn.
pub fn revised_by(db: &Reader<'_>, id: &QuoteId) -> Result<Vec<QuoteId>, StoreError> {
    db.all(
        "SELECT id FROM quotes WHERE revision_of = ?1 AND lifecycle_status <> 'cancelled' ORDER BY id",
        [id.as_str()],
        |row| parsed(row, 0),
    )
}

/// A customer's quotes that may still become an order.
pub fn open_of(db: &Reader<'_>, customer: &CustomerId) -> Result<Vec<OpenQuote>, StoreError> {
    db.all(
        "SELECT id, school_year, total, lifecycle_status FROM quotes
         WHERE customer_id = ?1 AND lifecycle_status IN ('draft', 'proposed', 'approved', 'sent')
         ORDER BY generated_at DESC, id",
        [customer.as_str()],
        |row| {
            Ok(OpenQuote {
                id: parsed(row, 0)?,
                school_year: parsed(row, 1)?,
                total: parsed(row, 2)?,
                lifecycle: parsed(row, 3)?,
            })
        },
    )
}

/// The items on a quote.
pub fn items_of(db: &Reader<'_>, id: &QuoteId) -> Result<Vec<ItemCode>, StoreError> {
    db.all("SELECT item_code FROM quote_lines WHERE quote_id = ?1 ORDER BY line_no", [id.as_str()], |row| {
        parsed(row, 0)
    })
}

/// The cases a customer was last quoted of each item for a school year, by item code; quotes that were withdrawn do
/// not count.
pub fn last_quantities(
    db: &Reader<'_>,
    customer: &CustomerId,
    year: SchoolYear,
) -> Result<Vec<(ItemCode, u32)>, StoreError> {
    db.all(
        "SELECT item_code, quantity FROM (
           SELECT l.item_code, l.quantity,
                  ROW_NUMBER() OVER (PARTITION BY l.item_code ORDER BY q.generated_at DESC, q.id DESC) AS age
           FROM quotes q JOIN quote_lines l ON l.quote_id = q.id
           WHERE q.customer_id = ?1 AND q.school_year = ?2 AND q.lifecycle_status NOT IN ('cancelled', 'draft'))
         WHERE age = 1 ORDER BY item_code",
        [customer.as_str(), &year.to_string()],
        |row| Ok((parsed(row, 0)?, row.get(1)?)),
    )
}

/// The school years a customer was quoted for, the latest first; quotes that were withdrawn do not count.
pub fn years_of(db: &Reader<'_>, customer: &CustomerId) -> Result<Vec<SchoolYear>, StoreError> {
    db.all(
        "SELECT DISTINCT school_year FROM quotes
         WHERE customer_id = ?1 AND lifecycle_status NOT IN ('cancelled', 'draft') ORDER BY school_year DESC",
        [customer.as_str()],
        |row| parsed(row, 0),
    )
}

/// What a customer was quoted for an item, the newest first.
pub fn quoted_prices(
    db: &Reader<'_>,
    customer: &CustomerId,
    item: &ItemCode,
    limit: u32,
) -> Result<Vec<QuotedPrice>, StoreError> {
    db.all(
        "SELECT q.id, q.generated_at, l.case_price, q.lifecycle_status
         FROM quotes q JOIN quote_lines l ON l.quote_id = q.id
         WHERE q.customer_id = ?1 AND l.item_code = ?2
         ORDER BY q.generated_at DESC, q.id DESC, l.line_no LIMIT ?3",
        params![customer.as_str(), item.as_str(), limit],
        |row| {
            Ok(QuotedPrice {
                quote_id: parsed(row, 0)?,
                at: row.get(1)?,
                case_price: parsed(row, 2)?,
                lifecycle: parsed(row, 3)?,
            })
        },
    )
}

/// What a promotion changed: item, price before (none when it was new), price after.
pub fn moved_prices(
    db: &Reader<'_>,
    id: &QuoteId,
) -> Result<Vec<(ItemCode, Option<Money>, Money)>, StoreError> {
    db.all(
        "SELECT p.item_code, h.case_price, p.case_price FROM proposed_pricing p
         LEFT JOIN price_history h ON h.replaced_by_quote = p.quote_id AND h.item_code = p.item_code
         WHERE p.quote_id = ?1 AND p.status = 'promoted'
           AND (h.case_price IS NULL OR h.case_price <> p.case_price)
         ORDER BY p.item_code",
        [id.as_str()],
        |row| Ok((parsed(row, 0)?, parsed_if_any(row, 1)?, parsed(row, 2)?)),
    )
}

/// Put in a quote that another system made, as it stands there.
pub fn import(
    tx: &WriteTx<'_>,
    quote: &Quote,
    snapshot: &Canonical,
    lifecycle: Lifecycle,
    generated_at: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO quotes (id, customer_id, school_year, lifecycle_status, generated_at, issued_on,
           valid_until, price_from, price_to, revision_of, include_pdf, cases, commercial, df_value, total,
           prepared_by, snapshot_hash, snapshot, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?5)",
        params![
            quote.id.as_str(),
            quote.customer.id.as_str(),
            quote.school_year.to_string(),
            lifecycle.as_str(),
            generated_at,
            quote.issued_on.to_string(),
            quote.valid_until.to_string(),
            quote.price_from.to_string(),
            quote.price_to.to_string(),
            quote.revision_of.as_ref().map(QuoteId::as_str),
            quote.include_pdf,
            i64::try_from(quote.totals.cases).unwrap_or(i64::MAX),
            quote.totals.commercial.to_string(),
            quote.totals.df_value.to_string(),
            quote.totals.total.to_string(),
            quote.prepared_by,
            snapshot.hash().to_string(),
            snapshot.as_str(),
        ],
    )?;
    for line in &quote.lines {
        tx.execute(
            "INSERT INTO quote_lines (quote_id, line_no, item_code, description, pack, quantity, case_price,
               cost_basis, price_source, program, df_code, df_lb_per_case, df_value, fee, net_price, refund,
               extended, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            params![
                quote.id.as_str(),
                line.line_no,
                line.item_code.as_str(),
                line.description,
                line.pack,
                line.quantity,
                line.case_price.to_string(),
                line.cost_basis.map(|cost| cost.to_string()),
                line.price_source.as_str(),
                line.program.as_str(),
                line.df_code,
                line.df_lb_per_case.map(|pounds| pounds.to_string()),
                line.df_value.map(|value| value.to_string()),
                line.fee.map(|fee| fee.to_string()),
                line.net_price.to_string(),
                line.refund.map(|refund| refund.to_string()),
                line.extended.to_string(),
                line.note,
            ],
        )?;
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<QuoteRow> {
    Ok(QuoteRow {
        id: parsed(row, 0)?,
        customer_id: parsed(row, 1)?,
        customer_name: row.get(2)?,
        school_year: parsed(row, 3)?,
        lifecycle: parsed(row, 4)?,
        generated_at: row.get(5)?,
        valid_until: row.get(6)?,
        total: parsed(row, 7)?,
        prepared_by: row.get(8)?,
        run_id: parsed_if_any(row, 9)?,
        draft_id: parsed_if_any(row, 10)?,
        revision_of: parsed_if_any(row, 11)?,
        snapshot_hash: parsed(row, 12)?,
        snapshot: Canonical::stored(row.get(13)?),
    })
}
