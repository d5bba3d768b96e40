//! The desktop shell.
//!
//! Owns nothing yet but its place: the window is built over `desk` like the command line is. Until then this
//! package carries the scenarios in `tests/` and the benches, which cross crates.
