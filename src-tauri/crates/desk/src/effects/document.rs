//! `http_call`: a document made on the device, stored by its hash, to be uploaded through its route.
//!
//! Owns the routes the device can serve by itself. Must not store other bytes than were approved.

use domain::{Company, Quote};
use render::{Pdf, PrintableQuote, quote_pdf};
use serde_json::{Value, json};
use store::{WriteTx, files};
use workflow::Planned;
use workflow::plan::{Document, PlannedStep};

use super::{Trouble, aggregate, mismatched, quote_of};
use crate::Desk;
use crate::live::Live;
use crate::outbox::Announce;
use crate::profile;

/// Routes whose document is made here: path and document.
const ROUTES: &[(&str, &str)] = &[("/api/quote/pdf", "quote_pdf")];

/// Makes documents with this letterhead.
pub(crate) struct Renderer {
    /// The letterhead.
    pub company: Company,
}

impl Renderer {
    /// A quote's PDF.
    pub fn pdf(&self, quote: &Quote) -> Result<Pdf, String> {
        quote_pdf(&PrintableQuote::from(quote), &self.company).map_err(|error| error.to_string())
    }

    pub(super) fn document(&self, name: &str, subject: &Value) -> Result<Document, String> {
        if !ROUTES.iter().any(|(_, document)| *document == name) {
            return Err(format!("nothing makes a {name}"));
        }
        let quote: Quote = serde_json::from_value(subject.clone()).map_err(|error| error.to_string())?;
        let pdf = self.pdf(&quote)?;
        Ok(Document {
            sha256: pdf.sha256,
            size: pdf.bytes.len() as u64,
            pages: pdf.pages as u64,
            replaced: pdf.tally.replaced as u64,
        })
    }
}

pub(super) fn has_route(path: &str, body: &str) -> bool {
    ROUTES.contains(&(path, body))
}

pub(super) fn carry_out(
    desk: &Desk,
    tx: &WriteTx<'_>,
    live: &Live,
    planned: &PlannedStep,
) -> Result<Value, Trouble> {
    let Planned::Document { path, method, object, sha256, .. } = &planned.does else {
        return Err(mismatched(planned));
    };
    let quote = quote_of(live)?;
    let renderer = Renderer { company: profile::company(tx)? };
    let pdf = renderer.pdf(&quote).map_err(|message| Trouble::permanent("render_failed", message))?;
    if pdf.sha256 != *sha256 {
        return Err(Trouble::permanent(
            "document_changed",
            "the PDF is not the one that was approved: the letterhead changed meanwhile",
        ));
    }
    let now = desk.now();
    files::keep(tx, pdf.sha256, "application/pdf", &pdf.bytes, &now)?;
    files::place(tx, object, pdf.sha256, &live.row.id, &now)?;
    let name = format!("{}.{}", live.row.id, planned.id);
    let op = Announce::new(name, aggregate(live), "http_call")
        .after(live.released_by(tx)?)
        .of_run(&live.row.id, Some(&planned.id))
        .put(
            desk,
            tx,
            &json!({
                "method": method, "path": path, "object": object, "sha256": pdf.sha256,
                "size": pdf.bytes.len(), "media_type": "application/pdf", "quote_id": quote.id,
            }),
        )?;
    Ok(
        json!({ "object": object, "sha256": pdf.sha256, "size": pdf.bytes.len(), "pages": pdf.pages, "op": op }),
    )
}
