//! Applying the central's change feed.
//!
//! Owns how a row of the feed becomes a row here. A row that an operation which is not settled announces is
//! never written over: it is asked for again once the central has the operation. Must not fetch anything, and
//! must not say where the feed was read up to: that is kept by whoever read it, in the same transaction.

mod change;
mod dump;
mod evict;
mod resync;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::Deref;

use domain::Canonical;
use domain::canonical::CanonicalError;
use rusqlite::ErrorCode;

use crate::access::WriteTx;
use crate::error::StoreError;
use crate::{outbox, refetch};

pub use change::{Cell, Change, FeedRow};
pub use dump::each_row;
pub use evict::Evicted;
pub use resync::{Swept, begin_resync, finish_resync, is_resyncing};
use tables::Replicated;
pub use tables::key_columns;

/// The feed's word for a customer who went to another territory; its key begins with the customer's id.
const EVICT: &str = "_evict";

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// The row is now as the central has it.
    Written,
    /// It was so already.
    Unchanged,
    /// An operation that is not settled announces the row; it is listed in `refetch`.
    Held,
    /// The row does not fit this device's schema, for this reason; it is listed in `refetch`. It may fit
    /// when another row has come, or when the program is newer.
    Refused(String),
    /// The table is none that is replicated here as it is.
    Unknown,
}

/// A page of the feed being written; given by [`crate::Store::write_feed`]. What the queue announces is looked
/// up when the page begins, so no operation may be put in while it is written.
pub struct FeedTx<'t> {
    tx: &'t WriteTx<'t>,
    now: &'t str,
    /// For each table, whether any operation announces rows of it.
    announced: Vec<bool>,
    /// For each table, whether what comes is noted.
    noted: Vec<bool>,
    /// Whether any row is asked for again.
    asks_again: std::cell::Cell<bool>,
}

impl<'t> Deref for FeedTx<'t> {
    type Target = WriteTx<'t>;

    fn deref(&self) -> &WriteTx<'t> {
        self.tx
    }
}

impl<'t> FeedTx<'t> {
    pub(crate) fn new(tx: &'t WriteTx<'t>, now: &'t str) -> Result<Self, StoreError> {
        let any_of =
            |known: &Replicated| tx.any("SELECT 1 FROM outbox_rows WHERE tbl = ?1", [known.table.name]);
        Ok(FeedTx {
            tx,
            now,
            announced: tables::all().iter().map(any_of).collect::<Result<_, _>>()?,
            noted: resync::noted(tx)?,
            asks_again: std::cell::Cell::new(refetch::count(tx)? > 0),
        })
    }

    /// Apply a change. An error is the database's and undoes the page; a row that cannot be written is not
    /// one, so that it does not hold up the others.
    pub fn apply(&self, change: &Change<'_>) -> Result<Applied, StoreError> {
        if change.table == EVICT {
            return match change.key.first().and_then(Cell::as_str) {
                Some(customer) => self.evict(customer).map(|_| Applied::Written),
                None => Ok(Applied::Refused("it names no customer".to_owned())),
            };
        }
        let Some(place) = tables::place_of(&change.table) else { return Ok(Applied::Unknown) };
        let known = &tables::all()[place];
        let (announced, noted) = (self.announced[place], self.noted[place]);
        // The text of a key is made only when something is looked up by it.
        let key = if announced || noted || self.asks_again.get() { Some(key_of(change)?) } else { None };
        if let Some(key) = &key {
            if noted && change.row.is_some() {
                resync::note(self, known.table.name, key.as_str())?;
            }
            if announced && outbox::is_pending(self, known.table.name, key.as_str())? {
                self.ask_again(known.table.name, key.as_str())?;
                return Ok(Applied::Held);
            }
        }
        match self.write(known, change)? {
            Err(why) => {
                self.ask_again(known.table.name, key.map_or_else(|| key_of(change), Ok)?.as_str())?;
                Ok(Applied::Refused(why))
            }
            Ok(changed) => {
                if let (true, Some(key)) = (self.asks_again.get(), &key) {
                    refetch::delete(self, known.table.name, key.as_str())?;
                }
                Ok(if changed { Applied::Written } else { Applied::Unchanged })
            }
        }
    }

    /// Write a row or its end; whether that changed anything, or why it does not fit.
    fn write(&self, known: &Replicated, change: &Change<'_>) -> Result<Result<bool, String>, StoreError> {
        if change.key.len() != known.table.key.len() {
            return Ok(Err("its key has another number of columns".to_owned()));
        }
        let done = match &change.row {
            None => self.execute(&known.delete, rusqlite::params_from_iter(&change.key)),
            Some(row) => {
                for (place, value) in known.key_places.iter().zip(&change.key) {
                    if row.get_near(known.table.columns[*place], *place) != Some(value) {
                        return Ok(Err("its key is not the row's".to_owned()));
                    }
                }
                self.still_open()?;
                let mut statement = self.conn().prepare_cached(&known.upsert)?;
                for (n, column) in known.table.columns.iter().enumerate() {
                    let bound = match (row.get_near(column, n), known.missing[n]) {
                        (Some(Cell::Other), _) => {
                            return Ok(Err(format!("{column} is neither a text nor a whole number")));
                        }
                        (Some(cell), _) => statement.raw_bind_parameter(n + 1, cell),
                        (None, default) => statement.raw_bind_parameter(n + 1, default),
                    };
                    bound?;
                }
                statement.raw_execute().map_err(StoreError::from)
            }
        };
        match done {
            Ok(changed) => Ok(Ok(changed > 0)),
            Err(StoreError::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                Ok(Err(error.to_string()))
            }
            Err(other) => Err(other),
        }
    }

    fn ask_again(&self, table: &str, key: &str) -> Result<(), StoreError> {
        self.asks_again.set(true);
        refetch::insert(self, table, key, self.now)
    }
}

fn key_of(change: &Change<'_>) -> Result<Canonical, StoreError> {
    change.canonical_key().map_err(|error| match error {
        CanonicalError::Json(cause) => StoreError::Json(cause),
        fraction @ CanonicalError::Fraction(_) => StoreError::Json(serde::ser::Error::custom(fraction)),
    })
}
