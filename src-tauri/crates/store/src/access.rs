//! The two ways into the database: a [`Reader`] that sees one state of it, and a [`WriteTx`].
//!
//! Owns how the table modules run SQL. A `WriteTx` gives a `Reader` by itself, so what a module reads
//! can be read inside a write too. Must not open, commit or roll back: [`crate::Store`] does.

use std::ops::Deref;

use rusqlite::{Connection, Params, Row};

use crate::error::StoreError;
use crate::gate::Gate;
use crate::row::unreadable;

/// One unchanging state of the database, for as long as the closure it is given to runs.
pub struct Reader<'c> {
    conn: &'c Connection,
    gate: &'c Gate,
}

/// A transaction that is the only one writing. It is kept if the closure it is given to succeeds.
pub struct WriteTx<'c> {
    reader: Reader<'c>,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(conn: &'c Connection, gate: &'c Gate) -> Self {
        Reader { conn, gate }
    }

    pub(crate) fn conn(&self) -> &Connection {
        self.conn
    }

    pub(crate) fn gate(&self) -> &Gate {
        self.gate
    }

    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        Ok(rows.next()?.map(map).transpose()?)
    }

    /// Every row.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, map)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether there is any row.
    pub(crate) fn any(&self, sql: &str, params: impl Params) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached(sql)?.exists(params)?)
    }

    /// The whole number in the one row there must be: `SELECT count(*) …`.
    pub(crate) fn number(&self, sql: &str, params: impl Params) -> Result<u64, StoreError> {
        let number: i64 = self.conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?;
        u64::try_from(number).map_err(|cause| unreadable(0, cause).into())
    }
}

impl<'c> WriteTx<'c> {
    pub(crate) fn new(conn: &'c Connection, gate: &'c Gate) -> Self {
        WriteTx { reader: Reader::new(conn, gate) }
    }

    /// A full disk or a statement stopped half-way makes SQLite undo the whole transaction. What ran after
    /// that would be kept on its own, so nothing does.
    pub(crate) fn still_open(&self) -> Result<(), StoreError> {
        if self.conn().is_autocommit() { Err(StoreError::Undone) } else { Ok(()) }
    }

    /// Run a closure whose changes are undone if it fails, while those before it stay.
    pub fn attempt<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.still_open()?;
        let say = |sql: &str| -> Result<(), StoreError> { Ok(self.conn().execute_batch(sql)?) };
        say("SAVEPOINT attempt")?;
        let done = work();
        // A full disk has undone the whole transaction, and the savepoint with it.
        self.still_open()?;
        if done.is_err() {
            say("ROLLBACK TO attempt")?;
        }
        say("RELEASE attempt")?;
        done
    }

    /// Run one changing statement; gives how many rows it changed.
    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        self.still_open()?;
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}
