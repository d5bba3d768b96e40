//! SQLite: open, migrate, one module a table.
