//! The rows of a replicated table as a central takes them: the way out that fits the feed's way in.
//!
//! Owns reading them one at a time. Must not choose the tables.

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::tables;
use crate::access::Reader;
use crate::error::StoreError;

/// Hand every row of a replicated table to `each`, in the order of its key, without holding them all. Nothing
/// is handed over of a table that is not replicated.
pub fn each_row<E: From<StoreError>>(
    db: &Reader<'_>,
    table: &str,
    mut each: impl FnMut(Map<String, Value>) -> Result<(), E>,
) -> Result<(), E> {
    let Some(place) = tables::place_of(table) else { return Ok(()) };
    let known = tables::all()[place].table;
    let sql =
        format!("SELECT {} FROM {} ORDER BY {}", known.columns.join(", "), known.name, known.key.join(", "));
    let mut statement = db.conn().prepare(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query([]).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        let mut columns = Map::new();
        for (n, column) in known.columns.iter().enumerate() {
            let value = match row.get_ref(n).map_err(StoreError::from)? {
                ValueRef::Integer(number) => Value::from(number),
                ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
                // No replicated column holds anything else.
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
            };
            columns.insert((*column).to_owned(), value);
        }
        each(columns)?;
    }
    Ok(())
}
