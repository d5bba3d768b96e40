//! What is different between two states of a draft.
//!
//! Owns which lines came, went, moved or changed, field by field. Must not put it into words.

use std::collections::HashMap;

use domain::{ItemCode, LineId};

use crate::document::history::Field;
use crate::document::view::{DraftLine, DraftView};
use crate::document::way::longest_rising;

/// Two states of a draft, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// What is different in the header, remarks too.
    pub header: Vec<FieldCompared>,
    /// The lines that are different: those of the later state in its order, then those that are gone.
    pub lines: Vec<LineCompared>,
}

/// A field before and after, in its text form; none while it was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCompared {
    /// Which.
    pub field: Field,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// A line that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineCompared {
    /// Its key.
    pub line_id: LineId,
    /// Of what.
    pub item_code: ItemCode,
    /// Whether it stood before.
    pub was_there: bool,
    /// Whether it stands after.
    pub is_there: bool,
    /// What is different. Of a line that came or went everything that was set, and its place is its number.
    pub fields: Vec<FieldCompared>,
}

/// Compare two states.
pub fn compare(before: &DraftView, after: &DraftView) -> Comparison {
    let mut header = Vec::new();
    let mut field = |field, before: Option<String>, after: Option<String>| {
        if before != after {
            header.push(FieldCompared { field, before, after });
        }
    };
    let text = |id: &Option<domain::CustomerId>| id.as_ref().map(ToString::to_string);
    field(Field::Customer, text(&before.customer_id), text(&after.customer_id));
    let text = |year: Option<domain::SchoolYear>| year.map(|year| year.to_string());
    field(Field::SchoolYear, text(before.school_year), text(after.school_year));
    let text = |view: &DraftView| Some(view.default_price.to_string());
    field(Field::DefaultPrice, text(before), text(after));
    let text = |view: &DraftView| Some(view.include_pdf.to_string());
    field(Field::IncludePdf, text(before), text(after));
    let text = |view: &DraftView| view.valid_until.map(|day| day.to_string());
    field(Field::ValidUntil, text(before), text(after));
    let mut left = after.notes.clone();
    for note in &before.notes {
        match left.iter().position(|kept| kept == note) {
            Some(place) => drop(left.remove(place)),
            None => field(Field::Note, Some(note.clone()), None),
        }
    }
    for note in left {
        field(Field::Note, None, Some(note));
    }
    Comparison { header, lines: lines(before, after) }
}

fn lines(before: &DraftView, after: &DraftView) -> Vec<LineCompared> {
    let places = |view: &DraftView| -> HashMap<LineId, usize> {
        view.lines.iter().enumerate().map(|(place, line)| (line.id.clone(), place)).collect()
    };
    let (was, is) = (places(before), places(after));
    let both: Vec<(&LineId, usize)> =
        after.lines.iter().filter_map(|line| Some((&line.id, *was.get(&line.id)?))).collect();
    let staying = longest_rising(&both.iter().map(|(_, place)| *place).collect::<Vec<_>>());
    let moved = |id: &LineId| both.iter().any(|(line, place)| *line == id && !staying.contains(place));
    let number = |place: Option<&usize>| place.map(|place| (place + 1).to_string());
    let mut found = Vec::new();
    for line in &after.lines {
        let then = was.get(&line.id).map(|place| &before.lines[*place]);
        let mut fields = fields(then, Some(line));
        if then.is_some() && moved(&line.id) {
            let (before, after) = (number(was.get(&line.id)), number(is.get(&line.id)));
            fields.push(FieldCompared { field: Field::Place, before, after });
        }
        if !fields.is_empty() || then.is_none() {
            found.push(compared(line, then.is_some(), true, fields));
        }
    }
    let gone = before.lines.iter().filter(|line| !is.contains_key(&line.id));
    found.extend(gone.map(|line| compared(line, true, false, fields(Some(line), None))));
    found
}

fn compared(line: &DraftLine, was_there: bool, is_there: bool, fields: Vec<FieldCompared>) -> LineCompared {
    LineCompared { line_id: line.id.clone(), item_code: line.item_code.clone(), was_there, is_there, fields }
}

fn fields(before: Option<&DraftLine>, after: Option<&DraftLine>) -> Vec<FieldCompared> {
    let quantity = |line: &DraftLine| line.quantity.map(|cases| cases.to_string());
    let price = |line: &DraftLine| Some(line.price.to_string());
    let note = |line: &DraftLine| line.note.clone();
    let all: [(Field, &dyn Fn(&DraftLine) -> Option<String>); 3] =
        [(Field::Quantity, &quantity), (Field::Price, &price), (Field::LineNote, &note)];
    all.into_iter()
        .map(|(field, of)| FieldCompared { field, before: before.and_then(of), after: after.and_then(of) })
        .filter(|compared| compared.before != compared.after)
        .collect()
}
