//! The changes a person can make to a draft.
//!
//! Owns what a change may hold. Must not say where it came from: the grid and the chat make the same ones.

use chrono::NaiveDate;
use domain::{CustomerId, ItemCode, LineId, Percent, SchoolYear};
use serde::{Deserialize, Serialize};

use crate::document::price_rule::PriceRule;

/// The most cases one line may have.
pub const QUANTITY_LIMIT: u32 = 99_999_999;

/// The longest remark, in characters.
pub const NOTE_LIMIT: usize = 1_000;

/// One change to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// Say for whom it is.
    SetCustomer {
        /// Whom.
        customer_id: CustomerId,
    },
    /// Leave open for whom it is.
    UnsetCustomer,
    /// Say for which school year it is.
    SetSchoolYear {
        /// Which.
        school_year: SchoolYear,
    },
    /// Leave open for which school year it is.
    UnsetSchoolYear,
    /// Say which price rule later lines follow when nothing else is said.
    SetDefaultPrice {
        /// The rule.
        price: PriceRule,
    },
    /// Add a line at the end.
    AddLine {
        /// Its key, new.
        line_id: LineId,
        /// Of what.
        item_code: ItemCode,
        /// Cases, 1 to 99,999,999; none while not yet said.
        quantity: Option<u32>,
        /// Its price rule.
        price: PriceRule,
    },
    /// Say how many cases.
    SetQuantity {
        /// Of which line.
        line_id: LineId,
        /// Cases, 1 to 99,999,999.
        quantity: u32,
    },
    /// Leave open how many cases.
    UnsetQuantity {
        /// Of which line.
        line_id: LineId,
    },
    /// Say which price rule the line follows.
    SetPrice {
        /// Which line.
        line_id: LineId,
        /// The rule.
        price: PriceRule,
    },
    /// Write or erase the line's remark, which the customer reads.
    SetNote {
        /// Which line.
        line_id: LineId,
        /// The remark, at most 1,000 characters; none erases it.
        note: Option<String>,
    },
    /// Put the line after another, or first.
    MoveLine {
        /// Which line.
        line_id: LineId,
        /// After which line; none puts it first.
        after: Option<LineId>,
    },
    /// Take the line off. It can be put back.
    RemoveLine {
        /// Which line.
        line_id: LineId,
    },
    /// Put a removed line back.
    RestoreLine {
        /// Which line.
        line_id: LineId,
    },
    /// Say whether a PDF is wanted.
    SetIncludePdf {
        /// Whether.
        include_pdf: bool,
    },
    /// Say until when the quote can be accepted; none means the usual days.
    SetValidUntil {
        /// The last day.
        valid_until: Option<NaiveDate>,
    },
    /// Add a remark the customer reads, at most 1,000 characters.
    AddNote {
        /// The remark.
        text: String,
    },
    /// Erase one remark of the quote: of equal ones the last.
    RemoveNote {
        /// The remark.
        text: String,
    },
    /// Erase all remarks of the quote.
    ClearNotes,
    /// Throw the draft away. Whatever anybody does to it without having seen that brings it back.
    Discard,
    /// Bring a draft back that was thrown away.
    Retrieve,
}

/// Why a change is refused whatever the draft holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// No cases, or too many.
    #[error("a quantity is 1 to 99,999,999 cases, not {0}")]
    Quantity(u32),
    /// A price typed as zero or less.
    #[error("a price must be more than zero, not {0}")]
    Price(String),
    /// A fall of the whole price or more.
    #[error("a price cannot fall by {0}%")]
    Fall(Percent),
    /// An empty remark.
    #[error("the note is empty")]
    EmptyNote,
    /// A remark too long to print.
    #[error("a note has at most 1,000 characters, not {0}")]
    LongNote(usize),
}

impl Change {
    /// Whether the change holds only what a change may hold.
    pub fn check(&self) -> Result<(), ChangeError> {
        match self {
            Change::AddLine { quantity, price, .. } => {
                quantity.map_or(Ok(()), check_quantity)?;
                check_price(price)
            }
            Change::SetQuantity { quantity, .. } => check_quantity(*quantity),
            Change::SetPrice { price, .. } | Change::SetDefaultPrice { price } => check_price(price),
            Change::SetNote { note: Some(text), .. } | Change::AddNote { text } => check_note(text),
            _ => Ok(()),
        }
    }
}

/// Whether it is a quantity: 1 to 99,999,999 cases.
pub(crate) fn check_quantity(quantity: u32) -> Result<(), ChangeError> {
    if (1..=QUANTITY_LIMIT).contains(&quantity) { Ok(()) } else { Err(ChangeError::Quantity(quantity)) }
}

/// Whether the rule can give a price above zero.
pub(crate) fn check_price(price: &PriceRule) -> Result<(), ChangeError> {
    match price {
        PriceRule::Given(amount) if !amount.is_positive() => Err(ChangeError::Price(amount.as_price())),
        PriceRule::Moved { by, .. } if *by <= Percent::whole(-100) => {
            Err(ChangeError::Fall(Percent::from_decimal(by.decimal().abs()).unwrap_or(*by)))
        }
        _ => Ok(()),
    }
}

fn check_note(text: &str) -> Result<(), ChangeError> {
    if text.trim().is_empty() {
        return Err(ChangeError::EmptyNote);
    }
    match text.chars().count() {
        length if length > NOTE_LIMIT => Err(ChangeError::LongNote(length)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Money;

    #[test]
    fn a_quantity_is_one_to_ninety_nine_million() {
        for (quantity, fits) in [(0, false), (1, true), (QUANTITY_LIMIT, true), (QUANTITY_LIMIT + 1, false)] {
            let change = Change::SetQuantity { line_id: "L1".parse().unwrap(), quantity };
            assert_eq!(change.check().is_ok(), fits, "{quantity}");
        }
    }

    #[test]
    fn a_price_is_more_than_nothing() {
        let price = |price| Change::SetDefaultPrice { price }.check();
        let moved = |by| PriceRule::Moved { by: Percent::whole(by), from: crate::document::Base::List };
        assert!(price(PriceRule::Given(Money::ZERO)).is_err());
        assert!(price(PriceRule::Given(Money::from_cents(-1).unwrap())).is_err());
        assert!(price(PriceRule::Given(Money::from_cents(1).unwrap())).is_ok());
        assert!(price(moved(-99)).is_ok());
        assert_eq!(price(moved(-100)).unwrap_err().to_string(), "a price cannot fall by 100%");
    }

    #[test]
    fn a_note_is_neither_empty_nor_endless() {
        let note = |text: &str| Change::AddNote { text: text.to_owned() }.check();
        assert!(note("deliver before 7am").is_ok());
        assert_eq!(note("  "), Err(ChangeError::EmptyNote));
        assert_eq!(note(&"é".repeat(1_001)), Err(ChangeError::LongNote(1_001)));
    }

    #[test]
    fn a_change_reads_back_from_its_json() {
        let change = Change::AddLine {
            line_id: "01J00000000000000000000001".parse().unwrap(),
            item_code: "10412".parse().unwrap(),
            quantity: Some(120),
            price: PriceRule::LastYear,
        };
        let json = serde_json::to_string(&change).unwrap();
        assert!(json.contains(r#""change":"add_line""#) && json.contains(r#""price":"last_year""#), "{json}");
        assert_eq!(serde_json::from_str::<Change>(&json).unwrap(), change);
        assert_eq!(
            serde_json::from_str::<Change>(r#"{"change":"clear_notes"}"#).unwrap(),
            Change::ClearNotes
        );
    }
}
