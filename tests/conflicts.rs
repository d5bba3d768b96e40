//! Two people, offline, doing different things to one thing; and one thing the central cannot digest among many.

use std::time::Duration;

use crate::scenario::office::{APPROVER, Office, REP, pending, sync};
use crate::scenario::{MESSAGE, count, texts};
use desk::sync::ConflictShown;
use domain::{ActionId, ActionStatus};
use serde_json::json;
use testkit::profile::TestProfile;

const SECOND: &str = "Ann";

/// A second approver.
fn with_second_approver(office: &Office) {
    office
        .central
        .admin("/v1/admin/users", &json!({ "name": SECOND, "role": "approver", "sales_rep": null }))
        .expect("she is let in");
}

/// A draft submitted by the rep and known at the central.
fn submitted(rep: &TestProfile) -> ActionId {
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    let submitted = rep.desk.submit(&draft).expect("complete");
    sync(&rep.desk);
    submitted.action_id
}

/// Approve it and everything that follows from it.
fn release(profile: &TestProfile, action: &ActionId) {
    let approved = profile.desk.approve(action, None).expect("approved");
    profile.desk.approve(&approved.next_action.expect("its gate"), Some("go")).expect("released");
    let email = pending(&profile.desk, "send_quote_to_customer");
    profile.desk.approve(&email, None).expect("the email too");
}

fn nothing_left_of_it(profile: &TestProfile) {
    for table in ["quotes", "quote_lines", "proposed_pricing", "workflow_run_log", "workflow_verify_results"]
    {
        assert_eq!(count(&profile.desk, &format!("SELECT count(*) n FROM {table}")), 0, "{table}");
    }
    profile.desk.audit().expect("the history holds, with what was overruled in it");
    let findings = profile.desk.doctor().expect("it looks");
    let broken: Vec<_> =
        findings.findings.iter().filter(|finding| !finding.ok && finding.check != "alerts").collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn the_first_decision_at_the_central_stands_and_the_other_one_reaches_nothing() {
    let office = Office::open();
    with_second_approver(&office);
    let (rep, mike, ann) = (office.device(REP, 21), office.device(APPROVER, 22), office.device(SECOND, 23));
    let action = submitted(&rep);
    sync(&mike.desk);
    sync(&ann.desk);
    let prices =
        "SELECT group_concat(customer_id || item_code || school_year || case_price) p FROM pricing_master";
    let before = texts(&mike.desk, prices);

    // On two planes.
    release(&mike, &action);
    ann.desk.reject(&action, "the pizza is too cheap").expect("rejected");
    assert_ne!(texts(&mike.desk, prices), before, "his device has promoted the prices");
    // Ann lands first.
    sync(&ann.desk);
    let pass = sync(&mike.desk);
    assert_eq!(pass.answered, 0, "nothing of his was taken");

    // Mike's device gives back everything, and says why.
    assert_eq!(texts(&mike.desk, prices), before);
    nothing_left_of_it(&mike);
    let shown = mike.desk.action(&action).expect("it is there").listed;
    assert_eq!((shown.status, shown.decided_by.as_deref()), (ActionStatus::Rejected, Some(SECOND)));
    let told = texts(&mike.desk, "SELECT message FROM alerts");
    assert!(told.iter().any(|alert| alert.contains("does not count") && alert.contains(SECOND)), "{told:?}");
    assert_eq!(texts(&mike.desk, "SELECT status FROM runs"), ["overruled", "overruled"]);

    // The others hear of it too, and the draft is the rep's again.
    sync(&ann.desk);
    sync(&rep.desk);
    for device in [&rep, &ann] {
        assert_eq!(count(&device.desk, "SELECT count(*) n FROM quotes"), 0);
        let told = texts(&device.desk, "SELECT message FROM alerts");
        assert!(told.iter().any(|alert| alert.contains(APPROVER)), "{told:?}");
    }
    assert_eq!(texts(&rep.desk, "SELECT status FROM drafts"), ["open"]);

    // Who has seen to it says so once, for everybody.
    let [ConflictShown::Decision { action_id, yours, theirs, .. }] =
        &mike.desk.conflicts().expect("it reads")[..]
    else {
        panic!("both sides of it are shown, once");
    };
    assert_eq!(*action_id, action);
    assert!(yours.starts_with("approved at") && theirs.contains(SECOND), "{yours} / {theirs}");
    assert!(theirs.starts_with("rejected by") && theirs.contains("too cheap"), "{theirs}");
    assert_eq!(mike.desk.overview().expect("it reads").conflicts, 1);
    assert_eq!(ann.desk.conflicts().expect("it reads"), [], "hers stands");
    let alert = mike.desk.sync_status().expect("it reads").alerts.remove(0);
    mike.desk.dismiss_alert(&alert.id).expect("it is open");
    assert_eq!(mike.desk.conflicts().expect("it reads"), [], "it has been seen to");
    sync(&mike.desk);
    sync(&ann.desk);
    assert!(ann.desk.sync_status().expect("it reads").alerts.is_empty());

    // Nothing of Mike's went anywhere.
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(0));
    assert_eq!(office.d1_one("SELECT count(*) FROM ns_pushes"), json!(0));
    assert_eq!(office.d1_one("SELECT count(*) FROM emails"), json!(0));
    assert_eq!(office.d1_one("SELECT count(*) FROM files"), json!(0));
    assert_eq!(office.netsuite.seen().estimates.len(), 0);
    assert_eq!(office.mail.seen().messages.len(), 0);
    let outcomes = office.d1("SELECT outcome, count(*) n FROM decisions GROUP BY outcome ORDER BY outcome");
    assert_eq!(outcomes.len(), 2, "both decisions are on record: {outcomes:?}");
}

#[test]
fn a_change_that_comes_after_the_approval_is_told_and_not_part_of_it() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 31), office.device(APPROVER, 32));
    let action = submitted(&rep);
    sync(&mike.desk);
    let draft = rep.desk.drafts(1).expect("the list")[0].draft_id.clone();
    rep.desk.chat("make the 10412 200 cases", Some(&draft)).expect("understood");
    release(&mike, &action);
    sync(&mike.desk);
    rep.desk.sync_once(|_| {}).expect("the central answers");
    sync(&rep.desk);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(1));
    let told = texts(&rep.desk, "SELECT message FROM alerts");
    assert!(told.iter().any(|alert| alert.contains("stands")), "{told:?}");
    assert_eq!(texts(&rep.desk, "SELECT status FROM drafts"), ["closed"]);
    assert_eq!(count(&rep.desk, "SELECT quantity n FROM quote_lines WHERE item_code = '10412'"), 120);
}

#[test]
fn a_change_that_comes_before_the_approval_voids_it() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 41), office.device(APPROVER, 42));
    let action = submitted(&rep);
    sync(&mike.desk);
    let draft = rep.desk.drafts(1).expect("the list")[0].draft_id.clone();
    release(&mike, &action);
    rep.desk.chat("make the 10412 200 cases", Some(&draft)).expect("understood");
    sync(&rep.desk);
    sync(&mike.desk);
    nothing_left_of_it(&mike);
    assert_eq!(mike.desk.action(&action).expect("it is there").listed.status, ActionStatus::Voided);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(0));
    assert_eq!(office.d1_one("SELECT count(*) FROM emails"), json!(0));
}

#[test]
fn two_people_edit_one_draft_offline_and_both_edits_are_there() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 51), office.device(APPROVER, 52));
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    sync(&rep.desk);
    sync(&mike.desk);
    rep.desk.chat("add 30 cases of 20825", Some(&draft)).expect("understood");
    mike.desk.chat("make the 10412 200 cases", Some(&draft)).expect("understood");
    sync(&rep.desk);
    sync(&mike.desk);
    sync(&rep.desk);
    for device in [&rep, &mike] {
        let shown = device.desk.draft(&draft).expect("it is there");
        let lines: Vec<String> = shown
            .lines
            .iter()
            .map(|line| format!("{} × {}", line.quantity.unwrap_or(0), line.item_code))
            .collect();
        assert_eq!(lines, ["200 × 10412", "40 × 20817", "30 × 20825"], "on {}'s device", device.desk.user());
    }
}

#[test]
fn two_numbers_for_one_line_are_listed_until_somebody_says_it_again() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 53), office.device(APPROVER, 54));
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    sync(&rep.desk);
    sync(&mike.desk);
    rep.desk.chat("make the 10412 150 cases", Some(&draft)).expect("understood");
    mike.desk.chat("make the 10412 200 cases", Some(&draft)).expect("understood");
    sync(&rep.desk);
    sync(&mike.desk);
    let [ConflictShown::Draft { draft_id, customer_name, conflicts }] =
        &mike.desk.conflicts().expect("it reads")[..]
    else {
        panic!("it is listed once");
    };
    assert_eq!((draft_id, conflicts.len()), (&draft, 1));
    assert!(customer_name.is_some());
    assert_eq!(mike.desk.overview().expect("it reads").conflicts, 1);
    mike.desk.chat("make the 10412 175 cases", Some(&draft)).expect("understood");
    assert_eq!(mike.desk.conflicts().expect("it reads"), []);
}

#[test]
fn a_gate_decided_on_another_device_moves_the_run_where_it_waits() {
    let office = Office::open();
    with_second_approver(&office);
    let (rep, mike, ann) = (office.device(REP, 61), office.device(APPROVER, 62), office.device(SECOND, 63));
    let action = submitted(&rep);
    sync(&mike.desk);
    let gate = mike.desk.approve(&action, None).expect("approved").next_action.expect("its gate");
    sync(&mike.desk);
    sync(&ann.desk);
    ann.desk.approve(&gate, Some("looks right")).expect("she may decide");
    sync(&ann.desk);
    sync(&mike.desk);
    assert_eq!(texts(&mike.desk, "SELECT status FROM runs"), ["completed"]);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(1));
    sync(&ann.desk);
    assert_eq!(count(&ann.desk, "SELECT count(*) n FROM quotes"), 1);
}

#[test]
fn somebody_else_s_sign_in_never_sends_this_person_s_work() {
    let office = Office::open();
    let rep = office.device(REP, 71);
    rep.desk.chat(MESSAGE, None).expect("understood");
    let left = rep.desk.disconnect().expect("signed out");
    assert!(left.kept > 0, "what waits is kept");
    let code = office.central.code(APPROVER).expect("a code");
    let refused = rep.desk.connect(office.central.url(), &code, "test").expect_err("it is another's profile");
    assert_eq!(refused.code, desk::Code::NotAllowed);
    assert_eq!(office.d1_one("SELECT count(*) FROM draft_chunks"), json!(0));
    let code = office.central.code(REP).expect("a code");
    rep.desk.connect(office.central.url(), &code, "test").expect("it is hers");
    sync(&rep.desk);
    assert_eq!(office.d1_one("SELECT count(*) > 0 FROM draft_chunks"), json!(1));
}

#[test]
fn what_only_the_central_changes_is_not_changed_on_a_device() {
    let office = Office::open();
    let rep = office.device(REP, 85);
    let company = rep.desk.company().expect("the letterhead came with the feed");
    assert_eq!(rep.desk.set_company(&company).expect_err("it is the central's").code, desk::Code::WrongState);
    let file = rep.folder.path().join("customers.csv");
    std::fs::write(&file, "id,name,entitystatus\nC1,One,active\n").expect("a file");
    let refused = rep.desk.import(desk::import::Table::Customers, &file, false, &mut |_| {});
    assert_eq!(refused.expect_err("they are the central's").code, desk::Code::WrongState);
}

#[test]
fn a_row_that_makes_no_sense_here_is_told_and_holds_no_other_one_up() {
    let office = Office::open();
    let rep = office.device(REP, 87);
    let before = rep.desk.company().expect("a letterhead");
    office.write_d1("UPDATE company SET text = '{\"shape\":\"of a later day\"}'");
    office.write_d1("UPDATE customers SET name = 'Renamed since' WHERE id = 'C10001'");
    sync(&rep.desk);
    assert_eq!(texts(&rep.desk, "SELECT name FROM customers WHERE id = 'C10001'"), ["Renamed since"]);
    assert_eq!(rep.desk.company().expect("the one before"), before);
    let alerts = rep.desk.sync_status().expect("it reads").alerts;
    assert!(alerts.iter().any(|alert| alert.message.contains("cannot be taken in")), "{alerts:?}");
    sync(&rep.desk);
    assert_eq!(rep.desk.sync_status().expect("it reads").alerts.len(), 1, "it is told once");
}

#[test]
fn a_revoked_device_keeps_its_queue_and_says_what_to_do() {
    let office = Office::open();
    let rep = office.device(REP, 81);
    rep.desk.chat(MESSAGE, None).expect("understood");
    let device = rep.desk.account().expect("it reads").expect("signed in").device_id;
    office.central.admin(&format!("/v1/admin/devices/{device}/revoke"), &json!({})).expect("revoked");
    let refused = rep.desk.sync_once(|_| {}).expect_err("it is not let in");
    assert_eq!(refused.code, desk::Code::SignInNeeded);
    let status = rep.desk.sync_status().expect("it reads");
    assert!(status.waiting > 0 && status.parked == 0, "{}", status.state);
    assert_eq!(status.last.state, "sign_in");

    // A new code says that it is trusted again.
    let code = office.central.code(REP).expect("a code");
    rep.desk.connect(office.central.url(), &code, "test device").expect("it is let in again");
    sync(&rep.desk);
    assert_eq!(office.d1_one("SELECT count(*) > 0 FROM draft_chunks"), json!(1));
}
