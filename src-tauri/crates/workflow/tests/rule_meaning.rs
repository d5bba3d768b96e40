//! What rules say of values: they hold, they do not, or it cannot be known.
use std::sync::LazyLock;

use crate::common::{context_of, offer, small};
use domain::{Margin, Money, Percent};
use fieldquote_workflow::rule::{Outcome, Rule, Verdict};
use fieldquote_workflow::{Context, Contract};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

static CONTRACT: LazyLock<Contract> = LazyLock::new(small);

fn verdict_over(rule: &str, offer: &Value) -> Verdict {
    rule.parse::<Rule>().unwrap().evaluate(&context_of(&CONTRACT, offer))
}

fn outcome(rule: &str) -> Outcome {
    verdict_over(rule, &offer()).outcome
}

#[test]
fn a_missing_value_is_unknown_and_never_passes() {
    for rule in [
        "offer.customer.contact = 'x'",
        "offer.customer.contact != 'x'",
        "offer.customer.contact < 'x'",
        "offer.customer.contact IN ('x')",
        "offer.customer.contact NOT IN ('x')",
        "NOT offer.customer.contact = 'x'",
        "offer.customer.contact = offer.id",
        "offer.id != offer.customer.contact",
        "customer.nothing >= 0",
        "cases = 1",
        "trigger.nowhere.deep = 1",
        "all line.margin_pct >= 0",
    ] {
        assert_eq!(outcome(rule), Outcome::Unknown, "{rule}");
    }
    assert_eq!(outcome("offer.customer.contact IS NULL"), Outcome::Passed);
    assert_eq!(outcome("offer.customer.contact IS NOT NULL"), Outcome::Failed);
}

#[test]
fn unknown_goes_through_and_or_and_not_as_it_does_in_sql() {
    let unknown = "offer.customer.contact = 'x'";
    let (yes, no) = ("customer.uses = 2", "customer.uses = 9");
    let cases = [
        (format!("{unknown} AND {yes}"), Outcome::Unknown),
        (format!("{unknown} AND {no}"), Outcome::Failed),
        (format!("{unknown} OR {yes}"), Outcome::Passed),
        (format!("{unknown} OR {no}"), Outcome::Unknown),
        (format!("NOT ({unknown} OR {no})"), Outcome::Unknown),
        (format!("NOT ({unknown} AND {no})"), Outcome::Passed),
        (format!("NOT ({unknown} AND {yes})"), Outcome::Unknown),
    ];
    for (rule, expected) in cases {
        assert_eq!(outcome(&rule), expected, "{rule}");
    }
}

#[test]
fn all_over_an_empty_list_holds_and_over_a_missing_list_is_unknown() {
    let mut none = offer();
    none["lines"] = json!([]);
    assert_eq!(verdict_over("all line.margin_pct >= 15", &none).outcome, Outcome::Passed);
    none.as_object_mut().unwrap().remove("lines");
    let missing = verdict_over("all line.margin_pct >= 15", &none);
    assert_eq!((missing.outcome, missing.because), (Outcome::Unknown, vec!["line is not known".to_owned()]));

    let contract = small();
    let input = json!({ "customer_id": "C1" });
    let context = Context::new(&contract, "R", "Ana", input, Value::Null);
    let rule: Rule = "all input.codes match items.code".parse().unwrap();
    assert_eq!(rule.evaluate(&context).outcome, Outcome::Unknown);
}

#[test]
fn one_bad_line_fails_the_list_and_is_named() {
    let mut quote = offer();
    quote["lines"][0]["cost_basis"] = json!("39.0000");
    let verdict = verdict_over("all line.margin_pct >= 15", &quote);
    assert_eq!(verdict.outcome, Outcome::Failed);
    assert_eq!(
        verdict.because,
        ["line 1 (10412) margin_pct is 2.50", "line 2 (10413) margin_pct is not known"]
    );

    let codes = verdict_over("all codes = '10412'", &offer());
    assert_eq!(codes.because, ["10413"]);
    let prices = verdict_over("all prices.total > 9.75", &offer());
    assert_eq!(prices.because, ["P1 total is 9.5000"]);
}

#[test]
fn what_is_unknown_under_not_is_named_too() {
    let verdict = verdict_over("NOT offer.customer.contact = 'x'", &offer());
    assert_eq!(
        (verdict.outcome, verdict.because),
        (Outcome::Unknown, vec!["offer.customer.contact is not known".to_owned()])
    );
}

#[test]
fn a_margin_just_below_the_floor_does_not_read_as_the_floor() {
    let mut quote = offer();
    quote["lines"] =
        json!([{ "line_no": 1, "item_code": "A", "case_price": "10000.0000", "cost_basis": "8500.0001" }]);
    let verdict = verdict_over("all line.margin_pct >= 15", &quote);
    assert_eq!(
        (verdict.outcome, verdict.because),
        (Outcome::Failed, vec!["line 1 (A) margin_pct is 14.9999".to_owned()])
    );
}

#[test]
fn a_match_asks_what_was_looked_up() {
    let contract = small();
    let mut context = context_of(&contract, &offer());
    let rule: Rule = "all codes match items.code".parse().unwrap();
    assert_eq!(rule.lookups().len(), 1);
    assert_eq!((rule.lookups()[0].table.as_str(), rule.lookups()[0].column.as_str()), ("items", "code"));
    assert_eq!(rule.lookups()[0].values, "codes");
    assert_eq!(rule.evaluate(&context).outcome, Outcome::Unknown, "nobody looked yet");

    context.put_lookup("items", "code", vec![json!("10412")]);
    let verdict = rule.evaluate(&context);
    assert_eq!((verdict.outcome, verdict.because), (Outcome::Failed, vec!["10413".to_owned()]));

    // A second check's lookup in the same column takes nothing from the first one's.
    context.put_lookup("items", "code", vec![json!("10413")]);
    assert_eq!(rule.evaluate(&context).outcome, Outcome::Passed);
    for same in ["all input.codes match items.code", "all line.item_code match items.code"] {
        assert_eq!(same.parse::<Rule>().unwrap().evaluate(&context).outcome, Outcome::Passed, "{same}");
    }
    let all: Rule = "all codes match items.code AND NOT all line.pack match brands.name".parse().unwrap();
    let tables: Vec<String> = all.lookups().into_iter().map(|lookup| lookup.table).collect();
    assert_eq!(tables, ["items", "brands"]);
}

#[test]
fn amounts_are_texts_that_compare_as_numbers() {
    // As text "999.5000" would be more than "1000.0000".
    assert_eq!(outcome("offer.total < offer.cap"), Outcome::Passed);
    assert_eq!(outcome("offer.cap = 1000"), Outcome::Passed);
    assert_eq!(outcome("offer.total > 99.5"), Outcome::Passed);
    assert_eq!(outcome("offer.total > customer.uses"), Outcome::Passed);
    assert_eq!(outcome("all prices.total < 10.01"), Outcome::Passed);
    assert_eq!(outcome("all line.list_price >= line.case_price"), Outcome::Passed);
    let mut typed = offer();
    typed["cap"] = json!("$1,000");
    assert_eq!(verdict_over("offer.cap = 1000.00", &typed).outcome, Outcome::Passed);
    typed["cap"] = json!("a lot");
    assert_eq!(verdict_over("offer.cap > 1", &typed).outcome, Outcome::Unknown);
}

#[test]
fn other_texts_compare_as_text_whatever_they_look_like() {
    assert_eq!(outcome("offer.lot = offer.other_lot"), Outcome::Failed, "007 is not 7");
    assert_eq!(outcome("offer.lot = '7'"), Outcome::Failed);
    assert_eq!(outcome("offer.lot = '007'"), Outcome::Passed);
    assert_eq!(outcome("offer.lot < offer.other_lot"), Outcome::Passed, "by character");
    let mut quote = offer();
    quote["lot"] = json!("1.0");
    quote["other_lot"] = json!("1.00");
    assert_eq!(
        verdict_over("offer.lot = offer.other_lot", &quote).outcome,
        Outcome::Failed,
        "1.0 is not 1.00"
    );
}

#[test]
fn the_row_of_a_verification_is_seen_by_its_rule_alone() {
    let contract = small();
    let context = context_of(&contract, &offer());
    let rule: Rule = "row.uses >= customer.uses AND row.status = 'open'".parse().unwrap();
    let judged = |row: Value| rule.evaluate_row(&context, &row).outcome;
    assert_eq!(judged(json!({ "uses": 2, "status": "open" })), Outcome::Passed);
    assert_eq!(judged(json!({ "uses": 1, "status": "open" })), Outcome::Failed);
    assert_eq!(judged(json!({ "uses": 2, "status": null })), Outcome::Unknown);
    assert_eq!(rule.evaluate(&context).outcome, Outcome::Unknown);
}

fn money(units: i64) -> Money {
    Money::from_decimal(Decimal::new(units, 4)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_margin_rule_agrees_with_the_exact_gate(
        price in prop_oneof![0_i64..100, 1_i64..5_000_000, 1_i64..9_000_000_000_000_000],
        cost in prop::option::weighted(0.95, 0_i64..9_000_000_000_000_000),
        // Costs at and around 85 % of the price, where 15 % is met or just missed.
        near in prop::option::weighted(0.7, -2_i64..=2),
        floor in prop_oneof![Just("15".to_owned()), (0_u32..40, 0_u32..100).prop_map(|(w, f)| format!("{w}.{f:02}"))],
    ) {
        let cost = match near {
            Some(off) => Some((price / 20 * 17 + price % 20 * 17 / 20 + off).max(0)),
            None => cost,
        };
        let mut quote = offer();
        quote["lines"] = json!([{
            "line_no": 1, "item_code": "A", "case_price": money(price).to_string(),
            "cost_basis": cost.map(|cost| money(cost).to_string()),
        }]);
        let expected = match Margin::of(money(price), cost.map(money)).at_least(floor.parse::<Percent>().unwrap()) {
            Some(true) => Outcome::Passed,
            Some(false) => Outcome::Failed,
            None => Outcome::Unknown,
        };
        prop_assert_eq!(verdict_over(&format!("all line.margin_pct >= {floor}"), &quote).outcome, expected);
    }

    #[test]
    fn a_margin_of_exactly_the_floor_passes(twentieths in 1_i64..400_000_000_000_000) {
        let mut quote = offer();
        quote["lines"] = json!([{
            "case_price": money(twentieths * 20).to_string(), "cost_basis": money(twentieths * 17).to_string(),
        }]);
        prop_assert_eq!(verdict_over("all line.margin_pct >= 15", &quote).outcome, Outcome::Passed);
        prop_assert_eq!(verdict_over("all line.margin_pct > 15", &quote).outcome, Outcome::Failed);
    }
}
