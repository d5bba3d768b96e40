//! PDFs as the window takes them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use desk::pdf::PdfBytes;
use domain::Sha256;
use serde::Serialize;
use ts_rs::TS;

/// A PDF.
#[derive(Debug, Serialize, TS)]
pub struct Pdf {
    /// The file, in base64.
    pub base64: String,
    /// Hash of its bytes.
    pub sha256: Sha256,
    /// How many pages.
    pub pages: usize,
    /// Whether these are the bytes that were approved and stored, not a fresh rendering.
    pub stored: bool,
}

/// As the window takes it.
pub fn shown(pdf: PdfBytes) -> Pdf {
    Pdf { base64: STANDARD.encode(&pdf.bytes), sha256: pdf.sha256, pages: pdf.pages, stored: pdf.stored }
}
