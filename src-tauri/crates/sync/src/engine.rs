//! The engine: what to do next, as a pure function of its state and an event.
//!
//! Owns what goes when: decisions before what they release, each aggregate in order, different ones side by
//! side; what an answer means; how long to wait. It reads no clock, draws nothing and touches nothing: the
//! moment and the draw come with every call, and what it wants done it says as [`Effect`]s. It holds no
//! truth that a crash could lose: which operations are still to go is asked of the device again and again.

mod batch;
mod effect;
mod event;
pub mod link;
mod tuning;
mod upstream;

use std::collections::VecDeque;
use std::time::Duration;

use crate::central::Trouble;
use crate::wire::OpAnswer;

pub use effect::{Effect, Ending, Part};
pub use event::{Event, Moment, Setback};
pub use link::Link;
pub use tuning::{Mode, Tuning};
use upstream::Upstream;

/// The state.
#[derive(Debug)]
pub struct Engine {
    tuning: Tuning,
    mode: Mode,
    last: Option<Moment>,
    link: Link,
    up: Upstream,
    /// What of the way down is under way.
    down: Option<Part>,
    /// Which token that was begun with.
    down_token: u64,
    /// The feed was begun anew and has not been read to its end since.
    began_anew: bool,
    /// The parts still to go, after the one under way.
    down_next: VecDeque<Part>,
    pull_wanted: bool,
    pull_at: Duration,
    renewing: bool,
    line_open: bool,
    line_at: Duration,
    line_failures: u32,
    storage: Option<(u32, String)>,
    finished: bool,
}

impl Engine {
    /// An engine that has not begun.
    pub fn new(mode: Mode, tuning: Tuning) -> Self {
        Engine {
            tuning,
            mode,
            last: None,
            link: Link::default(),
            up: Upstream::default(),
            down: None,
            down_token: 0,
            began_anew: false,
            down_next: VecDeque::new(),
            pull_wanted: false,
            pull_at: Duration::ZERO,
            renewing: false,
            line_open: false,
            line_at: Duration::ZERO,
            line_failures: 0,
            storage: None,
            finished: false,
        }
    }

    /// Where the connection stands.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Whether something is on its way up or down.
    pub fn is_busy(&self) -> bool {
        !self.up.lanes.is_empty() || self.down.is_some()
    }

    /// Something happened: what is to be done about it. `draw(n)` gives a number evenly from `0..=n`.
    pub fn step(&mut self, now: Moment, event: Event, draw: &mut dyn FnMut(u64) -> u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.finished {
            return effects;
        }
        if self.has_slept(now) {
            self.begin_afresh();
            effects.push(Effect::Hang);
        }
        self.last = Some(now);
        self.take(now.steady, event, draw, &mut effects);
        if !self.finished {
            self.plan(now.steady, &mut effects);
        }
        effects
    }

    /// The wall clock went on while the steady one stood still. Connections from before are half open.
    fn has_slept(&self, now: Moment) -> bool {
        self.last.is_some_and(|last| {
            let wall = (now.wall - last.wall).to_std().unwrap_or_default();
            wall > now.steady.saturating_sub(last.steady) + self.tuning.slept_after
        })
    }

    fn begin_afresh(&mut self) {
        self.link.again();
        self.up.forget();
        self.down = None;
        self.down_next.clear();
        self.renewing = false;
        self.line_open = false;
        self.line_at = Duration::ZERO;
        self.pull_wanted = true;
    }

    fn take(
        &mut self,
        now: Duration,
        event: Event,
        draw: &mut dyn FnMut(u64) -> u64,
        effects: &mut Vec<Effect>,
    ) {
        match event {
            Event::Begin => {
                self.up.dirty = true;
                self.pull_wanted = true;
            }
            Event::Timer => {}
            Event::LocalChange => self.up.dirty = true,
            Event::Ready(ready) => {
                if std::mem::take(&mut self.up.reading) {
                    match ready {
                        // That it can be read says nothing of whether it can be written.
                        Ok(ready) => self.up.form(ready, &self.tuning, effects),
                        Err(message) => self.device_failed(now, message, draw),
                    }
                }
            }
            Event::Answered { lane, answer } => self.answered(now, lane, answer, draw, effects),
            Event::Settled { lane, kept } => {
                if self.up.lanes.contains_key(&lane) {
                    self.up.close(lane);
                    match kept {
                        Ok(()) => {
                            self.storage = None;
                            self.pull_wanted = true;
                        }
                        Err(message) => self.device_failed(now, message, draw),
                    }
                }
            }
            Event::Descended(done) => self.descended(now, done, draw),
            Event::Renewed(done) => {
                if std::mem::take(&mut self.renewing) {
                    match done {
                        Ok(()) => {
                            self.up.token += 1;
                            self.link.renewed();
                        }
                        Err(setback) => self.setback(now, setback, draw),
                    }
                }
            }
            Event::Poked => {
                self.line_failures = 0;
                self.pull_wanted = true;
            }
            Event::LineClosed => {
                self.line_open = false;
                self.line_failures += 1;
                // Whether the central is there is found out now: until somebody has asked, the device would go on
                // saying that it is current.
                self.pull_wanted = true;
                self.line_at = now + self.tuning.patience.wait(self.line_failures, draw);
            }
            Event::Stop => self.finish(Ending::Stopped, effects),
        }
    }

    fn answered(
        &mut self,
        now: Duration,
        lane: u64,
        answer: Result<Vec<OpAnswer>, Setback>,
        draw: &mut dyn FnMut(u64) -> u64,
        effects: &mut Vec<Effect>,
    ) {
        if !self.up.lanes.contains_key(&lane) {
            return; // From before the machine slept.
        }
        let verdicts = match answer {
            Ok(answers) => {
                self.link.up();
                self.up.verdicts(lane, answers, now, &self.tuning, draw)
            }
            // It was under way while another request renewed the token: it goes again with the new one.
            Err(Setback::Central(Trouble::Expired)) if self.up.is_stale(lane) => Vec::new(),
            Err(setback) => {
                let verdicts = match &setback {
                    Setback::Central(Trouble::Refused(refusal)) => {
                        self.link.up();
                        self.up.refused(lane, refusal)
                    }
                    Setback::Central(Trouble::Later { message, .. }) => {
                        self.up.put_off(lane, message, self.link.is_up(), now, &self.tuning, draw)
                    }
                    _ => Vec::new(),
                };
                if !matches!(setback, Setback::Central(Trouble::Refused(_))) {
                    self.setback(now, setback, draw);
                }
                verdicts
            }
        };
        if verdicts.is_empty() {
            self.up.close(lane);
        } else {
            effects.push(Effect::Settle { lane, verdicts });
        }
    }

    fn descended(&mut self, now: Duration, done: Result<(), Setback>, draw: &mut dyn FnMut(u64) -> u64) {
        let Some(part) = self.down.take() else { return };
        match done {
            Ok(()) => {
                match part {
                    // The last part is the device's own: it says nothing of the connection, and may have put
                    // something into the outbox.
                    Part::After => self.up.dirty = true,
                    Part::Feed | Part::Doubtful | Part::Files => self.link.up(),
                }
                if part == Part::Feed {
                    self.began_anew = false;
                    self.pull_at = now + self.tuning.pull_every;
                }
                self.storage = None;
            }
            Err(setback) => {
                self.down_next.clear();
                self.pull_wanted = true;
                let was_renewed_meanwhile =
                    setback == Setback::Central(Trouble::Expired) && self.down_token != self.up.token;
                match setback {
                    _ if was_renewed_meanwhile => {}
                    // The device has begun again from the start of the feed; there is nothing to wait for.
                    Setback::Central(Trouble::CursorGone) if !self.began_anew => self.began_anew = true,
                    // Asked again at once it would be the same, as fast as the central can say so.
                    Setback::Central(trouble @ (Trouble::CursorGone | Trouble::Refused(_))) => {
                        let later = Trouble::Later { message: trouble.to_string(), after: None };
                        self.setback(now, Setback::Central(later), draw);
                    }
                    setback => self.setback(now, setback, draw),
                }
            }
        }
    }

    fn setback(&mut self, now: Duration, setback: Setback, draw: &mut dyn FnMut(u64) -> u64) {
        match setback {
            Setback::Central(trouble) => self.link.trouble(now, trouble, &self.tuning.patience, draw),
            Setback::Device(message) => self.device_failed(now, message, draw),
        }
    }

    fn device_failed(&mut self, now: Duration, message: String, draw: &mut dyn FnMut(u64) -> u64) {
        let times = self.storage.as_ref().map_or(0, |(times, _)| *times) + 1;
        self.storage = Some((times, message));
        self.link.rest(now + self.tuning.patience.wait(times, draw));
        self.up.dirty = true;
    }

    fn plan(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        if let Some(ending) = self.ending(now) {
            return self.finish(ending, effects);
        }
        self.up.end_rests(now);
        if self.link.may_talk(now) {
            if self.link.needs_renewal() {
                if !self.renewing {
                    self.renewing = true;
                    effects.push(Effect::Renew);
                }
            } else {
                self.go_up(effects);
                self.go_down(now, effects);
                self.listen(now, effects);
            }
        }
        if let Some(moment) = self.next_moment(now) {
            effects.push(Effect::WakeAt(moment));
        }
    }

    fn go_up(&mut self, effects: &mut Vec<Effect>) {
        self.up.send_suspects(&self.tuning, effects);
        if self.up.dirty && !self.up.reading && self.up.lanes.len() < self.tuning.lanes {
            self.up.dirty = false;
            self.up.reading = true;
            let limit = self.tuning.batch_ops * self.tuning.lanes;
            effects.push(Effect::ReadReady { busy: self.up.busy(), limit });
        }
    }

    fn go_down(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        if self.down.is_some() {
            return;
        }
        let overdue = self.mode == Mode::Watch && now >= self.pull_at;
        // While requests fail, news is asked for beside them: an operation the central chokes on must not keep
        // it from the device.
        let is_turn = self.up.is_idle() || self.link.is_in_doubt();
        if self.down_next.is_empty() && (overdue || (self.pull_wanted && is_turn)) {
            self.pull_wanted = false;
            self.down_next.extend([Part::Feed, Part::Doubtful, Part::Files, Part::After]);
        }
        if let Some(part) = self.down_next.pop_front() {
            self.down = Some(part);
            self.down_token = self.up.token;
            effects.push(Effect::Descend(part));
        }
    }

    fn listen(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        if self.mode == Mode::Watch && !self.line_open && now >= self.line_at {
            self.line_open = true;
            effects.push(Effect::Listen);
        }
    }

    /// Whether the work is done, or cannot go on in this pass.
    fn ending(&self, now: Duration) -> Option<Ending> {
        let is_quiet = self.up.lanes.is_empty() && self.down.is_none() && !self.renewing && !self.up.reading;
        if self.mode == Mode::Watch || !is_quiet {
            return None;
        }
        let attempts = self.tuning.patience.attempts;
        if let Some((times, message)) = &self.storage
            && *times >= attempts
        {
            return Some(Ending::Storage(message.clone()));
        }
        if let Some(ending) = self.link.ending(attempts) {
            return Some(ending);
        }
        let is_done = self.link.may_talk(now)
            && self.up.is_idle()
            && !self.up.has_worthwhile_rests(attempts)
            && self.down_next.is_empty()
            && !self.pull_wanted;
        is_done.then_some(Ending::Current)
    }

    fn next_moment(&self, now: Duration) -> Option<Duration> {
        let mut moments: Vec<Duration> = Vec::new();
        if self.link.may_talk(now) {
            moments.extend(self.up.next_rest());
            if self.mode == Mode::Watch {
                moments.push(self.pull_at);
                moments.extend((!self.line_open).then_some(self.line_at));
            }
        } else {
            moments.push(self.link.next_try());
        }
        moments.into_iter().filter(|moment| *moment > now).min()
    }

    fn finish(&mut self, ending: Ending, effects: &mut Vec<Effect>) {
        self.finished = true;
        effects.push(Effect::Finish(ending));
    }
}
