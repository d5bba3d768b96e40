//! Fixtures and sample data.
