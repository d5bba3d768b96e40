//! How long to wait before trying again.
//!
//! Owns the arithmetic of the wait. Must not draw the number or read the time: both are passed in.

use crate::contract::RetryPolicy;

/// Milliseconds before retry `retry` (1 is the first), full jitter: a number drawn evenly from 0 to the
/// ceiling, or the ceiling itself without jitter. `draw(n)` gives a number from `0..=n`.
pub fn delay_ms(policy: &RetryPolicy, retry: u32, draw: impl FnOnce(u64) -> u64) -> u64 {
    let ceiling = policy.ceiling_ms(retry);
    if policy.jitter { draw(ceiling).min(ceiling) } else { ceiling }
}
