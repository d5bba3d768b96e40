//! Customers beyond the hand-written ones, combined from place names, states and people.
//!
//! Owns the pieces and how they combine; no two customers share a name and a state. Must not draw a
//! price.

use std::collections::BTreeSet;

use domain::{Customer, CustomerId, CustomerProfile, CustomerType, EntityStatus, Money};

use crate::customers::{Account, Buyer, FIRST_NUMBER};
use crate::draw::{Draws, Seed, Topic};
use crate::error::SampleError;
use crate::price_level::PriceLevel;

/// The most customers a market can have.
pub(crate) const MOST_CUSTOMERS: usize = 20_000;

/// A state: its letters, what a district is called there, where its ZIP codes start, an area code, and
/// the rep whose territory it is.
struct State(&'static str, &'static str, u32, u32, &'static str);

const STATES: &[State] = &[
    State("IA", "Community School District", 50_101, 515, "Dana Whitlock"),
    State("TX", "Independent School District", 76_430, 254, "Priya Raman"),
    State("CA", "Unified School District", 93_201, 559, "Ines Caldera"),
    State("NC", "County Schools", 27_201, 336, "Gwen Tolliver"),
    State("OH", "Local School District", 43_301, 419, "Patrick Oyelaran"),
    State("WI", "School District", 54_401, 715, "Ruben Castellano"),
    State("NE", "Public Schools", 68_801, 402, "Dana Whitlock"),
    State("PA", "Area School District", 16_601, 814, "Patrick Oyelaran"),
    State("MN", "Public Schools", 56_201, 320, "Ruben Castellano"),
    State("NY", "Central School District", 13_601, 315, "Patrick Oyelaran"),
    State("GA", "County School System", 31_001, 478, "Gwen Tolliver"),
    State("KS", "Unified School District", 67_401, 785, "Dana Whitlock"),
    State("OK", "Public Schools", 73_401, 580, "Priya Raman"),
    State("WA", "School District", 98_801, 509, "Ines Caldera"),
    State("MI", "Area Public Schools", 49_601, 231, "Ruben Castellano"),
    State("IL", "Community Unit School District", 61_301, 815, "Dana Whitlock"),
    State("TN", "City Schools", 37_701, 865, "Gwen Tolliver"),
    State("MO", "Consolidated School District", 65_201, 660, "Dana Whitlock"),
    State("IN", "Community School Corporation", 46_901, 765, "Patrick Oyelaran"),
    State("SC", "County School District", 29_501, 843, "Gwen Tolliver"),
    State("CO", "School District", 81_201, 719, "Ines Caldera"),
    State("VA", "County Public Schools", 24_001, 540, "Gwen Tolliver"),
    State("OR", "School District", 97_401, 541, "Ines Caldera"),
    State("AR", "School District", 72_001, 501, "Gwen Tolliver"),
];

const PLACE_HEADS: &[&str] = &[
    "Alder", "Ash", "Birch", "Brook", "Cinder", "Clay", "Deer", "Dun", "Elk", "Elm", "Fair", "Fox", "Glen",
    "Gran", "Haw", "Hazel", "Iron", "Ivy", "Juniper", "Kings", "Lake", "Larch", "Maple", "Meadow", "Nettle",
    "North", "Oak", "Otter", "Pine", "Plum", "Quail", "River", "Rock", "Sand", "Stone", "Thorn", "Vine",
    "West", "Willow", "Wind",
];
const PLACE_TAILS: &[&str] = &[
    "bank", "brook", "bury", "crest", "cross", "dale", "field", "ford", "gate", "ham", "haven", "hurst",
    "ley", "low", "mere", "mont", "moor", "port", "ridge", "shire", "side", "stead", "ton", "vale", "view",
    "ville", "water", "wick", "wood", "worth",
];
const STREETS: &[&str] = &[
    "School Street",
    "Academy Road",
    "Main Street",
    "Depot Avenue",
    "Church Street",
    "County Road 12",
    "Mill Road",
    "Education Drive",
    "Lincoln Avenue",
    "Orchard Lane",
];
const FIRST_NAMES: &[&str] = &[
    "Alicia", "Ben", "Carmen", "Derek", "Elaine", "Felix", "Grace", "Howard", "Irma", "Joel", "Karen", "Leo",
    "Maria", "Nate", "Olga", "Phil", "Rosa", "Steve", "Tina", "Wes",
];
const LAST_NAMES: &[&str] = &[
    "Abbott",
    "Barrera",
    "Coyle",
    "Dietz",
    "Egan",
    "Fonseca",
    "Grady",
    "Hutchins",
    "Ibarra",
    "Jarvis",
    "Keller",
    "Lofgren",
    "Maddox",
    "Nunez",
    "Oakes",
    "Pruitt",
    "Quist",
    "Rasmussen",
    "Stroud",
    "Tate",
    "Upton",
    "Vance",
    "Wooten",
    "Yates",
];

/// As many more customers as are wanted, after those there are.
pub(crate) fn grow(seed: &Seed, stock: &[Account], count: usize) -> Result<Vec<Account>, SampleError> {
    if stock.len() + count > MOST_CUSTOMERS {
        let asked = stock.len() + count;
        return Err(SampleError::TooMany { what: "customers", asked, most: MOST_CUSTOMERS });
    }
    let taken: BTreeSet<(String, Option<String>)> =
        stock.iter().map(|account| (account.customer.name.clone(), account.customer.state.clone())).collect();
    let first = FIRST_NUMBER + u32::try_from(stock.len()).unwrap_or(u32::MAX);
    (0..)
        .map(|place| (name(place), kind(place), &STATES[place % STATES.len()]))
        .filter(|(name, _, state)| !taken.contains(&(name.clone(), Some(state.0.to_owned()))))
        .take(count)
        .zip(first..)
        .map(|((name, kind, state), number)| account(seed, number, name, kind, state))
        .collect()
}

/// In fifty customers three are co-operatives and two are distributors.
fn kind(place: usize) -> CustomerType {
    match place % 50 {
        17 | 31 | 45 => CustomerType::Coop,
        23 | 48 => CustomerType::Distributor,
        _ => CustomerType::District,
    }
}

fn town(place: usize) -> String {
    let towns = PLACE_HEADS.len() * PLACE_TAILS.len();
    // 487 shares no factor with the number of towns: within a state each town comes up once.
    let town = (place / STATES.len() * 487 + place % STATES.len() * 97) % towns;
    format!("{}{}", PLACE_HEADS[town % PLACE_HEADS.len()], PLACE_TAILS[town / PLACE_HEADS.len()])
}

fn name(place: usize) -> String {
    let town = town(place);
    match kind(place) {
        CustomerType::District => format!("{town} {}", STATES[place % STATES.len()].1),
        CustomerType::Coop => format!("{town} School Purchasing Cooperative"),
        CustomerType::Distributor => format!("{town} Foodservice Distributing"),
    }
}

fn account(
    seed: &Seed,
    number: u32,
    name: String,
    kind: CustomerType,
    state: &State,
) -> Result<Account, SampleError> {
    let State(letters, suffix, zip, area, rep) = *state;
    let mut draws = seed.draws(Topic::Customer, number, 0);
    let id: CustomerId = format!("C{number}").parse()?;
    let town = name.split(' ').next().unwrap_or_default().to_owned();
    let entitystatus = match draws.between(0, 99) {
        0 => EntityStatus::Hold,
        1 => EntityStatus::Inactive,
        _ => EntityStatus::Active,
    };
    let level = level(kind, &mut draws);
    let first_name = FIRST_NAMES[draws.place(FIRST_NAMES.len())];
    let last_name = LAST_NAMES[draws.place(LAST_NAMES.len())];
    let email = format!("{}.{}@{}-{}.example", first_name, last_name, town, letters).to_lowercase();
    let initials: String = suffix.split(' ').filter_map(|word| word.chars().next()).collect();
    let limit = i64::from(draws.between(40, 400)) * 100_000;
    let owed = limit * i64::from(draws.between(0, 80)) / 100 + i64::from(draws.between(0, 9_999));
    let has_limit = !draws.chance(5);
    Ok(Account {
        profile: CustomerProfile {
            customer_id: id.clone(),
            credit_limit: if has_limit { Some(Money::from_cents(limit)?) } else { None },
            ar_balance: Some(Money::from_cents(owed)?),
            last_quote_event: None,
        },
        buyer: Buyer {
            number,
            id: id.clone(),
            level,
            term_month: if draws.chance(12) { 8 } else { 7 },
            renewed: draws.chance(6),
            trading: entitystatus != EntityStatus::Inactive,
        },
        customer: Customer {
            id,
            aliases: match kind {
                CustomerType::District => vec![town.clone(), format!("{town} {initials}")],
                CustomerType::Coop => vec![format!("{town} co-op")],
                CustomerType::Distributor => vec![format!("{town} Foodservice")],
            },
            name,
            customer_type: kind,
            city: Some(town),
            state: Some(letters.to_owned()),
            zip: Some(format!("{:05}", zip + draws.between(0, 97))),
            address1: Some(format!("{} {}", draws.between(1, 4_900), STREETS[draws.place(STREETS.len())])),
            entitystatus,
            netsuite_id: Some((number * 3 + 1).to_string()),
            terms: Some(if kind == CustomerType::Coop { "Net 45" } else { "Net 30" }.to_owned()),
            price_level: Some(level.name().to_owned()),
            sales_rep: Some(rep.to_owned()),
            contact_name: Some(format!("{first_name} {last_name}")),
            contact_email: if draws.chance(4) { None } else { Some(email) },
            contact_phone: Some(format!("({area}) 555-01{:02}", draws.between(0, 99))),
        },
    })
}

fn level(kind: CustomerType, draws: &mut Draws) -> PriceLevel {
    match (kind, draws.between(0, 9)) {
        (CustomerType::Coop, _) => PriceLevel::Coop,
        (CustomerType::Distributor, _) => PriceLevel::Distributor,
        (CustomerType::District, 0 | 1) => PriceLevel::Volume,
        (CustomerType::District, 2..=4) => PriceLevel::Bid,
        (CustomerType::District, _) => PriceLevel::Base,
    }
}
