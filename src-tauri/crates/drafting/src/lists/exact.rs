//! Rows by a whole text: an id, a code, a name.
//!
//! Owns finding them whatever the case of the letters. Must not keep the texts: the list has them, and whoever
//! asks compares.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::index::Row;

/// Rows by the fingerprint of a text in lower case.
#[derive(Debug, Default)]
pub struct Exact(Vec<(u64, Row)>);

impl Exact {
    /// Of texts with their rows.
    pub fn of<'t>(texts: impl Iterator<Item = (&'t str, Row)>) -> Self {
        let mut all: Vec<(u64, Row)> = texts.map(|(text, row)| (fingerprint(text), row)).collect();
        all.sort_unstable();
        all.dedup();
        all.shrink_to_fit();
        Exact(all)
    }

    /// The rows that may have this text, in order; a few may have another.
    pub fn maybe(&self, text: &str) -> impl Iterator<Item = Row> + '_ {
        let wanted = fingerprint(text);
        let from = self.0.partition_point(|(known, _)| *known < wanted);
        self.0[from..].iter().take_while(move |(known, _)| *known == wanted).map(|(_, row)| *row)
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    lower.hash(&mut hasher);
    hasher.finish()
}

/// Whether a text is exactly a name or one of its aliases, whatever the case of its letters.
pub fn is_called(text: &str, name: &str, aliases: &[String]) -> bool {
    let said = text.to_lowercase();
    std::iter::once(name).chain(aliases.iter().map(String::as_str)).any(|known| known.to_lowercase() == said)
}
