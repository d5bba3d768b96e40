//! Looking things up: customers, the catalogue, prices and quotes, a window at a time.
//!
//! Owns what each page shows of them. Must not change anything, nor read more of a long table than is shown.

use serde::Serialize;
use store::windows::{Place, Window};

mod catalogue;
mod customers;
mod prices;
mod quotes;

pub use catalogue::{ItemPage, YearOfItem};
pub use customers::{CustomerListed, CustomerPage};
pub use prices::{ItemPriced, PriceHistory, PriceListed, Quoted, YearPrice};
pub(crate) use quotes::listed as quote_listed;
pub use quotes::{LifecycleCount, Quotes, QuotesFacets};

/// No window is longer.
const LONGEST: u32 = 500;

/// Some rows of a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How long the whole list is; of what a text found, how much that was.
    pub total: u64,
}

impl<T> Rows<T> {
    fn of<R>(window: Window<R>, shown: impl Fn(R) -> T) -> Self {
        Rows { rows: window.rows.into_iter().map(shown).collect(), total: window.total }
    }
}

fn place(offset: u32, limit: u32) -> Place {
    Place { offset, limit: limit.min(LONGEST) }
}
