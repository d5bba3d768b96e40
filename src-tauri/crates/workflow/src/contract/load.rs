//! From text to a contract, or to everything that is wrong with the text.
//!
//! Owns parsing and the schema. Must not stop at the first problem of a kind: whoever writes a contract
//! wants them all, each with its place.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use domain::Canonical;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde::Serialize;
use serde_json::Value;

use super::Contract;
use super::lint::{self, SqlLint};
use super::locate::{escaped, line_of, oddities};

const SCHEMA: &str = include_str!("../../../../../contracts/workflow.schema.json");

/// Compiled once: every run reads its pinned contract again.
static COMPILED: LazyLock<Result<(Value, Validator), String>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    Ok((schema, validator))
});

/// One thing that is wrong with a contract, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// JSON pointer into the file.
    pub path: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, {}: {}",
            self.line,
            if self.path.is_empty() { "/" } else { &self.path },
            self.message
        )
    }
}

impl Contract {
    /// Read a contract and lint it; `sql` judges its statements against the device's schema.
    ///
    /// # Errors
    /// Every problem found, in the order of the file.
    pub fn load(text: &str, sql: &dyn SqlLint) -> Result<Contract, Vec<Problem>> {
        let contract = Self::parse(text, true)?;
        let found = lint::lint(&contract, sql);
        if found.is_empty() {
            return Ok(contract);
        }
        let mut problems: Vec<Problem> = found
            .into_iter()
            .map(|(path, message)| Problem { line: line_of(text, &path), path, message })
            .collect();
        problems.sort_by_key(|problem| problem.line);
        Err(problems)
    }

    /// Read a contract that was linted before it was pinned. Today's schema may ask more of a contract than
    /// it did then; a run under way keeps its own.
    ///
    /// # Errors
    /// What keeps the text from being a contract at all.
    pub fn pinned(text: &str) -> Result<Contract, Vec<Problem>> {
        Self::parse(text, false)
    }

    fn parse(text: &str, against_schema: bool) -> Result<Contract, Vec<Problem>> {
        let value: Value = serde_json::from_str(text).map_err(|error| vec![not_json(&error)])?;
        if against_schema {
            Self::stands_up_to_schema(text, &value)?;
        }
        let whole = |message: String| vec![Problem { path: String::new(), line: 1, message }];
        let hash = Canonical::of(&value).map_err(|error| whole(error.to_string()))?.hash();
        let mut contract: Contract =
            serde_json::from_value(value).map_err(|error| whole(error.to_string()))?;
        contract.hash = hash;
        Ok(contract)
    }

    fn stands_up_to_schema(text: &str, value: &Value) -> Result<(), Vec<Problem>> {
        let odd = oddities(text).into_iter().map(|(path, line, message)| Problem { path, line, message });
        let mut problems: Vec<Problem> = odd.chain(schema_problems(text, value)?).collect();
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by_key(|problem| problem.line);
        Err(problems)
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    let words = error.to_string();
    let what = words.split_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    Problem {
        path: String::new(),
        line: error.line().max(1),
        message: format!("not JSON: {what} at column {}", error.column()),
    }
}

fn schema_problems(text: &str, value: &Value) -> Result<Vec<Problem>, Vec<Problem>> {
    let broken = |message: &String| vec![Problem { path: String::new(), line: 1, message: message.clone() }];
    let (schema, validator) = COMPILED.as_ref().map_err(broken)?;
    let mut found: Vec<(String, String)> = Vec::new();
    let mut without_kind: Vec<String> = Vec::new();
    for error in validator.iter_errors(value) {
        let path = error.instance_path().to_string();
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known = known_fields(schema, error.schema_path().as_str());
                // Point at each misspelt name itself rather than at the object around it.
                found.extend(unexpected.iter().map(|name| {
                    let message = format!("unknown field {name}; there are {known}");
                    (format!("{path}/{}", escaped(name)), message)
                }));
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                if name == "kind" {
                    without_kind.push(path.clone());
                }
                found.push((path, format!("the field {name} is missing")));
            }
            ValidationErrorKind::Enum { options } => {
                let options: Vec<String> = options.as_array().into_iter().flatten().map(word).collect();
                found.push((path, format!("{} is none of {}", word(error.instance()), options.join(", "))));
            }
            ValidationErrorKind::Pattern { pattern } if is_pattern(schema, "identifier", pattern) => {
                let rule = "up to 32 lower-case letters, digits and _, a letter first";
                found.push((path, format!("{} is no name: {rule}", word(error.instance()))));
            }
            ValidationErrorKind::Pattern { pattern } if is_pattern(schema, "path", pattern) => {
                found
                    .push((path, format!("{} is no path such as quote.customer.id", word(error.instance()))));
            }
            _ => found.push((path, shortened(&error.to_string()))),
        }
    }
    // Without its kind, a step or a verification is held against every kind there is: one line is enough.
    let speaks = |(path, message): &(String, String)| {
        let within =
            without_kind.iter().any(|around| path == around || path.starts_with(&format!("{around}/")));
        !within || message == "the field kind is missing"
    };
    found.retain(speaks);
    let mut seen = BTreeSet::new();
    found.retain(|problem| seen.insert(problem.clone()));
    Ok(found
        .into_iter()
        .map(|(path, message)| Problem { line: line_of(text, &path), path, message })
        .collect())
}

fn is_pattern(schema: &Value, definition: &str, pattern: &str) -> bool {
    schema.pointer(&format!("/$defs/{definition}/pattern")).and_then(Value::as_str) == Some(pattern)
}

/// The fields that the object of an `additionalProperties` takes, as a list.
fn known_fields(schema: &Value, keyword: &str) -> String {
    let around = keyword.rsplit_once('/').map_or("", |(around, _)| around);
    let properties = schema.pointer(&format!("{around}/properties")).and_then(Value::as_object);
    properties
        .map(|fields| fields.keys().map(String::as_str).collect::<Vec<_>>().join(", "))
        .unwrap_or_default()
}

/// A word of a closed list as a person reads it.
fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| shortened(&value.to_string()), |text| format!("“{text}”"))
}

/// A schema error quotes the whole value it is about; a person needs the beginning.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 240;
    if message.chars().count() <= LONGEST {
        return message.to_owned();
    }
    let head: String = message.chars().take(LONGEST / 2).collect();
    let tail: String = message.chars().skip(message.chars().count() - LONGEST / 2).collect();
    format!("{head} … {tail}")
}
