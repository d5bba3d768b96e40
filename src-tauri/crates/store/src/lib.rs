//! The device's database: SQLite, encrypted, one module a table.
//!
//! Owns every row on the device, how the file is opened and kept, search, and the sandbox in which a
//! contract's SQL runs. Must not know a network, read a clock or an environment variable, or decide
//! anything a person or a contract decides.
//!
//! [`Store::write`] and [`Store::read`] are the only ways in; a table's module takes the [`WriteTx`] or
//! the [`Reader`] they give.

mod access;
mod connection;
mod error;
#[cfg(test)]
mod fixtures;
mod gate;
mod home;
mod integrity;
mod private_file;
#[cfg(test)]
mod reference_tests;
mod row;
mod row_key;
#[cfg(test)]
mod scratch;
mod store;
mod tokens;
mod wal;

pub mod actions;
pub mod audit;
pub mod backup;
pub mod customer_profiles;
pub mod customer_programs;
pub mod customers;
pub mod draft_undo;
pub mod drafts;
pub mod emails;
pub mod feed;
pub mod files;
pub mod keys;
pub mod learned_words;
pub mod lists;
pub mod logs;
pub mod migrate;
pub mod outbox;
pub mod pricing_master;
pub mod query;
pub mod quote_outcomes;
pub mod quotes;
pub mod received_decisions;
pub mod refetch;
pub mod runs;
pub mod sandbox;
pub mod search;
pub mod secrets;
pub mod settings;
pub mod spec_items;
pub mod verification;
pub mod wanted_files;
pub mod windows;

pub use access::{Reader, WriteTx};
pub use error::StoreError;
pub use home::{Opening, database_path};
pub use row_key::RowKey;
pub use store::{CommitHook, Listening, Store};
pub use wal::Checkpoint;
