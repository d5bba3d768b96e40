//! Lines and a quote for the rules about totals and snapshots, made through the programs' own rules.
//!
//! Owns the making of them. Must not state any rule.

use fieldquote_domain::{
    Customer, CustomerType, DonatedFood, EntityStatus, Money, PriceSource, Program, ProgramTerms, Quote,
    QuoteCustomer, QuoteLine, QuoteTotals,
};

use crate::amounts::dollars;

/// A line of `cases` at `case_price` under a program, with donated food worth 17.17 in a case.
pub fn line(
    line_no: u32,
    program: Program,
    case_price: Money,
    cases: u32,
    terms: &ProgramTerms,
) -> QuoteLine {
    let foods = [DonatedFood {
        df_code: "110244".to_owned(),
        lb_per_case: "8".parse().unwrap(),
        value_per_lb: dollars("2.1463"), // 8 lb come to 17.1704
    }];
    let priced = program.price(case_price, &foods, terms).unwrap();
    QuoteLine {
        line_no,
        line_id: format!("LINE-{line_no}").parse().unwrap(),
        item_code: "10412".parse().unwrap(),
        description: "Pizza, cheese, 16\" round, \"Big Slice\"".to_owned(),
        brand: Some("Café".to_owned()),
        pack: Some("9/3.33 lb".to_owned()),
        net_weight_lb: Some("30".parse().unwrap()),
        servings_per_case: Some(72),
        serving_size: None,
        cn_number: Some("098765".to_owned()),
        netsuite_id: None,
        quantity: cases,
        case_price,
        price_source: PriceSource::Current,
        last_year_price: None,
        cost_basis: Some(dollars("14.00")),
        program: priced.program,
        df_code: priced.df_value.map(|_| "110244".to_owned()),
        df_lb_per_case: priced.df_value.map(|_| "8".parse().unwrap()),
        df_value: priced.df_value,
        fee: priced.fee,
        net_price: priced.net_price,
        refund: priced.refund,
        extended: priced.net_price.extended(cases).unwrap(),
        note: None,
    }
}

/// A quote of those lines for a district in Iowa.
pub fn quote(lines: Vec<QuoteLine>) -> Quote {
    let district = Customer {
        id: "CUST-1".parse().unwrap(),
        name: "Cedar Falls CSD".to_owned(),
        customer_type: CustomerType::District,
        city: Some("Cedar Falls".to_owned()),
        state: Some("IA".to_owned()),
        zip: Some("50613".to_owned()),
        address1: Some("1002 W 1st St".to_owned()),
        entitystatus: EntityStatus::Active,
        netsuite_id: Some("4411".to_owned()),
        terms: Some("Net 30".to_owned()),
        price_level: Some("K12".to_owned()),
        sales_rep: Some("Dana".to_owned()),
        contact_name: Some("Ana Núñez".to_owned()),
        contact_email: Some("ana@cedarfalls.example".to_owned()),
        contact_phone: None,
        aliases: vec!["CF".to_owned()],
    };
    let totals = QuoteTotals::of(&lines).unwrap();
    Quote {
        id: "Q-2627-K7F3QX-0012".parse().unwrap(),
        revision_of: None,
        customer: QuoteCustomer::from(&district),
        school_year: "2026-2027".parse().unwrap(),
        issued_on: "2026-04-02".parse().unwrap(),
        valid_until: "2026-05-02".parse().unwrap(),
        price_from: "2026-08-01".parse().unwrap(),
        price_to: "2027-07-31".parse().unwrap(),
        lines,
        notes: vec!["Delivered\nand unloaded".to_owned()],
        include_pdf: true,
        prepared_by: "dana".to_owned(),
        totals,
    }
}
