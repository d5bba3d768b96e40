//! What an import would do, before it is done.
//!
//! Owns the numbers and the first rows. It reads a file with the same code as the import, so that both say the
//! same of it. Must not write.

use serde::Serialize;

use super::cells::Cells;
use super::rows::{Effect, Known};
use super::sheet::Sheet;
use super::{BadRow, OWNED, Progress, STRIDE, Table, columns, named, stopped};
use crate::Desk;
use crate::error::DeskError;

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ImportPreview {
    /// Into which table.
    pub table: Table,
    /// The file's columns.
    pub header: Vec<String>,
    /// Its first rows, cell by cell, as they stand in the file.
    pub sample: Vec<Vec<String>>,
    /// Rows in all.
    pub total: u64,
    /// Rows that are right.
    pub good: u64,
    /// The first of those that are wrong.
    pub bad: Vec<BadRow>,
    /// How many are wrong.
    pub bad_count: u64,
    /// Rows that are right and are not there yet.
    pub new_rows: u64,
    /// Rows that are right and would change one that is there.
    pub changed_rows: u64,
}

/// Rows shown as they are, and wrong ones told.
const SAMPLE: usize = 20;
const MOST_TOLD: usize = 200;

impl Desk {
    /// What an import of this file would do; `name` is what messages call it.
    ///
    /// # Errors
    /// `bad_input` for the file or its header, `cancelled` if it was stopped.
    pub fn import_preview(
        &self,
        table: Table,
        name: &str,
        bytes: &[u8],
        progress: Progress<'_>,
    ) -> Result<ImportPreview, DeskError> {
        self.not_the_central_s(OWNED)?;
        let named = named(name);
        let mut sheet = Sheet::open(bytes).map_err(&named)?;
        let columns = columns::of(table).places(sheet.header()).map_err(&named)?;
        let mut preview = ImportPreview {
            table,
            header: sheet.header().iter().map(str::to_owned).collect(),
            sample: Vec::new(),
            total: 0,
            good: 0,
            bad: Vec::new(),
            bad_count: 0,
            new_rows: 0,
            changed_rows: 0,
        };
        self.store.read(|db| {
            let mut known = Known::load(db, table)?;
            while let Some((line, row)) = sheet.next_row().map_err(&named)? {
                preview.total += 1;
                if let (Ok(record), true) = (&row, preview.sample.len() < SAMPLE) {
                    preview.sample.push(record.iter().map(str::to_owned).collect());
                }
                match row.and_then(|record| known.read(table, &Cells::new(&columns, &record))) {
                    Ok(row) => {
                        preview.good += 1;
                        match row.effect(db)? {
                            Effect::New => preview.new_rows += 1,
                            Effect::Changed => preview.changed_rows += 1,
                            Effect::Same => {}
                        }
                    }
                    Err(problem) => {
                        preview.bad_count += 1;
                        if preview.bad.len() < MOST_TOLD {
                            let (column, message) = (problem.column, problem.message);
                            preview.bad.push(BadRow { line, column, message });
                        }
                    }
                }
                if preview.total.is_multiple_of(STRIDE) && progress(preview.total).is_break() {
                    return Err(stopped(name));
                }
            }
            Ok(preview)
        })
    }
}
