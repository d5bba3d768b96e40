//! How well, and how fast, the chat understands. `make chat-eval` runs it.
//!
//! Owns the command line and the table. Must not be shipped.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use testkit::chat_eval::{Market, Outcome, Padding, Score, Trouble, evaluate};

/// Say labelled conversations over their markets and compare what comes.
#[derive(Parser)]
struct Asked {
    /// Markets' folders.
    #[arg(required = true)]
    markets: Vec<PathBuf>,
    /// Tell the faults of the part that may be tuned on.
    #[arg(long)]
    show: bool,
    /// Leave the timing out.
    #[arg(long)]
    untimed: bool,
}

/// Slots exactly right, of a thousand.
const RIGHT: u32 = 970;
/// Slots wrong without having asked, of a thousand.
const WRONG: u32 = 5;
/// Messages with a question that was not needed, of a thousand.
const NOT_NEEDED: u32 = 50;
/// The slowest in a hundred messages.
const SLOWEST: Duration = Duration::from_millis(5);
/// As many customers and items as the timing is promised for.
const PADDING: Padding = Padding { customers: 50_000, items: 20_000 };

fn main() -> Result<ExitCode, Trouble> {
    let asked = Asked::parse();
    let mut out = std::io::stdout();
    let mut whole = Score::default();
    let mut met = true;
    writeln!(
        out,
        "{:<28}{:>9}{:>8}{:>9}{:>9}{:>12}",
        "", "messages", "slots", "right", "wrong", "not needed"
    )?;
    for folder in &asked.markets {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for part in ["tuning", "held_out"] {
            let market = Market::open(folder, None)?;
            let conversations = market.conversations(part)?;
            if conversations.is_empty() {
                continue;
            }
            let outcome = evaluate(&market, &conversations)?;
            row(&mut out, &format!("{name}, {part}"), &outcome.score)?;
            whole = whole.and(outcome.score);
            if asked.show && part == "tuning" {
                for fault in &outcome.faults {
                    writeln!(
                        out,
                        "  {} “{}”\n      {} {:?}",
                        fault.conversation, fault.said, fault.what, fault.answers
                    )?;
                }
            }
        }
        if !asked.untimed {
            let market = Market::open(folder, Some(PADDING))?;
            let mut all = market.conversations("tuning")?;
            all.extend(market.conversations("held_out")?);
            met &= times(&mut out, &name, evaluate(&market, &all)?)?;
        }
    }
    row(&mut out, "all", &whole)?;
    met &= whole.right_share() >= RIGHT
        && whole.wrong_share() <= WRONG
        && whole.not_needed_share() <= NOT_NEEDED;
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(out: &mut impl Write, name: &str, score: &Score) -> std::io::Result<()> {
    let share = |share: u32| format!("{}.{} %", share / 10, share % 10);
    writeln!(
        out,
        "{name:<28}{:>9}{:>8}{:>9}{:>9}{:>12}",
        score.messages,
        score.slots,
        share(score.right_share()),
        share(score.wrong_share()),
        share(score.not_needed_share())
    )
}

/// Tell the times; whether they are as promised.
fn times(out: &mut impl Write, name: &str, mut outcome: Outcome) -> std::io::Result<bool> {
    let mut tell = |what: &str, times: &mut Vec<Duration>| {
        times.sort_unstable();
        let at = |hundredth: usize| {
            times.get(times.len().saturating_sub(1) * hundredth / 100).copied().unwrap_or_default()
        };
        writeln!(out, "{name}, {what}: p50 {:?}, p99 {:?}, worst {:?}", at(50), at(99), at(100))?;
        Ok::<_, std::io::Error>(at(99))
    };
    let understood = tell("understood", &mut outcome.understood_in)?;
    tell("answered and kept", &mut outcome.answered_in)?;
    Ok(understood <= SLOWEST)
}
