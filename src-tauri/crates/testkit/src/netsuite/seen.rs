//! Everything that happened at the stand-in, as `/_seen` tells it.
//!
//! Owns the shape of that report. Must not change anything.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::netsuite::Estimate;

/// How often each was asked for, also when it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Requests {
    /// `GET` of an estimate.
    #[serde(rename = "GET")]
    pub get: u32,
    /// `POST` of an estimate.
    #[serde(rename = "POST")]
    pub post: u32,
    /// `PUT` of an estimate.
    #[serde(rename = "PUT")]
    pub put: u32,
    /// Tokens.
    pub token: u32,
}

/// The report.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Seen {
    /// Estimates in the order they were made.
    pub estimates: Vec<Estimate>,
    /// Requests by method.
    pub requests: Requests,
    /// Tokens given.
    pub tokens: u32,
    /// By external id: the most writes that were under way at the same time.
    pub most_writes_at_once: BTreeMap<String, u32>,
    /// What was answered other than 2xx, in order: `PUT 429 CONCURRENCY_LIMIT_EXCEEDED`.
    pub refusals: Vec<String>,
}
