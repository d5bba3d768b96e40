//! Reading the database by hand, for people who script.
//!
//! Owns the one door to it. Must not open it for writing.

use serde::Serialize;
use serde_json::Value;
use store::query::{self, QueryError};

use crate::Desk;
use crate::error::{Code, DeskError};

/// The rows of a query.
#[derive(Debug, Clone, Serialize)]
pub struct Rows {
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// An object a row.
    pub rows: Vec<Value>,
}

impl Desk {
    /// Run one read-only statement.
    pub fn query(&self, sql: &str, values: &[String]) -> Result<Rows, DeskError> {
        self.store.read(|db| {
            let answer = query::run(db, sql, values).map_err(|error| match error {
                QueryError::Store(error) => DeskError::from(error),
                other => DeskError::new(Code::BadInput, other.to_string(), "Nothing was changed."),
            })?;
            Ok(Rows { columns: answer.columns, rows: answer.rows })
        })
    }
}
