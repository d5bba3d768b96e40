//! Labelled conversations, one a line.
//!
//! Owns their form, which `tests/chat/README.md` describes. Must not guess what is not written.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use super::Trouble;
use super::said::{Said, rule};

/// A conversation and what must come of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// Its name.
    pub id: String,
    /// The day it is held.
    pub today: NaiveDate,
    /// What the draft holds before the first message.
    pub begun: Option<Begun>,
    /// The messages.
    pub turns: Vec<Turn>,
}

/// What a draft holds at first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// Its customer's id.
    pub customer: String,
    /// Its school year.
    pub year: String,
}

/// A message and what must come of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The message.
    pub say: String,
    customer: Option<String>,
    year: Option<String>,
    #[serde(default)]
    lines: Vec<String>,
    #[serde(default)]
    pdf: bool,
    until: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    asks: BTreeMap<String, Vec<String>>,
}

impl Begun {
    /// A message that says it by id and year, with nothing to be asked.
    pub fn message(&self) -> String {
        format!("quote {} for {}", self.customer, self.year)
    }
}

impl Turn {
    /// The slots it must lead to.
    pub fn expected(&self) -> Said {
        let line = |text: &String| {
            let (code, value) = text.split_once(' ').unwrap_or((text, ""));
            let (cases, price) = value.split_once(' ').unwrap_or((value, "list"));
            (code.to_owned(), format!("{cases} {}", rule(price)))
        };
        Said {
            customer: self.customer.clone(),
            year: self.year.clone(),
            lines: self.lines.iter().map(line).collect(),
            pdf: self.pdf,
            until: self.until.clone(),
            notes: self.notes.clone(),
            asks: self
                .asks
                .iter()
                .map(|(slot, offers)| (slot.clone(), offers.iter().cloned().collect()))
                .collect(),
        }
    }
}

/// The conversations of a file.
///
/// # Errors
/// With the line that cannot be read.
pub fn read(file: &Path) -> Result<Vec<Conversation>, Trouble> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| format!("{}:{}: {error}", file.display(), number + 1).into())
        })
        .collect()
}
