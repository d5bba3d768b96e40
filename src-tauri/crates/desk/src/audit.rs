//! Proving the history of decisions, offline.
//!
//! Owns the check of every signature, every link and every action against its decision, and the anchor that
//! shows when the end of the chain is missing. Must not mend anything.

use std::path::PathBuf;

use domain::{ActionStatus, Canonical, Decision, Sha256};
use serde::{Deserialize, Serialize};
use store::audit::DecisionRow;
use store::outbox::OpState;
use store::{Reader, actions, audit, outbox, received_decisions};

use crate::Desk;
use crate::decide::{chained, genesis, signature_holds};
use crate::error::{Code, DeskError};
use crate::outbox::decision_op;

/// The file beside the database that notes the last decision.
pub(crate) const ANCHOR: &str = "decisions.anchor";

/// What was proven.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Audited {
    /// Decisions in this device's chain.
    pub decisions: usize,
    /// Decisions of other devices, each with its own signature.
    pub received: usize,
    /// Decisions of this device that did not stand at the central.
    pub overruled: usize,
    /// Hash of the last one.
    pub head: Sha256,
    /// Approvals by whoever drafted; the policy allows them, and they are counted.
    pub self_approved: usize,
    /// Whether the chain reaches the last decision noted outside the database.
    pub anchored: bool,
}

/// The last decision, noted beside the database: a chain that lost its end does not reach it.
#[derive(Debug, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
struct Anchor {
    seq: u64,
    hash: Sha256,
}

impl Desk {
    /// Check the whole history of decisions.
    ///
    /// # Errors
    /// `audit_broken` with the first place where it does not hold together.
    pub fn audit(&self) -> Result<Audited, DeskError> {
        self.store.read(|db| {
            let chain = audit::all(db)?;
            let mut prev = genesis();
            let (mut self_approved, mut overruled) = (0, 0);
            for (place, row) in (1_u64..).zip(&chain) {
                let decision = check_link(row, place, prev)?;
                let is_overruled = was_overruled(db, row)?;
                if !is_overruled && !is_what_stands(db, &decision)? {
                    return Err(broken(
                        place,
                        &format!("action {} is not what was decided on", row.action_id),
                    ));
                }
                overruled += usize::from(is_overruled);
                self_approved +=
                    usize::from(decision.verdict == ActionStatus::Approved && decision.is_self_decided());
                prev = row.hash;
            }
            let received = check_received(db)?;
            let decided: usize = [ActionStatus::Approved, ActionStatus::Rejected]
                .into_iter()
                .map(|status| Ok::<_, DeskError>(actions::list(db, Some(status), u32::MAX)?.len()))
                .sum::<Result<usize, _>>()?;
            let signed = chain.len() - overruled + received;
            if decided != signed {
                return Err(broken(
                    chain.len() as u64,
                    &format!("{decided} actions are decided, and {signed} decisions are signed"),
                ));
            }
            let anchored = self.check_anchor(&chain)?;
            Ok(Audited { decisions: chain.len(), received, overruled, head: prev, self_approved, anchored })
        })
    }

    /// Note the last decision beside the database. A crash before it leaves an older note, which the chain
    /// still reaches.
    pub(crate) fn note_anchor(&self) -> Result<(), DeskError> {
        let Some(last) = self.store.read(audit::last)? else { return Ok(()) };
        let place = self.anchor_path();
        // A chain that lost its end must not be made to look whole by the next decision.
        if !self
            .store
            .read(audit::all)
            .map_err(DeskError::from)
            .and_then(|chain| self.reaches_anchor(&chain))?
        {
            tracing::error!("the record of decisions does not reach the last one noted");
            return Ok(());
        }
        let text = serde_json::to_string(&Anchor { seq: last.seq, hash: last.hash })?;
        let fresh = place.with_extension("new");
        std::fs::write(&fresh, text).and_then(|()| std::fs::rename(&fresh, &place)).map_err(|error| {
            DeskError::new(
                Code::Storage,
                format!("{}: {error}", place.display()),
                "The decision itself was kept.",
            )
        })
    }

    fn check_anchor(&self, chain: &[DecisionRow]) -> Result<bool, DeskError> {
        if !self.reaches_anchor(chain)? {
            return Err(broken(
                chain.len() as u64,
                "the chain does not reach the last decision that was noted",
            ));
        }
        Ok(chain.is_empty() || self.anchor_path().exists())
    }

    fn reaches_anchor(&self, chain: &[DecisionRow]) -> Result<bool, DeskError> {
        let Ok(text) = std::fs::read_to_string(self.anchor_path()) else { return Ok(true) };
        let anchor: Anchor = serde_json::from_str(&text)?;
        Ok(chain.iter().any(|row| row.seq == anchor.seq && row.hash == anchor.hash))
    }

    fn anchor_path(&self) -> PathBuf {
        self.home.join(ANCHOR)
    }
}

/// Whether an action is what a decision on it says.
fn is_what_stands(db: &Reader<'_>, decision: &Decision) -> Result<bool, DeskError> {
    let Some(action) = actions::get(db, &decision.action_id)? else { return Ok(false) };
    Ok(action.status == decision.verdict
        && action.payload_hash == decision.payload_hash
        && action.payload.hash() == decision.payload_hash
        && action.decided_by.as_deref() == Some(&decision.decided_by)
        && action.decided_at.as_deref() == Some(&decision.decided_at)
        && action.drafted_by == decision.drafted_by)
}

/// Whether the central let something else stand than this device's decision.
fn was_overruled(db: &Reader<'_>, row: &DecisionRow) -> Result<bool, DeskError> {
    let op = outbox::get(db, &decision_op(&row.action_id, row.hash)?)?;
    Ok(op.is_some_and(|op| op.state == OpState::Discarded))
}

/// The decisions of other devices: each signed, on what it says, and bound to its neighbours as far as they
/// are here. What a person may not see is not.
fn check_received(db: &Reader<'_>) -> Result<usize, DeskError> {
    let received = received_decisions::all(db)?;
    let (mut before, mut compared): (Option<&DecisionRow>, usize) = (None, 0);
    for row in &received {
        let decision = check_signed(row, row.seq)?;
        if row.hash != chained(row.prev_hash, &row.record) {
            return Err(broken(row.seq, "a decision of another device does not hash to what it says"));
        }
        let follows = before.is_some_and(|b| b.public_key == row.public_key && b.seq + 1 == row.seq);
        if follows && before.is_some_and(|before| before.hash != row.prev_hash) {
            return Err(broken(row.seq, "a decision of another device is not bound to the one before it"));
        }
        match actions::get(db, &row.action_id)? {
            // A customer who went to another territory took it along.
            None => {}
            Some(_) if is_what_stands(db, &decision)? => compared += 1,
            Some(_) => {
                return Err(broken(
                    row.seq,
                    &format!("action {} is not what was decided on another device", row.action_id),
                ));
            }
        }
        before = Some(row);
    }
    Ok(compared)
}

fn check_link(row: &DecisionRow, place: u64, prev: Sha256) -> Result<Decision, DeskError> {
    if row.seq != place {
        return Err(broken(place, &format!("decision {place} is missing")));
    }
    if row.prev_hash != prev || row.hash != chained(prev, &row.record) {
        return Err(broken(place, "it is not bound to the one before it"));
    }
    check_signed(row, place)
}

fn check_signed(row: &DecisionRow, place: u64) -> Result<Decision, DeskError> {
    if !signature_holds(&row.record, &row.signature, &row.public_key) {
        return Err(broken(place, "its signature does not hold"));
    }
    let decision: Decision = Canonical::stored(row.record.as_str().to_owned()).read()?;
    if decision.action_id != row.action_id {
        return Err(broken(place, "it is filed under another action"));
    }
    Ok(decision)
}

fn broken(place: u64, why: &str) -> DeskError {
    DeskError::new(
        Code::AuditBroken,
        format!("the record of decisions does not hold at number {place}: {why}"),
        "Do not rely on later approvals. Restore a backup, or compare with the central.",
    )
}
