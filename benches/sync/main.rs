//! What syncing costs, each part beside a floor measured in the same run.
//!
//! Owns the measurements that `make bench` prints. Must not pass or fail: machines differ, ratios are read.

#![allow(clippy::disallowed_types)] // Ratios of times are no money.
#![allow(clippy::expect_used, clippy::panic)] // A bench that cannot go on has nothing to say.

#[path = "../main_job/measure.rs"]
#[allow(dead_code)] // Each bench uses its part.
mod measure;
#[path = "../../tests/scenario/office.rs"]
#[allow(dead_code, missing_docs)] // Each user of an office uses its part.
mod office;
mod wire;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use desk::Desk;
use measure::Report;
use office::{APPROVER, Office, sync};
use sample::{Market, Plan};
use serde_json::{Value, json};
use testkit::profile::{self, TestProfile, monday};
use wire::Wire;

const PRICES: usize = 200_000;
const QUOTES: usize = 500;

fn main() {
    // `cargo bench` and `cargo nextest` both start benches; only the first means it.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut report = Report::new();
    let source = profile::empty("the office").expect("a profile");
    let market = Market::generate(&Plan::large(monday().date_naive(), PRICES)).expect("a market");
    source.desk.load_market(&market).expect("the market loads");
    let lines = testkit::reference::lines(&source.desk).expect("its rows");
    let office = Office::open_in(tempfile::tempdir().expect("a folder"), &lines);

    let device = first_sync(&office, &lines, &mut report);
    no_op(&office, &mut report);
    drain(&office, &device, &mut report);
    report.print();
}

/// From nothing to every row.
fn first_sync(office: &Office, lines: &str, report: &mut Report) -> TestProfile {
    let rows = lines.lines().count() as f64;
    let device = office.device_at(office.central.url(), APPROVER, 1);
    let log = WatchedLog::of(device.folder.path());
    forget_peak();
    let before = peak_memory_kb();
    let began = Instant::now();
    let pass = sync(&device.desk);
    let seconds = began.elapsed().as_secs_f64();
    let grown = peak_memory_kb() - before;
    assert!(pass.rows as f64 >= rows - 1.0, "{} of {rows} rows came", pass.rows);
    report.rate(
        "first sync, rows",
        rows / seconds,
        streamed(office),
        "streaming them from workerd, not kept",
    );
    report.rate("the same", rows / seconds, inserted(lines), "raw prepared inserts of the prices, encrypted");
    println!("first sync: log at most {} MB, memory grew by {} MB", log.most() / 1_048_576, grown / 1_024);
    device
}

/// A sync that has nothing to do.
fn no_op(office: &Office, report: &mut Report) {
    let wire = Wire::to(office.central.url());
    let device = office.device_at(wire.url(), APPROVER, 2);
    sync(&device.desk);
    wire.reset();
    for _ in 0..20 {
        sync(&device.desk);
    }
    let (up, down, connections) = wire.counted();
    println!(
        "no-op sync: {} bytes up, {} bytes down, {} connections",
        up / 20,
        down / 20,
        connections as f64 / 20.0
    );
    let times = measure::median(20, || {
        sync(&device.desk);
    });
    let floor = measure::median(20, || {
        office.central.get("/v1/health", "").expect("it answers");
    });
    report.time("no-op sync, whole pass", times, floor.typical(), "asking the central how it is");
}

/// A long queue of whole quotes.
fn drain(office: &Office, device: &TestProfile, report: &mut Report) {
    let customers: Vec<String> = device
        .desk
        .query("SELECT p.customer_id, p.item_code FROM pricing_master p JOIN customers c ON c.id = p.customer_id WHERE p.school_year = '2026-2027' AND c.entitystatus = 'active' GROUP BY p.customer_id ORDER BY 1 LIMIT 50", &[])
        .expect("prices")
        .rows
        .iter()
        .map(|row| format!("{} for 2026-2027: 12 cases of {} at 40.00", text(row, "customer_id"), text(row, "item_code")))
        .collect();
    for n in 0..QUOTES {
        release(&device.desk, &format!("quote {}", customers[n % customers.len()]));
    }
    let floor = receipts();
    let rate = drained(device, QUOTES);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes"), json!(QUOTES));
    report.rate("drain of released quotes, operations", rate, floor, "raw rows, ten a transaction");
    for n in 0..2 * QUOTES {
        to_its_gate(&device.desk, &format!("quote {}", customers[n % customers.len()]));
    }
    let rate = drained(device, 2 * QUOTES);
    report.rate("drain of quotes at their gate, operations", rate, floor, "the same");
}

/// Operations a second that go.
fn drained(device: &TestProfile, quotes: usize) -> f64 {
    let waiting = device.desk.sync_status().expect("it reads").waiting;
    let began = Instant::now();
    sync(&device.desk);
    let seconds = began.elapsed().as_secs_f64();
    println!("drained {waiting} operations of {quotes} quotes in {seconds:.1} s");
    waiting as f64 / seconds
}

/// Five operations: two pieces of a draft, its submission, the decision on it, and its gate.
fn to_its_gate(desk: &Desk, message: &str) {
    let draft = desk.chat(message, None).expect("understood").draft.draft_id;
    desk.chat("with a note: delivered by the dock", Some(&draft)).expect("understood");
    let submitted = desk.submit(&draft).unwrap_or_else(|error| panic!("{message}: {error}"));
    desk.approve(&submitted.action_id, None).expect("approved");
}

fn release(desk: &Desk, message: &str) {
    let draft = desk.chat(message, None).expect("understood").draft;
    let submitted = desk.submit(&draft.draft_id).unwrap_or_else(|error| panic!("{message}: {error}"));
    let approved = desk.approve(&submitted.action_id, None).expect("approved");
    desk.approve(&approved.next_action.expect("its gate"), None).expect("released");
}

/// How many lines a second workerd streams when nobody keeps them.
fn streamed(office: &Office) -> f64 {
    let token = office.central.token_of(APPROVER, 1).expect("it is let in");
    let began = Instant::now();
    let lines = office.central.drain_feed(&token).expect("the feed");
    lines as f64 / began.elapsed().as_secs_f64()
}

/// How many prices a second go into an encrypted table with nothing else to do.
fn inserted(lines: &str) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<Value> = lines
        .lines()
        .filter(|line| line.contains("\"pricing_master\""))
        .map(|line| serde_json::from_str::<Value>(line).expect("a line")["row"].clone())
        .collect();
    let conn = rusqlite::Connection::open(folder.path().join("floor.db")).expect("a database");
    conn.execute_batch(
        "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\";
         PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE pricing_master (customer_id TEXT, item_code TEXT, school_year TEXT, case_price TEXT,
           cost_basis TEXT, margin_pct TEXT, effective_from TEXT, effective_to TEXT, updated_at TEXT,
           PRIMARY KEY (customer_id, item_code, school_year)) STRICT, WITHOUT ROWID;
         CREATE INDEX by_item ON pricing_master (item_code, school_year);",
    )
    .expect("a table");
    let began = Instant::now();
    for page in rows.chunks(1_000) {
        let tx = conn.unchecked_transaction().expect("a transaction");
        let mut insert = conn
            .prepare_cached("INSERT INTO pricing_master VALUES (?,?,?,?,?,?,?,?,?)")
            .expect("a statement");
        for row in page {
            let columns = [
                "customer_id",
                "item_code",
                "school_year",
                "case_price",
                "cost_basis",
                "margin_pct",
                "effective_from",
                "effective_to",
                "updated_at",
            ];
            insert
                .execute(rusqlite::params_from_iter(columns.map(|column| row[column].as_str())))
                .expect("a row");
        }
        tx.commit().expect("kept");
    }
    rows.len() as f64 / began.elapsed().as_secs_f64()
}

/// How many small rows a second go into a plain database, ten a transaction, as a push of as many operations
/// would at the very least.
fn receipts() -> f64 {
    const ROWS: usize = 5_000;
    let folder = tempfile::tempdir().expect("a folder");
    let conn = rusqlite::Connection::open(folder.path().join("floor.db")).expect("a database");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; CREATE TABLE receipts (op_id TEXT PRIMARY KEY, result TEXT);",
    )
    .expect("a table");
    let began = Instant::now();
    for n in (0..ROWS).step_by(10) {
        let tx = conn.unchecked_transaction().expect("a transaction");
        for m in n..n + 10 {
            conn.execute("INSERT INTO receipts VALUES (?, '{}')", [format!("op{m}")]).expect("a row");
        }
        tx.commit().expect("kept");
    }
    ROWS as f64 / began.elapsed().as_secs_f64()
}

/// The longest a profile's log becomes while it is watched.
struct WatchedLog {
    stop: Arc<AtomicBool>,
    thread: std::thread::JoinHandle<u64>,
}

impl WatchedLog {
    fn of(folder: &Path) -> Self {
        let (stop, log) = (Arc::new(AtomicBool::new(false)), folder.join("fieldquote.db-wal"));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut most = 0;
            while !stopped.load(Ordering::Relaxed) {
                most = most.max(std::fs::metadata(&log).map_or(0, |file| file.len()));
                std::thread::sleep(Duration::from_millis(5));
            }
            most
        });
        WatchedLog { stop, thread }
    }

    fn most(self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("the watch ends")
    }
}

fn text<'r>(row: &'r Value, column: &str) -> &'r str {
    row[column].as_str().expect("a text")
}

/// From now on the peak is counted from what is in use.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").expect("Linux");
}

fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}
