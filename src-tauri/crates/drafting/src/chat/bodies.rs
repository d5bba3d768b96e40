//! The kinds of bodies customers are, as their names say them.
//!
//! Owns which words of a name say what kind of body it is, and what its letters stand for. Must know no customer.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::chat::score;

/// Words that say what kind of body a customer is, not which.
pub fn is_generic(term: &str) -> bool {
    KNOWN.contains(term)
}

/// They, to be found at once.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.iter().copied().collect());

/// Whether a word is one of those, slips of the finger forgiven.
pub fn is_nearly_generic(term: &str) -> bool {
    is_generic(term)
        || is_slip(term, "city")
        || term.len() >= 5
            && GENERIC.iter().any(|known| known.len() >= 5 && score::likeness(term, known) >= 900)
}

/// “Ctiy”: two letters changed about.
fn is_slip(term: &str, known: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<u8> = word.bytes().collect();
        letters.sort_unstable();
        letters
    };
    term.len() == known.len()
        && term.bytes().next() == known.bytes().next()
        && letters(term) == letters(known)
}

/// What a word of a body is called that was mistyped: “publc” is public.
pub fn corrected(term: &str) -> &str {
    let near = |known: &&&str| known.len() >= 5 && score::likeness(term, known) >= 900;
    if is_generic(term) || term.len() < 5 {
        term
    } else {
        GENERIC.iter().find(near).map_or(term, |known| known)
    }
}

/// The words.
const GENERIC: &[&str] = &[
    "isd",
    "usd",
    "cusd",
    "csd",
    "cisd",
    "rsd",
    "sd",
    "esd",
    "hsd",
    "uhsd",
    "ufsd",
    "ps",
    "public",
    "school",
    "district",
    "unified",
    "united",
    "independent",
    "community",
    "consolidated",
    "county",
    "city",
    "area",
    "central",
    "the",
    "of",
    "system",
    "board",
    "education",
    "k",
    "12",
    "dist",
    "sch",
    "no",
    "academy",
    "acad",
    "charter",
    "catholic",
    "christian",
    "lutheran",
    "diocese",
    "archdiocese",
    "college",
    "prep",
    "elementary",
    "high",
    "middle",
    "union",
    "parish",
    "exempted",
    "village",
    "local",
    "corporation",
    "corp",
    "joint",
    "township",
    "municipal",
    "regional",
    "borough",
    "tribal",
    "mission",
    "boarding",
    "head",
    "start",
    "cooperative",
    "coop",
    "co",
    "op",
    "cons",
    "comm",
    "elem",
    "intermediate",
    "dd",
    "esc",
    "hs",
    "enlarged",
    "consol",
    "department",
    "reorganized",
    "nutrition",
    "special",
    "vocational",
    "technical",
    "supervisory",
    "service",
    "cty",
    "cnty",
    "par",
    "schls",
    "schl",
    "sch",
    "pub",
    "publ",
    "boro",
    "twp",
    "reg",
    "rsu",
    "sau",
    "boce",
    "boces",
    "boe",
    "ufsd",
];

/// Whether a word that may say the kind of body can be what it is called by: “Central”, “Union”.
pub fn is_telling(term: &str) -> bool {
    matches!(
        term,
        "central"
            | "union"
            | "united"
            | "area"
            | "local"
            | "village"
            | "mission"
            | "city"
            | "county"
            | "regional"
    )
}

/// Kinds of which a supplier has so few that the kind alone may name one.
pub fn is_rare_kind(term: &str) -> bool {
    matches!(term, "archdiocese" | "diocese" | "head" | "boce" | "boces")
}

/// A part of the sky: it stands before a name and is often left out.
pub fn is_direction(term: &str) -> bool {
    matches!(
        term,
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "upper"
            | "lower"
            | "northwest"
            | "northeast"
            | "southwest"
            | "southeast"
            | "northwestern"
            | "northeastern"
            | "southwestern"
            | "southeastern"
    )
}

/// What tells customers of one name apart by number: `305`, `14`, `4J`, `R` and `VII` of `R-VII`.
pub fn is_number(term: &str) -> bool {
    let roman = term.len() <= 5 && term.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    term.bytes().all(|b| b.is_ascii_digit()) || term.len() == 1 || roman || term == "re"
}

/// What the letters of a body stand for.
pub fn body(words: &[String]) -> Vec<&str> {
    let mut out = Vec::new();
    for word in words.iter().filter(|word| is_generic(word)) {
        let long = match word.as_str() {
            "isd" => "independent school district",
            "usd" => "unified school district",
            "esd" | "elem" => "elementary",
            "hsd" => "high school",
            "hs" => "high school",
            "uhsd" => "union high school",
            "cisd" => "independent school district",
            "cusd" => "unit school district",
            "boe" => "board education",
            "corp" => "corporation",
            "cons" | "consol" => "consolidated",
            "comm" => "community",
            "rsd" | "sd" | "dist" | "csd" => "school district",
            "ps" => "school",
            "sch" => "school",
            "cty" | "cnty" | "co" => "county",
            "par" => "parish",
            "twp" => "township",
            "acad" => "academy",
            "boro" => "borough",
            "reg" => "regional",
            "ufsd" => "union free school district",
            "the" | "of" | "no" | "unit" | "public" | "pub" | "publ" | "schls" | "schl" | "k" | "12"
            | "system" => "",
            other => other,
        };
        out.extend(long.split(' ').filter(|part| !part.is_empty()));
    }
    out
}
