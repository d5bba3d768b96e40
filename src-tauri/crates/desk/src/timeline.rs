//! The timeline of a run: what happened when, read back from its journal.
//!
//! Owns turning events into lines a person reads, and the evidence beside them. Must not infer anything the
//! journal and the tables do not say.

use chrono::{DateTime, Utc};
use domain::RunId;
use serde::Serialize;
use serde_json::Value;
use store::{audit, logs, outbox, verification};
use workflow::runner::{CheckResult, Event};

use crate::Desk;
use crate::error::DeskError;
use crate::live::Live;
use crate::runs::{RunListed, is_undoable, listed};
use crate::verify::VerifyShown;

/// A run with its timeline.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RunShown {
    /// As in a list.
    #[serde(flatten)]
    pub listed: RunListed,
    /// The version of its contract.
    pub contract_version: u32,
    /// The contract's hash: what it is pinned to.
    pub contract_hash: domain::Sha256,
    /// What its checks found.
    pub checks: Vec<CheckResult>,
    /// What happened, in order.
    pub timeline: Vec<Moment>,
    /// Its steps: state, attempts, evidence.
    pub steps: Vec<StepShown>,
    /// What waits for the central.
    pub outbox: Vec<OpShown>,
    /// What is proven.
    pub verification: Vec<VerifyShown>,
    /// The event it fired.
    pub event: Option<String>,
    /// What it tells of itself.
    pub narrative: Option<String>,
    /// Things a person must look at.
    pub alerts: Vec<String>,
    /// Decisions that were signed for it.
    pub decisions: usize,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Moment {
    /// When, RFC 3339.
    pub at: String,
    /// Milliseconds since the run began.
    pub after_ms: i64,
    /// What, as a word.
    pub event: String,
    /// In words.
    pub text: String,
}

/// A step, shown.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct StepShown {
    /// Which.
    pub step: String,
    /// Its kind.
    pub kind: &'static str,
    /// How far.
    pub state: Value,
    /// Attempts so far.
    pub attempts: u32,
    /// What it made.
    pub evidence: Value,
    /// Whether a failed run undoes it.
    pub undoable: bool,
}

/// An outbox operation, shown.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct OpShown {
    /// Its idempotency key.
    pub op_id: domain::OpId,
    /// What kind of operation.
    pub kind: String,
    /// Of which step.
    pub step: Option<String>,
    /// Where it stands.
    pub state: store::outbox::OpState,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub error: Option<String>,
}

impl Desk {
    /// One run with its timeline.
    pub fn run(&self, id: &RunId) -> Result<RunShown, DeskError> {
        self.store.read(|db| {
            let live = Live::load(db, id)?;
            let began = live.journal.first().map_or(0, |entry| entry.at_ms);
            let timeline = live
                .journal
                .iter()
                .map(|entry| Moment {
                    at: DateTime::<Utc>::from_timestamp_millis(entry.at_ms)
                        .map(domain::clock::timestamp)
                        .unwrap_or_default(),
                    after_ms: entry.at_ms - began,
                    event: word(&entry.event).to_owned(),
                    text: told(&entry.event),
                })
                .collect();
            let steps = live.state.steps.iter().filter_map(|progress| {
                let step = live.contract.step(&progress.id)?;
                Some(StepShown {
                    step: progress.id.clone(),
                    kind: step.effect.kind(),
                    state: serde_json::to_value(&progress.state).ok()?,
                    attempts: progress.attempts,
                    evidence: progress.output.clone(),
                    undoable: is_undoable(&step.effect),
                })
            });
            let steps = steps.collect();
            let operations = outbox::of_run(db, id)?;
            let checks = live.state.preflight.as_ref().map(|preflight| preflight.checks.clone());
            let narrative = logs::reflexions(db, id)?.into_iter().next().map(|(_, narrative)| narrative);
            let mine = |decision: &store::audit::DecisionRow| {
                live.journal.iter().any(|entry| {
                    matches!(&entry.event, Event::GateDecided { action_id, .. } if *action_id == decision.action_id)
                }) || live.row.trigger_action_id.as_ref() == Some(&decision.action_id)
            };
            Ok(RunShown {
                contract_version: live.contract.version,
                contract_hash: live.contract.hash,
                checks: checks.unwrap_or_default(),
                timeline,
                steps,
                outbox: operations
                    .into_iter()
                    .map(|op| OpShown {
                        op_id: op.op_id,
                        kind: op.kind,
                        step: op.step_id,
                        state: op.state,
                        attempts: op.attempts,
                        error: op.error,
                    })
                    .collect(),
                verification: verification::of_run(db, id)?.into_iter().map(VerifyShown::from).collect(),
                event: logs::event_of(db, id)?,
                narrative,
                alerts: live.state.alerts.clone(),
                decisions: audit::all(db)?.iter().filter(|decision| mine(decision)).count(),
                listed: listed(db, live.row)?,
            })
        })
    }
}

fn word(event: &Event) -> &'static str {
    match event {
        Event::Started { .. } => "started",
        Event::Preflighted(_) => "preflighted",
        Event::GateStaged { .. } => "gate_staged",
        Event::GateVoided { .. } => "gate_voided",
        Event::GateDecided { .. } => "gate_decided",
        Event::StepStarted { .. } => "step_started",
        Event::StepSkipped { .. } => "step_skipped",
        Event::StepSucceeded { .. } => "step_succeeded",
        Event::StepFailed { .. } => "step_failed",
        Event::StepCompensated { .. } => "step_compensated",
        Event::CompensationFailed { .. } => "compensation_failed",
        Event::Overruled { .. } => "overruled",
        Event::Closed { .. } => "closed",
    }
}

fn told(event: &Event) -> String {
    match event {
        Event::Started { by, .. } => format!("set going by {by}"),
        Event::Preflighted(preflight) => {
            let held =
                preflight.checks.iter().filter(|check| check.outcome == workflow::rule::Outcome::Passed);
            let steps = preflight.plan.len();
            format!(
                "{} of {} checks hold, {steps} {} planned",
                held.count(),
                preflight.checks.len(),
                if steps == 1 { "step" } else { "steps" }
            )
        }
        Event::GateStaged { action_id, payload_hash } => {
            format!("waits for approval of {action_id}, content {}", payload_hash.short())
        }
        Event::GateVoided { reason, .. } => format!("what the gate showed was voided: {reason}"),
        Event::GateDecided { decision, by, note, .. } => {
            let decision = format!("{decision:?}").to_lowercase();
            let by = by.as_deref().map(|by| format!(" by {by}")).unwrap_or_default();
            let note = note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
            format!("{decision}{by}{note}")
        }
        Event::StepStarted { step, attempt } => format!("{step}: attempt {attempt}"),
        Event::StepSkipped { step, reason } => format!("{step}: left out, {reason}"),
        Event::StepSucceeded { step, output, .. } => format!("{step}: done{}", made(output)),
        Event::StepFailed { step, failure, retry_at, .. } => match retry_at {
            Some(moment) => format!("{step}: {}; tried again at {moment}", failure.message),
            None => format!("{step}: {}; not tried again", failure.message),
        },
        Event::StepCompensated { step, .. } => format!("{step}: undone"),
        Event::CompensationFailed { step, failure } => {
            format!("{step}: could not be undone, {}", failure.message)
        }
        Event::Overruled { reason, .. } => format!("the approval does not stand: {reason}"),
        Event::Closed { status } => format!("ended {status}"),
    }
}

/// What a step made, in a few words.
fn made(output: &Value) -> String {
    let text = |field: &str| output.get(field).and_then(Value::as_str);
    if let Some(rows) = output.get("rows").and_then(Value::as_u64) {
        return format!(", {rows} {}", if rows == 1 { "row" } else { "rows" });
    }
    if let (Some(object), Some(size)) = (text("object"), output.get("size").and_then(Value::as_u64)) {
        return format!(", {object} ({size} bytes)");
    }
    if let Some(action) = text("action_id") {
        return format!(", waits for approval of {action}");
    }
    if let Some(queue) = text("queue") {
        return format!(", queued for {queue}");
    }
    String::new()
}
