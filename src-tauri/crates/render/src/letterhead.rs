//! The head of the first page: who offers, to whom, until when.
//!
//! Owns that block. Must not hold amounts other than the total, which a reader looks for first.

use domain::Company;

use crate::flow::{BLOCK_GAP, Flow};
use crate::printable::PrintableQuote;
use crate::table;
use crate::theme::{self, ACCENT, Length, Paper, SIDE, Style, WASH, pt};
use crate::words;
use crate::wrap::wrap_at_most;

/// The letterhead, the customer, the terms and the total.
pub(crate) fn place(flow: &mut Flow<'_>, quote: &PrintableQuote, company: &Company) {
    masthead(flow, quote, company);
    let top = flow.y;
    let gap = pt(18);
    let card = if flow.paper == Paper::LANDSCAPE { pt(180) } else { pt(132) };
    let facts = if flow.paper == Paper::LANDSCAPE { pt(250) } else { pt(184) };
    let address = flow.paper.measure() - card - facts - 2 * gap;

    let ends = [
        customer(flow, top, address, quote),
        terms(flow, top, SIDE + address + gap, facts, quote),
        total(flow, top, flow.paper.right() - card, card, quote),
    ];
    flow.y = ends.into_iter().max().unwrap_or(top) + BLOCK_GAP;
}

fn masthead(flow: &mut Flow<'_>, quote: &PrintableQuote, company: &Company) {
    let top = flow.y;
    let width = flow.paper.measure() * 62 / 100;
    let mut y = lines(flow, SIDE, top, width, theme::COMPANY, &company.name, 2);
    let reach: Vec<&str> = [&company.phone, &company.email, &company.website]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    y = lines(flow, SIDE, y, width, theme::SMALL, &company.address.join(" · "), 2);
    y = lines(flow, SIDE, y, width, theme::SMALL, &reach.join(" · "), 2);

    let right = flow.paper.right();
    let mut low = top;
    flow.sheet.text_to(right, low, theme::TITLE, "Price quote", flow.faces);
    low += theme::TITLE.leading;
    flow.sheet.text_to(right, low, theme::NUMBER, &format!("Quote {}", quote.id), flow.faces);
    low += theme::NUMBER.leading;
    y = y.max(low) + pt(5);
    flow.sheet.rule(SIDE, y, flow.paper.measure(), 1_200, ACCENT);
    flow.y = y + pt(11);
}

fn customer(flow: &mut Flow<'_>, top: Length, width: Length, quote: &PrintableQuote) -> Length {
    let customer = &quote.customer;
    flow.sheet.text(SIDE, top, theme::HEADING, "Prepared for");
    let mut y = top + theme::HEADING.leading;
    y = lines(flow, SIDE, y, width, theme::NAME, &customer.name, 3);
    let kind = format!("{} · customer no. {}", words::customer_type(customer.customer_type), customer.number);
    y = lines(flow, SIDE, y, width, theme::QUIET, &kind, 2);
    let state_zip = joined(&[&customer.state, &customer.zip], " ");
    let place = joined(&[&customer.city, &Some(state_zip)], ", ");
    y = lines(flow, SIDE, y, width, theme::BODY, customer.address1.as_deref().unwrap_or(""), 2);
    y = lines(flow, SIDE, y, width, theme::BODY, &place, 2);
    if let Some(name) = &customer.contact_name {
        y = lines(flow, SIDE, y, width, theme::BODY, &format!("Attn. {name}"), 2);
    }
    let mut reach = joined(&[&customer.contact_email, &customer.contact_phone], " · ");
    if theme::QUIET.advance(&reach, flow.faces) > width {
        reach = customer.contact_phone.clone().unwrap_or_default();
        let email = customer.contact_email.as_deref().unwrap_or("");
        y = lines(flow, SIDE, y, width, theme::QUIET, email, 2);
    }
    lines(flow, SIDE, y, width, theme::QUIET, &reach, 2)
}

fn terms(flow: &mut Flow<'_>, top: Length, x: Length, width: Length, quote: &PrintableQuote) -> Length {
    let price_term = format!("{} – {}", words::long_date(quote.price_from), words::long_date(quote.price_to));
    let facts = [
        ("Issued", Some(words::long_date(quote.issued_on))),
        ("Valid until", Some(words::long_date(quote.valid_until))),
        ("School year", Some(quote.school_year.to_string())),
        ("Price term", Some(price_term)),
        ("Payment terms", quote.customer.terms.clone()),
        ("Sales rep", quote.customer.sales_rep.clone()),
        ("Prepared by", Some(quote.prepared_by.clone()).filter(|name| !name.is_empty())),
        ("Replaces", quote.revision_of.as_ref().map(|id| format!("quote {id}"))),
    ];
    flow.sheet.text(x, top, theme::HEADING, "Terms of this quote");
    let label = pt(68);
    let mut y = top + theme::HEADING.leading + pt(1);
    for (name, value) in facts {
        if let Some(value) = value {
            flow.sheet.text(x, y, theme::QUIET, name);
            let style = if name == "Valid until" { theme::STRONG } else { theme::BODY };
            y = lines(flow, x + label, y, width - label, style, &value, 2);
        }
    }
    y
}

fn total(flow: &mut Flow<'_>, top: Length, x: Length, width: Length, quote: &PrintableQuote) -> Length {
    let totals = &quote.totals;
    let inner = x + pt(10);
    let room = width - pt(20);
    let amount = words::dollars(totals.total);
    let mut figure = theme::FIGURE;
    // The one big figure shrinks rather than leave its card.
    while figure.advance(&amount, flow.faces) > room && figure.size > 6_000 {
        figure.size -= 500;
    }
    let mut small = vec![(theme::BODY, table::caption(quote))];
    if totals.df_value.is_positive() {
        small.push((theme::BODY, format!("{} donated food passed on", words::dollars(totals.df_value))));
    }
    if totals.refund.is_positive() {
        small.push((theme::BODY, format!("{} to be refunded", words::dollars(totals.refund))));
    }
    let small: Vec<(Style, String)> = small
        .into_iter()
        .flat_map(|(style, text)| {
            let wrapped = wrap_at_most(&text, style, room, 3, flow.faces);
            wrapped.into_iter().map(move |line| (style, line))
        })
        .collect();
    let height = pt(18)
        + theme::HEADING.leading
        + figure.leading
        + small.iter().map(|(style, _)| style.leading).sum::<Length>();
    flow.sheet.fill(x, top, width, height, WASH);
    flow.sheet.fill(x, top, pt(2), height, ACCENT);
    let mut y = top + pt(8);
    flow.sheet.text(inner, y, theme::HEADING, "Total invoiced");
    y += theme::HEADING.leading;
    flow.sheet.text(inner, y, figure, &amount);
    y += figure.leading + pt(2);
    for (style, text) in &small {
        flow.sheet.text(inner, y, *style, text);
        y += style.leading;
    }
    top + height
}

/// A text in at most `most` lines; where they end.
fn lines(
    flow: &mut Flow<'_>,
    x: Length,
    top: Length,
    width: Length,
    style: Style,
    text: &str,
    most: usize,
) -> Length {
    let mut y = top;
    for line in wrap_at_most(text, style, width, most, flow.faces) {
        flow.sheet.text(x, y, style, &line);
        y += style.leading;
    }
    y
}

/// Those of the texts that are there, with `between` between them.
fn joined(texts: &[&Option<String>], between: &str) -> String {
    let there: Vec<&str> =
        texts.iter().filter_map(|text| text.as_deref()).filter(|text| !text.is_empty()).collect();
    there.join(between)
}
