//! What the central's answer to an operation means here.
//!
//! Owns that an answer and everything that follows from it are one transaction. Must not send.

use domain::{ActionId, ActionStatus, OpId};
use serde_json::Value;
use store::actions::Ruling;
use store::outbox::OpRow;
use store::{WriteTx, actions, logs, outbox, refetch};
use sync::device::Verdict;
use sync::wire::{OpAnswer, Standing};

use crate::Desk;
use crate::error::DeskError;
use crate::outcome::QUOTE_OUTCOME;

/// Operations about an action's fate, whose conflict means that somebody else was first.
pub(super) const DECISION: &str = "decision";
pub(super) const STAGED: &str = "action";
const VOIDED: &str = "action_void";
const EXPIRED: &str = "action_expire";

impl Desk {
    /// Take an answer in. One that comes a second time, after the operation was settled, changes nothing.
    pub(super) fn take_answer(
        &self,
        tx: &WriteTx<'_>,
        id: &OpId,
        verdict: &Verdict,
    ) -> Result<(), DeskError> {
        let now = self.now();
        match verdict {
            Verdict::Acknowledged(answer) => {
                let result = answer.result.as_ref().unwrap_or(&Value::Null);
                outbox::acknowledge(tx, id, &result.to_string(), &now)?;
            }
            Verdict::Attempted { code, message } => {
                outbox::count_attempt(tx, id, code, message, &now)?;
            }
            Verdict::Parked(refusal) => {
                let message = format!("{}. {}", refusal.message.trim_end_matches('.'), refusal.hint);
                if outbox::park(tx, id, &refusal.code, message.trim_end(), &now)? {
                    tracing::warn!(op_id = %id, code = %refusal.code, "an operation was set aside");
                }
            }
            Verdict::Conflict(answer) => self.take_conflict(tx, id, answer)?,
        }
        Ok(())
    }

    /// Somebody else was first.
    fn take_conflict(&self, tx: &WriteTx<'_>, id: &OpId, answer: &OpAnswer) -> Result<(), DeskError> {
        let Some(op) = outbox::get(tx, id)? else { return Ok(()) };
        let now = self.now();
        let standing = answer
            .result
            .as_ref()
            .and_then(|result| serde_json::from_value::<Standing>(result.get("standing")?.clone()).ok());
        let action = action_of(&op);
        match (op.kind.as_str(), action, standing) {
            (DECISION | STAGED, Some(action), Some(standing)) => self.overrule(tx, &action, &standing),
            (VOIDED | EXPIRED, Some(action), Some(standing)) => self.too_late(tx, &op, &action, &standing),
            (QUOTE_OUTCOME, ..) => self.outcome_overtaken(tx, &op, answer),
            _ => {
                // Nothing here knows how to reconcile it: a person looks.
                let code = answer.code.as_deref().unwrap_or("conflict");
                let message = answer.message.as_deref().unwrap_or("the central holds something else");
                outbox::park(tx, id, code, message, &now)?;
                Ok(())
            }
        }
    }

    /// A withdrawal or an expiry that came after somebody had decided: the decision stands.
    fn too_late(
        &self,
        tx: &WriteTx<'_>,
        op: &OpRow,
        action: &ActionId,
        standing: &Standing,
    ) -> Result<(), DeskError> {
        let now = self.now();
        let status: ActionStatus =
            standing.status.parse().map_err(|error| DeskError::bad_input(error, ""))?;
        outbox::overrule(tx, &op.op_id, "too_late", &in_words(standing), &now)?;
        rule(tx, action, status, standing, &now)?;
        if matches!(status, ActionStatus::Approved | ActionStatus::Rejected) {
            let summary = actions::get(tx, action)?.map(|action| action.summary).unwrap_or_default();
            let message = format!(
                "“{summary}”: {} before this device's change reached the central. What was decided on stands, and later changes are not part of it",
                in_words(standing)
            );
            logs::insert_alert(tx, &format!("{action}.too_late"), None, None, &message, &now)?;
        }
        Ok(())
    }

    /// Throw an operation away for good, and have the rows it announced corrected.
    pub(crate) fn give_up_op(
        &self,
        tx: &WriteTx<'_>,
        op: &OpId,
        code: &str,
        why: &str,
    ) -> Result<(), DeskError> {
        let now = self.now();
        if outbox::overrule(tx, op, code, why, &now)? {
            for row in outbox::touched(tx, op)? {
                refetch::add(tx, &row, &now)?;
            }
        }
        Ok(())
    }
}

/// Put the central's word about an action in the place of this device's.
pub(super) fn rule(
    tx: &WriteTx<'_>,
    action: &ActionId,
    status: ActionStatus,
    standing: &Standing,
    now: &str,
) -> Result<(), DeskError> {
    let ruling = Ruling {
        status,
        by: standing.decided_by.as_deref(),
        at: standing.decided_at.as_deref(),
        note: standing.decision_note.as_deref(),
        void_reason: standing.void_reason.as_deref(),
    };
    Ok(actions::rule(tx, action, &ruling, now)?)
}

/// What stands, in a few words.
pub(super) fn in_words(standing: &Standing) -> String {
    let by = standing.decided_by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
    let at = standing.decided_at.as_deref().map(|at| format!(" at {at}")).unwrap_or_default();
    let why = standing.decision_note.as_deref().or(standing.void_reason.as_deref());
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    format!("it was {}{by}{at}{why}", standing.status)
}

/// The action an operation is about.
pub(super) fn action_of(op: &OpRow) -> Option<ActionId> {
    op.aggregate.strip_prefix("action:")?.parse().ok()
}
