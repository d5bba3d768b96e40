//! How rules are written.
use crate::common::{context_of, offer, small};
use fieldquote_workflow::rule::{Outcome, Rule};
use proptest::prelude::*;

fn outcome(rule: &str) -> Outcome {
    let contract = small();
    rule.parse::<Rule>()
        .unwrap_or_else(|error| panic!("{rule}: {error}"))
        .evaluate(&context_of(&contract, &offer()))
        .outcome
}

fn refused(rule: &str) -> (usize, String) {
    let error = rule.parse::<Rule>().expect_err(rule);
    (error.at, error.message)
}

#[test]
fn every_form_of_the_grammar_reads_and_means_what_it_says() {
    let holding = [
        "customer.id IS NOT NULL",
        "offer.customer.contact IS NULL",
        "customer.status = 'active'",
        "customer.status == 'active'",
        "customer.status != 'hold'",
        "customer.status <> 'hold'",
        "customer.uses < 3",
        "customer.uses <= 2",
        "customer.uses > 1",
        "customer.uses >= 2",
        "customer.uses > -1",
        "customer.uses < 2.5",
        "customer.status IN ('hold', 'active')",
        "customer.status NOT IN ('hold')",
        "customer.uses IN (1, 2)",
        "offer.print = true",
        "offer.print != FALSE",
        "NOT customer.status = 'hold'",
        "not (customer.status = 'hold')",
        "all line.quantity > 0",
        "ALL line.item_code IN ('10412', '10413')",
        "all line.item_code IS NOT NULL",
        "all prices.total > 9",
        "all codes != ''",
        "all input.codes != ''",
        "offer.total <= offer.cap",
        "all line.case_price <= line.list_price",
        "customer_id = 'C1'",
        "input.customer_id = 'C1'",
        "run.started_by = 'Ana'",
        "customer.name != 'O''Brien'",
    ];
    for rule in holding {
        assert_eq!(outcome(rule), Outcome::Passed, "{rule}");
    }
}

#[test]
fn every_form_can_fail() {
    for rule in [
        "customer.id IS NULL",
        "customer.status = 'Active'",
        "customer.status != 'active'",
        "customer.uses < 2",
        "customer.uses <= 1",
        "customer.uses > 2",
        "customer.uses >= 3",
        "customer.status IN ('hold')",
        "customer.status NOT IN ('hold', 'active')",
        "offer.print = false",
        "NOT customer.uses = 2",
        "all line.quantity > 3",
        "all input.codes = '10412'",
        "all line.case_price < line.list_price",
    ] {
        assert_eq!(outcome(rule), Outcome::Failed, "{rule}");
    }
}

#[test]
fn and_binds_closer_than_or_and_not_closest() {
    let (yes, no) = ("customer.uses = 2", "customer.uses = 9");
    let cases = [
        (format!("{yes} OR {no} AND {no}"), true),
        (format!("({yes} OR {no}) AND {no}"), false),
        (format!("{no} AND {no} OR {yes}"), true),
        (format!("{no} AND ({no} OR {yes})"), false),
        (format!("NOT {no} AND {yes}"), true),
        (format!("NOT ({no} AND {yes})"), true),
        (format!("NOT {yes} OR {yes}"), true),
        (format!("NOT ({yes} OR {yes})"), false),
        (format!("NOT NOT {yes}"), true),
        (format!("all line.quantity > 0 AND {no}"), false),
    ];
    for (rule, holds) in cases {
        assert_eq!(outcome(&rule), if holds { Outcome::Passed } else { Outcome::Failed }, "{rule}");
    }
}

#[test]
fn an_error_says_at_which_character_and_what_was_expected() {
    let cases = [
        ("", 1, "a name such as customer.id was expected"),
        ("customer.id", 12, "a comparison was expected: IS NULL, IN, =, !=, <, <=, > or >="),
        ("customer.id IS", 15, "NULL was expected"),
        ("customer.id IS NOT 3", 20, "NULL was expected"),
        ("customer.id NOT = 3", 17, "IN was expected"),
        ("customer.id IN 3", 16, "a “(” was expected"),
        ("customer.id IN (3", 18, "a “)” was expected"),
        ("customer.id IN ()", 17, "a number, a text in single quotes, true or false was expected"),
        ("customer.id IN (3, x)", 20, "a number, a text in single quotes, true or false was expected"),
        ("customer.id =", 14, "a number, a text in single quotes, true or false was expected"),
        ("customer.id = NULL", 15, "nothing compares with NULL; write IS NULL or IS NOT NULL"),
        ("customer.id = 'x", 15, "the text is not closed"),
        ("customer.id = 'it''s", 15, "the text is not closed"),
        ("customer.id = 1.2.3", 15, "not a number"),
        ("(customer.id = 1", 17, "a “)” was expected"),
        ("customer.id = 1 customer.id = 2", 17, "nothing more was expected"),
        ("customer.id = 1)", 16, "nothing more was expected"),
        ("customer.id = 1 AND", 20, "a name such as customer.id was expected"),
        ("customer.id ~ 1", 13, "“~” means nothing here"),
        ("“customer”.id = 1", 1, "““” means nothing here"),
        ("naïve = 1", 3, "“ï” means nothing here"),
        ("customer..id = 1", 1, "a name such as customer.id was expected"),
        ("customer. = 1", 1, "a name such as customer.id was expected"),
        ("NOT = 1", 5, "a name such as customer.id was expected"),
        ("x = AND", 5, "a name such as customer.id was expected"),
        ("all line.item_code match items", 26, "match needs a table and a column, like spec_items.item_code"),
        ("all codes match a.b.c", 17, "match needs a table and a column, like spec_items.item_code"),
        ("codes match items.code", 7, "a comparison was expected: IS NULL, IN, =, !=, <, <=, > or >="),
    ];
    for (rule, at, message) in cases {
        let (found, said) = refused(rule);
        assert_eq!((found, said.as_str()), (at, message), "{rule}");
    }
    // The place counts characters, not bytes.
    assert_eq!(refused("x = 'é' ~").0, 9);
}

#[test]
fn a_rule_nests_as_deep_as_anyone_writes_and_no_deeper() {
    let nested = |depth: usize| format!("{}customer.uses = 2{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(outcome(&nested(31)), Outcome::Passed);
    assert_eq!(refused(&nested(32)).1, "the rule is nested too deeply");
    assert_eq!(refused(&"(".repeat(100_000)).1, "the rule is nested too deeply");
    assert_eq!(refused(&"NOT ".repeat(100_000)).1, "the rule is nested too deeply");
    // Breadth is not depth.
    assert_eq!(outcome(&vec!["(customer.uses = 2)"; 200].join(" AND ")), Outcome::Passed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_whatever_makes_the_parser_or_the_evaluation_panic(
        text in prop_oneof![
            "(?s).{0,60}",
            proptest::collection::vec(
                prop::sample::select(vec![
                    "all", "match", "IS", "NOT", "NULL", "IN", "AND", "OR", "(", ")", ",", "=", "!=", "<=", ">", "15",
                    "-3.5", "'a'", "'", "true", "line.margin_pct", "codes", "items.code", "offer", "line", "é", ".",
                ]),
                0..14,
            ).prop_map(|words| words.join(" ")),
        ]
    ) {
        match text.parse::<Rule>() {
            Ok(rule) => {
                let contract = small();
                let verdict = rule.evaluate(&context_of(&contract, &offer()));
                prop_assert_eq!(verdict.outcome == Outcome::Passed, verdict.because.is_empty());
            }
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.at)),
        }
    }
}
