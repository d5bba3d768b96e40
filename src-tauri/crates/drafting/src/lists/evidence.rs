//! What speaks for a row of a list.
//!
//! Owns which rows a word speaks for, written so, begun so or nearly so, and how loudly. Must not rank rows.

use std::borrow::Cow;
use std::ops::Range;

use super::index::{Index, Row};
use super::vocabulary::{slips, threes};

/// Rows of one piece of evidence beyond which it tells nothing: a word that everything has.
pub const COMMON: usize = 600;
/// The fewest letters of a word that can be begun or misspelt.
const SHORTEST: usize = 4;

/// A word of a message, for some rows.
#[derive(Debug)]
pub struct Evidence<'i> {
    /// How much it says.
    pub weight: u32,
    /// For which rows, each once.
    pub rows: Cow<'i, [Row]>,
}

impl<'i> Evidence<'i> {
    fn of(weight: u32, rows: impl Into<Cow<'i, [Row]>>) -> Option<Self> {
        let rows = rows.into();
        (!rows.is_empty()).then_some(Evidence { weight, rows })
    }
}

/// Which rows were met already, while evidence is gathered.
pub struct Gathering<'i> {
    index: &'i Index,
    /// For each row, the last gathering it was met in.
    met: Vec<u32>,
    round: u32,
}

impl<'i> Gathering<'i> {
    /// Over this list.
    pub fn of(index: &'i Index) -> Self {
        Gathering { index, met: Vec::new(), round: 0 }
    }

    /// For a word that is written so in some row, or that words there begin with; none for a word nobody has.
    pub fn written(&mut self, word: &str) -> Option<Evidence<'i>> {
        let rows = self.index.rows_of(word);
        if rows.is_empty() && word.chars().count() >= SHORTEST {
            let begun = self.index.vocabulary().begun(word);
            return Evidence::of(3, self.gathered(std::iter::once(begun)));
        }
        Evidence::of(3, rows)
    }

    /// For a word that nobody has: what it may be a slip for.
    pub fn nearly(&mut self, word: &str) -> Vec<Evidence<'i>> {
        if word.chars().count() < SHORTEST {
            return Vec::new();
        }
        let known = self.index.vocabulary();
        let swapped = slips(word);
        let swapped = swapped.iter().map(|slip| known.begun(slip));
        let mut found: Vec<Evidence<'i>> = Evidence::of(3, self.gathered(swapped)).into_iter().collect();
        for three in threes(word) {
            let words = known.having(three).map(|word| word..word + 1);
            found.extend(Evidence::of(1, self.gathered(words)));
        }
        if found.is_empty() {
            // A wrong letter in the middle of a short word leaves only its beginning.
            let beginning: String = word.chars().take(2).collect();
            let mut rows = self.gathered(std::iter::once(known.begun(&beginning)));
            rows.truncate(COMMON - 1);
            found.extend(Evidence::of(1, rows));
        }
        found
    }

    /// The rows of some words, each once. Once they are common no more are gathered.
    fn gathered(&mut self, words: impl Iterator<Item = Range<usize>>) -> Vec<Row> {
        self.met.resize(self.index.length(), 0);
        self.round += 1;
        let mut rows: Vec<Row> = Vec::new();
        for words in words {
            for &row in self.index.rows(words) {
                let Some(met) = self.met.get_mut(row as usize) else { continue };
                if std::mem::replace(met, self.round) != self.round {
                    rows.push(row);
                    if rows.len() == COMMON {
                        return rows;
                    }
                }
            }
        }
        rows
    }
}
