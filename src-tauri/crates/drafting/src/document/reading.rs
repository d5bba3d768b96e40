//! Reading the document's registers.
//!
//! Owns how values, conflicts and tombstones are read. A register holds every value that was set without
//! seeing the others; the one in force is the library's pick, the same on every device. A line counts as
//! taken off only when every such value says so: in doubt it stays visible.
//!
//! The document is read in one walk: a look-up of one register costs as much as walking past a hundred.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use automerge::iter::DocItem;
use automerge::{Automerge, AutomergeError, ChangeHash, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use chrono::DateTime;
use domain::{DraftId, LineId};

use crate::document::error::DraftError;
use crate::document::fields;
use crate::document::view::{Claim, Conflict, ConflictField, DraftLine, DraftView, RemovedLine};

/// The object under a key, if there is one.
pub fn object<D: ReadDoc>(doc: &D, parent: &ObjId, key: &str) -> Result<Option<ObjId>, AutomergeError> {
    Ok(match doc.get(parent, key)? {
        Some((Value::Object(_), object)) => Some(object),
        _ => None,
    })
}

/// Whether everybody who last said so took the line off.
pub fn is_removed<D: ReadDoc>(doc: &D, line: &ObjId) -> Result<bool, AutomergeError> {
    let values = doc.get_all(line, fields::DELETED)?;
    Ok(!values.is_empty() && values.iter().all(|(value, _)| value.as_bool() == Some(true)))
}

/// Every line, removed ones too, by position and then key.
pub fn order<D: ReadDoc>(doc: &D) -> Vec<(String, String)> {
    let sheet = Sheet::walk(doc);
    let mut order: Vec<(String, String)> = sheet
        .lines()
        .map(|(key, line)| {
            let place = line.register(fields::POSITION).and_then(|place| place.value.as_ref());
            (place.and_then(text).unwrap_or_default(), key.to_owned())
        })
        .collect();
    order.sort();
    order
}

fn text(value: &ScalarValue) -> Option<String> {
    match value {
        ScalarValue::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

/// A register as it is in force.
struct Register {
    /// A scalar; none when it holds a map or a list.
    value: Option<ScalarValue>,
    /// The operation that set it, which is also the map's or list's own name.
    operation: ObjId,
    /// Whether it holds several values.
    is_disputed: bool,
}

/// The registers of a map, by their keys: of a line few enough to be looked through.
type Registers<'d> = Vec<(Cow<'d, str>, Register)>;

/// A map as it is read: what the document calls it, and what is in it.
#[derive(Clone, Copy)]
struct Map<'s> {
    object: &'s ObjId,
    registers: &'s [(Cow<'s, str>, Register)],
}

impl<'s> Map<'s> {
    fn register(self, field: &str) -> Option<&'s Register> {
        self.registers.iter().find(|(key, _)| key == field).map(|(_, register)| register)
    }

    /// Whether people set the field differently, as far as is known without looking closer.
    fn is_disputed(self, field: &str) -> bool {
        self.register(field).is_some_and(|register| register.is_disputed)
    }
}

/// All registers of a document, by the map they are in.
struct Sheet<'d> {
    maps: HashMap<ObjId, Registers<'d>>,
    notes: Vec<String>,
}

impl<'d> Sheet<'d> {
    fn walk<D: ReadDoc>(doc: &'d D) -> Self {
        let mut sheet = Sheet { maps: HashMap::new(), notes: Vec::new() };
        // What is in one map comes in one go.
        let (mut object, mut registers) = (Arc::new(ROOT), Registers::new());
        for found in doc.iter() {
            match found.item {
                DocItem::Map(item) => {
                    if *found.obj != *object {
                        let before = std::mem::replace(&mut object, found.obj);
                        sheet.maps.insert(before.as_ref().clone(), std::mem::take(&mut registers));
                    }
                    let (operation, is_disputed) = (item.id(), item.conflict);
                    let value = item.value.into_value().into_scalar().ok();
                    registers.push((item.key, Register { value, operation, is_disputed }));
                }
                // The document has one list: the quote's remarks.
                DocItem::List(item) => sheet.notes.extend(item.value.into_value().into_string().ok()),
                DocItem::Text(_) => {}
            }
        }
        sheet.maps.insert(object.as_ref().clone(), registers);
        sheet
    }

    fn map<'s>(&'s self, object: &'s ObjId) -> Map<'s> {
        Map { object, registers: self.maps.get(object).map(Vec::as_slice).unwrap_or_default() }
    }

    /// The lines, each with the map it is.
    fn lines(&self) -> impl Iterator<Item = (&str, Map<'_>)> {
        let lines = self.map(&ROOT).register(fields::LINES).map(|lines| self.map(&lines.operation));
        let found = lines.into_iter().flat_map(|lines| lines.registers);
        let found = found.filter(|(_, line)| line.value.is_none());
        found.map(|(key, line)| (key.as_ref(), self.map(&line.operation)))
    }
}

/// A document being read.
struct Reading<'a> {
    id: &'a DraftId,
    doc: &'a Automerge,
}

impl Reading<'_> {
    fn library<T>(&self, read: Result<T, AutomergeError>) -> Result<T, DraftError> {
        read.map_err(|source| DraftError::library(self.id, source))
    }

    fn malformed(&self, field: &str, found: &str) -> DraftError {
        let found: String = found.chars().take(40).collect();
        DraftError::Malformed { draft_id: self.id.clone(), what: format!("its {field} is “{found}”") }
    }

    fn scalar<'s>(&self, map: Map<'s>, field: &str) -> Result<Option<&'s ScalarValue>, DraftError> {
        match map.register(field) {
            None => Ok(None),
            Some(Register { value: None, .. }) => Err(self.malformed(field, "a map or a list")),
            Some(Register { value, .. }) => Ok(value.as_ref().filter(|value| **value != ScalarValue::Null)),
        }
    }

    fn text(&self, map: Map<'_>, field: &str) -> Result<Option<String>, DraftError> {
        let Some(value) = self.scalar(map, field)? else { return Ok(None) };
        text(value).map(Some).ok_or_else(|| self.malformed(field, &value.to_string()))
    }

    fn parsed<T: FromStr>(&self, map: Map<'_>, field: &str) -> Result<Option<T>, DraftError> {
        let Some(text) = self.text(map, field)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.malformed(field, &text))
    }

    fn flag(&self, map: Map<'_>, field: &str) -> Result<bool, DraftError> {
        Ok(self.scalar(map, field)? == Some(&ScalarValue::Boolean(true)))
    }

    fn quantity(&self, line: Map<'_>) -> Result<Option<u32>, DraftError> {
        let Some(value) = self.scalar(line, fields::QUANTITY)? else { return Ok(None) };
        let whole = match value {
            ScalarValue::Int(whole) => u32::try_from(*whole).ok(),
            _ => None,
        };
        whole.map(Some).ok_or_else(|| self.malformed(fields::QUANTITY, &value.to_string()))
    }

    fn is_removed(&self, line: Map<'_>) -> Result<bool, DraftError> {
        if line.is_disputed(fields::DELETED) {
            return self.library(is_removed(self.doc, line.object));
        }
        self.flag(line, fields::DELETED)
    }

    fn line(&self, key: LineId, line: Map<'_>) -> Result<DraftLine, DraftError> {
        let item_code = self.parsed(line, fields::ITEM)?;
        Ok(DraftLine {
            item_code: item_code.ok_or_else(|| self.malformed("line", key.as_str()))?,
            quantity: self.quantity(line)?,
            price: self.parsed(line, fields::PRICE)?.unwrap_or_default(),
            note: self.text(line, fields::NOTE)?,
            id: key,
        })
    }

    /// The number of the line's latest operation. A later operation has a greater number than all it had seen.
    fn last_operation(&self, line: Map<'_>) -> Result<u64, DraftError> {
        let mut latest = 0;
        for field in LINE_FIELDS.into_iter().chain([fields::DELETED]) {
            if line.is_disputed(field) {
                for (_, operation) in self.library(self.doc.get_all(line.object, field))? {
                    latest = latest.max(number(&operation));
                }
            } else if let Some(register) = line.register(field) {
                latest = latest.max(number(&register.operation));
            }
        }
        Ok(latest)
    }

    /// Whether a line that was taken off holds something whoever took it off had not seen.
    fn changed_meanwhile(&self, line: Map<'_>) -> Result<bool, DraftError> {
        let line = line.object;
        for (_, removal) in self.library(self.doc.get_all(line, fields::DELETED))? {
            let Some(seen) = self.doc.hash_for_opid(&removal) else { continue };
            for field in LINE_FIELDS {
                let then = self.library(self.doc.get_all_at(line, field, &[seen]))?;
                let now = self.library(self.doc.get_all(line, field))?;
                let unseen = now.iter().any(|(_, op)| !then.iter().any(|(_, earlier)| earlier == op));
                if unseen {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn conflict(
        &self,
        map: Map<'_>,
        field: &str,
        kind: ConflictField,
        line_id: Option<&LineId>,
    ) -> Result<Option<Conflict>, DraftError> {
        if !map.is_disputed(field) {
            return Ok(None);
        }
        let mut values: Vec<Claim> = Vec::new();
        // The library lists the value in force last.
        for (value, operation) in self.library(self.doc.get_all(map.object, field))?.iter().rev() {
            let value = match value.as_scalar() {
                Some(ScalarValue::Boolean(true)) => "removed".to_owned(),
                Some(ScalarValue::Boolean(false)) => "kept".to_owned(),
                Some(ScalarValue::Str(text)) => text.to_string(),
                Some(other) => other.to_string(),
                None => continue,
            };
            if !values.iter().any(|claim| claim.value == value) {
                let set = self.doc.hash_for_opid(operation);
                let set = set.and_then(|hash| self.doc.get_change_meta_by_hash(&hash));
                values.push(Claim {
                    value,
                    by: self.author(operation),
                    at: set.and_then(|change| DateTime::from_timestamp(change.timestamp, 0)),
                });
            }
        }
        if values.len() < 2 {
            return Ok(None);
        }
        Ok(Some(Conflict { field: kind, line_id: line_id.cloned(), values }))
    }

    /// Whether throwing it away is the last that was done, whichever way one looks at it.
    fn is_discarded(&self, header: Map<'_>) -> Result<bool, DraftError> {
        if header.register(fields::DISCARDED).is_none() {
            return Ok(false);
        }
        let set = self.library(self.doc.get_all(&ROOT, fields::DISCARDED))?;
        let thrown: Vec<ChangeHash> = set
            .iter()
            .filter(|(value, _)| matches!(value.as_scalar(), Some(ScalarValue::Int(_))))
            .filter_map(|(_, operation)| self.doc.hash_for_opid(operation))
            .collect();
        Ok(self.doc.get_heads().iter().all(|head| thrown.contains(head)))
    }

    fn author(&self, operation: &ObjId) -> Option<String> {
        let ObjId::Id(_, actor, _) = operation else { return None };
        let author = self.doc.get_author_for_actor(actor)?;
        String::from_utf8(author.as_bytes().to_vec()).ok()
    }
}

/// The number of an operation.
fn number(operation: &ObjId) -> u64 {
    match operation {
        ObjId::Root => 0,
        ObjId::Id(number, ..) => *number,
    }
}

const LINE_FIELDS: [&str; 4] = [fields::ITEM, fields::QUANTITY, fields::PRICE, fields::NOTE];

/// Read the whole document.
pub fn view(id: &DraftId, doc: &Automerge) -> Result<DraftView, DraftError> {
    let (reading, sheet) = (Reading { id, doc }, Sheet::walk(doc));
    let header = sheet.map(&ROOT);
    let mut view = DraftView {
        customer_id: reading.parsed(header, fields::CUSTOMER)?,
        school_year: reading.parsed(header, fields::SCHOOL_YEAR)?,
        default_price: reading.parsed(header, fields::DEFAULT_PRICE)?.unwrap_or_default(),
        include_pdf: reading.flag(header, fields::INCLUDE_PDF)?,
        valid_until: reading.parsed(header, fields::VALID_UNTIL)?,
        notes: sheet.notes.clone(),
        is_discarded: reading.is_discarded(header)?,
        ..DraftView::default()
    };
    view.conflicts.extend(reading.conflict(header, fields::CUSTOMER, ConflictField::Customer, None)?);
    view.conflicts.extend(reading.conflict(header, fields::SCHOOL_YEAR, ConflictField::SchoolYear, None)?);
    let mut placed = Vec::new();
    for (key, line) in sheet.lines() {
        let key: LineId = key.parse().map_err(|_| reading.malformed("line", key))?;
        placed.push((reading.text(line, fields::POSITION)?.unwrap_or_default(), key, line));
    }
    placed.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut latest = 0;
    for (_, key, map) in placed {
        let line = reading.line(key.clone(), map)?;
        let some = Some(&key);
        view.conflicts.extend(reading.conflict(map, fields::QUANTITY, ConflictField::Quantity, some)?);
        view.conflicts.extend(reading.conflict(map, fields::PRICE, ConflictField::Price, some)?);
        view.conflicts.extend(reading.conflict(map, fields::DELETED, ConflictField::Removal, some)?);
        if reading.is_removed(map)? {
            let changed_meanwhile = reading.changed_meanwhile(map)?;
            view.removed.push(RemovedLine { line, changed_meanwhile });
            continue;
        }
        let touched = reading.last_operation(map)?;
        if touched > latest {
            latest = touched;
            view.last_touched = Some(key);
        }
        view.lines.push(line);
    }
    Ok(view)
}
