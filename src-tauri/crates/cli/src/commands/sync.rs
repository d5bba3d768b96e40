//! The queue for the central.
//!
//! Owns `sync …`. Must not send.

use desk::Desk;
use serde_json::json;

use super::id;
use crate::args::SyncCommand;
use crate::output::{Failure, Outcome, table};

/// `sync status / retry OP / discard OP`
pub fn run(desk: &Desk, command: &SyncCommand) -> Result<Outcome, Failure> {
    match command {
        SyncCommand::Status => {
            let status = desk.sync_status()?;
            let mut text = format!(
                "{}\nwaiting {} · parked {} · acknowledged {} · thrown away {}\n",
                status.state, status.waiting, status.parked, status.acknowledged, status.discarded
            );
            let row = |op: &desk::sync::QueuedOp| {
                vec![
                    op.op_id.to_string(),
                    op.about.clone(),
                    op.kind.clone(),
                    op.since.clone(),
                    op.error.clone().unwrap_or_default(),
                ]
            };
            let ops: Vec<Vec<String>> = status.parked_items.iter().chain(&status.next).map(row).collect();
            if !ops.is_empty() {
                text.push('\n');
                text.push_str(&table(&["operation", "about", "kind", "since", "why parked"], &[], ops));
            }
            Outcome::new(&status, text)
        }
        SyncCommand::Retry { op } => {
            desk.sync_retry(&id(op)?)?;
            Outcome::new(&json!({ "op_id": op, "state": "waiting" }), format!("{op} waits again."))
        }
        SyncCommand::Discard { op } => {
            desk.sync_discard(&id(op)?)?;
            Outcome::new(&json!({ "op_id": op, "state": "discarded" }), format!("{op} was thrown away."))
        }
    }
}
