//! Programs: which customer takes part in which USDA Foods program, for which year.
//!
//! Owns reading `data/programs.csv` and drawing programs for the other customers. Must not price
//! anything by them.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::timestamp;
use domain::{CustomerId, CustomerProgram, CustomerType, Money, Program, ProgramTerms};
use serde::Deserialize;

use crate::customers::Account;
use crate::draw::{Draws, Seed, Topic};
use crate::error::SampleError;
use crate::stock;
use crate::years::Years;

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum When {
    Previous,
    Current,
    Next,
}

#[derive(Deserialize)]
struct Row {
    customer_id: CustomerId,
    program: Program,
    year: When,
    status: String,
    df_code: Option<String>,
    distributor_fee: Option<Money>,
    service_fee: Option<Money>,
    deleted: bool,
}

const ACTIVE: &str = "active";
/// Materials agreements are most often limited to: chicken, mozzarella, beef.
const SINGLE_MATERIALS: &[&str] = &["100103", "110244", "100154"];

/// The programs of these customers, by customer and in the order they were agreed.
pub(crate) fn of(
    seed: &Seed,
    years: &Years,
    accounts: &[Account],
) -> Result<Vec<CustomerProgram>, SampleError> {
    let rows: Vec<Row> = stock::rows("programs.csv", include_str!("../data/programs.csv"))?;
    let written: BTreeSet<CustomerId> = rows.iter().map(|row| row.customer_id.clone()).collect();
    let present: BTreeSet<&CustomerId> = accounts.iter().map(|account| &account.customer.id).collect();
    let mut all: Vec<Row> = rows.into_iter().filter(|row| present.contains(&row.customer_id)).collect();
    for account in accounts.iter().filter(|account| !written.contains(&account.customer.id)) {
        all.extend(drawn(seed, account)?);
    }
    let mut counts: BTreeMap<CustomerId, u32> = BTreeMap::new();
    all.into_iter()
        .map(|row| {
            let count = counts.entry(row.customer_id.clone()).or_default();
            *count += 1;
            program(row, *count, years)
        })
        .collect()
}

fn program(row: Row, count: u32, years: &Years) -> Result<CustomerProgram, SampleError> {
    // Removed on the year's first day: it was entered by mistake and never applied.
    let removed = years.current.first_day().and_hms_opt(15, 0, 0).map(|moment| timestamp(moment.and_utc()));
    Ok(CustomerProgram {
        id: format!("P-{}-{count}", row.customer_id).parse()?,
        customer_id: row.customer_id,
        program: row.program,
        status: row.status,
        school_year: match row.year {
            When::Previous => years.previous,
            When::Current => years.current,
            When::Next => years.next,
        },
        df_code: row.df_code,
        terms: ProgramTerms { distributor_fee: row.distributor_fee, service_fee: row.service_fee },
        deleted_at: if row.deleted { removed } else { None },
    })
}

fn drawn(seed: &Seed, account: &Account) -> Result<Vec<Row>, SampleError> {
    let mut draws = seed.draws(Topic::Program, account.buyer.number, 0);
    let program = match (account.customer.customer_type, draws.between(0, 99)) {
        (CustomerType::Distributor, _) | (_, 0..=19) => Program::Commercial,
        (_, 20..=63) => Program::Noi,
        (_, 64..=76) => Program::Ffs,
        (_, 77..=88) => Program::Rebate,
        (_, 89..) => Program::DirectDiscount,
    };
    let donated = program != Program::Commercial;
    let single = SINGLE_MATERIALS[draws.place(SINGLE_MATERIALS.len())].to_owned();
    let df_code = if donated && draws.chance(15) { Some(single) } else { None };
    let distributor_fee = if program == Program::Noi { Some(fee(&mut draws, 46, 70)?) } else { None };
    // An agreed fee is for one material: the fee for a case of pizza is not the fee for one of beef.
    let service_fee =
        if program == Program::Ffs && df_code.is_some() { Some(fee(&mut draws, 380, 530)?) } else { None };
    let status = if draws.chance(5) { "inactive" } else { ACTIVE };
    let years: &[When] = if draws.chance(70) { &[When::Current, When::Next] } else { &[When::Current] };
    Ok(years
        .iter()
        .map(|&year| Row {
            customer_id: account.customer.id.clone(),
            program,
            year,
            status: status.to_owned(),
            df_code: df_code.clone(),
            distributor_fee,
            service_fee,
            deleted: false,
        })
        .collect())
}

/// A fee in steps of five cents.
fn fee(draws: &mut Draws, low: u32, high: u32) -> Result<Money, SampleError> {
    Ok(Money::from_cents(i64::from(draws.between(low, high)) * 5)?)
}
