//! A world that a test holds in its hand.
//!
//! Owns a clock that moves only when told and waits that take no time. Must not read the real clock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use assistant::OverHttp;
use chrono::{DateTime, Utc};
use desk::{Ids, Pause, Surroundings};
use domain::Clock;

/// A clock that moves only when told.
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<DateTime<Utc>>>);

impl HandClock {
    /// A clock that shows `moment`.
    pub fn at(moment: DateTime<Utc>) -> Self {
        HandClock(Arc::new(Mutex::new(moment)))
    }

    /// Move it on to a moment; it is never moved back.
    pub fn reach(&self, moment: DateTime<Utc>) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = moment.max(*now);
    }

    /// Move it on.
    pub fn pass(&self, length: Duration) {
        let length = chrono::Duration::from_std(length).unwrap_or(chrono::Duration::MAX);
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add_signed(length).unwrap_or(*now);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waiting moves the clock and takes no time; how long was waited is remembered.
#[derive(Clone)]
pub struct QuickPause {
    clock: HandClock,
    waited: Arc<Mutex<Vec<Duration>>>,
}

impl QuickPause {
    /// Every wait so far.
    pub fn waited(&self) -> Vec<Duration> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Pause for QuickPause {
    fn pause(&self, length: Duration) {
        self.clock.pass(length);
        self.waited.lock().unwrap_or_else(PoisonError::into_inner).push(length);
    }
}

/// Surroundings with a clock in the hand and everything drawn from a seed.
pub fn surroundings(moment: DateTime<Utc>, seed: u64) -> (Surroundings, HandClock, QuickPause) {
    let clock = HandClock::at(moment);
    let pause = QuickPause { clock: clock.clone(), waited: Arc::default() };
    let shown = clock.clone();
    let world = Surroundings {
        clock: Arc::new(clock.clone()),
        ids: Arc::new(Ids::new(Some(seed), move || shown.now())),
        pause: Arc::new(pause.clone()),
        assistant: Arc::new(OverHttp { patience: Duration::from_secs(2) }),
    };
    (world, clock, pause)
}
