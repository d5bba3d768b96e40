//! The list of drafts.
//!
//! Owns telling drafts apart at a glance, and quickly: a list is not composed line by line as a draft is.

use domain::{CustomerId, DraftId, Money, QuoteId, SchoolYear};
use serde::Serialize;
use store::drafts::{DraftRow, DraftStatus};
use store::{Reader, customers, drafts, quotes};

use super::head::view_of;
use crate::error::DeskError;
use crate::{Desk, compose};

/// A draft, in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftListed {
    /// Its key.
    pub draft_id: DraftId,
    /// Where it stands.
    pub status: DraftStatus,
    /// For whom, once said.
    pub customer_id: Option<CustomerId>,
    /// That customer's name.
    pub customer_name: Option<String>,
    /// For which school year, once said.
    pub school_year: Option<SchoolYear>,
    /// How many lines it has.
    pub line_count: usize,
    /// What the lines come to so far, before programs; of a draft that became a quote, what that comes to.
    pub total: Money,
    /// How many values two people set differently.
    pub conflict_count: usize,
    /// Its quote number, once it was submitted.
    pub quote_id: Option<QuoteId>,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// Whether it was thrown away.
    pub is_discarded: bool,
    /// Who began it.
    pub drafted_by: String,
    /// Last change, RFC 3339.
    pub updated_at: String,
}

impl Desk {
    /// Drafts, the last changed first.
    pub fn drafts(&self, limit: u32) -> Result<Vec<DraftListed>, DeskError> {
        self.store.read(|db| drafts::list(db, limit)?.into_iter().map(|row| listed(db, row)).collect())
    }
}

fn listed(db: &Reader<'_>, row: DraftRow) -> Result<DraftListed, DeskError> {
    let view = view_of(&row)?;
    let customer = match &row.customer_id {
        Some(id) => customers::get(db, id)?,
        None => None,
    };
    let quote = match (&row.quote_id, row.status) {
        (Some(id), DraftStatus::Closed) => quotes::get(db, id)?,
        _ => None,
    };
    let total = match quote {
        Some(quote) => quote.total,
        None => {
            let mut total = Money::ZERO;
            for line in &view.lines {
                if let (Some(cases), Some(price)) = (line.quantity, compose::price_of(db, &view, line)?) {
                    total = total.plus(price.extended(cases)?)?;
                }
            }
            total
        }
    };
    Ok(DraftListed {
        draft_id: row.id,
        status: row.status,
        customer_id: row.customer_id,
        customer_name: customer.map(|customer| customer.name),
        school_year: row.school_year,
        line_count: view.lines.len(),
        total,
        conflict_count: view.conflicts.len(),
        quote_id: row.quote_id,
        revision_of: row.revision_of,
        is_discarded: view.is_discarded,
        drafted_by: row.drafted_by,
        updated_at: row.updated_at,
    })
}
