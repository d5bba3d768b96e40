//! What the linter says of contracts that are not sound, and that it says it where the fault stands.
//!
//! Every file under `tests/fixtures/contracts/bad` has one fault. Each is named here with a piece of text that
//! stands where the fault does; the problem must point at that line.
#![allow(clippy::unwrap_used, clippy::expect_used)] // what a test sets up may fail the test

use std::path::{Path, PathBuf};

use desk::contracts::{check_file, list};
use desk::error::Code;
use insta::assert_snapshot;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/contracts")
}

/// The one problem of a bad fixture, once it is sure that it points at the line where `fault` stands.
#[track_caller]
fn said(name: &str, fault: &str) -> String {
    let path = fixtures().join("bad").join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).unwrap();
    let places: Vec<usize> = text.match_indices(fault).map(|(start, _)| start).collect();
    assert_eq!(places.len(), 1, "the fault must stand once in {name}");
    let line = text[..places[0]].matches('\n').count() + 1;

    let error = check_file(&path).expect_err(name);
    assert_eq!(error.code, Code::BadContract, "{error}");
    assert!(error.message.starts_with(&format!("{} is not sound:\n", path.display())), "{error}");
    let problems: Vec<&str> = error.message.lines().skip(1).map(str::trim).collect();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].starts_with(&format!("line {line}, /")),
        "the fault is in line {line}: {}",
        problems[0]
    );
    problems[0].to_owned()
}

#[test]
fn a_file_that_is_not_json_or_says_what_json_cannot_mean() {
    assert_snapshot!(said("malformed", r#""version": one"#), @"");
    assert_snapshot!(said("cut_off", r#""jitter": true"#), @"");
    assert_snapshot!(said("field_twice", r#""version": 2"#), @"");
    assert_snapshot!(said("fraction", r#""level": 3.0"#), @"");
}

#[test]
fn a_field_that_is_misspelt_missing_or_of_another_type() {
    assert_snapshot!(said("unknown_field", r#""tabel""#), @"");
    assert_snapshot!(said("missing_field", "{\n      \"id\": \"customer\","), @"");
    assert_snapshot!(said("wrong_type", r#""version": "one""#), @"");
    assert_snapshot!(said("bad_name", r#""id": "Write-Prices""#), @"");
    assert_snapshot!(said("unknown_kind", r#""kind": "ns_pull""#), @"");
    assert_snapshot!(said("missing_kind", "{\n      \"id\": \"push\""), @"");
    assert_snapshot!(said("no_attempts", r#""max_attempts": 0"#), @"");
}

#[test]
fn numbers_that_cannot_be_meant() {
    assert_snapshot!(said("cap_below_base", r#""cap_ms": 1000"#), @"");
}

#[test]
fn a_gate_that_is_missing_or_does_not_hold() {
    assert_snapshot!(said("missing_gate", r#""level": 3"#), @"");
    assert_snapshot!(said("unused_gate", r#""gate": {"#), @"");
    assert_snapshot!(said("gate_without_run", r#""key": "workflow:offer:run""#), @"");
    assert_snapshot!(said("gate_starts_itself", "\"action_type\": \"offer_draft\",\n    \"key\""), @"");
}

#[test]
fn names_that_are_taken() {
    assert_snapshot!(said("duplicate_step", "\"id\": \"mail\",\n      \"kind\": \"ns_push\""), @"");
    assert_snapshot!(said("duplicate_check", r#""id": "customer_exists", "rule": "all item_codes"#), @"");
    assert_snapshot!(said("name_taken", r#""id": "customer_id""#), @"");
    assert_snapshot!(said("reserved_name", r#""name": "match""#), @"");
    assert_snapshot!(said("log_twice", r#""log_again""#), @"");
}

#[test]
fn a_trigger_whose_payload_does_not_give_the_inputs() {
    assert_snapshot!(said("unknown_payload", r#""payload": "quotation""#), @"");
    assert_snapshot!(said("no_payload", "{\n      \"id\": \"push\""), @"");
    assert_snapshot!(said("input_not_in_payload", r#""programs.id""#), @"");
    assert_snapshot!(said("input_not_found", r#""name": "customer_id""#), @"");
    assert_snapshot!(said("input_of_another_type", r#""item_codes": "quote.id""#), @"");
    assert_snapshot!(said("margin_of_text", r#""margin_pct": ["case_price", "item_code"]"#), @"");
}

#[test]
fn a_read_that_does_more_than_read_what_it_declares() {
    assert_snapshot!(said("read_writes", "DELETE FROM customers"), @"");
    assert_snapshot!(said("read_undeclared_table", "JOIN customer_profiles"), @"");
    assert_snapshot!(said("read_two_statements", "; SELECT 1"), @"");
    assert_snapshot!(said("read_attach", "ATTACH DATABASE"), @"");
    assert_snapshot!(said("read_pragma", "PRAGMA table_info"), @"");
    assert_snapshot!(said("read_function", "random()"), @"");
    assert_snapshot!(said("read_named_placeholder", "id=:id"), @"");
    assert_snapshot!(said("read_unknown_column", "shoe_size"), @"");
    assert_snapshot!(said("read_before_its_time", r#""binds": ["programs.id"]"#), @"");
}

#[test]
fn binds_that_do_not_fit_their_statement() {
    assert_snapshot!(said("bind_count", "UPDATE pricing_master"), @"");
    assert_snapshot!(said("unknown_bind", r#""quote.customer.number""#), @"");
    assert_snapshot!(said("bind_of_a_list", r#""binds": ["line.item_code"]"#), @"");
}

#[test]
fn a_write_that_changes_or_sees_more_than_it_declares() {
    assert_snapshot!(said("write_other_table", "UPDATE customers"), @"");
    assert_snapshot!(said("write_reads_other_table", "FROM spec_items"), @"");
    assert_snapshot!(said("write_reads", "SELECT case_price FROM pricing_master WHERE case_price"), @"");
    assert_snapshot!(said("for_each_unknown", r#""for_each": "lines""#), @"");
}

#[test]
fn rules_that_make_no_sense() {
    assert_snapshot!(said("rule_unknown_column", "customer.email"), @"");
    assert_snapshot!(said("rule_text_against_number", "customer.name > 15"), @"");
    assert_snapshot!(said("rule_syntax", r#"margin_pct >= ""#), @"");
    assert_snapshot!(said("rule_nothing_equals_null", "!= NULL"), @"");
    assert_snapshot!(said("rule_all_of_one", "all quote.totals.total"), @"");
    assert_snapshot!(said("rule_list_without_all", r#""line.margin_pct >= 15""#), @"");
    assert_snapshot!(said("rule_unknown_match", "spec_items.code"), @"");
    assert_snapshot!(said("match_outside_checks", r#""when": "all item_codes"#), @"");
}

#[test]
fn texts_that_cannot_be_filled() {
    assert_snapshot!(said("template_unknown_path", "{quote.number}"), @"");
    assert_snapshot!(said("template_open_brace", r#"Release {quote.id""#), @"");
    assert_snapshot!(said("template_of_a_list", "{input.item_codes}"), @"");
    assert_snapshot!(said("template_of_an_object", r#"{quote}""#), @"");
}

#[test]
fn an_email_that_shows_a_cost_attaches_nothing_or_starts_its_own_workflow() {
    assert_snapshot!(said("cost_to_customer", "costs us"), @"");
    assert_snapshot!(said("attach_nothing", r#""attach": "write_prices""#), @"");
    assert_snapshot!(said("email_starts_itself", "\"action_type\": \"offer_draft\",\n      \"to\""), @"");
}

#[test]
fn verifications_that_could_never_pass() {
    assert_snapshot!(said("verify_missing_step", r#""step": "write_price""#), @"");
    assert_snapshot!(said("verify_no_document", r#""step": "push""#), @"");
    assert_snapshot!(said("verify_row_unknown_column", "row.price"), @"");
}

#[test]
fn every_bad_fixture_is_named_above() {
    let here = include_str!("contract_lint.rs");
    for entry in std::fs::read_dir(fixtures().join("bad")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(here.contains(&format!("said(\"{name}\"")), "{name} is not looked at");
    }
}

#[test]
fn all_problems_are_said_at_once_in_the_order_of_the_file() {
    let text = std::fs::read_to_string(fixtures().join("price_hold.json")).unwrap();
    let worse = text
        .replace("input.customer_id\"]", "input.customer\"]")
        .replace("customer.entitystatus", "customer.status")
        .replace("{customer.name}", "{customer.title}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("worse.json");
    std::fs::write(&path, worse).unwrap();
    let error = check_file(&path).unwrap_err();
    let places: Vec<&str> =
        error.message.lines().skip(1).filter_map(|problem| problem.split(": ").next()).collect();
    assert_snapshot!(places.join("\n"), @"");
}

#[test]
fn sound_contracts_pass() {
    for (name, steps) in [("price_hold", 2), ("smallest", 1)] {
        let listed = check_file(&fixtures().join(name).with_extension("json")).unwrap();
        assert_eq!((listed.name.as_str(), listed.steps), (name, steps));
    }
    let shelf = Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts");
    let shipped = list().unwrap();
    let names: Vec<&str> = shipped.iter().map(|contract| contract.name.as_str()).collect();
    assert_eq!(names, ["customer_quote", "send_quote_to_customer"]);
    for name in names {
        assert_eq!(check_file(&shelf.join(name).with_extension("json")).unwrap().name, name);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_not_a_bad_contract() {
    let error = check_file(&fixtures().join("nowhere.json")).unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[test]
fn tmp_price_hold() {
    let p = testkit::profile::with_sample("Mike").unwrap();
    let q = |sql: &str| p.desk.query(sql, &[]).unwrap().rows;
    println!("{:?}", q("SELECT customer_id, school_year, count(*) n, min(effective_to) a, max(effective_to) b FROM pricing_master GROUP BY 1,2 ORDER BY n DESC LIMIT 3"));
    let file = fixtures().join("price_hold.json");
    let ran = p.desk.run_contract(file.to_str().unwrap(), &serde_json::json!({"customer_id":"C10001","school_year":"2026-2027"})).unwrap();
    println!("{ran:?}");
    let gate = p.desk.actions(None, 10).unwrap();
    println!("{gate:?}");
    let id = q("SELECT id FROM proposed_actions WHERE action_type='workflow_price_hold'")[0]["id"].as_str().unwrap().parse().unwrap();
    println!("{:?}", p.desk.approve(&id, None).unwrap());
    println!("{:?}", q("SELECT count(*) n, min(effective_to) a, max(effective_to) b FROM pricing_master WHERE customer_id='C10001' AND school_year='2026-2027'"));
    println!("{:?}", q("SELECT * FROM reflexion_log"));
    println!("{:?}", p.desk.sweep().unwrap());
    println!("{:?}", q("SELECT run_id, status, summary_json FROM workflow_run_log"));
}
