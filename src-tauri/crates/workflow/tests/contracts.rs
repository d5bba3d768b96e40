//! Contracts, checks and the runner, each in a module that reads as the rule it protects.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // What a test sets up may fail the test.

mod common;
mod loading;
mod narrative;
mod paths;
mod plan;
mod retry;
mod rule_grammar;
mod rule_meaning;
mod rule_types;
mod runner;
mod runner_model;
mod touchpoints;
mod verification;
