//! The lists of customers and items in memory, as a message looks through them.
//!
//! Owns recall: which rows of a list words may mean, found without reading the list. A list is made once and is
//! never changed; whoever keeps it makes it anew when its rows are others. Must not choose among what it finds,
//! and must not know where the rows come from.

mod customers;
mod evidence;
mod exact;
mod index;
mod items;
mod recall;
mod rows;
mod vocabulary;

pub use customers::Customers;
pub use items::Items;

#[cfg(test)]
mod tests;
