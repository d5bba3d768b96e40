//! A file to begin with: a table's columns and one row that is right.
//!
//! Owns the example rows. They are fictional, and no id in them is anybody's.

use super::{Table, columns};
use crate::error::DeskError;

/// The header and one example row of a table, as CSV.
pub fn template(table: Table) -> Result<String, DeskError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let unwritten = |error: csv::Error| DeskError::bad_input(error, "Try again.");
    writer.write_record(columns::of(table).plain()).map_err(unwritten)?;
    writer.write_record(example(table)).map_err(unwritten)?;
    let bytes = writer.into_inner().map_err(|error| DeskError::bad_input(error, "Try again."))?;
    String::from_utf8(bytes).map_err(|error| DeskError::bad_input(error, "Try again."))
}

fn example(table: Table) -> &'static [&'static str] {
    match table {
        Table::Customers => &[
            "C90001",
            "Example Valley Community School District",
            "district",
            "Example Valley",
            "IA",
            "50000",
            "1 School Street",
            "active",
            "900001",
            "Net 30",
            "K12",
            "Sam",
            "Ann Example",
            "ann@example.com",
            "515-555-0199",
            "evcsd|example valley",
        ],
        Table::CustomerProfiles => &["C90001", "50000.00", "1250.00", ""],
        Table::CustomerPrograms => &[
            "P90001",
            "C90001",
            "noi",
            "active",
            "2026-2027",
            "100418",
            "{\"distributor_fee\":\"3.00\"}",
            "",
        ],
        Table::SpecItems => &[
            "90001",
            "Pizza, Cheese, Whole Grain, 4 x 6",
            "990001",
            "Example Foods",
            "Pizza",
            "K12",
            "96/4.5 oz",
            "27.00",
            "96",
            "1 slice",
            "",
            "100418",
            "6.00",
            "1.85",
            "active",
            "cheese pizza",
        ],
        Table::PricingMaster => {
            &["C90001", "90001", "2026-2027", "41.75", "31.20", "", "2026-07-01", "2027-06-30"]
        }
    }
}
