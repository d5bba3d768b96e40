//! The bytes a draft is stored and sent as, with a checksum of our own.
//!
//! Owns the checksum: the document library takes damaged bytes for no news at all, so nothing reaches it
//! before the checksum holds. Must not interpret the bytes.

use domain::{DraftId, Sha256};
use serde::{Deserialize, Serialize};

/// What a chunk's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChunkKind {
    /// The whole draft, compacted.
    Snapshot,
    /// Changes that follow what was stored before.
    Changes,
}

impl ChunkKind {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            ChunkKind::Snapshot => "snapshot",
            ChunkKind::Changes => "changes",
        }
    }
}

/// A piece of a draft, whole and checked. There is no chunk whose checksum does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Chunk {
    draft_id: DraftId,
    kind: ChunkKind,
    heads: Vec<String>,
    bytes: Vec<u8>,
    checksum: Sha256,
}

/// The bytes are not what was stored.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChunkError {
    /// The checksum does not hold.
    #[error("a piece of draft {draft_id} is damaged: its checksum is {found}, not {expected}")]
    Damaged {
        /// Whose piece.
        draft_id: DraftId,
        /// What was stored beside it.
        expected: Sha256,
        /// What the bytes give.
        found: Sha256,
    },
    /// The bytes are not hex digits.
    #[error("a piece of draft {draft_id} is not readable")]
    Encoding {
        /// Whose piece.
        draft_id: DraftId,
        /// Why.
        source: hex::FromHexError,
    },
}

impl Chunk {
    pub(crate) fn new(draft_id: DraftId, kind: ChunkKind, heads: Vec<String>, bytes: Vec<u8>) -> Self {
        let checksum = checksum(&draft_id, kind, &heads, &bytes);
        Chunk { draft_id, kind, heads, bytes, checksum }
    }

    /// A chunk from where it was stored; refused when the checksum does not hold.
    pub fn stored(
        draft_id: DraftId,
        kind: ChunkKind,
        heads: Vec<String>,
        bytes: Vec<u8>,
        expected: Sha256,
    ) -> Result<Self, ChunkError> {
        let found = checksum(&draft_id, kind, &heads, &bytes);
        if found != expected {
            return Err(ChunkError::Damaged { draft_id, expected, found });
        }
        Ok(Chunk { draft_id, kind, heads, bytes, checksum: expected })
    }

    /// Whose piece it is.
    pub fn draft_id(&self) -> &DraftId {
        &self.draft_id
    }

    /// What the bytes are.
    pub fn kind(&self) -> ChunkKind {
        self.kind
    }

    /// The heads the draft has once this piece is in it, sorted.
    pub fn heads(&self) -> &[String] {
        &self.heads
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The checksum to store: over the draft's id, the kind, the heads and the bytes. It is the chunk's
    /// natural key, since equal chunks have equal checksums.
    pub fn checksum(&self) -> Sha256 {
        self.checksum
    }
}

fn checksum(draft_id: &DraftId, kind: ChunkKind, heads: &[String], bytes: &[u8]) -> Sha256 {
    let mut all = format!("{draft_id}\n{}\n{}\n", kind.as_str(), heads.join(" ")).into_bytes();
    all.extend_from_slice(bytes);
    Sha256::of(&all)
}

/// The JSON form, the bytes in hex.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    draft_id: DraftId,
    kind: ChunkKind,
    heads: Vec<String>,
    bytes: String,
    checksum: Sha256,
}

impl From<Chunk> for Parts {
    fn from(chunk: Chunk) -> Self {
        Parts {
            draft_id: chunk.draft_id,
            kind: chunk.kind,
            heads: chunk.heads,
            bytes: hex::encode(chunk.bytes),
            checksum: chunk.checksum,
        }
    }
}

impl TryFrom<Parts> for Chunk {
    type Error = ChunkError;

    fn try_from(parts: Parts) -> Result<Self, ChunkError> {
        let bytes = hex::decode(&parts.bytes)
            .map_err(|source| ChunkError::Encoding { draft_id: parts.draft_id.clone(), source })?;
        Chunk::stored(parts.draft_id, parts.kind, parts.heads, bytes, parts.checksum)
    }
}
