//! The margin gate is exact, its display never flatters, and what is not known never passes.

use fieldquote_domain::{Margin, Money, Percent};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::amounts::{LIMIT, dollars, money, percent};

const FLOOR: Percent = Percent::whole(15);

fn margin(price: &str, cost: &str) -> Margin {
    Margin::of(dollars(price), Some(dollars(cost)))
}

/// The percentage in whole hundredths of one per cent, rounded down.
fn hundredths(price: i128, cost: i128) -> i128 {
    ((price - cost) * 10_000).div_euclid(price)
}

#[test]
fn every_price_exactly_at_the_floor_passes_and_a_ten_thousandth_more_cost_does_not() {
    for steps in 1..=1_000 {
        let (price, cost) = (steps * 2_000, steps * 1_700); // 20-cent steps up to $200, at exactly 15 %
        let exact = Margin::of(money(price), Some(money(cost)));
        assert_eq!(exact.at_least(FLOOR), Some(true), "{exact:?}");
        assert_eq!(exact.words(), "15.00%");

        let short = Margin::of(money(price), Some(money(cost + 1)));
        assert_eq!(short.at_least(FLOOR), Some(false), "{short:?}");
        assert!(short.percent().unwrap() < FLOOR, "{short:?}");
    }
}

#[test]
fn the_margin_is_of_the_price_not_of_the_cost() {
    assert_eq!(margin("100", "85").at_least(FLOOR), Some(true));
    assert_eq!(margin("97.75", "85").at_least(FLOOR), Some(false), "15 % on top of cost is 13.04 % of price");
    assert_eq!(margin("97.75", "85").words(), "13.04%");
}

#[test]
fn the_display_is_rounded_down_so_14_996_never_reads_as_15() {
    assert_eq!(margin("100", "85.004").words(), "14.99%");
    assert_eq!(margin("100", "85.004").at_least(FLOOR), Some(false));
    assert_eq!(margin("3", "2").words(), "33.33%");
    assert_eq!(margin("40", "31.04").words(), "22.40%");
}

#[test]
fn a_loss_is_shown_as_one_and_rounded_down_too() {
    assert_eq!(margin("10", "12").words(), "-20.00%");
    assert_eq!(margin("3", "4").words(), "-33.34%");
    assert_eq!(margin("10", "12").at_least(Percent::whole(0)), Some(false));
    assert_eq!(margin("10", "12").at_least(Percent::whole(-20)), Some(true));
    assert_eq!(margin("10", "10").at_least(Percent::whole(0)), Some(true));
}

#[test]
fn a_loss_past_all_reason_is_still_a_failed_gate() {
    let absurd = margin("0.01", "30");
    assert_eq!(absurd.at_least(FLOOR), Some(false));
    assert_eq!(absurd.percent(), None);
    assert_eq!(absurd.words(), "beyond range");
}

#[test]
fn a_missing_cost_is_not_a_margin_of_100_percent() {
    let unknown = Margin::of(dollars("41.75"), None);
    assert_eq!(unknown, Margin::UnknownCost);
    assert_eq!(unknown.percent(), None);
    assert_eq!(unknown.words(), "cost unknown");
    assert_eq!(
        Margin::of(dollars("41.75"), Some(Money::ZERO)).words(),
        "100.00%",
        "a cost of nothing is known"
    );
}

#[test]
fn a_price_that_is_not_positive_is_not_a_margin_of_0_percent() {
    for price in ["0", "-0.0001", "-41.75"] {
        for cost in [None, Some(Money::ZERO), Some(dollars("12"))] {
            let undefined = Margin::of(dollars(price), cost);
            assert_eq!(undefined, Margin::UndefinedPrice);
            assert_eq!(undefined.percent(), None);
            assert_eq!(undefined.words(), "no price");
        }
    }
}

#[test]
fn a_known_margin_that_was_written_by_hand_with_no_price_is_still_no_price() {
    let smuggled: Margin =
        serde_json::from_str(r#"{"margin":"known","price":"0.0000","cost":"0.0000"}"#).unwrap();
    assert_eq!(smuggled.at_least(FLOOR), None);
    assert_eq!(smuggled.percent(), None);
    assert_eq!(smuggled.words(), "no price");
}

#[test]
fn a_margin_says_in_json_which_of_the_three_it_is() {
    let known = margin("40", "32");
    assert_eq!(
        serde_json::to_value(known).unwrap(),
        serde_json::json!({"margin": "known", "price": "40.0000", "cost": "32.0000"})
    );
    assert_eq!(
        serde_json::to_value(Margin::UnknownCost).unwrap(),
        serde_json::json!({"margin": "unknown_cost"})
    );
    for kind in [known, Margin::UnknownCost, Margin::UndefinedPrice] {
        let json = serde_json::to_string(&kind).unwrap();
        assert_eq!(serde_json::from_str::<Margin>(&json).unwrap(), kind);
    }
}

fn price() -> impl Strategy<Value = i128> {
    prop_oneof![4 => 1_i128..=2_000_000, 1 => 1_i128..=LIMIT]
}

proptest! {
    #[test]
    fn the_gate_agrees_with_exact_rationals(
        price in price(),
        cost in prop_oneof![4 => -10_000_i128..=2_000_000, 1 => -LIMIT..=LIMIT],
        floor in prop_oneof![-1_000_000_i128..=1_000_000, -1_000_000_000_i128..=1_000_000_000],
    ) {
        let margin = Margin::of(money(price), Some(money(cost)));
        let passes = (price - cost) * 100 * 10_000 >= floor * price;
        prop_assert_eq!(margin.at_least(percent(floor)), Some(passes));
    }

    /// Floors at, a hair under and a hair over the margin itself, where rounding would show.
    #[test]
    fn the_gate_turns_exactly_at_the_margin(
        steps in 1_i128..=1_000_000,
        floor in 0_i128..=99,
        nudge in -1_i128..=1,
    ) {
        let (price, cost) = (steps * 100, steps * (100 - floor) + nudge);
        let margin = Margin::of(money(price), Some(money(cost)));
        prop_assert_eq!(margin.at_least(percent(floor * 10_000)), Some(nudge <= 0));
    }

    #[test]
    fn the_percentage_shown_is_the_exact_one_rounded_down(price in price(), cost in -LIMIT..=LIMIT) {
        let exact = hundredths(price, cost);
        let shown = Margin::of(money(price), Some(money(cost))).percent();
        if exact.abs() <= 10_000_000 {
            prop_assert_eq!(shown.unwrap().decimal(), Decimal::from_i128_with_scale(exact, 2));
        } else {
            prop_assert_eq!(shown, None);
        }
    }

    #[test]
    fn what_is_shown_and_what_the_gate_says_never_disagree(
        price in 1_i128..=2_000_000,
        part in 0_i128..=2_000,
        floor in 0_i128..=10_000,
    ) {
        let margin = Margin::of(money(price), Some(money(price * part / 1_000)));
        let floor = percent(floor * 100); // a floor of two decimals, as shown
        prop_assert_eq!(margin.at_least(floor).unwrap(), margin.percent().unwrap() >= floor);
    }

    #[test]
    fn what_is_not_known_passes_no_floor(
        price in -LIMIT..=LIMIT,
        cost in prop::option::of(-LIMIT..=LIMIT),
        floor in -1_000_000_000_i128..=1_000_000_000,
    ) {
        let margin = Margin::of(money(price), cost.map(money));
        prop_assert_eq!(margin.at_least(percent(floor)).is_some(), price > 0 && cost.is_some());
    }
}
