//! What goes on while nobody asks: syncing, sweeping, telling.
//!
//! Owns one thread. It keeps the sync running where a central is connected, sweeps verifications, and tells the
//! window, the tray and the desktop what is otherwise. Must not decide anything: `desk` does.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use desk::Desk;
use desk::error::Code;
use desk::sync::{LastEnding, Report, Signal, Watch};
use tauri::AppHandle;

use crate::commands::settings::ActivityBucket;
use crate::events::{Activity, Changed, LinkChanged, Progress, Told};
use crate::notices::{self, Seen};
use crate::tray;

/// Writes closer together than this are told as one: about four frames.
const TOGETHER: Duration = Duration::from_millis(60);
/// How often is swept when nothing happens.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// How soon after something was written.
const SWEEP_AFTER: Duration = Duration::from_secs(2);
/// How long to wait before a sync that ended by itself is begun again.
const BEGIN_AGAIN: Duration = Duration::from_secs(15);
/// What one bucket of the activity holds.
const BUCKET: Duration = Duration::from_secs(10);
/// How many are kept.
const BUCKETS: usize = 60;

enum Order {
    Written,
    Arrived,
    SyncSoon,
    StopSync(Sender<()>),
    End,
}

/// The background of an open profile. Dropping it ends it and waits for it.
pub struct Background {
    orders: Sender<Order>,
    traffic: Arc<Traffic>,
    thread: Option<JoinHandle<()>>,
    _listening: store::Listening,
}

/// Stops the sync and waits until it has.
pub struct Stopper(Sender<Order>);

impl Stopper {
    /// Stop it.
    pub fn stop(self) {
        let (done, wait) = mpsc::channel();
        if self.0.send(Order::StopSync(done)).is_ok() {
            // An end of the thread is an end of the sync too.
            let _ended = wait.recv();
        }
    }
}

impl Background {
    /// Begin.
    pub fn start(desk: Arc<Desk>, app: AppHandle) -> Self {
        let (orders, given) = mpsc::channel();
        let traffic = Arc::new(Traffic::new());
        let told = orders.clone();
        let listening = desk.on_write(move || {
            // Nobody listens any more once the thread has ended.
            let _ended = told.send(Order::Written);
        });
        let (tell, counted) = (orders.clone(), Arc::clone(&traffic));
        let thread = std::thread::Builder::new().name("background".to_owned()).spawn(move || {
            Worker { desk, app, traffic: counted, orders: tell, watch: None, not_before: None, seen: None }
                .work(&given);
        });
        let thread = match thread {
            Ok(thread) => Some(thread),
            Err(error) => {
                tracing::error!(%error, "nothing goes on in the background");
                None
            }
        };
        Background { orders, traffic, thread, _listening: listening }
    }

    /// Sync as soon as possible.
    pub fn sync_soon(&self) {
        let _ended = self.orders.send(Order::SyncSoon);
    }

    /// What stops the sync; to be used with no lock held.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.orders.clone())
    }

    /// What went over the connection lately, the oldest first.
    pub fn activity(&self) -> Vec<ActivityBucket> {
        self.traffic.lately()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _ended = self.orders.send(Order::End);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the background ended abruptly");
        }
    }
}

struct Worker {
    desk: Arc<Desk>,
    app: AppHandle,
    traffic: Arc<Traffic>,
    orders: Sender<Order>,
    watch: Option<Watch>,
    /// When a sync may be begun again.
    not_before: Option<Instant>,
    seen: Option<Seen>,
}

impl Worker {
    fn work(mut self, given: &Receiver<Order>) {
        let (mut to_tell, mut sweep_at) = (Some(Instant::now()), Instant::now());
        let mut stopped = false;
        loop {
            if !stopped {
                self.keep_syncing();
            }
            let next = to_tell.map_or(sweep_at, |at| at.min(sweep_at));
            match given.recv_timeout(next.saturating_duration_since(Instant::now()).min(BEGIN_AGAIN)) {
                Ok(Order::Written) => {
                    to_tell.get_or_insert(Instant::now() + TOGETHER);
                    sweep_at = sweep_at.min(Instant::now() + SWEEP_AFTER);
                }
                Ok(Order::Arrived) => {
                    to_tell.get_or_insert(Instant::now() + TOGETHER);
                }
                Ok(Order::SyncSoon) => {
                    (stopped, self.not_before) = (false, None);
                    if let Some(watch) = &self.watch {
                        watch.signal(Signal::Poke);
                    }
                }
                Ok(Order::StopSync(done)) => {
                    self.watch = None;
                    stopped = true;
                    // Whoever asked may have stopped waiting.
                    let _gone = done.send(());
                }
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            let due = now >= sweep_at;
            if due {
                sweep_at = now + SWEEP_EVERY;
                if let Err(error) = self.desk.sweep() {
                    tracing::warn!(code = %error.code, "the sweep stopped");
                }
            }
            if to_tell.is_some_and(|at| Instant::now() >= at) {
                to_tell = None;
                self.tell();
            }
            // The next message need not wait for lists that are others since.
            if due && let Err(error) = self.desk.warm_lists() {
                tracing::warn!(code = %error.code, "the lists were not read");
            }
        }
    }

    /// Begin the sync where a central is connected and none runs.
    fn keep_syncing(&mut self) {
        if self.watch.as_ref().is_some_and(Watch::is_running) {
            return;
        }
        if self.watch.take().is_some() {
            self.not_before = Some(Instant::now() + BEGIN_AGAIN);
            Changed {}.tell(&self.app);
        }
        if self.not_before.is_some_and(|moment| Instant::now() < moment) {
            return;
        }
        let (app, orders, traffic) = (self.app.clone(), self.orders.clone(), Arc::clone(&self.traffic));
        let counted = Mutex::new(0_u64);
        let begun = self.desk.sync_watch(move |report| match report {
            Report::Link(link) => {
                LinkChanged { link: LastEnding::of_link(link) }.tell(&app);
                let _ended = orders.send(Order::Arrived);
            }
            Report::Feed { at, head, rows } => {
                let mut before = counted.lock().unwrap_or_else(PoisonError::into_inner);
                // The count begins anew with every pass.
                let received = if *rows >= *before { rows - *before } else { *rows };
                *before = *rows;
                Progress { task: "sync".to_owned(), done: *at, total: *head }.tell(&app);
                if received > 0 {
                    traffic.count(0, received);
                    Activity { sent: 0, received }.tell(&app);
                    let _ended = orders.send(Order::Arrived);
                }
            }
            Report::Answered(sent) => {
                traffic.count(*sent as u64, 0);
                Activity { sent: *sent, received: 0 }.tell(&app);
                let _ended = orders.send(Order::Arrived);
            }
        });
        match begun {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => {
                self.not_before = Some(Instant::now() + BEGIN_AGAIN);
                if error.code != Code::SignInNeeded {
                    tracing::info!(code = %error.code, "no sync was begun");
                }
            }
        }
    }

    fn tell(&mut self) {
        Changed {}.tell(&self.app);
        match self.desk.overview() {
            Ok(overview) => {
                tray::say(&self.app, &overview);
                let now = Seen::of(&overview);
                if let Some(before) = self.seen {
                    notices::tell(&self.app, &before.news(now));
                }
                self.seen = Some(now);
            }
            Err(error) => tracing::warn!(code = %error.code, "there is no overview"),
        }
    }
}

/// Operations sent and rows received, by ten seconds.
struct Traffic {
    began: Instant,
    buckets: Mutex<Vec<(u64, u64, u64)>>,
}

impl Traffic {
    fn new() -> Self {
        Traffic { began: Instant::now(), buckets: Mutex::default() }
    }

    fn number(&self) -> u64 {
        self.began.elapsed().as_secs() / BUCKET.as_secs()
    }

    fn count(&self, sent: u64, received: u64) {
        let number = self.number();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        match buckets.last_mut() {
            Some(last) if last.0 == number => {
                last.1 += sent;
                last.2 += received;
            }
            _ => buckets.push((number, sent, received)),
        }
        let oldest = number.saturating_sub(BUCKETS as u64);
        buckets.retain(|(number, _, _)| *number >= oldest);
    }

    fn lately(&self) -> Vec<ActivityBucket> {
        let last = self.number();
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        (0..BUCKETS as u64)
            .rev()
            .map(|back| {
                let number = last.checked_sub(back);
                let found = buckets.iter().find(|(known, _, _)| Some(*known) == number);
                ActivityBucket {
                    seconds_ago: back * BUCKET.as_secs(),
                    sent: found.map_or(0, |bucket| bucket.1),
                    received: found.map_or(0, |bucket| bucket.2),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Traffic;

    #[test]
    fn what_went_over_the_connection_is_counted_by_ten_seconds() {
        let traffic = Traffic::new();
        traffic.count(3, 0);
        traffic.count(2, 40);
        let lately = traffic.lately();
        assert_eq!(lately.len(), 60);
        let last = lately.last().unwrap();
        assert_eq!((last.seconds_ago, last.sent, last.received), (0, 5, 40));
        assert_eq!(lately.iter().map(|bucket| bucket.sent).sum::<u64>(), 5);
    }
}
