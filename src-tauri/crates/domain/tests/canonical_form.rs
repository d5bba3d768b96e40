//! One value, one text, one hash: what an approval is bound to.

use std::collections::{BTreeMap, HashMap};

use fieldquote_domain::canonical::CanonicalError;
use fieldquote_domain::{Canonical, Sha256};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

fn text(value: &Value) -> String {
    Canonical::of(value).unwrap().as_str().to_owned()
}

#[test]
fn the_text_and_its_hash_are_pinned() {
    let value = json!({"c": {"z": -7, "A": "é\"\\"}, "b": ["x", null, true], "a": 1});
    let canonical = Canonical::of(&value).unwrap();
    assert_eq!(canonical.as_str(), r#"{"a":1,"b":["x",null,true],"c":{"A":"é\"\\","z":-7}}"#);
    assert_eq!(
        canonical.hash().to_string(),
        "6ea481e0394bc6df94f80329e93f17db89c151ffdbb94721e7f49b38e33b27e8"
    );
    assert_eq!(
        Sha256::of(b"").to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn strings_keep_every_character_and_escape_only_what_json_must() {
    assert_eq!(text(&json!("say \"hi\" \\ /")), r#""say \"hi\" \\ /""#);
    assert_eq!(text(&json!("\u{0}\u{1}\u{8}\t\n\u{c}\r\u{1f}")), r#""\u0000\u0001\b\t\n\f\r\u001f""#);
    assert_eq!(text(&json!("\u{7f}\u{2028}ñ 学校 🍕")), "\"\u{7f}\u{2028}ñ 学校 🍕\"");
    assert_ne!(text(&json!("e\u{301}")), text(&json!("é")), "what was shown is hashed, not what looks alike");
}

#[test]
fn keys_are_sorted_by_their_bytes_at_every_depth() {
    let value = json!({"b": 1, "a": [{"y": 1, "x": {"é": 1, "z": 1, "": 0}}], "B": 2, "a\"": 3, "aa": 4});
    assert_eq!(text(&value), r#"{"B":2,"a":[{"x":{"":0,"z":1,"é":1},"y":1}],"a\"":3,"aa":4,"b":1}"#);
}

#[test]
fn the_order_of_a_list_is_part_of_the_value() {
    assert_ne!(text(&json!([1, 2])), text(&json!([2, 1])));
}

#[test]
fn fields_in_any_order_of_declaration_are_one_value() {
    #[derive(Serialize)]
    struct OneWay {
        price: &'static str,
        cases: u32,
    }
    #[derive(Serialize)]
    struct OtherWay {
        cases: u32,
        price: &'static str,
    }
    let one = Canonical::of(&OneWay { price: "41.7500", cases: 120 }).unwrap();
    let other = Canonical::of(&OtherWay { cases: 120, price: "41.7500" }).unwrap();
    assert_eq!(one, other);
    assert_eq!(one.hash(), other.hash());
}

#[test]
fn a_number_that_is_not_whole_is_refused_wherever_it_hides() {
    for value in
        [json!(1.5), json!(1.0), json!([0, [0.1]]), json!({"lines": [{"price": 41.75}]}), json!(1e300)]
    {
        assert!(matches!(Canonical::of(&value), Err(CanonicalError::Fraction(_))), "{value}");
    }
    let named = Canonical::of(&json!({"price": 41.75})).unwrap_err().to_string();
    assert_eq!(named, "a number that is not whole has no canonical form: 41.75");
    assert_eq!(text(&json!([i64::MIN, -1, 0, u64::MAX])), "[-9223372036854775808,-1,0,18446744073709551615]");
}

#[test]
fn what_json_cannot_hold_is_refused() {
    let pairs_as_keys = BTreeMap::from([((1, 2), 3)]);
    assert!(matches!(Canonical::of(&pairs_as_keys), Err(CanonicalError::Json(_))));
    assert!(matches!(Canonical::stored("{".to_owned()).read::<Value>(), Err(CanonicalError::Json(_))));
}

#[test]
fn stored_text_is_hashed_as_it_is_stored() {
    let stored = Canonical::stored(r#"{ "a": 1 }"#.to_owned());
    assert_eq!(stored.hash(), Sha256::of(br#"{ "a": 1 }"#));
    assert_ne!(stored.hash(), Canonical::of(&json!({"a": 1})).unwrap().hash());
}

#[test]
fn a_hash_is_64_hex_digits_and_nothing_else() {
    let hash = Sha256::of(b"quote");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(hash.to_string().len(), 64);
    assert_eq!(hash.short(), hash.to_string()[..8]);
    assert_eq!(format!("{hash:?}"), format!("sha256:{hash}"));
    assert_eq!(serde_json::to_value(hash).unwrap(), json!(hash.to_string()));
    assert_eq!(serde_json::from_value::<Sha256>(json!(hash.to_string())).unwrap(), hash);
    for wrong in
        ["", "abc", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &format!("0x{}", "0".repeat(62))]
    {
        assert!(wrong.parse::<Sha256>().is_err(), "{wrong}");
        assert!(serde_json::from_value::<Sha256>(json!(wrong)).is_err(), "{wrong}");
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\/\u{0}-\u{1f}é🍕]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-cA-C\"é]{0,2}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The same value built from the last key to the first, through a map whose order is random.
fn rebuilt(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(rebuilt).collect(),
        Value::Object(fields) => {
            let shuffled: HashMap<String, Value> =
                fields.iter().rev().map(|(key, item)| (key.clone(), rebuilt(item))).collect();
            Value::Object(shuffled.into_iter().collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_order_of_construction_never_matters(value in values()) {
        let canonical = Canonical::of(&value).unwrap();
        let again = Canonical::of(&rebuilt(&value)).unwrap();
        prop_assert_eq!(&canonical, &again);
        prop_assert_eq!(canonical.hash(), again.hash());
    }

    #[test]
    fn canonical_text_reads_back_as_the_value_and_is_its_own_canonical_form(value in values()) {
        let canonical = Canonical::of(&value).unwrap();
        let back: Value = canonical.read().unwrap();
        prop_assert_eq!(&back, &value);
        prop_assert_eq!(Canonical::of(&back).unwrap(), canonical);
    }

    #[test]
    fn two_values_share_a_text_only_if_they_are_equal(one in values(), other in values()) {
        prop_assert_eq!(text(&one) == text(&other), one == other);
    }

    /// A map with no order of its own, keyed in random order, is still one text.
    #[test]
    fn a_map_without_order_has_one_text(
        fields in prop::collection::hash_map("[a-z]{1,3}", any::<i64>(), 0..12),
    ) {
        let sorted: BTreeMap<&String, &i64> = fields.iter().collect();
        prop_assert_eq!(Canonical::of(&fields).unwrap(), Canonical::of(&sorted).unwrap());
    }
}
