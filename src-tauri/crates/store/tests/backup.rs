//! A backup opens on another machine, and putting one back never loses what is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper that fails fails its test

use std::fs;
use std::path::Path;

use domain::{Customer, CustomerType, EntityStatus};
use fieldquote_store::backup::{self, BackupError, Restore};
use fieldquote_store::keys::{KeySource, Passphrase};
use fieldquote_store::{Opening, Store, StoreError, customers, database_path};

const NOW: &str = "2026-07-01T00:00:00.000Z";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn keys(text: &str) -> KeySource {
    KeySource { passphrase: Some(passphrase(text)), recovery_key: None }
}

fn customer(id: &str) -> Customer {
    Customer {
        id: id.parse().unwrap(),
        name: format!("District {id}"),
        customer_type: CustomerType::District,
        city: None,
        state: None,
        zip: None,
        address1: None,
        entitystatus: EntityStatus::Active,
        netsuite_id: None,
        terms: None,
        price_level: None,
        sales_rep: None,
        contact_name: None,
        contact_email: None,
        contact_phone: None,
        aliases: Vec::new(),
    }
}

/// A profile with one customer, closed.
fn profile(home: &Path, id: &str) {
    let keys = keys("home");
    let store = Store::create(&Opening::new(home, &keys, NOW), &format!("01J{id}")).unwrap();
    store.write(|tx| customers::upsert(tx, &customer(id), NOW)).unwrap();
}

fn open(home: &Path, text: &str) -> Result<Store, StoreError> {
    Store::open(&Opening::new(home, &keys(text), NOW))
}

fn holds(home: &Path, text: &str) -> Vec<String> {
    let store = open(home, text).unwrap();
    let all = store.read(|db| customers::list(db, 10, 0)).unwrap();
    all.into_iter().map(|customer| customer.id.to_string()).collect()
}

fn put_back(from: &Path, home: &Path, locked_with: &str, replace: bool) -> Result<(), BackupError> {
    backup::restore(&Restore {
        from,
        passphrase: &passphrase(locked_with),
        home,
        keys: &keys("restored"),
        profile_id: "01JRESTORED",
        replace,
    })
}

#[test]
fn a_backup_opens_on_another_machine_under_a_key_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (home, other, file) =
        (folder.path().join("home"), folder.path().join("other"), folder.path().join("b.fqbackup"));
    profile(&home, "C1");
    let store = open(&home, "home").unwrap();
    backup::make(&store, &file, &passphrase("carried")).unwrap();
    let device_key = store.recovery_key();
    assert!(matches!(backup::make(&store, &file, &passphrase("x")), Err(BackupError::FileExists(_))));
    store.write(|tx| customers::upsert(tx, &customer("C2"), NOW)).unwrap();

    put_back(&file, &other, "carried", false).unwrap();
    assert_eq!(holds(&other, "restored"), ["C1"]);
    let restored = open(&other, "restored").unwrap();
    assert!(restored.recovery_key() != device_key);
    assert_eq!(restored.quick_check().unwrap(), Vec::<String>::new());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_backup_is_not_readable_and_only_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let (home, file) = (folder.path().join("home"), folder.path().join("b.fqbackup"));
    profile(&home, "C1");
    backup::make(&open(&home, "home").unwrap(), &file, &passphrase("carried")).unwrap();
    let bytes = fs::read(&file).unwrap();
    for needle in [&b"SQLite format 3"[..], b"District", b"customers"] {
        assert!(!bytes.windows(needle.len()).any(|window| window == needle));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_there_is_replaced_only_when_asked_and_kept_beside() {
    let folder = tempfile::tempdir().unwrap();
    let (home, other, file) =
        (folder.path().join("home"), folder.path().join("other"), folder.path().join("b.fqbackup"));
    profile(&home, "C1");
    profile(&other, "C9");
    backup::make(&open(&home, "home").unwrap(), &file, &passphrase("carried")).unwrap();

    assert!(matches!(put_back(&file, &other, "carried", false), Err(BackupError::ProfileExists(_))));
    assert_eq!(holds(&other, "home"), ["C9"]);

    let open_elsewhere = open(&other, "home").unwrap();
    assert!(matches!(put_back(&file, &other, "carried", true), Err(BackupError::InUse(_))));
    drop(open_elsewhere);

    put_back(&file, &other, "carried", true).unwrap();
    assert_eq!(holds(&other, "restored"), ["C1"]);

    // The one before is whole: in its place again it opens with its own key.
    fs::rename(other.join("fieldquote.db"), other.join("set-away")).unwrap();
    assert_eq!(holds(&other, "home"), ["C9"]);
}

#[test]
fn a_wrong_passphrase_or_a_damaged_backup_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (home, other, file) =
        (folder.path().join("home"), folder.path().join("other"), folder.path().join("b.fqbackup"));
    profile(&home, "C1");
    profile(&other, "C9");
    backup::make(&open(&home, "home").unwrap(), &file, &passphrase("carried")).unwrap();
    let whole = fs::read(&file).unwrap();
    assert!(put_back(&file, &other, "guessed", true).is_err());

    let damaged = folder.path().join("damaged");
    for place in [0, 30, whole.len() / 2, whole.len() - 10] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        fs::write(&damaged, bytes).unwrap();
        assert!(put_back(&damaged, &other, "carried", true).is_err(), "byte {place}");
    }
    for length in [0, 10, 100, whole.len() / 2, whole.len() - 4096] {
        fs::write(&damaged, &whole[..length]).unwrap();
        assert!(put_back(&damaged, &other, "carried", true).is_err(), "cut at {length}");
    }
    fs::write(&damaged, "just a file").unwrap();
    assert!(matches!(put_back(&damaged, &other, "carried", true), Err(BackupError::NotABackup { .. })));

    assert_eq!(holds(&other, "home"), ["C9"]);
    let left: Vec<_> = fs::read_dir(&other)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restore"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_restore_that_ended_half_way_is_undone_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    profile(&home, "C1");
    // As it is left by a power cut after the old database was moved and before the new one was.
    let database = database_path(&home);
    fs::rename(&database, home.join("fieldquote.db.before-restore")).unwrap();
    fs::rename(home.join("profile.json"), home.join("profile.json.before-restore")).unwrap();
    assert_eq!(holds(&home, "home"), ["C1"]);
    let refused = Store::create(&Opening::new(&home, &keys("home"), NOW), "01JNEW");
    assert!(matches!(refused, Err(StoreError::DatabaseExists(_))));
}
