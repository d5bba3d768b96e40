//! The table of lines.
//!
//! Owns rows, their heads on every page, and how a row that is taller than what is left is divided.
//! Must not choose columns.

use crate::column::{Align, Column, Grid, Kind, cell_style, fraction_width, heading_style};
use crate::flow::Flow;
use crate::printable::{PrintableLine, PrintableQuote};
use crate::theme::{ACCENT, INK, LINE, Length, SIDE, SUBTLE, Style, WASH, ZEBRA, pt};
use crate::typeface::{Face, Faces};
use crate::words;
use crate::wrap::wrap;

/// Space above and below a row's text.
const PAD: Length = 2_800;
/// A row of at most this many text lines is never divided.
const WHOLE_ROW: usize = 12;
/// At least this many text lines of a divided row stand together.
const TOGETHER: usize = 3;

/// A line of the quote, broken into text lines, cell by cell.
struct Row {
    cells: Vec<Vec<(Style, String)>>,
    /// Text lines of its tallest cell, 1 or more.
    lines: usize,
}

/// Every line of the quote. `tail` is the height of what must stand under the last row.
pub(crate) fn place(flow: &mut Flow<'_>, grid: &Grid, quote: &PrintableQuote, tail: Length) {
    let leading = grid.cell.leading;
    let height = |lines: usize| Length::try_from(lines).unwrap_or(Length::MAX / 2) * leading + 2 * PAD;
    let fits = |room: Length| usize::try_from((room - 2 * PAD) / leading).unwrap_or(0);

    let mut rows = quote.lines.iter().map(|line| Row::of(line, grid, flow.faces)).collect::<Vec<_>>();
    let first = rows.first().map_or(1, |row| row.lines.min(WHOLE_ROW));
    flow.ensure(head_height(grid) + height(first));
    head(flow, grid);
    let last = rows.len().saturating_sub(1);
    let mut fresh = true;
    for (place, row) in rows.drain(..).enumerate() {
        let tail = if place == last { tail } else { 0 };
        let capacity = flow.fresh_room() - head_height(grid);
        let mut from = 0;
        while from < row.lines {
            let rest = row.lines - from;
            let whole = height(rest);
            let take = if whole + tail <= flow.room() || (fresh && whole <= flow.room() && rest <= TOGETHER) {
                rest
            } else if row.lines <= WHOLE_ROW && !fresh && whole + tail <= capacity {
                0
            } else {
                // What must stay with the tail is carried over; otherwise a few lines, so none is alone.
                let most = rest.saturating_sub(TOGETHER).max(1).min(rest);
                let here = fits(flow.room()).min(if tail > 0 || whole > flow.room() { most } else { rest });
                if here < TOGETHER && !fresh { 0 } else { here.max(1) }
            };
            if take > 0 {
                draw(flow, grid, &row, from, take, place);
                from += take;
                fresh = false;
            }
            if from < row.lines {
                flow.next_page();
                head(flow, grid);
                fresh = true;
            }
        }
    }
    flow.sheet.rule(SIDE, flow.y, flow.paper.measure(), 700, ACCENT);
}

fn head_height(grid: &Grid) -> Length {
    2 * heading_style(grid.cell).leading + pt(7)
}

fn head(flow: &mut Flow<'_>, grid: &Grid) {
    let style = heading_style(grid.cell);
    let height = head_height(grid);
    flow.sheet.fill(SIDE, flow.y, flow.paper.measure(), height, WASH);
    flow.sheet.rule(SIDE, flow.y + height - 700, flow.paper.measure(), 700, ACCENT);
    for column in &grid.columns {
        let mut top = flow.y + pt(3);
        for text in column.kind.heading() {
            match column.kind.align() {
                Align::Left => flow.sheet.text(column.left, top, style, text),
                Align::Point => flow.sheet.text_to(column.right(), top, style, text, flow.faces),
            }
            top += style.leading;
        }
    }
    flow.y += height;
}

/// Draws `take` text lines of a row, starting at its line `from`, as a band of its own.
fn draw(flow: &mut Flow<'_>, grid: &Grid, row: &Row, from: usize, take: usize, place: usize) {
    let leading = grid.cell.leading;
    let height = Length::try_from(take).unwrap_or(0) * leading + 2 * PAD;
    if place % 2 == 1 {
        flow.sheet.fill(SIDE, flow.y, flow.paper.measure(), height, ZEBRA);
    }
    for (column, cell) in grid.columns.iter().zip(&row.cells) {
        let mut top = flow.y + PAD;
        for (style, text) in cell.iter().skip(from).take(take) {
            match column.kind.align() {
                Align::Left => flow.sheet.text(column.left, top, *style, text),
                Align::Point => {
                    let own = fraction_width(text, *style, flow.faces);
                    let right = column.right() - if is_figure(text) { column.fraction - own } else { 0 };
                    flow.sheet.figures_to(right, top, *style, text, flow.faces);
                }
            }
            top += leading;
        }
        if from > 0 && column.kind == Kind::Item {
            let style = Style { colour: SUBTLE, ..grid.cell };
            flow.sheet.text(column.left, flow.y + PAD, style, "cont.");
        }
    }
    flow.y += height;
    flow.sheet.rule(SIDE, flow.y - 300, flow.paper.measure(), 300, LINE);
}

fn is_figure(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
}

impl Row {
    fn of(line: &PrintableLine, grid: &Grid, faces: &Faces) -> Self {
        let cells: Vec<_> = grid.columns.iter().map(|column| cell(line, column, grid.cell, faces)).collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        Row { cells, lines }
    }
}

fn cell(line: &PrintableLine, column: &Column, plain: Style, faces: &Faces) -> Vec<(Style, String)> {
    let style = cell_style(column.kind, plain);
    if column.kind == Kind::Description {
        return description(line, column, style, faces);
    }
    match (column.kind.cell(line), column.kind.align()) {
        (Some(text), Align::Left) => set(&text, style, column.width, faces),
        (Some(text), Align::Point) => vec![(style, text)],
        (None, _) => vec![(Style { colour: SUBTLE, ..style }, "–".to_owned())],
    }
}

/// What the item is; under it brand and serving, and the remark.
fn description(line: &PrintableLine, column: &Column, style: Style, faces: &Faces) -> Vec<(Style, String)> {
    let fine = Style { size: style.size * 90 / 100, ..style };
    let mut lines = set(&line.description, style, column.width, faces);
    let serving = line.serving_size.as_ref().map(|size| format!("serving {size}"));
    let facts: Vec<&str> = line.brand.iter().chain(&serving).map(String::as_str).collect();
    lines.extend(set(&facts.join(" · "), Style { colour: SUBTLE, ..fine }, column.width, faces));
    if let Some(note) = &line.note {
        let style = Style { face: Face::Medium, colour: INK, ..fine };
        lines.extend(set(&format!("Note: {note}"), style, column.width, faces));
    }
    lines
}

fn set(text: &str, style: Style, width: Length, faces: &Faces) -> Vec<(Style, String)> {
    wrap(text, style, width, faces).into_iter().map(|line| (style, line.to_owned())).collect()
}

/// The one line about lines and cases over the table.
pub(crate) fn caption(quote: &PrintableQuote) -> String {
    let lines = u64::try_from(quote.lines.len()).unwrap_or(u64::MAX);
    format!(
        "{} · {}",
        words::counted(lines, "line", "lines"),
        words::counted(quote.totals.cases, "case", "cases")
    )
}
