//! Running text: paragraphs in one or two columns, over as many pages as they need.
//!
//! Owns how paragraphs are divided. Must not know what they say.

use crate::flow::Flow;
use crate::theme::{self, Length, SIDE, Style, pt};
use crate::wrap::wrap;

const GUTTER: Length = pt(24);
/// Space between paragraphs, in hundredths of a line.
const PARAGRAPH: Length = 35;

const HEADING_HEIGHT: Length = theme::HEADING.leading + pt(2);

/// A text line of a paragraph.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    starts: bool,
    ends: bool,
}

/// A heading and paragraphs across the page.
pub(crate) fn in_one_column(flow: &mut Flow<'_>, heading: &str, paragraphs: &[String], style: Style) {
    let lines = lines_of(flow, paragraphs, style, flow.paper.measure());
    place_heading(flow, heading, style);
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let (here, later) = rest.split_at(fitting(rest, style, flow.room()));
        flow.y = draw(flow, here, style, SIDE);
        rest = later;
        if !rest.is_empty() {
            flow.next_page();
        }
    }
}

/// A heading and paragraphs in two columns, of about the same height where the text ends. What fits on
/// a page of its own is not divided between two.
pub(crate) fn in_two_columns(flow: &mut Flow<'_>, heading: &str, paragraphs: &[String], style: Style) {
    let width = (flow.paper.measure() - GUTTER) / 2;
    let lines = lines_of(flow, paragraphs, style, width);
    let below_heading = |room: Length| room - HEADING_HEIGHT;
    if balanced(&lines, style, below_heading(flow.room())).is_none()
        && balanced(&lines, style, below_heading(flow.fresh_room())).is_some()
    {
        flow.next_page();
    }
    place_heading(flow, heading, style);
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let room = flow.room();
        let first = balanced(rest, style, room).unwrap_or_else(|| fitting(rest, style, room));
        let (left, later) = rest.split_at(first);
        let (right, later) = later.split_at(fitting(later, style, room));
        let low = draw(flow, left, style, SIDE);
        flow.y = draw(flow, right, style, SIDE + width + GUTTER).max(low);
        rest = later;
        if !rest.is_empty() {
            flow.next_page();
        }
    }
}

/// A heading is never the last thing on a page.
fn place_heading(flow: &mut Flow<'_>, heading: &str, style: Style) {
    flow.ensure(HEADING_HEIGHT + 3 * style.leading);
    flow.sheet.text(SIDE, flow.y, theme::HEADING, heading);
    flow.y += HEADING_HEIGHT;
}

fn lines_of<'a>(flow: &Flow<'_>, paragraphs: &'a [String], style: Style, width: Length) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let wrapped = wrap(paragraph, style, width, flow.faces);
        let last = wrapped.len().saturating_sub(1);
        lines.extend(wrapped.into_iter().enumerate().map(|(place, text)| Line {
            text,
            starts: place == 0,
            ends: place == last,
        }));
    }
    lines
}

/// Height of a line that is the `place`-th of its column.
fn step(line: &Line<'_>, place: usize, style: Style) -> Length {
    style.leading + if line.starts && place > 0 { style.leading * PARAGRAPH / 100 } else { 0 }
}

fn height(lines: &[Line<'_>], style: Style) -> Length {
    lines.iter().enumerate().map(|(place, line)| step(line, place, style)).sum()
}

/// How many of the lines fit into a height; at least one, so that any text ends.
fn fitting(lines: &[Line<'_>], style: Style, room: Length) -> usize {
    let mut used = 0;
    let fits = lines.iter().enumerate().take_while(|(place, line)| {
        used += step(line, *place, style);
        used <= room
    });
    fits.count().max(1).min(lines.len())
}

/// Where to divide lines so that both columns fit and differ least, leaving no line of a paragraph
/// alone if that can be helped. None if they do not fit.
fn balanced(lines: &[Line<'_>], style: Style, room: Length) -> Option<usize> {
    let middle = fitting(lines, style, height(lines, style) / 2);
    let from = middle.saturating_sub(6).max(1);
    let choices = (from..=(middle + 6).min(lines.len())).filter_map(|place| {
        let (left, right) = lines.split_at(place);
        let tallest = height(left, style).max(height(right, style));
        let alone = |line: Option<&Line<'_>>, at_edge: fn(&Line<'_>) -> bool| {
            line.is_some_and(|line| at_edge(line) && !(line.starts && line.ends))
        };
        let lonely = alone(left.last(), |line| line.starts) || alone(right.first(), |line| line.ends);
        let cost = tallest + if lonely { 3 * style.leading } else { 0 };
        (tallest <= room).then_some((cost, place))
    });
    choices.min().map(|(_, place)| place)
}

fn draw(flow: &mut Flow<'_>, lines: &[Line<'_>], style: Style, x: Length) -> Length {
    let mut y = flow.y;
    for (place, line) in lines.iter().enumerate() {
        let step = step(line, place, style);
        flow.sheet.text(x, y + step - style.leading, style, line.text);
        y += step;
    }
    y
}
