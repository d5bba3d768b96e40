//! Whether the database is whole, for `doctor`.
//!
//! Owns SQLite's and SQLCipher's own checks. Must not repair: what is damaged is restored from a backup.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::store::Store;

/// No more findings than this are gathered.
const MOST_FINDINGS: usize = 100;

impl Store {
    /// Look through the tables and indexes. Empty when all is well; else what is wrong, in SQLite's words.
    pub fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| quick_check(db.conn()))
    }

    /// Check the seal of every encrypted page. Empty when all is well. Reads the file as it is on the
    /// disk, so a changed byte is found even where no row lies.
    pub fn cipher_check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| cipher_check(db.conn()))
    }

    /// Rows that point to rows which are not there, as `table → parent`. Empty when all is well.
    pub fn foreign_key_check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            db.all(
                &format!(
                    "SELECT \"table\" || ' → ' || parent FROM pragma_foreign_key_check LIMIT {MOST_FINDINGS}"
                ),
                [],
                |row| row.get(0),
            )
        })
    }
}

pub(crate) fn quick_check(conn: &Connection) -> Result<Vec<String>, StoreError> {
    findings(conn, &format!("PRAGMA quick_check({MOST_FINDINGS})"))
}

pub(crate) fn cipher_check(conn: &Connection) -> Result<Vec<String>, StoreError> {
    findings(conn, "PRAGMA cipher_integrity_check")
}

fn findings(conn: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for finding in rows.take(MOST_FINDINGS) {
        let finding = finding?;
        if finding != "ok" {
            found.push(finding);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::{Seek, SeekFrom, Write};

    use super::*;
    use crate::keys::RawKey;
    use crate::scratch::{self, NOW};

    #[test]
    fn a_new_database_is_whole() {
        let (_folder, store) = scratch::store();
        assert_eq!(store.quick_check().unwrap(), Vec::<String>::new());
        assert_eq!(store.cipher_check().unwrap(), Vec::<String>::new());
        assert_eq!(store.foreign_key_check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_changed_byte_on_the_disk_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let key = RawKey::generate().unwrap();
        let store = Store::scratch(folder.path(), &key, NOW, None).unwrap();
        assert!(!store.checkpoint().unwrap().was_held_up);
        let path = store.path().to_owned();
        // A page no connection needs for being opened.
        let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'customers'";
        let page = store.read(|db| db.number(page, [])).unwrap();
        let pages = store.read(|db| db.number("PRAGMA page_count", [])).unwrap();
        let size = path.metadata().unwrap().len() / pages;
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(page * size - 2000)).unwrap();
        file.write_all(b"rot").unwrap();
        drop(file);
        assert_eq!(store.cipher_check().unwrap().len(), 1);
    }
}
