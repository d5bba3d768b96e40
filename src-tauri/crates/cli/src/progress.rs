//! Progress of long work, on a terminal only.
//!
//! Owns the bar. Must not print anything where a script reads.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A counter of rows that shows itself on a terminal.
pub struct Rows(Option<ProgressBar>);

impl Rows {
    /// A counter called `what`.
    pub fn new(what: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Rows(None);
        }
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {human_pos} rows, {per_sec}") {
            bar.set_style(style);
        }
        Rows(Some(bar))
    }

    /// So many rows are done.
    pub fn at(&self, rows: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(rows);
        }
    }

    /// So far, of so many if that is known.
    pub fn of(&self, at: u64, all: Option<u64>) {
        if let Some(bar) = &self.0 {
            if let Some(all) = all {
                bar.set_length(all);
            }
            bar.set_position(at);
        }
    }

    /// The work is done.
    pub fn done(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
