//! What the paths of a contract can name, in its rules, binds and templates.
//!
//! Owns the type of every path. Must not look a value up.

use super::Lint;
use crate::contract::{Rows, Type};
use crate::rule::{Rule, Scalar, Scope, Shape};
use crate::template::{self, Part};

/// How often a statement is executed, which decides what its binds can be.
#[derive(Clone, Copy)]
pub(super) enum Turns<'c> {
    /// A read: once.
    Read,
    /// A write: once.
    Once,
    /// Once for each element of this list.
    Each(&'c str),
    /// For each element of something that is no list; that is said where it stands.
    Unclear(&'c str),
}

impl Lint<'_> {
    pub(super) fn rule(&mut self, at: &str, text: &str, row: &[(String, bool)]) {
        let found = match text.parse::<Rule>() {
            Err(error) => Err(error.to_string()),
            Ok(rule) => rule.check(&RuleScope { lint: self, row }),
        };
        if let Err(message) = found {
            self.say(at, message);
        }
    }

    pub(super) fn template(&mut self, at: &str, text: &str) {
        match template::parts(text) {
            Err(error) => self.say(at, error.to_string()),
            Ok(parts) => {
                for part in parts {
                    let Part::Path { path, .. } = part else { continue };
                    match self.shape(path) {
                        Err(message) => self.say(at, message),
                        Ok(shape) if shape.many => {
                            self.say(at, format!("{path} is a list; a text takes one value"))
                        }
                        Ok(shape) if shape.scalar == Scalar::Opaque && !path.starts_with("trigger.") => {
                            self.say(at, format!("{path} is an object; name one of its fields"));
                        }
                        Ok(_) => {}
                    }
                }
            }
        }
    }

    /// A text a customer receives: it names no cost and no margin, and nothing whose content is not declared.
    pub(super) fn customer_text(&mut self, at: &str, text: &str) {
        for part in template::parts(text).unwrap_or_default() {
            let Part::Path { path, .. } = part else { continue };
            if path.starts_with("trigger.") {
                self.say(
                    at,
                    format!("{path} is not declared; a customer sees fields of declared objects only"),
                );
            }
            if self.is_confidential(path) {
                self.say(at, format!("{path} is a cost or a margin, which no customer may see"));
            }
        }
    }

    fn is_confidential(&self, path: &str) -> bool {
        let (root, field) = path.split_once('.').unwrap_or(("", path));
        let margins = self.contract.objects.get(root).map(|object| &object.margins);
        let computed = margins.is_some_and(|margins| {
            margins.contains_key(field) || margins.values().any(|(_, cost)| cost == field)
        });
        computed || matches!(path.rsplit('.').next(), Some("cost_basis" | "margin_pct"))
    }

    /// Only the checks' lookups are made, before anything is decided.
    pub(super) fn no_lookup(&mut self, at: &str, text: &str) {
        if text.parse::<Rule>().is_ok_and(|rule| !rule.lookups().is_empty()) {
            self.say(at, "“match” can be asked in a check only");
        }
    }

    pub(super) fn binds(&mut self, at: &str, binds: &[String], turns: Turns<'_>) {
        for (n, path) in binds.iter().enumerate() {
            let root = path.split('.').next().unwrap_or(path);
            let advice = match turns {
                Turns::Each(list) if list == root => self.shape(path).map(|_| ()),
                Turns::Unclear(list) if list == root => Ok(()),
                Turns::Unclear(_) => self.shape(path).map(|_| ()),
                Turns::Each(_) | Turns::Once | Turns::Read => self.one_value(path, turns),
            };
            if let Err(message) = advice {
                self.say(&format!("{at}/{n}"), message);
            }
        }
    }

    fn one_value(&self, path: &str, turns: Turns<'_>) -> Result<(), String> {
        if !self.shape(path)?.many || self.is_text_list(path) {
            return Ok(());
        }
        Err(match turns {
            Turns::Read => format!("{path} is a list of rows; of lists, only an input of texts can be bound"),
            _ => format!("{path} is a list of rows; repeat the statement with for_each"),
        })
    }

    fn is_text_list(&self, path: &str) -> bool {
        let name = path.strip_prefix("input.").unwrap_or(path);
        self.contract.inputs.iter().any(|input| input.name == name && input.kind == Type::TextList)
    }

    pub(super) fn shape(&self, path: &str) -> Result<Shape, String> {
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
            let input = input.ok_or_else(|| {
                let known: Vec<&str> = self.contract.inputs.iter().map(|input| input.name.as_str()).collect();
                format!("there is no input {name}; there are {}", known.join(", "))
            })?;
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
        if let Some(place) = self.contract.reads.iter().position(|read| read.id == root) {
            let read = &self.contract.reads[place];
            if place >= self.reads_taken {
                return Err(format!("{root} is not read yet; a read can use only those before it"));
            }
            let many = read.rows == Rows::Many;
            let Some(field) = rest else {
                return Ok(Shape { scalar: Scalar::Opaque, many });
            };
            // Without columns the statement itself is wrong, which is said where it stands.
            let Some((_, columns)) = self.columns.iter().find(|(known, _)| known.id == root) else {
                return Ok(Shape { scalar: Scalar::Undetermined, many });
            };
            return Ok(Shape { scalar: column_scalar(root, field, columns, read.types.get(field))?, many });
        }
        if root == "row" {
            return Err("row stands for a row in the rule of a verification only".to_owned());
        }
        let inputs = self.contract.inputs.iter().map(|input| input.name.as_str());
        let objects = self.contract.objects.keys().map(String::as_str);
        let reads = self.contract.reads.iter().map(|read| read.id.as_str());
        let known: Vec<&str> = inputs.chain(objects).chain(reads).collect();
        Err(format!("nothing is called {root}; there are {}", known.join(", ")))
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

pub(super) fn scalar_of(kind: Type) -> Scalar {
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
