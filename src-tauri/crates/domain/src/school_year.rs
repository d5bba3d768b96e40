//! School years: July 1 to June 30, written `2026-2027` (mission rule 4; USDA rates run the same term).
//!
//! Owns the canonical form and the calendar. Must not guess: ambiguous words are for the chat to ask about.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One school year, by the calendar year it starts in (2000 to 2098).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ts_rs::TS)]
#[ts(type = "string")]
pub struct SchoolYear(u16);

/// The text names no school year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchoolYearError {
    /// Not of the form `2026-2027`, `2026-27` or `26-27`.
    #[error("“{0}” is not a school year; write it like 2026-2027")]
    Malformed(String),
    /// The second year is not the one after the first.
    #[error("“{0}” is not a school year: it runs July 1 to June 30, so the second year is {1}")]
    NotConsecutive(String, u16),
    /// Before 2000 or after 2098.
    #[error("school year {0} is out of range")]
    OutOfRange(String),
}

impl SchoolYear {
    /// The school year that starts on July 1 of `year`.
    pub fn starting(year: i32) -> Result<Self, SchoolYearError> {
        u16::try_from(year)
            .ok()
            .filter(|year| (2000..=2098).contains(year))
            .map(SchoolYear)
            .ok_or_else(|| SchoolYearError::OutOfRange(year.to_string()))
    }

    /// The school year a date lies in.
    pub fn containing(date: NaiveDate) -> Result<Self, SchoolYearError> {
        Self::starting(if date.month() >= 7 { date.year() } else { date.year() - 1 })
    }

    /// The calendar year of its July 1.
    pub fn start_year(self) -> u16 {
        self.0
    }

    /// July 1.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::from(self.0), 7, 1).unwrap_or(NaiveDate::MIN)
    }

    /// June 30.
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::from(self.0) + 1, 6, 30).unwrap_or(NaiveDate::MAX)
    }

    /// The year after, if it is in range.
    pub fn next(self) -> Option<Self> {
        Self::starting(i32::from(self.0) + 1).ok()
    }

    /// The year before, if it is in range.
    pub fn previous(self) -> Option<Self> {
        Self::starting(i32::from(self.0) - 1).ok()
    }

    /// The short form used in quote numbers: `2627`.
    pub fn short(self) -> String {
        format!("{:02}{:02}", self.0 % 100, (self.0 + 1) % 100)
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

/// Reads `2026-2027`, `2026-27`, `26-27`, with `-`, `–` or `/` between. A single year is refused:
/// districts write `2025` for either side.
impl FromStr for SchoolYear {
    type Err = SchoolYearError;

    fn from_str(text: &str) -> Result<Self, SchoolYearError> {
        let shown: String = text.trim().chars().take(40).collect();
        let malformed = || SchoolYearError::Malformed(shown.clone());
        let (first, second) = text.trim().split_once(['-', '–', '/']).ok_or_else(malformed)?;
        let number = |part: &str| -> Result<u16, SchoolYearError> {
            if !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(malformed());
            }
            part.parse().map_err(|_| malformed())
        };
        let (start, end) = match (first.len(), second.len()) {
            (4, 4) => (number(first)?, number(second)?),
            (4, 2) => (number(first)?, number(second)?),
            (2, 2) => (2000 + number(first)?, number(second)?),
            _ => return Err(malformed()),
        };
        let follows = if second.len() == 2 { (start + 1) % 100 } else { start + 1 };
        if end != follows {
            return Err(SchoolYearError::NotConsecutive(shown, start + 1));
        }
        Self::starting(i32::from(start))
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SchoolYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
