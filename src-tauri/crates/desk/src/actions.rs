//! Gates: what waits for a person.
//!
//! Owns listing and showing actions, and when one can still be decided. Must not decide: `decisions` does.

use domain::{ActionId, ActionStatus, FlagKind, Money, Quote, RunId};
use serde::Serialize;
use serde_json::Value;
use store::actions::ActionRow;
use store::{Reader, WriteTx, actions, customers, quotes};

mod bulk;
mod decisions;
mod email;
mod lines;
mod release;
mod review;
mod shown;

pub use bulk::{BulkResult, Refusal, ShownAction};
pub use decisions::Decided;
pub use email::EmailEdit;
pub use review::LineReview;
pub use shown::{Attachment, ContractNamed, EmailShown, GatePreview, GateShown, Shows};

use crate::error::{Code, DeskError};
use crate::{Desk, decide};

/// An action, in a list.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ActionListed {
    /// Its key.
    pub action_id: ActionId,
    /// What its approval would set going.
    pub action_type: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// What a person reads first.
    pub summary: String,
    /// How much is at stake.
    pub risk_level: u8,
    /// For which customer.
    pub customer_id: Option<domain::CustomerId>,
    /// About which quote.
    pub quote_id: Option<domain::QuoteId>,
    /// From which draft.
    pub draft_id: Option<domain::DraftId>,
    /// Of which run.
    pub run_id: Option<RunId>,
    /// Who drafted it.
    pub drafted_by: String,
    /// When it was staged, RFC 3339.
    pub created_at: String,
    /// When it expires, RFC 3339.
    pub expires_at: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, RFC 3339.
    pub decided_at: Option<String>,
    /// The reason or note.
    pub decision_note: Option<String>,
    /// Whether one person drafted and decided.
    pub self_decided: bool,
    /// How many worries it carries.
    pub flag_count: usize,
    /// What kinds of worry, each once.
    pub flags: Vec<FlagKind>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// What the school is invoiced.
    pub total: Option<Money>,
    /// The lowest margin of its lines that is known, in words: `12.90%`.
    pub worst_margin: Option<String>,
    /// Whether the margin of every line is known.
    pub worst_margin_known: bool,
    /// Hash of what is shown: what an approval is bound to.
    pub payload_hash: domain::Sha256,
}

/// An action with exactly what it shows.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct ActionShown {
    /// As in a list.
    #[serde(flatten)]
    pub listed: ActionListed,
    /// What it is about: no two pending actions share one.
    pub action_key: String,
    /// Exactly what is shown.
    pub payload: Value,
    /// The lines of its quote, compared; empty when it shows none.
    pub lines: Vec<LineReview>,
    /// The same, told apart by what it is.
    pub shows: Shows,
    /// Whether it can be changed where it stands: a draft's lines, or an email.
    pub editable: bool,
    /// Whether whoever looks at it drafted it, so that an approval would be one's own.
    pub self_approval: bool,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// The action that took its place.
    pub replaced_by: Option<ActionId>,
}

impl Desk {
    /// Actions, the pending ones first.
    pub fn actions(&self, status: Option<ActionStatus>, limit: u32) -> Result<Vec<ActionListed>, DeskError> {
        self.store.read(|db| actions::list(db, status, limit)?.iter().map(|row| listed(db, row)).collect())
    }

    /// One action with exactly what it shows.
    pub fn action(&self, id: &ActionId) -> Result<ActionShown, DeskError> {
        self.store.read(|db| {
            let row = action_row(db, id)?;
            let payload: Value = row.payload.read()?;
            Ok(ActionShown {
                listed: listed(db, &row)?,
                shows: self.shows(db, &row, &payload)?,
                editable: self.is_editable(db, &row)?,
                self_approval: row.drafted_by == self.user,
                lines: quote_in(&payload).map(|quote| review::review(&quote)).unwrap_or_default(),
                payload,
                action_key: row.action_key,
                void_reason: row.void_reason,
                replaced_by: row.replaced_by,
            })
        })
    }

    /// The action, if it can still be decided.
    fn pending(&self, tx: &WriteTx<'_>, id: &ActionId) -> Result<ActionRow, DeskError> {
        let action = action_row(tx, id)?;
        if action.status != ActionStatus::Pending {
            return Err(decide::not_pending(&action));
        }
        if action.expires_at <= self.now() {
            return Err(DeskError::new(
                Code::NotPending,
                format!("action {id} expired at {}", action.expires_at),
                "Submit the draft again to ask anew.",
            ));
        }
        if action.payload.hash() != action.payload_hash {
            return Err(DeskError::new(
                Code::AuditBroken,
                format!("what action {id} holds is not what was staged"),
                "Do not approve it. Run `fieldquote audit verify` and restore a backup.",
            ));
        }
        Ok(action)
    }
}

pub(crate) fn action_row(db: &Reader<'_>, id: &ActionId) -> Result<ActionRow, DeskError> {
    actions::get(db, id)?
        .ok_or_else(|| DeskError::not_found("action", id, "`fieldquote action list` shows what there is."))
}

pub(crate) fn listed(db: &Reader<'_>, row: &ActionRow) -> Result<ActionListed, DeskError> {
    let payload: Value = row.payload.read()?;
    let quote = quote_in(&payload);
    let customer_name = match (&quote, &row.customer_id) {
        (Some(quote), _) => Some(quote.customer.name.clone()),
        (None, Some(id)) => customers::get(db, id)?.map(|customer| customer.name),
        (None, None) => None,
    };
    let total = match (&quote, &row.quote_id) {
        (Some(quote), _) => Some(quote.totals.total),
        (None, Some(id)) => quotes::get(db, id)?.map(|quote| quote.total),
        (None, None) => None,
    };
    let margins = quote.iter().flat_map(|quote| &quote.lines).map(|line| line.margin());
    let worst =
        margins.clone().filter(|margin| margin.percent().is_some()).min_by_key(|margin| margin.percent());
    let raised = payload.get("flags").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut flags: Vec<FlagKind> =
        raised.iter().filter_map(|flag| flag.get("kind").and_then(Value::as_str)?.parse().ok()).collect();
    flags.sort_unstable();
    flags.dedup();
    Ok(ActionListed {
        action_id: row.id.clone(),
        action_type: row.action_type.to_string(),
        status: row.status,
        summary: row.summary.clone(),
        risk_level: row.risk_level,
        customer_id: row.customer_id.clone(),
        quote_id: row.quote_id.clone(),
        draft_id: row.draft_id.clone(),
        run_id: row.run_id.clone(),
        drafted_by: row.drafted_by.clone(),
        created_at: row.created_at.clone(),
        expires_at: row.expires_at.clone(),
        decided_by: row.decided_by.clone(),
        decided_at: row.decided_at.clone(),
        decision_note: row.decision_note.clone(),
        self_decided: row.decided_by.as_ref() == Some(&row.drafted_by),
        flag_count: raised.len(),
        flags,
        customer_name,
        total,
        worst_margin: worst.map(|margin| margin.words()),
        worst_margin_known: quote.is_some() && margins.clone().all(|margin| margin.percent().is_some()),
        payload_hash: row.payload_hash,
    })
}

/// The quote that what an action shows is about. A contract may show something else under that name.
fn quote_in(payload: &Value) -> Option<Quote> {
    payload.get("quote").and_then(|quote| serde_json::from_value(quote.clone()).ok())
}
