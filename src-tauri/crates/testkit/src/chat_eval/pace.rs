//! How long a message takes over lists as long as they get.
//!
//! Owns growing a market's lists to that length and the spread of the times. Must not judge what comes of a
//! message.

use std::fmt::Write as _;
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
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Items in the profile.
    pub items: usize,
    /// Customers in the profile.
    pub customers: usize,
    /// Understanding a message, with its look-ups.
    pub understood: Spread,
    /// The whole message: understood, kept and answered.
    pub answered: Spread,
}

/// A spread of times, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    /// Half took no longer.
    pub p50: f64,
    /// 99 of a hundred took no longer.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: usize| {
            let place = (times.len() * share).div_ceil(100).saturating_sub(1);
            times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
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
    Ok(Pace {
        items: ITEMS,
        customers: CUSTOMERS,
        understood: Spread::of(understood),
        answered: Spread::of(answered),
    })
}

/// Fill the lists up with others made of the market's own words, so that every word is common.
fn grow(desk: &Desk, folder: &Path) -> Result<(), EvalError> {
    let read = |name: &str| {
        let file = folder.join(name);
        std::fs::read_to_string(&file).map_err(|error| EvalError::File(file.display().to_string(), error))
    };
    let names = column(&read("customers.csv")?, "name");
    let descriptions = column(&read("spec_items.csv")?, "description");
    let mut customers = String::from("id,name,customer_type,city,state,entitystatus\n");
    for n in names.len()..CUSTOMERS {
        let (one, other) = (&names[n % names.len()], &names[n / names.len() % names.len()]);
        let (head, tail) = (one.split(' ').next().unwrap_or(one), other.replace('"', ""));
        let _ = writeln!(customers, "ZZ{n},\"{head} {n} {tail}\",district,\"{tail}\",ND,active");
    }
    let mut items = String::from("item_code,description,pack,category,status\n");
    for n in descriptions.len()..ITEMS {
        let other = &descriptions[n / descriptions.len() % descriptions.len()];
        let (one, other) = (descriptions[n % descriptions.len()].replace('"', ""), other.replace('"', ""));
        let kept = one.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let _ = writeln!(items, "ZZ{n},\"{kept} {other} {n}\",{}/3 oz,Other,active", n % 97);
    }
    for (table, text) in [(Table::Customers, customers), (Table::SpecItems, items)] {
        desk.import_bytes(table, "grown", text.as_bytes(), false, &mut |_| ControlFlow::Continue(()))?;
    }
    Ok(())
}

/// A column of a CSV text whose fields may be quoted.
fn column(text: &str, name: &str) -> Vec<String> {
    let mut rows = text.lines().map(fields);
    let place = rows.next().and_then(|header| header.iter().position(|field| field == name)).unwrap_or(0);
    rows.filter_map(|row| row.get(place).cloned()).filter(|field| !field.is_empty()).collect()
}

fn fields(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().into_iter().for_each(|field| field.push(c)),
        }
    }
    out
}
