//! Ending a process at a chosen commit.
//!
//! Owns the hook that aborts. Must not soften it: nothing is flushed, no destructor runs.

use std::sync::atomic::{AtomicU64, Ordering};

use store::CommitHook;

/// On which side of a commit the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Everything of the transaction is written and nothing of it is committed.
    Before,
    /// It is committed and nobody was told.
    After,
}

/// Aborts the process at the `n`-th commit after it was opened; counts them when told never to.
pub struct CrashAt {
    at: Option<(u64, Side)>,
    seen: AtomicU64,
}

impl CrashAt {
    /// Abort at the `n`-th commit, from 1.
    pub fn commit(n: u64, side: Side) -> Self {
        CrashAt { at: Some((n, side)), seen: AtomicU64::new(0) }
    }

    /// Only count.
    pub fn never() -> Self {
        CrashAt { at: None, seen: AtomicU64::new(0) }
    }

    /// Commits so far.
    pub fn commits(&self) -> u64 {
        self.seen.load(Ordering::SeqCst)
    }
}

impl CommitHook for CrashAt {
    fn before_commit(&self, _n: u64) {
        let n = self.seen.fetch_add(1, Ordering::SeqCst) + 1;
        if self.at == Some((n, Side::Before)) {
            std::process::abort();
        }
    }

    fn after_commit(&self, _n: u64) {
        if self.at == Some((self.seen.load(Ordering::SeqCst), Side::After)) {
            std::process::abort();
        }
    }
}
