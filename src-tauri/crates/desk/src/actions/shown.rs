//! What an action shows, told apart by what it is.
//!
//! Owns reading the stored payload back into its parts, and looking ahead to the gate of a run that an approval
//! would begin. Must not add to what was shown: the payload is what an approval is bound to.

use domain::{ActionStatus, Flag, Quote, QuoteId, RunId, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Reader;
use store::actions::ActionRow;
use workflow::plan::PlannedStep;
use workflow::runner::CheckResult;

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::flags::Exposure;
use crate::submit::{PriceChange, Submission};

/// What an action shows.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shows {
    /// A submitted draft.
    QuoteDraft {
        /// What was submitted.
        submission: Box<Submission>,
        /// What its run would show at its gate if it were approved now; none once it is decided, and when that
        /// cannot be said.
        gate: Option<Box<GatePreview>>,
        /// Why it cannot be said.
        gate_problem: Option<String>,
    },
    /// The gate of a run.
    Gate {
        /// What it would release, and what to know before.
        gate: Box<GateShown>,
    },
    /// A drafted email.
    Email {
        /// The email.
        email: EmailShown,
        /// About which quote.
        quote_id: Option<QuoteId>,
    },
    /// Something a contract of one's own shows.
    Other,
}

/// What a gate would show if the action before it were approved now.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct GatePreview {
    /// The hash of what the gate would show: what approving both at once is bound to.
    pub payload_hash: Sha256,
    /// Whether a check stops the run before it comes to its gate.
    pub blocked: bool,
    /// What the gate would show. Its run id is the one to begin the run under.
    #[serde(flatten)]
    pub gate: GateShown,
}

/// What a run shows at its gate.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct GateShown {
    /// By which rules.
    pub contract: ContractNamed,
    /// Of which run.
    pub run_id: RunId,
    /// The quote it is about, if it is about one.
    pub quote: Option<Quote>,
    /// Prices that would change against the price list of the year.
    pub price_changes: Vec<PriceChange>,
    /// What there is to worry about.
    pub flags: Vec<Flag>,
    /// What the customer owes and may yet order.
    pub exposure: Option<Exposure>,
    /// What every check found.
    pub checks: Vec<CheckResult>,
    /// What every step would do.
    pub releases: Vec<PlannedStep>,
    /// Who is asked.
    pub approver: String,
    /// Whether whoever drafted it may approve it: `allowed` or `refused`.
    pub self_approval: String,
    /// The newest change in the data it rests on.
    pub data_as_of: Option<String>,
}

/// A contract, as it was when it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ContractNamed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The hash of its text.
    pub hash: Sha256,
}

/// A drafted email.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct EmailShown {
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The file it carries.
    pub attachment: Option<Attachment>,
}

/// A file that goes with an email.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Attachment {
    /// Where it is stored.
    pub object: String,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub size: u64,
}

/// A gate's payload as it is stored: a run that is about no quote shows none of what is about one.
#[derive(Deserialize)]
struct GatePayload {
    contract: ContractNamed,
    run_id: RunId,
    quote: Option<Quote>,
    price_changes: Option<Vec<PriceChange>>,
    flags: Option<Vec<Flag>>,
    exposure: Option<Exposure>,
    checks: Vec<CheckResult>,
    releases: Vec<PlannedStep>,
    approver: String,
    self_approval: String,
    data_as_of: Option<String>,
}

impl From<GatePayload> for GateShown {
    fn from(payload: GatePayload) -> Self {
        GateShown {
            contract: payload.contract,
            run_id: payload.run_id,
            quote: payload.quote,
            price_changes: payload.price_changes.unwrap_or_default(),
            flags: payload.flags.unwrap_or_default(),
            exposure: payload.exposure,
            checks: payload.checks,
            releases: payload.releases,
            approver: payload.approver,
            self_approval: payload.self_approval,
            data_as_of: payload.data_as_of,
        }
    }
}

/// A gate's payload in its parts.
pub(super) fn gate_shown(payload: &Value) -> Result<GateShown, DeskError> {
    Ok(GateShown::from(serde_json::from_value::<GatePayload>(payload.clone())?))
}

impl Desk {
    /// What an action shows. A payload that is none of what this program makes is `other`: contracts are data.
    pub(super) fn shows(
        &self,
        db: &Reader<'_>,
        row: &ActionRow,
        payload: &Value,
    ) -> Result<Shows, DeskError> {
        if let Some(email) = payload.get("email") {
            return Ok(match serde_json::from_value(email.clone()) {
                Ok(email) => Shows::Email { email, quote_id: row.quote_id.clone() },
                Err(_) => Shows::Other,
            });
        }
        if payload.get("quote_hash").is_some() {
            let Ok(submission) = serde_json::from_value::<Submission>(payload.clone()) else {
                return Ok(Shows::Other);
            };
            let ahead = match row.status {
                ActionStatus::Pending => self.gate_ahead(db, row),
                _ => Ok(None),
            };
            let (gate, gate_problem) = match ahead {
                Ok(gate) => (gate.map(Box::new), None),
                Err(error) if matches!(error.code, Code::Storage | Code::Busy) => return Err(error),
                Err(error) => (None, Some(error.message)),
            };
            return Ok(Shows::QuoteDraft { submission: Box::new(submission), gate, gate_problem });
        }
        if payload.get("releases").is_some() {
            return Ok(match gate_shown(payload) {
                Ok(gate) => Shows::Gate { gate: Box::new(gate) },
                Err(_) => Shows::Other,
            });
        }
        Ok(Shows::Other)
    }
}
