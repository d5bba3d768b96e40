//! Backups of a profile, and putting one back.
//!
//! Owns the passphrase rules around them. Must never replace a profile that was not asked to be replaced.

use std::path::Path;

use domain::IdSource;
use serde::Serialize;
use store::backup::{BackupError, Restore};
use store::keys::{KeySource, Passphrase};

use crate::error::{Code, DeskError};
use crate::{Desk, Surroundings};

/// What came of a backup.
#[derive(Debug, Clone, Serialize)]
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

/// Put a backup into a folder. A profile that is there is replaced only if asked for, and kept beside it.
pub fn restore(
    file: &Path,
    passphrase: &Passphrase,
    home: &Path,
    keys: &KeySource,
    replace: bool,
    world: &Surroundings,
) -> Result<(), DeskError> {
    let profile_id = world.ids.ulid();
    store::backup::restore(&Restore { from: file, passphrase, home, keys, profile_id: &profile_id, replace })
        .map_err(refused)
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
        (code, error) => DeskError::new(code.unwrap_or(Code::Storage), error.to_string(), hint).because(error),
    }
}
