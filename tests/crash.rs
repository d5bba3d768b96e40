//! The process is killed at every commit of the main job, on both sides of it, and the job is then done
//! again by whoever comes next: every effect is there exactly once, whatever was cut off.
//!
//! The killed process is this test binary itself, started anew with its part of the job.

use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Arc;

use crate::scenario::{count, texts};
use desk::Desk;
use desk::drafts::DraftEdit;
use domain::ActionStatus;
use testkit::crash::{CrashAt, Side};
use testkit::profile::{monday, reopen, with_sample};

/// Do what is left of the job, from wherever it stands: what a person and the app would do after a restart.
fn do_what_is_left(desk: &Desk) {
    desk.sweep().expect("a sweep continues what was cut off");
    if count(desk, "SELECT count(*) AS n FROM drafts") == 0 {
        crate::scenario::draft(desk);
    }
    let open = texts(desk, "SELECT id FROM drafts WHERE status = 'open'");
    if let Some(draft) = open.first() {
        desk.submit(&draft.parse().unwrap()).expect("the draft is complete");
    }
    while let Some(action) = desk.actions(Some(ActionStatus::Pending), 1).unwrap().first() {
        desk.approve(&action.action_id, None).expect("nothing changed meanwhile");
    }
}

/// The part of the job this binary does when it is the one to be killed.
#[test]
fn child() {
    let Ok(home) = std::env::var("CRASH_HOME") else { return };
    let at: u64 = std::env::var("CRASH_AT").unwrap().parse().unwrap();
    let side = if std::env::var("CRASH_SIDE").unwrap() == "before" { Side::Before } else { Side::After };
    let seed = 1_000 + at * 2 + u64::from(side == Side::After);
    let hook = Arc::new(CrashAt::commit(at, side));
    let desk = reopen(Path::new(&home), "Mike", monday(), seed, Some(hook)).unwrap();
    do_what_is_left(&desk);
}

/// The edit this binary makes when it is the one to be killed: the one after which pieces are put together.
#[test]
fn editing_child() {
    let Ok(home) = std::env::var("CRASH_HOME") else { return };
    let at: u64 = std::env::var("CRASH_AT").unwrap().parse().unwrap();
    let side = if std::env::var("CRASH_SIDE").unwrap() == "before" { Side::Before } else { Side::After };
    let desk =
        reopen(Path::new(&home), "Mike", monday(), 77, Some(Arc::new(CrashAt::commit(at, side)))).unwrap();
    edit(&desk, 999);
}

fn edit(desk: &Desk, quantity: u32) {
    let draft = desk.draft(&texts(desk, "SELECT id FROM drafts")[0].parse().unwrap()).unwrap();
    let edit = DraftEdit::SetQuantity { line_id: draft.lines[0].line_id.clone(), quantity };
    desk.draft_edit(&draft.draft_id, &[edit]).unwrap();
}

fn killed_at(home: &Path, at: u64, side: Side) -> ExitStatus {
    killed_in("crash::child", home, at, side)
}

fn killed_in(child: &str, home: &Path, at: u64, side: Side) -> ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args([child, "--exact", "--nocapture"])
        .env("CRASH_HOME", home)
        .env("CRASH_AT", at.to_string())
        .env("CRASH_SIDE", if side == Side::Before { "before" } else { "after" })
        .output()
        .unwrap()
        .status
}

/// Everything that must have happened exactly once.
fn assert_each_effect_once(desk: &Desk, at: &str) {
    let once = |what: &str, sql: &str| assert_eq!(count(desk, sql), 1, "{at}: {what}");
    once("one quote", "SELECT count(*) AS n FROM quotes WHERE run_id IS NOT NULL");
    assert_eq!(
        count(
            desk,
            "SELECT count(*) AS n FROM quote_lines WHERE quote_id IN (SELECT id FROM quotes WHERE run_id IS NOT NULL)"
        ),
        2,
        "{at}: its two lines"
    );
    assert_eq!(
        count(desk, "SELECT count(*) AS n FROM proposed_pricing WHERE status = 'promoted'"),
        2,
        "{at}"
    );
    assert_eq!(count(desk, "SELECT count(*) AS n FROM price_history"), 2, "{at}");
    once("one file", "SELECT count(*) AS n FROM blobs");
    once("one place for it", "SELECT count(*) AS n FROM artifacts");
    once(
        "one approved email",
        "SELECT count(*) AS n FROM proposed_actions WHERE action_type = 'send_quote_to_customer'",
    );
    for step in ["write_quote", "render_pdf", "ns_push", "ar_forecast_touch", "queue_email"] {
        once(step, &format!("SELECT count(*) AS n FROM outbox WHERE step_id = '{step}'"));
    }
    once(
        "one run of the quote",
        "SELECT count(*) AS n FROM runs WHERE contract = 'customer_quote' AND status = 'completed'",
    );
    once(
        "one run of the email",
        "SELECT count(*) AS n FROM runs WHERE contract = 'send_quote_to_customer' AND status = 'completed'",
    );
    assert_eq!(count(desk, "SELECT count(*) AS n FROM runs"), 2, "{at}: and no other");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM workflow_events"), 2, "{at}: an event each");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM decisions"), 3, "{at}: three decisions");
    assert_eq!(
        count(desk, "SELECT count(DISTINCT op_id) AS n FROM outbox"),
        count(desk, "SELECT count(*) AS n FROM outbox")
    );
    let audited = desk.audit().expect("the record of decisions holds");
    assert_eq!(audited.decisions, 3);
    assert!(desk.doctor().unwrap().ok, "{at}: {:?}", desk.doctor());
}

/// A profile with the sample market, copied for each crash: making one takes longer than crashing it.
fn copy_of(home: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(home).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[test]
fn killed_at_any_commit_on_either_side_every_effect_happens_exactly_once() {
    let profile = with_sample("Mike").unwrap();
    let origin = profile.folder.path().to_owned();
    let (_, _folder) = (drop(profile.desk), profile.folder);

    let whole = copy_of(&origin);
    let counter = Arc::new(CrashAt::never());
    let desk = reopen(whole.path(), "Mike", monday(), 1, Some(counter.clone())).unwrap();
    let opening = counter.commits();
    do_what_is_left(&desk);
    let commits = counter.commits();
    assert_each_effect_once(&desk, "undisturbed");
    assert!(commits - opening > 20, "the job has {commits} commits; a journal point is missing");

    for at in opening + 1..=commits {
        for side in [Side::Before, Side::After] {
            let home = copy_of(&origin);
            let status = killed_at(home.path(), at, side);
            assert!(!status.success(), "the process was not killed at commit {at}");
            let desk = reopen(home.path(), "Mike", monday(), 500 + at, None).unwrap();
            do_what_is_left(&desk);
            assert_each_effect_once(&desk, &format!("killed {side:?} commit {at}"));
        }
    }
}

#[test]
fn killed_again_and_again_the_job_still_ends_with_every_effect_once() {
    let profile = with_sample("Mike").unwrap();
    let home = profile.folder.path().to_owned();
    drop(profile.desk);
    let counter = Arc::new(CrashAt::never());
    drop(reopen(&home, "Mike", monday(), 1, Some(counter.clone())).unwrap());
    let opening = counter.commits();
    // Each life gets one commit further than the one before, then dies before its next.
    let mut lives = 0;
    loop {
        lives += 1;
        assert!(lives < 200, "the job makes no headway");
        if killed_at(&home, opening + 2, Side::Before).success() {
            break;
        }
    }
    let desk = reopen(&home, "Mike", monday(), 99, None).unwrap();
    assert_each_effect_once(&desk, &format!("after {lives} lives"));
    assert!(lives > 10, "it was hardly disturbed");
}

#[test]
fn killed_while_a_draft_s_pieces_are_put_together_it_is_as_it_was_before_or_after() {
    const PIECES: &str = "SELECT count(*) AS n FROM draft_chunks";
    const MOST: i64 = 256;
    let profile = with_sample("Mike").unwrap();
    let origin = profile.folder.path().to_owned();
    crate::scenario::draft(&profile.desk);
    let mut quantity = 200;
    // As many as an edit keeps apart; the next one puts them together.
    while count(&profile.desk, PIECES) < MOST {
        quantity += 1;
        edit(&profile.desk, quantity);
    }
    let (_, _folder) = (drop(profile.desk), profile.folder);

    let whole = copy_of(&origin);
    let counter = Arc::new(CrashAt::never());
    let desk = reopen(whole.path(), "Mike", monday(), 77, Some(counter.clone())).unwrap();
    let opening = counter.commits();
    edit(&desk, 999);
    assert_eq!((counter.commits() - opening, count(&desk, PIECES)), (1, 1), "an edit is one commit");
    drop(desk);

    // Whoever looks at it has them put together before that.
    let looked = copy_of(&origin);
    let desk = reopen(looked.path(), "Mike", monday(), 79, None).unwrap();
    let id = texts(&desk, "SELECT id FROM drafts")[0].parse().unwrap();
    desk.warm_draft(&id).unwrap();
    let told = desk.draft_history(&id, 1).unwrap();
    assert_eq!((count(&desk, PIECES), told.total as i64), (1, MOST));
    drop(desk);

    for (side, pieces, stands) in [(Side::Before, MOST, quantity), (Side::After, 1, 999)] {
        let home = copy_of(&origin);
        assert!(!killed_in("crash::editing_child", home.path(), opening + 1, side).success());
        let desk = reopen(home.path(), "Mike", monday(), 78, None).unwrap();
        assert_eq!(count(&desk, PIECES), pieces, "killed {side:?} the commit");
        let id = texts(&desk, "SELECT id FROM drafts")[0].parse().unwrap();
        let shown = desk.draft(&id).unwrap();
        assert_eq!(shown.lines[0].quantity, Some(stands), "killed {side:?} the commit");
        let told = desk.draft_history(&id, 1).unwrap();
        assert_eq!(
            told.total as i64,
            MOST + i64::from(side == Side::After),
            "and nothing of its history is gone"
        );
        edit(&desk, 5);
    }
}
