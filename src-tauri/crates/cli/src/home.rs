//! Which profile, opened how.
//!
//! Owns what the arguments say of that. Must not read the environment itself: `desk::environment` does.

use std::path::PathBuf;

use desk::{Desk, DeskError, Opening, environment};

use crate::args::Cli;

pub use desk::environment::{keys, passphrase, world};

/// The folder of the profile: the one named, or the usual one.
pub fn folder(cli: &Cli) -> Result<PathBuf, DeskError> {
    cli.home.clone().map_or_else(environment::usual_folder, Ok)
}

/// Open the profile.
pub fn open(cli: &Cli) -> Result<Desk, DeskError> {
    let (home, keys) = (folder(cli)?, keys()?);
    let opening = Opening { home: &home, keys: &keys, user: cli.person.as_deref(), commit_hook: None };
    Desk::open(&opening, world()?)
}
