//! What is recognised in a message by its form alone.
//!
//! Owns the pieces and the order in which the recognisers are tried; each recogniser is a module that looks
//! at a bounded window, so reading is linear. Must not look anything up.

mod header;
mod price;
mod quantity;
mod usual;
mod validity;
mod verb;
mod year;

use chrono::NaiveDate;

pub use header::NoteSaid;
pub use price::{PriceMeant, PriceSaid};
pub use quantity::{CountSaid, is_measure, whole_cases};
pub use usual::UsualSaid;
pub use validity::{ValiditySaid, month};
pub use verb::Verb;
pub use year::{WRITTEN_OUT, YearSaid};

use crate::chat::token::{Token, word};

/// Something recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A verb.
    Verb(Verb),
    /// “Not”, “don't”.
    Not,
    /// “No,”, “actually”, “sorry”: what follows corrects.
    Correction,
    /// A count beside its unit.
    Quantity(CountSaid),
    /// A price or a move of one.
    Price(PriceSaid),
    /// A school year.
    Year(YearSaid),
    /// With or without PDF.
    Pdf(bool),
    /// Until when it can be accepted.
    Validity(ValiditySaid),
    /// A remark.
    Note(NoteSaid),
    /// What the customer usually buys.
    Usual(UsualSaid),
    /// A program of donated food.
    Program,
    /// “For”, before a customer.
    For,
    /// A comma, “and”, “plus”.
    Join,
    /// The end of a sentence or a line.
    Stop,
    /// A word the grammar leaves to the resolver.
    Word,
}

/// Something recognised, and the tokens it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What.
    pub what: What,
    /// Its first token.
    pub from: usize,
    /// One past its last token.
    pub to: usize,
}

/// Read the tokens into pieces, left to right, first recogniser first.
pub fn read(tokens: &[Token], today: NaiveDate) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (what, length) = one(tokens, at, today);
        pieces.push(Piece { what, from: at, to: at + length });
        at += length;
    }
    pieces
}

fn one(tokens: &[Token], at: usize, today: NaiveDate) -> (What, usize) {
    let said = |what: fn(_) -> What| move |(value, length)| (what(value), length);
    header::note(tokens, at)
        .map(said(What::Note))
        .or_else(|| header::pdf(tokens, at).map(|(value, length)| (What::Pdf(value), length)))
        .or_else(|| validity::read(tokens, at, today).map(|(value, length)| (What::Validity(value), length)))
        .or_else(|| usual::read(tokens, at).map(|(value, length)| (What::Usual(value), length)))
        .or_else(|| price::read(tokens, at).map(|(value, length)| (What::Price(value), length)))
        .or_else(|| year::read(tokens, at, today).map(|(value, length)| (What::Year(value), length)))
        .or_else(|| quantity::read(tokens, at).map(|(value, length)| (What::Quantity(value), length)))
        .or_else(|| header::program(tokens, at).map(|length| (What::Program, length)))
        .or_else(|| verb::read(tokens, at))
        .unwrap_or_else(|| (mark(tokens, at), 1))
}

fn mark(tokens: &[Token], at: usize) -> What {
    match word(tokens, at) {
        "," | "and" | "but" | "plus" | "&" | "+" | "n" | "'n" => What::Join,
        "." | ";" | "\n" | "!" | "?" => What::Stop,
        "for" | "fr" => What::For,
        _ => What::Word,
    }
}
