//! Quote to PDF bytes.
