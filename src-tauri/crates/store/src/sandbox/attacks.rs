//! What the sandbox must let through, and everything that must not get through it.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::Store;
use crate::scratch::{self, NOW};

fn seeded() -> (tempfile::TempDir, Store) {
    let (folder, store) = scratch::store();
    store
        .write(|tx| {
            tx.conn().execute_batch(
                "INSERT INTO customers (id, name, customer_type, entitystatus, updated_at) VALUES
                   ('C1', 'Cedar Falls CSD', 'district', 'active', '2026-06-01'),
                   ('C2', 'Waverly CSD', 'district', 'hold', '2026-06-01');
                 INSERT INTO customer_profiles (customer_id, updated_at) VALUES ('C1', 'x'), ('C2', 'x');
                 INSERT INTO customer_programs (id, customer_id, program, status, school_year, updated_at) VALUES
                   ('P1', 'C1', 'noi', 'active', '2026-2027', 'x'), ('P2', 'C1', 'ffs', 'ended', '2026-2027', 'x');
                 INSERT INTO spec_items (item_code, description, updated_at) VALUES
                   ('10412', 'Pizza', 'x'), ('10413', 'Calzone', 'x');
                 INSERT INTO pricing_master (customer_id, item_code, school_year, case_price, updated_at) VALUES
                   ('C1', '10412', '2026-2027', '41.7500', 'x'), ('C1', '10413', '2026-2027', '38.0000', 'x'),
                   ('C1', '10412', '2025-2026', '40.0000', 'x');
                 INSERT INTO quotes (id, customer_id, school_year, lifecycle_status, generated_at, issued_on,
                     valid_until, price_from, price_to, include_pdf, cases, commercial, df_value, total,
                     prepared_by, snapshot_hash, snapshot, updated_at)
                   SELECT 'Q-' || value, 'C1', '2026-2027', 'sent', '2026-06-0' || value, '', '', '', '', 0, 1, '', '',
                     '', 'r', '', '{}', 'x' FROM json_each('[1,2,3,4]');
                 INSERT INTO outbound_email_log (id, related_quote_id, action_id, recipient, subject, sent_at)
                   VALUES ('E1', 'Q-1', 'A', 'a@b.c', 's', '1'), ('E2', 'Q-1', 'A', 'a@b.c', 's', '2');",
            )?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    (folder, store)
}

fn read_of(store: &Store, sql: &str, tables: &[&str], values: &[Value]) -> Result<Vec<Value>, SqlError> {
    let sql = ContractSql::new(Kind::Read, sql, tables)?;
    store.read(|db| read(db, &sql, values, NOW, Limits::default()))
}

fn write_of(store: &Store, sql: &str, tables: &[&str], values: &[Value]) -> Result<Vec<Value>, SqlError> {
    let sql = ContractSql::new(Kind::Write, sql, tables)?;
    store.write(|tx| write(tx, &sql, values, NOW, Limits::default()))
}

#[test]
fn the_statements_of_the_quote_workflow_run_unchanged() {
    let (_folder, store) = seeded();
    let customer =
        read_of(&store, "SELECT * FROM customers WHERE id=?", &["customers"], &[json!("C1")]).unwrap();
    assert_eq!(customer[0]["entitystatus"], "active");
    let none = read_of(&store, "SELECT * FROM customers WHERE id=?", &["customers"], &[json!("C9")]).unwrap();
    assert!(none.is_empty());

    let programs = read_of(
        &store,
        "SELECT * FROM customer_programs WHERE customer_id=? AND status='active' AND deleted_at IS NULL",
        &["customer_programs"],
        &[json!("C1")],
    )
    .unwrap();
    assert_eq!(programs.len(), 1);

    let pricing = "SELECT item_code, case_price, cost_basis, margin_pct FROM pricing_master WHERE customer_id=? \
                   AND item_code IN (?) AND school_year=?";
    let values = |items: Value| [json!("C1"), items, json!("2026-2027")];
    let of = |items| read_of(&store, pricing, &["pricing_master"], &values(items)).unwrap();
    assert_eq!(of(json!(["10412", "10413", "none"])).len(), 2);
    assert_eq!(of(json!(["10412"]))[0]["case_price"], "41.7500");
    assert_eq!(of(json!([])).len(), 0);

    let open = read_of(
        &store,
        "SELECT\nid, generated_at\nFROM quotes\nWHERE customer_id=?\nAND lifecycle_status IN \
         ('draft','proposed','sent')\nORDER BY generated_at DESC\nLIMIT 3",
        &["quotes"],
        &[json!("C1")],
    )
    .unwrap();
    assert_eq!(open.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["Q-4", "Q-3", "Q-2"]);

    let persisted =
        read_of(&store, "SELECT id, lifecycle_status FROM quotes WHERE id=?", &["quotes"], &[json!("Q-1")])
            .unwrap();
    assert_eq!(persisted, [json!({"id": "Q-1", "lifecycle_status": "sent"})]);
    let sent = read_of(
        &store,
        "SELECT id FROM outbound_email_log WHERE related_quote_id=? ORDER BY sent_at DESC LIMIT 1",
        &["outbound_email_log"],
        &[json!("Q-1")],
    )
    .unwrap();
    assert_eq!(sent, [json!({"id": "E2"})]);

    let touched = write_of(
        &store,
        "UPDATE customer_profiles SET last_quote_event=now WHERE customer_id=?",
        &["customer_profiles"],
        &[json!("C1")],
    )
    .unwrap();
    assert_eq!(touched.len(), 1);
    assert_eq!(touched[0]["last_quote_event"], NOW);
    assert_eq!(touched[0]["customer_id"], "C1");
}

#[test]
fn a_write_to_a_searched_table_keeps_the_search_up_to_date() {
    let (_folder, store) = seeded();
    write_of(
        &store,
        "UPDATE customers SET name=? WHERE id=?",
        &["customers"],
        &[json!("Zebulon CSD"), json!("C1")],
    )
    .unwrap();
    let hits = store
        .read(|db| db.number("SELECT count(*) FROM customers_fts WHERE customers_fts MATCH 'zebulon'", []))
        .unwrap();
    assert_eq!(hits, 1);
    let gone =
        write_of(&store, "DELETE FROM customer_programs WHERE id=?", &["customer_programs"], &[json!("P1")]);
    assert_eq!(gone.unwrap()[0]["program"], "noi");
}

#[test]
fn a_foreign_key_is_checked_without_its_table_being_declared() {
    let (_folder, store) = seeded();
    let insert = "INSERT INTO customer_profiles (customer_id, updated_at) VALUES (?, now)";
    let error = write_of(&store, insert, &["customer_profiles"], &[json!("nobody")]).unwrap_err();
    assert!(matches!(&error, SqlError::Constraint(why) if why.contains("FOREIGN KEY")), "{error}");
    let error = write_of(
        &store,
        "UPDATE customer_profiles SET last_quote_event = (SELECT name FROM customers LIMIT 1)",
        &["customer_profiles"],
        &[],
    )
    .unwrap_err();
    assert!(matches!(&error, SqlError::Undeclared(table) if table == "customers"), "{error}");
}

#[test]
fn what_is_not_a_plain_declared_read_is_refused() {
    let (folder, store) = seeded();
    let out = folder.path().join("out.db").display().to_string();
    let attacks = [
        "SELECT * FROM quotes".to_owned(),
        "SELECT (SELECT count(*) FROM quotes) FROM customers".to_owned(),
        "SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM settings)".to_owned(),
        "SELECT id FROM customers UNION SELECT op_id FROM outbox".to_owned(),
        "SELECT name FROM sqlite_master".to_owned(),
        "SELECT name FROM sqlite_schema".to_owned(),
        "SELECT * FROM pragma_table_info('customers')".to_owned(),
        "SELECT count(*) FROM pragma_database_list".to_owned(),
        "SELECT value FROM json_each('[1]')".to_owned(),
        "SELECT block FROM customers_fts_data".to_owned(),
        "SELECT id FROM customers_fts".to_owned(),
        "DELETE FROM customers".to_owned(),
        "DELETE FROM customers RETURNING id".to_owned(),
        "UPDATE customers SET name='x' RETURNING id".to_owned(),
        "INSERT INTO customers (id) VALUES ('x') RETURNING id".to_owned(),
        "WITH x AS (SELECT 1) DELETE FROM customers RETURNING id".to_owned(),
        "CREATE TABLE t (a)".to_owned(),
        "CREATE TEMP TABLE t AS SELECT * FROM customers".to_owned(),
        "DROP TABLE customers".to_owned(),
        "ALTER TABLE customers ADD COLUMN x TEXT".to_owned(),
        format!("ATTACH DATABASE '{out}' AS o"),
        format!("ATTACH DATABASE '{out}' AS o KEY 'k'"),
        "DETACH DATABASE main".to_owned(),
        "VACUUM".to_owned(),
        format!("VACUUM INTO '{out}'"),
        "REINDEX".to_owned(),
        "ANALYZE".to_owned(),
        "PRAGMA query_only = 0".to_owned(),
        "PRAGMA table_info(customers)".to_owned(),
        "PRAGMA cipher_version".to_owned(),
        "PRAGMA rekey = 'x'".to_owned(),
        "BEGIN".to_owned(),
        "COMMIT".to_owned(),
        "ROLLBACK".to_owned(),
        "SAVEPOINT s".to_owned(),
        "EXPLAIN SELECT id FROM customers".to_owned(),
        "EXPLAIN QUERY PLAN SELECT id FROM customers".to_owned(),
        "SELECT id FROM customers; DELETE FROM customers".to_owned(),
        "SELECT id FROM customers; --\nSELECT 1".to_owned(),
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n".to_owned(),
        "SELECT load_extension('evil')".to_owned(),
        "SELECT sqlcipher_export('main')".to_owned(),
        "SELECT fts3_tokenizer('simple')".to_owned(),
        "SELECT randomblob(1000000000)".to_owned(),
        "SELECT hex(zeroblob(1000000000))".to_owned(),
        "SELECT printf('%.1000000000c', 'x')".to_owned(),
        "SELECT random()".to_owned(),
        "SELECT datetime('now')".to_owned(),
        "SELECT current_timestamp".to_owned(),
        "SELECT last_insert_rowid()".to_owned(),
        "SELECT sqlite_version()".to_owned(),
        "SELECT id FROM customers WHERE id = ?1".to_owned(),
        "SELECT id FROM customers WHERE id = :id".to_owned(),
        "SELECT id, id FROM customers".to_owned(),
        "SELECT \"not a column\" FROM customers".to_owned(),
        "SELECT 1.5 FROM customers".to_owned(),
        "SELECT x'00' FROM customers".to_owned(),
        "SELECT id FROM customers WHERE '".to_owned(),
        "SELECT id FROM customers /*".to_owned(),
        "-- nothing".to_owned(),
        "SELECT id\0 FROM customers".to_owned(),
    ];
    for sql in attacks {
        let got = read_of(&store, &sql, &["customers"], &[]);
        assert!(got.is_err(), "{sql}: {got:?}");
    }
    assert!(!folder.path().join("out.db").exists());
    assert_eq!(store.read(crate::customers::count).unwrap(), 2);
}

#[test]
fn what_is_not_a_plain_declared_write_is_refused() {
    let (_folder, store) = seeded();
    let attacks = [
        "SELECT * FROM customer_profiles",
        "UPDATE customers SET name='x'",
        "DELETE FROM quotes",
        "INSERT INTO customer_profiles (customer_id, updated_at) SELECT id, op_id FROM outbox, customers",
        "UPDATE customer_profiles SET updated_at = (SELECT value FROM settings)",
        "DELETE FROM customer_profiles RETURNING (SELECT count(*) FROM quotes)",
        "DELETE FROM sqlite_master",
        "UPDATE sqlite_master SET sql=''",
        "INSERT INTO customers_fts (customers_fts) VALUES ('rebuild')",
        "DELETE FROM customers_fts_data",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA writable_schema = ON",
        "COMMIT",
        "ROLLBACK",
        "RELEASE s",
        "ATTACH 'x' AS y",
        "VACUUM",
        "DROP TABLE customer_profiles",
        "CREATE TRIGGER t AFTER UPDATE ON customer_profiles BEGIN DELETE FROM quotes; END",
        "UPDATE customer_profiles SET updated_at = random()",
        "UPDATE customer_profiles SET updated_at=now; DELETE FROM customer_profiles",
        "EXPLAIN DELETE FROM customer_profiles",
    ];
    for sql in attacks {
        let got = write_of(&store, sql, &["customer_profiles"], &[]);
        assert!(got.is_err(), "{sql}: {got:?}");
    }
    let profiles = store.read(crate::customer_profiles::list).unwrap();
    assert!(profiles.len() == 2 && profiles.iter().all(|profile| profile.last_quote_event.is_none()));
}

#[test]
fn a_statement_without_end_is_stopped_in_time() {
    let (_folder, store) = seeded();
    let sql = "SELECT count(*) AS n FROM quotes a, quotes b, quotes c, quotes d, quotes e, quotes f, quotes g, \
               quotes h, quotes i, quotes j, quotes k, quotes l, quotes m, quotes n, quotes o";
    let limits = Limits { time: Duration::from_millis(50), rows: 10 };
    let sql = ContractSql::new(Kind::Read, sql, &["quotes"]).unwrap();
    let stopped = store.read(|db| read(db, &sql, &[], NOW, limits));
    assert!(matches!(stopped, Err(SqlError::Overdue(50))), "{stopped:?}");
    assert_eq!(store.read(crate::customers::count).unwrap(), 2);
}

#[test]
fn after_a_write_is_stopped_nothing_more_of_its_transaction_is_kept() {
    let (_folder, store) = seeded();
    let endless = "UPDATE customer_profiles SET updated_at = (SELECT count(*) FROM quotes a, quotes b, quotes c, \
                   quotes d, quotes e, quotes f, quotes g, quotes h, quotes i, quotes j, quotes k, quotes l)";
    let sql = ContractSql::new(Kind::Write, endless, &["customer_profiles", "quotes"]).unwrap();
    let limits = Limits { time: Duration::from_millis(50), rows: 10 };
    let outcome: Result<(), StoreError> = store.write(|tx| {
        tx.execute("UPDATE customers SET city = 'before'", [])?;
        assert!(matches!(write(tx, &sql, &[], NOW, limits), Err(SqlError::Overdue(_))));
        tx.execute("UPDATE customers SET city = 'after'", [])?;
        Ok(())
    });
    assert!(matches!(outcome, Err(StoreError::Undone)), "{outcome:?}");
    let changed = store.read(|db| db.any("SELECT 1 FROM customers WHERE city IS NOT NULL", [])).unwrap();
    assert!(!changed);
}

#[test]
fn half_an_answer_is_an_error() {
    let (_folder, store) = seeded();
    let sql = ContractSql::new(Kind::Read, "SELECT id FROM quotes", &["quotes"]).unwrap();
    let limits = Limits { rows: 3, ..Limits::default() };
    assert!(matches!(store.read(|db| read(db, &sql, &[], NOW, limits)), Err(SqlError::TooManyRows(3))));
}

#[test]
fn the_gate_is_open_again_after_a_refusal_on_every_path() {
    let (_folder, store) = seeded();
    for sql in [
        "SELECT id FROM quotes",
        "SELECT nonsense FROM customers",
        "SELECT 1.5",
        "SELECT id, id FROM customers",
    ] {
        read_of(&store, sql, &["customers"], &[]).unwrap_err();
        assert_eq!(store.read(|db| db.number("SELECT count(*) FROM quotes", [])).unwrap(), 4);
    }
    write_of(&store, "DELETE FROM quotes", &["customers"], &[]).unwrap_err();
    store
        .write(|tx| {
            tx.execute("UPDATE quotes SET prepared_by = 'x'", []).map(|changed| assert_eq!(changed, 4))
        })
        .unwrap();
}

#[test]
fn values_are_bound_and_never_read_as_sql() {
    let (_folder, store) = seeded();
    let hostile = json!("' OR 1=1; DROP TABLE customers; --");
    let rows = read_of(&store, "SELECT id FROM customers WHERE name=?", &["customers"], &[hostile]).unwrap();
    assert!(rows.is_empty());
    let one =
        |value: Value| read_of(&store, "SELECT ? AS v FROM customers LIMIT 1", &["customers"], &[value]);
    assert_eq!(one(json!(7)).unwrap(), [json!({"v": 7})]);
    assert_eq!(one(json!(true)).unwrap(), [json!({"v": 1})]);
    assert_eq!(one(json!(null)).unwrap(), [json!({"v": null})]);
    for refused in [json!(1.5), json!(["a"]), json!({"a": 1})] {
        assert!(matches!(one(refused), Err(SqlError::Bind { place: 1, .. })));
    }
    let counted = read_of(&store, "SELECT id FROM customers WHERE id=?", &["customers"], &[]);
    assert!(matches!(counted, Err(SqlError::BindCount { placeholders: 1, values: 0 })));
}

#[test]
fn a_lint_tells_what_a_statement_takes_and_gives() {
    let schema = Schema::blank().unwrap();
    let sql = "SELECT item_code, case_price, upper(item_code) AS shout FROM pricing_master WHERE customer_id=? \
               AND item_code IN (?)";
    let shape = schema.check(&ContractSql::new(Kind::Read, sql, &["pricing_master"]).unwrap()).unwrap();
    assert_eq!(shape.binds, [BindShape::One, BindShape::Many]);
    assert_eq!(
        shape.columns[1],
        Column {
            name: "case_price".into(),
            origin: Some(("pricing_master".into(), "case_price".into())),
            declared_type: Some("TEXT".into())
        }
    );
    assert_eq!((shape.columns[2].name.as_str(), &shape.columns[2].origin), ("shout", &None));
    let update = "UPDATE customer_profiles SET last_quote_event=now WHERE customer_id=?";
    let shape =
        schema.check(&ContractSql::new(Kind::Write, update, &["customer_profiles"]).unwrap()).unwrap();
    assert_eq!(shape.columns.len(), 5);
    let wrong =
        ContractSql::new(Kind::Read, "SELECT margin FROM pricing_master", &["pricing_master"]).unwrap();
    assert!(schema.check(&wrong).unwrap_err().to_string().contains("no such column: margin"));
    assert!(schema.tables().unwrap().contains("customers"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_at_all_reads_an_undeclared_table(tail in "[ -~]{0,40}") {
        let schema = Schema::blank().unwrap();
        for sql in [format!("SELECT value FROM settings {tail}"), format!("SELECT id FROM customers, settings {tail}")] {
            let checked = ContractSql::new(Kind::Read, &sql, &["customers"]).and_then(|sql| schema.check(&sql));
            prop_assert!(checked.is_err(), "{}", sql);
        }
    }
}
