//! Reading the feed from its beginning: what did not come any more is gone at the central.
//!
//! Owns noting what comes and taking away what did not. Only the reference tables are swept: everything else
//! is this device's own work too. A table that is empty at the beginning is not noted, so a first sync costs
//! nothing here. Must not decide when to begin.

use rusqlite::params;

use super::evict::Evicted;
use super::tables;
use super::{Applied, Cell, Change, FeedTx};
use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::settings;
use crate::store::Store;

/// The tables that are swept, those that point to another first.
const SWEPT: &[&str] =
    &["customer_profiles", "customer_programs", "pricing_master", "spec_items", "customers"];

/// The setting that says a resync is under way: the tables it notes, between commas.
const UNDER_WAY: &str = "feed_resync";

/// Rows taken away in one transaction.
const PAGE: usize = 1000;

/// What a resync took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// How many rows are gone.
    pub removed: u64,
    /// How many stay until an operation is settled.
    pub held: u64,
}

/// Begin to note what comes. In the transaction that puts the cursor back to the beginning.
pub fn begin_resync(tx: &WriteTx<'_>, now: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM feed_seen", [])?;
    let mut noted = Vec::new();
    for table in SWEPT {
        if tx.any(&format!("SELECT 1 FROM {table} LIMIT 1"), [])? {
            noted.push(*table);
        }
    }
    settings::set(tx, UNDER_WAY, &format!("{},", noted.join(",")), now)
}

/// Whether a resync has begun and is not finished.
pub fn is_resyncing(db: &Reader<'_>) -> Result<bool, StoreError> {
    Ok(under_way(db)?.is_some())
}

/// Take away what did not come since the resync began, a page at a time, and end it. To be called when the feed
/// has been read to its head; called again after a crash it goes on. Nothing happens when none is under way.
pub fn finish_resync(store: &Store, now: &str) -> Result<Swept, StoreError> {
    let Some(noted) = store.read(under_way)? else { return Ok(Swept::default()) };
    let mut swept = Swept::default();
    for table in SWEPT.iter().filter(|table| noted.contains(&format!("{table},"))) {
        for page in store.read(|db| unseen(db, table))?.chunks(PAGE) {
            store.write_feed(now, |feed| {
                for key in page {
                    feed.sweep(table, key, &mut swept)?;
                }
                Ok::<_, StoreError>(())
            })?;
        }
    }
    store.write(|tx| {
        tx.execute("DELETE FROM feed_seen", [])?;
        tx.execute("DELETE FROM settings WHERE name = ?1", [UNDER_WAY])?;
        Ok::<_, StoreError>(())
    })?;
    Ok(swept)
}

/// For each replicated table, whether what comes is noted.
pub(super) fn noted(db: &Reader<'_>) -> Result<Vec<bool>, StoreError> {
    let noted = under_way(db)?.unwrap_or_default();
    Ok(tables::all().iter().map(|known| noted.split(',').any(|table| table == known.table.name)).collect())
}

/// Note that a row came.
pub(super) fn note(tx: &WriteTx<'_>, table: &str, key: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO feed_seen (tbl, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![table, key],
    )?;
    Ok(())
}

fn under_way(db: &Reader<'_>) -> Result<Option<String>, StoreError> {
    settings::get(db, UNDER_WAY)
}

/// The keys of a table's rows that did not come. An item that still has a price stays with it.
fn unseen(db: &Reader<'_>, name: &str) -> Result<Vec<String>, StoreError> {
    let Some(place) = tables::place_of(name) else { return Ok(Vec::new()) };
    let table = tables::all()[place].table;
    let key = table.key_sql();
    let needed = if name == "spec_items" {
        "AND NOT EXISTS (SELECT 1 FROM pricing_master WHERE item_code = spec_items.item_code)"
    } else {
        ""
    };
    db.all(
        &format!(
            "SELECT {key} FROM {name}
             WHERE NOT EXISTS (SELECT 1 FROM feed_seen WHERE tbl = ?1 AND key = {key}) {needed}"
        ),
        [name],
        |row| row.get(0),
    )
}

impl FeedTx<'_> {
    /// Take away a row that did not come; of a customer, everything.
    fn sweep(&self, table: &str, key: &str, swept: &mut Swept) -> Result<(), StoreError> {
        let key: Vec<Cell<'_>> = serde_json::from_str(key)?;
        if let ("customers", Some(customer)) = (table, key.first().and_then(Cell::as_str)) {
            let Evicted { removed, held } = self.evict(customer)?;
            swept.removed += removed;
            swept.held += held;
            return Ok(());
        }
        match self.apply(&Change { seq: 0, table: table.into(), key, row: None })? {
            Applied::Written => swept.removed += 1,
            Applied::Held => swept.held += 1,
            Applied::Unchanged | Applied::Refused(_) | Applied::Unknown => {}
        }
        Ok(())
    }
}
