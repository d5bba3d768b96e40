//! A device's database, as a model: an outbox, a cursor. What is in it outlives a crash; the engine does not.

use std::collections::BTreeSet;

use domain::OpId;
use fieldquote_sync::device::{ReadyOp, Verdict};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SimState {
    Waiting,
    Acknowledged,
    Parked,
}

#[derive(Debug, Clone)]
pub struct SimOp {
    pub op_id: OpId,
    pub aggregate: String,
    /// Its place in its aggregate, from 1.
    pub place: u32,
    pub after: Option<OpId>,
    pub is_file: bool,
    pub state: SimState,
}

#[derive(Default)]
pub struct SimDevice {
    pub outbox: Vec<SimOp>,
    pub cursor: usize,
}

impl SimDevice {
    pub fn ready(&self, busy: &[String], limit: usize) -> Vec<ReadyOp> {
        let mut shut: BTreeSet<&str> = busy.iter().map(String::as_str).collect();
        let mut given: BTreeSet<&OpId> = BTreeSet::new();
        let mut ready = Vec::new();
        for op in &self.outbox {
            if op.state == SimState::Acknowledged {
                continue;
            }
            let released = op.after.as_ref().is_none_or(|after| {
                given.contains(after)
                    || self
                        .outbox
                        .iter()
                        .all(|other| other.op_id != *after || other.state == SimState::Acknowledged)
            });
            if op.state == SimState::Parked || !released || shut.contains(op.aggregate.as_str()) {
                shut.insert(&op.aggregate);
                continue;
            }
            given.insert(&op.op_id);
            ready.push(ReadyOp {
                op_id: op.op_id.clone(),
                aggregate: op.aggregate.clone(),
                after: op.after.clone(),
                is_file: op.is_file,
                bytes: 1_000,
            });
            if ready.len() == limit {
                break;
            }
        }
        ready
    }

    pub fn load(&self, ops: &[OpId]) -> Vec<SimOp> {
        let waiting = |id: &OpId| {
            self.outbox.iter().find(|op| op.op_id == *id && op.state == SimState::Waiting).cloned()
        };
        ops.iter().filter_map(waiting).collect()
    }

    pub fn settle(&mut self, verdicts: &[(OpId, Verdict)]) {
        for (id, verdict) in verdicts {
            let op = self.outbox.iter_mut().find(|op| op.op_id == *id).expect("an operation of this device");
            if op.state != SimState::Waiting {
                continue;
            }
            match verdict {
                Verdict::Acknowledged(_) | Verdict::Conflict(_) => op.state = SimState::Acknowledged,
                Verdict::Parked(_) => op.state = SimState::Parked,
                Verdict::Attempted { .. } => {}
            }
        }
    }
}
