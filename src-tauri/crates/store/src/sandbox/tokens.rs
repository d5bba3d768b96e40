//! Splitting SQL into tokens, as SQLite itself does (`tokenize.c`).
//!
//! Owns where strings, quoted names, comments and placeholders begin and end. Must not understand a
//! statement: it is for finding `?`, `now`, `RETURNING` and `;` where they are really those.

use crate::sandbox::SqlError;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// White space or a comment.
    Space,
    /// A keyword or a plain name.
    Word,
    /// A name in quotes, brackets or backticks.
    QuotedName,
    /// A string or a blob literal.
    Literal,
    /// A number.
    Number,
    /// A bare `?`.
    Placeholder,
    /// `?1`, `:name`, `@name`, `$name`.
    NamedPlaceholder,
    /// Any other single character.
    Mark,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'s> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'s str,
}

impl Token<'_> {
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.text == mark
    }
}

/// Every token of the text, in order; together they are the text.
pub(crate) fn tokens(sql: &str) -> Result<Vec<Token<'_>>, SqlError> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = next(rest, first)?;
        let (text, after) = rest.split_at(length);
        found.push(Token { kind, text });
        rest = after;
    }
    Ok(found)
}

fn next(rest: &str, first: char) -> Result<(TokenKind, usize), SqlError> {
    let second = rest[first.len_utf8()..].chars().next();
    Ok(match first {
        '\0' => return Err(SqlError::Text("it has a NUL character")),
        _ if is_space(first) => (TokenKind::Space, run(rest, is_space)),
        '-' if second == Some('-') => (TokenKind::Space, rest.find('\n').unwrap_or(rest.len())),
        '/' if second == Some('*') => match rest[2..].find("*/") {
            Some(end) => (TokenKind::Space, end + 4),
            None => return Err(SqlError::Text("a comment is not closed")),
        },
        '\'' => (TokenKind::Literal, quoted(rest, 0, '\'')?),
        'x' | 'X' if second == Some('\'') => (TokenKind::Literal, quoted(rest, 1, '\'')?),
        '"' => (TokenKind::QuotedName, quoted(rest, 0, '"')?),
        '`' => (TokenKind::QuotedName, quoted(rest, 0, '`')?),
        '[' => match rest.find(']') {
            Some(end) => (TokenKind::QuotedName, end + 1),
            None => return Err(SqlError::Text("a name in brackets is not closed")),
        },
        '?' => {
            let digits = run(&rest[1..], |c| c.is_ascii_digit());
            (if digits == 0 { TokenKind::Placeholder } else { TokenKind::NamedPlaceholder }, 1 + digits)
        }
        ':' | '@' | '$' | '#' => {
            let name = run(&rest[1..], is_name);
            (if name == 0 { TokenKind::Mark } else { TokenKind::NamedPlaceholder }, 1 + name)
        }
        _ if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) => {
            (TokenKind::Number, number(rest))
        }
        _ if is_name(first) => (TokenKind::Word, run(rest, is_name)),
        _ => (TokenKind::Mark, first.len_utf8()),
    })
}

/// A literal in quotes, where a doubled quote stands for one.
fn quoted(rest: &str, start: usize, quote: char) -> Result<usize, SqlError> {
    let mut at = start + 1;
    while let Some(end) = rest[at..].find(quote) {
        at += end + 1;
        if !rest[at..].starts_with(quote) {
            return Ok(at);
        }
        at += 1;
    }
    Err(SqlError::Text("a quote is not closed"))
}

/// Digits, a point, an exponent, and whatever name characters cling to it: SQLite refuses those itself.
fn number(rest: &str) -> usize {
    let mut before = ' ';
    run(rest, |c| {
        let takes = is_name(c) || c == '.' || (matches!(c, '+' | '-') && matches!(before, 'e' | 'E'));
        before = c;
        takes
    })
}

fn run(text: &str, mut takes: impl FnMut(char) -> bool) -> usize {
    text.find(|c| !takes(c)).unwrap_or(text.len())
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(sql: &str) -> Vec<(TokenKind, &str)> {
        let all = tokens(sql).unwrap();
        all.into_iter().filter(|token| token.kind != TokenKind::Space).map(|t| (t.kind, t.text)).collect()
    }

    #[test]
    fn a_placeholder_in_a_string_a_name_or_a_comment_is_none() {
        let sql = "SELECT '?', \"?\", [?], `?`, x'3f' /* ? */ -- ?\n FROM t WHERE a = ? AND b=?2 AND c=:now";
        let all = kinds(sql);
        let placeholders =
            |kind| all.iter().filter(|(k, _)| *k == kind).map(|(_, text)| *text).collect::<Vec<_>>();
        assert_eq!(placeholders(TokenKind::Placeholder), ["?"]);
        assert_eq!(placeholders(TokenKind::NamedPlaceholder), ["?2", ":now"]);
        assert_eq!(placeholders(TokenKind::Literal), ["'?'", "x'3f'"]);
    }

    #[test]
    fn a_doubled_quote_does_not_end_a_string() {
        assert_eq!(kinds("'it''s' 'a'")[0], (TokenKind::Literal, "'it''s'"));
        assert_eq!(kinds("\"a\"\"b\"")[0], (TokenKind::QuotedName, "\"a\"\"b\""));
    }

    #[test]
    fn numbers_keep_their_exponent_and_do_not_swallow_operators() {
        assert_eq!(
            kinds("1e-5+2"),
            [(TokenKind::Number, "1e-5"), (TokenKind::Mark, "+"), (TokenKind::Number, "2")]
        );
        assert_eq!(kinds(".5")[0], (TokenKind::Number, ".5"));
    }

    #[test]
    fn what_is_left_open_is_refused() {
        for open in ["'a", "\"a", "[a", "`a", "/* a", "x'00", "a\0b"] {
            assert!(tokens(open).is_err(), "{open:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn the_tokens_of_any_text_are_the_text(sql in "(?s).{0,60}|[-'\"/*\\[\\]`?:x1e.;nowIN() \n]{0,40}") {
            if let Ok(all) = tokens(&sql) {
                prop_assert_eq!(all.iter().map(|token| token.text).collect::<String>(), sql.as_str());
                prop_assert!(all.iter().all(|token| !token.text.is_empty()));
            }
        }
    }
}
