//! From what a person typed to words, and from words to FTS5 expressions.
//!
//! Owns folding and quoting: any text at all becomes a safe expression or none. Must not know a table.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer text is somebody's paste; what comes after is not looked for.
const LONGEST_TEXT: usize = 2000;
const LONGEST_WORD: usize = 40;

/// Lower case, without accents: `Señor` and `SENOR` are one word.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text, at most `most`, folded, each once, in order. Only letters and digits are left,
/// so nothing in them means anything to FTS5.
pub(crate) fn words(text: &str, most: usize) -> Vec<String> {
    let shortened: String = text.chars().take(LONGEST_TEXT).collect();
    let mut found: Vec<String> = Vec::new();
    for word in folded(&shortened).split(|c: char| !c.is_alphanumeric()) {
        let word: String = word.chars().take(LONGEST_WORD).collect();
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
            if found.len() == most {
                break;
            }
        }
    }
    found
}

/// Rows that have, for every word, a word beginning with it.
pub(crate) fn all_begun<S: AsRef<str>>(words: &[S]) -> String {
    words.iter().map(|word| begun(word.as_ref())).collect::<Vec<_>>().join(" AND ")
}

/// Rows that have a word beginning with this.
pub(crate) fn begun(word: &str) -> String {
    format!("\"{word}\" *")
}

/// Rows that have this word.
pub(crate) fn whole(word: &str) -> String {
    format!("\"{word}\"")
}

/// Each three letters in a row, once.
pub(crate) fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut found: Vec<String> = Vec::new();
    for three in letters.windows(3) {
        let three: String = three.iter().collect();
        if !found.contains(&three) {
            found.push(three);
        }
    }
    found
}

/// The word with two neighbours swapped back, or one letter too many taken out: the slips that leave a
/// short word no three letters in a row to be found by.
pub(crate) fn slips(word: &str) -> Vec<String> {
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

    #[test]
    fn words_are_folded_and_bare() {
        assert_eq!(
            words("  Cedar-Falls \"CSD\" OR cedar* (señor) 10412", 9),
            ["cedar", "falls", "csd", "or", "senor", "10412"]
        );
        assert_eq!(words("cafe\u{301} café", 9), ["cafe"]);
        assert!(words("\" ' * ^ : () 🍕 NEAR/".trim_end_matches("NEAR/"), 9).is_empty());
    }

    #[test]
    fn slips_hold_the_word_that_was_meant() {
        assert!(slips("ceadr").contains(&"cedar".to_owned()));
        assert!(slips("ceddar").contains(&"cedar".to_owned()));
    }
}
