//! Identifiers, each its own type so that one cannot stand for another.
//!
//! Owns their shapes. Must not make new ones: that takes an [`crate::IdSource`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The text is not an identifier of that kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {kind}: {rule}")]
pub struct IdError {
    kind: &'static str,
    text: String,
    rule: &'static str,
}

/// Letters, digits, `_`, `-` and `.`, up to 64: what survives a URL and a file name. No dot in front, for
/// `..` is a way out of a folder.
fn plain(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && !text.starts_with('.')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident, $kind:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ts_rs::TS)]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// The text of it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if plain(text) {
                    return Ok($name(text.to_owned()));
                }
                Err(IdError {
                    kind: $kind,
                    text: text.chars().take(40).collect(),
                    rule: "1 to 64 letters, digits, _, - or ., no . in front",
                })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

identifier!(
    /// A customer, as the central knows it.
    CustomerId, "a customer id"
);
identifier!(
    /// An item of the catalogue.
    ItemCode, "an item code"
);
identifier!(
    /// A draft document.
    DraftId, "a draft id"
);
identifier!(
    /// A line of a draft, a ULID: the same line on every device.
    LineId, "a line id"
);
identifier!(
    /// A proposed action waiting for a person.
    ActionId, "an action id"
);
identifier!(
    /// One run of a contract.
    RunId, "a run id"
);
identifier!(
    /// One operation for the central: its idempotency key everywhere.
    OpId, "an operation id"
);
identifier!(
    /// What an approval would set going: `quote_draft`, `send_quote_to_customer`, or
    /// `workflow_<contract>` for the gate of a run. Contracts are data, so the set is open.
    ActionType, "an action type"
);
identifier!(
    /// A row of a customer's programs.
    ProgramId, "a program id"
);
