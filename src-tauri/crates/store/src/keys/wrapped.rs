//! A key locked with a passphrase, as a small versioned JSON document.
//!
//! Owns the form and the two primitives: Argon2id makes a lock from the passphrase, XChaCha20-Poly1305
//! seals the key with it. Must not fall back to weaker costs: what it writes is RFC 9106's choice for
//! machines of modest memory, about a fifth of a second.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::keys::{KeyError, Passphrase, RawKey};
use crate::private_file;

const VERSION: u32 = 1;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// A key file may ask for more than we do, but not for so much that opening it would stall the machine.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 32;
const MOST_LANES: u32 = 16;

/// A locked key. Holds nothing that opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrappedKey {
    version: u32,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    #[serde(with = "hex::serde")]
    salt: [u8; 16],
    cipher: String,
    #[serde(with = "hex::serde")]
    nonce: [u8; 24],
    #[serde(with = "hex::serde")]
    sealed: Vec<u8>,
}

impl WrappedKey {
    /// Lock a key.
    pub(crate) fn lock(key: &RawKey, passphrase: &Passphrase) -> Result<Self, KeyError> {
        let random = |bytes: &mut [u8]| {
            getrandom::fill(bytes).map_err(|error| KeyError::NoRandomness(error.to_string()))
        };
        let mut wrapped = WrappedKey {
            version: VERSION,
            kdf: "argon2id".to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: [0; 16],
            cipher: "xchacha20poly1305".to_owned(),
            nonce: [0; 24],
            sealed: Vec::new(),
        };
        random(&mut wrapped.salt)?;
        random(&mut wrapped.nonce)?;
        let header = wrapped.header();
        let payload = Payload { msg: key.bytes(), aad: header.as_bytes() };
        wrapped.sealed = wrapped
            .cipher(passphrase)?
            .encrypt(&XNonce::from(wrapped.nonce), payload)
            .map_err(|error| KeyError::Sealing(error.to_string()))?;
        Ok(wrapped)
    }

    /// Unlock it.
    pub(crate) fn unlock(&self, passphrase: &Passphrase) -> Result<RawKey, KeyError> {
        let header = self.header();
        let payload = Payload { msg: &self.sealed, aad: header.as_bytes() };
        let opened = self
            .cipher(passphrase)?
            .decrypt(&XNonce::from(self.nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| KeyError::WrongPassphrase)?;
        let bytes = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| KeyError::WrongPassphrase)?;
        Ok(RawKey::from_bytes(bytes))
    }

    /// Read it, refusing what this program cannot or should not open.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, String> {
        let wrapped: WrappedKey = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if wrapped.version != VERSION || wrapped.kdf != "argon2id" || wrapped.cipher != "xchacha20poly1305" {
            return Err("it is of a form this program does not know".to_owned());
        }
        let fits = (8..=MOST_MEMORY_KIB).contains(&wrapped.memory_kib)
            && (1..=MOST_PASSES).contains(&wrapped.passes)
            && (1..=MOST_LANES).contains(&wrapped.lanes);
        if fits { Ok(wrapped) } else { Err("its costs are out of range".to_owned()) }
    }

    /// What is sealed along: changing a cost or the salt is noticed.
    fn header(&self) -> String {
        let WrappedKey { version, kdf, memory_kib, passes, lanes, salt, cipher, .. } = self;
        format!("{version}.{kdf}.{memory_kib}.{passes}.{lanes}.{}.{cipher}", hex::encode(salt))
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, KeyError> {
        let failed = |error: argon2::Error| KeyError::Sealing(error.to_string());
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(failed)?;
        let mut lock = Zeroizing::new([0u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &self.salt, &mut *lock)
            .map_err(failed)?;
        Ok(XChaCha20Poly1305::new(&(*lock).into()))
    }
}

/// Where the key file of a profile is. The profile is in the name, so that no profile's key is ever
/// written over another's.
pub(crate) fn path(home: &Path, profile_id: &str) -> PathBuf {
    home.join(format!("key-{profile_id}.json"))
}

pub(super) fn write(path: &Path, key: &RawKey, passphrase: &Passphrase) -> Result<(), StoreError> {
    let mut text = serde_json::to_string_pretty(&WrappedKey::lock(key, passphrase)?)?;
    text.push('\n');
    private_file::replace(path, text.as_bytes())
}

pub(super) fn read(path: &Path, passphrase: &Passphrase) -> Result<RawKey, StoreError> {
    let json = match fs::read(path) {
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(KeyError::KeyFileMissing(path.to_owned()).into());
        }
        Err(error) => return Err(StoreError::file("read", path)(error)),
    };
    let wrapped = WrappedKey::from_json(&json)
        .map_err(|why| KeyError::KeyFileDamaged { path: path.to_owned(), why })?;
    Ok(wrapped.unlock(passphrase)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    #[test]
    fn only_the_passphrase_that_locked_it_unlocks_it() {
        let key = RawKey::from_bytes([3; 32]);
        let wrapped = WrappedKey::lock(&key, &passphrase("correct horse")).unwrap();
        assert_eq!(wrapped.unlock(&passphrase("correct horse")).unwrap(), key);
        assert!(matches!(wrapped.unlock(&passphrase("correct horsf")), Err(KeyError::WrongPassphrase)));
    }

    #[test]
    fn a_changed_salt_nonce_or_seal_does_not_unlock() {
        let key = RawKey::from_bytes([3; 32]);
        let wrapped = WrappedKey::lock(&key, &passphrase("p")).unwrap();
        let mut salt = wrapped.clone();
        salt.salt[0] ^= 1;
        let mut nonce = wrapped.clone();
        nonce.nonce[0] ^= 1;
        let mut sealed = wrapped.clone();
        sealed.sealed[0] ^= 1;
        for changed in [salt, nonce, sealed] {
            assert!(matches!(changed.unlock(&passphrase("p")), Err(KeyError::WrongPassphrase)));
        }
    }

    #[test]
    fn costs_that_would_stall_the_machine_are_refused_before_they_are_paid() {
        let wrapped = WrappedKey::lock(&RawKey::from_bytes([3; 32]), &passphrase("p")).unwrap();
        let mut json = serde_json::to_value(&wrapped).unwrap();
        assert!(WrappedKey::from_json(json.to_string().as_bytes()).is_ok());
        json["memory_kib"] = serde_json::json!(u32::MAX);
        assert!(WrappedKey::from_json(json.to_string().as_bytes()).is_err());
    }
}
