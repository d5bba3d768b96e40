//! The raw key: 32 random bytes.
//!
//! Owns their making and the one form SQLCipher takes them in. Must not show them: not in `Debug`, not in
//! an error, not in a log. They come from the operating system only; a seeded key would be no key.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::keys::KeyError;

/// The key of a database. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct RawKey([u8; 32]);

impl RawKey {
    /// A new key.
    pub fn generate() -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
        Ok(RawKey(bytes))
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        RawKey(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// In SQLCipher's raw form, which skips its own derivation: `x'…'`.
    pub(crate) fn literal(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("x'{}'", *self.hex()))
    }

    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("PRAGMA key = \"{}\";", *self.literal()))
    }

    pub(crate) fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }

    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
        Some(RawKey(bytes))
    }
}

impl fmt::Debug for RawKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawKey(…)")
    }
}

impl Drop for RawKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
