//! Carrying operations to the central, and its changes back.
//!
//! Owns what is sent when, in which order, and what an answer means: [`engine`] is a pure function of its
//! state and an event, and [`driver`] carries out what it says over HTTP. Must not know SQLite, a contract or
//! a screen: the device's side is the trait [`Device`].

pub mod backoff;
pub mod central;
pub mod device;
pub mod driver;
pub mod engine;
pub mod feed;
pub mod http;
pub mod wire;

pub use central::Trouble;
pub use device::{Device, DeviceError};
pub use driver::{Driver, Signal, Signals};
pub use engine::{Ending, Engine, Link, Mode, Tuning};
pub use http::HttpCentral;
