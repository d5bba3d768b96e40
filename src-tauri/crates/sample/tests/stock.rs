//! The catalogue and the customer list hold together as printed matter: a rep who knows the trade
//! should find nothing that cannot be.
#![allow(clippy::unwrap_used)] // what a test sets up may fail the test

mod standard;

use std::collections::{BTreeMap, BTreeSet};

use domain::{CustomerType, Item};
use rust_decimal::{Decimal, RoundingStrategy};
use standard::market;

fn distinct<T: Ord>(values: impl IntoIterator<Item = T>) -> (usize, usize) {
    let all: Vec<T> = values.into_iter().collect();
    let count = all.len();
    (all.into_iter().collect::<BTreeSet<_>>().len(), count)
}

/// What the pack weighs by its own words: `96/4.98 oz`, `4/5 lb`, `1000/9 g`. `None` for counts, cans
/// and gallons, whose weight the pack does not tell; a fluid ounce of juice weighs 1.04 oz.
fn weight_by_pack(pack: &str) -> Option<Decimal> {
    let (count, rest) = pack.split_once('/')?;
    let (size, unit) = rest.split_once(' ')?;
    let per_unit = match unit {
        "oz" => Decimal::ONE / Decimal::from(16),
        "fl oz" => Decimal::new(104, 2) / Decimal::from(16),
        "lb" => Decimal::ONE,
        "g" => Decimal::ONE / Decimal::new(453_592, 3),
        _ => return None,
    };
    let exact = count.parse::<Decimal>().ok()? * size.parse::<Decimal>().ok()? * per_unit;
    Some(exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

#[test]
fn the_market_is_large_enough_to_feel_real() {
    let market = market();
    assert!(market.customers.len() >= 60 && market.items.len() >= 200);
    assert_eq!(market.school_years.len(), 3);
    for kind in CustomerType::ALL {
        assert!(market.customers.iter().filter(|customer| customer.customer_type == *kind).count() >= 5);
    }
}

#[test]
fn nothing_is_listed_twice() {
    let market = market();
    let items = || market.items.iter();
    let customers = || market.customers.iter();
    for (distinct, count) in [
        distinct(items().map(|item| &item.item_code)),
        distinct(items().map(|item| &item.description)),
        distinct(items().map(|item| &item.netsuite_id)),
        distinct(items().filter_map(|item| item.cn_number.as_ref())),
        distinct(customers().map(|customer| &customer.id)),
        distinct(customers().map(|customer| (&customer.name, &customer.state))),
        distinct(customers().map(|customer| &customer.netsuite_id)),
        distinct(customers().filter_map(|customer| customer.contact_email.as_ref())),
        distinct(market.programs.iter().map(|program| &program.id)),
    ] {
        assert_eq!(distinct, count);
    }
}

#[test]
fn codes_and_numbers_have_the_form_the_trade_gives_them() {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    for item in &market().items {
        assert!(digits(item.item_code.as_str(), 5), "{}", item.item_code);
        assert!(item.cn_number.as_deref().is_none_or(|cn| digits(cn, 6)), "{}", item.item_code);
        assert!(item.df_code.as_deref().is_none_or(|code| digits(code, 6)), "{}", item.item_code);
    }
}

#[test]
fn a_case_weighs_what_its_pack_says() {
    let mut compared = 0;
    for item in &market().items {
        if let Some(weight) = item.pack.as_deref().and_then(weight_by_pack) {
            assert_eq!(
                item.net_weight_lb.map(|net| net.decimal()),
                Some(weight.normalize()),
                "{}",
                item.item_code
            );
            compared += 1;
        }
    }
    assert!(compared >= 180, "{compared}");
}

#[test]
fn donated_food_weighs_less_than_the_case_and_has_one_value_per_material() {
    let mut values = BTreeMap::new();
    for item in market().items.iter().filter(|item| item.df_code.is_some()) {
        let food = item.donated_food().expect("its facts are complete");
        assert!(food.lb_per_case.decimal() < item.net_weight_lb.unwrap().decimal(), "{}", item.item_code);
        assert_eq!(*values.entry(food.df_code).or_insert(food.value_per_lb), food.value_per_lb);
    }
    assert!(values.len() >= 12);
    for code in ["110242", "110244", "110254", "100103", "100154"] {
        assert!(values.contains_key(code), "{code}");
    }
}

#[test]
fn every_category_a_menu_needs_is_there() {
    let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &market().items {
        *categories.entry(item.category.as_deref().unwrap()).or_default() += 1;
    }
    for category in [
        "Pizza",
        "Breakfast",
        "Poultry",
        "Beef",
        "Pork",
        "Pasta",
        "Mexican",
        "Cheese",
        "Fruit",
        "Juice",
        "Vegetables",
        "Snacks",
        "Condiments",
        "Paper Goods",
    ] {
        assert!(categories.get(category).is_some_and(|count| *count >= 5), "{category}");
    }
}

#[test]
fn a_waffle_can_be_either_of_two() {
    let item = |code: &str| market().items.iter().find(|item| item.item_code.as_str() == code).unwrap();
    let pack = |item: &Item| item.pack.clone().unwrap();
    assert!(item("10412").description.contains("Cheese, 4x6") && pack(item("10412")).starts_with("96/"));
    assert!(item("10412").donated_food().is_some());
    assert!(
        item("20817").description.starts_with("Waffle, Mini") && item("20817").description.contains("WG")
    );
    assert!(pack(item("20817")).starts_with("72/") && pack(item("20825")).starts_with("144/"));
    let waffles: Vec<_> = market()
        .items
        .iter()
        .filter(|item| item.aliases.iter().any(|alias| alias == "waffles"))
        .map(|item| item.item_code.as_str())
        .collect();
    assert_eq!(waffles, ["20817", "20825"]);
}

#[test]
fn nobody_real_can_be_written_to_or_called() {
    for customer in &market().customers {
        if let Some(email) = &customer.contact_email {
            assert!(email.ends_with(".example"), "{email}");
        }
        assert!(customer.contact_phone.as_deref().is_none_or(|phone| phone.contains(") 555-01")));
        assert!(customer.zip.as_deref().is_some_and(|zip| zip.len() == 5));
        assert!(customer.state.as_deref().is_some_and(|state| state.len() == 2));
    }
    assert!(market().company.email.ends_with(".example") && market().company.phone.contains("555-01"));
}
