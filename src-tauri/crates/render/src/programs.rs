//! The summary of programs over the table.
//!
//! Owns what it says of each program on the quote: one sentence, how many lines, what value is passed on.

use crate::flow::{BLOCK_GAP, Flow};
use crate::footing::Bridge;
use crate::printable::PrintableQuote;
use crate::theme::{self, LINE, Length, Paper, SIDE, pt};
use crate::words;
use crate::wrap::wrap;

/// One row a program; for a quote without programs, the one sentence that says so.
pub(crate) fn place(flow: &mut Flow<'_>, quote: &PrintableQuote, bridge: &Bridge) {
    let heading = if quote.has_program() { "How these prices are made" } else { "Commercial prices" };
    flow.sheet.text(SIDE, flow.y, theme::HEADING, heading);
    flow.y += theme::HEADING.leading + pt(2);
    flow.sheet.rule(SIDE, flow.y - pt(1), flow.paper.measure(), 500, LINE);
    flow.y += pt(2);
    if !quote.has_program() {
        let text = "No USDA donated food applies to these lines: you pay the commercial price per case.";
        flow.sheet.text(SIDE, flow.y, theme::BODY, text);
        flow.y += theme::BODY.leading + BLOCK_GAP - pt(4);
        return;
    }
    let name = if flow.paper == Paper::LANDSCAPE { pt(104) } else { pt(96) };
    let value = pt(170);
    for share in &bridge.shares {
        let lines = u64::try_from(share.lines).unwrap_or(u64::MAX);
        let mut figures = format!(
            "{}, {}",
            words::counted(lines, "line", "lines"),
            words::counted(share.cases, "case", "cases")
        );
        if share.df_value.is_positive() {
            figures.push_str(&format!(" · {} passed on", words::dollars(share.df_value)));
        }
        flow.sheet.text(SIDE, flow.y, theme::STRONG, words::program_name(share.program));
        flow.sheet.text_to(flow.paper.right(), flow.y, theme::BODY, &figures, flow.faces);
        let room: Length = flow.paper.measure() - name - value - pt(12);
        for line in wrap(words::program_sentence(share.program), theme::BODY, room, flow.faces) {
            flow.sheet.text(SIDE + name, flow.y, theme::BODY, line);
            flow.y += theme::BODY.leading;
        }
    }
    flow.y += BLOCK_GAP - pt(4);
}
