//! What people call things that lists call otherwise: potstickers are dumplings, queso is cheese sauce.
//!
//! Owns the trade's names for one thing. They are tried only where the words as said name nothing for sure, so that a
//! list's own word goes first. Must hold nothing of one catalogue.

use crate::chat::shorthand::singular;

/// What is said, and what lists may say; sorted by what is said.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("aluminum foil", &["foil"]),
    ("barbecue beef", &["sloppy joe"]),
    ("bread stick", &["breadstick"]),
    ("bun", &["roll"]),
    ("can liner", &["trash bag", "trash liner"]),
    ("chicken strip", &["chicken tender", "chicken finger"]),
    ("chickpea", &["garbanzo", "garbanzo bean"]),
    ("cling wrap", &["film wrap", "film"]),
    ("cold cut", &["deli"]),
    ("country gravy", &["white gravy", "pepper gravy", "peppered gravy"]),
    ("curly", &["spiral", "twister", "loop"]),
    ("cutlery", &["kit"]),
    ("detergent", &["soap"]),
    ("dish soap", &["detergent"]),
    ("drumstick", &["chicken leg", "drum"]),
    ("dumpling", &["potsticker"]),
    ("elbow", &["elbow macaroni", "elbow pasta"]),
    ("elbow macaroni", &["elbow pasta"]),
    ("elbow noodle", &["elbow pasta", "elbow macaroni"]),
    ("finger", &["tender", "strip"]),
    ("garbage bag", &["can liner", "trash liner", "liner"]),
    ("garbanzo", &["chickpea", "chick pea"]),
    ("gatorade", &["sports drink"]),
    ("goldfish", &["fish cracker", "cheese cracker"]),
    ("gyoza", &["potsticker", "dumpling"]),
    ("half pint", &["8 oz"]),
    ("hoagie", &["sub roll", "sub bun"]),
    ("icee", &["slush"]),
    ("jam", &["jelly"]),
    ("jello", &["gelatin"]),
    ("kool aid", &["drink mix"]),
    ("leg", &["drumstick"]),
    ("mac", &["elbow macaroni", "elbow pasta"]),
    ("macaroni", &["elbow pasta", "pasta elbow"]),
    ("maple syrup", &["pancake syrup", "syrup"]),
    ("nacho cheese", &["cheese sauce"]),
    ("noodle", &["pasta", "spaghetti"]),
    ("pan coating", &["pan spray", "release spray"]),
    ("pan spray", &["pan coating", "release spray", "cooking spray"]),
    ("parchment", &["pan liner"]),
    ("pasta", &["noodle", "macaroni"]),
    ("pb and j", &["peanut butter jelly"]),
    ("pb&j", &["peanut butter jelly"]),
    ("plastic wrap", &["film wrap", "film"]),
    ("pop tart", &["toaster pastry"]),
    ("poptart", &["toaster pastry"]),
    ("potsticker", &["dumpling"]),
    ("queso", &["cheese sauce", "nacho cheese"]),
    ("rice krispie treat", &["crisp rice bar", "rice crispy treat", "marshmallow"]),
    ("roll", &["bun"]),
    ("saran wrap", &["film wrap", "film"]),
    ("shell pasta", &["pasta shell"]),
    ("silverware", &["cutlery", "kit"]),
    ("slider bun", &["slider roll", "mini bun"]),
    ("soap", &["detergent"]),
    ("soda cracker", &["saltine"]),
    ("spiral", &["curly", "twister"]),
    ("strip", &["tender"]),
    ("sub bun", &["hoagie", "sub roll"]),
    ("sub roll", &["hoagie"]),
    ("tater tot", &["potato puff", "potato barrel", "tater puff", "potato round", "potato gem"]),
    ("tender", &["strip", "finger"]),
    ("tin foil", &["foil"]),
    ("tot", &["potato puff", "potato barrel", "tater puff", "potato round", "potato gem"]),
    ("trash bag", &["can liner", "trash liner", "liner"]),
    ("uncrustable", &["peanut butter jelly"]),
    ("white gravy", &["country gravy", "pepper gravy", "peppered gravy"]),
    ("wiener", &["frank"]),
    ("yogurt stick", &["yogurt tube"]),
    ("ziploc", &["reclosable", "zipper"]),
];

/// The most words of such a name.
const MOST_WORDS: usize = 3;

/// The same said otherwise: each with one thing by another of its names, the longest name first.
pub fn otherwise(text: &str) -> Vec<String> {
    let words: Vec<String> = text.split(' ').map(|word| singular(&word.to_lowercase())).collect();
    let typed: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    for many in (1..=MOST_WORDS.min(words.len())).rev() {
        for from in 0..=words.len() - many {
            let said = words[from..from + many].join(" ");
            let Some((_, names)) = OTHER_NAMES.iter().find(|(name, _)| *name == said) else { continue };
            for name in *names {
                let parts = [&typed[..from], &[*name], &typed[from + many..]].concat();
                found.push(parts.join(" "));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_tried_by_its_other_names_and_the_rest_is_kept() {
        assert_eq!(otherwise("potstickers"), ["dumpling"]);
        assert_eq!(otherwise("6in hoagie buns")[0], "6in sub roll buns");
        assert!(otherwise("seasoned curly fries").contains(&"seasoned spiral fries".to_owned()));
        assert!(otherwise("blueberry waffles").is_empty());
    }
}
