//! What the scenarios share: the main job up to a point, and counting what it left.

#![allow(dead_code)] // Each scenario uses its part.

pub mod office;

use desk::Desk;
use desk::actions::Decided;
use domain::{ActionId, DraftId, RunId};
use serde_json::Value;

/// A message that needs no question back on the sample data.
pub const MESSAGE: &str =
    "quote C10001 for 2026-2027: 120 cases of 10412 and 40 cases of 20817 at 34.50, with pdf";

/// A ready draft.
pub fn draft(desk: &Desk) -> DraftId {
    let answer = desk.chat(MESSAGE, None).expect("the message is understood");
    assert!(answer.draft.ready, "{:?} {:?}", answer.draft.missing, answer.draft.questions);
    answer.draft.draft_id
}

/// A draft, submitted and approved: its run waits at its gate.
pub fn at_gate(desk: &Desk) -> (RunId, ActionId) {
    let submitted = desk.submit(&draft(desk)).expect("the draft is complete");
    let approved = desk.approve(&submitted.action_id, None).expect("nobody decided before");
    (
        approved.run_id.expect("an approval starts a run"),
        approved.next_action.expect("the run stages its gate"),
    )
}

/// The whole job up to the drafted email.
pub fn released(desk: &Desk) -> (RunId, Decided) {
    let (run, gate) = at_gate(desk);
    let released = desk.approve(&gate, Some("go")).expect("nothing changed meanwhile");
    (run, released)
}

/// One number.
pub fn count(desk: &Desk, sql: &str) -> i64 {
    let rows = desk.query(sql, &[]).expect("the query reads").rows;
    rows[0].as_object().expect("a row").values().next().and_then(Value::as_i64).expect("a number")
}

/// Texts of one column.
pub fn texts(desk: &Desk, sql: &str) -> Vec<String> {
    let rows = desk.query(sql, &[]).expect("the query reads").rows;
    let text = |row: &Value| match row.as_object().expect("a row").values().next() {
        Some(Value::String(text)) => text.clone(),
        other => panic!("not a text: {other:?}"),
    };
    rows.iter().map(text).collect()
}
