//! Devices, a central and the network between them, simulated: same seed, same trace.
//!
//! In the first half of a run anything may fail; then everything is healed, and all that can arrive must have
//! arrived within a bounded time. `SIM_SEEDS=10000` runs more seeds, `SIM_SEED=7` one.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A simulation that cannot go on has failed.

mod central;
mod device;
mod world;

use world::{Outcome, Plan, World};

/// Seeds of an ordinary run of the tests.
const SEEDS: u64 = 200;

fn seeds() -> std::ops::Range<u64> {
    let told = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match (told("SIM_SEED"), told("SIM_SEEDS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, count) => 0..count.unwrap_or(SEEDS),
    }
}

fn run(seed: u64, plan: Plan) -> Outcome {
    let again = format!("replay: SIM_SEED={seed} cargo nextest run -p fieldquote-sync --test simulation");
    let outcome = World::new(seed, plan).run();
    assert_eq!(outcome.faults_seen, Vec::<String>::new(), "seed {seed}; {again}");
    outcome
}

#[test]
fn whatever_the_network_does_everything_arrives_once_and_in_order_after_it_heals() {
    for seed in seeds() {
        let outcome = run(seed, Plan::default());
        assert_eq!(outcome.stuck, Vec::<String>::new(), "seed {seed} left something behind");
    }
}

#[test]
fn what_the_central_cannot_digest_is_parked_and_holds_nothing_else_up() {
    for seed in seeds() {
        let outcome = run(seed, Plan { poison: 2, ..Plan::default() });
        assert_eq!(outcome.stuck, Vec::<String>::new(), "seed {seed} left something behind");
        assert_eq!(outcome.parked, 2, "seed {seed}: exactly the poisoned ones are set aside");
    }
}

#[test]
fn clocks_a_day_off_and_sleeping_machines_change_nothing() {
    for seed in seeds() {
        let outcome = run(seed, Plan { clock_jumps: true, ..Plan::default() });
        assert_eq!(outcome.stuck, Vec::<String>::new(), "seed {seed} left something behind");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in seeds().take(20) {
        let (one, two) = (run(seed, Plan::default()), run(seed, Plan::default()));
        assert_eq!(one.trace, two.trace, "seed {seed}");
    }
}
