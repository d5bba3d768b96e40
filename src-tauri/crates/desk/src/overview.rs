//! How everything stands, for the frame around every page.
//!
//! Owns the few numbers that are always in sight. It is asked after every change, so it counts on indexes and
//! reads one row of each thing at most. Must not list.

use serde::Serialize;
use store::outbox::OpState;
use store::{logs, outbox, runs, settings, windows};

use crate::Desk;
use crate::error::DeskError;
use crate::runs::RunListed;
use crate::sync::LastEnding;

/// How everything stands.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Overview {
    /// What waits for a decision.
    pub approvals_pending: u64,
    /// What of it carries a worry.
    pub approvals_flagged: u64,
    /// Drafts that are being written.
    pub drafts_open: u64,
    /// What two people did differently and a person must look at.
    pub conflicts: u64,
    /// Operations that were set aside.
    pub parked: u64,
    /// Operations that wait to go.
    pub waiting: u64,
    /// What went wrong and wants a person.
    pub alerts: u64,
    /// Runs that have not ended.
    pub runs_active: u64,
    /// How sync stood when it was last tried.
    pub sync: LastEnding,
    /// Whether a central is connected.
    pub connected: bool,
    /// The queue, in a sentence.
    pub sentence: String,
    /// When the device was last proven current, RFC 3339.
    pub verified_current_as_of: Option<String>,
    /// When the reference data last changed, RFC 3339.
    pub data_as_of: Option<String>,
    /// The run that began last.
    pub latest_run: Option<RunListed>,
}

impl Desk {
    /// How everything stands.
    pub fn overview(&self) -> Result<Overview, DeskError> {
        self.store.read(|db| {
            let counts = windows::standing(db)?;
            let unsettled = outbox::unsettled_counts(db)?;
            let of =
                |state| unsettled.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
            let (waiting, parked) = (of(OpState::Waiting), of(OpState::Parked));
            let link = self.link_stands(db, waiting, parked)?;
            let latest = runs::list(db, 1)?.into_iter().next();
            Ok(Overview {
                approvals_pending: counts.actions_pending,
                approvals_flagged: counts.actions_flagged,
                drafts_open: counts.drafts_open,
                conflicts: counts.drafts_in_conflict + self.overruled_here(db)?.len() as u64,
                parked,
                waiting,
                alerts: logs::open_alert_count(db)?,
                runs_active: counts.runs_active,
                sync: link.last,
                connected: link.connected,
                sentence: link.sentence,
                verified_current_as_of: settings::get(db, crate::sync::VERIFIED_CURRENT)?,
                data_as_of: crate::profile::reference_as_of(db)?,
                latest_run: latest.map(|run| crate::runs::listed(db, run)).transpose()?,
            })
        })
    }
}
