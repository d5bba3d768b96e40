//! A draft as it is shown.
//!
//! Owns bringing together what the document says, what was found for it and what it would become. Must not
//! compute a price: composing does.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::{
    ActionId, CustomerId, DraftId, Flag, ItemCode, LineId, Margin, Money, Percent, PriceSource, Program,
    Quote, QuoteId, QuoteLine, SchoolYear,
};
use drafting::chat::Question;
use drafting::document::{Conflict, DraftView, RemovedLine};
use serde::Serialize;
use store::draft_undo::{self, Stack};
use store::drafts::{DraftRow, DraftStatus};
use store::{Reader, actions, customer_programs, customers, quotes};

use super::Head;
use super::preview::{Composed, Preview};
use crate::Desk;
use crate::chat::open_questions;
use crate::compose::{self, Found};
use crate::error::DeskError;
use crate::flags::MARGIN_FLOOR;

/// A draft as it is shown.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftShown {
    /// Its key.
    pub draft_id: DraftId,
    /// Where it stands.
    pub status: DraftStatus,
    /// Its quote number, once it was submitted.
    pub quote_id: Option<QuoteId>,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// What waits for a decision on it.
    pub action_id: Option<ActionId>,
    /// For whom.
    pub customer: Option<CustomerShown>,
    /// For which school year.
    pub school_year: Option<SchoolYear>,
    /// Its lines.
    pub lines: Vec<LineShown>,
    /// Lines taken off. They can be put back.
    pub removed: Vec<RemovedShown>,
    /// Whether a PDF is wanted.
    pub include_pdf: bool,
    /// The last day it can be accepted, once said.
    pub valid_until: Option<chrono::NaiveDate>,
    /// Remarks the customer reads.
    pub notes: Vec<String>,
    /// What the lines come to so far, before programs.
    pub commercial_total: Money,
    /// What it would become if it were submitted now; none while it is not complete, and none once it is a
    /// quote.
    pub preview: Option<Preview>,
    /// What must be answered.
    pub questions: Vec<Question>,
    /// Values that two people set differently.
    pub conflicts: Vec<Conflict>,
    /// What keeps it from being submitted.
    pub missing: Option<String>,
    /// Whether it can be submitted.
    pub ready: bool,
    /// Whether this person did something here that can be taken back.
    pub can_undo: bool,
    /// Whether this person took something back that can be made again.
    pub can_redo: bool,
    /// What would be taken back, in words.
    pub undo_label: Option<String>,
    /// What would be made again, in words.
    pub redo_label: Option<String>,
    /// Whether it was thrown away. A change brings it back.
    pub is_discarded: bool,
    /// Who began it.
    pub drafted_by: String,
    /// Last change, RFC 3339.
    pub updated_at: String,
}

/// A customer, enough to tell it from its namesakes.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct CustomerShown {
    /// Its key.
    pub id: CustomerId,
    /// Its name; its key while it is not here.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
    /// Whether this device has it. One that left the territory is told by its key alone.
    pub is_here: bool,
}

/// A line of a draft with its price.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct LineShown {
    /// Its key.
    pub line_id: LineId,
    /// Of what.
    pub item_code: ItemCode,
    /// What that is.
    pub description: Option<String>,
    /// Its case pack.
    pub pack: Option<String>,
    /// Cases.
    pub quantity: Option<u32>,
    /// Price of a case, once there is one.
    pub case_price: Option<Money>,
    /// Where the price came from.
    pub price_source: PriceSource,
    /// The rule it follows, in words.
    pub price_rule: String,
    /// The rule as an edit takes it: `list`, `last_year -2.5%`.
    pub price: String,
    /// The price in the year before.
    pub last_year_price: Option<Money>,
    /// How the price moved since, in words: `+1.2%`.
    pub vs_last_year: Option<String>,
    /// The margin, in words.
    pub margin: Option<String>,
    /// The margin; none while the price or the cost is not known.
    pub margin_pct: Option<Percent>,
    /// Whether the margin is below the floor; none while it is not known.
    pub below_floor: Option<bool>,
    /// The program that applies; none while the line is not complete.
    pub program: Option<Program>,
    /// Value of the donated food in a case, where a program applies.
    pub df_value: Option<Money>,
    /// What the school is invoiced for a case.
    pub net_price: Option<Money>,
    /// What the line comes to.
    pub extended: Option<Money>,
    /// What there is to worry about in the line.
    pub flags: Vec<Flag>,
    /// A remark the customer reads.
    pub note: Option<String>,
}

/// A line that was taken off.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct RemovedShown {
    /// Its key.
    pub line_id: LineId,
    /// Of what.
    pub item_code: ItemCode,
    /// Cases.
    pub quantity: Option<u32>,
    /// Whether somebody changed it without seeing that it had been taken off.
    pub changed_meanwhile: bool,
}

/// What was found out of a line beyond its price.
#[derive(Default)]
struct Quoted<'q> {
    line: Option<Cow<'q, QuoteLine>>,
    flags: Vec<Flag>,
}

impl Desk {
    /// A draft as it is shown.
    pub(crate) fn shown(&self, db: &Reader<'_>, head: Head) -> Result<DraftShown, DeskError> {
        let questions = open_questions(db, &head)?;
        let is_closed = head.row.status == DraftStatus::Closed;
        let became = became(db, &head.row)?;
        let (preview, missing) = match (is_closed, self.preview_of(db, &head)?) {
            (true, _) => (None, None),
            (false, Composed::Whole(preview)) => (Some(*preview), None),
            (false, Composed::Missing(why)) => (None, Some(why)),
        };
        let found = head.found(db)?;
        let commercial_total = match &became {
            Some(quote) => quote.totals.commercial,
            None => so_far(found)?,
        };
        let mut quoted = quoted_lines(db, head.view(), found, preview.as_ref(), became.as_ref())?;
        let lines = found.iter().map(|found| {
            let quoted = quoted.remove(&found.line.id).unwrap_or_default();
            line_shown(found, quoted)
        });
        let lines = lines.collect();
        let view = head.view();
        let customer = match &view.customer_id {
            Some(id) => Some(customer_shown(db, id)?),
            None => None,
        };
        let row = &head.row;
        let top = |stack| match is_closed {
            true => Ok(None),
            false => draft_undo::top(db, &row.id, &self.user, stack),
        };
        let (undo_label, redo_label) = (top(Stack::Undo)?, top(Stack::Redo)?);
        let waiting = actions::pending_of_draft(db, &row.id)?;
        Ok(DraftShown {
            action_id: waiting.into_iter().next().map(|action| action.id),
            lines,
            removed: view.removed.iter().map(removed_shown).collect(),
            draft_id: row.id.clone(),
            status: row.status,
            quote_id: row.quote_id.clone(),
            revision_of: row.revision_of.clone(),
            customer,
            school_year: view.school_year,
            include_pdf: view.include_pdf,
            valid_until: view.valid_until,
            notes: view.notes.clone(),
            commercial_total,
            ready: missing.is_none() && questions.is_empty() && !view.is_discarded,
            preview,
            missing,
            questions,
            conflicts: view.conflicts.clone(),
            is_discarded: view.is_discarded,
            can_undo: undo_label.is_some(),
            can_redo: redo_label.is_some(),
            undo_label,
            redo_label,
            drafted_by: row.drafted_by.clone(),
            updated_at: row.updated_at.clone(),
        })
    }
}

fn removed_shown(removed: &RemovedLine) -> RemovedShown {
    RemovedShown {
        line_id: removed.line.id.clone(),
        item_code: removed.line.item_code.clone(),
        quantity: removed.line.quantity,
        changed_meanwhile: removed.changed_meanwhile,
    }
}

fn customer_shown(db: &Reader<'_>, id: &CustomerId) -> Result<CustomerShown, DeskError> {
    Ok(match customers::get(db, id)? {
        Some(customer) => CustomerShown {
            id: customer.id,
            name: customer.name,
            city: customer.city,
            state: customer.state,
            is_here: true,
        },
        None => {
            CustomerShown { id: id.clone(), name: id.to_string(), city: None, state: None, is_here: false }
        }
    })
}

/// The quote a closed draft became, where it is here: its prices are those that were approved.
fn became(db: &Reader<'_>, row: &DraftRow) -> Result<Option<Quote>, DeskError> {
    match (&row.quote_id, row.status) {
        (Some(id), DraftStatus::Closed) => match quotes::get(db, id)? {
            Some(quote) => Ok(Some(quote.snapshot.read()?)),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn so_far(found: &[Found]) -> Result<Money, DeskError> {
    let extended = found.iter().filter_map(|found| Some((found.price?, found.line.quantity?)));
    let extended: Vec<Money> =
        extended.map(|(price, cases)| price.extended(cases)).collect::<Result<_, _>>()?;
    Ok(Money::sum(extended)?)
}

/// Every line as it would be quoted, or was; in a draft that is not complete, the lines that are.
fn quoted_lines<'q>(
    db: &Reader<'_>,
    view: &DraftView,
    found: &'q [Found],
    preview: Option<&'q Preview>,
    became: Option<&'q Quote>,
) -> Result<HashMap<&'q LineId, Quoted<'q>>, DeskError> {
    let mut quoted: HashMap<&LineId, Quoted<'_>> = HashMap::with_capacity(found.len());
    if let Some(quote) = became.or(preview.map(|preview| &preview.quote)) {
        let mut flags: HashMap<u32, Vec<Flag>> = HashMap::new();
        for flag in preview.into_iter().flat_map(|preview| &preview.flags) {
            if let Some(line_no) = flag.line_no {
                flags.entry(line_no).or_default().push(flag.clone());
            }
        }
        for line in &quote.lines {
            let flags = flags.remove(&line.line_no).unwrap_or_default();
            quoted.insert(&line.line_id, Quoted { line: Some(Cow::Borrowed(line)), flags });
        }
        return Ok(quoted);
    }
    let (Some(customer), Some(year)) = (&view.customer_id, view.school_year) else { return Ok(quoted) };
    let programs = customer_programs::in_force(db, customer, year)?;
    for (line_no, found) in (1_u32..).zip(found) {
        let mut flags = Vec::new();
        // A line that is not complete is told as missing, not here.
        if let Ok(line) = compose::compose_line(line_no, found, &programs, &mut flags) {
            quoted.insert(&found.line.id, Quoted { line: Some(Cow::Owned(line)), flags });
        }
    }
    Ok(quoted)
}

fn line_shown(found: &Found, quoted: Quoted<'_>) -> LineShown {
    let line = quoted.line.as_deref();
    let case_price = line.map(|line| line.case_price).or(found.price);
    let last_year_price = match line {
        Some(line) => line.last_year_price,
        None => found.last_year.as_ref().map(|price| price.case_price),
    };
    let cost = match line {
        Some(line) => line.cost_basis,
        None => compose::cost_of(found),
    };
    let margin = case_price.map(|price| Margin::of(price, cost));
    let moved = case_price.zip(last_year_price).and_then(|(price, before)| price.moved_since(before));
    LineShown {
        line_id: found.line.id.clone(),
        item_code: found.line.item_code.clone(),
        description: found.item.as_ref().map(|item| item.description.clone()),
        pack: found.item.as_ref().and_then(|item| item.pack.clone()),
        quantity: found.line.quantity,
        case_price,
        price_source: line.map_or(found.source, |line| line.price_source),
        price_rule: found.line.price.in_words(),
        price: found.line.price.to_string(),
        last_year_price,
        vs_last_year: moved.map(Percent::as_move),
        margin: margin.map(|margin| margin.words()),
        margin_pct: margin.and_then(|margin| margin.percent()),
        below_floor: margin.and_then(|margin| margin.at_least(MARGIN_FLOOR)).map(|reached| !reached),
        program: line.map(|line| line.program),
        df_value: line.and_then(|line| line.df_value),
        net_price: line.map(|line| line.net_price),
        extended: line.map(|line| line.extended),
        flags: quoted.flags,
        note: found.line.note.clone(),
    }
}
