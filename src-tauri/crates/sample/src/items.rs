//! Items: the hand-written catalogue, with the list price and cost its prices are drawn around.
//!
//! Owns reading `data/items.csv` and `data/donated_foods.csv`. USDA publishes one value per pound for a
//! material, so an item takes it from the list of donated foods. Must not invent items: `item_growth`
//! does.

use std::collections::BTreeMap;

use domain::program::df_value_per_case;
use domain::{Item, ItemCode, Money, Pounds};
use serde::Deserialize;

use crate::amount::Amount;
use crate::error::SampleError;
use crate::stock;

/// An item and what its prices are drawn around.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) item: Item,
    /// The digits of its code: its own place among the streams of draws.
    pub(crate) number: u32,
    /// List price of a case in the current year.
    pub(crate) list: Amount,
    /// What a case costs us, in per cent of the list price, if that is known.
    pub(crate) cost_pct: Option<u32>,
    /// Whether every customer carries it, every year.
    pub(crate) staple: bool,
}

pub(crate) const DISCONTINUED: &str = "discontinued";

impl Listed {
    /// The value of the donated food in a case; no price may fall to it.
    pub(crate) fn df_value(&self) -> Result<Amount, SampleError> {
        let foods: Vec<_> = self.item.donated_food().into_iter().collect();
        Ok(Amount::from_money(df_value_per_case(&foods)?)?)
    }
}

#[derive(Deserialize)]
struct Row {
    item_code: ItemCode,
    description: String,
    brand: String,
    category: String,
    catalog: String,
    pack: String,
    net_weight_lb: Option<Pounds>,
    servings_per_case: Option<u32>,
    serving_size: Option<String>,
    cn_number: Option<String>,
    df_code: Option<String>,
    df_lb_per_case: Option<Pounds>,
    list_price: Money,
    cost_pct: Option<u32>,
    staple: bool,
    status: String,
    netsuite_id: String,
    aliases: String,
}

#[derive(Deserialize)]
struct DonatedFoodRow {
    df_code: String,
    value_per_lb: Money,
}

/// The hand-written items, by code.
pub(crate) fn stock() -> Result<Vec<Listed>, SampleError> {
    let foods: Vec<DonatedFoodRow> =
        stock::rows("donated_foods.csv", include_str!("../data/donated_foods.csv"))?;
    let values = foods.into_iter().map(|food| (food.df_code, food.value_per_lb)).collect();
    let rows: Vec<Row> = stock::rows("items.csv", include_str!("../data/items.csv"))?;
    rows.into_iter().map(|row| listed(row, &values)).collect()
}

fn listed(row: Row, values: &BTreeMap<String, Money>) -> Result<Listed, SampleError> {
    let df_value_per_lb = match &row.df_code {
        None => None,
        Some(code) => Some(*values.get(code).ok_or_else(|| SampleError::UnknownDonatedFood {
            item: row.item_code.to_string(),
            df_code: code.clone(),
        })?),
    };
    Ok(Listed {
        number: number(&row.item_code),
        list: Amount::from_money(row.list_price)?,
        cost_pct: row.cost_pct,
        staple: row.staple,
        item: Item {
            item_code: row.item_code,
            description: row.description,
            netsuite_id: Some(row.netsuite_id),
            brand: Some(row.brand),
            category: Some(row.category),
            catalog: Some(row.catalog),
            pack: Some(row.pack),
            net_weight_lb: row.net_weight_lb,
            servings_per_case: row.servings_per_case,
            serving_size: row.serving_size,
            cn_number: row.cn_number,
            df_code: row.df_code,
            df_lb_per_case: row.df_lb_per_case,
            df_value_per_lb,
            status: row.status,
            aliases: stock::several(&row.aliases),
        },
    })
}

fn number(code: &ItemCode) -> u32 {
    code.as_str().bytes().filter(u8::is_ascii_digit).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// As many of the items as are wanted, staples first; by code.
pub(crate) fn first(mut items: Vec<Listed>, count: usize) -> Vec<Listed> {
    items.sort_by_key(|listed| (!listed.staple, listed.number));
    items.truncate(count);
    items.sort_by_key(|listed| listed.number);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_plan_takes_every_hand_written_item() {
        assert_eq!(stock().unwrap().len(), crate::plan::STOCK_ITEMS);
    }

    #[test]
    fn a_small_catalogue_is_made_of_staples() {
        let few = first(stock().unwrap(), 12);
        assert_eq!(few.len(), 12);
        assert!(few.iter().all(|listed| listed.staple));
        assert!(few.iter().any(|listed| listed.item.item_code.as_str() == "10412"));
    }

    #[test]
    fn donated_food_is_worth_at_most_six_tenths_of_the_list_price() {
        for listed in stock().unwrap() {
            assert!(listed.df_value().unwrap() <= listed.list.scaled(6, 10), "{}", listed.item.item_code);
        }
    }
}
