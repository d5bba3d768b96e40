//! Quotes made before: what customers usually order, and what is still open.
//!
//! Owns the habits behind "the usual" and the quotes drawn from them. Acceptance follows a customer's
//! place in the list, not chance, so every seed has every outcome. Must not quote a price the price list
//! does not have.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use domain::{CustomerId, DeviceTag, EntityStatus, ItemCode, Lifecycle, Money, Price, QuoteId, SchoolYear};

use crate::customers::Account;
use crate::draw::{Draws, Seed, Topic};
use crate::error::SampleError;
use crate::habit::{self, Usual};
use crate::items::Listed;
use crate::years::Years;

/// A quote as an earlier season left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleQuote {
    /// Its number.
    pub id: QuoteId,
    /// For whom.
    pub customer_id: CustomerId,
    /// For which school year.
    pub school_year: SchoolYear,
    /// Where it stands.
    pub lifecycle: Lifecycle,
    /// When it was made.
    pub generated_at: DateTime<Utc>,
    /// The last day it can be accepted.
    pub valid_until: NaiveDate,
    /// Item, cases, commercial price of a case.
    pub lines: Vec<(ItemCode, u32, Money)>,
}

/// The first so many customers have quotes: a rep's desk, not a history of the whole market.
const QUOTED_CUSTOMERS: usize = 200;

/// Each rep's device, as it stands in quote numbers.
const DEVICES: &[(&str, &str)] = &[
    ("Dana Whitlock", "K7F3QX"),
    ("Gwen Tolliver", "3MZ8RT"),
    ("Ines Caldera", "P9D2HN"),
    ("Patrick Oyelaran", "XW64CB"),
    ("Priya Raman", "7GJY1V"),
    ("Ruben Castellano", "B5T0KE"),
];
/// The office's device, for customers without a rep.
const OFFICE: &str = "0FF1CE";

/// A quote before it has a number.
struct Made {
    device: &'static str,
    customer_id: CustomerId,
    school_year: SchoolYear,
    lifecycle: Lifecycle,
    generated_at: DateTime<Utc>,
    valid_until: NaiveDate,
    lines: Vec<(ItemCode, u32, Money)>,
}

/// The quotes of a market, oldest first.
pub(crate) fn of<'a>(
    seed: &Seed,
    years: &Years,
    today: NaiveDate,
    accounts: &[Account],
    items: &[Listed],
    prices: impl Fn(&CustomerId) -> Vec<Price> + 'a,
    validity: Days,
) -> Result<Vec<SampleQuote>, SampleError> {
    let mut made = Vec::new();
    for (place, account) in accounts.iter().take(QUOTED_CUSTOMERS).enumerate() {
        let mut desk = Desk {
            account,
            prices: prices(&account.customer.id)
                .into_iter()
                .map(|price| ((price.item_code, price.school_year), price.case_price))
                .collect(),
            draws: seed.draws(Topic::Quote, account.buyer.number, 0),
            validity,
        };
        let usual = habit::of(&mut desk.draws, items, |code| {
            years.listed.iter().any(|year| desk.prices.contains_key(&(code.clone(), *year)))
        });
        for (season, &year) in years.listed.iter().rev().enumerate() {
            made.extend(desk.bid(&usual, year, outcome(place, season)));
        }
        if account.customer.entitystatus == EntityStatus::Active {
            made.extend(still_open(place).and_then(|lifecycle| desk.open(&usual, years, today, lifecycle)));
        }
    }
    number(made)
}

/// Four in five customers accept; the fifth declines or lets the quote expire, in turn.
fn outcome(place: usize, season: usize) -> Lifecycle {
    match (place % 5, (place / 5 + season) % 2) {
        (4, 0) => Lifecycle::Declined,
        (4, _) => Lifecycle::Expired,
        _ => Lifecycle::Accepted,
    }
}

/// Every sixth customer has a quote open.
fn still_open(place: usize) -> Option<Lifecycle> {
    match (place % 6, place / 6 % 3) {
        (2, 0) => Some(Lifecycle::Draft),
        (2, 1) => Some(Lifecycle::Proposed),
        (2, _) => Some(Lifecycle::Sent),
        _ => None,
    }
}

/// One customer's quotes while they are drawn.
struct Desk<'a> {
    account: &'a Account,
    prices: BTreeMap<(ItemCode, SchoolYear), Money>,
    draws: Draws,
    validity: Days,
}

impl Desk<'_> {
    /// The quote of a year's bid season, March to mid-May before its July 1.
    fn bid(&mut self, usual: &[Usual], year: SchoolYear, lifecycle: Lifecycle) -> Option<Made> {
        let season = NaiveDate::from_ymd_opt(i32::from(year.start_year()), 3, 1).unwrap_or(year.first_day());
        let day = season + Days::new(u64::from(self.draws.between(0, 72)));
        let lines = self.lines(usual, year);
        self.made(year, day, lifecycle, lines)
    }

    /// A quote of the last weeks: for next year where its prices are there, or in spring at this year's
    /// prices held; else more for this year.
    fn open(
        &mut self,
        usual: &[Usual],
        years: &Years,
        today: NaiveDate,
        lifecycle: Lifecycle,
    ) -> Option<Made> {
        let day = today - Days::new(u64::from(self.draws.between(1, 25)));
        let renewed = self.account.buyer.renewed;
        let year = if renewed || today.month() <= 6 { years.next } else { years.current };
        let some = &usual[..usual.len().min(self.draws.between(4, 8) as usize)];
        let lines = self.lines(some, if renewed { years.next } else { years.current });
        self.made(year, day, lifecycle, lines)
    }

    /// The usual items at a year's prices, in quantities within fifteen per cent of the usual ones. What
    /// is not in that year's list is left out.
    fn lines(&mut self, usual: &[Usual], priced: SchoolYear) -> Vec<(ItemCode, u32, Money)> {
        let mut lines = Vec::new();
        for Usual { item_code, cases } in usual {
            let cases = (cases * self.draws.between(85, 115) / 100).max(1);
            if let Some(&price) = self.prices.get(&(item_code.clone(), priced)) {
                lines.push((item_code.clone(), cases, price));
            }
        }
        lines
    }

    fn made(
        &mut self,
        school_year: SchoolYear,
        day: NaiveDate,
        lifecycle: Lifecycle,
        lines: Vec<(ItemCode, u32, Money)>,
    ) -> Option<Made> {
        if lines.is_empty() {
            return None;
        }
        let minute = self.draws.between(14 * 60, 22 * 60 - 1);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
        let rep = self.account.customer.sales_rep.as_deref();
        let device = DEVICES.iter().find(|(name, _)| Some(*name) == rep).map_or(OFFICE, |(_, tag)| tag);
        Some(Made {
            device,
            customer_id: self.account.customer.id.clone(),
            school_year,
            lifecycle,
            generated_at: day.and_time(time).and_utc(),
            valid_until: day + self.validity,
            lines,
        })
    }
}

/// Numbers are given in the order quotes were made, per device and school year.
fn number(mut made: Vec<Made>) -> Result<Vec<SampleQuote>, SampleError> {
    made.sort_by(|a, b| (a.generated_at, &a.customer_id).cmp(&(b.generated_at, &b.customer_id)));
    let mut counters: BTreeMap<(&str, SchoolYear), u32> = BTreeMap::new();
    made.into_iter()
        .map(|made| {
            let counter = counters.entry((made.device, made.school_year)).or_default();
            *counter += 1;
            let tag: DeviceTag = made.device.parse()?;
            Ok(SampleQuote {
                id: QuoteId::allocate(made.school_year, &tag, *counter),
                customer_id: made.customer_id,
                school_year: made.school_year,
                lifecycle: made.lifecycle,
                generated_at: made.generated_at,
                valid_until: made.valid_until,
                lines: made.lines,
            })
        })
        .collect()
}
