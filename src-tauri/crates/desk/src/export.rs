//! Export: the reference tables as CSV files.
//!
//! Owns the way out of a value: the columns import reads, and nothing a spreadsheet would run. Must never
//! write over a file that is there.

use std::fs::OpenOptions;
use std::path::Path;

use domain::Money;
use serde::Serialize;
use store::{Reader, customer_profiles, customer_programs, customers, pricing_master, spec_items};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::import::cells::looks_like_formula;
use crate::import::{Table, columns};

/// What came of an export.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Exported {
    /// Which table.
    pub table: Table,
    /// How many rows.
    pub rows: u64,
    /// Where to.
    pub file: String,
}

struct Sheet {
    writer: csv::Writer<std::fs::File>,
    rows: u64,
    file: String,
}

impl Desk {
    /// Write a table to a new CSV file, with the columns that import reads.
    pub fn export(&self, table: Table, file: &Path) -> Result<Exported, DeskError> {
        let handle = OpenOptions::new().write(true).create_new(true).open(file).map_err(|error| {
            DeskError::new(
                Code::BadInput,
                format!("{}: {error}", file.display()),
                "Name a file that is not there yet.",
            )
        })?;
        let mut sheet =
            Sheet { writer: csv::Writer::from_writer(handle), rows: 0, file: file.display().to_string() };
        let written = self.store.read(|db| write(db, table, &mut sheet)).and_then(|()| sheet.finish());
        if written.is_err() {
            // Half a file must not pass for a whole one; a failure to remove it changes nothing about that.
            let _removed = std::fs::remove_file(file);
        }
        written?;
        Ok(Exported { table, rows: sheet.rows, file: sheet.file })
    }
}

fn write(db: &Reader<'_>, table: Table, sheet: &mut Sheet) -> Result<(), DeskError> {
    sheet.header(table)?;
    match table {
        Table::Customers => {
            for customer in customers::list(db, u32::MAX, 0)? {
                sheet.row([
                    Some(customer.id.to_string()),
                    Some(customer.name),
                    Some(customer.customer_type.to_string()),
                    customer.city,
                    customer.state,
                    customer.zip,
                    customer.address1,
                    Some(customer.entitystatus.to_string()),
                    customer.netsuite_id,
                    customer.terms,
                    customer.price_level,
                    customer.sales_rep,
                    customer.contact_name,
                    customer.contact_email,
                    customer.contact_phone,
                    Some(customer.aliases.join("|")),
                ])?;
            }
        }
        Table::CustomerProfiles => {
            for profile in customer_profiles::list(db)? {
                sheet.row([
                    Some(profile.customer_id.to_string()),
                    amount(profile.credit_limit),
                    amount(profile.ar_balance),
                    profile.last_quote_event,
                ])?;
            }
        }
        Table::CustomerPrograms => {
            for program in customer_programs::list(db)? {
                sheet.row([
                    Some(program.id.to_string()),
                    Some(program.customer_id.to_string()),
                    Some(program.program.to_string()),
                    Some(program.status),
                    Some(program.school_year.to_string()),
                    program.df_code,
                    Some(serde_json::to_string(&program.terms)?),
                    program.deleted_at,
                ])?;
            }
        }
        Table::SpecItems => {
            for item in spec_items::list(db, u32::MAX, 0)? {
                sheet.row([
                    Some(item.item_code.to_string()),
                    Some(item.description),
                    item.netsuite_id,
                    item.brand,
                    item.category,
                    item.catalog,
                    item.pack,
                    item.net_weight_lb.map(|pounds| pounds.to_string()),
                    item.servings_per_case.map(|count| count.to_string()),
                    item.serving_size,
                    item.cn_number,
                    item.df_code,
                    item.df_lb_per_case.map(|pounds| pounds.to_string()),
                    amount(item.df_value_per_lb),
                    Some(item.status),
                    Some(item.aliases.join("|")),
                ])?;
            }
        }
        Table::PricingMaster => {
            pricing_master::for_each(db, |price| {
                sheet.row([
                    Some(price.customer_id.to_string()),
                    Some(price.item_code.to_string()),
                    Some(price.school_year.to_string()),
                    Some(price.case_price.to_string()),
                    amount(price.cost_basis),
                    price.margin_pct.map(|percent| percent.to_string()),
                    price.effective_from.map(|day| day.to_string()),
                    price.effective_to.map(|day| day.to_string()),
                ])
            })?;
        }
    }
    Ok(())
}

impl Sheet {
    fn header(&mut self, table: Table) -> Result<(), DeskError> {
        let names: Vec<&str> = columns::of(table).plain().collect();
        self.writer.write_record(names).map_err(|error| self.failed(&error))
    }

    fn row<const N: usize>(&mut self, cells: [Option<String>; N]) -> Result<(), DeskError> {
        let cells = cells.map(|cell| inert(cell.unwrap_or_default()));
        self.writer.write_record(cells).map_err(|error| self.failed(&error))?;
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), DeskError> {
        let flushed = self.writer.flush().and_then(|()| self.writer.get_ref().sync_all());
        flushed.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &dyn std::fmt::Display) -> DeskError {
        DeskError::new(
            Code::Storage,
            format!("{}: {error}", self.file),
            "Nothing was written. Make room and try again.",
        )
    }
}

fn amount(amount: Option<Money>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

/// A text that a spreadsheet would run gets an apostrophe; a negative amount is none.
fn inert(text: String) -> String {
    let amount = text.starts_with('-') && text.parse::<Money>().is_ok();
    if looks_like_formula(&text) && !amount { format!("'{text}") } else { text }
}
