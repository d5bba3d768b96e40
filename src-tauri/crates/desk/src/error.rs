//! The errors people and programs see.
//!
//! Owns the stable list of codes: the command line prints them, the window switches on them, and nobody
//! matches on a message. Must stay small: a code is added only when somebody acts on it.

use domain::vocabulary;
use store::StoreError;
use store::keys::KeyError;

vocabulary! {
    /// What went wrong, as a stable word.
    pub enum Code: "an error code" {
        /// The input is malformed or does not fit.
        BadInput = "bad_input",
        /// A row of an import is wrong; nothing was imported.
        BadRow = "bad_row",
        /// There is no such thing.
        NotFound = "not_found",
        /// There is no profile here yet.
        NoProfile = "no_profile",
        /// There is a profile here already.
        ProfileExists = "profile_exists",
        /// The database's key is not to be had.
        KeyMissing = "key_missing",
        /// The database was made by a newer FieldQuote, or is not one.
        SchemaMismatch = "schema_mismatch",
        /// The draft is not complete enough to submit.
        DraftIncomplete = "draft_incomplete",
        /// Two people set one value differently; one must be chosen.
        DraftConflict = "draft_conflict",
        /// The action is not pending any more.
        NotPending = "not_pending",
        /// What the action showed has changed; it was voided and staged anew.
        ActionChanged = "action_changed",
        /// The contract's policy refuses this person.
        NotAllowed = "not_allowed",
        /// The contract is not sound.
        BadContract = "bad_contract",
        /// The state of the thing does not allow it.
        WrongState = "wrong_state",
        /// The record of decisions does not hold together.
        AuditBroken = "audit_broken",
        /// A document cannot be made.
        RenderFailed = "render_failed",
        /// Somebody stopped it; nothing was changed.
        Cancelled = "cancelled",
        /// Another process is busy with the profile.
        Busy = "busy",
        /// The central is not reached; nothing is lost.
        Offline = "offline",
        /// The central cannot answer now; nothing is lost.
        Unavailable = "unavailable",
        /// Somebody must sign in to the central.
        SignInNeeded = "sign_in_needed",
        /// The disk or the database refused.
        Storage = "storage",
    }
}

impl Code {
    /// Whether the caller can mend it by giving other input.
    pub fn is_input(self) -> bool {
        use Code::*;
        matches!(self, BadInput | BadRow | NotFound | BadContract)
    }
}

/// An error with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct DeskError {
    /// The stable word.
    pub code: Code,
    /// What happened, and what was kept.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What caused it.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl DeskError {
    /// An error without a deeper cause.
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        DeskError { code, message: message.into(), hint: hint.into(), source: None }
    }

    /// Something was not found.
    pub fn not_found(what: &str, id: impl std::fmt::Display, hint: impl Into<String>) -> Self {
        Self::new(Code::NotFound, format!("there is no {what} {id}"), hint)
    }

    /// Input that does not read.
    pub fn bad_input(cause: impl std::fmt::Display, hint: impl Into<String>) -> Self {
        Self::new(Code::BadInput, cause.to_string(), hint)
    }

    pub(crate) fn because(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(cause));
        self
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        let (code, hint) = match &error {
            StoreError::Key(key) => (Code::KeyMissing, key_hint(key)),
            StoreError::Migration(_) => (
                Code::SchemaMismatch,
                "Install the newest FieldQuote, or name another folder with --home. Nothing was changed.",
            ),
            StoreError::NoDatabase(_) => {
                (Code::NoProfile, "Run `fieldquote init --sample` to try it with sample data.")
            }
            StoreError::DatabaseExists(_) => {
                (Code::ProfileExists, "Name another folder with --home, or use this one.")
            }
            StoreError::Busy => (Code::Busy, "Wait until the other FieldQuote is done, then try again."),
            _ => (Code::Storage, "Nothing was changed. Run `fieldquote doctor` to see how the profile is."),
        };
        DeskError::new(code, error.to_string(), hint).because(error)
    }
}

/// The way out of each way to be without the key.
fn key_hint(error: &KeyError) -> &'static str {
    match error {
        KeyError::WrongPassphrase => {
            "Check FIELDQUOTE_PASSPHRASE. The recovery key opens the profile too: set FIELDQUOTE_RECOVERY_KEY."
        }
        _ => {
            "Unlock the keyring, set FIELDQUOTE_PASSPHRASE if the profile has one, or set FIELDQUOTE_RECOVERY_KEY \
             to the key printed by `init`. A backup can be restored with `fieldquote restore`."
        }
    }
}

impl From<domain::canonical::CanonicalError> for DeskError {
    fn from(error: domain::canonical::CanonicalError) -> Self {
        DeskError::new(
            Code::Storage,
            format!("stored data does not read: {error}"),
            "Run `fieldquote doctor`.",
        )
        .because(error)
    }
}

impl From<serde_json::Error> for DeskError {
    fn from(error: serde_json::Error) -> Self {
        DeskError::new(
            Code::Storage,
            format!("stored data does not read: {error}"),
            "Run `fieldquote doctor`.",
        )
        .because(error)
    }
}

impl From<domain::money::MoneyError> for DeskError {
    fn from(error: domain::money::MoneyError) -> Self {
        DeskError::bad_input(error, "Amounts go up to 999,999,999,999.9999 dollars.")
    }
}
