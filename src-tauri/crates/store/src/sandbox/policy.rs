//! What a contract's statement may do: only what its contract declares.
//!
//! Owns the allow-list. Everything not named here is denied, and the first denial is remembered so that
//! the error can say what it was. Must not run anything.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext};

use crate::error::StoreError;
use crate::gate::Policy;
use crate::sandbox::{Kind, SqlError};

/// Functions that depend on nothing but their arguments and make nothing large out of something small.
/// No clock (`date`), no randomness, no `printf`, no extension.
const FUNCTIONS: &[&str] = &[
    "->",
    "->>",
    "abs",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "glob",
    "group_concat",
    "hex",
    "if",
    "ifnull",
    "iif",
    "instr",
    "json",
    "json_array",
    "json_array_length",
    "json_extract",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_type",
    "json_valid",
    "length",
    "like",
    "lower",
    "ltrim",
    "max",
    "min",
    "nullif",
    "quote",
    "replace",
    "row_number",
    "rtrim",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "trim",
    "typeof",
    "unicode",
    "upper",
];

/// The one table no contract reads.
const SECRETS: &str = "secrets";

/// Tables only the program itself writes: who decided what, what a run did, what waits for the central. A
/// contract that could change them could forge its own approval.
const OURS: &[&str] = &[
    "alerts",
    "artifacts",
    "blobs",
    "decisions",
    "draft_chunks",
    "draft_messages",
    "draft_undo",
    "drafts",
    "feed_seen",
    "learned_words",
    "list_marks",
    "outbound_email_log",
    "outbox",
    "outbox_rows",
    "pinned_contracts",
    "price_counts",
    "proposed_actions",
    "quote_outcomes",
    "received_decisions",
    "refetch",
    "reflexion_log",
    "run_journal",
    "runs",
    "schema_migrations",
    "secrets",
    "settings",
    "wanted_files",
    "workflow_events",
    "workflow_run_log",
    "workflow_runs",
    "workflow_verify_results",
];

fn is_ours(table: &str) -> bool {
    OURS.iter().any(|ours| table.eq_ignore_ascii_case(ours))
}

/// Shadow tables of an FTS5 table, which FTS5 itself reads and writes on our connection.
const SHADOWS: &[&str] = &["_data", "_idx", "_content", "_docsize", "_config"];

/// How far a statement has come, and why it was stopped.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    is_running: bool,
    denial: Option<SqlError>,
}

/// Shared with whoever runs the statement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Progress>>);

impl Watch {
    /// The statement is compiled and approved: from here on SQLite compiles only what is inside FTS5.
    pub(crate) fn started(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_running = true;
    }

    /// Why the statement was stopped, if the policy did it.
    pub(crate) fn denial(&self) -> Option<SqlError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).denial.take()
    }
}

/// The rules for one statement of a contract.
pub(crate) struct Declared {
    kind: Kind,
    tables: BTreeSet<String>,
    /// The only declared table that may change; any of them, without one.
    changes: Option<String>,
    /// Key columns that foreign keys from or to the declared tables are checked with.
    keys: BTreeSet<(String, String)>,
    triggers: BTreeSet<String>,
    searches: Vec<String>,
    watch: Watch,
}

impl Declared {
    pub(crate) fn new(
        conn: &Connection,
        kind: Kind,
        tables: &BTreeSet<String>,
        changes: Option<&str>,
        watch: Watch,
    ) -> Result<Self, StoreError> {
        let column = |sql: &str| -> Result<Vec<String>, StoreError> {
            let mut statement = conn.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let searches =
            column("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'")?;
        let mut declared = Declared {
            kind,
            tables: tables.clone(),
            changes: changes.map(str::to_owned),
            keys: BTreeSet::new(),
            triggers: BTreeSet::new(),
            searches,
            watch,
        };
        if kind == Kind::Write {
            declared.triggers =
                column("SELECT name FROM sqlite_master WHERE type = 'trigger'")?.into_iter().collect();
            declared.keys = keys(conn, tables)?;
        }
        Ok(declared)
    }

    fn judge(&self, context: &AuthContext<'_>, is_running: bool) -> Result<(), SqlError> {
        let by_trigger = context.accessor.is_some_and(|name| self.triggers.contains(name));
        let shadow = |table: &str, endings: &[&str]| {
            self.searches.iter().any(|search| {
                table.strip_prefix(search.as_str()).is_some_and(|ending| endings.contains(&ending))
            })
        };
        match context.action {
            AuthAction::Select => Ok(()),
            AuthAction::Read { table_name, column_name } => {
                let allowed = self.declares(table_name)
                    || by_trigger
                    || shadow(table_name, if is_running { SHADOWS } else { &["_config"] })
                    || self.keys.contains(&(table_name.to_lowercase(), column_name.to_lowercase()));
                let secret = table_name.eq_ignore_ascii_case(SECRETS);
                match (allowed, secret) {
                    (true, _) => Ok(()),
                    (false, true) => Err(SqlError::Forbidden("the keys of this device")),
                    (false, false) => Err(SqlError::Undeclared(table_name.to_owned())),
                }
            }
            AuthAction::Insert { table_name }
            | AuthAction::Delete { table_name }
            | AuthAction::Update { table_name, .. } => {
                if self.kind == Kind::Read {
                    return Err(SqlError::Kind { should: "read", does: "writes" });
                }
                let allowed =
                    by_trigger || self.may_change(table_name) || (is_running && shadow(table_name, SHADOWS));
                match (allowed, is_ours(table_name)) {
                    (true, _) => Ok(()),
                    (false, true) => Err(SqlError::Protected(table_name.to_owned())),
                    (false, false) => Err(SqlError::Undeclared(table_name.to_owned())),
                }
            }
            AuthAction::Function { function_name } => {
                let name = function_name.to_ascii_lowercase();
                if by_trigger || FUNCTIONS.contains(&name.as_str()) {
                    Ok(())
                } else {
                    Err(SqlError::Function(name))
                }
            }
            AuthAction::Pragma { pragma_name: "data_version", pragma_value: None } if is_running => Ok(()),
            AuthAction::Recursive => Err(SqlError::Forbidden("a recursive query")),
            AuthAction::Attach { .. } | AuthAction::Detach { .. } => {
                Err(SqlError::Forbidden("another database"))
            }
            AuthAction::Pragma { .. } => Err(SqlError::Forbidden("PRAGMA")),
            AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => {
                Err(SqlError::Forbidden("a transaction of its own"))
            }
            _ => Err(SqlError::Forbidden("a change of the schema")),
        }
    }

    fn may_change(&self, table: &str) -> bool {
        if is_ours(table) {
            return false;
        }
        match &self.changes {
            Some(only) => table.eq_ignore_ascii_case(only),
            None => self.declares(table),
        }
    }

    fn declares(&self, table: &str) -> bool {
        !table.eq_ignore_ascii_case(SECRETS) && self.tables.contains(&table.to_lowercase())
    }
}

impl Policy for Declared {
    fn allows(&mut self, context: &AuthContext<'_>) -> bool {
        let mut progress = self.watch.0.lock().unwrap_or_else(PoisonError::into_inner);
        match self.judge(context, progress.is_running) {
            Ok(()) => true,
            Err(denial) => {
                progress.denial.get_or_insert(denial);
                false
            }
        }
    }
}

/// The columns on both ends of every foreign key that touches a declared table. A key left unnamed
/// points to the other table's primary key.
fn keys(conn: &Connection, tables: &BTreeSet<String>) -> Result<BTreeSet<(String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT lower(child.name), lower(key.\"from\"), lower(key.\"table\"),
                lower(coalesce(key.\"to\", (SELECT name FROM pragma_table_info(key.\"table\") WHERE pk = key.seq + 1)))
         FROM sqlite_master AS child, pragma_foreign_key_list(child.name) AS key
         WHERE child.type = 'table'",
    )?;
    let mut rows = statement.query([])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (child, from, parent, to): (String, String, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        if tables.contains(&child) || tables.contains(&parent) {
            found.insert((child, from));
            found.extend(to.map(|to| (parent, to)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch;

    /// A table that is added is one only the program writes, until somebody decides otherwise here.
    #[test]
    fn a_contract_may_declare_writes_to_reference_and_quote_tables_only() {
        let (_folder, store) = scratch::store();
        let tables: Vec<String> = store
            .read(|db| {
                let sql = "SELECT name FROM pragma_table_list
                           WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
                db.all(sql, [], |row| row.get(0))
            })
            .unwrap();
        let open: Vec<&str> = tables.iter().map(String::as_str).filter(|table| !is_ours(table)).collect();
        let expected = [
            "customer_profiles",
            "customer_programs",
            "customers",
            "price_history",
            "pricing_master",
            "proposed_pricing",
            "quote_lines",
            "quotes",
            "spec_items",
        ];
        assert_eq!(open, expected);
    }
}
