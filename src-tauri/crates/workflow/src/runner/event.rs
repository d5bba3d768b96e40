//! What can happen to a run.
//!
//! Owns the journal's vocabulary: each event is one row of `run_journal`. Must only ever grow: old journals
//! are read for as long as they are kept.

use domain::{ActionId, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::RunStatus;
use super::state::Preflight;
use crate::contract::Severity;
use crate::rule::Outcome;

/// Something that happened to a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It began.
    Started {
        /// Its inputs.
        input: Value,
        /// The payload of the action that triggered it.
        trigger: Value,
        /// Who set it going.
        by: String,
    },
    /// Reads were taken, checks evaluated and the plan made.
    Preflighted(Box<Preflight>),
    /// The gate's action was staged.
    GateStaged {
        /// The action.
        action_id: ActionId,
        /// Hash of what it shows.
        payload_hash: Sha256,
    },
    /// What the gate showed is no longer so; it must be shown again.
    GateVoided {
        /// The action.
        action_id: ActionId,
        /// What changed.
        reason: String,
    },
    /// The gate was decided, or nobody did in time.
    GateDecided {
        /// The action.
        action_id: ActionId,
        /// How.
        decision: GateDecision,
        /// By whom; nobody when it expired.
        by: Option<String>,
        /// The reason or note.
        note: Option<String>,
    },
    /// An attempt of a step began.
    StepStarted {
        /// Which.
        step: String,
        /// The how-manieth.
        attempt: u32,
    },
    /// A step does not apply.
    StepSkipped {
        /// Which.
        step: String,
        /// Why.
        reason: String,
    },
    /// A step's effects are committed, together with this event.
    StepSucceeded {
        /// Which.
        step: String,
        /// At which attempt.
        attempt: u32,
        /// What it made: rows, hashes, operation ids.
        output: Value,
    },
    /// An attempt failed; nothing of it was committed.
    StepFailed {
        /// Which.
        step: String,
        /// The how-manieth.
        attempt: u32,
        /// Why.
        failure: Failure,
        /// When it is repeated, RFC 3339; never, without one.
        retry_at: Option<String>,
    },
    /// A step's effects are undone, together with this event.
    StepCompensated {
        /// Which.
        step: String,
        /// What was undone.
        output: Value,
    },
    /// A step's effects could not be undone; a person is alerted.
    CompensationFailed {
        /// Which.
        step: String,
        /// Why.
        failure: Failure,
    },
    /// The approval it rests on does not stand: somebody else's decision came first. Nothing of it has left
    /// this device or will; what it changed here is given back.
    Overruled {
        /// The action whose approval does not stand.
        action_id: ActionId,
        /// What stands instead, in words.
        reason: String,
    },
    /// It ended: logs, verification and the event are committed, together with this one.
    Closed {
        /// How.
        status: RunStatus,
    },
}

impl Event {
    /// The word the journal knows it by, and the step it is about.
    pub fn describe(&self) -> String {
        let (word, step) = match self {
            Event::Started { .. } => ("started", None),
            Event::Preflighted(_) => ("preflighted", None),
            Event::GateStaged { .. } => ("gate_staged", None),
            Event::GateVoided { .. } => ("gate_voided", None),
            Event::GateDecided { .. } => ("gate_decided", None),
            Event::StepStarted { step, .. } => ("step_started", Some(step)),
            Event::StepSkipped { step, .. } => ("step_skipped", Some(step)),
            Event::StepSucceeded { step, .. } => ("step_succeeded", Some(step)),
            Event::StepFailed { step, .. } => ("step_failed", Some(step)),
            Event::StepCompensated { step, .. } => ("step_compensated", Some(step)),
            Event::CompensationFailed { step, .. } => ("compensation_failed", Some(step)),
            Event::Overruled { .. } => ("overruled", None),
            Event::Closed { .. } => ("closed", None),
        };
        step.map_or_else(|| word.to_owned(), |step| format!("{word} of {step}"))
    }
}

/// How a gate was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateDecision {
    /// Yes.
    Approved,
    /// No.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// What it was about was changed before anybody decided.
    Withdrawn,
}

/// Why something failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A stable word for it.
    pub code: String,
    /// In words.
    pub message: String,
    /// Whether trying again could help.
    pub transient: bool,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CheckResult {
    /// Which check.
    pub id: String,
    /// Its rule.
    pub rule: String,
    /// What follows when it does not hold.
    pub severity: Severity,
    /// Whether it holds.
    pub outcome: Outcome,
    /// The values that kept it from holding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}
