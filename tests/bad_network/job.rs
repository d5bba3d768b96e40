//! The main job, several times, and the proof that all of it arrived once.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use desk::Desk;
use desk::sync::{Patience, Tuning};
use domain::ActionStatus;
use serde_json::json;

use crate::scenario::office::Office;
use crate::scenario::{count, texts};

/// A device that waits as briefly as a test can.
pub fn quick() -> Tuning {
    let patience = Patience { attempts: 3, base: Duration::from_millis(20), cap: Duration::from_millis(200) };
    Tuning { patience, ..Tuning::default() }
}

/// A whole job offline: a quote, its approvals, its email. `cases` makes it another one than the others.
pub fn work(desk: &Desk, cases: u32) {
    let said = format!(
        "quote C10001 for 2026-2027: {cases} cases of 10412 and 40 cases of 20817 at 34.50, with pdf"
    );
    let draft = desk.chat(&said, None).expect("understood").draft;
    desk.submit(&draft.draft_id).unwrap_or_else(|error| panic!("{error} {:?}", draft.questions));
    while let Some(action) = desk.actions(Some(ActionStatus::Pending), 1).expect("the list reads").first() {
        desk.approve(&action.action_id, None).expect("nobody else decides");
    }
}

/// With a network that is whole again, a few passes bring everything over.
pub fn drain(desk: &Arc<Desk>, what: &str) {
    let mut last = String::new();
    for _ in 0..3 {
        match desk.sync_once_with(quick(), |_| {}) {
            Ok(pass) if (pass.status.waiting, pass.status.parked, pass.status.to_fetch) == (0, 0, 0) => {
                return;
            }
            Ok(pass) => {
                last = format!("{} {:?} {:?}", pass.status.state, pass.status.next, pass.status.parked_items)
            }
            Err(error) => last = error.to_string(),
        }
    }
    panic!("{what}: it is not drained: {last}");
}

/// Operations of devices that all say the central has everything.
pub fn acknowledged(desks: &[&Arc<Desk>]) -> i64 {
    let of = |desk: &&Arc<Desk>| {
        assert_eq!(count(desk, "SELECT count(*) n FROM outbox WHERE state <> 'acknowledged'"), 0);
        count(desk, "SELECT count(*) n FROM outbox")
    };
    desks.iter().map(of).sum()
}

/// `jobs` jobs of devices with `ops` operations in all are at the central, at NetSuite and in the customers'
/// mailboxes, each once.
pub fn assert_everything_once(office: &Office, jobs: u32, ops: i64) {
    let is = |sql: &str, times: u32| assert_eq!(office.d1_one(sql), json!(jobs * times), "{sql}");
    is("SELECT count(*) FROM quotes", 1);
    is("SELECT count(*) FROM quote_lines", 2);
    is("SELECT count(*) FROM proposed_actions WHERE status = 'approved'", 3);
    is("SELECT count(*) FROM proposed_actions", 3);
    is("SELECT count(*) FROM decisions WHERE outcome = 'stands'", 3);
    is("SELECT count(*) FROM decisions", 3);
    is("SELECT count(*) FROM workflow_run_log", 2);
    is("SELECT count(*) FROM files", 1);
    is("SELECT count(*) FROM ns_pushes", 1);
    is("SELECT count(*) FROM emails", 1);
    assert_eq!(office.d1_one("SELECT count(*) FROM receipts"), json!(ops), "a receipt an operation");

    office.until("SELECT count(*) FROM ns_pushes WHERE state = 'pushed'", &json!(jobs));
    office.until("SELECT count(*) FROM outbound_email_log", &json!(jobs));
    let jobs = jobs as usize;
    let seen = office.netsuite.seen();
    let pushed: BTreeSet<_> = seen.estimates.iter().map(|estimate| &estimate.external_id).collect();
    assert_eq!((seen.estimates.len(), pushed.len()), (jobs, jobs), "an estimate a quote");
    assert!(seen.estimates.iter().all(|estimate| estimate.lines.len() == 2));
    let messages = office.mail.seen().messages;
    let files: BTreeSet<String> = texts_at(office, "SELECT sha256 AS s FROM files").into_iter().collect();
    let sent: BTreeSet<String> =
        messages.iter().map(|message| message.attachments[0].sha256.clone()).collect();
    assert_eq!(messages.len(), jobs, "a message a quote");
    assert_eq!(sent, files, "each with the file that was approved");
}

/// A device that is current shows what the central has, and holds its files.
pub fn assert_shows_all(office: &Office, desk: &Arc<Desk>) {
    drain(desk, "a device that looks on");
    for sql in [
        "SELECT id || ' ' || total || ' ' || lifecycle_status AS s FROM quotes ORDER BY s",
        "SELECT quote_id || ' ' || line_no || ' ' || item_code || ' ' || quantity AS s FROM quote_lines ORDER BY s",
        "SELECT id || ' ' || status AS s FROM proposed_actions ORDER BY s",
        "SELECT customer_id || ' ' || item_code || ' ' || school_year || ' ' || case_price AS s
         FROM pricing_master WHERE customer_id = 'C10001' ORDER BY s",
    ] {
        let there = texts_at(office, sql);
        assert_eq!(texts(desk, sql), there, "{sql}");
    }
    let there: BTreeSet<String> =
        texts_at(office, "SELECT object_key || ' ' || sha256 AS s FROM files").into_iter().collect();
    let here: BTreeSet<String> =
        texts(desk, "SELECT object_key || ' ' || sha256 AS s FROM artifacts").into_iter().collect();
    assert_eq!(here, there, "the files");
    assert!(desk.doctor().unwrap().ok);
}

/// Texts of the column `s` at the central.
fn texts_at(office: &Office, sql: &str) -> Vec<String> {
    office.d1(sql).into_iter().map(|row| row["s"].as_str().unwrap().to_owned()).collect()
}
