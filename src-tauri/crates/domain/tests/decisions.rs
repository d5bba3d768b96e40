//! A decision says who drafted and who decided, and survives being stored.

use fieldquote_domain::{ActionStatus, Decision, Sha256};

fn decided_by(name: &str) -> Decision {
    Decision {
        action_id: "ACT-1".parse().unwrap(),
        verdict: ActionStatus::Approved,
        payload_hash: Sha256::of(b"what was shown"),
        drafted_by: "mike".to_owned(),
        decided_by: name.to_owned(),
        decided_at: "2026-04-02T10:00:00.000Z".to_owned(),
        note: None,
    }
}

#[test]
fn a_person_who_decides_on_their_own_draft_is_seen_to_have_done_so() {
    assert!(decided_by("mike").is_self_decided());
    assert!(!decided_by("dana").is_self_decided());
}

#[test]
fn a_decision_reads_back_as_it_was_made() {
    let json = serde_json::to_string(&decided_by("mike")).unwrap();
    assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), decided_by("mike"));
}
