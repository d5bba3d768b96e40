//! Rules: the conditions a contract states, such as `all line.margin_pct >= 15`.
//!
//! Owns their grammar, their types and their meaning. Must not look anything up: a rule that needs to know
//! which values a column holds says so ([`Rule::lookups`]) and is given the answer.
//!
//! ```text
//! rule       := and (OR and)*
//! and        := not (AND not)*
//! not        := NOT not | "(" rule ")" | all | comparison
//! all        := "all" path ( "match" path | test )
//! comparison := path test
//! test       := IS [NOT] NULL | [NOT] IN "(" literal, … ")" | (= | != | < | <= | > | >=) (literal | path)
//! literal    := number | 'text' (a quote in it is doubled) | true | false
//! ```
//!
//! Words may be written in either case; `==` and `<>` are read as `=` and `!=`. Answers are three-valued as in
//! SQL: a comparison with a missing value is unknown, and unknown never counts as holding.

mod evaluate;
mod parse;
mod types;

pub use evaluate::{Outcome, Verdict};
pub use parse::{RuleError, is_word};
pub use types::{Scalar, Scope, Shape};

/// A rule, parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule(Node);

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Or(Vec<Node>),
    And(Vec<Node>),
    Not(Box<Node>),
    All { path: String, test: Test },
    Is { path: String, test: Test },
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Null { negated: bool },
    In { negated: bool, literals: Vec<Literal> },
    Compare { op: Op, with: Operand },
    Match { table: String, column: String },
}

#[derive(Debug, Clone, PartialEq)]
enum Operand {
    Literal(Literal),
    Path(String),
}

#[derive(Debug, Clone, PartialEq)]
enum Literal {
    Number(rust_decimal::Decimal),
    Text(String),
    Boolean(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A column that a rule needs to know the contents of, for the values of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The table.
    pub table: String,
    /// Its column.
    pub column: String,
    /// The path of the values asked for.
    pub values: String,
}

impl Rule {
    /// What must be looked up before the rule can be evaluated.
    pub fn lookups(&self) -> Vec<Lookup> {
        let mut found = Vec::new();
        self.0.collect_lookups(&mut found);
        found
    }
}

impl Node {
    fn collect_lookups(&self, found: &mut Vec<Lookup>) {
        match self {
            Node::Or(nodes) | Node::And(nodes) => nodes.iter().for_each(|node| node.collect_lookups(found)),
            Node::Not(node) => node.collect_lookups(found),
            Node::All { path, test: Test::Match { table, column } } => {
                found.push(Lookup { table: table.clone(), column: column.clone(), values: path.clone() });
            }
            Node::All { .. } | Node::Is { .. } => {}
        }
    }
}
