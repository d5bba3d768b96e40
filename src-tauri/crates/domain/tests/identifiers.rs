//! Identifiers survive a URL and a file name, and are read the same from text and from JSON.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use fieldquote_domain::ids::IdError;
use fieldquote_domain::{
    ActionId, ActionType, CustomerId, DraftId, ItemCode, LineId, OpId, ProgramId, RunId, action,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn holds_to_the_rule<T>(kind: &str)
where
    T: FromStr<Err = IdError> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    for text in ["10412", "a", "A-1_b.2", "01J0DRAFT00000000000000000", "-", "a..b", &"x".repeat(64)] {
        let id: T = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        let json = serde_json::to_value(&id).unwrap();
        assert_eq!(json, serde_json::Value::from(text));
        assert_eq!(serde_json::from_value::<T>(json).unwrap(), id);
    }
    for text in [
        "",
        " ",
        "a b",
        "a/b",
        "a\\b",
        "a:b",
        "a%2e",
        "a?b",
        "a#b",
        "é",
        "a\n",
        "a\0",
        ".",
        "..",
        ".env",
        "“a”",
        &"x".repeat(65),
    ] {
        let error = text.parse::<T>().unwrap_err();
        let shown: String = text.chars().take(40).collect();
        let rule = "1 to 64 letters, digits, _, - or ., no . in front";
        assert_eq!(error.to_string(), format!("“{shown}” is not {kind}: {rule}"));
        assert!(serde_json::from_value::<T>(serde_json::Value::from(text)).is_err(), "{text}");
    }
    assert!(serde_json::from_str::<T>("10412").is_err(), "a number is not an identifier");
}

#[test]
fn every_kind_of_identifier_holds_to_one_rule() {
    holds_to_the_rule::<CustomerId>("a customer id");
    holds_to_the_rule::<ItemCode>("an item code");
    holds_to_the_rule::<DraftId>("a draft id");
    holds_to_the_rule::<LineId>("a line id");
    holds_to_the_rule::<ActionId>("an action id");
    holds_to_the_rule::<RunId>("a run id");
    holds_to_the_rule::<OpId>("an operation id");
    holds_to_the_rule::<ActionType>("an action type");
    holds_to_the_rule::<ProgramId>("a program id");
}

#[test]
fn the_action_types_the_contract_names_are_action_types() {
    for name in [action::QUOTE_DRAFT, action::SEND_QUOTE_TO_CUSTOMER, "workflow_customer_quote"] {
        assert_eq!(name.parse::<ActionType>().unwrap().as_str(), name);
    }
    assert_eq!(action::QUOTE_DRAFT, "quote_draft");
    assert_eq!(action::SEND_QUOTE_TO_CUSTOMER, "send_quote_to_customer");
}

proptest! {
    #[test]
    fn whatever_is_taken_is_kept_as_written_and_can_be_a_file_name(text in r"[A-Za-z0-9_.-]{0,66}|\PC{0,8}") {
        if let Ok(code) = text.parse::<ItemCode>() {
            prop_assert_eq!(code.as_str(), &text);
            let path = std::path::Path::new("folder").join(code.as_str());
            prop_assert_eq!(path.parent(), Some(std::path::Path::new("folder")));
            prop_assert_eq!(path.file_name().and_then(|name| name.to_str()), Some(text.as_str()));
        }
    }
}
