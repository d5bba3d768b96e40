//! What a start of the application keeps of its drafts in memory.
//!
//! Owns the bytes this start writes under, drawn once, and the drafts that were open last. A draft is found again
//! by its heads, which stand for everything it holds: what was never committed, or what another process has gone
//! on from, is not taken for what is stored. Must not hold anything that is not stored too.

use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock, PoisonError};

use domain::DraftId;
use drafting::document::{Actor, Draft};
use store::Reader;

use crate::error::DeskError;
use crate::{Desk, profile};

/// Drafts kept open; the one that was open longest ago goes first.
const OPEN: usize = 4;

/// See the module.
#[derive(Default)]
pub(crate) struct Sitting {
    drawn: OnceLock<[u8; 6]>,
    open: Mutex<VecDeque<Draft>>,
}

impl Sitting {
    /// A copy of the draft, if it is open here and at these heads.
    pub fn document(&self, id: &DraftId, heads: &[String]) -> Option<Draft> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|draft| draft.id() == id && draft.heads() == heads).cloned()
    }

    /// Keep it open as it is. It must be saved, and so found only once that is committed.
    pub fn keep(&self, draft: &Draft) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|other| other.id() != draft.id());
        open.push_front(draft.clone());
        open.truncate(OPEN);
    }
}

impl Desk {
    /// What this start of the application writes under in a draft.
    pub(crate) fn actor(&self, db: &Reader<'_>) -> Result<Actor, DeskError> {
        let drawn = self.sitting.drawn.get_or_init(|| self.world.ids.bytes());
        Ok(Actor::of(&profile::device_tag(db)?, *drawn))
    }
}
