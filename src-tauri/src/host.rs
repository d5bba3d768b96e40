//! The profile the window works at, while it is open.
//!
//! Owns opening and closing it, and what belongs to the open one: the background worker and the tasks that can
//! be stopped. Must not hold a lock while `desk` works.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::error::Code;
use desk::{Desk, DeskError, Opening, environment};
use store::keys::KeySource;
use tauri::AppHandle;

use crate::background::Background;
use crate::commands::settings::ActivityBucket;
use crate::events::{Changed, Told};

/// What the commands work on.
pub struct Host {
    home: PathBuf,
    app: AppHandle,
    open: Mutex<Option<Open>>,
    /// Why the profile is not open, when it is there.
    locked_because: Mutex<Option<DeskError>>,
    tasks: Mutex<HashMap<String, Arc<AtomicBool>>>,
    /// Where the window is to begin, until it has asked.
    start: Mutex<Option<String>>,
}

struct Open {
    desk: Arc<Desk>,
    /// What it was opened with.
    keys: KeySource,
    background: Background,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Host {
    /// Over a profile's folder; nothing is opened yet.
    pub fn new(home: PathBuf, app: AppHandle) -> Self {
        Host {
            home,
            app,
            open: Mutex::default(),
            locked_because: Mutex::default(),
            tasks: Mutex::default(),
            start: Mutex::default(),
        }
    }

    /// The profile's folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The application.
    pub fn app(&self) -> &AppHandle {
        &self.app
    }

    /// Open the profile in a thread of its own, with what the environment gives. What goes wrong is told when
    /// the window asks.
    pub fn open_quietly(&self) {
        let opened = environment::keys().and_then(|keys| self.open(keys));
        if let Err(error) = opened {
            tracing::info!(code = %error.code, "the profile is not open yet");
        }
    }

    /// Open the profile.
    ///
    /// # Errors
    /// `no_profile`, `key_missing`, `schema_mismatch`, `busy`.
    pub fn open(&self, keys: KeySource) -> Result<(), DeskError> {
        let opening = Opening { home: &self.home, keys: &keys, user: None, commit_hook: None };
        match Desk::open(&opening, environment::world()?) {
            Ok(desk) => {
                self.keep(desk, keys);
                Ok(())
            }
            Err(error) => {
                let told = DeskError::new(error.code, error.message.clone(), error.hint.clone());
                *locked(&self.locked_because) = Some(told);
                Err(error)
            }
        }
    }

    /// Open the profile anew: signing in at a central says whose it is.
    ///
    /// # Errors
    /// As [`Host::open`]; the profile is closed then.
    pub fn reopen(&self) -> Result<(), DeskError> {
        let open = locked(&self.open).take();
        match open {
            Some(Open { keys, .. }) => self.open(keys),
            None => Ok(()),
        }
    }

    /// Work at this profile from now on; `keys` opened it.
    pub fn keep(&self, desk: Desk, keys: KeySource) {
        let desk = Arc::new(desk);
        let background = Background::start(Arc::clone(&desk), self.app.clone());
        let before = locked(&self.open).replace(Open { desk, keys, background });
        // Its background is waited for, and not with a lock held.
        drop(before);
        *locked(&self.locked_because) = None;
        Changed {}.tell(&self.app);
    }

    /// The open profile.
    ///
    /// # Errors
    /// Why it is not open.
    pub fn desk(&self) -> Result<Arc<Desk>, DeskError> {
        if let Some(open) = locked(&self.open).as_ref() {
            return Ok(Arc::clone(&open.desk));
        }
        Err(self.locked_because().unwrap_or_else(|| {
            DeskError::new(
                Code::NoProfile,
                "there is no profile here yet",
                "Begin with sample data, or connect.",
            )
        }))
    }

    /// Why the profile is not open, when it was tried.
    pub fn locked_because(&self) -> Option<DeskError> {
        let because = locked(&self.locked_because);
        because.as_ref().map(|error| DeskError::new(error.code, error.message.clone(), error.hint.clone()))
    }

    /// Sync as soon as possible; begin to, where the profile has just been connected.
    pub fn sync_soon(&self) {
        if let Some(open) = locked(&self.open).as_ref() {
            open.background.sync_soon();
        }
    }

    /// Stop syncing until it is begun again: signing out must not race with a pass.
    pub fn stop_sync(&self) {
        let stopping = locked(&self.open).as_ref().map(|open| open.background.stopper());
        if let Some(stop) = stopping {
            stop.stop();
        }
    }

    /// What went over the connection lately.
    pub fn activity(&self) -> Vec<ActivityBucket> {
        locked(&self.open).as_ref().map(|open| open.background.activity()).unwrap_or_default()
    }

    /// A task that can be stopped by its name; it asks the flag from time to time.
    pub fn begin_task(&self, name: &str) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        locked(&self.tasks).insert(name.to_owned(), Arc::clone(&stop));
        stop
    }

    /// The task has ended.
    pub fn end_task(&self, name: &str) {
        locked(&self.tasks).remove(name);
    }

    /// Ask a task to stop. One that has ended already is not missed.
    pub fn stop_task(&self, name: &str) {
        if let Some(stop) = locked(&self.tasks).get(name) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Begin at this path, once the window asks.
    pub fn start_at(&self, path: Option<String>) {
        *locked(&self.start) = path;
    }

    /// Where to begin; told once.
    pub fn take_start(&self) -> Option<String> {
        locked(&self.start).take()
    }

    /// Let go of the profile: what is under way ends at its next commit.
    pub fn close(&self) {
        let open = locked(&self.open).take();
        drop(open);
    }
}
