//! Announcing a change to the central.
//!
//! Owns the one way an operation gets into the outbox: named so that the same thing cannot be announced
//! twice, and in the transaction that makes it true. Must not send.

use domain::{ActionId, Canonical, OpId, RunId, Sha256};
use serde::Serialize;
use serde_json::{Value, json};
use store::outbox::NewOp;
use store::{Reader, RowKey, WriteTx, audit, outbox, received_decisions};

use crate::Desk;
use crate::error::DeskError;

/// An operation about to be put in.
pub(crate) struct Announce<'a> {
    op_id: String,
    aggregate: String,
    kind: &'static str,
    run: Option<(&'a RunId, Option<&'a str>)>,
    after: Option<OpId>,
    touches: Vec<RowKey>,
}

impl<'a> Announce<'a> {
    /// An operation named `op_id`, about `aggregate`.
    pub fn new(op_id: String, aggregate: String, kind: &'static str) -> Self {
        Announce { op_id, aggregate, kind, run: None, after: None, touches: Vec::new() }
    }

    /// Of a run, and of one of its steps.
    pub fn of_run(mut self, run: &'a RunId, step: Option<&'a str>) -> Self {
        self.run = Some((run, step));
        self
    }

    /// Not before the decision that released it stands at the central.
    pub fn after(mut self, decision: Option<OpId>) -> Self {
        self.after = decision;
        self
    }

    /// It says something of this action: until the central has it, what the central says of that row is not
    /// believed.
    pub fn of_action(mut self, action: &ActionId) -> Result<Self, DeskError> {
        self.touches.push(RowKey::of("proposed_actions", &[json!(action)])?);
        Ok(self)
    }

    /// The same, of rows as they are announced: `{table, row}`.
    pub fn of_rows(mut self, rows: &[Value]) -> Self {
        self.touches.extend(rows.iter().filter_map(|change| {
            RowKey::of_row(change.get("table")?.as_str()?, change.get("row")?.as_object()?)
        }));
        self
    }

    /// Put it in; gives its id.
    pub fn put<T: Serialize + ?Sized>(
        self,
        desk: &Desk,
        tx: &WriteTx<'_>,
        payload: &T,
    ) -> Result<OpId, DeskError> {
        let op_id = named(&self.op_id)?;
        let payload = Canonical::of(payload)?;
        let op = NewOp {
            op_id: &op_id,
            aggregate: &self.aggregate,
            kind: self.kind,
            payload: &payload,
            run_id: self.run.map(|(run, _)| run),
            step_id: self.run.and_then(|(_, step)| step),
            after: self.after.as_ref(),
            touches: &self.touches,
            created_by: &desk.user,
        };
        outbox::put(tx, &op, &desk.now())?;
        Ok(op_id)
    }
}

/// The name of the operation that tells of a decision. Two people may decide one action, each on a device of
/// their own, so the decision's own hash is part of it.
pub(crate) fn decision_name(action: &ActionId, decision: Sha256) -> String {
    format!("{action}.decided.{}", decision.short())
}

/// The operation that tells of the decision on an action: this device's own, or the one that was received.
pub(crate) fn decision_of(db: &Reader<'_>, action: &ActionId) -> Result<Option<OpId>, DeskError> {
    let decision = match audit::on(db, action)? {
        Some(own) => Some(own),
        None => received_decisions::on(db, action)?,
    };
    decision.map(|decision| decision_op(action, decision.hash)).transpose()
}

/// The operation that tells of a decision with this hash.
pub(crate) fn decision_op(action: &ActionId, decision: Sha256) -> Result<OpId, DeskError> {
    named(&decision_name(action, decision))
}

/// The name of the operation that tells of a piece of a draft.
pub(crate) fn piece_name(checksum: Sha256) -> String {
    format!("draft.{checksum}")
}

/// The operation that tells of a piece of a draft.
pub(crate) fn piece_of(checksum: Sha256) -> Result<OpId, DeskError> {
    named(&piece_name(checksum))
}

fn named(name: &str) -> Result<OpId, DeskError> {
    fitting(name)
        .parse()
        .map_err(|error| DeskError::bad_input(error, "A contract's step ids are at most 32 characters."))
}

/// A name too long for an id becomes its hash: still the same name for the same thing.
fn fitting(name: &str) -> String {
    if name.len() <= 64 { name.to_owned() } else { domain::Sha256::of(name.as_bytes()).to_string() }
}
