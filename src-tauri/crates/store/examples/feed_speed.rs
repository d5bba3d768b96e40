//! Measures applying the central's feed: from lines of NDJSON to committed pages of 2,000 in an encrypted
//! database, in rows a second, beside the floor measured in the same run: the raw prepared insert of
//! ready-made text, same table, same pages, same settings. Also the longest page, for which nobody else can
//! write, and the longest the log became.
//!
//! `cargo run --release -p fieldquote-store --example feed_speed [prices]`

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use domain::Canonical;
use fieldquote_store::feed::{self, Applied, Change};
use fieldquote_store::keys::RawKey;
use fieldquote_store::outbox::{self, NewOp};
use fieldquote_store::{RowKey, Store, StoreError};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const NOW: &str = "2026-07-01T00:00:00.000Z";
const PAGE: usize = 2000;
const EACH: usize = 200;

/// What a measurement came to.
#[derive(Default)]
struct Pages {
    longest_us: u128,
    log_bytes: u64,
}

fn timed(what: &str, rows: usize, work: impl FnOnce(&mut Pages) -> Outcome<()>) -> Outcome<()> {
    let mut pages = Pages::default();
    let start = Instant::now();
    work(&mut pages)?;
    let took = start.elapsed().as_micros().max(1);
    println!(
        "{what:<50} {:>8} rows/s   longest page {:>6} µs   log {:>3} MB",
        rows as u128 * 1_000_000 / took,
        pages.longest_us,
        pages.log_bytes >> 20
    );
    Ok(())
}

fn key(number: usize) -> (String, String) {
    (format!("C{:06}", number / EACH), format!("{:06}", 100_000 + number % EACH * 7))
}

/// Any order that is not the key's: a stride that meets every number once.
fn shuffled(number: usize, prices: usize) -> usize {
    (number * 7_919) % prices
}

fn line(seq: usize, number: usize, case_price: &str) -> String {
    let (customer, item) = key(number);
    format!(
        r#"{{"seq":{seq},"table":"pricing_master","key":["{customer}","{item}","2026-2027"],"row":{{"customer_id":"{customer}","item_code":"{item}","school_year":"2026-2027","case_price":"{case_price}","cost_basis":"30.0000","margin_pct":"28.1437","effective_from":"2026-07-01","effective_to":"2027-06-30","updated_at":"2026-06-15T12:00:00.000Z"}}}}"#
    )
}

fn lines(prices: usize, order: impl Fn(usize) -> usize, case_price: &str) -> String {
    let mut text = String::new();
    for number in 0..prices {
        text.push_str(&line(number + 1, order(number), case_price));
        text.push('\n');
    }
    text
}

fn floor(what: &str, path: &Path, prices: usize, order: impl Fn(usize) -> usize) -> Outcome<()> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!(
        "PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         CREATE TABLE p (customer_id TEXT NOT NULL, item_code TEXT NOT NULL, school_year TEXT NOT NULL,
           case_price TEXT NOT NULL, cost_basis TEXT, margin_pct TEXT, effective_from TEXT, effective_to TEXT,
           updated_at TEXT NOT NULL, PRIMARY KEY (customer_id, item_code, school_year)) STRICT, WITHOUT ROWID;
         CREATE INDEX pi ON p (item_code, school_year);",
        "ab".repeat(32)
    ))?;
    let keys: Vec<(String, String)> = (0..prices).map(|number| key(order(number))).collect();
    let mut insert = conn.prepare(
        "INSERT INTO p VALUES (?1, ?2, '2026-2027', '41.7500', '30.0000', '28.1437', '2026-07-01', '2027-06-30',
           '2026-06-15T12:00:00.000Z')",
    )?;
    timed(what, prices, |pages| {
        for page in keys.chunks(PAGE) {
            let start = Instant::now();
            conn.execute_batch("BEGIN IMMEDIATE")?;
            for (customer, item) in page {
                insert.execute((customer, item))?;
            }
            conn.execute_batch("COMMIT")?;
            pages.longest_us = pages.longest_us.max(start.elapsed().as_micros());
        }
        Ok(())
    })
}

fn apply(
    what: &str,
    store: &Store,
    text: &str,
    expected: &Applied,
    each: impl Fn(&feed::FeedTx<'_>, &str) -> Result<Applied, StoreError>,
) -> Outcome<()> {
    let rows = text.lines().count();
    let mut all = text.lines();
    timed(what, rows, |pages| {
        let mut left = rows;
        while left > 0 {
            let size = left.min(PAGE);
            let start = Instant::now();
            let written = store.write_feed(NOW, |feed| {
                let mut written = 0;
                for line in all.by_ref().take(size) {
                    written += usize::from(each(feed, line)? == *expected);
                }
                Ok::<_, StoreError>(written)
            })?;
            assert_eq!(written, size, "{what}");
            pages.longest_us = pages.longest_us.max(start.elapsed().as_micros());
            pages.log_bytes = pages.log_bytes.max(store.tend_log()?);
            left -= size;
        }
        Ok(())
    })
}

fn borrowed(feed: &feed::FeedTx<'_>, line: &str) -> Result<Applied, StoreError> {
    feed.apply(&Change::from_line(line)?)
}

/// As a reader does that hands rows on and so cannot borrow from the line.
fn by_a_map(feed: &feed::FeedTx<'_>, line: &str) -> Result<Applied, StoreError> {
    let mut change: Map<String, Value> = serde_json::from_str(line)?;
    let key = change.get("key").map(Value::to_string).unwrap_or_default();
    let table = change.get("table").and_then(Value::as_str).unwrap_or_default().to_owned();
    let row = match change.remove("row") {
        Some(Value::Object(row)) => Some(row),
        _ => None,
    };
    feed.apply(&Change::of(0, &table, &key, row.as_ref())?)
}

fn scratch(folder: &Path, name: &str) -> Outcome<Store> {
    Ok(Store::scratch(&folder.join(name), &RawKey::generate()?, NOW, None)?)
}

fn main() -> Outcome<()> {
    let prices: usize = std::env::args().nth(1).map_or(Ok(500_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let (same, other) = (lines(prices, |n| n, "41.7500"), lines(prices, |n| n, "42.0000"));

    floor("floor: raw insert, key order", &at("floor.db"), prices, |n| n)?;
    let store = scratch(folder.path(), "home")?;
    apply("feed: first sync, key order", &store, &same, &Applied::Written, borrowed)?;
    apply("feed: the same again, nothing changes", &store, &same, &Applied::Unchanged, borrowed)?;
    apply("feed: every row changed", &store, &other, &Applied::Written, borrowed)?;
    store.write(|tx| {
        for number in 0..1000 {
            let op_id = format!("op{number}").parse().map_err(|_| StoreError::Undone)?;
            let table = RowKey {
                table: "pricing_master".to_owned(),
                key: Canonical::stored(json!([format!("X{number}"), "1", "2026-2027"]).to_string()),
            };
            let payload = Canonical::stored("{}".to_owned());
            let op = NewOp {
                op_id: &op_id,
                aggregate: "a",
                kind: "rows",
                payload: &payload,
                run_id: None,
                step_id: None,
                after: None,
                touches: &[table],
                created_by: "Mike",
            };
            outbox::put(tx, &op, NOW)?;
        }
        Ok::<_, StoreError>(())
    })?;
    apply(
        "feed: every row changed, each looked up in the queue",
        &store,
        &same,
        &Applied::Written,
        borrowed,
    )?;
    store.write(|tx| feed::begin_resync(tx, NOW))?;
    apply("feed: resync, every row noted", &store, &same, &Applied::Unchanged, borrowed)?;
    let start = Instant::now();
    let swept = feed::finish_resync(&store, NOW)?;
    println!("sweep of what did not come: {} gone, {} ms", swept.removed, start.elapsed().as_millis());
    drop(store);

    let store = scratch(folder.path(), "map")?;
    apply("feed: first sync, key order, by way of a map", &store, &same, &Applied::Written, by_a_map)?;
    drop((store, same, other));

    let any_order = lines(prices, |n| shuffled(n, prices), "41.7500");
    floor("floor: raw insert, any order", &at("floor2.db"), prices, |n| shuffled(n, prices))?;
    let store = scratch(folder.path(), "any")?;
    apply("feed: first sync, any order", &store, &any_order, &Applied::Written, borrowed)?;
    Ok(())
}
