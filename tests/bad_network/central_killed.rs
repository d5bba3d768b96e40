//! The central is killed, as by a power cut, while devices push and while it delivers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::command::Draws;
use super::job::{acknowledged, assert_everything_once, assert_shows_all, drain, quick, work};
use crate::scenario::office::{APPROVER, Office};

/// Power cuts.
const CUTS: u32 = 4;
/// Jobs before each.
const JOBS: u32 = 3;

#[test]
fn killed_again_and_again_the_central_has_everything_once() {
    let mut office = Office::open();
    let profile = office.device(APPROVER, 800);
    let desk = &profile.desk;
    let draws = Draws::of(800);
    for cut in 0..CUTS {
        for job in 0..JOBS {
            work(desk, cut * 10 + job + 1);
        }
        let is_back = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_back.load(Ordering::Relaxed) {
                    // Whether it succeeds is up to the central.
                    drop(desk.sync_once_with(quick(), |_| {}));
                }
            });
            // From before the first request to after the first deliveries.
            std::thread::sleep(Duration::from_millis(draws.between(0, 1_500)));
            office.central.kill().expect("it is killed");
            std::thread::sleep(Duration::from_millis(100));
            office.central.restart().expect("it starts again over what it kept");
            is_back.store(true, Ordering::Relaxed);
        });
        let status = desk.sync_status().expect("it reads");
        assert_eq!(status.parked, 0, "{:?}", status.parked_items);
    }
    drain(desk, "a central that is back");
    // Whoever held a lease is dead. Its time runs out, and the next start looks what was left.
    office.central.kill().expect("it is killed");
    for table in ["ns_pushes", "emails"] {
        let past = "'2026-01-01T00:00:00.000Z'";
        office.write_d1(&format!(
            "UPDATE {table} SET updated_at = {past}, enqueued_at = iif(enqueued_at IS NULL, NULL, {past}),
               lease_until = iif(lease_until IS NULL, NULL, {past})"
        ));
    }
    office.central.restart().expect("it starts again");
    assert_everything_once(&office, CUTS * JOBS, acknowledged(&[desk]));
    assert_shows_all(&office, desk);
    assert_shows_all(&office, &office.device(APPROVER, 801).desk);
}
