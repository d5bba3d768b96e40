//! The system's keyring as keeper, against a real one: gnome-keyring on a session bus of its own.
//!
//! Each part of a story runs in its own session, as after a restart: the outer test starts this binary
//! again under `dbus-run-session` and names the inner one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper that fails fails its test

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fieldquote_store::keys::{Keeper, KeyError, KeySource, Passphrase};
use fieldquote_store::{Opening, Store, StoreError, secrets};

const NOW: &str = "2026-07-01T00:00:00.000Z";
const HOME: &str = "FIELDQUOTE_TEST_HOME";

enum Session {
    /// A keyring, unlocked with this password.
    Keyring(&'static str),
    /// A session bus with no keyring on it.
    OnlyBus,
    /// No session bus.
    Nothing,
}

/// Run an inner test in a session; what it prints and whether it passed.
fn in_session(folder: &Path, session: &Session, inner: &str) -> Output {
    let this = env::current_exe().unwrap();
    let arguments = ["--exact", inner, "--ignored", "--nocapture"];
    let mut command = match session {
        Session::Keyring(password) => {
            let mut command = Command::new("dbus-run-session");
            let script = "printf '%s\\n' \"$PASSWORD\" | gnome-keyring-daemon --unlock --components=secrets \
                          >/dev/null 2>&1; exec \"$0\" \"$@\"";
            command.args(["--", "sh", "-c", script]).arg(&this).env("PASSWORD", password);
            command
        }
        Session::OnlyBus => {
            let mut command = Command::new("dbus-run-session");
            // A configuration without services: nothing starts a keyring on demand.
            let bus = folder.join("bus.conf");
            std::fs::write(
                &bus,
                "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\">\
                 <allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
            )
            .unwrap();
            command.arg("--config-file").arg(bus).arg("--").arg(&this);
            command
        }
        Session::Nothing => Command::new(&this),
    };
    command
        .args(arguments)
        .env(HOME, folder.join("home"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_RUNTIME_DIR", folder)
        .env("HOME", folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .expect("dbus-run-session and gnome-keyring-daemon are installed by the project's set-up")
}

#[track_caller]
fn passes(folder: &Path, session: &Session, inner: &str) {
    let output = in_session(folder, session, inner);
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{inner}: {said}");
}

fn home() -> PathBuf {
    PathBuf::from(env::var_os(HOME).expect("run by an outer test"))
}

fn open() -> Result<Store, StoreError> {
    Store::open(&Opening::new(&home(), &KeySource::default(), NOW))
}

#[track_caller]
fn key_error(result: Result<Store, StoreError>) -> KeyError {
    match result {
        Err(StoreError::Key(error)) => error,
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("it opened"),
    }
}

#[test]
fn a_key_in_the_keyring_opens_the_database_in_the_next_session() {
    let folder = tempfile::tempdir().unwrap();
    passes(folder.path(), &Session::Keyring("one"), "inner_create");
    passes(folder.path(), &Session::Keyring("one"), "inner_open");
    passes(folder.path(), &Session::Keyring("another"), "inner_locked");
    passes(folder.path(), &Session::OnlyBus, "inner_no_keyring");
    passes(folder.path(), &Session::Nothing, "inner_no_keyring");
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    passes(folder.path(), &Session::Keyring("one"), "inner_gone");
}

#[test]
fn a_token_is_kept_beside_the_key_and_not_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    passes(folder.path(), &Session::Keyring("one"), "inner_keep_token");
    passes(folder.path(), &Session::Keyring("one"), "inner_find_token");
    passes(folder.path(), &Session::Keyring("another"), "inner_token_locked");
    passes(folder.path(), &Session::OnlyBus, "inner_token_no_keyring");
    passes(folder.path(), &Session::Nothing, "inner_token_no_keyring");
    passes(folder.path(), &Session::Keyring("one"), "inner_forget_token");
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    passes(folder.path(), &Session::Keyring("one"), "inner_token_gone");
}

#[test]
fn without_a_keyring_a_new_profile_says_what_to_do_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    passes(folder.path(), &Session::Nothing, "inner_nowhere_to_keep");
    passes(folder.path(), &Session::OnlyBus, "inner_nowhere_to_keep");
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_create() {
    Store::create(&Opening::new(&home(), &KeySource::default(), NOW), "01JRING").unwrap();
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_open() {
    assert_eq!(open().unwrap().quick_check().unwrap(), Vec::<String>::new());
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_locked() {
    let error = key_error(open());
    assert!(matches!(error, KeyError::KeyringLocked(_)), "{error}");
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_no_keyring() {
    let error = key_error(open());
    assert!(matches!(error, KeyError::NoKeyring(_)), "{error}");
    assert!(error.to_string().contains("recovery key"), "{error}");
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_gone() {
    let error = key_error(open());
    assert!(matches!(error, KeyError::KeyGone { .. }), "{error}");
    assert!(error.to_string().contains("recovery key"), "{error}");
    let again = Store::create(&Opening::new(&home(), &KeySource::default(), NOW), "01JAGAIN");
    assert!(matches!(again, Err(StoreError::DatabaseExists(_))));
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_nowhere_to_keep() {
    let error = key_error(Store::create(&Opening::new(&home(), &KeySource::default(), NOW), "01JRING"));
    assert!(matches!(error, KeyError::NowhereToKeep(_)), "{error}");
    assert!(error.to_string().contains("FIELDQUOTE_PASSPHRASE"), "{error}");
    assert!(!home().join("fieldquote.db").exists() && !home().join("profile.json").exists());
    let keys = KeySource { passphrase: Some(Passphrase::new("p".to_owned())), recovery_key: None };
    Store::create(&Opening::new(&home(), &keys, NOW), "01JRING").unwrap();
    for file in ["fieldquote.db", "profile.json", "key-01JRING.json"] {
        std::fs::remove_file(home().join(file)).unwrap();
    }
}

/// The store of a profile kept by the keyring, whatever became of that: opened with the recovery key.
fn recovered() -> Store {
    let text = std::fs::read_to_string(home().join("recovery.txt")).unwrap();
    let keys = KeySource { passphrase: None, recovery_key: Some(text.parse().unwrap()) };
    Store::open(&Opening::new(&home(), &keys, NOW)).unwrap()
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_keep_token() {
    let store = Store::create(&Opening::new(&home(), &KeySource::default(), NOW), "01JRING").unwrap();
    assert_eq!(store.token_keeper().unwrap(), Keeper::Keyring);
    assert_eq!(store.find_token("central").unwrap(), None);
    store.keep_token("central", "one").unwrap();
    store.keep_token("central", "two").unwrap();
    store.keep_token("next", "three").unwrap();
    std::fs::write(home().join("recovery.txt"), store.recovery_key().printed().as_bytes()).unwrap();
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_find_token() {
    let store = open().unwrap();
    assert_eq!(store.find_token("central").unwrap().as_deref(), Some("two"));
    let kept = store.read(|db| secrets::get(db, "token.central")).unwrap();
    assert_eq!(kept, None);
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_token_locked() {
    let error = key_error(recovered().find_token("central").map(|_| recovered()));
    assert!(matches!(error, KeyError::KeyringLocked(_)), "{error}");
    let error = key_error(recovered().keep_token("central", "four").map(|()| recovered()));
    assert!(matches!(error, KeyError::KeyringLocked(_) | KeyError::NoKeyring(_)), "{error}");
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_token_no_keyring() {
    let error = key_error(recovered().find_token("central").map(|_| recovered()));
    assert!(matches!(error, KeyError::NoKeyring(_)), "{error}");
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_forget_token() {
    let store = open().unwrap();
    store.forget_token("central").unwrap();
    store.forget_token("central").unwrap();
    assert_eq!(store.find_token("central").unwrap(), None);
    assert_eq!(store.find_token("next").unwrap().as_deref(), Some("three"));
}

#[test]
#[ignore = "run by an outer test in a session of its own"]
fn inner_token_gone() {
    let error = key_error(recovered().find_token("next").map(|_| recovered()));
    assert!(matches!(error, KeyError::KeyGone { .. }), "{error}");
}
