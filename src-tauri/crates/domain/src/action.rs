//! Proposed actions: what waits for a person's yes or no.
//!
//! Owns the states of an action and the record of a decision. Must not decide: people do.

use serde::{Deserialize, Serialize};

use crate::canonical::Sha256;
use crate::ids::ActionId;
use crate::vocabulary;

/// A submitted draft: its approval starts a run of the contract it triggers.
pub const QUOTE_DRAFT: &str = "quote_draft";

/// The drafted email: its approval sends it.
pub const SEND_QUOTE_TO_CUSTOMER: &str = "send_quote_to_customer";

vocabulary! {
    /// Where an action stands. Only a pending one can be decided, and only once.
    pub enum ActionStatus: "an action status" {
        /// Waiting for a person.
        Pending = "pending",
        /// A person said yes to exactly what was shown.
        Approved = "approved",
        /// A person said no, with a reason.
        Rejected = "rejected",
        /// Nobody decided in time. Never counts as a yes.
        Expired = "expired",
        /// What was shown changed, so no decision on it would mean anything.
        Voided = "voided",
    }
}

/// What a person decided, as signed and chained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Decision {
    /// On which action.
    pub action_id: ActionId,
    /// `approved` or `rejected`.
    pub verdict: ActionStatus,
    /// The hash of exactly what was shown.
    pub payload_hash: Sha256,
    /// Who drafted it.
    pub drafted_by: String,
    /// Who decided.
    pub decided_by: String,
    /// When, RFC 3339.
    pub decided_at: String,
    /// The reason of a rejection, or a note.
    pub note: Option<String>,
}

impl Decision {
    /// Whether one person drafted and decided: the policy allows it, and it is shown as such.
    pub fn is_self_decided(&self) -> bool {
        self.drafted_by == self.decided_by
    }
}
