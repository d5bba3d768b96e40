//! Runs and their verification.
//!
//! Owns `run …` and `verify`. Must not print anything but what the journal and the tables say.

use desk::Desk;
use desk::timeline::RunShown;
use serde_json::{Value, json};

use super::{LISTED, id};
use crate::args::RunCommand;
use crate::output::{Failure, Outcome, or_dash, table};

/// `run list / show ID / resume ID`
pub fn run(desk: &Desk, command: &RunCommand) -> Result<Outcome, Failure> {
    match command {
        RunCommand::List => {
            let runs = desk.runs(LISTED)?;
            let rows = runs.iter().map(|run| {
                vec![
                    run.run_id.to_string(),
                    run.contract.clone(),
                    run.status.clone(),
                    or_dash(run.quote_id.as_ref()),
                    run.started_by.clone(),
                    run.started_at.clone(),
                    or_dash(run.completed_at.as_ref()),
                ]
            });
            let headers = ["run", "contract", "status", "quote", "by", "began", "ended"];
            let text = table(&headers, &[], rows.collect());
            Outcome::new(&runs, text)
        }
        RunCommand::Show { id: which } => {
            let run = desk.run(&id(which)?)?;
            let text = shown(&run);
            Outcome::new(&run, text)
        }
        RunCommand::Resume { id: which } => {
            let run = id(which)?;
            let status = desk.resume(&run)?;
            Outcome::new(&json!({ "run_id": run, "status": status }), format!("Run {run}: {status}."))
        }
    }
}

/// `verify`
pub fn verify(desk: &Desk) -> Result<Outcome, Failure> {
    let swept = desk.sweep()?;
    let rows = swept.results.iter().map(|result| {
        vec![
            result.run_id.to_string(),
            result.check.clone(),
            result.status.clone(),
            evidence(&result.evidence),
        ]
    });
    let mut text = table(&["run", "check", "status", "evidence"], &[], rows.collect());
    if swept.results.is_empty() {
        text = "Nothing waits to be verified.".to_owned();
    }
    for action in &swept.expired {
        text.push_str(&format!("\nExpired: action {action}"));
    }
    for run in &swept.resumed {
        text.push_str(&format!("\nContinued: run {run}"));
    }
    Outcome::new(&swept, text)
}

fn evidence(value: &Value) -> String {
    if value.as_object().is_none_or(serde_json::Map::is_empty) { String::new() } else { value.to_string() }
}

fn shown(run: &RunShown) -> String {
    let listed = &run.listed;
    let mut text = format!(
        "Run {} · {} v{} · {} · quote {} · set going by {}\n\n",
        listed.run_id,
        listed.contract,
        run.contract_version,
        listed.status,
        or_dash(listed.quote_id.as_ref()),
        listed.started_by
    );
    let moments = run.timeline.iter().map(|moment| {
        vec![moment.at.clone(), format!("+{} ms", moment.after_ms), moment.event.clone(), moment.text.clone()]
    });
    text.push_str(&table(&["at", "after", "event", ""], &[1], moments.collect()));
    if !run.outbox.is_empty() {
        text.push_str("\nOutbox\n");
        let rows = run.outbox.iter().map(|op| {
            vec![op.op_id.to_string(), op.kind.clone(), or_dash(op.step.as_ref()), op.state.to_string()]
        });
        text.push_str(&table(&["operation", "kind", "step", "state"], &[], rows.collect()));
    }
    if !run.verification.is_empty() {
        text.push_str("\nVerification\n");
        let rows = run
            .verification
            .iter()
            .map(|result| vec![result.check.clone(), result.status.clone(), evidence(&result.evidence)]);
        text.push_str(&table(&["check", "status", "evidence"], &[], rows.collect()));
    }
    for alert in &run.alerts {
        text.push_str(&format!("\n! {alert}"));
    }
    if let Some(narrative) = &run.narrative {
        text.push_str(&format!("\n{narrative}\n"));
    }
    text
}
