//! What must not be possible, tried.

use std::fs;

use crate::scenario::{at_gate, count, draft, released, texts};
use desk::{Code, Desk};
use domain::ActionStatus;
use serde_json::{Value, json};
use testkit::profile::with_sample;
use workflow::RunStatus;

const SHIPPED: &str = include_str!("../contracts/customer_quote.json");

fn contract(folder: &std::path::Path, change: impl FnOnce(&mut Value)) -> String {
    let mut contract: Value = serde_json::from_str(SHIPPED).unwrap();
    change(&mut contract);
    let file = folder.join("changed.json");
    fs::write(&file, serde_json::to_string_pretty(&contract).unwrap()).unwrap();
    file.display().to_string()
}

fn input() -> Value {
    json!({ "customer_id": "C10001", "item_codes": ["10412"], "school_year": "2026-2027" })
}

#[test]
fn a_contract_without_a_gate_cannot_be_run_by_hand() {
    let profile = with_sample("Mike").unwrap();
    let file = contract(profile.folder.path(), |contract| {
        contract.as_object_mut().unwrap().remove("gate");
        contract["risk"]["level"] = json!(1);
    });
    assert_eq!(profile.desk.run_contract(&file, &input()).unwrap_err().code, Code::NotAllowed);
    assert_eq!(
        profile.desk.run_contract("send_quote_to_customer", &json!({})).unwrap_err().code,
        Code::NotAllowed
    );
    assert_eq!(count(&profile.desk, "SELECT count(*) AS n FROM runs"), 0);
}

#[test]
fn a_contract_cannot_write_what_only_the_program_writes() {
    let profile = with_sample("Mike").unwrap();
    for table in [
        "decisions",
        "proposed_actions",
        "run_journal",
        "outbox",
        "settings",
        "secrets",
        "outbound_email_log",
    ] {
        let file = contract(profile.folder.path(), |contract| {
            contract["steps"][4]["writes"] = json!([{
                "label": "forge", "table": table, "sql": format!("DELETE FROM {table}"), "binds": []
            }]);
        });
        let refused = desk::contracts::check_file(file.as_ref()).unwrap_err();
        assert_eq!(refused.code, Code::BadContract);
        assert!(refused.message.contains("/steps/4/writes/0/sql"), "{refused}");
        assert!(refused.message.contains("only FieldQuote itself writes"), "{refused}");
    }
}

#[test]
fn changing_a_draft_whose_run_waits_at_its_gate_ends_that_run() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let draft = desk.drafts(1).unwrap().remove(0).draft_id;
    desk.chat("make the pizza 130 cases", Some(&draft)).unwrap();
    assert_eq!(desk.action(&gate).unwrap().listed.status, ActionStatus::Voided);
    let shown = desk.run(&run).unwrap();
    assert_eq!(shown.listed.status, "withdrawn");
    assert_eq!(shown.event.as_deref(), Some("workflow.failed"));
    let again = desk.submit(&draft).unwrap();
    let gate = desk.approve(&again.action_id, None).unwrap().next_action.unwrap();
    assert_eq!(desk.approve(&gate, None).unwrap().run_status, Some(RunStatus::Completed));
    assert_eq!(
        texts(
            desk,
            "SELECT CAST(quantity AS TEXT) AS q FROM quote_lines WHERE item_code = '10412' AND quote_id IN (SELECT id FROM quotes WHERE run_id IS NOT NULL)"
        ),
        ["130"]
    );
}

#[test]
fn a_step_that_fails_for_good_undoes_what_went_before() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let price = |desk: &Desk| {
        texts(
            desk,
            "SELECT case_price || ' ' || coalesce(effective_to, '') AS p FROM pricing_master
             WHERE customer_id = 'C10001' AND item_code = '10412' AND school_year = '2026-2027'",
        )
    };
    let before = price(desk);
    let file = contract(profile.folder.path(), |contract| {
        // quantity has a CHECK: the statement is sound, its values are not.
        contract["steps"][4]["writes"] = json!([{
            "label": "break", "table": "quote_lines", "binds": ["quote.id"],
            "sql": "UPDATE quote_lines SET quantity = 0 WHERE quote_id = ?"
        }]);
    });
    let run = desk.run_contract(&file, &input()).unwrap().run_id;
    let gate = desk.actions(Some(ActionStatus::Pending), 1).unwrap().remove(0).action_id;
    assert_eq!(desk.approve(&gate, None).unwrap().run_status, Some(RunStatus::Failed));
    assert_eq!(price(desk), before, "the price in force is the one before");
    assert_eq!(texts(desk, "SELECT lifecycle_status FROM quotes WHERE run_id IS NOT NULL"), ["cancelled"]);
    assert_eq!(texts(desk, "SELECT DISTINCT status FROM proposed_pricing"), ["withdrawn"]);
    let shown = desk.run(&run).unwrap();
    let narrative = shown.narrative.unwrap();
    assert!(narrative.contains("write_quote was undone"), "{narrative}");
    assert_eq!(
        shown.timeline.iter().filter(|moment| moment.event == "step_failed").count(),
        1,
        "a broken rule is not retried"
    );
    assert!(
        texts(desk, &format!("SELECT op_id FROM outbox WHERE run_id = '{run}'"))
            .iter()
            .any(|op| op.contains(".undo.")),
        "the central learns that it was undone"
    );
}

#[test]
fn the_keys_of_the_device_are_read_by_no_query_and_no_contract() {
    let profile = with_sample("Mike").unwrap();
    let refused = profile.desk.query("SELECT value FROM secrets", &[]).unwrap_err();
    assert_eq!(refused.code, Code::BadInput);
    assert!(refused.message.contains("keys"), "{refused}");
    assert!(profile.desk.query("SELECT (SELECT group_concat(value) FROM secrets) AS s", &[]).is_err());
}

#[test]
fn two_profiles_restored_from_one_backup_never_make_the_same_quote_number() {
    let profile = with_sample("Mike").unwrap();
    released(&profile.desk);
    let file = profile.folder.path().join("all.backup");
    let passphrase = store::keys::Passphrase::new("other words".to_owned());
    profile.desk.backup(&file, &passphrase).unwrap();
    let mut numbers = Vec::new();
    for seed in [21, 22] {
        let home = tempfile::tempdir().unwrap();
        let (world, _, _) = testkit::world::surroundings(testkit::profile::monday(), seed);
        let keys = testkit::profile::keys();
        desk::backup::restore(&file, &passphrase, home.path(), &keys, false, world).unwrap();
        let desk = testkit::profile::reopen(home.path(), "Mike", testkit::profile::monday(), seed + 10, None)
            .unwrap();
        assert_eq!(desk.audit().unwrap().decisions, 2, "the history came along and holds");
        numbers.push(desk.submit(&draft(&desk)).unwrap().quote_id);
    }
    numbers.push(profile.desk.submit(&draft(&profile.desk)).unwrap().quote_id);
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 3);
}

#[test]
fn a_record_of_decisions_that_lost_its_end_stays_broken() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (_, decided) = released(desk);
    let anchor = profile.folder.path().join("decisions.anchor");
    fs::write(&anchor, format!("{{\"seq\":9,\"hash\":\"{}\"}}", "0".repeat(64))).unwrap();
    desk.approve(&decided.next_action.unwrap(), None).unwrap();
    assert_eq!(desk.audit().unwrap_err().code, Code::AuditBroken, "the next decision does not heal it");
}

#[test]
fn a_restore_that_was_cut_off_at_its_end_leaves_no_second_copy_of_a_device() {
    let profile = with_sample("Mike").unwrap();
    let file = profile.folder.path().join("all.backup");
    let passphrase = store::keys::Passphrase::new("other words".to_owned());
    profile.desk.backup(&file, &passphrase).unwrap();
    let home = tempfile::tempdir().unwrap();
    // The store's part of a restore, and then nothing more: the process ended there.
    store::backup::restore(&store::backup::Restore {
        from: &file,
        passphrase: &passphrase,
        home: home.path(),
        keys: &testkit::profile::keys(),
        profile_id: "01M83RG3MAPNVZ5WCJ4QJY99CF",
        replace: false,
    })
    .unwrap();
    let tag = |desk: &Desk| texts(desk, "SELECT value FROM settings WHERE name = 'device_tag'");
    let open =
        |seed| testkit::profile::reopen(home.path(), "Mike", testkit::profile::monday(), seed, None).unwrap();
    let restored = tag(&open(31));
    assert_ne!(restored, tag(&profile.desk), "the copy numbers its quotes as another device");
    assert_eq!(restored, tag(&open(32)), "and goes on as that one");
}
