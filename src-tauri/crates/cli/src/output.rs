//! What is printed, and the exit code that goes with it.
//!
//! Owns the two forms of every answer: words for a person, one JSON document for a script. Must not leave
//! half a document behind.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use desk::DeskError;
use serde::Serialize;
use serde_json::{Value, json};

/// An answer in both forms.
pub struct Outcome {
    json: Value,
    text: String,
    ok: bool,
}

/// Why there is no answer.
pub struct Failure {
    code: String,
    message: String,
    hint: String,
    is_input: bool,
}

impl Outcome {
    /// An answer, as a value and in words.
    pub fn new<T: Serialize>(value: &T, text: impl Into<String>) -> Result<Self, Failure> {
        let json = serde_json::to_value(value).map_err(|error| Failure::from(DeskError::from(error)))?;
        Ok(Outcome { json, text: text.into(), ok: true })
    }

    /// The same answer, with exit code 1 when it is not a good one.
    pub fn good(mut self, ok: bool) -> Self {
        self.ok = ok;
        self
    }
}

impl Failure {
    /// The arguments do not fit.
    pub fn usage(error: &clap::Error) -> Self {
        let text = error.to_string();
        let mut parts = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
        let message = parts.next().unwrap_or_default();
        let tip = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
        Failure {
            code: "bad_usage".to_owned(),
            message: message.trim_start_matches("error: ").to_owned(),
            hint: tip.unwrap_or_else(|| "See `fieldquote --help`.".to_owned()),
            is_input: true,
        }
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        Failure {
            code: error.code.as_str().to_owned(),
            is_input: error.code.is_input(),
            message: error.message,
            hint: error.hint,
        }
    }
}

/// Print an answer.
pub fn print(outcome: &Outcome, json: bool) -> ExitCode {
    let text =
        if json { format!("{}\n", outcome.json) } else { format!("{}\n", tame(outcome.text.trim_end())) };
    // A reader that went away (`| head`) is no failure of ours.
    let _closed = std::io::stdout().write_all(text.as_bytes());
    if outcome.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Print why there is no answer.
pub fn print_failure(failure: &Failure, json: bool) -> ExitCode {
    let text = if json {
        let error = json!({ "code": failure.code, "message": failure.message, "hint": failure.hint });
        format!("{}\n", json!({ "error": error }))
    } else if failure.hint.is_empty() {
        tame(&format!("error [{}]: {}\n", failure.code, failure.message))
    } else {
        tame(&format!("error [{}]: {}\nhint: {}\n", failure.code, failure.message, failure.hint))
    };
    // The exit code still tells it when nobody reads.
    let _closed = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(if failure.is_input { 2 } else { 1 })
}

/// Without what a terminal would obey: a customer's name must not clear a screen or hide a line.
fn tame(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "\u{fffd}")
}

/// So many of something: `1 row`, `2 rows`.
pub fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A table of texts; the named columns are numbers and stand at the right.
pub fn table(headers: &[&str], right: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headers.to_vec());
    for row in rows {
        table.add_row(row);
    }
    for place in right {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        // Writing to a String cannot fail.
        let _infallible = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// A text for a value that may not be there.
pub fn or_dash<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "—".to_owned(), ToString::to_string)
}
