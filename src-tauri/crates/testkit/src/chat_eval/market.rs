//! A profile with a market's lists.
//!
//! Owns bringing the files in by the app's own import, and what customers were quoted before. Must not change a
//! row.

use std::path::Path;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use desk::drafts::DraftEdit;
use desk::import::Table;
use desk::{Desk, DeskError};
use domain::{DraftId, ItemCode, Lifecycle, Money};
use sample::SampleQuote;
use serde::Deserialize;

use super::EvalError;
use super::label::Labelled;
use crate::profile::{self, TestProfile};

/// What a customer was quoted for a school year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quoted {
    customer: String,
    school_year: String,
    lines: Vec<(String, u32)>,
}

/// Nine in the morning of a day.
pub fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()).and_utc()
}

/// A profile with the market in it, its clock at a day.
pub fn profile(market: &Path, day: NaiveDate) -> Result<TestProfile, EvalError> {
    let made = profile::seeded_at("Rep", 7, morning(day))?;
    let tables = [
        (Table::Customers, "customers.csv"),
        (Table::SpecItems, "spec_items.csv"),
        (Table::PricingMaster, "pricing_master.csv"),
    ];
    for (table, file) in tables {
        made.desk.import(table, &market.join(file), false, &mut |_| {})?;
    }
    made.desk.load_quotes(&quotes(market)?, &profile::company())?;
    Ok(made)
}

fn quotes(market: &Path) -> Result<Vec<SampleQuote>, EvalError> {
    let file = market.join("quotes.ndjson");
    let text =
        std::fs::read_to_string(&file).map_err(|error| EvalError::File(file.display().to_string(), error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(place, line)| {
            quote(place, line)
                .map_err(|error| EvalError::Line(file.display().to_string(), place + 1, error.to_string()))
        })
        .collect()
}

fn quote(place: usize, line: &str) -> Result<SampleQuote, Box<dyn std::error::Error>> {
    let quoted: Quoted = serde_json::from_str(line)?;
    let year: domain::SchoolYear = quoted.school_year.parse()?;
    let made = year.first_day() + Days::new(30);
    let line = |(code, cases): (String, u32)| -> Result<(ItemCode, u32, Money), domain::ids::IdError> {
        Ok((code.parse()?, cases, Money::from_cents(3_000).unwrap_or_default()))
    };
    Ok(SampleQuote {
        id: format!("Q-PAST-{place:04}").parse()?,
        customer_id: quoted.customer.parse()?,
        school_year: year,
        lifecycle: Lifecycle::Accepted,
        generated_at: morning(made),
        valid_until: made + Days::new(60),
        lines: quoted.lines.into_iter().map(line).collect::<Result<_, _>>()?,
    })
}

/// A draft as a conversation finds it.
pub fn begin(desk: &Desk, conversation: &Labelled) -> Result<DraftId, EvalError> {
    let draft = desk.draft_new()?.draft_id;
    let Some(begun) = &conversation.begun else { return Ok(draft) };
    let unread = |error: String| DeskError::bad_input(error, "Mend the label.");
    let mut edits = Vec::new();
    if let Some(customer) = &begun.customer {
        let customer_id = customer.parse().map_err(|error| unread(format!("{customer}: {error}")))?;
        edits.push(DraftEdit::SetCustomer { customer_id });
    }
    if let Some(year) = &begun.year {
        let school_year = year.parse().map_err(|error| unread(format!("{year}: {error}")))?;
        edits.push(DraftEdit::SetSchoolYear { school_year });
    }
    for line in &begun.lines {
        let mut words = line.splitn(3, ' ');
        let code = words.next().unwrap_or_default();
        let cases = words.next().unwrap_or_default().trim_start_matches('x').parse().ok();
        let item_code = code.parse().map_err(|error| unread(format!("{code}: {error}")))?;
        let price = words.next().map(|price| price.trim_start_matches("given ").to_owned());
        edits.push(DraftEdit::AddLine { item_code, quantity: cases, price });
    }
    desk.draft_edit(&draft, &edits)?;
    Ok(draft)
}
