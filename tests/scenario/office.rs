//! An office: a central on its own runtime, with NetSuite and the mail provider standing in, and devices.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::{Desk, SystemClock};
use domain::{ActionId, ActionStatus};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};
use tempfile::TempDir;
use testkit::central::{Central, CentralSetup};
use testkit::profile::{self, TestProfile};
use testkit::standins::keys::{KeyKind, Keys};
use testkit::standins::{Mail, MailSetup, NetSuite, NetSuiteSetup};

/// How long deliveries may take: a queue gathers its messages for seconds.
const PATIENCE: Duration = Duration::from_secs(60);

pub const REP: &str = "Dana Whitlock";
pub const APPROVER: &str = "Mike";

pub struct Office {
    pub central: Central,
    pub netsuite: NetSuite,
    pub mail: Mail,
    folder: TempDir,
}

impl Office {
    /// With the sample market as its reference data.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let market = profile::with_sample("the office").expect("the sample market");
        let lines = testkit::reference::lines(&market.desk).expect("its rows");
        Self::open_in(folder, &lines)
    }

    pub fn open_in(folder: TempDir, reference: &str) -> Self {
        let netsuite = NetSuite::start(NetSuiteSetup::new(
            Keys::draw(KeyKind::Es256).expect("a key"),
            Arc::new(SystemClock),
        ))
        .expect("the stand-in starts");
        let mail = Mail::start(MailSetup::default()).expect("the stand-in starts");
        let key = folder.path().join("netsuite.pem");
        std::fs::write(&key, netsuite.private_pem()).expect("the key is kept");
        let seed = folder.path().join("reference.ndjson");
        std::fs::write(&seed, reference).expect("the reference data is kept");
        let central = Central::start(CentralSetup {
            state: folder.path().join("central"),
            seed: Some(seed),
            netsuite: Some((netsuite.url().to_owned(), key)),
            mail: Some((mail.url().to_owned(), MailSetup::default().api_key)),
        })
        .expect("the central starts");
        Office { central, netsuite, mail, folder }
    }

    /// A new device of a person, signed in at the central or at what stands before it.
    pub fn device_at(&self, url: &str, person: &str, seed: u64) -> TestProfile {
        let profile = profile::seeded(person, seed).expect("a profile");
        let code = self.central.code(person).expect("a code");
        profile.desk.connect(url, &code, "test device").expect("it is let in");
        profile
    }

    /// A new device of a person, signed in and current.
    pub fn device(&self, person: &str, seed: u64) -> TestProfile {
        let profile = self.device_at(self.central.url(), person, seed);
        sync(&profile.desk);
        profile
    }

    /// What SQL says of the central's database.
    pub fn d1(&self, sql: &str) -> Vec<Map<String, Value>> {
        let conn =
            Connection::open_with_flags(self.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("D1");
        conn.busy_timeout(Duration::from_secs(10)).expect("a patient reader");
        let mut statement = conn.prepare(sql).expect("the query reads");
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let rows = statement.query_map([], |row| {
            names.iter().enumerate().map(|(n, name)| Ok((name.clone(), plain(row.get_ref(n)?)))).collect()
        });
        rows.expect("it runs").collect::<Result<_, _>>().expect("rows")
    }

    /// Change the central's database behind its back: time that has passed, say.
    pub fn write_d1(&self, sql: &str) {
        let conn = Connection::open(self.database()).expect("D1");
        conn.busy_timeout(Duration::from_secs(10)).expect("a patient writer");
        conn.execute(sql, []).expect("it runs");
    }

    /// A customer's row, with another sales representative.
    pub fn customer(&self, id: &str, sales_rep: &str) -> Value {
        let mut row = self.d1(&format!("SELECT * FROM customers WHERE id = '{id}'")).remove(0);
        row.insert("sales_rep".to_owned(), Value::from(sales_rep));
        Value::Object(row)
    }

    /// The one text or number of the one row.
    pub fn d1_one(&self, sql: &str) -> Value {
        let rows = self.d1(sql);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows[0].values().next().expect("a column").clone()
    }

    /// Wait until SQL at the central says so.
    pub fn until(&self, sql: &str, expected: &Value) {
        let begun = Instant::now();
        while self.d1_one(sql) != *expected {
            assert!(begun.elapsed() < PATIENCE, "{sql} is {} and not {expected}", self.d1_one(sql));
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn database(&self) -> PathBuf {
        let mut folders = vec![self.folder.path().join("central")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
                if path.is_dir() {
                    folders.push(path);
                } else if name.ends_with(".sqlite")
                    && path.to_string_lossy().contains("D1")
                    && name != "metadata.sqlite"
                {
                    return path;
                }
            }
        }
        panic!("the central keeps no database");
    }
}

/// The pending action of a type.
pub fn pending(desk: &Desk, kind: &str) -> ActionId {
    let waiting = desk.actions(Some(ActionStatus::Pending), 100).expect("the list reads");
    let of_kind: Vec<_> = waiting.into_iter().filter(|action| action.action_type == kind).collect();
    assert_eq!(of_kind.len(), 1, "one {kind} waits");
    of_kind[0].action_id.clone()
}

/// Bring everything up and down once; nothing is left.
pub fn sync(desk: &Arc<Desk>) -> desk::sync::Pass {
    let pass = desk.sync_once(|_| {}).expect("the central answers");
    let left = (pass.status.waiting, pass.status.parked, pass.status.to_fetch);
    assert_eq!(left, (0, 0, 0), "{:?} {:?}", pass.status.parked_items, pass.status.next);
    pass
}

fn plain(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text).into_owned()),
        other => panic!("neither text nor number: {other:?}"),
    }
}
