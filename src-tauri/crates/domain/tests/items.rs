//! An item's donated food is known only when all three SEPDS facts are.

use fieldquote_domain::{DonatedFood, Item};

use crate::amounts::dollars;

fn pizza() -> Item {
    Item {
        item_code: "10412".parse().unwrap(),
        description: "Pizza, cheese".to_owned(),
        netsuite_id: None,
        brand: None,
        category: None,
        catalog: None,
        pack: None,
        net_weight_lb: Some("30".parse().unwrap()),
        servings_per_case: None,
        serving_size: None,
        cn_number: None,
        df_code: Some("110244".to_owned()),
        df_lb_per_case: Some("8".parse().unwrap()),
        df_value_per_lb: Some(dollars("1.8467")),
        status: "active".to_owned(),
        aliases: Vec::new(),
    }
}

#[test]
fn the_three_facts_make_the_donated_food() {
    let food = DonatedFood {
        df_code: "110244".to_owned(),
        lb_per_case: "8".parse().unwrap(),
        value_per_lb: dollars("1.8467"),
    };
    assert_eq!(pizza().donated_food(), Some(food));
}

#[test]
fn with_a_fact_missing_none_is_claimed() {
    assert_eq!(Item { df_code: None, ..pizza() }.donated_food(), None);
    assert_eq!(Item { df_lb_per_case: None, ..pizza() }.donated_food(), None);
    assert_eq!(Item { df_value_per_lb: None, ..pizza() }.donated_food(), None);
}
