//! What a rep says, and the draft it becomes.
//!
//! Owns the draft document, which two people may edit apart and bring together again, and the understanding
//! of chat messages. Must not do I/O, read a clock or draw randomness, and must not look at prices: it says
//! which rule a price follows, others compute it.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod chat;
pub mod document;
pub mod lists;
