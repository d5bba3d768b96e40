//! How the engine behaves.
//!
//! Owns the numbers. Must not know what they are used for.

use std::time::Duration;

use crate::backoff::Patience;

/// How the engine behaves; the defaults are what a device uses.
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
    /// How often and how patiently things are tried.
    pub patience: Patience,
    /// Requests that carry operations at one time.
    pub lanes: usize,
    /// Operations in one request, at most.
    pub batch_ops: usize,
    /// Payload bytes in one request, at most, unless a single operation has more.
    pub batch_bytes: u64,
    /// Answers of “not now” to one operation before a person is asked to look.
    pub give_up_after: u32,
    /// How long a watched device may go without asking for news.
    pub pull_every: Duration,
    /// A jump of the wall clock against the steady one that means the machine slept.
    pub slept_after: Duration,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            patience: Patience {
                attempts: 3,
                base: Duration::from_millis(1_500),
                cap: Duration::from_millis(30_000),
            },
            lanes: 4,
            batch_ops: 50,
            batch_bytes: 1_000_000,
            give_up_after: 12,
            pull_every: Duration::from_secs(300),
            slept_after: Duration::from_secs(10),
        }
    }
}

/// Whether one pass is wanted or it goes on until it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bring everything up and down once.
    Once,
    /// Go on.
    Watch,
}
