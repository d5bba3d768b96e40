//! The canonical form of a value and its hash: what an approval is bound to (mission rule 1).
//!
//! Owns the byte form: JSON with sorted keys, no spaces, whole numbers only. Must refuse floats: two
//! different amounts could round to one text. Approvals bind to the stored bytes; nothing is parsed and
//! written again before it is compared.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::Digest;

/// A SHA-256 of some bytes, printed as 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
#[ts(type = "string")]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The hash of the bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Sha256(sha2::Sha256::digest(bytes).into())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first eight digits: enough for a person to compare.
    pub fn short(&self) -> String {
        hex::encode(&self.0[..4])
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{self}")
    }
}

/// The text is not a SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256: 64 hex digits are needed")]
pub struct Sha256Error;

impl FromStr for Sha256 {
    type Err = Sha256Error;

    fn from_str(text: &str) -> Result<Self, Sha256Error> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| Sha256Error)?;
        Ok(Sha256(bytes))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Canonical text: the only thing that is hashed, signed, stored and later acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical(String);

/// The value has no canonical form.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// It holds a number that is not whole.
    #[error("a number that is not whole has no canonical form: {0}")]
    Fraction(String),
    /// It cannot be written as JSON at all.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Canonical {
    /// The canonical form of a value.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, CanonicalError> {
        let value = serde_json::to_value(value)?;
        let mut out = String::new();
        write(&value, &mut out)?;
        Ok(Canonical(out))
    }

    /// Text that was stored as canonical. It is taken as it is: its hash tells whether it is still right.
    pub fn stored(text: String) -> Self {
        Canonical(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its hash.
    pub fn hash(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }

    /// Read it back.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, CanonicalError> {
        Ok(serde_json::from_str(&self.0)?)
    }
}

fn write(value: &Value, out: &mut String) -> Result<(), CanonicalError> {
    match value {
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            return Err(CanonicalError::Fraction(number.to_string()));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&serde_json::to_string(value)?);
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            // Sorted here, whatever map serde_json was built with elsewhere in the dependency tree.
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (place, (key, item)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(key)?);
                out.push(':');
                write(item, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}
