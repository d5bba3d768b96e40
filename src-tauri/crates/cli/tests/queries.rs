//! The database by hand: rows as JSON, reading only.

mod support;
use serde_json::json;
use support::Profile;

#[test]
fn rows_are_objects_and_values_are_bound() {
    let profile = Profile::stocked();
    let query = |args: &[&str]| profile.json(&[&["db", "query"], args].concat());
    assert_eq!(
        query(&[
            "SELECT id, netsuite_id, 1 AS n FROM customers WHERE state = ? AND entitystatus = ?",
            "--param",
            "IA",
            "--param",
            "hold"
        ]),
        json!([{ "id": "C4", "netsuite_id": null, "n": 1 }])
    );
    assert_eq!(query(&["SELECT ? AS v", "--param", "-1"]), json!([{ "v": "-1" }]));
    assert_eq!(query(&["SELECT ? AS v", "--param", "' OR 1=1 --"]), json!([{ "v": "' OR 1=1 --" }]));
    assert_eq!(query(&["SELECT id FROM customers WHERE 0"]), json!([]));
    assert!(profile.words(&["db", "query", "SELECT id, city FROM customers"]).contains("Marshalltown"));
}

#[test]
fn writes_secrets_and_slips_are_refused_and_change_nothing() {
    let profile = Profile::stocked();
    let before = profile.dump();
    for sql in [
        "DELETE FROM customers",
        "INSERT INTO settings VALUES ('a', 'b', 'c') RETURNING name",
        "UPDATE customers SET name = 'x'",
        "DROP TABLE customers",
        "PRAGMA writable_schema = 1",
        "ATTACH 'x.db' AS x",
        "SELECT 1; DELETE FROM customers",
        "SELECT * FROM secrets",
        "SELECT (SELECT value FROM secrets LIMIT 1)",
        "SELECT nope FROM customers",
        "SELEC 1",
        "",
        "SELECT ?",
    ] {
        assert_eq!(profile.refused(&["db", "query", sql], 2).code, "bad_input", "{sql}");
    }
    assert_eq!(profile.refused(&["db", "query", "SELECT 1", "--param", "2"], 2).code, "bad_input");
    assert_eq!(profile.dump(), before);
}
