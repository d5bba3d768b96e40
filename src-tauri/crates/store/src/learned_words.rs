//! The table `learned_words`: what a person chose for words that were asked about.
//!
//! Owns under which form words are kept. Must not know whether what they mean is here.

use domain::{CustomerId, vocabulary};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::parsed;

vocabulary! {
    /// What words can be learnt to mean.
    pub enum LearnedKind: "a kind of learned words" {
        /// An item, for one customer.
        Item = "item",
        /// A customer.
        Customer = "customer",
    }
}

/// Words of a person, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRow {
    /// Its key on this device.
    pub id: i64,
    /// What they mean.
    pub kind: LearnedKind,
    /// For which customer, where they mean an item.
    pub customer_id: Option<CustomerId>,
    /// The words as they were last said.
    pub said: String,
    /// The item's code or the customer's id.
    pub target: String,
    /// When it was last chosen, RFC 3339.
    pub learned_at: String,
    /// How often it was chosen, one time after the other.
    pub times: u32,
}

const COLUMNS: &str = "id, kind, customer_id, said, target, learned_at, times";

/// Whose words, meaning what, for whom.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Whose.
    pub person: &'a str,
    /// What they mean.
    pub kind: LearnedKind,
    /// For which customer; none for words that mean a customer.
    pub customer: Option<&'a CustomerId>,
}

impl<'a> Scope<'a> {
    fn customer(self) -> &'a str {
        self.customer.map_or("", CustomerId::as_str)
    }
}

/// The form under which words are kept: small letters, one space between two words.
fn kept(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Learn what words mean; what they meant before in this scope is gone.
pub fn learn(
    tx: &WriteTx<'_>,
    scope: Scope<'_>,
    words: &str,
    target: &str,
    now: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO learned_words (person, kind, customer_id, words, said, target, learned_at, times)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)
         ON CONFLICT (person, kind, customer_id, words) DO UPDATE SET
           times = CASE WHEN target = excluded.target THEN times + 1 ELSE 1 END,
           said = excluded.said, target = excluded.target, learned_at = excluded.learned_at",
        params![scope.person, scope.kind.as_str(), scope.customer(), kept(words), words.trim(), target, now],
    )?;
    Ok(())
}

/// What words mean in a scope.
pub fn meaning(db: &Reader<'_>, scope: Scope<'_>, words: &str) -> Result<Option<String>, StoreError> {
    db.one(
        "SELECT target FROM learned_words
         WHERE person = ?1 AND kind = ?2 AND customer_id = ?3 AND words = ?4",
        params![scope.person, scope.kind.as_str(), scope.customer(), kept(words)],
        |row| row.get(0),
    )
}

/// Everything learnt of a person, the latest first.
pub fn of_person(db: &Reader<'_>, person: &str) -> Result<Vec<LearnedRow>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM learned_words WHERE person = ?1 ORDER BY learned_at DESC, id DESC"),
        [person],
        from_row,
    )
}

/// Forget one thing a person taught; whether there was such.
pub fn forget(tx: &WriteTx<'_>, person: &str, id: i64) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM learned_words WHERE person = ?1 AND id = ?2", params![person, id])? > 0)
}

/// Forget what a person taught of a customer's items and of the customer; how much that was.
pub fn forget_of_customer(tx: &WriteTx<'_>, person: &str, customer: &CustomerId) -> Result<u64, StoreError> {
    let gone = tx.execute(
        "DELETE FROM learned_words
         WHERE person = ?1 AND (customer_id = ?2 OR (kind = 'customer' AND target = ?2))",
        params![person, customer.as_str()],
    )?;
    Ok(u64::try_from(gone).unwrap_or(u64::MAX))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<LearnedRow> {
    let customer: String = row.get(2)?;
    Ok(LearnedRow {
        id: row.get(0)?,
        kind: parsed(row, 1)?,
        customer_id: if customer.is_empty() { None } else { Some(parsed(row, 2)?) },
        said: row.get(3)?,
        target: row.get(4)?,
        learned_at: row.get(5)?,
        times: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::{self, NOW};

    const LATER: &str = "2026-07-02T00:00:00.000Z";

    #[test]
    fn words_mean_what_was_chosen_last_to_this_person_for_this_customer() {
        let (_folder, store) = scratch::store();
        let (one, other): (CustomerId, CustomerId) = ("C1".parse().unwrap(), "C2".parse().unwrap());
        let of = |person, customer| Scope { person, kind: LearnedKind::Item, customer: Some(customer) };
        store
            .write(|tx| {
                learn(tx, of("Ann", &one), " Waffles ", "10500", NOW)?;
                learn(tx, of("Ann", &one), "WAFFLES", "10500", NOW)?;
                assert_eq!(of_person(tx, "Ann")?[0].times, 2);
                learn(tx, of("Ann", &one), "waffles", "10501", LATER)
            })
            .unwrap();
        store
            .read(|db| -> Result<(), StoreError> {
                assert_eq!(meaning(db, of("Ann", &one), "Waffles")?.as_deref(), Some("10501"));
                assert_eq!(meaning(db, of("Ann", &one), "waffle")?, None);
                assert_eq!(meaning(db, of("Ann", &other), "waffles")?, None);
                assert_eq!(meaning(db, of("Bo", &one), "waffles")?, None);
                let whom = Scope { person: "Ann", kind: LearnedKind::Customer, customer: None };
                assert_eq!(meaning(db, whom, "waffles")?, None);
                let all = of_person(db, "Ann")?;
                assert_eq!((all.len(), all[0].times, all[0].learned_at.as_str()), (1, 1, LATER));
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn what_is_forgotten_is_one_s_own() {
        let (_folder, store) = scratch::store();
        let one: CustomerId = "C1".parse().unwrap();
        let item = |person| Scope { person, kind: LearnedKind::Item, customer: Some(&one) };
        let whom = |person| Scope { person, kind: LearnedKind::Customer, customer: None };
        store
            .write(|tx| -> Result<(), StoreError> {
                for person in ["Ann", "Bo"] {
                    learn(tx, item(person), "waffles", "10500", NOW)?;
                    learn(tx, whom(person), "cedar", "C1", NOW)?;
                    learn(tx, whom(person), "elm", "C2", NOW)?;
                }
                let of_bo = of_person(tx, "Bo")?[0].id;
                assert!(!forget(tx, "Ann", of_bo)?);
                assert_eq!(forget_of_customer(tx, "Ann", &one)?, 2);
                assert_eq!(of_person(tx, "Ann")?.len(), 1);
                assert!(forget(tx, "Ann", of_person(tx, "Ann")?[0].id)?);
                assert_eq!(of_person(tx, "Bo")?.len(), 3);
                Ok(())
            })
            .unwrap();
    }
}
