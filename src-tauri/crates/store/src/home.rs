//! A home folder: the database, its profile and, with a passphrase, its key file.
//!
//! Owns making a profile and opening it, and the names of the files. Must never make a key where a
//! database is, nor a database where one is asked to be opened.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::OpenFlags;

use crate::connection;
use crate::error::StoreError;
use crate::keys::{self, KeyError, KeySource, Profile, RawKey, RecoveryKey};
use crate::private_file;
use crate::store::{CommitHook, Store};

const DATABASE: &str = "fieldquote.db";
const PROFILE: &str = "profile.json";
/// Held alone while a profile is made, replaced or given another keeper.
const LOCK: &str = "profile.lock";
/// Held by every open store together, and alone by who replaces the database.
const IN_USE: &str = "in-use.lock";
const ASIDE: &str = "before-restore";

/// How a home folder is to be opened.
pub struct Opening<'a> {
    /// The folder.
    pub home: &'a Path,
    /// What the person gave to open it.
    pub keys: &'a KeySource,
    /// The present moment, RFC 3339: recorded with migrations.
    pub now: &'a str,
    /// Told of every commit; only for tests that crash.
    pub commit_hook: Option<Arc<dyn CommitHook>>,
}

impl<'a> Opening<'a> {
    /// Open `home` at `now`.
    pub fn new(home: &'a Path, keys: &'a KeySource, now: &'a str) -> Self {
        Opening { home, keys, now, commit_hook: None }
    }
}

impl Store {
    /// Make a new profile: its key, kept, and its database. `profile_id` names the key where it is kept
    /// and must be new (a ULID). Refused where a database is.
    pub fn create(opening: &Opening<'_>, profile_id: &str) -> Result<Self, StoreError> {
        private_file::make_folder(opening.home)?;
        let _alone = lock(opening.home)?;
        let path = database_path(opening.home);
        put_back(opening.home)?;
        if path.exists() {
            return Err(StoreError::DatabaseExists(opening.home.to_owned()));
        }
        let key = keys::make(opening.home, profile_id, opening.keys)?;
        // A crash here leaves a kept key and no database: the next `create` starts again, nothing is lost.
        make_database(&path, &key)?;
        tracing::info!(profile_id, "made a profile");
        Store::over(path, key, opening.now, opening.commit_hook.clone())
    }

    /// Open the profile that is there. Every reason why its key is not to be had is its own [`KeyError`].
    pub fn open(opening: &Opening<'_>) -> Result<Self, StoreError> {
        let path = database_path(opening.home);
        if !path.exists() {
            if !opening.home.exists() {
                return Err(StoreError::NoDatabase(opening.home.to_owned()));
            }
            let _alone = lock(opening.home)?;
            put_back(opening.home)?;
        }
        if !path.exists() {
            return Err(StoreError::NoDatabase(opening.home.to_owned()));
        }
        let key = keys::find(opening.home, opening.keys)?;
        Store::over(path, key, opening.now, opening.commit_hook.clone())
    }

    /// A store in a folder whose key nobody keeps: for tests, simulations and benches. Opened again with
    /// the same key it is the same store.
    pub fn scratch(
        folder: &Path,
        key: &RawKey,
        now: &str,
        commit_hook: Option<Arc<dyn CommitHook>>,
    ) -> Result<Self, StoreError> {
        private_file::make_folder(folder)?;
        let path = database_path(folder);
        if !path.exists() {
            make_database(&path, key)?;
        }
        Store::over(path, key.clone(), now, commit_hook)
    }

    /// The recovery key, to be printed and put away.
    pub fn recovery_key(&self) -> RecoveryKey {
        RecoveryKey::of(self.key())
    }

    /// Keep the key of this open store anew: with the passphrase of `keys` if it has one, else in the
    /// keyring. For after the recovery key had to be used, and to change a passphrase. `profile_id` is
    /// used only when `profile.json` is gone.
    pub fn keep_key(&self, keys: &KeySource, profile_id: &str) -> Result<(), StoreError> {
        let home = self.path().parent().unwrap_or(Path::new("."));
        let _alone = lock(home)?;
        let profile_id = match Profile::read(home) {
            Ok(profile) => profile.profile_id,
            Err(StoreError::Key(KeyError::ProfileMissing(_) | KeyError::ProfileDamaged { .. })) => {
                profile_id.to_owned()
            }
            Err(other) => return Err(other),
        };
        keys::keep(home, &profile_id, self.key(), keys)
    }
}

/// Where the database of a home folder is.
pub fn database_path(home: &Path) -> PathBuf {
    home.join(DATABASE)
}

/// Say that the database is in use, until dropped.
pub(crate) fn hold_open(home: &Path) -> Result<File, StoreError> {
    let file = lock_file(home, IN_USE)?;
    file.lock_shared().map_err(StoreError::file("lock", home.join(IN_USE)))?;
    Ok(file)
}

/// Hold everybody off opening the database, until dropped; none if somebody has it open.
pub(crate) fn take_over(home: &Path) -> Result<Option<File>, StoreError> {
    let file = lock_file(home, IN_USE)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(StoreError::file("lock", home.join(IN_USE))(error)),
    }
}

/// Move what a restore replaces out of the way. The log goes first: left beside another database it
/// would be read into it.
pub(crate) fn set_aside(home: &Path) -> Result<(), StoreError> {
    let database = database_path(home);
    if !database.exists() {
        return Ok(());
    }
    let aside = private_file::beside(&database, ASIDE);
    private_file::remove_if_there(&aside)?;
    private_file::remove_if_there(&log_of(&aside))?;
    private_file::remove_if_there(&index_of(&database))?;
    if log_of(&database).exists() {
        private_file::move_over(&log_of(&database), &log_of(&aside))?;
    }
    let profile = home.join(PROFILE);
    if profile.exists() {
        private_file::move_over(&profile, &private_file::beside(&profile, ASIDE))?;
    }
    private_file::move_over(&database, &aside)
}

/// Undo [`set_aside`] where a restore ended between it and the new database: there is none, and the old
/// one is beside.
pub(crate) fn put_back(home: &Path) -> Result<(), StoreError> {
    let database = database_path(home);
    let aside = private_file::beside(&database, ASIDE);
    let profile = home.join(PROFILE);
    let profile_aside = private_file::beside(&profile, ASIDE);
    if database.exists() || !aside.exists() {
        return Ok(());
    }
    if profile_aside.exists() {
        private_file::move_over(&profile_aside, &profile)?;
    }
    if log_of(&aside).exists() {
        private_file::move_over(&log_of(&aside), &log_of(&database))?;
    }
    tracing::warn!("a restore had not finished; the profile before it is back");
    private_file::move_over(&aside, &database)
}

/// SQLite's log of changes beside a database.
pub(crate) fn log_of(database: &Path) -> PathBuf {
    with_suffix(database, "-wal")
}

/// SQLite's index of that log.
pub(crate) fn index_of(database: &Path) -> PathBuf {
    with_suffix(database, "-shm")
}

fn with_suffix(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Hold everybody else off making, replacing or re-keying the profile, until dropped.
pub(crate) fn lock(home: &Path) -> Result<File, StoreError> {
    let file = lock_file(home, LOCK)?;
    file.lock().map_err(StoreError::file("lock", home.join(LOCK)))?;
    Ok(file)
}

fn lock_file(home: &Path, name: &str) -> Result<File, StoreError> {
    let path = home.join(name);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).map_err(StoreError::file("open", &path))
}

/// An empty encrypted database, whole or not at all: made beside its place and moved there.
fn make_database(path: &Path, key: &RawKey) -> Result<(), StoreError> {
    let beside = private_file::beside(path, "new");
    private_file::remove_if_there(&beside)?;
    let file = private_file::make(&beside).map_err(StoreError::file("make", &beside))?;
    let conn = connection::keyed(&beside, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Writes the first page, which binds the file to the key.
    conn.execute_batch("PRAGMA user_version = 1;")?;
    conn.close().map_err(|(_, error)| error)?;
    file.sync_all().map_err(StoreError::file("sync", &beside))?;
    private_file::move_over(&beside, path)
}
