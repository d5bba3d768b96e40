//! How well words fit a candidate.
//!
//! Owns similarity, in thousandths, by whole numbers only. Must not decide: a score is compared with the
//! next best by whoever resolves.

use strsim::osa_distance;

/// A perfect fit.
pub const PERFECT: u32 = 1_000;

/// How well the query fits, and what did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The share of the query found, in thousandths.
    pub coverage: u32,
    /// The query's terms that fit nothing.
    pub unread: Vec<String>,
    /// How many of the candidate's terms the query did not mention.
    pub unsaid: usize,
}

/// Words that say little by themselves.
fn weight(term: &str) -> u32 {
    match term {
        "oz" | "lb" | "count" | "pack" | "item" | "size" | "each" => 3,
        _ => 10,
    }
}

/// How alike two terms are, in thousandths; below 800 they are not the same word.
pub fn likeness(said: &str, known: &str) -> u32 {
    if said == known {
        return PERFECT;
    }
    let digits = |term: &str| term.bytes().any(|b| b.is_ascii_digit());
    if digits(said) || digits(known) {
        return 0;
    }
    let (length, other) = (said.chars().count(), known.chars().count());
    if length >= 3 && known.starts_with(said) {
        return if length >= 4 { 930 } else { 880 };
    }
    let ending = said.strip_prefix(known).filter(|_| other >= 5);
    if ending.is_some_and(|ending| matches!(ending, "d" | "ed" | "ded" | "ted" | "ped" | "ing" | "er" | "y"))
    {
        return 900;
    }
    if abbreviates(said, known) || abbreviates(known, said) {
        return 870;
    }
    if length.abs_diff(other) > 2 || length.min(other) < 4 {
        return 0;
    }
    match (osa_distance(said, known), length.min(other)) {
        (1, 4) => 850,
        (1, _) => 920,
        (2, 7..) => 840,
        _ => 0,
    }
}

/// Whether one is the other without most of its vowels, as items are printed: `spcy`, `pty`, `grld`.
fn abbreviates(short: &str, long: &str) -> bool {
    let vowels =
        |text: &str| text.chars().skip(1).filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).count();
    let mut rest = long.chars();
    short.len() >= 3
        && short.len() < long.len()
        && vowels(short) == 0
        && short.chars().next() == long.chars().next()
        && short.chars().last() == long.chars().last()
        && short.chars().all(|c| rest.any(|other| other == c))
}

/// How well the query's terms are found among the candidate's.
pub fn fit(query: &[String], candidate: &[String]) -> Fit {
    let (mut found, mut all) = (0, 0);
    let mut unread = Vec::new();
    let mut said = vec![false; candidate.len()];
    let mut joined = false;
    for (at, term) in query.iter().enumerate() {
        if std::mem::take(&mut joined) {
            continue;
        }
        // “Roll ups” and “rollups” are one word to whoever says them.
        let together = query.get(at + 1).map(|next| format!("{term}{next}"));
        let whole =
            together.and_then(|both| candidate.iter().position(|known| both.len() >= 5 && *known == both));
        let apart = candidate.windows(2).position(|pair| {
            term.len() >= 5 && term.strip_prefix(pair[0].as_str()) == Some(pair[1].as_str())
        });
        if let Some(place) = whole.or(apart) {
            said[place] = true;
            joined = whole.is_some();
            let weighs = if joined { weight(term) * 2 } else { weight(term) };
            found += weighs * PERFECT;
            all += weighs;
            continue;
        }
        let best = candidate.iter().map(|known| likeness(term, known)).enumerate().max_by_key(|best| best.1);
        let (place, likeness) = best.unwrap_or((0, 0));
        if likeness == 0 {
            unread.push(term.clone());
        } else {
            said[place] = true;
        }
        found += weight(term) * likeness;
        all += weight(term);
    }
    let coverage = u32::checked_div(found, all).unwrap_or(0);
    Fit { coverage, unread, unsaid: said.iter().filter(|said| !**said).count() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::shorthand::terms;

    #[test]
    fn typos_fit_and_other_words_do_not() {
        for (said, known, same) in [
            ("waffel", "waffle", true),
            ("ceder", "cedar", true),
            ("choc", "chocolate", true),
            ("pizza", "pizzas", true),
            ("corn", "cord", true),
            ("beans", "bread", false),
            ("96", "960", false),
            ("96", "69", false),
        ] {
            assert_eq!(likeness(said, known) >= 800, same, "{said} / {known}");
        }
    }

    #[test]
    fn what_fits_nothing_is_named() {
        let fit = fit(&terms("blueberry waffles frobnicate"), &terms("Waffle, blueberry, 96 ct"));
        assert_eq!(fit.unread, ["frobnicate"]);
        assert_eq!(fit.coverage, 666);
        assert_eq!(fit.unsaid, 2);
    }
}
