//! The words it learnt.
//!
//! Owns `words …`. Must not learn: `desk` does.

use desk::Desk;
use desk::learned::LearnedShown;
use serde_json::json;

use super::id;
use crate::args::WordsCommand;
use crate::output::{Failure, Outcome, counted, table};

/// `words list / forget ID / forget-customer ID`
pub fn run(desk: &Desk, command: &WordsCommand) -> Result<Outcome, Failure> {
    match command {
        WordsCommand::List => {
            let words = desk.learned_words()?;
            let rows = words.iter().map(|word| {
                let meant = word.meant.clone().unwrap_or_else(|| "not on this device".to_owned());
                let detail = word.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
                vec![
                    word.id.to_string(),
                    word.said.clone(),
                    word.target.clone(),
                    format!("{meant}{detail}"),
                    whom(word),
                    word.times.to_string(),
                    word.learned_at.clone(),
                ]
            });
            let headers = ["id", "words", "means", "which is", "for", "times", "learnt"];
            let text = if words.is_empty() {
                "Nothing yet: words are learnt when you answer what the chat asks.".to_owned()
            } else {
                table(&headers, &[5], rows.collect())
            };
            Outcome::new(&words, text)
        }
        WordsCommand::Forget { id } => {
            desk.forget_word(*id)?;
            Outcome::new(&json!({ "id": id, "forgotten": true }), format!("{id} is forgotten."))
        }
        WordsCommand::ForgetCustomer { id: which } => {
            let gone = desk.forget_words_of(&id(which)?)?;
            let text = format!("{} forgotten.", counted(gone, "word"));
            Outcome::new(&json!({ "customer_id": which, "forgotten": gone }), text)
        }
    }
}

/// For whom the words count.
fn whom(word: &LearnedShown) -> String {
    match (&word.customer_name, &word.customer_id) {
        (Some(name), _) => name.clone(),
        (None, Some(id)) => id.to_string(),
        (None, None) => "everybody".to_owned(),
    }
}
