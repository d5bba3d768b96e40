//! Stand-ins for the services the central talks to and nobody can run at home: NetSuite and a mail provider.
//!
//! Owns what both share: the loopback server, the keys and the faults on order. Must not know what a quote is,
//! and must never answer anybody beyond loopback.

pub mod faults;
pub mod keys;
pub mod serve;

pub use crate::mail::{Mail, MailSetup};
pub use crate::netsuite::{NetSuite, NetSuiteSetup};
