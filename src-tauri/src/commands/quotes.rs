//! Quotes: listing, showing, comparing, printing, and what became of them.

use std::path::PathBuf;

use desk::browse::{Quotes, QuotesFacets, Rows};
use desk::drafts::DraftShown;
use desk::outcome::Said;
use desk::quotes::{Differences, PdfWritten, QuoteListed, QuoteShown};
use domain::{CustomerId, Lifecycle, Outcome, QuoteId, SchoolYear};

use super::commands;
use super::pdf::{Pdf, shown};

commands! {
    /// Quotes, a window of them.
    quotes {
        text: String, lifecycle: Option<Lifecycle>, school_year: Option<SchoolYear>,
        customer_id: Option<CustomerId>, offset: u32, limit: u32,
    } -> Rows<QuoteListed> = |host, asked| {
        host.desk()?.quotes(&Quotes {
            text: &asked.text,
            lifecycle: asked.lifecycle,
            school_year: asked.school_year,
            customer_id: asked.customer_id.as_ref(),
            offset: asked.offset,
            limit: asked.limit,
        })
    };
    /// What quotes can be filtered by.
    quotes_facets {} -> QuotesFacets = |host, _| host.desk()?.quotes_facets();
    /// One quote with everything in it.
    quote { quote_id: QuoteId } -> QuoteShown = |host, asked| host.desk()?.quote(&asked.quote_id);
    /// The quote's PDF.
    quote_pdf { quote_id: QuoteId } -> Pdf = |host, asked| {
        Ok(shown(host.desk()?.quote_pdf_bytes(&asked.quote_id)?))
    };
    /// Write the quote's PDF to a file.
    quote_pdf_save { quote_id: QuoteId, path: PathBuf } -> PdfWritten = |host, asked| {
        host.desk()?.quote_pdf(&asked.quote_id, &asked.path)
    };
    /// How two quotes differ.
    quote_diff { from: QuoteId, to: QuoteId } -> Differences = |host, asked| {
        host.desk()?.quote_diff(&asked.from, &asked.to)
    };
    /// A draft that is to take the quote's place.
    quote_revise { quote_id: QuoteId } -> DraftShown = |host, asked| host.desk()?.quote_revise(&asked.quote_id);
    /// A draft with the quote's lines for another year; the next one, if none is named.
    quote_duplicate { quote_id: QuoteId, school_year: Option<SchoolYear> } -> DraftShown = |host, asked| {
        host.desk()?.quote_duplicate(&asked.quote_id, asked.school_year)
    };
    /// Write down what the customer said.
    quote_outcome {
        quote_id: QuoteId, outcome: Outcome, reason: Option<String>, competitor: Option<String>, note: Option<String>,
    } -> QuoteShown = |host, asked| {
        let said = Said {
            reason: asked.reason.as_deref(),
            competitor: asked.competitor.as_deref(),
            note: asked.note.as_deref(),
        };
        host.desk()?.quote_outcome(&asked.quote_id, asked.outcome, &said)
    };
}
