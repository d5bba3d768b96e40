//! The narrative of a run: what happened, told from its journal.
//!
//! Owns the sentences. Must not say anything the journal does not: no fixed praise, no guess.

use std::fmt::Write;

use crate::contract::{Contract, Severity};
use crate::plan::Planned;
use crate::rule::Outcome;
use crate::runner::{Event, Failure, GateDecision, Preflight, RunStatus};

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Milliseconds since the epoch.
    pub at_ms: i64,
    /// What.
    pub event: Event,
}

/// Tell a run that ends now with `status`.
pub fn tell(contract: &Contract, journal: &[Entry], status: RunStatus, facts: &[String]) -> String {
    let mut story = String::new();
    let began = journal.first().map_or(0, |entry| entry.at_ms);
    let mut staged: Option<i64> = None;
    let mut last_preflight = began;
    let mut retried = 0_usize;
    for entry in journal {
        match &entry.event {
            Event::Started { by, .. } => {
                say(&mut story, format_args!("{} began, set going by {by}.", contract.name))
            }
            Event::Preflighted(preflight) => {
                last_preflight = entry.at_ms;
                preflighted(&mut story, preflight);
            }
            Event::GateStaged { .. } => staged = Some(entry.at_ms),
            Event::GateVoided { reason, .. } => {
                say(&mut story, format_args!("What the gate showed was voided: {reason}."));
            }
            Event::GateDecided { decision, by, note, .. } => {
                let waited = span(entry.at_ms - staged.unwrap_or(last_preflight));
                let who = by.as_deref().unwrap_or("nobody");
                let note = note.as_deref().map(|note| format!(" (“{note}”)")).unwrap_or_default();
                match decision {
                    GateDecision::Approved => {
                        say(&mut story, format_args!("{who} approved after {waited}{note}."))
                    }
                    GateDecision::Rejected => {
                        say(&mut story, format_args!("{who} said no after {waited}{note}."))
                    }
                    GateDecision::Withdrawn => {
                        say(&mut story, format_args!("{who} withdrew it after {waited}{note}."));
                    }
                    GateDecision::Expired => say(&mut story, format_args!("Nobody decided within {waited}.")),
                }
            }
            Event::StepSkipped { step, reason } => {
                say(&mut story, format_args!("{step} was left out ({reason})."))
            }
            Event::StepFailed { step, attempt, failure, retry_at } => {
                retried += usize::from(retry_at.is_some());
                failed(&mut story, step, *attempt, failure, retry_at.is_some());
            }
            Event::StepSucceeded { step, attempt, .. } if *attempt > 1 => {
                say(&mut story, format_args!("{step} succeeded at attempt {attempt}."));
            }
            Event::StepCompensated { step, .. } => say(&mut story, format_args!("{step} was undone.")),
            Event::CompensationFailed { step, failure } => {
                say(&mut story, format_args!("{step} could not be undone: {}.", failure.message));
            }
            Event::Overruled { reason, .. } => say(&mut story, format_args!("It was overruled: {reason}.")),
            Event::StepStarted { .. } | Event::StepSucceeded { .. } | Event::Closed { .. } => {}
        }
    }
    for fact in facts {
        say(&mut story, format_args!("{fact}"));
    }
    let ended = journal.last().map_or(began, |entry| entry.at_ms);
    let attempts = match retried {
        0 => "nothing had to be retried".to_owned(),
        1 => "one attempt was repeated".to_owned(),
        n => format!("{n} attempts were repeated"),
    };
    say(&mut story, format_args!("It ended {status} after {}; {attempts}.", span(ended - began)));
    story
}

fn say(story: &mut String, sentence: std::fmt::Arguments<'_>) {
    if !story.is_empty() {
        story.push(' ');
    }
    // Writing to a String cannot fail.
    let _infallible = story.write_fmt(sentence);
}

fn preflighted(story: &mut String, preflight: &Preflight) {
    let held = preflight.checks.iter().filter(|check| check.outcome == Outcome::Passed).count();
    if !preflight.checks.is_empty() {
        say(story, format_args!("{held} of {} checks held.", preflight.checks.len()));
    }
    for check in preflight.checks.iter().filter(|check| check.outcome != Outcome::Passed) {
        let weight = match check.severity {
            Severity::Block => "blocked",
            Severity::Warn => "warned",
        };
        let few: Vec<&str> = check.because.iter().take(3).map(String::as_str).collect();
        let more = check.because.len().saturating_sub(few.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let why = if few.is_empty() { String::new() } else { format!(": {}{more}", few.join("; ")) };
        say(story, format_args!("{} {weight}{why}.", check.id));
    }
    let rows: usize = preflight
        .plan
        .iter()
        .map(|step| match &step.does {
            Planned::Write { writes } => writes.iter().map(|write| write.rows.len()).sum(),
            _ => 0,
        })
        .sum();
    if rows > 0 {
        let (rows, steps) = (counted(rows, "row write"), counted(preflight.plan.len(), "step"));
        say(story, format_args!("The plan held {rows} in {steps}."));
    }
}

fn failed(story: &mut String, step: &str, attempt: u32, failure: &Failure, again: bool) {
    let after = if again { "and was tried again" } else { "for good" };
    say(story, format_args!("Attempt {attempt} of {step} failed ({}) {after}.", failure.message));
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A span of time as a person says it.
fn span(ms: i64) -> String {
    match ms.max(0) {
        ms if ms < 1_000 => format!("{ms} ms"),
        ms if ms < 120_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        ms if ms < 7_200_000 => format!("{} min", ms / 60_000),
        ms if ms < 172_800_000 => format!("{} h", ms / 3_600_000),
        ms => format!("{} days", ms / 86_400_000),
    }
}

/// The sentence on prices that moved: item, price before (none when it was new), price after.
pub fn price_facts(moved: &[(String, Option<String>, String)]) -> Vec<String> {
    if moved.is_empty() {
        return Vec::new();
    }
    let few: Vec<String> = moved
        .iter()
        .take(3)
        .map(|(item, from, to)| format!("{item} {} → {to}", from.as_deref().unwrap_or("new")))
        .collect();
    let more = moved.len().saturating_sub(few.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    vec![format!("{} moved: {}{more}.", counted(moved.len(), "price"), few.join(", "))]
}
