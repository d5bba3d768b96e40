//! The tables the feed replicates: their keys, their columns, and the statements made of them.
//!
//! Owns the list. A table is written by an upsert, never by `REPLACE`: that would delete the row first and
//! leave the search index with it. Must not hold a rule of any one table.

use std::sync::LazyLock;

/// A replicated table as it is on the device.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns of the primary key, in the order of the schema.
    pub(crate) key: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
    /// What a column has that does not come: the schema's own default. Any other has nothing.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
}

/// A table with its statements. The upsert takes the columns in their order, the others the key's values.
pub(crate) struct Replicated {
    pub(crate) table: &'static Table,
    pub(crate) upsert: String,
    pub(crate) delete: String,
    /// The place of each key column among the columns.
    pub(crate) key_places: Vec<usize>,
    /// For each column, what it has when it does not come.
    pub(crate) missing: Vec<Option<&'static str>>,
}

const TABLES: &[Table] = &[
    Table {
        name: "customers",
        key: &["id"],
        columns: &[
            "id",
            "name",
            "customer_type",
            "city",
            "state",
            "zip",
            "address1",
            "entitystatus",
            "netsuite_id",
            "terms",
            "price_level",
            "sales_rep",
            "contact_name",
            "contact_email",
            "contact_phone",
            "aliases",
            "updated_at",
        ],
        defaults: &[("aliases", "")],
    },
    Table {
        name: "customer_profiles",
        key: &["customer_id"],
        columns: &["customer_id", "credit_limit", "ar_balance", "last_quote_event", "updated_at"],
        defaults: &[],
    },
    Table {
        name: "customer_programs",
        key: &["id"],
        columns: &[
            "id",
            "customer_id",
            "program",
            "status",
            "school_year",
            "df_code",
            "details",
            "deleted_at",
            "updated_at",
        ],
        defaults: &[("details", "{}")],
    },
    Table {
        name: "spec_items",
        key: &["item_code"],
        columns: &[
            "item_code",
            "description",
            "netsuite_id",
            "brand",
            "category",
            "catalog",
            "pack",
            "net_weight_lb",
            "servings_per_case",
            "serving_size",
            "cn_number",
            "df_code",
            "df_lb_per_case",
            "df_value_per_lb",
            "status",
            "aliases",
            "updated_at",
        ],
        defaults: &[("status", "active"), ("aliases", "")],
    },
    Table {
        name: "pricing_master",
        key: &["customer_id", "item_code", "school_year"],
        columns: &[
            "customer_id",
            "item_code",
            "school_year",
            "case_price",
            "cost_basis",
            "margin_pct",
            "effective_from",
            "effective_to",
            "updated_at",
        ],
        defaults: &[],
    },
    Table {
        name: "quotes",
        key: &["id"],
        columns: &[
            "id",
            "customer_id",
            "school_year",
            "lifecycle_status",
            "generated_at",
            "issued_on",
            "valid_until",
            "price_from",
            "price_to",
            "revision_of",
            "draft_id",
            "run_id",
            "include_pdf",
            "cases",
            "commercial",
            "df_value",
            "total",
            "prepared_by",
            "snapshot_hash",
            "snapshot",
            "updated_at",
        ],
        defaults: &[],
    },
    Table {
        name: "quote_lines",
        key: &["quote_id", "line_no"],
        columns: &[
            "quote_id",
            "line_no",
            "item_code",
            "description",
            "pack",
            "quantity",
            "case_price",
            "cost_basis",
            "price_source",
            "program",
            "df_code",
            "df_lb_per_case",
            "df_value",
            "fee",
            "net_price",
            "refund",
            "extended",
            "note",
        ],
        defaults: &[],
    },
    Table {
        name: "quote_outcomes",
        key: &["quote_id"],
        columns: &[
            "quote_id",
            "outcome",
            "reason",
            "competitor",
            "note",
            "decided_by",
            "decided_at",
            "updated_at",
        ],
        defaults: &[],
    },
    Table {
        name: "proposed_pricing",
        key: &["quote_id", "item_code"],
        columns: &[
            "quote_id",
            "customer_id",
            "item_code",
            "school_year",
            "case_price",
            "cost_basis",
            "effective_from",
            "effective_to",
            "status",
            "proposed_at",
            "promoted_at",
        ],
        defaults: &[],
    },
    Table {
        name: "price_history",
        key: &["replaced_by_quote", "customer_id", "item_code", "school_year"],
        columns: &[
            "replaced_by_quote",
            "customer_id",
            "item_code",
            "school_year",
            "case_price",
            "cost_basis",
            "margin_pct",
            "effective_from",
            "effective_to",
            "replaced_at",
        ],
        defaults: &[],
    },
    Table {
        name: "proposed_actions",
        key: &["id"],
        columns: &[
            "id",
            "action_type",
            "action_key",
            "status",
            "summary",
            "risk_level",
            "customer_id",
            "quote_id",
            "draft_id",
            "run_id",
            "payload",
            "payload_hash",
            "drafted_by",
            "created_at",
            "expires_at",
            "decided_by",
            "decided_at",
            "decision_note",
            "void_reason",
            "replaced_by",
            "updated_at",
        ],
        defaults: &[],
    },
    Table {
        name: "workflow_runs",
        key: &["run_id"],
        columns: &[
            "run_id",
            "workflow_type",
            "contract_version",
            "customer_id",
            "quote_id",
            "status",
            "started_by",
            "started_at",
            "completed_at",
        ],
        defaults: &[],
    },
    Table {
        name: "workflow_run_log",
        key: &["run_id"],
        columns: &["run_id", "workflow_type", "status", "started_at", "completed_at", "summary_json"],
        defaults: &[],
    },
    Table {
        name: "reflexion_log",
        key: &["run_id", "tags"],
        columns: &["run_id", "tags", "narrative", "created_at"],
        defaults: &[],
    },
    Table {
        name: "workflow_events",
        key: &["run_id"],
        columns: &["run_id", "event", "payload", "created_at"],
        defaults: &[],
    },
    Table {
        name: "workflow_verify_results",
        key: &["run_id", "check_id"],
        columns: &["run_id", "check_id", "quote_id", "status", "evidence", "created_at", "checked_at"],
        defaults: &[],
    },
    Table {
        name: "alerts",
        key: &["id"],
        columns: &[
            "id",
            "run_id",
            "step_id",
            "op_id",
            "message",
            "created_at",
            "resolved_at",
            "quote_id",
            "customer_id",
        ],
        defaults: &[],
    },
    Table {
        name: "outbound_email_log",
        key: &["id"],
        columns: &["id", "related_quote_id", "action_id", "recipient", "subject", "provider_id", "sent_at"],
        defaults: &[],
    },
];

static REPLICATED: LazyLock<Vec<Replicated>> = LazyLock::new(|| TABLES.iter().map(Replicated::of).collect());

/// Every replicated table.
pub(crate) fn all() -> &'static [Replicated] {
    &REPLICATED
}

/// The place of a table among all of them.
pub(crate) fn place_of(name: &str) -> Option<usize> {
    TABLES.iter().position(|table| table.name == name)
}

/// The columns of a replicated table's primary key, in the order of the schema.
pub fn key_columns(table: &str) -> Option<&'static [&'static str]> {
    TABLES.iter().find(|known| known.name == table).map(|known| known.key)
}

impl Table {
    /// The key of a row of this table as SQL that gives its canonical JSON array.
    pub(crate) fn key_sql(&self) -> String {
        let columns: Vec<String> = self.key.iter().map(|key| format!("{}.{key}", self.name)).collect();
        format!("json_array({})", columns.join(", "))
    }

    /// Whether an operation that is not settled announces a row of this table, as SQL.
    pub(crate) fn pending_sql(&self) -> String {
        format!(
            "EXISTS (SELECT 1 FROM outbox_rows JOIN outbox USING (op_id)
                     WHERE tbl = '{}' AND key = {} AND outbox.state IN ('waiting', 'parked'))",
            self.name,
            self.key_sql()
        )
    }
}

impl Replicated {
    fn of(table: &'static Table) -> Self {
        let list = |of: &dyn Fn(usize, &str) -> String, columns: &[&str], with: &str| {
            columns.iter().enumerate().map(|(n, column)| of(n, column)).collect::<Vec<_>>().join(with)
        };
        let others: Vec<&str> =
            table.columns.iter().copied().filter(|column| !table.key.contains(column)).collect();
        let upsert = format!(
            "INSERT INTO {name} ({columns}) VALUES ({values})
             ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE ({old}) IS NOT ({new})",
            name = table.name,
            columns = table.columns.join(", "),
            values = list(&|n, _| format!("?{}", n + 1), table.columns, ", "),
            key = table.key.join(", "),
            sets = list(&|_, column| format!("{column} = excluded.{column}"), &others, ", "),
            old = list(&|_, column| format!("{}.{column}", table.name), &others, ", "),
            new = list(&|_, column| format!("excluded.{column}"), &others, ", "),
        );
        let delete = format!(
            "DELETE FROM {} WHERE {}",
            table.name,
            list(&|n, column| format!("{column} = ?{}", n + 1), table.key, " AND ")
        );
        let place = |key: &&str| table.columns.iter().position(|column| column == key);
        let default = |column: &&str| table.defaults.iter().find(|(name, _)| name == column);
        Replicated {
            table,
            upsert,
            delete,
            key_places: table.key.iter().filter_map(place).collect(),
            missing: table.columns.iter().map(|column| default(column).map(|(_, text)| *text)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch;

    #[test]
    fn the_list_is_what_the_schema_says() {
        let (_folder, store) = scratch::store();
        for known in all() {
            let sql = "SELECT name, dflt_value, pk FROM pragma_table_info(?1) ORDER BY cid";
            let columns: Vec<(String, Option<String>, usize)> = store
                .read(|db| db.all(sql, [known.table.name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
                .unwrap();
            let names: Vec<&str> = columns.iter().map(|(name, ..)| name.as_str()).collect();
            assert_eq!(names, known.table.columns, "{}", known.table.name);
            let mut key: Vec<_> = columns.iter().filter(|(.., pk)| *pk > 0).collect();
            key.sort_by_key(|(.., pk)| *pk);
            let key: Vec<&str> = key.into_iter().map(|(name, ..)| name.as_str()).collect();
            assert_eq!(key, known.table.key, "{}", known.table.name);
            let defaults: Vec<Option<&str>> = columns
                .iter()
                .map(|(_, text, _)| text.as_deref().map(|text| text.trim_matches('\'')))
                .collect();
            assert_eq!(defaults, known.missing, "{}", known.table.name);
        }
    }
}
