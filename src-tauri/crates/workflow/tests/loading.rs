//! From a file's text to a contract, or to everything that is wrong with it.
use crate::common::{AnySql, SMALL};
use fieldquote_workflow::{Contract, Problem};

fn problems(text: &str) -> Vec<Problem> {
    Contract::load(text, &AnySql).unwrap_err()
}

/// The small contract with one text in place of another.
fn with(old: &str, new: &str) -> String {
    assert_eq!(SMALL.matches(old).count(), 1, "{old}");
    SMALL.replace(old, new)
}

fn places(found: &[Problem]) -> Vec<(&str, usize)> {
    found.iter().map(|problem| (problem.path.as_str(), problem.line)).collect()
}

#[test]
fn the_hash_is_of_what_the_contract_says_and_not_of_how_it_is_laid_out() {
    let hash = |text: &str| Contract::pinned(text).unwrap().hash;
    let value: serde_json::Value = serde_json::from_str(SMALL).unwrap();
    assert_eq!(hash(SMALL), hash(&value.to_string()));
    assert_eq!(hash(SMALL), hash(&SMALL.replace('\n', "\r\n")));
    assert_ne!(
        hash(SMALL),
        hash(&with(r#""rule": "all line.margin_pct >= 15""#, r#""rule": "all line.margin_pct >= 14""#))
    );
}

#[test]
fn a_pinned_contract_is_read_as_it_was_whatever_the_lint_says_today() {
    let text = with("customer.id IS NOT NULL", "customer.shoe_size IS NOT NULL");
    assert!(Contract::load(&text, &AnySql).is_err());
    assert_eq!(Contract::pinned(&text).unwrap().checks[0].rule, "customer.shoe_size IS NOT NULL");
    assert!(Contract::pinned("{}").is_err());
}

#[test]
fn every_unknown_field_is_a_problem_of_its_own_with_the_fields_there_are() {
    let found = problems(&with(r#""risk": {"#, "\"a/b\": 1,\n\"zz\": 2,\n\"risk\": {\n"));
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].path.as_str(), found[1].path.as_str()), ("/a~1b", "/zz"));
    assert_eq!(found[1].line, found[0].line + 1);
    assert!(found[0].message.starts_with("unknown field a/b; there are "), "{}", found[0].message);
    assert!(found[0].message.contains("checks, gate, inputs"), "{}", found[0].message);
}

#[test]
fn a_step_without_a_kind_is_one_problem_and_not_one_for_every_kind_there_is() {
    let found = problems(&with(r#""kind": "ns_push", "record""#, r#""record""#));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].path.as_str(), found[0].message.as_str()),
        ("/steps/3", "the field kind is missing")
    );
}

#[test]
fn a_wrong_statement_does_not_make_rules_about_its_columns_wrong_too() {
    struct NoReads;
    impl fieldquote_workflow::contract::SqlLint for NoReads {
        fn read(&self, _: &str, _: &[String], _: usize) -> Result<Vec<(String, bool)>, String> {
            Err("it does not compile".to_owned())
        }
        fn write(&self, _: &str, _: &str, _: &[String], _: usize) -> Result<(), String> {
            Ok(())
        }
        fn has_column(&self, _: &str, _: &str) -> bool {
            true
        }
    }
    let text = with("customer.id IS NOT NULL", "customer.uses > 3 AND customer.name = 'x'");
    let found = Contract::load(&text, &NoReads).unwrap_err();
    let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["/reads/0/sql", "/reads/1/sql", "/verify/0/sql", "/verify/2/sql"]);
}

#[test]
fn a_field_given_twice_is_found_where_it_is_given_again() {
    let found = problems("{\n\"version\": 1,\n\"inputs\": [{\n\"name\": \"a\",\n\"name\": \"b\" }]\n}");
    assert_eq!(places(&found)[0], ("", 1));
    let twice = found.iter().find(|problem| problem.message == "the field name is given twice").unwrap();
    assert_eq!((twice.path.as_str(), twice.line), ("/inputs/0/name", 5));
}

#[test]
fn a_bind_that_is_no_path_is_told_what_one_looks_like() {
    let found = problems(&with(r#"["prices.id", "prices.total"]"#, r#"["prices.id", "prices.Total"]"#));
    assert_eq!(found[0].path, "/steps/0/writes/2/binds/1");
    assert_eq!(found[0].message, "“prices.Total” is no path such as quote.customer.id");
}

#[test]
fn problems_come_in_the_order_of_the_file() {
    let text = with("{offer.id}.pdf\"\n    }", "{offer.nr}.pdf\"\n    }")
        .replace("row.uses > 0", "row.used > 0")
        .replace("all line.margin_pct >= 15", "all line.margin >= 15");
    let found = problems(&text);
    let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["/checks/1/rule", "/steps/1/artifact", "/verify/2/rule"]);
    assert!(found.is_sorted_by_key(|problem| problem.line));
}

#[test]
fn a_problem_reads_as_one_line() {
    let problem = Problem { path: "/checks/0".to_owned(), line: 12, message: "no".to_owned() };
    assert_eq!(problem.to_string(), "line 12, /checks/0: no");
    let whole = Problem { path: String::new(), line: 1, message: "no".to_owned() };
    assert_eq!(whole.to_string(), "line 1, /: no");
}
