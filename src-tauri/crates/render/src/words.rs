//! The fixed words of the page.
//!
//! Owns how dates, programs, counts and page numbers are said. Must not place them.

use chrono::NaiveDate;
use domain::{Company, CustomerType, Money, Program};

use crate::printable::PrintableQuote;

/// What stands at the top of every page but the first.
pub(crate) struct RunningHead {
    pub(crate) left: String,
    pub(crate) right: String,
}

/// The supplier at the left, the customer and number at the right, each short enough not to meet.
pub(crate) fn running_head(quote: &PrintableQuote, company: &Company) -> RunningHead {
    let customer = shortened(&quote.customer.name, 48);
    RunningHead { left: shortened(&company.name, 40), right: format!("{customer} · Quote {}", quote.id) }
}

/// The foot's left side: what a loose page must still say.
pub(crate) fn footer_left(quote: &PrintableQuote, company: &Company) -> String {
    format!("{} · valid until {}", shortened(&company.name, 40), long_date(quote.valid_until))
}

/// The foot's right side.
pub(crate) fn page_number(quote: &PrintableQuote, page: usize, pages: usize) -> String {
    format!("Quote {} · page {page} of {pages}", quote.id)
}

/// `Mar 31, 2027`.
pub(crate) fn long_date(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// `$1,041.75`; an amount less than nothing with a true minus sign before the dollar sign.
pub(crate) fn dollars(amount: Money) -> String {
    match amount.as_total().strip_prefix('-') {
        Some(positive) => format!("−${positive}"),
        None => format!("${}", amount.as_total()),
    }
}

/// A whole number with its thousands separated.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 line`, `12 lines`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// At most `most` characters, the last of them `…` if there were more.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// What kind of customer, as a heading says it.
pub(crate) fn customer_type(kind: CustomerType) -> &'static str {
    match kind {
        CustomerType::District => "School district",
        CustomerType::Coop => "Purchasing co-operative",
        CustomerType::Distributor => "Distributor",
    }
}

/// A program's word within the table.
pub(crate) fn program_tag(program: Program) -> &'static str {
    match program {
        Program::Commercial => "–",
        Program::Noi => "NOI",
        Program::Ffs => "FFS",
        Program::Rebate => "Rebate",
        Program::DirectDiscount => "Direct",
    }
}

/// A program's name.
pub(crate) fn program_name(program: Program) -> &'static str {
    match program {
        Program::Commercial => "Commercial",
        Program::Noi => "Net off invoice (NOI)",
        Program::Ffs => "Fee for service (FFS)",
        Program::Rebate => "Refund (rebate)",
        Program::DirectDiscount => "Direct discount",
    }
}

/// What a program means for the one who pays: one plain sentence.
pub(crate) fn program_sentence(program: Program) -> &'static str {
    match program {
        Program::Commercial => "These cases hold no USDA donated food: you pay the commercial price.",
        Program::Noi => {
            "Your distributor invoices the commercial price less the donated food value, plus its fee if any."
        }
        Program::Ffs => "You pay a fee for everything in the case that is not USDA donated food.",
        Program::Rebate => {
            "You pay the full commercial price; the processor refunds the donated food value afterwards."
        }
        Program::DirectDiscount => {
            "The processor invoices you the commercial price less the donated food value."
        }
    }
}
