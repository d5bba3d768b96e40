//! What the schema cannot say: names that exist, rules that type-check, statements that stay in bounds.
//!
//! Owns the judgement of a whole contract. Must not touch a database: [`SqlLint`] does, for the caller.

use std::collections::BTreeSet;

use super::{Contract, Effect, LogAction, Read, Type, Verify};
use crate::rule::{Scalar, is_word};
use paths::Turns;

mod paths;
mod steps;

/// The columns a SELECT gives, with whether each is numeric in the schema.
pub type ReadColumns = Vec<(String, bool)>;

/// Judges SQL against the device's schema.
pub trait SqlLint {
    /// The columns of a SELECT that touches only `tables` and has `binds` placeholders.
    ///
    /// # Errors
    /// What is wrong with the statement, in words.
    fn read(&self, sql: &str, tables: &[String], binds: usize) -> Result<ReadColumns, String>;

    /// Whether a statement changes only `table`, looks only at `reads` beside it and has `binds` placeholders.
    ///
    /// # Errors
    /// What is wrong with the statement, in words.
    fn write(&self, sql: &str, table: &str, reads: &[String], binds: usize) -> Result<(), String>;

    /// Whether there is such a column.
    fn has_column(&self, table: &str, column: &str) -> bool;
}

/// Every problem of a contract, each with its JSON pointer.
pub(super) fn lint(contract: &Contract, sql: &dyn SqlLint) -> Vec<(String, String)> {
    let mut lint = Lint { contract, sql, reads_taken: 0, columns: Vec::new(), found: Vec::new() };
    lint.names();
    lint.trigger();
    lint.reads();
    for (n, check) in contract.checks.iter().enumerate() {
        lint.rule(&format!("/checks/{n}/rule"), &check.rule, &[]);
    }
    lint.gate();
    lint.steps();
    lint.logs();
    lint.verification();
    lint.retry();
    lint.found
}

struct Lint<'a> {
    contract: &'a Contract,
    sql: &'a dyn SqlLint,
    /// How many reads have been taken at the place that is looked at: later ones have no rows yet.
    reads_taken: usize,
    columns: Vec<(&'a Read, ReadColumns)>,
    found: Vec<(String, String)>,
}

impl<'a> Lint<'a> {
    fn say(&mut self, path: &str, message: impl Into<String>) {
        self.found.push((path.to_owned(), message.into()));
    }

    fn names(&mut self) {
        let contract = self.contract;
        let mut seen = BTreeSet::from(["input", "trigger", "run", "row"]);
        let inputs =
            contract.inputs.iter().enumerate().map(|(n, i)| (format!("/inputs/{n}/name"), i.name.as_str()));
        let reads = contract.reads.iter().enumerate().map(|(n, r)| (format!("/reads/{n}/id"), r.id.as_str()));
        let objects = contract.objects.keys().map(|name| (format!("/objects/{name}"), name.as_str()));
        for (path, name) in inputs.chain(reads).chain(objects).collect::<Vec<_>>() {
            if !seen.insert(name) {
                self.say(&path, format!("the name {name} is taken"));
            }
            if is_word(name) {
                self.say(&path, format!("{name} is a word of the rules and cannot be a name"));
            }
        }
        let ids = |kind: &str, ids: Vec<&str>| -> Vec<(String, String)> {
            let mut seen = BTreeSet::new();
            let twice = ids.into_iter().enumerate().filter(|(_, id)| !seen.insert(*id));
            twice.map(|(n, id)| (format!("/{kind}/{n}/id"), format!("the id {id} is used twice"))).collect()
        };
        self.found.extend(ids("checks", contract.checks.iter().map(|c| c.id.as_str()).collect()));
        self.found.extend(ids("steps", contract.steps.iter().map(|s| s.id.as_str()).collect()));
        self.found.extend(ids("logs", contract.logs.iter().map(|l| l.id.as_str()).collect()));
        self.found.extend(ids("verify", contract.verify.iter().map(Verify::id).collect()));
    }

    fn trigger(&mut self) {
        let contract = self.contract;
        if let Some(payload) = &contract.trigger.payload
            && !contract.objects.contains_key(payload)
        {
            self.say("/trigger/payload", format!("there is no object {payload}"));
        }
        for (name, path) in &contract.trigger.inputs {
            if let Err(message) = self.trigger_input(name, path) {
                self.say(&format!("/trigger/inputs/{name}"), message);
            }
        }
        if contract.trigger.payload.is_some() || !contract.trigger.inputs.is_empty() {
            for (n, input) in contract.inputs.iter().enumerate() {
                if input.required && !contract.trigger.inputs.contains_key(&input.name) {
                    let message =
                        format!("the required input {} is found nowhere in the payload", input.name);
                    self.say(&format!("/inputs/{n}"), message);
                }
            }
        }
        for (name, object) in &contract.objects {
            if !object.from.starts_with("trigger.") {
                self.say(
                    &format!("/objects/{name}/from"),
                    "an object is part of the trigger's payload: trigger.…",
                );
            }
            for (margin, (price, cost)) in &object.margins {
                for field in [price, cost] {
                    if object.fields.get(field) != Some(&Type::Money) {
                        self.say(
                            &format!("/objects/{name}/margins/{margin}"),
                            format!("{field} is not a money field of {name}"),
                        );
                    }
                }
            }
        }
    }

    fn trigger_input(&self, name: &str, path: &str) -> Result<(), String> {
        let inputs = &self.contract.inputs;
        let input = inputs.iter().find(|input| input.name == name).ok_or_else(|| {
            let known: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
            format!("there is no input {name}; there are {}", known.join(", "))
        })?;
        let root = path.split('.').next().unwrap_or(path);
        if root != "trigger" && !self.contract.objects.contains_key(root) {
            return Err(format!("{path} is not part of the payload: name a declared object or trigger.…"));
        }
        let shape = self.shape(path)?;
        // The lint does not know what is behind `trigger.…`; the run checks its inputs.
        if shape.scalar == Scalar::Opaque {
            return Ok(());
        }
        if shape.many != (input.kind == Type::TextList) {
            return Err(format!("{path} and the input {name} are not both a list"));
        }
        if shape.scalar != paths::scalar_of(input.kind) {
            return Err(format!(
                "{path} is {}, the input {name} is {}",
                shape.scalar,
                paths::scalar_of(input.kind)
            ));
        }
        Ok(())
    }

    fn reads(&mut self) {
        for (n, read) in self.contract.reads.iter().enumerate() {
            self.reads_taken = n;
            self.binds(&format!("/reads/{n}/binds"), &read.binds, Turns::Read);
            match self.sql.read(&read.sql, &read.tables, read.binds.len()) {
                Err(message) => self.say(&format!("/reads/{n}/sql"), message),
                Ok(columns) => {
                    for column in read.types.keys() {
                        if !columns.iter().any(|(known, _)| known == column) {
                            self.say(
                                &format!("/reads/{n}/types/{column}"),
                                format!("the statement gives no column {column}"),
                            );
                        }
                    }
                    self.columns.push((read, columns));
                }
            }
        }
        self.reads_taken = self.contract.reads.len();
    }

    fn gate(&mut self) {
        match &self.contract.gate {
            None if self.contract.is_gated() => self.say(
                "/risk/level",
                format!(
                    "risk level {} reaches {}, so a gate is needed",
                    self.contract.risk.level, self.contract.risk.gate_at
                ),
            ),
            None => {}
            Some(gate) => {
                self.template("/gate/key", &gate.key);
                self.template("/gate/summary", &gate.summary);
                if !gate.key.contains("{run.id}") {
                    self.say("/gate/key", "the key must name the run: {run.id}");
                }
                if gate.action_type == self.contract.trigger.action_type {
                    let message = format!("approving {} would start this contract again", gate.action_type);
                    self.say("/gate/action_type", message);
                }
                if !self.contract.is_gated() {
                    let risk = self.contract.risk;
                    let message = format!(
                        "risk level {} does not reach {}, so nobody would be asked",
                        risk.level, risk.gate_at
                    );
                    self.say("/gate", message);
                }
            }
        }
    }

    fn logs(&mut self) {
        let contract = self.contract;
        let mut seen = BTreeSet::new();
        if contract.reflexion_enabled {
            seen.insert(Some(contract.name.as_str()));
        }
        for (n, log) in contract.logs.iter().enumerate() {
            match (log.action, &log.tags) {
                (LogAction::ReflexionLog, None) => self.say(&format!("/logs/{n}"), "a narrative needs tags"),
                (LogAction::WorkflowRuns, Some(_)) => {
                    self.say(&format!("/logs/{n}/tags"), "a run's row has no tags");
                }
                (_, Some(tags)) => self.template(&format!("/logs/{n}/tags"), tags),
                (_, None) => {}
            }
            // Both tables keep one row a run, the narrative one for its tags.
            if !seen.insert(log.tags.as_deref()) {
                self.say(&format!("/logs/{n}"), "this row is recorded already");
            }
        }
    }

    fn retry(&mut self) {
        let retry = self.contract.retry;
        if retry.cap_ms < retry.base_ms {
            let message = format!("the cap of {} ms is below the base of {} ms", retry.cap_ms, retry.base_ms);
            self.say("/retry/cap_ms", message);
        }
    }

    fn verification(&mut self) {
        for (n, verify) in self.contract.verify.iter().enumerate() {
            let at = format!("/verify/{n}");
            let step = verify.step().map(|step| (step, self.contract.step(step)));
            if let Some((step, None)) = step {
                self.say(&format!("{at}/step"), self.no_step(step));
            }
            match verify {
                Verify::Object { object, .. } => {
                    if let Some((step, Some(found))) = step
                        && !matches!(found.effect, Effect::HttpCall { .. })
                    {
                        self.say(&format!("{at}/step"), format!("{step} makes no document"));
                    }
                    self.template(&format!("{at}/object"), object);
                }
                Verify::Row { tables, sql, binds, rule, .. } => {
                    self.binds(&format!("{at}/binds"), binds, Turns::Read);
                    match self.sql.read(sql, tables, binds.len()) {
                        Err(message) => self.say(&format!("{at}/sql"), message),
                        Ok(columns) => {
                            self.rule(&format!("{at}/rule"), rule, &columns);
                            self.no_lookup(&format!("{at}/rule"), rule);
                        }
                    }
                }
            }
        }
    }

    fn no_step(&self, step: &str) -> String {
        let known: Vec<&str> = self.contract.steps.iter().map(|step| step.id.as_str()).collect();
        format!("there is no step {step}; there are {}", known.join(", "))
    }
}
