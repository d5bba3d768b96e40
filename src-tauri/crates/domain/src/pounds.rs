//! Pounds: weights of cases and of the donated food in them.
//!
//! Owns reading and printing of a weight. Must not know what a weight is worth.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A weight in pounds: zero or more, at most four decimals, less than a million.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ts_rs::TS)]
#[ts(type = "string")]
pub struct Pounds(Decimal);

/// The text is not a weight.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a weight in pounds; write it like 30 or 8.37")]
pub struct PoundsError(String);

impl Pounds {
    /// The exact decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl FromStr for Pounds {
    type Err = PoundsError;

    fn from_str(text: &str) -> Result<Self, PoundsError> {
        let refused = || PoundsError(text.chars().take(40).collect());
        let body = text.trim();
        let well_formed = body.starts_with(|c: char| c.is_ascii_digit())
            && body.ends_with(|c: char| c.is_ascii_digit())
            && body.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !well_formed {
            return Err(refused());
        }
        let value = Decimal::from_str_exact(body).map_err(|_| refused())?.normalize();
        if value.scale() > 4 || value >= Decimal::from(1_000_000) {
            return Err(refused());
        }
        Ok(Pounds(value))
    }
}

/// Without idle zeros: `8.37`, `30`.
impl fmt::Display for Pounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl Serialize for Pounds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
