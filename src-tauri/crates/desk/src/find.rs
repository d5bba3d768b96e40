//! One box that finds everything: customers, items, quotes, and what is under way.
//!
//! Owns the order: what has exactly that id, then what is called so, at most a few of each kind. Must stay within
//! a keystroke: every list it asks for has an end.

use domain::{QuoteId, vocabulary};
use serde::Serialize;
use store::windows::{self, Named, QuoteHead, Underway};
use store::{Reader, customers, search, spec_items};

use crate::Desk;
use crate::error::DeskError;

vocabulary! {
    /// What was found.
    pub enum FoundKind: "a kind of thing" {
        /// A customer.
        Customer = "customer",
        /// An item.
        Item = "item",
        /// A quote.
        Quote = "quote",
        /// What waits for a decision, or did.
        Action = "action",
        /// A draft.
        Draft = "draft",
        /// A run.
        Run = "run",
    }
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Found {
    /// What it is.
    pub kind: FoundKind,
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// How many of a kind.
const OF_A_KIND: u32 = 6;

impl Desk {
    /// What a text names: exact ids first, then names. Nothing typed finds nothing.
    pub fn find(&self, text: &str) -> Result<Vec<Found>, DeskError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        self.store.read(|db| {
            let named = Named::of(db, text)?;
            let mut found: Vec<Found> = Vec::new();
            found.extend(customers_called(db, text, &named)?);
            found.extend(items_called(db, text)?);
            found.extend(quotes_called(db, text, &named)?);
            let rows = named.underway(db, OF_A_KIND)?;
            found.extend(rows.actions.into_iter().map(|action| of(FoundKind::Action, action)));
            found.extend(rows.drafts.into_iter().map(|draft| of(FoundKind::Draft, draft)));
            found.extend(rows.runs.into_iter().map(|run| of(FoundKind::Run, run)));
            // Stable, so what is called so stays in the order it was found in.
            found.sort_by_key(|found| !found.id.eq_ignore_ascii_case(text));
            Ok(found)
        })
    }
}

fn customers_called(db: &Reader<'_>, text: &str, named: &Named<'_>) -> Result<Vec<Found>, DeskError> {
    let mut all: Vec<_> = customers::by_any_id(db, text)?.into_iter().collect();
    for customer in named.customers(db, OF_A_KIND as usize)? {
        if !all.contains(&customer) {
            all.push(customer);
        }
    }
    all.truncate(OF_A_KIND as usize);
    let shown = all.into_iter().map(|customer| {
        let place: Vec<String> = [customer.city, customer.state].into_iter().flatten().collect();
        let detail = [customer.id.to_string(), place.join(", "), customer.entitystatus.to_string()];
        Found {
            kind: FoundKind::Customer,
            id: customer.id.to_string(),
            title: customer.name,
            detail: joined(detail),
        }
    });
    Ok(shown.collect())
}

fn items_called(db: &Reader<'_>, text: &str) -> Result<Vec<Found>, DeskError> {
    let mut all = Vec::new();
    if let Ok(code) = text.parse() {
        all.extend(spec_items::get(db, &code)?);
    }
    for hit in search::search_items(db, text, OF_A_KIND as usize)? {
        if !all.contains(&hit.found) {
            all.push(hit.found);
        }
    }
    all.truncate(OF_A_KIND as usize);
    let shown = all.into_iter().map(|item| {
        let code = item.item_code.to_string();
        let detail = [code.clone(), item.pack.unwrap_or_default(), item.brand.unwrap_or_default()];
        Found { kind: FoundKind::Item, id: code, title: item.description, detail: joined(detail) }
    });
    Ok(shown.collect())
}

fn quotes_called(db: &Reader<'_>, text: &str, named: &Named<'_>) -> Result<Vec<Found>, DeskError> {
    let mut all: Vec<QuoteHead> = Vec::new();
    if let Ok(id) = text.to_uppercase().parse::<QuoteId>() {
        all.extend(windows::quote(db, &id)?);
    }
    for head in named.quotes(db, OF_A_KIND)? {
        if !all.contains(&head) {
            all.push(head);
        }
    }
    all.truncate(OF_A_KIND as usize);
    let shown = all.into_iter().map(|quote| Found {
        kind: FoundKind::Quote,
        id: quote.id.to_string(),
        title: quote.id.to_string(),
        detail: joined([quote.customer_name, quote.school_year.to_string(), quote.lifecycle.to_string()]),
    });
    Ok(shown.collect())
}

fn of(kind: FoundKind, row: Underway) -> Found {
    Found { kind, id: row.id, title: row.title, detail: joined(row.detail) }
}

fn joined(parts: [String; 3]) -> String {
    let filled: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(" · ")
}
