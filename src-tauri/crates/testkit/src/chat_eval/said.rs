//! What the app made of a message, in the form of a label.
//!
//! Owns reading it off the answer the rep is shown. Must not look behind the answer.

use std::collections::BTreeSet;

use desk::chat::Answer;
use desk::drafts::{DraftShown, LineShown};
use serde_json::Value;

use super::label::State;

/// The draft and the questions after a message.
pub fn state(answer: &Answer) -> State {
    let draft = &answer.draft;
    let mut state = State::default();
    state.put("customer", draft.customer.as_ref().map(|customer| customer.id.to_string()));
    state.put("year", draft.school_year.map(|year| year.to_string()));
    for line in &draft.lines {
        let cases = line.quantity.map_or("?".to_owned(), |cases| cases.to_string());
        state.line(line.item_code.as_str(), &cases, &line.price);
    }
    state.put("pdf", draft.include_pdf.then(|| "wanted".to_owned()));
    state.put("until", draft.valid_until.map(|day| day.to_string()));
    state.put("notes", (!draft.notes.is_empty()).then(|| draft.notes.join("\n")));
    for question in &draft.questions {
        let Ok(question) = serde_json::to_value(question) else { continue };
        let slot = question["slot"].as_str().unwrap_or_default().to_owned();
        if slot == "list_price" {
            continue;
        }
        named(&question, draft, state.asks.entry(slot).or_default());
    }
    state
}

/// Every customer, item and year that a question names in what its choices do.
fn named(value: &Value, draft: &DraftShown, about: &mut BTreeSet<String>) {
    let of_line = |id: &str| {
        let line = draft.lines.iter().find(|line: &&LineShown| line.line_id.as_str() == id);
        line.map(|line| line.item_code.to_string())
    };
    match value {
        Value::Object(fields) => {
            for (field, inner) in fields {
                match (field.as_str(), inner.as_str()) {
                    ("customer_id" | "item_code" | "school_year", Some(text)) => {
                        about.insert(text.to_uppercase());
                    }
                    ("line_id", Some(id)) => about.extend(of_line(id)),
                    _ => named(inner, draft, about),
                }
            }
        }
        Value::Array(values) => {
            for inner in values {
                about.extend(inner.as_str().and_then(of_line));
                named(inner, draft, about);
            }
        }
        _ => {}
    }
}
