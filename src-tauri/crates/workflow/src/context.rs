//! What the paths of a contract stand for in one run.
//!
//! Owns the lookup from a path such as `quote.customer.id` to a value. Must not fetch anything: reads and
//! lookups are put in by whoever ran them.

use std::collections::BTreeMap;

use domain::{Margin, Money};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::contract::{Contract, Object, Rows, Type};

/// Everything a run's rules, binds and templates can name.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    contract: &'c Contract,
    input: Value,
    trigger: Value,
    run: Value,
    reads: BTreeMap<String, Value>,
    lookups: BTreeMap<(String, String), Vec<Value>>,
}

/// The inputs do not fit the contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// Inputs have names.
    #[error("the inputs must be an object of names and values")]
    NotAnObject,
    /// A required input is missing.
    #[error("input {0} is required")]
    Missing(String),
    /// There is no such input.
    #[error("there is no input {name}; the contract takes {known}")]
    Unknown {
        /// As given.
        name: String,
        /// What there is.
        known: String,
    },
    /// An input is of another type.
    #[error("input {name} must be {expected}")]
    Wrong {
        /// Which.
        name: String,
        /// What it must be.
        expected: String,
    },
}

impl<'c> Context<'c> {
    /// A context of a run's input and the payload of the action that triggered it.
    pub fn new(contract: &'c Contract, run_id: &str, started_by: &str, input: Value, trigger: Value) -> Self {
        let run = json!({ "id": run_id, "started_by": started_by, "contract": contract.name });
        Context { contract, input, trigger, run, reads: BTreeMap::new(), lookups: BTreeMap::new() }
    }

    /// The contract it is about.
    pub fn contract(&self) -> &'c Contract {
        self.contract
    }

    /// Put in the rows of a read.
    pub fn put_read(&mut self, id: &str, rows: Vec<Value>) {
        let one = self.contract.reads.iter().any(|read| read.id == id && read.rows == Rows::One);
        let value = if one { rows.into_iter().next().unwrap_or(Value::Null) } else { Value::Array(rows) };
        self.reads.insert(id.to_owned(), value);
    }

    /// Put in which of the values asked for are in a column, beside what was found there before.
    pub fn put_lookup(&mut self, table: &str, column: &str, found: Vec<Value>) {
        self.lookups.entry((table.to_owned(), column.to_owned())).or_default().extend(found);
    }

    /// The values found in a column; nothing when nobody looked.
    pub fn lookup(&self, table: &str, column: &str) -> Option<&[Value]> {
        self.lookups.get(&(table.to_owned(), column.to_owned())).map(Vec::as_slice)
    }

    /// All rows of all reads, for the journal.
    pub fn reads(&self) -> Value {
        Value::Object(self.reads.iter().map(|(id, rows)| (id.clone(), rows.clone())).collect())
    }

    /// The value of a path; `Null` when there is none. A field of a list is the list of its values.
    pub fn get(&self, path: &str) -> Value {
        self.get_within(path, None)
    }

    /// The value of a path, where `element` is the current element of the list object it names.
    pub fn get_within(&self, path: &str, element: Option<(&str, &Value)>) -> Value {
        let (root, rest) = path.split_once('.').map_or((path, None), |(root, rest)| (root, Some(rest)));
        if let Some((name, value)) = element
            && name == root
        {
            return self.field(root, value, rest);
        }
        match root {
            "input" => field_of(&self.input, rest),
            "trigger" => field_of(&self.trigger, rest),
            "run" => field_of(&self.run, rest),
            _ => {
                if let Some(object) = self.contract.objects.get(root) {
                    return self.object(root, object, rest);
                }
                if let Some(rows) = self.reads.get(root) {
                    return field_of(rows, rest);
                }
                match rest {
                    None => field_of(&self.input, Some(root)),
                    Some(_) => Value::Null,
                }
            }
        }
    }

    /// The elements of a list: an object of the payload, a read, or an input. A missing list has none.
    pub fn elements(&self, name: &str) -> Vec<Value> {
        self.list(name).unwrap_or_default()
    }

    /// The elements of a list; nothing when the list itself is missing.
    pub fn list(&self, name: &str) -> Option<Vec<Value>> {
        let list = match self.contract.objects.get(name) {
            Some(object) => self.get(&object.from),
            None => self.get(name),
        };
        match list {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The list a path names, and the field of its elements: a whole input, or a part of an object or a read.
    pub fn split_list<'p>(&self, path: &'p str) -> (&'p str, Option<&'p str>) {
        match path.split_once('.') {
            Some(("input", _)) | None => (path, None),
            Some((list, field)) => (list, Some(field)),
        }
    }

    /// Whether the contract says that a path holds an amount, which JSON and SQL keep as text.
    pub fn is_amount(&self, path: &str) -> bool {
        let (root, field) = path.split_once('.').unwrap_or(("input", path));
        let money = Some(&Type::Money);
        if root == "input" {
            return self.contract.inputs.iter().any(|input| input.name == field && input.kind == Type::Money);
        }
        if let Some(object) = self.contract.objects.get(root) {
            return object.fields.get(field) == money || object.margins.contains_key(field);
        }
        self.contract.reads.iter().any(|read| read.id == root && read.types.get(field) == money)
    }

    /// A field of one element of a list, computed fields included.
    pub fn element_field(&self, list: &str, element: &Value, field: &str) -> Value {
        self.field(list, element, Some(field))
    }

    /// Looked at where it lies: a quote has thousands of lines, and a plan asks for a field of each.
    fn object(&self, name: &str, object: &Object, rest: Option<&str>) -> Value {
        let path = object.from.strip_prefix("trigger.").unwrap_or(&object.from);
        let mut whole = &self.trigger;
        for part in path.split('.') {
            match whole.get(part) {
                Some(next) => whole = next,
                None => return Value::Null,
            }
        }
        match (whole, rest) {
            (Value::Array(elements), Some(_)) if object.each => {
                Value::Array(elements.iter().map(|element| self.field(name, element, rest)).collect())
            }
            (whole, rest) => field_of(whole, rest),
        }
    }

    fn field(&self, object: &str, element: &Value, rest: Option<&str>) -> Value {
        let margin = rest.and_then(|field| self.contract.objects.get(object)?.margins.get(field));
        match margin {
            Some((price, cost)) => margin_of(element, price, cost),
            None => field_of(element, rest),
        }
    }
}

/// Check a run's inputs against the contract.
///
/// # Errors
/// The first input that is missing, unknown or of another type.
pub fn check_inputs(contract: &Contract, input: &Value) -> Result<(), InputError> {
    let empty = Map::new();
    let given = match input {
        Value::Object(given) => given,
        Value::Null => &empty,
        _ => return Err(InputError::NotAnObject),
    };
    for name in given.keys() {
        if !contract.inputs.iter().any(|known| known.name == *name) {
            let known: Vec<&str> = contract.inputs.iter().map(|known| known.name.as_str()).collect();
            return Err(InputError::Unknown { name: name.clone(), known: known.join(", ") });
        }
    }
    for known in &contract.inputs {
        let value = given.get(&known.name).unwrap_or(&Value::Null);
        let wrong =
            |expected: &str| InputError::Wrong { name: known.name.clone(), expected: expected.to_owned() };
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        match (value, known.kind) {
            (Value::Null, _) if known.required => return Err(InputError::Missing(known.name.clone())),
            (Value::Null, _) => {}
            (value, Type::Text) if !text(value) => return Err(wrong("a text")),
            (value, Type::Money) if value.as_str().is_none_or(|text| text.parse::<Money>().is_err()) => {
                return Err(wrong("an amount in quotes, like \"41.75\""));
            }
            (Value::Array(items), Type::TextList) => {
                if items.is_empty() && known.required {
                    return Err(wrong("a list of at least one text"));
                }
                if !items.iter().all(text) {
                    return Err(wrong("a list of texts"));
                }
            }
            (_, Type::TextList) => return Err(wrong("a list of texts")),
            (value, Type::SchoolYear) => {
                let year = value.as_str().ok_or_else(|| wrong("a school year like 2026-2027"))?;
                year.parse::<domain::SchoolYear>().map_err(|error| wrong(&error.to_string()))?;
            }
            (value, Type::Boolean) if !value.is_boolean() => return Err(wrong("true or false")),
            (value, Type::Integer) if !value.is_i64() => return Err(wrong("a whole number")),
            _ => {}
        }
    }
    Ok(())
}

/// The inputs of a run, found in the payload of the action that triggers it.
pub fn inputs_from_trigger(contract: &Contract, trigger: &Value) -> Value {
    let context = Context::new(contract, "", "", Value::Null, trigger.clone());
    let found = contract.trigger.inputs.iter().map(|(name, path)| (name.clone(), context.get(path)));
    Value::Object(found.filter(|(_, value)| !value.is_null()).collect())
}

fn field_of(value: &Value, rest: Option<&str>) -> Value {
    let Some(rest) = rest else { return value.clone() };
    if let Value::Array(elements) = value {
        return Value::Array(elements.iter().map(|element| field_of(element, Some(rest))).collect());
    }
    let mut here = value;
    for part in rest.split('.') {
        match here.get(part) {
            Some(next) => here = next,
            None => return Value::Null,
        }
    }
    here.clone()
}

/// The exact quotient, at more decimals than any floor could need: prices have four, so a margin that is
/// not equal to a floor of four decimals differs from it by more than 10⁻²⁰.
fn margin_of(element: &Value, price: &str, cost: &str) -> Value {
    let money =
        |field: &str| field_of(element, Some(field)).as_str().and_then(|text| text.parse::<Money>().ok());
    let Some(price) = money(price) else { return Value::Null };
    match Margin::of(price, money(cost)) {
        Margin::Known { price, cost } => {
            let earned = (price.decimal() - cost.decimal()) * Decimal::ONE_HUNDRED;
            Value::String((earned / price.decimal()).to_string())
        }
        Margin::UndefinedPrice | Margin::UnknownCost => Value::Null,
    }
}
