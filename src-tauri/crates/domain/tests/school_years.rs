//! A school year runs July 1 to June 30 and is written `2026-2027`.

use chrono::{Datelike, Days, NaiveDate};
use fieldquote_domain::SchoolYear;
use fieldquote_domain::school_year::SchoolYearError;
use proptest::prelude::*;

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting(start).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn every_year() -> impl Iterator<Item = SchoolYear> {
    (2000..=2098).map(year)
}

#[test]
fn a_school_year_is_written_in_these_ways_and_printed_in_one() {
    for text in ["2026-2027", "2026-27", "26-27", "2026–2027", "2026/2027", "26/27", " 2026-2027\t"] {
        let read: SchoolYear = text.parse().unwrap();
        assert_eq!(read, year(2026), "{text}");
        assert_eq!(read.to_string(), "2026-2027");
    }
}

#[test]
fn a_single_year_is_ambiguous_so_it_is_refused() {
    for text in ["2026", "26", "SY 2026", "SY2026"] {
        assert_eq!(text.parse::<SchoolYear>(), Err(SchoolYearError::Malformed(text.to_owned())));
    }
}

#[test]
fn what_is_not_a_school_year_is_refused() {
    for text in [
        "",
        "-",
        "2026-",
        "-2027",
        "2026-2027-2028",
        "26-2027",
        "202-2027",
        "20a6-2027",
        "2026 - 2027",
        "2026—2027",
        "+026-2027",
        "２０２６-２０２７",
        "this year",
        "2026-7",
    ] {
        assert_eq!(text.parse::<SchoolYear>(), Err(SchoolYearError::Malformed(text.to_owned())), "{text}");
    }
}

#[test]
fn a_second_year_that_does_not_follow_is_refused_and_the_right_one_is_named() {
    for text in ["2026-2028", "2026-2026", "2026-2025", "2026-28", "2026-26", "26-28", "27-26"] {
        let first = if text.starts_with("27") { 2027 } else { 2026 };
        assert_eq!(
            text.parse::<SchoolYear>(),
            Err(SchoolYearError::NotConsecutive(text.to_owned(), first + 1))
        );
    }
    assert_eq!(
        "2026-2028".parse::<SchoolYear>().unwrap_err().to_string(),
        "“2026-2028” is not a school year: it runs July 1 to June 30, so the second year is 2027"
    );
}

#[test]
fn the_calendar_ends_with_the_years_2000_and_2098() {
    assert_eq!("2000-2001".parse(), Ok(year(2000)));
    assert_eq!("2098-2099".parse(), Ok(year(2098)));
    for (text, start) in
        [("1999-2000", "1999"), ("1999-00", "1999"), ("2099-2100", "2099"), ("99-00", "2099")]
    {
        assert_eq!(text.parse::<SchoolYear>(), Err(SchoolYearError::OutOfRange(start.to_owned())), "{text}");
    }
    assert!(SchoolYear::starting(1999).is_err());
    assert!(SchoolYear::starting(2099).is_err());
    assert!(SchoolYear::starting(-1).is_err());
    assert_eq!(year(2000).previous(), None);
    assert_eq!(year(2098).next(), None);
    assert!(SchoolYear::containing(day("2000-06-30")).is_err());
    assert_eq!(SchoolYear::containing(day("2000-07-01")), Ok(year(2000)));
    assert_eq!(SchoolYear::containing(day("2099-06-30")), Ok(year(2098)));
    assert!(SchoolYear::containing(day("2099-07-01")).is_err());
}

#[test]
fn the_year_turns_between_june_30_and_july_1() {
    assert_eq!(SchoolYear::containing(day("2026-06-30")), Ok(year(2025)));
    assert_eq!(SchoolYear::containing(day("2026-07-01")), Ok(year(2026)));
    assert_eq!(year(2026).first_day(), day("2026-07-01"));
    assert_eq!(year(2026).last_day(), day("2027-06-30"));
}

#[test]
fn years_follow_each_other_without_a_gap() {
    for (this, next) in every_year().zip(every_year().skip(1)) {
        assert_eq!(this.next(), Some(next));
        assert_eq!(next.previous(), Some(this));
        assert_eq!(this.last_day().succ_opt(), Some(next.first_day()));
        assert!(this < next);
    }
}

#[test]
fn the_short_form_names_one_year_only() {
    assert_eq!(year(2026).short(), "2627");
    assert_eq!(year(2000).short(), "0001");
    assert_eq!(year(2009).short(), "0910");
    let mut all: Vec<String> = every_year().map(SchoolYear::short).collect();
    assert!(all.iter().all(|short| short.len() == 4));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 99);
}

#[test]
fn json_carries_the_canonical_form() {
    assert_eq!(serde_json::to_string(&year(2026)).unwrap(), r#""2026-2027""#);
    assert_eq!(serde_json::from_str::<SchoolYear>(r#""26-27""#).unwrap(), year(2026));
    assert!(serde_json::from_str::<SchoolYear>("2026").is_err());
}

proptest! {
    #[test]
    fn every_date_lies_in_exactly_one_school_year(offset in 0_u64..36_159) {
        let date = day("2000-07-01") + Days::new(offset);
        let holders: Vec<SchoolYear> =
            every_year().filter(|year| (year.first_day()..=year.last_day()).contains(&date)).collect();
        prop_assert_eq!(holders, vec![SchoolYear::containing(date).unwrap()]);
    }

    #[test]
    fn every_form_reads_back_as_the_year_that_was_printed(start in 2000_i32..=2098) {
        let this = year(start);
        prop_assert_eq!(i32::from(this.start_year()), start);
        prop_assert_eq!(this.to_string().parse(), Ok(this));
        prop_assert_eq!(format!("{start}/{:02}", (start + 1) % 100).parse(), Ok(this));
        prop_assert_eq!(format!("{:02}–{:02}", start % 100, (start + 1) % 100).parse(), Ok(this));
        prop_assert_eq!(this.first_day().year(), start);
    }

    #[test]
    fn only_the_year_that_follows_is_taken(start in 2000_u16..=2098, second in 1000_u16..=9999) {
        let text = format!("{start}-{second}");
        match text.parse::<SchoolYear>() {
            Ok(read) => prop_assert_eq!((read.start_year(), second), (start, start + 1)),
            Err(error) => prop_assert_eq!(error, SchoolYearError::NotConsecutive(text, start + 1)),
        }
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in r"[0-9]{0,5}[-–/ ]{0,2}[0-9]{0,5}|\PC{0,12}") {
        if let Ok(read) = text.parse::<SchoolYear>() {
            prop_assert!((2000..=2098).contains(&read.start_year()));
        }
    }
}
