//! The embedded fonts: which glyph draws a character, and how far it advances.
//!
//! Owns the three static weights of Inter (SIL Open Font License 1.1, see `fonts/OFL.txt`) and their
//! metrics, parsed once a process. Must not break lines or know where anything stands on the page.

use std::sync::OnceLock;

use printpdf::ParsedFont;
use ttf_parser::gsub::{SingleSubstitution, SubstitutionSubtable};
use ttf_parser::{GlyphId, Tag};

use crate::RenderError;

/// A weight of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Medium,
    SemiBold,
}

/// One character's glyph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// Thousandths of the type size, rounded down as the PDF's own width table is, so that right
    /// edges computed here are the ones a viewer draws.
    pub(crate) advance: i64,
}

/// One weight, ready to measure with.
pub(crate) struct Typeface {
    pub(crate) parsed: ParsedFont,
    /// By code point of the basic plane.
    glyphs: Vec<Option<Glyph>>,
    /// The digits 0 to 9 that all advance alike.
    tabular: [Glyph; 10],
}

/// Every weight the page uses.
pub(crate) struct Faces {
    regular: Typeface,
    medium: Typeface,
    semibold: Typeface,
}

impl Face {
    pub(crate) const ALL: [Face; 3] = [Face::Regular, Face::Medium, Face::SemiBold];

    /// Its name within the file: fixed, so that the bytes are too. Six capitals first, because the
    /// writer makes the subset tag of them.
    pub(crate) const fn resource(self) -> &'static str {
        match self {
            Face::Regular => "INTERR-Regular",
            Face::Medium => "INTERM-Medium",
            Face::SemiBold => "INTERS-SemiBold",
        }
    }
}

impl Faces {
    pub(crate) fn of(&self, face: Face) -> &Typeface {
        match face {
            Face::Regular => &self.regular,
            Face::Medium => &self.medium,
            Face::SemiBold => &self.semibold,
        }
    }

    /// Whether every weight can draw the character.
    pub(crate) fn covers(&self, c: char) -> bool {
        Face::ALL.iter().all(|&face| self.of(face).glyph(c).is_some())
    }
}

impl Typeface {
    fn parse(name: &'static str, bytes: &'static [u8]) -> Result<Self, RenderError> {
        let refused = |why: &str| RenderError::Font(name, why.to_owned());
        let face = ttf_parser::Face::parse(bytes, 0).map_err(|error| refused(&error.to_string()))?;
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
            .ok_or_else(|| refused("the PDF writer cannot read it"))?;
        let upem = i64::from(face.units_per_em());
        let advance = |id: GlyphId| i64::from(face.glyph_hor_advance(id).unwrap_or(0)) * 1000 / upem;
        let glyphs: Vec<Option<Glyph>> = (0..=0xFFFF_u32)
            .map(|code| {
                let id = face.glyph_index(char::from_u32(code)?)?;
                Some(Glyph { id: id.0, advance: advance(id) })
            })
            .collect();
        let mut tabular = [Glyph { id: 0, advance: 0 }; 10];
        for (digit, slot) in ('0'..='9').zip(&mut tabular) {
            let plain = face.glyph_index(digit).ok_or_else(|| refused("it has no digits"))?;
            let id = tabular_form(&face, plain).unwrap_or(plain);
            *slot = Glyph { id: id.0, advance: advance(id) };
        }
        if tabular.iter().any(|glyph| glyph.advance != tabular[0].advance) {
            return Err(refused("it has no tabular figures"));
        }
        Ok(Typeface { parsed, glyphs, tabular })
    }

    /// The glyph of a character, if the font has one.
    pub(crate) fn glyph(&self, c: char) -> Option<Glyph> {
        self.glyphs.get(usize::try_from(u32::from(c)).ok()?).copied().flatten()
    }

    /// The glyph of a character in a column of figures: digits that all advance alike.
    pub(crate) fn figure(&self, c: char) -> Option<Glyph> {
        match c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()) {
            Some(digit) => self.tabular.get(digit).copied(),
            None => self.glyph(c),
        }
    }

    /// How far a text advances, in thousandths of the type size.
    pub(crate) fn advance(&self, text: &str) -> i64 {
        text.chars().filter_map(|c| self.glyph(c)).map(|glyph| glyph.advance).sum()
    }

    /// How far a text in figures advances, in thousandths of the type size.
    pub(crate) fn figures_advance(&self, text: &str) -> i64 {
        text.chars().filter_map(|c| self.figure(c)).map(|glyph| glyph.advance).sum()
    }
}

/// The glyph the font's `tnum` feature puts in place of a digit.
fn tabular_form(face: &ttf_parser::Face<'_>, digit: GlyphId) -> Option<GlyphId> {
    let gsub = face.tables().gsub?;
    let feature = gsub.features.find(Tag::from_bytes(b"tnum"))?;
    feature.lookup_indices.into_iter().find_map(|index| {
        let subtables = gsub.lookups.get(index)?.subtables;
        subtables.into_iter::<SubstitutionSubtable<'_>>().find_map(|subtable| match subtable {
            SubstitutionSubtable::Single(SingleSubstitution::Format1 { coverage, delta }) => {
                coverage.get(digit)?;
                Some(GlyphId(digit.0.wrapping_add_signed(delta)))
            }
            SubstitutionSubtable::Single(SingleSubstitution::Format2 { coverage, substitutes }) => {
                substitutes.get(coverage.get(digit)?)
            }
            _ => None,
        })
    })
}

static REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
static MEDIUM: &[u8] = include_bytes!("../fonts/Inter-Medium.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");

/// The fonts, parsed on first use and kept for the life of the process.
pub(crate) fn faces() -> Result<&'static Faces, RenderError> {
    static FACES: OnceLock<Faces> = OnceLock::new();
    if let Some(faces) = FACES.get() {
        return Ok(faces);
    }
    let parsed = Faces {
        regular: Typeface::parse("Inter Regular", REGULAR)?,
        medium: Typeface::parse("Inter Medium", MEDIUM)?,
        semibold: Typeface::parse("Inter SemiBold", SEMIBOLD)?,
    };
    Ok(FACES.get_or_init(|| parsed))
}
