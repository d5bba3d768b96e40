//! What a draft would become if it were submitted now.
//!
//! Owns that this is composed the way submitting composes it, and that looking takes no quote number. Must not
//! keep anything.

use domain::{DraftId, Flag, Quote, QuoteId};
use serde::Serialize;
use store::drafts::DraftRow;
use store::{Reader, quotes, settings};

use super::Head;
use crate::compose::{self, Heading, Ingredients};
use crate::error::{Code, DeskError};
use crate::flags::Exposure;
use crate::submit::PriceChange;
use crate::{Desk, profile};

/// The quote a draft would become, and what there is to say of it.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Preview {
    /// The quote. Where it has no number yet, the one it would get.
    pub quote: Quote,
    /// What there is to worry about.
    pub flags: Vec<Flag>,
    /// What the customer owes and may yet order.
    pub exposure: Exposure,
    /// Prices that would change against the price list of the year.
    pub price_changes: Vec<PriceChange>,
    /// The newest change in the data it rests on.
    pub data_as_of: Option<String>,
}

/// What composing a draft gives.
pub(super) enum Composed {
    /// Everything is there.
    Whole(Box<Preview>),
    /// Something is not, in words.
    Missing(String),
}

impl Desk {
    /// What a draft would become.
    pub(super) fn preview_of(&self, db: &Reader<'_>, head: &Head) -> Result<Composed, DeskError> {
        match self.previewed(db, head) {
            Ok(preview) => Ok(Composed::Whole(Box::new(preview))),
            Err(error) if matches!(error.code, Code::Storage | Code::Busy) => Err(error),
            Err(error) => Ok(Composed::Missing(error.message)),
        }
    }

    /// The quote a draft would become.
    ///
    /// # Errors
    /// `draft_incomplete` or `draft_conflict`, with what is missing.
    pub(crate) fn would_be(&self, db: &Reader<'_>, id: &DraftId) -> Result<Quote, DeskError> {
        Ok(self.previewed(db, &Head::read(db, id)?)?.quote)
    }

    fn previewed(&self, db: &Reader<'_>, head: &Head) -> Result<Preview, DeskError> {
        let ingredients = compose::gather(db, head.view(), head.found(db)?)?;
        let number = match known_number(db, &head.row, &ingredients)? {
            Some(number) => number,
            None => {
                let coming = settings::coming_number(db, profile::QUOTE_COUNTER)?;
                QuoteId::allocate(ingredients.school_year, &profile::device_tag(db)?, coming)
            }
        };
        self.compose_draft(db, head, &ingredients, &number)
    }

    /// Compose a draft under a quote number, with everything an approver is shown of it.
    pub(crate) fn compose_draft(
        &self,
        db: &Reader<'_>,
        head: &Head,
        ingredients: &Ingredients<'_>,
        number: &QuoteId,
    ) -> Result<Preview, DeskError> {
        let row = &head.row;
        if let Some(of) = &row.revision_of
            && let Some(revised) = quotes::get(db, of)?
        {
            crate::quotes::may_be_revised(db, &revised, row.quote_id.as_ref())?;
        }
        let heading = Heading {
            id: number,
            revision_of: row.revision_of.as_ref(),
            issued_on: self.today(),
            prepared_by: &row.drafted_by,
            company: &profile::company(db)?,
        };
        let (quote, worries) = compose::compose(head.view(), ingredients, &heading)?;
        self.weighed(db, quote, ingredients.lines, worries)
    }
}

/// The number a draft's quote has or takes without the counter; none when the counter must give one.
pub(crate) fn known_number(
    db: &Reader<'_>,
    row: &DraftRow,
    ingredients: &Ingredients<'_>,
) -> Result<Option<QuoteId>, DeskError> {
    // A run that failed and was undone leaves its quote behind, cancelled: the next one is another.
    if let Some(kept) = &row.quote_id
        && quotes::get(db, kept)?.is_none()
    {
        return Ok(Some(kept.clone()));
    }
    let Some(of) = &row.revision_of else { return Ok(None) };
    // Only the device that numbered a quote numbers its revisions: two devices would give one number twice.
    let counted = format!("Q-{}-{}-", ingredients.school_year.short(), profile::device_tag(db)?.as_str());
    if !of.as_str().starts_with(&counted) {
        return Ok(None);
    }
    for nth in 2..=u32::MAX {
        let number = of.revised(nth);
        if !quotes::is_taken(db, &number)? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}
