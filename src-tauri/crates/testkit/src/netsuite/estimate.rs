//! Estimates as the account keeps them.
//!
//! Owns ids, upsert, sublists that grow unless replaced, and the totals the server computes. Must not know
//! HTTP, and money must not touch a floating point number.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::netsuite::seen::{Requests, Seen};

/// The price level that keeps the rate it is given.
const CUSTOM_PRICE: &str = "-1";
/// What any item costs at any other price level.
const LIST_PRICE: Decimal = Decimal::ONE_HUNDRED;

const FIELDS: [&str; 9] = [
    "entity",
    "tranDate",
    "dueDate",
    "expectedCloseDate",
    "title",
    "memo",
    "otherRefNum",
    "externalId",
    "item",
];
const LINE_FIELDS: [&str; 5] = ["item", "quantity", "price", "rate", "description"];

/// One line of an estimate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Internal id of the item.
    pub item: String,
    /// How many.
    #[serde(serialize_with = "plain")]
    pub quantity: Decimal,
    /// Price of one.
    #[serde(serialize_with = "plain")]
    pub rate: Decimal,
    /// quantity × rate, rounded half away from zero to cents.
    #[serde(serialize_with = "cents")]
    pub amount: Decimal,
    /// What the document says of it.
    pub description: Option<String>,
}

/// An estimate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// Internal id.
    pub id: u64,
    /// External id, unique in the account.
    pub external_id: Option<String>,
    /// Internal id of the customer.
    pub entity: String,
    /// `tranDate`, `dueDate`, `title` and the like, as they were given.
    pub fields: BTreeMap<String, String>,
    /// Its lines in order.
    pub lines: Vec<Line>,
    /// Sum of the amounts.
    #[serde(serialize_with = "cents")]
    pub total: Decimal,
    /// How often it was written.
    pub writes: u32,
}

/// Why a record is not taken: NetSuite's code, path and sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) path: String,
    pub(super) detail: String,
}

fn fault(code: &'static str, path: impl Into<String>, detail: impl Into<String>) -> Fault {
    Fault { code, path: path.into(), detail: detail.into() }
}

/// How a write is to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// `replace=item`: the lines given are all there are.
    pub(super) replace_lines: bool,
    /// `X-NetSuite-PropertyNameValidation: Error`.
    pub(super) strict_names: bool,
}

/// Everything the account keeps.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    estimates: BTreeMap<u64, Estimate>,
    pub(super) unknown: BTreeSet<String>,
    pub(super) concurrency: u32,
    pub(super) at_once: u32,
    pub(super) requests: Requests,
    pub(super) refusals: Vec<String>,
    writing: BTreeMap<String, u32>,
    most_writes_at_once: BTreeMap<String, u32>,
}

impl Ledger {
    pub(super) fn new(concurrency: u32) -> Self {
        Ledger { concurrency, ..Ledger::default() }
    }

    pub(super) fn seen(&mut self) -> Seen {
        Seen {
            estimates: self.estimates.values().cloned().collect(),
            requests: self.requests.clone(),
            tokens: 0,
            most_writes_at_once: self.most_writes_at_once.clone(),
            refusals: self.refusals.clone(),
        }
    }

    pub(super) fn begin_write(&mut self, external_id: &str) {
        let writing = self.writing.entry(external_id.to_owned()).or_default();
        *writing += 1;
        let most = self.most_writes_at_once.entry(external_id.to_owned()).or_default();
        *most = (*most).max(*writing);
    }

    pub(super) fn end_write(&mut self, external_id: &str) {
        if let Some(writing) = self.writing.get_mut(external_id) {
            *writing = writing.saturating_sub(1);
        }
    }

    /// By internal id, or by `eid:` and the external id.
    pub(super) fn find(&self, key: &str) -> Option<&Estimate> {
        match key.strip_prefix("eid:") {
            Some(external) => {
                self.estimates.values().find(|estimate| estimate.external_id.as_deref() == Some(external))
            }
            None => self.estimates.get(&key.parse().ok()?),
        }
    }

    /// Make a new one; the answer is its id.
    pub(super) fn create(&mut self, body: &Value, manner: Manner) -> Result<u64, Fault> {
        let mut made = Estimate::default();
        self.take_in(&mut made, body, manner)?;
        if let Some(external) = made.external_id.clone()
            && self.find(&format!("eid:{external}")).is_some()
        {
            return Err(fault("DUP_RCRD", "externalId", "This record already exists"));
        }
        Ok(self.keep(made))
    }

    /// Make or change the one of an external id; the answer is its id.
    pub(super) fn upsert(&mut self, external: &str, body: &Value, manner: Manner) -> Result<u64, Fault> {
        let mut kept = self.find(&format!("eid:{external}")).cloned().unwrap_or_default();
        self.take_in(&mut kept, body, manner)?;
        kept.external_id = Some(external.to_owned());
        Ok(self.keep(kept))
    }

    fn keep(&mut self, mut estimate: Estimate) -> u64 {
        if estimate.id == 0 {
            estimate.id = self.estimates.keys().next_back().map_or(647, |last| last + 1);
        }
        estimate.total = estimate.lines.iter().map(|line| line.amount).sum();
        estimate.writes += 1;
        let id = estimate.id;
        self.estimates.insert(id, estimate);
        id
    }

    fn take_in(&self, estimate: &mut Estimate, body: &Value, manner: Manner) -> Result<(), Fault> {
        let fields = object(body, "")?;
        names(fields, &FIELDS, "", manner)?;
        if let Some(entity) = fields.get("entity") {
            estimate.entity = self.reference(entity, "entity")?;
        }
        if estimate.entity.is_empty() {
            return Err(fault("USER_ERROR", "entity", "Please enter value(s) for: Customer"));
        }
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("externalId", Value::String(external)) => estimate.external_id = Some(external.clone()),
                ("entity" | "item", _) => {}
                ("tranDate" | "dueDate" | "expectedCloseDate", Value::String(text)) if !is_date(text) => {
                    return Err(fault("INVALID_CONTENT", name, format!("Invalid date {text}")));
                }
                (known, Value::String(text)) if FIELDS.contains(&known) => {
                    estimate.fields.insert(name.clone(), text.clone());
                }
                (known, _) if FIELDS.contains(&known) => {
                    return Err(fault("INVALID_CONTENT", name, "A text was expected"));
                }
                _ => {}
            }
        }
        let Some(sublist) = fields.get("item") else { return Ok(()) };
        let given = object(sublist, "item")?.get("items").and_then(Value::as_array);
        let given = given.ok_or_else(|| fault("INVALID_CONTENT", "item.items", "A list was expected"))?;
        if manner.replace_lines {
            estimate.lines.clear();
        }
        for (at, line) in given.iter().enumerate() {
            estimate.lines.push(self.line(line, &format!("item.items[{at}]"), manner)?);
        }
        if estimate.lines.is_empty() {
            return Err(fault("USER_ERROR", "item", "You must enter at least one line item"));
        }
        Ok(())
    }

    fn line(&self, value: &Value, path: &str, manner: Manner) -> Result<Line, Fault> {
        let fields = object(value, path)?;
        names(fields, &LINE_FIELDS, path, manner)?;
        let missing = || fault("USER_ERROR", format!("{path}.item"), "Please choose an item to add");
        let item = self.reference(fields.get("item").ok_or_else(missing)?, &format!("{path}.item"))?;
        let number = |name: &str| match fields.get(name) {
            None => Ok(None),
            Some(value) => decimal(value).map(Some).ok_or_else(|| {
                fault("INVALID_CONTENT", format!("{path}.{name}"), format!("Invalid number {value}"))
            }),
        };
        let quantity = number("quantity")?.unwrap_or(Decimal::ONE);
        let level = fields.get("price").and_then(id_of).unwrap_or_default();
        let rate = match number("rate")? {
            Some(rate) if level == CUSTOM_PRICE => rate,
            _ => LIST_PRICE,
        };
        let amount =
            (quantity * rate).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize();
        let description = fields.get("description").and_then(Value::as_str).map(str::to_owned);
        Ok(Line { item, quantity: quantity.normalize(), rate: rate.normalize(), amount, description })
    }

    fn reference(&self, value: &Value, path: &str) -> Result<String, Fault> {
        let id = id_of(value).unwrap_or_default();
        let is_internal = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if !is_internal || self.unknown.contains(&id) {
            let detail = format!("Invalid Field Value {id} for the following field: {path}");
            return Err(fault("INVALID_KEY_OR_REF", path, detail));
        }
        Ok(id)
    }
}

impl Estimate {
    /// As `GET` answers it.
    pub(super) fn shown(&self, url: &str, with_lines: bool) -> Value {
        let own = format!("{url}/services/rest/record/v1/estimate/{}", self.id);
        let mut shown = json!({
            "links": [{ "rel": "self", "href": own }],
            "id": self.id.to_string(),
            "externalId": self.external_id,
            "entity": { "id": self.entity },
            "total": number(self.total),
            "item": { "links": [{ "rel": "self", "href": format!("{own}/item") }] },
        });
        for (name, value) in &self.fields {
            shown[name.as_str()] = json!(value);
        }
        if with_lines {
            let items: Vec<Value> = (1..).zip(&self.lines).map(|(at, line)| line.shown(at)).collect();
            shown["item"]["totalResults"] = json!(items.len());
            shown["item"]["items"] = json!(items);
        }
        shown
    }
}

impl Line {
    fn shown(&self, at: u32) -> Value {
        json!({
            "line": at,
            "item": { "id": self.item },
            "quantity": number(self.quantity),
            "rate": number(self.rate),
            "amount": number(self.amount),
            "price": { "id": CUSTOM_PRICE },
            "description": self.description,
        })
    }
}

fn plain<S: Serializer>(value: &Decimal, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(&value.normalize())
}

fn cents<S: Serializer>(value: &Decimal, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(&format_args!("{value:.2}"))
}

/// A JSON number with exactly these digits.
fn number(value: Decimal) -> Value {
    serde_json::from_str(&value.normalize().to_string()).unwrap_or(Value::Null)
}

/// The decimal a JSON number was written as.
fn decimal(value: &Value) -> Option<Decimal> {
    let Value::Number(number) = value else { return None };
    let text = number.to_string();
    Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
}

fn id_of(reference: &Value) -> Option<String> {
    match reference.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Fault> {
    value.as_object().ok_or_else(|| fault("INVALID_CONTENT", path, "An object was expected"))
}

fn names(fields: &Map<String, Value>, known: &[&str], path: &str, manner: Manner) -> Result<(), Fault> {
    let stranger = fields.keys().find(|name| !known.contains(&name.as_str()));
    match stranger {
        Some(name) if manner.strict_names => {
            let at = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            Err(fault("NONEXISTENT_FIELD", at, format!("Unknown reference or field {name}")))
        }
        _ => Ok(()),
    }
}

fn is_date(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|date| date.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: Manner = Manner { replace_lines: true, strict_names: true };

    fn estimate(lines: Value) -> Value {
        json!({ "entity": { "id": "110" }, "item": { "items": lines } })
    }

    fn line(quantity: u32, rate: &str) -> Value {
        let rate: Value = serde_json::from_str(rate).unwrap();
        json!({ "item": { "id": "5" }, "quantity": quantity, "rate": rate, "price": { "id": "-1" } })
    }

    #[test]
    fn each_line_is_rounded_half_away_from_zero_before_they_are_added() {
        let mut ledger = Ledger::new(1);
        let id =
            ledger.upsert("Q-1", &estimate(json!([line(1, "0.005"), line(3, "26.3215")])), STRICT).unwrap();
        let kept = &ledger.estimates[&id];
        assert_eq!(kept.lines[0].amount.to_string(), "0.01");
        assert_eq!(kept.lines[1].amount.to_string(), "78.96");
        assert_eq!(kept.total.to_string(), "78.97");
    }

    #[test]
    fn without_replace_a_second_upsert_doubles_the_lines() {
        let mut ledger = Ledger::new(1);
        let appending = Manner { replace_lines: false, ..STRICT };
        let body = estimate(json!([line(2, "10.00")]));
        ledger.upsert("Q-1", &body, appending).unwrap();
        let id = ledger.upsert("Q-1", &body, appending).unwrap();
        assert_eq!(ledger.estimates[&id].lines.len(), 2);
        assert_eq!(ledger.estimates[&id].total.to_string(), "40");
        ledger.upsert("Q-1", &body, STRICT).unwrap();
        assert_eq!(ledger.estimates[&id].lines.len(), 1);
        assert_eq!(ledger.estimates.len(), 1);
    }

    #[test]
    fn a_rate_is_kept_only_at_the_custom_price_level() {
        let mut ledger = Ledger::new(1);
        let mut plain = line(1, "19.95");
        plain.as_object_mut().unwrap().remove("price");
        let id = ledger.create(&estimate(json!([plain, line(1, "19.95")])), STRICT).unwrap();
        let rates: Vec<String> =
            ledger.estimates[&id].lines.iter().map(|line| line.rate.to_string()).collect();
        assert_eq!(rates, ["100", "19.95"]);
    }

    #[test]
    fn a_misspelt_field_passes_unless_names_are_checked() {
        let mut ledger = Ledger::new(1);
        let body = json!({ "entity": { "id": "110" }, "tranDat": "2026-11-22",
            "item": { "items": [line(1, "1")] } });
        assert_eq!(ledger.create(&body, STRICT).unwrap_err().code, "NONEXISTENT_FIELD");
        assert!(ledger.create(&body, Manner { strict_names: false, ..STRICT }).is_ok());
    }

    #[test]
    fn an_id_that_is_not_in_the_account_is_refused() {
        let mut ledger = Ledger::new(1);
        ledger.unknown.insert("5".to_owned());
        let refused = ledger.create(&estimate(json!([line(1, "1")])), STRICT).unwrap_err();
        assert_eq!((refused.code, refused.path.as_str()), ("INVALID_KEY_OR_REF", "item.items[0].item"));
    }
}
