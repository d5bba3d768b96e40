//! Chance: one independent stream of draws for each thing that is drawn.
//!
//! Owns how a seed becomes streams. A customer's price of an item has a stream of its own, so it is the
//! same price in a small market and in a large one. Must not use a generator whose output may change
//! between versions: ChaCha is fixed by its definition.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What is being drawn.
#[derive(Clone, Copy)]
pub(crate) enum Topic {
    /// A customer beyond the hand-written ones.
    Customer = 1,
    /// An item beyond the hand-written ones.
    Item = 2,
    /// An item's cost over the years.
    Cost = 3,
    /// A customer's prices of an item over the years.
    Price = 4,
    /// What a customer usually orders, and its quotes.
    Quote = 5,
    /// A customer's programs.
    Program = 6,
}

/// The seed of a market.
#[derive(Clone)]
pub(crate) struct Seed(ChaCha8Rng);

impl Seed {
    pub(crate) fn new(seed: u64) -> Self {
        Seed(ChaCha8Rng::seed_from_u64(seed))
    }

    /// The draws about `first` and `second`, each below 2^20.
    pub(crate) fn draws(&self, topic: Topic, first: u32, second: u32) -> Draws {
        let mut rng = self.0.clone();
        rng.set_stream((topic as u64) << 40 | u64::from(first) << 20 | u64::from(second));
        Draws(rng)
    }
}

/// A stream of draws.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    /// Evenly from `low..=high`.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0.random_range(low..=high)
    }

    /// True `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.between(0, 99) < percent
    }

    /// A place in a list of `length`; 0 for an empty one.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        let last = u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX);
        self.between(0, last) as usize
    }
}
