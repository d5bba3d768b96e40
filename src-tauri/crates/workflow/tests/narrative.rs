//! The story of a run is told from what happened in it.
use crate::common::small;
use domain::Sha256;
use fieldquote_workflow::contract::Severity;
use fieldquote_workflow::narrative::{Entry, price_facts, tell};
use fieldquote_workflow::plan::{Planned, PlannedStep, PlannedWrite};
use fieldquote_workflow::rule::Outcome;
use fieldquote_workflow::runner::{CheckResult, Event, Failure, GateDecision, Preflight, RunStatus};
use serde_json::{Value, json};

fn check(id: &str, severity: Severity, outcome: Outcome, because: &[&str]) -> CheckResult {
    let because = because.iter().map(|why| (*why).to_owned()).collect();
    CheckResult { id: id.to_owned(), rule: String::new(), severity, outcome, because }
}

fn preflight(checks: Vec<CheckResult>) -> Event {
    let blocked =
        checks.iter().any(|check| check.severity == Severity::Block && check.outcome != Outcome::Passed);
    let write = PlannedWrite {
        label: "l".to_owned(),
        table: "t".to_owned(),
        reads: Vec::new(),
        sql: "S".to_owned(),
        binds: Vec::new(),
        rows: vec![Vec::new(); 4],
    };
    let step = PlannedStep {
        id: "write".to_owned(),
        kind: "d1_write".to_owned(),
        does: Planned::Write { writes: vec![write] },
    };
    // What is blocked is not planned.
    let plan = if blocked { Vec::new() } else { vec![step] };
    Event::Preflighted(Box::new(Preflight { reads: json!({}), checks, plan, data_as_of: None }))
}

fn story(events: Vec<(i64, Event)>, status: RunStatus, facts: &[String]) -> String {
    let started = Event::Started { input: Value::Null, trigger: Value::Null, by: "Ana".to_owned() };
    let mut journal = vec![Entry { at_ms: 1_000_000, event: started }];
    journal.extend(events.into_iter().map(|(after, event)| Entry { at_ms: 1_000_000 + after, event }));
    tell(&small(), &journal, status, facts)
}

fn staged() -> Event {
    Event::GateStaged { action_id: "A1".parse().unwrap(), payload_hash: Sha256::of(b"x") }
}

fn decided(decision: GateDecision, by: Option<&str>, note: Option<&str>) -> Event {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Event::GateDecided { action_id: "A1".parse().unwrap(), decision, by: owned(by), note: owned(note) }
}

fn failed(attempt: u32, again: bool) -> Event {
    let failure =
        Failure { code: "busy".to_owned(), message: "the disk was busy".to_owned(), transient: true };
    let retry_at = again.then(|| "2026-11-23T09:30:00.000Z".to_owned());
    Event::StepFailed { step: "write".to_owned(), attempt, failure, retry_at }
}

#[test]
fn a_run_with_a_warning_an_approval_and_a_retry() {
    let told = story(
        vec![
            (
                20,
                preflight(vec![
                    check("known", Severity::Block, Outcome::Passed, &[]),
                    check(
                        "floor",
                        Severity::Warn,
                        Outcome::Failed,
                        &["line 1 is 9", "line 2 is 8", "line 3 is 7", "line 4 is 6"],
                    ),
                ]),
            ),
            (30, staged()),
            (300_030, decided(GateDecision::Approved, Some("Mike"), Some("fine by me"))),
            (300_040, Event::StepStarted { step: "write".to_owned(), attempt: 1 }),
            (300_050, failed(1, true)),
            (301_000, Event::StepStarted { step: "write".to_owned(), attempt: 2 }),
            (301_010, Event::StepSucceeded { step: "write".to_owned(), attempt: 2, output: json!({}) }),
            (
                301_020,
                Event::StepSkipped {
                    step: "render".to_owned(),
                    reason: "only when input.print = true".to_owned(),
                },
            ),
        ],
        RunStatus::Completed,
        &price_facts(&[
            ("10412".to_owned(), Some("40.00".to_owned()), "41.75".to_owned()),
            ("10413".to_owned(), None, "9.50".to_owned()),
        ]),
    );
    insta::assert_snapshot!(told, @"small began, set going by Ana. 1 of 2 checks held. floor warned: line 1 is 9; line 2 is 8; line 3 is 7 and 1 more. The plan held 4 row writes in 1 step. Mike approved after 5 min (“fine by me”). Attempt 1 of write failed (the disk was busy) and was tried again. write succeeded at attempt 2. render was left out (only when input.print = true). 2 prices moved: 10412 40.00 → 41.75, 10413 new → 9.50. It ended completed after 5 min; one attempt was repeated.");
}

#[test]
fn a_blocked_run_says_which_check_and_why() {
    let told = story(
        vec![(
            20,
            preflight(vec![check(
                "not_on_hold",
                Severity::Block,
                Outcome::Failed,
                &["customer.entitystatus is hold"],
            )]),
        )],
        RunStatus::Blocked,
        &[],
    );
    insta::assert_snapshot!(told, @"small began, set going by Ana. 0 of 1 checks held. not_on_hold blocked: customer.entitystatus is hold. It ended blocked after 20 ms; nothing had to be retried.");
}

#[test]
fn a_rejected_run_says_who_and_the_reason() {
    let told = story(
        vec![
            (5, preflight(Vec::new())),
            (10, staged()),
            (9_000_000, decided(GateDecision::Rejected, Some("Mike"), Some("price too low"))),
        ],
        RunStatus::Rejected,
        &[],
    );
    insta::assert_snapshot!(told, @"small began, set going by Ana. The plan held 4 row writes in 1 step. Mike said no after 2 h (“price too low”). It ended rejected after 2 h; nothing had to be retried.");
}

#[test]
fn a_failed_run_says_what_was_undone_and_what_could_not_be() {
    let failure = Failure { code: "sql".to_owned(), message: "the row is gone".to_owned(), transient: false };
    let void = Event::GateVoided { action_id: "A1".parse().unwrap(), reason: "a price changed".to_owned() };
    let told = story(
        vec![
            (5, preflight(Vec::new())),
            (6, staged()),
            (7, void),
            (500, failed(3, false)),
            (600, Event::StepCompensated { step: "touch".to_owned(), output: Value::Null }),
            (700, Event::CompensationFailed { step: "write".to_owned(), failure }),
        ],
        RunStatus::Failed,
        &[],
    );
    insta::assert_snapshot!(told, @"small began, set going by Ana. The plan held 4 row writes in 1 step. What the gate showed was voided: a price changed. Attempt 3 of write failed (the disk was busy) for good. touch was undone. write could not be undone: the row is gone. It ended failed after 700 ms; nothing had to be retried.");
}

#[test]
fn a_check_without_a_reason_is_told_without_one() {
    let told = story(
        vec![(1, preflight(vec![check("odd", Severity::Warn, Outcome::Unknown, &[])]))],
        RunStatus::Completed,
        &[],
    );
    assert!(told.contains("odd warned."), "{told}");
}

#[test]
fn different_journals_are_different_stories() {
    let plain = |decision| vec![(5, preflight(Vec::new())), (10, staged()), (20, decision)];
    let mut stories = vec![
        story(plain(decided(GateDecision::Approved, Some("Mike"), None)), RunStatus::Completed, &[]),
        story(plain(decided(GateDecision::Approved, Some("Ana"), None)), RunStatus::Completed, &[]),
        story(plain(decided(GateDecision::Approved, Some("Mike"), Some("ok"))), RunStatus::Completed, &[]),
        story(plain(decided(GateDecision::Rejected, Some("Mike"), None)), RunStatus::Rejected, &[]),
        story(plain(decided(GateDecision::Expired, None, None)), RunStatus::Expired, &[]),
        story(vec![(5, preflight(Vec::new())), (40, failed(1, true))], RunStatus::Completed, &[]),
        story(vec![(5, preflight(Vec::new())), (40, failed(1, false))], RunStatus::Failed, &[]),
        story(
            plain(decided(GateDecision::Approved, Some("Mike"), None)),
            RunStatus::Completed,
            &["1 price moved: A new → 2.00.".to_owned()],
        ),
    ];
    let all = stories.len();
    stories.sort();
    stories.dedup();
    assert_eq!(stories.len(), all);
}

#[test]
fn moved_prices_are_counted_and_the_first_three_named() {
    assert!(price_facts(&[]).is_empty());
    let moved = |n: usize| (0..n).map(|n| (format!("I{n}"), None, "1.00".to_owned())).collect::<Vec<_>>();
    assert_eq!(price_facts(&moved(1)), ["1 price moved: I0 new → 1.00."]);
    assert_eq!(
        price_facts(&moved(5)),
        ["5 prices moved: I0 new → 1.00, I1 new → 1.00, I2 new → 1.00 and 2 more."]
    );
}
