//! What kind of fault a wrong slot is: counted for every part, since it tells nothing of the words.
//!
//! Owns the kinds. Must not judge: only what is wrong already has a kind.

use super::label::State;

/// The kind of a slot that is wrong; `name` is the slot's.
pub fn of(name: &str, meant: &State, was: &State, is: &State) -> &'static str {
    let (wanted, came) = (meant.slots.get(name), is.slots.get(name));
    let Some(item) = name.strip_prefix("line ").map(|item| item.trim_end_matches('+')) else {
        return match name {
            "customer" if came.is_none() => "customer: not set",
            "customer" => "customer: another",
            "year" if came.is_none() => "year: not set",
            "year" => "year: another",
            _ => "pdf, validity or notes",
        };
    };
    let is_new = |state: &State, line: &String| {
        line.starts_with("line ") && !was.slots.contains_key(line) && state.slots.contains_key(line)
    };
    match (wanted, came) {
        (None, None) => "line: none",
        (None, Some(_)) if was.slots.contains_key(name) => "line: is to go, and stays",
        (None, Some(_)) => "line: nobody wants it",
        (Some(_), None) if was.slots.contains_key(name) => "line: is to stay, and goes",
        (Some(_), None) if is.asks.get("item").is_some_and(|about| about.contains(item)) => {
            "line: asked which, and offered"
        }
        (Some(_), None) if is.asks.contains_key("item") => "line: asked which, and not offered",
        (Some(_), None) if is.slots.keys().any(|line| is_new(is, line) && !is_new(meant, line)) => {
            "line: another in its place"
        }
        (Some(_), None) => "line: passed over",
        (Some(wanted), Some(came)) => {
            let part = |text: &String| {
                text.split_once(' ').map(|(count, price)| (count.to_owned(), price.to_owned()))
            };
            match (part(wanted), part(came)) {
                (Some((count, _)), Some((other, _))) if count != other && other == "x?" => "line: no count",
                (Some((count, _)), Some((other, _))) if count != other => "line: another count",
                _ => "line: another price",
            }
        }
    }
}
