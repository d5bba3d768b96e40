//! What the chat must be able to look up.
//!
//! Owns the questions it asks; the store answers them. Must not know how: recall returns candidates, the
//! choice among them is made here.

use std::error::Error;
use std::sync::Arc;

use domain::{CustomerId, ItemCode, SchoolYear};

use crate::chat::customer_terms::ReadCustomer;
use crate::chat::item_terms::ReadItem;
use crate::chat::memory::Memory;

/// A customer, as far as it takes to recognise one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Its key.
    pub id: CustomerId,
    /// Its id in NetSuite.
    pub netsuite_id: Option<String>,
    /// Its full name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// Nicknames reps use.
    pub aliases: Vec<String>,
    /// What is read off the fields above, for whoever compares.
    pub read: ReadCustomer,
}

/// An item, as far as it takes to recognise one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFacts {
    /// Its key.
    pub code: ItemCode,
    /// What it is, as printed.
    pub description: String,
    /// The case pack, as printed.
    pub pack: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Breakfast, pizza, poultry and so on.
    pub category: Option<String>,
    /// Words reps use for it.
    pub aliases: Vec<String>,
    /// What is read off the fields above, for whoever compares.
    pub read: ReadItem,
}

/// An item of a list, shared by all who look at it.
pub type Item = Arc<ItemFacts>;

/// An item a customer was quoted for a school year or, where nothing was, has a price for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// What.
    pub item: Item,
    /// The cases last quoted for that year, where known.
    pub last_quantity: Option<u32>,
}

/// What to recall candidates by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Lower-case words, with what shorthand stands for (`ckn` gives both `ckn` and `chicken`). A candidate
    /// needs only one that begins with one of them; more is better.
    pub words: Vec<String>,
    /// The same by word of the text: what each may be written as. Empty where not every word is of one thing.
    pub forms: Vec<Vec<String>>,
    /// The same as text, for recall by trigrams where words are misspelt.
    pub text: String,
    /// The most candidates wanted.
    pub limit: usize,
}

/// A look-up failed.
#[derive(Debug, thiserror::Error)]
#[error("the catalogue could not be read")]
pub struct LookupError(#[source] Box<dyn Error + Send + Sync>);

impl LookupError {
    /// With what went wrong.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        LookupError(cause.into())
    }
}

/// The customers, items and prices on the device. Every comparison ignores the case of letters.
pub trait Catalogue {
    /// The customer with this id, or this NetSuite id.
    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError>;

    /// Customers with exactly this full name or alias.
    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError>;

    /// Customers whose name, aliases or city share a word, or trigrams, with the query; best first. When
    /// more than the limit share the best name, the limit may cut among them.
    fn recall_customers(&self, query: &Recall) -> Result<Vec<Arc<CustomerFacts>>, LookupError>;

    /// The items with these codes; unknown codes are left out.
    fn items(&self, codes: &[&str]) -> Result<Vec<Item>, LookupError>;

    /// Items with exactly this alias or description.
    fn items_named(&self, text: &str) -> Result<Vec<Item>, LookupError>;

    /// Items whose description, aliases, brand, category or pack share a word, or trigrams, with the query;
    /// best first.
    fn recall_items(&self, query: &Recall) -> Result<Vec<Item>, LookupError>;

    /// The school years the customer was quoted for or has prices in, latest first.
    fn years(&self, customer: &CustomerId) -> Result<Vec<SchoolYear>, LookupError>;

    /// The items the customer was quoted for that school year or, where nothing was, has prices for; by item code.
    fn bought(&self, customer: &CustomerId, year: SchoolYear) -> Result<Vec<Bought>, LookupError>;

    /// What was found for the message so far; a catalogue itself remembers nothing.
    fn memory(&self) -> Option<&Memory> {
        None
    }

    /// The customer this person chose before for exactly these words.
    fn learned_customer(&self, _words: &str) -> Result<Option<CustomerFacts>, LookupError> {
        Ok(None)
    }

    /// The item this person chose before for exactly these words, when it was for this customer.
    fn learned_item(&self, _customer: &CustomerId, _words: &str) -> Result<Option<Item>, LookupError> {
        Ok(None)
    }
}
