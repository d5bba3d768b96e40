//! Measures the chat with labelled messages, and says whether the goals hold.
//!
//! Owns the command line and the printing. Must not be shipped, and shows no fault of a part that is held out.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use testkit::chat_eval::{self, RIGHT, SILENT, Spread, Tally, UNDERSTOOD, UNNEEDED};

/// Measure the chat with labelled messages. Exit status 1 when a goal is missed.
#[derive(Parser)]
struct Asked {
    /// A market's folder, or a folder of markets.
    #[arg(long, default_value = "tests/chat")]
    market: PathBuf,
    /// Show what was wrong, in this part: only `tuning`.
    #[arg(long)]
    show: Option<String>,
    /// Say these to each market instead, one after the other, and print what comes of them.
    #[arg(long)]
    say: Vec<String>,
    /// Leave out how long messages take.
    #[arg(long)]
    no_pace: bool,
    /// Print how many wrong slots are of which kind, of all parts.
    #[arg(long)]
    kinds: bool,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let asked = Asked::parse();
    if asked.show.as_ref().is_some_and(|part| part != "tuning") {
        return Err("faults of a part that is held out are never shown; --show tuning".into());
    }
    let mut out = std::io::stdout();
    if !asked.say.is_empty() {
        for market in chat_eval::markets(&asked.market)? {
            for answer in chat_eval::say(&market, &asked.say)? {
                writeln!(out, "{answer}")?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (mut all, mut tuned, mut held_out) = (Tally::default(), Tally::default(), Tally::default());
    let mut understood = Vec::new();
    let heading =
        ["messages", "slots", "right %", "silent %", "asked", "unneeded %", "needed", "missing %", "whole %"];
    writeln!(out, "{:<18}{}", "", heading.map(|name| format!("{name:>11}")).concat())?;
    for market in chat_eval::markets(&asked.market)? {
        let parts = chat_eval::parts(&market)?;
        for part in &parts {
            let tally = chat_eval::judge(part)?;
            writeln!(out, "{}", row(&part.to_string(), &tally))?;
            if asked.show.as_deref() == Some(part.name.as_str()) {
                for fault in &tally.faults {
                    writeln!(out, "  {fault}")?;
                }
            }
            if part.name == "tuning" {
                tuned.add(&tally)
            } else {
                held_out.add(&tally)
            }
            all.add(&tally);
        }
        if !asked.no_pace {
            let pace = chat_eval::pace(&market, &parts)?;
            writeln!(
                out,
                "  {} items, {} customers, read in {} ms",
                pace.items,
                pace.customers,
                ms(pace.read)
            )?;
            writeln!(out, "  understood in ms: {}", spread(Spread::of(&pace.understood)))?;
            writeln!(out, "  answered in ms:   {}", spread(Spread::of(&pace.answered)))?;
            understood.extend(pace.understood);
        }
    }
    let totals = [("tuned on", &tuned), ("held out", &held_out), ("all", &all)];
    for (name, tally) in totals.into_iter().filter(|(_, tally)| tally.messages > 0) {
        let goals = if tally.holds() { "goals hold" } else { "goals missed" };
        writeln!(out, "{}  {goals}", row(name, tally))?;
        for (kind, many) in tally.kinds.iter().filter(|_| asked.kinds) {
            writeln!(out, "  {many:>6} {kind}")?;
        }
    }
    let pace = Spread::of(&understood);
    if !asked.no_pace {
        writeln!(out, "all understood in ms: {}", spread(pace))?;
    }
    let holds = [&tuned, &held_out].into_iter().all(|tally| tally.messages == 0 || tally.holds())
        && pace.p99 < UNDERSTOOD;
    writeln!(
        out,
        "goals of what was tuned on and of what was held out: right ≥ {} %, silent ≤ {} %, unneeded ≤ {} %, understood p99 < {} ms: {}",
        percent(RIGHT),
        percent(SILENT),
        percent(UNNEEDED),
        ms(UNDERSTOOD),
        if holds { "all hold" } else { "MISSED" }
    )?;
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(name: &str, tally: &Tally) -> String {
    let columns = [
        tally.messages.to_string(),
        tally.slots.to_string(),
        percent(tally.right_share()),
        percent(tally.silent_share()),
        tally.asked.to_string(),
        percent(tally.unneeded_share()),
        tally.needed.to_string(),
        percent(tally.missing_share()),
        percent(tally.whole_share()),
    ];
    format!("{name:<18}{}", columns.map(|column| format!("{column:>11}")).concat())
}

fn spread(spread: Spread) -> String {
    format!("p50 {}, p99 {}, max {}", ms(spread.p50), ms(spread.p99), ms(spread.max))
}

fn ms(time: Duration) -> String {
    format!("{}.{:02}", time.as_millis(), time.subsec_micros() % 1_000 / 10)
}

/// A share of 10,000, in percent.
fn percent(share: u32) -> String {
    format!("{}.{:02}", share / 100, share % 100)
}
