//! Recalling what a message may be about.
//!
//! Owns which rows are worth weighing. Must not rank: who reads the message weighs each row word by word.

use domain::{Customer, Item};
use rusqlite::Row;

use crate::access::Reader;
use crate::error::StoreError;
use crate::search::recall::{CUSTOMERS, Corpus, ITEMS, Seen};
use crate::search::words::words;
use crate::{customers, spec_items};

/// Words looked at in what is said.
const SAID_WORDS: usize = 48;
/// With so many rows that have every word nothing nearer is to be found.
const ENOUGH: usize = 6;

/// Recall in one reading of the database. What was asked once is remembered.
pub struct Recalling<'r, 'c> {
    db: &'r Reader<'c>,
    seen: Seen<'r, 'c>,
}

impl<'r, 'c> Recalling<'r, 'c> {
    /// Begin.
    pub fn new(db: &'r Reader<'c>) -> Self {
        Recalling { db, seen: Seen::new(db) }
    }

    /// Customers that a text may be about: any of its words may name one, most of them name none. The likeliest
    /// first, at most `limit`.
    pub fn customers(&self, text: &str, limit: usize) -> Result<Vec<Customer>, StoreError> {
        let rows = self.likely(&CUSTOMERS, &[], text, limit)?;
        let sql = format!("SELECT {} FROM customers WHERE rowid = ?1", customers::COLUMNS);
        self.load(&rows, &sql, customers::from_row)
    }

    /// Items that a text may be about; `forms` are its words, each with what else it may be written as. Those that
    /// have all of them come first.
    pub fn items(&self, forms: &[Vec<String>], text: &str, limit: usize) -> Result<Vec<Item>, StoreError> {
        let rows = self.likely(&ITEMS, forms, text, limit)?;
        let sql = format!("SELECT {} FROM spec_items WHERE rowid = ?1", spec_items::COLUMNS);
        self.load(&rows, &sql, spec_items::from_row)
    }

    fn likely(
        &self,
        corpus: &Corpus,
        forms: &[Vec<String>],
        text: &str,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let words = words(text, SAID_WORDS);
        if words.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut rows = corpus.having_all(&self.seen, forms, limit)?.to_vec();
        if rows.len() < ENOUGH {
            // Where some row has all of them, the words as they stand tell what else is near.
            let plain: Vec<String> = forms.iter().filter_map(|forms| forms.first().cloned()).collect();
            let near = if rows.is_empty() { &words } else { &plain };
            let likely = corpus.likely(&self.seen, near, limit, false)?;
            let known = rows.clone();
            rows.extend(likely.into_iter().filter(|row| !known.contains(row)));
            rows.truncate(limit);
        }
        Ok(rows)
    }

    fn load<T>(
        &self,
        rows: &[i64],
        sql: &str,
        from_row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            found.extend(self.db.one(sql, [row], &from_row)?);
        }
        Ok(found)
    }
}
