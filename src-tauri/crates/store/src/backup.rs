//! Backups: one encrypted file that opens on any machine with its passphrase.
//!
//! Owns the file's form, and putting a backup in the place of a profile. Must never lose what is there:
//! a backup is proved whole before anything is moved, and what it replaces is kept beside it.
//!
//! The file is a line that says what it is, a line with a random key locked with the passphrase, and a
//! SQLCipher database under that key. The device's own key is not in it; the profile that is restored
//! gets a key of its own, kept by that machine's keeper.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write, copy};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::connection;
use crate::error::StoreError;
use crate::home::{self, database_path};
use crate::integrity;
use crate::keys::wrapped::WrappedKey;
use crate::keys::{self, KeyError, KeySource, Passphrase, RawKey};
use crate::migrate;
use crate::private_file;
use crate::store::Store;

const MAGIC: &str = "fieldquote-backup 1\n";
/// The header with the locked key is a few hundred bytes; a file that goes on longer is not ours.
const LONGEST_HEADER: u64 = 4096;

/// Why a backup cannot be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already.
    #[error("{} is there already; a backup is never written over another", .0.display())]
    FileExists(PathBuf),
    /// The folder has a profile.
    #[error("{} has a profile already; restoring would replace it, so it has to be asked for", .0.display())]
    ProfileExists(PathBuf),
    /// A program has the profile open.
    #[error("a FieldQuote has {} open; close it first", .0.display())]
    InUse(PathBuf),
    /// The file is no backup of ours.
    #[error("{} is not a FieldQuote backup: {why}", path.display())]
    NotABackup {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The backup is damaged.
    #[error("the backup is damaged and was not put back: {0}")]
    Damaged(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        BackupError::Store(StoreError::Sqlite(error))
    }
}

impl From<KeyError> for BackupError {
    fn from(error: KeyError) -> Self {
        BackupError::Store(StoreError::Key(error))
    }
}

/// Write a backup of the store as it is now to a new file. Others may read and write meanwhile.
pub fn make(store: &Store, to: &Path, passphrase: &Passphrase) -> Result<(), BackupError> {
    if to.exists() {
        return Err(BackupError::FileExists(to.to_owned()));
    }
    let key = RawKey::generate()?;
    let database = private_file::beside(to, "part");
    let whole = private_file::beside(to, "new");
    let made = export(store, &database, &key)
        .and_then(|()| wrap(&database, &whole, &key, passphrase))
        // A hard end would leave these behind; they are encrypted, and the next attempt removes them.
        .and_then(|()| Ok(private_file::move_over(&whole, to)?));
    remove_database(&database)?;
    if made.is_err() {
        private_file::remove_if_there(&whole)?;
    }
    made
}

/// What is to be restored, and where.
pub struct Restore<'a> {
    /// The backup.
    pub from: &'a Path,
    /// What it was locked with.
    pub passphrase: &'a Passphrase,
    /// The home folder it is put into.
    pub home: &'a Path,
    /// Who keeps the restored profile's key: its passphrase, or the keyring without one.
    pub keys: &'a KeySource,
    /// A new name for the key (a ULID): the old profile's key stays where it is.
    pub profile_id: &'a str,
    /// Whether a profile that is there may be replaced.
    pub replace: bool,
}

/// Put a backup into a home folder that no program has open. The database and the profile that were
/// there stay beside it with the ending `.before-restore`, and their key stays where it is kept.
pub fn restore(wanted: &Restore<'_>) -> Result<(), BackupError> {
    private_file::make_folder(wanted.home)?;
    let _alone = home::lock(wanted.home)?;
    let _nobody_else =
        home::take_over(wanted.home)?.ok_or_else(|| BackupError::InUse(wanted.home.to_owned()))?;
    let place = database_path(wanted.home);
    if place.exists() && !wanted.replace {
        return Err(BackupError::ProfileExists(wanted.home.to_owned()));
    }
    let carried = private_file::beside(&place, "restore-part");
    let fresh = private_file::beside(&place, "restore-new");
    let put = prepare(wanted, &carried, &fresh).and_then(|key| {
        home::set_aside(wanted.home)?;
        keys::keep(wanted.home, wanted.profile_id, &key, wanted.keys)?;
        Ok(private_file::move_over(&fresh, &place)?)
    });
    remove_database(&carried)?;
    remove_database(&fresh)?;
    if put.is_err() {
        home::put_back(wanted.home)?;
    }
    put
}

/// The backup under a new key at `fresh`, proved whole; nothing that was there is touched yet.
fn prepare(wanted: &Restore<'_>, carried: &Path, fresh: &Path) -> Result<RawKey, BackupError> {
    let backup_key = unwrap(wanted.from, carried, wanted.passphrase)?;
    let source = prove(carried, &backup_key)?;
    let key = RawKey::generate()?;
    copy_pages(&source, fresh, &key)?;
    prove(fresh, &key)?;
    Ok(key)
}

fn export(store: &Store, to: &Path, key: &RawKey) -> Result<(), BackupError> {
    store.read(|db| copy_pages(db.conn(), to, key))
}

/// Copy a database page by page under another key. In one step, on a snapshot: writers do not wait and
/// the copy is of one moment.
fn copy_pages(from: &Connection, to: &Path, key: &RawKey) -> Result<(), BackupError> {
    remove_database(to)?;
    let file = private_file::make(to).map_err(StoreError::file("make", to))?;
    let mut target = connection::keyed(to, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let step = Backup::new(from, &mut target)?.step(-1)?;
    if step != StepResult::Done {
        return Err(StoreError::Busy.into());
    }
    target.close().map_err(|(_, error)| error)?;
    file.sync_all().map_err(StoreError::file("sync", to))?;
    Ok(())
}

/// The header with the locked key, then the database.
fn wrap(database: &Path, to: &Path, key: &RawKey, passphrase: &Passphrase) -> Result<(), BackupError> {
    let locked = serde_json::to_string(&WrappedKey::lock(key, passphrase)?).map_err(StoreError::from)?;
    private_file::remove_if_there(to)?;
    let mut source = File::open(database).map_err(StoreError::file("read", database))?;
    let mut target = private_file::make(to).map_err(StoreError::file("make", to))?;
    target
        .write_all(format!("{MAGIC}{locked}\n").as_bytes())
        .and_then(|()| copy(&mut source, &mut target))
        .and_then(|_| target.sync_all())
        .map_err(StoreError::file("write", to))?;
    Ok(())
}

/// The database of a backup, and its key.
fn unwrap(backup: &Path, to: &Path, passphrase: &Passphrase) -> Result<RawKey, BackupError> {
    let refused = |why: &str| BackupError::NotABackup { path: backup.to_owned(), why: why.to_owned() };
    let source = File::open(backup).map_err(StoreError::file("read", backup))?;
    let mut source = BufReader::new(source);
    let mut header = [String::new(), String::new()];
    for line in &mut header {
        (&mut source)
            .take(LONGEST_HEADER)
            .read_line(line)
            .map_err(|_| refused("it does not begin as one does"))?;
    }
    if header[0] != MAGIC {
        return Err(refused("it does not begin as one does"));
    }
    let key = WrappedKey::from_json(header[1].as_bytes()).map_err(|why| refused(&why))?.unlock(passphrase)?;
    remove_database(to)?;
    let mut target = private_file::make(to).map_err(StoreError::file("make", to))?;
    copy(&mut source, &mut target).map_err(StoreError::file("write", to))?;
    Ok(key)
}

/// That a database opens, every page carries its seal, its tables are whole and its schema is one this
/// program knows.
fn prove(path: &Path, key: &RawKey) -> Result<Connection, BackupError> {
    let damaged = |why: String| BackupError::Damaged(why);
    let conn = match connection::keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Ok(conn) => conn,
        Err(StoreError::Key(KeyError::WrongKey)) => {
            return Err(damaged("its first page does not read".to_owned()));
        }
        Err(other) => return Err(other.into()),
    };
    let look = |found: Result<Vec<String>, StoreError>| match found {
        Ok(findings) => findings.into_iter().next().map_or(Ok(()), |finding| Err(damaged(finding))),
        Err(error) => Err(damaged(error.to_string())),
    };
    look(integrity::cipher_check(&conn))?;
    look(integrity::quick_check(&conn))?;
    migrate::check_known(&conn)?;
    if migrate::applied_count(&conn)? == 0 {
        return Err(damaged("it holds no FieldQuote tables".to_owned()));
    }
    Ok(conn)
}

fn remove_database(path: &Path) -> Result<(), StoreError> {
    for file in [path.to_owned(), home::log_of(path), home::index_of(path)] {
        private_file::remove_if_there(&file)?;
    }
    Ok(())
}
