//! What a draft of 200 lines and 5,000 edits costs, from the store through the desk and back.
//!
//! Owns opening it, a durable edit, the bytes an edit is stored as and what is left of them once they were put
//! together; beside floors measured in the same run. Must not pass or fail.

#![allow(clippy::disallowed_types)] // Ratios of times are no money.
#![allow(clippy::expect_used)] // A bench that cannot go on has nothing to say.

#[path = "../main_job/measure.rs"]
#[allow(dead_code)] // Each bench tells its part.
mod measure;

use std::path::Path;
use std::time::{Duration, Instant};

use desk::Desk;
use desk::drafts::DraftEdit;
use domain::{DraftId, LineId};
use measure::{Report, median};
use rusqlite::Connection;
use testkit::profile::{TestProfile, empty, monday, reopen};

const LINES: usize = 200;
const EDITS: usize = 5_000;
/// Edits between two starts of the application.
const SITTING: usize = 125;

fn main() {
    // `cargo bench` and `cargo nextest` both start benches; only the first means it.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut report = Report::new();
    let profile = empty("Mike").expect("a profile");
    let market =
        sample::Market::generate(&sample::Plan::large(monday().date_naive(), 20_000)).expect("a market");
    profile.desk.load_market(&market).expect("the market loads");
    let raw = Raw::new(profile.folder.path());

    let (id, lines) = begun(&profile.desk, &market);
    let TestProfile { folder, mut desk, .. } = profile;
    let mut stored = Vec::new();
    let mut times = Vec::with_capacity(EDITS);
    for number in 0..EDITS {
        if number > 0 && number % SITTING == 0 {
            drop(desk);
            let seed = 100 + (number / SITTING) as u64;
            desk = reopen(folder.path(), "Mike", moment(number), seed, None).expect("it opens").into();
            // As the window does before anybody can type.
            desk.draft(&id).expect("it is there");
            desk.warm_draft(&id).expect("it is there");
        }
        let edit = edit(number, &lines);
        let before = Instant::now();
        desk.draft_edit(&id, &[edit]).expect("it fits");
        times.push(before.elapsed());
        stored.push(newest_piece(&desk, &id));
    }
    let raws: Vec<Duration> = (0..1_000).map(|_| raw.commit()).collect();
    told("a durable edit, and what is shown after it", &mut times);
    told("a raw durable transaction of a row", &mut raws.clone());

    drop(desk);
    let floor = raw.read_typical();
    let opened = median(40, || {
        let desk = reopen(folder.path(), "Mike", moment(EDITS), 9, None).expect("it opens");
        let began = Instant::now();
        desk.draft(&id).expect("it is there");
        Some(began.elapsed())
    });
    report.time("a draft opened as it is shown, first time", opened, floor, "raw read of its pieces");
    let desk = reopen(folder.path(), "Mike", moment(EDITS), 9, None).expect("it opens");
    let warm = median(60, || drop(desk.draft(&id).expect("it is there")));
    report.time("the same, again", warm, floor, "the same");
    let first = median(12, || {
        let desk = reopen(folder.path(), "Mike", moment(EDITS), 9, None).expect("it opens");
        let began = Instant::now();
        desk.draft_history(&id, 500).expect("it is there");
        Some(began.elapsed())
    });
    report.time("its history, document and all", first, floor, "the same");
    report.time(
        "two points compared",
        median(12, || drop(desk.draft_compare(&id, "2500", "now"))),
        floor,
        "the same",
    );
    report.print();

    let all: usize = stored.iter().flatten().sum();
    let many = stored.iter().flatten().count();
    println!("an edit as it is stored: {} bytes on average", all / many.max(1));
    let rows = desk
        .query(&format!("SELECT kind, length(bytes) AS n FROM draft_chunks WHERE draft_id = '{id}'"), &[]);
    for row in rows.expect("pieces").rows.iter().filter(|row| row["kind"] == "snapshot") {
        println!("all of them, put together: {} bytes", row["n"]);
    }
}

fn moment(number: usize) -> chrono::DateTime<chrono::Utc> {
    monday() + chrono::Duration::minutes(number as i64)
}

/// A draft with its lines.
fn begun(desk: &Desk, market: &sample::Market) -> (DraftId, Vec<LineId>) {
    let id = desk.draft_new().expect("a draft").draft_id;
    let mut edits = vec![
        DraftEdit::SetCustomer { customer_id: market.customers[0].id.clone() },
        DraftEdit::SetSchoolYear { school_year: "2026-2027".parse().expect("a year") },
    ];
    edits.extend(market.items.iter().cycle().take(LINES).map(|item| DraftEdit::AddLine {
        item_code: item.item_code.clone(),
        quantity: Some(10),
        price: Some("21.50".to_owned()),
    }));
    let shown = desk.draft_edit(&id, &edits).expect("lines");
    (id, shown.lines.into_iter().map(|line| line.line_id).collect())
}

/// As somebody goes down the sheet again and again: cases, then prices.
fn edit(number: usize, lines: &[LineId]) -> DraftEdit {
    let line_id = lines[number % LINES].clone();
    let round = number / LINES;
    match round % 2 {
        0 => DraftEdit::SetQuantity { line_id, quantity: 20 + ((number * 7 + round) % 40 * 5) as u32 },
        _ => DraftEdit::SetPrice {
            line_id,
            price: format!("{}.{:02}", 20 + number * 3 % 31, (number + round) % 20 * 5),
        },
    }
}

/// How long the piece is that came last, where it is one edit's.
fn newest_piece(desk: &Desk, id: &DraftId) -> Option<usize> {
    let sql = format!(
        "SELECT kind, length(bytes) AS n FROM draft_chunks WHERE draft_id = '{id}' ORDER BY seq DESC LIMIT 1"
    );
    let row = desk.query(&sql, &[]).expect("pieces").rows.remove(0);
    (row["kind"] == "changes").then(|| row["n"].as_u64().unwrap_or(0) as usize)
}

fn told(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: usize| times[times.len() * share / 1_000].as_secs_f64() * 1_000.0;
    println!("{what:<46} p50 {:.2} ms, p99 {:.2} ms, worst {:.2} ms", at(500), at(990), at(999));
}

/// A raw database beside the profile's, with its settings.
struct Raw(Connection);

impl Raw {
    fn new(folder: &Path) -> Self {
        let conn = Connection::open(folder.join("floor.db")).expect("a database");
        conn.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "ab".repeat(32))).expect("a key");
        conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("WAL");
        conn.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE pieces (bytes BLOB) STRICT;")
            .expect("a table");
        Raw(conn)
    }

    fn commit(&self) -> Duration {
        let began = Instant::now();
        self.0.execute("INSERT INTO pieces VALUES (?1)", [[7_u8; 150]]).expect("a commit");
        began.elapsed()
    }

    fn read_typical(&self) -> Duration {
        self.0.execute("INSERT INTO pieces VALUES (?1)", [vec![7_u8; 20_000]]).expect("a row");
        let mut statement =
            self.0.prepare("SELECT bytes FROM pieces ORDER BY rowid DESC LIMIT 33").expect("sql");
        median(60, || {
            let read: Vec<Vec<u8>> =
                statement.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
            assert!(!read.is_empty());
        })
        .typical()
    }
}
