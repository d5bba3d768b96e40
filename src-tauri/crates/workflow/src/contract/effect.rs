//! What a step of a contract does to the world.
//!
//! Owns the kinds of effects and their fields. Must not carry one out: the caller's handlers do.
#![allow(clippy::disallowed_types)] // serde's code for a flattened field names floats; no field here is one

use domain::ActionType;
use serde::{Deserialize, Serialize};

/// One effect.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Step {
    /// Its name, stable over versions.
    pub id: String,
    /// When it applies; always, without a rule.
    pub when: Option<String>,
    /// What follows when its attempts are used up.
    #[serde(default)]
    pub on_error: OnError,
    /// What it does.
    #[serde(flatten)]
    pub effect: Effect,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Writes rows, here at once and in D1 after sync.
    D1Write {
        /// The statements, in order.
        writes: Vec<Write>,
        /// What undoes them.
        #[serde(default)]
        compensate: Vec<Write>,
    },
    /// Makes a document and sends it through a route of the central to R2.
    HttpCall {
        /// The verb.
        method: String,
        /// The route.
        path: String,
        /// The document to make.
        body: String,
        /// Where it is stored, a template.
        artifact: String,
    },
    /// Stages an email for a person to edit and approve.
    HitlEmailDraft {
        /// The type of the staged action.
        action_type: ActionType,
        /// Recipient, a template.
        to: String,
        /// Subject, a template.
        subject: String,
        /// Body, a template.
        body: String,
        /// The step whose artifact is attached.
        attach: Option<String>,
    },
    /// Queues a record for NetSuite.
    NsPush {
        /// The record type.
        record: String,
        /// The queue.
        queue: String,
        /// What is sent.
        payload: String,
    },
    /// Queues an approved email.
    EmailSend {
        /// The queue.
        queue: String,
        /// The object that holds the message.
        message: String,
    },
}

impl Effect {
    /// The word used in contracts and tables.
    pub fn kind(&self) -> &'static str {
        match self {
            Effect::D1Write { .. } => "d1_write",
            Effect::HttpCall { .. } => "http_call",
            Effect::HitlEmailDraft { .. } => "hitl_email_draft",
            Effect::NsPush { .. } => "ns_push",
            Effect::EmailSend { .. } => "email_send",
        }
    }
}

/// One statement that changes one table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Write {
    /// What it does, as the approver reads it.
    pub label: String,
    /// The only table it may change.
    pub table: String,
    /// Other tables it looks at.
    #[serde(default)]
    pub reads: Vec<String>,
    /// The list object it is repeated over.
    pub for_each: Option<String>,
    /// The statement.
    pub sql: String,
    /// What its placeholders stand for.
    pub binds: Vec<String>,
}

/// What follows when a step's attempts are used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OnError {
    /// What went before is undone and the run fails.
    #[default]
    #[serde(rename = "compensate")]
    Compensate,
    /// A person is alerted and the run goes on.
    #[serde(rename = "retry_3_then_alert")]
    RetryThenAlert,
}
