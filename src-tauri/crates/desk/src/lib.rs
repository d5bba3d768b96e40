//! The use cases: everything a rep or an approver can do, each as one call.
//!
//! Owns the meeting of the other crates and the one place where effects are carried out: chat becomes a
//! draft, a draft a proposed action, an approval a run, a run's steps rows, files and outbox operations.
//! Must not draw a screen or parse an argument (the shell and the command line do), nor hold a rule
//! (`domain`, `workflow`) or a statement of SQL (`store`, contracts).

pub mod actions;
pub mod ambient;
pub mod assistant;
pub mod audit;
pub mod backup;
pub mod browse;
mod catalogue;
pub mod chat;
mod close;
pub mod compose;
pub mod contracts;
pub mod database;
mod decide;
pub mod demo;
pub mod doctor;
pub mod drafts;
mod effects;
pub mod environment;
pub mod error;
pub mod export;
pub mod find;
pub mod flags;
pub mod import;
pub mod learned;
mod lists;
mod live;
mod outbox;
pub mod outcome;
pub mod overview;
pub mod pdf;
pub mod preferences;
pub mod profile;
pub mod quotes;
pub mod reference;
pub mod runs;
pub mod seed;
mod stage;
pub mod submit;
pub mod sync;
pub mod timeline;
mod turns;
pub mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ::assistant::Assistant;
use chrono::{DateTime, NaiveDate, Utc};
use domain::IdSource;
use store::Store;

pub use domain::Clock;

pub use ambient::{FixedClock, Ids, Pause, RealPause, SystemClock};
pub use error::{Code, DeskError};
pub use profile::{Opening, Setup};

/// What the use cases need of the world.
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<Ids>,
    /// How waits are waited.
    pub pause: Arc<dyn Pause>,
    /// Who is asked about messages nothing can be made of, where somebody has turned that on.
    pub assistant: Arc<dyn Assistant>,
}

/// One opened profile, and everything that can be done with it.
pub struct Desk {
    home: PathBuf,
    store: Store,
    world: Surroundings,
    contracts: contracts::Shelf,
    turns: turns::Turns,
    sitting: drafts::Sitting,
    lists: lists::Lists,
    user: String,
}

impl Desk {
    /// The folder of the profile.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Who works at it.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Be told after every write, in the thread that wrote and with no lock held, until what this gives is
    /// dropped. Rows that a central's feed brings are told by the sync that brings them.
    pub fn on_write(&self, listener: impl Fn() + Send + Sync + 'static) -> store::Listening {
        self.store.on_write(listener)
    }

    fn moment(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    fn now(&self) -> String {
        domain::clock::timestamp(self.moment())
    }

    fn today(&self) -> NaiveDate {
        self.world.clock.today()
    }

    fn new_id<T: std::str::FromStr>(&self) -> Result<T, DeskError>
    where
        T::Err: std::fmt::Display,
    {
        self.world.ids.ulid().parse().map_err(|error| DeskError::bad_input(error, ""))
    }

    fn draw(&self, upto: u64) -> u64 {
        self.world.ids.below_or_equal(upto)
    }

    fn pause(&self, length: Duration) {
        self.world.pause.pause(length);
    }
}
