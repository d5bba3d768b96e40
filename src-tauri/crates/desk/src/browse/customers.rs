//! Customers: the list, and everything on one's page.
//!
//! Owns what is said of a customer's credit without a quote in hand. Must not judge it: flags do, of a quote.

use domain::{Customer, CustomerId, CustomerProgram, CustomerType, EntityStatus, Money, SchoolYear};
use serde::Serialize;
use store::windows::{self, CustomerHead, QuoteFilter};
use store::{Reader, actions, customer_profiles, customer_programs, customers, pricing_master, quotes};

use super::{Rows, place, quote_listed};
use crate::Desk;
use crate::actions::ActionListed;
use crate::error::DeskError;
use crate::flags::Exposure;
use crate::quotes::QuoteListed;

/// A customer, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct CustomerListed {
    /// Its key.
    pub id: CustomerId,
    /// Its full name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// Its kind.
    pub customer_type: CustomerType,
    /// Whether we trade with it.
    pub entitystatus: EntityStatus,
    /// Whose customer it is.
    pub sales_rep: Option<String>,
    /// Its quotes that may still become an order.
    pub open_quotes: u32,
}

/// A customer's page.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CustomerPage {
    /// The customer.
    pub customer: Customer,
    /// What it owes and may yet order; none when accounts receivable told nothing of it.
    pub exposure: Option<Exposure>,
    /// When a quote last touched the forecast, RFC 3339.
    pub last_quote_event: Option<String>,
    /// Its programs, the latest year first.
    pub programs: Vec<CustomerProgram>,
    /// The school years it has prices for, the latest first.
    pub years: Vec<SchoolYear>,
    /// How many prices it has.
    pub price_count: u64,
    /// Its newest quotes.
    pub quotes: Vec<QuoteListed>,
    /// What waits or waited for a decision about it, the pending ones first.
    pub actions: Vec<ActionListed>,
}

/// Quotes and actions on a customer's page.
const ON_PAGE: u32 = 50;

impl Desk {
    /// Customers by name; those that answer a text, the best first.
    pub fn customers(&self, text: &str, offset: u32, limit: u32) -> Result<Rows<CustomerListed>, DeskError> {
        let window = self.store.read(|db| windows::customers(db, text, place(offset, limit)))?;
        Ok(Rows::of(window, listed))
    }

    /// One customer's page.
    pub fn customer(&self, id: &CustomerId) -> Result<CustomerPage, DeskError> {
        self.store.read(|db| {
            let customer = customers::get(db, id)?.ok_or_else(|| no_customer(id))?;
            let filter = QuoteFilter { customer_id: Some(id), ..QuoteFilter::default() };
            let quotes = windows::quotes(db, &filter, place(0, ON_PAGE))?.rows;
            let actions = actions::of_customer(db, id, ON_PAGE)?;
            let profile = customer_profiles::get(db, id)?;
            Ok(CustomerPage {
                exposure: exposure(db, id)?,
                last_quote_event: profile.and_then(|profile| profile.last_quote_event),
                programs: customer_programs::of_customer(db, id)?,
                years: pricing_master::years_of(db, id)?,
                price_count: windows::price_count(db, id)?,
                quotes: quotes.into_iter().map(quote_listed).collect(),
                actions: actions
                    .iter()
                    .map(|row| crate::actions::listed(db, row))
                    .collect::<Result<_, _>>()?,
                customer,
            })
        })
    }
}

pub(super) fn no_customer(id: &CustomerId) -> DeskError {
    DeskError::not_found("customer", id, "Look for it by name.")
}

/// What a customer owes and may yet order, with no quote in hand.
fn exposure(db: &Reader<'_>, id: &CustomerId) -> Result<Option<Exposure>, DeskError> {
    let Some(profile) = customer_profiles::get(db, id)? else { return Ok(None) };
    let open = quotes::open_of(db, id)?;
    let open_quotes = Money::sum(open.iter().map(|open| open.total))?;
    let ar_balance = profile.ar_balance.unwrap_or(Money::ZERO);
    let total = ar_balance.plus(open_quotes)?;
    Ok(Some(Exposure {
        credit_limit: profile.credit_limit,
        ar_balance,
        open_quotes,
        open_quote_count: open.len(),
        this_quote: Money::ZERO,
        total,
        over_limit: profile.credit_limit.is_some_and(|limit| total > limit),
    }))
}

fn listed(head: CustomerHead) -> CustomerListed {
    CustomerListed {
        id: head.id,
        name: head.name,
        city: head.city,
        state: head.state,
        customer_type: head.customer_type,
        entitystatus: head.entitystatus,
        sales_rep: head.sales_rep,
        open_quotes: head.open_quotes,
    }
}
