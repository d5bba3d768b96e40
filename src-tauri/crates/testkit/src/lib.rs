//! What tests of the whole share: profiles, clocks and crashes.
//!
//! Owns the stand-ins for the world around a desk. Must not be a dependency of anything that ships.

pub mod central;
pub mod crash;
pub mod profile;
pub mod world;
