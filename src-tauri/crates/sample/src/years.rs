//! The school years of a market: those with prices, and the one after.
//!
//! Owns the span. Must not know what a price is.

use chrono::{Datelike, NaiveDate};
use domain::SchoolYear;
use domain::school_year::SchoolYearError;

use crate::error::SampleError;

const MOST_YEARS: usize = 12;

/// The years up to the current one, and the next.
#[derive(Debug, Clone)]
pub(crate) struct Years {
    /// Oldest first; the last is the current one.
    pub(crate) listed: Vec<SchoolYear>,
    /// The year a date of the plan lies in.
    pub(crate) current: SchoolYear,
    /// The year before the current one, whether it has prices or not.
    pub(crate) previous: SchoolYear,
    /// The year after, for which few customers have prices yet.
    pub(crate) next: SchoolYear,
}

impl Years {
    pub(crate) fn around(today: NaiveDate, count: usize) -> Result<Self, SampleError> {
        if count > MOST_YEARS {
            return Err(SampleError::TooMany { what: "school years", asked: count, most: MOST_YEARS });
        }
        let out_of_range = || SchoolYearError::OutOfRange(today.year().to_string());
        let current = SchoolYear::containing(today)?;
        let mut listed = vec![current];
        while listed.len() < count {
            let oldest = listed.last().copied().and_then(SchoolYear::previous).ok_or_else(out_of_range)?;
            listed.push(oldest);
        }
        listed.reverse();
        Ok(Years {
            listed,
            current,
            previous: current.previous().ok_or_else(out_of_range)?,
            next: current.next().ok_or_else(out_of_range)?,
        })
    }
}
