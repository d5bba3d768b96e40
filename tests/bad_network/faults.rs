//! Everything the proxy can do to a request, alone and mixed.

use desk::Desk;
use desk::sync::SyncStatus;
use std::sync::Arc;
use testkit::profile::{self, TestProfile};
use testkit::proxy::{ALL, Fault, Proxy};

use super::job::{acknowledged, assert_everything_once, assert_shows_all, drain, quick, work};
use crate::scenario::count;
use crate::scenario::office::{APPROVER, Office};

/// Passes on the bad network.
const TRIES: usize = 3;
/// Jobs a device does.
const JOBS: u32 = 1;
/// One request in so many goes through unharmed.
const SPARED: u32 = 3;

/// A device that was let in through a proxy, however often that had to be tried.
fn let_in(office: &Office, proxy: &Proxy, seed: u64) -> TestProfile {
    let profile = profile::seeded(APPROVER, seed).expect("a profile");
    let code = office.central.code(APPROVER).expect("a code");
    for _ in 0..100 {
        if profile.desk.connect(proxy.url(), &code, "test device").is_ok() {
            return profile;
        }
    }
    panic!("{seed}: it was not let in");
}

/// Passes while things fail.
fn try_in_vain(desk: &Arc<Desk>) {
    for _ in 0..TRIES {
        // Whether it succeeds is up to the network.
        drop(desk.sync_once_with(quick(), |_| {}));
    }
}

/// Jobs done on a device whose network does this; what it was in the end, before it was healed.
fn survive(office: &Office, profile: &TestProfile, proxy: &Proxy, faults: &[Fault], seed: u64) -> SyncStatus {
    let desk = &profile.desk;
    try_in_vain(desk);
    proxy.heal();
    drain(desk, &format!("{faults:?} while the first prices came"));
    for job in 0..JOBS {
        work(desk, u32::try_from(seed).unwrap() * 10 + job + 1);
    }
    proxy.harm(faults);
    let (harmed, _) = proxy.counts();
    try_in_vain(desk);
    assert!(proxy.counts().0 > harmed, "{faults:?}: nothing was harmed");
    proxy.heal();
    let status = desk.sync_status().expect("it reads");
    for parked in &status.parked_items {
        desk.sync_retry(&parked.op_id).expect("it is parked");
    }
    drain(desk, &format!("{faults:?} by seed {seed}"));
    let quotes = count(desk, "SELECT count(*) n FROM quotes");
    assert_eq!(office.d1("SELECT id FROM quotes").len() as i64, quotes, "{faults:?} by seed {seed}");
    status
}

fn survive_all(faults: &[&[Fault]], begin: u64) {
    let office = Office::open();
    let mut profiles = Vec::new();
    for (seed, faults) in (begin..).zip(faults) {
        let proxy = Proxy::start(office.central.url(), faults, SPARED, seed).expect("the proxy starts");
        let profile = let_in(&office, &proxy, seed);
        let status = survive(&office, &profile, &proxy, faults, seed);
        // Only a refusal by the central itself sets an operation aside.
        let may_park = faults.contains(&Fault::Status(403));
        assert!(may_park || status.parked == 0, "{faults:?}: {:?}", status.parked_items);
        profiles.push(profile);
    }
    let jobs = JOBS * u32::try_from(profiles.len()).unwrap();
    let desks: Vec<&Arc<Desk>> = profiles.iter().map(|profile| &profile.desk).collect();
    assert_everything_once(&office, jobs, acknowledged(&desks));
    assert_shows_all(&office, &office.device(APPROVER, begin + 900).desk);
}

/// Every fault there is but those of the other half.
fn half(which: usize) -> Vec<&'static [Fault]> {
    ALL.chunks(1).skip(which).step_by(2).collect()
}

#[test]
fn whatever_single_fault_a_network_has_everything_arrives_once() {
    survive_all(&half(0), 100);
}

#[test]
fn whatever_other_single_fault_a_network_has_everything_arrives_once() {
    survive_all(&half(1), 200);
}

#[test]
fn with_every_fault_at_once_everything_arrives_once() {
    survive_all(&[ALL; 4], 300);
}

#[test]
fn what_answers_in_the_central_s_place_counts_as_offline() {
    let office = Office::open();
    let proxy = Proxy::start(office.central.url(), &[], 0, 1).expect("the proxy starts");
    let profile = office.device_at(proxy.url(), APPROVER, 400);
    let desk = &profile.desk;
    drain(desk, "a good network");
    work(desk, 120);
    let waiting = desk.sync_status().unwrap().waiting;
    let verified = desk.sync_status().unwrap().verified_current_as_of;
    let foreign =
        ALL.iter().filter(|fault| matches!(fault, Fault::Portal | Fault::Redirect | Fault::ForeignStatus(_)));
    for fault in foreign {
        proxy.harm(&[*fault]);
        let error = desk.sync_once_with(quick(), |_| {}).expect_err("nothing of the central's came");
        assert_eq!(error.code.as_str(), "offline", "{fault:?}: {error}");
        let status = desk.sync_status().unwrap();
        assert_eq!(status.last.state, "offline", "{fault:?}");
        assert!(status.state.contains("offline"), "{fault:?}: {}", status.state);
        assert_eq!((status.waiting, status.parked), (waiting, 0), "{fault:?}");
        assert_eq!(status.verified_current_as_of, verified, "{fault:?}: nothing was verified");
        assert_eq!(count(desk, "SELECT sum(attempts) n FROM outbox"), 0, "{fault:?} cost an attempt");
    }
    proxy.heal();
    drain(desk, "after the portal");
    assert_everything_once(&office, 1, acknowledged(&[desk]));
}
