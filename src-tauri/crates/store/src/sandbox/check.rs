//! Checking a statement against a schema without running it.
//!
//! Owns the wall between compiling and running, and what a statement's result looks like. Must not run
//! the statement: linting a contract touches no data.

use std::collections::BTreeSet;
use std::time::Instant;

use rusqlite::{Connection, Statement};

use crate::access::Reader;
use crate::connection::{Connected, gated};
use crate::error::StoreError;
use crate::gate::ShutGate;
use crate::migrate;
use crate::sandbox::policy::{Declared, Watch};
use crate::sandbox::template::{BindShape, Slot};
use crate::sandbox::{ContractSql, Kind, SqlError};

/// A column of a statement's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the result.
    pub name: String,
    /// The table and column it is read from, when it is not computed.
    pub origin: Option<(String, String)>,
    /// The type declared there: `TEXT` or `INTEGER`.
    pub declared_type: Option<String>,
}

/// What a statement takes and gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlShape {
    /// What each `?` takes.
    pub binds: Vec<BindShape>,
    /// What it gives.
    pub columns: Vec<Column>,
}

/// The device's schema without any data, for linting.
pub struct Schema {
    connected: Connected,
}

impl Schema {
    /// The schema of this program.
    pub fn blank() -> Result<Self, StoreError> {
        let conn = Connection::open_in_memory()?;
        migrate::bring_up_to_date(&conn, "")?;
        Ok(Schema { connected: gated(conn)? })
    }

    /// What the statement takes and gives, or precisely why it is refused. Compiled, never run.
    pub fn check(&self, sql: &ContractSql) -> Result<SqlShape, SqlError> {
        let db = Reader::new(&self.connected.conn, &self.connected.gate);
        let lengths = vec![1; sql.binds().len()];
        let compiled = compile(&db, sql, &lengths, None)?;
        Ok(SqlShape { binds: sql.binds().to_vec(), columns: columns(&compiled.statement) })
    }

    /// Whether there is such a column that a contract may read.
    pub fn has_column(&self, table: &str, column: &str) -> bool {
        let sql = format!("SELECT {column} FROM {table} LIMIT 1");
        ContractSql::new(Kind::Read, &sql, &[table]).and_then(|sql| self.check(&sql)).is_ok()
    }

    /// The names of the tables a contract may declare.
    pub fn tables(&self) -> Result<BTreeSet<String>, StoreError> {
        let db = Reader::new(&self.connected.conn, &self.connected.gate);
        let names = db.all(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view')
             AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )?;
        Ok(names.into_iter().collect())
    }
}

/// A statement that passed every wall there is before running. The gate is shut while this lives.
pub(crate) struct Compiled<'c> {
    // Dropped before the gate opens.
    pub(crate) statement: Statement<'c>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) watch: Watch,
    _shut: ShutGate<'c>,
}

pub(crate) fn compile<'c>(
    db: &'c Reader<'_>,
    sql: &ContractSql,
    lengths: &[usize],
    until: Option<Instant>,
) -> Result<Compiled<'c>, SqlError> {
    let watch = Watch::default();
    let policy = Declared::new(db.conn(), sql.kind, &sql.tables, sql.changes.as_deref(), watch.clone())?;
    let (text, slots) = sql.template.expand(lengths, sql.kind == Kind::Write);
    let shut = db.gate().shut(Box::new(policy), until);
    let statement = db
        .conn()
        .prepare(&text)
        .map_err(|error| watch.denial().unwrap_or_else(|| SqlError::Compile(said(&error))))?;
    if statement.is_explain() != 0 {
        return Err(SqlError::Forbidden("EXPLAIN"));
    }
    match sql.kind {
        Kind::Read if !statement.readonly() => return Err(SqlError::Kind { should: "read", does: "writes" }),
        Kind::Read if statement.column_count() == 0 => {
            return Err(SqlError::Kind { should: "read", does: "gives nothing" });
        }
        Kind::Write if statement.readonly() => {
            return Err(SqlError::Kind { should: "write", does: "only reads" });
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for name in statement.column_names() {
        if !seen.insert(name) {
            return Err(SqlError::TwoColumns(name.to_owned()));
        }
    }
    Ok(Compiled { statement, slots, watch, _shut: shut })
}

fn columns(statement: &Statement<'_>) -> Vec<Column> {
    let types = statement.columns();
    let origins = statement.columns_with_metadata();
    types
        .into_iter()
        .zip(origins)
        .map(|(column, origin)| Column {
            name: column.name().to_owned(),
            origin: origin.table_name().zip(origin.origin_name()).map(|(t, c)| (t.to_owned(), c.to_owned())),
            declared_type: column.decl_type().map(str::to_owned),
        })
        .collect()
}

/// SQLite's own words, without rusqlite's frame around them.
pub(crate) fn said(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}
