//! What the engine wants done, and how it ends.
//!
//! Owns the words for it. Must not do any of it.

use std::time::Duration;

use domain::OpId;

use crate::device::Verdict;

/// Something to be done. The driver answers each with the event that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the device what may go; answered by [`super::Event::Ready`].
    ReadReady {
        /// Aggregates that are under way or rest.
        busy: Vec<String>,
        /// How many at most.
        limit: usize,
    },
    /// Send these in one request; answered by [`super::Event::Answered`].
    Send {
        /// The request's number.
        lane: u64,
        /// What, in order.
        ops: Vec<OpId>,
    },
    /// Send this one with its file; answered by [`super::Event::Answered`].
    Upload {
        /// The request's number.
        lane: u64,
        /// What.
        op: OpId,
    },
    /// Record what the answers mean; answered by [`super::Event::Settled`].
    Settle {
        /// The request's number.
        lane: u64,
        /// What became of each.
        verdicts: Vec<(OpId, Verdict)>,
    },
    /// Go one part of the way down; answered by [`super::Event::Descended`].
    Descend(Part),
    /// Get a fresh token; answered by [`super::Event::Renewed`].
    Renew,
    /// Open the line on which the central says that there is news; [`super::Event::LineClosed`] when it closes.
    Listen,
    /// Drop every connection: whatever is under way is not waited for.
    Hang,
    /// Give [`super::Event::Timer`] at this moment of the steady clock; a later one replaces it.
    WakeAt(Duration),
    /// There is nothing more to do.
    Finish(Ending),
}

/// The way down, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Apply the change feed to its end.
    Feed,
    /// Ask again for rows in doubt.
    Doubtful,
    /// Fetch files.
    Files,
    /// Let the device look at what has become possible.
    After,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Everything that can go has gone, and the device is current.
    Current,
    /// The central was not reached.
    Offline(String),
    /// The central could not answer.
    Unavailable(String),
    /// Somebody must sign in.
    SignIn(String),
    /// This FieldQuote is too old.
    Upgrade(String),
    /// The device's own disk or database failed.
    Storage(String),
    /// It was told to stop.
    Stopped,
}
