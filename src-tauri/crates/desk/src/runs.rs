//! Runs: starting one, carrying it forward, listing them.
//!
//! Owns the loop that does what the runner says is next and commits that it happened. Must not skip a
//! commit: everything between two of them can be lost to a crash without harm.

use std::time::Duration;

use chrono::DateTime;
use domain::{ActionId, Canonical, CustomerId, QuoteId, RunId};
use serde::Serialize;
use serde_json::{Value, json};
use store::runs::RunRow;
use store::{Reader, WriteTx, actions, customers, runs};
use workflow::context::{check_inputs, inputs_from_trigger};
use workflow::contract::Effect;
use workflow::plan::{self, PlannedStep};
use workflow::runner::{Event, Failure, Preflight, RunStatus, StepState, Todo, check, delay_ms};
use workflow::{Context, Contract, Planned};

use crate::drafts::Preview;
use crate::effects::{self, Trouble};
use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::stage::{self, Proposal};
use crate::{Desk, close, compose, profile};

/// A run, in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RunListed {
    /// Its key.
    pub run_id: RunId,
    /// Of which contract.
    pub contract: String,
    /// Where it stands.
    pub status: String,
    /// About which quote.
    pub quote_id: Option<QuoteId>,
    /// For which customer.
    pub customer_id: Option<CustomerId>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// Who set it going.
    pub started_by: String,
    /// When, RFC 3339.
    pub started_at: String,
    /// When it ended, RFC 3339.
    pub completed_at: Option<String>,
}

/// Carries out a duty of the runner's own.
pub(crate) type Duty = fn(&Desk, &mut Live) -> Result<(), DeskError>;

/// The duty at a run's gate.
pub(crate) const GATE: (&str, Duty) = ("gate", Desk::stage_gate);

/// What sets a run going.
pub(crate) struct Start<'a> {
    pub contract: &'a Contract,
    pub text: &'a str,
    pub trigger_action: Option<&'a ActionId>,
    pub input: Value,
    pub trigger: Value,
}

impl Desk {
    /// Runs, the newest first.
    pub fn runs(&self, limit: u32) -> Result<Vec<RunListed>, DeskError> {
        self.store.read(|db| runs::list(db, limit)?.into_iter().map(|row| listed(db, row)).collect())
    }

    /// Continue a run that a crash or a retry left.
    pub fn resume(&self, id: &RunId) -> Result<RunStatus, DeskError> {
        self.advance(id)
    }

    /// Continue every run that nothing but time or a crash holds up.
    pub fn resume_all(&self) -> Result<Vec<RunId>, DeskError> {
        let due = self.store.read(|db| runs::to_continue(db, &self.now()))?;
        for run in &due {
            self.advance(&run.id)?;
        }
        Ok(due.into_iter().map(|run| run.id).collect())
    }

    /// Begin a run in the caller's transaction: the approval that triggers it and its first event are one.
    pub(crate) fn begin_run(&self, tx: &WriteTx<'_>, start: Start<'_>) -> Result<RunId, DeskError> {
        self.begin_run_as(tx, self.new_id()?, start)
    }

    /// The same under an id that was drawn before, for a person to see what the run's gate would show.
    pub(crate) fn begin_run_as(
        &self,
        tx: &WriteTx<'_>,
        id: RunId,
        start: Start<'_>,
    ) -> Result<RunId, DeskError> {
        let contract = start.contract;
        runs::pin_contract(tx, contract.hash, &contract.name, contract.version, start.text, &self.now())?;
        let (row, event) = self.beginning(id.clone(), start)?;
        Live::begin(self, tx, row, contract.clone(), event)?;
        tracing::info!(run_id = %id, contract = %contract.name, "a run began");
        Ok(id)
    }

    /// What a run would show at its gate if it began now under this id. Nothing is kept.
    pub(crate) fn ahead_of(
        &self,
        db: &Reader<'_>,
        id: RunId,
        start: Start<'_>,
    ) -> Result<(Live, Canonical), DeskError> {
        let contract = start.contract.clone();
        let (row, started) = self.beginning(id, start)?;
        let mut live = Live { row, contract, journal: Vec::new(), state: Default::default() };
        live.imagine(&started)?;
        let preflight = self.preflight(db, &live)?;
        live.imagine(&Event::Preflighted(Box::new(preflight)))?;
        let (payload, _, _) = self.gate_payload(db, &live)?;
        Ok((live, payload))
    }

    /// The head and the first event of a run that begins.
    fn beginning(&self, id: RunId, start: Start<'_>) -> Result<(RunRow, Event), DeskError> {
        let contract = start.contract;
        check_inputs(contract, &start.input)
            .map_err(|error| DeskError::bad_input(&error, "`fieldquote contract show` lists the inputs."))?;
        let subject = |field: &str| start.input.get(field).and_then(Value::as_str).map(str::to_owned);
        let row = RunRow {
            id,
            contract: contract.name.clone(),
            contract_hash: contract.hash,
            status: RunStatus::Running.as_str().to_owned(),
            trigger_action_id: start.trigger_action.cloned(),
            quote_id: subject("quote_id").and_then(|id| id.parse().ok()),
            customer_id: subject("customer_id").and_then(|id| id.parse().ok()),
            started_by: self.user.clone(),
            started_at: self.now(),
            wake_at: None,
            completed_at: None,
        };
        let event = Event::Started { input: start.input, trigger: start.trigger, by: self.user.clone() };
        Ok((row, event))
    }

    /// Inputs of a run that an action triggers.
    pub(crate) fn triggered(contract: &Contract, payload: &Value) -> Value {
        inputs_from_trigger(contract, payload)
    }

    /// Carry a run forward until it waits for a person or ends. Retries are waited for.
    #[tracing::instrument(skip(self), fields(run_id = %id))]
    pub(crate) fn advance(&self, id: &RunId) -> Result<RunStatus, DeskError> {
        let _turn = self.turns.take(id);
        let mut live = self.store.read(|db| Live::load(db, id))?;
        loop {
            match live.todo() {
                Todo::Nothing | Todo::AwaitGate => return Ok(live.status()),
                Todo::Preflight => {
                    let preflight = self.store.read(|db| self.preflight(db, &live))?;
                    live.record(self, Event::Preflighted(Box::new(preflight)))?;
                }
                Todo::StageGate => (GATE.1)(self, &mut live)?,
                Todo::Attempt { step, attempt, not_before } => {
                    if let Some(moment) = not_before {
                        self.wait_until(&moment);
                    }
                    self.attempt(&mut live, &step, attempt)?;
                }
                Todo::Compensate { step } => self.compensate(&mut live, &step)?,
                Todo::Close { status } => {
                    self.store.write(|tx| close::close(self, tx, &mut live, status))?;
                    tracing::info!(%status, "a run ended");
                }
            }
        }
    }

    /// Take the reads, evaluate the checks, make the plan.
    pub(crate) fn preflight(&self, db: &Reader<'_>, live: &Live) -> Result<Preflight, DeskError> {
        let by = live.state.started_by.as_deref().unwrap_or_default();
        self.look(db, &live.contract, live.row.id.as_str(), by, &live.state.input, &live.state.trigger)
    }

    /// What a run of a contract would find and do.
    pub(crate) fn look(
        &self,
        db: &Reader<'_>,
        contract: &Contract,
        run_id: &str,
        by: &str,
        input: &Value,
        trigger: &Value,
    ) -> Result<Preflight, DeskError> {
        let mut context = Context::new(contract, run_id, by, input.clone(), trigger.clone());
        effects::take_reads(db, contract, &mut context, &self.now())?;
        let checks = check(contract, &context);
        let mut preflight = Preflight {
            reads: context.reads(),
            checks,
            plan: Vec::new(),
            data_as_of: profile::reference_as_of(db)?,
        };
        if !preflight.is_blocked() {
            let documents = effects::Renderer { company: profile::company(db)? };
            preflight.plan = plan::plan(&context, &documents).map_err(|error| {
                DeskError::new(
                    Code::RenderFailed,
                    error.to_string(),
                    "Nothing was done. Change the draft and submit it again.",
                )
            })?;
        }
        Ok(preflight)
    }

    fn stage_gate(&self, live: &mut Live) -> Result<(), DeskError> {
        self.store.write(|tx| {
            let (payload, summary, key) = self.gate_payload(tx, live)?;
            let Some(gate) = live.contract.gate.clone() else {
                return Err(DeskError::new(
                    Code::BadContract,
                    "the contract has no gate",
                    "Check the contract.",
                ));
            };
            // Whoever proposed it last: its drafter, or who edited it before it was approved.
            let proposed = match &live.row.trigger_action_id {
                Some(action) => actions::get(tx, action)?.map(|action| action.drafted_by),
                None => trigger_text(&live.state.trigger, "/quote/prepared_by"),
            };
            let drafted_by = proposed.unwrap_or_else(|| live.row.started_by.clone());
            let draft_id = trigger_text(&live.state.trigger, "/draft_id").and_then(|id| id.parse().ok());
            let proposal = Proposal {
                id: self.new_id()?,
                action_type: gate.action_type,
                key,
                summary,
                risk_level: live.contract.risk.level,
                customer_id: live.row.customer_id.as_ref(),
                quote_id: live.row.quote_id.as_ref(),
                draft_id: draft_id.as_ref(),
                run_id: Some(&live.row.id),
                payload,
                drafted_by: &drafted_by,
                expires_after_hours: gate.expires_after_hours,
                after: live.released_by(tx)?,
            };
            let action = stage::stage(self, tx, proposal)?;
            let event = Event::GateStaged { action_id: action.id, payload_hash: action.payload_hash };
            live.append(self, tx, event)
        })
    }

    fn attempt(&self, live: &mut Live, step: &str, attempt: u32) -> Result<(), DeskError> {
        let planned = planned_step(live, step)?;
        if let Planned::Skip { reason } = &planned.does {
            return live.record(self, Event::StepSkipped { step: step.to_owned(), reason: reason.clone() });
        }
        // An attempt that a crash cut off goes on under the same event: were it written anew each time, a
        // process that always dies right after it would never get further.
        let is_cut_off = live.state.step(step).is_some_and(|progress| progress.state == StepState::Started);
        if !is_cut_off {
            live.record(self, Event::StepStarted { step: step.to_owned(), attempt })?;
        }
        let before = (live.state.clone(), live.journal.len());
        let outcome = self.store.write(|tx| -> Result<(), Trouble> {
            let output = effects::carry_out(self, tx, live, &planned)?;
            Ok(live.append(self, tx, Event::StepSucceeded { step: step.to_owned(), attempt, output })?)
        });
        let Err(trouble) = outcome else { return Ok(()) };
        // The transaction is gone, and with it what was appended in memory.
        live.state = before.0;
        live.journal.truncate(before.1);
        let failure = trouble.failure();
        let retry_at = (failure.transient && attempt < live.contract.retry.max_attempts).then(|| {
            let wait = delay_ms(&live.contract.retry, attempt, |upto| self.draw(upto));
            let wait = chrono::Duration::milliseconds(i64::try_from(wait).unwrap_or(i64::MAX));
            domain::clock::timestamp(self.moment() + wait)
        });
        tracing::warn!(step, attempt, code = %failure.code, retried = retry_at.is_some(), "a step failed");
        live.record(self, Event::StepFailed { step: step.to_owned(), attempt, failure, retry_at })
    }

    fn compensate(&self, live: &mut Live, step: &str) -> Result<(), DeskError> {
        let before = (live.state.clone(), live.journal.len());
        let outcome = self.store.write(|tx| -> Result<(), Trouble> {
            let writes = plan::plan_writes(live.contract.compensation(step), &live.context());
            let output = effects::undo(self, tx, live, step, &writes)?;
            Ok(live.append(self, tx, Event::StepCompensated { step: step.to_owned(), output })?)
        });
        let Err(trouble) = outcome else { return Ok(()) };
        live.state = before.0;
        live.journal.truncate(before.1);
        live.record(self, Event::CompensationFailed { step: step.to_owned(), failure: trouble.failure() })
    }

    fn wait_until(&self, moment: &str) {
        if let Ok(moment) = DateTime::parse_from_rfc3339(moment) {
            let left = moment.signed_duration_since(self.moment()).num_milliseconds();
            self.pause(Duration::from_millis(u64::try_from(left).unwrap_or(0)));
        }
    }
}

impl Desk {
    /// Exactly what a gate shows, with its summary and key. What it says of prices, worries and credit is
    /// looked up anew each time: an approval must not rest on what was so when the draft was submitted.
    pub(crate) fn gate_payload(
        &self,
        db: &Reader<'_>,
        live: &Live,
    ) -> Result<(Canonical, String, String), DeskError> {
        let contract = &live.contract;
        let (Some(gate), Some(preflight)) = (&contract.gate, &live.state.preflight) else {
            return Err(DeskError::new(
                Code::WrongState,
                "the run has nothing to show yet",
                "Resume the run.",
            ));
        };
        let context = live.context();
        let fill = |text: &str| {
            workflow::template::fill(text, &context)
                .map_err(|error| DeskError::bad_input(&error, "Check the contract."))
        };
        let shown = self.shown_of_quote(db, live)?;
        let payload = Canonical::of(&json!({
            "contract": { "name": contract.name, "version": contract.version, "hash": contract.hash },
            "run_id": live.row.id,
            "input": live.state.input,
            "quote": shown.as_ref().map(|shown| &shown.quote),
            "price_changes": shown.as_ref().map(|shown| &shown.price_changes),
            "flags": shown.as_ref().map(|shown| &shown.flags),
            "exposure": shown.as_ref().map(|shown| &shown.exposure),
            "checks": preflight.checks,
            "releases": preflight.plan,
            "approver": gate.approver,
            "self_approval": gate.self_approval,
            "data_as_of": preflight.data_as_of,
        }))?;
        Ok((payload, fill(&gate.summary)?, fill(&gate.key)?))
    }

    /// What an approver is shown of the quote a run is about, if it is about one.
    fn shown_of_quote(&self, db: &Reader<'_>, live: &Live) -> Result<Option<Preview>, DeskError> {
        let Some(quote) = live.state.trigger.get("quote").filter(|_| live.contract.trigger.payload.is_some())
        else {
            return Ok(None);
        };
        let quote: domain::Quote = serde_json::from_value(quote.clone())?;
        // Worries that came up while the quote was composed are part of it and cannot be looked up again.
        let flags = live.state.trigger.get("flags").cloned().unwrap_or_else(|| json!([]));
        let composed: Vec<domain::Flag> = serde_json::from_value::<Vec<domain::Flag>>(flags)?
            .into_iter()
            .filter(|flag| {
                matches!(
                    flag.kind,
                    domain::FlagKind::SeveralPrograms | domain::FlagKind::DonatedFoodExceedsPrice
                )
            })
            .collect();
        let found = compose::find_quoted(db, &quote)?;
        Ok(Some(self.weighed(db, quote, &found, composed)?))
    }
}

fn planned_step(live: &Live, step: &str) -> Result<PlannedStep, DeskError> {
    let plan = live.state.preflight.as_ref().map(|preflight| preflight.plan.as_slice()).unwrap_or_default();
    plan.iter().find(|planned| planned.id == step).cloned().ok_or_else(|| {
        DeskError::new(Code::WrongState, format!("step {step} was not planned"), "The run was left as it is.")
    })
}

pub(crate) fn trigger_text(trigger: &Value, pointer: &str) -> Option<String> {
    trigger.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}

/// Whether a step undoes itself when the run fails; for the timeline.
pub(crate) fn is_undoable(effect: &Effect) -> bool {
    matches!(effect, Effect::D1Write { compensate, .. } if !compensate.is_empty())
}

pub(crate) fn listed(db: &Reader<'_>, row: RunRow) -> Result<RunListed, DeskError> {
    let customer = match &row.customer_id {
        Some(id) => customers::get(db, id)?,
        None => None,
    };
    Ok(RunListed {
        run_id: row.id,
        contract: row.contract,
        status: row.status,
        quote_id: row.quote_id,
        customer_id: row.customer_id,
        customer_name: customer.map(|customer| customer.name),
        started_by: row.started_by,
        started_at: row.started_at,
        completed_at: row.completed_at,
    })
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        let cause = error.source.as_ref().and_then(|cause| cause.downcast_ref::<store::StoreError>());
        let transient = cause.is_some_and(store::StoreError::is_passing);
        Trouble::new(Failure { code: error.code.as_str().to_owned(), message: error.message, transient })
    }
}
