//! Contracts: the ones on the shelf, linting any file, running one by hand.
//!
//! Owns which contracts this program ships and how SQL in them is judged. Must not know what any of them
//! does.

use std::path::Path;

use domain::{Canonical, CustomerId, ItemCode, SchoolYear};
use serde::Serialize;
use serde_json::{Value, json};
use store::sandbox::{ContractSql, Kind, Schema};
use workflow::Contract;
use workflow::context::check_inputs;
use workflow::contract::{Problem, ReadColumns, SqlLint};
use workflow::runner::{Preflight, RunStatus};
use workflow::touchpoints::{Touchpoint, declared_logs, touchpoints};

use crate::compose::{self, Heading};
use crate::effects::Registered;
use crate::error::{Code, DeskError};
use crate::runs::Start;
use crate::submit::Submission;
use crate::{Desk, profile};

const SHIPPED: &[&str] = &[
    include_str!("../../../../contracts/customer_quote.json"),
    include_str!("../../../../contracts/send_quote_to_customer.json"),
];

/// The contracts this program ships, linted when it opens.
pub(crate) struct Shelf {
    contracts: Vec<(Contract, String)>,
}

/// A contract in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ContractListed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// What it does.
    pub summary: String,
    /// The type of the action whose approval starts it.
    pub trigger: String,
    /// How many steps it has.
    pub steps: usize,
}

/// A contract, shown.
#[derive(Debug, Clone, Serialize)]
pub struct ContractShown {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: domain::Sha256,
    /// What it does.
    pub summary: String,
    /// What starts it.
    pub trigger: String,
    /// Its inputs: name, type, whether required.
    pub inputs: Vec<Value>,
    /// Its checks: name, rule, severity.
    pub checks: Vec<Value>,
    /// Risk level and the level from which a person must approve.
    pub risk: Value,
    /// What it declares to record.
    pub logs: Vec<String>,
    /// Its retry policy.
    pub retry: Value,
    /// Where it touches the world.
    pub touchpoints: Vec<Touchpoint>,
}

/// What came of running a contract by hand.
#[derive(Debug, Clone, Serialize)]
pub struct Ran {
    /// The run.
    pub run_id: domain::RunId,
    /// Where it stands.
    pub status: RunStatus,
}

impl Shelf {
    pub(crate) fn load() -> Result<Self, DeskError> {
        let lint = SchemaLint::new()?;
        let load = |text: &&str| match Contract::load(text, &lint) {
            Ok(contract) => Ok((contract, (*text).to_owned())),
            Err(problems) => Err(unsound("a contract this program ships", &problems)),
        };
        Ok(Shelf { contracts: SHIPPED.iter().map(load).collect::<Result<_, _>>()? })
    }

    pub(crate) fn get(&self, name: &str) -> Result<(&Contract, &str), DeskError> {
        let known: Vec<&str> = self.contracts.iter().map(|(contract, _)| contract.name.as_str()).collect();
        let found = self.contracts.iter().find(|(contract, _)| contract.name == name);
        found.map(|(contract, text)| (contract, text.as_str())).ok_or_else(|| {
            DeskError::not_found("contract", name, format!("There are: {}.", known.join(", ")))
        })
    }

    /// The contract that an approved action of this type starts.
    pub(crate) fn triggered_by(&self, action_type: &str) -> Option<(&Contract, &str)> {
        let found =
            self.contracts.iter().find(|(contract, _)| contract.trigger.action_type.as_str() == action_type);
        found.map(|(contract, text)| (contract, text.as_str()))
    }
}

/// Lint a contract file; no profile is needed.
///
/// # Errors
/// `bad_contract` with every problem, each with its path and line.
pub fn check_file(path: &Path) -> Result<ContractListed, DeskError> {
    let (contract, _) = load_file(path)?;
    Ok(listed(&contract))
}

fn load_file(path: &Path) -> Result<(Contract, String), DeskError> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        DeskError::new(
            Code::NotFound,
            format!("{} cannot be read: {error}", path.display()),
            "Name a contract file.",
        )
    })?;
    let contract = Contract::load(&text, &SchemaLint::new()?)
        .map_err(|problems| unsound(&path.display().to_string(), &problems))?;
    Ok((contract, text))
}

/// The contracts this program ships; no profile is needed.
pub fn list() -> Result<Vec<ContractListed>, DeskError> {
    Ok(Shelf::load()?.contracts.iter().map(|(contract, _)| listed(contract)).collect())
}

/// A contract by name, with its touchpoints as they are registered; no profile is needed.
pub fn show(name: &str) -> Result<ContractShown, DeskError> {
    let shelf = Shelf::load()?;
    let (contract, _) = shelf.get(name)?;
    let handlers = Registered { triggers: &|action| shelf.triggered_by(action).is_some() };
    let input = |input: &workflow::contract::Input| json!({ "name": input.name, "type": input.kind, "required": input.required });
    let check = |check: &workflow::contract::Check| json!({ "id": check.id, "rule": check.rule, "severity": check.severity });
    Ok(ContractShown {
        name: contract.name.clone(),
        version: contract.version,
        hash: contract.hash,
        summary: contract.summary.clone(),
        trigger: format!("{}: {}", contract.trigger.kind, contract.trigger.summary),
        inputs: contract.inputs.iter().map(input).collect(),
        checks: contract.checks.iter().map(check).collect(),
        risk: json!({ "level": contract.risk.level, "gate_at": contract.risk.gate_at }),
        logs: declared_logs(contract),
        retry: json!(contract.retry),
        touchpoints: touchpoints(contract, &handlers),
    })
}

impl Desk {
    /// Run a contract by hand: one on the shelf by name, or any file. It stops at its gate like any run.
    pub fn run_contract(&self, name_or_file: &str, input: &Value) -> Result<Ran, DeskError> {
        let loaded;
        let (contract, text) = if name_or_file.ends_with(".json") {
            loaded = load_file(Path::new(name_or_file))?;
            (&loaded.0, loaded.1.as_str())
        } else {
            self.contracts.get(name_or_file)?
        };
        if !contract.is_gated() {
            return Err(DeskError::new(
                Code::NotAllowed,
                format!(
                    "{} has no gate of its own: only an approved {} may start it",
                    contract.name, contract.trigger.action_type
                ),
                "Approve such an action, or raise the contract's risk level to its gate_at and give it a gate.",
            ));
        }
        check_inputs(contract, input)
            .map_err(|error| DeskError::bad_input(&error, "`fieldquote contract show` lists the inputs."))?;
        let run_id = self.store.write(|tx| {
            let (input, trigger) = self.payload_from_inputs(tx, contract, input)?;
            self.begin_run(tx, Start { contract, text, trigger_action: None, input, trigger })
        })?;
        Ok(Ran { status: self.advance(&run_id)?, run_id })
    }

    /// What a run of a contract would find and do, without beginning one.
    pub fn preflight_contract(
        &self,
        name: &str,
        input: &Value,
        trigger: &Value,
    ) -> Result<Preflight, DeskError> {
        let (contract, _) = self.contracts.get(name)?;
        self.store.read(|db| self.look(db, contract, "preflight", &self.user, input, trigger))
    }

    /// A contract that is about a quote needs one: it is composed from the inputs, every item one case at
    /// its list price.
    fn payload_from_inputs(
        &self,
        tx: &store::WriteTx<'_>,
        contract: &Contract,
        input: &Value,
    ) -> Result<(Value, Value), DeskError> {
        if contract.trigger.payload.as_deref() != Some("quote") {
            return Ok((input.clone(), Value::Null));
        }
        let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default();
        let wrong = |error: &dyn std::fmt::Display| DeskError::bad_input(error, "Correct the input.");
        let customer: CustomerId = text("customer_id").parse().map_err(|error| wrong(&error))?;
        let year: SchoolYear = text("school_year").parse().map_err(|error| wrong(&error))?;
        let codes = input.get("item_codes").and_then(Value::as_array).cloned().unwrap_or_default();
        let codes: Vec<ItemCode> = codes
            .iter()
            .map(|code| code.as_str().unwrap_or_default().parse().map_err(|error| wrong(&error)))
            .collect::<Result<_, _>>()?;
        let include_pdf = input.get("include_pdf").and_then(Value::as_bool).unwrap_or(false);
        let view = compose::plain_view(&customer, year, &codes, include_pdf, || self.new_id())?;
        let found = compose::find_lines(tx, &view)?;
        let ingredients = compose::gather(tx, &view, &found)?;
        let quote_id = match input.get("quote_id").and_then(Value::as_str) {
            Some(id) => id.parse().map_err(|error| wrong(&error))?,
            None => {
                let number = store::settings::next_number(tx, profile::QUOTE_COUNTER, &self.now())?;
                domain::QuoteId::allocate(year, &profile::device_tag(tx)?, number)
            }
        };
        let company = profile::company(tx)?;
        let heading = Heading {
            id: &quote_id,
            revision_of: None,
            issued_on: self.today(),
            prepared_by: &self.user,
            company: &company,
        };
        let (quote, worries) = compose::compose(&view, &ingredients, &heading)?;
        let draft_id: domain::DraftId = self.new_id()?;
        let submission = Submission::of(draft_id, Vec::new(), self.weighed(tx, quote, &found, worries)?)?;
        let mut trigger = serde_json::to_value(&submission)?;
        if let Some(fields) = trigger.as_object_mut() {
            fields.remove("draft_id");
        }
        let trigger: Value = Canonical::of(&trigger)?.read()?;
        let mut input = input.clone();
        if let Some(fields) = input.as_object_mut() {
            fields.insert("quote_id".to_owned(), json!(quote_id));
            fields.insert("include_pdf".to_owned(), json!(include_pdf));
        }
        Ok((input, trigger))
    }
}

/// Judges a contract's SQL against the schema of this program.
struct SchemaLint(Schema);

impl SchemaLint {
    fn new() -> Result<Self, DeskError> {
        Ok(SchemaLint(Schema::blank()?))
    }

    fn counted(sql: &ContractSql, binds: usize) -> Result<(), String> {
        let placeholders = sql.binds().len();
        if placeholders == binds {
            return Ok(());
        }
        Err(format!("the SQL has {placeholders} placeholders but {binds} binds are given"))
    }
}

impl SqlLint for SchemaLint {
    fn read(&self, sql: &str, tables: &[String], binds: usize) -> Result<ReadColumns, String> {
        let sql = ContractSql::new(Kind::Read, sql, tables).map_err(|error| error.to_string())?;
        Self::counted(&sql, binds)?;
        let shape = self.0.check(&sql).map_err(|error| error.to_string())?;
        let numeric = |declared: &Option<String>| declared.as_deref() == Some("INTEGER");
        Ok(shape.columns.into_iter().map(|column| (column.name, numeric(&column.declared_type))).collect())
    }

    fn write(&self, sql: &str, table: &str, reads: &[String], binds: usize) -> Result<(), String> {
        let sql = ContractSql::write(sql, table, reads).map_err(|error| error.to_string())?;
        Self::counted(&sql, binds)?;
        self.0.check(&sql).map(|_| ()).map_err(|error| error.to_string())
    }

    fn has_column(&self, table: &str, column: &str) -> bool {
        self.0.has_column(table, column)
    }
}

fn listed(contract: &Contract) -> ContractListed {
    ContractListed {
        name: contract.name.clone(),
        version: contract.version,
        summary: contract.summary.clone(),
        trigger: contract.trigger.action_type.to_string(),
        steps: contract.steps.len(),
    }
}

fn unsound(what: &str, problems: &[Problem]) -> DeskError {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    DeskError::new(
        Code::BadContract,
        format!("{what} is not sound:\n  {}", all.join("\n  ")),
        "Mend what is named; `contracts/workflow.schema.json` describes every field.",
    )
}
