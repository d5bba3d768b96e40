//! What came of a message.
//!
//! Owns the answer's shape. Must not hold anything the rep cannot be shown.

use domain::{CustomerId, ItemCode, LineId};
use serde::{Deserialize, Serialize};

use crate::chat::catalogue::LookupError;
use crate::chat::inquiry::Inquiry;
use crate::chat::question::{Choice, Question};
use crate::document::Change;

/// The longest message, in characters.
pub const MESSAGE_LIMIT: usize = 4_000;

/// The most alternatives one understanding names.
pub const ALTERNATIVE_LIMIT: usize = 4;

/// What came of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Understanding {
    /// The changes to make to the draft, all together.
    pub changes: Vec<Change>,
    /// What was understood, to be read back.
    pub understood: Vec<Understood>,
    /// Every question open after this message: those it raises and those still unanswered.
    pub questions: Vec<Question>,
    /// What the rep asks of the draft, to be answered from its figures.
    #[serde(default)]
    pub inquiry: Option<Inquiry>,
    /// The line that is spoken of at its end: what “it” means in the next message.
    #[serde(default)]
    pub spoken_of: Option<LineId>,
    /// The lines this message added, when they are several: what “those” means in the next message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<LineId>>", optional)]
    pub together: Vec<LineId>,
    /// What else there is to say: what was refused and what was not understood.
    pub answers: Vec<String>,
    /// Whether words of it were not understood.
    #[serde(default)]
    pub unread: bool,
    /// What a person picked for words that were asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Chosen>,
}

/// Words, and what a person picked for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Chosen {
    /// The words, as they were asked about.
    pub words: String,
    /// What they are to mean.
    pub meant: Meaning,
}

/// What words can be chosen to mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", content = "key", rename_all = "snake_case")]
pub enum Meaning {
    /// A customer.
    Customer(CustomerId),
    /// An item.
    Item(ItemCode),
}

/// One thing that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Understood {
    /// The rep's words.
    pub said: String,
    /// What they were taken for.
    pub meant: String,
    /// Why.
    pub why: String,
    /// What else was close, at most [`ALTERNATIVE_LIMIT`], best first: each holds the changes that put it in the
    /// place of what was taken. None is numbered, since none is asked.
    #[serde(default)]
    pub alternatives: Vec<Choice>,
}

impl Understood {
    /// What nothing else came close to.
    pub fn plain(said: impl Into<String>, meant: impl Into<String>, why: impl Into<String>) -> Self {
        Understood { said: said.into(), meant: meant.into(), why: why.into(), alternatives: Vec::new() }
    }
}

/// Why a message could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// It is too long.
    #[error("the message has {0} characters; the most is 4,000, so send it in parts")]
    TooLong(usize),
    /// The catalogue could not be read.
    #[error(transparent)]
    Lookup(#[from] LookupError),
}
