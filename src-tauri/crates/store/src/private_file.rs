//! Files and folders only their owner can read.
//!
//! Owns making them so from the start, and replacing one so that a crash leaves the old or the new.
//! Must not know what is in them.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// Make a folder, and those above it, open to its owner alone.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(StoreError::file("make the folder", path))
}

/// Make a new empty file, refused if there is one.
pub(crate) fn make(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Put these bytes in the place of a file, whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let beside = beside(path, "new");
    remove_if_there(&beside)?;
    let mut file = make(&beside).map_err(StoreError::file("make", &beside))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(StoreError::file("write", &beside))?;
    move_over(&beside, path)
}

/// Move a file to where another may be, and see that the move is on the disk.
pub(crate) fn move_over(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(StoreError::file("move a file to", to))?;
    sync_folder_of(to)
}

/// Remove a file; that there was none is fine.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// `path` with an ending added: `fieldquote.db.new`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A rename is lost in a power cut unless its folder is synced. Windows has no such call.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StoreError::file("sync the folder", folder))
}

#[cfg(not(unix))]
fn sync_folder_of(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}
