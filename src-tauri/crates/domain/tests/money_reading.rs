//! Which texts are amounts, and that the stored form reads back as the same amount.

use fieldquote_domain::Money;
use fieldquote_domain::money::MoneyError;
use proptest::prelude::*;

use crate::amounts::{LIMIT, any_units, dollars, money, units};

fn read(text: &str) -> Result<Money, MoneyError> {
    text.parse()
}

#[test]
fn people_write_amounts_in_these_ways() {
    for (text, ten_thousandths) in [
        ("41.75", 417_500),
        ("$41.75", 417_500),
        ("  41.75\n", 417_500),
        ("-3.5", -35_000),
        ("-$3.50", -35_000),
        ("1,041.7525", 10_417_525),
        ("$12,345,678.9", 123_456_789_000),
        ("7", 70_000),
        ("007", 70_000),
        ("0.0001", 1),
        ("41.75000000", 417_500),
    ] {
        assert_eq!(read(text), Ok(money(ten_thousandths)), "{text}");
    }
}

#[test]
fn what_is_not_an_amount_is_refused_not_guessed() {
    for text in [
        "",
        " ",
        "-",
        "$",
        ".",
        ".5",
        "5.",
        "-.5",
        "1e3",
        "1E3",
        "+5",
        "--5",
        "$-5",
        "$$5",
        "- 5",
        "$ 5",
        "4 1",
        "1.2.3",
        "1,0",
        "1,00",
        "1,0000",
        ",100",
        "100,",
        "1,,000",
        "1000,000",
        "1.000,50",
        "0.1,000",
        "0x10",
        "NaN",
        "inf",
        "٤١",
        "41.75 USD",
        "1_000",
        "4l.75",
        "41–75",
    ] {
        assert_eq!(read(text), Err(MoneyError::Malformed(text.to_owned())), "{text}");
    }
}

#[test]
fn an_amount_of_more_than_four_decimals_is_refused_not_rounded() {
    for text in ["0.00001", "41.75001", "-1.99999", "1.0000000000000000000000000000000000001"] {
        assert_eq!(read(text), Err(MoneyError::TooPrecise(text.to_owned())), "{text}");
    }
}

#[test]
fn the_range_ends_at_ten_to_the_sixteenth_less_one_ten_thousandths() {
    assert_eq!(units(dollars("999,999,999,999.9999")), LIMIT);
    assert_eq!(units(dollars("-999999999999.9999")), -LIMIT);
    for text in
        ["1000000000000", "-1000000000000", "1000000000000.0000", "9999999999999999999999999999999999999"]
    {
        assert_eq!(read(text), Err(MoneyError::TooLarge), "{text}");
    }
    assert_eq!(Money::from_cents(99_999_999_999_999).map(units), Ok(LIMIT - 99));
    assert_eq!(Money::from_cents(100_000_000_000_000), Err(MoneyError::TooLarge));
    assert_eq!(Money::from_cents(i64::MIN), Err(MoneyError::TooLarge));
}

#[test]
fn an_error_quotes_what_was_written_but_never_a_page_of_it() {
    let error = read(&"x".repeat(1_000)).unwrap_err();
    assert_eq!(error.to_string(), format!("“{}” is not an amount; write it like 41.75", "x".repeat(40)));
}

#[test]
fn nothing_is_one_amount_however_it_is_written() {
    for text in ["0", "-0", "0.0000", "-0.00", "$0"] {
        assert_eq!(dollars(text), Money::ZERO);
        assert_eq!(dollars(text).to_string(), "0.0000");
    }
    assert_eq!(Money::default(), Money::ZERO);
    assert_eq!(Money::default().to_string(), "0.0000");
}

#[test]
fn json_carries_amounts_as_text_and_accepts_no_number() {
    assert_eq!(serde_json::to_string(&dollars("41.75")).unwrap(), r#""41.7500""#);
    assert_eq!(serde_json::from_str::<Money>(r#""41.75""#).unwrap(), dollars("41.75"));
    for json in ["41.75", "41", "null", r#""41.750001""#, r#""""#] {
        assert!(serde_json::from_str::<Money>(json).is_err(), "{json}");
    }
}

/// The stored form, from whole numbers alone.
fn stored(ten_thousandths: i128) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let size = ten_thousandths.abs();
    format!("{sign}{}.{:04}", size / 10_000, size % 10_000)
}

proptest! {
    #[test]
    fn the_stored_form_has_four_decimals_and_reads_back(n in any_units()) {
        let amount = money(n);
        prop_assert_eq!(amount.to_string(), stored(n));
        prop_assert_eq!(read(&stored(n)), Ok(amount));
        prop_assert_eq!(format!("{amount:?}"), format!("${}", stored(n)));
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), amount);
    }

    #[test]
    fn amounts_compare_as_numbers(a in any_units(), b in any_units()) {
        prop_assert_eq!(money(a).cmp(&money(b)), a.cmp(&b));
        prop_assert_eq!(money(a).is_positive(), a > 0);
        prop_assert_eq!(money(a).is_negative(), a < 0);
    }

    #[test]
    fn whatever_is_typed_is_an_amount_in_range_or_an_error(text in r"[-$0-9., ]{0,24}|\PC{0,12}") {
        if let Ok(amount) = read(&text) {
            prop_assert!(units(amount).abs() <= LIMIT);
            prop_assert_eq!(read(&amount.to_string()), Ok(amount));
        }
    }
}
