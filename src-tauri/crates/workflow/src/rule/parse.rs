//! From text to a rule.
//!
//! Owns the grammar. Must not know which paths exist.

use rust_decimal::Decimal;

use super::{Literal, Node, Op, Operand, Rule, Test};

/// The text is not a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {at}")]
pub struct RuleError {
    /// Where, from 1.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Number(Decimal),
    Text(String),
    Op(Op),
    Open,
    Close,
    Comma,
}

impl std::str::FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let mut parser = Parser { tokens: tokens(text)?, place: 0, end: text.chars().count() + 1, depth: 0 };
        let node = parser.rule()?;
        match parser.tokens.get(parser.place) {
            None => Ok(Rule(node)),
            Some((at, _)) => Err(RuleError { at: *at, message: "nothing more was expected".to_owned() }),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, RuleError> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(&c) = chars.get(place) {
        let at = place + 1;
        let refuse = |message: &str| RuleError { at, message: message.to_owned() };
        let following = chars.get(place + 1).copied();
        let (token, length) = match c {
            c if c.is_whitespace() => {
                place += 1;
                continue;
            }
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '=' => (Token::Op(Op::Equal), if following == Some('=') { 2 } else { 1 }),
            '!' if following == Some('=') => (Token::Op(Op::NotEqual), 2),
            '<' if following == Some('>') => (Token::Op(Op::NotEqual), 2),
            '<' if following == Some('=') => (Token::Op(Op::LessOrEqual), 2),
            '<' => (Token::Op(Op::Less), 1),
            '>' if following == Some('=') => (Token::Op(Op::GreaterOrEqual), 2),
            '>' => (Token::Op(Op::Greater), 1),
            '\'' => {
                let (text, length) =
                    quoted(&chars[place..]).ok_or_else(|| refuse("the text is not closed"))?;
                (Token::Text(text), length)
            }
            c if c.is_ascii_digit() || (c == '-' && following.is_some_and(|c| c.is_ascii_digit())) => {
                let rest = chars[place + 1..].iter();
                let length = 1 + rest.take_while(|c| c.is_ascii_digit() || **c == '.').count();
                let digits: String = chars[place..place + length].iter().collect();
                let number = Decimal::from_str_exact(&digits).map_err(|_| refuse("not a number"))?;
                (Token::Number(number), length)
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let rest = chars[place..].iter();
                let length = rest.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')).count();
                (Token::Word(chars[place..place + length].iter().collect()), length)
            }
            _ => return Err(refuse(&format!("“{c}” means nothing here"))),
        };
        found.push((at, token));
        place += length;
    }
    Ok(found)
}

/// The text in quotes at the start, and how many characters it takes; a doubled quote stands for one.
fn quoted(chars: &[char]) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut place = 1;
    loop {
        match (chars.get(place)?, chars.get(place + 1)) {
            ('\'', Some('\'')) => {
                text.push('\'');
                place += 2;
            }
            ('\'', _) => return Some((text, place + 1)),
            (other, _) => {
                text.push(*other);
                place += 1;
            }
        }
    }
}

/// Words that mean something in a rule and so cannot name anything.
const WORDS: &[&str] = &["all", "and", "false", "in", "is", "match", "not", "null", "or", "true"];

/// Whether a name would be read as a word of a rule.
pub fn is_word(name: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    place: usize,
    end: usize,
    depth: usize,
}

/// Deeper than anyone writes; shallower than the stack.
const DEEPEST: usize = 32;

impl Parser {
    fn refuse<T>(&self, message: &str) -> Result<T, RuleError> {
        let at = self.tokens.get(self.place).map_or(self.end, |(at, _)| *at);
        Err(RuleError { at, message: message.to_owned() })
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.place).map(|(_, token)| token.clone());
        self.place += usize::from(token.is_some());
        token
    }

    fn take_if(&mut self, wanted: &Token) -> bool {
        let there = self.tokens.get(self.place).is_some_and(|(_, token)| token == wanted);
        self.place += usize::from(there);
        there
    }

    fn keyword(&mut self, word: &str) -> bool {
        let there =
            matches!(self.tokens.get(self.place), Some((_, Token::Word(w))) if w.eq_ignore_ascii_case(word));
        self.place += usize::from(there);
        there
    }

    fn rule(&mut self) -> Result<Node, RuleError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.refuse("the rule is nested too deeply");
        }
        let node = self.joined("OR", Node::Or, |parser| parser.joined("AND", Node::And, Parser::not));
        self.depth -= 1;
        node
    }

    fn joined(
        &mut self,
        word: &str,
        join: fn(Vec<Node>) -> Node,
        part: impl Fn(&mut Self) -> Result<Node, RuleError>,
    ) -> Result<Node, RuleError> {
        let first = part(self)?;
        let mut nodes = vec![first];
        while self.keyword(word) {
            nodes.push(part(self)?);
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { join(nodes) })
    }

    fn not(&mut self) -> Result<Node, RuleError> {
        if self.keyword("NOT") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return self.refuse("the rule is nested too deeply");
            }
            let node = self.not();
            self.depth -= 1;
            return Ok(Node::Not(Box::new(node?)));
        }
        if self.take_if(&Token::Open) {
            let node = self.rule()?;
            return if self.take_if(&Token::Close) {
                Ok(node)
            } else {
                self.refuse("a “)” was expected")
            };
        }
        if self.keyword("all") {
            let path = self.path()?;
            if self.keyword("match") {
                let at = self.place;
                let target = self.path()?;
                let Some((table, column)) =
                    target.split_once('.').filter(|(_, column)| !column.contains('.'))
                else {
                    self.place = at;
                    return self.refuse("match needs a table and a column, like spec_items.item_code");
                };
                let test = Test::Match { table: table.to_owned(), column: column.to_owned() };
                return Ok(Node::All { path, test });
            }
            return Ok(Node::All { path, test: self.test()? });
        }
        let path = self.path()?;
        Ok(Node::Is { path, test: self.test()? })
    }

    fn path(&mut self) -> Result<String, RuleError> {
        match self.tokens.get(self.place) {
            Some((_, Token::Word(word)))
                if !word.ends_with('.') && !word.contains("..") && !is_word(word) =>
            {
                let word = word.clone();
                self.place += 1;
                Ok(word)
            }
            _ => self.refuse("a name such as customer.id was expected"),
        }
    }

    fn test(&mut self) -> Result<Test, RuleError> {
        if self.keyword("IS") {
            let negated = self.keyword("NOT");
            return if self.keyword("NULL") {
                Ok(Test::Null { negated })
            } else {
                self.refuse("NULL was expected")
            };
        }
        let negated = self.keyword("NOT");
        if self.keyword("IN") {
            if !self.take_if(&Token::Open) {
                return self.refuse("a “(” was expected");
            }
            let mut literals = vec![self.literal()?];
            while self.take_if(&Token::Comma) {
                literals.push(self.literal()?);
            }
            let closed = self.take_if(&Token::Close);
            return if closed {
                Ok(Test::In { negated, literals })
            } else {
                self.refuse("a “)” was expected")
            };
        }
        if negated {
            return self.refuse("IN was expected");
        }
        let Some((_, Token::Op(op))) = self.tokens.get(self.place).cloned() else {
            return self.refuse("a comparison was expected: IS NULL, IN, =, !=, <, <=, > or >=");
        };
        self.place += 1;
        let with = match self.tokens.get(self.place) {
            Some((_, Token::Word(word))) if word.eq_ignore_ascii_case("null") => {
                return self.refuse("nothing compares with NULL; write IS NULL or IS NOT NULL");
            }
            Some((_, Token::Word(word)))
                if !word.eq_ignore_ascii_case("true") && !word.eq_ignore_ascii_case("false") =>
            {
                Operand::Path(self.path()?)
            }
            _ => Operand::Literal(self.literal()?),
        };
        Ok(Test::Compare { op, with })
    }

    fn literal(&mut self) -> Result<Literal, RuleError> {
        match self.take() {
            Some(Token::Number(number)) => Ok(Literal::Number(number)),
            Some(Token::Text(text)) => Ok(Literal::Text(text)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("true") => Ok(Literal::Boolean(true)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("false") => Ok(Literal::Boolean(false)),
            taken => {
                self.place -= usize::from(taken.is_some());
                self.refuse("a number, a text in single quotes, true or false was expected")
            }
        }
    }
}
