//! The floors: the same work by SQLite alone, encrypted, with the same settings, in the same run.
//!
//! Owns a raw database beside the profile. Must not use any code of ours on the measured path.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use sample::Market;

use crate::measure::median;

/// What the same work costs without us.
pub struct Floor {
    /// Prepared inserts of price rows in one transaction, rows a second.
    pub insert_rate: f64,
    /// One row inserted and committed, WAL, synchronous FULL.
    pub commit: Duration,
    /// The four SELECTs of `customer_quote`, prepared.
    pub reads: Duration,
    /// A prefix query for 50 names and one price read for each.
    pub search: Duration,
    folder: PathBuf,
}

impl Floor {
    /// Measure them.
    pub fn new(folder: &Path, market: &Market, prices: usize) -> Self {
        let conn = Connection::open(folder.join("floor.db")).expect("a database");
        conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"; PRAGMA cache_size = -65536;", "ab".repeat(32)))
            .expect("a key");
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("WAL");
        conn.execute_batch(
            "PRAGMA synchronous = FULL;
             CREATE TABLE prices (customer_id TEXT, item_code TEXT, school_year TEXT, case_price TEXT,
               cost_basis TEXT, margin_pct TEXT, effective_from TEXT, effective_to TEXT, updated_at TEXT,
               PRIMARY KEY (customer_id, item_code, school_year)) STRICT, WITHOUT ROWID;
             CREATE INDEX by_item ON prices (item_code, school_year);
             CREATE TABLE commits (n INTEGER);
             CREATE VIRTUAL TABLE names USING fts5 (id, name, prefix = '1 2 3');",
        )
        .expect("tables");
        let rows: Vec<_> = market.prices().take(prices.min(300_000)).collect();
        let began = Instant::now();
        conn.execute_batch("BEGIN").expect("begin");
        {
            let mut insert = conn
                .prepare("INSERT INTO prices VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, ?7, ?8)")
                .expect("sql");
            for row in &rows {
                insert
                    .execute(params![
                        row.customer_id.as_str(),
                        row.item_code.as_str(),
                        row.school_year.to_string(),
                        row.case_price.to_string(),
                        row.cost_basis.map(|cost| cost.to_string()),
                        row.effective_from.map(|day| day.to_string()),
                        row.effective_to.map(|day| day.to_string()),
                        "2026-11-23T09:30:00.000Z",
                    ])
                    .expect("a row");
            }
        }
        conn.execute_batch("COMMIT").expect("commit");
        let insert_rate = rows.len() as f64 / began.elapsed().as_secs_f64();
        for customer in &market.customers {
            conn.execute("INSERT INTO names VALUES (?1, ?2)", [customer.id.as_str(), &customer.name])
                .expect("a name");
        }
        let commit = median(200, || {
            conn.execute("INSERT INTO commits VALUES (1)", []).expect("a commit");
        });
        Floor {
            insert_rate,
            commit: commit.typical(),
            reads: reads(&conn),
            search: search(&conn),
            folder: folder.to_owned(),
        }
    }

    /// Writing bytes to a file and syncing it.
    pub fn write_of(&self, bytes: &[u8]) -> Duration {
        let place = self.folder.join("floor.bin");
        median(40, || {
            let mut file = File::create(&place).expect("a file");
            file.write_all(bytes).and_then(|()| file.sync_all()).expect("written");
        })
        .typical()
    }
}

fn reads(conn: &Connection) -> Duration {
    let mut point = conn.prepare("SELECT * FROM prices WHERE customer_id = ?1 LIMIT 1").expect("sql");
    let places = vec!["?"; 30].join(", ");
    let many = format!(
        "SELECT item_code, case_price FROM prices WHERE customer_id = 'C10001' AND item_code IN ({places})"
    );
    let mut many = conn.prepare(&many).expect("sql");
    let codes: Vec<String> = (0..30).map(|n| (10_400 + n).to_string()).collect();
    median(200, || {
        for _ in 0..3 {
            let _row = point.query_row(["C10001"], |row| row.get::<_, String>(0));
        }
        let mut rows = many.query(rusqlite::params_from_iter(&codes)).expect("rows");
        while rows.next().expect("a row").is_some() {}
    })
    .typical()
}

fn search(conn: &Connection) -> Duration {
    let mut names = conn.prepare("SELECT id FROM names WHERE names MATCH ?1 LIMIT 50").expect("sql");
    let mut price =
        conn.prepare("SELECT case_price FROM prices WHERE customer_id = ?1 LIMIT 1").expect("sql");
    median(200, || {
        let found: Vec<String> = names.query_map(["c*"], |row| row.get(0)).expect("rows").flatten().collect();
        for id in found {
            let _price = price.query_row([id], |row| row.get::<_, String>(0));
        }
    })
    .typical()
}
