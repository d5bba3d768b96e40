//! Gates: what waits for a person, and deciding on exactly what was shown.

use desk::actions::{ActionListed, ActionShown, BulkResult, Decided, EmailEdit, ShownAction};
use desk::drafts::DraftEdit;
use desk::submit::Submitted;
use domain::{ActionId, ActionStatus, RunId, Sha256};
use serde::Serialize;
use ts_rs::TS;

use super::commands;
use super::pdf::{Pdf, shown};

/// No more actions than this are listed.
const LISTED: u32 = 500;

/// The action that took another's place.
#[derive(Debug, Serialize, TS)]
pub struct Staged {
    /// Its key.
    pub action_id: ActionId,
}

commands! {
    /// What waits for a decision and what was decided.
    actions { status: Option<ActionStatus> } -> Vec<ActionListed> = |host, asked| {
        host.desk()?.actions(asked.status, LISTED)
    };
    /// One action with exactly what it shows.
    action { action_id: ActionId } -> ActionShown = |host, asked| host.desk()?.action(&asked.action_id);
    /// The PDF the customer would get.
    action_pdf { action_id: ActionId } -> Pdf = |host, asked| Ok(shown(host.desk()?.action_pdf(&asked.action_id)?));
    /// Approve exactly what was shown.
    action_approve { action_id: ActionId, payload_hash: Sha256, note: Option<String> } -> Decided = |host, asked| {
        host.desk()?.approve_shown(&asked.action_id, asked.payload_hash, asked.note.as_deref())
    };
    /// Approve a submitted draft and release what its gate would show, in one gesture.
    action_release {
        action_id: ActionId, payload_hash: Sha256, preview_run_id: RunId, preview_hash: Sha256, note: Option<String>,
    } -> Decided = |host, asked| {
        host.desk()?.approve_and_release(
            &asked.action_id,
            asked.payload_hash,
            &asked.preview_run_id,
            asked.preview_hash,
            asked.note.as_deref(),
        )
    };
    /// Reject, with the reason the drafter will read.
    action_reject { action_id: ActionId, reason: String } -> Decided = |host, asked| {
        host.desk()?.reject(&asked.action_id, &asked.reason)
    };
    /// Change a drafted email; it must be approved anew.
    action_edit_email {
        action_id: ActionId, to: Option<String>, subject: Option<String>, body: Option<String>,
    } -> Staged = |host, asked| {
        let edit = EmailEdit { to: asked.to, subject: asked.subject, body: asked.body };
        Ok(Staged { action_id: host.desk()?.edit_email(&asked.action_id, &edit)? })
    };
    /// Change a quote that waits, and submit it again.
    action_edit_lines { action_id: ActionId, edits: Vec<DraftEdit> } -> Submitted = |host, asked| {
        host.desk()?.edit_lines(&asked.action_id, &asked.edits)
    };
    /// Approve several that carry no worry; one that cannot be approved does not hold up the others.
    actions_approve { actions: Vec<ShownAction> } -> Vec<BulkResult> = |host, asked| {
        Ok(host.desk()?.approve_many(&asked.actions))
    };
}
