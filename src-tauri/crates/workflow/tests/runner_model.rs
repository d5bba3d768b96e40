//! Runs driven at random: successes, failures, decisions and crashes in any order.
//!
//! Whatever happens, a side effect has its approval, happens at most once and is undone at most once, and
//! the journal alone tells where the run stands.
use crate::common::small_with;
use domain::{ActionId, Sha256};
use fieldquote_workflow::contract::{Contract, Severity};
use fieldquote_workflow::rule::Outcome;
use fieldquote_workflow::runner::{
    CheckResult, Event, Failure, GateDecision, Preflight, RunStatus, State, Todo, next,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const STEPS: [&str; 5] = ["write", "render", "mail", "push", "touch"];
const UNDOABLE: [&str; 2] = ["write", "touch"];

/// Choices drawn beforehand; when they are used up, everything goes well.
struct Fate(std::vec::IntoIter<u8>);

impl Fate {
    fn of(&mut self, ways: u8) -> u8 {
        self.0.next().map_or(0, |drawn| drawn % ways)
    }
}

fn failure(transient: bool) -> Failure {
    Failure { code: "x".to_owned(), message: "it did not work".to_owned(), transient }
}

fn preflight(fate: &mut Fate) -> Event {
    let outcome = match fate.of(12) {
        10 => Outcome::Failed,
        11 => Outcome::Unknown,
        _ => Outcome::Passed,
    };
    let check = |severity| CheckResult {
        id: "c".to_owned(),
        rule: String::new(),
        severity,
        outcome,
        because: Vec::new(),
    };
    let checks = vec![check(if fate.of(2) == 0 { Severity::Block } else { Severity::Warn })];
    Event::Preflighted(Box::new(Preflight { reads: json!({}), checks, plan: Vec::new(), data_as_of: None }))
}

fn decision(fate: &mut Fate, action_id: ActionId) -> Event {
    let decided =
        |decision| Event::GateDecided { action_id: action_id.clone(), decision, by: None, note: None };
    match fate.of(8) {
        5 => decided(GateDecision::Rejected),
        6 => decided(GateDecision::Expired),
        7 => Event::GateVoided { action_id, reason: "a price changed".to_owned() },
        _ => decided(GateDecision::Approved),
    }
}

fn outcome(fate: &mut Fate, contract: &Contract, step: String, attempt: u32) -> Event {
    match fate.of(6) {
        3 | 4 => {
            let again = attempt < contract.retry.max_attempts;
            let retry_at = again.then(|| "2026-11-23T09:30:00.000Z".to_owned());
            Event::StepFailed { step, attempt, failure: failure(true), retry_at }
        }
        5 => Event::StepFailed { step, attempt, failure: failure(false), retry_at: None },
        _ => Event::StepSucceeded { step, attempt, output: json!({ "attempt": attempt }) },
    }
}

/// Everything that must never be taken now, given what has happened.
fn impossible(journal: &[Event]) -> Vec<Event> {
    let mut late = vec![Event::Started { input: Value::Null, trigger: Value::Null, by: "again".to_owned() }];
    for event in journal {
        match event {
            Event::GateDecided { .. } | Event::StepCompensated { .. } => late.push(event.clone()),
            Event::GateVoided { action_id, .. } => late.push(Event::GateDecided {
                action_id: action_id.clone(),
                decision: GateDecision::Approved,
                by: None,
                note: None,
            }),
            Event::StepSucceeded { step, .. } => {
                late.extend([event.clone(), Event::StepStarted { step: step.clone(), attempt: 1 }]);
            }
            Event::Closed { .. } => {
                late.extend([event.clone(), Event::StepStarted { step: "write".to_owned(), attempt: 1 }])
            }
            _ => {}
        }
    }
    late
}

/// Drive a run to its end; gives its journal.
fn drive(contract: &Contract, mut fate: Fate) -> Vec<Event> {
    let mut journal = vec![Event::Started { input: json!({}), trigger: Value::Null, by: "Ana".to_owned() }];
    let mut state = State::replay(contract, &journal).unwrap();
    let mut begun: Option<(String, u32)> = None;
    for _ in 0..500 {
        if fate.of(9) == 8 {
            // The process ends: whatever is not in the journal is gone.
            begun = None;
        }
        assert_eq!(
            State::replay(contract, &journal).as_ref(),
            Ok(&state),
            "the journal tells the whole state"
        );
        for event in impossible(&journal) {
            assert!(state.clone().apply(contract, &event).is_err(), "{event:?} was taken after {journal:?}");
        }
        let event = match next(contract, &state) {
            Todo::Nothing => return journal,
            Todo::Preflight => preflight(&mut fate),
            Todo::StageGate => {
                let shown = format!("A{}", journal.len());
                Event::GateStaged {
                    action_id: shown.parse().unwrap(),
                    payload_hash: Sha256::of(shown.as_bytes()),
                }
            }
            Todo::AwaitGate => decision(&mut fate, state.gate.as_ref().unwrap().action_id.clone()),
            Todo::Attempt { step, attempt, .. } => match begun.take() {
                Some(same) if same == (step.clone(), attempt) => outcome(&mut fate, contract, step, attempt),
                _ if state.step(&step).is_none() && fate.of(7) == 6 => {
                    Event::StepSkipped { step, reason: "not asked for".to_owned() }
                }
                _ => {
                    begun = Some((step.clone(), attempt));
                    Event::StepStarted { step, attempt }
                }
            },
            Todo::Compensate { step } => match fate.of(4) {
                3 => Event::CompensationFailed { step, failure: failure(false) },
                _ => Event::StepCompensated { step, output: Value::Null },
            },
            Todo::Close { status } => Event::Closed { status },
        };
        state = state
            .apply(contract, &event)
            .unwrap_or_else(|error| panic!("{error}: {event:?} after {journal:?}"));
        journal.push(event);
    }
    panic!("the run did not end: {journal:?}");
}

fn place(journal: &[Event], wanted: impl Fn(&Event) -> bool) -> Option<usize> {
    journal.iter().position(wanted)
}

fn count(journal: &[Event], wanted: impl Fn(&Event) -> bool) -> usize {
    journal.iter().filter(|event| wanted(event)).count()
}

fn contract(gated: bool) -> Contract {
    small_with(|json| {
        if !gated {
            json["risk"]["level"] = json!(1);
            json.as_object_mut().unwrap().remove("gate");
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_happens_the_rules_that_protect_people_hold(
        gated in prop::bool::weighted(0.8),
        choices in proptest::collection::vec(any::<u8>(), 0..120),
    ) {
        let contract = if gated { GATED.clone() } else { UNGATED.clone() };
        let journal = drive(&contract, Fate(choices.into_iter()));

        let first_step = place(&journal, |event| matches!(event, Event::StepStarted { .. } | Event::StepSkipped { .. }));
        let approval = place(&journal, |event| {
            matches!(event, Event::GateDecided { decision: GateDecision::Approved, .. })
        });
        if gated && let Some(step) = first_step {
            prop_assert!(approval.is_some_and(|approval| approval < step), "a step before its approval");
        }
        let decisions = count(&journal, |event| matches!(event, Event::GateDecided { .. }));
        prop_assert!(decisions <= 1, "{} decisions", decisions);

        let mut ended = Vec::new();
        for event in &journal {
            match event {
                Event::StepSucceeded { step, .. }
                | Event::StepSkipped { step, .. }
                | Event::StepFailed { step, retry_at: None, .. } => ended.push(step.as_str()),
                Event::StepStarted { attempt, .. } => prop_assert!(*attempt <= contract.retry.max_attempts),
                _ => {}
            }
        }
        prop_assert_eq!(&ended[..], &STEPS[..ended.len()], "every step ends once, in the contract's order");

        let gave_up = place(&journal, |event| {
            matches!(event, Event::StepFailed { step, retry_at: None, .. } if step != "push")
        });
        let undone: Vec<&str> = journal.iter().filter_map(|event| match event {
            Event::StepCompensated { step, .. } | Event::CompensationFailed { step, .. } => Some(step.as_str()),
            _ => None,
        }).collect();
        let succeeded = |id: &str| {
            count(&journal, |event| matches!(event, Event::StepSucceeded { step, .. } if step == id)) == 1
        };
        match gave_up {
            Some(at) => {
                let expected: Vec<&str> =
                    STEPS.into_iter().rev().filter(|step| UNDOABLE.contains(step) && succeeded(step)).collect();
                prop_assert_eq!(undone, expected, "all that succeeded, the last first, once each");
                let goes_on = count(&journal[at..], |event| matches!(event, Event::StepStarted { .. })) > 0;
                prop_assert!(!goes_on, "a step begins after the run failed");
            }
            None => prop_assert!(undone.is_empty(), "nothing is undone without a failure"),
        }

        prop_assert_eq!(count(&journal, |event| matches!(event, Event::Closed { .. })), 1);
        let Some(Event::Closed { status }) = journal.last() else {
            return Err(TestCaseError::fail("closed is the last event"));
        };
        prop_assert!(status.is_final());
        prop_assert_eq!(*status == RunStatus::Failed, gave_up.is_some());
        prop_assert_eq!(*status == RunStatus::Completed, gave_up.is_none() && ended.len() == STEPS.len());
    }
}

static GATED: std::sync::LazyLock<Contract> = std::sync::LazyLock::new(|| contract(true));
static UNGATED: std::sync::LazyLock<Contract> = std::sync::LazyLock::new(|| contract(false));
