//! What two people did differently, and a person must look at.
//!
//! Owns the list: drafts that hold two values for one thing, and decisions of this person that did not stand.
//! Must not settle either: setting a draft's value again does, and dismissing the alert.

use domain::{ActionId, Decision, DraftId};
use drafting::document::Conflict;
use serde::Serialize;
use serde_json::Value;
use store::outbox::OpRow;
use store::{Reader, actions, customers, drafts, logs, outbox};

use super::answers::{DECISION, action_of};
use super::overrule::OVERRULED;
use crate::Desk;
use crate::drafts::view_of;
use crate::error::DeskError;

/// Something two people did differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConflictShown {
    /// A draft holds several values for one thing.
    Draft {
        /// Which draft.
        draft_id: DraftId,
        /// For whom, once said.
        customer_name: Option<String>,
        /// What is set differently.
        conflicts: Vec<Conflict>,
    },
    /// A decision of this person's that does not stand.
    Decision {
        /// On which action.
        action_id: ActionId,
        /// What it was about.
        summary: String,
        /// Why the action was voided, if it was.
        void_reason: Option<String>,
        /// What this person decided, in words.
        yours: String,
        /// What stands, in words.
        theirs: String,
    },
}

impl Desk {
    /// Everything two people did differently.
    pub fn conflicts(&self) -> Result<Vec<ConflictShown>, DeskError> {
        self.store.read(|db| {
            let mut shown = Vec::new();
            for row in drafts::in_conflict(db)? {
                let view = view_of(&row)?;
                let customer = match &view.customer_id {
                    Some(id) => customers::get(db, id)?,
                    None => None,
                };
                shown.push(ConflictShown::Draft {
                    draft_id: row.id,
                    customer_name: customer.map(|customer| customer.name),
                    conflicts: view.conflicts,
                });
            }
            for (op, action_id) in self.overruled_here(db)? {
                shown.extend(overruled(db, &op, action_id)?);
            }
            Ok(shown)
        })
    }

    /// This person's decisions that did not stand and that nobody has seen to: their alert is open.
    pub(crate) fn overruled_here(&self, db: &Reader<'_>) -> Result<Vec<(OpRow, ActionId)>, DeskError> {
        let mut found = Vec::new();
        for op in outbox::given_up(db, DECISION, OVERRULED, &self.user)? {
            let Some(action) = action_of(&op) else { continue };
            // The central alerts of the operation, this device of the action.
            let alerts = [format!("{OVERRULED}.{}", op.op_id), format!("{action}.{OVERRULED}")];
            for alert in alerts {
                if logs::is_open_alert(db, &alert)? {
                    found.push((op, action));
                    break;
                }
            }
        }
        Ok(found)
    }
}

fn overruled(db: &Reader<'_>, op: &OpRow, action_id: ActionId) -> Result<Option<ConflictShown>, DeskError> {
    let Some(action) = actions::get(db, &action_id)? else { return Ok(None) };
    let payload: Value = op.payload.read()?;
    let record = payload.get("record").and_then(Value::as_str).unwrap_or_default();
    let decision: Decision = serde_json::from_str(record)?;
    let by = action.decided_by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
    let at = action.decided_at.as_deref().map(|at| format!(" at {at}")).unwrap_or_default();
    Ok(Some(ConflictShown::Decision {
        yours: format!(
            "{} at {}{}",
            decision.verdict,
            decision.decided_at,
            in_brackets(decision.note.as_deref())
        ),
        theirs: format!("{}{by}{at}{}", action.status, in_brackets(action.decision_note.as_deref())),
        action_id,
        summary: action.summary,
        void_reason: action.void_reason,
    }))
}

fn in_brackets(note: Option<&str>) -> String {
    note.map(|note| format!(" (“{note}”)")).unwrap_or_default()
}
