//! A rep's device, an approver's device, and a real central between them.

use crate::scenario::office::{APPROVER, Office, REP, pending, sync};
use crate::scenario::{MESSAGE, count, texts};
use serde_json::json;

#[test]
fn a_quote_drafted_on_one_device_and_approved_on_another_is_everywhere_once() {
    let office = Office::open();
    let (a, b) = (office.device(REP, 11), office.device(APPROVER, 12));
    assert!(count(&a.desk, "SELECT count(*) n FROM pricing_master") > 0, "the first sync brought prices");

    // In a kitchen without a signal.
    let draft = a.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    let submitted = a.desk.submit(&draft).expect("complete");
    assert!(a.desk.approve(&submitted.action_id, None).is_err(), "a rep does not decide");
    sync(&a.desk);

    // On a plane.
    sync(&b.desk);
    let approved = b.desk.approve(&pending(&b.desk, "quote_draft"), None).expect("approved");
    b.desk.approve(&approved.next_action.expect("its gate"), Some("go")).expect("released");
    b.desk.approve(&pending(&b.desk, "send_quote_to_customer"), None).expect("the email too");
    sync(&b.desk);

    let quote = submitted.quote_id;
    office.until(&format!("SELECT state FROM ns_pushes WHERE quote_id = '{quote}'"), &json!("pushed"));
    office.until(
        &format!("SELECT count(*) FROM outbound_email_log WHERE related_quote_id = '{quote}'"),
        &json!(1),
    );
    sync(&b.desk);
    sync(&a.desk);

    // D1 has it all.
    assert_eq!(office.d1_one("SELECT lifecycle_status FROM quotes"), json!("sent"));
    assert_eq!(office.d1_one("SELECT count(*) FROM quote_lines"), json!(2));
    assert_eq!(
        office.d1_one("SELECT case_price FROM pricing_master WHERE item_code = '20817' AND customer_id = 'C10001' AND school_year = '2026-2027'"),
        json!("34.5000")
    );
    assert_eq!(office.d1_one("SELECT count(*) FROM proposed_actions WHERE status = 'approved'"), json!(3));
    assert_eq!(office.d1_one("SELECT count(*) FROM workflow_run_log"), json!(2));
    assert_eq!(office.d1_one("SELECT count(*) FROM decisions WHERE outcome = 'stands'"), json!(3));

    // R2 has the PDF that was approved, and so has the rep's device.
    let hash = texts(&b.desk, "SELECT sha256 FROM artifacts")[0].clone();
    assert_eq!(office.d1_one("SELECT sha256 FROM files"), json!(hash));
    assert_eq!(texts(&a.desk, "SELECT sha256 FROM artifacts"), std::slice::from_ref(&hash));

    // NetSuite has one estimate with the right lines and total; the customer one message with that PDF.
    let estimates = office.netsuite.seen().estimates;
    assert_eq!(estimates.len(), 1);
    let total = office.d1_one("SELECT total FROM quotes");
    let estimated = format!("{:.4}", estimates[0].total);
    assert_eq!(json!(estimated), total);
    assert_eq!(estimates[0].lines.len(), 2);
    let messages = office.mail.seen().messages;
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].attachments[0].sha256, hash);

    // Both devices see the quote, and that everything is proven.
    for device in [&a, &b] {
        assert_eq!(texts(&device.desk, "SELECT lifecycle_status FROM quotes"), ["sent"]);
        let verified = "SELECT check_id || ' ' || status s FROM workflow_verify_results ORDER BY check_id";
        assert_eq!(
            texts(&device.desk, verified),
            ["email_sent passed", "pdf_stored passed", "quote_persisted passed"]
        );
        let status = device.desk.sync_status().expect("it reads");
        assert_eq!((status.waiting, status.parked, status.to_fetch), (0, 0, 0), "{}", status.state);
    }
    assert_eq!(texts(&a.desk, "SELECT status FROM drafts"), ["closed"]);
    let audited = a.desk.audit().expect("the rep's device can check the history");
    assert_eq!((audited.decisions, audited.received), (0, 3));
}
