//! The system's keyring as keeper of the key and of tokens.
//!
//! Owns the entries' names and the meaning of each answer. Must never read "no entry" as a first start: a
//! session without a default collection says the same of a key that is there.

use keyring::v1::{Entry, Error};

use crate::keys::{KeyError, RawKey};

const SERVICE: &str = "fieldquote";

/// Keep the key of a profile, and read it back: a keyring that forgets at once keeps nothing.
pub(super) fn keep(profile_id: &str, key: &RawKey) -> Result<(), KeyError> {
    let nowhere = |error: Error| KeyError::NowhereToKeep(reason(&error));
    let entry = Entry::new(SERVICE, profile_id).map_err(nowhere)?;
    // As text: KWallet keeps nothing that is not UTF-8.
    entry.set_password(&key.hex()).map_err(nowhere)?;
    match entry.get_password() {
        Ok(kept) if RawKey::from_hex(&kept).as_ref() == Some(key) => Ok(()),
        Ok(_) => Err(KeyError::NowhereToKeep("it gave back something else".to_owned())),
        Err(error) => Err(nowhere(error)),
    }
}

/// The key of a profile whose database is there.
pub(super) fn find(profile_id: &str) -> Result<RawKey, KeyError> {
    let text = Entry::new(SERVICE, profile_id)
        .and_then(|entry| entry.get_password())
        .map_err(|error| not_had(profile_id, error))?;
    let text = zeroize::Zeroizing::new(text);
    RawKey::from_hex(&text).ok_or_else(|| KeyError::KeyDamaged { profile_id: profile_id.to_owned() })
}

/// Keep a token of a profile beside its key.
pub(crate) fn keep_token(profile_id: &str, name: &str, token: &str) -> Result<(), KeyError> {
    token_entry(profile_id, name)
        .and_then(|entry| entry.set_password(token))
        .map_err(|error| not_had(profile_id, error))
}

/// A token of a profile.
pub(crate) fn find_token(profile_id: &str, name: &str) -> Result<Option<String>, KeyError> {
    match token_entry(profile_id, name).and_then(|entry| entry.get_password()) {
        Ok(token) => Ok(Some(token)),
        // Believed only of a keyring that has the profile's key.
        Err(Error::NoEntry) => find(profile_id).map(|_| None),
        Err(error) => Err(not_had(profile_id, error)),
    }
}

/// Take a token of a profile away.
pub(crate) fn forget_token(profile_id: &str, name: &str) -> Result<(), KeyError> {
    match token_entry(profile_id, name).and_then(|entry| entry.delete_credential()) {
        Ok(()) => Ok(()),
        Err(Error::NoEntry) => find(profile_id).map(|_| ()),
        Err(error) => Err(not_had(profile_id, error)),
    }
}

fn token_entry(profile_id: &str, name: &str) -> Result<Entry, Error> {
    Entry::new(SERVICE, &format!("{profile_id}.{name}"))
}

fn not_had(profile_id: &str, error: Error) -> KeyError {
    let profile_id = profile_id.to_owned();
    match error {
        Error::NoEntry => KeyError::KeyGone { profile_id },
        Error::NoStorageAccess(_) => KeyError::KeyringLocked(reason(&error)),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            KeyError::KeyDamaged { profile_id }
        }
        other => KeyError::NoKeyring(reason(&other)),
    }
}

/// In words. Some variants carry what was read, so their own text is not used.
fn reason(error: &Error) -> String {
    match error {
        Error::NoDefaultStore => match Entry::store_status() {
            Err(cause) => format!("no keyring answers: {cause}"),
            Ok(()) => "no keyring answers".to_owned(),
        },
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "it holds something unreadable".to_owned(),
        other => other.to_string(),
    }
}
