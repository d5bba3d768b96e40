//! Sums, extended amounts and price moves against whole-number arithmetic.

use fieldquote_domain::Money;
use fieldquote_domain::money::MoneyError;
use proptest::prelude::*;

use crate::amounts::{LIMIT, any_units, dollars, half_away, money, percent, units};

/// The amount, or the refusal when it lies beyond the range.
fn in_range(ten_thousandths: i128) -> Result<Money, MoneyError> {
    if ten_thousandths.abs() > LIMIT { Err(MoneyError::TooLarge) } else { Ok(money(ten_thousandths)) }
}

#[test]
fn half_a_cent_is_rounded_away_from_zero_whatever_its_sign() {
    for (exact, cents) in [
        ("24.125", "24.13"),
        ("24.135", "24.14"),
        ("-24.125", "-24.13"),
        ("24.1249", "24.12"),
        ("-24.1249", "-24.12"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049", "0.00"),
        ("-0.0049", "0.00"),
        ("17.1694", "17.17"),
    ] {
        assert_eq!(dollars(exact).to_cents(), dollars(cents), "{exact}");
        assert_eq!(dollars(exact).extended(1), Ok(dollars(cents)), "{exact}");
    }
}

#[test]
fn the_largest_amounts_stay_in_range_when_cut_to_cents() {
    assert_eq!(money(LIMIT).to_cents(), dollars("999999999999.99"));
    assert_eq!(money(-LIMIT).to_cents(), dollars("-999999999999.99"));
    assert_eq!(dollars("999999999999.9949").to_cents(), dollars("999999999999.99"));
}

#[test]
fn a_line_is_rounded_once_after_it_is_multiplied() {
    assert_eq!(dollars("0.0049").extended(100), Ok(dollars("0.49")));
    assert_eq!(dollars("41.7525").extended(120), Ok(dollars("5010.30")));
    assert_eq!(dollars("41.75").extended(0), Ok(Money::ZERO));
}

#[test]
fn a_total_is_the_sum_of_rounded_lines_not_the_rounded_sum() {
    let line = dollars("10.005").extended(1).unwrap();
    assert_eq!(Money::sum([line, line, line]), Ok(dollars("30.03")));
    assert_eq!(dollars("10.005").extended(3), Ok(dollars("30.02")));
    assert_eq!(Money::sum([]), Ok(Money::ZERO));
}

#[test]
fn a_price_moves_by_a_percentage_and_keeps_four_decimals() {
    for (price, by, moved) in [
        ("40.00", 30_000, "41.20"),
        ("40.00", -30_000, "38.80"),
        ("41.75", 25_000, "42.7938"), // 42.79375
        ("-41.75", 25_000, "-42.7938"),
        ("0.0001", 500_000, "0.0002"), // 0.00015
        ("33.33", 0, "33.33"),
        ("33.33", -1_000_000, "0"),
    ] {
        assert_eq!(dollars(price).moved_by(percent(by)), Ok(dollars(moved)), "{price}");
    }
}

#[test]
fn arithmetic_beyond_the_range_is_refused() {
    let most = money(LIMIT);
    assert_eq!(most.plus(money(1)), Err(MoneyError::TooLarge));
    assert_eq!(money(-LIMIT).minus(money(1)), Err(MoneyError::TooLarge));
    assert_eq!(most.extended(1), Err(MoneyError::TooLarge), "it would round up past the end");
    assert_eq!(most.extended(u32::MAX), Err(MoneyError::TooLarge));
    assert_eq!(most.moved_by(percent(1_000_000_000)), Err(MoneyError::TooLarge));
    assert_eq!(Money::sum([most, most]), Err(MoneyError::TooLarge));
}

#[test]
fn of_no_amounts_there_is_no_average() {
    assert_eq!(Money::average([]), Ok(None));
}

proptest! {
    #[test]
    fn sums_and_differences_are_exact(a in any_units(), b in any_units()) {
        prop_assert_eq!(money(a).plus(money(b)), in_range(a + b));
        prop_assert_eq!(money(a).minus(money(b)), in_range(a - b));
    }

    #[test]
    fn the_sum_of_many_is_exact(all in prop::collection::vec(-1_000_000_000_i128..=1_000_000_000, 0..20)) {
        prop_assert_eq!(Money::sum(all.iter().copied().map(money)), Ok(money(all.iter().sum())));
    }

    #[test]
    fn an_average_is_the_exact_mean_rounded_once_half_away(
        all in prop::collection::vec(-1_000_000_000_000_i128..=1_000_000_000_000, 1..40),
    ) {
        let count = i128::try_from(all.len()).unwrap();
        let mean = Money::average(all.iter().copied().map(money)).unwrap().unwrap();
        prop_assert_eq!(units(mean), half_away(all.iter().sum(), count));
    }

    #[test]
    fn an_extended_amount_is_the_product_rounded_half_away_to_cents(
        n in any_units(),
        count in prop_oneof![0_u32..=5_000, any::<u32>()],
    ) {
        prop_assert_eq!(money(n).extended(count), in_range(half_away(n * i128::from(count), 100) * 100));
    }

    #[test]
    fn cents_are_half_away_and_a_credit_mirrors_its_charge(n in any_units()) {
        let nearest = half_away(n, 100) * 100;
        let held = if nearest.abs() > LIMIT { n / 100 * 100 } else { nearest };
        prop_assert_eq!(units(money(n).to_cents()), held);
        prop_assert_eq!(units(money(-n).to_cents()), -held);
        prop_assert_eq!(money(n).to_cents().to_cents(), money(n).to_cents());
    }

    #[test]
    fn a_moved_price_is_the_exact_move_rounded_once(
        n in any_units(),
        by in prop_oneof![-1_000_000_i128..=1_000_000, -1_000_000_000_i128..=1_000_000_000],
    ) {
        let exact = n * (1_000_000 + by);
        prop_assert_eq!(money(n).moved_by(percent(by)), in_range(half_away(exact, 1_000_000)));
    }
}
