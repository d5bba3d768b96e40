//! Why operations wait: whose they are, and what they are behind.
//!
//! Owns what a person is told of the queue. Must not change it.

use std::collections::HashMap;

use domain::OpId;

use super::{COLUMNS, OpRow, OpState, from_row};
use crate::access::Reader;
use crate::error::StoreError;
use crate::row::{parsed, parsed_if_any};

/// Operations of somebody who is not signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Whose they are.
    pub created_by: String,
    /// How many wait.
    pub waiting: u64,
    /// Since when the oldest does, RFC 3339.
    pub oldest_at: String,
}

/// A waiting operation that cannot go until a person has looked at another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Which waits.
    pub op_id: OpId,
    /// What it is about.
    pub aggregate: String,
    /// The parked or discarded operation it is behind, be it by way of others.
    pub behind: OpId,
    /// Whether that one is parked or discarded.
    pub state: OpState,
}

/// What waits for somebody other than `user` to sign in, by person.
pub fn held_for(db: &Reader<'_>, user: &str) -> Result<Vec<HeldBack>, StoreError> {
    db.all(
        "SELECT created_by, count(*), min(created_at) FROM outbox
         WHERE state = 'waiting' AND created_by <> ?1 GROUP BY created_by ORDER BY created_by",
        [user],
        |row| Ok(HeldBack { created_by: row.get(0)?, waiting: row.get(1)?, oldest_at: row.get(2)? }),
    )
}

/// Waiting operations behind a parked one, or after one that was thrown away, in order; no more than
/// `limit`. The list is for a person: it walks the queue.
pub fn blocked(db: &Reader<'_>, limit: usize) -> Result<Vec<Blocked>, StoreError> {
    // The ordinary queue is not walked at all.
    if !db.any("SELECT 1 FROM outbox WHERE state IN ('parked', 'discarded') LIMIT 1", [])? {
        return Ok(Vec::new());
    }
    let mut statement = db.conn().prepare_cached(
        "SELECT op_id, aggregate, state, after_op FROM outbox INDEXED BY outbox_unsettled
         WHERE state IN ('waiting', 'parked') ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    // What stops each aggregate, and each operation that is stopped.
    let mut aggregates: HashMap<String, (OpId, OpState)> = HashMap::new();
    let mut stopped: HashMap<OpId, (OpId, OpState)> = HashMap::new();
    // Many operations come after the same decision, which is not among those walked once it is thrown away.
    let mut discarded: HashMap<OpId, bool> = HashMap::new();
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let (op_id, aggregate): (OpId, String) = (parsed(row, 0)?, row.get(1)?);
        if parsed::<OpState>(row, 2)? == OpState::Parked {
            let this = (op_id.clone(), OpState::Parked);
            stopped.insert(op_id, this.clone());
            aggregates.entry(aggregate).or_insert(this);
            continue;
        }
        let mut behind = aggregates.get(&aggregate).cloned();
        if let (None, Some(after)) = (&behind, parsed_if_any::<OpId>(row, 3)?) {
            behind = match stopped.get(&after) {
                Some(behind) => Some(behind.clone()),
                None => {
                    let is_discarded = match discarded.get(&after) {
                        Some(known) => *known,
                        None => {
                            let sql = "SELECT 1 FROM outbox WHERE op_id = ?1 AND state = 'discarded'";
                            let found = db.any(sql, [after.as_str()])?;
                            discarded.insert(after.clone(), found);
                            found
                        }
                    };
                    is_discarded.then_some((after, OpState::Discarded))
                }
            };
        }
        let Some(behind) = behind else { continue };
        stopped.insert(op_id.clone(), behind.clone());
        aggregates.entry(aggregate.clone()).or_insert(behind.clone());
        found.push(Blocked { op_id, aggregate, behind: behind.0, state: behind.1 });
    }
    Ok(found)
}

/// What of an aggregate is not settled, in order.
pub fn unsettled_of(db: &Reader<'_>, aggregate: &str) -> Result<Vec<OpId>, StoreError> {
    db.all(
        "SELECT op_id FROM outbox WHERE aggregate = ?1 AND state IN ('waiting', 'parked') ORDER BY seq",
        [aggregate],
        |row| parsed(row, 0),
    )
}

/// The operation that has waited longest.
pub fn oldest_waiting(db: &Reader<'_>) -> Result<Option<OpRow>, StoreError> {
    db.one(
        &format!("SELECT {COLUMNS} FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT 1"),
        [],
        from_row,
    )
}
