//! The price list: its order, its bounds, and the mixture of margins an approver has to read.
#![allow(clippy::unwrap_used)] // what a test sets up may fail the test

mod standard;

use std::collections::{BTreeMap, BTreeSet};

use domain::program::df_value_per_case;
use domain::{Margin, Money, Percent, Price};
use fieldquote_sample::{Market, Plan};
use proptest::prelude::*;
use rust_decimal::Decimal;
use standard::{market, today};

fn prices() -> Vec<Price> {
    market().prices().collect()
}

/// How many in a thousand.
fn per_mille(count: usize, of: usize) -> usize {
    count * 1_000 / of
}

fn key(price: &Price) -> (&str, &str, String) {
    (price.customer_id.as_str(), price.item_code.as_str(), price.school_year.to_string())
}

fn small(seed: u64, customers: usize, items: usize, years: usize) -> Market {
    Market::generate(&Plan { seed, customers, items, years, today: today() }).unwrap()
}

fn df_values(market: &Market) -> BTreeMap<&str, Money> {
    let value = |item: &domain::Item| df_value_per_case(&item.donated_food().into_iter().collect::<Vec<_>>());
    market.items.iter().map(|item| (item.item_code.as_str(), value(item).unwrap())).collect()
}

#[test]
fn prices_come_in_key_order_as_text_and_no_key_comes_twice() {
    let prices = prices();
    assert!(prices.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    assert!(prices.len() > 20_000);
}

#[test]
fn every_price_is_of_a_customer_an_item_and_a_year_there_is() {
    let customers: BTreeSet<_> = market().customers.iter().map(|customer| &customer.id).collect();
    let items: BTreeSet<_> = market().items.iter().map(|item| &item.item_code).collect();
    let mut years: BTreeSet<_> = market().school_years.iter().copied().collect();
    years.insert(market().next_school_year);
    for price in market().prices() {
        assert!(customers.contains(&price.customer_id) && items.contains(&price.item_code));
        assert!(years.contains(&price.school_year));
    }
}

#[test]
fn one_customers_prices_are_its_part_of_the_list() {
    let customer = &market().customers[6].id;
    let part: Vec<Price> = prices().into_iter().filter(|price| price.customer_id == *customer).collect();
    assert_eq!(market().prices_of(customer).collect::<Vec<_>>(), part);
    assert_eq!(market().prices_of(&"nobody".parse().unwrap()).count(), 0);
}

#[test]
fn a_case_costs_14_to_75_dollars_at_two_to_four_decimals() {
    let mut scales = BTreeSet::new();
    for price in market().prices() {
        assert!(("14".parse().unwrap()..="75".parse().unwrap()).contains(&price.case_price), "{price:?}");
        scales.insert(price.case_price.decimal().normalize().scale());
    }
    assert!(scales.contains(&2) && scales.contains(&3) && scales.contains(&4));
}

#[test]
fn margins_are_mostly_sound_sometimes_below_the_floor_and_sometimes_unknown() {
    let prices = prices();
    let (mut usual, mut below, mut unknown) = (0, 0, 0);
    for price in &prices {
        let margin = Margin::of(price.case_price, price.cost_basis);
        assert_eq!(price.margin_pct, margin.percent());
        match margin.at_least(Percent::whole(15)) {
            None => unknown += 1,
            Some(passes) => {
                below += usize::from(!passes);
                let above = |percent| margin.at_least(Percent::whole(percent)) == Some(true);
                usual += usize::from(above(10) && !above(31));
            }
        }
    }
    assert!(per_mille(usual, prices.len()) > 800, "{}", per_mille(usual, prices.len()));
    assert!((40..250).contains(&per_mille(below, prices.len())), "{}", per_mille(below, prices.len()));
    assert!((10..100).contains(&per_mille(unknown, prices.len())), "{}", per_mille(unknown, prices.len()));
}

#[test]
fn some_items_are_new_to_a_customer_and_some_prices_are_a_year_old() {
    let market = market();
    let [first, last, current] = market.school_years[..] else { panic!("three years") };
    let cedar_falls: Vec<Price> = market.prices_of(&market.customers[0].id).collect();
    let codes = |fits: &dyn Fn(&Price) -> bool| {
        cedar_falls.iter().filter(|p| fits(p)).map(|p| &p.item_code).collect::<BTreeSet<_>>()
    };
    let ever = codes(&|_| true);
    assert!(ever.len() < market.items.len() - 20, "never had: {}", market.items.len() - ever.len());
    let now = codes(&|price| price.school_year == current);
    let before = codes(&|price| price.school_year == last || price.school_year == first);
    assert!(before.difference(&now).count() >= 3);
}

#[test]
fn discontinued_items_have_no_price_from_this_year_on() {
    let market = market();
    let gone: BTreeSet<_> = market
        .items
        .iter()
        .filter(|item| item.status == "discontinued")
        .map(|item| &item.item_code)
        .collect();
    assert!(gone.len() >= 4);
    let current = market.school_years[2];
    let (mut earlier, mut later) = (0, 0);
    for price in market.prices().filter(|price| gone.contains(&price.item_code)) {
        if price.school_year < current { earlier += 1 } else { later += 1 }
    }
    assert!(earlier > 50);
    assert_eq!(later, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn whatever_the_seed_no_price_falls_to_the_donated_foods_value(seed: u64, years in 1_usize..=12) {
        let market = small(seed, 5, 260, years);
        let values = df_values(&market);
        for price in market.prices() {
            prop_assert!(price.case_price > values[price.item_code.as_str()], "{price:?}");
        }
    }

    #[test]
    fn whatever_the_seed_a_price_moves_by_minus_two_to_plus_seven_per_cent_a_year(seed: u64) {
        let market = small(seed, 5, 240, 4);
        let prices: Vec<Price> = market.prices().collect();
        let mut held = 0;
        for pair in prices.windows(2) {
            let same = pair[0].customer_id == pair[1].customer_id && pair[0].item_code == pair[1].item_code;
            if same && pair[0].school_year.next() == Some(pair[1].school_year) {
                let (before, after) = (pair[0].case_price.decimal(), pair[1].case_price.decimal());
                prop_assert!(after >= before * Decimal::new(98, 2), "{pair:?}");
                prop_assert!(after <= before * Decimal::new(107, 2), "{pair:?}");
                held += usize::from(before == after);
            }
        }
        prop_assert!(held > 100);
    }

    #[test]
    fn a_larger_plan_keeps_the_smaller_ones_prices(seed: u64) {
        let lesser = small(seed, 3, 40, 2);
        let greater = small(seed, 75, 232, 3);
        for customer in &lesser.customers {
            let kept: Vec<Price> = greater.prices_of(&customer.id).collect();
            for price in lesser.prices_of(&customer.id) {
                prop_assert!(kept.contains(&price), "{:?}", price);
            }
        }
    }
}
