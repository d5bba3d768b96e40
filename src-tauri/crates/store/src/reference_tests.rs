//! What is written to a reference table is what is read from it.

use domain::{CustomerId, CustomerProfile, CustomerProgram, ItemCode, Program, ProgramTerms, SchoolYear};
use proptest::prelude::*;

use crate::fixtures::{customer, item, price};
use crate::scratch::{self, NOW};
use crate::{Store, StoreError, customer_profiles, customer_programs, customers, pricing_master, spec_items};

fn id(text: &str) -> CustomerId {
    text.parse().unwrap()
}

fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

fn year(text: &str) -> SchoolYear {
    text.parse().unwrap()
}

fn with_customer_and_items() -> (tempfile::TempDir, Store) {
    let (folder, store) = scratch::store();
    store
        .write(|tx| {
            customers::upsert(tx, &customer("C1", "Cedar Falls"), NOW)?;
            for code in ["10412", "10413"] {
                spec_items::upsert(tx, &item(code, "Pizza"), NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    (folder, store)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_customer_and_an_item_come_back_as_they_were(
        name in "\\PC{1,20}", city in proptest::option::of("\\PC{0,10}"), aliases in proptest::collection::vec("[^|]{1,8}", 0..3),
        servings in proptest::option::of(0u32..10_000), cents in 0i64..10_000_000,
    ) {
        let (_folder, store) = scratch::store();
        let mut wanted = customer("C1", &name);
        wanted.city = city;
        wanted.aliases.clone_from(&aliases);
        let mut thing = item("10412", &name);
        thing.servings_per_case = servings;
        thing.aliases = aliases;
        thing.net_weight_lb = Some("8.37".parse().unwrap());
        thing.df_value_per_lb = Some(domain::Money::from_cents(cents).unwrap());
        store.write(|tx| {
            customers::upsert(tx, &customer("C1", "before"), NOW)?;
            customers::upsert(tx, &wanted, NOW)?;
            spec_items::upsert(tx, &item("10412", "before"), NOW)?;
            spec_items::upsert(tx, &thing, NOW)
        }).unwrap();
        store.read(|db| {
            assert_eq!(customers::get(db, &wanted.id)?, Some(wanted.clone()));
            assert_eq!(spec_items::get(db, &thing.item_code)?, Some(thing.clone()));
            assert_eq!((customers::count(db)?, spec_items::count(db)?), (1, 1));
            Ok::<_, StoreError>(())
        }).unwrap();
    }
}

#[test]
fn a_price_comes_back_exactly_and_an_upsert_replaces_it() {
    let (_folder, store) = with_customer_and_items();
    let mut wanted = price("C1", "10412", "2026-2027", "41.7525");
    wanted.cost_basis = Some("17.17".parse().unwrap());
    wanted.margin_pct = Some("58.9".parse().unwrap());
    wanted.effective_from = "2026-07-01".parse().ok();
    wanted.effective_to = "2027-06-30".parse().ok();
    store
        .write(|tx| {
            pricing_master::upsert(tx, &price("C1", "10412", "2026-2027", "1.00"), NOW)?;
            pricing_master::upsert(tx, &wanted, NOW)
        })
        .unwrap();
    let stored =
        store.read(|db| pricing_master::get(db, &id("C1"), &code("10412"), year("2026-2027"))).unwrap();
    assert_eq!(stored, Some(wanted));
    let text: Option<String> =
        store.read(|db| db.one("SELECT case_price FROM pricing_master", [], |row| row.get(0))).unwrap();
    assert_eq!(text.as_deref(), Some("41.7525"));
}

#[test]
fn prices_are_read_by_year_before_a_year_and_across_years() {
    let (_folder, store) = with_customer_and_items();
    store
        .write(|tx| {
            for (item, year, amount) in [
                ("10412", "2023-2024", "38"),
                ("10412", "2025-2026", "40"),
                ("10412", "2026-2027", "41.75"),
                ("10413", "2026-2027", "39"),
            ] {
                pricing_master::upsert(tx, &price("C1", item, year, amount), NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .read(|db| {
            let before =
                |text: &str| pricing_master::latest_before(db, &id("C1"), &code("10412"), year(text));
            assert_eq!(before("2026-2027")?.map(|price| price.school_year), Some(year("2025-2026")));
            assert_eq!(before("2025-2026")?.map(|price| price.school_year), Some(year("2023-2024")));
            assert_eq!(before("2023-2024")?, None);
            let years: Vec<String> = pricing_master::across_years(db, &id("C1"), &code("10412"))?
                .iter()
                .map(|price| price.school_year.to_string())
                .collect();
            assert_eq!(years, ["2023-2024", "2025-2026", "2026-2027"]);
            assert_eq!(pricing_master::of_customer(db, &id("C1"), year("2026-2027"))?.len(), 2);
            let (pizza, waffle, nothing) = (code("10412"), code("10413"), code("NOSUCH"));
            let asked = [&pizza, &waffle, &nothing, &pizza];
            let many = pricing_master::of_items(db, &id("C1"), year("2026-2027"), &asked)?;
            let items = spec_items::of_codes(db, &asked)?;
            for item in asked {
                for at in ["2025-2026", "2026-2027"].map(year) {
                    let of_both = many.iter().find(|one| one.item_code == *item && one.school_year == at);
                    let one = pricing_master::get(db, &id("C1"), item, at)?;
                    assert_eq!(of_both, one.as_ref(), "all at once is as one by one");
                }
                let of_all = items.iter().find(|one| one.item_code == *item);
                assert_eq!(of_all, spec_items::get(db, item)?.as_ref());
            }
            assert_eq!((many.len(), items.len()), (3, 2), "each once, and of two years");
            let latest = |upto: &str| pricing_master::latest_years(db, &id("C1"), year(upto), &asked);
            assert_eq!(latest("2024-2025")?.get(&pizza), Some(&year("2023-2024")));
            assert_eq!(latest("2027-2028")?.get(&pizza), Some(&year("2026-2027")));
            assert_eq!(latest("2027-2028")?.get(&nothing), None);
            let mut seen = 0;
            pricing_master::for_each(db, |_| {
                seen += 1;
                Ok::<_, StoreError>(())
            })?;
            assert_eq!((seen, pricing_master::count(db)?), (4, 4));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn only_programs_in_force_in_the_year_are_in_force() {
    let (_folder, store) = with_customer_and_items();
    let program = |id: &str, status: &str, year: &str, deleted: bool| CustomerProgram {
        id: id.parse().unwrap(),
        customer_id: "C1".parse().unwrap(),
        program: Program::Noi,
        status: status.to_owned(),
        school_year: year.parse().unwrap(),
        df_code: Some("100047".to_owned()),
        terms: ProgramTerms { distributor_fee: Some("2.50".parse().unwrap()), service_fee: None },
        deleted_at: deleted.then(|| NOW.to_owned()),
    };
    let kept = program("P1", "active", "2026-2027", false);
    store
        .write(|tx| {
            customer_programs::upsert(tx, &kept, NOW)?;
            customer_programs::upsert(tx, &program("P2", "active", "2025-2026", false), NOW)?;
            customer_programs::upsert(tx, &program("P3", "ended", "2026-2027", false), NOW)?;
            customer_programs::upsert(tx, &program("P4", "active", "2026-2027", true), NOW)
        })
        .unwrap();
    store
        .read(|db| {
            assert_eq!(
                customer_programs::in_force(db, &id("C1"), year("2026-2027"))?,
                std::slice::from_ref(&kept)
            );
            assert_eq!(customer_programs::of_customer(db, &id("C1"))?.len(), 4);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_profile_comes_back_and_needs_its_customer() {
    let (_folder, store) = with_customer_and_items();
    let profile = |whose: &str| CustomerProfile {
        customer_id: id(whose),
        credit_limit: Some("50000".parse().unwrap()),
        ar_balance: None,
        last_quote_event: Some(NOW.to_owned()),
    };
    store.write(|tx| customer_profiles::upsert(tx, &profile("C1"), NOW)).unwrap();
    assert_eq!(store.read(|db| customer_profiles::get(db, &id("C1"))).unwrap(), Some(profile("C1")));
    let orphan = store.write(|tx| customer_profiles::upsert(tx, &profile("nobody"), NOW));
    assert!(orphan.unwrap_err().to_string().contains("FOREIGN KEY"));
}

#[test]
fn a_stored_value_that_does_not_read_is_an_error_and_no_default() {
    let (_folder, store) = with_customer_and_items();
    store
        .write(|tx| {
            pricing_master::upsert(tx, &price("C1", "10412", "2026-2027", "1"), NOW)?;
            tx.execute("UPDATE pricing_master SET case_price = 'plenty'", [])
        })
        .unwrap();
    let read = store.read(|db| pricing_master::get(db, &id("C1"), &code("10412"), year("2026-2027")));
    assert!(read.unwrap_err().to_string().contains("plenty"));
}
