//! Writes sample quotes as PDF files into a folder: `cargo run --example quote -- FOLDER`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::path::PathBuf;

use domain::Program;
use fieldquote_render::{PrintableQuote, quote_pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("give a folder to write into")?);
    std::fs::create_dir_all(&folder)?;
    let quotes = [
        ("noi-12", fixture::quote(Program::Noi, 12)),
        ("noi-60", fixture::quote(Program::Noi, 60)),
        ("rebate-12", fixture::quote(Program::Rebate, 12)),
        ("mixed-12", fixture::mixed()),
        ("commercial-12", fixture::quote(Program::Commercial, 12)),
        ("hostile", fixture::hostile()),
    ];
    for (name, quote) in quotes {
        let pdf = quote_pdf(&PrintableQuote::from(&quote), &fixture::company())?;
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, &pdf.bytes)?;
        println!(
            "{}: {} pages, {} bytes, {} characters replaced, sha256 {}",
            path.display(),
            pdf.pages,
            pdf.bytes.len(),
            pdf.tally.replaced,
            pdf.sha256
        );
    }
    Ok(())
}
