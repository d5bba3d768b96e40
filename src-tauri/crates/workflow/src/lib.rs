//! Contracts, checks and the runner.
