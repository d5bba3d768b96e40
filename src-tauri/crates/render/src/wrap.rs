//! Where a text breaks into lines.
//!
//! Owns greedy line breaking in one pass, so a text of any length ends. Must not draw.

use crate::theme::{Length, Style};
use crate::typeface::Faces;

/// The lines of a text set in a style within a width. Breaks at spaces and after hyphens between
/// letters; a word wider than the line is broken where it must be. An empty text has no lines.
pub(crate) fn wrap<'a>(text: &'a str, style: Style, width: Length, faces: &Faces) -> Vec<&'a str> {
    let face = faces.of(style.face);
    let width = (width * 1000 / style.size).max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // Where the line could end, where the next would start, and what is used up to there.
    let mut chance: Option<(usize, usize, i64)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let advance = face.glyph(c).map_or(0, |glyph| glyph.advance);
        if c == ' ' {
            used += advance;
            chance = Some((at, at + 1, used));
            before = c;
            continue;
        }
        if before == '-' && c.is_alphabetic() {
            chance = Some((at, at, used));
        }
        if used + advance > width && at > start {
            match chance.take() {
                Some((end, next, spent)) => {
                    lines.push(&text[start..end]);
                    start = next;
                    used -= spent;
                }
                None => {
                    lines.push(&text[start..at]);
                    start = at;
                    used = 0;
                }
            }
        }
        used += advance;
        before = c;
    }
    if start < text.len() {
        lines.push(text[start..].trim_end());
    }
    lines
}

/// The first lines of a text; when there are more than `most`, the last of them ends in `…`.
pub(crate) fn wrap_at_most(
    text: &str,
    style: Style,
    width: Length,
    most: usize,
    faces: &Faces,
) -> Vec<String> {
    let lines = wrap(text, style, width, faces);
    let cut = lines.len() > most;
    let mut kept: Vec<String> = lines.into_iter().take(most).map(str::to_owned).collect();
    if cut && let Some(last) = kept.last_mut() {
        while style.advance(&format!("{last}…"), faces) > width && last.pop().is_some() {}
        last.push('…');
    }
    kept
}
