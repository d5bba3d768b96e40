//! Free text as it can be printed.
//!
//! Owns what happens to characters that cannot be drawn or would steer a reader's eye: nothing turns
//! into tofu and nothing visible vanishes. In order:
//!
//! 1. line breaks, tabs and every kind of space become one plain space; runs of them collapse;
//! 2. control, bidi and other invisible format characters are taken out, and counted;
//! 3. text is composed (NFC), so that a letter and its accent are one drawn glyph;
//! 4. a character the fonts lack is printed as its compatibility form when they have that (`ﬁ` as `fi`,
//!    full-width letters as plain ones);
//! 5. each run of what is still not covered is printed as one [`REPLACEMENT`], and every character of
//!    it counted.
//!
//! The fonts cover Latin, Greek and Cyrillic, none of which need shaping or reordering.

use domain::Company;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::typeface::Faces;

/// What stands in for characters the fonts do not have: emoji, CJK, Arabic and so on.
pub const REPLACEMENT: &str = "[?]";

/// How much of a quote's texts could not be printed as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Characters the fonts lack, shown as [`REPLACEMENT`].
    pub replaced: usize,
    /// Invisible control and format characters taken out.
    pub removed: usize,
}

/// The text as it will be printed: one line, no control characters, only what the fonts cover.
pub(crate) fn legible(text: &str, faces: &Faces, tally: &mut Tally) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_space(c) {
            if !visible.is_empty() && !visible.ends_with(' ') {
                visible.push(' ');
            }
        } else if is_invisible(c) {
            tally.removed += 1;
        } else {
            visible.push(c);
        }
    }
    let mut out = String::with_capacity(visible.len());
    let mut in_gap = false;
    for c in visible.trim_end().nfc() {
        let compatible = || std::iter::once(c).nfkc();
        let uncovered = !drawable(c, faces) && !compatible().all(|part| part == ' ' || drawable(part, faces));
        match (uncovered, drawable(c, faces)) {
            (true, _) => {
                tally.replaced += 1;
                if !in_gap {
                    out.push_str(REPLACEMENT);
                }
            }
            (false, true) => out.push(c),
            (false, false) => out.extend(compatible()),
        }
        in_gap = uncovered;
    }
    out
}

/// The letterhead's texts as they will be printed.
pub(crate) fn company(company: &Company, faces: &Faces, tally: &mut Tally) -> Company {
    let mut paragraphs = |texts: &[String]| -> Vec<String> {
        texts.iter().map(|text| legible(text, faces, tally)).filter(|text| !text.is_empty()).collect()
    };
    let address = paragraphs(&company.address);
    let terms = paragraphs(&company.terms);
    Company {
        name: legible(&company.name, faces, tally),
        address,
        phone: legible(&company.phone, faces, tally),
        email: legible(&company.email, faces, tally),
        website: legible(&company.website, faces, tally),
        terms,
        validity_days: company.validity_days,
    }
}

/// A mark that stayed apart from its letter would be drawn beside it, so it counts as not covered.
fn drawable(c: char, faces: &Faces) -> bool {
    faces.covers(c) && !is_combining_mark(c)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// Characters that draw nothing: controls, bidi controls, joiners, fillers, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}
