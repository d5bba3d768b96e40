//! Effects: what makes a planned step real.
//!
//! Owns the registry of handlers, one a kind of step, and the reads a preflight takes. Every handler works
//! inside the caller's transaction, so its rows, its files, its outbox operations and the journal's event
//! are kept together or not at all. Must not send anything anywhere.

use domain::Canonical;
use serde_json::Value;
use store::sandbox::{self, ContractSql, Kind, Limits, SqlError};
use store::{Reader, StoreError, WriteTx};
use workflow::contract::{Contract, Effect};
use workflow::plan::{Document, Documents, PlannedStep, PlannedWrite};
use workflow::rule::Rule;
use workflow::runner::Failure;
use workflow::touchpoints::Handlers;
use workflow::{Context, Planned};

use crate::error::{Code, DeskError};
use crate::live::Live;
use crate::{Desk, close, runs};

mod document;
mod email;
mod push;
mod write;

pub(crate) use document::Renderer;

/// Why an effect did not happen; its transaction was undone.
#[derive(Debug)]
pub(crate) struct Trouble(Failure);

impl Trouble {
    pub fn new(failure: Failure) -> Self {
        Trouble(failure)
    }

    fn permanent(code: &str, message: impl Into<String>) -> Self {
        Trouble(Failure { code: code.to_owned(), message: message.into(), transient: false })
    }

    pub fn failure(self) -> Failure {
        self.0
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        // A full disk or a database held by another process may be better in a second.
        let transient = matches!(error, StoreError::Busy | StoreError::File { .. }) || error.is_passing();
        Trouble(Failure { code: "storage".to_owned(), message: error.to_string(), transient })
    }
}

impl From<SqlError> for Trouble {
    fn from(error: SqlError) -> Self {
        match error {
            SqlError::Store(error) => error.into(),
            other => Trouble::permanent("sql", other.to_string()),
        }
    }
}

impl From<domain::canonical::CanonicalError> for Trouble {
    fn from(error: domain::canonical::CanonicalError) -> Self {
        Trouble::permanent("canonical", error.to_string())
    }
}

/// Carries out one kind of planned step.
type Handler = fn(&Desk, &WriteTx<'_>, &Live, &PlannedStep) -> Result<Value, Trouble>;

/// The handlers there are. A kind that is not here is a stub, and `contract show` says so.
const REGISTRY: &[(&str, Handler)] = &[
    ("d1_write", write::carry_out),
    ("http_call", document::carry_out),
    ("hitl_email_draft", email::stage_draft),
    ("ns_push", push::queue_record),
    ("email_send", push::queue_email),
];

/// Make a planned step real; gives what it made.
pub(crate) fn carry_out(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let handler = REGISTRY.iter().find(|(kind, _)| *kind == planned.kind).map(|(_, handler)| handler);
    match handler {
        Some(handler) => handler(desk, tx, live, planned),
        None => Err(Trouble::permanent("no_handler", format!("nothing carries out {}", planned.kind))),
    }
}

/// Undo a step.
pub(crate) fn undo(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    step: &str,
    writes: &[PlannedWrite],
) -> Result<Value, Trouble> {
    write::execute(desk, tx, live, step, "undo", writes)
}

/// What is registered, for the table of touchpoints.
pub(crate) struct Registered<'a> {
    /// Whether a contract is loaded that a staged action would trigger.
    pub triggers: &'a dyn Fn(&str) -> bool,
}

impl Handlers for Registered<'_> {
    fn duty(&self, name: &str) -> bool {
        name == runs::GATE.0 || close::DUTIES.iter().any(|(duty, _)| *duty == name)
    }

    fn effect(&self, effect: &Effect) -> bool {
        let handled = REGISTRY.iter().any(|(kind, _)| *kind == effect.kind());
        handled
            && match effect {
                Effect::HttpCall { path, body, .. } => document::has_route(path, body),
                Effect::HitlEmailDraft { action_type, .. } => (self.triggers)(action_type.as_str()),
                Effect::D1Write { .. } | Effect::NsPush { .. } | Effect::EmailSend { .. } => true,
            }
    }
}

/// Run a contract's reads and the lookups of its checks, and put them into the context.
pub(crate) fn take_reads(
    db: &Reader<'_>,
    contract: &Contract,
    context: &mut Context<'_>,
    now: &str,
) -> Result<(), DeskError> {
    let failed = |what: &str, error: &SqlError| {
        DeskError::new(
            Code::BadContract,
            format!("{what}: {error}"),
            "Run `fieldquote contract check` on it.",
        )
    };
    for read in &contract.reads {
        let values: Vec<Value> = read.binds.iter().map(|path| context.get(path)).collect();
        let rows = ContractSql::new(Kind::Read, &read.sql, &read.tables)
            .and_then(|sql| sandbox::read(db, &sql, &values, now, Limits::default()))
            .map_err(|error| failed(&read.id, &error))?;
        context.put_read(&read.id, rows);
    }
    for check in &contract.checks {
        let Ok(rule) = check.rule.parse::<Rule>() else { continue };
        for lookup in rule.lookups() {
            let values = context.get(&lookup.values);
            let found = sandbox::lookup(db, &lookup.table, &lookup.column, &values, now)
                .map_err(|error| failed(&check.id, &error))?;
            context.put_lookup(&lookup.table, &lookup.column, found);
        }
    }
    Ok(())
}

/// The quote a run is about, read back from what was approved.
fn quote_of(live: &Live) -> Result<domain::Quote, Trouble> {
    let subject = live.contract.trigger.payload.as_deref().unwrap_or("quote");
    let value = live.context().get(subject);
    serde_json::from_value(value).map_err(|error| Trouble::permanent("payload", error.to_string()))
}

/// The aggregate a run's operations belong to.
pub(crate) fn aggregate(live: &Live) -> String {
    match &live.row.quote_id {
        Some(quote) => format!("quote:{quote}"),
        None => format!("run:{}", live.row.id),
    }
}

/// The canonical text of a value, as a payload.
fn canonical<T: serde::Serialize>(value: &T) -> Result<Canonical, Trouble> {
    Ok(Canonical::of(value)?)
}

/// A planned step of another kind than its handler's: the registry is wrong.
fn mismatched(planned: &PlannedStep) -> Trouble {
    let what = match planned.does {
        Planned::Skip { .. } => "skip",
        Planned::Write { .. } => "write",
        Planned::Document { .. } => "document",
        Planned::EmailDraft { .. } => "email_draft",
        Planned::Push { .. } => "push",
        Planned::Send { .. } => "send",
    };
    Trouble::permanent("no_handler", format!("{} cannot carry out a {what}", planned.kind))
}

impl Documents for Renderer {
    fn render(&self, name: &str, subject: &Value) -> Result<Document, String> {
        self.document(name, subject)
    }
}
