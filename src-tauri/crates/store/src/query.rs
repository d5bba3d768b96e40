//! Ad-hoc reading for people who script: `db query "SQL" --param V`.
//!
//! Owns the read-only wall around a statement a person typed, and its rows as JSON. Must not write,
//! whatever is typed, nor run without end.

use std::time::{Duration, Instant};

use rusqlite::ErrorCode;
use rusqlite::hooks::{AuthAction, AuthContext};
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use crate::access::Reader;
use crate::error::StoreError;
use crate::gate::Policy;

/// How long a person's statement may run.
const TIME: Duration = Duration::from_secs(30);
/// More rows than this are not gathered; a whole table is for `export`.
const MOST_ROWS: usize = 100_000;
/// Pragmas that only describe the schema.
const PRAGMAS: &[&str] =
    &["data_version", "foreign_key_list", "index_list", "table_info", "table_list", "table_xinfo"];
/// The one table nobody reads by hand.
const SECRETS: &str = "secrets";
/// Functions that reach outside the database or load code.
const REFUSED: &[&str] = &["fts3_tokenizer", "load_extension", "sqlcipher_export"];

/// What a query gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The names of the columns in order. Names that occur twice are told apart: `id`, `id_2`.
    pub columns: Vec<String>,
    /// An object a row.
    pub rows: Vec<Value>,
}

/// Why a query is refused or did not finish.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It would do more than read.
    #[error("only reading is allowed here: one SELECT")]
    NotARead,
    /// It reads the keys of this device.
    #[error("the table secrets holds this device's keys and is not read by hand")]
    Secret,
    /// SQLite does not understand it.
    #[error("the query does not compile: {0}")]
    Compile(String),
    /// The number of values is not the number of placeholders.
    #[error("the query has {placeholders} placeholders but {values} values were given")]
    Values {
        /// How many placeholders.
        placeholders: usize,
        /// How many values.
        values: usize,
    },
    /// It ran too long.
    #[error("the query ran longer than {} s and was stopped", TIME.as_secs())]
    Overdue,
    /// It gave too many rows.
    #[error("the query gives more than {MOST_ROWS} rows; add a LIMIT, or export the table")]
    TooManyRows,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Run one read-only statement. Each value is bound as text, in order; a column compared with it decides
/// by its own type, as SQLite does.
pub fn run(db: &Reader<'_>, sql: &str, values: &[String]) -> Result<Answer, QueryError> {
    let _shut = db.gate().shut(Box::new(OnlyReading), Some(Instant::now() + TIME));
    let mut statement = db.conn().prepare(sql).map_err(|error| compile_error(&error))?;
    if !statement.readonly() || statement.column_count() == 0 {
        return Err(QueryError::NotARead);
    }
    if statement.parameter_count() != values.len() {
        return Err(QueryError::Values { placeholders: statement.parameter_count(), values: values.len() });
    }
    let columns = told_apart(statement.column_names());
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => QueryError::Overdue,
        Some(ErrorCode::AuthorizationForStatementDenied) => QueryError::NotARead,
        _ => QueryError::Store(StoreError::Sqlite(error)),
    };
    let mut found = Vec::new();
    let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if found.len() == MOST_ROWS {
            return Err(QueryError::TooManyRows);
        }
        let mut object = Map::new();
        for (place, name) in columns.iter().enumerate() {
            object.insert(name.clone(), shown(row.get_ref(place).map_err(failed)?));
        }
        found.push(Value::Object(object));
    }
    Ok(Answer { columns, rows: found })
}

/// As JSON: bytes as hex digits; a floating-point number as SQLite computed it, since nothing here reads
/// it back as an amount.
fn shown(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => Value::from(hex::encode(bytes)),
    }
}

fn told_apart<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for name in names {
        let mut unlike = name.to_owned();
        let mut count = 1;
        while columns.contains(&unlike) {
            count += 1;
            unlike = format!("{name}_{count}");
        }
        columns.push(unlike);
    }
    columns
}

fn compile_error(error: &rusqlite::Error) -> QueryError {
    match error.sqlite_error_code() {
        Some(ErrorCode::AuthorizationForStatementDenied) if crate::sandbox::said(error).contains(SECRETS) => {
            QueryError::Secret
        }
        Some(ErrorCode::AuthorizationForStatementDenied) => QueryError::NotARead,
        Some(ErrorCode::OperationInterrupted) => QueryError::Overdue,
        _ if matches!(error, rusqlite::Error::MultipleStatement) => QueryError::NotARead,
        _ => QueryError::Compile(crate::sandbox::said(error)),
    }
}

struct OnlyReading;

impl Policy for OnlyReading {
    fn allows(&mut self, context: &AuthContext<'_>) -> bool {
        match context.action {
            AuthAction::Read { table_name, .. } => !table_name.eq_ignore_ascii_case(SECRETS),
            AuthAction::Select | AuthAction::Recursive => true,
            AuthAction::Function { function_name } => {
                !REFUSED.contains(&function_name.to_ascii_lowercase().as_str())
            }
            AuthAction::Pragma { pragma_name, .. } => PRAGMAS.contains(&pragma_name),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use crate::scratch;

    fn ask(store: &Store, sql: &str, values: &[&str]) -> Result<Answer, QueryError> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        store.read(|db| run(db, sql, &values))
    }

    #[test]
    fn rows_come_as_objects_with_columns_in_order() {
        let (_folder, store) = scratch::store();
        let answer =
            ask(&store, "SELECT 'b' AS z, 1 AS a, NULL AS n, x'0aff' AS x, ?1 AS v", &["ü"]).unwrap();
        assert_eq!(answer.columns, ["z", "a", "n", "x", "v"]);
        assert_eq!(answer.rows, [serde_json::json!({"z": "b", "a": 1, "n": null, "x": "0aff", "v": "ü"})]);
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let (_folder, store) = scratch::store();
        let answer = ask(&store, "SELECT 1 AS id, 2 AS id, 3 AS id", &[]).unwrap();
        assert_eq!(answer.columns, ["id", "id_2", "id_3"]);
    }

    #[test]
    fn the_schema_can_be_looked_at() {
        let (_folder, store) = scratch::store();
        let answer =
            ask(&store, "SELECT name FROM pragma_table_info('customers') ORDER BY cid LIMIT 2", &[]).unwrap();
        assert_eq!(answer.rows, [serde_json::json!({"name": "id"}), serde_json::json!({"name": "name"})]);
        assert!(!ask(&store, "SELECT name FROM sqlite_master", &[]).unwrap().rows.is_empty());
        assert!(
            ask(&store, "SELECT count(*) FROM customers_fts WHERE customers_fts MATCH 'a*'", &[]).is_ok()
        );
    }

    #[test]
    fn nothing_but_reading_gets_through() {
        let (folder, store) = scratch::store();
        let out = folder.path().join("out.db").display().to_string();
        let attempts = [
            "DELETE FROM customers".to_owned(),
            "INSERT INTO settings VALUES ('a', 'b', 'c') RETURNING name".to_owned(),
            "CREATE TABLE t (a)".to_owned(),
            "DROP TABLE customers".to_owned(),
            "PRAGMA query_only = OFF".to_owned(),
            "PRAGMA rekey = 'x'".to_owned(),
            "PRAGMA key".to_owned(),
            "BEGIN".to_owned(),
            "COMMIT".to_owned(),
            "VACUUM".to_owned(),
            format!("VACUUM INTO '{out}'"),
            format!("ATTACH '{out}' AS o KEY ''"),
            "SELECT load_extension('x')".to_owned(),
            "SELECT sqlcipher_export('main')".to_owned(),
            "SELECT 1; DELETE FROM customers".to_owned(),
            String::new(),
        ];
        for sql in attempts {
            let refused = ask(&store, &sql, &[]);
            assert!(refused.is_err(), "{sql}: {refused:?}");
        }
        assert!(!folder.path().join("out.db").exists());
    }

    #[test]
    fn a_missing_value_or_a_slip_of_the_pen_is_said_plainly() {
        let (_folder, store) = scratch::store();
        let error = ask(&store, "SELECT * FROM customers WHERE id = ?", &[]).unwrap_err();
        assert!(error.to_string().contains("1 placeholders but 0 values"), "{error}");
        let error = ask(&store, "SELECT * FROM custommers", &[]).unwrap_err();
        assert!(error.to_string().contains("no such table: custommers"), "{error}");
    }
}
