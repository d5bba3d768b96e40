//! What a start of the application keeps of its drafts in memory.
//!
//! Owns the bytes this start writes under, drawn once, and the drafts that were open last. A draft is found again
//! by its heads, which stand for everything it holds: what was never committed, or what another process has gone
//! on from, is not taken for what is stored. Must not hold anything that is not stored too.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::DraftId;
use drafting::document::{Actor, Draft, DraftView};
use store::Reader;

use crate::error::DeskError;
use crate::{Desk, profile};

/// Drafts kept open; the one that was open longest ago goes first.
const OPEN: usize = 4;

/// A draft that is open, and what it holds.
type Open = (Arc<Draft>, Arc<DraftView>);

/// See the module.
#[derive(Default)]
pub(crate) struct Sitting {
    drawn: OnceLock<[u8; 6]>,
    open: Mutex<VecDeque<Open>>,
}

impl Sitting {
    /// The draft, if it is open here and at these heads.
    pub fn opened(&self, id: &DraftId, heads: &[String]) -> Option<Open> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(draft, _)| draft.id() == id && draft.heads() == heads).cloned()
    }

    /// Keep it open as it is. It must be saved, and so found only once that is committed.
    pub fn keep(&self, draft: &Arc<Draft>, view: &Arc<DraftView>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(other, _)| other.id() != draft.id());
        open.push_front((Arc::clone(draft), Arc::clone(view)));
        open.truncate(OPEN);
    }

    /// Keep it open no longer: it is about to be changed.
    pub fn let_go(&self, id: &DraftId) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(other, _)| other.id() != id);
    }
}

impl Desk {
    /// What this start of the application writes under in a draft.
    pub(crate) fn actor(&self, db: &Reader<'_>) -> Result<Actor, DeskError> {
        let drawn = self.sitting.drawn.get_or_init(|| self.world.ids.bytes());
        Ok(Actor::of(&profile::device_tag(db)?, *drawn))
    }
}
