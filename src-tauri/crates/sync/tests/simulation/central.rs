//! The central, as a model: receipts, compare-and-set, a feed.

use std::collections::{BTreeMap, BTreeSet};

use domain::OpId;
use fieldquote_sync::wire::{OpAnswer, Outcome};

use crate::device::SimOp;

#[derive(Default)]
pub struct SimCentral {
    /// What became of each operation; a repeat gets the same answer.
    receipts: BTreeMap<OpId, Outcome>,
    /// How far each aggregate is.
    reached: BTreeMap<String, u32>,
    /// The feed: one entry an applied operation.
    pub feed: Vec<OpId>,
    /// What must never happen and did.
    pub violations: Vec<String>,
    pub poisoned: BTreeSet<OpId>,
}

impl SimCentral {
    pub fn has(&self, op: &OpId) -> bool {
        self.receipts.contains_key(op)
    }

    /// Carry a push out: one answer an operation.
    pub fn push(&mut self, ops: &[SimOp]) -> Vec<OpAnswer> {
        let mut refused = BTreeSet::new();
        ops.iter().map(|op| self.apply(op, &mut refused)).collect()
    }

    /// `refused`: what of this same push was not applied, by aggregate and by name; what hangs on that could not
    /// have been known.
    fn apply(&mut self, op: &SimOp, refused: &mut BTreeSet<String>) -> OpAnswer {
        let answer = |outcome, code: Option<&str>| OpAnswer {
            op_id: op.op_id.clone(),
            outcome,
            first: (outcome == Outcome::Duplicate).then_some(Outcome::Applied),
            result: None,
            code: code.map(str::to_owned),
            message: code.map(str::to_owned),
            hint: None,
        };
        if self.receipts.contains_key(&op.op_id) {
            return answer(Outcome::Duplicate, None);
        }
        let hangs_on_it = refused.contains(&op.aggregate)
            || op.after.as_ref().is_some_and(|after| refused.contains(after.as_str()));
        if hangs_on_it || self.poisoned.contains(&op.op_id) {
            refused.extend([op.aggregate.clone(), op.op_id.to_string()]);
        }
        if hangs_on_it {
            return answer(Outcome::Retry, Some("not_yet"));
        }
        if self.poisoned.contains(&op.op_id) {
            return answer(Outcome::Rejected, Some("poison"));
        }
        let reached = self.reached.entry(op.aggregate.clone()).or_default();
        let in_turn = op.place == *reached + 1;
        let released = op.after.as_ref().is_none_or(|after| self.receipts.contains_key(after));
        if !in_turn || !released {
            // A device must never send what cannot be applied yet: an approval's effects before the approval.
            self.violations.push(format!("{} came before its turn", op.op_id));
            return answer(Outcome::Retry, Some("not_yet"));
        }
        *reached = op.place;
        self.receipts.insert(op.op_id.clone(), Outcome::Applied);
        self.feed.push(op.op_id.clone());
        answer(Outcome::Applied, None)
    }
}
