//! Deciding: approve, reject, withdraw, expire.
//!
//! Owns that a decision and what it sets going are one transaction, and that a gate is approved only on what
//! is still so. Must not sign: `decide` does.

use domain::{ActionId, ActionStatus, Decision, RunId, Sha256};
use serde::Serialize;
use serde_json::{Value, json};
use store::actions::ActionRow;
use store::drafts::DraftStatus;
use store::{Reader, WriteTx, actions, drafts, runs};
use workflow::contract::SelfApproval;
use workflow::runner::{Event, GateDecision, RunStatus};

use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::outbox::Announce;
use crate::runs::Start;
use crate::{Desk, close, decide, stage};

/// What came of a decision.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Decided {
    /// The decision, as signed.
    pub decision: Decision,
    /// Whether one person drafted and decided.
    pub self_decided: bool,
    /// The run it set going or released.
    pub run_id: Option<RunId>,
    /// Where that run stands.
    pub run_status: Option<RunStatus>,
    /// The next action a person must decide, if the run staged one.
    pub next_action: Option<ActionId>,
    /// Whether it let the effects of a run on this device go ahead.
    pub released: bool,
}

/// What the person who approves had in front of them.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// The hash of what the action showed; whatever it shows, without one.
    pub payload_hash: Option<Sha256>,
    /// The run whose gate was shown beside it, and which is to begin under this id.
    pub run: Option<&'a RunId>,
}

enum Approved {
    Run(Decision, Option<RunId>),
    Changed(String, RunId),
    Overtaken,
}

/// Why what was submitted is void once its draft went on.
const OVERTAKEN: &str = "the draft was changed after it was submitted";

impl Desk {
    /// Approve exactly what the action shows, and carry on with what that sets going.
    ///
    /// # Errors
    /// `not_pending`; `action_changed` when what it shows is no longer so (it is staged anew);
    /// `not_allowed` by the contract's policy.
    pub fn approve(&self, id: &ActionId, note: Option<&str>) -> Result<Decided, DeskError> {
        self.approve_as(id, Seen::default(), note)
    }

    /// The same, if what the action shows is what the person saw.
    ///
    /// # Errors
    /// As those of [`Desk::approve`]; `action_changed` when it shows something else.
    pub fn approve_shown(
        &self,
        id: &ActionId,
        payload_hash: Sha256,
        note: Option<&str>,
    ) -> Result<Decided, DeskError> {
        self.approve_as(id, Seen { payload_hash: Some(payload_hash), run: None }, note)
    }

    pub(super) fn approve_as(
        &self,
        id: &ActionId,
        seen: Seen<'_>,
        note: Option<&str>,
    ) -> Result<Decided, DeskError> {
        let approved = self.store.write(|tx| {
            self.may_decide(tx)?;
            let action = self.pending(tx, id)?;
            if seen.payload_hash.is_some_and(|seen| seen != action.payload_hash) {
                return Err(DeskError::new(
                    Code::ActionChanged,
                    format!("action {id} shows something else than what was looked at"),
                    "Look at it again; nothing was decided.",
                ));
            }
            if self.is_overtaken(tx, &action)? {
                self.give_back(tx, &action)?;
                return Ok(Approved::Overtaken);
            }
            if let Some(run) = seen.run {
                self.may_release(tx, &action, run)?;
            }
            match (&action.run_id, self.contracts.triggered_by(action.action_type.as_str())) {
                (_, Some((contract, text))) => {
                    let trigger: Value = action.payload.read()?;
                    let decision = decide::decide(self, tx, &action, ActionStatus::Approved, note)?;
                    let start = Start {
                        contract,
                        text,
                        trigger_action: Some(id),
                        input: Self::triggered(contract, &trigger),
                        trigger,
                    };
                    let run = match seen.run {
                        Some(run) => self.begin_run_as(tx, run.clone(), start)?,
                        None => self.begin_run(tx, start)?,
                    };
                    Ok(Approved::Run(decision, Some(run)))
                }
                (Some(run), None) if runs::get(tx, run)?.is_some() => {
                    self.approve_gate(tx, &action, run, note)
                }
                // The run is another device's: that one carries on when it learns of the decision.
                (Some(_) | None, None) => {
                    Ok(Approved::Run(decide::decide(self, tx, &action, ActionStatus::Approved, note)?, None))
                }
            }
        });
        match approved? {
            Approved::Run(decision, run) => {
                self.note_anchor()?;
                self.decided(decision, run)
            }
            Approved::Overtaken => Err(DeskError::new(
                Code::ActionChanged,
                format!("{OVERTAKEN}: action {id} is void, and nothing was released"),
                "Look at the draft, and submit it again when it is right.",
            )),
            Approved::Changed(why, run) => {
                self.advance(&run)?;
                Err(DeskError::new(
                    Code::ActionChanged,
                    format!(
                        "what action {id} showed has changed: {why}. It was voided, and nothing was released"
                    ),
                    "Look at the action that took its place: `fieldquote action list`.",
                ))
            }
        }
    }

    /// Reject an action, with the reason the drafter will read.
    pub fn reject(&self, id: &ActionId, reason: &str) -> Result<Decided, DeskError> {
        if reason.trim().is_empty() {
            return Err(DeskError::bad_input("a rejection needs a reason", "Say what should be different."));
        }
        let (decision, run) = self.store.write(|tx| {
            self.may_decide(tx)?;
            let action = self.pending(tx, id)?;
            let decision = decide::decide(self, tx, &action, ActionStatus::Rejected, Some(reason))?;
            let run = self.settle_refusal(tx, &action, GateDecision::Rejected, Some(reason))?;
            Ok::<_, DeskError>((decision, run))
        })?;
        self.note_anchor()?;
        self.decided(decision, run)
    }

    /// Expire what nobody decided in time. On a device with a central that is the central's to say: this
    /// device's clock may be a day ahead, and somebody may have decided in time on a device that is offline.
    pub fn expire_overdue(&self) -> Result<Vec<ActionId>, DeskError> {
        if self.account()?.is_some() {
            return Ok(Vec::new());
        }
        let overdue = self.store.read(|db| actions::overdue(db, &self.now()))?;
        let mut expired = Vec::new();
        for action in overdue {
            let run = self.store.write(|tx| {
                let now = self.now();
                let still = actions::decide(
                    tx,
                    &action.id,
                    action.payload_hash,
                    ActionStatus::Expired,
                    None,
                    None,
                    &now,
                )?;
                if !still {
                    return Ok::<_, DeskError>(None);
                }
                Announce::new(
                    format!("{}.expired", action.id),
                    format!("action:{}", action.id),
                    "action_expire",
                )
                .of_action(&action.id)?
                // The same on every device that notices: they all say one thing.
                .put(
                    self,
                    tx,
                    &json!({ "id": action.id, "expired_at": action.expires_at }),
                )?;
                expired.push(action.id.clone());
                self.settle_refusal(tx, &action, GateDecision::Expired, None)
            })?;
            if let Some(run) = run {
                self.advance(&run)?;
            }
        }
        Ok(expired)
    }

    /// A run's gate: what it shows is computed once more, and approved only if it is still the same.
    fn approve_gate(
        &self,
        tx: &WriteTx<'_>,
        action: &ActionRow,
        run: &RunId,
        note: Option<&str>,
    ) -> Result<Approved, DeskError> {
        let mut live = Live::load(tx, run)?;
        let policy = live.contract.gate.as_ref().map(|gate| gate.self_approval);
        if policy == Some(SelfApproval::Refused) && action.drafted_by == self.user {
            return Err(DeskError::new(
                Code::NotAllowed,
                format!("{} drafted this and may not approve it", self.user),
                "Ask somebody else to approve it.",
            ));
        }
        let mut fresh = self.preflight(tx, &live)?;
        // Newer data that changes nothing of what was shown does not void it; its age is shown as it was.
        fresh.data_as_of = live.state.preflight.as_ref().and_then(|shown| shown.data_as_of.clone());
        let shown = live.state.preflight.replace(fresh);
        let (payload, _, _) = self.gate_payload(tx, &live)?;
        let why = match (&shown, &live.state.preflight) {
            (Some(shown), Some(fresh)) => difference(shown, fresh),
            _ => "it was never shown".to_owned(),
        };
        live.state.preflight = shown;
        if payload.hash() != action.payload_hash {
            stage::void(self, tx, action, &why, None)?;
            live.append(self, tx, Event::GateVoided { action_id: action.id.clone(), reason: why.clone() })?;
            return Ok(Approved::Changed(why, run.clone()));
        }
        let decision = decide::decide(self, tx, action, ActionStatus::Approved, note)?;
        let event = Event::GateDecided {
            action_id: action.id.clone(),
            decision: GateDecision::Approved,
            by: Some(self.user.clone()),
            note: note.map(str::to_owned),
        };
        live.append(self, tx, event)?;
        Ok(Approved::Run(decision, Some(run.clone())))
    }

    /// A no, or no answer in time: the draft is its writer's again, and a run at its gate ends.
    fn settle_refusal(
        &self,
        tx: &WriteTx<'_>,
        action: &ActionRow,
        decision: GateDecision,
        note: Option<&str>,
    ) -> Result<Option<RunId>, DeskError> {
        let is_trigger = self.contracts.triggered_by(action.action_type.as_str()).is_some();
        if let (Some(draft), true) = (&action.draft_id, is_trigger) {
            drafts::set_status(tx, draft, DraftStatus::Open, &self.now())?;
        }
        let (Some(run), false) = (&action.run_id, is_trigger) else { return Ok(None) };
        if runs::get(tx, run)?.is_none() {
            return Ok(None); // Another device's; it learns of the decision.
        }
        let mut live = Live::load(tx, run)?;
        let by = (decision == GateDecision::Rejected).then(|| self.user.clone());
        let event =
            Event::GateDecided { action_id: action.id.clone(), decision, by, note: note.map(str::to_owned) };
        live.append(self, tx, event)?;
        Ok(Some(run.clone()))
    }

    /// Take back what waits for a decision; a run that waits at it ends.
    pub(crate) fn withdraw(&self, tx: &WriteTx<'_>, action: &ActionRow, why: &str) -> Result<(), DeskError> {
        stage::void(self, tx, action, why, None)?;
        if let Some(run) = &action.run_id
            && runs::get(tx, run)?.is_some()
        {
            let mut live = Live::load(tx, run)?;
            let event = Event::GateDecided {
                action_id: action.id.clone(),
                decision: GateDecision::Withdrawn,
                by: Some(self.user.clone()),
                note: Some(why.to_owned()),
            };
            live.append(self, tx, event)?;
            close::close(self, tx, &mut live, RunStatus::Withdrawn)?;
        }
        Ok(())
    }

    /// Void what waits for a decision on a draft that somebody has changed since without knowing. Every device
    /// that has the draft and what was submitted does so: whoever submitted it may be away.
    pub(crate) fn withdraw_overtaken(&self) -> Result<(), DeskError> {
        for action in self.store.read(actions::pending_of_drafts)? {
            if self.store.read(|db| self.is_overtaken(db, &action))? {
                self.store.write(|tx| self.give_back(tx, &action))?;
            }
        }
        Ok(())
    }

    fn give_back(&self, tx: &WriteTx<'_>, action: &ActionRow) -> Result<(), DeskError> {
        self.withdraw(tx, action, OVERTAKEN)?;
        match &action.draft_id {
            Some(draft) => Ok(drafts::set_status(tx, draft, DraftStatus::Open, &self.now())?),
            None => Ok(()),
        }
    }

    /// Whether a draft has gone on beyond what an action shows of it. One that is behind (its pieces are still
    /// coming) has not.
    fn is_overtaken(&self, db: &Reader<'_>, action: &ActionRow) -> Result<bool, DeskError> {
        let Some(draft) = &action.draft_id else { return Ok(false) };
        let shown: Value = match &action.run_id {
            Some(run) if runs::get(db, run)?.is_some() => Live::load(db, run)?.state.trigger,
            Some(_) => return Ok(false),
            None => action.payload.read()?,
        };
        let Some(heads) = shown.get("heads") else { return Ok(false) };
        let heads: Vec<String> = serde_json::from_value(heads.clone())?;
        let Some(row) = drafts::get(db, draft)? else { return Ok(false) };
        Ok(row.heads != heads && self.open_draft(db, draft)?.document.has(&heads))
    }

    fn decided(&self, decision: Decision, run: Option<RunId>) -> Result<Decided, DeskError> {
        let run_status = run.as_ref().map(|run| self.advance(run)).transpose()?;
        let next_action = match &run {
            Some(run) => {
                self.store.read(|db| actions::pending_of_run(db, run))?.first().map(|next| next.id.clone())
            }
            None => None,
        };
        let goes_ahead = |status| !matches!(status, RunStatus::AwaitingApproval | RunStatus::Blocked);
        Ok(Decided {
            self_decided: decision.is_self_decided(),
            released: decision.verdict == ActionStatus::Approved && run_status.is_some_and(goes_ahead),
            decision,
            run_id: run,
            run_status,
            next_action,
        })
    }
}

/// What is different between what was shown and what is so now, in words.
fn difference(shown: &workflow::runner::Preflight, fresh: &workflow::runner::Preflight) -> String {
    let mut found = Vec::new();
    for (before, now) in shown.checks.iter().zip(&fresh.checks) {
        if (before.outcome, &before.because) != (now.outcome, &now.because) {
            let because =
                if now.because.is_empty() { String::new() } else { format!(" ({})", now.because.join("; ")) };
            found.push(format!("the check {} now gives {:?}{because}", now.id, now.outcome).to_lowercase());
        }
    }
    if shown.plan != fresh.plan && found.is_empty() {
        found.push("the effects it would release are different".to_owned());
    }
    if found.is_empty() {
        "the prices, worries or credit it shows are different".to_owned()
    } else {
        found.join("; ")
    }
}
