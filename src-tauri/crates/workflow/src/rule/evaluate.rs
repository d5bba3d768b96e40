//! What a rule says of a run's values.
//!
//! Owns the three answers: it holds, it does not, it cannot be known. Must not take an unknown for a yes.

use std::cmp::Ordering;

use domain::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Literal, Node, Op, Operand, Rule, Test};
use crate::context::Context;

/// The answer of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "CheckOutcome")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// A value it needs is missing.
    Unknown,
}

/// The answer and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The answer.
    pub outcome: Outcome,
    /// The values that kept it from holding, in words.
    pub because: Vec<String>,
}

impl Rule {
    /// Evaluate the rule.
    pub fn evaluate(&self, context: &Context<'_>) -> Verdict {
        self.verdict(context, None)
    }

    fn verdict(&self, context: &Context<'_>, element: Option<(&str, &Value)>) -> Verdict {
        let mut because = Vec::new();
        let outcome = self.0.evaluate(context, element, &mut because);
        if outcome == Outcome::Passed {
            because.clear();
        }
        Verdict { outcome, because }
    }

    /// Evaluate the rule with `row` standing for one row.
    pub fn evaluate_row(&self, context: &Context<'_>, row: &Value) -> Verdict {
        self.verdict(context, Some(("row", row)))
    }
}

impl Node {
    fn evaluate(
        &self,
        context: &Context<'_>,
        element: Option<(&str, &Value)>,
        because: &mut Vec<String>,
    ) -> Outcome {
        match self {
            Node::And(nodes) => {
                let outcomes = nodes.iter().map(|node| node.evaluate(context, element, because));
                worst(outcomes.collect())
            }
            Node::Or(nodes) => {
                let outcomes: Vec<Outcome> =
                    nodes.iter().map(|node| node.evaluate(context, element, because)).collect();
                best(&outcomes)
            }
            Node::Not(node) => {
                let mut inner = Vec::new();
                match node.evaluate(context, element, &mut inner) {
                    Outcome::Passed => {
                        because.push("the opposite holds".to_owned());
                        Outcome::Failed
                    }
                    Outcome::Failed => Outcome::Passed,
                    Outcome::Unknown => {
                        because.append(&mut inner);
                        Outcome::Unknown
                    }
                }
            }
            Node::Is { path, test } => {
                let value = context.get_within(path, element);
                let outcome = test.holds(path, &value, context, element);
                if outcome != Outcome::Passed {
                    because.push(format!("{path} is {}", shown(&value)));
                }
                outcome
            }
            Node::All { path, test } => {
                let (list, field) = context.split_list(path);
                let Some(elements) = context.list(list) else {
                    because.push(format!("{list} is not known"));
                    return Outcome::Unknown;
                };
                let mut outcomes = Vec::new();
                for (place, element) in elements.iter().enumerate() {
                    let value = match field {
                        Some(field) => context.element_field(list, element, field),
                        None => element.clone(),
                    };
                    let outcome = test.holds(path, &value, context, Some((list, element)));
                    if outcome != Outcome::Passed {
                        because.push(match field {
                            Some(field) => format!("{} {field} is {}", named(element, place), shown(&value)),
                            None => shown(&value),
                        });
                    }
                    outcomes.push(outcome);
                }
                worst(outcomes)
            }
        }
    }
}

impl Test {
    fn holds(
        &self,
        path: &str,
        value: &Value,
        context: &Context<'_>,
        element: Option<(&str, &Value)>,
    ) -> Outcome {
        let answer = match self {
            Test::Null { negated } => Some(value.is_null() != *negated),
            Test::Match { table, column } => {
                context.lookup(table, column).filter(|_| !value.is_null()).map(|found| found.contains(value))
            }
            Test::In { negated, literals } => {
                let orders: Option<Vec<Ordering>> =
                    literals.iter().map(|literal| literal.compared_to(value)).collect();
                orders.map(|orders| orders.contains(&Ordering::Equal) != *negated)
            }
            Test::Compare { op, with } => {
                let order = match with {
                    Operand::Literal(literal) => literal.compared_to(value),
                    Operand::Path(other) => {
                        let amounts = context.is_amount(path) || context.is_amount(other);
                        compare(value, &context.get_within(other, element), amounts)
                    }
                };
                order.map(|order| op.holds(order))
            }
        };
        match answer {
            Some(true) => Outcome::Passed,
            Some(false) => Outcome::Failed,
            None => Outcome::Unknown,
        }
    }
}

impl Op {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Op::Equal => order.is_eq(),
            Op::NotEqual => order.is_ne(),
            Op::Less => order.is_lt(),
            Op::LessOrEqual => order.is_le(),
            Op::Greater => order.is_gt(),
            Op::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl Literal {
    /// How the value stands to the literal; nothing when the value is missing or of another type.
    fn compared_to(&self, value: &Value) -> Option<Ordering> {
        match self {
            Literal::Number(number) => decimal(value).map(|value| value.cmp(number)),
            Literal::Text(text) => value.as_str().map(|value| value.cmp(text)),
            // SQLite keeps true and false as 1 and 0.
            Literal::Boolean(answer) => {
                value.as_bool().or_else(|| value.as_i64().map(|n| n != 0)).map(|value| value.cmp(answer))
            }
        }
    }
}

/// Two values that the lint found comparable. Amounts are texts: those are compared as numbers, every other
/// text as text, since "007" is not "7" and pack "1.0" is not pack "1.00".
fn compare(one: &Value, other: &Value, amounts: bool) -> Option<Ordering> {
    if amounts || one.is_number() || other.is_number() {
        return Some(decimal(one)?.cmp(&decimal(other)?));
    }
    match (one, other) {
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.as_i64().map(Decimal::from),
        // A quotient has more decimals than an amount; an amount may be written with $ and separators.
        Value::String(text) => {
            Decimal::from_str_exact(text).ok().or_else(|| Some(text.parse::<Money>().ok()?.decimal()))
        }
        _ => None,
    }
}

/// The worst of several answers; nothing at all holds.
fn worst(outcomes: Vec<Outcome>) -> Outcome {
    if outcomes.contains(&Outcome::Failed) {
        Outcome::Failed
    } else if outcomes.contains(&Outcome::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Passed
    }
}

/// The best of several answers: what is unknown could still hold.
fn best(outcomes: &[Outcome]) -> Outcome {
    if outcomes.contains(&Outcome::Passed) {
        Outcome::Passed
    } else if outcomes.contains(&Outcome::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Failed
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => match Decimal::from_str_exact(text) {
            // A quotient has up to 28 decimals; rounding down keeps 14.996 from reading as 15.
            Ok(number) if number.scale() > 4 => number
                .round_dp_with_strategy(4, rust_decimal::RoundingStrategy::ToNegativeInfinity)
                .to_string(),
            _ => text.clone(),
        },
        other => other.to_string(),
    }
}

/// What a person calls an element: its line and item, its id, or its place.
fn named(element: &Value, place: usize) -> String {
    let text = |field: &str| element.get(field).and_then(Value::as_str).map(str::to_owned);
    match (element.get("line_no").and_then(Value::as_i64), text("item_code").or_else(|| text("id"))) {
        (Some(line), Some(code)) => format!("line {line} ({code})"),
        (None, Some(code)) => code,
        (Some(line), None) => format!("line {line}"),
        (None, None) => format!("number {}", place + 1),
    }
}
