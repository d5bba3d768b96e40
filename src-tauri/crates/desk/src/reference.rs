//! Reference data for a central: a profile's customers, items and prices as one file of JSON lines.
//!
//! Owns the form of a line, which is what the central's `POST /v1/admin/reference` takes. Must never write over
//! a file that is there.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};
use store::feed;

use crate::error::{Code, DeskError};
use crate::{Desk, profile};

/// The tables a central is the owner of, parents first.
const TABLES: &[&str] =
    &["customers", "customer_profiles", "customer_programs", "spec_items", "pricing_master"];

/// What was written.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    /// How many rows.
    pub rows: u64,
    /// Where to.
    pub file: String,
}

impl Desk {
    /// Hand every line to `each`: the letterhead, then the reference tables.
    pub fn each_reference_line(
        &self,
        mut each: impl FnMut(&Value) -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        self.store.read(|db| {
            let text = serde_json::to_string(&profile::company(db)?)?;
            each(&json!({ "table": "company", "row": { "id": "company", "text": text } }))?;
            for table in TABLES {
                feed::each_row(db, table, |row| each(&json!({ "table": table, "row": row })))?;
            }
            Ok(())
        })
    }

    /// Write them to a new file.
    pub fn export_reference(&self, file: &Path) -> Result<Written, DeskError> {
        let refused = |error: std::io::Error| {
            DeskError::new(
                Code::BadInput,
                format!("{}: {error}", file.display()),
                "Name a file that is not there yet, on a disk with room.",
            )
        };
        let handle = OpenOptions::new().write(true).create_new(true).open(file).map_err(refused)?;
        let (mut out, mut rows) = (BufWriter::new(handle), 0);
        let written = self
            .each_reference_line(|line| {
                rows += 1;
                writeln!(out, "{line}").map_err(refused)
            })
            .and_then(|()| out.flush().map_err(refused));
        if written.is_err() {
            // Half a file must not pass for a whole one; a failure to remove it changes nothing about that.
            let _removed = std::fs::remove_file(file);
        }
        written?;
        Ok(Written { rows, file: file.display().to_string() })
    }
}
