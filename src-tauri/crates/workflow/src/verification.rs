//! Verification: whether what a run claims is so.
//!
//! Owns the verdict over evidence. Must not gather it, and must never fail a check whose human gate is open.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::context::Context;
use crate::contract::Verify;
use crate::rule::{Outcome, Rule};
use crate::runner::{State, StepState};

domain::vocabulary! {
    /// Where a verification stands.
    pub enum VerifyStatus: "a verification status" {
        /// Not proven yet, and nothing speaks against it.
        Pending = "pending",
        /// Proven.
        Passed = "passed",
        /// Disproven.
        Failed = "failed",
        /// There is nothing to prove: its step did not apply.
        Skipped = "skipped",
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// The rows of a SELECT.
    Rows(Vec<Value>),
    /// What the central says of an object: the hash of the bytes it stores, once it said so.
    Object {
        /// Hash of the bytes that were approved.
        expected: Option<String>,
        /// Hash of the bytes that are stored.
        stored: Option<String>,
    },
}

/// What became of a step that a person or the central still has to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "waits_for", rename_all = "snake_case")]
pub enum Outstanding {
    /// A person has not decided yet.
    Approval {
        /// The action.
        action_id: String,
    },
    /// The central has not acknowledged yet.
    Central {
        /// The operation.
        op_id: String,
    },
    /// A person said no, or nobody decided in time: it will not happen.
    Refused {
        /// How it was refused.
        reason: String,
    },
    /// The operation was parked or thrown away.
    Stopped {
        /// Why.
        reason: String,
    },
}

/// A verdict, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Where it stands.
    pub status: VerifyStatus,
    /// What it rests on, as JSON.
    pub evidence: Value,
}

/// Judge one verification.
pub fn judge(
    verify: &Verify,
    context: &Context<'_>,
    state: &State,
    evidence: &Evidence,
    outstanding: Option<&Outstanding>,
) -> Verdict {
    let verdict = |status, evidence| Verdict { status, evidence };
    if let Some(step) = verify.step().and_then(|step| state.step(step))
        && step.state == StepState::Skipped
    {
        return verdict(
            VerifyStatus::Skipped,
            json!({ "step": step.id, "reason": "the step did not apply" }),
        );
    }
    let (outcome, found) = proof(verify, context, evidence);
    match (outcome, outstanding) {
        (Outcome::Passed, _) => verdict(VerifyStatus::Passed, found),
        // A person may still change what would be disproven now.
        (_, Some(waiting @ Outstanding::Approval { .. })) => verdict(VerifyStatus::Pending, json!(waiting)),
        (Outcome::Failed, _) => verdict(VerifyStatus::Failed, found),
        (Outcome::Unknown, Some(waiting @ Outstanding::Central { .. })) => {
            verdict(VerifyStatus::Pending, json!(waiting))
        }
        (Outcome::Unknown, Some(over)) => verdict(VerifyStatus::Failed, json!(over)),
        (Outcome::Unknown, None) => verdict(VerifyStatus::Failed, found),
    }
}

/// What the evidence says by itself, and the evidence as it is kept.
fn proof(verify: &Verify, context: &Context<'_>, evidence: &Evidence) -> (Outcome, Value) {
    let nothing = (Outcome::Unknown, json!({ "reason": "nothing was found" }));
    match (verify, evidence) {
        (Verify::Row { rule, .. }, Evidence::Rows(rows)) => {
            let Some(row) = rows.first() else { return nothing };
            let outcome = match rule.parse::<Rule>() {
                Ok(parsed) => parsed.evaluate_row(context, row).outcome,
                Err(_) => Outcome::Unknown,
            };
            (outcome, json!({ "row": row, "rule": rule }))
        }
        (Verify::Object { .. }, Evidence::Object { expected: Some(expected), stored: Some(stored) }) => {
            let outcome = if expected == stored { Outcome::Passed } else { Outcome::Failed };
            (outcome, json!({ "sha256": stored, "expected": expected }))
        }
        (Verify::Object { .. }, Evidence::Object { expected: None, stored: Some(stored) }) => {
            (Outcome::Failed, json!({ "sha256": stored, "reason": "no bytes were approved" }))
        }
        _ => nothing,
    }
}
