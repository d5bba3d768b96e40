//! The sums under the table.
//!
//! Owns the steps from commercial subtotal to total, so that the page foots for whoever adds it up.

use domain::Money;

use crate::column::INSET;
use crate::flow::Flow;
use crate::footing::Bridge;
use crate::printable::PrintableQuote;
use crate::theme::{self, ACCENT, LINE, Length, SIDE, Style, pt};
use crate::typeface::Face;
use crate::words::{count, dollars};

const WIDTH: Length = pt(270);
const ABOVE: Length = pt(8);

/// The sums, ready to place.
pub(crate) struct Totals {
    rows: Vec<Row>,
}

struct Row {
    label: &'static str,
    value: String,
    style: Style,
    /// Whether a line is drawn over it: it is the sum of what stands above.
    is_sum: bool,
}

/// What is left free beside the sums.
pub(crate) struct Corner {
    pub(crate) top: Length,
    pub(crate) width: Length,
    pub(crate) height: Length,
}

const ROW: Style = Style::new(Face::Regular, 8_200, 13_000, theme::INK);
const SUM: Style = Style::new(Face::SemiBold, 9_500, 17_000, theme::INK);

impl Totals {
    /// The sums of a quote whose steps are known.
    pub(crate) fn of(quote: &PrintableQuote, bridge: &Bridge) -> Self {
        let totals = &quote.totals;
        let mut rows = vec![Row { label: "Cases", value: count(totals.cases), style: ROW, is_sum: false }];
        let mut step = |label: &'static str, amount: Money, sign: Sign| {
            if amount != Money::ZERO || sign == Sign::Always {
                let text = dollars(amount);
                let value = match sign {
                    Sign::Minus => format!("−{text}"),
                    Sign::Plus if !amount.is_negative() => format!("+{text}"),
                    Sign::Plus | Sign::Always => text,
                };
                rows.push(Row { label, value, style: ROW, is_sum: false });
            }
        };
        if quote.has_program() {
            step("Commercial subtotal", totals.commercial, Sign::Always);
            step("Donated food value passed on, off the invoice", bridge.deducted, Sign::Minus);
            step("Distributor fees", bridge.fees, Sign::Plus);
            step("Agreed fees for service, difference", bridge.service, Sign::Plus);
            step("Rounding of lines to the cent", bridge.rounding, Sign::Plus);
        }
        rows.push(Row { label: "Total invoiced", value: dollars(totals.total), style: SUM, is_sum: true });
        if totals.refund != Money::ZERO {
            let refund = format!("−{}", dollars(totals.refund));
            rows.push(Row {
                label: "Refund expected from processors",
                value: refund,
                style: ROW,
                is_sum: false,
            });
            if let Ok(net) = totals.total.minus(totals.refund) {
                rows.push(Row { label: "Cost after refund", value: dollars(net), style: SUM, is_sum: true });
            }
        }
        Totals { rows }
    }

    /// Height of the block with the space over it.
    pub(crate) fn height(&self) -> Length {
        ABOVE + self.rows.iter().map(|row| row.style.leading).sum::<Length>()
    }

    /// Draws the block at the right; what is left of it is free for notes.
    pub(crate) fn place(&self, flow: &mut Flow<'_>) -> Corner {
        flow.ensure(self.height());
        let right = flow.paper.right() - INSET;
        let left = flow.paper.right() - WIDTH;
        let top = flow.y + ABOVE;
        let mut y = top;
        for row in &self.rows {
            if row.is_sum {
                flow.sheet.rule(left, y, WIDTH, 700, ACCENT);
            } else if y > top {
                flow.sheet.rule(left, y, WIDTH, 300, LINE);
            }
            flow.sheet.text(left, y, row.style, row.label);
            flow.sheet.figures_to(right, y, row.style, &row.value, flow.faces);
            y += row.style.leading;
        }
        flow.y = y;
        Corner { top, width: left - SIDE - pt(30), height: y - top }
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Sign {
    Always,
    Minus,
    Plus,
}
