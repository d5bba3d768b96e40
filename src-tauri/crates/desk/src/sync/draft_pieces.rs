//! Pieces of drafts that somebody else wrote.
//!
//! Owns merging them into what is here. Both people's changes stay; two values for one thing are a conflict
//! that is shown. Must not drop a piece: one whose predecessor has not come yet is asked for again.

use std::sync::Arc;

use domain::{DraftId, Sha256};
use drafting::document::{Chunk, ChunkKind, Draft, DraftError};
use serde_json::json;
use store::drafts::DraftStatus;
use store::feed::{Change, FeedRow, FeedTx};
use store::{RowKey, actions, drafts, outbox, refetch};

use super::arrivals::text;
use crate::Desk;
use crate::drafts::{Head, Opened, chunk_row};
use crate::error::DeskError;
use crate::outbox::piece_of;

impl Desk {
    pub(super) fn arrive_piece(
        &self,
        tx: &FeedTx<'_>,
        change: &Change<'_>,
        row: &FeedRow<'_>,
    ) -> Result<bool, DeskError> {
        let Some(chunk) = read(row) else {
            tracing::warn!(key = ?change.key, "a piece of a draft does not read");
            return Ok(false);
        };
        // This device's own pieces come back to it.
        if outbox::get(tx, &piece_of(chunk.checksum())?)?.is_some() {
            return Ok(false);
        }
        let mut opened = match drafts::get(tx, chunk.draft_id())? {
            Some(_) => self.open_draft(tx, chunk.draft_id())?,
            None => match Draft::load(
                chunk.draft_id().clone(),
                std::slice::from_ref(&chunk),
                &self.user,
                self.actor(tx)?,
            ) {
                Ok(document) => return self.keep_merged(tx, self.begun(document, row), &chunk),
                Err(DraftError::Incomplete(_)) => return self.ask_again(tx, &chunk),
                Err(other) => return Err(crate::drafts::unsound(other)),
            },
        };
        let before = opened.document.heads();
        match Arc::make_mut(&mut opened.document).merge_chunk(&chunk) {
            Ok(()) if opened.document.heads() == before => Ok(false),
            Ok(()) => self.keep_merged(tx, opened, &chunk),
            Err(DraftError::Incomplete(_)) => self.ask_again(tx, &chunk),
            Err(other) => Err(crate::drafts::unsound(other)),
        }
    }

    /// A draft that somebody else began.
    fn begun(&self, document: Draft, row: &FeedRow<'_>) -> Opened {
        let by = text(row, "drafted_by").unwrap_or_default().to_owned();
        let mut head = Head::begun(document.id().clone(), by, self.now());
        head.row.revision_of = text(row, "revision_of").and_then(|id| id.parse().ok());
        if let Some(at) = text(row, "created_at") {
            head.row.created_at = at.to_owned();
        }
        Opened { head, document: Arc::new(document) }
    }

    fn keep_merged(&self, tx: &FeedTx<'_>, mut opened: Opened, chunk: &Chunk) -> Result<bool, DeskError> {
        let now = self.now();
        if opened.head.row.status == DraftStatus::Open
            && !actions::pending_of_draft(tx, &opened.head.row.id)?.is_empty()
        {
            opened.head.row.status = DraftStatus::Submitted;
        }
        let Opened { head, document } = &mut opened;
        let heads = document.heads();
        Arc::make_mut(document).saved(&heads).map_err(crate::drafts::unsound)?;
        head.set_view(document.view().map_err(crate::drafts::unsound)?);
        drafts::put(tx, head.projected(document, &now)?)?;
        drafts::add_chunk(tx, &opened.head.row.id, &chunk_row(chunk), &now)?;
        self.sitting.keep(&opened.document, opened.head.view());
        crate::drafts::compact(tx, &opened.document, &now, crate::drafts::COMPACT_AFTER)?;
        Ok(true)
    }

    fn ask_again(&self, tx: &FeedTx<'_>, chunk: &Chunk) -> Result<bool, DeskError> {
        let key = [json!(chunk.draft_id()), json!(chunk.checksum())];
        refetch::add(tx, &RowKey::of("draft_chunks", &key)?, &self.now())?;
        Ok(false)
    }
}

fn read(row: &FeedRow<'_>) -> Option<Chunk> {
    let id: DraftId = text(row, "draft_id")?.parse().ok()?;
    let kind = match text(row, "kind")? {
        "snapshot" => ChunkKind::Snapshot,
        "changes" => ChunkKind::Changes,
        _ => return None,
    };
    let heads: Vec<String> = serde_json::from_str(text(row, "heads")?).ok()?;
    let sha256: Sha256 = text(row, "sha256")?.parse().ok()?;
    Chunk::stored(id, kind, heads, hex::decode(text(row, "bytes")?).ok()?, sha256).ok()
}
