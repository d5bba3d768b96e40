//! What waits for the central, and what a person can do about an item that was set aside.
//!
//! Owns the truth about the queue. Must not send: that is the sync engine's.

use domain::OpId;
use serde::Serialize;
use store::outbox::{OpRow, OpState};
use store::{outbox, settings};

use crate::Desk;
use crate::error::{Code, DeskError};

/// Where the queue stands.
#[derive(Debug, Clone, Serialize)]
pub struct SyncStatus {
    /// Whether a central is connected.
    pub connected: bool,
    /// In a sentence.
    pub state: String,
    /// Operations that wait for a connection.
    pub waiting: u64,
    /// Operations a person must look at.
    pub parked: u64,
    /// Operations the central has.
    pub acknowledged: u64,
    /// Operations a person threw away.
    pub discarded: u64,
    /// When the device was last proven current; never, without a central.
    pub verified_current_as_of: Option<String>,
    /// When the reference data last changed, RFC 3339.
    pub data_as_of: Option<String>,
    /// What waits, the oldest first.
    pub next: Vec<QueuedOp>,
    /// What was set aside.
    pub parked_items: Vec<QueuedOp>,
}

/// An operation of the queue.
#[derive(Debug, Clone, Serialize)]
pub struct QueuedOp {
    /// Its idempotency key.
    pub op_id: OpId,
    /// What it is about.
    pub about: String,
    /// What kind of operation.
    pub kind: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it was set aside.
    pub error: Option<String>,
}

/// Names of the settings the sync engine writes.
const CENTRAL_URL: &str = "central_url";
const VERIFIED_CURRENT: &str = "verified_current_as_of";

/// How many items of each kind are listed.
const LISTED: u32 = 20;

impl Desk {
    /// Where the queue stands.
    pub fn sync_status(&self) -> Result<SyncStatus, DeskError> {
        self.store.read(|db| {
            let counts = outbox::counts(db)?;
            let of = |state| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
            let connected = settings::get(db, CENTRAL_URL)?.is_some();
            let (waiting, parked) = (of(OpState::Waiting), of(OpState::Parked));
            let state = match (connected, waiting, parked) {
                (_, _, parked) if parked > 0 => format!("{parked} need you, {waiting} waiting"),
                (_, 0, _) => "nothing waits".to_owned(),
                (true, waiting, _) => format!("{waiting} waiting for a connection; nothing is lost"),
                (false, waiting, _) => {
                    format!("{waiting} waiting until a central is connected; nothing is lost")
                }
            };
            Ok(SyncStatus {
                connected,
                state,
                waiting,
                parked,
                acknowledged: of(OpState::Acknowledged),
                discarded: of(OpState::Discarded),
                verified_current_as_of: settings::get(db, VERIFIED_CURRENT)?,
                data_as_of: crate::profile::reference_as_of(db)?,
                next: outbox::in_state(db, OpState::Waiting, LISTED)?.into_iter().map(queued).collect(),
                parked_items: outbox::in_state(db, OpState::Parked, LISTED)?
                    .into_iter()
                    .map(queued)
                    .collect(),
            })
        })
    }

    /// Let a parked operation wait for its turn again.
    pub fn sync_retry(&self, id: &OpId) -> Result<(), DeskError> {
        self.settle_parked(id, |tx, now| outbox::retry(tx, id, now))
    }

    /// Throw a parked operation away. What it announced stays on this device.
    pub fn sync_discard(&self, id: &OpId) -> Result<(), DeskError> {
        self.settle_parked(id, |tx, now| outbox::discard(tx, id, now))
    }

    fn settle_parked(
        &self,
        id: &OpId,
        settle: impl FnOnce(&store::WriteTx<'_>, &str) -> Result<bool, store::StoreError>,
    ) -> Result<(), DeskError> {
        let now = self.now();
        self.store.write(|tx| {
            let op = outbox::get(tx, id)?.ok_or_else(|| {
                DeskError::not_found("operation", id, "`fieldquote sync status` lists what waits.")
            })?;
            if settle(tx, &now)? {
                return Ok(());
            }
            Err(DeskError::new(
                Code::WrongState,
                format!(
                    "operation {id} is {}, and only a parked one can be retried or thrown away",
                    op.state
                ),
                "Nothing was changed.",
            ))
        })
    }
}

fn queued(op: OpRow) -> QueuedOp {
    QueuedOp {
        op_id: op.op_id,
        about: op.aggregate,
        kind: op.kind,
        since: op.created_at,
        attempts: op.attempts,
        error: op.error,
    }
}
