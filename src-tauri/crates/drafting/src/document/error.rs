//! Why a draft cannot be read or changed.
//!
//! Owns the reasons, in words a person can act on.

use automerge::AutomergeError;
use domain::{DraftId, LineId};

use crate::document::change::ChangeError;

/// Why a draft cannot be read or changed. The draft is then as it was before.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The change holds what no change may hold.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// There is no such line.
    #[error("the draft has no line {0}")]
    NoLine(LineId),
    /// The line was taken off.
    #[error("line {0} was removed; put it back first")]
    Removed(LineId),
    /// The line's key is taken.
    #[error("the draft already has a line {0}")]
    LineExists(LineId),
    /// There is no such remark.
    #[error("the draft has no note “{0}”")]
    NoNote(String),
    /// A piece of another draft.
    #[error("that is a piece of draft {found}, not of draft {expected}")]
    OtherDraft {
        /// This draft.
        expected: DraftId,
        /// The piece's.
        found: DraftId,
    },
    /// There was nothing to load.
    #[error("nothing is stored of draft {0}")]
    Empty(DraftId),
    /// Earlier changes are missing, so what follows them cannot be read.
    #[error("earlier changes of draft {0} are missing")]
    Incomplete(DraftId),
    /// The bytes hold no draft of ours.
    #[error("draft {draft_id} is not readable: {what}")]
    Malformed {
        /// Which draft.
        draft_id: DraftId,
        /// What is wrong.
        what: String,
    },
    /// The same session id wrote two different changes: a restored backup or a cloned machine.
    #[error(
        "draft {draft_id} was changed under one session id in two places (a restored backup or a cloned machine)"
    )]
    ActorReused {
        /// Which draft.
        draft_id: DraftId,
        /// What was found.
        #[source]
        source: Box<AutomergeError>,
    },
    /// The session id belongs to another person's changes.
    #[error("this session's id already stands for another person in draft {0}")]
    ActorOfAnother(DraftId),
    /// These heads are not in the draft.
    #[error("the draft does not hold the version {0}")]
    UnknownHead(String),
    /// The document library refused.
    #[error("draft {draft_id} could not be read or changed")]
    Library {
        /// Which draft.
        draft_id: DraftId,
        /// Why.
        #[source]
        source: Box<AutomergeError>,
    },
}

impl DraftError {
    pub(crate) fn library(draft_id: &DraftId, source: AutomergeError) -> Self {
        match source {
            AutomergeError::MissingDeps => DraftError::Incomplete(draft_id.clone()),
            AutomergeError::DuplicateSeqNumber(..)
            | AutomergeError::DuplicateActorId(..)
            | AutomergeError::DuplicateAuthor(..) => {
                DraftError::ActorReused { draft_id: draft_id.clone(), source: Box::new(source) }
            }
            _ => DraftError::Library { draft_id: draft_id.clone(), source: Box::new(source) },
        }
    }
}
