//! Our own letterhead and the terms printed on a quote.
//!
//! Owns the company settings a customer sees. Must not hold anything a customer must not see.

use serde::{Deserialize, Serialize};

/// The supplier, as it appears on a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Trading name.
    pub name: String,
    /// Address, line by line.
    pub address: Vec<String>,
    /// Phone number as printed.
    pub phone: String,
    /// E-mail address as printed.
    pub email: String,
    /// Web address as printed.
    pub website: String,
    /// Terms and conditions, a paragraph each.
    pub terms: Vec<String>,
    /// Days a quote stays valid unless the rep says otherwise.
    pub validity_days: u16,
}

impl Company {
    /// The name of a letterhead nobody has filled in yet.
    const UNSET: &str = "Your company";

    /// A letterhead to be filled in.
    pub fn unset() -> Self {
        Company {
            name: Self::UNSET.to_owned(),
            address: Vec::new(),
            phone: String::new(),
            email: String::new(),
            website: String::new(),
            terms: Vec::new(),
            validity_days: 60,
        }
    }

    /// Whether nobody has filled it in yet.
    pub fn is_unset(&self) -> bool {
        self.name == Self::UNSET
    }
}
