//! One operation of the queue, with what a person can do about it.
//!
//! Owns the words of guidance, one for each reason the central gives. Must not act: retrying and throwing away
//! are [`Desk::sync_retry`] and [`Desk::sync_discard`].

use domain::{ActionId, DraftId, OpId, QuoteId};
use serde::Serialize;
use serde_json::Value;
use store::outbox::{OpRow, OpState};
use store::{Reader, actions, outbox, runs};

use super::status::{QueuedOp, queued};
use crate::Desk;
use crate::error::DeskError;

/// An operation with what can be done about it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OpDetail {
    /// The operation.
    pub op: QueuedOp,
    /// The operation that must be with the central first.
    pub after: Option<OpId>,
    /// What is sent.
    pub payload: Value,
    /// The quote it is about.
    pub quote_id: Option<QuoteId>,
    /// The draft it is about.
    pub draft_id: Option<DraftId>,
    /// The action it is about.
    pub action_id: Option<ActionId>,
    /// What a person can do.
    pub guidance: String,
    /// Whether trying again can help, once what the guidance says is done.
    pub retry_helps: bool,
}

/// Operations looked through for what one waits behind.
const LOOKED_THROUGH: usize = 10_000;

impl Desk {
    /// One operation of the queue.
    pub fn sync_operation(&self, id: &OpId) -> Result<OpDetail, DeskError> {
        self.store.read(|db| {
            let op = outbox::get(db, id)?.ok_or_else(|| {
                DeskError::not_found("operation", id, "`fieldquote sync status` lists what waits.")
            })?;
            let payload: Value = op.payload.read()?;
            let about = About::of(db, &op, &payload)?;
            let (guidance, retry_helps) = guidance(db, &op)?;
            Ok(OpDetail {
                after: op.after.clone(),
                op: queued(op),
                payload,
                quote_id: about.quote,
                draft_id: about.draft,
                action_id: about.action,
                guidance,
                retry_helps,
            })
        })
    }
}

/// What an operation is about.
#[derive(Default)]
struct About {
    quote: Option<QuoteId>,
    draft: Option<DraftId>,
    action: Option<ActionId>,
}

impl About {
    fn of(db: &Reader<'_>, op: &OpRow, payload: &Value) -> Result<Self, DeskError> {
        let named = |field: &str| payload.get(field).and_then(Value::as_str);
        let aggregate = |kind: &str| op.aggregate.strip_prefix(kind);
        let mut about = About {
            quote: aggregate("quote:").or(named("quote_id")).and_then(|id| id.parse().ok()),
            draft: aggregate("draft:").or(named("draft_id")).and_then(|id| id.parse().ok()),
            action: aggregate("action:").or(named("action_id")).and_then(|id| id.parse().ok()),
        };
        let action = about.action.as_ref().map(|id| actions::get(db, id)).transpose()?.flatten();
        if let Some(action) = action {
            about.quote = about.quote.or(action.quote_id);
            about.draft = about.draft.or(action.draft_id);
        }
        if let (None, Some(run)) = (&about.quote, &op.run_id) {
            about.quote = runs::get(db, run)?.and_then(|run| run.quote_id);
        }
        Ok(about)
    }
}

/// What a person can do about an operation, and whether trying again can help.
fn guidance(db: &Reader<'_>, op: &OpRow) -> Result<(String, bool), DeskError> {
    Ok(match op.state {
        OpState::Parked => {
            let (words, retry_helps) = about_code(op.error_code.as_deref().unwrap_or_default());
            (words.to_owned(), retry_helps)
        }
        OpState::Waiting => {
            let blocked = outbox::blocked(db, LOOKED_THROUGH)?;
            let words = match blocked.into_iter().find(|blocked| blocked.op_id == op.op_id) {
                Some(blocked) if blocked.state == OpState::Parked => {
                    format!("It waits behind {}, which was set aside: see to that one first.", blocked.behind)
                }
                Some(blocked) => {
                    format!(
                        "It could only go after {}, which was thrown away. It will never go.",
                        blocked.behind
                    )
                }
                None => "It goes by itself as soon as there is a connection. Nothing is lost.".to_owned(),
            };
            (words, false)
        }
        OpState::Acknowledged => ("The central has it.".to_owned(), false),
        OpState::Discarded => ("It was thrown away and will never go.".to_owned(), false),
    })
}

/// The same for a reason the central gave; in step with the table in the README, “When something needs you”.
fn about_code(code: &str) -> (&'static str, bool) {
    match code {
        "not_yours" => {
            ("The customer is in another territory. Have it given back and retry, or throw this away.", true)
        }
        "not_approved" | "not_released" => {
            ("No approval that stands releases this. Submit the draft again, and throw this away.", false)
        }
        "quote_id_taken" => (
            "Another quote has this number. Submit the draft again for a new one, and throw this away.",
            false,
        ),
        "other_user" => ("It is another person's work. It goes from that person's device.", false),
        "bad_signature" | "chain_broken" => (
            "The record of decisions does not hold together for the central. Check it under Settings. A decision made before a restore was signed by another device: throw this away and decide again.",
            false,
        ),
        "unknown_kind" | "unknown_table" | "unknown_column" | "bad_payload" | "bad_row" | "wrong_route" => {
            ("This device and the central do not fit together. Update the older one, then retry.", true)
        }
        "too_large" => (
            "It is larger than the central takes. Split the quote into smaller ones, and throw this away.",
            false,
        ),
        "damaged" | "op_id_reused" | "id_taken" => (
            "This does not happen in ordinary work. Make a backup, keep it, and tell whoever runs the central.",
            false,
        ),
        "object_exists" => {
            ("Another file is stored under the quote's name, and that one stands. Throw this away.", false)
        }
        "overtaken" => ("Somebody else came first, and that stands. Throw this away.", false),
        "keeps_failing" => ("The central put it off twelve times. Retry it later.", true),
        "not_allowed" => {
            ("Your role at the central does not allow it. Ask an approver, and throw this away.", false)
        }
        _ => (
            "The central refused it for the reason given. Put that right and retry, or throw this away.",
            true,
        ),
    }
}
