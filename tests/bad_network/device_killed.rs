//! The device's process is killed again and again while it brings its work over.

use std::time::Duration;

use serde_json::json;

use crate::command::{End, Killer, told};
use crate::job::{acknowledged, assert_everything_once, assert_shows_all, work};
use crate::scenario::office::{APPROVER, Office};

/// Kills a test, of two.
const KILLS: u64 = 180 / 2;
/// Jobs that wait when the killing begins anew.
const JOBS: u32 = 2;

fn everything_arrives_once(seed: u64) {
    let t0 = std::time::Instant::now();
    let office = Office::open();
    eprintln!("DBG office {:?}", t0.elapsed());
    let folder = office.device(APPROVER, seed).folder;
    let mut killer = Killer::new(folder.path(), seed);
    let startup = killer.undisturbed();
    let mut jobs = 0;
    let mut pass = startup * 2;
    let (mut received, mut in_the_middle) = (0, 0);
    while u64::from(killer.kills) < told("SYNC_KILLS", KILLS * 2) / 2 {
        killer.between(|desk| {
            for _ in 0..JOBS {
                jobs += 1;
                work(desk, jobs);
            }
        });
        if jobs == JOBS {
            pass = killer.undisturbed();
            received = office.d1_one("SELECT count(*) FROM receipts").as_i64().unwrap();
            continue;
        }
        for life in 0.. {
            assert!(life < 300, "it makes no headway");
            // Every fourth anywhere; the others where the network is.
            let least = if life % 4 == 0 { Duration::ZERO } else { startup / 2 };
            let end = killer.life(least, pass);
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
    eprintln!("DBG kills {} jobs {jobs} middle {in_the_middle} startup {startup:?} pass {pass:?} at {:?}", killer.kills, t0.elapsed());
    assert!(in_the_middle > 3, "hardly any of {} kills came while something was on its way", killer.kills);
    killer.between(|desk| {
        assert_shows_all(&office, desk);
        assert_everything_once(&office, jobs, acknowledged(&[desk]));
        assert_eq!(office.d1_one("SELECT count(*) FROM sign_ins"), json!(1), "it is the one device still");
    });
    eprintln!("DBG once {:?}", t0.elapsed());
    assert_shows_all(&office, &office.device(APPROVER, seed + 1).desk);
    eprintln!("DBG all {:?}", t0.elapsed());
}

#[test]
fn killed_at_any_moment_a_device_brings_everything_over_once() {
    everything_arrives_once(500);
}

#[test]
fn killed_at_any_other_moment_a_device_brings_everything_over_once() {
    everything_arrives_once(600);
}
