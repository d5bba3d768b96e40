//! What tests of the whole share: profiles, clocks, crashes, and stand-ins for NetSuite and a mail provider.
//!
//! Owns the stand-ins for the world around a desk and a central. Must not be a dependency of anything that ships.

pub mod answers;
pub mod central;
pub mod chat_eval;
pub mod crash;
pub mod mail;
pub mod netsuite;
pub mod profile;
pub mod proxy;
pub mod reference;
pub mod standins;
pub mod world;
