//! What a customer said to a quote: written down once, told to everybody, and the first word stands.

use crate::scenario::office::{APPROVER, Office, REP, sync};
use crate::scenario::{MESSAGE, count, released, texts};
use desk::outcome::Said;
use desk::quotes::QuoteShown;
use desk::{Code, Desk};
use domain::{Lifecycle, Outcome, QuoteId};
use serde_json::json;
use testkit::profile::{TestProfile, with_sample};

fn quote_of(desk: &Desk) -> QuoteId {
    texts(desk, "SELECT id FROM quotes WHERE run_id IS NOT NULL").remove(0).parse().unwrap()
}

fn declined(desk: &Desk, id: &QuoteId) -> Result<QuoteShown, desk::DeskError> {
    let said = Said {
        reason: Some("competitor"),
        competitor: Some(" Example Foods "),
        note: Some("two cents cheaper"),
    };
    desk.quote_outcome(id, Outcome::Declined, &said)
}

#[test]
fn an_outcome_is_a_row_a_status_and_one_operation() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    released(desk);
    let id = quote_of(desk);
    let before = desk.quote(&id).unwrap();
    assert_eq!(before.next, [Lifecycle::Accepted, Lifecycle::Declined], "it is approved: by telephone, say");
    let shown = declined(desk, &id).unwrap();
    assert_eq!((shown.listed.lifecycle_status, shown.next.as_slice()), (Lifecycle::Declined, &[][..]));
    let outcome = shown.outcome.expect("it is shown with the quote");
    assert_eq!(outcome.reason.as_deref(), Some("competitor"));
    assert_eq!(outcome.competitor.as_deref(), Some("Example Foods"));
    assert_eq!((outcome.by.as_str(), outcome.at.as_str()), ("Mike", "2026-11-23T09:30:00.000Z"));
    assert_eq!(
        texts(desk, "SELECT aggregate FROM outbox WHERE kind = 'quote_outcome'"),
        [format!("quote:{id}")]
    );
    let rows =
        "SELECT tbl FROM outbox_rows JOIN outbox USING (op_id) WHERE kind = 'quote_outcome' ORDER BY tbl";
    assert_eq!(texts(desk, rows), ["quote_outcomes", "quotes"], "neither is written over before it arrived");
}

#[test]
fn what_cannot_be_written_down_changes_nothing() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    released(desk);
    let id = quote_of(desk);
    let refused = |outcome, said: &Said<'_>| desk.quote_outcome(&id, outcome, said).unwrap_err().code;
    assert_eq!(refused(Outcome::Declined, &Said::default()), Code::BadInput, "a no has a reason");
    let reason = |reason| Said { reason: Some(reason), ..Said::default() };
    assert_eq!(refused(Outcome::Declined, &reason("too dear")), Code::BadInput);
    assert_eq!(refused(Outcome::Accepted, &reason("price")), Code::BadInput);
    let unknown = "Q-2627-ZZZZZZ-0001".parse().unwrap();
    let unknown = desk.quote_outcome(&unknown, Outcome::Accepted, &Said::default()).unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
    // A yes that comes after the last day is no yes; a no can still be written down.
    profile.clock.pass(std::time::Duration::from_secs(61 * 24 * 3600));
    assert_eq!(desk.quote(&id).unwrap().next, [Lifecycle::Declined]);
    assert_eq!(refused(Outcome::Accepted, &Said::default()), Code::WrongState);
    assert_eq!(count(desk, "SELECT count(*) n FROM quote_outcomes"), 0);
    assert_eq!(count(desk, "SELECT count(*) n FROM outbox WHERE kind = 'quote_outcome'"), 0);
    declined(desk, &id).unwrap();
    assert_eq!(declined(desk, &id).unwrap_err().code, Code::WrongState, "it is answered once");
}

/// A quote that both people have, and nobody has answered.
fn known_to_both() -> (Office, TestProfile, TestProfile, QuoteId) {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 31), office.device(APPROVER, 32));
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    let action = rep.desk.submit(&draft).expect("complete").action_id;
    sync(&rep.desk);
    sync(&mike.desk);
    let gate = mike.desk.approve(&action, None).expect("approved").next_action.expect("its gate");
    mike.desk.approve(&gate, None).expect("released");
    sync(&mike.desk);
    sync(&rep.desk);
    let id = quote_of(&rep.desk);
    (office, rep, mike, id)
}

#[test]
fn an_outcome_written_down_on_one_device_is_everywhere() {
    let (office, rep, mike, id) = known_to_both();
    rep.desk.quote_outcome(&id, Outcome::Accepted, &Said::default()).expect("written down");
    sync(&rep.desk);
    sync(&mike.desk);
    assert_eq!(office.d1_one("SELECT lifecycle_status FROM quotes"), json!("accepted"));
    for desk in [&rep.desk, &mike.desk] {
        let shown = desk.quote(&id).expect("it is there");
        assert_eq!(shown.listed.lifecycle_status, Lifecycle::Accepted);
        assert_eq!(shown.outcome.expect("and what was said").by, REP);
    }
}

#[test]
fn of_two_outcomes_the_first_at_the_central_stands_and_the_other_is_told() {
    let (office, rep, mike, id) = known_to_both();
    rep.desk.quote_outcome(&id, Outcome::Accepted, &Said::default()).expect("written down");
    declined(&mike.desk, &id).expect("written down too, without knowing");
    sync(&mike.desk);
    sync(&rep.desk);
    assert_eq!(office.d1_one("SELECT outcome FROM quote_outcomes"), json!("declined"));
    let shown = rep.desk.quote(&id).expect("it is there");
    assert_eq!(shown.listed.lifecycle_status, Lifecycle::Declined, "what this device said was given back");
    assert_eq!(shown.outcome.expect("the one that stands").by, APPROVER);
    let [alert] = &shown.alerts[..] else { panic!("{:?}", shown.alerts) };
    assert!(alert.message.contains("does not count") && alert.message.contains("Mike"), "{}", alert.message);
    rep.desk.dismiss_alert(&alert.id).expect("seen to");
    sync(&rep.desk);
    assert!(rep.desk.quote(&id).expect("it is there").alerts.is_empty());
}
