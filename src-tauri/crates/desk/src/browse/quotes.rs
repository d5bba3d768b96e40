//! Quotes: the list, filtered, and what there is to filter by.
//!
//! Owns the list's rows. Must not open a snapshot: a list shows none.

use domain::{CustomerId, Lifecycle, SchoolYear};
use serde::Serialize;
use store::windows::{self, QuoteFilter, QuoteHead};

use super::{Rows, place};
use crate::Desk;
use crate::error::DeskError;
use crate::quotes::QuoteListed;

/// Which quotes, and which part of the list.
#[derive(Debug, Clone, Default)]
pub struct Quotes<'q> {
    /// A number, a customer or an item, as typed; nothing for all.
    pub text: &'q str,
    /// Only those that stand there.
    pub lifecycle: Option<Lifecycle>,
    /// Only those for that year.
    pub school_year: Option<SchoolYear>,
    /// Only that customer's.
    pub customer_id: Option<&'q CustomerId>,
    /// How many are before the window.
    pub offset: u32,
    /// How many it holds at most.
    pub limit: u32,
}

/// What quotes can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct QuotesFacets {
    /// The school years there are quotes for, the latest first.
    pub school_years: Vec<SchoolYear>,
    /// Where quotes stand.
    pub lifecycles: Vec<LifecycleCount>,
}

/// How many quotes stand somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct LifecycleCount {
    /// Where.
    pub lifecycle: Lifecycle,
    /// How many.
    pub count: u64,
}

impl Desk {
    /// Quotes, the newest first.
    pub fn quotes(&self, which: &Quotes<'_>) -> Result<Rows<QuoteListed>, DeskError> {
        let filter = QuoteFilter {
            text: which.text,
            lifecycle: which.lifecycle,
            school_year: which.school_year,
            customer_id: which.customer_id,
        };
        let window = self.store.read(|db| windows::quotes(db, &filter, place(which.offset, which.limit)))?;
        Ok(Rows::of(window, listed))
    }

    /// What quotes can be filtered by.
    pub fn quotes_facets(&self) -> Result<QuotesFacets, DeskError> {
        let facets = self.store.read(windows::facets)?;
        let count = |(lifecycle, count)| LifecycleCount { lifecycle, count };
        Ok(QuotesFacets {
            school_years: facets.school_years,
            lifecycles: facets.lifecycles.into_iter().map(count).collect(),
        })
    }
}

/// A quote, in a list.
pub(crate) fn listed(head: QuoteHead) -> QuoteListed {
    QuoteListed {
        quote_id: head.id,
        customer_id: head.customer_id,
        customer_name: head.customer_name,
        school_year: head.school_year,
        lifecycle_status: head.lifecycle,
        generated_at: head.generated_at,
        valid_until: head.valid_until,
        total: head.total,
        prepared_by: head.prepared_by,
        revision_of: head.revision_of,
        superseded_by: head.superseded_by,
    }
}
