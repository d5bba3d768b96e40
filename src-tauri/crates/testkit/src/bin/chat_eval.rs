//! Measures the chat with labelled messages, and says whether the goals hold.
//!
//! Owns the command line and the printing. Must not be shipped, and shows no fault of a part that is held out.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// Leave out how long messages take.
    #[arg(long)]
    no_pace: bool,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let asked = Asked::parse();
    if asked.show.as_ref().is_some_and(|part| part != "tuning") {
        return Err("faults of a part that is held out are never shown; --show tuning".into());
    }
    let mut out = std::io::stdout();
    let (mut all, mut holds) = (Tally::default(), true);
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
            holds &= tally.holds();
            all.add(&tally);
        }
        if !asked.no_pace {
            let pace = chat_eval::pace(&market, &parts)?;
            writeln!(out, "  {} items, {} customers", pace.items, pace.customers)?;
            writeln!(out, "  understood in ms: {}", spread(pace.understood))?;
            writeln!(out, "  answered in ms:   {}", spread(pace.answered))?;
            holds &= pace.understood.p99 < UNDERSTOOD;
        }
    }
    writeln!(out, "{}", row("all", &all))?;
    writeln!(
        out,
        "goals: right ≥ {RIGHT} %, silent ≤ {SILENT} %, unneeded ≤ {UNNEEDED} %, understood p99 < {UNDERSTOOD} ms: {}",
        if holds { "all hold" } else { "MISSED" }
    )?;
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(name: &str, tally: &Tally) -> String {
    let whole = f64::from(tally.whole) * 100.0 / f64::from(tally.messages.max(1));
    format!(
        "{name:<18}{:>11}{:>11}{:>11.2}{:>11.2}{:>11}{:>11.2}{:>11}{:>11.2}{whole:>11.2}",
        tally.messages,
        tally.slots,
        tally.right_share(),
        tally.silent_share(),
        tally.asked,
        tally.unneeded_share(),
        tally.needed,
        tally.missing_share(),
    )
}

fn spread(spread: Spread) -> String {
    format!("p50 {:.2}, p99 {:.2}, max {:.2}", spread.p50, spread.p99, spread.max)
}
