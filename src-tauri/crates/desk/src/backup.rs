//! Backups of a profile, and putting one back.
//!
//! Owns the passphrase rules around them. Must never replace a profile that was not asked to be replaced.

use std::path::Path;

use domain::IdSource;
use serde::Serialize;
use store::backup::{BackupError, Restore};
use store::keys::{KeySource, Passphrase};

use crate::audit::ANCHOR;
use crate::error::{Code, DeskError};
use crate::{Desk, Opening, Surroundings, profile};

/// What came of a backup.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BackedUp {
    /// The file.
    pub file: String,
    /// How many bytes.
    pub size: u64,
}

impl Desk {
    /// Write the whole profile to a new file, encrypted with a passphrase.
    pub fn backup(&self, file: &Path, passphrase: &Passphrase) -> Result<BackedUp, DeskError> {
        store::backup::make(&self.store, file, passphrase).map_err(refused)?;
        let size = std::fs::metadata(file).map(|data| data.len()).unwrap_or(0);
        Ok(BackedUp { file: file.display().to_string(), size })
    }
}

/// What came of restoring a backup.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Restored {
    /// The profile's folder.
    pub home: String,
    /// The device's part of quote numbers, new: two copies of a profile never make one number.
    pub device_tag: String,
    /// Opens the database when its keeper is gone; new, and shown this once.
    pub recovery_key: String,
}

/// Put a backup into a folder. A profile that is there is replaced only if asked for, and kept beside it.
/// What is restored is a device of its own from then on.
pub fn restore(
    file: &Path,
    passphrase: &Passphrase,
    home: &Path,
    keys: &KeySource,
    replace: bool,
    world: Surroundings,
) -> Result<Restored, DeskError> {
    if !file.exists() {
        return Err(DeskError::not_found("file", file.display(), "Name a file made by `fieldquote backup`."));
    }
    let profile_id = world.ids.ulid();
    store::backup::restore(&Restore { from: file, passphrase, home, keys, profile_id: &profile_id, replace })
        .map_err(refused)?;
    let anchor = home.join(ANCHOR);
    if anchor.exists() {
        std::fs::rename(&anchor, anchor.with_extension("anchor.before-restore")).map_err(|error| {
            DeskError::new(Code::Storage, format!("{}: {error}", anchor.display()), "Restore once more.")
        })?;
    }
    let desk = Desk::open(&Opening { home, keys, user: None, commit_hook: None }, world)?;
    desk.note_anchor()?;
    Ok(Restored {
        home: home.display().to_string(),
        device_tag: desk.store.read(profile::device_tag)?.as_str().to_owned(),
        recovery_key: desk.recovery_key(),
    })
}

fn refused(error: BackupError) -> DeskError {
    let (code, hint) = match &error {
        BackupError::Store(_) => (None, ""),
        BackupError::FileExists(_) => (Some(Code::BadInput), "Name a file that is not there yet."),
        BackupError::ProfileExists(_) => {
            (Some(Code::ProfileExists), "Add --replace; the present profile is kept beside it.")
        }
        BackupError::InUse(_) => (Some(Code::Busy), "Close the other FieldQuote first."),
        BackupError::NotABackup { .. } => (Some(Code::BadInput), "Name a file made by `fieldquote backup`."),
        BackupError::Damaged(_) => (Some(Code::Storage), "Use another backup. The profile was not touched."),
    };
    match (code, error) {
        (_, BackupError::Store(error)) => error.into(),
        (code, error) => {
            DeskError::new(code.unwrap_or(Code::Storage), error.to_string(), hint).because(error)
        }
    }
}
