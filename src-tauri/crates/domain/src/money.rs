//! Money: US dollars, exact, at four decimals (mission rule 3).
//!
//! Owns parsing, arithmetic, rounding and printing of amounts. Must never touch a float: prices and
//! costs carry four decimals, extended amounts are rounded half away from zero to cents.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::percent::Percent;

/// An amount of US dollars with exactly four decimals; between ±999,999,999,999.9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ts_rs::TS)]
#[ts(type = "string")]
pub struct Money(Decimal);

/// Why a text or a calculation gives no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is not a decimal number of dollars.
    #[error("“{0}” is not an amount; write it like 41.75")]
    Malformed(String),
    /// More decimals than an amount carries.
    #[error("“{0}” has more than four decimals")]
    TooPrecise(String),
    /// Beyond ±999,999,999,999.9999.
    #[error("the amount is too large")]
    TooLarge,
}

const SCALE: u32 = 4;
// 10^16 - 1 ten-thousandths
const LIMIT: Decimal = Decimal::from_parts(0x6FC0_FFFF, 0x0023_86F2, 0, false, SCALE);

impl Money {
    /// No dollars.
    pub const ZERO: Money = Money(Decimal::from_parts(0, 0, 0, false, SCALE));

    /// An amount from a decimal; refused when it needs more than four decimals or is out of range.
    pub fn from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        let scaled = value.round_dp_with_strategy(SCALE, RoundingStrategy::MidpointAwayFromZero);
        if scaled != value {
            return Err(MoneyError::TooPrecise(value.to_string()));
        }
        Self::rounded(value)
    }

    /// An amount from a whole number of cents.
    pub fn from_cents(cents: i64) -> Result<Self, MoneyError> {
        Self::rounded(Decimal::new(cents, 2))
    }

    /// The decimal rounded half away from zero to four decimals.
    pub(crate) fn rounded(value: Decimal) -> Result<Self, MoneyError> {
        let mut value = value.round_dp_with_strategy(SCALE, RoundingStrategy::MidpointAwayFromZero);
        if value.abs() > LIMIT {
            return Err(MoneyError::TooLarge);
        }
        value.rescale(SCALE);
        if value.is_zero() {
            return Ok(Self::ZERO);
        }
        Ok(Money(value))
    }

    /// The exact decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Whether the amount is more than nothing.
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// Whether the amount is less than nothing.
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// Sum, refused beyond the range.
    pub fn plus(self, other: Money) -> Result<Self, MoneyError> {
        Self::rounded(self.0.checked_add(other.0).ok_or(MoneyError::TooLarge)?)
    }

    /// Difference, refused beyond the range.
    pub fn minus(self, other: Money) -> Result<Self, MoneyError> {
        Self::rounded(self.0.checked_sub(other.0).ok_or(MoneyError::TooLarge)?)
    }

    /// The extended amount of a line: price × count, rounded half away from zero to cents.
    pub fn extended(self, count: u32) -> Result<Self, MoneyError> {
        let exact = self.0.checked_mul(Decimal::from(count)).ok_or(MoneyError::TooLarge)?;
        Self::rounded_to_cents(exact)
    }

    /// Rounded half away from zero to whole cents. Only the last half cent before the end of the range has
    /// nowhere to go: it becomes ±999,999,999,999.99.
    pub fn to_cents(self) -> Self {
        Self::rounded_to_cents(self.0).or_else(|_| Self::rounded(self.0.trunc_with_scale(2))).unwrap_or(self)
    }

    /// The decimal rounded half away from zero to whole cents.
    pub(crate) fn rounded_to_cents(value: Decimal) -> Result<Self, MoneyError> {
        Self::rounded(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Moved by a percentage (`+3 %` of 40.00 is 41.20), rounded half away from zero to four decimals.
    pub fn moved_by(self, percent: Percent) -> Result<Self, MoneyError> {
        let part = self.0.checked_mul(percent.decimal()).ok_or(MoneyError::TooLarge)? / Decimal::ONE_HUNDRED;
        Self::rounded(self.0.checked_add(part).ok_or(MoneyError::TooLarge)?)
    }

    /// How it moved since `before`, at one decimal, half away from zero. `None` when there was nothing to move
    /// from, or when it is beyond ±100,000 %.
    pub fn moved_since(self, before: Money) -> Option<Percent> {
        if !before.is_positive() {
            return None;
        }
        let moved = (self.0 - before.0).checked_mul(Decimal::ONE_HUNDRED)? / before.0;
        Percent::from_decimal(moved.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)).ok()
    }

    /// Sum of many amounts.
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The mean of some amounts, rounded half away from zero to four decimals; of none there is none. Summed in
    /// whole ten-thousandths, so that nothing is rounded on the way.
    pub fn average(amounts: impl IntoIterator<Item = Money>) -> Result<Option<Self>, MoneyError> {
        let (mut sum, mut count) = (0_i128, 0_i128);
        for amount in amounts {
            let mut exact = amount.0;
            exact.rescale(SCALE);
            sum = sum.checked_add(exact.mantissa()).ok_or(MoneyError::TooLarge)?;
            count += 1;
        }
        if count == 0 {
            return Ok(None);
        }
        let twice = sum.abs().checked_mul(2).ok_or(MoneyError::TooLarge)?;
        let mean = (twice + count) / (2 * count) * sum.signum();
        let mean = Decimal::try_from_i128_with_scale(mean, SCALE).map_err(|_| MoneyError::TooLarge)?;
        Self::rounded(mean).map(Some)
    }

    /// As a person reads a price: thousands separated, at least two decimals, no idle zeros after them
    /// (`1,041.75`, `0.1234`).
    pub fn as_price(self) -> String {
        grouped(self.0, self.0.normalize().scale().max(2))
    }

    /// As a person reads a total: thousands separated, rounded half away from zero to two decimals.
    pub fn as_total(self) -> String {
        grouped(self.0, 2)
    }
}

/// The value at that many decimals, rounded half away from zero, thousands separated; never `-0.00`.
fn grouped(value: Decimal, decimals: u32) -> String {
    let mut value = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(decimals);
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 5);
    if value < Decimal::ZERO {
        out.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push('.');
    out.push_str(fraction);
    out
}

/// Always four decimals and no separators: `41.7500`. This is the form stored and signed.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4}", self.0)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${self}")
    }
}

/// Reads `41.75`, `$41.75`, `-3.5`, `1,041.7525`. Exponents, spaces inside and bare dots are refused.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let malformed = || MoneyError::Malformed(text.chars().take(40).collect());
        let trimmed = text.trim();
        let (negative, body) = trimmed.strip_prefix('-').map_or((false, trimmed), |rest| (true, rest));
        let body = body.strip_prefix('$').unwrap_or(body);
        let (whole, fraction) = body.split_once('.').map_or((body, None), |(w, f)| (w, Some(f)));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let grouped_right =
            first.len() == whole.len() || (first.len() <= 3 && groups.clone().all(|group| group.len() == 3));
        if !grouped_right || !digits(first) || !groups.all(digits) || !fraction.is_none_or(digits) {
            return Err(malformed());
        }
        let fraction = fraction.unwrap_or_default();
        let value = exact(negative, whole, fraction).ok_or_else(|| {
            if fraction.len() > SCALE as usize {
                MoneyError::TooPrecise(trimmed.chars().take(40).collect())
            } else {
                MoneyError::TooLarge
            }
        })?;
        Self::from_decimal(value)
    }
}

/// The decimal that is written in digits, with commas between those before the point; none when a decimal does not
/// hold that many.
fn exact(negative: bool, whole: &str, fraction: &str) -> Option<Decimal> {
    let mut digits = whole.bytes().filter(|byte| *byte != b',').chain(fraction.bytes());
    let size = digits.try_fold(0_i128, |size, digit| {
        size.checked_mul(10)?.checked_add(i128::from(digit.checked_sub(b'0')?))
    })?;
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(if negative { -size } else { size }, scale).ok()
}

/// Written as a string so that no reader can make a float of it.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
