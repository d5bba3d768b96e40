//! Gates: an approval is bound to exactly what was shown, and the first decision stands.

use std::time::Duration;

use crate::scenario::{at_gate, count, draft, released, texts};
use desk::Code;
use desk::actions::EmailEdit;
use domain::{ActionStatus, FlagKind};
use testkit::profile::{monday, reopen, with_sample};
use workflow::RunStatus;

#[test]
fn a_change_of_the_draft_voids_what_was_submitted_from_it() {
    let profile = with_sample("Dana").unwrap();
    let desk = &profile.desk;
    let draft = draft(desk);
    let submitted = desk.submit(&draft).unwrap();
    desk.chat("make the pizza 130 cases", Some(&draft)).unwrap();
    let action = desk.action(&submitted.action_id).unwrap();
    assert_eq!(action.listed.status, ActionStatus::Voided);
    assert!(action.void_reason.unwrap().contains("changed"));
    assert_eq!(desk.approve(&submitted.action_id, None).unwrap_err().code, Code::NotPending);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM runs"), 0);

    let again = desk.submit(&draft).unwrap();
    assert_eq!(again.quote_id, submitted.quote_id, "the quote keeps its number");
    assert_ne!(again.payload_hash, submitted.payload_hash);
}

#[test]
fn a_line_is_shown_below_the_floor_exactly_when_it_is_flagged_so() {
    let profile = with_sample("Dana").unwrap();
    let desk = &profile.desk;
    let draft = draft(desk);
    desk.chat("10412 at 1.00", Some(&draft)).unwrap();
    let submitted = desk.submit(&draft).unwrap();
    let shown = desk.action(&submitted.action_id).unwrap();
    let low: Vec<u32> =
        shown.lines.iter().filter(|line| line.below_floor == Some(true)).map(|line| line.line_no).collect();
    let flagged = submitted.flags.iter().filter(|flag| flag.kind == FlagKind::BelowFloor);
    assert!(!low.is_empty());
    assert_eq!(low, flagged.filter_map(|flag| flag.line_no).collect::<Vec<_>>());
    assert!(shown.lines.iter().any(|line| line.margin.starts_with('-')), "a price of one dollar loses money");
}

#[test]
fn what_changed_since_the_gate_was_shown_voids_it_and_it_is_shown_anew() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let file = profile.folder.path().join("list.csv");
    std::fs::write(&file, "customer_id,item_code,school_year,case_price\nC10001,20817,2026-2027,31.25\n")
        .unwrap();
    profile.clock.pass(Duration::from_secs(60));
    desk.import(desk::import::Table::PricingMaster, &file, false, &mut |_| {}).unwrap();

    let refused = desk.approve(&gate, None).unwrap_err();
    assert_eq!(refused.code, Code::ActionChanged, "{refused}");
    assert_eq!(desk.action(&gate).unwrap().listed.status, ActionStatus::Voided);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM blobs"), 0, "nothing was released");
    let fresh = desk.actions(Some(ActionStatus::Pending), 10).unwrap();
    assert_eq!(fresh.len(), 1);
    assert_eq!(fresh[0].run_id.as_ref(), Some(&run), "the same run shows it anew");
    assert_eq!(desk.approve(&fresh[0].action_id, None).unwrap().run_status, Some(RunStatus::Completed));
}

#[test]
fn newer_data_that_changes_nothing_of_what_was_shown_does_not_void_it() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (_, gate) = at_gate(desk);
    let file = profile.folder.path().join("others.csv");
    std::fs::write(&file, "customer_id,item_code,school_year,case_price\nC10002,20817,2026-2027,31.25\n")
        .unwrap();
    profile.clock.pass(Duration::from_secs(60));
    desk.import(desk::import::Table::PricingMaster, &file, false, &mut |_| {}).unwrap();
    assert_eq!(desk.approve(&gate, None).unwrap().run_status, Some(RunStatus::Completed));
}

#[test]
fn a_customer_put_on_hold_after_the_gate_was_shown_is_never_quoted() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let file = profile.folder.path().join("hold.csv");
    std::fs::write(&file, "id,name,entitystatus\nC10001,Cedar Falls,hold\n").unwrap();
    desk.import(desk::import::Table::Customers, &file, false, &mut |_| {}).unwrap();
    let refused = desk.approve(&gate, None).unwrap_err();
    assert_eq!(refused.code, Code::ActionChanged);
    assert!(refused.message.contains("customer_not_on_hold"), "{refused}");
    assert_eq!(desk.run(&run).unwrap().listed.status, "blocked");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM quotes WHERE run_id IS NOT NULL"), 0);
}

#[test]
fn a_rejection_needs_a_reason_ends_the_run_and_gives_the_draft_back() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    assert_eq!(desk.reject(&gate, "  ").unwrap_err().code, Code::BadInput);
    let decided = desk.reject(&gate, "too cheap").unwrap();
    assert_eq!(decided.run_status, Some(RunStatus::Rejected));
    let shown = desk.run(&run).unwrap();
    assert_eq!(shown.event.as_deref(), Some("workflow.failed"));
    assert!(shown.narrative.unwrap().contains("too cheap"));
    assert_eq!(texts(desk, "SELECT status FROM drafts"), ["open"]);
    assert_eq!(desk.approve(&gate, None).unwrap_err().code, Code::NotPending, "the first decision stands");
}

#[test]
fn a_gate_nobody_decides_expires_and_is_never_a_yes() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    profile.clock.pass(Duration::from_secs(168 * 3600 + 1));
    assert_eq!(
        desk.approve(&gate, None).unwrap_err().code,
        Code::NotPending,
        "too late, even before the sweep"
    );
    let swept = desk.sweep().unwrap();
    assert_eq!(swept.expired, std::slice::from_ref(&gate));
    assert_eq!(desk.run(&run).unwrap().listed.status, "expired");
    assert_eq!(desk.action(&gate).unwrap().listed.status, ActionStatus::Expired);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM blobs"), 0);
}

#[test]
fn who_drafted_and_who_decided_is_recorded_and_self_approval_is_visible() {
    let profile = with_sample("Dana").unwrap();
    let submitted = profile.desk.submit(&draft(&profile.desk)).unwrap();
    let mike = reopen(profile.folder.path(), "Mike", monday(), 11, None).unwrap();
    let decided = mike.approve(&submitted.action_id, None).unwrap();
    assert_eq!(
        (decided.decision.drafted_by.as_str(), decided.decision.decided_by.as_str()),
        ("Dana", "Mike")
    );
    assert!(!decided.self_decided);
    let gate = decided.next_action.unwrap();
    assert!(
        profile.desk.approve(&gate, None).unwrap().self_decided,
        "Dana drafted it and released it herself"
    );
    assert_eq!(profile.desk.audit().unwrap().self_approved, 1);
}

#[test]
fn an_edited_email_must_be_approved_anew_and_goes_out_as_edited() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (_, decided) = released(desk);
    let email = decided.next_action.unwrap();
    let bad = EmailEdit { to: Some("nobody".to_owned()), ..EmailEdit::default() };
    assert_eq!(desk.edit_email(&email, &bad).unwrap_err().code, Code::BadInput);
    let header =
        EmailEdit { subject: Some("Quote\r\nBcc: everybody@example.com".to_owned()), ..EmailEdit::default() };
    assert_eq!(desk.edit_email(&email, &header).unwrap_err().code, Code::BadInput, "a subject is one line");
    let edit = EmailEdit { to: Some("ann@example.com".to_owned()), ..EmailEdit::default() };
    let edited = desk.edit_email(&email, &edit).unwrap();
    assert_eq!(desk.approve(&email, None).unwrap_err().code, Code::NotPending);
    assert_eq!(desk.action(&email).unwrap().replaced_by, Some(edited.clone()));
    desk.approve(&edited, None).unwrap();
    let sent = texts(desk, "SELECT payload FROM outbox WHERE step_id = 'queue_email'");
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("ann@example.com"), "{}", sent[0]);
}

#[test]
fn a_decision_that_was_tampered_with_is_found() {
    let profile = with_sample("Mike").unwrap();
    released(&profile.desk);
    assert_eq!(profile.desk.audit().unwrap().decisions, 2);
    std::fs::write(
        profile.folder.path().join("decisions.anchor"),
        format!("{{\"seq\":9,\"hash\":\"{}\"}}", "0".repeat(64)),
    )
    .unwrap();
    let broken = profile.desk.audit().unwrap_err();
    assert_eq!(broken.code, Code::AuditBroken);
    assert!(broken.message.contains("does not reach"), "{broken}");
}
