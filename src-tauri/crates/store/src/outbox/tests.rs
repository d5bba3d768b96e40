//! The rules of the queue.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::scratch::{self, NOW};
use crate::store::Store;

/// An operation to put in, in short.
#[derive(Debug, Clone)]
struct Short {
    name: String,
    aggregate: &'static str,
    kind: &'static str,
    after: Option<String>,
    created_by: &'static str,
}

fn op(name: &str, aggregate: &'static str) -> Short {
    Short { name: name.to_owned(), aggregate, kind: "rows", after: None, created_by: "Ann" }
}

impl Short {
    fn decision(self) -> Self {
        Short { kind: "decision", ..self }
    }

    fn after(self, name: &str) -> Self {
        Short { after: Some(name.to_owned()), ..self }
    }

    fn of(self, created_by: &'static str) -> Self {
        Short { created_by, ..self }
    }
}

fn id(name: &str) -> OpId {
    name.parse().unwrap()
}

fn row(table: &str, key: &str) -> RowKey {
    RowKey { table: table.to_owned(), key: Canonical::stored(key.to_owned()) }
}

fn put_all(store: &Store, ops: &[Short], touches: &[RowKey]) {
    store
        .write(|tx| {
            for op in ops {
                let (op_id, after) = (id(&op.name), op.after.as_deref().map(id));
                let new = NewOp {
                    op_id: &op_id,
                    aggregate: op.aggregate,
                    kind: op.kind,
                    payload: &Canonical::stored("{\"n\":12345}".to_owned()),
                    run_id: None,
                    step_id: None,
                    after: after.as_ref(),
                    touches,
                    created_by: op.created_by,
                };
                put(tx, &new, NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn with(ops: &[Short]) -> (tempfile::TempDir, Store) {
    let (folder, store) = scratch::store();
    put_all(&store, ops, &[]);
    (folder, store)
}

fn names(ops: Vec<OpRow>) -> Vec<String> {
    ops.into_iter().map(|op| op.op_id.as_str().to_owned()).collect()
}

fn turn(skip: &BTreeSet<String>) -> Turn<'_> {
    Turn { created_by: "Ann", skip, most_ops: 100, most_bytes: 1_000_000 }
}

fn ready_now(store: &Store) -> Vec<String> {
    names(store.read(|db| ready(db, &turn(&BTreeSet::new()))).unwrap())
}

fn does(store: &Store, change: impl FnOnce(&WriteTx<'_>) -> Result<bool, StoreError>) {
    assert!(store.write(change).unwrap());
}

#[test]
fn operations_go_in_the_order_they_were_put_in() {
    let (_folder, store) = with(&[op("1", "a"), op("2", "b"), op("3", "a")]);
    assert_eq!(ready_now(&store), ["1", "2", "3"]);
    does(&store, |tx| acknowledge(tx, &id("1"), "{}", NOW));
    assert_eq!(ready_now(&store), ["2", "3"]);
}

#[test]
fn a_parked_operation_stops_what_is_behind_it_in_its_aggregate_only() {
    let (_folder, store) = with(&[op("1", "a"), op("2", "a"), op("3", "a"), op("4", "b")]);
    does(&store, |tx| park(tx, &id("2"), "rejected", "no", NOW));
    assert_eq!(ready_now(&store), ["1", "4"]);
    let behind = store.read(|db| blocked(db, 10)).unwrap();
    assert_eq!(
        behind,
        [Blocked { op_id: id("3"), aggregate: "a".to_owned(), behind: id("2"), state: OpState::Parked }]
    );
    does(&store, |tx| retry(tx, &id("2"), NOW));
    assert_eq!(ready_now(&store), ["1", "2", "3", "4"]);
    does(&store, |tx| overrule(tx, &id("2"), "conflict", "Ann was first", NOW));
    assert_eq!(ready_now(&store), ["1", "3", "4"]);
}

#[test]
fn an_aggregate_that_is_skipped_stays_whole() {
    let (_folder, store) = with(&[op("1", "a"), op("2", "b"), op("3", "a")]);
    let skip = BTreeSet::from(["a".to_owned()]);
    assert_eq!(names(store.read(|db| ready(db, &turn(&skip))).unwrap()), ["2"]);
}

#[test]
fn another_persons_operations_wait_for_them_and_keep_their_place() {
    let ops = [op("1", "a").of("Mike"), op("2", "a"), op("3", "b"), op("4", "c").of("Mike")];
    let (_folder, store) = with(&ops);
    assert_eq!(ready_now(&store), ["3"]);
    let held = store.read(|db| held_for(db, "Ann")).unwrap();
    assert_eq!(held, [HeldBack { created_by: "Mike".to_owned(), waiting: 2, oldest_at: NOW.to_owned() }]);
}

#[test]
fn an_operation_goes_after_the_one_it_names() {
    let ops = [op("decided", "a"), op("effect", "b").after("decided"), op("later", "b")];
    let (_folder, store) = with(&ops);
    assert_eq!(ready_now(&store), ["decided", "effect", "later"]);
    does(&store, |tx| park(tx, &id("decided"), "rejected", "no", NOW));
    assert_eq!(ready_now(&store), [""; 0]);
    does(&store, |tx| retry(tx, &id("decided"), NOW));
    does(&store, |tx| acknowledge(tx, &id("decided"), "{}", NOW));
    assert_eq!(ready_now(&store), ["effect", "later"]);
}

#[test]
fn what_comes_after_an_overruled_decision_never_goes_and_is_told_of() {
    let ops = [op("decided", "a"), op("effect", "b").after("decided"), op("last", "c").after("effect")];
    let (_folder, store) = with(&ops);
    does(&store, |tx| overrule(tx, &id("decided"), "conflict", "second", NOW));
    assert_eq!(ready_now(&store), [""; 0]);
    let behind = store.read(|db| blocked(db, 10)).unwrap();
    let told: Vec<_> = behind.iter().map(|b| (b.op_id.as_str(), b.behind.as_str(), b.state)).collect();
    assert_eq!(told, [("effect", "decided", OpState::Discarded), ("last", "decided", OpState::Discarded)]);
    assert_eq!(store.read(|db| blocked(db, 1)).unwrap().len(), 1);
}

#[test]
fn an_after_that_was_never_here_holds_nothing_up() {
    let (_folder, store) = with(&[op("1", "a").after("elsewhere")]);
    assert_eq!(ready_now(&store), ["1"]);
}

#[test]
fn decisions_go_first_with_what_they_need() {
    let ops = [
        op("rows", "x"),
        op("gate", "run:1"),
        op("staged", "action:1").after("gate"),
        op("other", "x"),
        op("decided", "action:1").decision(),
        op("effect", "x").after("decided"),
    ];
    let (_folder, store) = with(&ops);
    assert_eq!(ready_now(&store), ["gate", "staged", "decided", "rows", "other", "effect"]);
}

#[test]
fn a_short_answer_is_a_beginning_of_the_long_one() {
    let ops = [op("1", "a"), op("2", "b").decision(), op("3", "a"), op("4", "c")];
    let (_folder, store) = with(&ops);
    let skip = BTreeSet::new();
    let at_most = |most_ops, most_bytes| {
        names(store.read(|db| ready(db, &Turn { most_ops, most_bytes, ..turn(&skip) })).unwrap())
    };
    let all = at_most(100, 1_000_000);
    for most in 0..=4 {
        assert_eq!(at_most(most, 1_000_000), all[..most]);
    }
    // Each payload has 11 bytes; the first goes whatever its size.
    assert_eq!(at_most(100, 22), all[..2]);
    assert_eq!(at_most(100, 1), all[..1]);
}

#[test]
fn operations_that_need_each_other_hold_up_nobody_else() {
    let ops = [
        op("1", "a").decision().after("2"),
        op("2", "b").decision().after("1"),
        op("3", "c").decision().after("3"),
        op("4", "d"),
    ];
    let (_folder, store) = with(&ops);
    assert_eq!(ready_now(&store), ["4"]);
}

#[test]
fn a_long_queue_is_walked_without_its_payloads() {
    let (_folder, store) = scratch::store();
    for sql in ready::WALKS {
        let plan: Vec<String> = store
            .read(|db| {
                let sql =
                    format!("EXPLAIN QUERY PLAN {}", sql.replace(['1', '2', '3'], "").replace('?', "1"));
                db.all(&sql, [], |row| row.get(3))
            })
            .unwrap();
        assert!(plan.iter().all(|step| step.contains("COVERING INDEX outbox_")), "{sql}: {plan:?}");
    }
}

#[test]
fn a_row_is_pending_until_the_last_operation_on_it_is_settled() {
    let (_folder, store) = scratch::store();
    let (price, line) = (row("quotes", "[\"Q1\"]"), row("quote_lines", "[\"Q1\",1]"));
    put_all(&store, &[op("1", "a"), op("2", "a")], &[price.clone(), line.clone(), price.clone()]);
    let pending = |row: &RowKey| store.read(|db| has_pending_row(db, row)).unwrap();
    assert!(pending(&price) && pending(&line) && !pending(&row("quotes", "[\"Q2\"]")));
    does(&store, |tx| acknowledge(tx, &id("1"), "{}", NOW));
    does(&store, |tx| park(tx, &id("2"), "rejected", "no", NOW));
    assert!(pending(&price));
    does(&store, |tx| overrule(tx, &id("2"), "conflict", "second", NOW));
    assert!(!pending(&price));
    let touched_by = |name| store.read(|db| touched(db, &id(name))).unwrap();
    assert_eq!(touched_by("1"), []);
    assert_eq!(touched_by("2"), [line, price]);
}

#[test]
fn an_attempt_in_vain_is_counted_and_the_operation_goes_on_waiting() {
    let (_folder, store) = with(&[op("1", "a"), op("2", "b")]);
    for _ in 0..2 {
        does(&store, |tx| count_attempt(tx, &id("1"), "unavailable", "try again", NOW));
    }
    let first = store.read(oldest_waiting).unwrap().unwrap();
    assert_eq!((first.op_id, first.attempts, first.state), (id("1"), 2, OpState::Waiting));
    assert_eq!(first.error_code.as_deref(), Some("unavailable"));
    does(&store, |tx| acknowledge(tx, &id("1"), "{}", NOW));
    assert!(!store.write(|tx| count_attempt(tx, &id("1"), "late", "answer", NOW)).unwrap());
    assert!(!store.write(|tx| overrule(tx, &id("1"), "late", "answer", NOW)).unwrap());
    assert_eq!(store.read(oldest_waiting).unwrap().unwrap().op_id, id("2"));
}

/// An operation of the model: aggregate, kind, the earlier one it comes after, whose, and its state.
type Drawn = (usize, bool, Option<prop::sample::Index>, bool, u8);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let one = (
        0..4usize,
        prop::bool::weighted(0.3),
        prop::option::of(any::<prop::sample::Index>()),
        prop::bool::weighted(0.9),
        0..8u8,
    );
    prop::collection::vec(one, 1..14)
}

/// Everything that may go, found by looking again and again until nothing more is found.
fn all_that_may_go(ops: &[Short], states: &[OpState]) -> BTreeSet<String> {
    let mut may_go: BTreeSet<usize> = BTreeSet::new();
    loop {
        let before = may_go.len();
        for (n, op) in ops.iter().enumerate() {
            let unsettled = |m: &usize| matches!(states[*m], OpState::Waiting | OpState::Parked);
            let in_line = (0..n)
                .filter(|m| ops[*m].aggregate == op.aggregate && unsettled(m))
                .all(|m| may_go.contains(&m));
            let released = op.after.as_ref().is_none_or(|after| {
                let m = ops.iter().position(|op| op.name == *after).unwrap();
                may_go.contains(&m) || states[m] == OpState::Acknowledged
            });
            if states[n] == OpState::Waiting && op.created_by == "Ann" && in_line && released {
                may_go.insert(n);
            }
        }
        if may_go.len() == before {
            return may_go.into_iter().map(|n| ops[n].name.clone()).collect();
        }
    }
}

#[test]
fn exactly_what_may_go_goes_and_never_before_what_it_needs() {
    let (_folder, store) = scratch::store();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(200));
    runner
        .run(&drawn(), |drawn| {
            store
                .write(|tx| tx.execute("DELETE FROM outbox", []).map(|_| ()))
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            let mut ops: Vec<Short> = Vec::new();
            for (n, (aggregate, is_decision, after, is_anns, _)) in drawn.iter().enumerate() {
                let mut new = op(&n.to_string(), ["a", "b", "c", "d"][*aggregate]);
                new.kind = if *is_decision { "decision" } else { "rows" };
                new.after = after.filter(|_| n > 0).map(|index| ops[index.index(n)].name.clone());
                new.created_by = if *is_anns { "Ann" } else { "Mike" };
                ops.push(new);
            }
            put_all(&store, &ops, &[]);
            let mut states = Vec::new();
            for (op, (.., state)) in ops.iter().zip(&drawn) {
                let (op, now) = (id(&op.name), NOW);
                states.push(match state {
                    0 => OpState::Parked,
                    1 => OpState::Acknowledged,
                    2 => OpState::Discarded,
                    _ => OpState::Waiting,
                });
                store
                    .write(|tx| match state {
                        0 => park(tx, &op, "c", "m", now),
                        1 => acknowledge(tx, &op, "{}", now),
                        2 => overrule(tx, &op, "c", "m", now),
                        _ => Ok(true),
                    })
                    .map_err(|error| TestCaseError::fail(error.to_string()))?;
            }
            let went = ready_now(&store);
            prop_assert_eq!(went.iter().cloned().collect::<BTreeSet<_>>(), all_that_may_go(&ops, &states));
            for (place, name) in went.iter().enumerate() {
                let op = ops.iter().find(|op| op.name == *name).unwrap();
                let gone = &went[..place];
                let seq = |name: &str| name.parse::<usize>().unwrap();
                for later in &went[place + 1..] {
                    let other = ops.iter().find(|op| op.name == *later).unwrap();
                    prop_assert!(other.aggregate != op.aggregate || seq(later) > seq(name));
                }
                if let Some(after) = &op.after {
                    prop_assert!(gone.contains(after) || states[seq(after)] == OpState::Acknowledged);
                }
            }
            Ok(())
        })
        .unwrap();
}
