//! How well the chat understands: labelled conversations said over the real path, and what came compared with
//! what should have come.
//!
//! Owns the way from a market's folder to the figures; `tests/chat/README.md` says what the folder holds. Must not
//! know how a message is understood.
//!
//! A **slot** is one thing a message can settle: the customer, the year, a line (item, cases, price rule), the PDF,
//! the validity, the notes, and each question that must be open. It counts in a turn where it is expected or there,
//! and where it should have changed or was right before: a fault is counted once, in the turn that made it.
//!
//! - **right**: exactly as labelled; a question is right when it is open and offers all that the label names.
//! - **wrong without having asked**: something is there that should not be so, and no question about it is open.
//! - **not needed**: a question this message raised about something the label says is clear.

mod judge;
mod label;
mod market;
mod said;

pub use judge::{Fault, Score};
pub use label::Conversation;
pub use market::{Market, Padding};

use std::time::Duration;

use crate::chat_eval::said::Said;

/// What goes wrong around an evaluation.
pub type Trouble = Box<dyn std::error::Error>;

/// What came of some conversations.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The counts.
    pub score: Score,
    /// What was not right.
    pub faults: Vec<Fault>,
    /// How long each message took to be understood, look-ups included.
    pub understood_in: Vec<Duration>,
    /// How long each took altogether, kept durably.
    pub answered_in: Vec<Duration>,
}

/// Say conversations over a market, in the order of their days.
///
/// # Errors
/// When the market cannot be read or the desk refuses what every desk must take.
pub fn evaluate(market: &Market, conversations: &[Conversation]) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::default();
    let mut in_order: Vec<&Conversation> = conversations.iter().collect();
    in_order.sort_by_key(|conversation| conversation.today);
    for conversation in in_order {
        market.turn_to(conversation.today);
        let mut draft = None;
        let mut before = Said::default();
        let mut due = Said::default();
        if let Some(begun) = &conversation.begun {
            let answer = market.desk().chat(&begun.message(), None)?;
            draft = Some(answer.draft.draft_id.clone());
            before = Said::of(&answer)?;
            due = Said { customer: before.customer.clone(), year: before.year.clone(), ..Said::default() };
        }
        for turn in &conversation.turns {
            outcome.understood_in.push(market.understood_in(&turn.say, draft.as_ref())?);
            let begun = std::time::Instant::now();
            let answer = market.desk().chat(&turn.say, draft.as_ref())?;
            outcome.answered_in.push(begun.elapsed());
            draft = Some(answer.draft.draft_id.clone());
            let (after, expected) = (Said::of(&answer)?, turn.expected());
            let faults = outcome.score.judge(&judge::Turn {
                before: &before,
                after: &after,
                due: &due,
                expected: &expected,
            });
            outcome.faults.extend(faults.into_iter().map(|what| Fault {
                conversation: conversation.id.clone(),
                said: turn.say.clone(),
                what,
                answers: answer.answers.clone(),
            }));
            (before, due) = (after, expected);
        }
    }
    Ok(outcome)
}
