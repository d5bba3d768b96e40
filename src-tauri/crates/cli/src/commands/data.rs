//! Data in and out.
//!
//! Owns `import`, `export` and `db query`. Must not change a row by any other way than an import.

use std::path::Path;

use desk::import::Table;
use desk::{Desk, DeskError};
use serde_json::Value;

use crate::output::{Failure, Outcome, counted, table};
use crate::progress::Rows;

fn named(text: &str) -> Result<Table, Failure> {
    text.parse().map_err(|error| Failure::from(DeskError::bad_input(error, "Name one of these tables.")))
}

/// `import <table> FILE.csv [--skip-bad]`
pub fn import(desk: &Desk, name: &str, file: &Path, skip_bad: bool) -> Result<Outcome, Failure> {
    let bar = Rows::new(name);
    let imported = desk.import(named(name)?, file, skip_bad, &mut |rows| bar.at(rows));
    bar.done();
    let imported = imported?;
    let mut text = format!("Imported {} into {}.", counted(imported.rows, "row"), imported.table);
    if imported.skipped > 0 {
        text.push_str(&format!(" Left out {}:", imported.skipped));
        for row in &imported.bad_rows {
            text.push_str(&format!("\n  line {}, {}: {}", row.line, row.column, row.message));
        }
    }
    Outcome::new(&imported, text)
}

/// `export TABLE FILE.csv`, or all of them for a central: `export reference FILE.ndjson`
pub fn export(desk: &Desk, name: &str, file: &Path) -> Result<Outcome, Failure> {
    if name == "reference" {
        let written = desk.export_reference(file)?;
        let text = format!("Wrote {} for a central to {}.", counted(written.rows, "row"), written.file);
        return Outcome::new(&written, text);
    }
    let exported = desk.export(named(name)?, file)?;
    let text = format!("Wrote {} of {} to {}.", counted(exported.rows, "row"), exported.table, exported.file);
    Outcome::new(&exported, text)
}

/// `db query "SQL" [--param V]…`
pub fn query(desk: &Desk, sql: &str, params: &[String]) -> Result<Outcome, Failure> {
    let answer = desk.query(sql, params)?;
    let headers: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    let cell = |row: &Value, column: &str| match row.get(column) {
        None | Some(Value::Null) => "NULL".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let rows = answer.rows.iter().map(|row| headers.iter().map(|column| cell(row, column)).collect());
    let text = table(&headers, &[], rows.collect());
    Outcome::new(&answer.rows, text)
}
