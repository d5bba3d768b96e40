//! Time and ids as things passed in.
//!
//! Owns the two traits through which every crate learns the time and makes ids. Must not implement them:
//! the real ones live at the edge, the simulated ones in the testkit.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;

    /// The calendar day of the present moment, in the person's own zone.
    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// Where randomness comes from: ids, jitter, device tags.
pub trait IdSource: Send + Sync {
    /// A new ULID, in text: 26 characters, later ones sort after earlier ones.
    fn ulid(&self) -> String;

    /// A number drawn evenly from `0..=upto`.
    fn below_or_equal(&self, upto: u64) -> u64;
}

/// The one text form of a moment: UTC, RFC 3339, milliseconds, `Z`. It sorts as time does.
pub fn timestamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}
