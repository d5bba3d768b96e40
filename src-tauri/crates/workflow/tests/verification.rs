//! Whether what a run claims is so.
use crate::common::{context_of, offer, small};
use domain::Sha256;
use fieldquote_workflow::Contract;
use fieldquote_workflow::runner::{Event, GateDecision, Preflight, State};
use fieldquote_workflow::verification::{Evidence, Outstanding, Verdict, VerifyStatus, judge};
use serde_json::{Value, json};

/// A run of the small contract whose render step was skipped or not.
fn state(contract: &Contract, rendered: bool) -> State {
    let action_id: domain::ActionId = "A1".parse().unwrap();
    let preflight = Preflight { reads: json!({}), checks: Vec::new(), plan: Vec::new(), data_as_of: None };
    let mut events = vec![
        Event::Started { input: json!({}), trigger: Value::Null, by: "Ana".to_owned() },
        Event::Preflighted(Box::new(preflight)),
        Event::GateStaged { action_id: action_id.clone(), payload_hash: Sha256::of(b"shown") },
        Event::GateDecided { action_id, decision: GateDecision::Approved, by: None, note: None },
    ];
    for step in &contract.steps {
        let step = step.id.clone();
        if step == "render" && !rendered {
            events.push(Event::StepSkipped { step, reason: "not asked for".to_owned() });
            continue;
        }
        events.push(Event::StepStarted { step: step.clone(), attempt: 1 });
        events.push(Event::StepSucceeded { step, attempt: 1, output: json!({}) });
    }
    State::replay(contract, &events).unwrap()
}

fn judged(id: &str, rendered: bool, evidence: &Evidence, outstanding: Option<&Outstanding>) -> Verdict {
    let contract = small();
    let verify = contract.verify.iter().find(|verify| verify.id() == id).unwrap();
    judge(verify, &context_of(&contract, &offer()), &state(&contract, rendered), evidence, outstanding)
}

fn rows(row: Value) -> Evidence {
    Evidence::Rows(vec![row])
}

fn open_gate() -> Outstanding {
    Outstanding::Approval { action_id: "A9".to_owned() }
}

fn at_the_central() -> Outstanding {
    Outstanding::Central { op_id: "OP1".to_owned() }
}

#[test]
fn a_row_that_satisfies_its_rule_passes_with_the_row_as_evidence() {
    let verdict = judged("written", true, &rows(json!({ "status": "open" })), None);
    assert_eq!(verdict.status, VerifyStatus::Passed);
    assert_eq!(verdict.evidence, json!({ "row": { "status": "open" }, "rule": "row.status = 'open'" }));
}

#[test]
fn a_row_that_does_not_satisfy_it_or_is_not_there_fails() {
    assert_eq!(
        judged("written", true, &rows(json!({ "status": "shut" })), None).status,
        VerifyStatus::Failed
    );
    let unknown = judged("written", true, &rows(json!({ "status": null })), None);
    assert_eq!(unknown.status, VerifyStatus::Failed);
    assert_eq!(unknown.evidence["row"], json!({ "status": null }));
    let nothing = judged("written", true, &Evidence::Rows(Vec::new()), None);
    assert_eq!(
        (nothing.status, nothing.evidence),
        (VerifyStatus::Failed, json!({ "reason": "nothing was found" }))
    );
}

#[test]
fn while_its_human_gate_is_open_a_check_waits_and_never_fails() {
    for evidence in [
        Evidence::Rows(Vec::new()),
        rows(json!({ "uses": 0 })),
        rows(json!({ "uses": null })),
        Evidence::Object { expected: None, stored: None },
    ] {
        let verdict = judged("mailed", true, &evidence, Some(&open_gate()));
        assert_eq!(verdict.status, VerifyStatus::Pending, "{evidence:?}");
        assert_eq!(verdict.evidence, json!({ "waits_for": "approval", "action_id": "A9" }));
    }
    let proven = judged("mailed", true, &rows(json!({ "uses": 1 })), Some(&open_gate()));
    assert_eq!(proven.status, VerifyStatus::Passed);
}

#[test]
fn what_the_central_has_not_acknowledged_is_pending() {
    for (id, evidence) in [
        ("mailed", Evidence::Rows(Vec::new())),
        ("stored", Evidence::Object { expected: Some("aa".to_owned()), stored: None }),
    ] {
        let verdict = judged(id, true, &evidence, Some(&at_the_central()));
        assert_eq!(verdict.status, VerifyStatus::Pending, "{id}");
        assert_eq!(verdict.evidence, json!({ "waits_for": "central", "op_id": "OP1" }));
    }
}

#[test]
fn what_was_refused_or_thrown_away_fails_with_the_reason() {
    for over in [
        Outstanding::Refused { reason: "rejected: wrong address".to_owned() },
        Outstanding::Stopped { reason: "the operation was thrown away".to_owned() },
    ] {
        let verdict = judged("mailed", true, &Evidence::Rows(Vec::new()), Some(&over));
        assert_eq!((verdict.status, verdict.evidence), (VerifyStatus::Failed, json!(over)));
    }
}

#[test]
fn an_object_is_proven_by_the_hash_of_the_bytes_that_were_approved() {
    let object = |expected: Option<&str>, stored: &str| Evidence::Object {
        expected: expected.map(str::to_owned),
        stored: Some(stored.to_owned()),
    };
    assert_eq!(judged("stored", true, &object(Some("aa"), "aa"), None).status, VerifyStatus::Passed);
    for wrong in [object(Some("aa"), "bb"), object(None, "bb")] {
        let verdict = judged("stored", true, &wrong, Some(&at_the_central()));
        assert_eq!(
            (verdict.status, &verdict.evidence["sha256"]),
            (VerifyStatus::Failed, &json!("bb")),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_step_that_did_not_apply_leaves_nothing_to_prove() {
    let verdict = judged("stored", false, &Evidence::Object { expected: None, stored: None }, None);
    assert_eq!(verdict.status, VerifyStatus::Skipped);
    assert_eq!(verdict.evidence["step"], "render");
    // The others are proven as ever.
    assert_eq!(
        judged("written", false, &rows(json!({ "status": "open" })), None).status,
        VerifyStatus::Passed
    );
}
