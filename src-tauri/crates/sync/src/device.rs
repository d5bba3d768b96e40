//! What the engine needs of the device.
//!
//! Owns the trait between the engine and the device's database. Every call that changes something is one
//! transaction: when it has returned, it is on the disk. Must not be asked from an async task: it blocks.

use domain::{OpId, Sha256};

use crate::central::Refusal;
use crate::feed::Change;
use crate::wire::{OpAnswer, OpSent, RowName, RowNow, TokenRequest};

/// The device's side failed: a full disk, a database held too long.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct DeviceError {
    /// What happened.
    pub message: String,
}

/// An operation that may go now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyOp {
    /// Its idempotency key.
    pub op_id: OpId,
    /// What it is about.
    pub aggregate: String,
    /// The operation that must be applied before it, if it is not yet.
    pub after: Option<OpId>,
    /// Whether it carries a file and goes by a route of its own.
    pub is_file: bool,
    /// How many bytes its payload has.
    pub bytes: u64,
}

/// What an operation's answer means for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The central has it.
    Acknowledged(OpAnswer),
    /// Somebody else's decision stands.
    Conflict(OpAnswer),
    /// A person must look.
    Parked(Refusal),
    /// It was tried and will be tried again.
    Attempted {
        /// A stable word for why.
        code: String,
        /// Why, in a sentence.
        message: String,
    },
}

/// A file the central has and the device wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFile {
    /// Where it lies.
    pub object: String,
    /// What it must be.
    pub sha256: Sha256,
}

/// What a page of the feed did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Rows that changed here.
    pub rows: u64,
}

/// The device's database, as the engine sees it.
pub trait Device: Send + Sync {
    /// Operations that may go now, in order, none of them about one of the `busy` aggregates. An operation
    /// whose `after` is not acknowledged is there only when that one comes before it in the answer.
    fn ready(&self, busy: &[String], limit: usize) -> Result<Vec<ReadyOp>, DeviceError>;

    /// These operations, whole, in this order; one that was settled meanwhile is left out.
    fn load(&self, ops: &[OpId]) -> Result<Vec<OpSent>, DeviceError>;

    /// The bytes an operation carries.
    fn file_of(&self, op: &OpSent) -> Result<Vec<u8>, DeviceError>;

    /// Record what the central answered, and everything that follows from it.
    fn settle(&self, verdicts: &[(OpId, Verdict)]) -> Result<(), DeviceError>;

    /// How far the feed has been applied; none at the beginning.
    fn cursor(&self) -> Result<Option<String>, DeviceError>;

    /// Apply a page of the feed and move the cursor with it.
    fn apply(&self, changes: &[Change], cursor: &str) -> Result<Applied, DeviceError>;

    /// The feed was read to its end by a request begun at this moment (RFC 3339): the device is current.
    fn caught_up(&self, as_of: &str) -> Result<(), DeviceError>;

    /// The central does not know the cursor any more: begin again, and tell old rows from gone ones.
    fn start_over(&self) -> Result<(), DeviceError>;

    /// Rows whose truth is to be asked for again.
    fn doubtful(&self, limit: usize) -> Result<Vec<RowName>, DeviceError>;

    /// What they are at the central.
    fn correct(&self, rows: &[RowNow]) -> Result<(), DeviceError>;

    /// Files to be fetched.
    fn wanted(&self, limit: usize) -> Result<Vec<WantedFile>, DeviceError>;

    /// A file that came, its hash checked; none when the central does not have it for us.
    fn keep_file(&self, file: &WantedFile, bytes: Option<&[u8]>) -> Result<(), DeviceError>;

    /// A fresh token is needed: draw one, keep it aside, and sign for it. The same one again until it is
    /// taken over, so that a lost answer does no harm.
    fn draw_token(&self) -> Result<TokenRequest, DeviceError>;

    /// The central knows the token that was drawn: use it from now on. Gives it.
    fn take_token(&self, expires_at: &str) -> Result<String, DeviceError>;

    /// A pass has done what it could: look at what the new state makes possible (verification, expiry).
    fn after_pass(&self) -> Result<(), DeviceError>;
}
