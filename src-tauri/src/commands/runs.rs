//! Runs and what they prove.

use desk::runs::RunListed;
use desk::timeline::RunShown;
use desk::verify::Swept;
use domain::RunId;
use serde::Serialize;
use ts_rs::TS;

use super::commands;

/// No more runs than this are listed.
const LISTED: u32 = 500;

/// Where a run stands.
#[derive(Debug, Serialize, TS)]
pub struct RunStands {
    /// A stable word.
    pub status: String,
}

commands! {
    /// Runs, the newest first.
    runs {} -> Vec<RunListed> = |host, _| host.desk()?.runs(LISTED);
    /// One run with its timeline.
    run { run_id: RunId } -> RunShown = |host, asked| host.desk()?.run(&asked.run_id);
    /// Continue a run that a crash or a retry left.
    run_resume { run_id: RunId } -> RunStands = |host, asked| {
        let status = host.desk()?.resume(&asked.run_id)?;
        Ok(RunStands { status: status.as_str().to_owned() })
    };
    /// Look at every pending verification now.
    verify_now {} -> Swept = |host, _| host.desk()?.sweep();
}
