//! Percentages as people type them: exact, at most four decimals.
//!
//! Owns reading and printing of a percentage. Must not decide what is done with one.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A percentage, `3` meaning three per cent; exact, at most four decimals, between ±100,000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ts_rs::TS)]
#[ts(type = "string")]
pub struct Percent(Decimal);

const LIMIT: i32 = 100_000;

/// The text is not a percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a percentage; write it like 3 or -2.5")]
pub struct PercentError(String);

impl Percent {
    /// A whole percentage; beyond ±100,000 it is the end of that range.
    pub const fn whole(value: i32) -> Self {
        let value = if value > LIMIT {
            LIMIT
        } else if value < -LIMIT {
            -LIMIT
        } else {
            value
        };
        Percent(Decimal::from_parts(value.unsigned_abs(), 0, 0, value < 0, 0))
    }

    /// From an exact decimal of at most four decimals.
    pub fn from_decimal(value: Decimal) -> Result<Self, PercentError> {
        let value = value.normalize();
        if value.scale() > 4 || value.abs() > Decimal::from(LIMIT) {
            return Err(PercentError(value.to_string()));
        }
        Ok(Percent(value))
    }

    /// For a reader, as a move: `+1.2%`, `-3.0%`, `0.0%`.
    pub fn as_move(self) -> String {
        let sign = if self.0 > Decimal::ZERO { "+" } else { "" };
        format!("{sign}{:.1}%", self.0)
    }

    /// The exact decimal, `3` for three per cent.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

/// Reads `3`, `3%`, `3 %`, `+2.5`, `-2.5`. One sign at most, one `%` at most.
impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, PercentError> {
        let refused = || PercentError(text.chars().take(40).collect());
        let body = text.trim();
        let body = body.strip_suffix('%').unwrap_or(body).trim_end();
        let digits = body.strip_prefix(['+', '-']).unwrap_or(body);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(refused());
        }
        let value = Decimal::from_str_exact(body.strip_prefix('+').unwrap_or(body)).map_err(|_| refused())?;
        Self::from_decimal(value).map_err(|_| refused())
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
