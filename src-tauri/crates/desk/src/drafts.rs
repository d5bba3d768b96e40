//! Drafts: making, loading and saving them.
//!
//! Owns the one transaction in which a draft's bytes, its projection, the voiding of what was submitted from
//! it and the outbox operation are written. Must not read a message: that is [`crate::chat`].

use std::sync::Arc;

use domain::{DraftId, QuoteId};
use drafting::document::{Change, Chunk, ChunkKind, Draft};
use serde_json::json;
use store::drafts::{ChunkRow, DraftRow, DraftStatus};
use store::{Reader, WriteTx, actions, drafts};

use crate::Desk;
use crate::error::{Code, DeskError};
use crate::outbox::{Announce, piece_name};

mod discard;
mod edit;
mod head;
mod history;
mod list;
mod messages;
mod preview;
mod shown;
mod sitting;
mod undo;

pub use edit::DraftEdit;
pub(crate) use head::{Head, view_of};
pub use history::{
    DraftCompared, DraftFieldCompared, DraftHistory, DraftLineCompared, DraftPoint, Fate, HistoryEntry,
};
pub use list::DraftListed;
pub use messages::MessageShown;
pub use preview::Preview;
pub(crate) use preview::known_number;
pub use shown::{CustomerShown, DraftShown, LineShown, RemovedShown};
pub(crate) use sitting::Sitting;

/// How many stored pieces a draft may have before they are put together, while nobody waits for it.
pub(crate) const COMPACT_AFTER: usize = 32;
/// How many it may have before an edit does it.
const MOST_PIECES: usize = 256;

/// A draft in memory: its head, and its document.
pub(crate) struct Opened {
    pub head: Head,
    pub document: Arc<Draft>,
}

impl Desk {
    /// One draft.
    pub fn draft(&self, id: &DraftId) -> Result<DraftShown, DeskError> {
        self.store.read(|db| self.shown(db, Head::read(db, id)?))
    }

    /// Read a draft's document ahead and put its pieces together, so that the next edits need not.
    pub fn warm_draft(&self, id: &DraftId) -> Result<(), DeskError> {
        let many = self.store.read(|db| {
            self.open_draft(db, id)?;
            Ok::<_, DeskError>(drafts::count_pieces(db, id)?)
        })?;
        if many <= COMPACT_AFTER {
            return Ok(());
        }
        self.store.write(|tx| {
            let opened = self.open_draft(tx, id)?;
            compact(tx, &opened.document, &self.now(), COMPACT_AFTER)
        })
    }

    /// A new, empty draft, kept.
    pub fn draft_new(&self) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.new_draft(tx)?;
            self.save_draft(tx, &mut opened)?;
            self.shown(tx, opened.head)
        })
    }

    /// Make changes as they are, by hand or by a program.
    pub fn edit_draft(&self, id: &DraftId, changes: &[Change]) -> Result<DraftShown, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            self.change_draft(tx, &mut opened, changes)?;
            self.shown(tx, opened.head)
        })
    }

    /// A new, empty draft.
    pub(crate) fn new_draft(&self, db: &Reader<'_>) -> Result<Opened, DeskError> {
        let id: DraftId = self.new_id()?;
        let document = Draft::create(id.clone(), &self.user, self.actor(db)?).map_err(unsound)?;
        let head = Head::begun(id, self.user.clone(), self.now());
        Ok(Opened { head, document: Arc::new(document) })
    }

    pub(crate) fn open_draft(&self, db: &Reader<'_>, id: &DraftId) -> Result<Opened, DeskError> {
        let row = head::row(db, id)?;
        if let Some((document, view)) = self.sitting.opened(id, &row.heads) {
            return Ok(Opened { head: Head::holding(row, view)?, document });
        }
        let view = Arc::new(view_of(&row)?);
        let stored = drafts::chunks(db, id)?;
        let chunks: Vec<Chunk> =
            stored.into_iter().map(|chunk| read_chunk(id, chunk)).collect::<Result<_, _>>()?;
        let document = Draft::load(id.clone(), &chunks, &self.user, self.actor(db)?).map_err(unsound)?;
        if document.heads() != row.heads {
            return Err(damaged(format!("draft {id} does not hold what was saved last")));
        }
        let document = Arc::new(document);
        self.sitting.keep(&document, &view);
        Ok(Opened { head: Head::holding(row, view)?, document })
    }

    /// Make changes, all or none, and void what was submitted from the draft. They are to be saved in the same
    /// transaction.
    pub(crate) fn make_changes(
        &self,
        tx: &WriteTx<'_>,
        opened: &mut Opened,
        changes: &[Change],
    ) -> Result<(), DeskError> {
        if changes.is_empty() {
            return Ok(());
        }
        let row = &mut opened.head.row;
        if row.status == DraftStatus::Closed {
            return Err(DeskError::new(
                Code::WrongState,
                format!("draft {} became quote {}; it does not change any more", row.id, quote_word(row)),
                "Begin a new draft.",
            ));
        }
        // Whoever else has it open has it as it is stored; where nobody has, it need not be copied.
        self.sitting.let_go(&row.id);
        let document = Arc::make_mut(&mut opened.document);
        document.apply(changes, self.moment()).map_err(|error| {
            DeskError::bad_input(&error, "Nothing was changed. Try it with other values.")
        })?;
        if row.status == DraftStatus::Submitted {
            for action in actions::pending_of_draft(tx, &row.id)? {
                self.withdraw(tx, &action, "the draft was changed after it was submitted")?;
            }
            row.status = DraftStatus::Open;
        }
        opened.head.set_view(document.view().map_err(unsound)?);
        Ok(())
    }

    /// Save the draft as it is in memory: projection, bytes and outbox, in the caller's transaction.
    pub(crate) fn save_draft(&self, tx: &WriteTx<'_>, opened: &mut Opened) -> Result<(), DeskError> {
        let now = self.now();
        let Opened { head, document } = opened;
        let row = head.projected(document, &now)?;
        drafts::put(tx, row)?;
        if let Some(chunk) = document.unsaved() {
            drafts::add_chunk(tx, &row.id, &chunk_row(&chunk), &now)?;
            Announce::new(piece_name(chunk.checksum()), format!("draft:{}", row.id), "draft_chunk").put(
                self,
                tx,
                &json!({
                    "draft_id": row.id,
                    "head": {
                        "customer_id": row.customer_id, "drafted_by": row.drafted_by,
                        "school_year": row.school_year, "revision_of": row.revision_of,
                        "created_at": row.created_at,
                    },
                    "chunk": chunk,
                }),
            )?;
            Arc::make_mut(document).saved(chunk.heads()).map_err(unsound)?;
        }
        self.sitting.keep(document, head.view());
        compact(tx, document, &now, MOST_PIECES)
    }
}

/// Put stored pieces together where there are more than `most`. A piece whose changes the document does not hold is left
/// where it is.
pub(crate) fn compact(tx: &WriteTx<'_>, document: &Draft, now: &str, most: usize) -> Result<(), DeskError> {
    if drafts::count_pieces(tx, document.id())? <= most {
        return Ok(());
    }
    let stored = drafts::pieces(tx, document.id())?;
    let made_of: Vec<_> =
        stored.into_iter().filter(|piece| document.has(&piece.heads)).map(|piece| piece.sha256).collect();
    Ok(drafts::compact(tx, document.id(), &chunk_row(&document.snapshot()), &made_of, now)?)
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
