//! The table `customer_programs`: which USDA Foods programs a customer takes part in.
//!
//! Owns reading and upserting them. Must not choose among several: the rules of a program do.

use domain::{CustomerId, CustomerProgram, ProgramId, SchoolYear};
use rusqlite::{Row, params};

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{json, parsed};

const COLUMNS: &str = "id, customer_id, program, status, school_year, df_code, details, deleted_at";

/// Insert the program, or replace what is known of it. Its customer must be there.
pub fn upsert(tx: &WriteTx<'_>, program: &CustomerProgram, updated_at: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO customer_programs (id, customer_id, program, status, school_year, df_code, details,
           deleted_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, program = excluded.program,
           status = excluded.status, school_year = excluded.school_year, df_code = excluded.df_code,
           details = excluded.details, deleted_at = excluded.deleted_at, updated_at = excluded.updated_at",
        params![
            program.id.as_str(),
            program.customer_id.as_str(),
            program.program.as_str(),
            program.status,
            program.school_year.to_string(),
            program.df_code,
            serde_json::to_string(&program.terms)?,
            program.deleted_at,
            updated_at,
        ],
    )?;
    Ok(())
}

/// The program of that id.
pub fn get(db: &Reader<'_>, id: &ProgramId) -> Result<Option<CustomerProgram>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM customer_programs WHERE id = ?1"), [id.as_str()], from_row)
}

/// The programs in force for a customer in a school year: active and not removed.
pub fn in_force(
    db: &Reader<'_>,
    customer: &CustomerId,
    year: SchoolYear,
) -> Result<Vec<CustomerProgram>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM customer_programs
             WHERE customer_id = ?1 AND school_year = ?2 AND status = 'active' AND deleted_at IS NULL
             ORDER BY id"
        ),
        [customer.as_str(), &year.to_string()],
        from_row,
    )
}

/// Everything there is of a customer, the latest year first.
pub fn of_customer(db: &Reader<'_>, customer: &CustomerId) -> Result<Vec<CustomerProgram>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM customer_programs WHERE customer_id = ?1 ORDER BY school_year DESC, id"
        ),
        [customer.as_str()],
        from_row,
    )
}

/// Every row, by key.
pub fn list(db: &Reader<'_>) -> Result<Vec<CustomerProgram>, StoreError> {
    db.all(&format!("SELECT {COLUMNS} FROM customer_programs ORDER BY id"), [], from_row)
}

/// How many there are.
pub fn count(db: &Reader<'_>) -> Result<u64, StoreError> {
    db.number("SELECT count(*) FROM customer_programs", [])
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CustomerProgram> {
    Ok(CustomerProgram {
        id: parsed(row, 0)?,
        customer_id: parsed(row, 1)?,
        program: parsed(row, 2)?,
        status: row.get(3)?,
        school_year: parsed(row, 4)?,
        df_code: row.get(5)?,
        terms: json(row, 6)?,
        deleted_at: row.get(7)?,
    })
}
