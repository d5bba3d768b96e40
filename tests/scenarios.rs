//! What crosses crates, each in a module that reads as the rule it protects.
//!
//! One binary: each that is linked with all of the app costs a quarter of a gigabyte and half a minute.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A scenario that cannot go on has failed.

mod approvals;
mod arrows;
mod assistant;
mod bad_network;
mod browsing;
mod conflicts;
mod contract_lint;
mod contracts;
mod crash;
mod drafting;
mod learned;
mod long_offline;
mod main_job;
mod outcomes;
mod releases;
mod revisions;
mod safety;
mod scenario;
mod shared_drafts;
mod two_devices;
mod verification;
mod watching;
