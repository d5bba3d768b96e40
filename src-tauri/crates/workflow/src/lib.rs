//! Workflows as data: contracts, the rules in them, and the runner that carries one through.
//!
//! Owns what a contract means: its shape and lint, its checks, the plan of what a run would do, the order
//! in which it does it, when it retries, what it undoes. Must not do any of it: no SQL is run, no clock
//! read and no file touched here. `desk` executes what [`runner::next`] says and tells it what happened.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod context;
pub mod contract;
pub mod narrative;
pub mod plan;
pub mod rule;
pub mod runner;
pub mod template;
pub mod touchpoints;
pub mod verification;

pub use context::Context;
pub use contract::{Contract, Problem};
pub use plan::{Planned, PlannedStep};
pub use runner::{Event, RunStatus, State, Todo};
