//! The key of the database: where it is kept and how it is got back.
//!
//! Owns the keepers (the system's keyring, or a key file locked with a passphrase) and the recovery key; in
//! the keyring, also the tokens beside the key.
//! Must never make a key for a database that exists: a key that cannot be had is an error with a way
//! out, not a first start.

mod profile;
mod raw;
mod recovery;
mod ring;
pub(crate) mod wrapped;

use std::fmt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

pub use profile::{Keeper, Profile};
pub use raw::RawKey;
pub use recovery::RecoveryKey;
pub(crate) use ring::{find_token, forget_token, keep_token};

use crate::error::StoreError;

/// What a person can give to open the database. Nothing of it is ever printed.
#[derive(Default)]
pub struct KeySource {
    /// Locks and unlocks a key file. With it, a new profile uses no keyring.
    pub passphrase: Option<Passphrase>,
    /// Opens the database whatever became of its keeper.
    pub recovery_key: Option<RecoveryKey>,
}

/// A passphrase. Its text is wiped from memory after use and never shown.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Take a passphrase over.
    pub fn new(text: String) -> Self {
        Passphrase(Zeroizing::new(text))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Why the key is not to be had, each with a way out.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A new profile has nowhere to keep its key.
    #[error(
        "there is no keyring to keep the database's key in ({0}); set FIELDQUOTE_PASSPHRASE, or start a keyring and sign in to it"
    )]
    NowhereToKeep(String),
    /// The key is in a keyring that is not running.
    #[error(
        "the key is in the system's keyring, and none is running ({0}); start it, or open with the recovery key"
    )]
    NoKeyring(String),
    /// The key is in a keyring that does not let us in.
    #[error("the system's keyring is locked ({0}); unlock it, or open with the recovery key")]
    KeyringLocked(String),
    /// The keyring runs and has no such entry.
    #[error(
        "the system's keyring has no key for profile {profile_id}, though its database is here; sign in as the person who made it, or open with the recovery key. Nothing was changed"
    )]
    KeyGone {
        /// Whose key.
        profile_id: String,
    },
    /// The keyring gave something that is no key.
    #[error(
        "what the system's keyring keeps for profile {profile_id} is not a key; open with the recovery key"
    )]
    KeyDamaged {
        /// Whose key.
        profile_id: String,
    },
    /// The key file needs a passphrase.
    #[error("the key is locked with a passphrase; set FIELDQUOTE_PASSPHRASE, or open with the recovery key")]
    PassphraseNeeded,
    /// The passphrase does not unlock it.
    #[error("the passphrase does not unlock the key; try again, or open with the recovery key")]
    WrongPassphrase,
    /// The key file is not there.
    #[error("the key file {} is missing; put it back from a backup, or open with the recovery key", .0.display())]
    KeyFileMissing(PathBuf),
    /// The key file is there and does not read.
    #[error("the key file {} does not read ({why}); put it back from a backup, or open with the recovery key", path.display())]
    KeyFileDamaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// `profile.json` is not there though the database is.
    #[error("{} is missing, so it is not known where the key is kept; put it back, or open with the recovery key", .0.display())]
    ProfileMissing(PathBuf),
    /// `profile.json` is there and does not read.
    #[error("{} does not read ({why}); put it back, or open with the recovery key", path.display())]
    ProfileDamaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The key is a key, but not of this database.
    #[error("the key does not open this database; it is another database's key, or the file is damaged")]
    WrongKey,
    /// The text is not a recovery key.
    #[error("that is not a recovery key: {0}")]
    NotARecoveryKey(&'static str),
    /// The operating system gives no randomness.
    #[error("the system gives no randomness to make a key from: {0}")]
    NoRandomness(String),
    /// The key could not be derived or sealed.
    #[error("the key could not be locked with the passphrase: {0}")]
    Sealing(String),
}

/// Make a key for a new database and keep it. The caller has seen that no database is there.
pub(crate) fn make(home: &Path, profile_id: &str, source: &KeySource) -> Result<RawKey, StoreError> {
    let key = RawKey::generate()?;
    keep(home, profile_id, &key, source)?;
    Ok(key)
}

/// Keep a key: in a file locked with the passphrase when one is given, else in the keyring. The profile
/// is written last, so that it never names a keeper that does not have the key.
pub(crate) fn keep(
    home: &Path,
    profile_id: &str,
    key: &RawKey,
    source: &KeySource,
) -> Result<(), StoreError> {
    let keeper = match &source.passphrase {
        Some(passphrase) => {
            wrapped::write(&wrapped::path(home, profile_id), key, passphrase)?;
            Keeper::Passphrase
        }
        None => {
            ring::keep(profile_id, key)?;
            Keeper::Keyring
        }
    };
    Profile { profile_id: profile_id.to_owned(), keeper }.write(home)
}

/// The key of the database that is there.
pub(crate) fn find(home: &Path, source: &KeySource) -> Result<RawKey, StoreError> {
    if let Some(recovery) = &source.recovery_key {
        return Ok(recovery.raw().clone());
    }
    let profile = Profile::read(home)?;
    match profile.keeper {
        Keeper::Keyring => Ok(ring::find(&profile.profile_id)?),
        Keeper::Passphrase => {
            let passphrase = source.passphrase.as_ref().ok_or(KeyError::PassphraseNeeded)?;
            wrapped::read(&wrapped::path(home, &profile.profile_id), passphrase)
        }
    }
}
