//! Tokens: what lets this device in at the central.
//!
//! Owns where one is kept: with the profile's key in the system's keyring, or, for a profile whose key is
//! locked with a passphrase, inside the encrypted database. A copy of a database kept by a keyring lets
//! nobody in. Must not know what a token is for.

use std::path::Path;

use crate::error::StoreError;
use crate::keys::{self, Keeper, KeyError, Profile};
use crate::secrets;
use crate::store::Store;

impl Store {
    /// Keep a token under a name; one that was kept under it is gone.
    pub fn keep_token(&self, name: &str, token: &str) -> Result<(), StoreError> {
        match self.keyring()? {
            Some(profile_id) => Ok(keys::keep_token(&profile_id, name, token)?),
            None => self.write(|tx| secrets::set(tx, &secret(name), token)),
        }
    }

    /// The token of that name. None only if there is none: a keyring that is locked or gone is its
    /// [`KeyError`], with the way out.
    pub fn find_token(&self, name: &str) -> Result<Option<String>, StoreError> {
        match self.keyring()? {
            Some(profile_id) => Ok(keys::find_token(&profile_id, name)?),
            None => self.read(|db| secrets::get(db, &secret(name))),
        }
    }

    /// Forget the token of that name; it is no error if there is none.
    pub fn forget_token(&self, name: &str) -> Result<(), StoreError> {
        match self.keyring()? {
            Some(profile_id) => Ok(keys::forget_token(&profile_id, name)?),
            None => self.write(|tx| secrets::remove(tx, &secret(name))),
        }
    }

    /// Who keeps tokens.
    pub fn token_keeper(&self) -> Result<Keeper, StoreError> {
        Ok(if self.keyring()?.is_some() { Keeper::Keyring } else { Keeper::Passphrase })
    }

    /// The profile's name in the keyring, if that keeps its key. A store that has no profile has no keyring
    /// either.
    fn keyring(&self) -> Result<Option<String>, StoreError> {
        match Profile::read(self.path().parent().unwrap_or(Path::new("."))) {
            Ok(profile) if profile.keeper == Keeper::Keyring => Ok(Some(profile.profile_id)),
            Ok(_) | Err(StoreError::Key(KeyError::ProfileMissing(_))) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

fn secret(name: &str) -> String {
    format!("token.{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Opening;
    use crate::keys::{KeySource, Passphrase};
    use crate::query::{self, QueryError};
    use crate::scratch::NOW;

    #[test]
    fn with_a_passphrase_a_token_is_in_the_database_where_no_query_sees_it() {
        let home = tempfile::tempdir().unwrap();
        let keys = KeySource { passphrase: Some(Passphrase::new("p".to_owned())), recovery_key: None };
        let store = Store::create(&Opening::new(home.path(), &keys, NOW), "01JTOKEN").unwrap();
        assert_eq!(store.token_keeper().unwrap(), Keeper::Passphrase);
        assert_eq!(store.find_token("central").unwrap(), None);
        store.keep_token("central", "one").unwrap();
        store.keep_token("central", "two").unwrap();
        drop(store);
        let store = Store::open(&Opening::new(home.path(), &keys, NOW)).unwrap();
        assert_eq!(store.find_token("central").unwrap().as_deref(), Some("two"));
        let asked: Result<_, QueryError> = store.read(|db| query::run(db, "SELECT value FROM secrets", &[]));
        assert!(asked.unwrap_err().to_string().contains("not read by hand"));
        store.forget_token("central").unwrap();
        store.forget_token("central").unwrap();
        assert_eq!(store.find_token("central").unwrap(), None);
    }
}
