//! Whether a rule makes sense before it ever runs.
//!
//! Owns the types of paths and which comparisons they allow. Must not see a value.

use std::fmt;

use super::{Literal, Node, Op, Operand, Rule, Test};

/// What a path holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Text, compared with text.
    Text,
    /// A whole number or an amount, compared with numbers.
    Number,
    /// Yes or no.
    Boolean,
    /// An object or something only the payload knows: only NULL can be asked.
    Opaque,
    /// Nobody can say, because where it comes from is wrong itself; that is said there.
    Undetermined,
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scalar::Text => "text",
            Scalar::Number => "a number",
            Scalar::Boolean => "true or false",
            Scalar::Opaque => "an object",
            Scalar::Undetermined => "not determined",
        })
    }
}

/// A path's type: of one value, or of each element of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What it holds.
    pub scalar: Scalar,
    /// Whether there are many.
    pub many: bool,
}

/// What paths there are, and which columns.
pub trait Scope {
    /// The type of a path, or what is wrong with it.
    fn shape(&self, path: &str) -> Result<Shape, String>;

    /// Whether the device has such a column.
    fn has_column(&self, table: &str, column: &str) -> bool;
}

impl Rule {
    /// Check the rule's paths and comparisons.
    ///
    /// # Errors
    /// The first thing that does not fit, in words.
    pub fn check(&self, scope: &dyn Scope) -> Result<(), String> {
        self.0.check(scope)
    }
}

impl Node {
    fn check(&self, scope: &dyn Scope) -> Result<(), String> {
        match self {
            Node::Or(nodes) | Node::And(nodes) => nodes.iter().try_for_each(|node| node.check(scope)),
            Node::Not(node) => node.check(scope),
            Node::All { path, test } => {
                let shape = scope.shape(path)?;
                if !shape.many {
                    return Err(format!("“all” needs a list; {path} is one value"));
                }
                test.check(path, shape, scope)
            }
            Node::Is { path, test } => {
                let shape = scope.shape(path)?;
                if shape.many {
                    return Err(format!("{path} is a list; write “all {path} …”"));
                }
                test.check(path, shape, scope)
            }
        }
    }
}

impl Test {
    fn check(&self, path: &str, Shape { scalar, many }: Shape, scope: &dyn Scope) -> Result<(), String> {
        match self {
            Test::Null { .. } => Ok(()),
            Test::Match { table, column } => {
                if !scope.has_column(table, column) {
                    return Err(format!("there is no column {table}.{column}"));
                }
                fits(path, scalar, Scalar::Text)
            }
            Test::In { literals, .. } => {
                literals.iter().try_for_each(|literal| fits(path, scalar, literal.scalar()))
            }
            Test::Compare { op, with } => {
                let other = match with {
                    Operand::Literal(literal) => literal.scalar(),
                    Operand::Path(other) => {
                        let shape = scope.shape(other)?;
                        // Under “all”, another field of the list is that of the same element.
                        if shape.many && !(many && same_list(path, other)) {
                            return Err(format!("{other} is a list and cannot be compared with"));
                        }
                        shape.scalar
                    }
                };
                fits(path, scalar, other)?;
                let ordered = !matches!(op, Op::Equal | Op::NotEqual);
                if ordered && scalar == Scalar::Boolean {
                    return Err(format!("{path} is true or false and has no order"));
                }
                Ok(())
            }
        }
    }
}

impl Literal {
    fn scalar(&self) -> Scalar {
        match self {
            Literal::Number(_) => Scalar::Number,
            Literal::Text(_) => Scalar::Text,
            Literal::Boolean(_) => Scalar::Boolean,
        }
    }
}

fn fits(path: &str, scalar: Scalar, other: Scalar) -> Result<(), String> {
    let undetermined = scalar == Scalar::Undetermined || other == Scalar::Undetermined;
    if undetermined || (scalar == other && scalar != Scalar::Opaque) {
        return Ok(());
    }
    Err(format!("{path} is {scalar} and cannot be compared with {other}"))
}

fn same_list(one: &str, other: &str) -> bool {
    let list = |path: &str| path.split_once('.').map(|(list, _)| list.to_owned());
    list(one).is_some_and(|list_of_one| list_of_one != "input" && Some(list_of_one) == list(other))
}
