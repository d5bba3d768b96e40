//! Approving many at once.
//!
//! Owns that each is decided by itself, on exactly what was shown of it, and that what carries a worry is not
//! among them. Must not stop at one that cannot be approved: it says why, and the others go on.

use domain::{ActionId, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow::runner::RunStatus;

use super::{Decided, action_row};
use crate::Desk;
use crate::error::{Code, DeskError};

/// An action, and what a person saw of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ShownAction {
    /// Which.
    pub action_id: ActionId,
    /// The hash of what it showed.
    pub payload_hash: Sha256,
}

/// What came of one of many.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BulkResult {
    /// Which.
    pub action_id: ActionId,
    /// Whether it was approved.
    pub ok: bool,
    /// Where the run stands that it set going or released.
    pub run_status: Option<RunStatus>,
    /// The next action a person must decide, if the run staged one.
    pub next_action: Option<ActionId>,
    /// Why it was not approved.
    pub error: Option<Refusal>,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Refusal {
    /// The stable word.
    pub code: Code,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Desk {
    /// Approve each of these that shows what was seen of it and carries no worry. A result for each, in order.
    pub fn approve_many(&self, seen: &[ShownAction]) -> Vec<BulkResult> {
        let one = |seen: &ShownAction| match self.approve_unflagged(seen) {
            Ok(decided) => BulkResult {
                action_id: seen.action_id.clone(),
                ok: true,
                run_status: decided.run_status,
                next_action: decided.next_action,
                error: None,
            },
            Err(error) => BulkResult {
                action_id: seen.action_id.clone(),
                ok: false,
                run_status: None,
                next_action: None,
                error: Some(Refusal { code: error.code, message: error.message, hint: error.hint }),
            },
        };
        seen.iter().map(one).collect()
    }

    fn approve_unflagged(&self, seen: &ShownAction) -> Result<Decided, DeskError> {
        let action = self.store.read(|db| action_row(db, &seen.action_id))?;
        let payload: Value = action.payload.read()?;
        let flags = payload.get("flags").and_then(Value::as_array).map_or(0, Vec::len);
        if flags > 0 {
            let what = if flags == 1 { "a worry" } else { "worries" };
            return Err(DeskError::new(
                Code::NotAllowed,
                format!("“{}” carries {what}", action.summary),
                "Look at it and decide on it by itself.",
            ));
        }
        self.approve_shown(&seen.action_id, seen.payload_hash, None)
    }
}
