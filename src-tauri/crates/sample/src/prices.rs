//! The price list as a stream.
//!
//! Owns the order: customer id, item code, school year, the primary key of the price table. Must not
//! hold more than one customer's prices of one item.

use std::iter::FusedIterator;
use std::ops::Range;

use domain::Price;

use crate::book::Book;

/// Prices in key order, drawn as they are asked for.
pub struct Prices<'a> {
    book: &'a Book,
    customers: Range<usize>,
    items: Range<usize>,
    /// The rows of the pair at hand, newest first: taken from the end.
    drawn: Vec<Price>,
    customer: Option<usize>,
}

impl<'a> Prices<'a> {
    pub(crate) fn of(book: &'a Book, customers: Range<usize>) -> Self {
        Prices { book, customers, items: 0..0, drawn: Vec::new(), customer: None }
    }
}

impl Iterator for Prices<'_> {
    type Item = Price;

    fn next(&mut self) -> Option<Price> {
        loop {
            if let Some(price) = self.drawn.pop() {
                return Some(price);
            }
            match (self.customer, self.items.next()) {
                (Some(customer), Some(item)) => self.book.draw(customer, item, &mut self.drawn),
                _ => {
                    self.customer = Some(self.customers.next()?);
                    self.items = 0..self.book.items();
                }
            }
        }
    }
}

impl FusedIterator for Prices<'_> {}
