//! Where a workflow touches the world, and whether something real stands there.
//!
//! Owns the table of touchpoints of a contract. Must not claim anything: REAL or STUB is what the registry of
//! handlers that is passed in says.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::contract::{Contract, Effect, LogAction};

/// One place where a workflow touches the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Touchpoint {
    /// The system, with the queue that leads there.
    pub system: String,
    /// The table or resource.
    pub resource: String,
    /// What is done to it.
    pub action: String,
    /// `REAL` or `STUB`.
    pub status: &'static str,
    /// What does it.
    pub source: String,
}

/// What is registered to act on a contract's behalf.
pub trait Handlers {
    /// Whether the runner's own duty (`log_run`, `reflexion`, `event`, `verify`, `gate`) is carried out.
    fn duty(&self, name: &str) -> bool;

    /// Whether a step of this effect is carried out.
    fn effect(&self, effect: &Effect) -> bool;
}

/// The touchpoints of a contract, in the order of a run's end and then of its steps.
pub fn touchpoints(contract: &Contract, handlers: &dyn Handlers) -> Vec<Touchpoint> {
    let status = |real: bool| if real { "REAL" } else { "STUB" };
    let duty = |system: &str, resource: &str, action: String, name: &str, source: &str| Touchpoint {
        system: system.to_owned(),
        resource: resource.to_owned(),
        action,
        status: status(handlers.duty(name)),
        source: source.to_owned(),
    };
    let mut found = vec![duty(
        "D1",
        "workflow_run_log",
        "INSERT (run summary)".to_owned(),
        "log_run",
        "runner automatic",
    )];
    if contract.reflexion_enabled {
        let action = format!("INSERT (tags={})", contract.name);
        found.push(duty("D1", "reflexion_log", action, "reflexion", "runner automatic"));
    }
    let fire = "fire".to_owned();
    found.push(duty("Event", "workflow.completed (or workflow.failed)", fire, "event", "runner automatic"));
    if !contract.verify.is_empty() {
        let action = format!("INSERT pending × {}, swept to passed or failed", contract.verify.len());
        found.push(duty("D1", "workflow_verify_results", action, "verify", "runner verify staging"));
    }
    if let Some(gate) = contract.gate.as_ref().filter(|_| contract.is_gated()) {
        let action = format!("INSERT (HITL gate envelope) {}", gate.action_type);
        found.push(duty("D1", "proposed_actions", action, "gate", "runner HITL gate"));
    }
    for (place, step) in contract.steps.iter().enumerate() {
        let (system, resource, action) = match &step.effect {
            Effect::D1Write { writes, .. } => {
                let mut seen = BTreeSet::new();
                let tables = writes.iter().map(|write| write.table.as_str());
                let tables: Vec<&str> = tables.filter(|table| seen.insert(*table)).collect();
                ("D1".to_owned(), tables.join(", "), "write".to_owned())
            }
            Effect::HttpCall { method, path, artifact, .. } => {
                ("Worker HTTP".to_owned(), format!("{method} {path}"), format!("invoke, R2 {artifact}"))
            }
            Effect::HitlEmailDraft { action_type, .. } => {
                let action = format!("INSERT (email draft via {action_type})");
                ("D1".to_owned(), "proposed_actions".to_owned(), action)
            }
            Effect::NsPush { record, queue, .. } => {
                (format!("NetSuite (via {queue})"), record.clone(), "push".to_owned())
            }
            Effect::EmailSend { queue, message } => {
                (format!("Mail (via {queue})"), message.clone(), "send".to_owned())
            }
        };
        found.push(Touchpoint {
            system,
            resource,
            action,
            status: status(handlers.effect(&step.effect)),
            source: format!("fan-out #{} ({})", place + 1, step.id),
        });
    }
    found
}

/// What a contract declares to record beside what the runner always does, in words.
pub fn declared_logs(contract: &Contract) -> Vec<String> {
    let word = |action| match action {
        LogAction::WorkflowRuns => "INSERT workflow_runs",
        LogAction::ReflexionLog => "INSERT reflexion_log",
    };
    contract.logs.iter().map(|log| format!("{}: {}", log.id, word(log.action))).collect()
}
