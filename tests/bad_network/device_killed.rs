//! The device's process is killed again and again while it brings its work over.

use std::time::Duration;

use serde_json::json;

use super::command::{End, Killer, told};
use super::job::{acknowledged, assert_everything_once, assert_shows_all, drain, work};
use crate::scenario::office::{APPROVER, Office};

/// Kills of both tests.
const KILLS: u64 = 200;
/// Jobs that wait when the killing begins anew: more than a process lives to bring over.
const JOBS: u32 = 8;
/// By how much longer each process may live.
const GROWTH: Duration = Duration::from_millis(10);

fn everything_arrives_once(seed: u64) {
    let office = Office::open();
    let profile = office.device(APPROVER, seed);
    let mut killer = Killer::new(&profile, seed);
    let _folder = (drop(profile.desk), profile.folder);
    let startup = killer.undisturbed();
    let mut jobs = 0;
    let (mut received, mut in_the_middle) = (0, 0);
    while u64::from(killer.kills) < told("SYNC_KILLS", KILLS) / 2 {
        killer.between(|desk| {
            for _ in 0..JOBS {
                jobs += 1;
                work(desk, jobs);
            }
        });
        for life in 0_u32.. {
            assert!(life < 100, "it makes no headway");
            // Every eighth anywhere; the others where the network is.
            let least = if life % 8 == 0 { Duration::ZERO } else { startup * 2 / 3 };
            // Longer with each: a life that is always too short for a pass ends none.
            let end = killer.life(least, startup * 3 / 2 + GROWTH * life);
            let now = office.d1_one("SELECT count(*) FROM receipts").as_i64().unwrap();
            in_the_middle += u32::from(end == End::Killed && now > received);
            received = now;
            match end {
                End::Killed => {}
                End::Done => break,
                End::Failed(why) => panic!("{why}"),
            }
        }
    }
    assert!(in_the_middle > 3, "hardly any of {} kills came while something was on its way", killer.kills);
    killer.between(|desk| {
        drain(desk, "a device that lives again");
        // What the central does of itself is done too before anybody compares: a quote is sent once its mail is.
        assert_everything_once(&office, jobs, acknowledged(&[desk]));
        assert_shows_all(&office, desk);
        assert_eq!(office.d1_one("SELECT count(*) FROM sign_ins"), json!(1), "it is the one device still");
    });
    assert_shows_all(&office, &office.device(APPROVER, seed + 1).desk);
}

#[test]
fn killed_at_any_moment_a_device_brings_everything_over_once() {
    everything_arrives_once(500);
}

#[test]
fn killed_at_any_other_moment_a_device_brings_everything_over_once() {
    everything_arrives_once(600);
}
