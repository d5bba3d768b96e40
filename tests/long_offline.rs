//! A device that was away for long: clocks that are wrong, a token that has expired, a long queue, and one thing
//! in it that the central cannot take.

use std::time::Duration;

use crate::scenario::office::{APPROVER, Office, REP, pending, sync};
use crate::scenario::{MESSAGE, count, texts};
use chrono::TimeDelta;
use serde_json::json;
use testkit::profile::{self, TestProfile, monday};

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Quotes in the long queue.
const QUOTES: usize = 1_000;

/// A device whose clock shows something else than the central's.
fn off_by(office: &Office, person: &str, seed: u64, hours: i64) -> TestProfile {
    let profile = profile::seeded_at(person, seed, monday() + TimeDelta::hours(hours)).expect("a profile");
    let code = office.central.code(person).expect("a code");
    profile.desk.connect(office.central.url(), &code, "test device").expect("it is let in");
    sync(&profile.desk);
    profile
}

#[test]
fn clocks_a_day_off_either_way_change_nothing() {
    let office = Office::open();
    let (rep, mike) = (off_by(&office, REP, 91, -24), off_by(&office, APPROVER, 92, 24));
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    rep.desk.submit(&draft).expect("complete");
    sync(&rep.desk);
    sync(&mike.desk);
    let approved = mike.desk.approve(&pending(&mike.desk, "quote_draft"), None).expect("approved");
    mike.desk.approve(&approved.next_action.expect("its gate"), None).expect("released");
    sync(&mike.desk);
    sync(&rep.desk);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(1));
    assert_eq!(texts(&rep.desk, "SELECT status FROM drafts"), ["closed"]);
}

#[test]
fn after_a_month_offline_a_thousand_quotes_arrive_but_the_one_the_central_cannot_take() {
    let office = Office::open();
    let rep = office.device(REP, 93);
    let others: Vec<String> = texts(&rep.desk, "SELECT id FROM customers ORDER BY id");
    let poisoned = others[1].clone();
    for n in 0..QUOTES {
        // The one in the middle is for a customer who goes to somebody else meanwhile.
        let customer = if n == QUOTES / 2 { &poisoned } else { &others[0] };
        let said = format!("quote {customer} for 2026-2027: {} cases of 10412 at 40.00", n + 1);
        let draft = rep.desk.chat(&said, None).expect("understood").draft;
        rep.desk.submit(&draft.draft_id).unwrap_or_else(|error| panic!("{n}: {error} {:?}", draft.questions));
    }
    rep.clock.pass(30 * DAY);
    let moved = json!({ "table": "customers", "row": office.customer(&poisoned, "Somebody Else") });
    office.central.reference(format!("{moved}\n")).expect("the customer moved");
    office.write_d1("UPDATE sign_ins SET expires_at = '2026-01-01T00:00:00.000Z'");

    rep.desk.sync_once(|_| {}).expect("the token is renewed and everything goes");
    let status = rep.desk.sync_status().expect("it reads");
    // The draft and what was submitted of it.
    let why: Vec<_> = status.parked_items.iter().map(|op| op.error_code.as_deref()).collect();
    assert_eq!(why, [Some("not_yours"), Some("not_yours")], "{:?}", status.parked_items);
    assert_eq!(status.waiting, 0, "{:?}", status.next);
    assert_eq!(office.d1_one("SELECT count(*) FROM proposed_actions"), json!(QUOTES - 1));
    assert_eq!(
        office.d1_one("SELECT count(*) FROM draft_chunks WHERE customer_id IS NOT NULL"),
        json!(QUOTES - 1)
    );

    // The person throws them away; nothing of it is left to wait.
    for op in &status.parked_items {
        rep.desk.sync_discard(&op.op_id).expect("it is parked");
    }
    sync(&rep.desk);
    let waiting = count(&rep.desk, "SELECT count(*) n FROM proposed_actions WHERE status = 'pending'");
    assert_eq!(waiting, i64::try_from(QUOTES - 1).unwrap());
}
