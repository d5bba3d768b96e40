//! A quote as the page its customer gets: US Letter, PDF, the same bytes for the same quote everywhere.
//!
//! Owns layout, fonts and the file's form. Must not read a clock, draw randomness, do I/O, or come near a
//! cost or a margin: [`PrintableQuote`] has no field for one (mission rule 5).

mod closing;
mod column;
mod file;
mod flow;
mod footing;
mod legible;
mod letterhead;
mod passage;
mod printable;
mod programs;
mod sheet;
mod table;
mod theme;
mod totals;
mod typeface;
mod words;
mod wrap;

use domain::{Company, Sha256};

pub use footing::FootingError;
pub use legible::{REPLACEMENT, Tally};
pub use printable::{PrintableCustomer, PrintableLine, PrintableQuote};

/// A rendered quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The hash of `bytes`: what an approval of the file binds to, and its key in storage.
    pub sha256: Sha256,
    /// Pages in it, 1 or more.
    pub pages: usize,
    /// What of the texts could not be printed as it was written; the approver should be told.
    pub tally: Tally,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A quote without a line offers nothing.
    #[error("the quote has no lines")]
    NoLines,
    /// The amounts do not add up, so no page may claim they do.
    #[error("the quote's amounts do not add up")]
    Footing(#[from] FootingError),
    /// An embedded font cannot be read.
    #[error("the font {0} cannot be read: {1}")]
    Font(&'static str, String),
    /// The PDF writer warned of something it would have left out or drawn wrong.
    #[error("the PDF writer refused: {0}")]
    Writer(String),
    /// The bytes could not be put together.
    #[error("the PDF could not be written")]
    Save(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// How many pages a file has that was made here.
pub fn page_count(bytes: &[u8]) -> usize {
    file::page_count(bytes)
}

/// The page (or pages) of a quote under the company's letterhead.
///
/// Equal arguments give equal bytes, in any process and at any time. The quote's sums are checked
/// first: a page that does not foot is never made.
pub fn quote_pdf(quote: &PrintableQuote, company: &Company) -> Result<Pdf, RenderError> {
    if quote.lines.is_empty() {
        return Err(RenderError::NoLines);
    }
    let bridge = footing::check(quote)?;
    let faces = typeface::faces()?;

    let mut tally = Tally::default();
    let quote = quote.legible(faces, &mut tally);
    let company = legible::company(company, faces, &mut tally);

    let grid = column::Grid::of(&quote, faces);
    let mut flow = flow::Flow::start(grid.paper, faces, words::running_head(&quote, &company));
    letterhead::place(&mut flow, &quote, &company);
    programs::place(&mut flow, &quote, &bridge);
    let totals = totals::Totals::of(&quote, &bridge);
    table::place(&mut flow, &grid, &quote, totals.height());
    let corner = totals.place(&mut flow);
    closing::place(&mut flow, &quote, &company, &corner);

    let sheets = flow.finish(&quote, &company);
    let pages = sheets.len();
    let bytes = file::write(sheets, faces, &quote, &company)?;
    Ok(Pdf { sha256: Sha256::of(&bytes), bytes, pages, tally })
}
