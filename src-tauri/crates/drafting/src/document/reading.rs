//! Reading the document's registers.
//!
//! Owns how values, conflicts and tombstones are read. A register holds every value that was set without
//! seeing the others; the one in force is the library's pick, the same on every device. A line counts as
//! taken off only when every such value says so: in doubt it stays visible.

use std::str::FromStr;

use automerge::{Automerge, AutomergeError, ObjId, ROOT, ReadDoc, ScalarValue, Value};
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

/// The registers of a document.
pub struct Registers<'a, D> {
    pub id: &'a DraftId,
    pub doc: &'a D,
}

impl<D: ReadDoc> Registers<'_, D> {
    fn library<T>(&self, read: Result<T, AutomergeError>) -> Result<T, DraftError> {
        read.map_err(|source| DraftError::library(self.id, source))
    }

    fn malformed(&self, field: &str, found: &str) -> DraftError {
        let found: String = found.chars().take(40).collect();
        DraftError::Malformed { draft_id: self.id.clone(), what: format!("its {field} is “{found}”") }
    }

    fn scalar(&self, object: &ObjId, field: &str) -> Result<Option<ScalarValue>, DraftError> {
        Ok(match self.library(self.doc.get(object, field))? {
            Some((Value::Scalar(value), _)) if *value != ScalarValue::Null => Some(value.into_owned()),
            Some((Value::Object(_), _)) => return Err(self.malformed(field, "a map or a list")),
            _ => None,
        })
    }

    /// A text register.
    pub fn text(&self, object: &ObjId, field: &str) -> Result<Option<String>, DraftError> {
        match self.scalar(object, field)? {
            None => Ok(None),
            Some(ScalarValue::Str(text)) => Ok(Some(text.to_string())),
            Some(other) => Err(self.malformed(field, &other.to_string())),
        }
    }

    fn parsed<T: FromStr>(&self, object: &ObjId, field: &str) -> Result<Option<T>, DraftError> {
        let Some(text) = self.text(object, field)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.malformed(field, &text))
    }

    fn flag(&self, object: &ObjId, field: &str) -> Result<bool, DraftError> {
        Ok(self.scalar(object, field)? == Some(ScalarValue::Boolean(true)))
    }

    fn quantity(&self, line: &ObjId) -> Result<Option<u32>, DraftError> {
        let Some(value) = self.scalar(line, fields::QUANTITY)? else { return Ok(None) };
        let whole = value.as_i64().and_then(|whole| u32::try_from(whole).ok());
        whole.map(Some).ok_or_else(|| self.malformed(fields::QUANTITY, &value.to_string()))
    }

    /// Whether everybody who last said so took the line off.
    pub fn is_removed(&self, line: &ObjId) -> Result<bool, DraftError> {
        let values = self.library(self.doc.get_all(line, fields::DELETED))?;
        Ok(!values.is_empty() && values.iter().all(|(value, _)| value.as_bool() == Some(true)))
    }

    fn line(&self, key: LineId, line: &ObjId) -> Result<DraftLine, DraftError> {
        let item_code = self.parsed(line, fields::ITEM)?;
        Ok(DraftLine {
            item_code: item_code.ok_or_else(|| self.malformed("line", key.as_str()))?,
            quantity: self.quantity(line)?,
            price: self.parsed(line, fields::PRICE)?.unwrap_or_default(),
            note: self.text(line, fields::NOTE)?,
            id: key,
        })
    }
}

/// Read the whole document.
pub fn view(id: &DraftId, doc: &Automerge) -> Result<DraftView, DraftError> {
    let registers = Registers { id, doc };
    let mut view = DraftView {
        customer_id: registers.parsed(&ROOT, fields::CUSTOMER)?,
        school_year: registers.parsed(&ROOT, fields::SCHOOL_YEAR)?,
        default_price: registers.parsed(&ROOT, fields::DEFAULT_PRICE)?.unwrap_or_default(),
        include_pdf: registers.flag(&ROOT, fields::INCLUDE_PDF)?,
        valid_until: registers.parsed(&ROOT, fields::VALID_UNTIL)?,
        ..DraftView::default()
    };
    let conflicts = Conflicts { registers: &registers, doc };
    view.conflicts.extend(conflicts.of(&ROOT, fields::CUSTOMER, ConflictField::Customer, None)?);
    view.conflicts.extend(conflicts.of(&ROOT, fields::SCHOOL_YEAR, ConflictField::SchoolYear, None)?);
    if let Some(notes) = registers.library(object(doc, &ROOT, fields::NOTES))? {
        for place in 0..doc.length(&notes) {
            if let Some((value, _)) = registers.library(doc.get(&notes, place))? {
                view.notes.extend(value.into_string().ok());
            }
        }
    }
    let mut placed = Vec::new();
    if let Some(lines) = registers.library(object(doc, &ROOT, fields::LINES))? {
        for key in doc.keys(&lines) {
            let Some(line) = registers.library(object(doc, &lines, &key))? else { continue };
            let key: LineId = key.parse().map_err(|_| registers.malformed("line", &key))?;
            let place = registers.text(&line, fields::POSITION)?.unwrap_or_default();
            placed.push((place, key, line));
        }
    }
    placed.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut latest = 0;
    for (_, key, object) in placed {
        let line = registers.line(key.clone(), &object)?;
        let some = Some(&key);
        view.conflicts.extend(conflicts.of(&object, fields::QUANTITY, ConflictField::Quantity, some)?);
        view.conflicts.extend(conflicts.of(&object, fields::PRICE, ConflictField::Price, some)?);
        view.conflicts.extend(conflicts.of(&object, fields::DELETED, ConflictField::Removal, some)?);
        if registers.is_removed(&object)? {
            let changed_meanwhile = changed_meanwhile(&registers, doc, &object)?;
            view.removed.push(RemovedLine { line, changed_meanwhile });
            continue;
        }
        let touched = last_operation(&registers, doc, &object)?;
        if touched > latest {
            latest = touched;
            view.last_touched = Some(key);
        }
        view.lines.push(line);
    }
    Ok(view)
}

const LINE_FIELDS: [&str; 4] = [fields::ITEM, fields::QUANTITY, fields::PRICE, fields::NOTE];

/// The number of the line's latest operation. A later operation has a greater number than all it had seen.
fn last_operation(
    registers: &Registers<'_, Automerge>,
    doc: &Automerge,
    line: &ObjId,
) -> Result<u64, DraftError> {
    let mut latest = 0;
    for field in LINE_FIELDS.into_iter().chain([fields::DELETED]) {
        for (_, operation) in registers.library(doc.get_all(line, field))? {
            if let ObjId::Id(number, ..) = operation {
                latest = latest.max(number);
            }
        }
    }
    Ok(latest)
}

/// Whether a line that was taken off holds something whoever took it off had not seen.
fn changed_meanwhile(
    registers: &Registers<'_, Automerge>,
    doc: &Automerge,
    line: &ObjId,
) -> Result<bool, DraftError> {
    for (_, removal) in registers.library(doc.get_all(line, fields::DELETED))? {
        let Some(seen) = doc.hash_for_opid(&removal) else { continue };
        for field in LINE_FIELDS {
            let then = registers.library(doc.get_all_at(line, field, &[seen]))?;
            let now = registers.library(doc.get_all(line, field))?;
            let unseen = now.iter().any(|(_, op)| !then.iter().any(|(_, earlier)| earlier == op));
            if unseen {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

struct Conflicts<'a> {
    registers: &'a Registers<'a, Automerge>,
    doc: &'a Automerge,
}

impl Conflicts<'_> {
    fn of(
        &self,
        object: &ObjId,
        field: &str,
        kind: ConflictField,
        line_id: Option<&LineId>,
    ) -> Result<Option<Conflict>, DraftError> {
        let all = self.registers.library(self.doc.get_all(object, field))?;
        if all.len() < 2 {
            return Ok(None);
        }
        let mut values: Vec<Claim> = Vec::new();
        // The library lists the value in force last.
        for (value, operation) in all.iter().rev() {
            let value = match value.as_scalar() {
                Some(ScalarValue::Boolean(true)) => "removed".to_owned(),
                Some(ScalarValue::Boolean(false)) => "kept".to_owned(),
                Some(ScalarValue::Str(text)) => text.to_string(),
                Some(other) => other.to_string(),
                None => continue,
            };
            if !values.iter().any(|claim| claim.value == value) {
                values.push(Claim { value, by: self.author(operation) });
            }
        }
        if values.len() < 2 {
            return Ok(None);
        }
        Ok(Some(Conflict { field: kind, line_id: line_id.cloned(), values }))
    }

    fn author(&self, operation: &ObjId) -> Option<String> {
        let ObjId::Id(_, actor, _) = operation else { return None };
        let author = self.doc.get_author_for_actor(actor)?;
        String::from_utf8(author.as_bytes().to_vec()).ok()
    }
}
