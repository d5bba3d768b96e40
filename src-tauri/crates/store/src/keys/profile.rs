//! `profile.json`: which profile a folder holds and who keeps its key.
//!
//! Owns that file's form. Must not hold a secret: it lies in the open beside the database.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::keys::KeyError;
use crate::private_file;

const FILE: &str = "profile.json";

/// Who keeps the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// The system's keyring.
    Keyring,
    /// A key file beside the database, locked with a passphrase.
    Passphrase,
}

impl Keeper {
    /// Where it keeps a token, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Keeper::Keyring => "the system's keyring",
            Keeper::Passphrase => "the encrypted database",
        }
    }
}

/// What `profile.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Names the key in the keyring or the key file.
    pub profile_id: String,
    /// Who keeps the key.
    pub keeper: Keeper,
}

impl Profile {
    /// Read it from a home folder.
    pub fn read(home: &Path) -> Result<Self, StoreError> {
        let path = home.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(KeyError::ProfileMissing(path).into());
            }
            Err(error) => return Err(StoreError::file("read", path)(error)),
        };
        serde_json::from_str(&text)
            .map_err(|error| KeyError::ProfileDamaged { path, why: error.to_string() }.into())
    }

    pub(crate) fn write(&self, home: &Path) -> Result<(), StoreError> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        private_file::replace(&home.join(FILE), text.as_bytes())
    }
}
