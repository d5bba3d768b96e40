//! Stores for this crate's own tests.

use tempfile::TempDir;

use crate::Store;
use crate::keys::RawKey;

pub(crate) const NOW: &str = "2026-07-01T00:00:00.000Z";

/// A new store in a folder that lives as long as the first of the pair.
pub(crate) fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::scratch(folder.path(), &RawKey::generate().unwrap(), NOW, None).unwrap();
    (folder, store)
}
