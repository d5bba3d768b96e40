//! A database is opened by the key it was made with, and never made anew because a key is gone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper that fails fails its test

use std::fs;
use std::path::Path;

use fieldquote_store::keys::{KeyError, KeySource, Passphrase, RawKey, RecoveryKey};
use fieldquote_store::{Opening, Store, StoreError, customers, database_path};

const NOW: &str = "2026-07-01T00:00:00.000Z";

fn with_passphrase(text: &str) -> KeySource {
    KeySource { passphrase: Some(Passphrase::new(text.to_owned())), recovery_key: None }
}

fn with_recovery(key: RecoveryKey) -> KeySource {
    KeySource { passphrase: None, recovery_key: Some(key) }
}

fn open(home: &Path, keys: &KeySource) -> Result<Store, StoreError> {
    Store::open(&Opening::new(home, keys, NOW))
}

fn create(home: &Path, keys: &KeySource) -> Result<Store, StoreError> {
    Store::create(&Opening::new(home, keys, NOW), "01JPROFILE")
}

fn why(result: Result<Store, StoreError>) -> KeyError {
    match result {
        Err(StoreError::Key(error)) => error,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("it opened"),
    }
}

#[test]
fn a_passphrase_opens_what_it_made_and_no_other_does() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    drop(create(&home, &with_passphrase("right")).unwrap());
    let store = open(&home, &with_passphrase("right")).unwrap();
    assert_eq!(store.read(customers::count).unwrap(), 0);
    assert!(matches!(why(open(&home, &with_passphrase("wrong"))), KeyError::WrongPassphrase));
    assert!(matches!(why(open(&home, &KeySource::default())), KeyError::PassphraseNeeded));
}

#[test]
fn a_key_that_is_gone_is_an_error_with_a_way_out_and_never_a_fresh_start() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let keys = with_passphrase("p");
    drop(create(home, &keys).unwrap());
    let before = fs::read(database_path(home)).unwrap();

    fs::rename(home.join("key-01JPROFILE.json"), home.join("elsewhere")).unwrap();
    let gone = why(open(home, &keys));
    assert!(
        matches!(&gone, KeyError::KeyFileMissing(_)) && gone.to_string().contains("recovery key"),
        "{gone}"
    );

    fs::write(home.join("key-01JPROFILE.json"), "{}").unwrap();
    assert!(matches!(why(open(home, &keys)), KeyError::KeyFileDamaged { .. }));

    fs::remove_file(home.join("profile.json")).unwrap();
    assert!(matches!(why(open(home, &keys)), KeyError::ProfileMissing(_)));
    fs::write(home.join("profile.json"), "nonsense").unwrap();
    assert!(matches!(why(open(home, &keys)), KeyError::ProfileDamaged { .. }));

    assert!(matches!(create(home, &keys), Err(StoreError::DatabaseExists(_))));
    assert_eq!(fs::read(database_path(home)).unwrap(), before);
}

#[test]
fn where_no_database_is_none_is_made_by_opening() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("nothing");
    assert!(matches!(open(&home, &with_passphrase("p")), Err(StoreError::NoDatabase(_))));
    assert!(!home.exists());
}

#[test]
fn the_recovery_key_opens_the_database_and_its_key_can_be_kept_anew() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let printed = create(home, &with_passphrase("forgotten")).unwrap().recovery_key().printed().to_string();
    for file in ["key-01JPROFILE.json", "profile.json"] {
        fs::remove_file(home.join(file)).unwrap();
    }
    let typed: RecoveryKey = printed.to_lowercase().replace('-', " ").parse().unwrap();
    let store = open(home, &with_recovery(typed)).unwrap();
    store.keep_key(&with_passphrase("new one"), "01JOTHER").unwrap();
    drop(store);
    open(home, &with_passphrase("new one")).unwrap();
    let other = RecoveryKey::of(&RawKey::generate().unwrap());
    assert!(matches!(why(open(home, &with_recovery(other))), KeyError::WrongKey));
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let store = create(home, &with_passphrase("p")).unwrap();
    store.checkpoint().unwrap();
    let hex: String = {
        let printed = store.recovery_key().printed().to_string();
        printed.chars().filter(char::is_ascii_alphanumeric).collect()
    };
    for entry in fs::read_dir(home).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(b"SQLite format 3") && !holds(b"CREATE TABLE"), "{}", path.display());
        assert!(!holds(hex.as_bytes()), "{}", path.display());
    }
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let folder = tempfile::tempdir().unwrap();
    let store = create(folder.path(), &with_passphrase("hunter2")).unwrap();
    let recovery = store.recovery_key();
    let shown = format!("{:?} {:?}", Passphrase::new("hunter2".to_owned()), recovery);
    assert!(!shown.contains("hunter2") && !shown.contains(&recovery.printed()[..4]), "{shown}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let store = create(&home, &with_passphrase("p")).unwrap();
    store.read(customers::count).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home), 0o700);
    for file in
        ["fieldquote.db", "fieldquote.db-wal", "fieldquote.db-shm", "profile.json", "key-01JPROFILE.json"]
    {
        assert_eq!(mode(&home.join(file)), 0o600, "{file}");
    }
}
