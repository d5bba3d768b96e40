//! Quote numbers that two offline devices cannot both allocate.
//!
//! Owns the form `Q-2627-K7F3QX-0012`: school year, device tag, the device's own counter, and `-R2` for
//! a revision. The tag is 30 random bits drawn once per profile and claimed at the central on
//! enrolment. Must not allocate: the counter lives in the store, in the transaction that uses it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::canonical::Sha256;
use crate::clock::IdSource;
use crate::school_year::SchoolYear;

/// Crockford's base 32: no I, L, O or U, so a number survives being read over a phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TAG_LENGTH: usize = 6;
const LONGEST: usize = 64;
/// What is left beside `-R` and the ten digits of the highest revision.
const LONGEST_BASE: usize = LONGEST - 12;

/// Six characters that name a device within quote numbers.
#[derive(Clone, PartialEq, Eq, Hash, Debug, ts_rs::TS)]
#[ts(type = "string")]
pub struct DeviceTag(String);

/// A quote's number and key: in D1, in R2 (`quotes/{id}.pdf`), as NetSuite's external id, on paper.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ts_rs::TS)]
#[ts(type = "string")]
pub struct QuoteId(String);

/// The text is not of that form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteIdError {
    /// Not a device tag.
    #[error("“{0}” is not a device tag: six of 0-9 and A-Z without I, L, O, U")]
    Tag(String),
    /// Not usable as a quote id.
    #[error("“{0}” is not a quote id: 1 to 64 letters, digits, _ or -")]
    Id(String),
}

impl DeviceTag {
    /// A new random tag.
    pub fn draw(ids: &dyn IdSource) -> Self {
        let tag = (0..TAG_LENGTH).map(|_| {
            let place = usize::try_from(ids.below_or_equal(31)).unwrap_or(0);
            char::from(ALPHABET[place])
        });
        DeviceTag(tag.collect())
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DeviceTag {
    type Err = QuoteIdError;

    fn from_str(text: &str) -> Result<Self, QuoteIdError> {
        if text.len() == TAG_LENGTH && text.bytes().all(|b| ALPHABET.contains(&b)) {
            return Ok(DeviceTag(text.to_owned()));
        }
        Err(QuoteIdError::Tag(text.chars().take(40).collect()))
    }
}

impl QuoteId {
    /// The number of the `counter`-th quote this device made.
    pub fn allocate(year: SchoolYear, tag: &DeviceTag, counter: u32) -> Self {
        QuoteId(format!("Q-{}-{}-{:04}", year.short(), tag.0, counter))
    }

    /// The number of the `revision`-th revision (2 is the first change to what was sent). All revisions of
    /// a quote share one base, whichever of them is asked.
    pub fn revised(&self, revision: u32) -> Self {
        let base = match self.0.rsplit_once("-R") {
            Some((base, digits))
                if !base.is_empty() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) =>
            {
                base
            }
            _ => &self.0,
        };
        QuoteId(format!("{}-R{revision}", with_room(base)))
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where its PDF lives in R2.
    pub fn pdf_key(&self) -> String {
        format!("quotes/{}.pdf", self.0)
    }
}

/// The base, short enough for any revision to follow. Only another system's number can be longer; its
/// end becomes a digest, so that two that differ only there stay two.
fn with_room(base: &str) -> Cow<'_, str> {
    if base.len() <= LONGEST_BASE {
        return Cow::Borrowed(base);
    }
    let digest = Sha256::of(base.as_bytes()).short();
    let kept: String = base.chars().take(LONGEST_BASE - 1 - digest.len()).collect();
    Cow::Owned(format!("{kept}-{digest}"))
}

/// Any letters, digits, `_` and `-` up to 64 (NetSuite's external id charset): quotes that other systems
/// numbered are quotes too.
impl FromStr for QuoteId {
    type Err = QuoteIdError;

    fn from_str(text: &str) -> Result<Self, QuoteIdError> {
        let fits = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if fits {
            Ok(QuoteId(text.to_owned()))
        } else {
            Err(QuoteIdError::Id(text.chars().take(40).collect()))
        }
    }
}

impl fmt::Display for QuoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for QuoteId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for QuoteId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
