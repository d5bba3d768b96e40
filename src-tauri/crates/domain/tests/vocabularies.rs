//! Every closed set of words has one spelling in SQL, JSON, CSV and on the screen.

use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use fieldquote_domain::vocabulary::UnknownWord;
use fieldquote_domain::{
    ActionStatus, CustomerType, DeclineReason, EntityStatus, FlagKind, Lifecycle, Outcome, PriceSource,
    Program,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

fn holds_to_its_words<T>(what: &'static str, all: &[T], words: &str)
where
    T: Copy + FromStr<Err = UnknownWord> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let spelled: Vec<String> = all.iter().map(T::to_string).collect();
    assert_eq!(spelled.join(", "), words, "the words are stored: changing one orphans what was written");
    assert_eq!(spelled.iter().collect::<HashSet<_>>().len(), all.len(), "one word, one meaning");
    for (&variant, word) in all.iter().zip(&spelled) {
        assert_eq!(word.parse::<T>().as_ref(), Ok(&variant));
        assert_eq!(to_value(variant).unwrap(), json!(word));
        assert_eq!(from_value::<T>(json!(word)).unwrap(), variant);
        assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{word}");
        for near in [word.to_uppercase(), format!(" {word}"), format!("{word}s")] {
            let refused = UnknownWord { what, text: near.clone(), allowed: words.to_owned() };
            assert_eq!(near.parse::<T>(), Err(refused));
        }
    }
    assert_eq!("".parse::<T>().unwrap_err().to_string(), format!("“” is not {what}; use {words}"));
    for json in [json!(0), Value::Null, json!("no such word")] {
        assert!(from_value::<T>(json.clone()).is_err(), "{json}");
    }
}

#[test]
fn a_quote_status_is_one_of_nine_words() {
    holds_to_its_words(
        "a quote status",
        Lifecycle::ALL,
        "draft, proposed, approved, sent, accepted, declined, expired, superseded, cancelled",
    );
}

#[test]
fn what_a_customer_says_and_why_is_one_of_a_few_words() {
    holds_to_its_words("an outcome", Outcome::ALL, "accepted, declined");
    holds_to_its_words(
        "a reason",
        DeclineReason::ALL,
        "price, competitor, program_change, not_needed, other",
    );
}

#[test]
fn an_action_status_is_one_of_five_words() {
    holds_to_its_words("an action status", ActionStatus::ALL, "pending, approved, rejected, expired, voided");
}

#[test]
fn a_customer_is_of_one_of_three_types_and_statuses() {
    holds_to_its_words("a customer type", CustomerType::ALL, "district, coop, distributor");
    holds_to_its_words("a customer status", EntityStatus::ALL, "active, hold, inactive");
}

#[test]
fn a_program_is_one_of_five_words() {
    holds_to_its_words("a program", Program::ALL, "commercial, noi, ffs, rebate, direct_discount");
}

#[test]
fn a_price_comes_from_one_of_five_sources() {
    holds_to_its_words("a price source", PriceSource::ALL, "current, last_year, moved, given, missing");
}

#[test]
fn a_flag_is_one_of_thirteen_worries() {
    holds_to_its_words(
        "a flag",
        FlagKind::ALL,
        "customer_on_hold, customer_inactive, letterhead_unset, over_credit_limit, duplicate_open_quote, missing_cost, \
         zero_price, below_floor, new_item, stale_price, discontinued_item, several_programs, donated_food_exceeds_price",
    );
}
