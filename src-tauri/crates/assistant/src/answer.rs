//! What an assistant answered.
//!
//! Owns finding the sentences in an answer, whatever the model wrapped them in. Must not mend what is wrong: an
//! answer that is not what was asked for is none.

use serde::Deserialize;

use crate::Trouble;

/// The most sentences an answer may have.
pub const MOST_SENTENCES: usize = 30;
/// The longest a sentence may be, in characters.
pub const LONGEST_SENTENCE: usize = 300;

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    sentences: Vec<String>,
}

/// The sentences of an answer's body.
pub(crate) fn sentences(body: &[u8]) -> Result<Vec<String>, Trouble> {
    let unreadable = |why: &str| Trouble::Unreadable(why.to_owned());
    let completion: Completion =
        serde_json::from_slice(body).map_err(|_| unreadable("it is not the answer of a chat endpoint"))?;
    let message = completion.choices.into_iter().next().ok_or_else(|| unreadable("it is empty"))?.message;
    if message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(unreadable("the model declined"));
    }
    let content = message.content.ok_or_else(|| unreadable("it is empty"))?;
    let found: Sentences = serde_json::from_str(object(&content))
        .map_err(|_| unreadable("it is not the list of sentences asked for"))?;
    let mut kept = Vec::new();
    for sentence in found.sentences {
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        if sentence.chars().count() > LONGEST_SENTENCE || sentence.chars().any(char::is_control) {
            return Err(unreadable("a sentence is longer than asked for"));
        }
        if !sentence.is_empty() {
            kept.push(sentence);
        }
    }
    if kept.len() > MOST_SENTENCES {
        return Err(unreadable("it is longer than asked for"));
    }
    Ok(kept)
}

/// The JSON object in a text: models put theirs between fences, or behind what they thought.
fn object(content: &str) -> &str {
    let after = content.rfind("</think>").map_or(content, |end| &content[end..]);
    match (after.find('{'), after.rfind('}')) {
        (Some(from), Some(to)) if from < to => &after[from..=to],
        _ => after.trim(),
    }
}

/// What a refusal says, if it is in the usual shape; one line, not long.
pub(crate) fn refusal(body: &[u8]) -> Option<String> {
    let said: serde_json::Value = serde_json::from_slice(body).ok()?;
    let text =
        said.pointer("/error/message").or_else(|| said.get("error")).or_else(|| said.get("message"))?;
    let text = text.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().filter(|c| !c.is_control()).take(160).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn answer(content: &str) -> Vec<u8> {
        json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] })
            .to_string()
            .into_bytes()
    }

    #[test]
    fn the_list_is_found_in_whatever_a_model_wraps_it_in() {
        for content in [
            r#"{"sentences":["with pdf"]}"#,
            "```json\n{\"sentences\": [\"with  pdf\"]}\n```",
            "<think>{ hm }</think> Here it is: {\"sentences\":[\"with pdf\",\" \"]}",
        ] {
            assert_eq!(sentences(&answer(content)).unwrap(), ["with pdf"], "{content}");
        }
        assert!(sentences(&answer(r#"{"sentences":[]}"#)).unwrap().is_empty());
    }

    #[test]
    fn what_is_not_the_list_asked_for_is_no_answer() {
        let many = json!({ "sentences": vec!["with pdf"; MOST_SENTENCES + 1] }).to_string();
        let long = json!({ "sentences": ["x".repeat(LONGEST_SENTENCE + 1)] }).to_string();
        for content in
            ["", "Sure!", "{}", r#"{"sentences":"with pdf"}"#, r#"{"sentences":[1]}"#, &many, &long]
        {
            assert!(matches!(sentences(&answer(content)), Err(Trouble::Unreadable(_))), "{content}");
        }
        for body in ["", "<html>", "{}", r#"{"choices":[]}"#, r#"{"choices":[{"message":{}}]}"#] {
            assert!(matches!(sentences(body.as_bytes()), Err(Trouble::Unreadable(_))), "{body}");
        }
    }
}
