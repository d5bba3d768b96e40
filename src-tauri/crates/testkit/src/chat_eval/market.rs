//! A market's folder in a profile.
//!
//! Owns reading the lists through the app's own import, and what customers were last quoted through the app's own
//! work: drafted, approved and released. Must not write a table by itself.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveTime};
use desk::Desk;
use desk::import::Table;
use domain::{Clock, DraftId};
use sample::Plan;
use serde::Deserialize;

use super::Trouble;
use super::label::{self, Conversation};
use crate::profile::{TestProfile, company, seeded_at};

/// A profile with a market's lists and quotes in it.
pub struct Market {
    folder: PathBuf,
    profile: TestProfile,
}

/// What else is in the lists, to make them as long as real ones.
#[derive(Debug, Clone, Copy)]
pub struct Padding {
    /// Customers.
    pub customers: usize,
    /// Items.
    pub items: usize,
}

/// What a customer was quoted before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quoted {
    customer: String,
    school_year: String,
    lines: Vec<(String, u32)>,
}

impl Market {
    /// Read a folder into a profile of its own.
    ///
    /// # Errors
    /// With what in the folder cannot be read or is refused.
    pub fn open(folder: &Path, padding: Option<Padding>) -> Result<Self, Trouble> {
        let first =
            NaiveDate::from_ymd_opt(2025, 7, 7).unwrap_or_default().and_time(NaiveTime::MIN).and_utc();
        let profile = seeded_at("Rep", 7, first)?;
        profile.desk.set_company(&company())?;
        if let Some(Padding { customers, items }) = padding {
            let plan = Plan { customers, items, ..Plan::standard(first.date_naive()) };
            profile.desk.load_market(&sample::Market::generate(&plan)?)?;
        }
        let market = Market { folder: folder.to_owned(), profile };
        for (table, file) in [
            (Table::Customers, "customers.csv"),
            (Table::SpecItems, "spec_items.csv"),
            (Table::PricingMaster, "pricing_master.csv"),
        ] {
            market.desk().import(table, &folder.join(file), false, &mut |_| {})?;
        }
        let quotes = std::fs::read_to_string(folder.join("quotes.ndjson")).unwrap_or_default();
        let lines = quotes.lines().filter(|line| !line.trim().is_empty());
        let mut quotes: Vec<Quoted> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        quotes.sort_by(|one, other| one.school_year.cmp(&other.school_year));
        for quoted in &quotes {
            market.quote(quoted)?;
            market.profile.clock.pass(Duration::from_secs(3_600));
        }
        Ok(market)
    }

    /// The desk over it.
    pub fn desk(&self) -> &Desk {
        &self.profile.desk
    }

    /// Let time pass until this day; a day that is over stays over.
    pub fn turn_to(&self, day: NaiveDate) {
        let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        if let Ok(left) = (noon - self.profile.clock.now()).to_std() {
            self.profile.clock.pass(left);
        }
    }

    /// How long it takes to understand a message, look-ups included; nothing is kept of it.
    pub fn understood_in(&self, message: &str, draft: Option<&DraftId>) -> Result<Duration, Trouble> {
        let begun = Instant::now();
        self.desk().understanding(message, draft)?;
        Ok(begun.elapsed())
    }

    /// The labelled conversations of a part, `tuning` or `held_out`; none when the market has no such part.
    pub fn conversations(&self, part: &str) -> Result<Vec<Conversation>, Trouble> {
        let file = self.folder.join(format!("{part}.ndjson"));
        if file.exists() { label::read(&file) } else { Ok(Vec::new()) }
    }

    fn quote(&self, quoted: &Quoted) -> Result<(), Trouble> {
        let lines: Vec<String> =
            quoted.lines.iter().map(|(code, cases)| format!("{cases} cases of {code} at 30.00")).collect();
        let message = format!("quote {} for {}: {}", quoted.customer, quoted.school_year, lines.join(", "));
        let desk = self.desk();
        let answer = desk.chat(&message, None)?;
        if answer.draft.lines.len() != quoted.lines.len() || !answer.draft.ready {
            return Err(format!("{message}: {:?} {:?}", answer.draft.missing, answer.answers).into());
        }
        let submitted = desk.submit(&answer.draft.draft_id)?;
        let mut next = Some(submitted.action_id);
        while let Some(action) = next {
            next = desk.approve(&action, None)?.next_action;
        }
        Ok(())
    }
}
