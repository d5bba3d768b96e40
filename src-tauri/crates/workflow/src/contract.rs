//! The contract: a workflow as data.
//!
//! Owns the model that `contracts/workflow.schema.json` describes. Must not interpret it: reading a file
//! is [`load`], judging it [`lint`], running it [`crate::runner`].

use std::collections::BTreeMap;

use domain::{ActionType, Sha256};
use serde::{Deserialize, Serialize};

mod effect;
pub mod lint;
pub mod load;
mod locate;

pub use effect::{Effect, OnError, Step, Write};
pub use lint::{ReadColumns, SqlLint};
pub use load::Problem;

/// A workflow contract, as loaded and found sound.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Contract {
    /// Its name, which is the `workflow_type` of its runs.
    pub name: String,
    /// Raised with every change.
    pub version: u32,
    /// What it does, in words.
    pub summary: String,
    /// What starts it.
    pub trigger: Trigger,
    /// What it takes.
    pub inputs: Vec<Input>,
    /// Objects of the trigger's payload.
    #[serde(default)]
    pub objects: BTreeMap<String, Object>,
    /// What it looks at before it decides anything.
    pub reads: Vec<Read>,
    /// What must hold.
    pub checks: Vec<Check>,
    /// How much is at stake.
    pub risk: Risk,
    /// The approval it waits for when the risk is high enough.
    pub gate: Option<Gate>,
    /// Its effects, in order.
    pub steps: Vec<Step>,
    /// What it records when it ends, beside what the runner always records.
    pub logs: Vec<Log>,
    /// Whether the runner writes its own narrative.
    #[serde(default)]
    pub reflexion_enabled: bool,
    /// What is proven afterwards.
    pub verify: Vec<Verify>,
    /// How failed attempts are repeated.
    pub retry: RetryPolicy,
    /// Hash of its canonical form: what a run is pinned to.
    #[serde(skip, default = "no_hash")]
    pub hash: Sha256,
}

fn no_hash() -> Sha256 {
    Sha256::of(b"")
}

/// What starts a run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Trigger {
    /// `hitl_approval`: a person's approval.
    pub kind: String,
    /// Of an action of this type.
    pub action_type: ActionType,
    /// In words.
    pub summary: String,
    /// The object of the action's payload the run is about.
    pub payload: Option<String>,
    /// Where each input is found in the payload's objects.
    #[serde(default)]
    pub inputs: BTreeMap<String, String>,
}

/// The type of an input or a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// Any text.
    #[serde(rename = "text")]
    Text,
    /// A list of texts.
    #[serde(rename = "text[]")]
    TextList,
    /// `2026-2027`.
    #[serde(rename = "school_year")]
    SchoolYear,
    /// Yes or no.
    #[serde(rename = "boolean")]
    Boolean,
    /// A whole number.
    #[serde(rename = "integer")]
    Integer,
    /// An exact amount, as text with four decimals.
    #[serde(rename = "money")]
    Money,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Whether a run needs it.
    #[serde(default)]
    pub required: bool,
}

/// An object of the trigger's payload.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Object {
    /// Its path in the payload, from `trigger`.
    pub from: String,
    /// Whether it is a list.
    #[serde(default)]
    pub each: bool,
    /// Its fields and their types.
    pub fields: BTreeMap<String, Type>,
    /// Computed fields: the margin of a price field over a cost field.
    #[serde(default)]
    pub margins: BTreeMap<String, (String, String)>,
}

/// One SELECT.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Read {
    /// The name its result goes by in rules and paths.
    pub id: String,
    /// The only tables it may touch.
    pub tables: Vec<String>,
    /// Whether its result is a row or a list of rows.
    pub rows: Rows,
    /// What a column means where SQL cannot say.
    #[serde(default)]
    pub types: BTreeMap<String, Type>,
    /// The statement.
    pub sql: String,
    /// What its placeholders stand for.
    pub binds: Vec<String>,
}

/// How many rows a read gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// One row or none.
    One,
    /// Any number.
    Many,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Check {
    /// Its name.
    pub id: String,
    /// What must hold.
    pub rule: String,
    /// What follows when it does not.
    pub severity: Severity,
}

/// What follows when a check does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The run stops.
    Block,
    /// The approver is told.
    Warn,
}

/// How much is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Risk {
    /// Of this contract.
    pub level: u8,
    /// From which level on a person must approve.
    pub gate_at: u8,
}

/// The approval a run waits for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Gate {
    /// The type of the staged action.
    pub action_type: ActionType,
    /// Its key, a template.
    pub key: String,
    /// What the approver reads first, a template.
    pub summary: String,
    /// Who is meant to approve.
    pub approver: String,
    /// Whether whoever drafted may approve.
    pub self_approval: SelfApproval,
    /// After how many hours it expires; an expired gate is never a yes.
    pub expires_after_hours: u32,
}

/// Whether whoever drafted may approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SelfApproval {
    /// Yes, visibly.
    Allowed,
    /// No.
    Refused,
}

/// Something recorded when a run ends.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Log {
    /// Its name.
    pub id: String,
    /// Which insert.
    pub action: LogAction,
    /// Tags of a narrative, a template.
    pub tags: Option<String>,
}

/// The inserts a contract can declare for the end of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum LogAction {
    /// The run, as a row.
    #[serde(rename = "INSERT workflow_runs")]
    WorkflowRuns,
    /// The narrative, under the contract's own tags.
    #[serde(rename = "INSERT reflexion_log")]
    ReflexionLog,
}

/// Something proven after a run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verify {
    /// A SELECT gives a row that satisfies a rule.
    Row {
        /// Its name.
        id: String,
        /// The step it proves, if one.
        step: Option<String>,
        /// The only tables it may touch.
        tables: Vec<String>,
        /// The statement.
        sql: String,
        /// What its placeholders stand for.
        binds: Vec<String>,
        /// What must hold of `row`.
        rule: String,
    },
    /// An object is stored at the central with the bytes that were approved.
    Object {
        /// Its name.
        id: String,
        /// The step that made it.
        step: String,
        /// Its key, a template.
        object: String,
    },
}

impl Verify {
    /// Its name.
    pub fn id(&self) -> &str {
        match self {
            Verify::Row { id, .. } | Verify::Object { id, .. } => id,
        }
    }

    /// The step it proves, if one.
    pub fn step(&self) -> Option<&str> {
        match self {
            Verify::Row { step, .. } => step.as_deref(),
            Verify::Object { step, .. } => Some(step),
        }
    }
}

/// How failed attempts are repeated (mission §1, retry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryPolicy {
    /// Attempts in all, the first included.
    pub max_attempts: u32,
    /// The first ceiling, milliseconds.
    pub base_ms: u64,
    /// The highest ceiling, milliseconds.
    pub cap_ms: u64,
    /// Whether the wait is drawn from 0 to the ceiling (full jitter) or is the ceiling.
    pub jitter: bool,
}

impl RetryPolicy {
    /// The ceiling of the wait before retry `k` (1 is the first retry): `min(cap, base · 2^(k−1))`.
    pub fn ceiling_ms(&self, retry: u32) -> u64 {
        let factor = 1_u64.checked_shl(retry.saturating_sub(1)).unwrap_or(u64::MAX);
        self.base_ms.saturating_mul(factor).min(self.cap_ms)
    }
}

impl Contract {
    /// Whether a person must approve before any step.
    pub fn is_gated(&self) -> bool {
        self.risk.level >= self.risk.gate_at
    }

    /// A step by its name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// What undoes a step; empty when nothing does.
    pub fn compensation(&self, id: &str) -> &[Write] {
        match self.step(id).map(|step| &step.effect) {
            Some(Effect::D1Write { compensate, .. }) => compensate,
            _ => &[],
        }
    }
}
