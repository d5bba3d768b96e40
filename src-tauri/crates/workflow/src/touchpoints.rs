//! Where a workflow touches the world, and whether something real stands there.
//!
//! Owns the table of touchpoints of a contract. Must not claim anything: REAL or STUB is what the registry of
//! handlers that is passed in says.

use serde::Serialize;

use crate::contract::{Contract, Effect, LogAction};

/// One place where a workflow touches the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Touchpoint {
    /// The system.
    pub system: &'static str,
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
    let duty = |system, resource: &str, action: String, name: &str, source: &str| Touchpoint {
        system,
        resource: resource.to_owned(),
        action,
        status: status(handlers.duty(name)),
        source: source.to_owned(),
    };
    let mut found = vec![duty("D1", "workflow_run_log", "INSERT (run summary)".to_owned(), "log_run", "runner automatic")];
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
        let action = format!("INSERT (HITL gate envelope {})", gate.action_type);
        found.push(duty("D1", "proposed_actions", action, "gate", "runner HITL gate"));
    }
    for (place, step) in contract.steps.iter().enumerate() {
        let (system, resource, action) = match &step.effect {
            Effect::D1Write { writes, .. } => {
                let mut tables: Vec<&str> = writes.iter().map(|write| write.table.as_str()).collect();
                tables.dedup();
                let mut seen = std::collections::BTreeSet::new();
                tables.retain(|table| seen.insert(*table));
                ("D1", tables.join(", "), "write".to_owned())
            }
            Effect::HttpCall { method, path, artifact, .. } => {
                ("Worker HTTP", format!("{method} {path}"), format!("invoke, R2 {artifact}"))
            }
            Effect::HitlEmailDraft { action_type, .. } => {
                ("D1", "proposed_actions".to_owned(), format!("INSERT (email draft via {action_type})"))
            }
            Effect::NsPush { record, queue, .. } => {
                ("NetSuite", record.clone(), format!("push via {queue}"))
            }
            Effect::EmailSend { queue, .. } => ("Mail", "message".to_owned(), format!("send via {queue}")),
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
