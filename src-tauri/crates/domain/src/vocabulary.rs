//! Closed sets of words: one spelling in SQL, JSON, CSV and on the screen.
//!
//! Owns the macro that ties an enum to its words. Must not hold any of the words itself.

/// The text is not one of a closed set of words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {what}; use {allowed}")]
pub struct UnknownWord {
    /// What it should have been.
    pub what: &'static str,
    /// What it was.
    pub text: String,
    /// The words there are.
    pub allowed: String,
}

/// Defines an enum whose variants are words: `pub enum Name: "what it is" { Variant = "word" }`.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident: $what:literal {
        $($(#[$word_meta:meta])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
        pub enum $name { $($(#[$word_meta])* #[ts(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of the set, in the order of the source.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word used in tables and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::vocabulary::UnknownWord {
                        what: $what,
                        text: text.chars().take(40).collect(),
                        allowed: [$($word),+].join(", "),
                    }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}
