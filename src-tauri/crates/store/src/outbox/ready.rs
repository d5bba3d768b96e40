//! Which operations may go now, and in which order.
//!
//! Owns the order: within an aggregate the first that is not settled comes first and a parked one stops
//! what is behind it, in its aggregate only; an operation goes after the one it names; decisions go before
//! everything else, with what they need before them. Must not know why an aggregate is to be skipped.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, params};

use super::{COLUMNS, OpRow, OpState, from_row};
use crate::access::Reader;
use crate::error::StoreError;
use crate::row::parsed;

/// What is asked for: the operations of one person's turn to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Whose sign-in sends; others' operations wait, and hold up what comes after them in their aggregate.
    pub created_by: &'a str,
    /// Aggregates that are not tried this time.
    pub skip: &'a BTreeSet<String>,
    /// No more operations than this.
    pub most_ops: usize,
    /// No more bytes of payload than this together; the first operation comes whatever its size.
    pub most_bytes: usize,
}

/// The operations that may go now, to be sent in this order: whoever sends only the first few of them
/// sends nothing that needed a later one.
///
/// An `after` that this device has never heard of holds nothing up: the operation was another device's,
/// so it is for the central to judge.
pub fn ready(db: &Reader<'_>, turn: &Turn<'_>) -> Result<Vec<OpRow>, StoreError> {
    let mut picker = Picker::new(db, turn);
    picker.each(DECISIONS, Picker::take_with_needs)?;
    picker.each(IN_ORDER, Picker::take)?;
    let mut bytes = 0;
    let mut ops: Vec<OpRow> = Vec::with_capacity(picker.picked.len());
    for seq in &picker.picked {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE seq = ?1");
        let Some(op) = db.one(&sql, [*seq], from_row)? else { continue };
        bytes += op.payload.as_str().len();
        if bytes > turn.most_bytes && !ops.is_empty() {
            break;
        }
        ops.push(op);
    }
    Ok(ops)
}

/// Named, so that SQLite reads nothing but the index.
const DECISIONS: &str = "SELECT seq, aggregate, state, created_by, after_op \
     FROM outbox INDEXED BY outbox_waiting_decisions \
     WHERE kind = 'decision' AND state = 'waiting' ORDER BY seq";
const IN_ORDER: &str = "SELECT seq, aggregate, state, created_by, after_op \
     FROM outbox INDEXED BY outbox_unsettled WHERE state IN ('waiting', 'parked') ORDER BY seq";
const EARLIER: &str = "SELECT seq, aggregate, state, created_by, after_op \
     FROM outbox INDEXED BY outbox_unsettled_by_aggregate \
     WHERE aggregate = ?1 AND seq > ?2 AND seq < ?3 AND state IN ('waiting', 'parked') ORDER BY seq";
const NAMED: &str = "SELECT seq, aggregate, state, created_by, after_op FROM outbox WHERE op_id = ?1";

/// What walks the queue.
#[cfg(test)]
pub(super) const WALKS: [&str; 3] = [DECISIONS, IN_ORDER, EARLIER];

/// What choosing needs to know of an operation.
struct Candidate {
    seq: i64,
    aggregate: String,
    state: OpState,
    created_by: String,
    after: Option<String>,
}

struct Picker<'a> {
    db: &'a Reader<'a>,
    turn: &'a Turn<'a>,
    picked: Vec<i64>,
    is_picked: HashSet<i64>,
    /// The last picked of each aggregate: everything of it up to there is picked too.
    reached: HashMap<String, i64>,
    /// Aggregates of which nothing more may go this time.
    shut: HashSet<String>,
    /// What is being worked out: an operation that needs itself by way of others never goes.
    on_the_way: HashSet<i64>,
}

impl<'a> Picker<'a> {
    fn new(db: &'a Reader<'a>, turn: &'a Turn<'a>) -> Self {
        Picker {
            db,
            turn,
            picked: Vec::new(),
            is_picked: HashSet::new(),
            reached: HashMap::new(),
            shut: HashSet::new(),
            on_the_way: HashSet::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.picked.len() >= self.turn.most_ops
    }

    fn each(
        &mut self,
        sql: &str,
        take: impl Fn(&mut Self, Candidate) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.db.conn().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while !self.is_full()
            && let Some(row) = rows.next()?
        {
            // Most of a long queue stands behind something: that costs no more than a look.
            if !self.shut.contains(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) {
                take(self, candidate(row)?)?;
            }
        }
        Ok(())
    }

    /// Pick an operation, and before it whatever it needs.
    fn take_with_needs(&mut self, op: Candidate) -> Result<bool, StoreError> {
        if !self.on_the_way.insert(op.seq) {
            return Ok(false);
        }
        let reached = self.reached.get(&op.aggregate).copied().unwrap_or(0);
        let earlier = self.db.all(EARLIER, params![op.aggregate, reached, op.seq], candidate)?;
        let mut taken = true;
        for needed in earlier {
            taken = taken && self.needs_taken(&needed)? && self.take(needed)?;
        }
        taken = taken && self.needs_taken(&op)? && self.take(op)?;
        Ok(taken)
    }

    /// Pick what an operation names as before it, if that still waits.
    fn needs_taken(&mut self, op: &Candidate) -> Result<bool, StoreError> {
        let Some(after) = &op.after else { return Ok(true) };
        match self.named(after)? {
            Some(before) if before.state == OpState::Waiting && !self.is_picked.contains(&before.seq) => {
                self.take_with_needs(before)
            }
            _ => Ok(true),
        }
    }

    /// Pick an operation all earlier ones of whose aggregate have been looked at.
    fn take(&mut self, op: Candidate) -> Result<bool, StoreError> {
        if self.is_picked.contains(&op.seq) {
            return Ok(true);
        }
        if self.is_full() || self.shut.contains(&op.aggregate) {
            return Ok(false);
        }
        let may_go = op.state == OpState::Waiting
            && op.created_by == self.turn.created_by
            && !self.turn.skip.contains(&op.aggregate)
            && self.is_after_done(&op)?;
        if may_go {
            self.picked.push(op.seq);
            self.is_picked.insert(op.seq);
            self.reached.insert(op.aggregate, op.seq);
        } else {
            self.shut.insert(op.aggregate);
        }
        Ok(may_go)
    }

    fn is_after_done(&self, op: &Candidate) -> Result<bool, StoreError> {
        let Some(after) = &op.after else { return Ok(true) };
        Ok(self.named(after)?.is_none_or(|before| {
            before.state == OpState::Acknowledged || self.is_picked.contains(&before.seq)
        }))
    }

    fn named(&self, id: &str) -> Result<Option<Candidate>, StoreError> {
        Ok(self.db.conn().prepare_cached(NAMED)?.query_row([id], candidate).optional()?)
    }
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        seq: row.get(0)?,
        aggregate: row.get(1)?,
        state: parsed(row, 2)?,
        created_by: row.get(3)?,
        after: row.get(4)?,
    })
}
