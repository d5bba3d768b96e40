//! A device's first prices, while its process is killed or its line is cut off.

use std::collections::BTreeSet;
use std::time::Duration;

use sample::{Market, Plan};
use testkit::profile::{self, monday};
use testkit::proxy::{Fault, Proxy};
use testkit::reference;

use super::command::{End, Killer};
use super::job::quick;
use crate::scenario::count;
use crate::scenario::office::{APPROVER, Office};

/// Prices at the central.
const PRICES: usize = 20_000;
/// Kills before it is let go on.
const KILLS: u32 = 24;

#[test]
fn killed_while_the_first_prices_come_a_device_goes_on_where_it_was() {
    let market = profile::empty("the office").expect("a profile");
    let plan = Plan::large(monday().date_naive(), PRICES);
    market.desk.load_market(&Market::generate(&plan).expect("a market")).expect("it fits");
    let lines = reference::lines(&market.desk).expect("its rows");
    let office = Office::open_in(tempfile::tempdir().expect("a folder"), &lines);
    let all = count(&market.desk, "SELECT count(*) n FROM pricing_master");
    assert!(all >= PRICES as i64);

    let profile = office.device_at(office.central.url(), APPROVER, 700);
    let mut killer = Killer::new(&profile, 700);
    let _folder = (drop(profile.desk), profile.folder);
    let mut prices = vec![0];
    let mut is_done = false;
    while !is_done && killer.kills < KILLS {
        match killer.life(Duration::from_millis(50), Duration::from_millis(600)) {
            // Looked at after each: on a machine at rest it is done after few.
            End::Killed => {
                prices.push(killer.between(|desk| count(desk, "SELECT count(*) n FROM pricing_master")));
            }
            End::Done => is_done = true,
            End::Failed(why) => panic!("{why}"),
        }
    }
    assert!(prices.is_sorted(), "rows that had come went again: {prices:?}");
    assert!(prices.iter().any(|some| (1..all).contains(some)), "it was never cut off midway: {prices:?}");
    killer.undisturbed();
    killer.between(|desk| {
        let sorted = |text: String| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let came = sorted(reference::lines(desk).expect("its rows"));
        let missing: Vec<_> = sorted(lines).difference(&came).take(3).cloned().collect();
        assert_eq!(missing, Vec::<String>::new(), "rows are missing or differ");
        assert_eq!(count(desk, "SELECT count(*) n FROM pricing_master"), all);
        assert!(desk.doctor().unwrap().ok, "{:?}", desk.doctor());
        assert!(desk.sync_status().unwrap().verified_current_as_of.is_some());
    });
}

#[test]
fn a_line_that_cuts_every_answer_in_half_still_brings_more_each_time() {
    let office = Office::open();
    let all = office.d1_one("SELECT count(*) FROM pricing_master").as_i64().unwrap();
    let proxy = Proxy::start(office.central.url(), &[], 0, 1).expect("the proxy starts");
    let profile = office.device_at(proxy.url(), APPROVER, 710);
    let desk = &profile.desk;
    proxy.harm(&[Fault::Truncate]);
    for _ in 0..4 {
        desk.sync_once_with(quick(), |_| {}).expect_err("no answer comes whole");
    }
    let came = count(desk, "SELECT count(*) n FROM pricing_master");
    assert!(came * 10 > all * 9, "{came} of {all} prices came");
    assert_eq!(desk.sync_status().unwrap().verified_current_as_of, None, "the feed's end was never seen");
}
