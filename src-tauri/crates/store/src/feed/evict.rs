//! A customer who went to another territory: what this device has of them goes.
//!
//! Owns which rows are a customer's. Rows that an operation which is not settled announces stay until it is,
//! and are then asked for again, which takes them away. Drafts and the journal of runs stay: they are this
//! person's own work. Must not judge who may see what: the central said so.

use rusqlite::params;

use super::FeedTx;
use super::tables::{self, Table};
use crate::error::StoreError;

/// What became of a customer's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evicted {
    /// How many rows were taken away.
    pub removed: u64,
    /// How many stay until an operation is settled.
    pub held: u64,
}

const OF_QUOTE: &str = "IN (SELECT id FROM quotes WHERE customer_id = ?1)";
const OF_RUN: &str = "run_id IN (SELECT run_id FROM workflow_runs WHERE customer_id = ?1
                                 UNION ALL SELECT id FROM runs WHERE customer_id = ?1)";

/// Which rows of each table are a customer's. What is found by way of others goes before them.
fn theirs(table: &str) -> Option<String> {
    Some(match table {
        "quote_lines" | "quote_outcomes" => format!("quote_id {OF_QUOTE}"),
        "outbound_email_log" => format!("related_quote_id {OF_QUOTE}"),
        "workflow_run_log" | "reflexion_log" | "workflow_events" | "workflow_verify_results" => {
            OF_RUN.to_owned()
        }
        "alerts" => format!("customer_id = ?1 OR {OF_RUN}"),
        // Without its action a decision made here could not be checked any more.
        "proposed_actions" => "customer_id = ?1 AND id NOT IN (SELECT action_id FROM decisions)".to_owned(),
        "workflow_runs" | "price_history" | "proposed_pricing" | "quotes" | "pricing_master"
        | "customer_programs" | "customer_profiles" => "customer_id = ?1".to_owned(),
        // Stays while anything of theirs does.
        "customers" => "id = ?1
             AND NOT EXISTS (SELECT 1 FROM quotes WHERE customer_id = ?1)
             AND NOT EXISTS (SELECT 1 FROM pricing_master WHERE customer_id = ?1)
             AND NOT EXISTS (SELECT 1 FROM customer_programs WHERE customer_id = ?1)
             AND NOT EXISTS (SELECT 1 FROM customer_profiles WHERE customer_id = ?1)"
            .to_owned(),
        _ => return None,
    })
}

/// Those found by way of others first, the customer last.
const ORDER: &[&str] = &[
    "quote_lines",
    "quote_outcomes",
    "outbound_email_log",
    "workflow_run_log",
    "reflexion_log",
    "workflow_events",
    "workflow_verify_results",
    "alerts",
    "proposed_actions",
    "workflow_runs",
    "price_history",
    "proposed_pricing",
    "quotes",
    "pricing_master",
    "customer_programs",
    "customer_profiles",
    "customers",
];

impl FeedTx<'_> {
    /// Take away everything of a customer, but for what an operation which is not settled announces.
    pub fn evict(&self, customer: &str) -> Result<Evicted, StoreError> {
        let mut done = Evicted::default();
        for name in ORDER {
            let (Some(place), Some(theirs)) = (tables::place_of(name), theirs(name)) else { continue };
            let table = tables::all()[place].table;
            if !self.announced[place] {
                done.removed += self.count_of(&format!("DELETE FROM {name} WHERE {theirs}"), customer)?;
                continue;
            }
            done.held += self.hold(table, &theirs, customer)?;
            let sql = format!("DELETE FROM {name} WHERE ({theirs}) AND NOT {}", table.pending_sql());
            done.removed += self.count_of(&sql, customer)?;
        }
        if done.held > 0 && self.any("SELECT 1 FROM customers WHERE id = ?1", [customer])? {
            let key = super::key_of(&super::Change {
                seq: 0,
                table: "customers".into(),
                key: vec![super::Cell::Text(customer.into())],
                row: None,
            })?;
            self.ask_again("customers", key.as_str())?;
        }
        Ok(done)
    }

    /// List the rows that stay, to be asked for again.
    fn hold(&self, table: &Table, theirs: &str, customer: &str) -> Result<u64, StoreError> {
        let held = format!("({theirs}) AND {}", table.pending_sql());
        let found = self.number(&format!("SELECT count(*) FROM {} WHERE {held}", table.name), [customer])?;
        if found > 0 {
            self.asks_again.set(true);
            let sql = format!(
                "INSERT INTO refetch (tbl, key, since) SELECT '{}', {}, ?2 FROM {} WHERE {held}
                 ON CONFLICT DO NOTHING",
                table.name,
                table.key_sql(),
                table.name
            );
            self.execute(&sql, params![customer, self.now])?;
        }
        Ok(found)
    }

    fn count_of(&self, sql: &str, customer: &str) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.execute(sql, [customer])?).unwrap_or(u64::MAX))
    }
}
