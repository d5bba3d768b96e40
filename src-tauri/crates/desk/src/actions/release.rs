//! Approving a submitted draft and the gate of its run in one gesture.
//!
//! Owns looking ahead: what the gate will show contains the run's id, so the id is drawn when the person looks,
//! and the run begins under it. Must not approve a gate that shows anything but what was looked at: it then
//! waits, as if only the draft had been approved. Each of the two approvals is a transaction of its own, so a
//! crash between them leaves the gate waiting.

use domain::{ActionId, RunId, Sha256};
use serde_json::Value;
use store::actions::ActionRow;
use store::{Reader, WriteTx, actions, runs};
use workflow::contract::SelfApproval;

use super::decisions::Seen;
use super::shown::gate_shown;
use super::{Decided, GatePreview, action_row};
use crate::Desk;
use crate::error::{Code, DeskError};
use crate::runs::Start;

impl Desk {
    /// What the gate of the run would show if this action were approved now; none when its approval begins no
    /// run that has a gate.
    pub fn gate_preview(&self, id: &ActionId) -> Result<Option<GatePreview>, DeskError> {
        self.store.read(|db| self.gate_ahead(db, &action_row(db, id)?))
    }

    /// Approve what an action shows, and what the gate of its run will show, at once: `payload_hash` of the one,
    /// `run` and `preview_hash` as [`Desk::gate_preview`] gave them for the other.
    ///
    /// When the gate comes to show anything else, only the action is approved, and the gate waits: the answer
    /// says that nothing is released, and which action is next.
    ///
    /// # Errors
    /// As those of [`Desk::approve_shown`]; `bad_input` when the run's id was not drawn for this, or is used;
    /// `not_allowed` when the contract would not let this person approve the gate. Nothing is then decided.
    pub fn approve_and_release(
        &self,
        id: &ActionId,
        payload_hash: Sha256,
        run: &RunId,
        preview_hash: Sha256,
        note: Option<&str>,
    ) -> Result<Decided, DeskError> {
        let seen = Seen { payload_hash: Some(payload_hash), run: Some(run) };
        let approved = self.approve_as(id, seen, note)?;
        let Some(gate) = approved.next_action.clone() else { return Ok(approved) };
        let staged = self.store.read(|db| action_row(db, &gate))?;
        if staged.payload_hash != preview_hash {
            return Ok(approved);
        }
        match self.approve_shown(&gate, preview_hash, note) {
            Err(error) if matches!(error.code, Code::ActionChanged | Code::NotPending) => {
                let waiting = self.store.read(|db| actions::pending_of_run(db, run))?;
                let status = self.advance(run)?;
                Ok(Decided {
                    run_status: Some(status),
                    next_action: waiting.into_iter().next().map(|action| action.id),
                    ..approved
                })
            }
            released => released,
        }
    }

    /// What the gate of the run that an action triggers would show.
    pub(super) fn gate_ahead(
        &self,
        db: &Reader<'_>,
        action: &ActionRow,
    ) -> Result<Option<GatePreview>, DeskError> {
        let Some((contract, text)) = self.contracts.triggered_by(action.action_type.as_str()) else {
            return Ok(None);
        };
        if !contract.is_gated() {
            return Ok(None);
        }
        let trigger: Value = action.payload.read()?;
        let start = Start {
            contract,
            text,
            trigger_action: Some(&action.id),
            input: Self::triggered(contract, &trigger),
            trigger,
        };
        let (live, payload) = self.ahead_of(db, self.new_id()?, start)?;
        Ok(Some(GatePreview {
            payload_hash: payload.hash(),
            blocked: live.state.preflight.as_ref().is_some_and(|preflight| preflight.is_blocked()),
            gate: gate_shown(&payload.read()?)?,
        }))
    }

    /// Whether a run may begin under this id and its gate be approved by whoever approves this action.
    pub(super) fn may_release(
        &self,
        tx: &WriteTx<'_>,
        action: &ActionRow,
        run: &RunId,
    ) -> Result<(), DeskError> {
        let contract = self.contracts.triggered_by(action.action_type.as_str()).map(|(contract, _)| contract);
        let Some(gate) =
            contract.filter(|contract| contract.is_gated()).and_then(|contract| contract.gate.as_ref())
        else {
            return Err(DeskError::new(
                Code::WrongState,
                format!("approving action {} begins no run with a gate", action.id),
                "Approve it by itself.",
            ));
        };
        if gate.self_approval == SelfApproval::Refused && action.drafted_by == self.user {
            return Err(DeskError::new(
                Code::NotAllowed,
                format!("{} drafted this and may not release it", self.user),
                "Ask somebody else to approve it.",
            ));
        }
        let is_drawn = run.as_str().parse::<ulid::Ulid>().is_ok_and(|ulid| ulid.to_string() == run.as_str());
        if !is_drawn || runs::get(tx, run)?.is_some() {
            return Err(DeskError::bad_input(
                format!("no run can begin as {run}"),
                "Look at the action again; nothing was decided.",
            ));
        }
        Ok(())
    }
}
