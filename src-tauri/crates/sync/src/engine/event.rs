//! What can happen to the engine.
//!
//! Owns the words for it. Must not say what follows.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::central::Trouble;
use crate::device::ReadyOp;
use crate::wire::OpAnswer;

/// A moment, by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// By the clock that never jumps, from any beginning.
    pub steady: Duration,
    /// By the clock on the wall.
    pub wall: DateTime<Utc>,
}

/// Why something did not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setback {
    /// The central's side.
    Central(Trouble),
    /// The device's own side: a full disk, say.
    Device(String),
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Begin.
    Begin,
    /// The moment asked for has come.
    Timer,
    /// An operation was put into the outbox.
    LocalChange,
    /// What may go now.
    Ready(Result<Vec<ReadyOp>, String>),
    /// A request was answered, or not.
    Answered {
        /// Which request.
        lane: u64,
        /// One answer an operation.
        answer: Result<Vec<OpAnswer>, Setback>,
    },
    /// What a request's answer meant is recorded, or could not be.
    Settled {
        /// Which request.
        lane: u64,
        /// Whether it is on the disk.
        kept: Result<(), String>,
    },
    /// The part of the way down that was under way is done, or not.
    Descended(Result<(), Setback>),
    /// A fresh token is in use, or not.
    Renewed(Result<(), Setback>),
    /// The central has news.
    Poked,
    /// The line on which it would say so is closed.
    LineClosed,
    /// Stop.
    Stop,
}
