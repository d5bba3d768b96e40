//! Quotes made before: what "the usual" and "last time" are read from.
#![allow(clippy::unwrap_used)] // what a test sets up may fail the test

mod standard;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use domain::clock::timestamp;
use domain::{EntityStatus, Lifecycle};
use fieldquote_sample::{Market, Plan, SampleQuote};
use proptest::prelude::*;
use standard::{market, today};

fn with(lifecycle: Lifecycle) -> impl Iterator<Item = &'static SampleQuote> {
    market().quotes.iter().filter(move |quote| quote.lifecycle == lifecycle)
}

fn open(quote: &SampleQuote) -> bool {
    quote.lifecycle.is_open()
}

#[test]
fn about_a_dozen_customers_have_a_quote_open_in_each_stage() {
    let customers: BTreeSet<_> =
        market().quotes.iter().filter(|quote| open(quote)).map(|quote| &quote.customer_id).collect();
    assert!((10..=15).contains(&customers.len()), "{}", customers.len());
    for stage in [Lifecycle::Draft, Lifecycle::Proposed, Lifecycle::Sent] {
        assert!(with(stage).count() >= 3, "{stage}");
    }
}

#[test]
fn earlier_seasons_ended_in_every_way() {
    assert!(with(Lifecycle::Accepted).count() >= 100);
    assert!(with(Lifecycle::Declined).count() >= 10);
    assert!(with(Lifecycle::Expired).count() >= 10);
}

#[test]
fn cedar_falls_accepted_every_year_and_its_usual_breakfast_items_recur() {
    let cedar_falls = &market().customers[0].id;
    let breakfast: BTreeSet<_> = market()
        .items
        .iter()
        .filter(|item| item.category.as_deref() == Some("Breakfast"))
        .map(|item| &item.item_code)
        .collect();
    let mut times: BTreeMap<_, usize> = BTreeMap::new();
    let accepted: Vec<_> =
        with(Lifecycle::Accepted).filter(|quote| quote.customer_id == *cedar_falls).collect();
    assert_eq!(accepted.len(), market().school_years.len());
    for (item, cases, _) in accepted.iter().flat_map(|quote| &quote.lines) {
        assert!(*cases > 0);
        if breakfast.contains(item) {
            *times.entry(item).or_default() += 1;
        }
    }
    assert!(times.values().filter(|times| **times == accepted.len()).count() >= 4);
    assert!(!market().quotes.iter().any(|quote| quote.customer_id == *cedar_falls && open(quote)));
}

#[test]
fn the_forecast_was_last_touched_by_the_latest_quote() {
    let mut touched = 0;
    for profile in &market().profiles {
        let latest = market()
            .quotes
            .iter()
            .filter(|quote| quote.customer_id == profile.customer_id)
            .map(|quote| quote.generated_at)
            .max();
        assert_eq!(profile.last_quote_event, latest.map(timestamp));
        touched += usize::from(latest.is_some());
    }
    assert!(touched > 50);
}

#[test]
fn a_line_is_quoted_at_a_price_of_the_list() {
    for quote in &market().quotes {
        let listed: BTreeSet<_> = market()
            .prices_of(&quote.customer_id)
            .filter(|price| price.school_year <= quote.school_year)
            .map(|price| (price.item_code, price.case_price))
            .collect();
        for (item, _, price) in &quote.lines {
            assert!(listed.contains(&(item.clone(), *price)), "{} {item}", quote.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn on_any_day_quotes_make_sense_in_time(seed: u64, day in 0_u64..1_500) {
        let today = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(day);
        let market = Market::generate(&Plan { seed, items: 30, ..Plan::standard(today) }).unwrap();
        let ids: BTreeSet<_> = market.quotes.iter().map(|quote| &quote.id).collect();
        prop_assert_eq!(ids.len(), market.quotes.len());
        prop_assert!(market.quotes.is_sorted_by_key(|quote| quote.generated_at));
        let trading: BTreeSet<_> = market
            .customers
            .iter()
            .filter(|customer| customer.entitystatus == EntityStatus::Active)
            .map(|customer| &customer.id)
            .collect();
        for quote in &market.quotes {
            let made = quote.generated_at.date_naive();
            let codes: BTreeSet<_> = quote.lines.iter().map(|(item, _, _)| item).collect();
            prop_assert!(!quote.lines.is_empty() && codes.len() == quote.lines.len());
            prop_assert_eq!(quote.valid_until, made + Days::new(45));
            prop_assert!(made < today);
            if open(quote) {
                prop_assert!(quote.valid_until >= today && trading.contains(&quote.customer_id));
                prop_assert!(quote.school_year.last_day() >= today);
            } else {
                prop_assert!(quote.valid_until < today && made < quote.school_year.first_day());
            }
        }
    }
}

#[test]
fn a_quote_number_tells_its_school_year() {
    assert!(
        market().quotes.iter().all(|q| q.id.as_str().starts_with(&format!("Q-{}-", q.school_year.short())))
    );
    assert!(market().quotes.iter().all(|quote| quote.generated_at.date_naive() < today()));
}
