//! Reading typed values out of rows.
//!
//! Owns the one way a stored text becomes a domain type. Must never mend a value: a text that does not
//! read is an error that names the column, never a default.

use std::error::Error;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value of a column that must be there.
pub(crate) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|cause| unreadable(column, cause))
}

/// The value of a column that may be null.
pub(crate) fn parsed_if_any<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|cause| unreadable(column, cause)),
    }
}

/// The value of a column that holds JSON.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|cause| unreadable(column, cause))
}

/// A stored value that does not read.
pub(crate) fn unreadable(column: usize, cause: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(cause))
}

/// Nicknames are stored as one text with bars between: `cfsd|cedar`.
pub(crate) fn aliases(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let text = row.get_ref(column)?.as_str()?;
    Ok(text.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect())
}

/// Texts as `json_each` reads them: one parameter for any number.
pub(crate) fn listed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    Value::from_iter(texts).to_string()
}
