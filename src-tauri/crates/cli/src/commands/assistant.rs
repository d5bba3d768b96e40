//! The assistant.
//!
//! Owns `assistant …`. Must not ask it: `desk` does.

use std::sync::atomic::AtomicBool;

use desk::Desk;
use desk::assistant::AssistantShown;

use crate::args::AssistantCommand;
use crate::output::{Failure, Outcome};

/// `assistant show / set / off / test`
pub fn run(desk: &Desk, command: &AssistantCommand) -> Result<Outcome, Failure> {
    let stands = match command {
        AssistantCommand::Show => desk.assistant()?,
        AssistantCommand::Set { url, model, key } => desk.set_assistant(url, model, key.as_deref())?,
        AssistantCommand::Off => desk.turn_assistant_off()?,
        AssistantCommand::Test => {
            let tried = desk.try_assistant(&AtomicBool::new(false))?;
            let mut text = format!("“{}” was read as\n", tried.message);
            for sentence in &tried.sentences {
                text.push_str(&format!("  {sentence}\n"));
            }
            if tried.sentences.is_empty() {
                text.push_str("  nothing: it answered, and found nothing in it to do\n");
            }
            return Outcome::new(&tried, text);
        }
    };
    let text = told(&stands);
    Outcome::new(&stands, text)
}

fn told(stands: &AssistantShown) -> String {
    if !stands.on {
        return "The assistant is off: no message leaves this device for one.".to_owned();
    }
    let key =
        if stands.has_key { format!("its key is {}", stands.key_kept) } else { "without a key".to_owned() };
    format!(
        "{} at {}, {key}.\nIt is sent a message the chat made nothing of, with the draft's customer and lines as \
         quoted and items that may be meant: never a cost, a margin, credit or another customer's prices.",
        stands.model, stands.url
    )
}
