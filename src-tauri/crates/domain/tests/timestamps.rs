//! The one text form of a moment sorts as time does.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use fieldquote_domain::Clock;
use fieldquote_domain::clock::timestamp;
use proptest::prelude::*;

fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap()
}

struct Stopped(DateTime<Utc>);

impl Clock for Stopped {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

#[test]
fn a_moment_is_written_in_utc_with_milliseconds() {
    assert_eq!(timestamp(moment(0)), "1970-01-01T00:00:00.000Z");
    assert_eq!(timestamp(moment(1_782_863_999_999)), "2026-06-30T23:59:59.999Z");
}

#[test]
fn a_clock_that_knows_no_zone_takes_the_day_of_utc() {
    let clock = Stopped("2026-06-30T23:59:59.999Z".parse().unwrap());
    assert_eq!(clock.today(), NaiveDate::from_ymd_opt(2026, 6, 30).unwrap());
    let later = Stopped(clock.now() + TimeDelta::milliseconds(1));
    assert_eq!(later.today(), NaiveDate::from_ymd_opt(2026, 7, 1).unwrap());
}

proptest! {
    #[test]
    fn later_moments_sort_after_earlier_ones_and_read_back(
        one in 0_i64..4_102_444_800_000,
        apart in prop_oneof![0_i64..3, 0_i64..100_000_000_000],
    ) {
        let (before, after) = (timestamp(moment(one)), timestamp(moment(one + apart)));
        prop_assert_eq!(before.cmp(&after), 0.cmp(&apart));
        prop_assert_eq!(before.parse::<DateTime<Utc>>().unwrap(), moment(one));
    }
}
