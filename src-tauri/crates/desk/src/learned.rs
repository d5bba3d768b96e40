//! The words it learnt: what a person chose where something was asked.
//!
//! Owns what is learnt of a choice, and showing and forgetting it. Must not put a learnt word over what the lists
//! call so, nor use one person's for another, nor one customer's items for another.

use domain::{CustomerId, ItemCode};
use drafting::chat::{Chosen, Meaning};
use serde::Serialize;
use store::learned_words::{self, LearnedKind, LearnedRow, Scope};
use store::{Reader, WriteTx, customers, spec_items};

use crate::Desk;
use crate::error::DeskError;

/// Words it learnt, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct LearnedShown {
    /// Its number, to forget it by.
    pub id: i64,
    /// What they mean: an item or a customer.
    pub kind: LearnedKind,
    /// The words.
    pub said: String,
    /// The item's code or the customer's id.
    pub target: String,
    /// What that is called; none when it is not on this device any more.
    pub meant: Option<String>,
    /// What tells it from the others: its pack, its city and state.
    pub detail: Option<String>,
    /// For which customer an item was chosen.
    pub customer_id: Option<CustomerId>,
    /// What that customer is called.
    pub customer_name: Option<String>,
    /// When it was last chosen, RFC 3339.
    pub learned_at: String,
    /// How often it was chosen, one time after the other.
    pub times: u32,
}

impl Desk {
    /// What it learnt of the person at work, the latest first.
    pub fn learned_words(&self) -> Result<Vec<LearnedShown>, DeskError> {
        self.store.read(|db| {
            let rows = learned_words::of_person(db, &self.user)?;
            rows.into_iter().map(|row| shown(db, row)).collect()
        })
    }

    /// Forget one thing.
    ///
    /// # Errors
    /// `not_found` when this person taught no such thing.
    pub fn forget_word(&self, id: i64) -> Result<(), DeskError> {
        let was_there = self.store.write(|tx| learned_words::forget(tx, &self.user, id))?;
        match was_there {
            true => Ok(()),
            false => {
                Err(DeskError::not_found("learned word", id, "`fieldquote words list` shows what there is."))
            }
        }
    }

    /// Forget what was learnt for a customer, and of its name; gives how much that was.
    pub fn forget_words_of(&self, customer: &CustomerId) -> Result<u64, DeskError> {
        Ok(self.store.write(|tx| learned_words::forget_of_customer(tx, &self.user, customer))?)
    }

    /// Learn what a person chose; `customer` is whom the draft is for.
    pub(crate) fn learn(
        &self,
        tx: &WriteTx<'_>,
        customer: Option<&CustomerId>,
        chosen: &[Chosen],
    ) -> Result<(), DeskError> {
        for Chosen { words, meant } in chosen {
            let (kind, customer, target) = match meant {
                Meaning::Customer(id) => (LearnedKind::Customer, None, id.as_str()),
                Meaning::Item(code) if customer.is_some() => (LearnedKind::Item, customer, code.as_str()),
                Meaning::Item(_) => continue,
            };
            if !words.trim().is_empty() && !self.is_listed(tx, kind, words)? {
                let scope = Scope { person: &self.user, kind, customer };
                learned_words::learn(tx, scope, words, target, &self.now())?;
            }
        }
        Ok(())
    }

    /// Whether the lists themselves say what these words mean.
    fn is_listed(&self, db: &Reader<'_>, kind: LearnedKind, words: &str) -> Result<bool, DeskError> {
        let words = words.trim();
        Ok(match kind {
            LearnedKind::Customer => {
                let customers = self.lists.customers(db)?;
                customers.of_id(words).is_some() || customers.named(words).len() == 1
            }
            LearnedKind::Item => {
                let items = self.lists.items(db)?;
                let code = words.to_uppercase().parse::<ItemCode>().ok();
                code.is_some_and(|code| items.of_code(&code).is_some()) || items.named(words).len() == 1
            }
        })
    }
}

fn shown(db: &Reader<'_>, row: LearnedRow) -> Result<LearnedShown, DeskError> {
    let (meant, detail) = match row.kind {
        LearnedKind::Item => match row.target.parse::<ItemCode>() {
            Ok(code) => {
                spec_items::get(db, &code)?.map_or((None, None), |item| (Some(item.description), item.pack))
            }
            Err(_) => (None, None),
        },
        LearnedKind::Customer => match row.target.parse::<CustomerId>() {
            Ok(id) => customers::get(db, &id)?.map_or((None, None), |customer| {
                let place: Vec<String> = [customer.city, customer.state].into_iter().flatten().collect();
                (Some(customer.name), (!place.is_empty()).then(|| place.join(", ")))
            }),
            Err(_) => (None, None),
        },
    };
    let customer_name = match &row.customer_id {
        Some(id) => customers::get(db, id)?.map(|customer| customer.name),
        None => None,
    };
    Ok(LearnedShown {
        id: row.id,
        kind: row.kind,
        said: row.said,
        target: row.target,
        meant,
        detail,
        customer_id: row.customer_id,
        customer_name,
        learned_at: row.learned_at,
        times: row.times,
    })
}
