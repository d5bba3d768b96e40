//! Sample data into a profile.
//!
//! Owns loading a generated market into the tables. Must not be reachable in a profile that has customers:
//! sample data never mixes with real data.

use domain::{Canonical, Company};
use drafting::document::{DraftLine, DraftView, PriceRule};
use sample::{Market, Plan, SampleQuote};
use serde::Serialize;
use store::{
    WriteTx, customer_profiles, customer_programs, customers, pricing_master, quotes, settings, spec_items,
};

use crate::compose::{self, Heading};
use crate::error::{Code, DeskError};
use crate::profile::Made;
use crate::{Desk, Opening, Setup, Surroundings, profile};

/// Set in a profile that holds a fictional market: it is never connected to a central.
pub(crate) const SAMPLE: &str = "sample_market";

/// What was loaded.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Loaded {
    /// Customers.
    pub customers: u64,
    /// Items.
    pub items: u64,
    /// Prices.
    pub prices: u64,
    /// Programs.
    pub programs: u64,
    /// Quotes.
    pub quotes: u64,
}

/// The standard market, as of the world's today.
pub fn standard_market(world: &Surroundings) -> Result<Market, DeskError> {
    Market::generate(&Plan::standard(world.clock.today()))
        .map_err(|error| DeskError::bad_input(error, "Check the date this machine shows."))
}

impl Desk {
    /// Make a profile to try things on, with the standard fictional market in it.
    pub fn create_sample(
        opening: &Opening<'_>,
        world: Surroundings,
        user: &str,
    ) -> Result<(Desk, Made, Loaded), DeskError> {
        let market = standard_market(&world)?;
        let (desk, made) = Desk::create(opening, world, &Setup { user, company: market.company.clone() })?;
        let loaded = desk.load_market(&market)?;
        Ok((desk, made, loaded))
    }

    /// Whether this profile holds a fictional market.
    pub fn is_sample(&self) -> Result<bool, DeskError> {
        Ok(self.store.read(|db| settings::get(db, SAMPLE))?.is_some())
    }

    /// Load a market into an empty profile.
    pub fn load_market(&self, market: &Market) -> Result<Loaded, DeskError> {
        let now = self.now();
        self.store.write(|tx| {
            settings::set(tx, SAMPLE, "1", &now)?;
            if customers::count(tx)? > 0 {
                return Err(DeskError::new(
                    Code::WrongState,
                    "the profile has customers already, and sample data never mixes with them",
                    "Make another profile: `fieldquote --home DIR init --sample`.",
                ));
            }
            for customer in &market.customers {
                customers::upsert(tx, customer, &now)?;
            }
            for row in &market.profiles {
                customer_profiles::upsert(tx, row, &now)?;
            }
            for program in &market.programs {
                customer_programs::upsert(tx, program, &now)?;
            }
            for item in &market.items {
                spec_items::upsert(tx, item, &now)?;
            }
            let mut prices = 0;
            for price in market.prices() {
                pricing_master::upsert(tx, &price, &now)?;
                prices += 1;
            }
            for quote in &market.quotes {
                put_quote(tx, quote, &market.company)?;
            }
            profile::set_reference_as_of(tx, &now)?;
            Ok(Loaded {
                customers: customers::count(tx)?,
                items: spec_items::count(tx)?,
                prices,
                programs: customer_programs::count(tx)?,
                quotes: market.quotes.len() as u64,
            })
        })
    }

    /// Put in quotes that were made before this profile was, for customers and items it has.
    pub fn load_quotes(&self, made: &[SampleQuote], company: &Company) -> Result<(), DeskError> {
        self.store.write(|tx| made.iter().try_for_each(|quote| put_quote(tx, quote, company)))
    }
}

fn put_quote(tx: &WriteTx<'_>, quote: &SampleQuote, company: &Company) -> Result<(), DeskError> {
    let line_id = |n: usize| {
        format!("{}-{n}", quote.id)
            .parse()
            .map_err(|error| DeskError::bad_input(error, "Check the sample data."))
    };
    let mut lines = Vec::new();
    for (n, (item_code, quantity, price)) in quote.lines.iter().enumerate() {
        lines.push(DraftLine {
            id: line_id(n)?,
            item_code: item_code.clone(),
            quantity: Some(*quantity),
            price: PriceRule::Given(*price),
            note: None,
        });
    }
    let view = DraftView {
        customer_id: Some(quote.customer_id.clone()),
        school_year: Some(quote.school_year),
        valid_until: Some(quote.valid_until),
        lines,
        ..DraftView::default()
    };
    let found = compose::find_lines(tx, &view)?;
    let ingredients = compose::gather(tx, &view, &found)?;
    let prepared_by = ingredients.customer.sales_rep.clone().unwrap_or_default();
    let heading = Heading {
        id: &quote.id,
        revision_of: None,
        issued_on: quote.generated_at.date_naive(),
        prepared_by: &prepared_by,
        company,
    };
    let (composed, _) = compose::compose(&view, &ingredients, &heading)?;
    let snapshot = Canonical::of(&composed)?;
    let generated_at = domain::clock::timestamp(quote.generated_at);
    Ok(quotes::import(tx, &composed, &snapshot, quote.lifecycle, &generated_at)?)
}
