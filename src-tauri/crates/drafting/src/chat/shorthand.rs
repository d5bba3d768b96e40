//! The trade's shorthand, and words in one common form.
//!
//! Owns what school-food people abbreviate and how a word loses its plural. Both sides of a comparison pass
//! through here, so an abbreviation meets its long form either way round. Must know no particular item.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::chat::score;
use crate::chat::token::{fold, has_decimals};
use table::SHORTHAND;

/// A word in the singular, by the common rules of English.
pub fn singular(word: &str) -> String {
    into_singular(word.to_owned())
}

fn into_singular(mut word: String) -> String {
    if !word.is_ascii() || word.len() < 4 || ["texas", "kansas", "arkansas"].contains(&word.as_str()) {
        return word;
    }
    let cut = if ["cookies", "brownies", "smoothies", "hoagies", "pierogies"].contains(&word.as_str()) {
        1
    } else if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
        return word;
    } else if ["sses", "ches", "shes", "xes"].iter().any(|ending| word.ends_with(ending))
        || word.ends_with("oes") && word.len() > 5
    {
        2
    } else {
        usize::from(word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)))
    };
    word.truncate(word.len() - cut);
    word
}

/// The words of a text in their common form: lower case, no accents, letters apart from digits, shorthand
/// written out, singular.
pub fn terms(text: &str) -> Vec<String> {
    renamed(spelled_out(text))
}

/// The same, of what has one name only: “hot dogs” are no Franklin.
pub fn spelled_out(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for mut word in words(text) {
        // `1.0 oz` is one ounce.
        if has_decimals(&word) && word.ends_with(".0") {
            word.truncate(word.len() - 2);
        }
        let after_number = out.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        if after_number && matches!(word.as_str(), "in" | "inch" | "inches") {
            out.push("inch".to_owned());
        } else if after_number && word == "s" {
            // `138s`
        } else if after_number && word == "z" {
            out.push("oz".to_owned());
        } else if after_number && matches!(word.as_str(), "pc" | "pcs" | "piece" | "pieces") {
            out.push("piece".to_owned());
        } else if !is_link(&word) {
            match LONG.get(word.as_str()) {
                Some(long) => out.extend(long.split(' ').map(str::to_owned)),
                None => {
                    let stem = into_singular(word);
                    match LONG.get(stem.as_str()) {
                        Some(long) => out.extend(long.split(' ').map(str::to_owned)),
                        None => out.push(stem),
                    }
                }
            }
        }
    }
    out
}

/// Things of two names, and the one both are compared by.
const PHRASES: &[([&str; 2], &[&str])] = &[
    (["hot", "dog"], &["frank"]),
    (["hard", "boiled"], &["hard", "cooked"]),
    (["hamburger", "patty"], &["beef", "patty"]),
    (["2", "cheese"], &["two", "cheese"]),
    (["3", "cheese"], &["three", "cheese"]),
    (["4", "cheese"], &["four", "cheese"]),
    (["sunflower", "seed"], &["sunflower", "kernel"]),
    (["smiley", "fry"], &["smiley"]),
    (["fort", "stick"], &["french", "toast", "stick"]),
    (["turkey", "dog"], &["turkey", "frank"]),
    (["beef", "dog"], &["beef", "frank"]),
    (["half", "oz"], &["0.5", "oz"]),
    (["half", "inch"], &["1", "2", "inch"]),
    (["large", "grain"], &["long", "grain"]),
    (["honey", "mustard"], &["honeymustard"]),
    (["peanut", "butter"], &["peanutbutter"]),
    (["peanutbutter", "j"], &["peanutbutter", "jelly"]),
    (["fish", "portion"], &["fish", "fillet"]),
    (["flame", "broiled"], &["flamebroiled"]),
    (["p", "d"], &["peeled", "deveined"]),
    (["taco", "meat"], &["taco", "filling"]),
];

/// Put the one name in the place of the other.
fn renamed(mut words: Vec<String>) -> Vec<String> {
    // “Gloves L.”
    if words.iter().any(|word| word == "glove") {
        for word in &mut words {
            match word.as_str() {
                "l" => *word = "large".to_owned(),
                "m" => *word = "medium".to_owned(),
                "s" => *word = "small".to_owned(),
                "xlarge" => *word = "xl".to_owned(),
                _ => {}
            }
        }
    }
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let known = out
            .last()
            .and_then(|last| PHRASES.iter().find(|([one, other], _)| last == one && word == *other));
        match known {
            Some((_, name)) => {
                out.pop();
                out.extend(name.iter().map(|&word| word.to_owned()));
            }
            None => out.push(word),
        }
    }
    out
}

/// Words that join others and name nothing, so that “mac and cheese” is “Mac & Chs”.
fn is_link(word: &str) -> bool {
    matches!(word, "and" | "n" | "with" | "w" | "of" | "the" | "in" | "on" | "a" | "an")
}

/// What to recall a text by, whose words have these forms and are `named` in their common form: the words as
/// typed, and what shorthand stands for.
pub fn recall_words(forms: &[Vec<String>], named: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keep = |form: &str| {
        if !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    forms.iter().flatten().for_each(|form| form.split(' ').for_each(&mut keep));
    for ([one, other], name) in PHRASES {
        if name.iter().all(|word| named.iter().any(|said| said == word)) {
            [one, other].into_iter().chain(*name).for_each(|word| keep(word));
        }
    }
    out
}

/// The words as typed, in the singular and written out: what names are recalled by.
pub fn plain_words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words(text).iter().filter(|word| !is_link(word)) {
        let long = expansion(word).unwrap_or_default();
        for form in [word, &singular(word)].into_iter().map(String::as_str).chain(long.split(' ')) {
            if !form.is_empty() && !out.iter().any(|known| known == form) {
                out.push(form.to_owned());
            }
        }
    }
    out
}

/// The same by word: what each of them may be written as.
pub fn recall_forms(text: &str) -> Vec<Vec<String>> {
    let words = words(text);
    let mut out: Vec<Vec<String>> = words.iter().map(|word| forms(word)).collect();
    for at in 0..words.len().saturating_sub(1) {
        let (word, next) = (&words[at], &words[at + 1]);
        // Lists write sizes in one: “6IN”.
        let unit = match next.as_str() {
            "in" | "inch" | "inches" => "in",
            "oz" | "z" => "oz",
            "ct" | "count" => "ct",
            "lb" | "lbs" => "lb",
            _ => "",
        };
        if !unit.is_empty() && word.starts_with(|c: char| c.is_ascii_digit()) {
            out[at].push(format!("{word}{unit}"));
        }
        // Things of two names.
        let (stem, other) = (singular(word), singular(next));
        let known = PHRASES.iter().find(|([first, second], _)| *first == stem && *second == other);
        for name in known.into_iter().flat_map(|(_, name)| name.iter()) {
            out[at].push((*name).to_owned());
            out[at + 1].push((*name).to_owned());
        }
    }
    let kept = words.iter().zip(out).filter(|(word, _)| !is_link(word));
    kept.map(|(_, forms)| forms).collect()
}

fn forms(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keep = |form: &str| {
        if !form.is_empty() && !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    let stem = singular(word);
    let is_word = stem.chars().all(char::is_alphabetic);
    keep(&stem);
    keep(word);
    if *word == stem && stem.len() > 3 && is_word {
        keep(&format!("{stem}s"));
    }
    // As lists abbreviate: “STK FNGR”; and as two words: “hush puppies”.
    if stem.len() > 3 && is_word {
        let consonants = score::consonants(&stem);
        if consonants.len() > 2 {
            keep(&consonants);
        }
    }
    bare(&stem, score::BONY).iter().for_each(|bare| keep(bare));
    if stem.len() > 7 && stem.is_ascii() {
        keep(&stem[..4]);
        keep(&stem[..5]);
    }
    let long = expansion(word).unwrap_or(&stem);
    long.split(' ').for_each(&mut keep);
    out
}

/// The fewest letters of a listed word that is known by its bones.
pub const LISTED_BONY: usize = 5;

/// A word by its bones, which it shares with what people make of it by leaving out vowels: “cranbry”, “wfl”. One with
/// vowels has at least so many letters. The nought before them keeps them from being a word.
pub fn bare(word: &str, least: usize) -> Option<String> {
    let is_vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u');
    let letters = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let known = letters && (word.len() >= least || !word.bytes().any(is_vowel));
    known.then(|| std::iter::once('0').chain(score::bones(word).map(char::from)).collect())
}

/// What shorthand stands for.
static LONG: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| SHORTHAND.iter().copied().collect());

fn expansion(word: &str) -> Option<&'static str> {
    LONG.get(word).or_else(|| LONG.get(singular(word).as_str())).copied()
}

/// Room for most words.
const USUAL_WORD: usize = 12;

/// Runs of letters or of digits (with their decimals), folded.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(fold).collect();
    let mut out: Vec<String> = Vec::new();
    let mut fresh = true;
    for (place, &c) in chars.iter().enumerate() {
        let before = place.checked_sub(1).map_or(' ', |at| chars[at]);
        let after = chars.get(place + 1).copied().unwrap_or(' ');
        let point = c == '.' && after.is_ascii_digit() && (before.is_ascii_digit() || fresh);
        if c == '#' && after == '1' && chars.get(place + 2) == Some(&'0') {
            // A number ten can, as packs are written: `6/#10`.
            out.push("can".to_owned());
            fresh = true;
            continue;
        }
        if c == '0' && before == '1' && place >= 2 && chars[place - 2] == '#'
            || c == '1' && before == '#' && after == '0'
        {
            continue;
        }
        if c == '"' && before.is_ascii_digit() {
            out.push("inch".to_owned());
        }
        // “1%” is no one ply; “51% WG” tells nothing.
        let of_two = place > 1 && (chars[place - 2].is_ascii_digit() || chars[place - 2] == '.');
        if c == '%' && before.is_ascii_digit() && !of_two {
            out.push("percent".to_owned());
        }
        if point && fresh {
            out.push("0".to_owned());
            fresh = false;
        }
        if !(c.is_alphanumeric() || point) {
            // A plural or possessive s is no word of its own.
            fresh = fresh || !(c == '\'' && after == 's');
            continue;
        }
        let turn = before.is_alphanumeric() && before.is_ascii_digit() != c.is_ascii_digit() && !point;
        if fresh || (turn && before != '.') {
            out.push(String::with_capacity(USUAL_WORD));
        }
        fresh = false;
        if let Some(word) = out.last_mut() {
            word.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_meet_in_one_form() {
        assert_eq!(terms("ckn patties, WG, 96ct"), ["chicken", "patty", "whole", "grain", "96", "count"]);
        assert_eq!(terms("Chicken Patty Whole Grain 96 count"), terms("ckn patties WG 96 ct"));
        assert_eq!(terms("Beans, LS, 6/#10"), terms("bean low sodium 6 can"));
        assert_eq!(terms("14\" round .5 oz"), ["14", "inch", "round", "0.5", "oz"]);
        assert_eq!(terms("3.2oz 4/5 lbs"), ["3.2", "oz", "4", "5", "lb"]);
        assert_eq!(terms("8in tortilla w/ mac & chs"), terms("8 inch tortillas with mac and cheese"));
    }

    #[test]
    fn plurals_are_undone_and_other_endings_kept() {
        for (many, one) in [
            ("waffles", "waffle"),
            ("fries", "fry"),
            ("potatoes", "potato"),
            ("sandwiches", "sandwich"),
            ("swiss", "swiss"),
            ("pies", "pie"),
            ("cookies", "cookie"),
            ("asparagus", "asparagus"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn the_table_is_sorted_and_written_out_fully() {
        assert!(SHORTHAND.is_sorted_by_key(|(short, _)| *short));
        for (short, long) in SHORTHAND {
            assert_eq!(terms(long), terms(&terms(long).join(" ")), "{short}");
            let whole = |word: &str| !LONG.contains_key(word) && singular(word) == word;
            assert!(long.split(' ').all(whole), "{short}");
        }
    }
}
