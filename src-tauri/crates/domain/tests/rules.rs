//! The rules of quoting, each in a module that reads as the rule it protects.
// A broken assumption of a test is a failed test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod amounts;
mod canonical_form;
mod decisions;
mod identifiers;
mod items;
mod lifecycle;
mod margin_gate;
mod money_arithmetic;
mod money_printing;
mod money_reading;
mod outcomes;
mod percentages;
mod pounds;
mod programs;
mod quote_ids;
mod quote_snapshot;
mod quote_totals;
mod quoted_lines;
mod school_years;
mod timestamps;
mod vocabularies;
