//! PDFs as bytes, as they were stored or as they would be.
//!
//! Owns that what is shown before an approval is what would be stored after it. Must not store one.

use domain::{ActionId, DraftId, Quote, QuoteId, Sha256};
use render::page_count;
use serde_json::Value;
use store::{Reader, files};
use workflow::Planned;

use crate::actions::action_row;
use crate::effects::Renderer;
use crate::error::{Code, DeskError};
use crate::quotes::quote_row;
use crate::{Desk, profile};

/// A PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfBytes {
    /// The file.
    pub bytes: Vec<u8>,
    /// Hash of the bytes.
    pub sha256: Sha256,
    /// How many pages.
    pub pages: usize,
    /// Whether these are the bytes that were approved and stored, not a fresh rendering.
    pub stored: bool,
}

impl Desk {
    /// A draft's PDF, as it would be.
    ///
    /// # Errors
    /// `draft_incomplete` or `draft_conflict`, with what is missing; `render_failed`.
    pub fn draft_pdf(&self, id: &DraftId) -> Result<PdfBytes, DeskError> {
        self.store.read(|db| rendered(db, &self.would_be(db, id)?))
    }

    /// A quote's PDF: the stored bytes, or a rendering where none were stored.
    pub fn quote_pdf_bytes(&self, id: &QuoteId) -> Result<PdfBytes, DeskError> {
        self.store.read(|db| {
            let row = quote_row(db, id)?;
            match kept(db, id)? {
                Some(pdf) => Ok(pdf),
                None => rendered(db, &row.snapshot.read()?),
            }
        })
    }

    /// The bytes the customer will get if the action is approved.
    ///
    /// # Errors
    /// `not_found` when none go with it; `action_changed` when they would not be the ones that it shows.
    pub fn action_pdf(&self, id: &ActionId) -> Result<PdfBytes, DeskError> {
        self.store.read(|db| {
            let action = action_row(db, id)?;
            let payload: Value = action.payload.read()?;
            let quote: Option<Quote> = payload
                .get("quote")
                .filter(|quote| !quote.is_null())
                .cloned()
                .map(serde_json::from_value)
                .transpose()?;
            let promised = promised(&payload)?;
            let pdf = match (quote, &action.quote_id) {
                (Some(quote), _) => match kept(db, &quote.id)? {
                    Some(pdf) => pdf,
                    None if quote.include_pdf => rendered(db, &quote)?,
                    None => return Err(none_goes_with(id)),
                },
                (None, Some(quote)) if promised.is_some() => kept(db, quote)?.ok_or_else(|| {
                    DeskError::not_found("PDF of quote", quote, "It is fetched with the next sync.")
                })?,
                _ => return Err(none_goes_with(id)),
            };
            if promised.is_some_and(|promised| promised != pdf.sha256) {
                return Err(DeskError::new(
                    Code::ActionChanged,
                    format!(
                        "the PDF is not the one that action {id} shows: the letterhead changed meanwhile"
                    ),
                    "Approving it shows it anew. Nothing was changed.",
                ));
            }
            Ok(pdf)
        })
    }
}

fn none_goes_with(id: &ActionId) -> DeskError {
    DeskError::new(Code::NotFound, format!("no PDF goes with action {id}"), "Ask for one in the draft.")
}

/// The PDF that what an action shows promises: a document its run makes, or what its email carries.
fn promised(payload: &Value) -> Result<Option<Sha256>, DeskError> {
    if let Some(attached) = payload.pointer("/email/attachment/sha256") {
        return Ok(Some(serde_json::from_value(attached.clone())?));
    }
    let releases: Vec<workflow::plan::PlannedStep> = match payload.get("releases") {
        Some(releases) => serde_json::from_value(releases.clone())?,
        None => Vec::new(),
    };
    Ok(releases.into_iter().find_map(|step| match step.does {
        Planned::Document { sha256, .. } => Some(sha256),
        _ => None,
    }))
}

/// The stored bytes of a quote's PDF, whole.
fn kept(db: &Reader<'_>, id: &QuoteId) -> Result<Option<PdfBytes>, DeskError> {
    let Some(sha256) = files::at(db, &id.pdf_key())? else { return Ok(None) };
    let bytes = files::bytes(db, sha256)?.unwrap_or_default();
    if Sha256::of(&bytes) != sha256 {
        return Err(DeskError::new(
            Code::Storage,
            format!("the stored PDF of {id} is damaged"),
            "Restore a backup; the central may have it too.",
        ));
    }
    Ok(Some(PdfBytes { pages: page_count(&bytes), bytes, sha256, stored: true }))
}

fn rendered(db: &Reader<'_>, quote: &Quote) -> Result<PdfBytes, DeskError> {
    let renderer = Renderer { company: profile::company(db)? };
    let pdf = renderer
        .pdf(quote)
        .map_err(|message| DeskError::new(Code::RenderFailed, message, "Nothing was written."))?;
    Ok(PdfBytes { pages: pdf.pages, sha256: pdf.sha256, bytes: pdf.bytes, stored: false })
}
