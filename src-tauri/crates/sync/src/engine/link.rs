//! Where the connection stands.
//!
//! Owns whether the central may be talked to now, and when next. Being offline costs nothing and is only
//! waited for. Must not know what is to be sent.

use std::time::Duration;

use crate::backoff::Patience;
use crate::central::Trouble;
use crate::engine::Ending;

/// How long after a refusal that only a person can lift the central is asked once more.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// Where the connection stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    state: State,
    tries: u32,
    until: Duration,
    /// A fresh token was asked for and the central did not take that one either.
    renewed: bool,
}

/// What is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing says otherwise.
    #[default]
    Up,
    /// The central is not reached.
    Offline(String),
    /// It is reached and cannot answer now.
    Unavailable(String),
    /// The token has expired.
    Expired,
    /// Somebody must sign in.
    SignIn(String),
    /// This FieldQuote is too old.
    Upgrade(String),
}

impl Link {
    /// What is known of it.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether the last answer was one.
    pub(super) fn is_up(&self) -> bool {
        self.state == State::Up
    }

    /// Whether the central said that it cannot answer, and was not asked since.
    pub(super) fn is_in_doubt(&self) -> bool {
        matches!(self.state, State::Unavailable(_))
    }

    /// Whether the central may be talked to now.
    pub(super) fn may_talk(&self, now: Duration) -> bool {
        now >= self.until
    }

    /// When it may be tried again.
    pub(super) fn next_try(&self) -> Duration {
        self.until
    }

    pub(super) fn needs_renewal(&self) -> bool {
        self.state == State::Expired
    }

    /// The central answered.
    pub(super) fn up(&mut self) {
        *self = Link::default();
    }

    /// A fresh token is in use; whether the central takes it, the next answer will tell.
    pub(super) fn renewed(&mut self) {
        *self = Link { renewed: true, ..Link::default() };
    }

    /// Try again at once: the machine woke, or somebody asked.
    pub(super) fn again(&mut self) {
        self.until = Duration::ZERO;
        self.tries = 0;
    }

    /// Say nothing before this moment.
    pub(super) fn rest(&mut self, until: Duration) {
        self.until = self.until.max(until);
    }

    pub(super) fn trouble(
        &mut self,
        now: Duration,
        trouble: Trouble,
        patience: &Patience,
        draw: &mut dyn FnMut(u64) -> u64,
    ) {
        let asked = match &trouble {
            Trouble::Later { after, .. } => after.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        let next = match trouble {
            Trouble::Offline(why) => State::Offline(why),
            Trouble::Later { message, .. } => State::Unavailable(message),
            // Asked for once more when it is tried again: the fresh one may be bad for a reason that passes.
            Trouble::Expired if std::mem::take(&mut self.renewed) => {
                State::SignIn("the central does not take this device's sign-in any more".to_owned())
            }
            Trouble::Expired => State::Expired,
            Trouble::SignIn(why) => State::SignIn(why),
            Trouble::Upgrade(why) => State::Upgrade(why),
            // The request that met these deals with them; nothing is known against the connection.
            Trouble::CursorGone | Trouble::Refused(_) => return,
        };
        if matches!(next, State::Offline(_) | State::Unavailable(_)) {
            // Requests under way at one time fail together: that is one failure, not several.
            if now >= self.until {
                self.tries += 1;
                self.until = now + patience.wait(self.tries, draw).max(asked);
            } else {
                self.until = self.until.max(now + asked);
            }
        }
        if matches!(next, State::SignIn(_) | State::Upgrade(_)) {
            // A person must act; that they have is found out by asking now and then.
            self.until = now + ASK_AGAIN_AFTER;
        }
        self.state = next;
    }

    /// Why a single pass ends here, if it does.
    pub(super) fn ending(&self, attempts: u32) -> Option<Ending> {
        match &self.state {
            State::Offline(why) if self.tries >= attempts => Some(Ending::Offline(why.clone())),
            State::Unavailable(why) if self.tries >= attempts => Some(Ending::Unavailable(why.clone())),
            State::SignIn(why) => Some(Ending::SignIn(why.clone())),
            State::Upgrade(why) => Some(Ending::Upgrade(why.clone())),
            _ => None,
        }
    }
}
