//! A profile with as many prices as are wanted, for measuring the window over it.
//!
//! Owns the command line. Must not be shipped.

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use desk::{Desk, Opening, Setup, environment};
use sample::{Market, Plan};

/// Make a profile with a large fictional market. `FIELDQUOTE_PASSPHRASE` locks its key.
#[derive(Parser)]
struct Asked {
    /// The profile's folder, which must hold none yet.
    #[arg(long)]
    home: PathBuf,
    /// About how many prices.
    #[arg(long, default_value_t = 1_000_000)]
    prices: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = Asked::parse();
    let (keys, world) = (environment::keys()?, environment::world()?);
    let market = Market::generate(&Plan::large(world.clock.today(), asked.prices))?;
    let opening = Opening { home: &asked.home, keys: &keys, user: Some("Mike"), commit_hook: None };
    let setup = Setup { user: "Mike", company: market.company.clone() };
    let (desk, _) = Desk::create(&opening, world, &setup)?;
    let loaded = desk.load_market(&market)?;
    let mut out = std::io::stdout();
    serde_json::to_writer(&mut out, &loaded)?;
    Ok(out.write_all(b"\n")?)
}
