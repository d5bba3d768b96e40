//! One thread a run.
//!
//! Owns that two threads of one process (a person who approves, the sweep in the background) do not carry the
//! same run forward at once: whoever comes second waits, and then finds it done. Must not hold up other runs.
//! Two processes are kept apart by the journal, whose numbers are given once.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, PoisonError};

use domain::RunId;

/// Which runs are being carried forward.
#[derive(Default)]
pub(crate) struct Turns {
    taken: Mutex<HashSet<RunId>>,
    given_back: Condvar,
}

/// The right to carry a run forward, for as long as it is held.
pub(crate) struct Turn<'t> {
    turns: &'t Turns,
    run: RunId,
}

impl Turns {
    /// Wait for the turn at this run.
    pub fn take(&self, run: &RunId) -> Turn<'_> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while !taken.insert(run.clone()) {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        Turn { turns: self, run: run.clone() }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.run);
        self.turns.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_run_is_in_one_hand_and_another_run_does_not_wait() {
        let (turns, inside, most) =
            (Arc::new(Turns::default()), Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let (one, other): (RunId, RunId) = ("R1".parse().unwrap(), "R2".parse().unwrap());
        let _held = turns.take(&other);
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (turns, inside, most, run) = (turns.clone(), inside.clone(), most.clone(), one.clone());
                std::thread::spawn(move || {
                    let _turn = turns.take(&run);
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }
}
