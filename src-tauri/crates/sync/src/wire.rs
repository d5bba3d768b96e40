//! What goes over the wire, as `contracts/central.openapi.yaml` has it.
//!
//! Owns the shapes. Must tolerate what a newer central adds, and must not decide what an answer means.

use domain::{ActionId, OpId, RunId, Sha256, vocabulary};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An operation as it is sent. Its payload is canonical text, so that its hash is over exact bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpSent {
    /// Its idempotency key.
    pub op_id: OpId,
    /// What it is about; operations of one aggregate are applied in order.
    pub aggregate: String,
    /// What kind of operation.
    pub kind: String,
    /// Of which run.
    pub run_id: Option<RunId>,
    /// Of which step.
    pub step_id: Option<String>,
    /// The operation that must have been applied before: the decision that released it.
    pub after: Option<OpId>,
    /// Whose work it is.
    pub created_by: String,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// Canonical JSON text.
    pub payload: String,
    /// Its SHA-256.
    pub payload_hash: Sha256,
}

vocabulary! {
    /// What became of an operation at the central.
    pub enum Outcome: "an outcome" {
        /// It was carried out.
        Applied = "applied",
        /// It had been answered before; `result` is that answer's.
        Duplicate = "duplicate",
        /// Somebody else's decision stands, for good.
        Conflict = "conflict",
        /// A person must act.
        Rejected = "rejected",
        /// Not now.
        Retry = "retry",
    }
}

/// The central's answer to one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpAnswer {
    /// Which.
    pub op_id: OpId,
    /// What became of it.
    pub outcome: Outcome,
    /// Of a duplicate: what became of it the first time.
    #[serde(default)]
    pub first: Option<Outcome>,
    /// What it made, or what stands instead.
    #[serde(default)]
    pub result: Option<Value>,
    /// A stable word for why not.
    #[serde(default)]
    pub code: Option<String>,
    /// Why not, in a sentence.
    #[serde(default)]
    pub message: Option<String>,
    /// What to do.
    #[serde(default)]
    pub hint: Option<String>,
}

impl OpAnswer {
    /// What became of it in the end: a repeat counts as what it repeats.
    pub fn settled(&self) -> Outcome {
        match self.outcome {
            Outcome::Duplicate => self.first.unwrap_or(Outcome::Applied),
            outcome => outcome,
        }
    }
}

/// The body of a push.
#[derive(Debug, Serialize)]
pub struct Push<'a> {
    /// In the order they are to be applied.
    pub ops: &'a [OpSent],
}

/// The answer to a push.
#[derive(Debug, Deserialize)]
pub struct Pushed {
    /// One an operation.
    pub results: Vec<OpAnswer>,
}

/// What stands at the central instead of what a device wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Which action.
    pub action_id: ActionId,
    /// Where it stands.
    pub status: String,
    /// Who decided.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// When, RFC 3339.
    #[serde(default)]
    pub decided_at: Option<String>,
    /// With which note.
    #[serde(default)]
    pub decision_note: Option<String>,
    /// Why it was voided.
    #[serde(default)]
    pub void_reason: Option<String>,
    /// Who drafted it.
    #[serde(default)]
    pub drafted_by: Option<String>,
}

/// What a device says of itself to be let in.
#[derive(Debug, Serialize)]
pub struct Enrolment<'a> {
    /// The one-time code.
    pub code: &'a str,
    /// SHA-256 of the token the device drew.
    pub token_hash: Sha256,
    /// The device's part of quote numbers.
    pub device_tag: &'a str,
    /// Its Ed25519 key, hex.
    pub public_key: &'a str,
    /// What people call it.
    pub device_name: &'a str,
    /// Whose profile it is; none while it is nobody's.
    pub user_name: Option<&'a str>,
}

/// A person, as the central knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their key.
    pub id: String,
    /// Their name.
    pub name: String,
    /// `rep`, `approver` or `admin`.
    pub role: String,
    /// The territory of a rep.
    #[serde(default)]
    pub sales_rep: Option<String>,
}

/// A device that was let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// Its key at the central.
    pub device_id: String,
    /// Who is signed in.
    pub user: Person,
    /// Until when the token is good, RFC 3339.
    pub token_expires_at: String,
}

/// A request for a fresh token, signed by the device.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRequest {
    /// Which device.
    pub device_id: String,
    /// SHA-256 of the new token.
    pub token_hash: Sha256,
    /// Ed25519 over both, hex.
    pub signature: String,
}

/// The answer to it.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenRenewed {
    /// Until when the new token is good, RFC 3339.
    pub token_expires_at: String,
}

/// One row, named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowName {
    /// Of which table.
    pub table: String,
    /// Its primary key as a canonical JSON array.
    #[serde(with = "key_text")]
    pub key: String,
}

/// Rows asked for, or answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
}

/// A row as it is at the central now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNow {
    /// Of which table.
    pub table: String,
    /// Its primary key, as it was asked for.
    pub key: Value,
    /// Its columns; none when it is gone or not for this person's eyes.
    pub row: Option<Value>,
}

/// An error as the central words it.
#[derive(Debug, Clone, Deserialize)]
pub struct ErrorBody {
    /// The error.
    pub error: ErrorSaid,
}

/// Code, message and hint.
#[derive(Debug, Clone, Deserialize)]
pub struct ErrorSaid {
    /// A stable word.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub hint: String,
}

/// A key is JSON on the wire and its text here.
mod key_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
    use serde_json::Value;

    pub fn serialize<S: Serializer>(key: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<Value>(key).map_err(ser::Error::custom)?.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let value = Value::deserialize(deserializer)?;
        serde_json::to_string(&value).map_err(de::Error::custom)
    }
}
