//! A row of a file as a row of its table.
//!
//! Owns what a row may refer to and that a key is in a file once, and what a row would change. Must not read a
//! file.

use std::collections::HashSet;

use domain::{Customer, CustomerProfile, CustomerProgram, Item, Price};
use store::{
    Reader, StoreError, WriteTx, customer_profiles, customer_programs, customers, pricing_master, spec_items,
};

use super::cells::{Cells, RowProblem};
use super::{Table, columns};
use crate::error::DeskError;

/// A row that is right.
pub(super) enum Row {
    Customer(Box<Customer>),
    Profile(CustomerProfile),
    Program(Box<CustomerProgram>),
    Item(Box<Item>),
    Price(Price),
}

/// What putting a row in would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    New,
    Changed,
    Same,
}

/// The keys that rows may refer to, and those the file already had.
pub(super) struct Known {
    customers: HashSet<String>,
    items: HashSet<String>,
    seen: HashSet<String>,
}

impl Known {
    pub fn load(db: &Reader<'_>, table: Table) -> Result<Self, DeskError> {
        let customers = match table {
            Table::Customers | Table::SpecItems => HashSet::new(),
            _ => customers::ids(db)?.into_iter().collect(),
        };
        let items = match table {
            Table::PricingMaster => spec_items::codes(db)?.into_iter().collect(),
            _ => HashSet::new(),
        };
        Ok(Known { customers, items, seen: HashSet::new() })
    }

    /// Read a row, or say what is wrong with it.
    pub fn read(&mut self, table: Table, cells: &Cells<'_>) -> Result<Row, RowProblem> {
        Ok(match table {
            Table::Customers => {
                let customer = columns::customer(cells)?;
                self.once("id", customer.id.to_string())?;
                Row::Customer(Box::new(customer))
            }
            Table::CustomerProfiles => {
                let profile = columns::profile(cells)?;
                self.customer(&profile.customer_id)?;
                self.once("customer_id", profile.customer_id.to_string())?;
                Row::Profile(profile)
            }
            Table::CustomerPrograms => {
                let program = columns::program(cells)?;
                self.customer(&program.customer_id)?;
                self.once("id", program.id.to_string())?;
                Row::Program(Box::new(program))
            }
            Table::SpecItems => {
                let item = columns::item(cells)?;
                self.once("item_code", item.item_code.to_string())?;
                Row::Item(Box::new(item))
            }
            Table::PricingMaster => {
                let price = columns::price(cells)?;
                self.customer(&price.customer_id)?;
                if !self.items.contains(price.item_code.as_str()) {
                    let message = format!("there is no item {}", price.item_code);
                    return Err(RowProblem::new("item_code", message));
                }
                let key = format!("{} {} {}", price.customer_id, price.item_code, price.school_year);
                self.once("item_code", key)?;
                Row::Price(price)
            }
        })
    }

    fn once(&mut self, column: &str, key: String) -> Result<(), RowProblem> {
        if self.seen.contains(&key) {
            return Err(RowProblem::new(column, format!("{key} is in the file twice")));
        }
        self.seen.insert(key);
        Ok(())
    }

    fn customer(&self, id: &domain::CustomerId) -> Result<(), RowProblem> {
        if self.customers.contains(id.as_str()) {
            return Ok(());
        }
        Err(RowProblem::new("customer_id", format!("there is no customer {id}")))
    }
}

impl Row {
    /// Insert it, or replace what is there.
    pub fn put(&self, tx: &WriteTx<'_>, now: &str) -> Result<(), StoreError> {
        match self {
            Row::Customer(customer) => customers::upsert(tx, customer, now),
            Row::Profile(profile) => customer_profiles::upsert(tx, profile, now),
            Row::Program(program) => customer_programs::upsert(tx, program, now),
            Row::Item(item) => spec_items::upsert(tx, item, now),
            Row::Price(price) => pricing_master::upsert(tx, price, now),
        }
    }

    /// What putting it in would do.
    pub fn effect(&self, db: &Reader<'_>) -> Result<Effect, StoreError> {
        Ok(match self {
            Row::Customer(new) => against(new.as_ref(), customers::get(db, &new.id)?),
            Row::Profile(new) => against(new, customer_profiles::get(db, &new.customer_id)?),
            Row::Program(new) => against(new.as_ref(), customer_programs::get(db, &new.id)?),
            Row::Item(new) => against(new.as_ref(), spec_items::get(db, &new.item_code)?),
            Row::Price(new) => {
                let key = (&new.customer_id, &new.item_code, new.school_year);
                against(new, pricing_master::get(db, key.0, key.1, key.2)?)
            }
        })
    }
}

fn against<T: PartialEq>(new: &T, there: Option<T>) -> Effect {
    match there {
        None => Effect::New,
        Some(there) if there == *new => Effect::Same,
        Some(_) => Effect::Changed,
    }
}
