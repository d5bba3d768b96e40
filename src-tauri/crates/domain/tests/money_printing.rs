//! Amounts as a person reads them: prices keep their decimals, totals are cents, thousands are separated.

use fieldquote_domain::Money;
use proptest::prelude::*;

use crate::amounts::{LIMIT, any_units, dollars, half_away, money};

#[test]
fn a_price_shows_at_least_two_decimals_and_no_idle_zeros_after_them() {
    for (amount, shown) in [
        ("0", "0.00"),
        ("7", "7.00"),
        ("41.5", "41.50"),
        ("41.75", "41.75"),
        ("41.752", "41.752"),
        ("0.1234", "0.1234"),
        ("999.99", "999.99"),
        ("1041.75", "1,041.75"),
        ("1000000", "1,000,000.00"),
        ("-1041.7525", "-1,041.7525"),
        ("-100", "-100.00"),
    ] {
        assert_eq!(dollars(amount).as_price(), shown);
    }
}

#[test]
fn a_total_shows_cents_rounded_half_away_from_zero() {
    for (amount, shown) in [
        ("0", "0.00"),
        ("5010.3", "5,010.30"),
        ("24.125", "24.13"),
        ("-24.125", "-24.13"),
        ("999.995", "1,000.00"),
        ("-999999.995", "-1,000,000.00"),
        ("0.0049", "0.00"),
    ] {
        assert_eq!(dollars(amount).as_total(), shown);
    }
    assert_eq!(money(LIMIT).as_total(), "1,000,000,000,000.00");
}

#[test]
fn no_total_reads_as_minus_nothing() {
    assert_eq!(dollars("-0.0049").as_total(), "0.00");
    assert_eq!(dollars("-0.0049").to_cents().to_string(), "0.0000");
}

proptest! {
    #[test]
    fn a_printed_price_reads_back_as_the_same_price(n in any_units()) {
        let shown = money(n).as_price();
        prop_assert_eq!(shown.parse::<Money>(), Ok(money(n)));
        let decimals = shown.split_once('.').unwrap().1;
        prop_assert!(decimals.len() == 2 || !decimals.ends_with('0'), "{}", shown);
    }

    #[test]
    fn a_printed_total_is_the_amount_in_cents(n in any_units()) {
        let shown = money(n).as_total();
        prop_assert_eq!(shown.split_once('.').unwrap().1.len(), 2);
        prop_assert_eq!(shown.replace([',', '.'], "").parse::<i128>().unwrap(), half_away(n, 100));
    }

    #[test]
    fn thousands_are_separated_three_by_three(n in any_units()) {
        let shown = money(n).as_total();
        let whole = shown.trim_start_matches('-').split_once('.').unwrap().0;
        let groups: Vec<&str> = whole.split(',').collect();
        prop_assert!((1..=3).contains(&groups[0].len()), "{}", shown);
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3), "{}", shown);
    }
}
