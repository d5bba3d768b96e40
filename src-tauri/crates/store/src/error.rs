//! What can go wrong in the store.
//!
//! Owns the one error every module here gives. Must not decide what to do about one.

use std::path::PathBuf;

use crate::keys::KeyError;
use crate::migrate::MigrationError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused, or a stored value does not read as what it should be.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The key of the database is not to be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The schema is not one this program can work on.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// A value cannot be written as JSON, or stored JSON cannot be read.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A file or folder could not be made, read or moved.
    #[error("could not {doing} {}: {source}", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// There is no database in the folder.
    #[error("there is no database in {}; run `fieldquote init` to make one", .0.display())]
    NoDatabase(PathBuf),
    /// There is one already, and it is never written over.
    #[error("there is a database in {} already", .0.display())]
    DatabaseExists(PathBuf),
    /// SQLite undid the transaction because of an earlier failure in it.
    #[error("the database undid the change because of an earlier failure; nothing of it was kept")]
    Undone,
    /// Another process held the database longer than the wait allows.
    #[error("another FieldQuote is busy with the database; try again")]
    Busy,
}

impl StoreError {
    /// Whether it may be well again in a moment without anybody doing anything: a full disk, a failed read.
    pub fn is_passing(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, SystemIoFailure};
        match self {
            StoreError::Busy | StoreError::File { .. } => true,
            StoreError::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(DatabaseBusy | DatabaseLocked | DiskFull | OutOfMemory | SystemIoFailure)
            ),
            _ => false,
        }
    }

    /// For `map_err` on file operations.
    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| StoreError::File { doing, path, source }
    }
}
