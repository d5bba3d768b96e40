//! Words around a customer's name that are no part of it.
//!
//! Owns the lists.

/// How many of the words after a name only say which office of it: “Haddon Twp Food Service”.
pub fn office(words: &[&str]) -> usize {
    let lower: Vec<String> = words.iter().take(2).map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower[..] {
        ["food", "service" | "services" | "program"] | ["child", "nutrition"] => 2,
        ["nutrition", "services" | "dept" | "department" | "program"] => 2,
        [
            "foodservice" | "nutrition" | "isd" | "usd" | "csd" | "cusd" | "cisd" | "sd" | "ps" | "schools"
            | "school" | "district" | "public",
            ..,
        ] => 1,
        _ => 0,
    }
}

/// Words that stand before a customer's name and are no part of it.
pub fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "me"
            | "up"
            | "the"
            | "please"
            | "pls"
            | "plz"
            | "new"
            | "it's"
            | "its"
            | ":"
            | "out"
            | "send"
            | "get"
            | "give"
            | "do"
            | "start"
            | "create"
            | "prepare"
            | "build"
            | "write"
            | "hi"
            | "hey"
            | "hello"
            | "can"
            | "you"
            | "u"
            | "could"
            | "ok"
            | "okay"
            | "so"
            | "also"
            | "just"
            | "that's"
            | "thats"
            | "this"
            | "is"
            | "need"
            | "want"
            | "wants"
            | "would"
            | "like"
            | "us"
            | "i"
            | "we"
            | "on"
            | "at"
            | "over"
            | "from"
            | "w"
            | "w/"
            | "fyi"
            | "yo"
            | "good"
            | "morning"
            | "afternoon"
            | "price"
            | "pricing"
            | "now"
            | "one"
            | "ones"
            | "other"
            | "there"
            | "4"
    )
}
