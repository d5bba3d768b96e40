//! Running a contract's statement.
//!
//! Owns binding, the limits, and the form rows come out in. Must not begin or end a transaction: a read
//! sees the reader's snapshot, a write is part of the caller's.

use std::time::{Duration, Instant};

use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{ErrorCode, Statement};
use serde_json::{Map, Value};

use crate::access::{Reader, WriteTx};
use crate::sandbox::check::{compile, said};
use crate::sandbox::policy::Watch;
use crate::sandbox::template::{BindShape, Slot};
use crate::sandbox::{ContractSql, Kind, SqlError};

/// More values than this are not bound in one list; SQLite stops at 32,766 parameters.
const LONGEST_LIST: usize = 10_000;

/// How far a statement may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many rows it may give. One more is an error: nothing is decided on half an answer.
    pub rows: usize,
}

impl Default for Limits {
    /// Two seconds and 10,000 rows: a contract's statements take well under a millisecond.
    fn default() -> Self {
        Limits { time: Duration::from_secs(2), rows: 10_000 }
    }
}

/// Run a read. Each `?` takes the value at its place: text, a whole number, true or false (1 or 0), null,
/// or for `IN (?)` an array of those. `now` is the moment of the run, RFC 3339. Each row is an object.
pub fn read(
    db: &Reader<'_>,
    sql: &ContractSql,
    values: &[Value],
    now: &str,
    limits: Limits,
) -> Result<Vec<Value>, SqlError> {
    if sql.kind != Kind::Read {
        return Err(SqlError::Kind { should: "read", does: "is declared to write" });
    }
    run(db, sql, values, now, limits)
}

/// Run a write inside the caller's transaction. Gives each changed row as it is after the change (as it
/// was before, for a DELETE). An error may have undone the whole transaction: give it up.
pub fn write(
    tx: &WriteTx<'_>,
    sql: &ContractSql,
    values: &[Value],
    now: &str,
    limits: Limits,
) -> Result<Vec<Value>, SqlError> {
    if sql.kind != Kind::Write {
        return Err(SqlError::Kind { should: "write", does: "is declared to read" });
    }
    tx.still_open()?;
    run(tx, sql, values, now, limits)
}

/// Which of these values are in a column: for a rule that asks whether all of them are.
pub fn lookup(
    db: &Reader<'_>,
    table: &str,
    column: &str,
    values: &Value,
    now: &str,
) -> Result<Vec<Value>, SqlError> {
    let sql = format!("SELECT {column} FROM {table} WHERE {column} IN (?)");
    let sql = ContractSql::new(Kind::Read, &sql, &[table])?;
    let rows = read(db, &sql, std::slice::from_ref(values), now, Limits::default())?;
    Ok(rows.into_iter().filter_map(|mut row| row.as_object_mut()?.remove(column)).collect())
}

/// Run a statement that changes rows once for each row of values, each placeholder one value. It is
/// compiled once: a quote of two thousand lines is one statement. Gives the changed rows of all.
pub fn write_each(
    tx: &WriteTx<'_>,
    sql: &ContractSql,
    each: &[Vec<Value>],
    now: &str,
    limits: Limits,
) -> Result<Vec<Value>, SqlError> {
    let plain = each.iter().flatten().all(|value| !value.is_array());
    if !plain || sql.binds().contains(&BindShape::Many) {
        let mut changed = Vec::new();
        for values in each {
            changed.extend(write(tx, sql, values, now, limits)?);
        }
        return Ok(changed);
    }
    let Some(first) = each.first() else { return Ok(Vec::new()) };
    tx.still_open()?;
    let mut compiled = compile(tx, sql, &lengths(sql.binds(), first)?, Some(Instant::now() + limits.time))?;
    compiled.watch.started();
    let mut changed = Vec::new();
    for values in each {
        lengths(sql.binds(), values)?;
        let parameters = bound(&compiled.slots, values, now)?;
        let watch = &compiled.watch;
        let failed = |error: rusqlite::Error| {
            explained(&error, watch, limits).unwrap_or(SqlError::Store(error.into()))
        };
        changed.extend(rows(&mut compiled.statement, &parameters, limits.rows, failed)?);
    }
    Ok(changed)
}

/// What a failure while running means, when it is more than the store failing.
fn explained(error: &rusqlite::Error, watch: &Watch, limits: Limits) -> Option<SqlError> {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => Some(SqlError::Overdue(limits.time.as_millis())),
        Some(ErrorCode::ConstraintViolation) => Some(SqlError::Constraint(said(error))),
        _ => watch.denial(),
    }
}

fn run(
    db: &Reader<'_>,
    sql: &ContractSql,
    values: &[Value],
    now: &str,
    limits: Limits,
) -> Result<Vec<Value>, SqlError> {
    let lengths = lengths(sql.binds(), values)?;
    let until = Instant::now() + limits.time;
    let mut compiled = compile(db, sql, &lengths, Some(until))?;
    compiled.watch.started();
    let parameters = bound(&compiled.slots, values, now)?;
    let watch = &compiled.watch;
    let failed =
        |error: rusqlite::Error| explained(&error, watch, limits).unwrap_or(SqlError::Store(error.into()));
    rows(&mut compiled.statement, &parameters, limits.rows, failed)
}

fn rows(
    statement: &mut Statement<'_>,
    parameters: &[SqlValue],
    most: usize,
    failed: impl Fn(rusqlite::Error) -> SqlError,
) -> Result<Vec<Value>, SqlError> {
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = statement.query(rusqlite::params_from_iter(parameters)).map_err(&failed)?;
    while let Some(row) = rows.next().map_err(&failed)? {
        if found.len() == most {
            return Err(SqlError::TooManyRows(most));
        }
        let mut object = Map::new();
        for (place, name) in names.iter().enumerate() {
            let value = match row.get_ref(place).map_err(&failed)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::from(number),
                ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
                ValueRef::Real(_) => return Err(SqlError::Float(name.clone())),
                ValueRef::Blob(_) => return Err(SqlError::Bytes(name.clone())),
            };
            object.insert(name.clone(), value);
        }
        found.push(Value::Object(object));
    }
    Ok(found)
}

fn lengths(binds: &[BindShape], values: &[Value]) -> Result<Vec<usize>, SqlError> {
    if binds.len() != values.len() {
        return Err(SqlError::BindCount { placeholders: binds.len(), values: values.len() });
    }
    let length = |(place, (shape, value)): (usize, (&BindShape, &Value))| {
        let refused = |why| Err(SqlError::Bind { place: place + 1, why });
        match (shape, value) {
            (BindShape::One, Value::Array(_)) => refused("it is a list, and only IN (?) takes one"),
            (BindShape::Many, Value::Array(list)) if list.len() > LONGEST_LIST => {
                refused("the list is longer than 10,000")
            }
            (BindShape::Many, Value::Array(list)) => Ok(list.len()),
            _ => Ok(1),
        }
    };
    binds.iter().zip(values).enumerate().map(length).collect()
}

fn bound(slots: &[Slot], values: &[Value], now: &str) -> Result<Vec<SqlValue>, SqlError> {
    let parameter = |slot: &Slot| match *slot {
        Slot::Now => Ok(SqlValue::Text(now.to_owned())),
        Slot::Bind { bind, element } => {
            let value = match &values[bind] {
                Value::Array(list) => &list[element],
                one => one,
            };
            scalar(value).map_err(|why| SqlError::Bind { place: bind + 1, why })
        }
    };
    slots.iter().map(parameter).collect()
}

/// A JSON value as SQLite stores it.
pub(crate) fn scalar(value: &Value) -> Result<SqlValue, &'static str> {
    match value {
        Value::Null => Ok(SqlValue::Null),
        Value::Bool(yes) => Ok(SqlValue::Integer(i64::from(*yes))),
        Value::String(text) => Ok(SqlValue::Text(text.clone())),
        Value::Number(number) => {
            number.as_i64().map(SqlValue::Integer).ok_or("a number that is not whole cannot be bound")
        }
        Value::Array(_) => Err("a list within a list cannot be bound"),
        Value::Object(_) => Err("an object cannot be bound"),
    }
}
