//! How the page looks: paper, margins, type sizes, colours.
//!
//! Owns every measure and colour. Lengths are whole thousandths of a point, so that layout is exact and
//! the same on every machine.

use crate::typeface::{Face, Faces};

/// Thousandths of a point (1/72 inch); down and to the right are positive.
pub(crate) type Length = i64;

/// A length in points.
pub(crate) const fn pt(points: i64) -> Length {
    points * 1000
}

/// US Letter, one way or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) width: Length,
    pub(crate) height: Length,
}

impl Paper {
    pub(crate) const LANDSCAPE: Paper = Paper { width: pt(792), height: pt(612) };
    pub(crate) const PORTRAIT: Paper = Paper { width: pt(612), height: pt(792) };

    pub(crate) const fn right(self) -> Length {
        self.width - SIDE
    }

    /// Width between the side margins.
    pub(crate) const fn measure(self) -> Length {
        self.width - 2 * SIDE
    }

    /// Where content must end: the footer stands below.
    pub(crate) const fn bottom(self) -> Length {
        self.height - pt(44)
    }
}

/// Margin at either side.
pub(crate) const SIDE: Length = pt(40);
/// Margin at the top.
pub(crate) const TOP: Length = pt(34);

/// An RGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// Body text.
pub(crate) const INK: Colour = Colour(0x1d, 0x23, 0x21);
/// Labels and secondary text; 4.5:1 or more on white and on [`WASH`].
pub(crate) const SUBTLE: Colour = Colour(0x55, 0x5f, 0x5b);
/// The house green.
pub(crate) const ACCENT: Colour = Colour(0x14, 0x62, 0x46);
/// The ground of heads and cards.
pub(crate) const WASH: Colour = Colour(0xee, 0xf4, 0xf1);
/// Every other row.
pub(crate) const ZEBRA: Colour = Colour(0xf7, 0xf9, 0xf8);
/// Hairlines.
pub(crate) const LINE: Colour = Colour(0xcf, 0xd8, 0xd4);

/// A way of setting text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) face: Face,
    pub(crate) size: Length,
    /// From baseline to baseline.
    pub(crate) leading: Length,
    pub(crate) colour: Colour,
}

impl Style {
    pub(crate) const fn new(face: Face, size: Length, leading: Length, colour: Colour) -> Self {
        Style { face, size, leading, colour }
    }

    /// How far a text advances in this style.
    pub(crate) fn advance(self, text: &str, faces: &Faces) -> Length {
        faces.of(self.face).advance(text) * self.size / 1000
    }

    /// How far a text advances in this style, set in tabular figures.
    pub(crate) fn figures_advance(self, text: &str, faces: &Faces) -> Length {
        faces.of(self.face).figures_advance(text) * self.size / 1000
    }

    /// From the top of a line of this style down to its baseline.
    pub(crate) const fn baseline(self) -> Length {
        // Inter's capitals are 0.727 em high; this centres them in the line.
        (self.leading + self.size * 727 / 1000) / 2
    }
}

/// The supplier's name.
pub(crate) const COMPANY: Style = Style::new(Face::SemiBold, 15_000, 19_000, ACCENT);
/// "Price quote".
pub(crate) const TITLE: Style = Style::new(Face::SemiBold, 19_000, 23_000, INK);
/// The quote's number under the title.
pub(crate) const NUMBER: Style = Style::new(Face::Medium, 10_000, 13_000, SUBTLE);
/// The customer's name.
pub(crate) const NAME: Style = Style::new(Face::SemiBold, 10_500, 14_000, INK);
/// Running text.
pub(crate) const BODY: Style = Style::new(Face::Regular, 8_000, 11_200, INK);
/// Running text that matters more.
pub(crate) const STRONG: Style = Style::new(Face::SemiBold, 8_000, 11_200, INK);
/// Running text that matters less.
pub(crate) const QUIET: Style = Style::new(Face::Regular, 8_000, 11_200, SUBTLE);
/// Heads of blocks.
pub(crate) const HEADING: Style = Style::new(Face::SemiBold, 8_000, 12_000, ACCENT);
/// The one big figure.
pub(crate) const FIGURE: Style = Style::new(Face::SemiBold, 17_000, 22_000, INK);
/// Terms, footer, running head.
pub(crate) const SMALL: Style = Style::new(Face::Regular, 7_000, 9_600, SUBTLE);
/// Names within small text.
pub(crate) const SMALL_STRONG: Style = Style::new(Face::Medium, 7_000, 9_600, INK);
