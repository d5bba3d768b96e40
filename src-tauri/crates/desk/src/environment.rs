//! What the environment says: which folder, which keys, and the fixed clock and seed of scripts.
//!
//! Owns the environment variables and what they mean, for the command line and the window alike. Must not
//! print a secret.

use std::path::PathBuf;
use std::sync::Arc;

use ::assistant::OverHttp;
use chrono::{DateTime, Utc};
use store::keys::{KeySource, Passphrase};

use crate::{Clock, DeskError, FixedClock, Ids, RealPause, Surroundings, SystemClock};

/// The folder a profile is kept in when none is named: `fieldquote` in the user's data folder.
pub fn usual_folder() -> Result<PathBuf, DeskError> {
    let data = dirs::data_dir().ok_or_else(|| {
        DeskError::bad_input("there is no home folder to keep a profile in", "Name one with --home DIR.")
    })?;
    Ok(data.join("fieldquote"))
}

/// What the environment gives to open the database.
pub fn keys() -> Result<KeySource, DeskError> {
    let passphrase = passphrase();
    let recovery_key = match std::env::var("FIELDQUOTE_RECOVERY_KEY") {
        Ok(text) if !text.is_empty() => {
            let key = text.parse().map_err(|error| {
                DeskError::bad_input(
                    format!("FIELDQUOTE_RECOVERY_KEY: {error}"),
                    "Type it as `init` printed it.",
                )
            })?;
            Some(key)
        }
        _ => None,
    };
    Ok(KeySource { passphrase, recovery_key })
}

/// The passphrase in the environment.
pub fn passphrase() -> Option<Passphrase> {
    std::env::var("FIELDQUOTE_PASSPHRASE").ok().filter(|text| !text.is_empty()).map(Passphrase::new)
}

/// The world: the machine's, or fixed by FIELDQUOTE_NOW and FIELDQUOTE_SEED.
pub fn world() -> Result<Surroundings, DeskError> {
    let clock: Arc<dyn Clock> = match std::env::var("FIELDQUOTE_NOW") {
        Ok(text) if !text.is_empty() => {
            let moment = DateTime::parse_from_rfc3339(&text).map_err(|error| {
                DeskError::bad_input(
                    format!("FIELDQUOTE_NOW: {error}"),
                    "Write it like 2026-11-23T09:30:00Z.",
                )
            })?;
            Arc::new(FixedClock(moment.with_timezone(&Utc)))
        }
        _ => Arc::new(SystemClock),
    };
    let seed = match std::env::var("FIELDQUOTE_SEED") {
        Ok(text) if !text.is_empty() => {
            let seed = text.parse::<u64>().map_err(|error| {
                DeskError::bad_input(format!("FIELDQUOTE_SEED: {error}"), "Give a whole number.")
            })?;
            Some(seed)
        }
        _ => None,
    };
    let shown = clock.clone();
    Ok(Surroundings {
        ids: Arc::new(Ids::new(seed, move || shown.now())),
        clock,
        pause: Arc::new(RealPause),
        assistant: Arc::new(OverHttp::default()),
    })
}
