//! Gates: what waits for a person, and what a person can do about it.
//!
//! Owns approve, reject, edit and expire. An approval and what it sets going are one transaction. Must not
//! carry effects out: an approved run does.

use domain::{ActionId, ActionStatus, Canonical, Decision, RunId};
use serde::Serialize;
use serde_json::{Value, json};
use store::actions::ActionRow;
use store::drafts::DraftStatus;
use store::{Reader, WriteTx, actions, drafts};
use workflow::contract::SelfApproval;
use workflow::runner::{Event, GateDecision, RunStatus};

use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::outbox::Announce;
use crate::runs::Start;
use crate::stage::{self, Proposal, WAITS_HOURS};
use crate::{Desk, close, decide};

/// An action, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ActionListed {
    /// Its key.
    pub action_id: ActionId,
    /// What its approval would set going.
    pub action_type: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// What a person reads first.
    pub summary: String,
    /// How much is at stake.
    pub risk_level: u8,
    /// For which customer.
    pub customer_id: Option<domain::CustomerId>,
    /// About which quote.
    pub quote_id: Option<domain::QuoteId>,
    /// From which draft.
    pub draft_id: Option<domain::DraftId>,
    /// Of which run.
    pub run_id: Option<RunId>,
    /// Who drafted it.
    pub drafted_by: String,
    /// When it was staged, RFC 3339.
    pub created_at: String,
    /// When it expires, RFC 3339.
    pub expires_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, RFC 3339.
    pub decided_at: Option<String>,
    /// The reason or note.
    pub decision_note: Option<String>,
    /// Whether one person drafted and decided.
    pub self_decided: bool,
    /// How many worries it carries.
    pub flag_count: usize,
}

/// An action with exactly what it shows.
#[derive(Debug, Clone, Serialize)]
pub struct ActionShown {
    /// As in a list.
    #[serde(flatten)]
    pub listed: ActionListed,
    /// What it is about: no two pending actions share one.
    pub action_key: String,
    /// Hash of what is shown: what an approval is bound to.
    pub payload_hash: domain::Sha256,
    /// Exactly what is shown.
    pub payload: Value,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// The action that took its place.
    pub replaced_by: Option<ActionId>,
}

/// What came of a decision.
#[derive(Debug, Clone, Serialize)]
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
}

/// Changes to a drafted email.
#[derive(Debug, Clone, Default)]
pub struct EmailEdit {
    /// Another recipient.
    pub to: Option<String>,
    /// Another subject.
    pub subject: Option<String>,
    /// Another body.
    pub body: Option<String>,
}

enum Approved {
    Run(Decision, Option<RunId>),
    Changed(String, RunId),
}

impl Desk {
    /// Actions, the pending ones first.
    pub fn actions(&self, status: Option<ActionStatus>, limit: u32) -> Result<Vec<ActionListed>, DeskError> {
        let rows = self.store.read(|db| actions::list(db, status, limit))?;
        rows.iter().map(listed).collect()
    }

    /// One action with exactly what it shows.
    pub fn action(&self, id: &ActionId) -> Result<ActionShown, DeskError> {
        let row = self.store.read(|db| action_row(db, id))?;
        Ok(ActionShown {
            listed: listed(&row)?,
            payload: row.payload.read()?,
            action_key: row.action_key,
            payload_hash: row.payload_hash,
            void_reason: row.void_reason,
            replaced_by: row.replaced_by,
        })
    }

    /// Approve exactly what the action shows, and carry on with what that sets going.
    ///
    /// # Errors
    /// `not_pending`; `action_changed` when what it shows is no longer so (it is staged anew);
    /// `not_allowed` by the contract's policy.
    pub fn approve(&self, id: &ActionId, note: Option<&str>) -> Result<Decided, DeskError> {
        let approved = self.store.write(|tx| {
            let action = self.pending(tx, id)?;
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
                    Ok(Approved::Run(decision, Some(self.begin_run(tx, start)?)))
                }
                (Some(run), None) => self.approve_gate(tx, &action, run, note),
                (None, None) => {
                    Ok(Approved::Run(decide::decide(self, tx, &action, ActionStatus::Approved, note)?, None))
                }
            }
        });
        match approved? {
            Approved::Run(decision, run) => {
                self.note_anchor()?;
                self.decided(decision, run)
            }
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
            let action = self.pending(tx, id)?;
            let decision = decide::decide(self, tx, &action, ActionStatus::Rejected, Some(reason))?;
            let run = self.settle_refusal(tx, &action, GateDecision::Rejected, Some(reason))?;
            Ok::<_, DeskError>((decision, run))
        })?;
        self.note_anchor()?;
        self.decided(decision, run)
    }

    /// Change a drafted email. What was shown before is voided; the changed email must be approved anew.
    pub fn edit_email(&self, id: &ActionId, edit: &EmailEdit) -> Result<ActionId, DeskError> {
        self.store.write(|tx| {
            let action = self.pending(tx, id)?;
            let mut payload: Value = action.payload.read()?;
            let Some(email) = payload.get_mut("email").and_then(Value::as_object_mut) else {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("action {id} is a {}, not an email", action.action_type),
                    "Change a quote in its draft: `fieldquote chat \"…\" --draft ID`.",
                ));
            };
            for (field, value) in [("to", &edit.to), ("subject", &edit.subject), ("body", &edit.body)] {
                if let Some(value) = value {
                    email.insert(field.to_owned(), json!(checked_email_field(field, value)?));
                }
            }
            let payload = Canonical::of(&payload)?;
            if payload.hash() == action.payload_hash {
                return Ok(action.id);
            }
            let id: ActionId = self.new_id()?;
            stage::void(self, tx, &action, "the email was edited", Some(&id))?;
            let proposal = Proposal {
                id,
                action_type: action.action_type.clone(),
                key: action.action_key.clone(),
                summary: action.summary.clone(),
                risk_level: action.risk_level,
                customer_id: action.customer_id.as_ref(),
                quote_id: action.quote_id.as_ref(),
                draft_id: action.draft_id.as_ref(),
                run_id: action.run_id.as_ref(),
                payload,
                drafted_by: &self.user,
                expires_after_hours: WAITS_HOURS,
            };
            Ok(stage::stage(self, tx, proposal)?.id)
        })
    }

    /// Expire what nobody decided in time.
    pub fn expire_overdue(&self) -> Result<Vec<ActionId>, DeskError> {
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
                .put(self, tx, &json!({ "id": action.id, "expired_at": now }))?;
                expired.push(action.id.clone());
                self.settle_refusal(tx, &action, GateDecision::Expired, None)
            })?;
            if let Some(run) = run {
                self.advance(&run)?;
            }
        }
        Ok(expired)
    }

    fn pending(&self, tx: &WriteTx<'_>, id: &ActionId) -> Result<ActionRow, DeskError> {
        let action = action_row(tx, id)?;
        if action.status != ActionStatus::Pending {
            return Err(decide::not_pending(&action));
        }
        if action.expires_at <= self.now() {
            return Err(DeskError::new(
                Code::NotPending,
                format!("action {id} expired at {}", action.expires_at),
                "Submit the draft again to ask anew.",
            ));
        }
        if action.payload.hash() != action.payload_hash {
            return Err(DeskError::new(
                Code::AuditBroken,
                format!("what action {id} holds is not what was staged"),
                "Do not approve it. Run `fieldquote audit verify` and restore a backup.",
            ));
        }
        Ok(action)
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
        let shown = std::mem::replace(&mut live.state.preflight, Some(fresh));
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
        if let Some(run) = &action.run_id {
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

    fn decided(&self, decision: Decision, run: Option<RunId>) -> Result<Decided, DeskError> {
        let run_status = run.as_ref().map(|run| self.advance(run)).transpose()?;
        let next_action = match &run {
            Some(run) => {
                self.store.read(|db| actions::pending_of_run(db, run))?.first().map(|next| next.id.clone())
            }
            None => None,
        };
        Ok(Decided {
            self_decided: decision.is_self_decided(),
            decision,
            run_id: run,
            run_status,
            next_action,
        })
    }
}

fn action_row(db: &Reader<'_>, id: &ActionId) -> Result<ActionRow, DeskError> {
    actions::get(db, id)?
        .ok_or_else(|| DeskError::not_found("action", id, "`fieldquote action list` shows what there is."))
}

fn listed(row: &ActionRow) -> Result<ActionListed, DeskError> {
    let payload: Value = row.payload.read()?;
    Ok(ActionListed {
        action_id: row.id.clone(),
        action_type: row.action_type.to_string(),
        status: row.status,
        summary: row.summary.clone(),
        risk_level: row.risk_level,
        customer_id: row.customer_id.clone(),
        quote_id: row.quote_id.clone(),
        draft_id: row.draft_id.clone(),
        run_id: row.run_id.clone(),
        drafted_by: row.drafted_by.clone(),
        created_at: row.created_at.clone(),
        expires_at: row.expires_at.clone(),
        decided_by: row.decided_by.clone(),
        decided_at: row.decided_at.clone(),
        decision_note: row.decision_note.clone(),
        self_decided: row.decided_by.as_ref() == Some(&row.drafted_by),
        flag_count: payload.get("flags").and_then(Value::as_array).map_or(0, Vec::len),
    })
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

fn checked_email_field<'v>(field: &str, value: &'v str) -> Result<&'v str, DeskError> {
    let value = value.trim();
    let longest = if field == "body" { 20_000 } else { 250 };
    if value.is_empty() || value.chars().count() > longest {
        return Err(DeskError::bad_input(
            format!("the email's {field} must have 1 to {longest} characters"),
            "Nothing was changed.",
        ));
    }
    if field != "body" && value.chars().any(char::is_control) {
        return Err(DeskError::bad_input(
            format!("the email's {field} must be one line"),
            "Nothing was changed.",
        ));
    }
    let parts: Vec<&str> = value.split('@').collect();
    if field == "to"
        && (parts.len() != 2 || parts.iter().any(|part| part.is_empty()) || value.contains([' ', ',', ';']))
    {
        return Err(DeskError::bad_input(
            format!("“{value}” is not an email address"),
            "Write it like ann@example.com.",
        ));
    }
    Ok(value)
}
