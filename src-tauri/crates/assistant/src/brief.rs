//! What an assistant is told.
//!
//! Owns the whole of what leaves the device with a message. Must not have a field for a cost, a margin, credit or
//! another customer: what has no field cannot be sent.

use serde::Serialize;

/// What an assistant is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The message, as it was written.
    pub message: String,
    /// The day it was written, `2026-11-23`.
    pub today: String,
    /// The name of the customer the draft is for, once said.
    pub customer: Option<String>,
    /// The school year the draft is for, once said: `2026-2027`.
    pub school_year: Option<String>,
    /// The draft's lines, in order.
    pub lines: Vec<Line>,
    /// Items of the catalogue that the message may mean.
    pub items: Vec<Candidate>,
}

/// A line of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The item's code.
    pub code: String,
    /// What it is.
    pub description: Option<String>,
    /// Cases, once said.
    pub cases: Option<u32>,
    /// The price of a case as quoted, in dollars, once there is one.
    pub price: Option<String>,
}

/// An item of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its code.
    pub code: String,
    /// What it is.
    pub description: String,
    /// Its case pack.
    pub pack: Option<String>,
}
