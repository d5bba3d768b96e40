//! What waits for the central, and what a person can do about an item that was set aside.
//!
//! Owns the truth about the queue. Must not send: that is the sync engine's.

use domain::{ActionStatus, OpId};
use serde::{Deserialize, Serialize};
use store::outbox::{OpRow, OpState};
use store::{Reader, WriteTx, outbox, refetch, settings, wanted_files};
use sync::engine::link::State;
use sync::{Ending, Link};

use super::account::{Account, account};
use super::alerts::{self, Alert};
use super::answers::{DECISION, STAGED, action_of};
use crate::Desk;
use crate::error::{Code, DeskError};

/// Where the queue stands.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct SyncStatus {
    /// Whether a central is connected.
    pub connected: bool,
    /// Who is signed in where.
    pub account: Option<Account>,
    /// In a sentence.
    pub state: String,
    /// How the last try stood: `not_connected`, `current`, `offline`, `unavailable`, `sign_in`, `upgrade`,
    /// `storage` or `stopped`.
    pub last: LastEnding,
    /// Operations that wait for a connection.
    pub waiting: u64,
    /// Operations a person must look at.
    pub parked: u64,
    /// Operations the central has.
    pub acknowledged: u64,
    /// Operations that will never go: thrown away, or overruled.
    pub discarded: u64,
    /// Rows that are to be asked for again, and files that are to be fetched.
    pub to_fetch: u64,
    /// What waits for somebody else to sign in.
    pub held: Vec<HeldBack>,
    /// When the device was last proven current, by its own clock; never, without a central.
    pub verified_current_as_of: Option<String>,
    /// When the reference data last changed, RFC 3339.
    pub data_as_of: Option<String>,
    /// What waits, the oldest first.
    pub next: Vec<QueuedOp>,
    /// What was set aside.
    pub parked_items: Vec<QueuedOp>,
    /// What waits behind something that was set aside.
    pub blocked: Vec<OpId>,
    /// What went wrong and wants a person, here or at the central.
    pub alerts: Vec<Alert>,
}

/// What waits for somebody else's sign-in.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HeldBack {
    /// Whose it is.
    pub created_by: String,
    /// How many operations.
    pub waiting: u64,
}

/// How sync stood when it was last tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct LastEnding {
    /// A stable word.
    pub state: String,
    /// Why, in a sentence.
    pub message: String,
}

/// Where sync stands, without the queue's items.
pub(crate) struct LinkStands {
    /// Whether a central is connected.
    pub connected: bool,
    /// How sync stood when it was last tried.
    pub last: LastEnding,
    /// In a sentence.
    pub sentence: String,
}

/// An operation of the queue.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
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
    /// A stable word for why it was set aside.
    pub error_code: Option<String>,
    /// Why it was set aside.
    pub error: Option<String>,
}

/// When the feed was last read to its end.
pub(crate) const VERIFIED_CURRENT: &str = "verified_current_as_of";
/// How sync stood when it was last tried.
pub(super) const LAST_ENDING: &str = "sync_last";

/// How many items of each kind are listed.
const LISTED: u32 = 20;

impl LastEnding {
    pub(super) fn of(ending: &Ending) -> Self {
        let (state, message) = match ending {
            Ending::Current => ("current", ""),
            Ending::Stopped => ("stopped", ""),
            Ending::Offline(why) => ("offline", why.as_str()),
            Ending::Unavailable(why) => ("unavailable", why.as_str()),
            Ending::SignIn(why) => ("sign_in", why.as_str()),
            Ending::Upgrade(why) => ("upgrade", why.as_str()),
            Ending::Storage(why) => ("storage", why.as_str()),
        };
        LastEnding { state: state.to_owned(), message: message.to_owned() }
    }

    /// How sync stands while it goes on.
    pub fn of_link(link: &Link) -> Self {
        let (state, message) = match link.state() {
            State::Up => ("current", ""),
            State::Expired => ("unavailable", "the sign-in is being renewed"),
            State::Offline(why) => ("offline", why.as_str()),
            State::Unavailable(why) => ("unavailable", why.as_str()),
            State::SignIn(why) => ("sign_in", why.as_str()),
            State::Upgrade(why) => ("upgrade", why.as_str()),
        };
        LastEnding { state: state.to_owned(), message: message.to_owned() }
    }
}

impl Desk {
    /// Where the queue stands.
    pub fn sync_status(&self) -> Result<SyncStatus, DeskError> {
        self.store.read(|db| self.status(db))
    }

    fn status(&self, db: &Reader<'_>) -> Result<SyncStatus, DeskError> {
        let counts = outbox::counts(db)?;
        let of = |state| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
        let (waiting, parked) = (of(OpState::Waiting), of(OpState::Parked));
        let account = account(db)?;
        let LinkStands { last, sentence, .. } = self.link_stands(db, waiting, parked)?;
        let verified = settings::get(db, VERIFIED_CURRENT)?;
        let held = outbox::held_for(db, &self.user)?;
        Ok(SyncStatus {
            connected: account.is_some(),
            state: sentence,
            account,
            last,
            waiting,
            parked,
            acknowledged: of(OpState::Acknowledged),
            discarded: of(OpState::Discarded),
            to_fetch: refetch::count(db)? + wanted_files::count(db)?,
            held: held
                .into_iter()
                .map(|held| HeldBack { created_by: held.created_by, waiting: held.waiting })
                .collect(),
            verified_current_as_of: verified,
            data_as_of: crate::profile::reference_as_of(db)?,
            next: outbox::in_state(db, OpState::Waiting, LISTED)?.into_iter().map(queued).collect(),
            parked_items: outbox::in_state(db, OpState::Parked, LISTED)?.into_iter().map(queued).collect(),
            alerts: alerts::open(db)?,
            blocked: outbox::blocked(db, LISTED as usize)?.into_iter().map(|op| op.op_id).collect(),
        })
    }

    /// Where sync stands, with so many operations in the queue.
    pub(crate) fn link_stands(
        &self,
        db: &Reader<'_>,
        waiting: u64,
        parked: u64,
    ) -> Result<LinkStands, DeskError> {
        let connected = account(db)?.is_some();
        let last = match (connected, settings::get(db, LAST_ENDING)?) {
            (false, _) => LastEnding::none(),
            (true, Some(last)) => serde_json::from_str(&last)?,
            (true, None) => LastEnding { state: "stopped".to_owned(), message: String::new() },
        };
        let verified = settings::get(db, VERIFIED_CURRENT)?;
        let sentence = sentence(connected, &last, waiting, parked, verified.as_deref());
        Ok(LinkStands { connected, last, sentence })
    }

    /// Let a parked operation wait for its turn again.
    pub fn sync_retry(&self, id: &OpId) -> Result<(), DeskError> {
        self.settle_parked(id, |tx, now| Ok(outbox::retry(tx, id, now)?))
    }

    /// Throw a parked operation away. What it announced is given back: the central's rows take its place,
    /// and what a thrown-away decision released will not go either.
    pub fn sync_discard(&self, id: &OpId) -> Result<(), DeskError> {
        self.settle_parked(id, |tx, now| {
            let Some(op) = outbox::get(tx, id)? else { return Ok(false) };
            if !outbox::discard(tx, id, now)? {
                return Ok(false);
            }
            // What never got to the central cannot be asked of it, and stays as a record.
            for row in outbox::touched(tx, id)?.iter().filter(|_| op.kind != STAGED) {
                refetch::add(tx, row, now)?;
            }
            let back_to = match op.kind.as_str() {
                DECISION => Some(ActionStatus::Pending),
                STAGED => Some(ActionStatus::Voided),
                _ => None,
            };
            if let (Some(back_to), Some(action)) = (back_to, action_of(&op)) {
                let why = "the operation that told the central of it was thrown away";
                self.take_back(tx, &action, back_to, why)?;
            }
            Ok(true)
        })
    }

    fn settle_parked(
        &self,
        id: &OpId,
        settle: impl FnOnce(&WriteTx<'_>, &str) -> Result<bool, DeskError>,
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

pub(super) fn queued(op: OpRow) -> QueuedOp {
    QueuedOp {
        op_id: op.op_id,
        about: op.aggregate,
        kind: op.kind,
        since: op.created_at,
        attempts: op.attempts,
        error_code: op.error_code,
        error: op.error,
    }
}

/// The truth in one sentence.
fn sentence(connected: bool, last: &LastEnding, waiting: u64, parked: u64, verified: Option<&str>) -> String {
    let mut parts = Vec::new();
    if parked > 0 {
        parts.push(format!("{parked} {} you", if parked == 1 { "needs" } else { "need" }));
    }
    match (connected, waiting) {
        (_, 0) if parked == 0 => parts.push("nothing waits".to_owned()),
        (_, 0) => {}
        (true, waiting) => parts.push(format!("{waiting} waiting; nothing is lost")),
        (false, waiting) => {
            parts.push(format!("{waiting} waiting until a central is connected; nothing is lost"))
        }
    }
    match last.state.as_str() {
        "offline" | "unavailable" | "sign_in" | "upgrade" | "storage" => {
            parts.push(format!("{}: {}", last.state.replace('_', "-"), last.message));
        }
        _ => {}
    }
    if let Some(verified) = verified {
        parts.push(format!("verified current as of {verified}"));
    }
    parts.join(" · ")
}
