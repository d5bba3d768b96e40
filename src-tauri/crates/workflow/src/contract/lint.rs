//! What the schema cannot say: names that exist, rules that type-check, statements that stay in bounds.
//!
//! Owns the judgement of a whole contract. Must not touch a database: [`SqlLint`] does, for the caller.

use std::collections::BTreeSet;


use super::{Contract, Effect, Read, Rows, Type, Verify, Write};
use crate::rule::{Rule, Scalar, Scope, Shape};
use crate::template::{self, Part};

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
    let mut lint = Lint { contract, sql, columns: Vec::new(), found: Vec::new() };
    lint.names();
    lint.trigger();
    lint.reads();
    for (n, check) in contract.checks.iter().enumerate() {
        lint.rule(&format!("/checks/{n}/rule"), &check.rule, &[]);
    }
    lint.gate();
    lint.steps();
    lint.records();
    lint.verification();
    lint.found
}

struct Lint<'a> {
    contract: &'a Contract,
    sql: &'a dyn SqlLint,
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
        let inputs = contract.inputs.iter().enumerate().map(|(n, i)| (format!("/inputs/{n}/name"), i.name.as_str()));
        let reads = contract.reads.iter().enumerate().map(|(n, r)| (format!("/reads/{n}/id"), r.id.as_str()));
        let objects = contract.objects.keys().map(|name| (format!("/objects/{name}"), name.as_str()));
        for (path, name) in inputs.chain(reads).chain(objects).collect::<Vec<_>>() {
            if !seen.insert(name) {
                self.say(&path, format!("the name {name} is taken"));
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
            let pointer = format!("/trigger/inputs/{name}");
            match contract.inputs.iter().find(|input| input.name == *name) {
                None => self.say(&pointer, format!("there is no input {name}")),
                Some(input) => match self.shape(path) {
                    Err(message) => self.say(&pointer, message),
                    Ok(shape) if shape.many != (input.kind == Type::TextList) => {
                        self.say(&pointer, format!("{path} and the input {name} are not both a list"));
                    }
                    Ok(_) => {}
                },
            }
        }
        for (name, object) in &contract.objects {
            if !object.from.starts_with("trigger.") {
                self.say(&format!("/objects/{name}/from"), "an object is part of the trigger's payload: trigger.…");
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

    fn reads(&mut self) {
        for (n, read) in self.contract.reads.iter().enumerate() {
            self.binds(&format!("/reads/{n}/binds"), &read.binds, None);
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
            }
        }
    }

    fn steps(&mut self) {
        for (n, step) in self.contract.steps.iter().enumerate() {
            let at = format!("/steps/{n}");
            if let Some(when) = &step.when {
                self.rule(&format!("{at}/when"), when, &[]);
            }
            match &step.effect {
                Effect::D1Write { writes, compensate } => {
                    self.writes(&format!("{at}/writes"), writes);
                    self.writes(&format!("{at}/compensate"), compensate);
                }
                Effect::HttpCall { artifact, .. } => {
                    self.template(&format!("{at}/artifact"), artifact);
                    self.payload(&at);
                }
                Effect::HitlEmailDraft { to, subject, body, attach, .. } => {
                    self.template(&format!("{at}/to"), to);
                    self.template(&format!("{at}/subject"), subject);
                    self.template(&format!("{at}/body"), body);
                    if let Some(attach) = attach {
                        let earlier = self.contract.steps[..n].iter().find(|step| step.id == *attach);
                        if !matches!(earlier.map(|step| &step.effect), Some(Effect::HttpCall { .. })) {
                            let message = format!("{attach} is no earlier step that makes a document");
                            self.say(&format!("{at}/attach"), message);
                        }
                    }
                    self.payload(&at);
                }
                Effect::NsPush { .. } => self.payload(&at),
                Effect::EmailSend { message, .. } => {
                    if !self.contract.objects.contains_key(message) {
                        self.say(&format!("{at}/message"), format!("there is no object {message}"));
                    }
                }
            }
        }
    }

    fn payload(&mut self, at: &str) {
        if self.contract.trigger.payload.is_none() {
            self.say(at, "the step is about the trigger's payload, and the trigger declares none");
        }
    }

    fn writes(&mut self, at: &str, writes: &[Write]) {
        for (n, write) in writes.iter().enumerate() {
            if let Some(list) = &write.for_each
                && !self.contract.objects.get(list).is_some_and(|object| object.each)
                && !self.contract.reads.iter().any(|read| read.id == *list && read.rows == Rows::Many)
            {
                self.say(&format!("{at}/{n}/for_each"), format!("{list} is no list"));
            }
            self.binds(&format!("{at}/{n}/binds"), &write.binds, write.for_each.as_deref());
            if let Err(message) = self.sql.write(&write.sql, &write.table, &write.reads, write.binds.len()) {
                self.say(&format!("{at}/{n}/sql"), message);
            }
        }
    }

    fn records(&mut self) {
        for (n, log) in self.contract.logs.iter().enumerate() {
            match (log.action, &log.tags) {
                (super::LogAction::ReflexionLog, None) => self.say(&format!("/logs/{n}"), "a narrative needs tags"),
                (super::LogAction::WorkflowRuns, Some(_)) => {
                    self.say(&format!("/logs/{n}/tags"), "a run's row has no tags");
                }
                (_, Some(tags)) => self.template(&format!("/logs/{n}/tags"), tags),
                (_, None) => {}
            }
        }
    }

    fn verification(&mut self) {
        for (n, verify) in self.contract.verify.iter().enumerate() {
            let at = format!("/verify/{n}");
            if let Some(step) = verify.step()
                && self.contract.step(step).is_none()
            {
                self.say(&format!("{at}/step"), format!("there is no step {step}"));
            }
            match verify {
                Verify::Object { object, .. } => self.template(&format!("{at}/object"), object),
                Verify::Row { tables, sql, binds, rule, .. } => {
                    self.binds(&format!("{at}/binds"), binds, None);
                    match self.sql.read(sql, tables, binds.len()) {
                        Err(message) => self.say(&format!("{at}/sql"), message),
                        Ok(columns) => self.rule(&format!("{at}/rule"), rule, &columns),
                    }
                }
            }
        }
    }

    fn rule(&mut self, at: &str, text: &str, row: &[(String, bool)]) {
        let found = match text.parse::<Rule>() {
            Err(error) => Err(error.to_string()),
            Ok(rule) => rule.check(&RuleScope { lint: self, row }),
        };
        if let Err(message) = found {
            self.say(at, message);
        }
    }

    fn template(&mut self, at: &str, text: &str) {
        match template::parts(text) {
            Err(error) => self.say(at, error.to_string()),
            Ok(parts) => {
                for part in parts {
                    if let Part::Path { path, .. } = part
                        && let Err(message) = self.shape(path)
                    {
                        self.say(at, message);
                    }
                }
            }
        }
    }

    fn binds(&mut self, at: &str, binds: &[String], element: Option<&str>) {
        for (n, path) in binds.iter().enumerate() {
            let root = path.split('.').next().unwrap_or(path);
            let inside = element == Some(root);
            match self.shape(path) {
                Err(message) => self.say(&format!("{at}/{n}"), message),
                Ok(shape) if shape.many && !inside && !self.is_text_list(path) => {
                    let message = format!("{path} is a list of rows; repeat the statement with for_each");
                    self.say(&format!("{at}/{n}"), message);
                }
                Ok(_) => {}
            }
        }
    }

    fn is_text_list(&self, path: &str) -> bool {
        let name = path.strip_prefix("input.").unwrap_or(path);
        self.contract.inputs.iter().any(|input| input.name == name && input.kind == Type::TextList)
    }

    fn shape(&self, path: &str) -> Result<Shape, String> {
        let one = |scalar| Ok(Shape { scalar, many: false });
        let (root, rest) = path.split_once('.').map_or((path, None), |(root, rest)| (root, Some(rest)));
        match (root, rest) {
            ("trigger", Some(_)) => return one(Scalar::Opaque),
            ("run", Some("id" | "started_by" | "contract")) => return one(Scalar::Text),
            ("run", _) => return Err("the run has an id, a contract and started_by".to_owned()),
            _ => {}
        }
        let input_name = match (root, rest) {
            ("input", Some(name)) => Some(name),
            (name, None) if self.contract.inputs.iter().any(|input| input.name == name) => Some(name),
            _ => None,
        };
        if let Some(name) = input_name {
            let input = self.contract.inputs.iter().find(|input| input.name == name);
            let input = input.ok_or_else(|| format!("there is no input {name}"))?;
            return Ok(Shape { scalar: scalar_of(input.kind), many: input.kind == Type::TextList });
        }
        if let Some(object) = self.contract.objects.get(root) {
            let Some(field) = rest else {
                return Ok(Shape { scalar: Scalar::Opaque, many: object.each });
            };
            let scalar = match object.fields.get(field) {
                Some(kind) => scalar_of(*kind),
                None if object.margins.contains_key(field) => Scalar::Number,
                None => {
                    let mut known: Vec<&str> = object.fields.keys().map(String::as_str).collect();
                    known.extend(object.margins.keys().map(String::as_str));
                    return Err(format!("{root} has no field {field}; it has {}", known.join(", ")));
                }
            };
            return Ok(Shape { scalar, many: object.each });
        }
        if let Some(read) = self.contract.reads.iter().find(|read| read.id == root) {
            let many = read.rows == Rows::Many;
            let Some(field) = rest else {
                return Ok(Shape { scalar: Scalar::Opaque, many });
            };
            // Without columns the statement itself is wrong, which is said where it stands.
            let Some((_, columns)) = self.columns.iter().find(|(known, _)| known.id == root) else {
                return Ok(Shape { scalar: Scalar::Text, many });
            };
            return Ok(Shape { scalar: column_scalar(root, field, columns, read.types.get(field))?, many });
        }
        Err(format!("nothing is called {root}"))
    }
}

struct RuleScope<'l> {
    lint: &'l Lint<'l>,
    row: &'l [(String, bool)],
}

impl Scope for RuleScope<'_> {
    fn shape(&self, path: &str) -> Result<Shape, String> {
        match path.split_once('.') {
            Some(("row", column)) if !self.row.is_empty() => {
                Ok(Shape { scalar: column_scalar("row", column, self.row, None)?, many: false })
            }
            _ => self.lint.shape(path),
        }
    }

    fn has_column(&self, table: &str, column: &str) -> bool {
        self.lint.sql.has_column(table, column)
    }
}

fn scalar_of(kind: Type) -> Scalar {
    match kind {
        Type::Text | Type::TextList | Type::SchoolYear => Scalar::Text,
        Type::Boolean => Scalar::Boolean,
        Type::Integer | Type::Money => Scalar::Number,
    }
}

fn column_scalar(
    read: &str,
    field: &str,
    columns: &[(String, bool)],
    declared: Option<&Type>,
) -> Result<Scalar, String> {
    let column = columns.iter().find(|(name, _)| name == field).ok_or_else(|| {
        let known: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        format!("{read} has no column {field}; it has {}", known.join(", "))
    })?;
    Ok(match declared {
        Some(kind) => scalar_of(*kind),
        None if column.1 => Scalar::Number,
        None => Scalar::Text,
    })
}
