//! A run's state, folded from its journal.
//!
//! Owns which event may follow which. Must refuse the rest: a late or second decision changes nothing.

use domain::{ActionId, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::event::{CheckResult, Event, Failure, GateDecision};
use super::{RunStatus, Todo, next};
use crate::contract::{Contract, OnError};
use crate::plan::PlannedStep;

/// What was found and planned before anything was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preflight {
    /// The rows of every read.
    pub reads: Value,
    /// What every check found.
    pub checks: Vec<CheckResult>,
    /// What every step would do; empty when a check blocks.
    pub plan: Vec<PlannedStep>,
    /// The newest change in the data it rests on, RFC 3339.
    pub data_as_of: Option<String>,
}

/// A gate and its decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// The action.
    pub action_id: ActionId,
    /// Hash of what it shows.
    pub payload_hash: Sha256,
    /// How it was decided, once it was.
    pub decision: Option<GateDecision>,
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// An attempt began and nothing came of it yet.
    Started,
    /// An attempt failed and is repeated.
    Retrying {
        /// Not before this moment, RFC 3339.
        not_before: String,
    },
    /// Done.
    Succeeded,
    /// Not applicable.
    Skipped,
    /// Failed for good.
    GaveUp,
}

/// Whether a step was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// Nobody asked.
    #[default]
    None,
    /// It was.
    Done,
    /// It could not be; a person is alerted.
    Failed,
}

/// A step and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepProgress {
    /// Which.
    pub id: String,
    /// How far.
    pub state: StepState,
    /// Attempts so far.
    pub attempts: u32,
    /// What it made.
    pub output: Value,
    /// The last failure.
    pub failure: Option<Failure>,
    /// Whether undoing it was tried, and how that went.
    pub undo: Undo,
}

/// A run's state.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct State {
    /// Its inputs.
    pub input: Value,
    /// The payload of the action that triggered it.
    pub trigger: Value,
    /// Who set it going; nobody before it began.
    pub started_by: Option<String>,
    /// What was found and planned.
    pub preflight: Option<Preflight>,
    /// Its gate.
    pub gate: Option<Gate>,
    /// Its steps so far, in order.
    pub steps: Vec<StepProgress>,
    /// What makes it fail, once a step gave up.
    pub failure: Option<Failure>,
    /// Things a person must look at.
    pub alerts: Vec<String>,
    /// How it ended.
    pub closed: Option<RunStatus>,
}

/// The event cannot happen in this state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{event} cannot happen now; next is {next}")]
pub struct OutOfOrder {
    event: String,
    next: String,
}

impl State {
    /// The state a journal leads to.
    ///
    /// # Errors
    /// The first event that could not have happened.
    pub fn replay<'e>(
        contract: &Contract,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Result<State, OutOfOrder> {
        events.into_iter().try_fold(State::default(), |state, event| state.apply(contract, event))
    }

    /// A step's progress, once it began.
    pub fn step(&self, id: &str) -> Option<&StepProgress> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Where the run stands.
    pub fn status(&self, contract: &Contract) -> RunStatus {
        match (self.closed, next(contract, self)) {
            (Some(status), _) => status,
            (None, Todo::AwaitGate) => RunStatus::AwaitingApproval,
            (None, Todo::Attempt { not_before: Some(_), .. }) => RunStatus::Retrying,
            (None, Todo::Compensate { .. }) => RunStatus::Compensating,
            (None, _) => RunStatus::Running,
        }
    }

    /// The state after an event.
    ///
    /// # Errors
    /// The event cannot happen in this state.
    pub fn apply(mut self, contract: &Contract, event: &Event) -> Result<State, OutOfOrder> {
        let todo = if self.started_by.is_some() { next(contract, &self) } else { Todo::Nothing };
        let refuse = || OutOfOrder { event: event.describe(), next: format!("{todo:?}") };
        match (event, &todo) {
            (Event::Started { input, trigger, by }, Todo::Nothing) if self.started_by.is_none() => {
                self.input = input.clone();
                self.trigger = trigger.clone();
                self.started_by = Some(by.clone());
            }
            (Event::Preflighted(preflight), Todo::Preflight) => self.preflight = Some((**preflight).clone()),
            (Event::GateStaged { action_id, payload_hash }, Todo::StageGate) => {
                self.gate =
                    Some(Gate { action_id: action_id.clone(), payload_hash: *payload_hash, decision: None });
            }
            (Event::GateVoided { action_id, .. }, Todo::AwaitGate) if self.is_gate(action_id) => {
                self.gate = None;
                self.preflight = None;
            }
            (Event::GateDecided { action_id, decision, .. }, Todo::AwaitGate) if self.is_gate(action_id) => {
                if let Some(gate) = &mut self.gate {
                    gate.decision = Some(*decision);
                }
            }
            (Event::StepStarted { step, attempt }, Todo::Attempt { step: due, attempt: number, .. })
                if step == due && attempt == number =>
            {
                let progress = self.progress(step);
                progress.state = StepState::Started;
                progress.attempts = *attempt;
            }
            (Event::StepSkipped { step, .. }, Todo::Attempt { step: due, .. })
                if step == due && self.step(step).is_none() =>
            {
                self.progress(step).state = StepState::Skipped;
            }
            (
                Event::StepSucceeded { step, attempt, output },
                Todo::Attempt { step: due, attempt: number, .. },
            ) if step == due && attempt == number && self.is_started(step) => {
                let progress = self.progress(step);
                progress.state = StepState::Succeeded;
                progress.output = output.clone();
            }
            (
                Event::StepFailed { step, attempt, failure, retry_at },
                Todo::Attempt { step: due, attempt: number, .. },
            ) if step == due
                && attempt == number
                && self.is_started(step)
                && (retry_at.is_none() || (failure.transient && *attempt < contract.retry.max_attempts)) =>
            {
                self.fail(contract, step, failure, retry_at.as_deref());
            }
            (Event::StepCompensated { step, .. }, Todo::Compensate { step: due }) if step == due => {
                self.progress(step).undo = Undo::Done;
            }
            (Event::CompensationFailed { step, failure }, Todo::Compensate { step: due }) if step == due => {
                self.progress(step).undo = Undo::Failed;
                self.alerts.push(format!("{step} could not be undone: {}", failure.message));
            }
            // Whatever the run is doing, and after it has ended too: that an approval does not stand is learnt late.
            (Event::Overruled { .. }, _)
                if self.started_by.is_some() && self.closed != Some(RunStatus::Overruled) =>
            {
                self.closed = Some(RunStatus::Overruled);
            }
            (Event::Closed { status }, Todo::Close { status: due }) if status == due => {
                self.closed = Some(*status);
            }
            _ => return Err(refuse()),
        }
        Ok(self)
    }

    fn is_started(&self, step: &str) -> bool {
        self.step(step).is_some_and(|progress| progress.state == StepState::Started)
    }

    fn is_gate(&self, action: &ActionId) -> bool {
        self.gate.as_ref().is_some_and(|gate| gate.action_id == *action)
    }

    fn fail(&mut self, contract: &Contract, step: &str, failure: &Failure, retry_at: Option<&str>) {
        let alert_only = contract.step(step).is_some_and(|step| step.on_error == OnError::RetryThenAlert);
        let progress = self.progress(step);
        progress.failure = Some(failure.clone());
        match retry_at {
            Some(moment) => progress.state = StepState::Retrying { not_before: moment.to_owned() },
            None => {
                progress.state = StepState::GaveUp;
                if alert_only {
                    self.alerts.push(format!("{step} failed: {}", failure.message));
                } else {
                    self.failure = Some(failure.clone());
                }
            }
        }
    }

    fn progress(&mut self, id: &str) -> &mut StepProgress {
        let place = self.steps.iter().position(|step| step.id == id).unwrap_or_else(|| {
            self.steps.push(StepProgress {
                id: id.to_owned(),
                state: StepState::Started,
                attempts: 0,
                output: Value::Null,
                failure: None,
                undo: Undo::None,
            });
            self.steps.len() - 1
        });
        &mut self.steps[place]
    }
}
