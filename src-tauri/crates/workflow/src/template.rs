//! Texts with paths in braces: `quotes/{quote.id}.pdf`, `Hello {quote.customer.contact_name|there}`.
//!
//! Owns reading and filling them. Must not nest or compute: a template is a text a person can read.

use serde_json::Value;

use crate::context::Context;

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    /// As it stands.
    Text(&'t str),
    /// The value of a path, or the text after `|` when there is none.
    Path {
        /// The path.
        path: &'t str,
        /// The text in its place.
        otherwise: Option<&'t str>,
    },
}

/// A brace is not closed, or there is nothing in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the brace at character {at} is empty or is not closed")]
pub struct TemplateError {
    /// Where, from 1.
    pub at: usize,
}

/// The parts of a template.
///
/// # Errors
/// The first brace that is empty or not closed.
pub fn parts(template: &str) -> Result<Vec<Part<'_>>, TemplateError> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let at = template[..template.len() - rest.len() + open].chars().count() + 1;
        let close = rest[open..].find('}').ok_or(TemplateError { at })? + open;
        if open > 0 {
            found.push(Part::Text(&rest[..open]));
        }
        let inside = &rest[open + 1..close];
        let (path, otherwise) =
            inside.split_once('|').map_or((inside, None), |(path, otherwise)| (path, Some(otherwise)));
        if path.is_empty() {
            return Err(TemplateError { at });
        }
        found.push(Part::Path { path, otherwise });
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        found.push(Part::Text(rest));
    }
    Ok(found)
}

/// The template with its paths filled in; a path without a value gives its otherwise-text, or nothing.
///
/// # Errors
/// The first brace that is empty or not closed.
pub fn fill(template: &str, context: &Context<'_>) -> Result<String, TemplateError> {
    let mut out = String::new();
    for part in parts(template)? {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Path { path, otherwise } => match context.get(path) {
                Value::Null => out.push_str(otherwise.unwrap_or("")),
                Value::String(text) => out.push_str(&text),
                other => out.push_str(&other.to_string()),
            },
        }
    }
    Ok(out)
}
