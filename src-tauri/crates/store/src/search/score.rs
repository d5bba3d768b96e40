//! How well a row answers what was typed.
//!
//! Owns the marks. Must not look anything up: it is given a bounded number of rows and ranks them in
//! memory, since ranking a whole recall inside SQLite takes half a second.

use crate::search::words::folded;

/// What a row is judged by. The first field is its title, the second its nicknames (`a|b`), the last
/// its key.
pub(crate) struct Judged {
    pub(crate) fields: Vec<String>,
    /// Whether it is in use: an inactive customer or a discontinued item comes after the others.
    pub(crate) is_current: bool,
}

/// Marks of a row: how many of the words it answers, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Marks {
    pub(crate) answered: usize,
    pub(crate) score: u32,
}

const WHOLE: u32 = 100;
const TITLE: u32 = 100;
const ELSEWHERE: u32 = 60;

/// The marks of a row. With `slips`, words that are nearly right count too.
pub(crate) fn marks(row: &Judged, typed: &str, words: &[String], slips: bool) -> Marks {
    let typed = typed.trim();
    let fields: Vec<String> = row.fields.iter().map(|field| folded(field)).collect();
    let last = fields.len().saturating_sub(1);
    let mut sum = 0;
    let mut answered = 0;
    for word in words {
        let mut best = 0;
        for (place, field) in fields.iter().enumerate() {
            let weight = if place < 2 || place == last { TITLE } else { ELSEWHERE };
            for other in field.split(|c: char| !c.is_alphanumeric()).filter(|other| !other.is_empty()) {
                best = best.max(likeness(word, other, slips) * weight / 100);
            }
        }
        answered += usize::from(best > 0);
        sum += best;
    }
    let mut score = sum / u32::try_from(words.len().max(1)).unwrap_or(1);
    let folded_text = folded(typed);
    if fields.get(last).is_some_and(|key| *key == folded_text) {
        score += 200;
    }
    if fields.get(1).is_some_and(|aliases| aliases.split('|').any(|alias| alias == folded_text)) {
        score += 60;
    }
    if let Some(title) = fields.first() {
        if title.starts_with(&folded_text) {
            score += 30;
        }
        let idle = title.split_whitespace().count().saturating_sub(words.len()).min(5);
        score += 5 - u32::try_from(idle).unwrap_or(5);
    }
    if row.is_current {
        score += 10;
    }
    Marks { answered, score }
}

/// How like a word of a row is to a typed one: 100 the same, then begun with it, then nearly so, 0 not.
fn likeness(typed: &str, other: &str, slips: bool) -> u32 {
    if typed == other {
        return WHOLE;
    }
    if let Some(rest) = other.strip_prefix(typed) {
        return 90 - u32::try_from(rest.chars().count().min(20)).unwrap_or(20);
    }
    if !slips {
        return 0;
    }
    let length = typed.chars().count();
    let allowed = match length {
        0..=3 => return 0,
        4..=7 => 1,
        _ => 2,
    };
    let distance = |other: &str| {
        let near = other.chars().count().abs_diff(length) <= allowed;
        near.then(|| strsim::osa_distance(typed, other)).filter(|distance| *distance <= allowed)
    };
    let off = |best: u32, distance: usize| best - 15 * u32::try_from(distance).unwrap_or(0);
    if let Some(distance) = distance(other) {
        return off(75, distance);
    }
    match other.char_indices().nth(length) {
        Some((end, _)) => distance(&other[..end]).map_or(0, |distance| off(60, distance)),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(title: &str, aliases: &str) -> Judged {
        Judged { fields: vec![title.into(), aliases.into(), "Iowa".into(), "C1".into()], is_current: true }
    }

    fn score(title: &str, typed: &str) -> u32 {
        let words = crate::search::words::words(typed, 8);
        marks(&row(title, ""), typed, &words, true).score
    }

    #[test]
    fn the_same_beats_begun_beats_nearly_beats_not() {
        let same = score("Cedar Falls CSD", "cedar");
        let begun = score("Cedarville CSD", "cedar");
        let nearly = score("Cedra Falls CSD", "cedar");
        let not = score("Waverly CSD Two", "cedar");
        assert!(same > begun && begun > nearly && nearly > not, "{same} {begun} {nearly} {not}");
    }

    #[test]
    fn a_key_or_a_nickname_typed_whole_comes_first() {
        let words = ["c1".to_owned()];
        let by_key = marks(&row("Waverly", ""), "C1", &words, false).score;
        let by_alias = marks(&row("Waverly", "c1|x"), "c1", &words, false).score;
        let by_title = marks(&row("C1 Schools", ""), "c1 ", &words, false).score;
        assert!(by_key >= 200 && by_alias > by_key && by_title >= 200);
    }
}
