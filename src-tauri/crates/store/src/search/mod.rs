//! Finding customers, items and prices by what a person types.
//!
//! Owns the order of the answers. Must stay within a keystroke with a million prices: it recalls a
//! bounded number of rows over FTS5 and ranks those in memory. Any text is safe to search for.

mod prices;
mod recall;
mod score;
mod words;

use domain::{Customer, Item};
use rusqlite::Row;

pub(crate) use prices::items_named;
pub use prices::{PriceHit, search_prices};

use crate::access::Reader;
use crate::error::StoreError;
use crate::{customers, spec_items};
use recall::{CUSTOMERS, Corpus, ITEMS};
use score::{Marks, marks};
use words::words;

/// Rows recalled for a keystroke.
const TYPED_RECALL: usize = 200;
/// Words looked at in what is typed.
const TYPED_WORDS: usize = 8;

/// Something found, and how well it answers. Scores compare only within one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<T> {
    /// What was found.
    pub found: T,
    /// Higher is better.
    pub score: u32,
}

/// Customers as a person types their name, nickname, city or id; slips of the finger are forgiven. The
/// best first, at most `limit`. Nothing typed finds nothing.
pub fn search_customers(db: &Reader<'_>, text: &str, limit: usize) -> Result<Vec<Hit<Customer>>, StoreError> {
    let ranked = typed(db, &CUSTOMERS, text, limit)?;
    load(
        db,
        ranked,
        &format!("SELECT {} FROM customers WHERE rowid = ?1", customers::COLUMNS),
        customers::from_row,
    )
}

/// Items as a person types their description, code, brand, category, pack or nickname.
pub fn search_items(db: &Reader<'_>, text: &str, limit: usize) -> Result<Vec<Hit<Item>>, StoreError> {
    let ranked = typed(db, &ITEMS, text, limit)?;
    load(
        db,
        ranked,
        &format!("SELECT {} FROM spec_items WHERE rowid = ?1", spec_items::COLUMNS),
        spec_items::from_row,
    )
}

/// The rows of customers that answer what is typed, the best first: a window over them is loaded by the
/// caller. With `slips`, what nearly answers where nothing does.
pub(crate) fn customer_rows(db: &Reader<'_>, text: &str, slips: bool) -> Result<Vec<i64>, StoreError> {
    rows_of(db, &CUSTOMERS, text, slips)
}

/// The same of items.
pub(crate) fn item_rows(db: &Reader<'_>, text: &str, slips: bool) -> Result<Vec<i64>, StoreError> {
    rows_of(db, &ITEMS, text, slips)
}

fn rows_of(db: &Reader<'_>, corpus: &Corpus, text: &str, slips: bool) -> Result<Vec<i64>, StoreError> {
    let words = words(text, TYPED_WORDS);
    let ranked = match (slips, words.is_empty()) {
        (_, true) => Vec::new(),
        (true, _) => typed(db, corpus, text, TYPED_RECALL)?,
        (false, _) => rank(db, corpus, &corpus.begun(db, text, &words, TYPED_RECALL)?, text, &words, false)?,
    };
    Ok(ranked.into_iter().map(|ranked| ranked.row).collect())
}

struct Ranked {
    row: i64,
    marks: Marks,
    title: String,
}

/// What answers every word, begun as typed; else what nearly does.
fn typed(db: &Reader<'_>, corpus: &Corpus, text: &str, limit: usize) -> Result<Vec<Ranked>, StoreError> {
    let words = words(text, TYPED_WORDS);
    if words.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let rows = corpus.begun(db, text, &words, TYPED_RECALL)?;
    let mut ranked = rank(db, corpus, &rows, text, &words, false)?;
    if ranked.is_empty() {
        let rows = corpus.likely(db, &words, TYPED_RECALL)?;
        ranked = rank(db, corpus, &rows, text, &words, true)?;
        let most = ranked.iter().map(|ranked| ranked.marks.answered).max().unwrap_or(0);
        ranked.retain(|ranked| ranked.marks.answered == most && most * 2 >= words.len());
    }
    ranked.truncate(limit);
    Ok(ranked)
}

/// The rows that answer at least one word, the best first; equals by title, so that the order is the
/// same on every device.
fn rank(
    db: &Reader<'_>,
    corpus: &Corpus,
    rows: &[i64],
    text: &str,
    words: &[String],
    slips: bool,
) -> Result<Vec<Ranked>, StoreError> {
    let mut ranked = Vec::with_capacity(rows.len());
    for &row in rows {
        if let Some(judged) = corpus.judged(db, row)? {
            let marks = marks(&judged, text, words, slips);
            // FTS5 may see a word where we see none (a script it splits otherwise): without slips its
            // recall is taken at its word.
            if marks.answered > 0 || !slips {
                let title = judged.fields.into_iter().next().unwrap_or_default();
                ranked.push(Ranked { row, marks, title });
            }
        }
    }
    ranked.sort_by(|a, b| {
        b.marks.score.cmp(&a.marks.score).then_with(|| a.title.cmp(&b.title)).then(a.row.cmp(&b.row))
    });
    Ok(ranked)
}

fn load<T>(
    db: &Reader<'_>,
    ranked: Vec<Ranked>,
    sql: &str,
    from_row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<Hit<T>>, StoreError> {
    let mut hits = Vec::with_capacity(ranked.len());
    for ranked in ranked {
        if let Some(found) = db.one(sql, [ranked.row], &from_row)? {
            hits.push(Hit { found, score: ranked.marks.score });
        }
    }
    Ok(hits)
}

#[cfg(test)]
mod tests;
