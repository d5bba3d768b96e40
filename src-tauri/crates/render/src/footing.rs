//! Whether a quote's amounts add up, and the steps from the commercial subtotal to what is invoiced.
//!
//! Owns that check and those steps. Must not correct anything: a quote that does not foot is refused.

use domain::money::MoneyError;
use domain::{Money, Program};

use crate::printable::{PrintableLine, PrintableQuote};

/// What does not add up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FootingError {
    /// A line's extended amount is not its net price × its cases, rounded to cents.
    #[error("line {0}: the extended amount is not the net price times the cases")]
    Line(u32),
    /// A sum of the quote is not the sum of its lines.
    #[error("the quote's {0} is not the sum of its lines")]
    Sum(&'static str),
    /// A sum is out of the range of an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The steps from commercial subtotal to total invoiced; by construction
/// `commercial − deducted + fees + service + rounding = total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bridge {
    /// Donated food value taken off the invoice (every program but the refund).
    pub(crate) deducted: Money,
    /// Distributors' fees put on the invoice.
    pub(crate) fees: Money,
    /// What agreed fees for service differ from price less donated food value.
    pub(crate) service: Money,
    /// Cents by which rounding each line once differs from rounding each step.
    pub(crate) rounding: Money,
    /// Per program with lines, in the order programs are listed.
    pub(crate) shares: Vec<Share>,
}

/// What one program has to do with the quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) program: Program,
    pub(crate) lines: usize,
    pub(crate) cases: u64,
    pub(crate) df_value: Money,
}

/// The steps, if everything adds up.
pub(crate) fn check(quote: &PrintableQuote) -> Result<Bridge, FootingError> {
    let mut commercial = Money::ZERO;
    let mut total = Money::ZERO;
    let mut refund = Money::ZERO;
    let mut bridge = Bridge {
        deducted: Money::ZERO,
        fees: Money::ZERO,
        service: Money::ZERO,
        rounding: Money::ZERO,
        shares: Vec::new(),
    };
    let mut shares: Vec<Share> = Program::ALL
        .iter()
        .map(|&program| Share { program, lines: 0, cases: 0, df_value: Money::ZERO })
        .collect();
    for line in &quote.lines {
        if line.net_price.extended(line.quantity)? != line.extended {
            return Err(FootingError::Line(line.line_no));
        }
        let gross = line.case_price.extended(line.quantity)?;
        let value = extended(line.df_value, line)?;
        let refunded = extended(line.refund, line)?;
        let fee = extended(line.fee, line)?;
        let deducted = if line.program == Program::Rebate { Money::ZERO } else { value };
        let rest = line.extended.minus(gross.minus(deducted)?.plus(fee)?)?;

        commercial = commercial.plus(gross)?;
        total = total.plus(line.extended)?;
        refund = refund.plus(refunded)?;
        bridge.deducted = bridge.deducted.plus(deducted)?;
        bridge.fees = bridge.fees.plus(fee)?;
        let step = if line.program == Program::Ffs { &mut bridge.service } else { &mut bridge.rounding };
        *step = step.plus(rest)?;
        for share in shares.iter_mut().filter(|share| share.program == line.program) {
            share.lines += 1;
            share.cases += u64::from(line.quantity);
            share.df_value = share.df_value.plus(value)?;
        }
    }
    let cases: u64 = shares.iter().map(|share| share.cases).sum();
    let df_value = Money::sum(shares.iter().map(|share| share.df_value))?;
    let sums = [
        ("number of cases", cases == quote.totals.cases),
        ("commercial subtotal", commercial == quote.totals.commercial),
        ("donated food value", df_value == quote.totals.df_value),
        ("total", total == quote.totals.total),
        ("refund", refund == quote.totals.refund),
    ];
    if let Some((sum, _)) = sums.iter().find(|(_, agrees)| !agrees) {
        return Err(FootingError::Sum(sum));
    }
    shares.retain(|share| share.lines > 0);
    // Programs first: they are what needs explaining.
    shares.sort_by_key(|share| share.program == Program::Commercial);
    bridge.shares = shares;
    Ok(bridge)
}

fn extended(amount: Option<Money>, line: &PrintableLine) -> Result<Money, FootingError> {
    Ok(amount.map_or(Ok(Money::ZERO), |amount| amount.extended(line.quantity))?)
}
