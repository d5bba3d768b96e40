//! What speaks for a row of a list.
//!
//! Owns which rows a word speaks for, written so, begun so or nearly so, and how loudly. Must not rank rows.

use std::borrow::Cow;

use super::index::{COMMON, Gathering, Index, Row};
use super::vocabulary::{slips, threes};

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

/// What speaks for the rows of a list.
pub struct Speaking<'i> {
    index: &'i Index,
    gathering: Gathering<'i>,
}

impl<'i> Speaking<'i> {
    /// Over this list.
    pub fn of(index: &'i Index) -> Self {
        Speaking { index, gathering: Gathering::of(index) }
    }

    /// For a word that is written so in some row, or that words there begin with; none for a word nobody has.
    pub fn written(&mut self, word: &str) -> Option<Evidence<'i>> {
        let rows = self.index.rows_of(word);
        if rows.is_empty() && word.chars().count() >= SHORTEST {
            let begun = self.index.vocabulary().begun(word);
            return Evidence::of(3, self.gathering.rows(begun));
        }
        Evidence::of(3, rows)
    }

    /// For a word that nobody has: what it may be a slip for. Three letters of it that are common are put by: they
    /// count only where nothing else does.
    pub fn nearly(&mut self, word: &str, put_by: &mut Vec<[char; 3]>) -> Vec<Evidence<'i>> {
        if word.chars().count() < SHORTEST {
            return Vec::new();
        }
        let known = self.index.vocabulary();
        let swapped = slips(word);
        let swapped = swapped.iter().flat_map(|slip| known.begun(slip));
        let mut found: Vec<Evidence<'i>> =
            Evidence::of(3, self.gathering.rows(swapped)).into_iter().collect();
        let before = put_by.len();
        for three in threes(word) {
            match self.index.rare(three) {
                Some(rows) => found.extend(Evidence::of(1, rows)),
                None => put_by.extend(known.having(three).next().map(|_| three)),
            }
        }
        if found.is_empty() && put_by.len() == before {
            // A wrong letter in the middle of a short word leaves only its beginning.
            let beginning: String = word.chars().take(2).collect();
            let mut rows = self.gathering.rows(known.begun(&beginning));
            rows.truncate(COMMON - 1);
            found.extend(Evidence::of(1, rows));
        }
        found
    }

    /// For three letters that are common.
    pub fn common(&mut self, three: [char; 3]) -> Option<Evidence<'i>> {
        Evidence::of(1, self.gathering.rows(self.index.vocabulary().having(three)))
    }
}
