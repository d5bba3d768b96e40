//! Import: CSV files into the reference tables.
//!
//! Owns the all-or-nothing transaction and the words for what is wrong with a file. Must not change a value
//! to make it fit.

use std::ops::ControlFlow;
use std::path::Path;

use domain::vocabulary;
use serde::Serialize;

pub(crate) mod cells;
pub(crate) mod columns;
mod preview;
mod rows;
mod sheet;
mod template;

use cells::Cells;
use rows::Known;
use sheet::Sheet;

pub use preview::ImportPreview;
pub use template::template;

use crate::error::{Code, DeskError};
use crate::{Desk, profile};

vocabulary! {
    /// A table that can be imported and exported.
    pub enum Table: "a table" {
        /// Customers.
        Customers = "customers",
        /// What accounts receivable knows of them.
        CustomerProfiles = "customer_profiles",
        /// The programs they take part in.
        CustomerPrograms = "customer_programs",
        /// The catalogue.
        SpecItems = "spec_items",
        /// The price list.
        PricingMaster = "pricing_master",
    }
}

/// A row that was not imported, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct BadRow {
    /// Line in the file, from 1; the header is line 1.
    pub line: u64,
    /// The column, or `row` where the whole row is wrong.
    pub column: String,
    /// What is wrong.
    pub message: String,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Imported {
    /// Into which table.
    pub table: Table,
    /// Rows inserted or updated.
    pub rows: u64,
    /// Rows left out because they were wrong.
    pub skipped: u64,
    /// The first of them.
    pub bad_rows: Vec<BadRow>,
}

/// No more wrong rows than this are told.
const MOST_TOLD: usize = 20;
/// Rows after which is said how far it is, and can be stopped.
const STRIDE: u64 = 2_000;

/// Told of how many rows are done; `Break` stops, and nothing was changed.
pub type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

impl Desk {
    /// Import a CSV file: all of it, or with `skip_bad` all rows that are right.
    ///
    /// # Errors
    /// `bad_input` for the file or its header, `bad_row` for its rows, `cancelled` if it was stopped; nothing was
    /// imported then.
    pub fn import(
        &self,
        table: Table,
        file: &Path,
        skip_bad: bool,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Imported, DeskError> {
        // Whether it may be imported at all is said before what is wrong with the file.
        self.not_the_central_s(OWNED)?;
        let name = file.display().to_string();
        let bytes = std::fs::read(file).map_err(|error| {
            named(&name)(DeskError::bad_input(error, "Name a CSV file that can be read."))
        })?;
        self.import_bytes(table, &name, &bytes, skip_bad, &mut |rows| {
            progress(rows);
            ControlFlow::Continue(())
        })
    }

    /// The same of a file that is at hand; `name` is what messages call it.
    ///
    /// # Errors
    /// As [`Desk::import`].
    pub fn import_bytes(
        &self,
        table: Table,
        name: &str,
        bytes: &[u8],
        skip_bad: bool,
        progress: Progress<'_>,
    ) -> Result<Imported, DeskError> {
        self.not_the_central_s(OWNED)?;
        let named = named(name);
        let mut sheet = Sheet::open(bytes).map_err(&named)?;
        let columns = columns::of(table).places(sheet.header()).map_err(&named)?;
        let now = self.now();
        self.store.write(|tx| {
            let mut known = Known::load(tx, table)?;
            let (mut rows, mut skipped, mut bad_rows) = (0_u64, 0_u64, Vec::new());
            while let Some((line, row)) = sheet.next_row().map_err(&named)? {
                let read = row.and_then(|record| known.read(table, &Cells::new(&columns, &record)));
                match read {
                    Ok(row) => {
                        row.put(tx, &now)?;
                        rows += 1;
                    }
                    Err(problem) => {
                        skipped += 1;
                        if bad_rows.len() < MOST_TOLD {
                            bad_rows.push(BadRow { line, column: problem.column, message: problem.message });
                        }
                    }
                }
                if (rows + skipped).is_multiple_of(STRIDE) && progress(rows + skipped).is_break() {
                    return Err(stopped(name));
                }
            }
            if skipped > 0 && !skip_bad {
                return Err(refused(name, skipped, &bad_rows));
            }
            // A file that brought nothing makes no data newer.
            if rows > 0 {
                profile::set_reference_as_of(tx, &now)?;
            }
            Ok(Imported { table, rows, skipped, bad_rows })
        })
    }
}

/// What a profile with a central does not import.
const OWNED: &str = "customers, items and prices come";

fn named(name: &str) -> impl Fn(DeskError) -> DeskError + '_ {
    move |error| DeskError { message: format!("{name}: {}", error.message), ..error }
}

fn stopped(name: &str) -> DeskError {
    DeskError::new(Code::Cancelled, format!("{name}: the import was stopped"), "Nothing was imported.")
}

fn refused(name: &str, count: u64, bad_rows: &[BadRow]) -> DeskError {
    let told: Vec<String> =
        bad_rows.iter().map(|row| format!("line {}, {}: {}", row.line, row.column, row.message)).collect();
    let more = count.saturating_sub(bad_rows.len() as u64);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    let rows = if count == 1 { "1 row is wrong".to_owned() } else { format!("{count} rows are wrong") };
    DeskError::new(
        Code::BadRow,
        format!("{name}: {rows}, and nothing was imported:\n  {}{more}", told.join("\n  ")),
        "Mend the rows, or import the others with --skip-bad.",
    )
}
