//! What is asked back, and what each answer would do.
//!
//! Owns the shape of a question; it is stored between messages. Each choice carries the changes it stands
//! for, so an answer given tomorrow, or with a click, does what was shown today.

use domain::{IdSource, LineId};
use serde::{Deserialize, Serialize};

use crate::document::{Change, PriceRule};

/// The most choices a question offers.
pub const CHOICE_LIMIT: usize = 5;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// For whom the quote is.
    Customer,
    /// For which school year.
    SchoolYear,
    /// Which item is meant.
    Item,
    /// Which line is meant.
    Line,
    /// How many cases.
    Quantity,
    /// Which price.
    Price,
    /// Which price, since no list holds one.
    ListPrice,
}

/// A question to the rep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What it is about.
    pub slot: Slot,
    /// The question in words.
    pub prompt: String,
    /// What can be picked, at most five; none when the answer is typed. “None of these” is always possible.
    pub choices: Vec<Choice>,
    /// The words it asks about, where picking a choice says what they mean from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub asked: Option<String>,
    /// The count that was said with words that name nothing: it is of whatever is named for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub count: Option<u32>,
    /// The lines a quantity is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineId>,
    /// What was asked for and waits for the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferred: Vec<Deferred>,
}

impl Question {
    /// The same, its choices adding lines under keys of their own: a line whose adding was taken back keeps its key, and
    /// the answer can be given again.
    pub fn renewed(mut self, ids: &dyn IdSource) -> Self {
        for choice in &mut self.choices {
            let added: Vec<LineId> = choice
                .changes
                .iter()
                .filter_map(|change| match change {
                    Change::AddLine { line_id, .. } => Some(line_id.clone()),
                    _ => None,
                })
                .collect();
            for known in added {
                let Ok(new) = ids.ulid().parse::<LineId>() else { continue };
                for line_id in choice.changes.iter_mut().filter_map(line_of) {
                    if *line_id == known {
                        *line_id = new.clone();
                    }
                }
            }
        }
        self
    }
}

/// The line a change is of.
fn line_of(change: &mut Change) -> Option<&mut LineId> {
    match change {
        Change::AddLine { line_id, .. }
        | Change::SetQuantity { line_id, .. }
        | Change::UnsetQuantity { line_id }
        | Change::SetPrice { line_id, .. }
        | Change::SetNote { line_id, .. }
        | Change::MoveLine { line_id, .. }
        | Change::RemoveLine { line_id }
        | Change::RestoreLine { line_id } => Some(line_id),
        _ => None,
    }
}

/// One thing that can be picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its number, counted through all open questions so that a number alone is an answer.
    pub number: u32,
    /// What it is.
    pub label: String,
    /// What tells it from the others: city and state, code and pack, dates.
    pub detail: String,
    /// Further words that pick it.
    pub words: Vec<String>,
    /// What picking it does.
    pub changes: Vec<Change>,
}

/// Something that cannot be done before the question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deferred {
    /// Add what the customer usually buys.
    Usual {
        /// Only of this category, as the rep called it.
        category: Option<String>,
        /// At this price rule.
        price: PriceRule,
        /// As the rep said it.
        said: String,
    },
}
