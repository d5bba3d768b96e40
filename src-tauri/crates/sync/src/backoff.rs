//! How long to wait before trying again.
//!
//! Owns full jitter: before retry k a random wait of 0 to min(cap, base · 2^(k−1)), which spreads devices
//! that lost one connection together better than any other scheme. Must not sleep.

use std::time::Duration;

/// How often and how patiently something is tried; the contract's retry policy in mission §1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Attempts in all before a pass gives up for now.
    pub attempts: u32,
    /// The longest wait before the first retry.
    pub base: Duration,
    /// The longest wait at all.
    pub cap: Duration,
}

impl Patience {
    /// The wait before retry `k` (from 1). `draw(n)` gives a number evenly from `0..=n`.
    pub fn wait(&self, k: u32, draw: &mut dyn FnMut(u64) -> u64) -> Duration {
        let doubled = 1u32.checked_shl(k.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        Duration::from_millis(draw(u64::try_from(longest.as_millis()).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience =
        Patience { attempts: 3, base: Duration::from_millis(1_500), cap: Duration::from_millis(30_000) };

    #[test]
    fn waits_grow_and_stop_at_the_cap() {
        let longest: Vec<u128> = (1..=7).map(|k| PATIENCE.wait(k, &mut |upto| upto).as_millis()).collect();
        assert_eq!(longest, [1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
        assert_eq!(PATIENCE.wait(500, &mut |upto| upto).as_millis(), 30_000);
    }

    #[test]
    fn a_wait_may_be_nothing() {
        assert_eq!(PATIENCE.wait(3, &mut |_| 0), Duration::ZERO);
    }
}
