//! Recalling a bounded number of rows that may answer what was typed.
//!
//! Owns the queries on the FTS5 tables. Must not rank in SQLite, and must not ask FTS5 for something
//! unbounded: every list has an end.

use std::collections::HashMap;

use rusqlite::Row;

use crate::access::Reader;
use crate::error::StoreError;
use crate::search::score::Judged;
use crate::search::words::{all_begun, begun, slips, trigrams, whole};

/// A searched table and its two indexes.
pub(crate) struct Corpus {
    /// Its rows that are begun with a text, as people read them.
    pub(crate) by_title: &'static str,
    pub(crate) by_key: &'static str,
    pub(crate) by_words: &'static str,
    pub(crate) by_trigram: &'static str,
    /// The fields a row is judged by, for a JSON list of row ids.
    pub(crate) judged: &'static str,
}

pub(crate) const CUSTOMERS: Corpus = Corpus {
    by_title: "SELECT rowid FROM customers WHERE name COLLATE NOCASE >= ?1 AND name COLLATE NOCASE < ?2
               ORDER BY name COLLATE NOCASE LIMIT ?3",
    by_key: "SELECT rowid FROM customers WHERE id IN (?1, ?2)",
    by_words: "SELECT rowid FROM customers_fts WHERE customers_fts MATCH ?1 LIMIT ?2",
    by_trigram: "SELECT rowid FROM customers_trigram WHERE customers_trigram MATCH ?1 LIMIT ?2",
    judged: "SELECT rowid, entitystatus = 'active', name, aliases, city, state, netsuite_id, id
             FROM customers WHERE rowid = ?1",
};

pub(crate) const ITEMS: Corpus = Corpus {
    by_title: "SELECT rowid FROM spec_items WHERE description COLLATE NOCASE >= ?1
               AND description COLLATE NOCASE < ?2 ORDER BY description COLLATE NOCASE LIMIT ?3",
    by_key: "SELECT rowid FROM spec_items WHERE item_code IN (?1, ?2)",
    by_words: "SELECT rowid FROM items_fts WHERE items_fts MATCH ?1 LIMIT ?2",
    by_trigram: "SELECT rowid FROM items_trigram WHERE items_trigram MATCH ?1 LIMIT ?2",
    judged: "SELECT rowid, status = 'active', description, aliases, brand, category, pack, item_code
             FROM spec_items WHERE rowid = ?1",
};

/// Rows of one piece of evidence beyond which it tells nothing: a word that everything has.
const COMMON: usize = 600;
/// Words that nobody has, for which what is nearly so is looked for.
const MOST_UNKNOWN: usize = 8;

impl Corpus {
    /// Rows that answer every word, exact keys and begun titles first.
    pub(crate) fn begun(
        &self,
        db: &Reader<'_>,
        typed: &str,
        words: &[String],
        most: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let typed = typed.trim();
        let mut found = db.all(self.by_key, [typed, &typed.to_uppercase()], first)?;
        let end = format!("{typed}\u{10FFFF}");
        let begun = db.all(self.by_title, (typed, end, limit(most / 4)), first)?;
        let matching = self.matching(db, &all_begun(words), most)?;
        for row in begun.into_iter().chain(matching) {
            if found.len() == most {
                break;
            }
            if !found.contains(&row) {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// Rows that answer an FTS5 expression, in no order.
    pub(crate) fn matching(&self, db: &Reader<'_>, words: &str, most: usize) -> Result<Vec<i64>, StoreError> {
        db.all(self.by_words, (words, limit(most)), first)
    }

    /// Whether any row has a word beginning with this.
    pub(crate) fn has(&self, db: &Reader<'_>, word: &str) -> Result<bool, StoreError> {
        Ok(!self.matching(db, &begun(word), 1)?.is_empty())
    }

    /// Rows for which most speaks: each word, and for a word nobody has the slips and three letters of
    /// it, counts for the rows that have it, the more the fewer those are. The best `most` of them.
    pub(crate) fn likely(
        &self,
        db: &Reader<'_>,
        words: &[String],
        most: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let mut evidence: Vec<(u32, Vec<i64>)> = Vec::new();
        let mut unknown: Vec<&String> = Vec::new();
        for word in words {
            let rows = self.matching(db, &begun(word), COMMON)?;
            if rows.is_empty() {
                unknown.push(word);
            } else {
                evidence.push((3, rows));
            }
        }
        // The longest say most.
        unknown.sort_by_key(|word| usize::MAX - word.chars().count());
        for word in unknown.into_iter().take(MOST_UNKNOWN) {
            evidence.extend(self.nearly(db, word)?);
        }
        // What everything has tells nothing, unless there is nothing else.
        if evidence.iter().any(|(_, rows)| rows.len() < COMMON) {
            evidence.retain(|(_, rows)| rows.len() < COMMON);
        }
        let mut tally: HashMap<i64, u32> = HashMap::new();
        for (weight, rows) in evidence {
            let rarity = 12 - u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1).ilog2().min(11);
            for row in rows {
                *tally.entry(row).or_default() += weight * rarity;
            }
        }
        let mut ranked: Vec<(i64, u32)> = tally.into_iter().collect();
        ranked.sort_unstable_by_key(|(row, count)| (u32::MAX - count, *row));
        Ok(ranked.into_iter().take(most).map(|(row, _)| row).collect())
    }

    /// Evidence for a word that nobody has.
    fn nearly(&self, db: &Reader<'_>, word: &str) -> Result<Vec<(u32, Vec<i64>)>, StoreError> {
        let letters = word.chars().count();
        if letters < 4 {
            return Ok(Vec::new());
        }
        let mut evidence = Vec::new();
        let swapped = slips(word).iter().map(|slip| begun(slip)).collect::<Vec<_>>().join(" OR ");
        evidence.push((3, self.matching(db, &swapped, COMMON)?));
        for three in trigrams(word) {
            evidence.push((1, db.all(self.by_trigram, (whole(&three), limit(COMMON)), first)?));
        }
        if evidence.iter().all(|(_, rows)| rows.is_empty()) {
            // A wrong letter in the middle of a short word leaves only its beginning.
            let beginning: String = word.chars().take(2).collect();
            evidence.push((1, self.matching(db, &begun(&beginning), COMMON - 1)?));
        }
        evidence.retain(|(_, rows)| !rows.is_empty());
        Ok(evidence)
    }

    /// What a row is judged by.
    pub(crate) fn judged(&self, db: &Reader<'_>, row: i64) -> Result<Option<Judged>, StoreError> {
        db.one(self.judged, [row], |row| {
            let fields = (2..8).map(|place| Ok(row.get::<_, Option<String>>(place)?.unwrap_or_default()));
            Ok(Judged { is_current: row.get(1)?, fields: fields.collect::<rusqlite::Result<_>>()? })
        })
    }
}

fn first(row: &Row<'_>) -> rusqlite::Result<i64> {
    row.get(0)
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
