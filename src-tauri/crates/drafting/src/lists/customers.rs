//! The customers.
//!
//! Owns what of a customer it is recalled by. Must not know which of them is meant.

use std::sync::Arc;

use super::exact::{Exact, is_called};
use super::index::{Index, Making, Row};
use super::recall::recalled;
use crate::chat::{CustomerFacts, Recall};

/// Every customer, and where to look for them.
#[derive(Debug, Default)]
pub struct Customers {
    all: Vec<Arc<CustomerFacts>>,
    index: Index,
    ids: Exact,
    other_ids: Exact,
    names: Exact,
}

impl Customers {
    /// Of these. Where nothing else tells rows apart, the first goes first.
    pub fn of(all: Vec<Arc<CustomerFacts>>) -> Self {
        let mut making = Making::for_rows(all.len());
        for customer in &all {
            let names = std::iter::once(&customer.name).chain(&customer.aliases).map(String::as_str);
            let others = [&customer.city, &customer.state, &customer.netsuite_id];
            let others = others.into_iter().flatten().map(String::as_str);
            making.row(names, others.chain([customer.id.as_str()]));
        }
        let numbered = || (0..).zip(&all);
        let ids = Exact::of(numbered().map(|(row, customer)| (customer.id.as_str(), row)));
        let other_ids = Exact::of(
            numbered().filter_map(|(row, customer)| customer.netsuite_id.as_deref().map(|id| (id, row))),
        );
        let names = Exact::of(numbered().flat_map(|(row, customer)| {
            std::iter::once(&customer.name).chain(&customer.aliases).map(move |name| (name.as_str(), row))
        }));
        Customers { index: making.done(), all, ids, other_ids, names }
    }

    fn at(&self, row: Row) -> Option<&CustomerFacts> {
        self.all.get(row as usize).map(|customer| &**customer)
    }

    /// The customer with this id, else with this NetSuite id; the case of its letters aside.
    pub fn of_id(&self, id: &str) -> Option<&CustomerFacts> {
        let by_id = self.ids.maybe(id).filter_map(|row| self.at(row));
        let found = { by_id }.find(|customer| customer.id.as_str().eq_ignore_ascii_case(id));
        let is_other = |customer: &&CustomerFacts| {
            customer.netsuite_id.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(id))
        };
        found.or_else(|| self.other_ids.maybe(id).filter_map(|row| self.at(row)).find(is_other))
    }

    /// Those with exactly this name or alias, the case of its letters aside, by name.
    pub fn named(&self, text: &str) -> Vec<&CustomerFacts> {
        let text = text.trim();
        let mut found: Vec<&CustomerFacts> = self.names.maybe(text).filter_map(|row| self.at(row)).collect();
        found.retain(|customer| is_called(text, &customer.name, &customer.aliases));
        found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        found
    }

    /// Those a text may mean: any of its words may name one, most of them name none. The likeliest first.
    pub fn recall(&self, asked: &Recall) -> Vec<Arc<CustomerFacts>> {
        let rows = recalled(&self.index, asked).into_iter();
        rows.filter_map(|row| self.all.get(row as usize).cloned()).collect()
    }
}
