//! The names of the document's fields.
//!
//! Owns the names alone. They are stored in every draft: an old name keeps its meaning for ever.

pub const CUSTOMER: &str = "customer_id";
pub const SCHOOL_YEAR: &str = "school_year";
pub const DEFAULT_PRICE: &str = "default_price";
pub const INCLUDE_PDF: &str = "include_pdf";
pub const VALID_UNTIL: &str = "valid_until";
pub const NOTES: &str = "notes";
pub const DISCARDED: &str = "discarded";
pub const LINES: &str = "lines";

pub const POSITION: &str = "pos";
pub const ITEM: &str = "item_code";
pub const QUANTITY: &str = "quantity";
pub const PRICE: &str = "price";
pub const NOTE: &str = "note";
pub const DELETED: &str = "deleted";
