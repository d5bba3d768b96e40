//! One seed is one market, on every machine and at every size.
#![allow(clippy::unwrap_used)] // what a test sets up may fail the test

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::NaiveDate;
use domain::Sha256;
use fieldquote_sample::{Market, Plan, SampleError};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 16).unwrap()
}

/// The hash of everything a market says, with the prices of its first customers and its last.
fn hash(market: &Market) -> Sha256 {
    let mut text = format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n",
        market.company, market.customers, market.profiles, market.programs, market.items, market.quotes
    );
    let (first, last) = (&market.customers[..4], &market.customers[market.customers.len() - 4..]);
    for price in first.iter().chain(last).flat_map(|customer| market.prices_of(&customer.id)) {
        writeln!(text, "{price:?}").unwrap();
    }
    Sha256::of(text.as_bytes())
}

fn plan(seed: u64, customers: usize, items: usize) -> Plan {
    Plan { seed, customers, items, years: 2, today: today() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn the_same_seed_makes_the_same_market_and_another_seed_another(seed: u64) {
        let made = |seed| hash(&Market::generate(&plan(seed, 78, 236)).unwrap());
        prop_assert_eq!(made(seed), made(seed));
        prop_assert_ne!(made(seed), made(seed.wrapping_add(1)));
    }
}

#[test]
fn customers_beyond_the_hand_written_ones_are_each_somebody_else() {
    let market = Market::generate(&plan(1, 20_000, 10)).unwrap();
    let distinct = |values: BTreeSet<String>| values.len();
    let customers = &market.customers;
    assert_eq!(distinct(customers.iter().map(|c| format!("{}, {:?}", c.name, c.state)).collect()), 20_000);
    assert_eq!(distinct(customers.iter().map(|c| format!("{:?}", c.netsuite_id)).collect()), 20_000);
    assert!(customers.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert!(market.profiles.iter().map(|profile| &profile.customer_id).eq(customers.iter().map(|c| &c.id)));
    let programs: BTreeSet<_> = market.programs.iter().map(|program| &program.id).collect();
    assert_eq!(programs.len(), market.programs.len());
    let enrolled: BTreeSet<_> = market.programs.iter().map(|program| &program.customer_id).collect();
    assert_eq!(enrolled.len(), 20_000);
}

#[test]
fn items_beyond_the_hand_written_ones_are_each_something_else() {
    let market = Market::generate(&plan(1, 2, 8_000)).unwrap();
    let items = &market.items;
    assert_eq!(
        items.iter().map(|item| (&item.brand, &item.description)).collect::<BTreeSet<_>>().len(),
        8_000
    );
    assert_eq!(items.iter().map(|item| &item.netsuite_id).collect::<BTreeSet<_>>().len(), 8_000);
    assert!(items.windows(2).all(|pair| pair[0].item_code < pair[1].item_code));
    assert!(items.iter().all(|item| item.item_code.as_str().len() == 5));
    let cn: Vec<_> = items.iter().filter_map(|item| item.cn_number.as_ref()).collect();
    assert_eq!(cn.iter().collect::<BTreeSet<_>>().len(), cn.len());
    assert!(cn.iter().all(|number| number.len() == 6));
}

#[test]
fn a_plan_beyond_what_can_be_combined_is_refused_by_name() {
    for (plan, what) in [
        (plan(1, 20_001, 10), "customers"),
        (plan(1, 10, 8_001), "items"),
        (Plan { years: 13, ..plan(1, 10, 10) }, "school years"),
    ] {
        let refusal = Market::generate(&plan).unwrap_err();
        assert!(matches!(refusal, SampleError::TooMany { what: named, .. } if named == what), "{refusal}");
    }
}

#[test]
fn a_plan_smaller_than_the_stock_is_exactly_that_small() {
    let market = Market::generate(&plan(1, 3, 5)).unwrap();
    assert_eq!((market.customers.len(), market.items.len()), (3, 5));
    assert!(market.programs.iter().all(|p| market.customers.iter().any(|c| c.id == p.customer_id)));
}

#[test]
fn a_large_plan_yields_the_prices_it_was_asked_for() {
    for wanted in [60_000, 150_000] {
        let made = Market::generate(&Plan::large(today(), wanted)).unwrap().prices().count();
        assert!((wanted..=wanted + wanted / 10).contains(&made), "{wanted}: {made}");
    }
}
