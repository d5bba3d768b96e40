//! Proving the history of decisions, offline.
//!
//! Owns the check of every signature, every link and every action against its decision, and the anchor that
//! shows when the end of the chain is missing. Must not mend anything.

use std::path::PathBuf;

use domain::{ActionStatus, Canonical, Decision, Sha256};
use serde::{Deserialize, Serialize};
use store::audit::DecisionRow;
use store::{actions, audit};

use crate::Desk;
use crate::decide::{chained, genesis, signature_holds};
use crate::error::{Code, DeskError};

/// The file beside the database that notes the last decision.
pub(crate) const ANCHOR: &str = "decisions.anchor";

/// What was proven.
#[derive(Debug, Clone, Serialize)]
pub struct Audited {
    /// Decisions in the chain.
    pub decisions: usize,
    /// Hash of the last one.
    pub head: Sha256,
    /// Approvals by whoever drafted; the policy allows them, and they are counted.
    pub self_approved: usize,
    /// Whether the chain reaches the last decision noted outside the database.
    pub anchored: bool,
}

/// The last decision, noted beside the database: a chain that lost its end does not reach it.
#[derive(Debug, Serialize, Deserialize)]
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
            let mut self_approved = 0;
            for (place, row) in (1_u64..).zip(&chain) {
                let decision = check_link(row, place, prev)?;
                let action = actions::get(db, &row.action_id)?
                    .ok_or_else(|| broken(place, "its action is missing"))?;
                let holds = action.status == decision.verdict
                    && action.payload_hash == decision.payload_hash
                    && action.payload.hash() == decision.payload_hash
                    && action.decided_by.as_deref() == Some(&decision.decided_by)
                    && action.decided_at.as_deref() == Some(&decision.decided_at)
                    && action.drafted_by == decision.drafted_by;
                if !holds {
                    return Err(broken(place, &format!("action {} is not what was decided on", action.id)));
                }
                self_approved +=
                    usize::from(decision.verdict == ActionStatus::Approved && decision.is_self_decided());
                prev = row.hash;
            }
            let decided: usize = [ActionStatus::Approved, ActionStatus::Rejected]
                .into_iter()
                .map(|status| Ok::<_, DeskError>(actions::list(db, Some(status), u32::MAX)?.len()))
                .sum::<Result<usize, _>>()?;
            if decided != chain.len() {
                return Err(broken(
                    chain.len() as u64,
                    &format!("{decided} actions are decided, and {} decisions are signed", chain.len()),
                ));
            }
            let anchored = self.check_anchor(&chain)?;
            Ok(Audited { decisions: chain.len(), head: prev, self_approved, anchored })
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

fn check_link(row: &DecisionRow, place: u64, prev: Sha256) -> Result<Decision, DeskError> {
    if row.seq != place {
        return Err(broken(place, &format!("decision {place} is missing")));
    }
    if row.prev_hash != prev || row.hash != chained(prev, &row.record) {
        return Err(broken(place, "it is not bound to the one before it"));
    }
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
