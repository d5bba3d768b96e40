//! What was done to a draft.
//!
//! Owns `draft history` and `draft compare`. Must not put a deed into words.

use desk::Desk;
use desk::drafts::{DraftFieldCompared, DraftPoint, Fate};

use super::{LISTED, id};
use crate::output::{Failure, Outcome, or_dash, table};

/// `draft history ID`
pub fn history(desk: &Desk, draft: &str) -> Result<Outcome, Failure> {
    let history = desk.draft_history(&id(draft)?, LISTED as usize)?;
    let rows = history.entries.iter().map(|entry| {
        let device = entry.device.as_ref().map(|device| match entry.is_here {
            true => format!("{device} (this one)"),
            false => device.clone(),
        });
        vec![
            entry.number.to_string(),
            entry.version.clone(),
            entry.at.clone(),
            or_dash(entry.by.as_ref()),
            or_dash(device.as_ref()),
            entry.words.join("; "),
        ]
    });
    let text = table(&["no", "version", "when", "who", "device", "what"], &[0], rows.collect());
    Outcome::new(&history, text)
}

/// `draft compare ID FROM TO`
pub fn compare(desk: &Desk, draft: &str, from: &str, to: &str) -> Result<Outcome, Failure> {
    let found = desk.draft_compare(&id(draft)?, from, to)?;
    let mut text = format!("{} → {}\n", named(&found.from), named(&found.to));
    for field in &found.header {
        text.push_str(&format!("  {}\n", told(field)));
    }
    for line in &found.lines {
        let fate = match line.fate {
            Fate::Added => "+",
            Fate::Removed => "-",
            Fate::Changed => "~",
        };
        let fields: Vec<String> = line.fields.iter().map(told).collect();
        text.push_str(&format!("{fate} {} {}\n", line.item_code, fields.join("; ")));
    }
    if found.header.is_empty() && found.lines.is_empty() {
        text.push_str("Nothing is different.");
    }
    Outcome::new(&found, text)
}

fn named(point: &DraftPoint) -> String {
    match (&point.version, &point.at) {
        (Some(version), Some(at)) => {
            format!("{} {version} ({at}, {})", point.number, or_dash(point.by.as_ref()))
        }
        _ => "start".to_owned(),
    }
}

fn told(field: &DraftFieldCompared) -> String {
    let name = serde_json::to_value(field.field).ok();
    let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().replace('_', " ");
    format!("{name}: {} → {}", or_dash(field.before.as_ref()), or_dash(field.after.as_ref()))
}
