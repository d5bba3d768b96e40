//! The pages of a quote, filled from top to bottom.
//!
//! Owns the current page, how far it is filled, and what stands at the top and the foot of every page.
//! Must not know what it is filled with.

use domain::Company;

use crate::printable::PrintableQuote;
use crate::sheet::Sheet;
use crate::theme::{self, Length, Paper, SIDE, TOP, pt};
use crate::typeface::Faces;
use crate::words::{self, RunningHead};

/// Space between two blocks.
pub(crate) const BLOCK_GAP: Length = pt(11);

/// Pages so far, and where the next mark goes.
pub(crate) struct Flow<'f> {
    pub(crate) paper: Paper,
    pub(crate) faces: &'f Faces,
    /// How far down the current page is filled.
    pub(crate) y: Length,
    /// The current page.
    pub(crate) sheet: Sheet,
    full: Vec<Sheet>,
    head: RunningHead,
}

impl<'f> Flow<'f> {
    pub(crate) fn start(paper: Paper, faces: &'f Faces, head: RunningHead) -> Self {
        Flow { paper, faces, y: TOP, sheet: Sheet::blank(paper), full: Vec::new(), head }
    }

    /// Height left on the current page.
    pub(crate) fn room(&self) -> Length {
        self.paper.bottom() - self.y
    }

    /// Height a fresh page has.
    pub(crate) fn fresh_room(&self) -> Length {
        self.paper.bottom() - TOP - Self::head_height()
    }

    /// Go on at the top of a new page, under the running head.
    pub(crate) fn next_page(&mut self) {
        self.full.push(std::mem::replace(&mut self.sheet, Sheet::blank(self.paper)));
        let top = TOP - pt(6);
        self.sheet.text(SIDE, top, theme::SMALL_STRONG, &self.head.left);
        self.sheet.text_to(self.paper.right(), top, theme::SMALL, &self.head.right, self.faces);
        self.sheet.rule(SIDE, top + pt(13), self.paper.measure(), 500, theme::LINE);
        self.y = TOP + Self::head_height();
    }

    /// Make sure that `height` fits on the current page, on a new one if need be.
    pub(crate) fn ensure(&mut self, height: Length) {
        if self.room() < height {
            self.next_page();
        }
    }

    const fn head_height() -> Length {
        pt(16)
    }

    /// Every page, with its footer, now that their number is known.
    pub(crate) fn finish(mut self, quote: &PrintableQuote, company: &Company) -> Vec<Sheet> {
        self.full.push(self.sheet);
        let pages = self.full.len();
        for (place, sheet) in self.full.iter_mut().enumerate() {
            let top = self.paper.bottom() + pt(11);
            sheet.rule(SIDE, top - pt(4), self.paper.measure(), 500, theme::LINE);
            sheet.text(SIDE, top, theme::SMALL, &words::footer_left(quote, company));
            let number = words::page_number(quote, place + 1, pages);
            sheet.text_to(self.paper.right(), top, theme::SMALL, &number, self.faces);
        }
        self.full
    }
}
