//! The market: customers, items, programs, quotes, and a price list that is drawn when asked for.
//!
//! Owns how the parts come together. Must not hold prices.

use std::collections::BTreeMap;
use std::fmt;

use chrono::Days;
use domain::clock::timestamp;
use domain::{Company, Customer, CustomerId, CustomerProfile, CustomerProgram, Item, SchoolYear};

use crate::book::Book;
use crate::draw::Seed;
use crate::error::SampleError;
use crate::plan::Plan;
use crate::prices::Prices;
use crate::quotes::SampleQuote;
use crate::years::Years;
use crate::{company, customer_growth, customers, item_growth, items, programs, quotes};

/// A fictional market.
pub struct Market {
    /// Our own letterhead.
    pub company: Company,
    /// By id.
    pub customers: Vec<Customer>,
    /// One for each customer, by its id.
    pub profiles: Vec<CustomerProfile>,
    /// Of every kind; some are inactive or deleted.
    pub programs: Vec<CustomerProgram>,
    /// By code.
    pub items: Vec<Item>,
    /// Oldest first.
    pub quotes: Vec<SampleQuote>,
    /// The years with prices for everybody, oldest first; the last is the current one.
    pub school_years: Vec<SchoolYear>,
    /// The year after: a few customers have prices for it already.
    pub next_school_year: SchoolYear,
    book: Book,
}

impl Market {
    /// The market of a plan. Refused when the plan is larger than names and codes can be combined for,
    /// or lies outside the calendar of school years.
    pub fn generate(plan: &Plan) -> Result<Self, SampleError> {
        let seed = Seed::new(plan.seed);
        let years = Years::around(plan.today, plan.years)?;
        let company = company::letterhead();

        let mut accounts = customers::stock()?;
        accounts.extend(customer_growth::grow(
            &seed,
            &accounts,
            plan.customers.saturating_sub(accounts.len()),
        )?);
        accounts.truncate(plan.customers);

        let mut listed = items::stock()?;
        listed.extend(item_growth::grow(&seed, &listed, plan.items.saturating_sub(listed.len()))?);
        let listed = items::first(listed, plan.items);

        let programs = programs::of(&seed, &years, &accounts)?;
        let buyers = accounts.iter().map(|account| account.buyer.clone()).collect();
        let book = Book::new(seed.clone(), &years, buyers, &listed)?;
        let quotes = quotes::of(
            &seed,
            &years,
            plan.today,
            &accounts,
            &listed,
            |customer| prices_of(&book, customer).collect(),
            Days::new(u64::from(company.validity_days)),
        )?;

        let last_quoted: BTreeMap<_, _> =
            quotes.iter().map(|quote| (&quote.customer_id, timestamp(quote.generated_at))).collect();
        let (customers, profiles) = accounts
            .into_iter()
            .map(|account| {
                let last_quote_event = last_quoted.get(&account.customer.id).cloned();
                (account.customer, CustomerProfile { last_quote_event, ..account.profile })
            })
            .unzip();
        Ok(Market {
            company,
            customers,
            profiles,
            programs,
            items: listed.into_iter().map(|listed| listed.item).collect(),
            quotes,
            school_years: years.listed,
            next_school_year: years.next,
            book,
        })
    }

    /// Every price, by customer id, item code and school year.
    pub fn prices(&self) -> Prices<'_> {
        Prices::of(&self.book, 0..self.book.customers())
    }

    /// One customer's prices, by item code and school year; none for a customer the market does not
    /// have.
    pub fn prices_of(&self, customer: &CustomerId) -> Prices<'_> {
        prices_of(&self.book, customer)
    }
}

fn prices_of<'a>(book: &'a Book, customer: &CustomerId) -> Prices<'a> {
    Prices::of(book, book.place_of(customer).map_or(0..0, |place| place..place + 1))
}

impl fmt::Debug for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Market")
            .field("customers", &self.customers.len())
            .field("items", &self.items.len())
            .field("quotes", &self.quotes.len())
            .field("school_years", &self.school_years)
            .finish_non_exhaustive()
    }
}
