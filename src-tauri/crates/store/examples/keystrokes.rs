//! Measures search as a person types, lists as they are scrolled, and loading, on 50,000 customers, 20,000
//! items and 1,000,000 prices, encrypted. Prints p50, p99 and the worst in microseconds; the floor under the loading is
//! measured in the same run.
//!
//! `cargo run --release -p fieldquote-store --example keystrokes [prices]`

use std::error::Error;
use std::time::Instant;

use domain::{Customer, CustomerType, EntityStatus, Item, Money, Price, SchoolYear};
use fieldquote_store::keys::RawKey;
use fieldquote_store::windows::{self, Named, Place};
use fieldquote_store::{Store, StoreError, customers, pricing_master, search, spec_items};
use rusqlite::Connection;

const NOW: &str = "2026-07-01T00:00:00.000Z";
const CUSTOMERS: usize = 50_000;
const ITEMS: usize = 20_000;
const TOWNS: &[&str] = &[
    "Cedar", "Falls", "Waverly", "Denver", "Oak", "Grove", "Spring", "Lake", "Maple", "River", "North",
    "Union", "Clinton", "Marion", "Green", "Valley", "Fair", "Mount", "Pleasant", "Sand", "Stone", "Bridge",
    "Harbor", "Park",
];
const ENDS: &[&str] =
    &["Community School District", "Public Schools", "Unified", "ISD", "County Schools", "Co-op"];
const FOODS: &[&str] = &[
    "Pizza",
    "Burrito",
    "Chicken",
    "Patty",
    "Muffin",
    "Waffle",
    "Cheese",
    "Beef",
    "Turkey",
    "Corn",
    "Dog",
    "Taco",
    "Breakfast",
    "Sandwich",
    "Stick",
    "Bread",
    "Whole",
    "Grain",
    "Sausage",
    "Egg",
    "Potato",
    "Wedge",
    "Nugget",
];

/// A small fixed sequence: the same rows in every run.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

fn customer(number: usize, sequence: &mut Sequence) -> Result<Customer, Box<dyn Error>> {
    let name = format!("{} {} {}", sequence.pick(TOWNS), sequence.pick(TOWNS), sequence.pick(ENDS));
    Ok(Customer {
        id: format!("C{number:06}").parse()?,
        name: format!("{name} {}", number % 97),
        customer_type: CustomerType::District,
        city: Some(sequence.pick(TOWNS).to_owned()),
        state: Some("IA".to_owned()),
        zip: None,
        address1: None,
        entitystatus: EntityStatus::Active,
        netsuite_id: Some(format!("{}", 400_000 + number)),
        terms: None,
        price_level: None,
        sales_rep: None,
        contact_name: None,
        contact_email: None,
        contact_phone: None,
        aliases: vec![format!("alias{number}")],
    })
}

fn item(number: usize, sequence: &mut Sequence) -> Result<Item, Box<dyn Error>> {
    let description = format!("{} {} {}", sequence.pick(FOODS), sequence.pick(FOODS), sequence.pick(FOODS));
    Ok(Item {
        item_code: format!("{:06}", 100_000 + number).parse()?,
        description: format!("{description}, {} oz", number % 40),
        netsuite_id: None,
        brand: Some(sequence.pick(TOWNS).to_owned()),
        category: Some(sequence.pick(FOODS).to_owned()),
        catalog: None,
        pack: Some(format!("{}/4 oz", 24 + number % 96)),
        net_weight_lb: None,
        servings_per_case: None,
        serving_size: None,
        cn_number: None,
        df_code: None,
        df_lb_per_case: None,
        df_value_per_lb: None,
        status: "active".to_owned(),
        aliases: Vec::new(),
    })
}

fn timed<T>(
    what: &str,
    count: usize,
    work: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    let start = Instant::now();
    let value = work()?;
    let took = start.elapsed().as_micros().max(1);
    println!("{what:<46} {:>9} rows/s", count as u128 * 1_000_000 / took);
    Ok(value)
}

/// The raw statement with ready-made text, no types and no prepared-statement lookup between.
fn floor(path: &std::path::Path, key: &str, prices: usize) -> Result<(), Box<dyn Error>> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         CREATE TABLE p (customer_id TEXT NOT NULL, item_code TEXT NOT NULL, school_year TEXT NOT NULL,
           case_price TEXT NOT NULL, cost_basis TEXT, margin_pct TEXT, effective_from TEXT, effective_to TEXT,
           updated_at TEXT NOT NULL, PRIMARY KEY (customer_id, item_code, school_year)) STRICT, WITHOUT ROWID;
         CREATE INDEX pi ON p (item_code, school_year); BEGIN"
    ))?;
    let mut insert = conn
        .prepare("INSERT INTO p VALUES (?1, ?2, '2026-2027', '41.7500', '30.0000', NULL, NULL, NULL, ?3)")?;
    timed("  floor: raw insert, same shape, no references", prices, || {
        for number in 0..prices {
            let (customer, item) = place(number, prices);
            insert.execute((format!("C{customer:06}"), format!("{:06}", 100_000 + item), NOW))?;
        }
        conn.execute_batch("COMMIT")?;
        Ok(())
    })
}

/// Prices in key order: each customer has as many, of items spread over the catalogue.
fn place(number: usize, prices: usize) -> (usize, usize) {
    let each = (prices / CUSTOMERS).max(1);
    let customer = number / each % CUSTOMERS;
    let within = number % each;
    (customer, within * (ITEMS / each) + customer % (ITEMS / each).max(1))
}

fn load(store: &Store, prices: usize) -> Result<(), Box<dyn Error>> {
    let mut sequence = Sequence(7);
    let customer_rows = (0..CUSTOMERS).map(|n| customer(n, &mut sequence)).collect::<Result<Vec<_>, _>>()?;
    let item_rows = (0..ITEMS).map(|n| item(n, &mut sequence)).collect::<Result<Vec<_>, _>>()?;
    timed("customers, upsert with both search indexes", CUSTOMERS, || {
        store.write(|tx| customer_rows.iter().try_for_each(|row| customers::upsert(tx, row, NOW)))?;
        Ok(())
    })?;
    timed("items, upsert with both search indexes", ITEMS, || {
        store.write(|tx| item_rows.iter().try_for_each(|row| spec_items::upsert(tx, row, NOW)))?;
        Ok(())
    })?;
    let year: SchoolYear = "2026-2027".parse()?;
    let amount: Money = "41.75".parse()?;
    let rows: Vec<Price> = (0..prices)
        .map(|number| {
            let (customer, item) = place(number, prices);
            Price {
                customer_id: customer_rows[customer].id.clone(),
                item_code: item_rows[item].item_code.clone(),
                school_year: year,
                case_price: amount,
                cost_basis: Some(amount),
                margin_pct: None,
                effective_from: None,
                effective_to: None,
            }
        })
        .collect();
    for what in ["prices, upsert new, one transaction", "prices, upsert again, one transaction"] {
        timed(what, prices, || {
            store.write(|tx| rows.iter().try_for_each(|row| pricing_master::upsert(tx, row, NOW)))?;
            Ok(())
        })?;
    }
    Ok(())
}

fn keystrokes(
    what: &str,
    texts: &[&str],
    run: impl Fn(&str) -> Result<usize, StoreError>,
) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    let mut found = 0;
    for round in 0..12 {
        for text in texts {
            // As typed: every beginning of the text is a keystroke.
            for end in (1..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let start = Instant::now();
                let hits = run(&text[..end])?;
                if round > 0 {
                    took.push(start.elapsed().as_micros());
                    found += usize::from(hits > 0);
                }
            }
        }
    }
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    println!(
        "{what:<34} p50 {:>6} µs  p99 {:>6} µs  worst {:>6} µs  ({} keystrokes, {}% found)",
        at(50),
        at(99),
        at(100),
        took.len(),
        found * 100 / took.len(),
    );
    Ok(())
}

/// A window at places all over a list, the end of it too.
fn scrolled(
    what: &str,
    length: usize,
    run: impl Fn(Place) -> Result<usize, StoreError>,
) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    for round in 0..12 {
        for part in 0..=10 {
            let offset = u32::try_from(length.saturating_sub(50) * part / 10)?;
            let start = Instant::now();
            run(Place { offset, limit: 50 })?;
            if round > 0 {
                took.push((start.elapsed().as_micros(), offset));
            }
        }
    }
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    println!(
        "{what:<34} p50 {:>6} µs  p99 {:>6} µs  worst {:>6} µs  (at row {})",
        at(50).0,
        at(99).0,
        at(100).0,
        at(100).1,
    );
    Ok(())
}

fn windows_over(store: &Store, prices: usize) -> Result<(), Box<dyn Error>> {
    let year: SchoolYear = "2026-2027".parse()?;
    let whose = "C004711".parse()?;
    let code = "104711".parse()?;
    let all = |place| store.read(|db| windows::prices(db, "", None, place)).map(|window| window.rows.len());
    scrolled("prices, all", prices, all)?;
    scrolled("prices, of a year", prices, |place| {
        store.read(|db| windows::prices(db, "", Some(year), place)).map(|window| window.rows.len())
    })?;
    scrolled("customers, all", CUSTOMERS, |place| {
        store.read(|db| windows::customers(db, "", place)).map(|window| window.rows.len())
    })?;
    scrolled("items, all", ITEMS, |place| {
        store.read(|db| windows::items(db, "", None, place)).map(|window| window.rows.len())
    })?;
    scrolled("items, of a category", ITEMS / FOODS.len(), |place| {
        store.read(|db| windows::items(db, "", Some("Pizza"), place)).map(|window| window.rows.len())
    })?;
    scrolled("prices of one customer", prices / CUSTOMERS, |place| {
        store.read(|db| windows::customer_prices(db, &whose, "", place)).map(|window| window.rows.len())
    })?;
    scrolled("years of one item", 1, |_| {
        store.read(|db| windows::priced_years(db, &code)).map(|prices| prices.len())
    })?;
    scrolled("categories", 1, |_| store.read(windows::categories).map(|categories| categories.len()))?;
    let top = Place { offset: 0, limit: 50 };
    keystrokes("customers, a window of a text", &["cedar falls", "pleasnat"], |text| {
        store.read(|db| windows::customers(db, text, top)).map(|window| window.rows.len())
    })?;
    keystrokes("prices, a window of a text", &["cedar falls pizza", "104711"], |text| {
        store.read(|db| windows::prices(db, text, None, top)).map(|window| window.rows.len())
    })?;
    keystrokes("everything a text names", &["cedar falls", "104711", "C004711", "piza"], |text| {
        store.read(|db| {
            let named = Named::of(db, text)?;
            let customers = named.customers(db, 6)?.len();
            let items = search::search_items(db, text, 6)?.len();
            let quotes = named.quotes(db, 6)?.len();
            Ok(customers + items + quotes + named.underway(db, 6)?.runs.len())
        })
    })?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let prices = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::scratch(&folder.path().join("home"), &RawKey::generate()?, NOW, None)?;
    floor(&folder.path().join("floor.db"), &"ab".repeat(32), prices)?;
    load(&store, prices)?;
    store.checkpoint()?;
    windows_over(&store, prices)?;

    let names = [
        "cedar falls",
        "waverly",
        "north union county",
        "spring lake isd 12",
        "C004711",
        "404711",
        "alias123",
    ];
    let slips = ["ceadr falls", "wavrely", "pleasnat valley", "brigde harbor", "zzzzqq", "unoin county"];
    let foods =
        ["pizza cheese", "breakfast burrito", "104711", "whole grain 12 oz", "chicken patty", "sausage egg"];
    let food_slips = ["piza", "brekafast", "chikcen paty", "sausge", "xqzwv"];
    let priced = [
        "cedar falls pizza",
        "pizza cedar",
        "waverly burrito",
        "alias123 waffle",
        "104711",
        "north corn dog",
    ];
    let customers =
        |text: &str| store.read(|db| search::search_customers(db, text, 20)).map(|hits| hits.len());
    let items = |text: &str| store.read(|db| search::search_items(db, text, 20)).map(|hits| hits.len());
    let year: SchoolYear = "2026-2027".parse()?;
    keystrokes("customers", &names, customers)?;
    keystrokes("customers, with slips", &slips, customers)?;
    keystrokes("items", &foods, items)?;
    keystrokes("items, with slips", &food_slips, items)?;
    keystrokes("prices", &priced, |text| {
        store.read(|db| search::search_prices(db, text, Some(year), 30)).map(|hits| hits.len())
    })?;
    Ok(())
}
