//! Submitting a draft: it becomes a proposed action that shows exactly what would be quoted.
//!
//! Owns the snapshot an approver sees first. Must not start anything: an approval does.

use domain::action::QUOTE_DRAFT;
use domain::{Canonical, DraftId, Flag, FlagKind, ItemCode, Money, Quote, QuoteId};
use serde::{Deserialize, Serialize};
use store::drafts::DraftStatus;
use store::{Reader, WriteTx, actions, drafts, settings};

use crate::chat::open_questions;
use crate::compose::{self, Found};
use crate::drafts::{Preview, known_number};
use crate::error::{Code, DeskError};
use crate::flags::{self, Exposure};
use crate::stage::{self, Proposal, WAITS_HOURS};
use crate::{Desk, profile};

/// What a submitted draft shows.
#[derive(Debug, Clone, Serialize, Deserialize, ts_rs::TS)]
pub struct Submission {
    /// The draft.
    pub draft_id: DraftId,
    /// Its heads: a later change has others.
    pub heads: Vec<String>,
    /// The quote it would become.
    pub quote: Quote,
    /// Hash of the quote's canonical form.
    pub quote_hash: domain::Sha256,
    /// Prices that would change against the price list of the year.
    pub price_changes: Vec<PriceChange>,
    /// What there is to worry about.
    pub flags: Vec<Flag>,
    /// What the customer owes and may yet order.
    pub exposure: Exposure,
    /// The newest change in the data it rests on.
    pub data_as_of: Option<String>,
}

/// A price that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PriceChange {
    /// Of what.
    pub item_code: ItemCode,
    /// The list price of the year; none when there is none yet.
    pub from: Option<Money>,
    /// The quoted price.
    pub to: Money,
    /// The price of the year before.
    pub last_year: Option<Money>,
}

/// What came of submitting.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Submitted {
    /// The staged action.
    pub action_id: domain::ActionId,
    /// The quote's number.
    pub quote_id: QuoteId,
    /// Hash of what the approver is shown.
    pub payload_hash: domain::Sha256,
    /// What there is to worry about.
    pub flags: Vec<Flag>,
    /// What the school would be invoiced.
    pub total: Money,
}

impl Submission {
    /// What a draft at these heads would become, to be approved.
    pub(crate) fn of(draft_id: DraftId, heads: Vec<String>, preview: Preview) -> Result<Self, DeskError> {
        let Preview { quote, flags, exposure, price_changes, data_as_of } = preview;
        let quote_hash = Canonical::of(&quote)?.hash();
        Ok(Submission { draft_id, heads, quote, quote_hash, price_changes, flags, exposure, data_as_of })
    }
}

impl Desk {
    /// Submit a draft for approval.
    pub fn submit(&self, id: &DraftId) -> Result<Submitted, DeskError> {
        self.store.write(|tx| self.submit_in(tx, id, None))
    }

    /// Submit a draft in the caller's transaction; proposed by whoever edited it, if not by who drafted it.
    pub(crate) fn submit_in(
        &self,
        tx: &WriteTx<'_>,
        id: &DraftId,
        edited_by: Option<&str>,
    ) -> Result<Submitted, DeskError> {
        let mut head = self.open_draft(tx, id)?.head;
        let open = open_questions(tx, &head)?;
        if let Some(question) = open.first() {
            return Err(DeskError::new(
                Code::DraftIncomplete,
                format!("a question is open: {}", question.prompt),
                "Answer it in the chat.",
            ));
        }
        match head.row.status {
            DraftStatus::Open => {}
            DraftStatus::Submitted => {
                let waiting = actions::pending_of_draft(tx, id)?;
                let which = waiting.first().map(|action| action.id.to_string()).unwrap_or_default();
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("draft {id} is submitted already, as action {which}"),
                    "Decide on that action, or change the draft and submit it again.",
                ));
            }
            DraftStatus::Closed => {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("draft {id} became a quote already"),
                    "Begin a new draft.",
                ));
            }
        }
        if head.view().is_discarded {
            return Err(DeskError::new(
                Code::WrongState,
                format!("draft {id} was thrown away"),
                "Bring it back first: `fieldquote draft retrieve`.",
            ));
        }
        let ingredients = compose::gather(tx, head.view(), head.found(tx)?)?;
        let quote_id = match known_number(tx, &head.row, &ingredients)? {
            Some(number) => number,
            None => {
                let number = settings::next_number(tx, profile::QUOTE_COUNTER, &self.now())?;
                QuoteId::allocate(ingredients.school_year, &profile::device_tag(tx)?, number)
            }
        };
        let preview = self.compose_draft(tx, &head, &ingredients, &quote_id)?;
        let submission = Submission::of(id.clone(), head.row.heads.clone(), preview)?;
        let payload = Canonical::of(&submission)?;
        let quote = &submission.quote;
        let action = stage::stage(
            self,
            tx,
            Proposal {
                id: self.new_id()?,
                action_type: QUOTE_DRAFT.parse().map_err(|error| DeskError::bad_input(error, ""))?,
                key: format!("quote_draft:{id}"),
                summary: format!(
                    "Quote {} for {}, {} {}, {}",
                    quote.id,
                    quote.customer.name,
                    quote.lines.len(),
                    if quote.lines.len() == 1 { "line" } else { "lines" },
                    quote.totals.total.as_total()
                ),
                risk_level: 1,
                customer_id: Some(&quote.customer.id),
                quote_id: Some(&quote.id),
                draft_id: Some(id),
                run_id: None,
                payload,
                drafted_by: edited_by.unwrap_or(&head.row.drafted_by),
                expires_after_hours: WAITS_HOURS,
                after: None,
            },
        )?;
        head.row.quote_id = Some(quote_id.clone());
        head.row.status = DraftStatus::Submitted;
        head.row.updated_at = self.now();
        drafts::put(tx, &head.row)?;
        Ok(Submitted {
            action_id: action.id,
            quote_id,
            payload_hash: action.payload_hash,
            flags: submission.flags,
            total: submission.quote.totals.total,
        })
    }

    /// What an approver is shown of a quote; `found` are its lines, found, and `worries` came up while it was
    /// composed.
    pub(crate) fn weighed(
        &self,
        db: &Reader<'_>,
        quote: Quote,
        found: &[Found],
        mut worries: Vec<Flag>,
    ) -> Result<Preview, DeskError> {
        let exposure = flags::exposure(db, &quote)?;
        if profile::company(db)?.is_unset() {
            worries.push(Flag {
                kind: FlagKind::LetterheadUnset,
                line_no: None,
                message: "the letterhead is not filled in: `fieldquote company set FILE`".to_owned(),
            });
        }
        worries.extend(flags::flags(db, &quote, &exposure, found, self.today())?);
        worries.sort_by_key(|flag| (flag.line_no, flag.kind));
        let mut price_changes = Vec::new();
        for (line, found) in quote.lines.iter().zip(found) {
            let from = found.list.as_ref().map(|price| price.case_price);
            if from != Some(line.case_price) {
                price_changes.push(PriceChange {
                    item_code: line.item_code.clone(),
                    from,
                    to: line.case_price,
                    last_year: line.last_year_price,
                });
            }
        }
        let data_as_of = profile::reference_as_of(db)?;
        Ok(Preview { quote, flags: worries, exposure, price_changes, data_as_of })
    }
}
