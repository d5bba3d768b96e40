//! Rows for this crate's own tests.

use domain::{Customer, CustomerType, EntityStatus, Item, Price};

pub(crate) fn customer(id: &str, name: &str) -> Customer {
    Customer {
        id: id.parse().unwrap(),
        name: name.to_owned(),
        customer_type: CustomerType::District,
        city: None,
        state: None,
        zip: None,
        address1: None,
        entitystatus: EntityStatus::Active,
        netsuite_id: None,
        terms: None,
        price_level: None,
        sales_rep: None,
        contact_name: None,
        contact_email: None,
        contact_phone: None,
        aliases: Vec::new(),
    }
}

pub(crate) fn item(code: &str, description: &str) -> Item {
    Item {
        item_code: code.parse().unwrap(),
        description: description.to_owned(),
        netsuite_id: None,
        brand: None,
        category: None,
        catalog: None,
        pack: None,
        net_weight_lb: None,
        servings_per_case: None,
        serving_size: None,
        cn_number: None,
        df_code: None,
        df_lb_per_case: None,
        df_value_per_lb: None,
        status: "active".to_owned(),
        aliases: Vec::new(),
    }
}

pub(crate) fn price(customer: &str, item: &str, year: &str, case_price: &str) -> Price {
    Price {
        customer_id: customer.parse().unwrap(),
        item_code: item.parse().unwrap(),
        school_year: year.parse().unwrap(),
        case_price: case_price.parse().unwrap(),
        cost_basis: None,
        margin_pct: None,
        effective_from: None,
        effective_to: None,
    }
}
