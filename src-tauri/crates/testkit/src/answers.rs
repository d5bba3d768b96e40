//! What the central would tell a device, told by hand.
//!
//! Owns the few rows the sync engine writes when an answer comes. Must not pretend to be a server.

use std::path::Path;

use domain::OpId;
use serde_json::Value;
use store::{Opening, Store, StoreError, outbox};

use crate::profile::keys;

const NOW: &str = "2026-11-23T10:00:00.000Z";

/// A second way into a profile's database, as the sync engine has one.
pub fn store_of(home: &Path) -> Result<Store, StoreError> {
    let keys = keys();
    Store::open(&Opening::new(home, &keys, NOW))
}

/// The central has an operation.
pub fn acknowledge(store: &Store, op: &OpId, result: &Value) -> Result<bool, StoreError> {
    store.write(|tx| outbox::acknowledge(tx, op, &result.to_string(), NOW))
}

/// The central refuses an operation for good.
pub fn refuse(store: &Store, op: &OpId, message: &str) -> Result<bool, StoreError> {
    store.write(|tx| outbox::park(tx, op, "refused", message, NOW))
}

/// The central's mail consumer sent a quote's email, and the feed brought its log row.
pub fn log_email(store: &Store, quote: &str, recipient: &str) -> Result<(), StoreError> {
    store.write(|tx| {
        store::emails::put(tx, &format!("mail-{quote}"), quote, "approved", recipient, "Your quote", NOW)
    })
}
