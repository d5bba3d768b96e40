//! A small contract and what surrounds it.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // each test file takes what it needs, and setting up may fail

use domain::Sha256;
use fieldquote_workflow::contract::{ReadColumns, SqlLint};
use fieldquote_workflow::plan::{Document, Documents};
use fieldquote_workflow::{Context, Contract};
use serde_json::{Value, json};

/// Takes every statement; every read gives these columns.
pub struct AnySql;

impl SqlLint for AnySql {
    fn read(&self, _: &str, _: &[String], _: usize) -> Result<ReadColumns, String> {
        let columns = [("id", false), ("name", false), ("status", false), ("total", false), ("uses", true)];
        Ok(columns.map(|(name, numeric)| (name.to_owned(), numeric)).to_vec())
    }

    fn write(&self, _: &str, _: &str, _: &[String], _: usize) -> Result<(), String> {
        Ok(())
    }

    fn has_column(&self, table: &str, column: &str) -> bool {
        matches!((table, column), ("items", "code") | ("brands", "name"))
    }
}

/// Makes a document of any name out of nothing but that name.
pub struct Printer;

impl Documents for Printer {
    fn render(&self, name: &str, _: &Value) -> Result<Document, String> {
        Ok(Document { sha256: Sha256::of(name.as_bytes()), size: 1_234, pages: 2, replaced: 0 })
    }
}

pub const SMALL: &str = r#"{
  "name": "small",
  "version": 1,
  "summary": "An offer is written, printed, mailed and pushed.",
  "trigger": {
    "kind": "hitl_approval",
    "action_type": "offer_draft",
    "summary": "an offer was approved",
    "payload": "offer",
    "inputs": { "customer_id": "offer.customer.id", "codes": "line.item_code", "print": "offer.print" }
  },
  "inputs": [
    { "name": "customer_id", "type": "text", "required": true },
    { "name": "codes", "type": "text[]", "required": true },
    { "name": "year", "type": "school_year" },
    { "name": "print", "type": "boolean" },
    { "name": "cases", "type": "integer" }
  ],
  "objects": {
    "offer": {
      "from": "trigger.offer",
      "fields": {
        "id": "text", "customer.id": "text", "customer.name": "text", "customer.contact": "text",
        "print": "boolean", "cap": "money", "total": "money", "lot": "text", "other_lot": "text", "cases": "integer"
      }
    },
    "line": {
      "from": "trigger.offer.lines",
      "each": true,
      "fields": {
        "line_no": "integer", "item_code": "text", "quantity": "integer", "case_price": "money",
        "cost_basis": "money", "list_price": "money", "pack": "text"
      },
      "margins": { "margin_pct": ["case_price", "cost_basis"] }
    }
  },
  "reads": [
    { "id": "customer", "tables": ["customers"], "rows": "one", "sql": "S", "binds": ["input.customer_id"] },
    { "id": "prices", "tables": ["prices"], "rows": "many", "types": { "total": "money" }, "sql": "S", "binds": ["input.codes"] }
  ],
  "checks": [
    { "id": "known", "rule": "customer.id IS NOT NULL", "severity": "block" },
    { "id": "floor", "rule": "all line.margin_pct >= 15", "severity": "warn" }
  ],
  "risk": { "level": 3, "gate_at": 3 },
  "gate": {
    "action_type": "workflow_small", "key": "workflow:small:run_{run.id}", "summary": "Release {offer.id}",
    "approver": "Mike", "self_approval": "allowed", "expires_after_hours": 24
  },
  "steps": [
    {
      "id": "write", "kind": "d1_write",
      "writes": [
        { "label": "head", "table": "offers", "sql": "S", "binds": ["offer.id", "offer.customer.contact", "offer", "run.id"] },
        { "label": "lines", "table": "offer_lines", "for_each": "line", "sql": "S",
          "binds": ["offer.id", "line.line_no", "line.margin_pct", "input.codes"] },
        { "label": "old prices", "table": "offer_prices", "for_each": "prices", "sql": "S", "binds": ["prices.id", "prices.total"] },
        { "label": "codes", "table": "offer_codes", "for_each": "codes", "sql": "S", "binds": ["offer.id", "codes"] }
      ],
      "compensate": [ { "label": "take back", "table": "offers", "sql": "S", "binds": ["offer.id"] } ]
    },
    {
      "id": "render", "kind": "http_call", "when": "input.print = true", "method": "POST",
      "path": "/api/quote/pdf", "body": "quote_pdf", "artifact": "offers/{offer.id}.pdf"
    },
    {
      "id": "mail", "kind": "hitl_email_draft", "action_type": "send_offer", "to": "{offer.customer.contact}",
      "subject": "Offer {offer.id}", "body": "Hello {offer.customer.contact|there}", "attach": "render"
    },
    {
      "id": "push", "kind": "ns_push", "record": "estimate", "queue": "NS_PUSH_QUEUE",
      "payload": "quote_with_lines", "on_error": "retry_3_then_alert"
    },
    {
      "id": "touch", "kind": "d1_write",
      "writes": [ { "label": "touch", "table": "profiles", "sql": "S", "binds": ["offer.customer.id"] } ],
      "compensate": [ { "label": "untouch", "table": "profiles", "sql": "S", "binds": ["offer.customer.id"] } ]
    }
  ],
  "logs": [
    { "id": "log_run", "action": "INSERT workflow_runs" },
    { "id": "story", "action": "INSERT reflexion_log", "tags": "offer,customer:{input.customer_id}" }
  ],
  "reflexion_enabled": true,
  "verify": [
    { "id": "written", "kind": "row", "tables": ["offers"], "sql": "S", "binds": ["offer.id"], "rule": "row.status = 'open'" },
    { "id": "stored", "kind": "object", "step": "render", "object": "offers/{offer.id}.pdf" },
    { "id": "mailed", "kind": "row", "step": "mail", "tables": ["mails"], "sql": "S", "binds": ["offer.id"], "rule": "row.uses > 0" }
  ],
  "retry": { "max_attempts": 3, "backoff": "exponential", "base_ms": 1500, "cap_ms": 30000, "jitter": true }
}"#;

/// The small contract.
pub fn small() -> Contract {
    match Contract::load(SMALL, &AnySql) {
        Ok(contract) => contract,
        Err(problems) => {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"))
        }
    }
}

/// The small contract after a change of its JSON.
pub fn small_with(change: impl FnOnce(&mut Value)) -> Contract {
    let mut value: Value = serde_json::from_str(SMALL).unwrap();
    change(&mut value);
    Contract::load(&value.to_string(), &AnySql).unwrap()
}

/// An offer with two lines: one at 20 % margin, one without a cost.
pub fn offer() -> Value {
    json!({
        "id": "O-1",
        "customer": { "id": "C1", "name": "Cedar Falls", "contact": null },
        "print": true, "cap": "1000.0000", "total": "999.5000", "lot": "007", "other_lot": "7", "cases": 7,
        "lines": [
            { "line_no": 1, "item_code": "10412", "quantity": 3, "case_price": "40.0000", "cost_basis": "32.0000",
              "list_price": "40.00", "pack": "1.0" },
            { "line_no": 2, "item_code": "10413", "quantity": 5, "case_price": "41.7500", "cost_basis": null,
              "list_price": "50.0000", "pack": "1.00" },
        ],
    })
}

/// A run's context over the offer, with its reads taken.
pub fn context_of<'c>(contract: &'c Contract, offer: &Value) -> Context<'c> {
    let input = json!({ "customer_id": "C1", "codes": ["10412", "10413"], "print": offer["print"] });
    let mut context =
        Context::new(contract, "RUN-1", "Ana", input, json!({ "offer": offer, "draft_id": "D-1" }));
    context.put_read(
        "customer",
        vec![json!({ "id": "C1", "name": "Cedar Falls", "status": "active", "uses": 2 })],
    );
    context.put_read(
        "prices",
        vec![json!({ "id": "P1", "total": "9.5000" }), json!({ "id": "P2", "total": "10.0000" })],
    );
    context
}
