//! Gates.
//!
//! Owns `action …`. Must not decide anything that was not typed.

use desk::Desk;
use desk::actions::{ActionShown, Decided, EmailEdit};
use domain::ActionId;
use serde_json::{Value, json};

use super::{LISTED, id};
use crate::args::ActionCommand;
use crate::output::{Failure, Outcome, table};

/// `action list / show / approve / reject / edit`
pub fn run(desk: &Desk, command: &ActionCommand) -> Result<Outcome, Failure> {
    match command {
        ActionCommand::List { status } => {
            let status = status.as_deref().map(id).transpose()?;
            let actions = desk.actions(status, LISTED)?;
            let rows = actions.iter().map(|action| {
                let self_decided = if action.self_decided { " (self)" } else { "" };
                let by = action.decided_by.as_deref().unwrap_or(&action.drafted_by);
                vec![
                    action.action_id.to_string(),
                    action.status.to_string(),
                    action.action_type.clone(),
                    action.risk_level.to_string(),
                    action.flag_count.to_string(),
                    format!("{by}{self_decided}"),
                    action.created_at.clone(),
                    action.summary.clone(),
                ]
            });
            let headers = ["action", "status", "type", "risk", "flags", "by", "staged", "summary"];
            let text = table(&headers, &[3, 4], rows.collect());
            Outcome::new(&actions, text)
        }
        ActionCommand::Show { id: which } => {
            let action = desk.action(&id(which)?)?;
            let text = shown(&action);
            Outcome::new(&action, text)
        }
        ActionCommand::Approve { id: which, note, release: false } => {
            decided(&desk.approve(&id(which)?, note.as_deref())?)
        }
        ActionCommand::Approve { id: which, note, release: true } => {
            decided(&release(desk, &id(which)?, note.as_deref())?)
        }
        ActionCommand::Reject { id: which, reason } => decided(&desk.reject(&id(which)?, reason)?),
        ActionCommand::Edit(edit) => {
            let changes =
                EmailEdit { to: edit.to.clone(), subject: edit.subject.clone(), body: edit.body.clone() };
            let staged = desk.edit_email(&id(&edit.id)?, &changes)?;
            let text = format!("The email waits for approval as action {staged}.");
            Outcome::new(&json!({ "action_id": staged }), text)
        }
    }
}

/// Approve an action and the gate of its run as they stand now.
fn release(desk: &Desk, id: &ActionId, note: Option<&str>) -> Result<Decided, Failure> {
    let shown = desk.action(id)?;
    let Some(preview) = desk.gate_preview(id)? else {
        return Ok(desk.approve_shown(id, shown.listed.payload_hash, note)?);
    };
    let run = &preview.gate.run_id;
    Ok(desk.approve_and_release(id, shown.listed.payload_hash, run, preview.payload_hash, note)?)
}

fn decided(decided: &Decided) -> Result<Outcome, Failure> {
    let decision = &decided.decision;
    let by_self = if decided.self_decided { " (drafted and decided by one person)" } else { "" };
    let mut text =
        format!("{} {} by {}{by_self}.", decision.action_id, decision.verdict, decision.decided_by);
    if let (Some(run), Some(status)) = (&decided.run_id, decided.run_status) {
        text.push_str(&format!("\nRun {run}: {status}."));
    }
    if let Some(next) = &decided.next_action {
        text.push_str(&format!("\nNext to decide: fieldquote action show {next}"));
    }
    Outcome::new(decided, text)
}

fn shown(action: &ActionShown) -> String {
    let listed = &action.listed;
    let mut text = format!(
        "{}\n{} · {} · risk {} · drafted by {} · expires {}\ncontent {}\n",
        listed.summary,
        listed.action_type,
        listed.status,
        listed.risk_level,
        listed.drafted_by,
        listed.expires_at,
        action.listed.payload_hash
    );
    if let Some(as_of) = action.payload.get("data_as_of").and_then(Value::as_str) {
        text.push_str(&format!("prices and customers as of {as_of}\n"));
    }
    if let Some(reason) = &action.void_reason {
        text.push_str(&format!("voided: {reason}\n"));
    }
    let list = |field: &str| action.payload.get(field).and_then(Value::as_array).cloned().unwrap_or_default();
    let word =
        |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or("—").to_owned();
    let changes = list("price_changes");
    if !changes.is_empty() {
        text.push_str("\nWhat changes\n");
        let row = |change: &Value| {
            vec![
                word(change, "item_code"),
                word(change, "from"),
                word(change, "to"),
                word(change, "last_year"),
            ]
        };
        text.push_str(&table(
            &["item", "list", "quoted", "last year"],
            &[1, 2, 3],
            changes.iter().map(row).collect(),
        ));
    }
    let lines = action.payload.pointer("/quote/lines").and_then(Value::as_array).cloned().unwrap_or_default();
    if !lines.is_empty() {
        text.push_str("\nLines\n");
        let row = |line: &Value| {
            let number = |field: &str| line.get(field).map_or_else(|| "—".to_owned(), Value::to_string);
            vec![
                number("line_no"),
                word(line, "item_code"),
                word(line, "description"),
                number("quantity"),
                word(line, "case_price"),
                word(line, "cost_basis"),
                word(line, "program"),
                word(line, "net_price"),
                word(line, "extended"),
            ]
        };
        let headers = ["", "item", "description", "cases", "price", "cost", "program", "net", "extended"];
        text.push_str(&table(&headers, &[3, 4, 5, 7, 8], lines.iter().map(row).collect()));
    }
    let flags = list("flags");
    if !flags.is_empty() {
        text.push_str("\nWhat worries\n");
        for flag in &flags {
            text.push_str(&format!("  ! {}\n", word(flag, "message")));
        }
    }
    let checks = list("checks");
    if !checks.is_empty() {
        text.push_str("\nChecks\n");
        for check in &checks {
            text.push_str(&format!(
                "  {:<8} {}  [{}]\n",
                word(check, "outcome"),
                word(check, "id"),
                word(check, "rule")
            ));
        }
    }
    let releases = list("releases");
    if !releases.is_empty() {
        text.push_str("\nWhat will happen\n");
        for step in &releases {
            text.push_str(&format!("  {} ({})\n", word(step, "id"), word(step, "kind")));
            for write in step.get("writes").and_then(Value::as_array).into_iter().flatten() {
                let rows = write.get("rows").and_then(Value::as_array).map_or(0, Vec::len);
                text.push_str(&format!("      {} × {rows}\n", word(write, "label")));
            }
            for field in ["object", "sha256", "queue", "record", "reason"] {
                if let Some(value) = step.get(field).and_then(Value::as_str) {
                    text.push_str(&format!("      {field}: {value}\n"));
                }
            }
            if let Some(email) = step.get("email") {
                text.push_str(&format!(
                    "      to: {}\n      subject: {}\n",
                    word(email, "to"),
                    word(email, "subject")
                ));
            }
        }
    }
    if let Some(email) = action.payload.get("email") {
        text.push_str(&format!(
            "\nTo: {}\nSubject: {}\nAttached: {}\n\n{}\n",
            word(email, "to"),
            word(email, "subject"),
            email.pointer("/attachment/object").and_then(Value::as_str).unwrap_or("nothing"),
            word(email, "body")
        ));
    }
    text
}
