//! Quotes.
//!
//! Owns `quote …`. Must not change one, but for what its customer said: what is begun from one is a draft.

use desk::Desk;
use desk::browse::Quotes;
use desk::outcome::Said;
use desk::quotes::{Differences, QuoteShown};
use domain::Outcome as Answer;

use super::{LISTED, drafts, id};
use crate::args::QuoteCommand;
use crate::output::{Failure, Outcome, or_dash, table};

/// `quote list / show / pdf / accept / decline / revise / duplicate / diff`
pub fn run(desk: &Desk, command: &QuoteCommand) -> Result<Outcome, Failure> {
    match command {
        QuoteCommand::List { customer } => {
            let customer = customer.as_deref().map(id).transpose()?;
            let which = Quotes { customer_id: customer.as_ref(), limit: LISTED, ..Quotes::default() };
            let quotes = desk.quotes(&which)?.rows;
            let rows = quotes.iter().map(|quote| {
                vec![
                    quote.quote_id.to_string(),
                    quote.lifecycle_status.to_string(),
                    quote.customer_name.clone(),
                    quote.school_year.to_string(),
                    quote.total.as_total(),
                    quote.valid_until.clone(),
                    quote.prepared_by.clone(),
                ]
            });
            let headers = ["quote", "status", "customer", "year", "total", "valid until", "by"];
            let text = table(&headers, &[4], rows.collect());
            Outcome::new(&quotes, text)
        }
        QuoteCommand::Show { id: which } => {
            let quote = desk.quote(&id(which)?)?;
            let text = shown(&quote);
            Outcome::new(&quote, text)
        }
        QuoteCommand::Pdf { id: which, out } => {
            let written = desk.quote_pdf(&id(which)?, out)?;
            let kind = if written.stored { "the approved bytes" } else { "a fresh rendering" };
            let text = format!(
                "Wrote {} ({} bytes, {kind}, sha256 {}).",
                written.file, written.size, written.sha256
            );
            Outcome::new(&written, text)
        }
        QuoteCommand::Accept { id: which, note } => {
            let said = Said { note: note.as_deref(), ..Said::default() };
            answered(&desk.quote_outcome(&id(which)?, Answer::Accepted, &said)?)
        }
        QuoteCommand::Decline { id: which, reason, competitor, note } => {
            let said =
                Said { reason: Some(reason), competitor: competitor.as_deref(), note: note.as_deref() };
            answered(&desk.quote_outcome(&id(which)?, Answer::Declined, &said)?)
        }
        QuoteCommand::Revise { id: which } => drafts::stands(&desk.quote_revise(&id(which)?)?),
        QuoteCommand::Duplicate { id: which, year } => {
            let year = year.as_deref().map(id).transpose()?;
            drafts::stands(&desk.quote_duplicate(&id(which)?, year)?)
        }
        QuoteCommand::Diff { a, b } => {
            let differences = desk.quote_diff(&id(a)?, &id(b)?)?;
            let text = compared(&differences);
            Outcome::new(&differences, text)
        }
    }
}

fn answered(quote: &QuoteShown) -> Result<Outcome, Failure> {
    let text = format!("Quote {} is {}.", quote.listed.quote_id, quote.listed.lifecycle_status);
    Outcome::new(quote, text)
}

fn shown(shown: &QuoteShown) -> String {
    let (listed, quote) = (&shown.listed, &shown.quote);
    let mut text = format!(
        "Quote {} · {} · {} · {} · valid until {}\n",
        listed.quote_id,
        listed.lifecycle_status,
        listed.customer_name,
        listed.school_year,
        listed.valid_until
    );
    let rows = quote.lines.iter().zip(&shown.margins).map(|(line, margin)| {
        vec![
            line.line_no.to_string(),
            line.item_code.to_string(),
            line.description.clone(),
            line.quantity.to_string(),
            line.case_price.as_price(),
            line.program.to_string(),
            line.df_value.map_or_else(|| "—".to_owned(), |value| value.as_price()),
            line.net_price.as_price(),
            line.extended.as_total(),
            margin.clone(),
        ]
    });
    let headers =
        ["", "item", "description", "cases", "price", "program", "DF value", "net", "extended", "margin"];
    text.push_str(&table(&headers, &[3, 4, 6, 7, 8, 9], rows.collect()));
    text.push_str(&format!(
        "commercial {} · DF value {} · total {}\nPDF {} · run {} · content {}",
        quote.totals.commercial.as_total(),
        quote.totals.df_value.as_total(),
        quote.totals.total.as_total(),
        or_dash(shown.pdf_sha256.as_ref()),
        or_dash(shown.run_id.as_ref()),
        shown.snapshot_hash.short()
    ));
    text
}

fn compared(differences: &Differences) -> String {
    let mut text = format!("{} → {}\n", differences.from, differences.to);
    for field in &differences.fields {
        text.push_str(&format!("  {}: {} → {}\n", field.field, field.from, field.to));
    }
    for line in &differences.lines {
        text.push_str(&format!("  {} {}\n", line.change, line.item_code));
        for field in &line.fields {
            text.push_str(&format!("      {}: {} → {}\n", field.field, field.from, field.to));
        }
    }
    text.push_str(&format!("total moved by {}", differences.total_moved.as_total()));
    text
}
