//! Amounts as whole numbers of ten-thousandths of a dollar: the model the money rules are checked against.
//!
//! Owns the way between `i128` and `Money`. Must not use Money's own arithmetic, printing or parsing.

use fieldquote_domain::{Money, Percent};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The end of the range: 999,999,999,999.9999 dollars.
pub const LIMIT: i128 = 9_999_999_999_999_999;

/// The amount of that many ten-thousandths.
pub fn money(ten_thousandths: i128) -> Money {
    Money::from_decimal(Decimal::from_i128_with_scale(ten_thousandths, 4)).unwrap()
}

/// The percentage of that many ten-thousandths of one per cent.
pub fn percent(ten_thousandths: i128) -> Percent {
    Percent::from_decimal(Decimal::from_i128_with_scale(ten_thousandths, 4)).unwrap()
}

/// The amount in ten-thousandths.
pub fn units(money: Money) -> i128 {
    let decimal = money.decimal();
    assert_eq!(decimal.scale(), 4, "an amount always carries four decimals");
    decimal.mantissa()
}

/// The amount a text names.
pub fn dollars(text: &str) -> Money {
    text.parse().unwrap()
}

/// Amounts of every size: case prices mostly, and up to the ends of the range.
pub fn any_units() -> impl Strategy<Value = i128> {
    prop_oneof![
        4 => -2_000_000_i128..=2_000_000,
        2 => -1_000_000_000_000_i128..=1_000_000_000_000,
        1 => -LIMIT..=LIMIT,
        1 => (0_i128..100).prop_map(|from_end| LIMIT - from_end),
        1 => (0_i128..100).prop_map(|from_end| from_end - LIMIT),
    ]
}

/// `numerator / denominator` rounded half away from zero.
pub fn half_away(numerator: i128, denominator: i128) -> i128 {
    let size = (numerator.abs() * 2 + denominator) / (denominator * 2);
    if numerator < 0 { -size } else { size }
}
