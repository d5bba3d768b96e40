//! The real binary in a folder of its own, with a fixed clock and seed.
//!
//! Owns running it and reading what it said. Must not look past the command line.
#![allow(dead_code)] // Each test file uses a part of it.
#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on has failed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of every test profile.
pub const PASSPHRASE: &str = "a long passphrase";
/// The moment every test happens at, in the school year 2026-2027.
pub const NOW: &str = "2026-11-23T09:30:00Z";
/// Tables in the order in which they can be imported.
pub const TABLES: [&str; 5] =
    ["customers", "customer_profiles", "customer_programs", "spec_items", "pricing_master"];

/// A profile's folder and the environment its commands run in.
pub struct Profile {
    folder: TempDir,
    home: PathBuf,
    env: BTreeMap<&'static str, String>,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// An error as a script reads it.
#[derive(Debug)]
pub struct Refusal {
    pub code: String,
    pub message: String,
    pub hint: String,
}

impl Profile {
    /// A folder with no profile in it.
    pub fn none() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let env = [("FIELDQUOTE_PASSPHRASE", PASSPHRASE), ("FIELDQUOTE_NOW", NOW), ("FIELDQUOTE_SEED", "7")];
        Profile { home, folder, env: env.map(|(name, value)| (name, value.to_owned())).into() }
    }

    /// A profile with nothing in it.
    pub fn empty() -> Self {
        let profile = Self::none();
        profile.json(&["init"]);
        profile
    }

    /// A profile with the small market of `tests/fixtures/import`.
    pub fn stocked() -> Self {
        let profile = Self::empty();
        for table in TABLES {
            profile.json(&["import", table, &fixture(table)]);
        }
        profile
    }

    /// The same, with one environment variable set otherwise; empty means not set.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.env.insert(name, value.to_owned());
        self
    }

    /// Set an environment variable for what follows; empty means not set.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.env.insert(name, value.to_owned());
    }

    /// The profile's folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// A path beside the profile.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Write a file beside the profile.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Run a command on another home folder.
    pub fn run_at(&self, home: &Path, args: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldquote"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FIELDQUOTE_") {
                command.env_remove(name);
            }
        }
        command.envs(self.env.iter().filter(|(_, value)| !value.is_empty()));
        let output =
            command.current_dir(self.folder.path()).arg("--home").arg(home).args(args).output().unwrap();
        let said = Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!said.err.contains("panicked") && !said.err.contains("backtrace"), "{args:?}: {}", said.err);
        assert!((0..=2).contains(&said.code), "{args:?}: {said:?}");
        said
    }

    /// Run a command.
    pub fn run(&self, args: &[&str]) -> Said {
        self.run_at(&self.home, args)
    }

    /// The words of a command that must be done.
    pub fn words(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}: {}", said.out);
        assert!(!said.out.trim().is_empty(), "{args:?} said nothing");
        said.out
    }

    /// The text of the JSON document of a command that must be done.
    pub fn document(&self, args: &[&str]) -> String {
        let said = self.run(&[&["--json"], args].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}: {}", said.out);
        said.out
    }

    /// The JSON document of a command that must be done.
    pub fn json(&self, args: &[&str]) -> Value {
        let document = self.document(args);
        serde_json::from_str(&document).unwrap_or_else(|error| panic!("{args:?}: {error}: {document}"))
    }

    /// The refusal of a command that must fail with this exit code, the same in words and as JSON.
    pub fn refused(&self, args: &[&str], exit: i32) -> Refusal {
        let said = self.run(&[&["--json"], args].concat());
        assert_eq!((said.code, said.out.as_str()), (exit, ""), "{args:?}: {}", said.err);
        let document: Value = serde_json::from_str(&said.err).unwrap();
        let text = |field: &str| document["error"][field].as_str().unwrap().to_owned();
        let refusal = Refusal { code: text("code"), message: text("message"), hint: text("hint") };
        assert!(!refusal.message.is_empty() && !refusal.hint.is_empty(), "{args:?}: {refusal:?}");
        refusal
    }

    /// Every row of every table a person may read, but for the count of the commands themselves.
    pub fn dump(&self) -> Value {
        let columns = self.json(&[
            "db",
            "query",
            "SELECT m.name AS t, group_concat('quote(\"' || p.name || '\")') AS c
             FROM sqlite_master m, pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%!_fts%' ESCAPE '!'
               AND m.name NOT LIKE '%!_trigram%' ESCAPE '!' AND m.name <> 'secrets' GROUP BY m.name",
        ]);
        let tables = columns.as_array().unwrap();
        assert!(tables.len() > 20, "{} tables", tables.len());
        let parts = tables.iter().map(|table| {
            let (name, columns) = (table["t"].as_str().unwrap(), table["c"].as_str().unwrap());
            let but = if name == "settings" { " WHERE name <> 'seeded_opens'" } else { "" };
            format!("SELECT '{name}' AS t, json_array({columns}) AS r FROM {name}{but}")
        });
        self.json(&["db", "query", &parts.collect::<Vec<_>>().join(" UNION ALL ")])
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> u64 {
        self.json(&["db", "query", &format!("SELECT count(*) AS n FROM {table}")])[0]["n"].as_u64().unwrap()
    }

    /// Draft, submit and approve a quote up to its gate; the draft, the quote and the gate's action.
    pub fn at_gate(&self, message: &str) -> (String, String, String) {
        let draft = text(&self.json(&["chat", message]), "draft_id");
        let submitted = self.json(&["draft", "submit", &draft]);
        let approved = self.json(&["action", "approve", &text(&submitted, "action_id")]);
        (draft, text(&submitted, "quote_id"), text(&approved, "next_action"))
    }
}

/// A text field of a document.
pub fn text(document: &Value, field: &str) -> String {
    document[field].as_str().unwrap_or_else(|| panic!("no {field} in {document}")).to_owned()
}

/// A file of the small market.
pub fn fixture(table: &str) -> String {
    format!("{}/../../../tests/fixtures/import/{table}.csv", env!("CARGO_MANIFEST_DIR"))
}

/// That a document has these fields.
pub fn has(document: &Value, fields: &[&str]) {
    for field in fields {
        assert!(document.get(field).is_some(), "no {field} in {document}");
    }
}
