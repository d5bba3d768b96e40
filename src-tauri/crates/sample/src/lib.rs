//! Sample data: a fictional K-12 foodservice market, made from a seed.
//!
//! Owns who the customers are, what is sold to them, at what prices, and what was quoted before. The
//! hand-written stock lies in `data/*.csv`; larger plans extend it by combination. Must not write a
//! table, read a clock or keep a price list in memory: prices are drawn one by one, in key order.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

mod amount;
mod book;
mod company;
mod customer_growth;
mod customers;
mod draw;
mod error;
mod habit;
mod item_growth;
mod items;
mod market;
mod plan;
mod price_level;
mod prices;
mod programs;
mod quotes;
mod stock;
mod years;

pub use error::SampleError;
pub use market::Market;
pub use plan::Plan;
pub use prices::Prices;
pub use quotes::SampleQuote;
