//! A draft in memory: one person's session with it.
//!
//! Owns loading, changing, merging and saving. A change is kept in memory until its chunk is committed;
//! only then does the caller say [`Draft::saved`]. Must not draw the session's id itself: one drawn from
//! the person, or used by two copies, makes a draft that can never be merged.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    ActorId, Author, Automerge, AutomergeError, ChangeHash, LoadOptions, ObjType, ROOT, ReadDoc, ScalarValue,
};
use chrono::{DateTime, Utc};
use domain::{DraftId, LineId};

use crate::document::actor::Actor;
use crate::document::change::Change;
use crate::document::chunk::{Chunk, ChunkKind};
use crate::document::error::DraftError;
use crate::document::reading;
use crate::document::view::DraftView;
use crate::document::{fields, position, skeleton};

/// A draft, as one session has it.
#[derive(Debug, Clone)]
pub struct Draft {
    id: DraftId,
    doc: Automerge,
    saved: Vec<ChangeHash>,
}

impl Draft {
    /// A new, empty draft. `person` is who sits at it, and `actor` what the session writes under.
    pub fn create(id: DraftId, person: &str, actor: Actor) -> Result<Self, DraftError> {
        let doc = open(&id, skeleton::BYTES, person, actor)?;
        Ok(Draft { id, doc, saved: Vec::new() })
    }

    /// A stored draft: its snapshot, if there is one, and the chunks after it. Order does not matter.
    /// Refused when a piece is of another draft or when changes are missing.
    pub fn load(id: DraftId, chunks: &[Chunk], person: &str, actor: Actor) -> Result<Self, DraftError> {
        if let Some(other) = chunks.iter().find(|chunk| *chunk.draft_id() != id) {
            return Err(DraftError::OtherDraft { expected: id, found: other.draft_id().clone() });
        }
        if chunks.is_empty() {
            return Err(DraftError::Empty(id));
        }
        // One read of everything is three times as fast as a read a chunk; a snapshot reads fastest first.
        let mut bytes = Vec::with_capacity(chunks.iter().map(|chunk| chunk.bytes().len()).sum());
        for kind in [ChunkKind::Snapshot, ChunkKind::Changes] {
            for chunk in chunks.iter().filter(|chunk| chunk.kind() == kind) {
                bytes.extend_from_slice(chunk.bytes());
            }
        }
        let doc = open(&id, &bytes, person, actor)?;
        let mut draft = Draft { id, doc, saved: Vec::new() };
        draft.check_complete(chunks)?;
        draft.saved = draft.doc.get_heads();
        Ok(draft)
    }

    /// Its key.
    pub fn id(&self) -> &DraftId {
        &self.id
    }

    /// Make these changes together, or none of them. `at` is recorded with them.
    pub fn apply(&mut self, changes: &[Change], at: DateTime<Utc>) -> Result<(), DraftError> {
        for change in changes {
            change.check()?;
        }
        let id = self.id.clone();
        let options = CommitOptions::default().with_time(at.timestamp());
        self.doc
            .transact_with(
                |()| options,
                |tx| {
                    let mut writing = Writing { id: &id, tx, at, end: None };
                    changes.iter().try_for_each(|change| writing.make(change))
                },
            )
            .map(|_| ())
            .map_err(|failure| failure.error)
    }

    /// What it holds.
    pub fn view(&self) -> Result<DraftView, DraftError> {
        reading::view(&self.id, &self.doc)
    }

    /// The versions the draft is at, sorted: what an approval binds to, with the hash of what was shown.
    pub fn heads(&self) -> Vec<String> {
        texts(self.doc.get_heads())
    }

    /// The changes since the last save, if there are any. Store the chunk, commit, then call
    /// [`Draft::saved`] with its heads.
    pub fn unsaved(&self) -> Option<Chunk> {
        let heads = self.doc.get_heads();
        let mut saved = self.saved.clone();
        saved.sort();
        if heads_sorted(&heads) == saved {
            return None;
        }
        let bytes = self.doc.save_after(&self.saved);
        Some(Chunk::new(self.id.clone(), ChunkKind::Changes, texts(heads), bytes))
    }

    /// The chunk with these heads is committed.
    pub fn saved(&mut self, heads: &[String]) -> Result<(), DraftError> {
        self.saved = heads.iter().map(|head| self.known(head)).collect::<Result<_, _>>()?;
        Ok(())
    }

    /// The whole draft as one compact chunk. Delete only the chunks this draft was loaded from or saved.
    pub fn snapshot(&self) -> Chunk {
        Chunk::new(self.id.clone(), ChunkKind::Snapshot, self.heads(), self.doc.save())
    }

    /// Take in what another device made. What is already here changes nothing. Refused, with the draft as it
    /// was, when changes before it are missing or a session id stands for two different histories.
    pub fn merge_chunk(&mut self, chunk: &Chunk) -> Result<(), DraftError> {
        if *chunk.draft_id() != self.id {
            let found = chunk.draft_id().clone();
            return Err(DraftError::OtherDraft { expected: self.id.clone(), found });
        }
        let mut merged = self.clone();
        merged.doc.load_incremental(chunk.bytes()).map_err(|source| DraftError::library(&self.id, source))?;
        merged.check_complete(std::slice::from_ref(chunk))?;
        merged.view()?;
        *self = merged;
        Ok(())
    }

    /// Whether the draft has been at these heads, or is.
    pub fn has(&self, heads: &[String]) -> bool {
        heads.iter().all(|head| self.known(head).is_ok())
    }

    pub(crate) fn document(&self) -> &Automerge {
        &self.doc
    }

    pub(crate) fn known(&self, head: &str) -> Result<ChangeHash, DraftError> {
        head.parse::<ChangeHash>()
            .ok()
            .filter(|hash| self.doc.get_change_meta_by_hash(hash).is_some())
            .ok_or_else(|| DraftError::UnknownHead(head.to_owned()))
    }

    fn check_complete(&self, chunks: &[Chunk]) -> Result<(), DraftError> {
        let begun = self.doc.get_change_meta_by_hash(&skeleton::HASH).is_some();
        let waiting = !self.doc.get_missing_deps(&[]).is_empty();
        let mut heads = chunks.iter().flat_map(Chunk::heads);
        if !begun || waiting || heads.any(|head| self.known(head).is_err()) {
            return Err(DraftError::Incomplete(self.id.clone()));
        }
        Ok(())
    }
}

fn open(id: &DraftId, bytes: &[u8], person: &str, actor: Actor) -> Result<Automerge, DraftError> {
    let author = Author::from(person.as_bytes().to_vec());
    let doc = Automerge::load_with_options(bytes, LoadOptions::new().author(author.clone()))
        .map_err(|source| DraftError::library(id, source))?;
    let actor = ActorId::from(actor.bytes());
    if doc.get_author_for_actor(&actor).is_some_and(|known| known != author) {
        return Err(DraftError::ActorOfAnother(id.clone()));
    }
    Ok(doc.with_actor(actor))
}

fn heads_sorted(heads: &[ChangeHash]) -> Vec<ChangeHash> {
    let mut sorted = heads.to_vec();
    sorted.sort();
    sorted
}

fn texts(heads: Vec<ChangeHash>) -> Vec<String> {
    let mut texts: Vec<String> = heads.iter().map(ToString::to_string).collect();
    texts.sort();
    texts
}

/// A change being written into the document.
struct Writing<'a, 'd> {
    id: &'a DraftId,
    tx: &'a mut Transaction<'d>,
    at: DateTime<Utc>,
    /// The place of the last line, once it was looked for: a message that adds many lines looks once.
    end: Option<String>,
}

impl Writing<'_, '_> {
    fn make(&mut self, change: &Change) -> Result<(), DraftError> {
        match change {
            Change::SetCustomer { customer_id } => self.set(&ROOT, fields::CUSTOMER, customer_id.as_str()),
            Change::SetSchoolYear { school_year } => {
                self.set(&ROOT, fields::SCHOOL_YEAR, school_year.to_string())
            }
            Change::UnsetCustomer => self.set(&ROOT, fields::CUSTOMER, ScalarValue::Null),
            Change::UnsetSchoolYear => self.set(&ROOT, fields::SCHOOL_YEAR, ScalarValue::Null),
            Change::SetDefaultPrice { price } => self.set(&ROOT, fields::DEFAULT_PRICE, price.to_string()),
            Change::SetIncludePdf { include_pdf } => self.set(&ROOT, fields::INCLUDE_PDF, *include_pdf),
            Change::SetValidUntil { valid_until } => {
                let value = valid_until.map_or(ScalarValue::Null, |day| day.to_string().into());
                self.set(&ROOT, fields::VALID_UNTIL, value)
            }
            Change::AddNote { text } => {
                let notes = self.container(fields::NOTES)?;
                let end = self.tx.length(&notes);
                self.library(|tx| tx.insert(&notes, end, text.trim()))
            }
            Change::RemoveNote { text } => {
                let notes = self.container(fields::NOTES)?;
                let place = self.note(&notes, text)?;
                self.library(|tx| tx.delete(&notes, place))
            }
            Change::ClearNotes => {
                let notes = self.container(fields::NOTES)?;
                let many = isize::try_from(self.tx.length(&notes)).unwrap_or(isize::MAX);
                self.library(|tx| tx.splice(&notes, 0, many, std::iter::empty::<ScalarValue>()))
            }
            // Each time is another value, so that it is a change each time.
            Change::Discard => self.set(&ROOT, fields::DISCARDED, self.at.timestamp_millis()),
            Change::Retrieve => self.set(&ROOT, fields::DISCARDED, ScalarValue::Null),
            Change::AddLine { line_id, item_code, quantity, price } => {
                let lines = self.container(fields::LINES)?;
                if self.object(&lines, line_id.as_str())?.is_some() {
                    return Err(DraftError::LineExists(line_id.clone()));
                }
                let end = match self.end.take() {
                    Some(end) => Some(end),
                    None => reading::order(self.tx).pop().map(|(place, _)| place),
                };
                let place = position::after(end.as_deref());
                self.end = Some(place.clone());
                let line = self
                    .tx
                    .put_object(&lines, line_id.as_str(), ObjType::Map)
                    .map_err(|source| DraftError::library(self.id, source))?;
                self.put(&line, fields::POSITION, place)?;
                self.put(&line, fields::ITEM, item_code.as_str())?;
                self.put(&line, fields::PRICE, price.to_string())?;
                quantity.map_or(Ok(()), |cases| self.put(&line, fields::QUANTITY, i64::from(cases)))
            }
            Change::SetQuantity { line_id, quantity } => {
                let line = self.standing_line(line_id)?;
                self.set(&line, fields::QUANTITY, i64::from(*quantity))
            }
            Change::UnsetQuantity { line_id } => {
                let line = self.standing_line(line_id)?;
                self.set(&line, fields::QUANTITY, ScalarValue::Null)
            }
            Change::SetPrice { line_id, price } => {
                let line = self.standing_line(line_id)?;
                self.set(&line, fields::PRICE, price.to_string())
            }
            Change::SetNote { line_id, note } => {
                let line = self.standing_line(line_id)?;
                let value = note.as_ref().map_or(ScalarValue::Null, |text| text.trim().into());
                self.set(&line, fields::NOTE, value)
            }
            Change::MoveLine { line_id, after } => {
                let line = self.standing_line(line_id)?;
                let place = self.place_after(line_id, after.as_ref())?;
                self.end = None;
                self.set(&line, fields::POSITION, place)
            }
            Change::RemoveLine { line_id } => {
                let line = self.standing_line(line_id)?;
                self.set(&line, fields::DELETED, true)
            }
            Change::RestoreLine { line_id } => {
                let line = self.line(line_id)?;
                self.set(&line, fields::DELETED, false)
            }
        }
    }

    fn library<T>(
        &mut self,
        write: impl FnOnce(&mut Transaction<'_>) -> Result<T, AutomergeError>,
    ) -> Result<T, DraftError> {
        write(self.tx).map_err(|source| DraftError::library(self.id, source))
    }

    /// Set a register that may hold several values. Setting it to the one in force would only strike the others
    /// out for the library: nothing that a choice made apart could be held against. So it is struck out too, and
    /// set anew.
    fn set(
        &mut self,
        object: &automerge::ObjId,
        field: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DraftError> {
        let value = value.into();
        let held = self.tx.get_all(object, field).map_err(|source| DraftError::library(self.id, source))?;
        let is_in_force = held.last().is_some_and(|(last, _)| last.as_scalar() == Some(&value));
        if held.len() > 1 && is_in_force {
            self.library(|tx| tx.delete(object, field))?;
        }
        self.put(object, field, value)
    }

    fn put(
        &mut self,
        object: &automerge::ObjId,
        field: &str,
        value: impl Into<ScalarValue>,
    ) -> Result<(), DraftError> {
        self.tx.put(object, field, value).map_err(|source| DraftError::library(self.id, source))
    }

    fn object(&self, parent: &automerge::ObjId, key: &str) -> Result<Option<automerge::ObjId>, DraftError> {
        reading::object(self.tx, parent, key).map_err(|source| DraftError::library(self.id, source))
    }

    fn container(&self, field: &str) -> Result<automerge::ObjId, DraftError> {
        self.object(&ROOT, field)?.ok_or_else(|| DraftError::Malformed {
            draft_id: self.id.clone(),
            what: format!("it has no {field}"),
        })
    }

    /// Where the last remark of that text stands.
    fn note(&self, notes: &automerge::ObjId, text: &str) -> Result<usize, DraftError> {
        for place in (0..self.tx.length(notes)).rev() {
            let found = self.tx.get(notes, place).map_err(|source| DraftError::library(self.id, source))?;
            if found.is_some_and(|(value, _)| value.as_str() == Some(text)) {
                return Ok(place);
            }
        }
        Err(DraftError::NoNote(text.chars().take(40).collect()))
    }

    fn line(&self, line_id: &LineId) -> Result<automerge::ObjId, DraftError> {
        let lines = self.container(fields::LINES)?;
        self.object(&lines, line_id.as_str())?.ok_or_else(|| DraftError::NoLine(line_id.clone()))
    }

    fn standing_line(&self, line_id: &LineId) -> Result<automerge::ObjId, DraftError> {
        let line = self.line(line_id)?;
        let is_removed = reading::is_removed(self.tx, &line);
        if is_removed.map_err(|source| DraftError::library(self.id, source))? {
            return Err(DraftError::Removed(line_id.clone()));
        }
        Ok(line)
    }

    fn place_after(&self, moved: &LineId, after: Option<&LineId>) -> Result<String, DraftError> {
        let mut order = reading::order(self.tx);
        order.retain(|(_, key)| key != moved.as_str());
        let start = match after {
            None => 0,
            Some(line) => {
                let found = order.iter().position(|(_, key)| key == line.as_str());
                found.ok_or_else(|| DraftError::NoLine(line.clone()))? + 1
            }
        };
        let low = start.checked_sub(1).map(|place| order[place].0.clone());
        // Lines made apart may share a position; there is room only after the last of them.
        let high = order[start..].iter().map(|(place, _)| place).find(|place| low.as_ref() < Some(place));
        Ok(match high {
            Some(high) => position::between(low.as_deref(), high),
            None => position::after(low.as_deref()),
        })
    }
}
