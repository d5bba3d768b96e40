//! The sample market's reference data as lines of JSON, as the central takes them at `POST /v1/admin/reference`.
//!
//! Owns the lines. The rows are read from a profile's own tables, so that their columns are a device's columns.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};

use chrono::{NaiveDate, NaiveTime};
use clap::Parser;
use desk::{Desk, Opening, Setup, SystemClock};
use domain::Clock;
use sample::{Market, Plan};
use serde_json::{Value, json};
use testkit::profile;
use testkit::world::surroundings;

/// Print the sample market's reference data, a line a row.
#[derive(Parser)]
struct Args {
    /// The day the market is seen on; today when not given.
    #[arg(long)]
    today: Option<NaiveDate>,
    /// How many customers.
    #[arg(long)]
    customers: Option<usize>,
    /// How many items.
    #[arg(long)]
    items: Option<usize>,
    /// At least so many prices.
    #[arg(long)]
    prices: Option<usize>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let today = args.today.unwrap_or_else(|| SystemClock.today());
    let mut plan = match args.prices {
        Some(prices) => Plan::large(today, prices),
        None => Plan::standard(today),
    };
    plan.customers = args.customers.unwrap_or(plan.customers);
    plan.items = args.items.unwrap_or(plan.items);
    let market = Market::generate(&plan)?;

    let folder = tempfile::tempdir()?;
    let (world, _, _) = surroundings(today.and_time(NaiveTime::MIN).and_utc(), 1);
    let keys = profile::keys();
    let opening = Opening { home: folder.path(), keys: &keys, user: Some("Sample"), commit_hook: None };
    let (desk, _) =
        Desk::create(&opening, world, &Setup { user: "Sample", company: market.company.clone() })?;
    desk.load_market(&market)?;

    let mut out = BufWriter::new(stdout().lock());
    let mut put = |table: &str, row: &Value| writeln!(out, "{}", json!({"table": table, "row": row}));
    let text = serde_json::to_string(&desk.company()?)?;
    put("company", &json!({"id": "company", "text": text}))?;
    for (table, key) in [
        ("customers", "id"),
        ("customer_profiles", "customer_id"),
        ("customer_programs", "id"),
        ("spec_items", "item_code"),
    ] {
        for row in desk.query(&format!("SELECT * FROM {table} ORDER BY {key}"), &[])?.rows {
            put(table, &row)?;
        }
    }
    // A customer at a time: a query by hand has a limit of rows, a customer's prices have not.
    for customer in &market.customers {
        let prices = desk.query(
            "SELECT * FROM pricing_master WHERE customer_id = ?1 ORDER BY item_code, school_year",
            &[customer.id.as_str().to_owned()],
        )?;
        for row in prices.rows {
            put("pricing_master", &row)?;
        }
    }
    out.flush()?;
    Ok(())
}
