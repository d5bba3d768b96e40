//! What a customer said to a quote.
//!
//! Owns writing it down: the quote's status, what was said and the operation that tells the central are one
//! transaction. Must not judge when a quote can be answered: the domain does. A no to a quote the central says
//! was answered otherwise gives way (`overtaken`).

use chrono::NaiveDate;
use domain::outcome::OutcomeError;
use domain::{DeclineReason, Lifecycle, Outcome, Quote, QuoteId, Sha256};
use serde::Serialize;
use serde_json::{Value, json};
use store::outbox::OpRow;
use store::quote_outcomes::{self, OutcomeRow};
use store::{WriteTx, logs};
use sync::wire::OpAnswer;

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::outbox::Announce;
use crate::quotes::{QuoteShown, quote_row};

/// The kind of the operation that tells of it.
pub(crate) const QUOTE_OUTCOME: &str = "quote_outcome";

/// What was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said<'s> {
    /// Why, when the quote was declined: one of `price`, `competitor`, `program_change`, `not_needed`, `other`.
    pub reason: Option<&'s str>,
    /// Who got the business instead.
    pub competitor: Option<&'s str>,
    /// What else was said.
    pub note: Option<&'s str>,
}

/// What a customer said to a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct OutcomeShown {
    /// `accepted` or `declined`.
    pub outcome: Lifecycle,
    /// Why it was declined.
    pub reason: Option<String>,
    /// Who got the business instead.
    pub competitor: Option<String>,
    /// What else was said.
    pub note: Option<String>,
    /// Who wrote it down.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

impl From<OutcomeRow> for OutcomeShown {
    fn from(row: OutcomeRow) -> Self {
        OutcomeShown {
            outcome: row.outcome,
            reason: row.reason,
            competitor: row.competitor,
            note: row.note,
            by: row.decided_by,
            at: row.decided_at,
        }
    }
}

/// Characters of a competitor's name and of a note.
const LONGEST_NAME: usize = 200;
const LONGEST_NOTE: usize = 2_000;

impl Desk {
    /// Write down what a customer said to a quote that is approved or sent. A yes counts until the quote's last
    /// day, a no on any.
    ///
    /// # Errors
    /// `bad_input` for a no without a reason or a reason without a no; `wrong_state` for a quote that is not
    /// theirs to answer, or not any more.
    pub fn quote_outcome(
        &self,
        id: &QuoteId,
        outcome: Outcome,
        said: &Said<'_>,
    ) -> Result<QuoteShown, DeskError> {
        let row = self.outcome_row(id, outcome, said)?;
        self.store.write(|tx| {
            let quote = quote_row(tx, id)?;
            let snapshot: Quote = quote.snapshot.read()?;
            outcome.fits(quote.lifecycle, snapshot.valid_until, self.today()).map_err(|why| {
                let hint = match why {
                    OutcomeError::NotOpen(_) => "Nothing was changed.",
                    OutcomeError::Over(_) => {
                        "Revise it, so that there is a quote to accept. Nothing was changed."
                    }
                };
                DeskError::new(Code::WrongState, format!("quote {id}: {why}"), hint)
            })?;
            quote_outcomes::put(tx, &row)?;
            self.announce(tx, &row)
        })?;
        self.quote(id)
    }

    fn outcome_row(&self, id: &QuoteId, outcome: Outcome, said: &Said<'_>) -> Result<OutcomeRow, DeskError> {
        let reason = filled(said.reason, "the reason", LONGEST_NAME)?
            .map(|reason| reason.parse::<DeclineReason>())
            .transpose()
            .map_err(|error| DeskError::bad_input(error, "Nothing was changed."))?;
        let competitor = filled(said.competitor, "the competitor's name", LONGEST_NAME)?;
        let words: Vec<&str> = DeclineReason::ALL.iter().map(|reason| reason.as_str()).collect();
        match (outcome, reason) {
            (Outcome::Declined, None) => Err(DeskError::bad_input(
                "a quote that was declined has a reason",
                format!("Say why: {}.", words.join(", ")),
            )),
            (Outcome::Accepted, Some(_)) => Err(DeskError::bad_input(
                "a reason is of a quote that was declined",
                "Leave it out; a note can say what helped.",
            )),
            (Outcome::Accepted, None) if competitor.is_some() => Err(DeskError::bad_input(
                "a competitor is of a quote that was declined",
                "Leave it out; a note can say what helped.",
            )),
            _ => Ok(OutcomeRow {
                quote_id: id.clone(),
                outcome: outcome.lifecycle(),
                reason: reason.map(|reason| reason.as_str().to_owned()),
                competitor: competitor.map(str::to_owned),
                note: filled(said.note, "the note", LONGEST_NOTE)?.map(str::to_owned),
                decided_by: self.user.clone(),
                decided_at: self.now(),
            }),
        }
    }

    fn announce(&self, tx: &WriteTx<'_>, row: &OutcomeRow) -> Result<(), DeskError> {
        let payload = json!({
            "quote_id": row.quote_id, "outcome": row.outcome, "reason": row.reason,
            "competitor": row.competitor, "note": row.note, "decided_by": row.decided_by,
            "decided_at": row.decided_at,
        });
        let rows = [
            json!({ "table": "quotes", "row": { "id": row.quote_id } }),
            json!({ "table": "quote_outcomes", "row": { "quote_id": row.quote_id } }),
        ];
        // Two people may write down an outcome, each on a device of their own, and one that was thrown away may
        // be written down again: what was said is part of the name.
        let what = Sha256::of(payload.to_string().as_bytes()).short();
        Announce::new(
            format!("{}.outcome.{what}", row.quote_id),
            format!("quote:{}", row.quote_id),
            QUOTE_OUTCOME,
        )
        .of_rows(&rows)
        .put(self, tx, &payload)?;
        Ok(())
    }

    /// The central holds another outcome of the quote: what this device wrote down gives way, and is told.
    pub(crate) fn outcome_overtaken(
        &self,
        tx: &WriteTx<'_>,
        op: &OpRow,
        answer: &OpAnswer,
    ) -> Result<(), DeskError> {
        let said: Value = op.payload.read()?;
        let text = |field: &str| said.get(field).and_then(Value::as_str).unwrap_or_default();
        let Ok(quote) = text("quote_id").parse::<QuoteId>() else { return Ok(()) };
        let stands = answer.message.as_deref().unwrap_or("the central holds something else");
        self.give_up_op(tx, &op.op_id, "overtaken", stands)?;
        let message = format!(
            "You wrote down that quote {quote} was {}, and that does not count: {stands}",
            text("outcome")
        );
        Ok(logs::alert_of_quote(tx, &format!("{}.overtaken", op.op_id), &quote, &message, &self.now())?)
    }
}

/// Where a person may say that a quote stands now.
pub(crate) fn choices(at: Lifecycle, quote: &Quote, today: NaiveDate) -> Vec<Lifecycle> {
    let fitting = Outcome::ALL.iter().filter(|outcome| outcome.fits(at, quote.valid_until, today).is_ok());
    fitting.map(|outcome| outcome.lifecycle()).collect()
}

/// A text that may be left empty.
fn filled<'t>(text: Option<&'t str>, what: &str, longest: usize) -> Result<Option<&'t str>, DeskError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match text {
        Some(text) if text.chars().count() > longest => Err(DeskError::bad_input(
            format!("{what} has more than {longest} characters"),
            "Shorten it. Nothing was changed.",
        )),
        Some(text) if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') => {
            Err(DeskError::bad_input(format!("{what} has signs in it that do not print"), "Type it anew."))
        }
        text => Ok(text),
    }
}
