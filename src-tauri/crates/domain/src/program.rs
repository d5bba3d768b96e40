//! USDA Foods programs: what the school pays for a case that holds donated food (DF).
//!
//! Owns the value pass-through rules of 7 CFR 250.36. Must not know which customer is in which program.
//!
//! A case's DF value is its pounds of donated food × USDA's value per pound, from the approved Summary
//! End Product Data Schedule, rounded half away from zero to cents as USDA's own worked example is.
//! Margins are compared before programs: the commercial price against the full cost.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::money::{Money, MoneyError};
use crate::pounds::Pounds;
use crate::vocabulary;

vocabulary! {
    /// How the value of donated food reaches the school.
    pub enum Program: "a program" {
        /// No donated food: the school pays the commercial price.
        Commercial = "commercial",
        /// Net off invoice (indirect discount): the distributor invoices price − DF value + its fee.
        Noi = "noi",
        /// Fee for service: the school pays only for what is not donated.
        Ffs = "ffs",
        /// Refund: the school pays the gross price and the processor refunds the DF value.
        Rebate = "rebate",
        /// Direct discount: the processor invoices price − DF value.
        DirectDiscount = "direct_discount",
    }
}

/// One donated food in a case of an end product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DonatedFood {
    /// USDA's material code.
    pub df_code: String,
    /// Pounds of it in a case.
    pub lb_per_case: Pounds,
    /// USDA's value of a pound.
    pub value_per_lb: Money,
}

/// What a customer's agreement adds to its program. Read from text, a fee below zero is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ProgramTerms {
    /// The distributor's fixed fee for a case, in dollars (NOI).
    #[serde(default, deserialize_with = "fee", skip_serializing_if = "Option::is_none")]
    pub distributor_fee: Option<Money>,
    /// The agreed fee for a case (FFS); without one the fee is the price less the DF value.
    #[serde(default, deserialize_with = "fee", skip_serializing_if = "Option::is_none")]
    pub service_fee: Option<Money>,
}

fn fee<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    let fee = Option::<Money>::deserialize(deserializer)?;
    if fee.is_some_and(Money::is_negative) {
        return Err(serde::de::Error::custom("a fee cannot be less than nothing"));
    }
    Ok(fee)
}

/// A case's price under a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ProgramPrice {
    /// The program applied.
    pub program: Program,
    /// Value of the donated food in a case; none for a commercial line.
    pub df_value: Option<Money>,
    /// Fee added to the invoice, if any.
    pub fee: Option<Money>,
    /// What the school is invoiced for a case.
    pub net_price: Money,
    /// What the processor refunds the school for a case afterwards, if any.
    pub refund: Option<Money>,
}

/// The program cannot price the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// The donated food in a case is worth more than the case.
    #[error("the donated food in a case is worth {df_value}, more than its price of {price}")]
    ValueExceedsPrice {
        /// Value of the donated food.
        df_value: Money,
        /// Commercial price.
        price: Money,
    },
    /// The arithmetic left the range of an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The value of the donated foods in a case: the exact sum, rounded once, to cents.
pub fn df_value_per_case(foods: &[DonatedFood]) -> Result<Money, MoneyError> {
    let mut exact = Decimal::ZERO;
    for food in foods {
        let value = food
            .lb_per_case
            .decimal()
            .checked_mul(food.value_per_lb.decimal())
            .ok_or(MoneyError::TooLarge)?;
        exact = exact.checked_add(value).ok_or(MoneyError::TooLarge)?;
    }
    Money::rounded_to_cents(exact)
}

impl Program {
    /// What the school pays for a case of `price` with `foods` in it. A line without donated food is
    /// commercial whatever the customer's program is.
    pub fn price(
        self,
        price: Money,
        foods: &[DonatedFood],
        terms: &ProgramTerms,
    ) -> Result<ProgramPrice, ProgramError> {
        if self == Program::Commercial || foods.is_empty() {
            return Ok(ProgramPrice {
                program: Program::Commercial,
                df_value: None,
                fee: None,
                net_price: price,
                refund: None,
            });
        }
        let df_value = df_value_per_case(foods)?;
        let less_donated = price.minus(df_value)?;
        if less_donated.is_negative() {
            return Err(ProgramError::ValueExceedsPrice { df_value, price });
        }
        let (fee, net_price, refund) = match self {
            Program::Commercial | Program::DirectDiscount => (None, less_donated, None),
            Program::Noi => (
                terms.distributor_fee,
                less_donated.plus(terms.distributor_fee.unwrap_or(Money::ZERO))?,
                None,
            ),
            Program::Ffs => (None, terms.service_fee.unwrap_or(less_donated), None),
            Program::Rebate => (None, price, Some(df_value)),
        };
        Ok(ProgramPrice { program: self, df_value: Some(df_value), fee, net_price, refund })
    }
}
