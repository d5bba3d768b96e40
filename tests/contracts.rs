//! Contracts are data: the shipped one says what its source said, and another runs without a line of Rust.

use crate::scenario::{count, texts};
use desk::contracts::show;
use domain::ActionStatus;
use serde_json::{Value, json};
use testkit::profile::with_sample;
use workflow::RunStatus;

const SOURCE: &str = include_str!("fixtures/seed/customer_quote.txt");
const SHIPPED: &str = include_str!("../contracts/customer_quote.json");

#[test]
fn the_shipped_contract_says_what_its_source_said_word_for_word() {
    let contract: Value = serde_json::from_str(SHIPPED).unwrap();
    let said = |text: &str| assert!(SOURCE.contains(text), "the source does not say “{text}”");
    said(contract["summary"].as_str().unwrap());
    said(contract["trigger"]["summary"].as_str().unwrap());
    for read in contract["reads"].as_array().unwrap() {
        said(&format!(
            "{}{}{}",
            read["id"].as_str().unwrap(),
            read["tables"][0].as_str().unwrap(),
            read["sql"].as_str().unwrap()
        ));
    }
    for check in contract["checks"].as_array().unwrap() {
        let (id, rule, severity) = (&check["id"], &check["rule"], &check["severity"]);
        said(&format!(
            "{} | {} | {}",
            id.as_str().unwrap(),
            rule.as_str().unwrap(),
            severity.as_str().unwrap()
        ));
    }
    for step in contract["steps"].as_array().unwrap() {
        said(&format!("{} {} STUB", step["id"].as_str().unwrap(), step["kind"].as_str().unwrap()));
    }
    said(contract["steps"][1]["path"].as_str().unwrap());
    said(contract["steps"][2]["action_type"].as_str().unwrap());
    for field in ["record", "queue", "payload", "on_error"] {
        said(contract["steps"][3][field].as_str().unwrap());
    }
    said(contract["steps"][4]["writes"][0]["sql"].as_str().unwrap());
    for verify in contract["verify"].as_array().unwrap() {
        said(verify["id"].as_str().unwrap());
        if let Some(sql) = verify["sql"].as_str() {
            said(sql);
        }
    }
    let retry = &contract["retry"];
    said(&format!(
        "{}{}{}{}{}",
        retry["max_attempts"],
        retry["backoff"].as_str().unwrap(),
        retry["base_ms"],
        retry["cap_ms"],
        retry["jitter"]
    ));
    for input in contract["inputs"].as_array().unwrap() {
        let list = if input["type"] == "text[]" { "[]" } else { "" };
        let need = if input["required"] == true { "required" } else { "optional" };
        said(&format!("{}{list} | {need} |", input["name"].as_str().unwrap()));
    }
}

#[test]
fn all_ten_touchpoints_of_the_source_are_real() {
    let shown = show("customer_quote").unwrap();
    assert_eq!(shown.touchpoints.len(), 10);
    for touchpoint in &shown.touchpoints {
        assert_eq!(touchpoint.status, "REAL", "{touchpoint:?}");
    }
}

#[test]
fn a_contract_written_only_as_data_runs_through_gate_effects_logs_and_proof() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/contracts/price_hold.json");
    let ran =
        desk.run_contract(file, &json!({ "customer_id": "C10001", "school_year": "2026-2027" })).unwrap();
    assert_eq!(ran.status, RunStatus::AwaitingApproval);
    let other = "SELECT count(*) AS n FROM pricing_master
        WHERE customer_id = 'C10001' AND school_year = '2026-2027' AND effective_to IS NOT '2027-06-30'";
    let gate = desk.actions(Some(ActionStatus::Pending), 1).unwrap().remove(0);
    assert_eq!(gate.action_type, "workflow_price_hold");
    assert_eq!(
        desk.approve(&gate.action_id, Some("as agreed")).unwrap().run_status,
        Some(RunStatus::Completed)
    );
    assert_eq!(count(desk, other), 0, "every price holds until June 30");
    desk.sweep().unwrap();
    let shown = desk.run(&ran.run_id).unwrap();
    assert_eq!(shown.verification.len(), 1);
    assert_eq!(shown.verification[0].status, "passed", "{}", shown.verification[0].evidence);
    assert_eq!(shown.event.as_deref(), Some("workflow.completed"));
    assert!(shown.outbox.iter().any(|op| op.step.as_deref() == Some("hold_prices")));
    assert_eq!(
        texts(desk, &format!("SELECT tags FROM reflexion_log WHERE run_id = '{}' ORDER BY tags", ran.run_id)),
        ["price_hold", "price_hold,customer:C10001"]
    );
}

#[test]
fn a_run_keeps_the_contract_it_began_with() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let file = profile.folder.path().join("hold.json");
    let text = include_str!("fixtures/contracts/price_hold.json");
    std::fs::write(&file, text).unwrap();
    let path = file.display().to_string();
    let ran =
        desk.run_contract(&path, &json!({ "customer_id": "C10001", "school_year": "2026-2027" })).unwrap();
    std::fs::write(&file, "{}").unwrap();
    let gate = desk.actions(Some(ActionStatus::Pending), 1).unwrap().remove(0);
    assert_eq!(desk.approve(&gate.action_id, None).unwrap().run_status, Some(RunStatus::Completed));
    assert_eq!(
        texts(
            desk,
            &format!(
                "SELECT name FROM pinned_contracts WHERE hash = (SELECT contract_hash FROM runs WHERE id = '{}')",
                ran.run_id
            )
        ),
        ["price_hold"]
    );
}
