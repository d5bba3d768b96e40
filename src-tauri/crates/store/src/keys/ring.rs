//! The system's keyring as keeper of the key.
//!
//! Owns the entry's name and the meaning of each answer. Must never read "no entry" as a first start: a
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
    let profile = || profile_id.to_owned();
    let text =
        Entry::new(SERVICE, profile_id).and_then(|entry| entry.get_password()).map_err(
            |error| match error {
                Error::NoEntry => KeyError::KeyGone { profile_id: profile() },
                Error::NoStorageAccess(_) => KeyError::KeyringLocked(reason(&error)),
                Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
                    KeyError::KeyDamaged { profile_id: profile() }
                }
                other => KeyError::NoKeyring(reason(&other)),
            },
        )?;
    let text = zeroize::Zeroizing::new(text);
    RawKey::from_hex(&text).ok_or_else(|| KeyError::KeyDamaged { profile_id: profile() })
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
