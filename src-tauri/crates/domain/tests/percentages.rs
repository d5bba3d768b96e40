//! Percentages are exact, at most four decimals, between ±100,000.

use fieldquote_domain::Percent;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::amounts::percent;

#[test]
fn people_write_percentages_in_these_ways() {
    for (text, ten_thousandths) in [
        ("3", 30_000),
        ("3%", 30_000),
        (" 3 % ", 30_000),
        ("+2.5", 25_000),
        ("-2.5%", -25_000),
        (".5", 5_000),
        ("0.0001", 1),
        ("1.00000", 10_000),
        ("100000", 1_000_000_000),
    ] {
        assert_eq!(text.parse::<Percent>(), Ok(percent(ten_thousandths)), "{text}");
    }
}

#[test]
fn what_is_not_a_percentage_is_refused() {
    for text in [
        "",
        "%",
        ".",
        "+",
        "-",
        "+-3",
        "--3",
        "3%%",
        "%3",
        "3 3",
        "1.2.3",
        "1,5",
        "1e2",
        "three",
        "0.00001",
        "100000.0001",
        "-100001",
        "٣",
        "99999999999999999999999999999999999999",
    ] {
        let error = text.parse::<Percent>().expect_err(text);
        assert_eq!(error.to_string(), format!("“{text}” is not a percentage; write it like 3 or -2.5"));
    }
}

#[test]
fn a_whole_percentage_never_leaves_the_range() {
    assert_eq!(Percent::whole(15).to_string(), "15");
    assert_eq!(Percent::whole(-100).to_string(), "-100");
    assert_eq!(Percent::whole(i32::MAX), Percent::whole(100_000));
    assert_eq!(Percent::whole(i32::MIN), Percent::whole(-100_000));
}

#[test]
fn a_decimal_that_needs_five_places_or_leaves_the_range_is_refused() {
    assert!(Percent::from_decimal(Decimal::new(1, 5)).is_err());
    assert!(Percent::from_decimal(Decimal::new(100_001, 0)).is_err());
    assert_eq!(Percent::from_decimal(Decimal::new(300_000, 5)), Ok(Percent::whole(3)));
    assert!(Percent::from_decimal(Decimal::MAX).is_err());
}

#[test]
fn json_carries_percentages_as_text_and_accepts_no_number() {
    assert_eq!(serde_json::to_string(&percent(25_000)).unwrap(), r#""2.5""#);
    assert_eq!(serde_json::from_str::<Percent>(r#""2.50""#).unwrap(), percent(25_000));
    assert!(serde_json::from_str::<Percent>("2.5").is_err());
    assert!(serde_json::from_str::<Percent>("3").is_err());
}

proptest! {
    #[test]
    fn a_percentage_prints_without_idle_zeros_and_reads_back(n in -1_000_000_000_i128..=1_000_000_000) {
        let exact = percent(n);
        let shown = exact.to_string();
        prop_assert_eq!(shown.parse::<Percent>(), Ok(exact));
        prop_assert!(!shown.contains('.') || !shown.ends_with('0'), "{}", shown);
        prop_assert!(n != 0 || shown == "0");
    }

    #[test]
    fn percentages_compare_as_numbers(a in -1_000_000_i128..=1_000_000, b in -1_000_000_i128..=1_000_000) {
        prop_assert_eq!(percent(a).cmp(&percent(b)), a.cmp(&b));
    }
}
