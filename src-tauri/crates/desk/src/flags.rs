//! What should worry an approver of a quote.
//!
//! Owns the comparison of a quote with what the device knows. Must not block anything: a contract's checks
//! do that; a flag is shown, recorded and left to a person.

use chrono::NaiveDate;
use domain::{EntityStatus, Flag, FlagKind, ItemCode, Margin, Money, Percent, Quote, QuoteLine, SchoolYear};
use serde::{Deserialize, Serialize};
use store::{Reader, customer_profiles, customers, quotes};

use crate::compose::Found;
use crate::error::DeskError;

/// The margin below which a line is flagged: `customer_quote`'s `margin_floor`.
pub const MARGIN_FLOOR: Percent = Percent::whole(15);

/// Days after which a price counts as not seen lately.
const STALE_AFTER_DAYS: i64 = 365;

/// What a customer owes and may yet order, against its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Exposure {
    /// What may be owed and quoted together; none when no limit is set.
    pub credit_limit: Option<Money>,
    /// What is owed.
    pub ar_balance: Money,
    /// Other quotes that may become orders.
    pub open_quotes: Money,
    /// How many those are.
    pub open_quote_count: usize,
    /// This quote.
    pub this_quote: Money,
    /// All of it.
    pub total: Money,
    /// Whether it is beyond the limit.
    pub over_limit: bool,
}

/// The exposure a quote makes.
pub fn exposure(db: &Reader<'_>, quote: &Quote) -> Result<Exposure, DeskError> {
    let profile = customer_profiles::get(db, &quote.customer.id)?;
    let others: Vec<_> = quotes::open_of(db, &quote.customer.id)?
        .into_iter()
        .filter(|open| open.id != quote.id && Some(&open.id) != quote.revision_of.as_ref())
        .collect();
    let open_quotes = Money::sum(others.iter().map(|open| open.total))?;
    let ar_balance = profile.as_ref().and_then(|profile| profile.ar_balance).unwrap_or(Money::ZERO);
    let credit_limit = profile.and_then(|profile| profile.credit_limit);
    let total = ar_balance.plus(open_quotes)?.plus(quote.totals.total)?;
    Ok(Exposure {
        credit_limit,
        ar_balance,
        open_quotes,
        open_quote_count: others.len(),
        this_quote: quote.totals.total,
        total,
        over_limit: credit_limit.is_some_and(|limit| total > limit),
    })
}

/// Everything to worry about in a quote; `found` are its lines, found.
pub(crate) fn flags(
    db: &Reader<'_>,
    quote: &Quote,
    exposure: &Exposure,
    found: &[Found],
    today: NaiveDate,
) -> Result<Vec<Flag>, DeskError> {
    let mut flags = Vec::new();
    let mut whole = |kind, message: String| flags.push(Flag { kind, line_no: None, message });
    match customers::get(db, &quote.customer.id)?.map(|customer| customer.entitystatus) {
        Some(EntityStatus::Hold) => {
            whole(FlagKind::CustomerOnHold, format!("{} is on hold", quote.customer.name))
        }
        Some(EntityStatus::Inactive) => {
            whole(FlagKind::CustomerInactive, format!("{} is not active", quote.customer.name));
        }
        Some(EntityStatus::Active) | None => {}
    }
    if let (true, Some(limit)) = (exposure.over_limit, exposure.credit_limit) {
        whole(
            FlagKind::OverCreditLimit,
            format!(
                "balance {} + open quotes {} + this quote {} = {}, over the credit limit of {}",
                exposure.ar_balance.as_total(),
                exposure.open_quotes.as_total(),
                exposure.this_quote.as_total(),
                exposure.total.as_total(),
                limit.as_total()
            ),
        );
    }
    for open in quotes::open_of(db, &quote.customer.id)? {
        let is_this = open.id == quote.id || Some(&open.id) == quote.revision_of.as_ref();
        if is_this || open.school_year != quote.school_year {
            continue;
        }
        let items = quotes::items_of(db, &open.id)?;
        let shared: Vec<&str> = quote
            .lines
            .iter()
            .map(|line| &line.item_code)
            .filter(|code| items.contains(code))
            .map(ItemCode::as_str)
            .collect();
        if !shared.is_empty() {
            whole(
                FlagKind::DuplicateOpenQuote,
                format!(
                    "{} ({}) already quotes {} for {}",
                    open.id,
                    open.lifecycle,
                    shared.join(", "),
                    open.school_year
                ),
            );
        }
    }
    for (line, found) in quote.lines.iter().zip(found) {
        line_flags(quote, line, found, today, &mut flags);
    }
    Ok(flags)
}

fn line_flags(quote: &Quote, line: &QuoteLine, found: &Found, today: NaiveDate, flags: &mut Vec<Flag>) {
    let code = &line.item_code;
    let mut flag = |kind, message: String| flags.push(Flag { kind, line_no: Some(line.line_no), message });
    match line.margin() {
        Margin::UndefinedPrice => {
            flag(FlagKind::ZeroPrice, format!("{code} is priced at {}", line.case_price.as_price()))
        }
        Margin::UnknownCost => {
            flag(FlagKind::MissingCost, format!("no cost is known for {code}: its margin cannot be computed"))
        }
        margin @ Margin::Known { .. } => {
            if margin.at_least(MARGIN_FLOOR) == Some(false) {
                flag(
                    FlagKind::BelowFloor,
                    format!("{code} earns {}, below the floor of {MARGIN_FLOOR}%", margin.words()),
                );
            }
        }
    }
    match found.last_priced {
        None => flag(FlagKind::NewItem, format!("{} has never had a price for {code}", quote.customer.name)),
        Some(year) if is_stale(year, today) => {
            flag(
                FlagKind::StalePrice,
                format!("the last price of {code} is of {year}, more than twelve months ago"),
            );
        }
        Some(_) => {}
    }
    if found.item.as_ref().is_some_and(|item| item.status != "active") {
        flag(FlagKind::DiscontinuedItem, format!("{code} is no longer active in the catalogue"));
    }
}

fn is_stale(year: SchoolYear, today: NaiveDate) -> bool {
    (today - year.last_day()).num_days() > STALE_AFTER_DAYS
}
