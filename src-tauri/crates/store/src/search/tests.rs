//! What people type, and what they should find.

use domain::{CustomerId, ItemCode, Price};
use proptest::prelude::*;

use super::*;
use crate::fixtures::{customer, item, price};
use crate::pricing_master;
use crate::scratch::{self, NOW};
use crate::{Store, StoreError};

fn stocked() -> (tempfile::TempDir, Store) {
    let (folder, store) = scratch::store();
    let names = [
        ("C1", "Cedar Falls Community School District", "cfsd|the falls"),
        ("C2", "Cedar Rapids Community School District", "crcsd"),
        ("C3", "Waverly-Shell Rock Schools", ""),
        ("C4", "Peña Blanca Unified", ""),
        ("C5", "Falls City Public Schools", ""),
    ];
    let items = [
        ("10412", "Pizza, Cheese, 16\" Whole Grain", "cheese pizza"),
        ("10413", "Pizza, Pepperoni Stuffed", ""),
        ("20001", "Breakfast Burrito, Egg & Cheese", "brekkie"),
    ];
    store
        .write(|tx| {
            for (id, name, aliases) in names {
                let mut new = customer(id, name);
                new.aliases =
                    aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
                customers::upsert(tx, &new, NOW)?;
            }
            for (code, description, aliases) in items {
                let mut new = item(code, description);
                new.aliases = vec![aliases.to_owned()];
                spec_items::upsert(tx, &new, NOW)?;
            }
            for (whose, what, year, amount) in [
                ("C1", "10412", "2025-2026", "40.00"),
                ("C1", "10412", "2026-2027", "41.75"),
                ("C1", "20001", "2026-2027", "22.00"),
                ("C2", "10412", "2026-2027", "42.00"),
            ] {
                pricing_master::upsert(tx, &price(whose, what, year, amount), NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    (folder, store)
}

fn names(store: &Store, text: &str) -> Vec<String> {
    let hits = store.read(|db| search_customers(db, text, 10)).unwrap();
    hits.into_iter().map(|hit| hit.found.id.to_string()).collect()
}

fn codes(store: &Store, text: &str) -> Vec<String> {
    let hits = store.read(|db| search_items(db, text, 10)).unwrap();
    hits.into_iter().map(|hit| hit.found.item_code.to_string()).collect()
}

#[test]
fn words_are_found_as_they_are_begun_in_any_order() {
    let (_folder, store) = stocked();
    assert_eq!(names(&store, "c")[..2], ["C1", "C2"]);
    assert_eq!(names(&store, "ced fal"), ["C1"]);
    assert_eq!(names(&store, "falls")[0], "C5", "a name begun with it comes first");
    assert_eq!(names(&store, "rock wav"), ["C3"]);
    assert_eq!(codes(&store, "pizza pep"), ["10413"]);
}

#[test]
fn a_key_or_a_nickname_finds_its_own_first() {
    let (_folder, store) = stocked();
    assert_eq!(names(&store, "c3")[0], "C3");
    assert_eq!(names(&store, "CFSD"), ["C1"]);
    assert_eq!(names(&store, "the falls")[0], "C1");
    assert_eq!(codes(&store, "10413")[0], "10413");
    let mut begun = codes(&store, "104");
    begun.sort();
    assert_eq!(begun, ["10412", "10413"]);
}

#[test]
fn accents_and_case_do_not_matter() {
    let (_folder, store) = stocked();
    for typed in ["pena", "PEÑA", "pen\u{303}a", "peña bl"] {
        assert_eq!(names(&store, typed), ["C4"], "{typed}");
    }
}

#[test]
fn slips_of_the_finger_are_forgiven() {
    let (_folder, store) = stocked();
    for typed in ["ceadr falls", "cedr falls", "cedarr falls", "cedar flals", "ceder falls", "cexar falls"] {
        assert_eq!(names(&store, typed)[0], "C1", "{typed}");
    }
    assert_eq!(codes(&store, "peperoni")[0], "10413");
    assert_eq!(codes(&store, "burito")[0], "20001");
}

#[test]
fn what_nobody_has_finds_nothing() {
    let (_folder, store) = stocked();
    for typed in ["", "   ", "zzzz", "zz", "qqqqqqqq xxxxxxxx", "🍕", "\"\"", "*", "-", "ced zzzzzz qqqqqq"]
    {
        assert_eq!(names(&store, typed), Vec::<String>::new(), "{typed:?}");
    }
}

#[test]
fn a_changed_name_is_found_by_its_new_words_only() {
    let (_folder, store) = stocked();
    store.write(|tx| customers::upsert(tx, &customer("C3", "Denver Community"), NOW)).unwrap();
    assert_eq!(names(&store, "denver"), ["C3"]);
    assert_eq!(names(&store, "waverly"), Vec::<String>::new());
}

#[test]
fn prices_are_found_by_customer_and_item_words_either_way_round() {
    let (_folder, store) = stocked();
    let found = |text: &str, year: Option<&str>| -> Vec<(String, String, String)> {
        let year = year.map(|year| year.parse().unwrap());
        let hits = store.read(|db| search_prices(db, text, year, 20)).unwrap();
        let key = |price: Price| {
            (price.customer_id.to_string(), price.item_code.to_string(), price.school_year.to_string())
        };
        hits.into_iter().map(|hit| key(hit.price)).collect()
    };
    let row = |c: &str, i: &str, y: &str| (c.to_owned(), i.to_owned(), y.to_owned());
    let both = vec![row("C1", "10412", "2026-2027"), row("C2", "10412", "2026-2027")];
    assert_eq!(found("cedar pizza", Some("2026-2027")), both);
    assert_eq!(found("pizza cedar", Some("2026-2027")), both);
    assert_eq!(
        found("cedar falls pizza", None),
        [row("C1", "10412", "2026-2027"), row("C1", "10412", "2025-2026")]
    );
    assert_eq!(found("crcsd", None), [row("C2", "10412", "2026-2027")]);
    assert_eq!(found("burrito", None), [row("C1", "20001", "2026-2027")]);
    assert_eq!(found("nobody pizza", None), []);
}

#[test]
fn an_item_is_looked_for_among_many_through_the_customers_own_prices() {
    let (_folder, store) = stocked();
    store
        .write(|tx| {
            for number in 0..100 {
                spec_items::upsert(tx, &item(&format!("M{number:03}"), "Muffin, assorted"), NOW)?;
            }
            pricing_master::upsert(tx, &price("C1", "M077", "2026-2027", "9.00"), NOW)
        })
        .unwrap();
    let hits = store.read(|db| search_prices(db, "cedar muffin", None, 20)).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].price.item_code, "M077".parse::<ItemCode>().unwrap());
    assert_eq!(hits[0].price.customer_id, "C1".parse::<CustomerId>().unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_safe_to_search_for(texts in proptest::collection::vec(
        prop_oneof!["\\PC{0,30}", "[\"'*^:(){}+~ANDORNEAR/ -]{0,30}", "(?s).{0,30}"], 6..12)) {
        let (_folder, store) = stocked();
        for text in texts {
            let outcome: Result<(), StoreError> = store.read(|db| {
                search_customers(db, &text, 5)?;
                search_items(db, &text, 5)?;
                search_prices(db, &text, None, 5)?;
                Ok(())
            });
            prop_assert!(outcome.is_ok(), "{text:?}: {outcome:?}");
        }
    }
}
