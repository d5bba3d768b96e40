//! Deciding with few gestures: what is approved is what was seen, one by one or many at once.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::scenario::{at_gate, count, draft, texts};
use desk::actions::{GatePreview, ShownAction, Shows};
use desk::drafts::DraftEdit;
use desk::{Code, Desk};
use domain::{ActionId, ActionStatus, RunId};
use serde_json::json;
use testkit::crash::{CrashAt, Side};
use testkit::profile::{TestProfile, monday, reopen, with_sample};
use workflow::RunStatus;

fn previewed(desk: &Desk, action: &ActionId) -> GatePreview {
    match desk.action(action).unwrap().shows {
        Shows::QuoteDraft { gate: Some(gate), .. } => *gate,
        other => panic!("no gate ahead: {other:?}"),
    }
}

/// Another list price, as an import brings it.
fn new_price(profile: &TestProfile) {
    let file = profile.folder.path().join("list.csv");
    std::fs::write(&file, "customer_id,item_code,school_year,case_price\nC10001,20817,2026-2027,31.25\n")
        .unwrap();
    profile.clock.pass(Duration::from_secs(60));
    profile.desk.import(desk::import::Table::PricingMaster, &file, false, &mut |_| {}).unwrap();
}

fn more_of_the_first(desk: &Desk, draft: &domain::DraftId) -> Vec<DraftEdit> {
    let line = desk.draft(draft).unwrap().lines[0].line_id.clone();
    serde_json::from_value(json!([{ "edit": "set_quantity", "line_id": line, "quantity": 130 }])).unwrap()
}

#[test]
fn one_gesture_approves_the_draft_and_the_gate_that_was_shown_beside_it() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let submitted = desk.submit(&draft(desk)).unwrap();
    let before = count(desk, "SELECT count(*) AS n FROM outbox");
    let preview = previewed(desk, &submitted.action_id);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM runs"), 0, "looking begins nothing");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM outbox"), before, "and tells nobody");
    assert_eq!((preview.gate.releases.len(), preview.gate.checks.len(), preview.blocked), (5, 4, false));

    let run = &preview.gate.run_id;
    let decided = desk
        .approve_and_release(
            &submitted.action_id,
            submitted.payload_hash,
            run,
            preview.payload_hash,
            Some("go"),
        )
        .unwrap();
    assert!(decided.released && decided.self_decided);
    assert_eq!((decided.run_id.as_ref(), decided.run_status), (Some(run), Some(RunStatus::Completed)));
    assert_eq!(desk.audit().unwrap().decisions, 2, "two decisions, each signed");
    let hashes =
        texts(desk, "SELECT payload_hash FROM proposed_actions WHERE status = 'approved' ORDER BY id");
    assert_eq!(hashes, [submitted.payload_hash.to_string(), preview.payload_hash.to_string()]);
    let email = decided.next_action.unwrap();
    let Shows::Email { email: shown, .. } = desk.action(&email).unwrap().shows else { panic!("an email") };
    let pdf = desk.action_pdf(&email).unwrap();
    assert_eq!((Some(pdf.sha256), pdf.stored), (shown.attachment.map(|file| file.sha256), true));
}

#[test]
fn a_gate_that_comes_to_show_something_else_waits() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let submitted = desk.submit(&draft(desk)).unwrap();
    let preview = previewed(desk, &submitted.action_id);
    new_price(&profile);
    let decided = desk
        .approve_and_release(
            &submitted.action_id,
            submitted.payload_hash,
            &preview.gate.run_id,
            preview.payload_hash,
            None,
        )
        .unwrap();
    assert_eq!((decided.released, decided.run_status), (false, Some(RunStatus::AwaitingApproval)));
    let gate = desk.action(&decided.next_action.unwrap()).unwrap();
    assert_eq!(gate.listed.status, ActionStatus::Pending);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM quotes WHERE run_id IS NOT NULL"), 0);
    assert!(desk.approve_shown(&gate.listed.action_id, gate.listed.payload_hash, None).unwrap().released);
}

#[test]
fn a_check_that_blocks_is_seen_before_anything_is_approved() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let answer = desk.chat("C10012, 2026-2027, 12 cases of 10412", None).unwrap();
    let submitted = desk.submit(&answer.draft.draft_id).unwrap();
    let preview = previewed(desk, &submitted.action_id);
    assert!(preview.blocked && preview.gate.releases.is_empty());
    let decided = desk
        .approve_and_release(
            &submitted.action_id,
            submitted.payload_hash,
            &preview.gate.run_id,
            preview.payload_hash,
            None,
        )
        .unwrap();
    assert_eq!((decided.released, decided.run_status), (false, Some(RunStatus::Blocked)));
}

#[test]
fn nothing_is_decided_on_another_hash_or_under_a_run_id_that_was_not_drawn_for_it() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (used, gate) = at_gate(desk);
    let submitted = desk.submit(&draft(desk)).unwrap();
    let preview = previewed(desk, &submitted.action_id);
    let other = domain::Sha256::of(b"something else");
    let drawn = preview.gate.run_id.clone();
    let release = |action: &ActionId, shown, run: &RunId| {
        desk.approve_and_release(action, shown, run, preview.payload_hash, None).unwrap_err().code
    };
    assert_eq!(release(&submitted.action_id, other, &drawn), Code::ActionChanged);
    assert_eq!(release(&submitted.action_id, submitted.payload_hash, &used), Code::BadInput);
    for made_up in ["run-1", "01j00000000000000000000000", "../x"] {
        let Ok(run) = made_up.parse() else { continue };
        assert_eq!(release(&submitted.action_id, submitted.payload_hash, &run), Code::BadInput, "{made_up}");
    }
    let shown = desk.action(&gate).unwrap().listed.payload_hash;
    assert_eq!(release(&gate, shown, &drawn), Code::WrongState, "a gate begins no run");
    assert_eq!(desk.approve_shown(&submitted.action_id, other, None).unwrap_err().code, Code::ActionChanged);
    assert_eq!(desk.action(&submitted.action_id).unwrap().listed.status, ActionStatus::Pending);
    assert_eq!(count(desk, "SELECT count(*) AS n FROM runs"), 1);
    assert_eq!(desk.audit().unwrap().decisions, 1);
}

#[test]
fn many_at_once_are_decided_one_by_one_and_those_with_worries_are_left() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    desk.set_company(&desk.company().unwrap()).unwrap();
    let submit = |message: &str| {
        let draft = desk.chat(message, None).unwrap().draft;
        let submitted = desk.submit(&draft.draft_id).unwrap();
        (
            ShownAction { action_id: submitted.action_id, payload_hash: submitted.payload_hash },
            submitted.flags,
        )
    };
    let (plain, flags) = submit("C10001, 2026-2027, 12 cases of 10412");
    assert_eq!(flags, [], "the sample has a quote without worries");
    let (other, flags) = submit("C10002, 2026-2027, 12 cases of 10412");
    assert_eq!(flags, []);
    let (worrying, flags) = submit("C10012, 2026-2027, 12 cases of 10412");
    assert!(!flags.is_empty());
    let stale = ShownAction { payload_hash: domain::Sha256::of(b"older"), ..other.clone() };

    let asked = [worrying.clone(), stale, plain.clone(), plain.clone(), other.clone()];
    let results = desk.approve_many(&asked);
    let codes: Vec<Option<Code>> =
        results.iter().map(|result| result.error.as_ref().map(|error| error.code)).collect();
    assert_eq!(
        codes,
        [Some(Code::NotAllowed), Some(Code::ActionChanged), None, Some(Code::NotPending), None]
    );
    assert!(results[2].ok && results[2].next_action.is_some());
    assert_eq!(desk.action(&worrying.action_id).unwrap().listed.status, ActionStatus::Pending);
    assert_eq!(desk.audit().unwrap().decisions, 2);
}

#[test]
fn lines_edited_where_they_wait_are_submitted_anew_by_whoever_edited_them() {
    let profile = with_sample("Dana").unwrap();
    let id = draft(&profile.desk);
    let first = profile.desk.submit(&id).unwrap();
    let mike = reopen(profile.folder.path(), "Mike", monday(), 11, None).unwrap();
    let shown = mike.action(&first.action_id).unwrap();
    assert!(shown.editable && !shown.self_approval);
    let second = mike.edit_lines(&first.action_id, &more_of_the_first(&mike, &id)).unwrap();
    assert_eq!(second.quote_id, first.quote_id);
    assert_eq!(mike.action(&first.action_id).unwrap().listed.status, ActionStatus::Voided);
    let shown = mike.action(&second.action_id).unwrap();
    assert!(shown.self_approval, "who changed a price and approves it approves his own");
    assert_eq!(shown.payload["quote"]["lines"][0]["quantity"], 130);
    assert_eq!(shown.payload["quote"]["prepared_by"], "Dana");
    let preview = previewed(&mike, &second.action_id);
    let decided = mike
        .approve_and_release(
            &second.action_id,
            second.payload_hash,
            &preview.gate.run_id,
            preview.payload_hash,
            None,
        )
        .unwrap();
    assert!(decided.released && decided.self_decided);
}

#[test]
fn lines_edited_at_a_gate_end_its_run_and_wait_for_both_approvals_again() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let id = desk.action(&gate).unwrap().listed.draft_id.unwrap();
    let again = desk.edit_lines(&gate, &more_of_the_first(desk, &id)).unwrap();
    assert_eq!(desk.run(&run).unwrap().listed.status, "withdrawn");
    assert_eq!(desk.action(&gate).unwrap().listed.status, ActionStatus::Voided);
    let pending = desk.actions(Some(ActionStatus::Pending), 10).unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].action_id, again.action_id);
    assert_eq!(desk.draft(&id).unwrap().status.as_str(), "submitted");
}

#[test]
fn an_edit_that_cannot_be_submitted_leaves_what_waits() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let id = desk.action(&gate).unwrap().listed.draft_id.unwrap();
    let read = |edits| serde_json::from_value::<Vec<DraftEdit>>(edits).unwrap();
    let incomplete = read(json!([{ "edit": "add_line", "item_code": "10412" }]));
    assert_eq!(desk.edit_lines(&gate, &incomplete).unwrap_err().code, Code::DraftIncomplete);
    let same = read(json!([{ "edit": "set_include_pdf", "include_pdf": true }]));
    assert_eq!(desk.edit_lines(&gate, &same).unwrap_err().code, Code::BadInput);
    let shown = desk.action(&gate).unwrap();
    assert_eq!(shown.listed.status, ActionStatus::Pending);
    assert_eq!(desk.run(&run).unwrap().listed.status, "awaiting_approval");
    assert_eq!(desk.draft(&id).unwrap().lines.len(), 2);
    assert!(desk.approve_shown(&gate, shown.listed.payload_hash, None).unwrap().released);
}

#[test]
fn the_list_says_what_a_decision_is_about() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let submitted = desk.submit(&draft(desk)).unwrap();
    let listed = desk.actions(Some(ActionStatus::Pending), 10).unwrap().remove(0);
    assert_eq!(listed.total, Some(submitted.total));
    assert!(listed.customer_name.is_some() && listed.worst_margin_known);
    assert!(listed.worst_margin.unwrap().ends_with('%'));
    assert_eq!(
        listed.flags.len(),
        submitted.flags.iter().map(|flag| flag.kind).collect::<std::collections::BTreeSet<_>>().len()
    );
}

/// Approve and release what waits, by one gesture where that is still to be done.
fn release_what_waits(desk: &Desk) {
    desk.sweep().expect("a sweep continues what was cut off");
    let waiting = desk.actions(Some(ActionStatus::Pending), 10).unwrap();
    let Some(action) = waiting.iter().find(|action| action.action_type != "send_quote_to_customer") else {
        return;
    };
    let shown = desk.action(&action.action_id).unwrap();
    let decided = match shown.shows {
        Shows::QuoteDraft { gate: Some(gate), .. } => desk.approve_and_release(
            &action.action_id,
            shown.listed.payload_hash,
            &gate.gate.run_id,
            gate.payload_hash,
            None,
        ),
        _ => desk.approve_shown(&action.action_id, shown.listed.payload_hash, None),
    };
    assert!(decided.expect("nothing changed meanwhile").released);
}

/// The gesture, in a process that is to be killed.
#[test]
fn child() {
    let Ok(home) = std::env::var("RELEASE_HOME") else { return };
    let at: u64 = std::env::var("RELEASE_AT").unwrap().parse().unwrap();
    let side = if std::env::var("RELEASE_SIDE").unwrap() == "before" { Side::Before } else { Side::After };
    let hook = Arc::new(CrashAt::commit(at, side));
    let desk = reopen(Path::new(&home), "Mike", monday(), 1_000 + at, Some(hook)).unwrap();
    release_what_waits(&desk);
}

#[test]
fn killed_at_any_commit_of_the_gesture_everything_is_released_once() {
    let profile = with_sample("Mike").unwrap();
    profile.desk.submit(&draft(&profile.desk)).unwrap();
    let origin = profile.folder.path().to_owned();
    let (_, _folder) = (drop(profile.desk), profile.folder);
    let copy = || {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(&origin).unwrap().flatten() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        copy
    };
    let whole = copy();
    let counter = Arc::new(CrashAt::never());
    let desk = reopen(whole.path(), "Mike", monday(), 1, Some(counter.clone())).unwrap();
    let opening = counter.commits();
    release_what_waits(&desk);
    let commits = counter.commits();
    assert!(commits - opening > 10, "the gesture has {commits} commits");
    for at in opening + 1..=commits {
        for side in ["before", "after"] {
            let home = copy();
            let killed = Command::new(std::env::current_exe().unwrap())
                .args(["releases::child", "--exact"])
                .env("RELEASE_HOME", home.path())
                .env("RELEASE_AT", at.to_string())
                .env("RELEASE_SIDE", side)
                .output()
                .unwrap();
            assert!(!killed.status.success(), "the process was not killed at commit {at}");
            let desk = reopen(home.path(), "Mike", monday(), 500 + at, None).unwrap();
            release_what_waits(&desk);
            let once = |sql: &str| assert_eq!(count(&desk, sql), 1, "killed {side} commit {at}: {sql}");
            once("SELECT count(*) AS n FROM quotes WHERE run_id IS NOT NULL");
            once("SELECT count(*) AS n FROM blobs");
            once("SELECT count(*) AS n FROM runs WHERE status = 'completed'");
            once("SELECT count(*) AS n FROM runs");
            once("SELECT count(*) AS n FROM outbox WHERE step_id = 'ns_push'");
            assert_eq!(desk.audit().unwrap().decisions, 2, "killed {side} commit {at}");
            assert!(desk.doctor().unwrap().ok);
        }
    }
}
