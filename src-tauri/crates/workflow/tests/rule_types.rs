//! Which rules make sense, before any value is seen.
use crate::common::{AnySql, SMALL};
use fieldquote_workflow::Contract;
use serde_json::{Value, json};

/// What the lint says of the small contract with this as its first check.
fn said(rule: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(SMALL).unwrap();
    value["checks"][0]["rule"] = json!(rule);
    let problems = Contract::load(&value.to_string(), &AnySql).err()?;
    assert!(problems.iter().all(|problem| problem.path == "/checks/0/rule"), "{problems:?}");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().map(|problem| problem.message)
}

#[test]
fn comparisons_of_one_type_are_taken() {
    for rule in [
        "customer.name = 'x'",
        "customer.name < offer.customer.name",
        "customer.uses > 3",
        "offer.cap >= offer.total",
        "offer.cap > customer.uses",
        "offer.print = true",
        "offer.print != offer.print",
        "all line.margin_pct >= 15",
        "all line.case_price <= line.list_price",
        "all prices.total > offer.total",
        "all codes match items.code",
        "all line.item_code match items.code",
        "all codes IN ('a', 'b')",
        "offer IS NOT NULL",
        "trigger.draft_id IS NOT NULL",
        "year = '2026-2027'",
    ] {
        assert_eq!(said(rule), None, "{rule}");
    }
}

#[test]
fn other_comparisons_are_refused_in_words() {
    for (rule, message) in [
        ("customer.name > 3", "customer.name is text and cannot be compared with a number"),
        ("customer.uses = '3'", "customer.uses is a number and cannot be compared with text"),
        ("offer.cap = 'much'", "offer.cap is a number and cannot be compared with text"),
        ("customer.name = true", "customer.name is text and cannot be compared with true or false"),
        ("offer.print > false", "offer.print is true or false and has no order"),
        ("customer.name = offer.cap", "customer.name is text and cannot be compared with a number"),
        ("customer.name IN ('a', 3)", "customer.name is text and cannot be compared with a number"),
        ("offer = 'x'", "offer is an object and cannot be compared with text"),
        ("trigger.x = 'x'", "trigger.x is an object and cannot be compared with text"),
        ("all codes match items.weight", "there is no column items.weight"),
        ("all line.quantity match items.code", "line.quantity is a number and cannot be compared with text"),
        ("line.quantity > 3", "line.quantity is a list; write “all line.quantity …”"),
        ("all customer.uses > 3", "“all” needs a list; customer.uses is one value"),
        ("offer.cap > line.case_price", "line.case_price is a list and cannot be compared with"),
        ("all line.case_price > prices.total", "prices.total is a list and cannot be compared with"),
        (
            "input.nothing IS NULL",
            "there is no input nothing; there are customer_id, codes, year, print, cases",
        ),
        ("customer.shoe = 'x'", "customer has no column shoe; it has id, name, status, total, uses"),
        (
            "nobody.id = 'x'",
            "nothing is called nobody; there are customer_id, codes, year, print, cases, line, offer, customer, prices",
        ),
        ("row.id = 'x'", "row stands for a row in the rule of a verification only"),
        ("run.shoe = 'x'", "the run has an id, a contract and started_by"),
        ("customer.id =", "a number, a text in single quotes, true or false was expected at character 14"),
    ] {
        assert_eq!(said(rule).as_deref(), Some(message), "{rule}");
    }
    let field = said("offer.weight > 3").unwrap();
    assert!(field.starts_with("offer has no field weight; it has cap, cases, customer.contact"), "{field}");
}
