//! Finding prices by words of the customer and words of the item: "cedar pizza".
//!
//! Owns telling which words are whose. Must not scan the price list: it goes from a few customers and
//! items to prices by key.

use std::collections::HashSet;

use domain::{Price, SchoolYear};
use rusqlite::Row;

use crate::access::Reader;
use crate::error::StoreError;
use crate::pricing_master;
use crate::search::recall::{CUSTOMERS, Corpus, ITEMS};
use crate::search::words::{all_begun, words};

const MOST_WORDS: usize = 6;
/// Customers a price is looked for under.
const MOST_CUSTOMERS: usize = 24;
/// Up to this many items, each customer is asked for each; beyond it, its prices are looked through.
const FEW_ITEMS: usize = 32;
const MOST_ITEMS: usize = 2000;
/// Prices looked through, and looked for in vain, in all.
const MOST_LOOKED_AT: usize = 800;

/// A price found, with the names a person knows its customer and item by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceHit {
    /// The price.
    pub price: Price,
    /// The customer's name.
    pub customer_name: String,
    /// The item's description.
    pub item_description: String,
}

const COLUMNS: &str = "p.customer_id, p.item_code, p.school_year, p.case_price, p.cost_basis, p.margin_pct, \
     p.effective_from, p.effective_to, c.name, i.description, i.rowid";

/// Prices of the customers and items that the words name, of one school year or of all, the latest year
/// first within an item. At most `limit`; nothing typed finds nothing.
pub fn search_prices(
    db: &Reader<'_>,
    text: &str,
    year: Option<SchoolYear>,
    limit: usize,
) -> Result<Vec<PriceHit>, StoreError> {
    let words = words(text, MOST_WORDS);
    let mut found =
        Search { db, year: year.map(|year| year.to_string()), limit, hits: Vec::new(), looked_at: 0 };
    if words.is_empty() || limit == 0 {
        return Ok(found.hits);
    }
    let has = |corpus: &Corpus| -> Result<Vec<bool>, StoreError> {
        words.iter().map(|word| corpus.has(db, word)).collect()
    };
    let (of_customers, of_items) = (has(&CUSTOMERS)?, has(&ITEMS)?);
    // People name the customer and then the item, or the other way round: every place to cut, both ways.
    for customer_first in [true, false] {
        for cut in (1..words.len()).rev() {
            let (first, second) = words.split_at(cut);
            let (customer_words, item_words) = if customer_first { (first, second) } else { (second, first) };
            let (c, i) = if customer_first { (0..cut, cut..words.len()) } else { (cut..words.len(), 0..cut) };
            if of_customers[c].iter().all(|has| *has) && of_items[i].iter().all(|has| *has) {
                found.of_both(customer_words, item_words)?;
            }
        }
    }
    if of_customers.iter().all(|has| *has) {
        found.of_customers(&words)?;
    }
    if of_items.iter().all(|has| *has) {
        found.of_items(&words)?;
    }
    Ok(found.hits)
}

/// The rows of items that have every word of a text, begun as typed; in no order. What nearly answers is left
/// to [`super::item_rows`].
pub(crate) fn items_named(db: &Reader<'_>, text: &str) -> Result<Vec<i64>, StoreError> {
    let words = words(text, MOST_WORDS);
    if words.is_empty() { Ok(Vec::new()) } else { ITEMS.matching(db, &all_begun(&words), MOST_ITEMS) }
}

struct Search<'r, 'c> {
    db: &'r Reader<'c>,
    year: Option<String>,
    limit: usize,
    hits: Vec<PriceHit>,
    looked_at: usize,
}

impl Search<'_, '_> {
    fn of_both(&mut self, customer_words: &[String], item_words: &[String]) -> Result<(), StoreError> {
        if self.is_full() {
            return Ok(());
        }
        let customers = CUSTOMERS.matching(self.db, &all_begun(customer_words), MOST_CUSTOMERS)?;
        if customers.is_empty() {
            return Ok(());
        }
        let items = ITEMS.matching(self.db, &all_begun(item_words), MOST_ITEMS)?;
        if items.len() <= FEW_ITEMS {
            for &customer in &customers {
                for &item in &items {
                    self.take(
                        "c.rowid = ?2 AND i.rowid = ?3",
                        "customers AS c JOIN spec_items AS i CROSS JOIN pricing_master AS p
                           ON p.customer_id = c.id AND p.item_code = i.item_code",
                        &[customer, item],
                        None,
                    )?;
                }
            }
            return Ok(());
        }
        let wanted: HashSet<i64> = items.into_iter().collect();
        for customer in customers {
            self.take(
                "c.rowid = ?2",
                "customers AS c CROSS JOIN pricing_master AS p ON p.customer_id = c.id
                   CROSS JOIN spec_items AS i ON i.item_code = p.item_code",
                &[customer],
                Some(&wanted),
            )?;
        }
        Ok(())
    }

    fn of_customers(&mut self, words: &[String]) -> Result<(), StoreError> {
        for customer in CUSTOMERS.matching(self.db, &all_begun(words), MOST_CUSTOMERS)? {
            self.take(
                "c.rowid = ?2",
                "customers AS c CROSS JOIN pricing_master AS p ON p.customer_id = c.id
                   CROSS JOIN spec_items AS i ON i.item_code = p.item_code",
                &[customer],
                None,
            )?;
        }
        Ok(())
    }

    fn of_items(&mut self, words: &[String]) -> Result<(), StoreError> {
        for item in ITEMS.matching(self.db, &all_begun(words), FEW_ITEMS)? {
            self.take(
                "i.rowid = ?2",
                "spec_items AS i CROSS JOIN pricing_master AS p ON p.item_code = i.item_code
                   CROSS JOIN customers AS c ON c.id = p.customer_id",
                &[item],
                None,
            )?;
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.hits.len() >= self.limit || self.looked_at >= MOST_LOOKED_AT
    }

    /// Take prices until there are enough. The joins are written in the order they are to run in.
    fn take(
        &mut self,
        which: &str,
        tables: &str,
        rows: &[i64],
        wanted: Option<&HashSet<i64>>,
    ) -> Result<(), StoreError> {
        if self.is_full() {
            return Ok(());
        }
        self.looked_at += 1;
        let sql = format!(
            "SELECT {COLUMNS} FROM {tables} WHERE {which} AND (?1 IS NULL OR p.school_year = ?1)
             ORDER BY p.customer_id, p.item_code, p.school_year DESC"
        );
        let mut statement = self.db.conn().prepare_cached(&sql)?;
        let place = |at: usize| rows.get(at).copied();
        let mut found = match rows.len() {
            1 => statement.query((&self.year, place(0)))?,
            _ => statement.query((&self.year, place(0), place(1)))?,
        };
        while !self.is_full() {
            let Some(row) = found.next()? else { break };
            self.looked_at += 1;
            let item: i64 = row.get(10)?;
            if wanted.is_some_and(|wanted| !wanted.contains(&item)) {
                continue;
            }
            let hit = hit(row)?;
            if !self.hits.contains(&hit) {
                self.hits.push(hit);
            }
        }
        Ok(())
    }
}

fn hit(row: &Row<'_>) -> rusqlite::Result<PriceHit> {
    Ok(PriceHit {
        price: pricing_master::from_row(row)?,
        customer_name: row.get(8)?,
        item_description: row.get(9)?,
    })
}
