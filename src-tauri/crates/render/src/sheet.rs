//! One page's marks, and their translation into PDF operators.
//!
//! Owns the only place where lengths become floats, because the PDF writer takes those. Must not decide
//! where anything stands.
#![allow(clippy::disallowed_types)] // the PDF writer's coordinates; no amount passes through here as a number

use printpdf::{
    Codepoint, Color, FontId, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Pt, Rect, Rgb, TextItem,
};

use crate::theme::{Colour, Length, Paper, Style};
use crate::typeface::{Face, Faces, Typeface};

enum Mark {
    Fill { x: Length, y: Length, width: Length, height: Length, colour: Colour },
    Text { x: Length, baseline: Length, style: Style, text: String, figures: bool },
}

/// A page being filled. Lengths run from its top left corner.
pub(crate) struct Sheet {
    paper: Paper,
    marks: Vec<Mark>,
}

impl Sheet {
    pub(crate) fn blank(paper: Paper) -> Self {
        Sheet { paper, marks: Vec::new() }
    }

    /// A filled rectangle.
    pub(crate) fn fill(&mut self, x: Length, y: Length, width: Length, height: Length, colour: Colour) {
        self.marks.push(Mark::Fill { x, y, width, height, colour });
    }

    /// A horizontal line that hangs from `y`.
    pub(crate) fn rule(&mut self, x: Length, y: Length, width: Length, thickness: Length, colour: Colour) {
        self.fill(x, y, width, thickness, colour);
    }

    /// Text from `x` on, its line starting at `top`.
    pub(crate) fn text(&mut self, x: Length, top: Length, style: Style, text: &str) {
        self.put(x, top, style, text, false);
    }

    /// Text that ends at `right`.
    pub(crate) fn text_to(&mut self, right: Length, top: Length, style: Style, text: &str, faces: &Faces) {
        self.put(right - style.advance(text, faces), top, style, text, false);
    }

    /// Tabular figures that end at `right`.
    pub(crate) fn figures_to(&mut self, right: Length, top: Length, style: Style, text: &str, faces: &Faces) {
        self.put(right - style.figures_advance(text, faces), top, style, text, true);
    }

    fn put(&mut self, x: Length, top: Length, style: Style, text: &str, figures: bool) {
        if !text.is_empty() {
            let baseline = top + style.baseline();
            self.marks.push(Mark::Text { x, baseline, style, text: text.to_owned(), figures });
        }
    }

    /// The page in the PDF writer's terms.
    pub(crate) fn into_page(self, faces: &Faces) -> PdfPage {
        let mut ops = Vec::with_capacity(self.marks.len() * 5);
        let mut ink: Option<Colour> = None;
        let mut font: Option<(Face, Length)> = None;
        for mark in self.marks {
            let colour = match &mark {
                Mark::Fill { colour, .. } => *colour,
                Mark::Text { style, .. } => style.colour,
            };
            if ink.replace(colour) != Some(colour) {
                ops.push(Op::SetFillColor { col: rgb(colour) });
            }
            match mark {
                Mark::Fill { x, y, width, height, .. } => {
                    let low = self.paper.height - y - height;
                    let mut rectangle =
                        Rect::from_xywh(points(x), points(low), points(width), points(height));
                    rectangle.mode = Some(PaintMode::Fill);
                    ops.push(Op::DrawRectangle { rectangle });
                }
                Mark::Text { x, baseline, style, text, figures } => {
                    ops.push(Op::StartTextSection);
                    let set = (style.face, style.size);
                    if font.replace(set) != Some(set) {
                        let id = FontId(style.face.resource().to_owned());
                        ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: points(style.size) });
                    }
                    let pos = Point { x: points(x), y: points(self.paper.height - baseline) };
                    ops.push(Op::SetTextCursor { pos });
                    let item = if figures {
                        figure_glyphs(&text, faces.of(style.face))
                    } else {
                        TextItem::Text(text)
                    };
                    ops.push(Op::ShowText { items: vec![item] });
                    ops.push(Op::EndTextSection);
                }
            }
        }
        let mut page = PdfPage::new(Mm(0.0), Mm(0.0), ops);
        let edge = Rect::from_wh(points(self.paper.width), points(self.paper.height));
        page.media_box = edge.clone();
        page.trim_box = edge.clone();
        page.crop_box = edge;
        page
    }
}

/// Glyphs chosen here, each with the character it stands for, so that copied text stays digits.
fn figure_glyphs(text: &str, typeface: &Typeface) -> TextItem {
    let glyphs =
        text.chars().filter_map(|c| Some(Codepoint::with_cid(typeface.figure(c)?.id, 0.0, c.to_string())));
    TextItem::GlyphIds(glyphs.collect())
}

fn points(length: Length) -> Pt {
    // Below 2^24 thousandths (16,777 pt) this is exact before the division.
    Pt(length as f32 / 1000.0)
}

fn rgb(Colour(r, g, b): Colour) -> Color {
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
