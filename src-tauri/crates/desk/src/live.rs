//! A run in hand: its contract, its journal and the state they lead to.
//!
//! Owns loading a run and committing the next event with whatever that event says has happened. Must not
//! decide what is next: the workflow crate does.

use chrono::DateTime;
use domain::{OpId, RunId};
use store::runs::RunRow;
use store::{Reader, WriteTx, runs};
use workflow::narrative::Entry;
use workflow::runner::{self, Event, GateDecision, RunStatus, State, Todo};
use workflow::{Context, Contract};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::outbox::decision_of;

/// A run in hand.
pub(crate) struct Live {
    pub row: RunRow,
    pub contract: Contract,
    pub journal: Vec<Entry>,
    pub state: State,
}

impl Live {
    /// Load a run as its journal tells it.
    pub fn load(db: &Reader<'_>, id: &RunId) -> Result<Self, DeskError> {
        let row = runs::get(db, id)?
            .ok_or_else(|| DeskError::not_found("run", id, "`fieldquote run list` shows what there is."))?;
        let text = runs::pinned_contract(db, row.contract_hash)?
            .ok_or_else(|| broken(id, "its contract is not kept"))?;
        let contract = Contract::pinned(&text)
            .map_err(|problems| broken(id, &problems.first().map(ToString::to_string).unwrap_or_default()))?;
        let mut journal = Vec::new();
        for entry in runs::journal(db, id)? {
            let at =
                DateTime::parse_from_rfc3339(&entry.at).map_err(|error| broken(id, &error.to_string()))?;
            journal.push(Entry { at_ms: at.timestamp_millis(), event: serde_json::from_str(&entry.event)? });
        }
        let state = State::replay(&contract, journal.iter().map(|entry| &entry.event))
            .map_err(|error| broken(id, &error.to_string()))?;
        Ok(Live { row, contract, journal, state })
    }

    /// A run that begins with this event.
    pub fn begin(
        desk: &Desk,
        tx: &WriteTx<'_>,
        row: RunRow,
        contract: Contract,
        event: Event,
    ) -> Result<Self, DeskError> {
        let mut live = Live { row, contract, journal: Vec::new(), state: State::default() };
        runs::insert(tx, &live.row)?;
        live.append(desk, tx, event)?;
        Ok(live)
    }

    /// What is next.
    pub fn todo(&self) -> Todo {
        runner::next(&self.contract, &self.state)
    }

    /// Where the run stands.
    pub fn status(&self) -> RunStatus {
        self.state.status(&self.contract)
    }

    /// The decision that released what the run does now: its gate's, else the one that set it going.
    pub fn released_by(&self, db: &Reader<'_>) -> Result<Option<OpId>, DeskError> {
        let gate = self.state.gate.as_ref().filter(|gate| gate.decision == Some(GateDecision::Approved));
        let action = gate.map(|gate| &gate.action_id).or(self.row.trigger_action_id.as_ref());
        match action {
            Some(action) => decision_of(db, action),
            None => Ok(None),
        }
    }

    /// What the run's paths stand for, with the rows its reads gave.
    pub fn context(&self) -> Context<'_> {
        let by = self.state.started_by.as_deref().unwrap_or_default();
        let mut context = Context::new(
            &self.contract,
            self.row.id.as_str(),
            by,
            self.state.input.clone(),
            self.state.trigger.clone(),
        );
        let reads = self.state.preflight.as_ref().and_then(|preflight| preflight.reads.as_object());
        for (id, rows) in reads.into_iter().flatten() {
            context.put_read(
                id,
                match rows {
                    serde_json::Value::Array(rows) => rows.clone(),
                    serde_json::Value::Null => Vec::new(),
                    row => vec![row.clone()],
                },
            );
        }
        context
    }

    /// Journal an event in the caller's transaction. Whatever the event says has happened must happen in
    /// the same one.
    pub fn append(&mut self, desk: &Desk, tx: &WriteTx<'_>, event: Event) -> Result<(), DeskError> {
        let moment = desk.moment();
        let now = domain::clock::timestamp(moment);
        let state = std::mem::take(&mut self.state);
        self.state = state.apply(&self.contract, &event).map_err(|error| {
            DeskError::new(Code::WrongState, error.to_string(), "The run was left as it is.")
        })?;
        let seq = u32::try_from(self.journal.len() + 1)
            .map_err(|error| broken(&self.row.id, &error.to_string()))?;
        runs::append(tx, &self.row.id, seq, &now, &serde_json::to_string(&event)?)?;
        self.journal.push(Entry { at_ms: moment.timestamp_millis(), event });
        let status = self.status();
        let wake_at = match self.todo() {
            Todo::Attempt { not_before, .. } => not_before,
            _ => None,
        };
        let completed_at = status.is_final().then_some(now.as_str());
        runs::set_status(tx, &self.row.id, status.as_str(), wake_at.as_deref(), completed_at, &now)?;
        Ok(())
    }

    /// Go on as if the event had happened, in memory alone.
    pub fn imagine(&mut self, event: &Event) -> Result<(), DeskError> {
        let state = std::mem::take(&mut self.state);
        self.state = state
            .apply(&self.contract, event)
            .map_err(|error| DeskError::new(Code::WrongState, error.to_string(), "Nothing was changed."))?;
        Ok(())
    }

    /// Journal an event by itself.
    pub fn record(&mut self, desk: &Desk, event: Event) -> Result<(), DeskError> {
        desk.store.write(|tx| self.append(desk, tx, event))
    }
}

fn broken(run: &RunId, why: &str) -> DeskError {
    DeskError::new(Code::Storage, format!("run {run} does not read: {why}"), "Restore a backup.")
}
