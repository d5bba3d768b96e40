//! Running the engine: one pass, or on and on.
//!
//! Owns the one process that syncs a profile (a lock file that the system lets go of when a process dies, so
//! nothing is ever left under way) and the async runtime, which lives nowhere else. Must not decide anything.

use std::fs::{File, OpenOptions, TryLockError};
use std::sync::Arc;

use serde::Serialize;
use store::settings;
use sync::driver::{Report, World};
use sync::{Driver, Ending, Mode, Signal, Signals, Tuning};
use tokio::sync::mpsc;

use super::account::not_connected;
use super::device::DeskDevice;
use super::status::{LAST_ENDING, LastEnding};
use crate::Desk;
use crate::error::{Code, DeskError};
use crate::sync::SyncStatus;

const LOCK: &str = "sync.lock";

/// What a pass did.
#[derive(Debug, Serialize, ts_rs::TS)]
pub struct Pass {
    /// Operations that were answered.
    pub answered: u64,
    /// Rows that changed here.
    pub rows: u64,
    /// Where the queue stands now.
    pub status: SyncStatus,
}

/// A sync that goes on until it is stopped. Dropping it stops it and waits for it.
pub struct Watch {
    signals: Signals,
    thread: Option<std::thread::JoinHandle<()>>,
    desk: Arc<Desk>,
}

impl Desk {
    /// Bring everything up and down once. `observe` is told what goes on.
    ///
    /// # Errors
    /// `busy` when another process syncs this profile; `sign_in_needed`; `offline`; `unavailable`. What was
    /// brought over until then is kept, and nothing is lost.
    pub fn sync_once(self: &Arc<Self>, observe: impl FnMut(&Report)) -> Result<Pass, DeskError> {
        self.sync_once_with(Tuning::default(), observe)
    }

    /// The same, as patiently as is said: for tests of bad networks, which cannot wait as a device does.
    ///
    /// # Errors
    /// As [`Desk::sync_once`].
    pub fn sync_once_with(
        self: &Arc<Self>,
        tuning: Tuning,
        mut observe: impl FnMut(&Report),
    ) -> Result<Pass, DeskError> {
        let _alone = self.only_one()?;
        let (mut answered, mut rows) = (0, 0);
        let ending = self.drive(Mode::Once, tuning, mpsc::unbounded_channel(), |report| {
            match report {
                Report::Answered(count) => answered += *count as u64,
                Report::Feed { rows: changed, .. } => rows = *changed,
                Report::Link(_) => {}
            }
            observe(report);
        })?;
        self.remember(&LastEnding::of(&ending))?;
        match error_of(&ending) {
            Some(error) => Err(error),
            None => Ok(Pass { answered, rows, status: self.sync_status()? }),
        }
    }

    /// Go on in a thread of its own until it is stopped. `observe` is told what goes on.
    pub fn sync_watch(
        self: &Arc<Self>,
        observe: impl Fn(&Report) + Send + 'static,
    ) -> Result<Watch, DeskError> {
        let alone = self.only_one()?;
        self.central()?;
        let (signals, given) = mpsc::unbounded_channel();
        let (desk, forwarded) = (Arc::clone(self), signals.clone());
        let thread = std::thread::Builder::new()
            .name("sync".to_owned())
            .spawn(move || {
                let _alone = alone;
                let watched = Arc::clone(&desk);
                let ending = desk.drive(Mode::Watch, Tuning::default(), (forwarded, given), move |report| {
                    if let Report::Link(link) = report
                        && let Err(error) = watched.remember(&LastEnding::of_link(link))
                    {
                        tracing::warn!(%error, "where sync stands could not be recorded");
                    }
                    observe(report);
                });
                if let Err(error) = ending.and_then(|ending| desk.remember(&LastEnding::of(&ending))) {
                    tracing::error!(%error, "sync ended");
                }
            })
            .map_err(|error| {
                DeskError::new(
                    Code::Busy,
                    format!("no thread for sync: {error}"),
                    "Close something and try again.",
                )
            })?;
        Ok(Watch { signals, thread: Some(thread), desk: Arc::clone(self) })
    }

    fn drive(
        self: &Arc<Self>,
        mode: Mode,
        tuning: Tuning,
        (signals, given): (Signals, mpsc::UnboundedReceiver<Signal>),
        mut observe: impl FnMut(&Report),
    ) -> Result<Ending, DeskError> {
        let central = self.central()?;
        let _told = self.store.on_write(move || {
            // Nobody listens any more once the engine has ended.
            let _ended = signals.send(Signal::LocalChange);
        });
        let (clock, ids) = (Arc::clone(&self.world.clock), Arc::clone(&self.world.ids));
        let world = World {
            now: Arc::new(move || clock.now()),
            draw: Arc::new(move |upto| domain::IdSource::below_or_equal(ids.as_ref(), upto)),
        };
        let (reports, mut told) = mpsc::unbounded_channel();
        let device = Arc::new(DeskDevice(Arc::clone(self)));
        let driver = Driver::new(device, central, world, mode, tuning, reports);
        let ending = block_on(async {
            let running = driver.run(given);
            tokio::pin!(running);
            loop {
                tokio::select! {
                    ending = &mut running => break ending,
                    Some(report) = told.recv() => observe(&report),
                }
            }
        })?;
        while let Ok(report) = told.try_recv() {
            observe(&report);
        }
        self.store.checkpoint()?;
        Ok(ending)
    }

    /// The right to sync this profile. The system takes it back when the process ends, however it ends.
    fn only_one(&self) -> Result<File, DeskError> {
        let path = self.home.join(LOCK);
        let unusable = |error: std::io::Error| {
            DeskError::new(
                Code::Storage,
                format!("{}: {error}", path.display()),
                "Check the folder's permissions.",
            )
        };
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(DeskError::new(
                Code::Busy,
                "another FieldQuote is syncing this profile",
                "It carries this work too: `fieldquote sync status` tells how far it is.",
            )),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    fn remember(&self, last: &LastEnding) -> Result<(), DeskError> {
        let now = self.now();
        let text = serde_json::to_string(last)?;
        self.store.write(|tx| Ok(settings::set(tx, LAST_ENDING, &text, &now)?))
    }
}

impl Watch {
    /// Say something to it.
    pub fn signal(&self, signal: Signal) {
        // It has ended by itself; there is nothing to be told.
        let _ended = self.signals.send(signal);
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// The desk it works for.
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.signal(Signal::Stop);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("sync ended abruptly");
        }
    }
}

/// Run something async to its end, here.
pub(super) fn block_on<T>(work: impl Future<Output = T>) -> Result<T, DeskError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        DeskError::new(
            Code::Busy,
            format!("nothing can be started: {error}"),
            "Close something and try again.",
        )
    })?;
    Ok(runtime.block_on(work))
}

/// An ending that is not a good one, as an error.
fn error_of(ending: &Ending) -> Option<DeskError> {
    let (code, message, hint) = match ending {
        Ending::Current | Ending::Stopped => return None,
        Ending::Offline(why) => (
            Code::Offline,
            format!("the central is not reached: {why}"),
            "Nothing was lost. Try again with a connection.",
        ),
        Ending::Unavailable(why) => (
            Code::Unavailable,
            format!("the central cannot answer now: {why}"),
            "Nothing was lost. Try again in a while.",
        ),
        Ending::SignIn(why) => (
            Code::SignInNeeded,
            format!("the central asks for a new sign-in: {why}"),
            "Ask for a code and run `fieldquote sync connect --url URL --code CODE`. What waits is kept.",
        ),
        Ending::Upgrade(why) => {
            (Code::SchemaMismatch, why.clone(), "Install the newest FieldQuote. What waits is kept.")
        }
        Ending::Storage(why) => (
            Code::Storage,
            format!("this device could not keep what came: {why}"),
            "Make room on the disk, then try again.",
        ),
    };
    Some(DeskError::new(code, message, hint))
}

impl LastEnding {
    /// Where a sync stands that nobody has connected yet.
    pub(super) fn none() -> Self {
        LastEnding { state: "not_connected".to_owned(), message: not_connected().message }
    }
}
