//! The change feed: lines in, pages out.
//!
//! Owns reading its lines as they come and cutting them into pages that are applied in one transaction each.
//! A feed whose last line did not come was cut off: what came of it counts, and nothing else is taken for
//! granted. Must not apply anything.

use serde::Deserialize;

/// A row that changed at the central: a line of the feed, for the device to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number in the feed.
    pub seq: u64,
    /// The line.
    pub text: String,
}

/// The last line of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct End {
    /// Where to go on.
    pub cursor: String,
    /// The last number at the central.
    pub head: u64,
    /// Whether there is more to be had at once.
    pub more: bool,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A row changed.
    Change(Change),
    /// That was all.
    End(End),
}

/// A line that does not read.
#[derive(Debug, thiserror::Error)]
#[error("a line of the feed does not read: {0}")]
pub struct FeedError(String);

/// What tells the two kinds of line apart; the row itself is read once, by the device.
#[derive(Deserialize)]
struct Outline {
    seq: Option<u64>,
    cursor: Option<String>,
    head: Option<u64>,
    #[serde(default)]
    more: bool,
}

impl Line {
    /// Read a line.
    pub fn read(text: &[u8]) -> Result<Self, FeedError> {
        let text = std::str::from_utf8(text).map_err(|error| FeedError(error.to_string()))?;
        let outline: Outline = serde_json::from_str(text).map_err(|error| FeedError(error.to_string()))?;
        match outline {
            Outline { cursor: Some(cursor), head: Some(head), more, .. } => {
                Ok(Line::End(End { cursor, head, more }))
            }
            Outline { seq: Some(seq), .. } => Ok(Line::Change(Change { seq, text: text.to_owned() })),
            _ => Err(FeedError("neither a change nor an end".to_owned())),
        }
    }
}

/// Cuts the bytes of an answer into lines, however they come in pieces.
#[derive(Debug, Default)]
pub struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// Take a piece of the answer; gives the lines that are whole now.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Line>, FeedError> {
        let mut lines = Vec::new();
        let mut piece = piece;
        while let Some(end) = piece.iter().position(|byte| *byte == b'\n') {
            let (head, tail) = piece.split_at(end);
            piece = &tail[1..];
            if self.rest.is_empty() {
                read_into(head, &mut lines)?;
            } else {
                self.rest.extend_from_slice(head);
                read_into(&std::mem::take(&mut self.rest), &mut lines)?;
            }
        }
        self.rest.extend_from_slice(piece);
        Ok(lines)
    }
}

fn read_into(text: &[u8], lines: &mut Vec<Line>) -> Result<(), FeedError> {
    if !text.iter().all(u8::is_ascii_whitespace) {
        lines.push(Line::read(text)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FEED: &str = concat!(
        r#"{"seq":12,"table":"customers","key":["C1"],"row":{"id":"C1","name":"Sør\nby"}}"#,
        "\n",
        r#"{"seq":13,"table":"quote_lines","key":["Q-1",2],"gone":true}"#,
        "\n",
        r#"{"cursor":"e.f.13","head":13,"more":false,"at":"2026-11-23T10:00:00.000Z"}"#,
        "\n"
    );

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_the_lines_are_the_same(cuts in prop::collection::vec(0..FEED.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.push(FEED.len());
            cuts.sort_unstable();
            let (mut reader, mut lines, mut from) = (Lines::default(), Vec::new(), 0);
            for cut in cuts {
                lines.extend(reader.push(&FEED.as_bytes()[from..cut]).unwrap());
                from = cut;
            }
            prop_assert_eq!(lines.len(), 3);
            prop_assert!(matches!(&lines[1], Line::Change(change) if change.seq == 13));
            prop_assert!(matches!(&lines[2], Line::End(end) if end.head == 13 && !end.more));
        }
    }

    #[test]
    fn what_is_no_line_of_the_feed_is_refused() {
        assert!(Line::read(br#"{"table":"customers","key":["C1"]}"#).is_err());
        assert!(Line::read(b"<html>").is_err());
        assert!(Line::read(b"\xff").is_err());
    }
}
