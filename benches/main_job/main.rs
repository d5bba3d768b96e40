//! What the main job costs, each part beside a floor measured in the same run.
//!
//! Owns the measurements that `make bench` prints. Must not pass or fail: machines differ, ratios are read.

#![allow(clippy::disallowed_types)] // Ratios of times are no money.
#![allow(clippy::expect_used)] // A bench that cannot go on has nothing to say.

mod floor;
mod measure;

use std::fs;
use std::path::Path;
use std::time::Instant;

use desk::Desk;
use desk::import::Table;
use domain::{ActionStatus, ItemCode, Quote};
use measure::{Report, median};
use render::{PrintableQuote, quote_pdf};
use sample::{Market, Plan};
use serde_json::{Value, json};
use store::Store;
use testkit::profile::{company, empty, monday};

const PRICES: usize = 1_000_000;

fn main() {
    // `cargo bench` and `cargo nextest` both start benches; only the first means it.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut report = Report::new();
    let profile = empty("Mike").expect("a profile");
    let desk = &profile.desk;
    let market = Market::generate(&Plan::large(monday().date_naive(), PRICES)).expect("a market");

    let began = Instant::now();
    let loaded = desk.load_market(&market).expect("the market loads");
    let seconds = began.elapsed().as_secs_f64();
    let floor = floor::Floor::new(profile.folder.path(), &market, PRICES);
    report.rate(
        "load of the sample market, prices",
        loaded.prices as f64 / seconds,
        floor.insert_rate,
        "raw insert",
    );
    import(desk, &market, profile.folder.path(), &floor, &mut report);

    let items: Vec<ItemCode> = market.items.iter().take(30).map(|item| item.item_code.clone()).collect();
    chat(desk, &floor, &mut report);
    preflight(desk, &items, &floor, &mut report);
    let quote = approve(desk, &items, &floor, &mut report);
    pdf(&quote, &floor, &mut report);
    search(profile.folder.path(), &floor, &mut report);
    report.print();
}

/// A price list from a CSV file, every row checked and upserted in one transaction.
fn import(desk: &Desk, market: &Market, folder: &Path, floor: &floor::Floor, report: &mut Report) {
    const ROWS: usize = 100_000;
    let mut text = String::from("customer_id,item_code,school_year,case_price,cost_basis\n");
    for price in market.prices().take(ROWS) {
        let cost = price.cost_basis.map(|cost| cost.to_string()).unwrap_or_default();
        text.push_str(&format!(
            "{},{},{},{},{cost}\n",
            price.customer_id, price.item_code, price.school_year, price.case_price
        ));
    }
    let file = folder.join("prices.csv");
    fs::write(&file, text).expect("a file");
    let began = Instant::now();
    let imported = desk.import(Table::PricingMaster, &file, false, &mut |_| {}).expect("it imports");
    let rate = imported.rows as f64 / began.elapsed().as_secs_f64();
    report.rate("import of a price list, rows", rate, floor.insert_rate, "raw insert");
}

/// A message understood, answered and saved.
fn chat(desk: &Desk, floor: &floor::Floor, report: &mut Report) {
    let message =
        "quote C10001 for 2026-2027: 120 cases of 10412 and 40 cs mini maple waffles at 34.50, with pdf";
    let times = median(60, || {
        desk.chat(message, None).expect("it is understood");
    });
    report.time("message understood and saved", times, floor.commit, "raw commit");
}

/// The contract's reads and checks and the whole plan, for a quote of 30 lines with its PDF.
fn preflight(desk: &Desk, items: &[ItemCode], floor: &floor::Floor, report: &mut Report) {
    let run = desk.run_contract("customer_quote", &input(desk, items)).expect("it runs to its gate");
    let journal =
        desk.query("SELECT event FROM run_journal WHERE run_id = ? AND seq = 1", &[run.run_id.to_string()]);
    let started: Value =
        serde_json::from_str(journal.expect("a journal").rows[0]["event"].as_str().expect("text"))
            .expect("json");
    let times = median(40, || {
        desk.preflight_contract("customer_quote", &started["input"], &started["trigger"])
            .expect("a preflight");
    });
    report.time("preflight, 30 lines with PDF", times, floor.reads, "the four SELECTs, raw");
}

/// From a person's yes to everything committed: rows, prices, PDF, email draft, queue, logs.
fn approve(desk: &Desk, items: &[ItemCode], floor: &floor::Floor, report: &mut Report) -> Quote {
    let mut commits = 0;
    let times = median(12, || {
        desk.run_contract("customer_quote", &input(desk, items)).expect("it runs to its gate");
        let gate = desk.actions(Some(ActionStatus::Pending), 200).expect("actions");
        let gate =
            gate.iter().find(|action| action.action_type == "workflow_customer_quote").expect("a gate");
        let before = journal_length(desk);
        let began = Instant::now();
        desk.approve(&gate.action_id, None).expect("nothing changed");
        commits = journal_length(desk) - before;
        Some(began.elapsed())
    });
    let what = format!("approve to all effects, 30 lines ({commits} commits)");
    report.time(&what, times, floor.commit * u32::try_from(commits).unwrap_or(1), "as many raw commits");
    let newest = desk
        .quotes(&desk::browse::Quotes { limit: 1, ..Default::default() })
        .expect("quotes")
        .rows
        .remove(0)
        .quote_id;
    desk.quote(&newest).expect("the quote").quote
}

fn journal_length(desk: &Desk) -> i64 {
    let rows = desk.query("SELECT count(*) AS n FROM run_journal", &[]).expect("a count").rows;
    rows[0]["n"].as_i64().unwrap_or(0)
}

fn input(desk: &Desk, items: &[ItemCode]) -> Value {
    let priced = desk.query(
        "SELECT item_code FROM pricing_master WHERE customer_id = 'C10001' AND school_year = '2026-2027' LIMIT 30",
        &[],
    );
    let codes: Vec<Value> = match priced {
        Ok(rows) if rows.rows.len() >= 30 => rows.rows.iter().map(|row| row["item_code"].clone()).collect(),
        _ => items.iter().map(|code| json!(code)).collect(),
    };
    json!({ "customer_id": "C10001", "item_codes": codes, "school_year": "2026-2027", "include_pdf": true })
}

fn pdf(quote: &Quote, floor: &floor::Floor, report: &mut Report) {
    for (what, lines) in [("PDF of 1 page", 4), ("PDF of 30 lines", 30), ("PDF of about 50 pages", 900)] {
        let mut quote = quote.clone();
        quote.lines = quote.lines.iter().cycle().take(lines).cloned().collect();
        for (n, line) in (1_u32..).zip(&mut quote.lines) {
            line.line_no = n;
        }
        quote.totals = domain::QuoteTotals::of(&quote.lines).expect("totals");
        let printable = PrintableQuote::from(&quote);
        let pdf = quote_pdf(&printable, &company()).expect("a PDF");
        let times = median(if lines > 100 { 12 } else { 60 }, || {
            quote_pdf(&printable, &company()).expect("a PDF");
        });
        let what = format!("{what} ({} pages, {} KB)", pdf.pages, pdf.bytes.len() / 1024);
        report.time(&what, times, floor.write_of(&pdf.bytes), "writing and syncing those bytes");
    }
}

fn search(home: &Path, floor: &floor::Floor, report: &mut Report) {
    let keys = testkit::profile::keys();
    let store =
        Store::open(&store::Opening::new(home, &keys, "2026-11-23T09:30:00.000Z")).expect("the store");
    for text in ["c", "ced", "cedar fal", "cedar pizza", "20817", "waffel"] {
        let times = median(200, || {
            store.read(|db| store::search::search_prices(db, text, None, 50)).expect("an answer");
        });
        report.time(
            &format!("search “{text}” among {PRICES} prices"),
            times,
            floor.search,
            "raw FTS5 and 50 point reads",
        );
    }
}
