//! The end of a run: its logs, its narrative, its verification and its one event, in one transaction.
//!
//! Owns what the runner always records and what a contract declares on top. Must not be reachable twice: the
//! journal's `closed` is part of the transaction.

use domain::DraftId;
use serde_json::{Value, json};
use store::drafts::DraftStatus;
use store::logs::RunEnd;
use store::{WriteTx, drafts, logs, quotes, verification};
use workflow::contract::LogAction;
use workflow::narrative;
use workflow::runner::{Event, RunStatus, StepState};
use workflow::template;

use crate::Desk;
use crate::effects;
use crate::error::DeskError;
use crate::live::Live;
use crate::outbox::Announce;
use crate::runs::trigger_text;

/// Close a run in the caller's transaction.
pub(crate) fn close(desk: &Desk, tx: &WriteTx<'_>, live: &mut Live, status: RunStatus) -> Result<(), DeskError> {
    let now = desk.now();
    let mut rows = Vec::new();
    let mut announce = |table: &str, row: Value| rows.push(json!({ "table": table, "change": "upsert", "row": row }));
    let end = RunEnd {
        run_id: &live.row.id,
        workflow_type: &live.contract.name,
        contract_version: live.contract.version,
        customer_id: live.row.customer_id.as_ref(),
        quote_id: live.row.quote_id.as_ref(),
        status: status.as_str(),
        started_by: &live.row.started_by,
        started_at: &live.row.started_at,
        completed_at: &now,
    };
    announce("workflow_run_log", logs::insert_run_log(tx, &end, &summary(live, status))?);

    let facts = price_facts(tx, live)?;
    let narrative = narrative::tell(&live.contract, &live.journal, status, &facts);
    if live.contract.reflexion_enabled {
        announce("reflexion_log", logs::insert_reflexion(tx, end.run_id, &live.contract.name, &narrative, &now)?);
    }
    let context = live.context();
    for log in &live.contract.logs {
        match log.action {
            LogAction::WorkflowRuns => announce("workflow_runs", logs::insert_workflow_run(tx, &end)?),
            LogAction::ReflexionLog => {
                let tags = log.tags.as_deref().unwrap_or_default();
                let tags = template::fill(tags, &context)
                    .map_err(|error| DeskError::bad_input(error, "Check the contract."))?;
                announce("reflexion_log", logs::insert_reflexion(tx, end.run_id, &tags, &narrative, &now)?);
            }
        }
    }
    let event = if status == RunStatus::Completed { "workflow.completed" } else { "workflow.failed" };
    let payload = json!({ "workflow_type": live.contract.name, "status": status, "quote_id": live.row.quote_id });
    announce("workflow_events", logs::insert_event(tx, end.run_id, event, &payload, &now)?);

    if status == RunStatus::Completed {
        for verify in &live.contract.verify {
            verification::stage(tx, end.run_id, verify.id(), end.quote_id, &now)?;
            announce(
                "workflow_verify_results",
                json!({ "run_id": end.run_id, "check_id": verify.id(), "quote_id": end.quote_id,
                    "status": "pending", "evidence": "{}", "created_at": now }),
            );
        }
    }
    for (n, alert) in live.state.alerts.iter().enumerate() {
        logs::insert_alert(tx, &format!("{}.{n}", live.row.id), Some(&live.row.id), None, alert, &now)?;
    }
    release_draft(desk, tx, live, status)?;
    Announce::new(format!("{}.closed", live.row.id), effects::aggregate(live), "rows")
        .of_run(&live.row.id, None)
        .put(desk, tx, &json!({ "rows": rows }))?;
    live.append(desk, tx, Event::Closed { status })
}

/// A quote that was released closes its draft; one that was not gives it back to its writer.
fn release_draft(desk: &Desk, tx: &WriteTx<'_>, live: &Live, status: RunStatus) -> Result<(), DeskError> {
    let draft: Option<DraftId> = trigger_text(&live.state.trigger, "/draft_id").and_then(|id| id.parse().ok());
    if let Some(draft) = draft {
        let to = if status == RunStatus::Completed { DraftStatus::Closed } else { DraftStatus::Open };
        drafts::set_status(tx, &draft, to, &desk.now())?;
    }
    Ok(())
}

fn summary(live: &Live, status: RunStatus) -> Value {
    let steps: Vec<Value> = live
        .state
        .steps
        .iter()
        .map(|step| {
            let state = match step.state {
                StepState::Succeeded if step.compensated => "undone",
                StepState::Succeeded => "succeeded",
                StepState::Skipped => "skipped",
                StepState::GaveUp => "failed",
                StepState::Started | StepState::Retrying { .. } => "unfinished",
            };
            json!({ "step": step.id, "state": state, "attempts": step.attempts })
        })
        .collect();
    let checks = live.state.preflight.as_ref().map(|preflight| {
        let one = |check: &workflow::runner::CheckResult| json!({ "check": check.id, "outcome": check.outcome });
        preflight.checks.iter().map(one).collect::<Vec<_>>()
    });
    json!({ "status": status, "steps": steps, "checks": checks, "alerts": live.state.alerts })
}

fn price_facts(tx: &WriteTx<'_>, live: &Live) -> Result<Vec<String>, DeskError> {
    let Some(quote) = &live.row.quote_id else { return Ok(Vec::new()) };
    let moved = quotes::moved_prices(tx, quote)?;
    let as_told: Vec<_> = moved
        .into_iter()
        .map(|(item, from, to)| (item.to_string(), from.map(|price| price.as_price()), to.as_price()))
        .collect();
    Ok(narrative::price_facts(&as_told))
}
