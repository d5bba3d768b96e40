//! Items of the catalogue, with what school buyers need to know of them.
//!
//! Owns an item's facts. Must not hold prices: those belong to a customer and a school year.

use serde::{Deserialize, Serialize};

use crate::ids::ItemCode;
use crate::money::Money;
use crate::pounds::Pounds;
use crate::program::DonatedFood;

/// An item we sell by the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Item {
    /// Its key.
    pub item_code: ItemCode,
    /// What it is, as printed.
    pub description: String,
    /// Its internal id in NetSuite.
    pub netsuite_id: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Breakfast, pizza, poultry and so on.
    pub category: Option<String>,
    /// The catalogue it is listed in.
    pub catalog: Option<String>,
    /// The case pack, as printed: `96/4.5 oz`.
    pub pack: Option<String>,
    /// Net weight of a case.
    pub net_weight_lb: Option<Pounds>,
    /// Servings in a case.
    pub servings_per_case: Option<u32>,
    /// One serving, as printed.
    pub serving_size: Option<String>,
    /// Six digits of its CN label.
    pub cn_number: Option<String>,
    /// The USDA Foods material it contains.
    pub df_code: Option<String>,
    /// Pounds of that material in a case, from the approved SEPDS.
    pub df_lb_per_case: Option<Pounds>,
    /// USDA's value of a pound of it.
    pub df_value_per_lb: Option<Money>,
    /// `active` or `discontinued`.
    pub status: String,
    /// Words reps use for it.
    pub aliases: Vec<String>,
}

impl Item {
    /// The donated food in a case, when the SEPDS facts are complete.
    pub fn donated_food(&self) -> Option<DonatedFood> {
        Some(DonatedFood {
            df_code: self.df_code.clone()?,
            lb_per_case: self.df_lb_per_case?,
            value_per_lb: self.df_value_per_lb?,
        })
    }
}
