//! The plan: every row, file, email and push a run will cause, before it causes any.
//!
//! Owns turning steps into exactly what an approver is shown. Must not have effects; what it cannot compute
//! from data (a rendered document) it asks of [`Documents`].
#![allow(clippy::disallowed_types)] // serde's code for a flattened field names floats; no field here is one

use domain::{ActionType, Canonical, Sha256};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::contract::{Contract, Effect, Step, Write};
use crate::rule::{Outcome, Rule};
use crate::template;

/// One step, planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlannedStep {
    /// The step.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What it will do.
    #[serde(flatten)]
    pub does: Planned,
}

/// What a step will do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum Planned {
    /// Nothing: its condition does not hold.
    Skip {
        /// The condition.
        reason: String,
    },
    /// Write these rows.
    Write {
        /// Statement by statement.
        writes: Vec<PlannedWrite>,
    },
    /// Make this document and store it.
    Document {
        /// The route it is sent through.
        path: String,
        /// The verb.
        method: String,
        /// Which document.
        body: String,
        /// Where it is stored.
        object: String,
        /// The bytes that were shown.
        sha256: Sha256,
        /// How many bytes.
        size: u64,
        /// How many pages.
        pages: u64,
        /// Characters that no font here covers and that print as a mark instead.
        #[serde(default)]
        replaced: u64,
    },
    /// Stage this email for a person.
    EmailDraft {
        /// The type of the staged action.
        action_type: ActionType,
        /// The email.
        email: Value,
    },
    /// Queue this record.
    Push {
        /// The queue.
        queue: String,
        /// The record type.
        record: String,
        /// What is sent.
        payload: Value,
    },
    /// Queue this approved email.
    Send {
        /// The queue.
        queue: String,
        /// The email.
        message: Value,
    },
}

/// One statement and what is bound to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlannedWrite {
    /// What it does, in words.
    pub label: String,
    /// The table it changes.
    pub table: String,
    /// Other tables it looks at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<String>,
    /// The statement.
    pub sql: String,
    /// What each placeholder stands for.
    pub binds: Vec<String>,
    /// The values, an execution a row.
    pub rows: Vec<Vec<Value>>,
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Hash of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub size: u64,
    /// How many pages.
    pub pages: u64,
    /// Characters that no font here covers and that print as a mark instead.
    pub replaced: u64,
}

/// Makes the documents a plan mentions.
pub trait Documents {
    /// The document called `name`, of the trigger's payload object.
    ///
    /// # Errors
    /// Why it cannot be made, in words.
    fn render(&self, name: &str, subject: &Value) -> Result<Document, String>;
}

/// The plan cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("step {step}: {message}")]
pub struct PlanError {
    /// At which step.
    pub step: String,
    /// Why.
    pub message: String,
}

/// Plan every step of a contract.
///
/// # Errors
/// The first step that cannot be planned.
pub fn plan(context: &Context<'_>, documents: &dyn Documents) -> Result<Vec<PlannedStep>, PlanError> {
    let contract = context.contract();
    let mut planned: Vec<PlannedStep> = Vec::new();
    for step in &contract.steps {
        let does = plan_step(contract, step, context, documents, &planned)
            .map_err(|message| PlanError { step: step.id.clone(), message })?;
        planned.push(PlannedStep { id: step.id.clone(), kind: step.effect.kind().to_owned(), does });
    }
    Ok(planned)
}

/// Statements with their values, for the steps' writes and for their compensations.
pub fn plan_writes(writes: &[Write], context: &Context<'_>) -> Vec<PlannedWrite> {
    let rows_of = |write: &Write| match &write.for_each {
        None => vec![write.binds.iter().map(|path| bindable(context.get(path))).collect()],
        Some(list) => {
            let elements = context.elements(list);
            let row = |element: &Value| {
                write
                    .binds
                    .iter()
                    .map(|path| bindable(context.get_within(path, Some((list, element)))))
                    .collect()
            };
            elements.iter().map(row).collect()
        }
    };
    let one = |write: &Write| PlannedWrite {
        label: write.label.clone(),
        table: write.table.clone(),
        reads: write.reads.clone(),
        sql: write.sql.clone(),
        binds: write.binds.clone(),
        rows: rows_of(write),
    };
    writes.iter().map(one).collect()
}

/// A value as it is bound: an object goes in as its canonical text, so what was shown is what is stored.
fn bindable(value: Value) -> Value {
    match &value {
        Value::Object(_) => {
            Canonical::of(&value).map_or(Value::Null, |text| Value::String(text.as_str().to_owned()))
        }
        _ => value,
    }
}

fn plan_step(
    contract: &Contract,
    step: &Step,
    context: &Context<'_>,
    documents: &dyn Documents,
    earlier: &[PlannedStep],
) -> Result<Planned, String> {
    if let Some(when) = &step.when {
        let rule: Rule = when.parse().map_err(|error: crate::rule::RuleError| error.to_string())?;
        if rule.evaluate(context).outcome != Outcome::Passed {
            return Ok(Planned::Skip { reason: format!("only when {when}") });
        }
    }
    let fill = |text: &str| template::fill(text, context).map_err(|error| error.to_string());
    let subject = || contract.trigger.payload.as_ref().map_or(Value::Null, |object| context.get(object));
    match &step.effect {
        Effect::D1Write { writes, .. } => Ok(Planned::Write { writes: plan_writes(writes, context) }),
        Effect::HttpCall { method, path, body, artifact } => {
            let document = documents.render(body, &subject())?;
            Ok(Planned::Document {
                path: path.clone(),
                method: method.clone(),
                body: body.clone(),
                object: fill(artifact)?,
                sha256: document.sha256,
                size: document.size,
                pages: document.pages,
                replaced: document.replaced,
            })
        }
        Effect::HitlEmailDraft { action_type, to, subject: title, body, attach } => {
            let attachment = attach.as_ref().and_then(|step| {
                earlier.iter().find(|planned| planned.id == *step).and_then(|planned| match &planned.does {
                    Planned::Document { object, sha256, size, .. } => {
                        Some(json!({ "object": object, "sha256": sha256, "size": size }))
                    }
                    _ => None,
                })
            });
            let subject = subject();
            let email = json!({
                "quote_id": subject.get("id"),
                "customer_id": subject.pointer("/customer/id"),
                "to": fill(to)?,
                "subject": fill(title)?,
                "body": fill(body)?,
                "attachment": attachment,
            });
            Ok(Planned::EmailDraft { action_type: action_type.clone(), email })
        }
        Effect::NsPush { record, queue, .. } => Ok(Planned::Push {
            queue: queue.clone(),
            record: record.clone(),
            payload: quote_with_lines(&subject()),
        }),
        Effect::EmailSend { queue, message } => {
            Ok(Planned::Send { queue: queue.clone(), message: context.get(message) })
        }
    }
}

/// The quote as it leaves the house: everything but what it costs us.
fn quote_with_lines(quote: &Value) -> Value {
    let mut quote = quote.clone();
    if let Some(lines) = quote.get_mut("lines").and_then(Value::as_array_mut) {
        for line in lines.iter_mut().filter_map(Value::as_object_mut) {
            line.remove("cost_basis");
        }
    }
    let external_id = quote.get("id").cloned().unwrap_or(Value::Null);
    let fields: Map<String, Value> =
        [("external_id".to_owned(), external_id), ("quote".to_owned(), quote)].into_iter().collect();
    Value::Object(fields)
}
