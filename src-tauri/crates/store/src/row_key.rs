//! The name of a row on every device and at the central: its table and its primary key.
//!
//! Owns the one text form of a key, so that two names of the same row are equal. Must not read rows.

use domain::Canonical;
use domain::canonical::CanonicalError;
use serde_json::{Map, Value};

use crate::feed;

/// Names a row of a replicated table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// Its table.
    pub table: String,
    /// The values of its primary key's columns, in the order of the schema, as a canonical JSON array.
    pub key: Canonical,
}

impl RowKey {
    /// The row of a table with these primary key values, in the order of the schema.
    pub fn of(table: &str, values: &[Value]) -> Result<Self, CanonicalError> {
        Ok(RowKey { table: table.to_owned(), key: Canonical::of(values)? })
    }

    /// The name of a row that is given whole. None if the table is not one the feed replicates, or a
    /// column of its key is missing.
    pub fn of_row(table: &str, row: &Map<String, Value>) -> Option<Self> {
        let values: Vec<&Value> =
            feed::key_columns(table)?.iter().map(|column| row.get(*column)).collect::<Option<_>>()?;
        Some(RowKey { table: table.to_owned(), key: Canonical::of(&values).ok()? })
    }
}
