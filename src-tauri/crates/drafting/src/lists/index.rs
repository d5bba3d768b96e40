//! Which rows of a list have which words.
//!
//! Owns the rows of each word, side by side in the order of the words, so that those of words begun alike are one
//! slice. Must not weigh what it finds.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::vocabulary::{Vocabulary, each_word};

/// A row of a list, by its place.
pub type Row = u32;

/// Rows that have the same beyond which it tells nothing: a word that everything has.
pub const COMMON: usize = 600;

/// The words of a list, and the rows of each.
#[derive(Debug, Default)]
pub struct Index {
    vocabulary: Vocabulary,
    /// Where the rows of each word begin; one more than there are words.
    starts: Vec<u32>,
    rows: Vec<Row>,
    /// The rows of each three letters in a row that are not common.
    rare: HashMap<[char; 3], Box<[Row]>>,
    /// How many rows the list has.
    length: usize,
}

impl Index {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many rows the list has.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The rows of some words that follow each other: in order for one, else in the order of the words.
    pub fn rows(&self, words: Range<usize>) -> &[Row] {
        let at = |word: usize| self.starts.get(word).map_or(self.rows.len(), |start| *start as usize);
        &self.rows[at(words.start)..at(words.end)]
    }

    /// The rows with a word that has these three letters in a row, each once; none where they are common, or nobody
    /// has them.
    pub fn rare(&self, three: [char; 3]) -> Option<&[Row]> {
        self.rare.get(&three).map(|rows| &**rows)
    }

    fn find_rare(&self) -> HashMap<[char; 3], Box<[Row]>> {
        let mut gathering = Gathering::of(self);
        let all = self.vocabulary.threes().map(|(three, words)| (three, gathering.rows(words)));
        all.filter(|(_, rows)| rows.len() < COMMON).map(|(three, rows)| (three, rows.into())).collect()
    }

    /// The rows of a word, in order.
    pub fn rows_of(&self, word: &str) -> &[Row] {
        self.vocabulary.written(word).map_or(&[], |word| self.rows(word..word + 1))
    }
}

/// For each row the round it was met in last, and the last round.
type Rounds = (Vec<u32>, u32);

thread_local! {
    /// As long as a list: kept from one gathering to the next.
    static ROUNDS: Cell<Rounds> = const { Cell::new((Vec::new(), 0)) };
}

/// Gathers the rows of several words, each row once.
pub struct Gathering<'i> {
    index: &'i Index,
    rounds: Rounds,
}

impl Drop for Gathering<'_> {
    fn drop(&mut self) {
        ROUNDS.set(std::mem::take(&mut self.rounds));
    }
}

impl<'i> Gathering<'i> {
    /// Over this list.
    pub fn of(index: &'i Index) -> Self {
        Gathering { index, rounds: ROUNDS.take() }
    }

    /// The rows of some words. Once they are common no more are gathered.
    pub fn rows(&mut self, words: impl Iterator<Item = usize>) -> Vec<Row> {
        let (met, round) = &mut self.rounds;
        if *round == u32::MAX {
            (*met, *round) = (Vec::new(), 0);
        }
        met.resize(met.len().max(self.index.length), 0);
        *round += 1;
        let mut rows: Vec<Row> = Vec::new();
        for word in words {
            for &row in self.index.rows(word..word + 1) {
                let Some(met) = met.get_mut(row as usize) else { continue };
                if std::mem::replace(met, *round) != *round {
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

/// A word while its list is read.
struct Met {
    /// The row it was met in last.
    last: Row,
    /// In how many rows it was.
    rows: u32,
    /// Whether it was in a name.
    named: bool,
}

/// An index that is being made, row by row.
pub struct Making {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Met>,
    pairs: Vec<(u32, Row)>,
    length: usize,
}

/// How many words a row has of which no other was met, and how many in all: what there is room for at first.
const NEW_WORDS: usize = 2;
const USUAL_WORDS: usize = 10;

impl Making {
    /// Room for so many rows.
    pub fn for_rows(rows: usize) -> Self {
        Making {
            numbers: HashMap::with_capacity(rows * NEW_WORDS),
            words: Vec::with_capacity(rows * NEW_WORDS),
            pairs: Vec::with_capacity(rows * USUAL_WORDS),
            length: 0,
        }
    }

    /// Another row: its names, and what else is said of it.
    pub fn row<'t>(&mut self, names: impl Iterator<Item = &'t str>, others: impl Iterator<Item = &'t str>) {
        let row = Row::try_from(self.length).unwrap_or(Row::MAX);
        self.length += 1;
        for (text, named) in names.map(|text| (text, true)).chain(others.map(|text| (text, false))) {
            each_word(text, |word| self.meet(row, word, named));
        }
    }

    fn meet(&mut self, row: Row, word: &str, named: bool) {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.numbers.insert(word.into(), number);
                self.words.push(Met { last: Row::MAX, rows: 0, named: false });
                number
            }
        };
        let Some(met) = self.words.get_mut(number as usize) else { return };
        met.named |= named;
        if met.last != row {
            met.last = row;
            met.rows += 1;
            self.pairs.push((number, row));
        }
    }

    /// The index.
    pub fn done(self) -> Index {
        let mut ordered: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        ordered.sort_unstable();
        let known = |place: usize| &self.words[ordered[place].1 as usize];
        let vocabulary = Vocabulary::of(ordered.iter().map(|(word, _)| &**word), |place| known(place).named);
        let mut starts = Vec::with_capacity(ordered.len() + 1);
        let mut next = vec![0; ordered.len()];
        let mut sum = 0;
        for (_, number) in &ordered {
            starts.push(sum);
            next[*number as usize] = sum;
            sum += self.words[*number as usize].rows;
        }
        starts.push(sum);
        // The rows were met in order, so those of each word are.
        let mut rows = vec![0; self.pairs.len()];
        for (number, row) in self.pairs {
            let place = &mut next[number as usize];
            rows[*place as usize] = row;
            *place += 1;
        }
        let mut index = Index { vocabulary, starts, rows, rare: HashMap::new(), length: self.length };
        index.rare = index.find_rare();
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_rows_once_and_in_order() {
        let mut making = Making::for_rows(3);
        for (name, other) in [("Cedar Falls", "cedar"), ("West Falls", ""), ("Cedarville", "falls")] {
            making.row([name].into_iter(), [other].into_iter());
        }
        let index = making.done();
        assert_eq!(index.rows_of("falls"), [0, 1, 2]);
        assert_eq!(index.rows_of("cedar"), [0]);
        assert_eq!(index.rows_of("nobody"), [0; 0]);
        assert_eq!(index.rows(index.vocabulary().begun("ced")), [0, 2]);
        assert_eq!(index.length(), 3);
    }
}
