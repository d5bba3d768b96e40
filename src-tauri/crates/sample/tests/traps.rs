//! The sample holds the cases that go wrong in real life, so that they can be met before they matter.
#![allow(clippy::unwrap_used)] // what a test sets up may fail the test

mod standard;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use domain::{Customer, CustomerProgram, EntityStatus, Margin, Percent, Program};
use standard::market;

fn named(name: &str) -> Vec<&'static Customer> {
    market().customers.iter().filter(|customer| customer.name.contains(name)).collect()
}

fn programs(fits: impl Fn(&CustomerProgram) -> bool) -> usize {
    market().programs.iter().filter(|program| fits(program)).count()
}

#[test]
fn cedar_falls_is_two_districts_in_two_states() {
    let found = named("Cedar Falls");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].name, "Cedar Falls Community School District");
    assert_eq!(found[0].state.as_deref(), Some("IA"));
    assert!(
        found[0].aliases.contains(&"CF".to_owned())
            && found[0].aliases.contains(&"Cedar Falls CSD".to_owned())
    );
    assert_ne!(found[0].state, found[1].state);
    assert_eq!(found[0].city, found[1].city);
}

#[test]
fn marble_creek_and_marble_crest_are_two_districts_of_one_state() {
    let found = named("Marble Cre");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].state, found[1].state);
}

#[test]
fn prairie_hollow_is_a_district_and_a_cooperative() {
    let found = named("Prairie Hollow");
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].customer_type, found[1].customer_type);
}

#[test]
fn one_customer_is_on_hold_and_one_is_inactive() {
    let count = |status| market().customers.iter().filter(|customer| customer.entitystatus == status).count();
    assert_eq!(count(EntityStatus::Hold), 1);
    assert_eq!(count(EntityStatus::Inactive), 1);
}

#[test]
fn one_customer_is_over_its_limit_and_one_is_a_pallet_away_from_it() {
    let mut over = 0;
    let mut near = 0;
    for profile in &market().profiles {
        let (Some(limit), Some(owed)) = (profile.credit_limit, profile.ar_balance) else { continue };
        let left = limit.minus(owed).unwrap();
        over += usize::from(left.is_negative());
        near += usize::from(left.is_positive() && left < "1000".parse().unwrap());
    }
    assert_eq!((over, near), (1, 1));
}

#[test]
fn some_customers_have_no_limit_no_contact_or_no_rep() {
    let market = market();
    assert!(market.profiles.iter().filter(|profile| profile.credit_limit.is_none()).count() >= 2);
    let without = |lacks: fn(&Customer) -> bool| market.customers.iter().filter(|c| lacks(c)).count();
    assert!(without(|customer| customer.contact_email.is_none()) >= 3);
    assert!(without(|customer| customer.contact_name.is_none()) >= 1);
    assert!(without(|customer| customer.sales_rep.is_none()) >= 1);
}

#[test]
fn programs_are_of_every_kind() {
    for kind in Program::ALL {
        for year in [market().school_years[2], market().next_school_year] {
            assert!(
                programs(|p| p.program == *kind && p.school_year == year && p.status == "active") > 0,
                "{kind} {year}"
            );
        }
    }
    assert_eq!(programs(|p| p.program == Program::Noi && p.terms.distributor_fee.is_none()), 0);
    assert!(programs(|p| p.program == Program::Ffs && p.terms.service_fee.is_some()) > 0);
    assert!(programs(|p| p.program == Program::Ffs && p.terms.service_fee.is_none()) > 0);
    assert!(programs(|p| p.df_code.is_some()) > 0 && programs(|p| p.df_code.is_none()) > 0);
    assert!(programs(|p| p.status != "active") > 0);
    assert!(programs(|p| p.deleted_at.is_some()) > 0);
    assert!(programs(|p| p.school_year == market().school_years[1]) > 0);
}

#[test]
fn every_program_is_of_a_customer_and_a_material_there_is() {
    let customers: BTreeSet<_> = market().customers.iter().map(|customer| &customer.id).collect();
    let materials: BTreeSet<_> = market().items.iter().filter_map(|item| item.df_code.as_ref()).collect();
    for program in &market().programs {
        assert!(customers.contains(&program.customer_id), "{}", program.customer_id);
        assert!(program.df_code.as_ref().is_none_or(|code| materials.contains(code)), "{}", program.id);
    }
}

#[test]
fn next_years_prices_must_be_held_for_cedar_falls_but_are_there_for_a_few_others() {
    let market = market();
    let [last, current] = [market.school_years[1], market.school_years[2]];
    let mut years: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for price in market.prices() {
        years.entry(price.customer_id).or_default().insert(price.school_year);
    }
    let with = |year| years.values().filter(|years| years.contains(&year)).count();
    assert_eq!(with(current), market.customers.len() - 1, "all but the inactive one");
    assert!((3..=10).contains(&with(market.next_school_year)), "{}", with(market.next_school_year));
    for district in named("Cedar Falls") {
        assert!(
            years[&district.id].contains(&last) && !years[&district.id].contains(&market.next_school_year)
        );
    }
}

#[test]
fn at_cedar_falls_the_mini_waffle_is_below_the_floor_and_the_pizza_is_not() {
    let cedar_falls = &named("Cedar Falls")[0].id;
    let current = market().school_years[2];
    let passes = |code: &str| {
        let mut prices = market().prices_of(cedar_falls);
        let price = prices.find(|p| p.item_code.as_str() == code && p.school_year == current).unwrap();
        Margin::of(price.case_price, price.cost_basis).at_least(Percent::whole(15))
    };
    assert_eq!(passes("20817"), Some(false));
    assert_eq!(passes("10412"), Some(true));
}

#[test]
fn some_price_terms_are_not_the_school_year() {
    let mut months: BTreeMap<u32, usize> = BTreeMap::new();
    for price in market().prices() {
        let (from, to) = (price.effective_from.unwrap(), price.effective_to.unwrap());
        assert_eq!((from.day(), to.succ_opt().unwrap()), (1, from.with_year(from.year() + 1).unwrap()));
        *months.entry(from.month()).or_default() += 1;
    }
    assert_eq!(months.keys().copied().collect::<Vec<_>>(), [7, 8]);
    assert!(months[&7] > 4 * months[&8] && months[&8] > 500);
}
