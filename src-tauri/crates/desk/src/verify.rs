//! The verification sweep that closes what a run claims with evidence.
//!
//! Owns gathering the evidence and recording the verdict. Must not judge: the workflow crate does.

use domain::{ActionId, ActionStatus, OpId, RunId};
use serde::Serialize;
use serde_json::{Value, json};
use store::outbox::OpState;
use store::sandbox::{self, ContractSql, Kind, Limits};
use store::verification::VerifyRow;
use store::{Reader, WriteTx, actions, files, outbox, runs, verification};
use workflow::contract::Verify;
use workflow::verification::{Evidence, Outstanding, Verdict, VerifyStatus, judge};
use workflow::{Context, template};

use crate::Desk;
use crate::effects::aggregate;
use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::outbox::Announce;

/// What a sweep did and found.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Swept {
    /// Actions that expired meanwhile.
    pub expired: Vec<ActionId>,
    /// Runs that were continued.
    pub resumed: Vec<RunId>,
    /// Every verification that was looked at.
    pub results: Vec<VerifyShown>,
}

/// A verification, shown.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct VerifyShown {
    /// Of which run.
    pub run_id: RunId,
    /// Which.
    pub check: String,
    /// `pending`, `passed`, `failed` or `skipped`.
    pub status: String,
    /// What it rests on.
    pub evidence: Value,
    /// When that was found, RFC 3339.
    pub checked_at: Option<String>,
}

impl From<VerifyRow> for VerifyShown {
    fn from(row: VerifyRow) -> Self {
        VerifyShown {
            run_id: row.run_id,
            check: row.check_id,
            status: row.status,
            evidence: row.evidence,
            checked_at: row.checked_at,
        }
    }
}

impl Desk {
    /// Expire what is overdue, continue what can be continued, and look at every pending verification.
    pub fn sweep(&self) -> Result<Swept, DeskError> {
        let expired = self.expire_overdue()?;
        self.withdraw_overtaken()?;
        let resumed = self.resume_all()?;
        let mut results = Vec::new();
        for run in self.store.read(verification::pending_runs)? {
            results.extend(self.verify_run(&run)?);
        }
        Ok(Swept { expired, resumed, results })
    }

    fn verify_run(&self, run: &RunId) -> Result<Vec<VerifyShown>, DeskError> {
        // Most sweeps find nothing new, and nothing new is not written.
        if !self.store.read(|db| self.found_anew(db, run))?.is_empty() {
            self.store.write(|tx| {
                for (row, verdict) in self.found_anew(tx, run)? {
                    self.record(tx, run, &row, &verdict)?;
                }
                Ok::<_, DeskError>(())
            })?;
        }
        let rows = self.store.read(|db| verification::of_run(db, run))?;
        Ok(rows.into_iter().map(VerifyShown::from).collect())
    }

    /// Verifications of a run on which the evidence now says something else than what is recorded.
    fn found_anew(&self, db: &Reader<'_>, run: &RunId) -> Result<Vec<(VerifyRow, Verdict)>, DeskError> {
        let live = Live::load(db, run)?;
        let context = live.context();
        let now = self.now();
        let mut found = Vec::new();
        for row in verification::of_run(db, run)? {
            let declared = live.contract.verify.iter().find(|verify| verify.id() == row.check_id);
            let (Some(verify), "pending") = (declared, row.status.as_str()) else { continue };
            let outstanding = outstanding(db, &live, verify)?;
            let evidence = evidence(db, &context, verify, &live, &now)?;
            let verdict = judge(verify, &context, &live.state, &evidence, outstanding.as_ref());
            if verdict.status.as_str() != row.status || verdict.evidence != row.evidence {
                found.push((row, verdict));
            }
        }
        Ok(found)
    }

    fn record(
        &self,
        tx: &WriteTx<'_>,
        run: &RunId,
        row: &VerifyRow,
        verdict: &Verdict,
    ) -> Result<(), DeskError> {
        let (now, live) = (&self.now(), Live::load(tx, run)?);
        verification::record(tx, run, &row.check_id, verdict.status.as_str(), &verdict.evidence, now)?;
        if verdict.status == VerifyStatus::Pending {
            return Ok(());
        }
        let result = json!({
            "run_id": run, "check_id": row.check_id, "quote_id": row.quote_id, "status": verdict.status,
            "evidence": verdict.evidence.to_string(), "created_at": row.created_at, "checked_at": now,
        });
        let rows = [json!({ "table": "workflow_verify_results", "change": "upsert", "row": result })];
        // In the aggregate of the run's end, which announced the same row as pending.
        Announce::new(format!("{run}.verified.{}", row.check_id), aggregate(&live), "rows")
            .after(live.released_by(tx)?)
            .of_run(run, None)
            .of_rows(&rows)
            .put(self, tx, &json!({ "rows": rows }))?;
        Ok(())
    }
}

/// What is still to be carried out by a person or by the central before a step can be proven.
fn outstanding(db: &Reader<'_>, live: &Live, verify: &Verify) -> Result<Option<Outstanding>, DeskError> {
    let Some(step) = verify.step().and_then(|step| live.state.step(step)) else { return Ok(None) };
    let text = |field: &str| step.output.get(field).and_then(Value::as_str);
    if let Some(op) = text("op").and_then(|op| op.parse::<OpId>().ok()) {
        return of_operation(db, &op);
    }
    let Some(staged) = text("action_id").and_then(|id| id.parse::<ActionId>().ok()) else { return Ok(None) };
    let Some(staged) = actions::get(db, &staged)? else { return Ok(None) };
    // An edited email is another action under the same key.
    let Some(standing) = actions::standing(db, &staged.action_key)? else { return Ok(None) };
    Ok(match standing.status {
        ActionStatus::Pending => Some(Outstanding::Approval { action_id: standing.id.to_string() }),
        ActionStatus::Approved => match runs::triggered_by(db, &standing.id)? {
            Some(run) => of_run(db, &run.id)?,
            None => None,
        },
        status @ (ActionStatus::Rejected | ActionStatus::Expired | ActionStatus::Voided) => {
            let why = standing.decision_note.map(|note| format!(": {note}")).unwrap_or_default();
            Some(Outstanding::Refused { reason: format!("{status}{why}") })
        }
    })
}

/// What the run that an approval began still waits for.
fn of_run(db: &Reader<'_>, run: &RunId) -> Result<Option<Outstanding>, DeskError> {
    let live = Live::load(db, run)?;
    let status = live.status();
    if status.is_final() && status != workflow::RunStatus::Completed {
        return Ok(Some(Outstanding::Refused { reason: format!("run {run} ended {status}") }));
    }
    let queued =
        live.state.steps.iter().rev().find_map(|step| step.output.get("op")?.as_str()?.parse::<OpId>().ok());
    match queued {
        Some(op) => of_operation(db, &op),
        None => Ok(Some(Outstanding::Central { op_id: format!("of run {run}") })),
    }
}

fn of_operation(db: &Reader<'_>, id: &OpId) -> Result<Option<Outstanding>, DeskError> {
    let Some(op) = outbox::get(db, id)? else { return Ok(None) };
    Ok(match op.state {
        // A parked operation can still be retried, so nothing is disproven yet.
        OpState::Waiting | OpState::Acknowledged | OpState::Parked => {
            Some(Outstanding::Central { op_id: op.op_id.to_string() })
        }
        OpState::Discarded => {
            Some(Outstanding::Stopped { reason: "the operation was thrown away".to_owned() })
        }
    })
}

fn evidence(
    db: &Reader<'_>,
    context: &Context<'_>,
    verify: &Verify,
    live: &Live,
    now: &str,
) -> Result<Evidence, DeskError> {
    let unsound = |error: &dyn std::fmt::Display| {
        DeskError::new(
            Code::BadContract,
            format!("{}: {error}", verify.id()),
            "Run `fieldquote contract check` on it.",
        )
    };
    match verify {
        Verify::Row { tables, sql, binds, .. } => {
            let values: Vec<Value> = binds.iter().map(|path| context.get(path)).collect();
            let rows = ContractSql::new(Kind::Read, sql, tables)
                .and_then(|sql| sandbox::read(db, &sql, &values, now, Limits::default()))
                .map_err(|error| unsound(&error))?;
            Ok(Evidence::Rows(rows))
        }
        Verify::Object { object, step, .. } => {
            let object = template::fill(object, context).map_err(|error| unsound(&error))?;
            let expected = files::at(db, &object)?.map(|sha256| sha256.to_string());
            let op =
                live.state.step(step).and_then(|step| step.output.get("op")?.as_str()?.parse::<OpId>().ok());
            let op = op.map(|op| outbox::get(db, &op)).transpose()?.flatten();
            // Only the central can say what is stored there; its answer is kept with the operation.
            let stored = op.filter(|op| op.state == OpState::Acknowledged).and_then(|op| {
                let result: Value = serde_json::from_str(&op.result?).ok()?;
                Some(result.get("sha256")?.as_str()?.to_owned())
            });
            Ok(Evidence::Object { expected, stored })
        }
    }
}
