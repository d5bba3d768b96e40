//! Editing a draft by hand, as the grid does.
//!
//! Owns what an edit means for the draft as it is, and the questions it settles. Must not change the document
//! itself: the drafting crate does, all of an edit or nothing.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{CustomerId, DraftId, ItemCode, LineId, Money, Percent, SchoolYear};
use drafting::chat::still_open;
use drafting::document::{
    Base, Change, ConflictField, Draft, DraftError, DraftLine, DraftView, PriceRule, is_idle,
};
use serde::{Deserialize, Serialize};
use store::{Reader, WriteTx, customers, spec_items};

use super::{DraftShown, Opened, unsound};
use crate::Desk;
use crate::catalogue::StoreCatalogue;
use crate::chat::ask_for_prices;
use crate::error::DeskError;

/// One edit of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum DraftEdit {
    /// Say for whom it is.
    SetCustomer {
        /// Whom.
        customer_id: CustomerId,
    },
    /// Say for which school year it is.
    SetSchoolYear {
        /// Which.
        school_year: SchoolYear,
    },
    /// Add a line at the end.
    AddLine {
        /// Of what.
        item_code: ItemCode,
        /// Cases; none while not yet said.
        #[serde(default)]
        quantity: Option<u32>,
        /// Its price, as [`DraftEdit::SetPrice`] takes it; the price list without one.
        #[serde(default)]
        price: Option<String>,
    },
    /// Say how many cases.
    SetQuantity {
        /// Of which line.
        line_id: LineId,
        /// Cases, 1 to 99,999,999.
        quantity: u32,
    },
    /// Say what a case costs.
    SetPrice {
        /// Of which line.
        line_id: LineId,
        /// `41.75`, `list`, `last_year`, `list +3%` or `last_year -2.5%`.
        price: String,
    },
    /// Write or erase the line's remark, which the customer reads.
    SetNote {
        /// Which line.
        line_id: LineId,
        /// The remark; none, or one of spaces, erases it.
        note: Option<String>,
    },
    /// Put the line after another, or first.
    MoveLine {
        /// Which line.
        line_id: LineId,
        /// After which; none puts it first.
        after: Option<LineId>,
    },
    /// Take the line off.
    RemoveLine {
        /// Which line.
        line_id: LineId,
    },
    /// Put a removed line back.
    RestoreLine {
        /// Which line.
        line_id: LineId,
    },
    /// Put the same line once more, after it.
    DuplicateLine {
        /// Which line.
        line_id: LineId,
    },
    /// Say whether a PDF is wanted.
    SetIncludePdf {
        /// Whether.
        include_pdf: bool,
    },
    /// Say until when the quote can be accepted; none means the usual days.
    SetValidUntil {
        /// The last day.
        valid_until: Option<NaiveDate>,
    },
    /// Add a remark the customer reads.
    AddNote {
        /// The remark.
        text: String,
    },
    /// Erase all remarks of the quote.
    ClearNotes,
}

impl Desk {
    /// Edit a draft by hand: all of the edits or none. What says what is so already changes nothing.
    pub fn draft_edit(&self, id: &DraftId, edits: &[DraftEdit]) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            let changes = self.changes_of(tx, &opened, edits)?;
            if !changes.is_empty() {
                self.change_draft(tx, &mut opened, &changes)?;
            }
            self.shown(tx, opened.head)
        })
    }

    /// Choose one of the values that several people set for one thing. `value` is the text of a claim.
    pub fn draft_resolve(
        &self,
        id: &DraftId,
        field: ConflictField,
        line_id: Option<&LineId>,
        value: &str,
    ) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            let conflict = opened
                .head
                .view()
                .conflicts
                .iter()
                .find(|conflict| conflict.field == field && conflict.line_id.as_ref() == line_id)
                .filter(|conflict| conflict.values.iter().any(|claim| claim.value == value));
            if conflict.is_none() {
                return Err(DeskError::bad_input(
                    format!("“{value}” is not one of the values to choose from"),
                    "Look at the draft again; somebody may have chosen already.",
                ));
            }
            let change = chosen(field, line_id, value)?;
            self.change_draft(tx, &mut opened, &[change])?;
            self.shown(tx, opened.head)
        })
    }

    /// Make changes as this person: saved, what they settle asked no more, and to be taken back.
    pub(crate) fn change_draft(
        &self,
        tx: &WriteTx<'_>,
        opened: &mut Opened,
        changes: &[Change],
    ) -> Result<(), DeskError> {
        let (before, asked) = (opened.head.view().clone(), opened.head.questions.clone());
        self.make_changes(tx, opened, changes)?;
        self.ask_what_is_open(tx, opened, changes)?;
        self.save_draft(tx, opened)?;
        self.keep_step(tx, opened, &before, asked)
    }

    /// Ask what is still to be asked after `settled`, and do what waited for it. It is to be saved in the same
    /// transaction.
    pub(crate) fn ask_what_is_open(
        &self,
        tx: &WriteTx<'_>,
        opened: &mut Opened,
        settled: &[Change],
    ) -> Result<(), DeskError> {
        let (view, pending) = (opened.head.view(), &opened.head.questions);
        let catalogue = StoreCatalogue::new(tx, &self.lists, &self.user);
        let understanding =
            still_open(view, pending, settled, self.today(), &catalogue, self.world.ids.as_ref())
                .map_err(|error| DeskError::bad_input(&error, "Nothing was changed."))?;
        self.make_changes(tx, opened, &understanding.changes)?;
        opened.head.questions = understanding.questions;
        ask_for_prices(tx, &mut opened.head)
    }

    /// The changes that edits stand for, each in the light of those before it.
    pub(crate) fn changes_of(
        &self,
        db: &Reader<'_>,
        opened: &Opened,
        edits: &[DraftEdit],
    ) -> Result<Vec<Change>, DeskError> {
        let mut view = opened.head.view().clone();
        let mut ahead = (edits.len() > 1).then(|| Draft::clone(&opened.document));
        let mut changes = Vec::new();
        for edit in edits {
            let mut made = self.changes_for(db, &view, edit)?;
            made.retain(|change| !is_idle(&view, change));
            if let Some(document) = &mut ahead {
                document.apply(&made, self.moment()).map_err(refused)?;
                view = Arc::new(document.view().map_err(unsound)?);
            }
            changes.append(&mut made);
        }
        Ok(changes)
    }

    fn changes_for(
        &self,
        db: &Reader<'_>,
        view: &DraftView,
        edit: &DraftEdit,
    ) -> Result<Vec<Change>, DeskError> {
        let one = match edit.clone() {
            DraftEdit::SetCustomer { customer_id } => {
                if !customers::exists(db, &customer_id)? {
                    return Err(DeskError::not_found("customer", &customer_id, "Choose one of the list."));
                }
                Change::SetCustomer { customer_id }
            }
            DraftEdit::SetSchoolYear { school_year } => Change::SetSchoolYear { school_year },
            DraftEdit::AddLine { item_code, quantity, price } => Change::AddLine {
                line_id: self.new_id()?,
                item_code: known_item(db, &item_code)?,
                quantity,
                price: price.as_deref().map_or(Ok(PriceRule::List), price_said)?,
            },
            DraftEdit::SetQuantity { line_id, quantity } => Change::SetQuantity { line_id, quantity },
            DraftEdit::SetPrice { line_id, price } => {
                Change::SetPrice { line_id, price: price_said(&price)? }
            }
            DraftEdit::SetNote { line_id, note } => {
                Change::SetNote { line_id, note: note.filter(|text| !text.trim().is_empty()) }
            }
            DraftEdit::MoveLine { line_id, after } => Change::MoveLine { line_id, after },
            DraftEdit::RemoveLine { line_id } => Change::RemoveLine { line_id },
            DraftEdit::RestoreLine { line_id } => Change::RestoreLine { line_id },
            DraftEdit::DuplicateLine { line_id } => return self.duplicate_line(view, &line_id),
            DraftEdit::SetIncludePdf { include_pdf } => Change::SetIncludePdf { include_pdf },
            DraftEdit::SetValidUntil { valid_until } => Change::SetValidUntil { valid_until },
            DraftEdit::AddNote { text } => Change::AddNote { text },
            DraftEdit::ClearNotes => Change::ClearNotes,
        };
        Ok(vec![one])
    }

    fn duplicate_line(&self, view: &DraftView, id: &LineId) -> Result<Vec<Change>, DeskError> {
        let line: &DraftLine = view
            .lines
            .iter()
            .find(|line| line.id == *id)
            .ok_or_else(|| refused(DraftError::NoLine(id.clone())))?;
        let line_id: LineId = self.new_id()?;
        let mut changes = vec![
            Change::AddLine {
                line_id: line_id.clone(),
                item_code: line.item_code.clone(),
                quantity: line.quantity,
                price: line.price,
            },
            Change::MoveLine { line_id: line_id.clone(), after: Some(id.clone()) },
        ];
        if line.note.is_some() {
            changes.push(Change::SetNote { line_id, note: line.note.clone() });
        }
        Ok(changes)
    }
}

/// The catalogue's spelling of an item's code.
fn known_item(db: &Reader<'_>, said: &ItemCode) -> Result<ItemCode, DeskError> {
    let upper: Option<ItemCode> = said.as_str().to_uppercase().parse().ok();
    for code in [Some(said.clone()), upper].into_iter().flatten() {
        if let Some(item) = spec_items::get(db, &code)? {
            return Ok(item.item_code);
        }
    }
    Err(DeskError::not_found("item", said, "Choose one of the catalogue."))
}

/// A price as it is typed into a cell.
fn price_said(text: &str) -> Result<PriceRule, DeskError> {
    let said = text.trim().to_lowercase();
    if let Ok(rule) = said.parse() {
        return Ok(rule);
    }
    let amount = said.strip_prefix("given ").unwrap_or(&said);
    let amount = amount.trim().trim_start_matches('$').replace(',', "");
    if let Ok(amount) = amount.parse::<Money>() {
        return Ok(PriceRule::Given(amount));
    }
    let moved = [("last_year", Base::LastYear), ("last year", Base::LastYear), ("list", Base::List)]
        .into_iter()
        .find_map(|(word, from)| Some((said.strip_prefix(word)?.trim().parse::<Percent>().ok()?, from)));
    match moved {
        Some((by, from)) => Ok(PriceRule::Moved { by, from }),
        None => Err(DeskError::bad_input(
            format!("“{}” is not a price", text.chars().take(40).collect::<String>()),
            "Write it like 41.75, list, last_year, list +3% or last_year -2.5%.",
        )),
    }
}

/// The change that settles a conflict with one of its values.
fn chosen(field: ConflictField, line_id: Option<&LineId>, value: &str) -> Result<Change, DeskError> {
    let wrong = |error: &dyn std::fmt::Display| DeskError::bad_input(error, "Nothing was changed.");
    let line_id =
        || line_id.cloned().ok_or_else(|| DeskError::bad_input("no line is named", "Name the line."));
    Ok(match field {
        ConflictField::Customer => {
            Change::SetCustomer { customer_id: value.parse().map_err(|error| wrong(&error))? }
        }
        ConflictField::SchoolYear => {
            Change::SetSchoolYear { school_year: value.parse().map_err(|error| wrong(&error))? }
        }
        ConflictField::Quantity => Change::SetQuantity {
            line_id: line_id()?,
            quantity: value.parse().map_err(|error| wrong(&error))?,
        },
        ConflictField::Price => {
            Change::SetPrice { line_id: line_id()?, price: value.parse().map_err(|error| wrong(&error))? }
        }
        ConflictField::Removal if value == "removed" => Change::RemoveLine { line_id: line_id()? },
        ConflictField::Removal => Change::RestoreLine { line_id: line_id()? },
    })
}

fn refused(error: DraftError) -> DeskError {
    DeskError::bad_input(&error, "Nothing was changed.")
}
