//! Profiles for tests: a fresh folder, a passphrase, a clock in the hand.
//!
//! Owns making and reopening them. Must not share anything between two tests.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use desk::profile::Made;
use desk::{Desk, DeskError, Opening, Setup};
use domain::Company;
use sample::{Market, Plan};
use store::CommitHook;
use store::keys::{KeySource, Passphrase};
use tempfile::TempDir;

use crate::world::{HandClock, QuickPause, surroundings};

/// A profile in a temporary folder that goes away with it.
pub struct TestProfile {
    /// The folder.
    pub folder: TempDir,
    /// The desk over it.
    pub desk: Arc<Desk>,
    /// Its clock.
    pub clock: HandClock,
    /// Its waits.
    pub pause: QuickPause,
    /// What was said when it was made.
    pub made: Made,
}

/// A Monday in November, in the school year 2026-2027.
pub fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 30, 0).single().unwrap_or(DateTime::UNIX_EPOCH)
}

/// The key source of every test profile.
pub fn keys() -> KeySource {
    KeySource { passphrase: Some(Passphrase::new("test passphrase".to_owned())), recovery_key: None }
}

/// A letterhead.
pub fn company() -> Company {
    Company {
        name: "Prairie Table Foods".to_owned(),
        address: vec!["1200 Elevator Road".to_owned(), "Ames, IA 50010".to_owned()],
        phone: "515-555-0100".to_owned(),
        email: "quotes@prairietable.example".to_owned(),
        website: "prairietable.example".to_owned(),
        terms: vec!["Prices are delivered and unloaded.".to_owned()],
        validity_days: 60,
    }
}

/// An empty profile.
pub fn empty(user: &str) -> Result<TestProfile, DeskError> {
    seeded(user, 7)
}

/// An empty profile that draws its ids from a seed: two with one seed would be the same device.
pub fn seeded(user: &str, seed: u64) -> Result<TestProfile, DeskError> {
    seeded_at(user, seed, monday())
}

/// The same, with a clock that shows this moment.
pub fn seeded_at(user: &str, seed: u64, moment: DateTime<Utc>) -> Result<TestProfile, DeskError> {
    let folder = tempfile::tempdir()
        .map_err(|error| DeskError::bad_input(format!("no temporary folder: {error}"), "Make room."))?;
    let (world, clock, pause) = surroundings(moment, seed);
    let keys = keys();
    let opening = Opening { home: folder.path(), keys: &keys, user: Some(user), commit_hook: None };
    let (desk, made) = Desk::create(&opening, world, &Setup { user, company: company() })?;
    Ok(TestProfile { folder, desk: Arc::new(desk), clock, pause, made })
}

/// A profile with the sample market in it.
pub fn with_sample(user: &str) -> Result<TestProfile, DeskError> {
    let profile = empty(user)?;
    profile.desk.load_market(&market()?)?;
    Ok(profile)
}

/// The sample market as of [`monday`]: its first customers and its staple items.
pub fn market() -> Result<Market, DeskError> {
    Market::generate(&Plan { customers: 20, items: 60, ..Plan::standard(monday().date_naive()) })
        .map_err(|error| DeskError::bad_input(error, "The sample data is broken."))
}

/// Open a profile's folder once more, as another person, at a moment of one's own.
pub fn reopen(
    home: &Path,
    user: &str,
    moment: DateTime<Utc>,
    seed: u64,
    commit_hook: Option<Arc<dyn CommitHook>>,
) -> Result<Desk, DeskError> {
    let (world, _, _) = surroundings(moment, seed);
    let keys = keys();
    Desk::open(&Opening { home, keys: &keys, user: Some(user), commit_hook }, world)
}
