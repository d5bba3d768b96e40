//! Windows over long tables: some rows from a place on, and how many there are in all.
//!
//! Owns how a list of a million rows is scrolled without being read. Nothing here sorts or counts a whole
//! table: it walks an index, or a text has recalled a bounded number of rows. Must not write.

mod customers;
mod items;
mod named;
mod prices;
mod quotes;
mod standing;
#[cfg(test)]
mod tests;

pub use customers::{CustomerHead, customers};
pub use items::{categories, items, priced_years};
pub use named::{Named, Underway, UnderwayFound};
pub use prices::{ItemPrices, customer_prices, price_count, prices};
pub use quotes::{Facets, QuoteFilter, QuoteHead, facets, of_item, quote, quotes, revisions};
pub use standing::{Standing, standing};

/// Where a window begins, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// How many rows are before it.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// Some rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How long the whole list is; of what was recalled for a text, how much that was.
    pub total: u64,
}

impl Place {
    /// The part of a list that is at hand whole.
    fn of<T: Clone>(self, all: &[T]) -> (Vec<T>, u64) {
        let rows = all.iter().skip(self.offset as usize).take(self.limit as usize).cloned().collect();
        (rows, all.len() as u64)
    }
}
