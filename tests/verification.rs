//! Verification: what a run claims is proven with evidence, and nothing fails while somebody may still act.

use crate::scenario::{released, texts};
use domain::OpId;
use serde_json::json;
use testkit::answers;
use testkit::profile::with_sample;

fn statuses(desk: &desk::Desk, run: &domain::RunId) -> Vec<(String, String)> {
    let shown = desk.run(run).unwrap().verification;
    let mut all: Vec<(String, String)> =
        shown.into_iter().map(|result| (result.check, result.status)).collect();
    all.sort();
    all
}

fn pairs(all: [(&str, &str); 3]) -> Vec<(String, String)> {
    all.map(|(check, status)| (check.to_owned(), status.to_owned())).to_vec()
}

fn op_of(desk: &desk::Desk, step: &str) -> OpId {
    texts(desk, &format!("SELECT op_id FROM outbox WHERE step_id = '{step}'")).remove(0).parse().unwrap()
}

#[test]
fn the_quote_is_proven_at_once_and_the_rest_waits_for_the_central() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, decided) = released(desk);
    desk.sweep().unwrap();
    let waiting =
        pairs([("email_sent", "pending"), ("pdf_stored", "pending"), ("quote_persisted", "passed")]);
    assert_eq!(statuses(desk, &run), waiting, "the email waits for its gate");
    desk.approve(&decided.next_action.unwrap(), None).unwrap();
    desk.sweep().unwrap();
    assert_eq!(statuses(desk, &run), waiting, "and then for the central");
}

#[test]
fn what_the_central_acknowledges_is_passed_with_its_evidence() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, decided) = released(desk);
    desk.approve(&decided.next_action.unwrap(), None).unwrap();
    let sha256 = texts(desk, "SELECT sha256 FROM blobs").remove(0);
    let quote = texts(desk, "SELECT id FROM quotes WHERE run_id IS NOT NULL").remove(0);
    let store = answers::store_of(profile.folder.path()).unwrap();
    answers::acknowledge(&store, &op_of(desk, "render_pdf"), &json!({ "sha256": sha256 })).unwrap();
    answers::log_email(&store, &quote, "ann@example.com").unwrap();
    desk.sweep().unwrap();
    assert_eq!(
        statuses(desk, &run),
        pairs([("email_sent", "passed"), ("pdf_stored", "passed"), ("quote_persisted", "passed")])
    );
    let evidence =
        texts(desk, "SELECT evidence FROM workflow_verify_results WHERE check_id = 'pdf_stored'").remove(0);
    assert!(evidence.contains(&sha256), "{evidence}");
}

#[test]
fn other_bytes_at_the_central_are_a_failure() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, _) = released(desk);
    let store = answers::store_of(profile.folder.path()).unwrap();
    answers::acknowledge(&store, &op_of(desk, "render_pdf"), &json!({ "sha256": "0".repeat(64) })).unwrap();
    desk.sweep().unwrap();
    assert_eq!(statuses(desk, &run)[1], ("pdf_stored".to_owned(), "failed".to_owned()));
}

#[test]
fn a_rejected_email_is_a_failed_verification_with_the_reason() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, decided) = released(desk);
    desk.reject(&decided.next_action.unwrap(), "I will phone her").unwrap();
    desk.sweep().unwrap();
    let email =
        desk.run(&run).unwrap().verification.into_iter().find(|result| result.check == "email_sent").unwrap();
    assert_eq!(email.status, "failed");
    assert!(email.evidence.to_string().contains("I will phone her"), "{}", email.evidence);
}

#[test]
fn a_parked_operation_can_be_retried_or_thrown_away_and_no_other() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, _) = released(desk);
    let op = op_of(desk, "render_pdf");
    assert_eq!(desk.sync_retry(&op).unwrap_err().code, desk::Code::WrongState);
    let store = answers::store_of(profile.folder.path()).unwrap();
    answers::refuse(&store, &op, "R2 refused the bytes").unwrap();
    let status = desk.sync_status().unwrap();
    assert_eq!((status.parked, status.parked_items[0].op_id.clone()), (1, op.clone()));
    assert!(status.state.contains("1 needs you"), "{}", status.state);
    desk.sync_retry(&op).unwrap();
    assert_eq!(desk.sync_status().unwrap().parked, 0);
    answers::refuse(&store, &op, "R2 refused the bytes again").unwrap();
    desk.sync_discard(&op).unwrap();
    desk.sweep().unwrap();
    assert_eq!(
        statuses(desk, &run)[1],
        ("pdf_stored".to_owned(), "failed".to_owned()),
        "it will never be stored"
    );
}
