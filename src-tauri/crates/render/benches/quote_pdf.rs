//! How long a quote takes to become a PDF, from one page to fifty.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use divan::Bencher;
use domain::Program;
use fieldquote_render::{PrintableQuote, quote_pdf};

fn main() {
    divan::main();
}

/// Lines per quote: 1, 12, 30 and 870 of them fill 1, 2, 4 and about 50 pages.
#[divan::bench(args = [1, 12, 30, 870])]
fn lines(bencher: Bencher<'_, '_>, count: u32) {
    let quote = PrintableQuote::from(&fixture::quote(Program::Noi, count));
    let company = fixture::company();
    bencher.bench(|| quote_pdf(&quote, &company));
}
