//! The runner as a machine: what may happen when, and what is next.
use crate::common::{context_of, offer, small, small_with};
use domain::{ActionId, Sha256};
use fieldquote_workflow::contract::{Contract, Severity};
use fieldquote_workflow::rule::Outcome;
use fieldquote_workflow::runner::{
    CheckResult, Event, Failure, GateDecision, Preflight, RunStatus, State, StepState, Todo, check, next,
    step,
};
use serde_json::{Value, json};

fn action(name: &str) -> ActionId {
    name.parse().unwrap()
}

fn started() -> Event {
    Event::Started { input: json!({}), trigger: Value::Null, by: "Ana".to_owned() }
}

fn preflighted(checks: Vec<CheckResult>) -> Event {
    Event::Preflighted(Box::new(Preflight { reads: json!({}), checks, plan: Vec::new(), data_as_of: None }))
}

fn found(severity: Severity, outcome: Outcome) -> CheckResult {
    CheckResult { id: "c".to_owned(), rule: "x = 1".to_owned(), severity, outcome, because: Vec::new() }
}

fn staged(name: &str) -> Event {
    Event::GateStaged { action_id: action(name), payload_hash: Sha256::of(name.as_bytes()) }
}

fn decided(name: &str, decision: GateDecision) -> Event {
    Event::GateDecided { action_id: action(name), decision, by: Some("Mike".to_owned()), note: None }
}

fn attempted(step: &str, attempt: u32) -> Event {
    Event::StepStarted { step: step.to_owned(), attempt }
}

fn succeeded(step: &str, attempt: u32) -> Event {
    Event::StepSucceeded { step: step.to_owned(), attempt, output: json!({}) }
}

fn failed(step: &str, attempt: u32, transient: bool, again: bool) -> Event {
    let failure = Failure { code: "busy".to_owned(), message: "the disk was busy".to_owned(), transient };
    let retry_at = again.then(|| "2026-11-23T09:30:01.500Z".to_owned());
    Event::StepFailed { step: step.to_owned(), attempt, failure, retry_at }
}

fn replayed(contract: &Contract, events: &[Event]) -> State {
    State::replay(contract, events).unwrap_or_else(|error| panic!("{error}"))
}

fn approved() -> Vec<Event> {
    vec![started(), preflighted(Vec::new()), staged("A1"), decided("A1", GateDecision::Approved)]
}

#[test]
fn checks_are_evaluated_with_their_reasons() {
    let contract = small();
    let results = check(&contract, &context_of(&contract, &offer()));
    let told: Vec<(&str, Outcome, &[String])> =
        results.iter().map(|check| (check.id.as_str(), check.outcome, check.because.as_slice())).collect();
    assert_eq!(
        told,
        [
            ("known", Outcome::Passed, &[][..]),
            ("floor", Outcome::Unknown, &["line 2 (10413) margin_pct is not known".to_owned()][..]),
        ]
    );
}

#[test]
fn a_blocking_check_that_fails_or_is_unknown_ends_the_run_before_anything_is_staged() {
    let contract = small();
    for outcome in [Outcome::Failed, Outcome::Unknown] {
        let state = replayed(&contract, &[started(), preflighted(vec![found(Severity::Block, outcome)])]);
        assert_eq!(next(&contract, &state), Todo::Close { status: RunStatus::Blocked });
        assert!(state.clone().apply(&contract, &staged("A1")).is_err());
        assert!(state.apply(&contract, &attempted("write", 1)).is_err());
    }
    for fine in [found(Severity::Warn, Outcome::Failed), found(Severity::Block, Outcome::Passed)] {
        let state = replayed(&contract, &[started(), preflighted(vec![fine])]);
        assert_eq!(next(&contract, &state), Todo::StageGate);
    }
}

#[test]
fn no_step_begins_before_the_gate_is_approved() {
    let contract = small();
    let mut events = approved();
    for length in 0..events.len() {
        let state = replayed(&contract, &events[..length]);
        for early in [
            attempted("write", 1),
            succeeded("write", 1),
            Event::StepSkipped { step: "write".to_owned(), reason: String::new() },
        ] {
            assert!(state.clone().apply(&contract, &early).is_err(), "{early:?} after {length} events");
        }
    }
    events.push(attempted("write", 1));
    assert_eq!(replayed(&contract, &events).status(&contract), RunStatus::Running);
}

#[test]
fn below_the_gate_level_nobody_is_asked() {
    let contract = small_with(|json| {
        json["risk"]["level"] = json!(2);
        json.as_object_mut().unwrap().remove("gate");
    });
    let state = replayed(&contract, &[started(), preflighted(Vec::new())]);
    assert!(matches!(next(&contract, &state), Todo::Attempt { attempt: 1, .. }));
    assert!(state.apply(&contract, &staged("A1")).is_err());
}

#[test]
fn a_no_or_nobody_in_time_ends_the_run_without_a_step() {
    let contract = small();
    for (decision, status) in
        [(GateDecision::Rejected, RunStatus::Rejected), (GateDecision::Expired, RunStatus::Expired)]
    {
        let state =
            replayed(&contract, &[started(), preflighted(Vec::new()), staged("A1"), decided("A1", decision)]);
        assert_eq!(next(&contract, &state), Todo::Close { status });
        assert!(state.clone().apply(&contract, &attempted("write", 1)).is_err());
        let wrong = Event::Closed { status: RunStatus::Completed };
        assert!(state.clone().apply(&contract, &wrong).is_err());
        let (state, todo) = step(&contract, state, &Event::Closed { status }).unwrap();
        assert_eq!((state.status(&contract), todo), (status, Todo::Nothing));
    }
}

#[test]
fn a_second_or_late_or_foreign_decision_changes_nothing() {
    let contract = small();
    let waiting = replayed(&contract, &approved()[..3]);
    assert_eq!(waiting.status(&contract), RunStatus::AwaitingApproval);
    assert!(waiting.apply(&contract, &decided("A2", GateDecision::Approved)).is_err(), "another action");

    let state = replayed(&contract, &approved());
    for decision in [GateDecision::Approved, GateDecision::Rejected, GateDecision::Expired] {
        let error = state.clone().apply(&contract, &decided("A1", decision)).unwrap_err();
        assert!(error.to_string().starts_with("gate_decided cannot happen now; next is Attempt"), "{error}");
    }
    let void = Event::GateVoided { action_id: action("A1"), reason: "a price changed".to_owned() };
    assert!(state.apply(&contract, &void).is_err(), "what was approved cannot be voided");
}

#[test]
fn a_voided_gate_is_looked_at_and_shown_again_and_its_decision_comes_too_late() {
    let contract = small();
    let void = Event::GateVoided { action_id: action("A1"), reason: "a price changed".to_owned() };
    let mut events = vec![started(), preflighted(Vec::new()), staged("A1"), void];
    let state = replayed(&contract, &events);
    assert_eq!(next(&contract, &state), Todo::Preflight);
    assert!(state.apply(&contract, &decided("A1", GateDecision::Approved)).is_err());
    events.extend([preflighted(Vec::new()), staged("A2")]);
    let state = replayed(&contract, &events);
    assert!(state.clone().apply(&contract, &decided("A1", GateDecision::Approved)).is_err());
    assert!(state.apply(&contract, &decided("A2", GateDecision::Approved)).is_ok());
}

#[test]
fn a_transient_failure_is_tried_three_times_in_all_and_no_more() {
    let contract = small();
    let mut events = approved();
    for attempt in 1..=2 {
        events.extend([attempted("write", attempt), failed("write", attempt, true, true)]);
        let state = replayed(&contract, &events);
        assert_eq!(state.status(&contract), RunStatus::Retrying);
        let again = Todo::Attempt {
            step: "write".to_owned(),
            attempt: attempt + 1,
            not_before: Some("2026-11-23T09:30:01.500Z".to_owned()),
        };
        assert_eq!(next(&contract, &state), again);
    }
    events.push(attempted("write", 3));
    let state = replayed(&contract, &events);
    assert!(
        state.clone().apply(&contract, &failed("write", 3, true, true)).is_err(),
        "there is no fourth attempt"
    );
    let (state, todo) = step(&contract, state, &failed("write", 3, true, false)).unwrap();
    assert_eq!(state.step("write").unwrap().attempts, 3);
    assert_eq!(todo, Todo::Close { status: RunStatus::Failed }, "nothing succeeded, so nothing is undone");
}

#[test]
fn a_permanent_failure_is_not_repeated() {
    let contract = small();
    let mut events = approved();
    events.push(attempted("write", 1));
    let state = replayed(&contract, &events);
    assert!(state.clone().apply(&contract, &failed("write", 1, false, true)).is_err());
    assert!(state.apply(&contract, &failed("write", 1, false, false)).is_ok());
}

#[test]
fn an_attempt_the_process_died_in_is_not_counted() {
    let contract = small();
    let mut events = approved();
    events.extend([
        attempted("write", 1),
        attempted("write", 1),
        attempted("write", 1),
        succeeded("write", 1),
    ]);
    assert_eq!(replayed(&contract, &events).step("write").unwrap().attempts, 1);
}

#[test]
fn nothing_comes_of_an_attempt_that_never_began() {
    let contract = small();
    let state = replayed(&contract, &approved());
    assert!(state.clone().apply(&contract, &succeeded("write", 1)).is_err());
    assert!(state.clone().apply(&contract, &failed("write", 1, true, true)).is_err());
    assert!(state.clone().apply(&contract, &attempted("write", 2)).is_err(), "attempts are counted from 1");
    assert!(state.clone().apply(&contract, &attempted("render", 1)).is_err(), "steps go in order");
    let mut events = approved();
    events.extend([attempted("write", 1), failed("write", 1, true, true)]);
    let state = replayed(&contract, &events);
    assert!(state.clone().apply(&contract, &succeeded("write", 2)).is_err());
    let skip = Event::StepSkipped { step: "write".to_owned(), reason: String::new() };
    assert!(state.apply(&contract, &skip).is_err(), "what was begun is not skipped");
}

#[test]
fn a_failure_undoes_what_succeeded_the_last_first_and_alerts_when_it_cannot() {
    let contract = small();
    let mut events = approved();
    for step in ["write", "render", "mail", "push"] {
        events.extend([attempted(step, 1), succeeded(step, 1)]);
    }
    events.extend([attempted("touch", 1), failed("touch", 1, false, false)]);
    let state = replayed(&contract, &events);
    // What gave up did nothing; of the rest only `write` says how it is undone.
    assert_eq!(next(&contract, &state), Todo::Compensate { step: "write".to_owned() });
    assert_eq!(state.status(&contract), RunStatus::Compensating);
    let failure = Failure { code: "sql".to_owned(), message: "the row is gone".to_owned(), transient: false };
    let could_not = Event::CompensationFailed { step: "write".to_owned(), failure };
    let (state, todo) = step(&contract, state, &could_not).unwrap();
    assert_eq!(state.alerts, ["write could not be undone: the row is gone"]);
    assert_eq!(todo, Todo::Close { status: RunStatus::Failed });
    assert!(state.apply(&contract, &could_not).is_err());
}

#[test]
fn a_step_that_only_alerts_lets_the_run_go_on() {
    let contract = small();
    let mut events = approved();
    for step in ["write", "render", "mail"] {
        events.extend([attempted(step, 1), succeeded(step, 1)]);
    }
    events.extend([attempted("push", 1), failed("push", 1, false, false)]);
    let state = replayed(&contract, &events);
    assert_eq!(state.step("push").unwrap().state, StepState::GaveUp);
    assert_eq!(state.alerts, ["push failed: the disk was busy"]);
    assert_eq!(
        next(&contract, &state),
        Todo::Attempt { step: "touch".to_owned(), attempt: 1, not_before: None }
    );
    events.extend([attempted("touch", 1), succeeded("touch", 1)]);
    let state = replayed(&contract, &events);
    assert_eq!(next(&contract, &state), Todo::Close { status: RunStatus::Completed });
}

#[test]
fn a_refused_event_is_named_without_what_it_carries() {
    let contract = small();
    let secret =
        Event::Started { input: json!({ "customer_id": "C1" }), trigger: offer(), by: "Ana".to_owned() };
    let state = replayed(&contract, &approved());
    let error = state.apply(&contract, &secret).unwrap_err().to_string();
    assert!(error.starts_with("started cannot happen now") && !error.contains("cost_basis"), "{error}");
}

#[test]
fn the_journal_s_words_are_those_it_is_stored_with() {
    let failure = Failure { code: "x".to_owned(), message: "y".to_owned(), transient: false };
    let all = [
        started(),
        preflighted(Vec::new()),
        staged("A1"),
        decided("A1", GateDecision::Approved),
        Event::GateVoided { action_id: action("A1"), reason: String::new() },
        attempted("s", 1),
        succeeded("s", 1),
        failed("s", 1, true, true),
        Event::StepSkipped { step: "s".to_owned(), reason: String::new() },
        Event::StepCompensated { step: "s".to_owned(), output: Value::Null },
        Event::CompensationFailed { step: "s".to_owned(), failure },
        Event::Closed { status: RunStatus::Completed },
    ];
    for event in all {
        let stored = serde_json::to_value(&event).unwrap();
        let word = event.describe();
        assert_eq!(stored["event"].as_str(), word.split(' ').next(), "{word}");
        assert_eq!(serde_json::from_value::<Event>(stored).unwrap(), event);
    }
}
