//! From text to a contract, or to everything that is wrong with the text.
//!
//! Owns parsing and the schema. Must not stop at the first problem of a kind: whoever writes a contract
//! wants them all, each with its place.

use std::fmt;

use domain::Canonical;
use jsonschema::error::ValidationErrorKind;
use serde::Serialize;
use serde_json::Value;

use super::lint::{self, SqlLint};
use super::locate::line_of;
use super::Contract;

const SCHEMA: &str = include_str!("../../../../../contracts/workflow.schema.json");

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
        write!(f, "line {}, {}: {}", self.line, if self.path.is_empty() { "/" } else { &self.path }, self.message)
    }
}

impl Contract {
    /// Read a contract and lint it; `sql` judges its statements against the device's schema.
    ///
    /// # Errors
    /// Every problem found, in the order of the file.
    pub fn load(text: &str, sql: &dyn SqlLint) -> Result<Contract, Vec<Problem>> {
        let contract = Self::parse(text)?;
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

    /// Read a contract that was linted before it was pinned.
    ///
    /// # Errors
    /// What keeps the text from being a contract at all.
    pub fn pinned(text: &str) -> Result<Contract, Vec<Problem>> {
        Self::parse(text)
    }

    fn parse(text: &str) -> Result<Contract, Vec<Problem>> {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            vec![Problem { path: String::new(), line: error.line().max(1), message: format!("not JSON: {error}") }]
        })?;
        let mut problems = schema_problems(text, &value)?;
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.line);
            return Err(problems);
        }
        let whole = |message: String| vec![Problem { path: String::new(), line: 1, message }];
        let hash = Canonical::of(&value).map_err(|error| whole(error.to_string()))?.hash();
        let mut contract: Contract =
            serde_json::from_value(value).map_err(|error| whole(error.to_string()))?;
        contract.hash = hash;
        Ok(contract)
    }
}

fn schema_problems(text: &str, value: &Value) -> Result<Vec<Problem>, Vec<Problem>> {
    let broken = |message: String| vec![Problem { path: String::new(), line: 1, message }];
    let schema: Value = serde_json::from_str(SCHEMA).map_err(|error| broken(error.to_string()))?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| broken(error.to_string()))?;
    let problems = validator.iter_errors(value).map(|error| {
        let mut path = error.instance_path().to_string();
        let mut message = error.to_string();
        if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
            // Point at the misspelt name itself rather than at the object around it.
            if let Some(name) = unexpected.first() {
                path = format!("{path}/{name}");
            }
            message = format!("unknown field: {}", unexpected.join(", "));
        }
        Problem { line: line_of(text, &path), path, message: shortened(&message) }
    });
    let mut problems: Vec<Problem> = problems.collect();
    problems.dedup();
    Ok(problems)
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
