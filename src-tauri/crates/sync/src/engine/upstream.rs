//! The way up: requests under way, and operations that wait to be tried again.
//!
//! Owns which operations are in which request, what their answers mean, and how long an aggregate rests after
//! a “not now”. One operation the central cannot digest must never hold up another's: a request that fails
//! as a whole is halved until the culprit is alone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use domain::OpId;

use crate::central::Refusal;
use crate::device::{ReadyOp, Verdict};
use crate::engine::{Effect, Tuning};
use crate::wire::{OpAnswer, Outcome};

/// The shortest rest after a “not now”.
const SHORTEST_REST: Duration = Duration::from_millis(50);

/// Failures of one request before it is halved.
const HALVE_AFTER: u32 = 2;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub ops: Vec<ReadyOp>,
    /// Which token it was sent with.
    pub token: u64,
    /// How often exactly these were sent and failed as a whole.
    failures: u32,
}

/// An aggregate that rests.
#[derive(Debug)]
struct Rest {
    until: Duration,
    tries: u32,
}

/// The way up.
#[derive(Debug, Default)]
pub(super) struct Upstream {
    pub lanes: BTreeMap<u64, Lane>,
    next_lane: u64,
    /// Requests to be sent again as they are.
    suspects: VecDeque<Lane>,
    rests: BTreeMap<String, Rest>,
    /// Answers of “not now”, by operation.
    not_now: BTreeMap<OpId, u32>,
    /// The token in use: it grows with each one taken over.
    pub token: u64,
    /// Whether the device has to be asked what may go.
    pub dirty: bool,
    /// Whether it is being asked.
    pub reading: bool,
}

impl Upstream {
    /// Nothing is under way, nothing is to be asked; something may rest.
    pub fn is_idle(&self) -> bool {
        self.lanes.is_empty() && self.suspects.is_empty() && !self.dirty && !self.reading
    }

    /// Nothing that was under way is any more.
    pub fn forget(&mut self) {
        self.lanes.clear();
        self.suspects.clear();
        self.rests.clear();
        self.reading = false;
        self.dirty = true;
    }

    /// Aggregates of which nothing else may be sent now.
    pub fn busy(&self) -> Vec<String> {
        let under_way = self.lanes.values().chain(&self.suspects).flat_map(|lane| &lane.ops);
        let mut busy: BTreeSet<String> = under_way.map(|op| op.aggregate.clone()).collect();
        busy.extend(self.rests.keys().cloned());
        busy.into_iter().collect()
    }

    pub fn open(&mut self, mut lane: Lane, effects: &mut Vec<Effect>) {
        lane.token = self.token;
        self.next_lane += 1;
        let number = self.next_lane;
        effects.push(match lane.ops.as_slice() {
            [only] if only.is_file => Effect::Upload { lane: number, op: only.op_id.clone() },
            ops => Effect::Send { lane: number, ops: ops.iter().map(|op| op.op_id.clone()).collect() },
        });
        self.lanes.insert(number, lane);
    }

    pub fn fresh(ops: Vec<ReadyOp>) -> Lane {
        Lane { ops, token: 0, failures: 0 }
    }

    /// Whether a request was sent with a token that has been renewed since.
    pub fn is_stale(&self, lane: u64) -> bool {
        self.lanes.get(&lane).is_some_and(|lane| lane.token != self.token)
    }

    /// The request is done with.
    pub fn close(&mut self, lane: u64) {
        self.lanes.remove(&lane);
        self.dirty = true;
    }

    pub fn send_suspects(&mut self, tuning: &Tuning, effects: &mut Vec<Effect>) {
        while self.lanes.len() < tuning.lanes {
            let Some(lane) = self.suspects.pop_front() else { return };
            self.open(lane, effects);
        }
    }

    /// What the answers of a request mean.
    pub fn verdicts(
        &mut self,
        lane: u64,
        answers: Vec<OpAnswer>,
        now: Duration,
        tuning: &Tuning,
        draw: &mut dyn FnMut(u64) -> u64,
    ) -> Vec<(OpId, Verdict)> {
        let Some(lane) = self.lanes.get(&lane) else { return Vec::new() };
        let ops = lane.ops.clone();
        let mut answers: BTreeMap<OpId, OpAnswer> =
            answers.into_iter().map(|answer| (answer.op_id.clone(), answer)).collect();
        let mut verdicts = Vec::new();
        for op in ops {
            // An operation without an answer was not looked at.
            let answer = answers.remove(&op.op_id);
            let outcome = answer.as_ref().map_or(Outcome::Retry, OpAnswer::settled);
            let verdict = match (answer, outcome) {
                (Some(answer), Outcome::Applied | Outcome::Duplicate) => Some(Verdict::Acknowledged(answer)),
                (Some(answer), Outcome::Conflict) => Some(Verdict::Conflict(answer)),
                (Some(answer), Outcome::Rejected) => Some(Verdict::Parked(refusal(answer))),
                (answer, _) => self.not_now(&op, answer, now, tuning, draw),
            };
            if let Some(verdict) = verdict {
                if !matches!(verdict, Verdict::Attempted { .. }) {
                    self.rests.remove(&op.aggregate);
                    self.not_now.remove(&op.op_id);
                }
                verdicts.push((op.op_id, verdict));
            }
        }
        verdicts
    }

    /// The central took the request and put this operation off.
    fn not_now(
        &mut self,
        op: &ReadyOp,
        answer: Option<OpAnswer>,
        now: Duration,
        tuning: &Tuning,
        draw: &mut dyn FnMut(u64) -> u64,
    ) -> Option<Verdict> {
        if self.rests.contains_key(&op.aggregate) {
            // An earlier operation of the aggregate was put off in this same answer.
            return None;
        }
        let times = self.not_now.entry(op.op_id.clone()).or_default();
        *times += 1;
        // Never nothing at all: an answer that comes at once would make a loop of it.
        let until = now + tuning.patience.wait(*times, draw).max(SHORTEST_REST);
        self.rests.insert(op.aggregate.clone(), Rest { until, tries: *times });
        let (code, message) = match answer {
            Some(answer) => (
                answer.code.unwrap_or_else(|| "retry".to_owned()),
                answer.message.unwrap_or_else(|| "the central put it off".to_owned()),
            ),
            None => ("no_answer".to_owned(), "the central said nothing about it".to_owned()),
        };
        if *times >= tuning.give_up_after {
            return Some(Verdict::Parked(Refusal {
                code: "keeps_failing".to_owned(),
                message: format!("the central put it off {times} times, last: {message}"),
                hint: "Try it again later, or throw it away.".to_owned(),
            }));
        }
        Some(Verdict::Attempted { code, message })
    }

    /// The request as a whole is refused, and will be each time: halve it; one that is alone is parked.
    pub fn refused(&mut self, lane: u64, refusal: &Refusal) -> Vec<(OpId, Verdict)> {
        let Some(lane) = self.lanes.get(&lane).cloned() else { return Vec::new() };
        match lane.ops.as_slice() {
            [only] => vec![(only.op_id.clone(), Verdict::Parked(refusal.clone()))],
            _ => {
                self.halve(lane);
                Vec::new()
            }
        }
    }

    /// The request as a whole was not answered: it goes again, halved once it has failed twice. An operation
    /// that is alone, while the central answers others, rests longer each time and is parked in the end.
    pub fn put_off(
        &mut self,
        lane: u64,
        message: &str,
        answers_others: bool,
        now: Duration,
        tuning: &Tuning,
        draw: &mut dyn FnMut(u64) -> u64,
    ) -> Vec<(OpId, Verdict)> {
        let Some(mut lane) = self.lanes.get(&lane).cloned() else { return Vec::new() };
        lane.failures += 1;
        let attempted = Verdict::Attempted { code: "unavailable".to_owned(), message: message.to_owned() };
        if let ([only], true) = (lane.ops.as_slice(), answers_others) {
            let answer = OpAnswer {
                op_id: only.op_id.clone(),
                outcome: Outcome::Retry,
                first: None,
                result: None,
                code: Some("unavailable".to_owned()),
                message: Some(message.to_owned()),
                hint: None,
            };
            let verdict = self.not_now(only, Some(answer), now, tuning, draw);
            return verdict.map(|verdict| (only.op_id.clone(), verdict)).into_iter().collect();
        }
        let verdicts = lane.ops.iter().map(|op| (op.op_id.clone(), attempted.clone())).collect();
        if lane.failures >= HALVE_AFTER && lane.ops.len() > 1 {
            self.halve(lane);
        } else {
            self.suspects.push_back(lane);
        }
        verdicts
    }

    /// Send the first half again; the rest is read anew once that has arrived, for it may depend on it.
    fn halve(&mut self, lane: Lane) {
        let mut ops = lane.ops;
        ops.truncate(ops.len() / 2);
        self.suspects.push_back(Self::fresh(ops));
        self.dirty = true;
    }

    /// Aggregates that have rested long enough may go again.
    pub fn end_rests(&mut self, now: Duration) {
        let before = self.rests.len();
        self.rests.retain(|_, rest| rest.until > now);
        self.dirty |= self.rests.len() != before;
    }

    pub fn next_rest(&self) -> Option<Duration> {
        self.rests.values().map(|rest| rest.until).min()
    }

    /// Whether something rests that a single pass should still wait for.
    pub fn has_worthwhile_rests(&self, attempts: u32) -> bool {
        self.rests.values().any(|rest| rest.tries < attempts)
    }
}

fn refusal(answer: OpAnswer) -> Refusal {
    Refusal {
        code: answer.code.unwrap_or_else(|| "rejected".to_owned()),
        message: answer.message.unwrap_or_else(|| "the central refuses it".to_owned()),
        hint: answer.hint.unwrap_or_default(),
    }
}
