//! What was looked up while one message is read.
//!
//! Owns that the same words are not weighed twice: a message tries them together and apart. Must not outlive the
//! message, since lists change.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use domain::{CustomerId, SchoolYear};

use crate::chat::catalogue::{Bought, Catalogue, CustomerFacts, Item, LookupError, Recall};
use crate::chat::resolve::Found;

/// Items found so far, by the words.
#[derive(Default)]
pub struct Memory(RefCell<HashMap<String, Found<Item>>>);

impl Memory {
    /// What was found for these words.
    pub(crate) fn item(&self, text: &str) -> Option<Found<Item>> {
        self.0.borrow().get(text).cloned()
    }

    /// Keep what was found for these words.
    pub(crate) fn keep(&self, text: &str, found: &Found<Item>) {
        self.0.borrow_mut().insert(text.to_owned(), found.clone());
    }
}

/// A catalogue that is asked once.
pub struct Remembering<'a> {
    catalogue: &'a dyn Catalogue,
    memory: Memory,
}

impl<'a> Remembering<'a> {
    /// Of this catalogue, with nothing remembered yet.
    pub fn of(catalogue: &'a dyn Catalogue) -> Self {
        Remembering { catalogue, memory: Memory::default() }
    }
}

impl Catalogue for Remembering<'_> {
    fn memory(&self) -> Option<&Memory> {
        Some(&self.memory)
    }

    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError> {
        self.catalogue.customer(id)
    }

    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError> {
        self.catalogue.customers_named(text)
    }

    fn recall_customers(&self, query: &Recall) -> Result<Vec<Arc<CustomerFacts>>, LookupError> {
        self.catalogue.recall_customers(query)
    }

    fn items(&self, codes: &[&str]) -> Result<Vec<Item>, LookupError> {
        self.catalogue.items(codes)
    }

    fn items_named(&self, text: &str) -> Result<Vec<Item>, LookupError> {
        self.catalogue.items_named(text)
    }

    fn recall_items(&self, query: &Recall) -> Result<Vec<Item>, LookupError> {
        self.catalogue.recall_items(query)
    }

    fn years(&self, customer: &CustomerId) -> Result<Vec<SchoolYear>, LookupError> {
        self.catalogue.years(customer)
    }

    fn bought(&self, customer: &CustomerId, year: SchoolYear) -> Result<Vec<Bought>, LookupError> {
        self.catalogue.bought(customer, year)
    }

    fn learned_customer(&self, words: &str) -> Result<Option<CustomerFacts>, LookupError> {
        self.catalogue.learned_customer(words)
    }

    fn learned_item(&self, customer: &CustomerId, words: &str) -> Result<Option<Item>, LookupError> {
        self.catalogue.learned_item(customer, words)
    }
}
