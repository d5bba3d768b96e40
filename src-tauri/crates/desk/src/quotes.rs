//! Quotes: listing, showing, comparing, printing.
//!
//! Owns what can be asked of a quote that exists. Must not change one.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use domain::{CustomerId, ItemCode, Lifecycle, Money, Quote, QuoteId, QuoteLine, Sha256};
use serde::Serialize;
use store::quotes::QuoteRow;
use store::{Reader, files, quotes};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::pdf::PdfBytes;

mod revise;

pub(crate) use revise::may_be_revised;

/// A quote, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteListed {
    /// Its number.
    pub quote_id: QuoteId,
    /// For whom.
    pub customer_id: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// For which school year.
    pub school_year: domain::SchoolYear,
    /// Where it stands.
    pub lifecycle_status: Lifecycle,
    /// When its rows were written, RFC 3339.
    pub generated_at: String,
    /// The last day it can be accepted.
    pub valid_until: String,
    /// What the school is invoiced.
    pub total: Money,
    /// Who drafted it.
    pub prepared_by: String,
}

/// A quote with everything in it.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteShown {
    /// As in a list.
    #[serde(flatten)]
    pub listed: QuoteListed,
    /// Hash of the snapshot.
    pub snapshot_hash: Sha256,
    /// The snapshot. Costs in it are internal.
    pub quote: Quote,
    /// The margin of each line, in words.
    pub margins: Vec<String>,
    /// Hash of the PDF that was made.
    pub pdf_sha256: Option<Sha256>,
    /// The run that made it.
    pub run_id: Option<domain::RunId>,
    /// The draft it came from.
    pub draft_id: Option<domain::DraftId>,
}

/// What came of writing a PDF to a file.
#[derive(Debug, Clone, Serialize)]
pub struct PdfWritten {
    /// The quote.
    pub quote_id: QuoteId,
    /// The file.
    pub file: String,
    /// Hash of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub size: usize,
    /// Whether these are the bytes that were approved and stored, not a fresh rendering.
    pub stored: bool,
}

/// How two quotes differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// The one.
    pub from: QuoteId,
    /// The other.
    pub to: QuoteId,
    /// Fields of the head that differ.
    pub fields: Vec<FieldDifference>,
    /// Lines that differ.
    pub lines: Vec<LineDifference>,
    /// What the total moved by.
    pub total_moved: Money,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldDifference {
    /// Which.
    pub field: &'static str,
    /// In the one.
    pub from: String,
    /// In the other.
    pub to: String,
}

/// A line that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineDifference {
    /// Of what.
    pub item_code: ItemCode,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// What changed in it.
    pub fields: Vec<FieldDifference>,
}

impl Desk {
    /// Quotes, the newest first.
    pub fn quotes(&self, customer: Option<&CustomerId>, limit: u32) -> Result<Vec<QuoteListed>, DeskError> {
        let rows = self.store.read(|db| quotes::list(db, customer, limit))?;
        Ok(rows.iter().map(listed).collect())
    }

    /// One quote.
    pub fn quote(&self, id: &QuoteId) -> Result<QuoteShown, DeskError> {
        self.store.read(|db| {
            let row = quote_row(db, id)?;
            let quote: Quote = row.snapshot.read()?;
            Ok(QuoteShown {
                listed: listed(&row),
                snapshot_hash: row.snapshot_hash,
                margins: quote.lines.iter().map(|line| line.margin().words()).collect(),
                pdf_sha256: files::at(db, &id.pdf_key())?,
                run_id: row.run_id,
                draft_id: row.draft_id,
                quote,
            })
        })
    }

    /// Write a quote's PDF to a file: the stored bytes, or a rendering where none were stored.
    pub fn quote_pdf(&self, id: &QuoteId, out: &Path) -> Result<PdfWritten, DeskError> {
        let PdfBytes { bytes, sha256, stored, .. } = self.quote_pdf_bytes(id)?;
        let written = std::fs::File::create(out).and_then(|mut file| file.write_all(&bytes));
        written.map_err(|error| {
            DeskError::new(
                Code::BadInput,
                format!("{}: {error}", out.display()),
                "Name a file that can be written.",
            )
        })?;
        Ok(PdfWritten {
            quote_id: id.clone(),
            file: out.display().to_string(),
            sha256,
            size: bytes.len(),
            stored,
        })
    }

    /// How two quotes differ, field by field and line by line.
    pub fn quote_diff(&self, from: &QuoteId, to: &QuoteId) -> Result<Differences, DeskError> {
        let (from, to): (Quote, Quote) = self.store.read(|db| {
            Ok::<_, DeskError>((quote_row(db, from)?.snapshot.read()?, quote_row(db, to)?.snapshot.read()?))
        })?;
        differences(&from, &to)
    }
}

/// How two quotes differ. Lines are matched by item, and repeated items in order.
pub fn differences(from: &Quote, to: &Quote) -> Result<Differences, DeskError> {
    let mut fields = Vec::new();
    let mut field = |name, from: String, to: String| {
        if from != to {
            fields.push(FieldDifference { field: name, from, to });
        }
    };
    field("customer", from.customer.name.clone(), to.customer.name.clone());
    field("school_year", from.school_year.to_string(), to.school_year.to_string());
    field("issued_on", from.issued_on.to_string(), to.issued_on.to_string());
    field("valid_until", from.valid_until.to_string(), to.valid_until.to_string());
    field("price_from", from.price_from.to_string(), to.price_from.to_string());
    field("price_to", from.price_to.to_string(), to.price_to.to_string());
    field("notes", from.notes.join("\n"), to.notes.join("\n"));
    field("total", from.totals.total.to_string(), to.totals.total.to_string());

    let mut lines = Vec::new();
    let (before, after) = (by_item(from), by_item(to));
    for (key, line) in &before {
        match after.get(key) {
            None => lines.push(LineDifference {
                item_code: line.item_code.clone(),
                change: "removed",
                fields: Vec::new(),
            }),
            Some(other) => {
                let fields = line_fields(line, other);
                if !fields.is_empty() {
                    lines.push(LineDifference {
                        item_code: line.item_code.clone(),
                        change: "changed",
                        fields,
                    });
                }
            }
        }
    }
    for (key, line) in &after {
        if !before.contains_key(key) {
            lines.push(LineDifference {
                item_code: line.item_code.clone(),
                change: "added",
                fields: Vec::new(),
            });
        }
    }
    lines.sort_by(|one, other| one.item_code.cmp(&other.item_code));
    Ok(Differences {
        from: from.id.clone(),
        to: to.id.clone(),
        fields,
        lines,
        total_moved: to.totals.total.minus(from.totals.total)?,
    })
}

fn by_item(quote: &Quote) -> BTreeMap<(&ItemCode, usize), &QuoteLine> {
    let mut found = BTreeMap::new();
    for line in &quote.lines {
        let nth = found.keys().filter(|(code, _): &&(&ItemCode, usize)| *code == &line.item_code).count();
        found.insert((&line.item_code, nth), line);
    }
    found
}

fn line_fields(from: &QuoteLine, to: &QuoteLine) -> Vec<FieldDifference> {
    let mut found = Vec::new();
    let mut field = |name, from: String, to: String| {
        if from != to {
            found.push(FieldDifference { field: name, from, to });
        }
    };
    field("description", from.description.clone(), to.description.clone());
    field("quantity", from.quantity.to_string(), to.quantity.to_string());
    field("case_price", from.case_price.to_string(), to.case_price.to_string());
    field("program", from.program.to_string(), to.program.to_string());
    field("net_price", from.net_price.to_string(), to.net_price.to_string());
    field("extended", from.extended.to_string(), to.extended.to_string());
    found
}

pub(crate) fn quote_row(db: &Reader<'_>, id: &QuoteId) -> Result<QuoteRow, DeskError> {
    quotes::get(db, id)?
        .ok_or_else(|| DeskError::not_found("quote", id, "`fieldquote quote list` shows what there is."))
}

fn listed(row: &QuoteRow) -> QuoteListed {
    QuoteListed {
        quote_id: row.id.clone(),
        customer_id: row.customer_id.clone(),
        customer_name: row.customer_name.clone(),
        school_year: row.school_year,
        lifecycle_status: row.lifecycle,
        generated_at: row.generated_at.clone(),
        valid_until: row.valid_until.clone(),
        total: row.total,
        prepared_by: row.prepared_by.clone(),
    }
}
