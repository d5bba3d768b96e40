//! A device that is watched: what is written goes by itself, news comes by itself, and a central that goes away
//! and comes back is noticed.

use std::time::{Duration, Instant};

use crate::scenario::MESSAGE;
use crate::scenario::office::{APPROVER, Office, REP, sync};
use desk::Code;
use desk::drafts::DraftEdit;
use serde_json::json;

/// Wait until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(40), "{what}: not after {:?}", begun.elapsed());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_is_written_goes_by_itself_and_news_comes_by_itself() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 101), office.device(APPROVER, 102));
    let watch = rep.desk.sync_watch(|_| {}).expect("it begins");
    let second = rep.desk.sync_once(|_| {}).expect_err("one process syncs a profile at a time");
    assert_eq!(second.code, Code::Busy);

    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft.draft_id;
    until("the draft is at the central", || office.d1_one("SELECT count(*) FROM draft_chunks") != json!(0));

    sync(&mike.desk);
    mike.desk.chat("make the 10412 200 cases", Some(&draft)).expect("understood");
    sync(&mike.desk);
    let begun = Instant::now();
    until("the other's edit is here", || {
        rep.desk.draft(&draft).expect("it is there").lines[0].quantity == Some(200)
    });
    assert!(begun.elapsed() < Duration::from_secs(5), "the central said that there was news");
    drop(watch);
    sync(&rep.desk);
}

#[test]
fn an_edit_is_on_the_other_device_within_a_second_of_its_sync() {
    let office = Office::open();
    let (rep, mike) = (office.device(REP, 105), office.device(APPROVER, 106));
    let draft = rep.desk.chat(MESSAGE, None).expect("understood").draft;
    let (id, line) = (draft.draft_id, draft.lines[0].line_id.clone());
    sync(&rep.desk);
    sync(&mike.desk);
    let (_hers, _his) =
        (rep.desk.sync_watch(|_| {}).expect("it begins"), mike.desk.sync_watch(|_| {}).expect("it begins"));
    let mut waited = Vec::new();
    for quantity in 201..=207 {
        // Not in step with the central's looks for news.
        std::thread::sleep(Duration::from_millis(1_300 + u64::from(quantity % 5) * 110));
        let edit = DraftEdit::SetQuantity { line_id: line.clone(), quantity };
        rep.desk.draft_edit(&id, &[edit]).expect("it fits");
        until("it is synced", || rep.desk.sync_status().expect("it reads").waiting == 0);
        let synced = Instant::now();
        until("the edit is there", || {
            mike.desk.draft(&id).expect("it is there").lines[0].quantity == Some(quantity)
        });
        waited.push(synced.elapsed());
    }
    waited.sort();
    println!("from the sync of an edit to the other device: {waited:?}");
    assert!(waited[waited.len() / 2] < Duration::from_secs(1), "{waited:?}");
}

#[test]
fn a_central_that_goes_away_and_comes_back_is_noticed_and_nothing_is_lost() {
    let mut office = Office::open();
    let rep = office.device(REP, 103);
    let watch = rep.desk.sync_watch(|_| {}).expect("it begins");
    office.central.kill().expect("it is gone");
    rep.desk.chat(MESSAGE, None).expect("a rep is never held up");
    until("the status says so", || rep.desk.sync_status().expect("it reads").last.state == "offline");
    let status = rep.desk.sync_status().expect("it reads");
    assert!(status.waiting > 0 && status.parked == 0, "{}", status.state);
    let tried: Vec<u32> = status.next.iter().map(|op| op.attempts).collect();
    assert!(tried.iter().all(|attempts| *attempts == 0), "being offline is no attempt: {tried:?}");

    office.central.restart().expect("it is back");
    until("everything is there", || rep.desk.sync_status().expect("it reads").waiting == 0);
    assert_eq!(office.d1_one("SELECT count(*) > 0 FROM draft_chunks"), json!(1));
    until("the status says so", || rep.desk.sync_status().expect("it reads").last.state == "current");
    drop(watch);
}
