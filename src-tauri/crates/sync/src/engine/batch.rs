//! Forming requests from what may go.
//!
//! Owns which operations share a request. What depends on each other goes in one request, in order, so that
//! requests side by side never depend on each other; a file goes alone. Must not reorder anything.

use std::collections::{BTreeMap, BTreeSet};

use domain::OpId;

use crate::device::ReadyOp;
use crate::engine::upstream::Upstream;
use crate::engine::{Effect, Tuning};

impl Upstream {
    /// Open requests for what may go.
    pub(super) fn form(&mut self, ready: Vec<ReadyOp>, tuning: &Tuning, effects: &mut Vec<Effect>) {
        let is_full = ready.len() >= tuning.batch_ops * tuning.lanes;
        let mut request = Request::default();
        let mut is_left = is_full;
        for group in groups(ready) {
            if self.lanes.len() >= tuning.lanes {
                is_left = true;
                break;
            }
            let mut cut = Cut::default();
            for op in group {
                if cut.holds(&op) {
                    cut.leave(op);
                } else if op.is_file {
                    cut.file(op);
                } else if request.has_room(&op, tuning) && cut.upload.is_none() {
                    request.add(op);
                    cut.has_taken = true;
                } else {
                    cut.leave(op);
                }
            }
            if let Some(file) = cut.upload {
                self.open(Upstream::fresh(vec![file]), effects);
            }
            is_left |= !cut.left.is_empty();
            if request.is_full(tuning) && self.lanes.len() < tuning.lanes {
                self.open(Upstream::fresh(std::mem::take(&mut request).ops), effects);
            }
        }
        if !request.ops.is_empty() {
            self.open(Upstream::fresh(request.ops), effects);
        }
        self.dirty |= is_left;
    }
}

/// A request in the making.
#[derive(Default)]
struct Request {
    ops: Vec<ReadyOp>,
    bytes: u64,
}

impl Request {
    fn has_room(&self, op: &ReadyOp, tuning: &Tuning) -> bool {
        self.ops.is_empty()
            || (self.ops.len() < tuning.batch_ops && self.bytes + op.bytes <= tuning.batch_bytes)
    }

    fn is_full(&self, tuning: &Tuning) -> bool {
        self.ops.len() >= tuning.batch_ops || self.bytes >= tuning.batch_bytes
    }

    fn add(&mut self, op: ReadyOp) {
        self.bytes += op.bytes;
        self.ops.push(op);
    }
}

/// What of a group cannot go yet: whatever comes after something that was left, in its aggregate or by name.
#[derive(Default)]
struct Cut {
    aggregates: BTreeSet<String>,
    left: BTreeSet<OpId>,
    upload: Option<ReadyOp>,
    has_taken: bool,
}

impl Cut {
    fn holds(&self, op: &ReadyOp) -> bool {
        self.aggregates.contains(&op.aggregate)
            || op.after.as_ref().is_some_and(|after| self.left.contains(after))
    }

    fn leave(&mut self, op: ReadyOp) {
        self.aggregates.insert(op.aggregate);
        self.left.insert(op.op_id);
    }

    /// A file goes by itself, and only as the first of its group: what is before it must have arrived.
    fn file(&mut self, op: ReadyOp) {
        self.aggregates.insert(op.aggregate.clone());
        if self.has_taken || self.upload.is_some() {
            self.left.insert(op.op_id);
        } else {
            self.left.insert(op.op_id.clone());
            self.upload = Some(op);
        }
    }
}

/// Operations that hang together, by aggregate or because one names the other, in order.
fn groups(ready: Vec<ReadyOp>) -> Vec<Vec<ReadyOp>> {
    let mut root: Vec<usize> = (0..ready.len()).collect();
    let mut by_aggregate: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_id: BTreeMap<&OpId, usize> = BTreeMap::new();
    for (n, op) in ready.iter().enumerate() {
        let mate = by_aggregate.insert(&op.aggregate, n);
        let needed = op.after.as_ref().and_then(|after| by_id.get(after).copied());
        for other in [mate, needed].into_iter().flatten() {
            let (a, b) = (find(&mut root, other), find(&mut root, n));
            root[a.max(b)] = a.min(b);
        }
        by_id.insert(&op.op_id, n);
    }
    let heads: Vec<usize> = (0..ready.len()).map(|n| find(&mut root, n)).collect();
    let mut groups: BTreeMap<usize, Vec<ReadyOp>> = BTreeMap::new();
    for (head, op) in heads.into_iter().zip(ready) {
        groups.entry(head).or_default().push(op);
    }
    groups.into_values().collect()
}

fn find(root: &mut [usize], mut n: usize) -> usize {
    while root[n] != n {
        root[n] = root[root[n]];
        n = root[n];
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(id: &str, aggregate: &str, after: Option<&str>) -> ReadyOp {
        ReadyOp {
            op_id: id.parse().unwrap(),
            aggregate: aggregate.to_owned(),
            after: after.map(|after| after.parse().unwrap()),
            is_file: id.starts_with("pdf"),
            bytes: 100,
        }
    }

    fn requests(ready: Vec<ReadyOp>, tuning: &Tuning) -> Vec<String> {
        let mut effects = Vec::new();
        Upstream::default().form(ready, tuning, &mut effects);
        effects
            .into_iter()
            .map(|effect| match effect {
                Effect::Send { ops, .. } => ops.iter().map(OpId::as_str).collect::<Vec<_>>().join(" "),
                Effect::Upload { op, .. } => format!("file {op}"),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn what_depends_on_each_other_shares_a_request_in_order() {
        let ready = vec![
            op("staged", "action:1", None),
            op("decided", "action:1", None),
            op("rows", "quote:1", Some("decided")),
            op("other", "draft:2", None),
        ];
        assert_eq!(requests(ready, &Tuning::default()), ["staged decided rows other"]);
    }

    #[test]
    fn a_file_goes_alone_and_what_follows_it_waits() {
        let ready =
            vec![op("rows", "quote:1", None), op("pdf", "quote:1", None), op("push", "quote:1", None)];
        assert_eq!(requests(ready.clone(), &Tuning::default()), ["rows"]);
        assert_eq!(requests(ready[1..].to_vec(), &Tuning::default()), ["file pdf"]);
    }

    #[test]
    fn a_full_request_leaves_the_rest_of_its_aggregate_for_later() {
        let tuning = Tuning { batch_ops: 2, lanes: 2, ..Tuning::default() };
        let ready = vec![op("a1", "a", None), op("a2", "a", None), op("a3", "a", None), op("b1", "b", None)];
        assert_eq!(requests(ready, &tuning), ["a1 a2", "b1"]);
    }

    #[test]
    fn what_needs_something_that_was_left_is_left_too() {
        let tuning = Tuning { batch_ops: 1, lanes: 2, ..Tuning::default() };
        let ready = vec![
            op("staged", "action:1", None),
            op("decided", "action:1", None),
            op("rows", "q", Some("decided")),
        ];
        assert_eq!(requests(ready, &tuning), ["staged"]);
    }
}
