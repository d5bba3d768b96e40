//! Whole ten-thousandths of a dollar: the arithmetic of drawn prices.
//!
//! Owns scaling and rounding of an amount in integers, fast enough for a million rows. Must never touch
//! a float, and must leave as [`Money`].

use domain::Money;
use domain::money::MoneyError;
use rust_decimal::Decimal;

/// An amount in ten-thousandths of a dollar; up to $429,496.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Amount(u32);

/// A hundredth of a per cent as parts of a whole: `10_000` is all of it.
pub(crate) const WHOLE: u32 = 10_000;

impl Amount {
    /// From an amount of money; refused when negative or above the range.
    pub(crate) fn from_money(money: Money) -> Result<Self, MoneyError> {
        let mut decimal = money.decimal();
        decimal.rescale(4);
        u32::try_from(decimal.mantissa()).map(Amount).map_err(|_| MoneyError::TooLarge)
    }

    /// As money, exactly.
    pub(crate) fn money(self) -> Money {
        // Every u32 of ten-thousandths is within the range and precision of Money.
        Money::from_decimal(Decimal::new(i64::from(self.0), 4)).unwrap_or_default()
    }

    /// Times `parts` of `of`, rounded half up; held at the top of the range.
    pub(crate) fn scaled(self, parts: u32, of: u32) -> Self {
        let of = u64::from(of.max(1));
        let exact = u64::from(self.0) * u64::from(parts);
        Amount(u32::try_from((exact + of / 2) / of).unwrap_or(u32::MAX))
    }

    /// Rounded half up to a multiple of `tick` ten-thousandths: 100 is a cent.
    pub(crate) fn to_tick(self, tick: u32) -> Self {
        let tick = tick.max(1);
        Amount((self.0.saturating_add(tick / 2) / tick) * tick)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_amount_leaves_as_the_same_money_and_comes_back(units: u32) {
            let amount = Amount(units);
            prop_assert_eq!(amount.money().to_string(), format!("{}.{:04}", units / 10_000, units % 10_000));
            prop_assert_eq!(Amount::from_money(amount.money()).unwrap(), amount);
        }

        #[test]
        fn rounding_to_cents_agrees_with_money(units in 0_u32..4_000_000_000) {
            prop_assert_eq!(Amount(units).to_tick(100).money(), Amount(units).money().to_cents());
        }
    }

    #[test]
    fn a_negative_amount_is_refused() {
        assert!(Amount::from_money("-0.0001".parse().unwrap()).is_err());
    }
}
