//! How a line gets its price.
//!
//! Owns the rule and its one text form, which is a single register of the document: two people who change
//! a price apart see both rules whole, never half of each. Must not compute a price.

use std::fmt;
use std::str::FromStr;

use domain::{Money, Percent};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a moved price starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// The price list of the quoted school year.
    List,
    /// The customer's price in the school year before.
    LastYear,
}

/// Where a line's price comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ts_rs::TS)]
#[ts(type = "string")]
pub enum PriceRule {
    /// The price list of the quoted school year.
    #[default]
    List,
    /// The customer's price in the school year before, held.
    LastYear,
    /// Typed by a person, dollars a case.
    Given(Money),
    /// A base moved by a percentage, `3` meaning up three per cent.
    Moved {
        /// By how much.
        by: Percent,
        /// From what.
        from: Base,
    },
}

/// The text is no price rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a price rule: list, last_year, given 41.7500, list +3% or last_year -2.5%")]
pub struct PriceRuleError(String);

impl Base {
    const fn as_str(self) -> &'static str {
        match self {
            Base::List => "list",
            Base::LastYear => "last_year",
        }
    }
}

impl PriceRule {
    /// As a rep reads it.
    pub fn in_words(&self) -> String {
        let base = |from: &Base| match from {
            Base::List => "the price list",
            Base::LastYear => "last year's price",
        };
        match self {
            PriceRule::List => "list price".to_owned(),
            PriceRule::LastYear => "last year's price".to_owned(),
            PriceRule::Given(amount) => format!("${} a case", amount.as_price()),
            PriceRule::Moved { by, from } => format!("{} {}", signed(*by), base(from)),
        }
    }
}

fn signed(by: Percent) -> String {
    let sign = if by.decimal().is_sign_negative() { "" } else { "+" };
    format!("{sign}{by}%")
}

/// `list`, `last_year`, `given 41.7500`, `list +3%`, `last_year -2.5%`. This is the form stored.
impl fmt::Display for PriceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PriceRule::List => f.write_str("list"),
            PriceRule::LastYear => f.write_str("last_year"),
            PriceRule::Given(amount) => write!(f, "given {amount}"),
            PriceRule::Moved { by, from } => write!(f, "{} {}", from.as_str(), signed(*by)),
        }
    }
}

/// Reads exactly what is written; any other spelling is refused, so equal rules have equal texts.
impl FromStr for PriceRule {
    type Err = PriceRuleError;

    fn from_str(text: &str) -> Result<Self, PriceRuleError> {
        let refused = || PriceRuleError(text.chars().take(40).collect());
        let rule = match text.split_once(' ') {
            None if text == "list" => PriceRule::List,
            None if text == "last_year" => PriceRule::LastYear,
            Some(("given", amount)) => PriceRule::Given(amount.parse().map_err(|_| refused())?),
            Some((base, by)) => {
                let from = match base {
                    "list" => Base::List,
                    "last_year" => Base::LastYear,
                    _ => return Err(refused()),
                };
                PriceRule::Moved { by: by.parse().map_err(|_| refused())?, from }
            }
            None => return Err(refused()),
        };
        if rule.to_string() == text { Ok(rule) } else { Err(refused()) }
    }
}

impl Serialize for PriceRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PriceRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_canonical_spelling_is_read() {
        for text in ["list", "last_year", "given 41.7500", "list +3%", "last_year -2.5%", "list +0%"] {
            assert_eq!(text.parse::<PriceRule>().unwrap().to_string(), text);
        }
        for text in ["", "List", "given 41.75", "list 3%", "list +3.0%", "list  +3%", "other +3%", "given"] {
            assert!(text.parse::<PriceRule>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_rule_survives_its_text(cents in 1i64..10_000_000, by in -99i32..1000, list: bool) {
            let from = if list { Base::List } else { Base::LastYear };
            for rule in [
                PriceRule::Given(Money::from_cents(cents).unwrap()),
                PriceRule::Moved { by: Percent::whole(by), from },
            ] {
                prop_assert_eq!(rule.to_string().parse::<PriceRule>().unwrap(), rule);
            }
        }
    }
}
