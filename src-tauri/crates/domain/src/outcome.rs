//! What a customer says to a quote: yes, or no and why.
//!
//! Owns the words and when either can be written down. Must not know who writes it down.

use chrono::NaiveDate;

use crate::lifecycle::Lifecycle;
use crate::vocabulary;

vocabulary! {
    /// What the customer said.
    pub enum Outcome: "an outcome" {
        /// Yes.
        Accepted = "accepted",
        /// No.
        Declined = "declined",
    }
}

vocabulary! {
    /// Why a customer said no.
    pub enum DeclineReason: "a reason" {
        /// It was too dear.
        Price = "price",
        /// Somebody else got the business.
        Competitor = "competitor",
        /// The programs it was quoted under are not theirs any more.
        ProgramChange = "program_change",
        /// They do not need it.
        NotNeeded = "not_needed",
        /// Something else.
        Other = "other",
    }
}

/// Why an outcome cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeError {
    /// Where the quote stands, nobody can have said anything to it, or it has been said.
    #[error("a quote that is {0} is not answered any more, or not yet")]
    NotOpen(Lifecycle),
    /// The last day it could be accepted is over. A no can still be written down.
    #[error("it could be accepted until {0}, which is over")]
    Over(NaiveDate),
}

impl Outcome {
    /// Where the quote stands with it.
    pub const fn lifecycle(self) -> Lifecycle {
        match self {
            Outcome::Accepted => Lifecycle::Accepted,
            Outcome::Declined => Lifecycle::Declined,
        }
    }

    /// Whether it can be written down of a quote that stands there, on a day. A yes counts until the quote's
    /// last day; a no on any.
    pub fn fits(self, at: Lifecycle, valid_until: NaiveDate, today: NaiveDate) -> Result<(), OutcomeError> {
        at.to(self.lifecycle()).map_err(|_| OutcomeError::NotOpen(at))?;
        if self == Outcome::Accepted && today > valid_until {
            return Err(OutcomeError::Over(valid_until));
        }
        Ok(())
    }
}
