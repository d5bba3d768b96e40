//! Customers: the hand-written ones, and what pricing needs to know of any.
//!
//! Owns reading `data/customers.csv`. Must not invent customers: `customer_growth` does.

use domain::{Customer, CustomerId, CustomerProfile, CustomerType, EntityStatus, Money};
use serde::Deserialize;

use crate::error::SampleError;
use crate::price_level::PriceLevel;
use crate::stock;

/// A customer with everything the market knows of it.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) customer: Customer,
    pub(crate) profile: CustomerProfile,
    pub(crate) buyer: Buyer,
}

/// A customer as its prices are drawn.
#[derive(Debug, Clone)]
pub(crate) struct Buyer {
    /// The digits of its id: its own place among the streams of draws.
    pub(crate) number: u32,
    pub(crate) id: CustomerId,
    pub(crate) level: PriceLevel,
    /// The month its price terms start in: 7 with the school year, or 8.
    pub(crate) term_month: u32,
    /// Whether it already has prices for the next school year.
    pub(crate) renewed: bool,
    /// Whether it has prices for the current one.
    pub(crate) trading: bool,
}

/// The number of the first customer; the others follow it.
pub(crate) const FIRST_NUMBER: u32 = 10_001;

#[derive(Deserialize)]
struct Row {
    id: CustomerId,
    name: String,
    customer_type: CustomerType,
    address1: String,
    city: String,
    state: String,
    zip: String,
    entitystatus: EntityStatus,
    netsuite_id: String,
    terms: String,
    price_level: PriceLevel,
    sales_rep: Option<String>,
    contact_name: Option<String>,
    contact_email: Option<String>,
    contact_phone: Option<String>,
    credit_limit: Option<Money>,
    ar_balance: Option<Money>,
    term_month: u32,
    renewed: bool,
    aliases: String,
}

/// The hand-written customers, by id.
pub(crate) fn stock() -> Result<Vec<Account>, SampleError> {
    let rows: Vec<Row> = stock::rows("customers.csv", include_str!("../data/customers.csv"))?;
    Ok(rows.into_iter().zip(FIRST_NUMBER..).map(|(row, number)| account(row, number)).collect())
}

fn account(row: Row, number: u32) -> Account {
    Account {
        profile: CustomerProfile {
            customer_id: row.id.clone(),
            credit_limit: row.credit_limit,
            ar_balance: row.ar_balance,
            last_quote_event: None,
        },
        buyer: Buyer {
            number,
            id: row.id.clone(),
            level: row.price_level,
            term_month: row.term_month,
            renewed: row.renewed,
            trading: row.entitystatus != EntityStatus::Inactive,
        },
        customer: Customer {
            id: row.id,
            name: row.name,
            customer_type: row.customer_type,
            city: Some(row.city),
            state: Some(row.state),
            zip: Some(row.zip),
            address1: Some(row.address1),
            entitystatus: row.entitystatus,
            netsuite_id: Some(row.netsuite_id),
            terms: Some(row.terms),
            price_level: Some(row.price_level.name().to_owned()),
            sales_rep: row.sales_rep,
            contact_name: row.contact_name,
            contact_email: row.contact_email,
            contact_phone: row.contact_phone,
            aliases: stock::several(&row.aliases),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_written_customers_are_numbered_in_order() {
        for account in stock().unwrap() {
            assert_eq!(account.customer.id.as_str(), format!("C{}", account.buyer.number));
        }
    }

    #[test]
    fn the_standard_plan_takes_every_hand_written_customer() {
        assert_eq!(stock().unwrap().len(), crate::plan::STOCK_CUSTOMERS);
    }
}
