//! A profile's reference data as a central takes it: NDJSON of `{table, row}` at `POST /v1/admin/reference`.
//!
//! Owns the lines. The rows are read from the profile's own tables, so that their columns are a device's.

use desk::{Desk, DeskError};
use serde_json::{Value, json};

/// Tables that are small enough to be read at once, parents first.
const SMALL: &[(&str, &str)] = &[
    ("customers", "id"),
    ("customer_profiles", "customer_id"),
    ("customer_programs", "id"),
    ("spec_items", "item_code"),
];

/// Hand every line to `each`.
pub fn each_line(desk: &Desk, mut each: impl FnMut(Value)) -> Result<(), DeskError> {
    let text = serde_json::to_string(&desk.company()?)?;
    each(json!({ "table": "company", "row": { "id": "company", "text": text } }));
    for (table, key) in SMALL {
        for row in desk.query(&format!("SELECT * FROM {table} ORDER BY {key}"), &[])?.rows {
            each(json!({ "table": table, "row": row }));
        }
    }
    // A customer at a time: a query by hand has a limit of rows, a customer's prices have not.
    for customer in desk.query("SELECT id FROM customers ORDER BY id", &[])?.rows {
        let id = customer["id"].as_str().unwrap_or_default().to_owned();
        let sql = "SELECT * FROM pricing_master WHERE customer_id = ?1 ORDER BY item_code, school_year";
        for row in desk.query(sql, &[id])?.rows {
            each(json!({ "table": "pricing_master", "row": row }));
        }
    }
    Ok(())
}

/// All of them as one text.
pub fn lines(desk: &Desk) -> Result<String, DeskError> {
    let mut text = String::new();
    each_line(desk, |line| {
        text.push_str(&line.to_string());
        text.push('\n');
    })?;
    Ok(text)
}
