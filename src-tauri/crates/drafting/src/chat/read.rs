//! What is read off a row of a list, once.
//!
//! Owns that it is read when it is first asked for, and shared by every copy of the row made after that. Must not
//! count when rows are compared: it follows from what they say.

use std::sync::{Arc, OnceLock};

/// What is read off a row.
#[derive(Debug)]
pub struct Read<T>(OnceLock<Arc<T>>);

impl<T> Read<T> {
    /// It, read now if it was not before.
    pub(crate) fn or_read(&self, read: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(|| Arc::new(read()))
    }
}

impl<T> Default for Read<T> {
    fn default() -> Self {
        Read(OnceLock::new())
    }
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        Read(self.0.clone())
    }
}

impl<T> PartialEq for Read<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Read<T> {}
