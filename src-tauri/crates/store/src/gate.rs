//! The gate on a connection: who may do what while a foreign statement runs.
//!
//! Owns SQLite's authorizer and progress handler on a connection. Both are installed once and ask the
//! gate, since installing an authorizer anew would throw every prepared statement away. Open, it lets
//! everything pass: our own SQL is compiled in. Must not know contracts: a [`Policy`] says what passes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rusqlite::Connection;
use rusqlite::hooks::{AuthContext, Authorization};

use crate::error::StoreError;

/// Virtual-machine steps between two looks at the clock: about ten microseconds.
const STEPS_PER_LOOK: i32 = 1000;

/// Says what a statement may do while the gate is shut.
pub(crate) trait Policy: Send {
    /// Whether this action may happen.
    fn allows(&mut self, action: &AuthContext<'_>) -> bool;
}

#[derive(Default)]
struct Shut {
    policy: Option<Box<dyn Policy>>,
    until: Option<Instant>,
}

/// The gate on one connection.
#[derive(Default)]
pub(crate) struct Gate {
    is_shut: AtomicBool,
    shut: Mutex<Shut>,
}

/// The gate is shut while this lives, and open again after it on every path.
pub(crate) struct ShutGate<'g>(&'g Gate);

impl Gate {
    /// Put a gate on a connection, open.
    pub(crate) fn install(conn: &mut Connection) -> Result<Arc<Gate>, StoreError> {
        let gate = Arc::new(Gate::default());
        let authorizer = Arc::clone(&gate);
        conn.authorizer(Some(move |context: AuthContext<'_>| authorizer.judge(&context)))?;
        let progress = Arc::clone(&gate);
        conn.progress_handler(STEPS_PER_LOOK, Some(move || progress.is_overdue()))?;
        Ok(gate)
    }

    /// Shut the gate: only what the policy allows passes, and nothing runs beyond `until`.
    pub(crate) fn shut(&self, policy: Box<dyn Policy>, until: Option<Instant>) -> ShutGate<'_> {
        *self.lock() = Shut { policy: Some(policy), until };
        self.is_shut.store(true, Ordering::Release);
        ShutGate(self)
    }

    fn judge(&self, context: &AuthContext<'_>) -> Authorization {
        if !self.is_shut.load(Ordering::Acquire) {
            return Authorization::Allow;
        }
        let allowed = self.lock().policy.as_mut().is_none_or(|policy| policy.allows(context));
        if allowed { Authorization::Allow } else { Authorization::Deny }
    }

    fn is_overdue(&self) -> bool {
        self.is_shut.load(Ordering::Acquire) && self.lock().until.is_some_and(|until| Instant::now() >= until)
    }

    fn lock(&self) -> MutexGuard<'_, Shut> {
        self.shut.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ShutGate<'_> {
    fn drop(&mut self) {
        self.0.is_shut.store(false, Ordering::Release);
        *self.0.lock() = Shut::default();
    }
}
