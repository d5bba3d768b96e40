//! A contract's statement with its holes: where values go, and where the present moment goes.
//!
//! Owns `?`, `IN (?)` and `now`. Must not put a value into the text: every hole becomes bound parameters.

use crate::sandbox::SqlError;
use crate::sandbox::tokens::{Token, TokenKind, tokens};

/// What a `?` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BindShape {
    /// One value.
    One,
    /// Any number of values: the `?` of `IN (?)`.
    Many,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Bind(usize),
    Now,
}

/// A parameter of the expanded statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The `element`-th value of the `bind`-th `?`.
    Bind { bind: usize, element: usize },
    /// The present moment.
    Now,
}

/// One statement, without comments and without its closing semicolon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    binds: Vec<BindShape>,
    gives_rows_back: bool,
    first_word: String,
}

impl Template {
    /// Whether the statement begins with this word.
    pub(crate) fn begins_with(&self, word: &str) -> bool {
        self.first_word == word
    }

    pub(crate) fn parse(sql: &str) -> Result<Self, SqlError> {
        let all = tokens(sql)?;
        let mut telling: Vec<Token<'_>> =
            all.iter().copied().filter(|token| token.kind != TokenKind::Space).collect();
        while telling.last().is_some_and(|token| token.is_mark(";")) {
            telling.pop();
        }
        if telling.is_empty() {
            return Err(SqlError::Text("there is no statement"));
        }
        if telling.iter().any(|token| token.is_mark(";")) {
            return Err(SqlError::Text("there is more than one statement"));
        }
        if let Some(named) = telling.iter().find(|token| token.kind == TokenKind::NamedPlaceholder) {
            return Err(SqlError::Placeholder(named.text.to_owned()));
        }

        let first_word = telling.first().map(|token| token.text.to_uppercase()).unwrap_or_default();
        let mut template =
            Template { parts: Vec::new(), binds: Vec::new(), gives_rows_back: false, first_word };
        let mut place = 0;
        let mut text = String::new();
        for token in &all {
            if token.kind == TokenKind::Space {
                text.push(' ');
                continue;
            }
            if place == telling.len() {
                break; // the closing semicolons
            }
            let part = match token.kind {
                TokenKind::Placeholder => {
                    template.binds.push(shape(&telling, place));
                    Some(Part::Bind(template.binds.len() - 1))
                }
                TokenKind::Word if is_now(&telling, place) => Some(Part::Now),
                _ => None,
            };
            match part {
                Some(part) => {
                    template.parts.push(Part::Text(std::mem::take(&mut text)));
                    template.parts.push(part);
                }
                None => {
                    template.gives_rows_back |= token.is_word("RETURNING");
                    text.push_str(token.text);
                }
            }
            place += 1;
        }
        template.parts.push(Part::Text(text));
        Ok(template)
    }

    pub(crate) fn binds(&self) -> &[BindShape] {
        &self.binds
    }

    /// The statement for lists of these lengths (one for a `?` that takes one), and what goes into each
    /// of its parameters. An empty list gives `IN ()`, which SQLite takes and which matches nothing.
    pub(crate) fn expand(&self, lengths: &[usize], return_rows: bool) -> (String, Vec<Slot>) {
        let mut sql = String::new();
        let mut slots = Vec::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => sql.push_str(text),
                Part::Now => {
                    sql.push('?');
                    slots.push(Slot::Now);
                }
                Part::Bind(bind) => {
                    for element in 0..lengths.get(*bind).copied().unwrap_or(1) {
                        sql.push_str(if element == 0 { "?" } else { ",?" });
                        slots.push(Slot::Bind { bind: *bind, element });
                    }
                }
            }
        }
        if return_rows && !self.gives_rows_back {
            sql.push_str(" RETURNING *");
        }
        (sql, slots)
    }
}

/// `IN (?)` takes many, anything else one.
fn shape(telling: &[Token<'_>], place: usize) -> BindShape {
    let before = |steps: usize| place.checked_sub(steps).map(|at| telling[at]);
    let listed = before(1).is_some_and(|token| token.is_mark("("))
        && before(2).is_some_and(|token| token.is_word("IN"))
        && telling.get(place + 1).is_some_and(|token| token.is_mark(")"));
    if listed { BindShape::Many } else { BindShape::One }
}

/// The bare word `now` where a value stands: not `t.now`, not `now.a`, not `now()`, not `AS now`.
fn is_now(telling: &[Token<'_>], place: usize) -> bool {
    let before = place.checked_sub(1).map(|at| telling[at]);
    let after = telling.get(place + 1);
    telling[place].is_word("now")
        && !before.is_some_and(|token| token.is_mark(".") || token.is_word("AS"))
        && !after.is_some_and(|token| token.is_mark(".") || token.is_mark("("))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(sql: &str, lengths: &[usize]) -> String {
        Template::parse(sql).unwrap().expand(lengths, false).0
    }

    #[test]
    fn in_with_one_placeholder_takes_a_list_of_any_length() {
        let sql = "SELECT 1 FROM t WHERE a=? AND b IN (?) AND c=?";
        let template = Template::parse(sql).unwrap();
        assert_eq!(template.binds(), [BindShape::One, BindShape::Many, BindShape::One]);
        assert_eq!(expanded(sql, &[1, 3, 1]), "SELECT 1 FROM t WHERE a=? AND b IN (?,?,?) AND c=?");
        assert_eq!(expanded(sql, &[1, 0, 1]), "SELECT 1 FROM t WHERE a=? AND b IN () AND c=?");
        assert_eq!(Template::parse("SELECT 1 WHERE 1 in\n( ? )").unwrap().binds(), [BindShape::Many]);
        assert_eq!(Template::parse("SELECT 1 WHERE 1 IN (?, ?)").unwrap().binds(), [BindShape::One; 2]);
    }

    #[test]
    fn now_is_bound_only_where_a_value_stands() {
        let template =
            Template::parse("UPDATE t SET a=now, b='now', \"now\"=1, c=t.now WHERE d<NOW").unwrap();
        let (sql, slots) = template.expand(&[], false);
        assert_eq!(sql, "UPDATE t SET a=?, b='now', \"now\"=1, c=t.now WHERE d<?");
        assert_eq!(slots, [Slot::Now, Slot::Now]);
        assert_eq!(expanded("SELECT now() AS now", &[]), "SELECT now() AS now");
    }

    #[test]
    fn one_statement_with_or_without_its_semicolon() {
        assert_eq!(expanded("SELECT 1 ; ;-- done", &[]).trim(), "SELECT 1");
        for many in ["SELECT 1; SELECT 2", "SELECT 1;;x"] {
            assert!(Template::parse(many).is_err(), "{many}");
        }
        for none in ["", "  ;", "-- only a remark"] {
            assert!(Template::parse(none).is_err(), "{none}");
        }
        assert_eq!(expanded("SELECT ';' -- ; \n", &[]).trim(), "SELECT ';'");
    }

    #[test]
    fn rows_are_asked_back_once_and_not_behind_a_remark() {
        let returning = |sql: &str| Template::parse(sql).unwrap().expand(&[], true).0;
        assert!(returning("DELETE FROM t -- all").ends_with("RETURNING *"));
        assert!(!returning("DELETE FROM t -- all").contains("--"));
        assert_eq!(returning("DELETE FROM t returning id"), "DELETE FROM t returning id");
        assert!(returning("DELETE FROM t WHERE a = 'RETURNING'").ends_with("'RETURNING' RETURNING *"));
    }
}
