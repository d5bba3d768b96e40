//! The driver: carries out what the engine says, over HTTP and on the device's database.
//!
//! Owns the tasks, the timer and the two clocks. It decides nothing. What blocks (the database) runs on
//! threads of its own, so that a slow disk never holds up an answer, and a slow network no keystroke.

mod down;
mod line;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{OpId, Sha256};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::central::{Refusal, Trouble};
use crate::device::{Device, DeviceError, Verdict};
use crate::engine::{Effect, Ending, Engine, Event, Link, Mode, Moment, Part, Setback, Tuning};
use crate::http::HttpCentral;
use crate::wire::OpAnswer;

/// How often a watched device looks whether it has slept.
const LOOK_UP: Duration = Duration::from_secs(5);

/// A word from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// An operation was put into the outbox.
    LocalChange,
    /// Look for news now.
    Poke,
    /// Stop.
    Stop,
}

/// The end on which signals are given.
pub type Signals = mpsc::UnboundedSender<Signal>;

/// What is going on, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The connection stands otherwise than before.
    Link(Link),
    /// So far the feed is applied, of so much in all; `rows` changed here in this pass.
    Feed {
        /// The last number applied.
        at: u64,
        /// The last number at the central, once it is known.
        head: Option<u64>,
        /// Rows that changed here.
        rows: u64,
    },
    /// So many operations are with the central now.
    Answered(usize),
}

/// Time and randomness, passed in.
#[derive(Clone)]
pub struct World {
    /// The clock on the wall.
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// A number drawn evenly from `0..=n`.
    pub draw: Arc<dyn Fn(u64) -> u64 + Send + Sync>,
}

/// Carries out what the engine says.
pub struct Driver {
    device: Arc<dyn Device>,
    central: HttpCentral,
    world: World,
    engine: Engine,
    began: Instant,
    tasks: JoinSet<Event>,
    events: VecDeque<Event>,
    timer: Option<Instant>,
    pokes: (mpsc::UnboundedSender<()>, mpsc::UnboundedReceiver<()>),
    reports: mpsc::UnboundedSender<Report>,
    shown: Option<Link>,
    /// A token that was drawn anew, for requests from now on.
    tokens: (mpsc::UnboundedSender<String>, mpsc::UnboundedReceiver<String>),
    /// Held while pages are applied.
    one_feed: Arc<tokio::sync::Mutex<()>>,
}

impl Driver {
    /// A driver for a device with a token at a central.
    pub fn new(
        device: Arc<dyn Device>,
        central: HttpCentral,
        world: World,
        mode: Mode,
        tuning: Tuning,
        reports: mpsc::UnboundedSender<Report>,
    ) -> Self {
        Driver {
            device,
            central,
            world,
            engine: Engine::new(mode, tuning),
            began: Instant::now(),
            tasks: JoinSet::new(),
            events: VecDeque::from([Event::Begin]),
            timer: None,
            pokes: mpsc::unbounded_channel(),
            reports,
            shown: None,
            tokens: mpsc::unbounded_channel(),
            one_feed: Arc::default(),
        }
    }

    /// Go on until it ends. Dropping every [`Signals`] does not end it.
    pub async fn run(mut self, mut signals: mpsc::UnboundedReceiver<Signal>) -> Ending {
        loop {
            while let Some(event) = self.events.pop_front() {
                if let Some(ending) = self.step(event) {
                    // Requests under way are dropped; what blocks comes to its own end.
                    self.tasks.abort_all();
                    return ending;
                }
            }
            let timer =
                self.timer.map_or(LOOK_UP, |at| at.saturating_duration_since(Instant::now()).min(LOOK_UP));
            let event = tokio::select! {
                Some(done) = self.tasks.join_next() => done.ok(),
                Some(()) = self.pokes.1.recv() => Some(Event::Poked),
                Some(signal) = signals.recv() => Some(match signal {
                    Signal::LocalChange => Event::LocalChange,
                    Signal::Poke => Event::Poked,
                    Signal::Stop => Event::Stop,
                }),
                () = tokio::time::sleep(timer) => {
                    // One that has rung rings no more, or a long answer would be waited for in a tight loop.
                    // Between rings it is time to look up: another process may have written something.
                    let has_rung = self.timer.take_if(|at| *at <= Instant::now()).is_some();
                    Some(if has_rung { Event::Timer } else { Event::LocalChange })
                }
            };
            self.events.extend(event);
        }
    }

    fn step(&mut self, event: Event) -> Option<Ending> {
        // Before the event: one that says that the token is renewed sends the next requests with it.
        while let Ok(token) = self.tokens.1.try_recv() {
            self.central = self.central.clone().with_token(token);
        }
        let now = Moment { steady: self.began.elapsed(), wall: (self.world.now)() };
        tracing::trace!(?event, "sync event");
        let draw = Arc::clone(&self.world.draw);
        let effects = self.engine.step(now, event, &mut |upto| draw(upto));
        if self.shown.as_ref() != Some(self.engine.link()) {
            self.shown = Some(self.engine.link().clone());
            self.report(Report::Link(self.engine.link().clone()));
        }
        for effect in effects {
            tracing::trace!(?effect, "sync effect");
            if let Some(ending) = self.carry_out(effect) {
                return Some(ending);
            }
        }
        None
    }

    /// Nobody may be looking.
    fn report(&self, report: Report) {
        drop(self.reports.send(report));
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Ending> {
        let device = Arc::clone(&self.device);
        match effect {
            Effect::ReadReady { busy, limit } => {
                self.tasks.spawn_blocking(move || {
                    Event::Ready(device.ready(&busy, limit).map_err(|error| error.message))
                });
            }
            Effect::Send { lane, ops } => {
                let central = self.central.clone();
                self.tasks
                    .spawn(async move { Event::Answered { lane, answer: send(device, central, ops).await } });
            }
            Effect::Upload { lane, op } => {
                let central = self.central.clone();
                self.tasks.spawn(async move {
                    Event::Answered { lane, answer: upload(device, central, op).await }
                });
            }
            Effect::Settle { lane, verdicts } => {
                let taken =
                    verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Acknowledged(_)));
                self.report(Report::Answered(taken.count()));
                self.tasks.spawn_blocking(move || Event::Settled {
                    lane,
                    kept: device.settle(&verdicts).map_err(|error| error.message),
                });
            }
            Effect::Descend(part) => {
                let down = down::Down {
                    device,
                    central: self.central.clone(),
                    world: self.world.clone(),
                    reports: self.reports.clone(),
                    one_feed: Arc::clone(&self.one_feed),
                };
                self.tasks.spawn(async move { Event::Descended(down.go(part).await) });
            }
            Effect::Renew => {
                let (central, tokens) = (self.central.clone(), self.tokens.0.clone());
                self.tasks.spawn(async move { Event::Renewed(renew(device, central, tokens).await) });
            }
            Effect::Listen => {
                let (central, pokes) = (self.central.clone(), self.pokes.0.clone());
                self.tasks.spawn(async move {
                    line::listen(device, central, pokes).await;
                    Event::LineClosed
                });
            }
            // What has ended already is not told either: it is of connections from before.
            Effect::Hang => self.tasks = JoinSet::new(),
            Effect::WakeAt(at) => self.timer = Some(self.began + at),
            Effect::Finish(ending) => return Some(ending),
        }
        None
    }
}

async fn send(
    device: Arc<dyn Device>,
    central: HttpCentral,
    ops: Vec<OpId>,
) -> Result<Vec<OpAnswer>, Setback> {
    let loaded = on_device(move || device.load(&ops)).await?;
    if loaded.is_empty() {
        return Ok(Vec::new()); // A person settled them meanwhile.
    }
    central.push(&loaded).await.map_err(Setback::Central)
}

async fn upload(device: Arc<dyn Device>, central: HttpCentral, op: OpId) -> Result<Vec<OpAnswer>, Setback> {
    let loaded = on_device(move || match device.load(&[op])?.pop() {
        Some(op) => device.file_of(&op).map(|bytes| Some((op, bytes))),
        None => Ok(None),
    })
    .await?;
    match loaded {
        Some((op, bytes)) => Ok(vec![central.upload(&op, bytes).await.map_err(Setback::Central)?]),
        None => Ok(Vec::new()),
    }
}

/// The new token is in the central's books before it is in use here; it was kept before it was sent.
async fn renew(
    device: Arc<dyn Device>,
    central: HttpCentral,
    tokens: mpsc::UnboundedSender<String>,
) -> Result<(), Setback> {
    let drawing = Arc::clone(&device);
    let request = on_device(move || drawing.draw_token()).await?;
    let renewed = match central.renew(&request).await {
        Ok(renewed) => renewed,
        // The signature is refused: this device is not known by this key any more.
        Err(Trouble::Refused(Refusal { message, .. })) => {
            return Err(Setback::Central(Trouble::SignIn(message)));
        }
        // There is no token to blame here; asking for another one at once would never end.
        Err(expired @ Trouble::Expired) => {
            return Err(Setback::Central(Trouble::SignIn(expired.to_string())));
        }
        Err(trouble) => return Err(Setback::Central(trouble)),
    };
    let token = on_device(move || device.take_token(&renewed.token_expires_at)).await?;
    drop(tokens.send(token));
    Ok(())
}

/// Ask the device something, on a thread that may block.
pub(crate) async fn on_device<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DeviceError> + Send + 'static,
) -> Result<T, Setback> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| Setback::Device(error.message)),
        Err(error) => Err(Setback::Device(format!("it ended abruptly: {error}"))),
    }
}

/// Whether bytes are what they must be.
pub(crate) fn is_whole(bytes: &[u8], sha256: Sha256) -> bool {
    Sha256::of(bytes) == sha256
}

/// Which part is which, for a log.
pub(crate) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Feed => "feed",
        Part::Doubtful => "rows in doubt",
        Part::Files => "files",
        Part::After => "after",
    }
}
