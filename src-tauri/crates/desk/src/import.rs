//! Import: CSV files into the reference tables.
//!
//! Owns the all-or-nothing transaction and the words for what is wrong with a row. Must not change a value
//! to make it fit.

use std::collections::HashSet;
use std::path::Path;

use domain::vocabulary;
use serde::Serialize;
use store::{WriteTx, customer_profiles, customer_programs, customers, pricing_master, spec_items};

pub(crate) mod cells;
pub(crate) mod columns;
mod sheet;

use cells::{Cells, RowProblem};
use sheet::Sheet;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadRow {
    /// Line in the file, from 1; the header is line 1.
    pub line: u64,
    /// The column, or `row` where the whole row is wrong.
    pub column: String,
    /// What is wrong.
    pub message: String,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

impl Desk {
    /// Import a CSV file: all of it, or with `skip_bad` all rows that are right.
    ///
    /// # Errors
    /// `bad_input` for the file or its header, `bad_row` for its rows; nothing was imported then.
    pub fn import(
        &self,
        table: Table,
        file: &Path,
        skip_bad: bool,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Imported, DeskError> {
        self.not_the_central_s("customers, items and prices come")?;
        let named = |error: DeskError| DeskError {
            message: format!("{}: {}", file.display(), error.message),
            ..error
        };
        let bytes = std::fs::read(file)
            .map_err(|error| named(DeskError::bad_input(error, "Name a CSV file that can be read.")))?;
        let mut sheet = Sheet::open(&bytes).map_err(named)?;
        let columns = columns::of(table).places(sheet.header()).map_err(named)?;
        let now = self.now();
        self.store.write(|tx| {
            let mut known = Known::load(tx, table)?;
            let (mut rows, mut skipped, mut bad_rows) = (0_u64, 0_u64, Vec::new());
            while let Some((line, row)) = sheet.next_row().map_err(named)? {
                let done = row
                    .map_err(Refusal::Problem)
                    .and_then(|record| put(tx, table, &Cells::new(&columns, &record), &mut known, &now));
                match done {
                    Ok(()) => rows += 1,
                    Err(Refusal::Problem(problem)) => {
                        skipped += 1;
                        if bad_rows.len() < MOST_TOLD {
                            bad_rows.push(BadRow { line, column: problem.column, message: problem.message });
                        }
                    }
                    Err(Refusal::Desk(error)) => return Err(error),
                }
                if (rows + skipped).is_multiple_of(10_000) {
                    progress(rows + skipped);
                }
            }
            if skipped > 0 && !skip_bad {
                return Err(refused(file, skipped, &bad_rows));
            }
            // A file that brought nothing makes no data newer.
            if rows > 0 {
                profile::set_reference_as_of(tx, &now)?;
            }
            Ok(Imported { table, rows, skipped, bad_rows })
        })
    }
}

fn refused(file: &Path, count: u64, bad_rows: &[BadRow]) -> DeskError {
    let told: Vec<String> =
        bad_rows.iter().map(|row| format!("line {}, {}: {}", row.line, row.column, row.message)).collect();
    let more = count.saturating_sub(bad_rows.len() as u64);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    let rows = if count == 1 { "1 row is wrong".to_owned() } else { format!("{count} rows are wrong") };
    DeskError::new(
        Code::BadRow,
        format!("{}: {rows}, and nothing was imported:\n  {}{more}", file.display(), told.join("\n  ")),
        "Mend the rows, or import the others with --skip-bad.",
    )
}

enum Refusal {
    Problem(RowProblem),
    Desk(DeskError),
}

impl From<RowProblem> for Refusal {
    fn from(problem: RowProblem) -> Self {
        Refusal::Problem(problem)
    }
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Self {
        Refusal::Desk(error.into())
    }
}

/// The keys that rows may refer to, and those the file already had.
struct Known {
    customers: HashSet<String>,
    items: HashSet<String>,
    seen: HashSet<String>,
}

impl Known {
    fn load(tx: &WriteTx<'_>, table: Table) -> Result<Self, DeskError> {
        let customers = match table {
            Table::Customers | Table::SpecItems => HashSet::new(),
            _ => customers::ids(tx)?.into_iter().collect(),
        };
        let items = match table {
            Table::PricingMaster => spec_items::codes(tx)?.into_iter().collect(),
            _ => HashSet::new(),
        };
        Ok(Known { customers, items, seen: HashSet::new() })
    }

    fn once(&mut self, column: &str, key: String) -> Result<(), RowProblem> {
        if self.seen.contains(&key) {
            return Err(RowProblem::new(column, format!("{key} is in the file twice")));
        }
        self.seen.insert(key);
        Ok(())
    }

    fn customer(&self, id: &domain::CustomerId) -> Result<(), RowProblem> {
        if self.customers.contains(id.as_str()) {
            return Ok(());
        }
        Err(RowProblem::new("customer_id", format!("there is no customer {id}")))
    }
}

fn put(
    tx: &WriteTx<'_>,
    table: Table,
    cells: &Cells<'_>,
    known: &mut Known,
    now: &str,
) -> Result<(), Refusal> {
    match table {
        Table::Customers => {
            let customer = columns::customer(cells)?;
            known.once("id", customer.id.to_string())?;
            customers::upsert(tx, &customer, now)?;
        }
        Table::CustomerProfiles => {
            let profile = columns::profile(cells)?;
            known.customer(&profile.customer_id)?;
            known.once("customer_id", profile.customer_id.to_string())?;
            customer_profiles::upsert(tx, &profile, now)?;
        }
        Table::CustomerPrograms => {
            let program = columns::program(cells)?;
            known.customer(&program.customer_id)?;
            known.once("id", program.id.to_string())?;
            customer_programs::upsert(tx, &program, now)?;
        }
        Table::SpecItems => {
            let item = columns::item(cells)?;
            known.once("item_code", item.item_code.to_string())?;
            spec_items::upsert(tx, &item, now)?;
        }
        Table::PricingMaster => {
            let price = columns::price(cells)?;
            known.customer(&price.customer_id)?;
            if !known.items.contains(price.item_code.as_str()) {
                let message = format!("there is no item {}", price.item_code);
                return Err(RowProblem::new("item_code", message).into());
            }
            let key = format!("{} {} {}", price.customer_id, price.item_code, price.school_year);
            known.once("item_code", key)?;
            pricing_master::upsert(tx, &price, now)?;
        }
    }
    Ok(())
}
