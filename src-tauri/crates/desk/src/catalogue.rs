//! The device's customers, items and prices, as the chat asks for them.
//!
//! Owns the way from the drafting crate's questions to the store's searches. Must not choose: it recalls.

use std::cell::RefCell;
use std::collections::HashMap;

use domain::{Customer, CustomerId, Item, ItemCode, SchoolYear};
use drafting::chat::{Bought, Catalogue, CustomerFacts, ItemFacts, LookupError, Recall};
use store::learned_words::{self, LearnedKind, Scope};
use store::search::Recalling;
use store::{Reader, StoreError, customers, pricing_master, quotes, spec_items};

/// The catalogue over one state of the database, as one person knows it.
pub(crate) struct StoreCatalogue<'r, 'c> {
    db: &'r Reader<'c>,
    recalling: Recalling<'r, 'c>,
    /// Whose learnt words count.
    person: &'r str,
    /// What was found already: reading one message asks for the same words again and again.
    items_found: Found<ItemFacts>,
    customers_found: Found<CustomerFacts>,
}

/// What each question found; the key says by which question.
type Found<T> = RefCell<HashMap<(&'static str, String), Vec<T>>>;

/// What was found before, or what is found now.
fn once<T: Clone>(
    found: &Found<T>,
    asked: &'static str,
    text: &str,
    find: impl FnOnce() -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, LookupError> {
    let key = (asked, text.to_owned());
    if let Some(known) = found.borrow().get(&key) {
        return Ok(known.clone());
    }
    let now = find().map_err(LookupError::new)?;
    found.borrow_mut().insert(key, now.clone());
    Ok(now)
}

impl<'r, 'c> StoreCatalogue<'r, 'c> {
    pub fn new(db: &'r Reader<'c>, person: &'r str) -> Self {
        StoreCatalogue {
            db,
            recalling: Recalling::new(db),
            person,
            items_found: Found::default(),
            customers_found: Found::default(),
        }
    }

    fn item_facts(&self, code: &ItemCode) -> Result<Option<ItemFacts>, LookupError> {
        Ok(spec_items::get(self.db, code).map_err(LookupError::new)?.map(item_facts))
    }
}

impl Catalogue for StoreCatalogue<'_, '_> {
    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError> {
        let found = once(&self.customers_found, "id", id, || {
            Ok(customers::by_any_id(self.db, id)?.map(customer_facts).into_iter().collect())
        })?;
        Ok(found.into_iter().next())
    }

    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError> {
        once(&self.customers_found, "name", text, || {
            Ok(customers::named(self.db, text)?.into_iter().map(customer_facts).collect())
        })
    }

    fn recall_customers(&self, query: &Recall) -> Result<Vec<CustomerFacts>, LookupError> {
        let text = asked(query);
        once(&self.customers_found, "words", &text, || {
            let found = self.recalling.customers(&text, query.limit)?;
            Ok(found.into_iter().map(customer_facts).collect())
        })
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
        once(&self.items_found, "name", text, || {
            Ok(spec_items::named(self.db, text)?.into_iter().map(item_facts).collect())
        })
    }

    fn recall_items(&self, query: &Recall) -> Result<Vec<ItemFacts>, LookupError> {
        let text = asked(query);
        once(&self.items_found, "words", &text, || {
            let found = self.recalling.items(&query.forms, &text, query.limit)?;
            Ok(found.into_iter().map(item_facts).collect())
        })
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
