//! Staging and voiding proposed actions.
//!
//! Owns what staging always means: the row and its announcement in one transaction. Must not decide.

use chrono::Duration;
use domain::{ActionId, ActionStatus, ActionType, Canonical, CustomerId, DraftId, OpId, QuoteId, RunId};
use serde_json::json;
use store::actions::ActionRow;
use store::{WriteTx, actions};

use crate::Desk;
use crate::error::DeskError;
use crate::outbox::Announce;
use crate::profile;

/// Hours a submitted draft or a drafted email waits for a decision.
pub(crate) const WAITS_HOURS: u32 = 14 * 24;

/// An action about to be staged.
pub(crate) struct Proposal<'a> {
    pub id: ActionId,
    pub action_type: ActionType,
    pub key: String,
    pub summary: String,
    pub risk_level: u8,
    pub customer_id: Option<&'a CustomerId>,
    pub quote_id: Option<&'a QuoteId>,
    pub draft_id: Option<&'a DraftId>,
    pub run_id: Option<&'a RunId>,
    pub payload: Canonical,
    pub drafted_by: &'a str,
    pub expires_after_hours: u32,
    /// The decision that brought it about, if one did.
    pub after: Option<OpId>,
}

/// Stage an action and announce it.
pub(crate) fn stage(desk: &Desk, tx: &WriteTx<'_>, proposal: Proposal<'_>) -> Result<ActionRow, DeskError> {
    let moment = desk.moment();
    let expires = moment + Duration::hours(i64::from(proposal.expires_after_hours));
    let action = ActionRow {
        id: proposal.id,
        action_type: proposal.action_type,
        action_key: proposal.key,
        status: ActionStatus::Pending,
        summary: proposal.summary,
        risk_level: proposal.risk_level,
        customer_id: proposal.customer_id.cloned(),
        quote_id: proposal.quote_id.cloned(),
        draft_id: proposal.draft_id.cloned(),
        run_id: proposal.run_id.cloned(),
        payload_hash: proposal.payload.hash(),
        payload: proposal.payload,
        drafted_by: proposal.drafted_by.to_owned(),
        created_at: domain::clock::timestamp(moment),
        expires_at: domain::clock::timestamp(expires),
        decided_by: None,
        decided_at: None,
        decision_note: None,
        void_reason: None,
        replaced_by: None,
    };
    actions::stage(tx, &action)?;
    Announce::new(format!("{}.staged", action.id), format!("action:{}", action.id), "action")
        .after(proposal.after)
        .of_action(&action.id)?
        .put(
        desk,
        tx,
        &json!({
            "id": action.id, "action_type": action.action_type, "action_key": action.action_key,
            "summary": action.summary, "risk_level": action.risk_level, "customer_id": action.customer_id,
            "quote_id": action.quote_id, "draft_id": action.draft_id, "run_id": action.run_id,
            "payload": action.payload.as_str(), "payload_hash": action.payload_hash,
            "drafted_by": action.drafted_by, "created_at": action.created_at, "expires_at": action.expires_at,
        }),
    )?;
    Ok(action)
}

/// Void a pending action and announce that.
pub(crate) fn void(
    desk: &Desk,
    tx: &WriteTx<'_>,
    action: &ActionRow,
    reason: &str,
    replaced_by: Option<&ActionId>,
) -> Result<(), DeskError> {
    let now = desk.now();
    if actions::void(tx, &action.id, reason, replaced_by, &now)? {
        let name = format!("{}.voided.{}", action.id, profile::device_tag(tx)?.as_str());
        Announce::new(name, format!("action:{}", action.id), "action_void").of_action(&action.id)?.put(
            desk,
            tx,
            &json!({ "id": action.id, "reason": reason, "replaced_by": replaced_by, "voided_at": now,
                "voided_by": desk.user }),
        )?;
    }
    Ok(())
}
