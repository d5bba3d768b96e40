//! Bringing the schema up to date.
//!
//! Owns the order, the record and the refusals. Must not repair: a schema that is not ours is left alone.
//!
//! `rusqlite_migration` keeps only a number (`user_version`). A device that came from another branch, or
//! a migration edited after it went out, would pass unseen there; so each migration is recorded here
//! with the checksum of its text, and all that are missing are applied in one transaction.

use domain::Sha256;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;

/// One migration, as compiled in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    /// `0001_reference`.
    pub(crate) name: &'static str,
    /// Its statements.
    pub(crate) sql: &'static str,
}

/// Every migration of the device, in order.
pub(crate) const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Why the schema cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database has been used by a newer program.
    #[error(
        "the database is newer than this program: it has {unknown}, this program ends at {last}. Update FieldQuote"
    )]
    Newer {
        /// The first migration this program does not know.
        unknown: String,
        /// The last one it does.
        last: String,
    },
    /// A migration that was applied reads differently now.
    #[error(
        "migration {name} was applied with other statements than this program has; the database is left alone"
    )]
    Changed {
        /// Which.
        name: String,
    },
    /// A migration failed; nothing of any of them was kept.
    #[error("migration {name} failed, nothing was changed: {source}")]
    Failed {
        /// Which.
        name: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
}

/// Apply what is missing, all or nothing. `now` is RFC 3339. Gives how many were applied.
pub(crate) fn bring_up_to_date(conn: &Connection, now: &str) -> Result<usize, StoreError> {
    apply(conn, MIGRATIONS, now)
}

/// The number of migrations the database has, for a look at a file that is not ours yet.
pub(crate) fn applied_count(conn: &Connection) -> Result<usize, StoreError> {
    Ok(applied(conn)?.len())
}

/// Refuse a database that has what this program does not know, or knows differently.
pub(crate) fn check_known(conn: &Connection) -> Result<(), StoreError> {
    compare(&applied(conn)?, MIGRATIONS)
}

fn apply(conn: &Connection, known: &[Migration], now: &str) -> Result<usize, StoreError> {
    // The usual start has nothing to do and so takes no write lock.
    let had = applied(conn)?;
    compare(&had, known)?;
    if had.len() == known.len() {
        return Ok(0);
    }
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS schema_migrations (
           name TEXT PRIMARY KEY NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL
         ) STRICT",
    )?;
    // Looked at again under the lock: another process may have migrated while this one waited.
    let had = applied(&transaction)?;
    compare(&had, known)?;
    for migration in &known[had.len()..] {
        let failed = |source| MigrationError::Failed { name: migration.name, source };
        transaction.execute_batch(migration.sql).map_err(failed)?;
        transaction
            .execute(
                "INSERT INTO schema_migrations (name, checksum, applied_at) VALUES (?1, ?2, ?3)",
                (migration.name, checksum(migration), now),
            )
            .map_err(failed)?;
    }
    transaction.commit()?;
    Ok(known.len() - had.len())
}

fn applied(conn: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    if !conn.table_exists(None, "schema_migrations")? {
        return Ok(Vec::new());
    }
    let mut statement = conn.prepare("SELECT name, checksum FROM schema_migrations ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn compare(had: &[(String, String)], known: &[Migration]) -> Result<(), StoreError> {
    for (place, (name, sum)) in had.iter().enumerate() {
        match known.get(place) {
            Some(migration) if migration.name == name => {
                if checksum(migration) != *sum {
                    return Err(MigrationError::Changed { name: name.clone() }.into());
                }
            }
            _ => {
                let last = known.last().map_or("nothing", |migration| migration.name).to_owned();
                return Err(MigrationError::Newer { unknown: name.clone(), last }.into());
            }
        }
    }
    Ok(())
}

/// Of the text with line ends as on Unix: a checkout on Windows is the same migration.
fn checksum(migration: &Migration) -> String {
    Sha256::of(migration.sql.replace("\r\n", "\n").as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-07-01T00:00:00.000Z";
    const ONE: Migration = Migration { name: "0001_one", sql: "CREATE TABLE one (id TEXT) STRICT;" };
    const TWO: Migration = Migration { name: "0002_two", sql: "CREATE TABLE two (id TEXT) STRICT;" };

    fn memory() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    #[test]
    fn every_migration_of_the_device_applies_once_and_is_recorded() {
        let conn = memory();
        assert_eq!(bring_up_to_date(&conn, NOW).unwrap(), MIGRATIONS.len());
        assert_eq!(bring_up_to_date(&conn, NOW).unwrap(), 0);
        let recorded: Vec<(String, String)> = applied(&conn).unwrap();
        assert_eq!(recorded[0].0, "0001_reference");
        let at: String = conn
            .query_row("SELECT DISTINCT applied_at FROM schema_migrations", [], |row| row.get(0))
            .unwrap();
        assert_eq!(at, NOW);
    }

    #[test]
    fn a_failing_migration_leaves_nothing_of_the_ones_before_it() {
        let conn = memory();
        let bad = Migration {
            name: "0002_bad",
            sql: "CREATE TABLE half (id TEXT); INSERT INTO nowhere VALUES (1);",
        };
        let error = apply(&conn, &[ONE, bad], NOW).unwrap_err();
        assert!(error.to_string().contains("0002_bad"), "{error}");
        let tables: u32 = conn.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 0);
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused_with_the_way_out() {
        let conn = memory();
        apply(&conn, &[ONE, TWO], NOW).unwrap();
        let error = apply(&conn, &[ONE], NOW).unwrap_err();
        assert!(
            matches!(&error, StoreError::Migration(MigrationError::Newer { unknown, .. }) if unknown == "0002_two")
        );
        assert!(error.to_string().contains("Update FieldQuote"));
    }

    #[test]
    fn a_migration_edited_after_it_was_applied_is_refused() {
        let conn = memory();
        apply(&conn, &[ONE], NOW).unwrap();
        let edited = Migration { sql: "CREATE TABLE one (id TEXT, more TEXT) STRICT;", ..ONE };
        let error = apply(&conn, &[edited, TWO], NOW).unwrap_err();
        assert!(matches!(error, StoreError::Migration(MigrationError::Changed { .. })), "{error}");
    }

    #[test]
    fn line_ends_of_a_checkout_do_not_change_a_migration() {
        let unix = Migration { name: "0001_one", sql: "CREATE TABLE one (\n id TEXT) STRICT;" };
        let windows = Migration { name: "0001_one", sql: "CREATE TABLE one (\r\n id TEXT) STRICT;" };
        assert_eq!(checksum(&unix), checksum(&windows));
    }

    #[test]
    fn two_programs_that_start_together_migrate_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("both.db");
        Connection::open(&path).unwrap().query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        let applied: usize = std::thread::scope(|scope| {
            let start = || {
                let conn = Connection::open(&path).unwrap();
                conn.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
                bring_up_to_date(&conn, NOW).unwrap()
            };
            let programs: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
            programs.into_iter().map(|program| program.join().unwrap()).sum()
        });
        assert_eq!(applied, MIGRATIONS.len());
    }
}
