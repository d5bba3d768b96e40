//! What a school pays for a case with donated food, on USDA's own worked example: a $40.00 case of pizza
//! with cheese, tomato paste and flour worth $17.17, and a distributor's fee of $3.00.

use fieldquote_domain::money::MoneyError;
use fieldquote_domain::program::{ProgramError, ProgramPrice, df_value_per_case};
use fieldquote_domain::{DonatedFood, Money, Program, ProgramTerms};
use proptest::prelude::*;

use crate::amounts::{dollars, half_away, money, units};

fn food(df_code: &str, lb: &str, value: &str) -> DonatedFood {
    DonatedFood {
        df_code: df_code.to_owned(),
        lb_per_case: lb.parse().unwrap(),
        value_per_lb: dollars(value),
    }
}

fn pizza() -> Vec<DonatedFood> {
    vec![food("110244", "8", "1.8467"), food("100332", "1.38", "0.4776"), food("100418", "8.37", "0.2075")]
}

fn price_of(program: Program, terms: &ProgramTerms) -> ProgramPrice {
    program.price(dollars("40.00"), &pizza(), terms).unwrap()
}

fn terms(distributor_fee: Option<&str>, service_fee: Option<&str>) -> ProgramTerms {
    ProgramTerms { distributor_fee: distributor_fee.map(dollars), service_fee: service_fee.map(dollars) }
}

fn commercial(price: Money) -> ProgramPrice {
    ProgramPrice { program: Program::Commercial, df_value: None, fee: None, net_price: price, refund: None }
}

#[test]
fn the_donated_food_in_the_pizza_is_worth_17_17() {
    assert_eq!(df_value_per_case(&pizza()), Ok(dollars("17.17")));
}

#[test]
fn the_value_of_several_foods_is_rounded_once_not_food_by_food() {
    let crumbs = [food("a", "1", "0.004"), food("b", "1", "0.004"), food("c", "1", "0.004")];
    assert_eq!(df_value_per_case(&crumbs), Ok(dollars("0.01")));
    assert_eq!(
        df_value_per_case(&[food("a", "0.5", "0.01")]),
        Ok(dollars("0.01")),
        "half a cent, away from zero"
    );
    assert_eq!(df_value_per_case(&[]), Ok(Money::ZERO));
}

#[test]
fn net_off_invoice_takes_the_value_off_and_adds_the_distributors_fee() {
    assert_eq!(
        price_of(Program::Noi, &terms(Some("3.00"), None)),
        ProgramPrice {
            program: Program::Noi,
            df_value: Some(dollars("17.17")),
            fee: Some(dollars("3.00")),
            net_price: dollars("25.83"),
            refund: None,
        }
    );
    let without = price_of(Program::Noi, &terms(None, None));
    assert_eq!((without.fee, without.net_price), (None, dollars("22.83")));
}

#[test]
fn direct_discount_takes_the_value_off_and_adds_nothing() {
    let discounted = price_of(Program::DirectDiscount, &terms(Some("3.00"), Some("9.00")));
    assert_eq!(
        discounted,
        ProgramPrice {
            program: Program::DirectDiscount,
            df_value: Some(dollars("17.17")),
            fee: None,
            net_price: dollars("22.83"),
            refund: None,
        }
    );
}

#[test]
fn a_rebate_is_invoiced_gross_and_refunded_afterwards() {
    assert_eq!(
        price_of(Program::Rebate, &terms(Some("3.00"), None)),
        ProgramPrice {
            program: Program::Rebate,
            df_value: Some(dollars("17.17")),
            fee: None,
            net_price: dollars("40.00"),
            refund: Some(dollars("17.17")),
        }
    );
}

#[test]
fn fee_for_service_is_the_agreed_fee_or_what_is_not_donated() {
    let agreed = price_of(Program::Ffs, &terms(None, Some("21.50")));
    assert_eq!((agreed.program, agreed.net_price), (Program::Ffs, dollars("21.50")));
    assert_eq!((agreed.df_value, agreed.fee, agreed.refund), (Some(dollars("17.17")), None, None));
    assert_eq!(price_of(Program::Ffs, &terms(None, None)).net_price, dollars("22.83"));
}

#[test]
fn a_line_without_donated_food_is_commercial_whatever_the_program() {
    for &program in Program::ALL {
        let price = program.price(dollars("40.0025"), &[], &terms(Some("3.00"), Some("9.00"))).unwrap();
        assert_eq!(price, commercial(dollars("40.0025")), "{program}");
    }
}

#[test]
fn a_commercial_line_passes_on_no_donated_food_even_if_there_is_some() {
    assert_eq!(
        price_of(Program::Commercial, &terms(Some("3.00"), Some("9.00"))),
        commercial(dollars("40.00"))
    );
}

#[test]
fn donated_food_worth_more_than_the_case_is_an_error_and_worth_just_as_much_is_not() {
    for program in [Program::Noi, Program::Ffs, Program::Rebate, Program::DirectDiscount] {
        let refused = program.price(dollars("17.1699"), &pizza(), &terms(Some("3.00"), None));
        let (df_value, price) = (dollars("17.17"), dollars("17.1699"));
        assert_eq!(refused, Err(ProgramError::ValueExceedsPrice { df_value, price }), "{program}");
        assert!(program.price(dollars("17.17"), &pizza(), &ProgramTerms::default()).is_ok(), "{program}");
    }
    assert_eq!(
        Program::Noi.price(dollars("9"), &pizza(), &ProgramTerms::default()).unwrap_err().to_string(),
        "the donated food in a case is worth 17.1700, more than its price of 9.0000"
    );
}

#[test]
fn a_value_beyond_the_range_of_an_amount_is_an_error() {
    let heavy = [food("a", "999999.9999", "999999999999.9999")];
    assert_eq!(df_value_per_case(&heavy), Err(MoneyError::TooLarge));
    let refused = Program::Rebate.price(dollars("40"), &heavy, &ProgramTerms::default());
    assert_eq!(refused, Err(ProgramError::Money(MoneyError::TooLarge)));
}

#[test]
fn terms_are_read_by_name_and_a_fee_below_zero_is_refused() {
    let read = |json: &str| serde_json::from_str::<ProgramTerms>(json);
    assert_eq!(read("{}").unwrap(), ProgramTerms::default());
    assert_eq!(read(r#"{"distributor_fee":"3.00"}"#).unwrap(), terms(Some("3.00"), None));
    assert_eq!(read(r#"{"service_fee":"0","distributor_fee":null}"#).unwrap(), terms(None, Some("0")));
    for json in [
        r#"{"distributor_fee":"-3.00"}"#,
        r#"{"service_fee":"-0.0001"}"#,
        r#"{"distributor_fee":3}"#,
        r#"{"distributors_fee":"3.00"}"#,
    ] {
        assert!(read(json).is_err(), "{json}");
    }
    assert_eq!(serde_json::to_string(&ProgramTerms::default()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&terms(Some("3"), None)).unwrap(), r#"{"distributor_fee":"3.0000"}"#);
}

proptest! {
    #[test]
    fn the_value_is_the_exact_sum_rounded_to_cents(
        foods in prop::collection::vec((0_i64..1_000_000, 0_i128..200_000), 1..5),
    ) {
        let exact: i128 = foods.iter().map(|&(lb, value)| i128::from(lb) * value).sum();
        let foods: Vec<DonatedFood> = foods
            .iter()
            .map(|&(lb, value)| DonatedFood {
                df_code: "100418".to_owned(),
                lb_per_case: format!("{}.{:04}", lb / 10_000, lb % 10_000).parse().unwrap(),
                value_per_lb: money(value),
            })
            .collect();
        let value = df_value_per_case(&foods).unwrap();
        prop_assert_eq!(units(value), half_away(exact, 1_000_000) * 100);
    }

    /// After every fee and refund, each way of passing the value on leaves the school the same price.
    #[test]
    fn every_way_of_passing_value_through_is_worth_the_same(
        price in 171_700_i128..5_000_000,
        fee in 0_i128..100_000,
    ) {
        let terms = ProgramTerms { distributor_fee: Some(money(fee)), service_fee: None };
        let of = |program: Program| program.price(money(price), &pizza(), &terms).unwrap();
        let kept = price - 171_700;
        prop_assert_eq!(units(of(Program::DirectDiscount).net_price), kept);
        prop_assert_eq!(units(of(Program::Ffs).net_price), kept);
        prop_assert_eq!(units(of(Program::Noi).net_price), kept + fee);
        let rebate = of(Program::Rebate);
        prop_assert_eq!(units(rebate.net_price) - units(rebate.refund.unwrap()), kept);
    }
}
