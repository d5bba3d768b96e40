//! The arrows between crates run one way, and the window's toolkit stays in the root package.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Who may depend on whom, test dependencies aside.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("drafting", &["domain"]),
    ("workflow", &["domain"]),
    ("render", &["domain"]),
    ("sample", &["domain"]),
    ("sync", &["domain"]),
    ("assistant", &[]),
    ("desk", &["assistant", "domain", "drafting", "render", "sample", "store", "sync", "workflow"]),
    ("cli", &["desk", "domain", "store"]),
    ("testkit", &["assistant", "desk", "domain", "sample", "store"]),
    ("desktop", &["desk", "domain", "drafting", "store"]),
];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn dependencies(package: &Value) -> impl Iterator<Item = (&str, bool)> {
    let all = package["dependencies"].as_array().expect("a list");
    all.iter().map(|dependency| {
        (dependency["name"].as_str().expect("a name"), dependency["kind"].as_str() == Some("dev"))
    })
}

#[test]
fn every_crate_depends_only_on_those_below_it() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ARROWS.iter().map(|(name, below)| (*name, below.iter().copied().collect())).collect();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        let Some(name) = name.strip_prefix("fieldquote-") else { panic!("{name} is not one of ours") };
        let below = allowed.get(name).unwrap_or_else(|| panic!("{name} has no place in the house yet"));
        seen.insert(name.to_owned());
        for (dependency, is_dev) in dependencies(package) {
            if let (Some(dependency), false) = (dependency.strip_prefix("fieldquote-"), is_dev) {
                assert!(below.contains(dependency), "{name} must not depend on {dependency}");
            }
        }
    }
    assert_eq!(seen.len(), ARROWS.len(), "a crate is missing or was renamed: {seen:?}");
}

#[test]
fn only_the_root_package_may_know_the_window_and_only_store_knows_sqlite() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        for (dependency, _) in dependencies(package) {
            let is_window = dependency == "tauri" || dependency.starts_with("tauri-");
            assert!(!is_window || name == "fieldquote-desktop", "{name} must not know the window");
            let is_sqlite = dependency == "rusqlite" || dependency == "libsqlite3-sys";
            // The bench of the root package measures its floor on raw SQLite.
            assert!(
                !is_sqlite || matches!(name, "fieldquote-store" | "fieldquote-desktop"),
                "{name} must not know SQLite"
            );
        }
    }
}
