//! The tables `drafts`, `draft_chunks` and `draft_messages`.
//!
//! Owns a draft's bytes, its projection and the chat it was made in. Must not read the document: the bytes
//! are the drafting crate's, and the projection is written in the transaction that adds to them.

use domain::{CustomerId, DraftId, QuoteId, SchoolYear, Sha256, vocabulary};
use rusqlite::{Row, params};
use serde_json::Value;

use crate::access::{Reader, WriteTx};
use crate::error::StoreError;
use crate::row::{json, parsed, parsed_if_any};

vocabulary! {
    /// Where a draft stands.
    pub enum DraftStatus: "a draft status" {
        /// Being written.
        Open = "open",
        /// Submitted; an edit voids the action it waits on.
        Submitted = "submitted",
        /// Its quote is approved; a change is a revision.
        Closed = "closed",
    }
}

/// A draft's head.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftRow {
    /// Its key.
    pub id: DraftId,
    /// For whom, once said.
    pub customer_id: Option<CustomerId>,
    /// For which school year, once said.
    pub school_year: Option<SchoolYear>,
    /// Where it stands.
    pub status: DraftStatus,
    /// The quote number it got when it was first submitted.
    pub quote_id: Option<QuoteId>,
    /// The quote it revises.
    pub revision_of: Option<QuoteId>,
    /// The document's heads.
    pub heads: Vec<String>,
    /// The document as a person sees it, as JSON.
    pub view: String,
    /// Questions not answered yet, as JSON.
    pub questions: String,
    /// Who began it.
    pub drafted_by: String,
    /// When, RFC 3339.
    pub created_at: String,
    /// Last change, RFC 3339.
    pub updated_at: String,
}

/// A stored piece of a draft's document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChunkRow {
    /// `snapshot` or `changes`.
    pub kind: String,
    /// The heads the document has with it.
    pub heads: Vec<String>,
    /// The drafting crate's checksum over all of it.
    pub sha256: Sha256,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Something said in a draft's chat, with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    /// By whom.
    pub said_by: String,
    /// When, RFC 3339.
    pub said_at: String,
    /// What.
    pub message: String,
    /// What was answered.
    pub answer: Value,
}

const COLUMNS: &str = "id, customer_id, school_year, status, quote_id, revision_of, heads, view, questions, \
     drafted_by, created_at, updated_at";

/// Insert the draft's head, or replace it.
pub fn put(tx: &WriteTx<'_>, draft: &DraftRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO drafts (id, customer_id, school_year, status, quote_id, revision_of, heads, view,
           questions, drafted_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id,
           school_year = excluded.school_year, status = excluded.status, quote_id = excluded.quote_id,
           revision_of = excluded.revision_of, heads = excluded.heads, view = excluded.view,
           questions = excluded.questions, updated_at = excluded.updated_at",
        params![
            draft.id.as_str(),
            draft.customer_id.as_ref().map(CustomerId::as_str),
            draft.school_year.map(|year| year.to_string()),
            draft.status.as_str(),
            draft.quote_id.as_ref().map(QuoteId::as_str),
            draft.revision_of.as_ref().map(QuoteId::as_str),
            draft.heads.join(" "),
            draft.view,
            draft.questions,
            draft.drafted_by,
            draft.created_at,
            draft.updated_at,
        ],
    )?;
    Ok(())
}

/// Drafts in which somebody set a value differently from somebody else, the last changed first.
pub fn in_conflict(db: &Reader<'_>) -> Result<Vec<DraftRow>, StoreError> {
    db.all(
        &format!(
            "SELECT {COLUMNS} FROM drafts
             WHERE json_array_length(view, '$.conflicts') > 0 AND status <> 'closed' ORDER BY updated_at DESC"
        ),
        [],
        from_row,
    )
}

/// Move the draft to another status.
pub fn set_status(tx: &WriteTx<'_>, id: &DraftId, status: DraftStatus, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE drafts SET status = ?2, updated_at = ?3 WHERE id = ?1",
        params![id.as_str(), status.as_str(), now],
    )?;
    Ok(())
}

/// The draft of that id.
pub fn get(db: &Reader<'_>, id: &DraftId) -> Result<Option<DraftRow>, StoreError> {
    db.one(&format!("SELECT {COLUMNS} FROM drafts WHERE id = ?1"), [id.as_str()], from_row)
}

/// Drafts, the last changed first.
pub fn list(db: &Reader<'_>, limit: u32) -> Result<Vec<DraftRow>, StoreError> {
    db.all(
        &format!("SELECT {COLUMNS} FROM drafts ORDER BY updated_at DESC, id DESC LIMIT ?1"),
        [limit],
        from_row,
    )
}

/// Add bytes to a draft's document; the same bytes twice are kept once.
pub fn add_chunk(tx: &WriteTx<'_>, id: &DraftId, chunk: &ChunkRow, now: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO draft_chunks (draft_id, seq, kind, heads, sha256, bytes, created_at)
         VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM draft_chunks WHERE draft_id = ?1), ?2, ?6, ?3, ?4, ?5)
         ON CONFLICT (draft_id, sha256) DO NOTHING",
        params![id.as_str(), chunk.kind, chunk.sha256.to_string(), chunk.bytes, now, chunk.heads.join(" ")],
    )?;
    Ok(())
}

/// Put one snapshot in the place of the chunks it was made of, and of no others.
pub fn compact(
    tx: &WriteTx<'_>,
    id: &DraftId,
    snapshot: &ChunkRow,
    made_of: &[Sha256],
    now: &str,
) -> Result<(), StoreError> {
    for sha256 in made_of {
        tx.execute(
            "DELETE FROM draft_chunks WHERE draft_id = ?1 AND sha256 = ?2",
            params![id.as_str(), sha256.to_string()],
        )?;
    }
    // A snapshot is read before the changes that came after it.
    tx.execute(
        "INSERT INTO draft_chunks (draft_id, seq, kind, heads, sha256, bytes, created_at)
         VALUES (?1, (SELECT coalesce(min(seq), 1) - 1 FROM draft_chunks WHERE draft_id = ?1), ?2, ?6, ?3, ?4, ?5)",
        params![id.as_str(), snapshot.kind, snapshot.sha256.to_string(), snapshot.bytes, now, snapshot.heads.join(" ")],
    )?;
    Ok(())
}

/// A stored piece, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRow {
    /// The heads the document has with it.
    pub heads: Vec<String>,
    /// The drafting crate's checksum over all of it.
    pub sha256: Sha256,
}

/// What a draft's document is stored as, in the order it came.
pub fn pieces(db: &Reader<'_>, id: &DraftId) -> Result<Vec<PieceRow>, StoreError> {
    db.all("SELECT heads, sha256 FROM draft_chunks WHERE draft_id = ?1 ORDER BY seq", [id.as_str()], |row| {
        Ok(PieceRow { heads: heads(row, 0)?, sha256: parsed(row, 1)? })
    })
}

/// How many pieces a draft's document is stored as.
pub fn count_pieces(db: &Reader<'_>, id: &DraftId) -> Result<usize, StoreError> {
    let count = db.one("SELECT count(*) FROM draft_chunks WHERE draft_id = ?1", [id.as_str()], |row| {
        row.get::<_, u32>(0)
    })?;
    Ok(count.map_or(0, |count| count as usize))
}

/// The bytes of a draft's document, in the order they came.
pub fn chunks(db: &Reader<'_>, id: &DraftId) -> Result<Vec<ChunkRow>, StoreError> {
    db.all(
        "SELECT kind, heads, sha256, bytes FROM draft_chunks WHERE draft_id = ?1 ORDER BY seq",
        [id.as_str()],
        |row| {
            Ok(ChunkRow {
                kind: row.get(0)?,
                heads: heads(row, 1)?,
                sha256: parsed(row, 2)?,
                bytes: row.get(3)?,
            })
        },
    )
}

/// Record what was said and what was answered; gives its place in the chat.
pub fn add_message(
    tx: &WriteTx<'_>,
    id: &DraftId,
    said_by: &str,
    said_at: &str,
    message: &str,
    answer: &Value,
) -> Result<i64, StoreError> {
    tx.execute(
        "INSERT INTO draft_messages (draft_id, seq, said_by, said_at, message, answer)
         VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM draft_messages WHERE draft_id = ?1), ?2, ?3, ?4, ?5)",
        params![id.as_str(), said_by, said_at, message, answer.to_string()],
    )?;
    Ok(last_message_seq(tx, id)?.unwrap_or_default())
}

/// Put another answer in the place of that to the message at `seq`.
pub fn set_answer(tx: &WriteTx<'_>, id: &DraftId, seq: i64, answer: &Value) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE draft_messages SET answer = ?3 WHERE draft_id = ?1 AND seq = ?2",
        params![id.as_str(), seq, answer.to_string()],
    )?;
    Ok(())
}

/// The place of the last thing said in a draft's chat.
pub fn last_message_seq(db: &Reader<'_>, id: &DraftId) -> Result<Option<i64>, StoreError> {
    db.one("SELECT max(seq) FROM draft_messages WHERE draft_id = ?1", [id.as_str()], |row| row.get(0))
        .map(Option::flatten)
}

/// The last thing said in a draft's chat.
pub fn last_message(db: &Reader<'_>, id: &DraftId) -> Result<Option<MessageRow>, StoreError> {
    db.one(
        "SELECT said_by, said_at, message, answer FROM draft_messages WHERE draft_id = ?1
         ORDER BY seq DESC LIMIT 1",
        [id.as_str()],
        message,
    )
}

/// Everything said in a draft's chat, in order.
pub fn messages(db: &Reader<'_>, id: &DraftId) -> Result<Vec<MessageRow>, StoreError> {
    db.all(
        "SELECT said_by, said_at, message, answer FROM draft_messages WHERE draft_id = ?1 ORDER BY seq",
        [id.as_str()],
        message,
    )
}

fn message(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    Ok(MessageRow { said_by: row.get(0)?, said_at: row.get(1)?, message: row.get(2)?, answer: json(row, 3)? })
}

/// Heads are stored as one text with spaces between.
fn heads(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    Ok(row.get_ref(column)?.as_str()?.split_whitespace().map(str::to_owned).collect())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: parsed(row, 0)?,
        customer_id: parsed_if_any(row, 1)?,
        school_year: parsed_if_any(row, 2)?,
        status: parsed(row, 3)?,
        quote_id: parsed_if_any(row, 4)?,
        revision_of: parsed_if_any(row, 5)?,
        heads: heads(row, 6)?,
        view: row.get(7)?,
        questions: row.get(8)?,
        drafted_by: row.get(9)?,
        created_at: row.get(10)?,
        updated_at: row.get(11)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::{self, NOW};

    #[test]
    fn a_snapshot_takes_the_place_of_what_it_was_made_of_and_of_nothing_else() {
        let (_folder, store) = scratch::store();
        let id: DraftId = "D1".parse().unwrap();
        let draft = DraftRow {
            id: id.clone(),
            customer_id: None,
            school_year: None,
            status: DraftStatus::Open,
            quote_id: None,
            revision_of: None,
            heads: Vec::new(),
            view: "{}".to_owned(),
            questions: "[]".to_owned(),
            drafted_by: "Ann".to_owned(),
            created_at: NOW.to_owned(),
            updated_at: NOW.to_owned(),
        };
        let chunk = |name: &str| ChunkRow {
            kind: "changes".to_owned(),
            heads: vec![name.to_owned()],
            sha256: Sha256::of(name.as_bytes()),
            bytes: name.as_bytes().to_vec(),
        };
        store
            .write(|tx| {
                put(tx, &draft)?;
                for name in ["one", "two", "stranger"] {
                    add_chunk(tx, &id, &chunk(name), NOW)?;
                }
                let snapshot = ChunkRow { kind: "snapshot".to_owned(), ..chunk("both") };
                let made_of = [chunk("one").sha256, chunk("two").sha256];
                compact(tx, &id, &snapshot, &made_of, NOW)?;
                let left: Vec<_> = chunks(tx, &id)?.into_iter().map(|chunk| chunk.heads.join(" ")).collect();
                assert_eq!(left, ["both", "stranger"], "and it is read first");
                let names: Vec<_> = pieces(tx, &id)?.into_iter().map(|piece| piece.sha256).collect();
                assert_eq!(names, [chunk("both").sha256, chunk("stranger").sha256]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
