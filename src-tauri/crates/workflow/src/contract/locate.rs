//! Where in a file a JSON pointer points.
//!
//! Owns the way from `/steps/0/writes/2/sql` to a line number, and what JSON itself lets pass: a field given
//! twice, a fraction. Must not judge what stands there.

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// The line, from 1, of the value a pointer names, or of the deepest part of the pointer there is.
pub(super) fn line_of(text: &str, pointer: &str) -> usize {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let Some(root) = parsed.ok().and_then(|parsed| parsed.value) else {
        return 1;
    };
    let mut here = &root;
    let mut start = here.start();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let below = match here {
            Value::Object(object) => object
                .properties
                .iter()
                .find(|property| property.name.as_str() == part)
                .map(|property| (property.range.start, &property.value)),
            Value::Array(array) => part
                .parse::<usize>()
                .ok()
                .and_then(|place| array.elements.get(place))
                .map(|element| (element.start(), element)),
            _ => None,
        };
        let Some((at, value)) = below else { break };
        (start, here) = (at, value);
    }
    line_at(text, start)
}

fn line_at(text: &str, start: usize) -> usize {
    text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1
}

/// Where JSON says something that cannot be meant: pointer, line, and what it is.
pub(super) fn oddities(text: &str) -> Vec<(String, usize, String)> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let mut found = Vec::new();
    if let Some(root) = parsed.ok().and_then(|parsed| parsed.value) {
        look(text, &root, "", &mut found);
    }
    found
}

fn look(text: &str, value: &Value<'_>, pointer: &str, found: &mut Vec<(String, usize, String)>) {
    match value {
        Value::Object(object) => {
            let mut seen = BTreeSet::new();
            for property in &object.properties {
                let name = property.name.as_str();
                let below = format!("{pointer}/{}", escaped(name));
                if !seen.insert(name.to_owned()) {
                    let line = line_at(text, property.range.start);
                    found.push((below.clone(), line, format!("the field {name} is given twice")));
                }
                look(text, &property.value, &below, found);
            }
        }
        Value::Array(array) => {
            for (place, element) in array.elements.iter().enumerate() {
                look(text, element, &format!("{pointer}/{place}"), found);
            }
        }
        Value::NumberLit(number) if number.value.contains(['.', 'e', 'E']) => {
            let line = line_at(text, number.range.start);
            found.push((pointer.to_owned(), line, format!("{} is not a whole number", number.value)));
        }
        _ => {}
    }
}

/// A field's name as a part of a pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
