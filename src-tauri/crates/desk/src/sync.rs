//! The device and the central: signing in, carrying work up and news down, and the truth about the queue.
//!
//! Owns what an answer of the central means for what is here: `answers` for operations, `arrivals` for
//! rows of the feed, `overrule` for a decision that does not stand. Must not speak HTTP or decide what goes
//! when: the sync crate does.

mod account;
mod alerts;
mod answers;
mod arrivals;
mod conflicts;
mod device;
mod draft_pieces;
mod operation;
mod overrule;
mod pass;
mod status;

pub use account::{Account, Connected, Disconnected};
pub(crate) use account::{check_person, forget_sign_in};
pub use alerts::Alert;
pub use conflicts::ConflictShown;
pub use operation::OpDetail;
pub use pass::{Pass, Watch};
pub(crate) use status::VERIFIED_CURRENT;
pub use status::{HeldBack, LastEnding, QueuedOp, SyncStatus};

pub use ::sync::backoff::Patience;
pub use ::sync::driver::Report;
pub use ::sync::{Link, Signal, Tuning};
