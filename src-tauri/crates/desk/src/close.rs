//! The end of a run: its logs, its narrative, its verification and its one event, in one transaction.
//!
//! Owns the duties the runner always has at a run's end and what a contract declares on top. Must not be
//! reachable twice: the journal's `closed` is part of the transaction.

use domain::DraftId;
use serde_json::{Value, json};
use store::drafts::DraftStatus;
use store::logs::RunEnd;
use store::{WriteTx, drafts, logs, quotes, verification};
use workflow::contract::LogAction;
use workflow::runner::{CheckResult, Event, RunStatus, StepState, Undo};
use workflow::{narrative, template};

use crate::Desk;
use crate::effects;
use crate::error::DeskError;
use crate::live::Live;
use crate::outbox::Announce;
use crate::runs::trigger_text;

/// A run that is being closed.
pub(crate) struct Closing<'a> {
    desk: &'a Desk,
    tx: &'a WriteTx<'a>,
    live: &'a Live,
    status: RunStatus,
    now: String,
    narrative: String,
    rows: Vec<Value>,
}

/// Carries out one duty.
type Duty = fn(&mut Closing<'_>) -> Result<(), DeskError>;

/// What the runner does at the end of every run, by name; `contract show` reads what is real from here.
pub(crate) const DUTIES: &[(&str, Duty)] = &[
    ("log_run", log_run),
    ("reflexion", reflexion),
    ("event", fire_event),
    ("verify", stage_verification),
    ("alerts", alert),
    ("draft", release_draft),
];

/// Close a run in the caller's transaction.
pub(crate) fn close(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &mut Live,
    status: RunStatus,
) -> Result<(), DeskError> {
    let facts = price_facts(tx, live)?;
    let mut closing = Closing {
        desk,
        tx,
        live,
        status,
        now: desk.now(),
        narrative: narrative::tell(&live.contract, &live.journal, status, &facts),
        rows: Vec::new(),
    };
    for (_, duty) in DUTIES {
        duty(&mut closing)?;
    }
    let rows = closing.rows;
    Announce::new(format!("{}.closed", live.row.id), effects::aggregate(live), "rows")
        .after(live.released_by(tx)?)
        .of_run(&live.row.id, None)
        .of_rows(&rows)
        .put(desk, tx, &json!({ "rows": rows }))?;
    live.append(desk, tx, Event::Closed { status })
}

impl Closing<'_> {
    fn end(&self) -> RunEnd<'_> {
        RunEnd {
            run_id: &self.live.row.id,
            workflow_type: &self.live.contract.name,
            contract_version: self.live.contract.version,
            customer_id: self.live.row.customer_id.as_ref(),
            quote_id: self.live.row.quote_id.as_ref(),
            status: self.status.as_str(),
            started_by: &self.live.row.started_by,
            started_at: &self.live.row.started_at,
            completed_at: &self.now,
        }
    }

    fn announce(&mut self, table: &str, row: Value) {
        self.rows.push(json!({ "table": table, "change": "upsert", "row": row }));
    }
}

/// The runner's own record, and the row the contract declares.
fn log_run(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    let summary = summary(closing.live, closing.status);
    let row = logs::insert_run_log(closing.tx, &closing.end(), &summary)?;
    closing.announce("workflow_run_log", row);
    let live = closing.live;
    for _ in live.contract.logs.iter().filter(|log| log.action == LogAction::WorkflowRuns) {
        let row = logs::insert_workflow_run(closing.tx, &closing.end())?;
        closing.announce("workflow_runs", row);
    }
    Ok(())
}

/// The narrative, under the contract's name and under the tags it declares.
fn reflexion(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    let live = closing.live;
    let mut tags = Vec::new();
    if live.contract.reflexion_enabled {
        tags.push(live.contract.name.clone());
    }
    let context = live.context();
    for log in live.contract.logs.iter().filter(|log| log.action == LogAction::ReflexionLog) {
        let declared = log.tags.as_deref().unwrap_or_default();
        tags.push(
            template::fill(declared, &context)
                .map_err(|error| DeskError::bad_input(error, "Check the contract."))?,
        );
    }
    for tags in tags {
        let row = logs::insert_reflexion(closing.tx, &live.row.id, &tags, &closing.narrative, &closing.now)?;
        closing.announce("reflexion_log", row);
    }
    Ok(())
}

fn fire_event(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    let live = closing.live;
    let event = if closing.status == RunStatus::Completed { "workflow.completed" } else { "workflow.failed" };
    let payload = json!({ "workflow_type": live.contract.name, "status": closing.status, "quote_id": live.row.quote_id });
    let row = logs::insert_event(closing.tx, &live.row.id, event, &payload, &closing.now)?;
    closing.announce("workflow_events", row);
    Ok(())
}

/// Only what a run claims can be proven: a run that did not complete claims nothing.
fn stage_verification(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    if closing.status != RunStatus::Completed {
        return Ok(());
    }
    let (run, quote) = (&closing.live.row.id, closing.live.row.quote_id.as_ref());
    for verify in &closing.live.contract.verify {
        verification::stage(closing.tx, run, verify.id(), quote, &closing.now)?;
        let row = json!({ "run_id": run, "check_id": verify.id(), "quote_id": quote, "status": "pending",
            "evidence": "{}", "created_at": closing.now });
        closing.announce("workflow_verify_results", row);
    }
    Ok(())
}

/// What a person must look at.
fn alert(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    let run = &closing.live.row.id;
    for (n, message) in closing.live.state.alerts.iter().enumerate() {
        let id = format!("{run}.{n}");
        logs::insert_alert(closing.tx, &id, Some(run), None, message, &closing.now)?;
        let row = json!({ "id": id, "run_id": run, "message": message, "created_at": closing.now });
        closing.announce("alerts", row);
    }
    Ok(())
}

/// A quote that was released closes its draft; one that was not gives it back to its writer.
fn release_draft(closing: &mut Closing<'_>) -> Result<(), DeskError> {
    let draft: Option<DraftId> =
        trigger_text(&closing.live.state.trigger, "/draft_id").and_then(|id| id.parse().ok());
    if let Some(draft) = draft {
        let released = closing.status == RunStatus::Completed;
        let to = if released { DraftStatus::Closed } else { DraftStatus::Open };
        drafts::set_status(closing.tx, &draft, to, &closing.desk.now())?;
    }
    Ok(())
}

fn summary(live: &Live, status: RunStatus) -> Value {
    let steps: Vec<Value> = live
        .state
        .steps
        .iter()
        .map(|step| {
            let state = match (&step.state, step.undo) {
                (StepState::Succeeded, Undo::None) => "succeeded",
                (StepState::Succeeded, Undo::Done) => "undone",
                (StepState::Succeeded, Undo::Failed) => "could not be undone",
                (StepState::Skipped, _) => "skipped",
                (StepState::GaveUp, _) => "failed",
                (StepState::Started | StepState::Retrying { .. }, _) => "unfinished",
            };
            json!({ "step": step.id, "state": state, "attempts": step.attempts })
        })
        .collect();
    let checks = live.state.preflight.as_ref().map(|preflight| {
        let one = |check: &CheckResult| json!({ "check": check.id, "outcome": check.outcome });
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
