//! Time and randomness from the real world, or fixed for scripts and tests.
//!
//! Owns the only place where the clock is read and randomness drawn. Must not be used below `desk`: other
//! crates are passed what is made here.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Local, NaiveDate, Utc};
use domain::{Clock, IdSource};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use ulid::Ulid;

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // This is the clock that everything else is passed.
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }
}

/// A clock that stands still.
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Ids and draws from one generator; the same seed gives the same ones, in the same order.
pub struct Ids {
    rng: Mutex<ChaCha20Rng>,
    seed: Option<u64>,
    now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    last: Mutex<Option<Ulid>>,
}

impl Ids {
    /// From the machine's randomness, or from a seed.
    pub fn new(seed: Option<u64>, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        let rng = match seed {
            Some(seed) => ChaCha20Rng::seed_from_u64(seed),
            None => ChaCha20Rng::from_rng(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng)),
        };
        Ids { rng: Mutex::new(rng), seed, now: Box::new(now), last: Mutex::new(None) }
    }

    /// Whether everything is drawn from a seed that was given.
    pub fn is_seeded(&self) -> bool {
        self.seed.is_some()
    }

    /// Draw from the `nth` stream of the seed from now on; nothing happens without a seed.
    pub fn reseed(&self, nth: u64) {
        if let Some(seed) = self.seed {
            let mut fresh = ChaCha20Rng::seed_from_u64(seed);
            fresh.set_stream(nth);
            *self.rng.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
    }

    /// Bytes for a key or a document's actor.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

impl IdSource for Ids {
    fn ulid(&self) -> String {
        let moment = u64::try_from((self.now)().timestamp_millis()).unwrap_or(0);
        let random = u128::from_be_bytes(self.bytes::<16>());
        let drawn = Ulid::from_parts(moment, random);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // Within one millisecond the next id follows the last one, so that ids sort as they were made.
        let ulid = match *last {
            Some(before) if before >= drawn => before.increment().unwrap_or(drawn),
            _ => drawn,
        };
        *last = Some(ulid);
        ulid.to_string()
    }

    fn below_or_equal(&self, upto: u64) -> u64 {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).random_range(0..=upto)
    }
}

/// How a wait is waited.
pub trait Pause: Send + Sync {
    /// Let this much time pass.
    fn pause(&self, length: Duration);
}

/// Sleeps for real.
pub struct RealPause;

impl Pause for RealPause {
    fn pause(&self, length: Duration) {
        std::thread::sleep(length);
    }
}
