//! The standard market, made once for a test program.

use std::sync::LazyLock;

use chrono::NaiveDate;
use fieldquote_sample::{Market, Plan};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 16).unwrap()
}

pub fn market() -> &'static Market {
    static MARKET: LazyLock<Market> = LazyLock::new(|| Market::generate(&Plan::standard(today())).unwrap());
    &MARKET
}
