//! What a draft holds and asks, in the form labels are written in.
//!
//! Owns the comparison's form. Must not judge.

use std::collections::{BTreeMap, BTreeSet};

use desk::chat::Answer;
use domain::Money;
use serde_json::Value;

use super::Trouble;

/// The slots of a draft.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its id.
    pub customer: Option<String>,
    /// Such as `2026-2027`.
    pub year: Option<String>,
    /// By item code: cases and price rule, `x120 list`.
    pub lines: BTreeMap<String, String>,
    /// Whether a PDF is wanted.
    pub pdf: bool,
    /// The last day, where one was said.
    pub until: Option<String>,
    /// The remarks.
    pub notes: Vec<String>,
    /// By slot: what is offered.
    pub asks: BTreeMap<String, BTreeSet<String>>,
}

/// A price rule in one spelling.
pub fn rule(text: &str) -> String {
    match text.strip_prefix("given ").and_then(|amount| amount.parse::<Money>().ok()) {
        Some(amount) => format!("given {}", amount.as_price()),
        None => text.to_owned(),
    }
}

impl Said {
    /// What an answer shows.
    pub fn of(answer: &Answer) -> Result<Self, Trouble> {
        let shown = serde_json::to_value(answer)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let list = |name: &str| shown[name].as_array().cloned().unwrap_or_default();
        let mut of_line = BTreeMap::new();
        let mut lines = BTreeMap::new();
        for line in list("lines") {
            let (Some(id), Some(code)) = (text(&line["line_id"]), text(&line["item_code"])) else { continue };
            let cases = line["quantity"].as_u64().map_or("?".to_owned(), |cases| cases.to_string());
            let value = format!("x{cases} {}", rule(line["price"].as_str().unwrap_or_default()));
            // Two lines of one item are both told.
            lines
                .entry(code.clone())
                .and_modify(|known: &mut String| *known = format!("{known} + {value}"))
                .or_insert(value);
            of_line.insert(id, code);
        }
        let mut asks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for question in list("questions") {
            // That no list holds a price is found by pricing, not by reading the message.
            if question["slot"] == "list_price" {
                continue;
            }
            let offered = asks.entry(text(&question["slot"]).unwrap_or_default()).or_default();
            for change in question["choices"]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(|choice| choice["changes"].as_array().into_iter().flatten())
            {
                for field in ["customer_id", "item_code", "school_year"] {
                    offered.extend(text(&change[field]));
                }
                offered.extend(text(&change["line_id"]).and_then(|id| of_line.get(&id).cloned()));
            }
        }
        Ok(Said {
            customer: text(&shown["customer"]["id"]),
            year: text(&shown["school_year"]),
            lines,
            pdf: shown["include_pdf"].as_bool().unwrap_or_default(),
            until: text(&shown["valid_until"]),
            notes: list("notes").iter().filter_map(text).collect(),
            asks,
        })
    }
}
