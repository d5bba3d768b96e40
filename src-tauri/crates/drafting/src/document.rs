//! The draft as a document that merges.
//!
//! Owns its shape, its changes and the bytes it is stored as. Must not hold approvals: those bind to heads
//! and a hash outside the document.

pub mod actor;
pub mod change;
pub mod chunk;
pub mod comparison;
pub mod draft;
pub mod error;
mod fields;
pub mod history;
mod position;
pub mod price_rule;
mod reading;
mod skeleton;
pub mod view;
mod way;

pub use actor::Actor;
pub use change::{Change, ChangeError, QUANTITY_LIMIT};
pub use chunk::{Chunk, ChunkError, ChunkKind};
pub use comparison::{Comparison, FieldCompared, LineCompared, compare};
pub use draft::Draft;
pub use error::DraftError;
pub use history::{Deed, Field, Version};
pub use price_rule::{Base, PriceRule, PriceRuleError};
pub use view::{Claim, Conflict, ConflictField, DraftLine, DraftView, RemovedLine};
pub use way::{Way, is_idle, is_made, way};
