//! A profile opens with its key or not at all, and a copy of it is whole.

mod support;
use std::path::Path;

use support::{PASSPHRASE, Profile, text};

#[test]
fn a_profile_opens_with_its_passphrase_or_its_recovery_key_and_with_nothing_else() {
    let mut profile = Profile::none();
    let made = profile.json(&["init"]);
    let recovery = text(&made["profile"], "recovery_key");
    assert_eq!(profile.refused(&["init"], 1).code, "profile_exists");
    profile.set("FIELDQUOTE_PASSPHRASE", "another");
    assert_eq!(profile.refused(&["doctor"], 1).code, "key_missing");
    profile.set("FIELDQUOTE_PASSPHRASE", "");
    let refusal = profile.refused(&["doctor"], 1);
    assert!(refusal.code == "key_missing" && refusal.hint.contains("FIELDQUOTE_PASSPHRASE"), "{refusal:?}");
    profile.set("FIELDQUOTE_RECOVERY_KEY", &recovery);
    assert_eq!(profile.json(&["doctor"])["ok"], true);
    profile.set("FIELDQUOTE_RECOVERY_KEY", "HAEH-15T3");
    assert_eq!(profile.refused(&["doctor"], 2).code, "bad_input");
}

#[test]
fn a_database_whose_key_file_is_gone_is_never_a_fresh_start() {
    let mut profile = Profile::none();
    let made = profile.json(&["init"]);
    let database = std::fs::read(profile.home().join("fieldquote.db")).unwrap();
    let names = std::fs::read_dir(profile.home()).unwrap().map(|entry| entry.unwrap().path());
    let key = names
        .into_iter()
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("key-"))
        .unwrap();
    std::fs::remove_file(key).unwrap();
    for args in [&["doctor"][..], &["draft", "list"], &["chat", "hello"]] {
        assert_eq!(profile.refused(args, 1).code, "key_missing", "{args:?}");
    }
    assert_eq!(profile.refused(&["init"], 1).code, "profile_exists");
    assert_eq!(std::fs::read(profile.home().join("fieldquote.db")).unwrap(), database);
    profile.set("FIELDQUOTE_RECOVERY_KEY", &text(&made["profile"], "recovery_key"));
    assert_eq!(profile.json(&["doctor"])["ok"], true);
}

#[test]
fn no_profile_is_an_error_that_makes_none() {
    let profile = Profile::none();
    for args in [&["doctor"][..], &["chat", "hello"], &["import", "customers", "x.csv"], &["backup", "b"]] {
        assert_eq!(profile.refused(args, 1).code, "no_profile", "{args:?}");
    }
    assert!(!profile.home().join("fieldquote.db").exists());
}

#[test]
fn a_backup_restores_elsewhere_and_over_a_profile_only_when_asked() {
    let profile = Profile::stocked();
    let rows = "SELECT * FROM customers ORDER BY id";
    let before = profile.json(&["db", "query", rows]);
    let file = profile.path("all.backup");
    assert!(profile.json(&["backup", &file])["size"].as_u64().unwrap() > 10_000);
    assert_eq!(profile.refused(&["backup", &file], 2).code, "bad_input");

    let other = Profile::none();
    other.json(&["restore", &file]);
    assert_eq!(other.json(&["db", "query", rows]), before);
    assert_eq!(other.json(&["doctor"])["ok"], true);
    assert_eq!(other.refused(&["restore", &file], 1).code, "profile_exists");
    other.json(&["import", "customers", &other.file("c.csv", "id,name,entitystatus\nC9,Nine,active\n")]);
    other.json(&["restore", &file, "--replace"]);
    assert_eq!(other.json(&["db", "query", rows]), before);

    let stranger = Profile::none().with("FIELDQUOTE_PASSPHRASE", "another");
    assert_eq!(stranger.refused(&["restore", &file], 1).code, "key_missing");
    let fake = stranger.file("fake", "not a backup");
    assert_eq!(stranger.refused(&["restore", &fake], 2).code, "bad_input");
    assert!(!stranger.home().join("fieldquote.db").exists());
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let profile = Profile::stocked();
    profile.json(&["doctor"]);
    profile.json(&["backup", &profile.home().join("b.backup").display().to_string()]);
    let clear = |path: &Path, what: &str| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(what.len()).any(|window| window == what.as_bytes())
    };
    for entry in std::fs::read_dir(profile.home()).unwrap() {
        let path = entry.unwrap().path();
        for what in ["Marshalltown", PASSPHRASE, "SQLite format"] {
            assert!(!clear(&path, what), "“{what}” is in {}", path.display());
        }
    }
}
