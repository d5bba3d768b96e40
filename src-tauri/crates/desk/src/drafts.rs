//! Drafts: loading, saving, listing and showing them.
//!
//! Owns the one transaction in which a draft's bytes, its projection, the voiding of what was submitted from
//! it and the outbox operation are written. Must not read a message: that is [`crate::chat`].

use domain::{DraftId, Money, PriceSource, QuoteId};
use drafting::chat::Question;
use drafting::document::{Change, Chunk, ChunkKind, Draft, DraftView};
use serde::Serialize;
use serde_json::json;
use store::drafts::{ChunkRow, DraftRow, DraftStatus};
use store::{Reader, WriteTx, actions, customers, drafts};

use crate::Desk;
use crate::compose::{self, Found};
use crate::error::{Code, DeskError};
use crate::outbox::{Announce, piece_name};

/// How many stored pieces a draft may have before they are put together.
const COMPACT_AFTER: usize = 32;

/// A draft as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct DraftShown {
    /// Its key.
    pub draft_id: DraftId,
    /// Where it stands.
    pub status: DraftStatus,
    /// Its quote number, once it was submitted.
    pub quote_id: Option<QuoteId>,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// For whom.
    pub customer: Option<CustomerShown>,
    /// For which school year.
    pub school_year: Option<domain::SchoolYear>,
    /// Its lines.
    pub lines: Vec<LineShown>,
    /// Whether a PDF is wanted.
    pub include_pdf: bool,
    /// The last day it can be accepted, once said.
    pub valid_until: Option<chrono::NaiveDate>,
    /// Remarks the customer reads.
    pub notes: Vec<String>,
    /// What the lines come to so far, before programs.
    pub commercial_total: Money,
    /// What must be answered.
    pub questions: Vec<Question>,
    /// Values that two people set differently.
    pub conflicts: Vec<drafting::document::Conflict>,
    /// What keeps it from being submitted.
    pub missing: Option<String>,
    /// Whether it can be submitted.
    pub ready: bool,
    /// Who began it.
    pub drafted_by: String,
    /// Last change, RFC 3339.
    pub updated_at: String,
}

/// A customer, enough to tell it from its namesakes.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerShown {
    /// Its key.
    pub id: domain::CustomerId,
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
}

/// A line of a draft with its price.
#[derive(Debug, Clone, Serialize)]
pub struct LineShown {
    /// Its key.
    pub line_id: domain::LineId,
    /// Of what.
    pub item_code: domain::ItemCode,
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
    /// The price in the year before.
    pub last_year_price: Option<Money>,
    /// The margin, in words.
    pub margin: Option<String>,
    /// A remark the customer reads.
    pub note: Option<String>,
}

/// A draft in memory with its head.
pub(crate) struct Opened {
    pub row: DraftRow,
    pub document: Draft,
}

impl Desk {
    /// Drafts, the last changed first.
    pub fn drafts(&self, limit: u32) -> Result<Vec<DraftShown>, DeskError> {
        self.store.read(|db| {
            let rows = drafts::list(db, limit)?;
            rows.into_iter().map(|row| shown(db, row)).collect()
        })
    }

    /// One draft.
    pub fn draft(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.store.read(|db| shown(db, draft_row(db, id)?))
    }

    /// Change a draft by hand, as the grid does.
    pub fn edit_draft(&self, id: &DraftId, changes: &[Change]) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            self.save_draft(tx, &mut opened, changes)?;
            shown(tx, opened.row)
        })
    }

    /// A new, empty draft.
    pub(crate) fn new_draft(&self) -> Result<Opened, DeskError> {
        let id: DraftId = self.new_id()?;
        let document =
            Draft::create(id.clone(), &self.user, self.world.ids.bytes::<16>()).map_err(unsound)?;
        let now = self.now();
        let row = DraftRow {
            id,
            customer_id: None,
            school_year: None,
            status: DraftStatus::Open,
            quote_id: None,
            revision_of: None,
            heads: Vec::new(),
            view: json!({}),
            questions: json!([]),
            drafted_by: self.user.clone(),
            created_at: now.clone(),
            updated_at: now,
        };
        Ok(Opened { row, document })
    }

    pub(crate) fn open_draft(&self, db: &Reader<'_>, id: &DraftId) -> Result<Opened, DeskError> {
        let row = draft_row(db, id)?;
        let stored = drafts::chunks(db, id)?;
        let chunks: Vec<Chunk> =
            stored.into_iter().map(|chunk| read_chunk(id, chunk)).collect::<Result<_, _>>()?;
        let document =
            Draft::load(id.clone(), &chunks, &self.user, self.world.ids.bytes::<16>()).map_err(unsound)?;
        if document.heads() != row.heads {
            return Err(damaged(format!("draft {id} does not hold what was saved last")));
        }
        Ok(Opened { row, document })
    }

    /// Apply changes and save the draft: bytes, projection, outbox and the voiding of what was submitted
    /// from it, in the caller's transaction.
    pub(crate) fn save_draft(
        &self,
        tx: &WriteTx<'_>,
        opened: &mut Opened,
        changes: &[Change],
    ) -> Result<(), DeskError> {
        let now = self.now();
        if opened.row.status == DraftStatus::Closed && !changes.is_empty() {
            return Err(DeskError::new(
                Code::WrongState,
                format!(
                    "draft {} became quote {}; it does not change any more",
                    opened.row.id,
                    quote_word(&opened.row)
                ),
                "Begin a new draft.",
            ));
        }
        opened.document.apply(changes, self.moment()).map_err(|error| {
            DeskError::bad_input(&error, "Nothing of the message was kept. Say it again with other values.")
        })?;
        project(opened, &now)?;
        let row = &mut opened.row;
        if !changes.is_empty() && row.status == DraftStatus::Submitted {
            for action in actions::pending_of_draft(tx, &row.id)? {
                self.withdraw(tx, &action, "the draft was changed after it was submitted")?;
            }
            row.status = DraftStatus::Open;
        }
        drafts::put(tx, row)?;
        if let Some(chunk) = opened.document.unsaved() {
            drafts::add_chunk(tx, &row.id, &chunk_row(&chunk), &now)?;
            Announce::new(piece_name(chunk.checksum()), format!("draft:{}", row.id), "draft_chunk").put(
                self,
                tx,
                &json!({
                    "draft_id": row.id,
                    "head": {
                        "customer_id": row.customer_id, "drafted_by": row.drafted_by,
                        "school_year": row.school_year, "created_at": row.created_at,
                    },
                    "chunk": chunk,
                }),
            )?;
            let heads = chunk.heads().to_vec();
            opened.document.saved(&heads).map_err(unsound)?;
        }
        let stored = drafts::chunks(tx, &row.id)?;
        if stored.len() > COMPACT_AFTER {
            let made_of: Vec<_> = stored.iter().map(|chunk| chunk.sha256).collect();
            drafts::compact(tx, &row.id, &chunk_row(&opened.document.snapshot()), &made_of, &now)?;
        }
        Ok(())
    }
}

/// What is told of a draft beside its document, as the document is now.
pub(crate) fn project(opened: &mut Opened, now: &str) -> Result<(), DeskError> {
    let view = opened.document.view().map_err(unsound)?;
    let row = &mut opened.row;
    row.customer_id = view.customer_id.clone();
    row.school_year = view.school_year;
    row.heads = opened.document.heads();
    row.view = serde_json::to_value(&view)?;
    row.updated_at = now.to_owned();
    Ok(())
}

pub(crate) fn draft_row(db: &Reader<'_>, id: &DraftId) -> Result<DraftRow, DeskError> {
    drafts::get(db, id)?
        .ok_or_else(|| DeskError::not_found("draft", id, "`fieldquote draft list` shows what there is."))
}

pub(crate) fn view_of(row: &DraftRow) -> Result<DraftView, DeskError> {
    if row.heads.is_empty() {
        return Ok(DraftView::default());
    }
    Ok(serde_json::from_value(row.view.clone())?)
}

/// A draft as it is shown.
pub(crate) fn shown(db: &Reader<'_>, row: DraftRow) -> Result<DraftShown, DeskError> {
    let view = view_of(&row)?;
    let questions: Vec<Question> = serde_json::from_value(row.questions.clone())?;
    let found = compose::find_lines(db, &view)?;
    let missing = compose::gather(db, &view).err().map(|error| error.message);
    let customer = match &view.customer_id {
        Some(id) => customers::get(db, id)?.map(|customer| CustomerShown {
            id: customer.id,
            name: customer.name,
            city: customer.city,
            state: customer.state,
        }),
        None => None,
    };
    let extended = found.iter().filter_map(|found| Some((found.price?, found.line.quantity?)));
    let extended: Vec<Money> =
        extended.map(|(price, cases)| price.extended(cases)).collect::<Result<_, _>>()?;
    Ok(DraftShown {
        draft_id: row.id,
        status: row.status,
        quote_id: row.quote_id,
        revision_of: row.revision_of,
        customer,
        school_year: view.school_year,
        lines: found.into_iter().map(line_shown).collect(),
        include_pdf: view.include_pdf,
        valid_until: view.valid_until,
        notes: view.notes,
        commercial_total: Money::sum(extended)?,
        ready: missing.is_none() && questions.is_empty(),
        missing,
        questions,
        conflicts: view.conflicts,
        drafted_by: row.drafted_by,
        updated_at: row.updated_at,
    })
}

fn line_shown(found: Found) -> LineShown {
    let margin = found.price.map(|price| domain::Margin::of(price, compose::cost_of(&found)).words());
    LineShown {
        line_id: found.line.id,
        item_code: found.line.item_code,
        description: found.item.as_ref().map(|item| item.description.clone()),
        pack: found.item.and_then(|item| item.pack),
        quantity: found.line.quantity,
        case_price: found.price,
        price_source: found.source,
        price_rule: found.line.price.in_words(),
        last_year_price: found.last_year.map(|price| price.case_price),
        margin,
        note: found.line.note,
    }
}

pub(crate) fn chunk_row(chunk: &Chunk) -> ChunkRow {
    ChunkRow {
        kind: chunk.kind().as_str().to_owned(),
        heads: chunk.heads().to_vec(),
        sha256: chunk.checksum(),
        bytes: chunk.bytes().to_vec(),
    }
}

fn read_chunk(id: &DraftId, row: ChunkRow) -> Result<Chunk, DeskError> {
    let kind = match row.kind.as_str() {
        "snapshot" => ChunkKind::Snapshot,
        _ => ChunkKind::Changes,
    };
    Chunk::stored(id.clone(), kind, row.heads, row.bytes, row.sha256)
        .map_err(|error| damaged(error.to_string()))
}

fn quote_word(row: &DraftRow) -> String {
    row.quote_id.as_ref().map_or_else(|| "without a number".to_owned(), QuoteId::to_string)
}

pub(crate) fn unsound(error: drafting::document::DraftError) -> DeskError {
    damaged(error.to_string()).because(error)
}

fn damaged(message: String) -> DeskError {
    DeskError::new(Code::Storage, message, "Restore a backup; the draft was left as it is.")
}
