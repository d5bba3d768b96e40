//! Items beyond the hand-written ones: other brands and styles of the same foods.
//!
//! Owns how brands and styles combine; no two items share a brand and a description. A grown item keeps
//! the pack, weight and donated food of the one it varies, so those stay consistent. Must not draw a
//! price for a customer.

use std::collections::BTreeSet;

use domain::Item;

use crate::amount::{Amount, WHOLE};
use crate::draw::{Seed, Topic};
use crate::error::SampleError;
use crate::items::{DISCONTINUED, Listed};

/// The most items a market can have.
pub(crate) const MOST_ITEMS: usize = 8_000;

const BRANDS: &[&str] = &[
    "Commons Table",
    "Schoolyard Select",
    "Blue Silo",
    "Good Bell",
    "Homeroom Kitchen",
    "Cafeteria Classics",
    "Twin Elms",
    "Parade Day",
    "Ladle & Tray",
    "Recess Ready",
    "Number Two Pencil",
    "Field Day",
];
const FOOD_STYLES: &[&str] = &["Value", "Clean Label", "Reduced Sodium", "Chef Series"];
const PAPER_STYLES: &[&str] = &["Economy", "Compostable", "Kraft", "Heavyweight"];

/// CN numbers of grown items; those of hand-written ones are below.
const FIRST_CN_NUMBER: usize = 105_000;
/// NetSuite ids of grown items; those of hand-written ones are below.
const FIRST_NETSUITE_ID: usize = 60_000;
/// What a list price may be, in dollars: with every move a customer's price stays within $14 to $75.
const CHEAPEST: &str = "20.50";
const DEAREST: &str = "65.00";

/// As many more items as are wanted, varied from those there are.
pub(crate) fn grow(seed: &Seed, stock: &[Listed], count: usize) -> Result<Vec<Listed>, SampleError> {
    if stock.len() + count > MOST_ITEMS {
        let asked = stock.len() + count;
        return Err(SampleError::TooMany { what: "items", asked, most: MOST_ITEMS });
    }
    let bases: Vec<&Listed> = stock.iter().filter(|listed| listed.item.status != DISCONTINUED).collect();
    let mut taken: BTreeSet<u32> = stock.iter().map(|listed| listed.number).collect();
    let mut grown = Vec::with_capacity(count);
    for place in 0..count {
        let base = bases[place % bases.len()];
        let round = place / bases.len();
        let styles =
            if base.item.category.as_deref() == Some("Paper Goods") { PAPER_STYLES } else { FOOD_STYLES };
        let style = styles[round % styles.len()];
        let brand = BRANDS[(round / styles.len() + place % bases.len()) % BRANDS.len()];
        let number = free_code(base.number, &mut taken);
        grown.push(vary(seed, base, place, number, brand, style)?);
    }
    Ok(grown)
}

/// A free code in the block of ten thousand the base lies in: the block tells the category.
fn free_code(base: u32, taken: &mut BTreeSet<u32>) -> u32 {
    let block = base / 10_000 * 10_000;
    let mut code = base;
    // 7 shares no factor with 10,000: every code of the block comes up before one comes up twice.
    while !taken.insert(code) {
        code = block + (code - block + 7) % 10_000;
    }
    code
}

fn vary(
    seed: &Seed,
    base: &Listed,
    place: usize,
    number: u32,
    brand: &str,
    style: &str,
) -> Result<Listed, SampleError> {
    let mut draws = seed.draws(Topic::Item, number, 0);
    let bound = |dollars: &str| dollars.parse().and_then(Amount::from_money);
    let list = base.list.scaled(draws.between(9_400, 10_600), WHOLE).to_tick(500);
    let cost_pct = if draws.chance(2) { None } else { Some(draws.between(70, 82)) };
    let status = if draws.chance(2) { DISCONTINUED } else { "active" };
    Ok(Listed {
        number,
        list: list.clamp(bound(CHEAPEST)?, bound(DEAREST)?),
        cost_pct,
        staple: false,
        item: Item {
            item_code: number.to_string().parse()?,
            description: format!("{}, {style}", base.item.description),
            netsuite_id: Some((FIRST_NETSUITE_ID + place).to_string()),
            brand: Some(brand.to_owned()),
            cn_number: base.item.cn_number.as_ref().map(|_| (FIRST_CN_NUMBER + place).to_string()),
            status: status.to_owned(),
            // A nickname means the item reps know, not every variation of it.
            aliases: Vec::new(),
            ..base.item.clone()
        },
    })
}
