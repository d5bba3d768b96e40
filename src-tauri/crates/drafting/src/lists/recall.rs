//! Which rows of a list a text may mean.
//!
//! Owns how many and in what order: first those that have all that was said, then those for which most speaks.
//! Must not weigh a row word by word: whoever reads the message does, and therefore wants few.

use std::cell::Cell;

use super::evidence::{Evidence, Speaking};
use super::index::{COMMON, Index, Row};
use super::rows::Rows;
use super::vocabulary::each_word;
use crate::chat::Recall;

/// Words looked at in what is said.
const SAID_WORDS: usize = 96;
/// Words nobody has, for which what is nearly so is looked for.
const MOST_UNKNOWN: usize = 8;
/// With so many rows that have every word nothing nearer is to be found.
const ENOUGH: usize = 6;

/// The rows that a text may mean, at most as many as it says; the likeliest first.
pub fn recalled(index: &Index, asked: &Recall) -> Vec<Row> {
    let words = words(std::iter::once(&asked.text).chain(&asked.words));
    if words.is_empty() || asked.limit == 0 {
        return Vec::new();
    }
    let mut rows = having_all(index, &asked.forms, asked.limit);
    if rows.len() < ENOUGH {
        // Where some row has all of them, the words as they stand tell what else is near.
        let plain;
        let near = if rows.is_empty() {
            &words
        } else {
            plain = self::words(asked.forms.iter().filter_map(|forms| forms.first()));
            &plain
        };
        let likely = likely(index, near, asked.limit);
        let likely = likely.into_iter().filter(|row| !rows.contains(row)).collect::<Vec<_>>();
        rows.extend(likely);
        rows.truncate(asked.limit);
    }
    rows
}

/// The words of some texts, each once.
fn words<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        each_word(text, |word| {
            if found.len() < SAID_WORDS && !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        });
    }
    found
}

/// The first rows that have all of the words, each in one of its forms.
fn having_all(index: &Index, forms: &[Vec<String>], most: usize) -> Vec<Row> {
    let mut all: Option<Rows> = None;
    for forms in forms {
        let forms = words(forms.iter());
        if forms.is_empty() {
            continue;
        }
        let mut either = Rows::none(index.length());
        // The first forms are the word itself; the others are how lists may shorten it.
        let mut written = false;
        for (place, form) in forms.iter().enumerate() {
            let rows = index.rows_of(form);
            written |= place < 2 && !rows.is_empty();
            either.add(rows);
        }
        if !written && let Some(word) = forms.first() {
            // A word nobody has is one that somebody has, mistyped.
            index.vocabulary().near(word).for_each(|near| either.add(index.rows(near..near + 1)));
        }
        match &mut all {
            Some(all) => all.keep(&either),
            None => all = Some(either),
        }
    }
    all.map(|all| all.iter().take(most).collect()).unwrap_or_default()
}

/// Rows for which most speaks: each word, and for a word nobody has the slips and three letters of it, counts for
/// the rows that have it, the more the fewer those are. The best `most` of them.
fn likely(index: &Index, words: &[String], most: usize) -> Vec<Row> {
    let mut speaking = Speaking::of(index);
    let mut evidence: Vec<Evidence<'_>> = Vec::new();
    let mut unknown: Vec<&String> = Vec::new();
    for word in words {
        match speaking.written(word) {
            Some(known) => evidence.push(known),
            None => unknown.push(word),
        }
    }
    // The longest say most; a long message has many words that are nobody's name.
    unknown.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut put_by = Vec::new();
    for word in unknown.into_iter().take(MOST_UNKNOWN) {
        evidence.extend(speaking.nearly(word, &mut put_by));
    }
    // What everything has tells nothing, unless there is nothing else.
    if evidence.iter().any(|known| known.rows.len() < COMMON) {
        evidence.retain(|known| known.rows.len() < COMMON);
    } else {
        evidence.extend(put_by.into_iter().filter_map(|three| speaking.common(three)));
    }
    tallied(index.length(), &evidence, most)
}

thread_local! {
    /// A count for each row, all nought between one recall and the next: it is as long as a list, and a message recalls
    /// many times.
    static COUNTS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

fn tallied(length: usize, evidence: &[Evidence<'_>], most: usize) -> Vec<Row> {
    let mut counts = COUNTS.take();
    counts.resize(counts.len().max(length), 0);
    let mut met: Vec<Row> = Vec::new();
    for Evidence { weight, rows } in evidence {
        let rarity = 12 - u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1).ilog2().min(11);
        for &row in rows.iter() {
            if let Some(count) = counts.get_mut(row as usize) {
                if *count == 0 {
                    met.push(row);
                }
                *count += weight * rarity;
            }
        }
    }
    let order = |row: &Row| (u32::MAX - counts[*row as usize], *row);
    if met.len() > most && most > 0 {
        met.select_nth_unstable_by_key(most - 1, order);
        met[..most].sort_unstable_by_key(order);
    } else {
        met.sort_unstable_by_key(order);
    }
    for &row in &met {
        counts[row as usize] = 0;
    }
    COUNTS.set(counts);
    if most > 0 {
        met.truncate(most);
    }
    met
}
