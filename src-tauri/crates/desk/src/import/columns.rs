//! The columns of each table, and a row of each as a domain value.
//!
//! Owns the file format that people's scripts rely on. Must not touch the database.

use chrono::NaiveDate;
use domain::{Customer, CustomerProfile, CustomerProgram, CustomerType, Item, Money, Price, ProgramTerms};

use super::Table;
use super::cells::{Cells, Columns, RowProblem};

/// The columns of a table.
pub(crate) fn of(table: Table) -> Columns {
    let names: &[&str] = match table {
        Table::Customers => &[
            "id*",
            "name*",
            "customer_type",
            "city",
            "state",
            "zip",
            "address1",
            "entitystatus*",
            "netsuite_id",
            "terms",
            "price_level",
            "sales_rep",
            "contact_name",
            "contact_email",
            "contact_phone",
            "aliases",
        ],
        Table::CustomerProfiles => &["customer_id*", "credit_limit", "ar_balance", "last_quote_event"],
        Table::CustomerPrograms => &[
            "id*",
            "customer_id*",
            "program*",
            "status*",
            "school_year*",
            "df_code",
            "details",
            "deleted_at",
        ],
        Table::SpecItems => &[
            "item_code*",
            "description*",
            "netsuite_id",
            "brand",
            "category",
            "catalog",
            "pack",
            "net_weight_lb",
            "servings_per_case",
            "serving_size",
            "cn_number",
            "df_code",
            "df_lb_per_case",
            "df_value_per_lb",
            "status",
            "aliases",
        ],
        Table::PricingMaster => &[
            "customer_id*",
            "item_code*",
            "school_year*",
            "case_price*",
            "cost_basis",
            "margin_pct",
            "effective_from",
            "effective_to",
        ],
    };
    Columns { table: table.as_str(), names }
}

pub(super) fn customer(cells: &Cells<'_>) -> Result<Customer, RowProblem> {
    Ok(Customer {
        id: cells.read("id")?,
        name: cells.required("name")?,
        customer_type: cells.read_if_any("customer_type")?.unwrap_or(CustomerType::District),
        city: cells.owned("city"),
        state: cells.owned("state"),
        zip: cells.owned("zip"),
        address1: cells.owned("address1"),
        entitystatus: cells.read("entitystatus")?,
        netsuite_id: cells.owned("netsuite_id"),
        terms: cells.owned("terms"),
        price_level: cells.owned("price_level"),
        sales_rep: cells.owned("sales_rep"),
        contact_name: cells.owned("contact_name"),
        contact_email: email(cells, "contact_email")?,
        contact_phone: cells.owned("contact_phone"),
        aliases: cells.aliases("aliases"),
    })
}

pub(super) fn profile(cells: &Cells<'_>) -> Result<CustomerProfile, RowProblem> {
    Ok(CustomerProfile {
        customer_id: cells.read("customer_id")?,
        credit_limit: not_negative(cells, "credit_limit")?,
        ar_balance: cells.read_if_any("ar_balance")?,
        last_quote_event: moment(cells, "last_quote_event")?,
    })
}

pub(super) fn program(cells: &Cells<'_>) -> Result<CustomerProgram, RowProblem> {
    let terms: ProgramTerms = match cells.text("details") {
        None => ProgramTerms::default(),
        Some(text) => serde_json::from_str(text).map_err(|error| {
            RowProblem::new("details", format!("{error}; write it like {{\"distributor_fee\":\"3.00\"}}"))
        })?,
    };
    Ok(CustomerProgram {
        id: cells.read("id")?,
        customer_id: cells.read("customer_id")?,
        program: cells.read("program")?,
        status: cells.required("status")?,
        school_year: cells.read("school_year")?,
        df_code: cells.owned("df_code"),
        terms,
        deleted_at: moment(cells, "deleted_at")?,
    })
}

pub(super) fn item(cells: &Cells<'_>) -> Result<Item, RowProblem> {
    let servings: Option<u32> = cells.read_if_any("servings_per_case")?;
    if servings == Some(0) {
        return Err(RowProblem::new("servings_per_case", "a case has at least one serving"));
    }
    Ok(Item {
        item_code: cells.read("item_code")?,
        description: cells.required("description")?,
        netsuite_id: cells.owned("netsuite_id"),
        brand: cells.owned("brand"),
        category: cells.owned("category"),
        catalog: cells.owned("catalog"),
        pack: cells.owned("pack"),
        net_weight_lb: cells.read_if_any("net_weight_lb")?,
        servings_per_case: servings,
        serving_size: cells.owned("serving_size"),
        cn_number: cells.owned("cn_number"),
        df_code: cells.owned("df_code"),
        df_lb_per_case: cells.read_if_any("df_lb_per_case")?,
        df_value_per_lb: not_negative(cells, "df_value_per_lb")?,
        status: cells.owned("status").unwrap_or_else(|| "active".to_owned()),
        aliases: cells.aliases("aliases"),
    })
}

pub(super) fn price(cells: &Cells<'_>) -> Result<Price, RowProblem> {
    let case_price: Money = cells.read("case_price")?;
    if case_price.is_negative() {
        return Err(RowProblem::new("case_price", format!("a price of {case_price} is less than nothing")));
    }
    let effective_from: Option<NaiveDate> = cells.read_if_any("effective_from")?;
    let effective_to: Option<NaiveDate> = cells.read_if_any("effective_to")?;
    if let (Some(from), Some(to)) = (effective_from, effective_to)
        && to < from
    {
        return Err(RowProblem::new("effective_to", format!("{to} is before {from}")));
    }
    Ok(Price {
        customer_id: cells.read("customer_id")?,
        item_code: cells.read("item_code")?,
        school_year: cells.read("school_year")?,
        case_price,
        cost_basis: not_negative(cells, "cost_basis")?,
        margin_pct: cells.read_if_any("margin_pct")?,
        effective_from,
        effective_to,
    })
}

fn not_negative(cells: &Cells<'_>, column: &str) -> Result<Option<Money>, RowProblem> {
    let amount: Option<Money> = cells.read_if_any(column)?;
    match amount {
        Some(amount) if amount.is_negative() => {
            Err(RowProblem::new(column, format!("{amount} is less than nothing")))
        }
        amount => Ok(amount),
    }
}

/// An address that mail can be sent to: it must not be able to smuggle a header or a second recipient.
fn email(cells: &Cells<'_>, column: &str) -> Result<Option<String>, RowProblem> {
    let Some(text) = cells.text(column) else { return Ok(None) };
    let halves = text.split_once('@').filter(|(who, host)| !who.is_empty() && !host.is_empty());
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>');
    if halves.is_none_or(|(_, host)| host.contains('@')) || text.contains(forbidden) {
        let shown: String = text.chars().take(60).collect();
        return Err(RowProblem::new(
            column,
            format!("{shown:?} is not one email address; write it like ann@example.com"),
        ));
    }
    Ok(Some(text.to_owned()))
}

/// A moment, RFC 3339, kept in the one text form.
fn moment(cells: &Cells<'_>, column: &str) -> Result<Option<String>, RowProblem> {
    let Some(text) = cells.text(column) else { return Ok(None) };
    let moment = chrono::DateTime::parse_from_rfc3339(text)
        .map_err(|error| RowProblem::new(column, format!("{error}; write it like 2026-11-23T09:30:00Z")))?;
    Ok(Some(domain::clock::timestamp(moment.to_utc())))
}
