//! How long a message takes over lists as long as they get.
//!
//! Owns growing a market's lists to that length and the spread of the times. Must not judge what comes of a
//! message.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use desk::Desk;
use desk::import::Table;

use super::label::Labelled;
use super::{EvalError, market};

/// Items in the grown lists.
const ITEMS: usize = 20_000;
/// Customers in the grown lists.
const CUSTOMERS: usize = 50_000;

/// What was measured.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Items in the profile.
    pub items: usize,
    /// Customers in the profile.
    pub customers: usize,
    /// Reading the lists into memory, which the first message waits for where nobody did it before.
    pub read: Duration,
    /// Understanding each message, with its look-ups.
    pub understood: Vec<Duration>,
    /// The whole of each message: understood, kept and answered.
    pub answered: Vec<Duration>,
}

/// A spread of times.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    /// Half took no longer.
    pub p50: Duration,
    /// 99 of a hundred took no longer.
    pub p99: Duration,
    /// The longest.
    pub max: Duration,
}

impl Spread {
    /// Of these times.
    pub fn of(times: &[Duration]) -> Self {
        let mut times = times.to_vec();
        times.sort_unstable();
        let at = |share: usize| {
            let place = (times.len() * share).div_ceil(100).saturating_sub(1);
            times.get(place).copied().unwrap_or_default()
        };
        Spread { p50: at(50), p99: at(99), max: at(100) }
    }
}

/// Hold every conversation once over the grown lists.
pub fn measure(folder: &Path, conversations: &[&Labelled]) -> Result<Pace, EvalError> {
    let first = conversations.iter().map(|conversation| conversation.today).min().unwrap_or_default();
    let profile = market::profile(folder, first)?;
    grow(&profile.desk, folder)?;
    let mut ordered = conversations.to_vec();
    ordered.sort_by_key(|conversation| conversation.today);
    let began = Instant::now();
    profile.desk.warm_lists()?;
    let read = began.elapsed();
    let (mut understood, mut answered) = (Vec::new(), Vec::new());
    for conversation in ordered {
        profile.clock.reach(market::morning(conversation.today));
        let draft = market::begin(&profile.desk, conversation)?;
        for turn in &conversation.turns {
            let began = Instant::now();
            profile.desk.understanding(&turn.say, Some(&draft))?;
            understood.push(began.elapsed());
            let began = Instant::now();
            profile.desk.chat(&turn.say, Some(&draft))?;
            answered.push(began.elapsed());
        }
    }
    Ok(Pace { items: ITEMS, customers: CUSTOMERS, read, understood, answered })
}

/// Fill the lists up with others made of the market's own words, so that every word is common.
fn grow(desk: &Desk, folder: &Path) -> Result<(), EvalError> {
    let names = column(&folder.join("customers.csv"), "name")?;
    let descriptions = column(&folder.join("spec_items.csv"), "description")?;
    let pair = |texts: &[String], n: usize| {
        (texts[n % texts.len()].clone(), texts[n / texts.len() % texts.len()].clone())
    };
    let customers = (names.len()..CUSTOMERS).map(|n| {
        let (one, other) = pair(&names, n);
        let head = one.split(' ').next().unwrap_or(&one);
        let name = format!("{head} {n} {other}");
        [format!("ZZ{n}"), name, "district".into(), other, "ND".into(), "active".into()]
    });
    let items = (descriptions.len()..ITEMS).map(|n| {
        let (one, other) = pair(&descriptions, n);
        let kept = one.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let description = format!("{kept} {other} {n}");
        [format!("ZZ{n}"), description, format!("{}/3 oz", n % 97), "Other".into(), "active".into()]
    });
    let customers = table(["id", "name", "customer_type", "city", "state", "entitystatus"], customers)?;
    let items = table(["item_code", "description", "pack", "category", "status"], items)?;
    for (table, bytes) in [(Table::Customers, customers), (Table::SpecItems, items)] {
        desk.import_bytes(table, "grown", &bytes, false, &mut |_| ControlFlow::Continue(()))?;
    }
    Ok(())
}

fn table<const N: usize>(
    heading: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>, EvalError> {
    let failed = |error: csv::Error| EvalError::File("grown".to_owned(), error.into());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(heading).map_err(failed)?;
    for row in rows {
        out.write_record(row).map_err(failed)?;
    }
    out.into_inner().map_err(|error| EvalError::File("grown".to_owned(), error.into_error()))
}

/// A column of a file; empty fields are left out.
fn column(file: &Path, name: &str) -> Result<Vec<String>, EvalError> {
    let failed = |error: csv::Error| EvalError::File(file.display().to_string(), error.into());
    let mut rows = csv::Reader::from_path(file).map_err(failed)?;
    let place = rows.headers().map_err(failed)?.iter().position(|field| field == name).unwrap_or(0);
    let mut out = Vec::new();
    for row in rows.records() {
        out.extend(row.map_err(failed)?.get(place).filter(|text| !text.is_empty()).map(str::to_owned));
    }
    Ok(out)
}
