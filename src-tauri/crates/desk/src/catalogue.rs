//! The device's customers, items and prices, as the chat asks for them.
//!
//! Owns the way from the drafting crate's questions to the lists in memory, and to the store for what is in no
//! list. Must not choose: it recalls.

use std::cell::OnceCell;
use std::sync::Arc;

use domain::{CustomerId, ItemCode, SchoolYear};
use drafting::chat::{Bought, Catalogue, CustomerFacts, Item, LookupError, Recall};
use drafting::lists::{Customers, Items};
use store::learned_words::{self, LearnedKind, Scope};
use store::{Reader, StoreError, pricing_master, quotes};

use crate::lists::Lists;

/// The catalogue over one state of the database, as one person knows it.
pub(crate) struct StoreCatalogue<'r, 'c> {
    db: &'r Reader<'c>,
    lists: &'r Lists,
    /// Whose learnt words count.
    person: &'r str,
    /// The lists in this state, once they are asked for.
    customers: OnceCell<Arc<Customers>>,
    items: OnceCell<Arc<Items>>,
}

/// What was had before, or what is had now.
fn once<T>(
    had: &OnceCell<Arc<T>>,
    get: impl FnOnce() -> Result<Arc<T>, StoreError>,
) -> Result<&T, LookupError> {
    if had.get().is_none() {
        let got = get().map_err(LookupError::new)?;
        return Ok(had.get_or_init(|| got));
    }
    had.get().map(|list| &**list).ok_or_else(|| LookupError::new("a list is gone"))
}

impl<'r, 'c> StoreCatalogue<'r, 'c> {
    pub fn new(db: &'r Reader<'c>, lists: &'r Lists, person: &'r str) -> Self {
        StoreCatalogue { db, lists, person, customers: OnceCell::new(), items: OnceCell::new() }
    }

    fn customer_list(&self) -> Result<&Customers, LookupError> {
        once(&self.customers, || self.lists.customers(self.db))
    }

    fn item_list(&self) -> Result<&Items, LookupError> {
        once(&self.items, || self.lists.items(self.db))
    }
}

impl Catalogue for StoreCatalogue<'_, '_> {
    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError> {
        Ok(self.customer_list()?.of_id(id).cloned())
    }

    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError> {
        Ok(self.customer_list()?.named(text).into_iter().cloned().collect())
    }

    fn recall_customers(&self, query: &Recall) -> Result<Vec<Arc<CustomerFacts>>, LookupError> {
        Ok(self.customer_list()?.recall(query))
    }

    fn items(&self, codes: &[&str]) -> Result<Vec<Item>, LookupError> {
        let items = self.item_list()?;
        let codes = codes.iter().filter_map(|code| code.to_uppercase().parse::<ItemCode>().ok());
        Ok(codes.filter_map(|code| items.of_code(&code).cloned()).collect())
    }

    fn items_named(&self, text: &str) -> Result<Vec<Item>, LookupError> {
        Ok(self.item_list()?.named(text).into_iter().cloned().collect())
    }

    fn recall_items(&self, query: &Recall) -> Result<Vec<Item>, LookupError> {
        Ok(self.item_list()?.recall(query))
    }

    fn years(&self, customer: &CustomerId) -> Result<Vec<SchoolYear>, LookupError> {
        let mut years = pricing_master::years_of(self.db, customer).map_err(LookupError::new)?;
        years.extend(quotes::years_of(self.db, customer).map_err(LookupError::new)?);
        years.sort_unstable_by_key(|year| std::cmp::Reverse(year.start_year()));
        years.dedup();
        Ok(years)
    }

    fn bought(&self, customer: &CustomerId, year: SchoolYear) -> Result<Vec<Bought>, LookupError> {
        let items = self.item_list()?;
        let quoted = quotes::last_quantities(self.db, customer, year).map_err(LookupError::new)?;
        let bought = |code: &ItemCode, last_quantity| {
            items.of_code(code).cloned().map(|item| Bought { item, last_quantity })
        };
        // A price list holds far more than anybody orders: where it is known what was quoted, that is what is usual.
        if !quoted.is_empty() {
            return Ok(quoted.iter().filter_map(|(code, cases)| bought(code, Some(*cases))).collect());
        }
        let prices = pricing_master::of_customer(self.db, customer, year).map_err(LookupError::new)?;
        Ok(prices.iter().filter_map(|price| bought(&price.item_code, None)).collect())
    }

    fn learned_customer(&self, words: &str) -> Result<Option<CustomerFacts>, LookupError> {
        let scope = Scope { person: self.person, kind: LearnedKind::Customer, customer: None };
        match learned_words::meaning(self.db, scope, words).map_err(LookupError::new)? {
            Some(id) => self.customer(&id),
            None => Ok(None),
        }
    }

    fn learned_item(&self, customer: &CustomerId, words: &str) -> Result<Option<Item>, LookupError> {
        let scope = Scope { person: self.person, kind: LearnedKind::Item, customer: Some(customer) };
        let meaning = learned_words::meaning(self.db, scope, words).map_err(LookupError::new)?;
        match meaning.and_then(|code| code.parse::<ItemCode>().ok()) {
            Some(code) => Ok(self.item_list()?.of_code(&code).cloned()),
            None => Ok(None),
        }
    }
}
