//! What follows the sums: notes, terms and conditions, and where to sign.
//!
//! Owns those blocks. The acceptance block is never divided.

use domain::Company;

use crate::flow::{BLOCK_GAP, Flow};
use crate::passage;
use crate::printable::PrintableQuote;
use crate::theme::{self, ACCENT, LINE, Length, Paper, SIDE, SUBTLE, pt};
use crate::totals::Corner;
use crate::words;
use crate::wrap::{wrap, wrap_at_most};

/// Notes (beside the sums when they fit there), terms, acceptance.
pub(crate) fn place(flow: &mut Flow<'_>, quote: &PrintableQuote, company: &Company, corner: &Corner) {
    // Without notes the place at the left of the sums is for signing: a short quote stays on one page.
    let signed_beside = quote.notes.is_empty()
        && flow.paper == Paper::LANDSCAPE
        && acceptance(flow, quote, company, Some(corner));
    if !quote.notes.is_empty() && !beside_sums(flow, &quote.notes, corner) {
        flow.y += BLOCK_GAP;
        passage::in_one_column(flow, "Notes", &quote.notes, theme::BODY);
    }
    if !company.terms.is_empty() {
        flow.y += BLOCK_GAP;
        let terms: Vec<String> =
            company.terms.iter().enumerate().map(|(place, text)| format!("{}. {text}", place + 1)).collect();
        passage::in_two_columns(flow, "Terms and conditions", &terms, theme::SMALL);
    }
    if !signed_beside {
        acceptance(flow, quote, company, None);
    }
}

/// Draws the notes at the left of the sums, if they fit.
fn beside_sums(flow: &mut Flow<'_>, notes: &[String], corner: &Corner) -> bool {
    let style = theme::BODY;
    let paragraphs: Vec<Vec<&str>> =
        notes.iter().map(|note| wrap(note, style, corner.width, flow.faces)).collect();
    let gap = pt(3);
    let height = theme::HEADING.leading
        + paragraphs
            .iter()
            .map(|lines| Length::try_from(lines.len()).unwrap_or(Length::MAX / 1000) * style.leading + gap)
            .sum::<Length>();
    if height > corner.height + pt(6) {
        return false;
    }
    flow.sheet.text(SIDE, corner.top, theme::HEADING, "Notes");
    let mut y = corner.top + theme::HEADING.leading;
    for lines in paragraphs {
        for line in lines {
            flow.sheet.text(SIDE, y, style, line);
            y += style.leading;
        }
        y += gap;
    }
    flow.y = flow.y.max(y);
    true
}

/// Where to sign: at the left of the sums if a corner is given, else across the page. Gives whether it was
/// drawn; beside the sums it is only drawn where it fits.
fn acceptance(
    flow: &mut Flow<'_>,
    quote: &PrintableQuote,
    company: &Company,
    corner: Option<&Corner>,
) -> bool {
    let back = if company.email.is_empty() { company.name.clone() } else { company.email.clone() };
    let text = format!(
        "To accept quote {} at {}, sign and return it to {} by {}. Prices hold from {} to {}.",
        quote.id,
        words::dollars(quote.totals.total),
        words::shortened(&back, 60),
        words::long_date(quote.valid_until),
        words::long_date(quote.price_from),
        words::long_date(quote.price_to),
    );
    let width = corner.map_or_else(|| flow.paper.measure(), |corner| corner.width);
    let inner = width - pt(24);
    let lines = wrap_at_most(&text, theme::BODY, inner, 3, flow.faces);
    let said = Length::try_from(lines.len()).unwrap_or(3) * theme::BODY.leading;
    let rows: &[&[(&str, i64)]] = if flow.paper == Paper::LANDSCAPE {
        &[&[("Signed by", 34), ("Name and title", 32), ("Purchase order no.", 18), ("Date", 16)]]
    } else {
        &[&[("Signed by", 60), ("Date", 40)], &[("Name and title", 60), ("Purchase order no.", 40)]]
    };
    let field = pt(32);
    let height = pt(20) + theme::HEADING.leading + said + field * Length::try_from(rows.len()).unwrap_or(1);
    let top = match corner {
        Some(corner) if corner.top + height > flow.paper.bottom() => return false,
        Some(corner) => corner.top,
        None => {
            flow.y += BLOCK_GAP;
            flow.ensure(height);
            flow.y
        }
    };
    let x = SIDE;
    for (x, y, width, height) in [
        (x, top, width, 600),
        (x, top + height, width, 600),
        (x, top, 600, height),
        (x + width - 600, top, 600, height + 600),
    ] {
        flow.sheet.fill(x, y, width, height, LINE);
    }
    flow.sheet.fill(x, top, pt(2), height + 600, ACCENT);
    let left = x + pt(12);
    let mut y = top + pt(9);
    flow.sheet.text(left, y, theme::HEADING, "Acceptance");
    y += theme::HEADING.leading;
    for line in &lines {
        flow.sheet.text(left, y, theme::BODY, line);
        y += theme::BODY.leading;
    }
    for row in rows {
        let mut from = left;
        let low = y + field - pt(11);
        for (label, share) in *row {
            let own = inner * share / 100;
            flow.sheet.rule(from, low, own - pt(14), 500, SUBTLE);
            flow.sheet.text(from, low + pt(2), theme::SMALL, label);
            from += own;
        }
        y += field;
    }
    flow.y = flow.y.max(top + height + 600);
    true
}
