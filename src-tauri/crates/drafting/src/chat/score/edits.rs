//! How many edits one word is from another, as far as it matters.
//!
//! Owns telling one edit and two from more without counting: nearly all pairs of words are far apart, and that is
//! seen at a glance. An edit is a letter put in, left out or typed for another, or two neighbours swapped. Must
//! not know what a slip costs.

use strsim::osa_distance;

/// Whether exactly one edit is between two words.
fn is_one(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        is_one_of(one.as_bytes(), other.as_bytes())
    } else {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        is_one_of(&letters(one), &letters(other))
    }
}

fn is_one_of<L: PartialEq>(one: &[L], other: &[L]) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let begun = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[begun..], &other[begun..]);
    let ended = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - ended], &other[..other.len() - ended]) {
        ([_], [_]) | ([_], []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// How many edits are between two words that are not the same: 1, or 2 where that `matters`; else some greater
/// number.
pub fn few_edits(one: &str, other: &str, matters: bool) -> usize {
    if is_one(one, other) {
        return 1;
    }
    // An edit puts at most one letter in the place of another.
    if !matters || (letters(one) ^ letters(other)).count_ones() > 4 {
        return usize::MAX;
    }
    osa_distance(one, other)
}

/// Which letters a word has; those beyond the alphabet share places.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |met, letter| met | 1 << (letter % 32))
}
