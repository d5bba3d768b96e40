//! The price book: how a customer's prices of an item come about.
//!
//! Owns the rules of pricing. A price starts from the list and the customer's level, and moves −2 to
//! +7 per cent a year; a cost belongs to the item and is the same for everybody. Draws go outward from
//! the current year, so a longer history does not change the years already there. Must not keep prices:
//! [`crate::Prices`] asks for them pair by pair.

use chrono::{Months, NaiveDate};
use domain::{CustomerId, ItemCode, Margin, Price, SchoolYear};

use crate::amount::{Amount, WHOLE};
use crate::customers::Buyer;
use crate::draw::{Draws, Seed, Topic};
use crate::error::SampleError;
use crate::items::{DISCONTINUED, Listed};
use crate::years::Years;

/// An item as its prices are drawn.
struct Shelf {
    number: u32,
    code: ItemCode,
    list: Amount,
    staple: bool,
    discontinued: bool,
    df_value: Amount,
    /// What a case costs us, newest year first, from the next school year on back.
    costs: Vec<Option<Amount>>,
}

/// Everything prices are drawn from.
pub(crate) struct Book {
    seed: Seed,
    current: SchoolYear,
    /// Newest first, from the next school year on back: the order draws are made in.
    newest_first: Vec<SchoolYear>,
    /// By customer id.
    buyers: Vec<Buyer>,
    /// By item code.
    shelves: Vec<Shelf>,
}

/// Percentages of rows: a bid cut deep, a year without a price, a price without a cost, a price held.
const DEEP_CUT: u32 = 4;
const GAP: u32 = 6;
const NO_COST: u32 = 2;
const HELD: u32 = 15;

impl Book {
    pub(crate) fn new(
        seed: Seed,
        years: &Years,
        buyers: Vec<Buyer>,
        items: &[Listed],
    ) -> Result<Self, SampleError> {
        let mut newest_first = vec![years.next];
        newest_first.extend(years.listed.iter().rev());
        let shelves = items
            .iter()
            .map(|listed| {
                Ok(Shelf {
                    number: listed.number,
                    code: listed.item.item_code.clone(),
                    list: listed.list,
                    staple: listed.staple,
                    discontinued: listed.item.status == DISCONTINUED,
                    df_value: listed.df_value()?,
                    costs: costs(&seed, listed, newest_first.len()),
                })
            })
            .collect::<Result<_, SampleError>>()?;
        Ok(Book { seed, current: years.current, newest_first, buyers, shelves })
    }

    pub(crate) fn customers(&self) -> usize {
        self.buyers.len()
    }

    pub(crate) fn items(&self) -> usize {
        self.shelves.len()
    }

    /// Where a customer stands in the book.
    pub(crate) fn place_of(&self, customer: &CustomerId) -> Option<usize> {
        self.buyers.binary_search_by(|buyer| buyer.id.cmp(customer)).ok()
    }

    /// A customer's prices of an item, newest year first, added to `rows`.
    pub(crate) fn draw(&self, buyer: usize, shelf: usize, rows: &mut Vec<Price>) {
        let (Some(buyer), Some(shelf)) = (self.buyers.get(buyer), self.shelves.get(shelf)) else {
            return;
        };
        let mut draws = self.seed.draws(Topic::Price, buyer.number, shelf.number);
        let carried = draws.chance(buyer.level.breadth());
        if !carried && !shelf.staple {
            return;
        }
        let tick = buyer.level.tick();
        let mut current =
            shelf.list.scaled(buyer.level.of_list(), WHOLE).scaled(draws.between(9_700, 10_300), WHOLE);
        if draws.chance(DEEP_CUT) {
            current = current.scaled(90, 100);
        }
        let current = current.to_tick(tick);
        let mut price = current;
        for (place, (&year, &cost)) in self.newest_first.iter().zip(&shelf.costs).enumerate() {
            let parts = a_years_move(&mut draws);
            price = match place {
                0 => current.scaled(parts, WHOLE).to_tick(tick),
                1 => current,
                _ => before(price, parts, tick, shelf.df_value),
            };
            let gap = draws.chance(GAP) && !shelf.staple;
            let cost = if draws.chance(NO_COST) { None } else { cost };
            if !gap && self.listed(buyer, shelf, year) {
                rows.push(row(buyer, shelf, year, price, cost));
            }
        }
    }

    fn listed(&self, buyer: &Buyer, shelf: &Shelf, year: SchoolYear) -> bool {
        let still_sold = buyer.trading && !shelf.discontinued;
        match year.cmp(&self.current) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => still_sold,
            std::cmp::Ordering::Greater => still_sold && buyer.renewed,
        }
    }
}

/// What a year's price is of the year before: 98.1 to 106.9 per cent, so that rounding to cents keeps
/// it within −2 to +7.
fn a_years_move(draws: &mut Draws) -> u32 {
    let parts = draws.between(9_810, 10_690);
    if draws.chance(HELD) { WHOLE } else { parts }
}

/// The price of the year before, or the same price where it would fall to the donated food's value.
fn before(price: Amount, parts: u32, tick: u32, df_value: Amount) -> Amount {
    let earlier = price.scaled(WHOLE, parts).to_tick(tick);
    if earlier > df_value { earlier } else { price }
}

fn costs(seed: &Seed, listed: &Listed, years: usize) -> Vec<Option<Amount>> {
    let Some(cost_pct) = listed.cost_pct else { return vec![None; years] };
    let mut draws = seed.draws(Topic::Cost, listed.number, 0);
    let current = listed.list.scaled(cost_pct, 100);
    let mut cost = current;
    (0..years)
        .map(|place| {
            let parts = draws.between(9_900, 10_550);
            cost = match place {
                0 => current.scaled(parts, WHOLE),
                1 => current,
                _ => cost.scaled(WHOLE, parts),
            };
            Some(cost)
        })
        .collect()
}

fn row(buyer: &Buyer, shelf: &Shelf, year: SchoolYear, price: Amount, cost: Option<Amount>) -> Price {
    let case_price = price.money();
    let cost_basis = cost.map(Amount::money);
    let later = Months::new(buyer.term_month.saturating_sub(7));
    let shifted = |day: NaiveDate| day.checked_add_months(later);
    Price {
        customer_id: buyer.id.clone(),
        item_code: shelf.code.clone(),
        school_year: year,
        case_price,
        cost_basis,
        margin_pct: Margin::of(case_price, cost_basis).percent(),
        effective_from: shifted(year.first_day()),
        // The last day of a term is the day before the next one begins: June 30, or July 31.
        effective_to: year.next().and_then(|next| shifted(next.first_day())).and_then(|day| day.pred_opt()),
    }
}
