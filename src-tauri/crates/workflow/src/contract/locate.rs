//! Where in a file a JSON pointer points.
//!
//! Owns the way from `/steps/0/writes/2/sql` to a line number. Must not judge what stands there.

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
    text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1
}
