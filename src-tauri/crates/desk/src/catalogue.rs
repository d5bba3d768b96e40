//! The device's customers, items and prices, as the chat asks for them.
//!
//! Owns the way from the drafting crate's questions to the store's searches. Must not choose: it recalls.

use std::cell::RefCell;
use std::collections::HashMap;

use domain::{Customer, CustomerId, Item, ItemCode, SchoolYear};
use drafting::chat::{Bought, Catalogue, CustomerFacts, ItemFacts, LookupError, Recall};
use store::learned_words::{self, LearnedKind, Scope};
use store::search::Recalling;
use store::{Reader, customers, pricing_master, quotes, spec_items};

/// The catalogue over one state of the database, as one person knows it.
pub(crate) struct StoreCatalogue<'r, 'c> {
    db: &'r Reader<'c>,
    recalling: Recalling<'r, 'c>,
    /// Whose learnt words count.
    person: &'r str,
    /// What was recalled already: reading one message asks for the same words again and again.
    items_recalled: RefCell<HashMap<String, Vec<ItemFacts>>>,
    customers_recalled: RefCell<HashMap<String, Vec<CustomerFacts>>>,
}

impl<'r, 'c> StoreCatalogue<'r, 'c> {
    pub fn new(db: &'r Reader<'c>, person: &'r str) -> Self {
        StoreCatalogue {
            db,
            recalling: Recalling::new(db),
            person,
            items_recalled: RefCell::default(),
            customers_recalled: RefCell::default(),
        }
    }

    fn item_facts(&self, code: &ItemCode) -> Result<Option<ItemFacts>, LookupError> {
        Ok(spec_items::get(self.db, code).map_err(LookupError::new)?.map(item_facts))
    }
}

impl Catalogue for StoreCatalogue<'_, '_> {
    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError> {
        let found = customers::by_any_id(self.db, id).map_err(LookupError::new)?;
        Ok(found.map(customer_facts))
    }

    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError> {
        let found = customers::named(self.db, text).map_err(LookupError::new)?;
        Ok(found.into_iter().map(customer_facts).collect())
    }

    fn recall_customers(&self, query: &Recall) -> Result<Vec<CustomerFacts>, LookupError> {
        let text = asked(query);
        if let Some(known) = self.customers_recalled.borrow().get(&text) {
            return Ok(known.clone());
        }
        let found = self.recalling.customers(&text, query.limit).map_err(LookupError::new)?;
        let found: Vec<CustomerFacts> = found.into_iter().map(customer_facts).collect();
        self.customers_recalled.borrow_mut().insert(text, found.clone());
        Ok(found)
    }

    fn items(&self, codes: &[&str]) -> Result<Vec<ItemFacts>, LookupError> {
        let mut found = Vec::new();
        for code in codes {
            if let Ok(code) = code.to_uppercase().parse::<ItemCode>() {
                found.extend(self.item_facts(&code)?);
            }
        }
        Ok(found)
    }

    fn items_named(&self, text: &str) -> Result<Vec<ItemFacts>, LookupError> {
        let found = spec_items::named(self.db, text).map_err(LookupError::new)?;
        Ok(found.into_iter().map(item_facts).collect())
    }

    fn recall_items(&self, query: &Recall) -> Result<Vec<ItemFacts>, LookupError> {
        let text = asked(query);
        if let Some(known) = self.items_recalled.borrow().get(&text) {
            return Ok(known.clone());
        }
        let found = self.recalling.items(&query.forms, &text, query.limit).map_err(LookupError::new)?;
        let found: Vec<ItemFacts> = found.into_iter().map(item_facts).collect();
        self.items_recalled.borrow_mut().insert(text, found.clone());
        Ok(found)
    }

    fn price_years(&self, customer: &CustomerId) -> Result<Vec<SchoolYear>, LookupError> {
        pricing_master::years_of(self.db, customer).map_err(LookupError::new)
    }

    fn bought(&self, customer: &CustomerId, year: SchoolYear) -> Result<Vec<Bought>, LookupError> {
        let mut bought = Vec::new();
        for price in pricing_master::of_customer(self.db, customer, year).map_err(LookupError::new)? {
            let Some(item) = self.item_facts(&price.item_code)? else { continue };
            let last_quantity =
                quotes::last_quantity(self.db, customer, &price.item_code, year).map_err(LookupError::new)?;
            bought.push(Bought { item, case_price: price.case_price, last_quantity });
        }
        Ok(bought)
    }

    fn learned_customer(&self, words: &str) -> Result<Option<CustomerFacts>, LookupError> {
        let scope = Scope { person: self.person, kind: LearnedKind::Customer, customer: None };
        match learned_words::meaning(self.db, scope, words).map_err(LookupError::new)? {
            Some(id) => self.customer(&id),
            None => Ok(None),
        }
    }

    fn learned_item(&self, customer: &CustomerId, words: &str) -> Result<Option<ItemFacts>, LookupError> {
        let scope = Scope { person: self.person, kind: LearnedKind::Item, customer: Some(customer) };
        let meaning = learned_words::meaning(self.db, scope, words).map_err(LookupError::new)?;
        match meaning.and_then(|code| code.parse::<ItemCode>().ok()) {
            Some(code) => self.item_facts(&code),
            None => Ok(None),
        }
    }
}

/// The words and the text together: shorthand's meanings are in the one, the misspelt in the other.
fn asked(query: &Recall) -> String {
    format!("{} {}", query.text, query.words.join(" "))
}

fn customer_facts(customer: Customer) -> CustomerFacts {
    CustomerFacts {
        id: customer.id,
        name: customer.name,
        city: customer.city,
        state: customer.state,
        aliases: customer.aliases,
    }
}

fn item_facts(item: Item) -> ItemFacts {
    ItemFacts {
        code: item.item_code,
        description: item.description,
        pack: item.pack,
        brand: item.brand,
        category: item.category,
        aliases: item.aliases,
    }
}
