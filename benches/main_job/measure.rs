//! Times and how they are told.
//!
//! Owns the median, the slow end and the ratio to a floor.

use std::time::{Duration, Instant};

/// The median and the 95th percentile of many runs.
#[derive(Clone, Copy)]
pub struct Times {
    median: Duration,
    slow: Duration,
}

/// What a run may say of its own time; nothing means the whole of it counts.
pub trait Timed {
    /// The time that counts.
    fn counted(self, whole: Duration) -> Duration;
}

impl Timed for () {
    fn counted(self, whole: Duration) -> Duration {
        whole
    }
}

impl Timed for Option<Duration> {
    fn counted(self, whole: Duration) -> Duration {
        self.unwrap_or(whole)
    }
}

/// Measure `runs` runs after a tenth as many to warm up.
pub fn median<T: Timed>(runs: usize, mut run: impl FnMut() -> T) -> Times {
    for _ in 0..runs.div_ceil(10) {
        run();
    }
    let mut all: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            let timed = run();
            timed.counted(began.elapsed())
        })
        .collect();
    all.sort();
    Times { median: all[all.len() / 2], slow: all[all.len() * 95 / 100] }
}

impl Times {
    /// The median.
    pub fn typical(self) -> Duration {
        self.median
    }
}

/// The table that is printed at the end.
pub struct Report(Vec<[String; 5]>);

impl Report {
    /// An empty table.
    pub fn new() -> Self {
        Report(vec![["what", "median", "p95", "floor", "× floor"].map(str::to_owned)])
    }

    /// A time beside its floor.
    pub fn time(&mut self, what: &str, times: Times, floor: Duration, name: &str) {
        let ratio = times.median.as_secs_f64() / floor.as_secs_f64().max(f64::MIN_POSITIVE);
        self.0.push([
            what.to_owned(),
            told(times.median),
            told(times.slow),
            format!("{} ({name})", told(floor)),
            format!("{ratio:.1}"),
        ]);
    }

    /// A rate beside its floor.
    pub fn rate(&mut self, what: &str, rate: f64, floor: f64, name: &str) {
        let ratio = floor / rate;
        self.0.push([
            what.to_owned(),
            format!("{rate:.0}/s"),
            String::new(),
            format!("{floor:.0}/s ({name})"),
            format!("{ratio:.1}"),
        ]);
    }

    /// Print it.
    pub fn print(&self) {
        for [what, median, slow, floor, ratio] in &self.0 {
            println!("{what:<48} {median:>12} {slow:>12} {ratio:>8}  {floor}");
        }
    }
}

fn told(time: Duration) -> String {
    match time.as_micros() {
        micros if micros < 1_000 => format!("{micros} µs"),
        micros if micros < 100_000 => format!("{}.{:02} ms", micros / 1_000, micros % 1_000 / 10),
        micros => format!("{} ms", micros / 1_000),
    }
}
