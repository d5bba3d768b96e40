//! The rules of applying the feed.

use domain::{Canonical, OpId};
use serde_json::{Value, json};

use super::*;
use crate::outbox::{NewOp, OpState};
use crate::row_key::RowKey;
use crate::scratch::{self, NOW};
use crate::search;
use crate::store::Store;
use crate::{Reader, actions};

const YEAR: &str = "2026-2027";

fn came(table: &str, row: Value) -> String {
    let key: Vec<Value> = key_columns(table).unwrap().iter().map(|column| row[*column].clone()).collect();
    json!({ "seq": 1, "table": table, "key": key, "row": row }).to_string()
}

fn gone(table: &str, key: Value) -> String {
    json!({ "seq": 2, "table": table, "key": key, "gone": true }).to_string()
}

fn customer(id: &str, name: &str) -> String {
    came(
        "customers",
        json!({ "id": id, "name": name, "customer_type": "district", "entitystatus": "active", "aliases": "",
            "updated_at": NOW }),
    )
}

fn item(code: &str) -> String {
    came("spec_items", json!({ "item_code": code, "description": "Pizza", "updated_at": NOW }))
}

fn price(customer: &str, item: &str, case_price: &str) -> String {
    came(
        "pricing_master",
        json!({ "customer_id": customer, "item_code": item, "school_year": YEAR, "case_price": case_price,
            "updated_at": NOW }),
    )
}

fn price_key(customer: &str, item: &str) -> RowKey {
    RowKey::of("pricing_master", &[json!(customer), json!(item), json!(YEAR)]).unwrap()
}

fn quote(id: &str, customer: &str) -> String {
    came(
        "quotes",
        json!({ "id": id, "customer_id": customer, "school_year": YEAR, "lifecycle_status": "approved",
            "generated_at": NOW, "issued_on": "2026-07-01", "valid_until": "2026-08-01", "price_from": "2026-07-01",
            "price_to": "2027-06-30", "include_pdf": 1, "cases": 3, "commercial": "1.0000", "df_value": "0.0000",
            "total": "1.0000", "prepared_by": "Ann", "snapshot_hash": "x", "snapshot": "{}", "updated_at": NOW,
            "run_id": format!("run-{id}") }),
    )
}

fn line(quote: &str, line_no: u8) -> String {
    came(
        "quote_lines",
        json!({ "quote_id": quote, "line_no": line_no, "item_code": "1", "description": "Pizza", "quantity": 3,
            "case_price": "1.0000", "price_source": "x", "program": "commercial", "net_price": "1.0000",
            "extended": "3.0000" }),
    )
}

fn outcome(quote: &str, reason: &str) -> String {
    came(
        "quote_outcomes",
        json!({ "quote_id": quote, "outcome": "declined", "reason": reason, "competitor": "Example Foods",
            "note": null, "decided_by": "Ann", "decided_at": NOW, "updated_at": NOW }),
    )
}

fn action(id: &str, key: &str, customer: &str) -> String {
    came(
        "proposed_actions",
        json!({ "id": id, "action_type": "quote_draft", "action_key": key, "status": "pending", "summary": "s",
            "risk_level": 3, "customer_id": customer, "payload": "{}", "payload_hash": Canonical::stored("{}".into()).hash(),
            "drafted_by": "Ann", "created_at": NOW, "expires_at": NOW, "updated_at": NOW }),
    )
}

fn page(store: &Store, lines: &[String]) -> Vec<Applied> {
    store
        .write_feed(NOW, |feed| {
            lines.iter().map(|line| feed.apply(&Change::from_line(line)?)).collect::<Result<Vec<_>, _>>()
        })
        .unwrap()
}

fn written(store: &Store, lines: &[String]) {
    for (line, applied) in lines.iter().zip(page(store, lines)) {
        assert_eq!(applied, Applied::Written, "{line}");
    }
}

fn ids(store: &Store, sql: &str) -> Vec<String> {
    store.read(|db| db.all(sql, [], |row| row.get(0))).unwrap()
}

fn prices(store: &Store) -> Vec<String> {
    ids(store, "SELECT customer_id || item_code || ' ' || case_price FROM pricing_master ORDER BY 1")
}

fn due(store: &Store) -> Vec<RowKey> {
    store.read(|db| refetch::due(db, 100)).unwrap()
}

/// An operation that announces rows.
fn announce(store: &Store, name: &str, rows: &[RowKey]) -> OpId {
    let op_id: OpId = name.parse().unwrap();
    store
        .write(|tx| {
            let op = NewOp {
                op_id: &op_id,
                aggregate: "a",
                kind: "rows",
                payload: &Canonical::stored("{}".to_owned()),
                run_id: None,
                step_id: None,
                after: None,
                touches: rows,
                created_by: "Ann",
            };
            outbox::put(tx, &op, NOW)
        })
        .unwrap();
    op_id
}

fn acknowledge(store: &Store, op: &OpId) {
    assert!(store.write(|tx| outbox::acknowledge(tx, op, "{}", NOW)).unwrap());
}

#[test]
fn a_row_may_come_before_the_one_it_points_to() {
    let (_folder, store) = scratch::store();
    written(&store, &[line("Q1", 1), quote("Q1", "C1"), price("C1", "1", "2.0000"), item("1")]);
    assert!(!store.foreign_key_check().unwrap().is_empty());
    written(&store, &[customer("C1", "One")]);
    assert_eq!(store.foreign_key_check().unwrap(), Vec::<String>::new());
}

#[test]
fn foreign_keys_are_checked_again_whatever_happened_in_the_page() {
    let (_folder, store) = scratch::store();
    let orphan = |tx: &WriteTx<'_>| {
        tx.execute("INSERT INTO customer_profiles (customer_id, updated_at) VALUES ('nobody', ?1)", [NOW])
    };
    let refused = || {
        let error = store.write(orphan).unwrap_err();
        assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
    };
    store.write_feed(NOW, |_| Ok::<_, StoreError>(())).unwrap();
    refused();
    store.write_feed(NOW, |feed| orphan(feed).and(Err::<(), _>(StoreError::Busy))).unwrap_err();
    refused();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write_feed(NOW, |feed| {
            orphan(feed)?;
            if feed.any("SELECT 1 FROM customer_profiles", [])? {
                panic!("in the middle of a page");
            }
            Ok::<_, StoreError>(())
        })
    }));
    assert!(panicked.is_err());
    refused();
    assert_eq!(ids(&store, "SELECT customer_id FROM customer_profiles"), [""; 0]);
}

#[test]
fn a_row_is_written_changed_left_alone_and_taken_away() {
    let (_folder, store) = scratch::store();
    assert_eq!(page(&store, &[price("C1", "1", "2.0000")]), [Applied::Written]);
    assert_eq!(page(&store, &[price("C1", "1", "2.0000")]), [Applied::Unchanged]);
    assert_eq!(page(&store, &[price("C1", "1", "3.0000")]), [Applied::Written]);
    assert_eq!(prices(&store), ["C11 3.0000"]);
    let end = gone("pricing_master", json!(["C1", "1", YEAR]));
    assert_eq!(page(&store, &[end.clone(), end]), [Applied::Written, Applied::Unchanged]);
    assert!(prices(&store).is_empty());
}

#[test]
fn a_row_made_of_parts_is_the_same_as_its_line() {
    let (_folder, store) = scratch::store();
    let text = price("C1", "1", "2.0000");
    let value: Value = serde_json::from_str(&text).unwrap();
    let key = value["key"].to_string();
    let change = Change::of(1, "pricing_master", &key, value["row"].as_object()).unwrap();
    let mut from_line = Change::from_line(&text).unwrap();
    assert_eq!((&change.table, &change.key), (&from_line.table, &from_line.key));
    let sort = |row: &mut Option<FeedRow<'_>>| row.as_mut().unwrap().0.sort_by(|a, b| a.0.cmp(&b.0));
    let mut parts = change.clone();
    sort(&mut parts.row);
    sort(&mut from_line.row);
    assert_eq!(parts, from_line);
    assert_eq!(store.write_feed(NOW, |feed| feed.apply(&change)).unwrap(), Applied::Written);
}

#[test]
fn a_row_that_waits_to_be_announced_is_held_and_asked_for_again_afterwards() {
    let (_folder, store) = scratch::store();
    written(&store, &[price("C1", "1", "2.0000")]);
    let op = announce(&store, "op", &[price_key("C1", "1")]);
    let lines = [price("C1", "1", "9.0000"), price("C1", "2", "9.0000")];
    assert_eq!(page(&store, &lines), [Applied::Held, Applied::Written]);
    let end = gone("pricing_master", json!(["C1", "1", YEAR]));
    assert_eq!(page(&store, &[end]), [Applied::Held]);
    assert_eq!(prices(&store), ["C11 2.0000", "C12 9.0000"]);
    assert_eq!((due(&store), store.read(refetch::count).unwrap()), (vec![], 1));
    acknowledge(&store, &op);
    assert_eq!(due(&store), [price_key("C1", "1")]);
    written(&store, &[price("C1", "1", "9.0000")]);
    assert_eq!(store.read(refetch::count).unwrap(), 0);
}

#[test]
fn a_parked_operation_still_holds_its_rows_and_a_discarded_one_does_not() {
    let (_folder, store) = scratch::store();
    let op = announce(&store, "op", &[price_key("C1", "1")]);
    assert!(store.write(|tx| outbox::park(tx, &op, "rejected", "no", NOW)).unwrap());
    assert_eq!(page(&store, &[price("C1", "1", "9.0000")]), [Applied::Held]);
    assert!(store.write(|tx| outbox::discard(tx, &op, NOW)).unwrap());
    assert_eq!(store.read(|db| outbox::in_state(db, OpState::Discarded, 9)).unwrap().len(), 1);
    assert_eq!(page(&store, &[price("C1", "1", "9.0000")]), [Applied::Written]);
}

#[test]
fn a_newer_and_an_older_central_are_understood() {
    let (_folder, store) = scratch::store();
    let newer = came(
        "spec_items",
        json!({ "new": { "a": [1.5] }, "updated_at": NOW, "item_code": "1",
        "description": "Pizza", "status": "retired", "brand": "Old" }),
    );
    written(&store, &[newer]);
    // Columns the older one does not have: the schema's default, or nothing.
    written(
        &store,
        &[came("spec_items", json!({ "item_code": "1", "description": "Pie", "updated_at": NOW }))],
    );
    let row = "SELECT description || ' ' || status || ' ' || aliases || coalesce(brand, '-') FROM spec_items";
    assert_eq!(ids(&store, row), ["Pie active -"]);
    let unknown = json!({ "seq": 3, "table": "tomorrow", "key": ["a"], "row": { "id": "a" } }).to_string();
    assert_eq!(page(&store, &[unknown]), [Applied::Unknown]);
}

#[test]
fn a_row_that_does_not_fit_is_listed_and_holds_up_no_other() {
    let (_folder, store) = scratch::store();
    let odd = |name: &str, value: Value| {
        let mut row = json!({ "id": "C1", "name": "One", "customer_type": "district", "entitystatus": "active",
            "updated_at": NOW });
        row[name] = value;
        json!({ "seq": 1, "table": "customers", "key": ["C1"], "row": row }).to_string()
    };
    let lines = [
        odd("customer_type", json!("school on the moon")),
        odd("updated_at", Value::Null),
        odd("name", json!({ "first": "One" })),
        odd("id", json!("C2")),
        customer("C3", "Three"),
    ];
    let applied = page(&store, &lines);
    for (line, applied) in lines.iter().zip(&applied).take(4) {
        assert!(matches!(applied, Applied::Refused(why) if !why.is_empty()), "{line}: {applied:?}");
    }
    assert_eq!(applied[4], Applied::Written);
    assert_eq!(ids(&store, "SELECT id FROM customers"), ["C3"]);
    assert_eq!(due(&store), [RowKey::of("customers", &[json!("C1")]).unwrap()]);
}

#[test]
fn of_two_pending_actions_on_the_same_thing_the_second_waits_until_ours_is_settled() {
    let (_folder, store) = scratch::store();
    written(&store, &[action("01J0000000000000000000000A", "draft:1", "C1")]);
    let theirs = action("01J0000000000000000000000B", "draft:1", "C1");
    assert!(matches!(page(&store, std::slice::from_ref(&theirs))[..], [Applied::Refused(_)]));
    let ours = "01J0000000000000000000000A".parse().unwrap();
    assert!(store.write(|tx| actions::void(tx, &ours, "theirs stands", None, NOW)).unwrap());
    written(&store, &[theirs]);
    assert_eq!(store.read(refetch::count).unwrap(), 0);
}

#[test]
fn the_search_follows_what_came_and_what_went() {
    let (_folder, store) = scratch::store();
    let found = |text: &str| store.read(|db| search::search_customers(db, text, 9)).unwrap().len();
    written(&store, &[customer("C1", "Cedar Falls")]);
    assert_eq!(found("cedar"), 1);
    written(&store, &[customer("C1", "Waverly")]);
    assert_eq!((found("cedar"), found("waverly")), (0, 1));
    written(&store, &[gone("customers", json!(["C1"]))]);
    assert_eq!(found("waverly"), 0);
    let whole = "INSERT INTO customers_fts (customers_fts, rank) VALUES ('integrity-check', 1)";
    store.write(|tx| tx.execute(whole, []).map(|_| ())).unwrap();
}

/// Two customers with everything the feed knows of them.
fn two_customers(store: &Store) {
    let mut lines = vec![item("1")];
    for (customer_id, quote_id) in [("C1", "Q1"), ("C2", "Q2")] {
        let run = format!("run-{quote_id}");
        lines.extend([
            customer(customer_id, customer_id),
            came("customer_profiles", json!({ "customer_id": customer_id, "updated_at": NOW })),
            came(
                "customer_programs",
                json!({ "id": format!("P{customer_id}"), "customer_id": customer_id,
                "program": "noi", "status": "active", "school_year": YEAR, "updated_at": NOW }),
            ),
            price(customer_id, "1", "2.0000"),
            quote(quote_id, customer_id),
            line(quote_id, 1),
            outcome(quote_id, "price"),
            came(
                "proposed_pricing",
                json!({ "quote_id": quote_id, "customer_id": customer_id, "item_code": "1",
                "school_year": YEAR, "case_price": "2.0000", "effective_from": NOW, "effective_to": NOW,
                "status": "promoted", "proposed_at": NOW }),
            ),
            came(
                "price_history",
                json!({ "replaced_by_quote": quote_id, "customer_id": customer_id,
                "item_code": "1", "school_year": YEAR, "case_price": "1.0000", "replaced_at": NOW }),
            ),
            action(&format!("A{customer_id}"), customer_id, customer_id),
            came(
                "workflow_runs",
                json!({ "run_id": run, "workflow_type": "customer_quote", "contract_version": 1,
                "customer_id": customer_id, "quote_id": quote_id, "status": "completed", "started_by": "Ann",
                "started_at": NOW, "completed_at": NOW }),
            ),
            came(
                "workflow_run_log",
                json!({ "run_id": run, "workflow_type": "customer_quote",
                "status": "completed", "started_at": NOW, "completed_at": NOW, "summary_json": "{}" }),
            ),
            came("reflexion_log", json!({ "run_id": run, "tags": "t", "narrative": "n", "created_at": NOW })),
            came(
                "workflow_events",
                json!({ "run_id": run, "event": "workflow.completed", "payload": "{}",
                "created_at": NOW }),
            ),
            came(
                "workflow_verify_results",
                json!({ "run_id": run, "check_id": "c", "status": "passed",
                "evidence": "{}", "created_at": NOW }),
            ),
            came(
                "alerts",
                json!({ "id": format!("L{customer_id}"), "customer_id": customer_id, "message": "m",
                "created_at": NOW }),
            ),
            came(
                "outbound_email_log",
                json!({ "id": format!("E{customer_id}"), "related_quote_id": quote_id,
                "action_id": "a", "recipient": "r", "subject": "s", "sent_at": NOW }),
            ),
        ]);
    }
    written(store, &lines);
}

/// How many rows each table has, items aside.
fn counts(db: &Reader<'_>) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let tables = tables::all().iter().map(|known| known.table.name).filter(|name| *name != "spec_items");
    tables.map(|name| Ok((name, db.number(&format!("SELECT count(*) FROM {name}"), [])?))).collect()
}

#[test]
fn a_customer_who_went_leaves_nothing_and_takes_nobody_along() {
    let (_folder, store) = scratch::store();
    two_customers(&store);
    assert!(store.read(counts).unwrap().iter().all(|(_, count)| *count == 2));
    let evict = json!({ "seq": 9, "table": "_evict", "key": ["C1", "ann"], "row": { "customer_id": "C1" } });
    assert_eq!(page(&store, &[evict.to_string()]), [Applied::Written]);
    for (table, count) in store.read(counts).unwrap() {
        assert_eq!(count, 1, "{table}");
    }
    assert_eq!(ids(&store, "SELECT id FROM customers"), ["C2"]);
    assert_eq!(store.foreign_key_check().unwrap(), Vec::<String>::new());
    assert_eq!(store.write_feed(NOW, |feed| feed.evict("C1")).unwrap(), Evicted::default());
}

#[test]
fn what_waits_to_be_announced_outlives_the_customers_going() {
    let (_folder, store) = scratch::store();
    two_customers(&store);
    let rows = [
        RowKey::of("quotes", &[json!("Q1")]).unwrap(),
        RowKey::of("quote_lines", &[json!("Q1"), json!(1)]).unwrap(),
    ];
    let op = announce(&store, "op", &rows);
    let evicted = store.write_feed(NOW, |feed| feed.evict("C1")).unwrap();
    assert_eq!(evicted.held, 2);
    assert_eq!(ids(&store, "SELECT id FROM quotes ORDER BY id"), ["Q1", "Q2"]);
    assert_eq!(ids(&store, "SELECT id FROM customers ORDER BY id"), ["C1", "C2"]);
    assert_eq!(prices(&store), ["C21 2.0000"]);
    assert_eq!(store.foreign_key_check().unwrap(), Vec::<String>::new());
    acknowledge(&store, &op);
    let asked = due(&store);
    let tables: Vec<&str> = asked.iter().map(|row| row.table.as_str()).collect();
    assert_eq!(tables, ["customers", "quote_lines", "quotes"]);
    let answers: Vec<String> =
        asked.iter().map(|row| gone(&row.table, serde_json::from_str(row.key.as_str()).unwrap())).collect();
    written(&store, &answers);
    assert!(due(&store).is_empty());
    assert_eq!(ids(&store, "SELECT id FROM quotes"), ["Q2"]);
}

#[test]
fn an_action_decided_here_stays_for_the_audit() {
    let (_folder, store) = scratch::store();
    two_customers(&store);
    store
        .write(|tx| {
            let sql = "INSERT INTO decisions VALUES (1, 'AC1', '{}', 'p', 'h', 's', 'k')";
            tx.execute(sql, []).map(|_| ())
        })
        .unwrap();
    store.write_feed(NOW, |feed| feed.evict("C1")).unwrap();
    assert_eq!(ids(&store, "SELECT id FROM proposed_actions ORDER BY id"), ["AC1", "AC2"]);
}

#[test]
fn after_a_resync_what_did_not_come_is_gone() {
    let (_folder, store) = scratch::store();
    two_customers(&store);
    written(&store, &[item("2"), item("3"), price("C2", "3", "1.0000")]);
    store.write(|tx| begin_resync(tx, NOW)).unwrap();
    assert!(store.read(is_resyncing).unwrap());
    let op = announce(&store, "op", &[price_key("C2", "3")]);
    page(&store, &[customer("C2", "Two"), item("1"), price("C2", "1", "2.0000"), item("9")]);
    let swept = finish_resync(&store, NOW).unwrap();
    assert_eq!(swept.held, 1);
    assert_eq!(ids(&store, "SELECT id FROM customers"), ["C2"]);
    // Item 2 is gone; item 3 has a price that waits to be announced.
    assert_eq!(ids(&store, "SELECT item_code FROM spec_items ORDER BY 1"), ["1", "3", "9"]);
    assert_eq!(prices(&store), ["C21 2.0000", "C23 1.0000"]);
    assert_eq!(ids(&store, "SELECT id FROM quotes"), ["Q2"]);
    assert_eq!(ids(&store, "SELECT id FROM customer_programs"), [""; 0]);
    assert!(!store.read(is_resyncing).unwrap());
    assert_eq!(finish_resync(&store, NOW).unwrap(), Swept::default());
    acknowledge(&store, &op);
    assert_eq!(due(&store), [price_key("C2", "3")]);
}

#[test]
fn a_row_that_is_held_counts_as_come() {
    let (_folder, store) = scratch::store();
    two_customers(&store);
    let op = announce(&store, "op", &[price_key("C1", "1")]);
    store.write(|tx| begin_resync(tx, NOW)).unwrap();
    let lines = [customer("C1", "C1"), item("1"), price("C1", "1", "5.0000")];
    assert_eq!(page(&store, &lines), [Applied::Unchanged, Applied::Unchanged, Applied::Held]);
    acknowledge(&store, &op);
    finish_resync(&store, NOW).unwrap();
    assert_eq!(prices(&store), ["C11 2.0000"]);
}

#[test]
fn a_first_sync_notes_nothing() {
    let (_folder, store) = scratch::store();
    store.write(|tx| begin_resync(tx, NOW)).unwrap();
    two_customers(&store);
    assert_eq!(ids(&store, "SELECT tbl FROM feed_seen"), [""; 0]);
    assert_eq!(finish_resync(&store, NOW).unwrap(), Swept::default());
    assert_eq!(ids(&store, "SELECT id FROM customers ORDER BY id"), ["C1", "C2"]);
}

#[test]
fn a_page_that_fails_leaves_nothing_of_itself() {
    let (_folder, store) = scratch::store();
    let failed = store.write_feed(NOW, |feed| {
        feed.apply(&Change::from_line(&item("1"))?)?;
        feed.apply(&Change::from_line("{\"seq\":2,\"table\":\"spec_it")?)
    });
    assert!(matches!(failed, Err(StoreError::Json(_))));
    assert_eq!(ids(&store, "SELECT item_code FROM spec_items"), [""; 0]);
}

#[test]
fn what_a_customer_said_comes_is_corrected_and_goes() {
    let (_folder, store) = scratch::store();
    let said = || {
        let id = "Q-2627-ABCDEF-0001".parse().unwrap();
        store.read(|db| crate::quote_outcomes::get(db, &id)).unwrap().map(|row| (row.reason, row.decided_by))
    };
    let id = "Q-2627-ABCDEF-0001";
    written(&store, &[customer("C1", "One"), quote(id, "C1"), outcome(id, "price")]);
    assert_eq!(said(), Some((Some("price".to_owned()), "Ann".to_owned())));
    written(&store, &[outcome(id, "competitor")]);
    assert_eq!(said(), Some((Some("competitor".to_owned()), "Ann".to_owned())));
    written(&store, &[gone("quote_outcomes", json!([id]))]);
    assert_eq!(said(), None);
}
