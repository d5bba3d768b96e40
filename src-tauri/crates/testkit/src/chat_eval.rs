//! How well the chat understands reps: labelled messages said to a real profile, and compared.
//!
//! Owns the measure. Must not know a word of any market: the lists and the labels are files, their form is in
//! `tests/chat/README.md`.
//!
//! A **slot** is the customer, the school year, one line (an item with its cases and its price rule), the PDF,
//! the validity or the notes of a draft. Every message is judged by what it did itself: a slot counts at a
//! message when its label changes there or the app changes it there. It is *right* when it is then as labelled,
//! all of it. It is *wrong without having asked* when the app put something wrong there, or passed it over in
//! silence, while no question about it is open. A slot that was wrong before the message already is
//! *inherited* and left out, as are lines the app changes while another line was wrong before.
//!
//! A **question** counts as asked at the message that raises it, or that widens its choices. It was *not
//! needed* when the label has none of its slot there. A labelled question is *missing* at the message that
//! needs it when none of its slot is open, or when one of the labelled answers is not among its choices. The
//! question for a price that no list has is the price list's and not the message's, and is left out.

mod judge;
mod kind;
pub mod label;
mod market;
mod pace;
mod said;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::profile::TestProfile;

pub use judge::Tally;
pub use label::Labelled;
pub use pace::{Pace, Spread};

/// What of 10,000 slots must be right.
pub const RIGHT: u32 = 9_700;
/// What of 10,000 slots may be wrong without a question.
pub const SILENT: u32 = 50;
/// What of 10,000 questions need not have been asked.
pub const UNNEEDED: u32 = 500;
/// How long a message may take to be understood, at the 99th of a hundred.
pub const UNDERSTOOD: Duration = Duration::from_millis(5);

/// Why a market could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file cannot be read.
    #[error("{0} cannot be read")]
    File(String, #[source] std::io::Error),
    /// A line is not of the form.
    #[error("{0}, line {1}: {2}")]
    Line(String, usize, String),
    /// The profile refused something.
    #[error(transparent)]
    Desk(#[from] desk::DeskError),
}

/// One file of labelled messages of a market.
pub struct Part {
    /// The market's folder.
    pub market: PathBuf,
    /// `tuning` or `held_out`.
    pub name: String,
    /// What they are.
    pub conversations: Vec<Labelled>,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let market = self.market.file_name().unwrap_or_default().to_string_lossy();
        write!(f, "{market} {}", self.name)
    }
}

/// The parts of a market, those that may be looked at first.
///
/// # Errors
/// For a file that cannot be read, or a line that is not of the form.
pub fn parts(market: &Path) -> Result<Vec<Part>, EvalError> {
    let mut found = Vec::new();
    for name in ["tuning", "held_out"] {
        let file = market.join(format!("{name}.ndjson"));
        if file.exists() {
            let conversations = label::read(&file)?;
            found.push(Part { market: market.to_owned(), name: name.to_owned(), conversations });
        }
    }
    Ok(found)
}

/// The markets in a folder: itself, or the folders in it that hold lists.
///
/// # Errors
/// For a folder that cannot be read.
pub fn markets(folder: &Path) -> Result<Vec<PathBuf>, EvalError> {
    let failed = |error| EvalError::File(folder.display().to_string(), error);
    let is_market = |path: &Path| path.join("customers.csv").exists();
    if is_market(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        found.push(entry.map_err(failed)?.path());
    }
    found.retain(|path| is_market(path));
    found.sort();
    Ok(found)
}

/// Say every conversation of a part to a profile with the market's lists, and judge what comes of it.
///
/// # Errors
/// When the lists cannot be imported or a message is refused.
pub fn judge(part: &Part) -> Result<Tally, EvalError> {
    let profile = market::profile(&part.market, first_day(part))?;
    let mut tally = Tally::default();
    for conversation in by_day(part) {
        judge_one(&profile, conversation, &mut tally)?;
    }
    Ok(tally)
}

fn judge_one(profile: &TestProfile, conversation: &Labelled, tally: &mut Tally) -> Result<(), EvalError> {
    profile.clock.reach(market::morning(conversation.today));
    let draft = market::begin(&profile.desk, conversation)?;
    let begun = conversation.begun.as_ref().map(label::Begun::state).unwrap_or_default();
    let (mut was_meant, mut was) = (begun.clone(), begun);
    tally.conversations += 1;
    for turn in &conversation.turns {
        let answer = profile.desk.chat(&turn.say, Some(&draft))?;
        let (meant, is) = (turn.state(), said::state(&answer));
        let replies: Vec<String> = answer
            .answers
            .iter()
            .cloned()
            .chain(answer.draft.questions.iter().map(|question| question.prompt.clone()))
            .collect();
        let step = judge::Step { was_meant: &was_meant, was: &was, meant: &meant, is: &is };
        let faults = step.judge(answer.answers.is_empty(), tally);
        if !faults.is_empty() {
            let said = format!("{} “{}”", conversation.id, turn.say.replace('\n', "⏎"));
            tally.faults.push(format!(
                "{said}\n    {}\n    says: {}",
                faults.join("\n    "),
                replies.join(" / ")
            ));
        }
        (was_meant, was) = (meant, is);
    }
    // What was chosen in one conversation is not to help the next.
    for learned in profile.desk.learned_words()? {
        profile.desk.forget_word(learned.id)?;
    }
    Ok(())
}

/// Say messages of one's own to a market, one after the other: what comes of each, as text.
///
/// # Errors
/// As [`judge()`].
pub fn say(market: &Path, messages: &[String]) -> Result<Vec<String>, EvalError> {
    let profile = market::profile(market, chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default())?;
    let mut draft = None;
    let mut told = Vec::new();
    for message in messages {
        let answer = profile.desk.chat(message, draft.as_ref())?;
        draft = Some(answer.draft.draft_id.clone());
        let read: Vec<String> = answer
            .understood
            .iter()
            .map(|one| format!("“{}” → {} ({})", one.said, one.meant, one.why))
            .collect();
        let asks = answer.draft.questions.iter().map(|question| {
            let choices: Vec<&str> = question.choices.iter().map(|choice| choice.label.as_str()).collect();
            format!("? {} [{}]", question.prompt, choices.join(" | "))
        });
        let lines: Vec<String> = read.into_iter().chain(answer.answers.iter().cloned()).chain(asks).collect();
        told.push(format!("{message}\n  {}", lines.join("\n  ")));
    }
    Ok(told)
}

/// Say every conversation of some parts once to a large profile, and measure how long each message takes.
///
/// # Errors
/// As [`judge()`].
pub fn pace(market: &Path, parts: &[Part]) -> Result<Pace, EvalError> {
    let conversations: Vec<&Labelled> = parts.iter().flat_map(|part| &part.conversations).collect();
    pace::measure(market, &conversations)
}

fn first_day(part: &Part) -> chrono::NaiveDate {
    part.conversations.iter().map(|conversation| conversation.today).min().unwrap_or_default()
}

/// The clock of a profile only goes on, so its conversations are held in the order of their days.
fn by_day(part: &Part) -> Vec<&Labelled> {
    let mut ordered: Vec<&Labelled> = part.conversations.iter().collect();
    ordered.sort_by_key(|conversation| conversation.today);
    ordered
}
