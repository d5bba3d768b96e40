//! The states, by name and by letters.
//!
//! Owns the table, so that “the Iowa one” and “IA” pick the same district.

const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VI", "Virgin Islands"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// The full name of a state given by its letters.
pub fn full_name(letters: &str) -> Option<&'static str> {
    STATES.iter().find(|(short, _)| short.eq_ignore_ascii_case(letters)).map(|(_, name)| *name)
}

/// The letters of a state written short in another way: `Mass`, `Ala`.
pub fn written_short(word: &str) -> Option<&'static str> {
    const SHORT: &[(&str, &str)] = &[
        ("ala", "AL"),
        ("ariz", "AZ"),
        ("calif", "CA"),
        ("colo", "CO"),
        ("conn", "CT"),
        ("fla", "FL"),
        ("ill", "IL"),
        ("kans", "KS"),
        ("mass", "MA"),
        ("mich", "MI"),
        ("minn", "MN"),
        ("miss", "MS"),
        ("mont", "MT"),
        ("nebr", "NE"),
        ("okla", "OK"),
        ("penn", "PA"),
        ("penna", "PA"),
        ("tenn", "TN"),
        ("tex", "TX"),
        ("wash", "WA"),
        ("wis", "WI"),
        ("wisc", "WI"),
        ("wyo", "WY"),
    ];
    SHORT.iter().find(|(short, _)| short.eq_ignore_ascii_case(word)).map(|(_, letters)| *letters)
}

/// How many of the first words name a state: its letters in capitals, or its name of one to three words.
pub fn leading(words: &[&str]) -> usize {
    for (letters, name) in STATES {
        let length = name.split(' ').count();
        let named = words.len() >= length
            && name.split(' ').zip(words).all(|(part, word)| part.eq_ignore_ascii_case(word));
        if named {
            return length;
        }
        if words.first() == Some(letters) {
            return 1;
        }
    }
    0
}

/// Whether the letters of a state are no word by themselves, so that they are its name in small letters too.
pub fn is_no_word(letters: &str) -> bool {
    let word = ["al", "co", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa"];
    !word.contains(&letters.to_lowercase().as_str())
}
