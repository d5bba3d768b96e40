//! What was done to a draft, and what is different between two points of it.
//!
//! Owns putting deeds and differences into words, with the names this device knows, and what a point is called.
//! Must not read a document: the drafting crate does.

use domain::{DeviceTag, DraftId, ItemCode, LineId};
use drafting::document::{Deed, DraftView, Field, FieldCompared, PriceRule, Version, compare};
use serde::Serialize;
use store::{Reader, customers, spec_items};

use crate::error::DeskError;
use crate::{Desk, profile};

/// How much of a version's name tells it from the others.
const NAME: usize = 12;
/// How little of it a person may type.
const LEAST_TYPED: usize = 4;

/// What one person did to a draft at once.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct HistoryEntry {
    /// Its place among all, from 1. Another piece that comes may move it.
    pub number: usize,
    /// Its name, which stays.
    pub version: String,
    /// Who did it, when known.
    pub by: Option<String>,
    /// When, RFC 3339, by the clock of whoever did it.
    pub at: String,
    /// The tag of the device it was done on, when known.
    pub device: Option<String>,
    /// Whether that is this one.
    pub is_here: bool,
    /// What was done, in words.
    pub words: Vec<String>,
    /// The heads of the draft at this point.
    pub heads: Vec<String>,
}

/// What was done to a draft.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftHistory {
    /// Which draft.
    pub draft_id: DraftId,
    /// The newest first.
    pub entries: Vec<HistoryEntry>,
    /// How many there are in all.
    pub total: usize,
}

/// A field before and after, in words; none while it was open.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftFieldCompared {
    /// Which.
    pub field: Field,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// A line that is different.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftLineCompared {
    /// Its key.
    pub line_id: LineId,
    /// Of what.
    pub item_code: ItemCode,
    /// What that is.
    pub description: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// What is different.
    pub fields: Vec<DraftFieldCompared>,
}

/// Two points of a draft, side by side.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftCompared {
    /// Which draft.
    pub draft_id: DraftId,
    /// The one point.
    pub from: DraftPoint,
    /// The other.
    pub to: DraftPoint,
    /// What is different in the header.
    pub header: Vec<DraftFieldCompared>,
    /// The lines that are different.
    pub lines: Vec<DraftLineCompared>,
}

/// A point of a draft.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct DraftPoint {
    /// The place of the change it is after; 0 is before the first.
    pub number: usize,
    /// That change's name; none before the first.
    pub version: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// When, RFC 3339.
    pub at: Option<String>,
}

impl Desk {
    /// What was done to a draft by everybody whose changes are here, the newest first.
    pub fn draft_history(&self, id: &DraftId, limit: usize) -> Result<DraftHistory, DeskError> {
        self.store.read(|db| {
            let versions = self.open_draft(db, id)?.document.history();
            let here = profile::device_tag(db)?;
            let newest = versions.iter().enumerate().rev().take(limit);
            let entries = newest.map(|(place, version)| entry(db, place + 1, version, &here));
            Ok(DraftHistory {
                draft_id: id.clone(),
                entries: entries.collect::<Result<_, DeskError>>()?,
                total: versions.len(),
            })
        })
    }

    /// What is different between two points of a draft. A point is `now`, `start`, the number of an entry of its
    /// history, or the beginning of that entry's name.
    ///
    /// # Errors
    /// `bad_input` when there is no such point.
    pub fn draft_compare(&self, id: &DraftId, from: &str, to: &str) -> Result<DraftCompared, DeskError> {
        self.store.read(|db| {
            let document = self.open_draft(db, id)?.document;
            let versions = document.history();
            let held = |number: usize| match number.checked_sub(1).map(|place| &versions[place]) {
                Some(version) => document.view_at(&version.heads).map_err(super::unsound),
                None => Ok(DraftView::default()),
            };
            let (from, to) = (numbered(&versions, from)?, numbered(&versions, to)?);
            let found = compare(&held(from)?, &held(to)?);
            let mut lines = Vec::new();
            for line in found.lines {
                let item = spec_items::get(db, &line.item_code)?;
                lines.push(DraftLineCompared {
                    line_id: line.line_id,
                    description: item.map(|item| item.description),
                    item_code: line.item_code,
                    fate: match (line.was_there, line.is_there) {
                        (false, _) => Fate::Added,
                        (true, false) => Fate::Removed,
                        (true, true) => Fate::Changed,
                    },
                    fields: shown(db, line.fields)?,
                });
            }
            Ok(DraftCompared {
                draft_id: id.clone(),
                from: point(&versions, from),
                to: point(&versions, to),
                header: shown(db, found.header)?,
                lines,
            })
        })
    }
}

/// The number of the entry a point is after; 0 before the first.
fn numbered(versions: &[Version], said: &str) -> Result<usize, DeskError> {
    let said = said.trim();
    let number = match said {
        "now" => Some(versions.len()),
        "start" => Some(0),
        _ => said.parse().ok().filter(|number| *number <= versions.len()).or_else(|| {
            let said = said.to_ascii_lowercase();
            let is_named = |version: &Version| said.len() >= LEAST_TYPED && version.id.starts_with(&said);
            versions.iter().position(is_named).map(|place| place + 1)
        }),
    };
    number.ok_or_else(|| {
        DeskError::bad_input(
            format!("“{}” is no point of this draft", said.chars().take(40).collect::<String>()),
            "Name an entry of its history by number or name, or say now or start.",
        )
    })
}

fn point(versions: &[Version], number: usize) -> DraftPoint {
    let version = number.checked_sub(1).and_then(|place| versions.get(place));
    DraftPoint {
        number,
        version: version.map(|version| short(&version.id)),
        by: version.and_then(|version| version.by.clone()),
        at: version.map(|version| domain::clock::timestamp(version.at)),
    }
}

fn short(version: &str) -> String {
    version.chars().take(NAME).collect()
}

fn entry(
    db: &Reader<'_>,
    number: usize,
    version: &Version,
    here: &DeviceTag,
) -> Result<HistoryEntry, DeskError> {
    let words = version.deeds.iter().map(|deed| in_words(db, deed));
    Ok(HistoryEntry {
        number,
        version: short(&version.id),
        by: version.by.clone(),
        at: domain::clock::timestamp(version.at),
        device: version.device.as_ref().map(|device| device.as_str().to_owned()),
        is_here: version.device.as_ref() == Some(here),
        words: words.collect::<Result<_, DeskError>>()?,
        heads: version.heads.clone(),
    })
}

fn shown(db: &Reader<'_>, fields: Vec<FieldCompared>) -> Result<Vec<DraftFieldCompared>, DeskError> {
    let said = |field, value: Option<String>| value.map(|value| meant(db, field, &value)).transpose();
    fields
        .into_iter()
        .map(|FieldCompared { field, before, after }| {
            Ok(DraftFieldCompared { field, before: said(field, before)?, after: said(field, after)? })
        })
        .collect()
}

/// A value as a person reads it.
fn meant(db: &Reader<'_>, field: Field, value: &str) -> Result<String, DeskError> {
    Ok(match field {
        Field::Customer => match value.parse() {
            Ok(id) => customers::get(db, &id)?.map_or_else(|| value.to_owned(), |customer| customer.name),
            Err(_) => value.to_owned(),
        },
        Field::Price | Field::DefaultPrice => {
            value.parse::<PriceRule>().map_or_else(|_| value.to_owned(), |rule| rule.in_words())
        }
        Field::Quantity | Field::Line => cases(value),
        Field::IncludePdf => if value == "true" { "wanted" } else { "not wanted" }.to_owned(),
        _ => value.to_owned(),
    })
}

fn cases(number: &str) -> String {
    format!("{number} {}", if number == "1" { "case" } else { "cases" })
}

fn in_words(db: &Reader<'_>, deed: &Deed) -> Result<String, DeskError> {
    let item = deed.item_code.as_deref().unwrap_or("a line");
    let after = deed.after.as_deref().map(|value| meant(db, deed.field, value)).transpose()?;
    let before: Vec<String> =
        deed.before.iter().map(|value| meant(db, deed.field, value)).collect::<Result<_, _>>()?;
    // Of several values one was chosen.
    let settled = match &before[..] {
        [] | [_] => String::new(),
        several => format!(", where {} were set", several.join(" and ")),
    };
    // From what it was to what it became.
    let moved = |nothing: &str| {
        let after = after.as_deref().unwrap_or(nothing);
        match &before[..] {
            [one] => format!("{item}: {one} → {after}"),
            _ => format!("{item}: {after}{settled}"),
        }
    };
    let between = if before.len() > 1 { ", where one had taken it off and another put it back" } else { "" };
    Ok(match (deed.field, after.as_deref()) {
        (Field::Customer, Some(name)) => format!("for {name}{settled}"),
        (Field::Customer, None) => "for nobody yet".to_owned(),
        (Field::SchoolYear, Some(year)) => format!("school year {year}{settled}"),
        (Field::SchoolYear, None) => "no school year yet".to_owned(),
        (Field::DefaultPrice, rule) => format!("new lines at {}", rule.unwrap_or("list price")),
        (Field::IncludePdf, _) if deed.after.as_deref() == Some("true") => "with a PDF".to_owned(),
        (Field::IncludePdf, _) => "without a PDF".to_owned(),
        (Field::ValidUntil, Some(day)) => format!("valid until {day}"),
        (Field::ValidUntil, None) => "the usual validity".to_owned(),
        (Field::Note, Some(text)) => format!("a note: “{text}”"),
        (Field::Note, None) => format!("the note “{}” taken off", before.join(" ")),
        (Field::Line, Some(cases)) => format!("{cases} of {item}"),
        (Field::Line, None) => format!("{item} added"),
        (Field::Quantity, _) => moved("no cases yet"),
        (Field::Price, _) => moved("list price"),
        (Field::LineNote, Some(text)) => format!("a note on {item}: “{text}”"),
        (Field::LineNote, None) => format!("no note on {item}"),
        (Field::Place, _) => format!("{item} moved"),
        (Field::Removal, Some("true")) => format!("{item} taken off{between}"),
        (Field::Removal, _) => format!("{item} put back{between}"),
        (Field::Discarded, Some(_)) => "thrown away".to_owned(),
        (Field::Discarded, None) => "brought back".to_owned(),
    })
}
