//! A quote's life, with only legal moves.
//!
//! Owns the states and the moves between them. Must not know who makes a move or what it causes.

use crate::vocabulary;

vocabulary! {
    /// Where a quote stands.
    pub enum Lifecycle: "a quote status" {
        /// Being written.
        Draft = "draft",
        /// Submitted, waiting for a decision.
        Proposed = "proposed",
        /// Approved; not yet with the customer.
        Approved = "approved",
        /// With the customer.
        Sent = "sent",
        /// The customer said yes. Nothing about it changes any more.
        Accepted = "accepted",
        /// The customer said no.
        Declined = "declined",
        /// Its validity ended unanswered.
        Expired = "expired",
        /// A revision took its place.
        Superseded = "superseded",
        /// Withdrawn by us.
        Cancelled = "cancelled",
    }
}

/// A quote cannot go from the one state to the other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a quote that is {from} cannot become {to}")]
pub struct IllegalMove {
    /// Where it stands.
    pub from: Lifecycle,
    /// Where it was asked to go.
    pub to: Lifecycle,
}

impl Lifecycle {
    /// The states it may move to.
    pub const fn next(self) -> &'static [Lifecycle] {
        use Lifecycle::*;
        match self {
            Draft => &[Proposed, Cancelled],
            Proposed => &[Draft, Approved, Expired, Cancelled],
            // A customer may have heard of it before the email went: by telephone, in a meeting.
            Approved => &[Sent, Accepted, Declined, Expired, Superseded, Cancelled],
            Sent => &[Accepted, Declined, Expired, Superseded, Cancelled],
            Declined | Expired => &[Superseded],
            Accepted | Superseded | Cancelled => &[],
        }
    }

    /// The move, or why it is not legal.
    pub fn to(self, to: Lifecycle) -> Result<Lifecycle, IllegalMove> {
        if self.next().contains(&to) { Ok(to) } else { Err(IllegalMove { from: self, to }) }
    }

    /// Whether the quote still counts against the customer's credit: it may yet become an order.
    pub const fn is_open(self) -> bool {
        use Lifecycle::*;
        matches!(self, Draft | Proposed | Approved | Sent)
    }
}
