//! Weights are zero or more, at most four decimals, less than a million pounds.

use fieldquote_domain::Pounds;
use proptest::prelude::*;
use rust_decimal::Decimal;

#[test]
fn weights_are_written_in_these_ways() {
    for (text, shown) in
        [("30", "30"), ("8.37", "8.37"), (" 8.3700 ", "8.37"), ("0", "0"), ("0.0001", "0.0001"), ("007", "7")]
    {
        assert_eq!(text.parse::<Pounds>().unwrap().to_string(), shown);
    }
    assert_eq!("999999.9999".parse::<Pounds>().unwrap().decimal(), Decimal::new(9_999_999_999, 4));
}

#[test]
fn what_is_not_a_weight_is_refused() {
    for text in [
        "",
        "-1",
        "+1",
        "-0",
        ".5",
        "5.",
        ".",
        "1.2.3",
        "1,000",
        "1e3",
        "30 lb",
        "0.00001",
        "1000000",
        "٣",
        "1_0",
        "99999999999999999999999999999999999999",
    ] {
        let error = text.parse::<Pounds>().expect_err(text);
        assert_eq!(
            error.to_string(),
            format!("“{text}” is not a weight in pounds; write it like 30 or 8.37")
        );
    }
}

#[test]
fn json_carries_weights_as_text_and_accepts_no_number() {
    let weight: Pounds = "8.37".parse().unwrap();
    assert_eq!(serde_json::to_string(&weight).unwrap(), r#""8.37""#);
    assert_eq!(serde_json::from_str::<Pounds>(r#""8.370""#).unwrap(), weight);
    assert!(serde_json::from_str::<Pounds>("8.37").is_err());
}

proptest! {
    #[test]
    fn a_weight_is_kept_exactly_and_reads_back(n in 0_i64..10_000_000_000) {
        let text = format!("{}.{:04}", n / 10_000, n % 10_000);
        let weight: Pounds = text.parse().unwrap();
        prop_assert_eq!(weight.decimal(), Decimal::new(n, 4));
        prop_assert_eq!(weight.to_string().parse::<Pounds>(), Ok(weight));
    }
}
