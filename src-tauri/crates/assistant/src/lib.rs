//! Asking a language model to put a message into plain sentences.
//!
//! Owns what is sent, to whom, and reading what comes back as a short list of sentences. Must not know a draft, a
//! database or what a sentence means: what comes back is text like any other, and is understood, checked and
//! asked about like what a person types.

mod address;
mod answer;
mod brief;
mod http;
mod instructions;

use std::sync::atomic::AtomicBool;

pub use address::{BadAddress, Endpoint};
pub use answer::{LONGEST_SENTENCE, MOST_SENTENCES};
pub use brief::{Brief, Candidate, Line};
pub use http::OverHttp;

/// Why there is no answer to go by. The words complete “The assistant could not help: …”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It was not reached.
    #[error("it was not reached ({0})")]
    Unreached(String),
    /// It took too long.
    #[error("it did not answer within {0} seconds")]
    TooSlow(u64),
    /// Somebody stopped waiting.
    #[error("you stopped it")]
    Stopped,
    /// It refused.
    #[error("it refused with status {status}{}", .said.as_ref().map(|said| format!(": {said}")).unwrap_or_default())]
    Refused {
        /// The status of its answer.
        status: u16,
        /// What it said, if that reads.
        said: Option<String>,
    },
    /// Its answer is not what was asked for.
    #[error("its answer does not read ({0})")]
    Unreadable(String),
}

/// Somebody who can put a message into plain sentences.
pub trait Assistant: Send + Sync {
    /// The message of `brief` as plain sentences, at most [`MOST_SENTENCES`]; none when it says nothing that
    /// could be done. Waits for the answer, and not much longer once `stopped` is set.
    fn rewrite(
        &self,
        endpoint: &Endpoint,
        brief: &Brief,
        stopped: &AtomicBool,
    ) -> Result<Vec<String>, Trouble>;
}
