//! The loop: virtual time, a queue of things that will happen, faults drawn from the seed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{TimeZone, Utc};
use fieldquote_sync::central::{Refusal, Trouble};
use fieldquote_sync::engine::{Effect, Engine, Event, Mode, Moment, Part, Setback, Tuning};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::central::SimCentral;
use crate::device::{SimDevice, SimOp, SimState};

/// How long the network is bad, and how long after that everything must be there.
const BAD: Duration = Duration::from_secs(120);
const HEALED: Duration = Duration::from_secs(240);

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub devices: usize,
    pub quotes: u32,
    pub poison: usize,
    pub clock_jumps: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Plan { devices: 2, quotes: 6, poison: 0, clock_jumps: false }
    }
}

pub struct Outcome {
    pub faults_seen: Vec<String>,
    pub stuck: Vec<String>,
    pub parked: usize,
    pub trace: Vec<String>,
}

/// Something that will happen.
enum Thing {
    /// A device learns something. Of an engine that has died since, nobody does.
    Tell { device: usize, life: u32, event: Event },
    /// A timer rings, unless it was set anew since.
    Ring { device: usize, life: u32, timer: u64 },
    /// A request reaches the central; its answer, or not, comes back.
    Arrive { device: usize, life: u32, lane: u64, ops: Vec<SimOp>, fate: Fate },
    /// What an answer meant is on the disk.
    Keep {
        device: usize,
        life: u32,
        lane: u64,
        verdicts: Vec<(domain::OpId, fieldquote_sync::device::Verdict)>,
    },
    /// A device writes something.
    Work { device: usize, quote: u32 },
    /// A device's process dies and starts again.
    Crash { device: usize },
    /// A device's wall clock jumps, or it sleeps.
    Jump { device: usize, by: i64 },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Well,
    DropBefore,
    DropAfter,
    Twice,
    Status(u16),
    Portal,
}

struct Life {
    engine: Engine,
    life: u32,
    wall_offset: i64,
    timer: u64,
}

pub struct World {
    rng: ChaCha20Rng,
    plan: Plan,
    now: Duration,
    things: BTreeMap<(Duration, u64), Thing>,
    counter: u64,
    central: SimCentral,
    devices: Vec<SimDevice>,
    lives: Vec<Life>,
    trace: Vec<String>,
}

impl World {
    pub fn new(seed: u64, plan: Plan) -> Self {
        let mut world = World {
            rng: ChaCha20Rng::seed_from_u64(seed),
            plan,
            now: Duration::ZERO,
            things: BTreeMap::new(),
            counter: 0,
            central: SimCentral::default(),
            devices: (0..plan.devices).map(|_| SimDevice::default()).collect(),
            lives: (0..plan.devices).map(|_| life(0)).collect(),
            trace: Vec::new(),
        };
        for device in 0..plan.devices {
            world.tell(device, Duration::ZERO, Event::Begin);
            for quote in 0..plan.quotes {
                let at = world.up_to(BAD);
                world.later(at, Thing::Work { device, quote });
            }
            for _ in 0..world.rng.random_range(0..4) {
                let at = world.up_to(BAD);
                world.later(at, Thing::Crash { device });
            }
            if plan.clock_jumps {
                for _ in 0..3 {
                    let at = world.up_to(BAD + HEALED / 4);
                    let by = world.rng.random_range(-86_400..86_400);
                    world.later(at, Thing::Jump { device, by });
                }
            }
        }
        world
    }

    pub fn run(mut self) -> Outcome {
        while let Some(((at, _), thing)) = self.things.pop_first() {
            if at > BAD + HEALED {
                break;
            }
            self.now = at;
            self.happen(thing);
        }
        let unsettled = |(n, device): (usize, &SimDevice)| {
            let head = self.central.feed.len();
            let behind =
                (device.cursor < head).then(|| format!("device {n} is at {} of {head}", device.cursor));
            let blocked = blocked(device);
            let waiting: Vec<String> = device
                .outbox
                .iter()
                .filter(|op| op.state == SimState::Waiting && !blocked.contains(&op.op_id))
                .map(|op| format!("device {n} still has {}", op.op_id))
                .collect();
            waiting.into_iter().chain(behind)
        };
        let stuck = self.devices.iter().enumerate().flat_map(unsettled).collect();
        let ops = self.devices.iter().flat_map(|device| &device.outbox);
        let parked = ops.clone().filter(|op| op.state == SimState::Parked).count();
        let lost = ops
            .filter(|op| op.state == SimState::Acknowledged && !self.central.has(&op.op_id))
            .map(|op| format!("{} was acknowledged and is not at the central", op.op_id));
        let faults_seen = self.central.violations.iter().cloned().chain(lost).collect();
        Outcome { faults_seen, stuck, parked, trace: self.trace }
    }

    fn happen(&mut self, thing: Thing) {
        match thing {
            Thing::Ring { device, life, timer }
                if self.lives[device].life == life && self.lives[device].timer == timer =>
            {
                self.step(device, Event::Timer);
            }
            Thing::Tell { device, life, event } if self.lives[device].life == life => {
                self.step(device, event)
            }
            Thing::Arrive { device, life, lane, ops, fate } => self.arrive(device, life, lane, &ops, fate),
            Thing::Keep { device, life, lane, verdicts } if self.lives[device].life == life => {
                self.devices[device].settle(&verdicts);
                self.tell(device, Duration::ZERO, Event::Settled { lane, kept: Ok(()) });
            }
            Thing::Work { device, quote } => {
                self.write_quote(device, quote);
                self.tell(device, Duration::ZERO, Event::LocalChange);
            }
            Thing::Crash { device } => {
                self.note(device, "crash");
                let next = self.lives[device].life + 1;
                let offset = self.lives[device].wall_offset;
                self.lives[device] = Life { wall_offset: offset, ..life(next) };
                self.tell(device, Duration::from_millis(200), Event::Begin);
            }
            Thing::Jump { device, by } => self.lives[device].wall_offset += by,
            // Of an engine that has died, nobody learns.
            Thing::Tell { .. } | Thing::Keep { .. } | Thing::Ring { .. } => {}
        }
    }

    /// A quote's operations, as the real ones hang together.
    fn write_quote(&mut self, device: usize, quote: u32) {
        let name = format!("d{device}q{quote}");
        let id = |what: &str| format!("{name}.{what}").parse::<domain::OpId>().expect("an id");
        let action = format!("action:{name}");
        let subject = format!("quote:{name}");
        let rows = [
            ("staged", &action, 1, None, false),
            ("decided", &action, 2, None, false),
            ("rows", &subject, 1, Some("decided"), false),
            ("pdf", &subject, 2, Some("decided"), true),
            ("push", &subject, 3, Some("decided"), false),
        ];
        if self.central.poisoned.len() < self.plan.poison {
            let which = rows[self.rng.random_range(0..rows.len())].0;
            self.central.poisoned.insert(id(which));
        }
        for (what, aggregate, place, after, is_file) in rows {
            self.devices[device].outbox.push(SimOp {
                op_id: id(what),
                aggregate: aggregate.clone(),
                place,
                after: after.map(id),
                is_file,
                state: SimState::Waiting,
            });
        }
    }

    fn step(&mut self, device: usize, event: Event) {
        self.note(device, &format!("{event:?}"));
        let life = &mut self.lives[device];
        let wall = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
            + chrono::Duration::from_std(self.now).unwrap()
            + chrono::Duration::seconds(life.wall_offset);
        let moment = Moment { steady: self.now, wall };
        let rng = &mut self.rng;
        let effects = life.engine.step(moment, event, &mut |upto| rng.random_range(0..=upto));
        for effect in effects {
            self.carry_out(device, effect);
        }
    }

    fn carry_out(&mut self, device: usize, effect: Effect) {
        let life = self.lives[device].life;
        match effect {
            Effect::ReadReady { busy, limit } => {
                let ready = self.devices[device].ready(&busy, limit);
                self.tell(device, Duration::from_millis(1), Event::Ready(Ok(ready)));
            }
            Effect::Send { lane, ops } => self.request(device, life, lane, &ops),
            Effect::Upload { lane, op } => self.request(device, life, lane, &[op]),
            Effect::Settle { lane, verdicts } => {
                let at = self.now + Duration::from_millis(2);
                self.later(at, Thing::Keep { device, life, lane, verdicts });
            }
            Effect::Descend(part) => self.descend(device, part),
            Effect::Renew => {
                let renewed = if self.is_bad() && self.rng.random_bool(0.3) {
                    Err(Setback::Central(Trouble::Offline("no answer".to_owned())))
                } else {
                    Ok(())
                };
                self.tell(device, Duration::from_millis(40), Event::Renewed(renewed));
            }
            Effect::Listen => {
                let after = self.up_to(Duration::from_secs(30));
                let event = if !self.is_bad() || self.rng.random_bool(0.5) {
                    Event::Poked
                } else {
                    Event::LineClosed
                };
                let closes = event == Event::Poked;
                self.tell(device, after, event);
                if closes {
                    self.tell(device, after + Duration::from_secs(1), Event::LineClosed);
                }
            }
            // Answers still on the way find an engine that no longer waits for them.
            Effect::Hang => self.note(device, "hang"),
            Effect::WakeAt(at) => {
                self.lives[device].timer += 1;
                self.later(at, Thing::Ring { device, life, timer: self.lives[device].timer });
            }
            Effect::Finish(ending) => panic!("a watched device never ends: {ending:?}"),
        }
    }

    fn request(&mut self, device: usize, life: u32, lane: u64, ops: &[domain::OpId]) {
        let ops = self.devices[device].load(ops);
        let fate = self.fate();
        let at = self.now + self.up_to(Duration::from_millis(400));
        self.later(at, Thing::Arrive { device, life, lane, ops, fate });
    }

    fn arrive(&mut self, device: usize, life: u32, lane: u64, ops: &[SimOp], fate: Fate) {
        let offline = || Err(Setback::Central(Trouble::Offline("cut".to_owned())));
        let answer = match fate {
            Fate::DropBefore | Fate::Portal => offline(),
            Fate::Well => Ok(self.central.push(ops)),
            Fate::Twice => {
                drop(self.central.push(ops));
                Ok(self.central.push(ops))
            }
            Fate::DropAfter => {
                drop(self.central.push(ops));
                offline()
            }
            Fate::Status(401) => Err(Setback::Central(Trouble::Expired)),
            Fate::Status(422) if ops.len() > 1 => Err(Setback::Central(Trouble::Refused(Refusal {
                code: "unprocessable".to_owned(),
                message: "too much at once".to_owned(),
                hint: String::new(),
            }))),
            Fate::Status(_) => Err(Setback::Central(Trouble::Later {
                message: "busy".to_owned(),
                after: self.rng.random_bool(0.3).then(|| Duration::from_secs(3)),
            })),
        };
        let after = self.up_to(Duration::from_millis(400));
        let at = self.now + after;
        self.later(at, Thing::Tell { device, life, event: Event::Answered { lane, answer } });
    }

    fn descend(&mut self, device: usize, part: Part) {
        let mut done = Ok(());
        if part == Part::Feed {
            let head = self.central.feed.len();
            let is_cut = self.is_bad() && self.rng.random_bool(0.5);
            let from = self.devices[device].cursor;
            // What came before the cut is applied, and the cursor with it.
            let to = if is_cut { self.rng.random_range(from..=head) } else { head };
            self.devices[device].cursor = to;
            if is_cut {
                done = Err(Setback::Central(Trouble::Later { message: "cut off".to_owned(), after: None }));
            }
        }
        self.tell(device, Duration::from_millis(30), Event::Descended(done));
    }

    fn fate(&mut self) -> Fate {
        const FATES: [Fate; 9] = [
            Fate::DropBefore,
            Fate::DropAfter,
            Fate::Twice,
            Fate::Portal,
            Fate::Status(401),
            Fate::Status(422),
            Fate::Status(429),
            Fate::Status(500),
            Fate::Status(503),
        ];
        if self.is_bad() && self.rng.random_bool(0.7) {
            FATES[self.rng.random_range(0..FATES.len())]
        } else {
            Fate::Well
        }
    }

    fn is_bad(&self) -> bool {
        self.now < BAD
    }

    fn up_to(&mut self, most: Duration) -> Duration {
        Duration::from_millis(self.rng.random_range(1..=u64::try_from(most.as_millis()).unwrap()))
    }

    fn tell(&mut self, device: usize, after: Duration, event: Event) {
        let (at, life) = (self.now + after, self.lives[device].life);
        self.later(at, Thing::Tell { device, life, event });
    }

    fn later(&mut self, at: Duration, thing: Thing) {
        self.counter += 1;
        self.things.insert((at.max(self.now), self.counter), thing);
    }

    fn note(&mut self, device: usize, what: &str) {
        self.trace.push(format!("{} {device} {what}", self.now.as_millis()));
    }
}

/// What waits for something that was parked, and so is not stuck.
fn blocked(device: &SimDevice) -> BTreeSet<domain::OpId> {
    let mut blocked: BTreeSet<domain::OpId> =
        device.outbox.iter().filter(|op| op.state == SimState::Parked).map(|op| op.op_id.clone()).collect();
    loop {
        let before = blocked.len();
        for op in &device.outbox {
            let waits = device.outbox.iter().any(|other| {
                other.aggregate == op.aggregate && other.place < op.place && blocked.contains(&other.op_id)
            }) || op.after.as_ref().is_some_and(|after| blocked.contains(after));
            if waits && op.state == SimState::Waiting {
                blocked.insert(op.op_id.clone());
            }
        }
        if blocked.len() == before {
            return blocked;
        }
    }
}

fn life(life: u32) -> Life {
    Life { engine: Engine::new(Mode::Watch, Tuning::default()), life, wall_offset: 0, timer: 0 }
}
