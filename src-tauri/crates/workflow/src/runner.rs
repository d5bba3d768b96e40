//! The runner: a pure function from what has happened to what is next.
//!
//! Owns the order of a run: preflight, gate, steps with their attempts, compensation, close. Must not
//! execute anything. A run's whole state is the fold of its journal, so a crash anywhere resumes at the
//! last committed event: whatever [`next`] says has not happened yet, because happening and the event
//! that says so are committed together.

use serde::{Deserialize, Serialize};

mod event;
mod retry;
mod state;

pub use event::{CheckResult, Event, Failure, GateDecision};
pub use retry::delay_ms;
pub use state::{Gate, OutOfOrder, Preflight, State, StepProgress, StepState, Undo};

use crate::contract::{Contract, Severity};
use crate::rule::Outcome;

domain::vocabulary! {
    /// Where a run stands.
    pub enum RunStatus: "a run status" {
        /// Under way.
        Running = "running",
        /// Waiting for a person.
        AwaitingApproval = "awaiting_approval",
        /// Waiting to repeat an attempt.
        Retrying = "retrying",
        /// Undoing what was done.
        Compensating = "compensating",
        /// Done; every effect happened.
        Completed = "completed",
        /// A check stopped it before any effect.
        Blocked = "blocked",
        /// A person said no.
        Rejected = "rejected",
        /// Nobody decided in time.
        Expired = "expired",
        /// What it was about was changed before anybody decided.
        Withdrawn = "withdrawn",
        /// A step failed for good; what could be undone was.
        Failed = "failed",
        /// The approval it rested on did not stand.
        Overruled = "overruled",
    }
}

impl RunStatus {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        use RunStatus::*;
        matches!(self, Completed | Blocked | Rejected | Expired | Withdrawn | Failed | Overruled)
    }
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "todo", rename_all = "snake_case")]
pub enum Todo {
    /// Run the reads, evaluate the checks, make the plan.
    Preflight,
    /// Stage the gate's action.
    StageGate,
    /// Wait for a person to decide.
    AwaitGate,
    /// Execute a step.
    Attempt {
        /// Which.
        step: String,
        /// The how-manieth time, from 1.
        attempt: u32,
        /// Not before this moment, RFC 3339.
        not_before: Option<String>,
    },
    /// Undo a step.
    Compensate {
        /// Which.
        step: String,
    },
    /// Write the logs, stage the verification, fire the event.
    Close {
        /// With which status.
        status: RunStatus,
    },
    /// Nothing.
    Nothing,
}

/// What is next for a run of this contract in this state.
pub fn next(contract: &Contract, state: &State) -> Todo {
    if state.closed.is_some() {
        return Todo::Nothing;
    }
    let Some(preflight) = &state.preflight else {
        return Todo::Preflight;
    };
    if preflight.is_blocked() {
        return Todo::Close { status: RunStatus::Blocked };
    }
    if contract.is_gated() {
        match state.gate.as_ref().map(|gate| &gate.decision) {
            None => return Todo::StageGate,
            Some(None) => return Todo::AwaitGate,
            Some(Some(GateDecision::Rejected)) => return Todo::Close { status: RunStatus::Rejected },
            Some(Some(GateDecision::Expired)) => return Todo::Close { status: RunStatus::Expired },
            Some(Some(GateDecision::Withdrawn)) => return Todo::Close { status: RunStatus::Withdrawn },
            Some(Some(GateDecision::Approved)) => {}
        }
    }
    if state.failure.is_some() {
        let undo = state.steps.iter().rev().find(|step| {
            step.state == StepState::Succeeded
                && step.undo == Undo::None
                && !contract.compensation(&step.id).is_empty()
        });
        return match undo {
            Some(step) => Todo::Compensate { step: step.id.clone() },
            None => Todo::Close { status: RunStatus::Failed },
        };
    }
    for step in &contract.steps {
        match state.step(&step.id) {
            None => return Todo::Attempt { step: step.id.clone(), attempt: 1, not_before: None },
            Some(progress) => match &progress.state {
                // Started and no more: the process ended in the middle, and nothing of it was committed.
                StepState::Started => {
                    return Todo::Attempt {
                        step: step.id.clone(),
                        attempt: progress.attempts,
                        not_before: None,
                    };
                }
                StepState::Retrying { not_before } => {
                    return Todo::Attempt {
                        step: step.id.clone(),
                        attempt: progress.attempts + 1,
                        not_before: Some(not_before.clone()),
                    };
                }
                StepState::Succeeded | StepState::Skipped | StepState::GaveUp => {}
            },
        }
    }
    Todo::Close { status: RunStatus::Completed }
}

/// One step of the machine: the event happens, and this is next.
///
/// # Errors
/// The event cannot happen in this state: a late or second decision, an attempt of a step that is done.
pub fn step(contract: &Contract, state: State, event: &Event) -> Result<(State, Todo), OutOfOrder> {
    let state = state.apply(contract, event)?;
    let todo = next(contract, &state);
    Ok((state, todo))
}

/// Evaluate a contract's checks.
pub fn check(contract: &Contract, context: &crate::Context<'_>) -> Vec<CheckResult> {
    let result = |check: &crate::contract::Check| {
        let verdict = match check.rule.parse::<crate::rule::Rule>() {
            Ok(rule) => rule.evaluate(context),
            Err(error) => {
                crate::rule::Verdict { outcome: Outcome::Unknown, because: vec![error.to_string()] }
            }
        };
        CheckResult {
            id: check.id.clone(),
            rule: check.rule.clone(),
            severity: check.severity,
            outcome: verdict.outcome,
            because: verdict.because,
        }
    };
    contract.checks.iter().map(result).collect()
}

impl Preflight {
    /// Whether a blocking check does not hold. What cannot be known blocks as well.
    pub fn is_blocked(&self) -> bool {
        self.checks.iter().any(|check| check.severity == Severity::Block && check.outcome != Outcome::Passed)
    }
}
