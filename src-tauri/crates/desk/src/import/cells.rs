//! One row of a CSV file, cell by cell.
//!
//! Owns finding a cell by its column and saying what is wrong with it. Must not know any table.

use std::str::FromStr;

use crate::error::DeskError;

/// The columns a table has, in the order they are exported.
pub(crate) struct Columns {
    /// What the table is called in messages.
    pub table: &'static str,
    /// Their names; a `*` at the end marks one that must be there and filled.
    pub names: &'static [&'static str],
}

/// Where each column of a table stands in a file.
pub(crate) struct Places {
    names: Vec<(&'static str, Option<usize>)>,
}

/// One row.
pub(crate) struct Cells<'a> {
    places: &'a Places,
    record: &'a csv::StringRecord,
}

/// What is wrong with a cell.
#[derive(Debug)]
pub(crate) struct RowProblem {
    pub column: String,
    pub message: String,
}

/// Whether a spreadsheet would run a text (OWASP ASVS 1.2.10). Apostrophes in front are looked behind, so
/// that a text which has one of its own gets and loses exactly one more.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

impl RowProblem {
    pub fn new(column: &str, message: impl Into<String>) -> Self {
        RowProblem { column: column.to_owned(), message: message.into() }
    }
}

impl Columns {
    /// The columns' names as they stand in a file.
    pub fn plain(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.iter().map(|name| name.trim_end_matches('*'))
    }

    /// Where the columns stand in a file with this header.
    pub fn places(&self, header: &csv::StringRecord) -> Result<Places, DeskError> {
        let all: Vec<&str> = self.plain().collect();
        let list = all.join(", ");
        let given: Vec<&str> = header.iter().map(str::trim).collect();
        for (place, name) in given.iter().enumerate() {
            if !all.contains(name) {
                return Err(DeskError::bad_input(
                    format!(
                        "line 1: {} has no column “{}”",
                        self.table,
                        name.chars().take(40).collect::<String>()
                    ),
                    format!("Its columns are: {list}."),
                ));
            }
            if given[..place].contains(name) {
                return Err(DeskError::bad_input(
                    format!("line 1: the column {name} is there twice"),
                    "Remove one of them.",
                ));
            }
        }
        let mut names = Vec::new();
        for (name, marked) in self.plain().zip(self.names) {
            let place = given.iter().position(|given| *given == name);
            if place.is_none() && marked.ends_with('*') {
                return Err(DeskError::bad_input(
                    format!("line 1: the column {name} is missing"),
                    format!("{} needs {}.", self.table, self.required().join(", ")),
                ));
            }
            names.push((name, place));
        }
        Ok(Places { names })
    }

    fn required(&self) -> Vec<&'static str> {
        self.names.iter().filter_map(|name| name.strip_suffix('*')).collect()
    }
}

impl<'a> Cells<'a> {
    pub fn new(places: &'a Places, record: &'a csv::StringRecord) -> Self {
        Cells { places, record }
    }

    /// The text of a cell; nothing when it is empty or the file has no such column.
    pub fn text(&self, column: &str) -> Option<&'a str> {
        let place = self.places.names.iter().find(|(name, _)| *name == column)?.1?;
        let text = self.record.get(place)?.trim();
        // The apostrophe that export puts before what a spreadsheet would take for a formula.
        let text = match text.strip_prefix('\'') {
            Some(rest) if looks_like_formula(text) => rest,
            _ => text,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The owned text of a cell.
    pub fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// The text of a cell that must be filled.
    pub fn required(&self, column: &str) -> Result<String, RowProblem> {
        self.owned(column).ok_or_else(|| RowProblem::new(column, "it is empty, and it must not be"))
    }

    /// A cell that must be filled, read.
    pub fn read<T: FromStr>(&self, column: &str) -> Result<T, RowProblem>
    where
        T::Err: std::fmt::Display,
    {
        let text =
            self.text(column).ok_or_else(|| RowProblem::new(column, "it is empty, and it must not be"))?;
        text.parse().map_err(|error: T::Err| RowProblem::new(column, error.to_string()))
    }

    /// A cell that may be empty, read.
    pub fn read_if_any<T: FromStr>(&self, column: &str) -> Result<Option<T>, RowProblem>
    where
        T::Err: std::fmt::Display,
    {
        let Some(text) = self.text(column) else { return Ok(None) };
        text.parse().map(Some).map_err(|error: T::Err| RowProblem::new(column, error.to_string()))
    }

    /// Nicknames: `a|b`, or `a;b` as other systems write them.
    pub fn aliases(&self, column: &str) -> Vec<String> {
        let text = self.text(column).unwrap_or_default();
        text.split(['|', ';']).map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
    }
}
