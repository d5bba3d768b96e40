//! A window shows what the whole list would show there, and how long that list is.

use domain::{CustomerId, ItemCode, Lifecycle, QuoteId};
use rusqlite::params;

use super::*;
use crate::fixtures::{customer, item, price};
use crate::scratch::{self, NOW};
use crate::{Store, StoreError, WriteTx, customers as customer_rows, pricing_master, spec_items};

const CUSTOMERS: &[(&str, &str)] =
    &[("C1", "Waverly Schools"), ("C2", "Cedar Falls District"), ("C3", "cedar rapids District")];
const ITEMS: &[(&str, &str, &str)] = &[
    ("20001", "Breakfast Burrito", "Breakfast"),
    ("10412", "Pizza, Cheese", "Pizza"),
    ("10413", "Pizza, Pepperoni", "Pizza"),
];

fn stocked() -> (tempfile::TempDir, Store) {
    let (folder, store) = scratch::store();
    store
        .write(|tx| {
            for (id, name) in CUSTOMERS {
                customer_rows::upsert(tx, &customer(id, name), NOW)?;
            }
            for (code, description, category) in ITEMS {
                let mut new = item(code, description);
                new.category = Some((*category).to_owned());
                spec_items::upsert(tx, &new, NOW)?;
            }
            // C2 has no price at all.
            for whose in ["C1", "C3"] {
                for (code, ..) in ITEMS {
                    for year in ["2023-2024", "2024-2025", "2025-2026", "2026-2027"] {
                        pricing_master::upsert(tx, &price(whose, code, year, "41.75"), NOW)?;
                    }
                }
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    (folder, store)
}

fn at(offset: u32, limit: u32) -> Place {
    Place { offset, limit }
}

fn listed(store: &Store, year: Option<&str>, place: Place) -> (Vec<String>, u64) {
    let year = year.map(|year| year.parse().unwrap());
    let window = store.read(|db| prices(db, "", year, place)).unwrap();
    let key = |hit: &crate::search::PriceHit| {
        format!("{} {} {}", hit.price.customer_id, hit.price.item_code, hit.price.school_year)
    };
    (window.rows.iter().map(key).collect(), window.total)
}

#[test]
fn a_window_over_prices_at_any_place_is_that_part_of_the_whole_list() {
    let (_folder, store) = stocked();
    for (year, length) in [(None, 24), (Some("2025-2026"), 6), (Some("2020-2021"), 0)] {
        let (whole, total) = listed(&store, year, at(0, 100));
        assert_eq!((whole.len(), total), (length, length as u64), "{year:?}");
        assert!(whole.is_sorted(), "{whole:?}");
        for offset in 0..=26_u32 {
            let (part, total) = listed(&store, year, at(offset, 5));
            let expected: Vec<String> = whole.iter().skip(offset as usize).take(5).cloned().collect();
            assert_eq!((part, total), (expected, length as u64), "{year:?} from {offset}");
        }
    }
}

#[test]
fn the_counts_follow_every_way_a_price_comes_goes_or_moves() {
    let (_folder, store) = stocked();
    let true_counts = |db: &crate::Reader<'_>| {
        let read = |sql: &str| {
            db.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .map(|rows: Vec<(String, String, u64)>| rows)
        };
        let counted = read("SELECT customer_id, school_year, prices FROM price_counts ORDER BY 1, 2")?;
        let real = read(
            "SELECT customer_id, school_year, count(*) FROM pricing_master GROUP BY 1, 2 ORDER BY 1, 2",
        )?;
        assert_eq!(counted, real);
        Ok::<_, StoreError>(())
    };
    let change = |sql: &str| {
        store.write(|tx| tx.execute(sql, []).map(drop)).unwrap();
        store.read(true_counts).unwrap();
    };
    store.read(true_counts).unwrap();
    // Again, as an import does: nothing is counted twice.
    store.write(|tx| pricing_master::upsert(tx, &price("C1", "10412", "2026-2027", "42.00"), NOW)).unwrap();
    store.read(true_counts).unwrap();
    change("DELETE FROM pricing_master WHERE item_code = '10413'");
    change("DELETE FROM pricing_master WHERE customer_id = 'C1' AND school_year = '2023-2024'");
    change("UPDATE pricing_master SET school_year = '2027-2028' WHERE school_year = '2026-2027'");
    change("UPDATE pricing_master SET customer_id = 'C2' WHERE customer_id = 'C3' AND item_code = '20001'");
    change("UPDATE pricing_master SET school_year = school_year, case_price = '1.0000'");
}

#[test]
fn one_customer_s_prices_are_by_item_and_show_the_newest_three_years() {
    let (_folder, store) = stocked();
    let ask = |whose: &str, text: &str, place| {
        let whose: CustomerId = whose.parse().unwrap();
        store.read(|db| customer_prices(db, &whose, text, place)).unwrap()
    };
    let all = ask("C1", "", at(0, 10));
    let codes = |window: &Window<ItemPrices>| -> Vec<String> {
        window.rows.iter().map(|row| row.item_code.to_string()).collect()
    };
    assert_eq!((codes(&all), all.total), (vec!["10412".into(), "10413".into(), "20001".into()], 3));
    let years: Vec<String> = all.rows[0].prices.iter().map(|price| price.school_year.to_string()).collect();
    assert_eq!(years, ["2024-2025", "2025-2026", "2026-2027"]);
    assert_eq!(codes(&ask("C1", "", at(1, 1))), ["10413"]);
    assert_eq!(codes(&ask("C1", "pizza", at(0, 10))), ["10412", "10413"]);
    assert_eq!(codes(&ask("C1", "burito", at(0, 10))), ["20001"], "a slip is forgiven");
    assert!(codes(&ask("C2", "pizza", at(0, 10))).is_empty(), "a customer without prices has none");
}

#[test]
fn customers_are_by_name_whatever_its_case_and_items_by_code() {
    let (_folder, store) = stocked();
    let names = |text: &str, place| {
        let window = store.read(|db| customers(db, text, place)).unwrap();
        (window.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), window.total)
    };
    assert_eq!(
        names("", at(0, 9)),
        (vec!["Cedar Falls District".into(), "cedar rapids District".into(), "Waverly Schools".into()], 3)
    );
    assert_eq!(names("", at(1, 1)), (vec!["cedar rapids District".into()], 3));
    assert_eq!(names("cedar", at(1, 9)).1, 2, "what a text found is counted, not what is shown of it");
    let codes = |text: &str, category, place| {
        let window = store.read(|db| items(db, text, category, place)).unwrap();
        (window.rows.into_iter().map(|row| row.item_code.to_string()).collect::<Vec<_>>(), window.total)
    };
    assert_eq!(codes("", Some("Pizza"), at(0, 9)), (vec!["10412".into(), "10413".into()], 2));
    assert_eq!(codes("pizza", Some("Breakfast"), at(0, 9)), (vec![], 0));
    assert_eq!(codes("pizza", None, at(0, 9)).1, 2);
    assert_eq!(store.read(categories).unwrap(), ["Breakfast", "Pizza"]);
}

/// A quote with one line; the n-th was written on the n-th of the month.
fn quote_row(
    tx: &WriteTx<'_>,
    n: u32,
    whose: &str,
    year: &str,
    status: &str,
    what: &str,
    revision_of: Option<&str>,
) -> Result<(), StoreError> {
    let id = format!("Q-2627-ABCDEF-{n:04}");
    tx.execute(
        "INSERT INTO quotes (id, customer_id, school_year, lifecycle_status, generated_at, issued_on,
           valid_until, price_from, price_to, revision_of, include_pdf, cases, commercial, df_value, total,
           prepared_by, snapshot_hash, snapshot, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, '2026-11-01', '2026-12-31', '2026-07-01', '2027-06-30', ?6, 1, 1,
           '1.0000', '0.0000', '1.0000', 'Sam', '', '{}', ?5)",
        params![id, whose, year, status, format!("2026-11-{n:02}T00:00:00.000Z"), revision_of],
    )?;
    tx.execute(
        "INSERT INTO quote_lines (quote_id, line_no, item_code, description, quantity, case_price,
           price_source, program, net_price, extended)
         VALUES (?1, 1, ?2, 'x', 1, '1.0000', 'current', 'commercial', '1.0000', '1.0000')",
        params![id, what],
    )?;
    Ok(())
}

fn quoted() -> (tempfile::TempDir, Store) {
    let (folder, store) = stocked();
    let first = "Q-2627-ABCDEF-0001";
    store
        .write(|tx| {
            quote_row(tx, 1, "C1", "2025-2026", "superseded", "10412", None)?;
            quote_row(tx, 2, "C2", "2026-2027", "sent", "10413", None)?;
            quote_row(tx, 3, "C1", "2026-2027", "cancelled", "20001", Some(first))?;
            quote_row(tx, 4, "C1", "2025-2026", "sent", "10412", Some(first))
        })
        .unwrap();
    (folder, store)
}

fn numbers(store: &Store, filter: &QuoteFilter<'_>, place: Place) -> (Vec<u32>, u64) {
    let window = store.read(|db| quotes(db, filter, place)).unwrap();
    let number = |row: &QuoteHead| row.id.as_str().rsplit('-').next().unwrap().parse().unwrap();
    (window.rows.iter().map(number).collect(), window.total)
}

#[test]
fn quotes_are_filtered_together_and_the_newest_come_first() {
    let (_folder, store) = quoted();
    let all = QuoteFilter::default();
    assert_eq!(numbers(&store, &all, at(0, 9)), (vec![4, 3, 2, 1], 4));
    assert_eq!(numbers(&store, &all, at(1, 2)), (vec![3, 2], 4));
    let sent = QuoteFilter { lifecycle: Some(Lifecycle::Sent), ..all.clone() };
    assert_eq!(numbers(&store, &sent, at(0, 9)), (vec![4, 2], 2));
    let whose: CustomerId = "C1".parse().unwrap();
    let theirs = QuoteFilter { customer_id: Some(&whose), ..sent.clone() };
    assert_eq!(numbers(&store, &theirs, at(0, 9)), (vec![4], 1));
    let of_year = QuoteFilter { school_year: Some("2026-2027".parse().unwrap()), ..all };
    assert_eq!(numbers(&store, &of_year, at(0, 9)), (vec![3, 2], 2));
    let facets = store.read(facets).unwrap();
    assert_eq!(
        facets.school_years.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2026-2027", "2025-2026"]
    );
    assert_eq!(
        facets.lifecycles,
        [(Lifecycle::Cancelled, 1), (Lifecycle::Sent, 2), (Lifecycle::Superseded, 1)]
    );
}

#[test]
fn a_quote_is_found_by_its_number_its_customer_and_its_items() {
    let (_folder, store) = quoted();
    let found = |text: &str| numbers(&store, &QuoteFilter { text, ..QuoteFilter::default() }, at(0, 9)).0;
    assert_eq!(found("abcdef-0003"), [3]);
    assert_eq!(found("cedar"), [2]);
    assert_eq!(found("1041"), [4, 2, 1], "an item's code as it is begun to be typed");
    assert_eq!(found("wavrely"), [4, 3, 1], "a slip in a name is forgiven");
    assert_eq!(found("zzzz"), Vec::<u32>::new());
    let of_it: ItemCode = "10412".parse().unwrap();
    assert_eq!(store.read(|db| super::of_item(db, &of_it, 9)).unwrap().len(), 2);
}

#[test]
fn revisions_of_one_another_are_one_chain_and_a_withdrawn_one_takes_no_place() {
    let (_folder, store) = quoted();
    let id = |n: u32| -> QuoteId { format!("Q-2627-ABCDEF-{n:04}").parse().unwrap() };
    for n in [1, 3, 4] {
        assert_eq!(store.read(|db| revisions(db, &id(n))).unwrap(), [id(1), id(3), id(4)]);
    }
    assert_eq!(store.read(|db| revisions(db, &id(2))).unwrap(), [id(2)]);
    let first = store.read(|db| quote(db, &id(1))).unwrap().unwrap();
    assert_eq!(first.superseded_by, Some(id(4)));
}
