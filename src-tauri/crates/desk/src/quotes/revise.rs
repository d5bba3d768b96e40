//! A quote as the beginning of another: revised for the same year, or quoted again for the next.
//!
//! Owns which quotes can be revised and what of a quote a new draft begins with. Must not change the quote: what
//! takes its place does, when it is released.

use domain::{Lifecycle, LineId, Quote, QuoteId, QuoteLine, SchoolYear};
use drafting::document::{Change, PriceRule};
use store::quotes::QuoteRow;
use store::{Reader, pricing_master, quotes};

use super::quote_row;
use crate::Desk;
use crate::drafts::DraftShown;
use crate::error::{Code, DeskError};

impl Desk {
    /// A new draft that would take the place of a quote, with its lines at the prices they were quoted at. How
    /// long it is valid is not copied.
    ///
    /// # Errors
    /// `wrong_state` when the customer accepted it, or something took its place already.
    pub fn quote_revise(&self, id: &QuoteId) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let row = quote_row(tx, id)?;
            may_be_revised(tx, &row, None)?;
            let quote: Quote = row.snapshot.read()?;
            let changes = self.begun_with(&quote, quote.school_year, |line| {
                // What was given away has no price a person could type.
                Ok(if line.case_price.is_positive() {
                    PriceRule::Given(line.case_price)
                } else {
                    PriceRule::List
                })
            })?;
            let mut opened = self.new_draft(tx)?;
            opened.head.row.revision_of = Some(id.clone());
            self.make_changes(tx, &mut opened, &changes)?;
            self.save_draft(tx, &mut opened)?;
            self.shown(tx, opened.head)
        })
    }

    /// A new draft for the same customer with a quote's lines and header: for the next school year, or for the
    /// one that is named. Each line is at the list price, or at last year's where there is none yet.
    pub fn quote_duplicate(&self, id: &QuoteId, year: Option<SchoolYear>) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let quote: Quote = quote_row(tx, id)?.snapshot.read()?;
            let year = year.or_else(|| quote.school_year.next()).ok_or_else(|| {
                DeskError::bad_input("there is no later school year", "Name the school year.")
            })?;
            let price = |year| -> Result<_, DeskError> {
                let items = pricing_master::of_customer(tx, &quote.customer.id, year)?;
                Ok(items.into_iter().map(|price| price.item_code).collect::<std::collections::HashSet<_>>())
            };
            let list = price(year)?;
            let held = year.previous().map(price).transpose()?.unwrap_or_default();
            let changes = self.begun_with(&quote, year, |line| {
                let only_held = !list.contains(&line.item_code) && held.contains(&line.item_code);
                Ok(if only_held { PriceRule::LastYear } else { PriceRule::List })
            })?;
            let mut opened = self.new_draft(tx)?;
            self.make_changes(tx, &mut opened, &changes)?;
            self.save_draft(tx, &mut opened)?;
            self.shown(tx, opened.head)
        })
    }

    fn begun_with(
        &self,
        quote: &Quote,
        school_year: SchoolYear,
        mut price: impl FnMut(&QuoteLine) -> Result<PriceRule, DeskError>,
    ) -> Result<Vec<Change>, DeskError> {
        let mut changes = vec![
            Change::SetCustomer { customer_id: quote.customer.id.clone() },
            Change::SetSchoolYear { school_year },
            Change::SetIncludePdf { include_pdf: quote.include_pdf },
        ];
        for line in &quote.lines {
            let line_id: LineId = self.new_id()?;
            changes.push(Change::AddLine {
                line_id: line_id.clone(),
                item_code: line.item_code.clone(),
                quantity: Some(line.quantity),
                price: price(line)?,
            });
            if line.note.as_deref().is_some_and(|note| !note.trim().is_empty()) {
                changes.push(Change::SetNote { line_id, note: line.note.clone() });
            }
        }
        let notes = quote.notes.iter().filter(|note| !note.trim().is_empty());
        changes.extend(notes.map(|text| Change::AddNote { text: text.clone() }));
        Ok(changes)
    }
}

/// Whether something may take a quote's place; `by` is the quote that is about to, if it has a number.
///
/// # Errors
/// `wrong_state`, with what took its place or why nothing may.
pub(crate) fn may_be_revised(
    db: &Reader<'_>,
    quote: &QuoteRow,
    by: Option<&QuoteId>,
) -> Result<(), DeskError> {
    use Lifecycle::*;
    let id = &quote.id;
    let refuse = |why: String, hint: String| Err(DeskError::new(Code::WrongState, why, hint));
    let later: Vec<QuoteId> = quotes::revised_by(db, id)?;
    if let Some(later) = later.iter().find(|later| Some(*later) != by) {
        return refuse(format!("quote {later} took the place of {id} already"), format!("Revise {later}."));
    }
    match quote.lifecycle {
        // What set it aside was withdrawn, or is not here: nothing stands in its place.
        Superseded if by.is_some() => Ok(()),
        Approved | Sent | Declined | Expired => Ok(()),
        Accepted => refuse(
            format!("the customer accepted quote {id}; nothing about it changes any more"),
            "Quote it again as a new quote.".to_owned(),
        ),
        Superseded => refuse(
            format!("something took the place of quote {id} already"),
            "Revise what took its place.".to_owned(),
        ),
        status @ (Draft | Proposed | Cancelled) => {
            refuse(format!("quote {id} is {status}"), "Quote it again as a new quote.".to_owned())
        }
    }
}
