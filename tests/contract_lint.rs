//! What the linter says of contracts that are not sound, and that it says it where the fault stands.
//!
//! Every file under `tests/fixtures/contracts/bad` has one fault. Each is named here with a piece of text that
//! stands where the fault does; the problem must point at that line.
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
    assert_snapshot!(said("malformed", r#""version": one"#), @"line 3, /: not JSON: expected value at column 14");
    assert_snapshot!(said("cut_off", r#""jitter": true"#), @"line 130, /: not JSON: EOF while parsing an object at column 18");
    assert_snapshot!(said("field_twice", r#""version": 2"#), @"line 4, /version: the field version is given twice");
    assert_snapshot!(said("fraction", r#""level": 3.0"#), @"line 51, /risk/level: 3.0 is not a whole number");
}

#[test]
fn a_field_that_is_misspelt_missing_or_of_another_type() {
    assert_snapshot!(said("unknown_field", r#""tabel""#), @"line 69, /steps/0/writes/0/tabel: unknown field tabel; there are binds, for_each, label, reads, sql, table");
    assert_snapshot!(said("missing_field", "{\n      \"id\": \"customer\","), @"line 30, /reads/0: the field tables is missing");
    assert_snapshot!(said("wrong_type", r#""version": "one""#), @r#"line 3, /version: "one" is not of type "integer""#);
    assert_snapshot!(said("bad_name", r#""id": "Write-Prices""#), @"line 64, /steps/0/id: “Write-Prices” is no name: up to 32 lower-case letters, digits and _, a letter first");
    assert_snapshot!(said("unknown_kind", r#""kind": "ns_pull""#), @"line 96, /steps/3/kind: “ns_pull” is none of “d1_write”, “http_call”, “hitl_email_draft”, “ns_push”, “email_send”");
    assert_snapshot!(said("missing_kind", "{\n      \"id\": \"push\""), @"line 94, /steps/3: the field kind is missing");
    assert_snapshot!(said("no_attempts", r#""max_attempts": 0"#), @"line 126, /retry/max_attempts: 0 is less than the minimum of 1");
}

#[test]
fn numbers_that_cannot_be_meant() {
    assert_snapshot!(said("cap_below_base", r#""cap_ms": 1000"#), @"line 129, /retry/cap_ms: the cap of 1000 ms is below the base of 1500 ms");
}

#[test]
fn a_gate_that_is_missing_or_does_not_hold() {
    assert_snapshot!(said("missing_gate", r#""level": 3"#), @"line 51, /risk/level: risk level 3 reaches 3, so a gate is needed");
    assert_snapshot!(said("unused_gate", r#""gate": {"#), @"line 54, /gate: risk level 2 does not reach 3, so nobody would be asked");
    assert_snapshot!(said("gate_without_run", r#""key": "workflow:offer:run""#), @"line 56, /gate/key: the key must name the run: {run.id}");
    assert_snapshot!(said("gate_starts_itself", "\"action_type\": \"offer_draft\",\n    \"key\""), @"line 55, /gate/action_type: approving offer_draft would start this contract again");
}

#[test]
fn names_that_are_taken() {
    assert_snapshot!(said("duplicate_step", "\"id\": \"mail\",\n      \"kind\": \"ns_push\""), @"line 95, /steps/3/id: the id mail is used twice");
    assert_snapshot!(said("duplicate_check", r#""id": "customer_exists", "rule": "all item_codes"#), @"line 47, /checks/1/id: the id customer_exists is used twice");
    assert_snapshot!(said("name_taken", r#""id": "customer_id""#), @"line 38, /reads/1/id: the name customer_id is taken");
    assert_snapshot!(said("reserved_name", r#""name": "match""#), @"line 16, /inputs/3/name: match is a word of the rules and cannot be a name");
    assert_snapshot!(said("log_twice", r#""log_again""#), @"line 105, /logs/1: this row is recorded already");
}

#[test]
fn a_trigger_whose_payload_does_not_give_the_inputs() {
    assert_snapshot!(said("unknown_payload", r#""payload": "quotation""#), @"line 9, /trigger/payload: there is no object quotation");
    assert_snapshot!(said("no_payload", r#""trigger": {"#), @"line 5, /trigger: a payload is needed for print, mail, push");
    assert_snapshot!(said("input_not_in_payload", r#""programs.id""#), @"line 10, /trigger/inputs/item_codes: programs.id is not part of the payload: name a declared object or trigger.…");
    assert_snapshot!(said("input_not_found", r#""name": "customer_id""#), @"line 13, /inputs/0: the required input customer_id is found nowhere in the payload");
    assert_snapshot!(said("input_of_another_type", r#""item_codes": "quote.id""#), @"line 10, /trigger/inputs/item_codes: quote.id and the input item_codes are not both a list");
    assert_snapshot!(said("margin_of_text", r#""margin_pct": ["case_price", "item_code"]"#), @"line 26, /objects/line/margins/margin_pct: item_code is not a money field of line");
}

#[test]
fn a_read_that_does_more_than_read_what_it_declares() {
    assert_snapshot!(said("read_writes", "DELETE FROM customers"), @"line 34, /reads/0/sql: the SQL should read, but it writes");
    assert_snapshot!(said("read_undeclared_table", "JOIN customer_profiles"), @"line 34, /reads/0/sql: the SQL touches customer_profiles, which the contract does not declare");
    assert_snapshot!(said("read_two_statements", "; SELECT 1"), @"line 34, /reads/0/sql: the SQL is refused: there is more than one statement");
    assert_snapshot!(said("read_attach", "ATTACH DATABASE"), @"line 34, /reads/0/sql: the SQL uses another database, which a contract may not");
    assert_snapshot!(said("read_pragma", "PRAGMA table_info"), @"line 34, /reads/0/sql: the SQL uses PRAGMA, which a contract may not");
    assert_snapshot!(said("read_function", "random()"), @"line 34, /reads/0/sql: the SQL calls random(), which a contract may not");
    assert_snapshot!(said("read_named_placeholder", "id=:id"), @"line 34, /reads/0/sql: the SQL has the placeholder :id; only a bare ? is allowed, bound in order");
    assert_snapshot!(said("read_unknown_column", "shoe_size"), @"line 34, /reads/0/sql: the SQL does not compile: no such column: shoe_size");
    assert_snapshot!(said("read_before_its_time", r#""binds": ["programs.id"]"#), @"line 35, /reads/0/binds/0: programs is not read yet; a read can use only those before it");
}

#[test]
fn binds_that_do_not_fit_their_statement() {
    assert_snapshot!(said("bind_count", "UPDATE pricing_master"), @"line 71, /steps/0/writes/0/sql: the SQL has 3 placeholders but 2 binds are given");
    assert_snapshot!(said("unknown_bind", r#""quote.customer.number""#), @"line 72, /steps/0/writes/0/binds/1: quote has no field customer.number; it has customer.contact_email, customer.id, id, totals.total");
    assert_snapshot!(said("bind_of_a_list", r#""binds": ["line.item_code"]"#), @"line 115, /verify/0/binds/0: line.item_code is a list of rows; of lists, only an input of texts can be bound");
}

#[test]
fn a_write_that_changes_or_sees_more_than_it_declares() {
    assert_snapshot!(said("write_other_table", "UPDATE customers"), @"line 71, /steps/0/writes/0/sql: the SQL touches customers, which the contract does not declare");
    assert_snapshot!(said("write_reads_other_table", "FROM spec_items"), @"line 71, /steps/0/writes/0/sql: the SQL touches spec_items, which the contract does not declare");
    assert_snapshot!(said("write_reads", "SELECT case_price FROM pricing_master WHERE case_price"), @"line 71, /steps/0/writes/0/sql: the SQL should write, but it reads");
    assert_snapshot!(said("for_each_unknown", r#""for_each": "lines""#), @"line 70, /steps/0/writes/0/for_each: lines is no list; lists are line, programs, item_codes");
}

#[test]
fn rules_that_make_no_sense() {
    assert_snapshot!(said("rule_unknown_column", "customer.email"), @"line 46, /checks/0/rule: customer has no column email; it has id, name, entitystatus");
    assert_snapshot!(said("rule_text_against_number", "customer.name > 15"), @"line 46, /checks/0/rule: customer.name is text and cannot be compared with a number");
    assert_snapshot!(said("rule_syntax", r#"margin_pct >= ""#), @"line 48, /checks/2/rule: a number, a text in single quotes, true or false was expected at character 24");
    assert_snapshot!(said("rule_nothing_equals_null", "!= NULL"), @"line 46, /checks/0/rule: nothing compares with NULL; write IS NULL or IS NOT NULL at character 16");
    assert_snapshot!(said("rule_all_of_one", "all quote.totals.total"), @"line 48, /checks/2/rule: “all” needs a list; quote.totals.total is one value");
    assert_snapshot!(said("rule_list_without_all", r#""line.margin_pct >= 15""#), @"line 48, /checks/2/rule: line.margin_pct is a list; write “all line.margin_pct …”");
    assert_snapshot!(said("rule_unknown_match", "spec_items.code"), @"line 47, /checks/1/rule: there is no column spec_items.code");
    assert_snapshot!(said("match_outside_checks", r#""when": "all item_codes"#), @"line 79, /steps/1/when: “match” can be asked in a check only");
}

#[test]
fn texts_that_cannot_be_filled() {
    assert_snapshot!(said("template_unknown_path", "{quote.number}"), @"line 57, /gate/summary: quote has no field number; it has customer.contact_email, customer.id, id, totals.total");
    assert_snapshot!(said("template_open_brace", r#"Release {quote.id""#), @"line 57, /gate/summary: the brace at character 9 is empty or is not closed");
    assert_snapshot!(said("template_of_a_list", "{input.item_codes}"), @"line 105, /logs/1/tags: input.item_codes is a list; a text takes one value");
    assert_snapshot!(said("template_of_an_object", r#"{quote}""#), @"line 90, /steps/2/subject: quote is an object; name one of its fields");
}

#[test]
fn an_email_that_shows_a_cost_attaches_nothing_or_starts_its_own_workflow() {
    assert_snapshot!(said("cost_to_customer", "costs us"), @"line 91, /steps/2/body: quote.cost_basis is a cost or a margin, which no customer may see");
    assert_snapshot!(said("attach_nothing", r#""attach": "write_prices""#), @"line 92, /steps/2/attach: write_prices is no earlier step that makes a document");
    assert_snapshot!(said("email_starts_itself", "\"action_type\": \"offer_draft\",\n      \"to\""), @"line 88, /steps/2/action_type: approving offer_draft would start this contract again");
}

#[test]
fn verifications_that_could_never_pass() {
    assert_snapshot!(said("verify_missing_step", r#""step": "write_price""#), @"line 112, /verify/0/step: there is no step write_price; there are write_prices, print, mail, push");
    assert_snapshot!(said("verify_no_document", r#""step": "push""#), @"line 121, /verify/1/step: push makes no document");
    assert_snapshot!(said("verify_row_unknown_column", "row.price"), @"line 116, /verify/0/rule: row has no column price; it has item_code, case_price");
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
        error.message.lines().skip(1).filter_map(|problem| problem.trim().split(": ").next()).collect();
    assert_eq!(places, ["line 21, /reads/0/binds/0", "line 41, /checks/1/rule", "line 50, /gate/summary"]);
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
