//! The words and rules of quoting: money, margins, school years, programs, quotes, actions.
//!
//! Owns the types every other crate speaks in and the rules that hold without looking anything up.
//! Must not do I/O, read a clock, draw randomness, or know a database, a file format or a screen.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod action;
pub mod canonical;
pub mod clock;
pub mod company;
pub mod customer;
pub mod flag;
pub mod ids;
pub mod item;
pub mod lifecycle;
pub mod margin;
pub mod money;
pub mod outcome;
pub mod percent;
pub mod pounds;
pub mod price;
pub mod program;
pub mod quote;
pub mod quote_id;
pub mod school_year;
pub mod vocabulary;

pub use action::{ActionStatus, Decision};
pub use canonical::{Canonical, Sha256};
pub use clock::{Clock, IdSource};
pub use company::Company;
pub use customer::{Customer, CustomerProfile, CustomerProgram, CustomerType, EntityStatus};
pub use flag::{Flag, FlagKind};
pub use ids::{ActionId, ActionType, CustomerId, DraftId, ItemCode, LineId, OpId, ProgramId, RunId};
pub use item::Item;
pub use lifecycle::Lifecycle;
pub use margin::Margin;
pub use money::Money;
pub use outcome::{DeclineReason, Outcome};
pub use percent::Percent;
pub use pounds::Pounds;
pub use price::{Price, PriceSource};
pub use program::{DonatedFood, Program, ProgramTerms};
pub use quote::{Quote, QuoteCustomer, QuoteLine, QuoteTotals};
pub use quote_id::{DeviceTag, QuoteId};
pub use school_year::SchoolYear;
