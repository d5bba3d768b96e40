//! A quote: the immutable snapshot that is approved, printed, stored and pushed.
//!
//! Owns its shape and its totals. Must not be changed after it is submitted: a change is a new snapshot
//! with a new hash.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::customer::{Customer, CustomerType};
use crate::ids::{CustomerId, ItemCode, LineId};
use crate::margin::Margin;
use crate::money::{Money, MoneyError};
use crate::pounds::Pounds;
use crate::price::PriceSource;
use crate::program::Program;
use crate::quote_id::QuoteId;
use crate::school_year::SchoolYear;

/// A quote as it was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Quote {
    /// Its number and key.
    pub id: QuoteId,
    /// The quote this one takes the place of.
    pub revision_of: Option<QuoteId>,
    /// For whom.
    pub customer: QuoteCustomer,
    /// For which school year.
    pub school_year: SchoolYear,
    /// The date on it.
    pub issued_on: NaiveDate,
    /// The last day the customer can accept it; not the price term.
    pub valid_until: NaiveDate,
    /// First day the prices hold.
    pub price_from: NaiveDate,
    /// Last day the prices hold.
    pub price_to: NaiveDate,
    /// What is offered, in order.
    pub lines: Vec<QuoteLine>,
    /// Remarks the customer reads.
    pub notes: Vec<String>,
    /// Whether a PDF was asked for.
    pub include_pdf: bool,
    /// Who drafted it.
    pub prepared_by: String,
    /// The sums.
    pub totals: QuoteTotals,
}

/// The customer as printed on the quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuoteCustomer {
    /// Its key.
    pub id: CustomerId,
    /// Its full name.
    pub name: String,
    /// Its kind.
    pub customer_type: CustomerType,
    /// Street and number.
    pub address1: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// ZIP code.
    pub zip: Option<String>,
    /// Who receives it.
    pub contact_name: Option<String>,
    /// Where it is sent.
    pub contact_email: Option<String>,
    /// How to reach the contact.
    pub contact_phone: Option<String>,
    /// Payment terms.
    pub terms: Option<String>,
    /// Whose customer it is.
    pub sales_rep: Option<String>,
    /// Its internal id in NetSuite.
    pub netsuite_id: Option<String>,
}

impl From<&Customer> for QuoteCustomer {
    fn from(customer: &Customer) -> Self {
        QuoteCustomer {
            id: customer.id.clone(),
            name: customer.name.clone(),
            customer_type: customer.customer_type,
            address1: customer.address1.clone(),
            city: customer.city.clone(),
            state: customer.state.clone(),
            zip: customer.zip.clone(),
            contact_name: customer.contact_name.clone(),
            contact_email: customer.contact_email.clone(),
            contact_phone: customer.contact_phone.clone(),
            terms: customer.terms.clone(),
            sales_rep: customer.sales_rep.clone(),
            netsuite_id: customer.netsuite_id.clone(),
        }
    }
}

/// One line of a quote. `cost_basis` is for approvers only: nothing made for a customer may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuoteLine {
    /// 1, 2, 3 …
    pub line_no: u32,
    /// The draft's line it came from.
    pub line_id: LineId,
    /// Which item.
    pub item_code: ItemCode,
    /// What it is.
    pub description: String,
    /// Brand.
    pub brand: Option<String>,
    /// Case pack.
    pub pack: Option<String>,
    /// Net weight of a case.
    pub net_weight_lb: Option<Pounds>,
    /// Servings in a case.
    pub servings_per_case: Option<u32>,
    /// One serving.
    pub serving_size: Option<String>,
    /// CN label number.
    pub cn_number: Option<String>,
    /// Its internal id in NetSuite.
    pub netsuite_id: Option<String>,
    /// Cases.
    pub quantity: u32,
    /// Commercial price of a case.
    pub case_price: Money,
    /// Where the price came from.
    pub price_source: PriceSource,
    /// The same customer's price in the year before.
    pub last_year_price: Option<Money>,
    /// What a case costs us. Internal.
    pub cost_basis: Option<Money>,
    /// The program applied to this line.
    pub program: Program,
    /// USDA's material code, where a program applies.
    pub df_code: Option<String>,
    /// Pounds of donated food in a case, where a program applies.
    pub df_lb_per_case: Option<Pounds>,
    /// Value of the donated food in a case, where a program applies.
    pub df_value: Option<Money>,
    /// Distributor's fee for a case, where the program has one.
    pub fee: Option<Money>,
    /// What the school is invoiced for a case.
    pub net_price: Money,
    /// What the processor refunds for a case afterwards (rebate).
    pub refund: Option<Money>,
    /// `net_price` × `quantity`, rounded to cents.
    pub extended: Money,
    /// A remark the customer reads.
    pub note: Option<String>,
}

impl QuoteLine {
    /// The margin of the commercial price over the full cost.
    pub fn margin(&self) -> Margin {
        Margin::of(self.case_price, self.cost_basis)
    }
}

/// The sums of a quote, each a sum of per-line cents so that the page foots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuoteTotals {
    /// Cases in all.
    pub cases: u64,
    /// Commercial prices × cases.
    pub commercial: Money,
    /// Donated food passed on in these lines, × cases.
    pub df_value: Money,
    /// What the school is invoiced: the sum of `extended`.
    pub total: Money,
    /// What processors refund afterwards.
    pub refund: Money,
}

impl QuoteTotals {
    /// The totals of these lines.
    pub fn of(lines: &[QuoteLine]) -> Result<Self, MoneyError> {
        let mut totals = QuoteTotals {
            cases: 0,
            commercial: Money::ZERO,
            df_value: Money::ZERO,
            total: Money::ZERO,
            refund: Money::ZERO,
        };
        for line in lines {
            totals.cases += u64::from(line.quantity);
            totals.commercial = totals.commercial.plus(line.case_price.extended(line.quantity)?)?;
            totals.total = totals.total.plus(line.extended)?;
            if let Some(value) = line.df_value {
                totals.df_value = totals.df_value.plus(value.extended(line.quantity)?)?;
            }
            if let Some(value) = line.refund {
                totals.refund = totals.refund.plus(value.extended(line.quantity)?)?;
            }
        }
        Ok(totals)
    }
}
