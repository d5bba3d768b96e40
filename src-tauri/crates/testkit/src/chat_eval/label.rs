//! Labelled conversations.
//!
//! Owns their form, which `tests/chat/README.md` explains, and the state of a draft that a label says. Must not
//! know how the app comes to its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::EvalError;

/// One conversation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// Its name.
    pub id: String,
    /// The day it is held.
    pub today: NaiveDate,
    /// What the draft holds before it.
    pub begun: Option<Begun>,
    /// What is said, in order.
    pub turns: Vec<Turn>,
}

/// What a draft holds already.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// For whom.
    pub customer: Option<String>,
    /// For which school year.
    pub year: Option<String>,
    /// Its lines.
    #[serde(default)]
    pub lines: Vec<String>,
}

/// One message, and the whole draft as it must be after it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The message.
    pub say: String,
    /// For whom.
    pub customer: Option<String>,
    /// For which school year.
    pub year: Option<String>,
    /// The lines.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Whether a PDF is wanted.
    #[serde(default)]
    pub pdf: bool,
    /// Until when it can be accepted.
    pub until: Option<NaiveDate>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Questions that must be open, with what must be among their choices.
    #[serde(default)]
    pub asks: BTreeMap<String, BTreeSet<String>>,
}

/// A draft as it is compared: its slots, and what is asked, by slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// What is in each slot that is filled; lines are under `line ITEM`.
    pub slots: BTreeMap<String, String>,
    /// What each open question offers or is about.
    pub asks: BTreeMap<String, BTreeSet<String>>,
}

impl State {
    /// Put something into a slot, unless there is nothing.
    pub fn put(&mut self, slot: &str, value: Option<String>) {
        if let Some(value) = value {
            self.slots.insert(slot.to_owned(), value);
        }
    }

    /// Put a line in; the second of an item has a slot of its own.
    pub fn line(&mut self, item: &str, cases: &str, price: &str) {
        let item = item.to_uppercase();
        let mut slot = format!("line {item}");
        while self.slots.contains_key(&slot) {
            slot.push('+');
        }
        self.slots.insert(slot, format!("x{cases} {}", plain(price)));
    }
}

/// A price with its numbers in one form: `given 41.750` is `given 41.75`.
fn plain(price: &str) -> String {
    let part = |word: &str| {
        let (sign, rest) = word.split_at(usize::from(word.starts_with('+')));
        let (number, percent) = rest.strip_suffix('%').map_or((rest, ""), |number| (number, "%"));
        match number.parse::<Decimal>() {
            Ok(number) => format!("{sign}{}{percent}", number.normalize()),
            Err(_) => word.to_owned(),
        }
    };
    price.split_whitespace().map(part).collect::<Vec<_>>().join(" ")
}

fn put_lines(state: &mut State, lines: &[String]) {
    for line in lines {
        let mut words = line.splitn(3, ' ');
        let (item, cases) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        state.line(item, cases.trim_start_matches('x'), words.next().unwrap_or("list"));
    }
}

impl Begun {
    /// The state it is.
    pub fn state(&self) -> State {
        let mut state = State::default();
        state.put("customer", self.customer.clone());
        state.put("year", self.year.clone());
        put_lines(&mut state, &self.lines);
        state
    }
}

impl Turn {
    /// The state that is right after it.
    pub fn state(&self) -> State {
        let mut state = State::default();
        state.put("customer", self.customer.clone());
        state.put("year", self.year.clone());
        put_lines(&mut state, &self.lines);
        state.put("pdf", self.pdf.then(|| "wanted".to_owned()));
        state.put("until", self.until.map(|day| day.to_string()));
        state.put("notes", (!self.notes.is_empty()).then(|| self.notes.join("\n")));
        let upper = |texts: &BTreeSet<String>| texts.iter().map(|text| text.to_uppercase()).collect();
        state.asks = self.asks.iter().map(|(slot, texts)| (slot.clone(), upper(texts))).collect();
        state
    }
}

/// The conversations of a file.
///
/// # Errors
/// For a file that cannot be read, or a line that is not of the form.
pub fn read(file: &Path) -> Result<Vec<Labelled>, EvalError> {
    let text =
        std::fs::read_to_string(file).map_err(|error| EvalError::File(file.display().to_string(), error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(place, line)| {
            serde_json::from_str(line)
                .map_err(|error| EvalError::Line(file.display().to_string(), place + 1, error.to_string()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn one_price_has_one_form() {
        assert_eq!(plain("given 41.7500"), plain("given 41.75"));
        assert_eq!(plain("last_year +3.0%"), "last_year +3%");
        assert_eq!(plain("list -2.5%"), "list -2.5%");
    }
}
