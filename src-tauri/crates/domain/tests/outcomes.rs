//! What a customer says to a quote is written down while it is theirs to answer, and once.

use chrono::NaiveDate;
use fieldquote_domain::outcome::OutcomeError;
use fieldquote_domain::{Lifecycle, Outcome};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn only_a_quote_that_is_out_is_answered() {
    let (last, today) = (day("2026-12-31"), day("2026-11-30"));
    for &outcome in Outcome::ALL {
        for &state in Lifecycle::ALL {
            let fits = outcome.fits(state, last, today);
            if matches!(state, Lifecycle::Approved | Lifecycle::Sent) {
                assert_eq!(fits, Ok(()), "{outcome} of one that is {state}");
            } else {
                assert_eq!(fits, Err(OutcomeError::NotOpen(state)), "{outcome} of one that is {state}");
            }
        }
    }
}

#[test]
fn a_yes_counts_until_the_last_day_and_a_no_on_any() {
    let last = day("2026-11-30");
    let said = |outcome: Outcome, on: &str| outcome.fits(Lifecycle::Sent, last, day(on));
    assert_eq!(said(Outcome::Accepted, "2026-11-30"), Ok(()));
    assert_eq!(said(Outcome::Accepted, "2026-12-01"), Err(OutcomeError::Over(last)));
    assert_eq!(said(Outcome::Declined, "2026-12-01"), Ok(()));
}
