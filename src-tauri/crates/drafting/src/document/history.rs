//! What was done to a draft, by whom and when.
//!
//! Owns reading the document's changes back as deeds, and their order: each after all it had seen, and of those
//! made apart the earlier first, so that every device tells the same story. Must not put a deed into words:
//! whoever shows it knows the customers' names.

use std::collections::{BTreeSet, HashMap};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{Automerge, ChangeHash, ScalarValue};
use chrono::{DateTime, Utc};
use domain::{DeviceTag, LineId};
use serde::{Deserialize, Serialize};

use crate::document::draft::Draft;
use crate::document::error::DraftError;
use crate::document::view::DraftView;
use crate::document::{actor, fields, reading, skeleton};

/// One change of a draft: what one person did at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name: the hash of the change.
    pub id: String,
    /// The person, when known.
    pub by: Option<String>,
    /// When, by that person's clock, to the second.
    pub at: DateTime<Utc>,
    /// The device it was done on, when known.
    pub device: Option<DeviceTag>,
    /// What was done, in the order in which it was. None of it when what was set was so already.
    pub deeds: Vec<Deed>,
    /// The heads of the draft with this change and all that is told before it.
    pub heads: Vec<String>,
}

/// One thing that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub field: Field,
    /// Of which line, where it is a line's.
    pub line_id: Option<LineId>,
    /// That line's item.
    pub item_code: Option<String>,
    /// What it was, in its text form; several values, where it settled which one holds.
    pub before: Vec<String>,
    /// What it became; none when it was left open.
    pub after: Option<String>,
}

/// What can be set in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DraftField")]
pub enum Field {
    /// For whom.
    Customer,
    /// For which school year.
    SchoolYear,
    /// The rule new lines follow.
    DefaultPrice,
    /// Whether a PDF is wanted: `true` or `false`.
    IncludePdf,
    /// The last day it can be accepted.
    ValidUntil,
    /// A remark on the quote.
    Note,
    /// A line that is new; its value is its cases.
    Line,
    /// How many cases.
    Quantity,
    /// A line's price rule.
    Price,
    /// A line's remark.
    LineNote,
    /// Where a line stands.
    Place,
    /// Whether a line was taken off (`true`) or put back (`false`).
    Removal,
    /// Whether the draft was thrown away (a moment) or brought back (none).
    Discarded,
}

impl Draft {
    /// What was done to it, from the first change on.
    pub fn history(&self) -> Vec<Version> {
        let doc = self.document();
        let changes = doc.get_changes(&[]);
        let mut known: HashMap<ChangeHash, _> =
            changes.iter().map(|change| (change.hash(), change)).collect();
        let mut story = Story::default();
        let mut heads: BTreeSet<ChangeHash> = BTreeSet::new();
        let mut versions = Vec::with_capacity(changes.len());
        for hash in in_order(doc) {
            let Some(change) = known.remove(&hash) else { continue };
            for seen in change.deps() {
                heads.remove(seen);
            }
            heads.insert(hash);
            let deeds = story.tell(change);
            if hash == skeleton::HASH {
                continue;
            }
            let author = doc.get_author_for_actor(change.actor_id());
            versions.push(Version {
                id: hash.to_string(),
                by: author.and_then(|author| String::from_utf8(author.as_bytes().to_vec()).ok()),
                at: DateTime::from_timestamp(change.timestamp(), 0).unwrap_or_default(),
                device: actor::device(change.actor_id().to_bytes()),
                deeds,
                heads: heads.iter().map(ToString::to_string).collect(),
            });
        }
        versions
    }

    /// What it held when it was at these heads; without any, before it was begun.
    ///
    /// # Errors
    /// `UnknownHead` when it never was.
    pub fn view_at(&self, heads: &[String]) -> Result<DraftView, DraftError> {
        if heads.is_empty() {
            return Ok(DraftView::default());
        }
        let heads: Vec<ChangeHash> = heads.iter().map(|head| self.known(head)).collect::<Result<_, _>>()?;
        let then =
            self.document().fork_at(&heads).map_err(|source| DraftError::library(self.id(), source))?;
        reading::view(self.id(), &then)
    }
}

/// The changes, each after those it had seen; of several that could come next, the earliest.
fn in_order(doc: &Automerge) -> Vec<ChangeHash> {
    let changes = doc.get_changes_meta(&[]);
    let mut unseen: HashMap<ChangeHash, usize> = HashMap::new();
    let mut after: HashMap<ChangeHash, Vec<ChangeHash>> = HashMap::new();
    let times: HashMap<ChangeHash, i64> =
        changes.iter().map(|change| (change.hash, change.timestamp)).collect();
    let mut next = BTreeSet::new();
    for change in &changes {
        unseen.insert(change.hash, change.deps.len());
        for seen in &change.deps {
            after.entry(*seen).or_default().push(change.hash);
        }
        if change.deps.is_empty() {
            next.insert((change.timestamp, change.hash));
        }
    }
    let mut order = Vec::with_capacity(changes.len());
    while let Some((_, hash)) = next.pop_first() {
        order.push(hash);
        for follower in after.remove(&hash).unwrap_or_default() {
            let Some(left) = unseen.get_mut(&follower) else { continue };
            *left -= 1;
            if *left == 0 {
                next.insert((times.get(&follower).copied().unwrap_or(0), follower));
            }
        }
    }
    order
}

/// What a map or a list of the document is.
#[derive(Clone)]
enum Place {
    Lines,
    Notes,
    Line(LineId),
}

/// What has been told so far.
#[derive(Default)]
struct Story {
    places: HashMap<OpId, Place>,
    values: HashMap<OpId, String>,
    items: HashMap<LineId, String>,
    /// What was struck out in this change, to be set anew.
    struck: HashMap<(ObjectId, Key), Vec<String>>,
}

impl Story {
    /// Tell a change. All it had seen has been told.
    fn tell(&mut self, change: &automerge::Change) -> Vec<Deed> {
        let change = change.decode();
        let mut deeds: Vec<Deed> = Vec::new();
        self.struck.clear();
        for (operation, number) in change.operations.iter().zip(change.start_op.get()..) {
            self.operation(operation, OpId(number, change.actor_id.clone()), &mut deeds);
        }
        deeds
    }

    fn operation(&mut self, operation: &Op, id: OpId, deeds: &mut Vec<Deed>) {
        let place = match &operation.obj {
            ObjectId::Root => None,
            ObjectId::Id(object) => match self.places.get(object) {
                Some(place) => Some(place.clone()),
                None => return,
            },
        };
        let register = (operation.obj.clone(), operation.key.clone());
        let mut before = self.struck.remove(&register).unwrap_or_default();
        for value in operation.pred.iter().filter_map(|seen| self.values.get(seen)) {
            if !before.contains(value) {
                before.push(value.clone());
            }
        }
        let after = match &operation.action {
            OpType::Put(value) => said(value),
            _ => None,
        };
        if let Some(value) = &after {
            self.values.insert(id.clone(), value.clone());
        }
        let deed = |field| Deed { field, line_id: None, item_code: None, before: Vec::new(), after: None };
        match (place, &operation.key, &operation.action) {
            (None, Key::Map(key), OpType::Make(_)) => {
                let place = if key.as_str() == fields::LINES { Place::Lines } else { Place::Notes };
                self.places.insert(id, place);
            }
            (None, Key::Map(key), OpType::Put(_)) => {
                let Some(field) = of_header(key.as_str()) else { return };
                deeds.push(Deed { before, after, ..deed(field) });
            }
            (_, Key::Map(_), OpType::Delete) => drop(self.struck.insert(register, before)),
            (Some(Place::Notes), _, _) => deeds.push(Deed { before, after, ..deed(Field::Note) }),
            (Some(Place::Lines), Key::Map(key), OpType::Make(_)) => {
                let Ok(line) = key.parse::<LineId>() else { return };
                deeds.push(Deed { line_id: Some(line.clone()), ..deed(Field::Line) });
                self.places.insert(id, Place::Line(line));
            }
            (Some(Place::Line(line)), Key::Map(key), OpType::Put(_)) => {
                self.of_line(&line, key.as_str(), before, after, deeds);
            }
            _ => {}
        }
    }

    fn of_line(
        &mut self,
        line: &LineId,
        key: &str,
        before: Vec<String>,
        after: Option<String>,
        deeds: &mut Vec<Deed>,
    ) {
        let new =
            deeds.iter_mut().find(|deed| deed.field == Field::Line && deed.line_id.as_ref() == Some(line));
        let field = match (key, new) {
            (fields::ITEM, new) => {
                if let Some(item) = after {
                    self.items.insert(line.clone(), item.clone());
                    if let Some(new) = new {
                        new.item_code = Some(item);
                    }
                }
                return;
            }
            (fields::QUANTITY, Some(new)) if new.after.is_none() => {
                new.after = after;
                return;
            }
            // Where a new line stands and that it follows the list goes without saying.
            (fields::POSITION, Some(_)) => return,
            (fields::PRICE, Some(_)) if after.as_deref() == Some("list") => return,
            (fields::QUANTITY, _) => Field::Quantity,
            (fields::PRICE, _) => Field::Price,
            (fields::NOTE, _) => Field::LineNote,
            (fields::POSITION, _) => Field::Place,
            (fields::DELETED, _) => Field::Removal,
            _ => return,
        };
        // A position says nothing to a person.
        let (before, after) = if field == Field::Place { (Vec::new(), None) } else { (before, after) };
        let item_code = self.items.get(line).cloned();
        deeds.push(Deed { field, line_id: Some(line.clone()), item_code, before, after });
    }
}

fn of_header(key: &str) -> Option<Field> {
    Some(match key {
        fields::CUSTOMER => Field::Customer,
        fields::SCHOOL_YEAR => Field::SchoolYear,
        fields::DEFAULT_PRICE => Field::DefaultPrice,
        fields::INCLUDE_PDF => Field::IncludePdf,
        fields::VALID_UNTIL => Field::ValidUntil,
        fields::DISCARDED => Field::Discarded,
        _ => return None,
    })
}

fn said(value: &ScalarValue) -> Option<String> {
    match value {
        ScalarValue::Null => None,
        ScalarValue::Str(text) => Some(text.to_string()),
        other => Some(other.to_string()),
    }
}
