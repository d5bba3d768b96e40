//! Announcing a change to the central.
//!
//! Owns the one way an operation gets into the outbox: named so that the same thing cannot be announced
//! twice, and in the transaction that makes it true. Must not send.

use domain::{Canonical, OpId, RunId};
use serde::Serialize;
use store::outbox::NewOp;
use store::{WriteTx, outbox};

use crate::Desk;
use crate::error::DeskError;

/// An operation about to be put in.
pub(crate) struct Announce<'a> {
    op_id: String,
    aggregate: String,
    kind: &'static str,
    run: Option<(&'a RunId, Option<&'a str>)>,
}

impl<'a> Announce<'a> {
    /// An operation named `op_id`, about `aggregate`.
    pub fn new(op_id: String, aggregate: String, kind: &'static str) -> Self {
        Announce { op_id, aggregate, kind, run: None }
    }

    /// Of a run, and of one of its steps.
    pub fn of_run(mut self, run: &'a RunId, step: Option<&'a str>) -> Self {
        self.run = Some((run, step));
        self
    }

    /// Put it in; gives its id.
    pub fn put<T: Serialize + ?Sized>(
        self,
        desk: &Desk,
        tx: &WriteTx<'_>,
        payload: &T,
    ) -> Result<OpId, DeskError> {
        let op_id: OpId = fitting(&self.op_id).parse().map_err(|error| {
            DeskError::bad_input(error, "A contract's step ids are at most 32 characters.")
        })?;
        let payload = Canonical::of(payload)?;
        let op = NewOp {
            op_id: &op_id,
            aggregate: &self.aggregate,
            kind: self.kind,
            payload: &payload,
            run_id: self.run.map(|(run, _)| run),
            step_id: self.run.and_then(|(_, step)| step),
            created_by: &desk.user,
        };
        outbox::put(tx, &op, &desk.now())?;
        Ok(op_id)
    }
}

/// A name too long for an id becomes its hash: still the same name for the same thing.
fn fitting(name: &str) -> String {
    if name.len() <= 64 { name.to_owned() } else { domain::Sha256::of(name.as_bytes()).to_string() }
}
