//! The device and the central.
//!
//! Owns `sync …`. Must not send: `desk` does.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use desk::Desk;
use desk::sync::{Report, SyncStatus};
use serde_json::json;

use super::id;
use crate::args::SyncCommand;
use crate::output::{Failure, Outcome, counted, table};
use crate::progress::Rows;

/// How often a watched sync looks whether it has ended by itself.
const LOOK: Duration = Duration::from_millis(200);

/// `sync connect / disconnect / once / watch / status / retry OP / discard OP / dismiss ALERT`
pub fn run(desk: Desk, command: &SyncCommand, json: bool) -> Result<Outcome, Failure> {
    match command {
        SyncCommand::Connect { url, code, device_name } => {
            let name = device_name.clone().unwrap_or_else(machine);
            let connected = desk.connect(url, code, &name)?;
            let text = format!(
                "{} is signed in at {} as {}. The token is {}.\n{} to send: fieldquote sync once",
                connected.account.user,
                connected.account.url,
                connected.account.role,
                connected.token_kept,
                counted(connected.waiting, "operation"),
            );
            Outcome::new(&connected, text)
        }
        SyncCommand::Disconnect => {
            let left = desk.disconnect()?;
            let text = format!(
                "{} is signed out. {} kept here until {} signs in again.",
                left.user,
                if left.kept == 1 {
                    "1 operation is".to_owned()
                } else {
                    format!("{} operations are", left.kept)
                },
                left.user
            );
            Outcome::new(&left, text)
        }
        SyncCommand::Once => once(desk),
        SyncCommand::Watch => watch(desk, json),
        SyncCommand::Status => {
            let status = desk.sync_status()?;
            let text = told(&status);
            Outcome::new(&status, text)
        }
        SyncCommand::Retry { op } => {
            desk.sync_retry(&id(op)?)?;
            Outcome::new(&json!({ "op_id": op, "state": "waiting" }), format!("{op} waits again."))
        }
        SyncCommand::Dismiss { alert } => {
            desk.dismiss_alert(alert)?;
            Outcome::new(&json!({ "alert": alert, "resolved": true }), format!("{alert} has been seen to."))
        }
        SyncCommand::Discard { op } => {
            desk.sync_discard(&id(op)?)?;
            Outcome::new(&json!({ "op_id": op, "state": "discarded" }), format!("{op} was thrown away."))
        }
    }
}

fn once(desk: Desk) -> Result<Outcome, Failure> {
    let progress = Rows::new("from the central");
    let pass = Arc::new(desk).sync_once(|report| {
        if let Report::Feed { at, head, .. } = report {
            progress.of(*at, *head);
        }
    });
    progress.done();
    let pass = pass?;
    let text = format!(
        "{} sent, {} changed here.\n{}",
        counted(pass.answered, "operation"),
        counted(pass.rows, "row"),
        told(&pass.status)
    );
    Outcome::new(&pass, text)
}

/// What this machine is called.
fn machine() -> String {
    let named =
        std::fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| std::env::var("COMPUTERNAME"));
    named.map_or_else(|_| "a device".to_owned(), |name| name.trim().chars().take(80).collect())
}

/// Until it is interrupted, which is safe at any moment: whatever was under way is done again.
fn watch(desk: Desk, json: bool) -> Result<Outcome, Failure> {
    let desk = Arc::new(desk);
    let watch = desk.sync_watch(move |report| say(report, json))?;
    while watch.is_running() {
        std::thread::sleep(LOOK);
    }
    let status = desk.sync_status()?;
    let text = told(&status);
    Ok(Outcome::new(&status, text)?.good(false))
}

fn say(report: &Report, json: bool) {
    let (value, text) = match report {
        Report::Link(link) => {
            let link = desk::sync::LastEnding::of_link(link);
            let text = if link.message.is_empty() {
                link.state.clone()
            } else {
                format!("{}: {}", link.state, link.message)
            };
            (json!({ "link": link }), text)
        }
        Report::Feed { at, head, rows } => {
            (json!({ "feed": { "at": at, "head": head, "rows": rows } }), format!("{rows} rows changed here"))
        }
        Report::Answered(count) => (json!({ "answered": count }), format!("{count} operations answered")),
    };
    let line = if json { value.to_string() } else { text };
    // Nobody may be reading.
    drop(writeln!(std::io::stdout(), "{line}"));
}

fn told(status: &SyncStatus) -> String {
    let who = status.account.as_ref().map_or_else(
        || "signed in nowhere".to_owned(),
        |account| format!("{} at {}", account.user, account.url),
    );
    let mut text = format!(
        "{}\n{who}\nwaiting {} · parked {} · acknowledged {} · never to go {}\n",
        status.state, status.waiting, status.parked, status.acknowledged, status.discarded
    );
    for held in &status.held {
        text.push_str(&format!(
            "{} of {} wait for their sign-in\n",
            counted(held.waiting, "operation"),
            held.created_by
        ));
    }
    for alert in &status.alerts {
        text.push_str(&format!("alert {} since {}: {}\n", alert.id, alert.since, alert.message));
    }
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
        text.push_str(&table(&["operation", "about", "kind", "since", "why"], &[], ops));
    }
    text
}
