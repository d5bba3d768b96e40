//! The sandbox for SQL that a contract declares.
//!
//! Owns what such a statement may be and do. It passes several walls, since each alone has a hole:
//! one statement (`tokens`, `template`), values bound only, SQLite's own `readonly` and `is_explain`, an
//! authorizer that allows only declared tables and harmless functions (`policy`), a clock and a cap on
//! rows (`run`). Must not know contracts, steps or runs: it is given a text and the tables it may touch.

mod check;
mod policy;
mod run;
mod template;
mod tokens;

#[cfg(test)]
mod attacks;

use std::collections::BTreeSet;

pub(crate) use check::said;
pub use check::{Column, Schema, SqlShape};
pub use run::{Limits, lookup, read, write, write_each};
pub use template::BindShape;

use crate::error::StoreError;
use template::Template;

/// What a statement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It gives rows and changes nothing.
    Read,
    /// It changes rows and gives back each changed one.
    Write,
}

/// A statement of a contract, whole and with its placeholders counted. Whether the schema has what it
/// names is for [`Schema::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractSql {
    kind: Kind,
    template: Template,
    tables: BTreeSet<String>,
    changes: Option<String>,
}

impl ContractSql {
    /// Take a statement that may touch these tables. In it `?` takes one value, `IN (?)` a list of any
    /// length, and the bare word `now` stands for the moment of the run.
    pub fn new<S: AsRef<str>>(kind: Kind, sql: &str, tables: &[S]) -> Result<Self, SqlError> {
        let tables = tables.iter().map(|table| table.as_ref().to_lowercase()).collect();
        Ok(ContractSql { kind, template: Template::parse(sql)?, tables, changes: None })
    }

    /// Take a statement that may change one table and look at others.
    pub fn write<S: AsRef<str>>(sql: &str, changes: &str, reads: &[S]) -> Result<Self, SqlError> {
        let tables: Vec<&str> = reads.iter().map(AsRef::as_ref).chain([changes]).collect();
        let mut taken = Self::new(Kind::Write, sql, &tables)?;
        taken.changes = Some(changes.to_lowercase());
        Ok(taken)
    }

    /// Whether it takes rows away.
    pub fn deletes(&self) -> bool {
        self.template.begins_with("DELETE")
    }

    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What each of its `?` takes, in order.
    pub fn binds(&self) -> &[BindShape] {
        self.template.binds()
    }
}

/// Why a statement is refused or did not finish.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// The text is not one whole statement.
    #[error("the SQL is refused: {0}")]
    Text(&'static str),
    /// A placeholder that is not a bare `?`.
    #[error("the SQL has the placeholder {0}; only a bare ? is allowed, bound in order")]
    Placeholder(String),
    /// It touches a table the contract does not declare.
    #[error("the SQL touches {0}, which the contract does not declare")]
    Undeclared(String),
    /// It changes a table that only the program itself writes.
    #[error("the SQL changes {0}, which only FieldQuote itself writes")]
    Protected(String),
    /// It calls a function that is not allowed.
    #[error("the SQL calls {0}(), which a contract may not")]
    Function(String),
    /// It does what no contract may.
    #[error("the SQL uses {0}, which a contract may not")]
    Forbidden(&'static str),
    /// A read that writes, or a write that does not.
    #[error("the SQL should {should}, but it {does}")]
    Kind {
        /// What it was declared to do.
        should: &'static str,
        /// What it does.
        does: &'static str,
    },
    /// Two columns of the result have one name.
    #[error("the SQL gives two columns named {0}; name one of them with AS")]
    TwoColumns(String),
    /// SQLite does not understand it, or the schema has not what it names.
    #[error("the SQL does not compile: {0}")]
    Compile(String),
    /// The number of values is not the number of placeholders.
    #[error("the SQL has {placeholders} placeholders but {values} values are bound")]
    BindCount {
        /// How many `?` there are.
        placeholders: usize,
        /// How many values were given.
        values: usize,
    },
    /// A value that cannot be bound.
    #[error("value {place} cannot be bound: {why}")]
    Bind {
        /// From 1.
        place: usize,
        /// What is wrong with it.
        why: &'static str,
    },
    /// It ran too long and was stopped.
    #[error("the SQL ran longer than {0} ms and was stopped")]
    Overdue(u128),
    /// It gave more rows than allowed.
    #[error("the SQL gives more than {0} rows; add a LIMIT")]
    TooManyRows(usize),
    /// A floating-point number came out: no amount may pass through one.
    #[error("column {0} is a floating-point number; keep amounts as text")]
    Float(String),
    /// Bytes came out, which have no JSON form.
    #[error("column {0} holds bytes, which cannot be shown")]
    Bytes(String),
    /// The row would break a rule of the schema: a CHECK, a key, NOT NULL.
    #[error("the SQL breaks a rule of the schema: {0}")]
    Constraint(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
