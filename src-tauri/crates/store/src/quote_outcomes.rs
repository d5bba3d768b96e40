//! The table `quote_outcomes`: what the customer said to a quote.
//!
//! Owns the row, and that it and the quote's status change together. Must not judge whether a quote may be
//! answered: the domain does.

use domain::{Lifecycle, QuoteId};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::parsed;

/// What the customer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// To which quote.
    pub quote_id: QuoteId,
    /// `accepted` or `declined`.
    pub outcome: Lifecycle,
    /// Why, as a stable word; a declined quote has one.
    pub reason: Option<String>,
    /// Who got the business instead.
    pub competitor: Option<String>,
    /// What else was said.
    pub note: Option<String>,
    /// Who wrote it down.
    pub decided_by: String,
    /// When, RFC 3339.
    pub decided_at: String,
}

/// Write down an outcome, and put the quote where it says. What was written down of it before, and did not
/// stand, is replaced.
pub fn put(tx: &WriteTx<'_>, row: &OutcomeRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO quote_outcomes (quote_id, outcome, reason, competitor, note, decided_by, decided_at,
           updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
         ON CONFLICT (quote_id) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason,
           competitor = excluded.competitor, note = excluded.note, decided_by = excluded.decided_by,
           decided_at = excluded.decided_at, updated_at = excluded.updated_at",
        params![
            row.quote_id.as_str(),
            row.outcome.as_str(),
            row.reason,
            row.competitor,
            row.note,
            row.decided_by,
            row.decided_at,
        ],
    )?;
    tx.execute(
        "UPDATE quotes SET lifecycle_status = ?2, updated_at = ?3 WHERE id = ?1",
        params![row.quote_id.as_str(), row.outcome.as_str(), row.decided_at],
    )?;
    Ok(())
}

/// What was said to a quote, if anything was.
pub fn get(db: &Reader<'_>, id: &QuoteId) -> Result<Option<OutcomeRow>, StoreError> {
    db.one(
        "SELECT quote_id, outcome, reason, competitor, note, decided_by, decided_at FROM quote_outcomes
         WHERE quote_id = ?1",
        [id.as_str()],
        from_row,
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<OutcomeRow> {
    Ok(OutcomeRow {
        quote_id: parsed(row, 0)?,
        outcome: parsed(row, 1)?,
        reason: row.get(2)?,
        competitor: row.get(3)?,
        note: row.get(4)?,
        decided_by: row.get(5)?,
        decided_at: row.get(6)?,
    })
}
