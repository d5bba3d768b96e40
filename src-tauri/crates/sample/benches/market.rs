//! How fast a market is made, and how fast a million prices are drawn.

use std::hint::black_box;

use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::ItemsCount;
use fieldquote_sample::{Market, Plan};

fn main() {
    divan::main();
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 16).unwrap_or_default()
}

#[divan::bench(sample_count = 20)]
fn the_standard_market(bencher: Bencher) {
    let plan = Plan::standard(today());
    bencher.bench(|| Market::generate(black_box(&plan)).map(|market| market.quotes.len()).ok());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_large_market_without_its_prices(bencher: Bencher) {
    let plan = Plan::large(today(), 1_000_000);
    bencher.bench(|| Market::generate(black_box(&plan)).map(|market| market.quotes.len()).ok());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_prices(bencher: Bencher) {
    let Ok(market) = Market::generate(&Plan::large(today(), 1_000_000)) else { return };
    bencher
        .counter(ItemsCount::new(1_000_000_usize))
        .bench(|| market.prices().take(1_000_000).map(black_box).count());
}
