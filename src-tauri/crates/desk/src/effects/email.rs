//! `hitl_email_draft`: the email that waits for a second person-made decision.
//!
//! Owns staging it with its attachment. Must not send it: its approval starts a run of its own.

use domain::Canonical;
use serde_json::{Value, json};
use store::WriteTx;
use workflow::Planned;
use workflow::plan::PlannedStep;

use super::{Trouble, canonical, mismatched};
use crate::Desk;
use crate::live::Live;
use crate::runs::trigger_text;
use crate::stage::{self, Proposal, WAITS_HOURS};

pub(super) fn stage_draft(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let Planned::EmailDraft { action_type, email } = &planned.does else { return Err(mismatched(planned)) };
    let drafted_by = trigger_text(&live.state.trigger, "/quote/prepared_by")
        .unwrap_or_else(|| live.row.started_by.clone());
    let payload: Canonical =
        canonical(&json!({ "email": email, "from_run": live.row.id, "from_step": planned.id }))?;
    let text = |field: &str| email.get(field).and_then(Value::as_str).unwrap_or_default();
    let recipient = if text("to").is_empty() { "(no address yet)" } else { text("to") };
    let action = stage::stage(
        desk,
        tx,
        Proposal {
            id: desk.new_id()?,
            action_type: action_type.clone(),
            key: format!("workflow:{}:run_{}:{}", live.contract.name, live.row.id, planned.id),
            summary: format!("Email “{}” to {recipient}", text("subject")),
            risk_level: 2,
            customer_id: live.row.customer_id.as_ref(),
            quote_id: live.row.quote_id.as_ref(),
            draft_id: None,
            run_id: Some(&live.row.id),
            payload,
            drafted_by: &drafted_by,
            expires_after_hours: WAITS_HOURS,
            after: live.released_by(tx)?,
        },
    )?;
    Ok(json!({ "action_id": action.id, "payload_hash": action.payload_hash }))
}
