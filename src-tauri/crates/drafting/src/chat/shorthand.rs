//! The trade's shorthand, and words in one common form.
//!
//! Owns what school-food people abbreviate and how a word loses its plural. Both sides of a comparison pass
//! through here, so an abbreviation meets its long form either way round. Must know no particular item.

use crate::chat::token::fold;

/// Shorthand and what it stands for. General to the trade; nothing here is from a catalogue.
const SHORTHAND: &[(&str, &str)] = &[
    ("bbq", "barbecue"),
    ("bf", "beef"),
    ("bfast", "breakfast"),
    ("bkd", "baked"),
    ("bkfst", "breakfast"),
    ("blk", "black"),
    ("blubry", "blueberry"),
    ("brd", "breaded"),
    ("brded", "breaded"),
    ("brkfst", "breakfast"),
    ("brk", "breakfast"),
    ("burg", "burger"),
    ("ched", "cheddar"),
    ("chdr", "cheddar"),
    ("chix", "chicken"),
    ("chk", "chicken"),
    ("chkn", "chicken"),
    ("choc", "chocolate"),
    ("chs", "cheese"),
    ("chz", "cheese"),
    ("cinn", "cinnamon"),
    ("ckn", "chicken"),
    ("canned", "can"),
    ("cnt", "count"),
    ("crkr", "cracker"),
    ("ct", "count"),
    ("ff", "fat free"),
    ("frnch", "french"),
    ("frz", "frozen"),
    ("frzn", "frozen"),
    ("gf", "gluten free"),
    ("hamb", "hamburger"),
    ("iw", "individually wrapped"),
    ("jal", "jalapeno"),
    ("lbs", "lb"),
    ("lf", "low fat"),
    ("lowfat", "low fat"),
    ("mfn", "muffin"),
    ("moz", "mozzarella"),
    ("mozz", "mozzarella"),
    ("nf", "nonfat"),
    ("nug", "nugget"),
    ("ounce", "oz"),
    ("pb", "peanut butter"),
    ("pbj", "peanut butter jelly"),
    ("pepp", "pepperoni"),
    ("pc", "packet"),
    ("pk", "pack"),
    ("pkt", "packet"),
    ("popcrn", "popcorn"),
    ("pound", "lb"),
    ("ptty", "patty"),
    ("quesa", "quesadilla"),
    ("rf", "reduced fat"),
    ("sand", "sandwich"),
    ("saus", "sausage"),
    ("sf", "sugar free"),
    ("sndwch", "sandwich"),
    ("stk", "stick"),
    ("strawb", "strawberry"),
    ("tky", "turkey"),
    ("tndr", "tender"),
    ("tort", "tortilla"),
    ("trky", "turkey"),
    ("turk", "turkey"),
    ("ups", "up"),
    ("van", "vanilla"),
    ("veg", "vegetable"),
    ("wg", "whole grain"),
    ("wgr", "whole grain rich"),
    ("wholegrain", "whole grain"),
    ("ww", "whole wheat"),
];

/// A word in the singular, by the common rules of English.
pub fn singular(word: &str) -> String {
    let stem = |cut: usize| word[..word.len() - cut].to_owned();
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    if word.ends_with("ies") && word.len() > 4 {
        return stem(3) + "y";
    }
    for ending in ["sses", "ches", "shes", "xes", "oes"] {
        if word.ends_with(ending) {
            return stem(2);
        }
    }
    if word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return stem(1);
    }
    word.to_owned()
}

/// The words of a text in their common form: lower case, no accents, letters apart from digits, shorthand
/// written out, singular.
pub fn terms(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words(text) {
        if word == "in" && out.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit())) {
            out.push("inch".to_owned());
            continue;
        }
        match expansion(&word) {
            Some(long) => out.extend(long.split(' ').map(str::to_owned)),
            None => out.push(singular(&word)),
        }
    }
    out
}

/// What to recall by: the words as typed, and what shorthand stands for.
pub fn recall_words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words(text) {
        let stem = singular(&word);
        let long = expansion(&word).unwrap_or_default();
        for form in [stem.as_str(), word.as_str()].into_iter().chain(long.split(' ')) {
            if !form.is_empty() && !out.iter().any(|known| known == form) {
                out.push(form.to_owned());
            }
        }
    }
    out
}

fn expansion(word: &str) -> Option<&'static str> {
    let find = |key: &str| SHORTHAND.iter().find(|(short, _)| *short == key).map(|(_, long)| *long);
    find(word).or_else(|| find(&singular(word)))
}

/// Runs of letters or of digits (with their decimals), folded.
fn words(text: &str) -> Vec<String> {
    // A sign after a number is a word: 10" is 10 inch.
    let text = text.replace(['"', '”', '″'], " inch ");
    let chars: Vec<char> = text.chars().map(fold).collect();
    let mut out: Vec<String> = Vec::new();
    let mut fresh = true;
    for (place, &c) in chars.iter().enumerate() {
        let before = place.checked_sub(1).map_or(' ', |at| chars[at]);
        let after = chars.get(place + 1).copied().unwrap_or(' ');
        let point = c == '.' && before.is_ascii_digit() && after.is_ascii_digit();
        if !(c.is_alphanumeric() || point) {
            // A plural or possessive s is no word of its own.
            fresh = fresh || !(c == '\'' && after == 's');
            continue;
        }
        let turn = before.is_alphanumeric() && before.is_ascii_digit() != c.is_ascii_digit() && !point;
        if fresh || (turn && before != '.') {
            out.push(String::new());
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
        assert_eq!(terms("3.2oz 4/5 lbs"), ["3.2", "oz", "4", "5", "lb"]);
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
            ("asparagus", "asparagus"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn the_table_is_sorted_and_written_out_fully() {
        for (short, long) in SHORTHAND {
            assert_eq!(terms(long).join(" "), *long, "{short}");
        }
    }
}
