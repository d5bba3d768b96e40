//! Customers: districts, co-ops and distributors.
//!
//! Owns what is known of a customer. Must not decide whether one may be quoted: a contract's checks do.

use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, ProgramId};
use crate::money::Money;
use crate::program::{Program, ProgramTerms};
use crate::school_year::SchoolYear;
use crate::vocabulary;

vocabulary! {
    /// What kind of customer.
    pub enum CustomerType: "a customer type" {
        /// A school district, the usual recipient agency.
        District = "district",
        /// A purchasing co-operative of districts.
        Coop = "coop",
        /// A distributor that delivers to districts.
        Distributor = "distributor",
    }
}

vocabulary! {
    /// Whether we trade with the customer.
    pub enum EntityStatus: "a customer status" {
        /// We do.
        Active = "active",
        /// Not until accounts receivable says so: quotes are blocked.
        Hold = "hold",
        /// Not any more.
        Inactive = "inactive",
    }
}

/// A customer as the device knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Customer {
    /// Its key.
    pub id: CustomerId,
    /// Its full name, as printed.
    pub name: String,
    /// Its kind.
    pub customer_type: CustomerType,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// Its ZIP code.
    pub zip: Option<String>,
    /// Street and number.
    pub address1: Option<String>,
    /// Whether we trade with it.
    pub entitystatus: EntityStatus,
    /// Its internal id in NetSuite.
    pub netsuite_id: Option<String>,
    /// Payment terms, as printed.
    pub terms: Option<String>,
    /// The price level it buys at.
    pub price_level: Option<String>,
    /// Whose customer it is.
    pub sales_rep: Option<String>,
    /// Who receives quotes.
    pub contact_name: Option<String>,
    /// Where quotes are sent.
    pub contact_email: Option<String>,
    /// How to reach the contact.
    pub contact_phone: Option<String>,
    /// Nicknames reps use.
    pub aliases: Vec<String>,
}

/// What accounts receivable knows of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CustomerProfile {
    /// Whose.
    pub customer_id: CustomerId,
    /// How much may be owed and quoted together; none means no limit is set.
    pub credit_limit: Option<Money>,
    /// What is owed now.
    pub ar_balance: Option<Money>,
    /// When a quote last touched the forecast, RFC 3339.
    pub last_quote_event: Option<String>,
}

/// A program a customer takes part in for a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CustomerProgram {
    /// Its key.
    pub id: ProgramId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Which program.
    pub program: Program,
    /// `active` or anything else, which counts as not active.
    pub status: String,
    /// For which school year.
    pub school_year: SchoolYear,
    /// The one USDA material it covers; none means every material.
    pub df_code: Option<String>,
    /// What the agreement adds.
    pub terms: ProgramTerms,
    /// When it was removed, RFC 3339.
    pub deleted_at: Option<String>,
}
