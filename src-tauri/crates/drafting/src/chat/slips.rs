//! The grammar's own words as they are mistyped and shortened: “nxt scool yer”, “hold LY px”.
//!
//! Owns the table and putting the word in its place. Items and customers are named by other words; how those are
//! mistyped is weighed where they are looked up.

use crate::chat::token::Token;

/// The tokens with the grammar's words written out.
pub fn written_out(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match SLIPS.iter().find(|(slip, _)| *slip == token.norm) {
            None if FILLERS.contains(&token.norm.as_str()) => {}
            None => out.push(token),
            Some((_, meant)) => out.extend(meant.split(' ').map(|word| Token {
                text: word.to_owned(),
                norm: word.to_owned(),
                ..token.clone()
            })),
        }
    }
    out
}

/// Sounds between words, where a message was spoken.
const FILLERS: &[&str] = &["um", "umm", "uh", "uhh", "uhm", "er", "hm", "hmm"];

/// What is typed, and what is meant.
const SLIPS: &[(&str, &str)] = &[
    ("abt", "about"),
    ("actualy", "actually"),
    ("actully", "actually"),
    ("acutally", "actually"),
    ("actaully", "actually"),
    ("10s", "10"),
    ("ad", "add"),
    ("anohter", "another"),
    ("casess", "cases"),
    ("casses", "cases"),
    ("cahnge", "change"),
    ("chagne", "change"),
    ("comma", ","),
    ("cust", "for"),
    ("dbl", "double"),
    ("everthing", "everything"),
    ("evry", "every"),
    ("evrything", "everything"),
    ("fro", "for"),
    ("hav", "have"),
    ("insted", "instead"),
    ("gd", "good"),
    ("ly", "last year"),
    ("ly's", "last year"),
    ("lst", "last"),
    ("mak", "make"),
    ("mkae", "make"),
    ("nah", "no"),
    ("nex", "next"),
    ("nvm", "never mind"),
    ("nxt", "next"),
    ("plese", "please"),
    ("pleas", "please"),
    ("prcie", "price"),
    ("prices'", "prices"),
    ("period", "."),
    ("pirce", "price"),
    ("pirces", "prices"),
    ("pricng", "pricing"),
    ("pund", "pound"),
    ("px", "price"),
    ("qoute", "quote"),
    ("quoet", "quote"),
    ("qute", "quote"),
    ("re-order", "reorder"),
    ("regulr", "regular"),
    ("regualr", "regular"),
    ("reoder", "reorder"),
    ("reodrer", "reorder"),
    ("shcool", "school"),
    ("schol", "school"),
    ("scool", "school"),
    ("smae", "same"),
    ("sory", "sorry"),
    ("srry", "sorry"),
    ("sry", "sorry"),
    ("tht", "that"),
    ("thta", "that"),
    ("thm", "them"),
    ("thats'", "that's"),
    ("undr", "under"),
    ("usal", "usual"),
    ("ususal", "usual"),
    ("yaer", "year"),
    ("yeer", "year"),
    ("yer", "year"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::token::tokenize;

    #[test]
    fn mistyped_words_of_the_grammar_are_understood() {
        let norms: Vec<String> =
            written_out(tokenize("nxt scool yer, hold LY px")).into_iter().map(|token| token.norm).collect();
        assert_eq!(norms.join(" "), "next school year , hold last year price");
    }
}
