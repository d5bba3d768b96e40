//! The words of a list, each once, in order.
//!
//! Owns cutting a text into words and finding words that are written so, begin so or are written nearly so. Must
//! not know which rows have them.

use std::ops::Range;

use crate::chat::score::likeness;
use crate::chat::token::fold;

/// The fewest letters of a word that can be misspelt.
const SHORTEST: usize = 4;
/// How alike a word and its slip are.
const NEAR: [u32; 3] = [840, 850, 900];

/// A longer word is cut: nobody types it.
const LONGEST_WORD: usize = 40;

/// Call `each` with every word of a text: its letters and digits, lower case, without accents.
pub fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut letters = 0;
    for letter in text.chars().map(fold) {
        if letter.is_alphanumeric() {
            if letters < LONGEST_WORD {
                word.push(letter);
            }
            letters += 1;
        } else if letters > 0 {
            each(&word);
            word.clear();
            letters = 0;
        }
    }
    if letters > 0 {
        each(&word);
    }
}

/// Words by number, in the order of their letters.
#[derive(Debug, Default)]
pub struct Vocabulary {
    letters: String,
    /// Where each ends in `letters`.
    ends: Vec<u32>,
    /// Three letters in a row, and a word that has them; in order.
    threes: Vec<([char; 3], u32)>,
}

impl Vocabulary {
    /// Of words in order, each once. Those for which `nearly` holds are found by what they are nearly.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>, nearly: impl Fn(usize) -> bool) -> Self {
        let mut made = Vocabulary::default();
        for (place, word) in words.enumerate() {
            made.letters.push_str(word);
            // A list whose words have more than 4 GB is not read into memory at all.
            made.ends.push(u32::try_from(made.letters.len()).unwrap_or(u32::MAX));
            if nearly(place) && word.chars().all(char::is_alphabetic) {
                let number = u32::try_from(place).unwrap_or(u32::MAX);
                made.threes.extend(threes(word).into_iter().map(|three| (three, number)));
            }
        }
        made.threes.sort_unstable();
        made.threes.shrink_to_fit();
        made
    }

    fn word(&self, number: usize) -> &str {
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.letters[from..self.ends[number] as usize]
    }

    /// The first word for which `before` does not hold; those for which it holds come first.
    fn first(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut to) = (0, self.ends.len());
        while from < to {
            let middle = from.midpoint(to);
            if before(self.word(middle)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// The word that is written so.
    pub fn written(&self, word: &str) -> Option<usize> {
        let place = self.first(|known| known < word);
        (place < self.ends.len() && self.word(place) == word).then_some(place)
    }

    /// The words that begin so.
    pub fn begun(&self, beginning: &str) -> Range<usize> {
        let from = self.first(|known| known < beginning);
        // Most slips begin no word.
        if from == self.ends.len() || !self.word(from).starts_with(beginning) {
            return from..from;
        }
        from..self.first(|known| known < beginning || known.starts_with(beginning))
    }

    /// The words a slip of a finger away from this one; a slip is seldom in the first letter.
    pub fn near(&self, word: &str) -> impl Iterator<Item = usize> + '_ {
        let first: String = word.chars().take(1).collect();
        let range = if word.chars().count() < SHORTEST { 0..0 } else { self.begun(&first) };
        let word = word.to_owned();
        range.filter(move |&place| NEAR.contains(&likeness(&word, self.word(place))))
    }

    /// Each three letters in a row, with the words that have them.
    pub fn threes(&self) -> impl Iterator<Item = ([char; 3], impl Iterator<Item = usize>)> {
        let same = self.threes.chunk_by(|(one, _), (other, _)| one == other);
        same.map(|same| (same[0].0, same.iter().map(|(_, word)| *word as usize)))
    }

    /// The words that have these three letters in a row.
    pub fn having(&self, three: [char; 3]) -> impl Iterator<Item = usize> + '_ {
        let from = self.threes.partition_point(|(known, _)| *known < three);
        self.threes[from..]
            .iter()
            .take_while(move |(known, _)| *known == three)
            .map(|(_, word)| *word as usize)
    }
}

/// Each three letters in a row, once.
pub fn threes(word: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = word.chars().collect();
    let mut found: Vec<[char; 3]> = Vec::new();
    for window in letters.windows(3) {
        let three = [window[0], window[1], window[2]];
        if !found.contains(&three) {
            found.push(three);
        }
    }
    found
}

/// The word with two neighbours swapped back, or one letter too many taken out: the slips that leave a short word
/// no three letters in a row to be found by.
pub fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    for place in 0..letters.len() {
        let mut without = letters.clone();
        without.remove(place);
        found.push(without.iter().collect());
        if place > 0 && letters[place] != letters[place - 1] {
            let mut swapped = letters.clone();
            swapped.swap(place - 1, place);
            found.push(swapped.iter().collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_folded_and_bare() {
        assert_eq!(words("  Cedar-Falls \"CSD\" (Señor) 10412"), ["cedar", "falls", "csd", "senor", "10412"]);
        assert!(words("\" ' * ^ : () 🍕").is_empty());
        assert_eq!(words(&"é".repeat(99)), ["e".repeat(40)]);
    }

    #[test]
    fn words_are_found_as_written_as_begun_and_by_three_letters() {
        let known = ["cedar", "cedarville", "ceder", "falls", "zeta"];
        let vocabulary = Vocabulary::of(known.into_iter(), |place| place != 2);
        assert_eq!(vocabulary.written("falls"), Some(3));
        assert_eq!(vocabulary.written("fall"), None);
        assert_eq!(vocabulary.written("zz"), None);
        assert_eq!(vocabulary.begun("ced"), 0..3);
        assert_eq!(vocabulary.begun("cedar"), 0..2);
        assert_eq!(vocabulary.begun("m"), 4..4);
        assert_eq!(vocabulary.near("cedr").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(vocabulary.having(['e', 'd', 'a']).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(vocabulary.having(['d', 'e', 'r']).count(), 0, "it is not to be found so");
    }

    #[test]
    fn slips_hold_the_word_that_was_meant() {
        assert!(slips("ceadr").contains(&"cedar".to_owned()));
        assert!(slips("ceddar").contains(&"cedar".to_owned()));
    }
}
