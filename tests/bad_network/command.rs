//! The command line as a process that is killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::Desk;
use domain::IdSource;
use testkit::profile::{TestProfile, monday, reopen};
use testkit::world::surroundings;

use crate::scenario::office::APPROVER;

/// How one process ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Killed,
    /// By itself, with everything done.
    Done,
    /// By itself, with an error; what it said.
    Failed(String),
}

/// Processes of `fieldquote sync once` on a profile, killed at moments drawn from a seed.
pub struct Killer {
    home: PathBuf,
    recovery_key: String,
    draws: Draws,
    pub kills: u32,
}

impl Killer {
    /// The recovery key opens a profile at once; a passphrase takes longer than the pass that is to be killed.
    pub fn new(profile: &TestProfile, seed: u64) -> Self {
        Killer {
            home: profile.folder.path().to_owned(),
            recovery_key: profile.made.recovery_key.clone(),
            draws: Draws::of(seed),
            kills: 0,
        }
    }

    /// One process that is killed within `most`, unless it has ended by then.
    pub fn life(&mut self, least: Duration, most: Duration) -> End {
        let (least, most) = (least.as_millis() as u64, most.as_millis() as u64);
        let length = Duration::from_millis(self.draws.between(least, most));
        let mut child = self.start();
        let begun = Instant::now();
        while begun.elapsed() < length {
            if child.try_wait().expect("it is a child").is_some() {
                return ended(child);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        child.kill().expect("it may be killed");
        let output = child.wait_with_output().expect("it ends");
        if output.status.code().is_some() {
            return outcome(&output); // It was faster.
        }
        self.kills += 1;
        End::Killed
    }

    /// How long a process takes that nobody kills.
    pub fn undisturbed(&self) -> Duration {
        let begun = Instant::now();
        let end = ended(self.start());
        assert_eq!(end, End::Done);
        begun.elapsed()
    }

    fn start(&self) -> Child {
        Command::new(binary())
            .arg("--home")
            .arg(&self.home)
            .args(["sync", "once"])
            .env_remove("FIELDQUOTE_PASSPHRASE")
            .env("FIELDQUOTE_RECOVERY_KEY", &self.recovery_key)
            .env("FIELDQUOTE_NOW", monday().to_rfc3339())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts")
    }

    /// The profile, opened here for as long as `work` takes.
    pub fn between<T>(&mut self, work: impl FnOnce(&Arc<Desk>) -> T) -> T {
        let seed = self.draws.between(1_000, u64::MAX / 2);
        let desk =
            Arc::new(reopen(&self.home, APPROVER, monday(), seed, None).expect("it opens after a kill"));
        work(&desk)
    }
}

/// Numbers drawn from a seed; `SYNC_SEED` draws others.
pub struct Draws(Arc<dyn IdSource>);

impl Draws {
    pub fn of(seed: u64) -> Self {
        Draws(surroundings(monday(), told("SYNC_SEED", 0) * 10_000 + seed).0.ids)
    }

    /// A number from `least` to `most`.
    pub fn between(&self, least: u64, most: u64) -> u64 {
        least + self.0.below_or_equal(most.saturating_sub(least))
    }
}

/// A number in the environment, or this one.
pub fn told(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn ended(child: Child) -> End {
    outcome(&child.wait_with_output().expect("it ends"))
}

fn outcome(output: &std::process::Output) -> End {
    if output.status.success() {
        return End::Done;
    }
    End::Failed(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Beside the tests' folder, where cargo puts it.
fn binary() -> PathBuf {
    let tests = std::env::current_exe().expect("this test");
    let folder = tests.parent().and_then(Path::parent).expect("the profile's folder");
    let binary = folder.join(format!("fieldquote{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.exists(), "{} is built with the workspace", binary.display());
    binary
}
