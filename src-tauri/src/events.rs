//! What the shell tells the window without being asked.
//!
//! Owns the events' names and shapes. Must not carry data that the window can ask for: an event says that
//! something is otherwise, and the window asks anew.

use desk::sync::LastEnding;
use serde::Serialize;
use tauri::{AppHandle, Emitter};
use ts_rs::TS;

/// Something that can be told.
pub trait Told: Serialize + Clone + TS {
    /// Its name.
    const NAME: &'static str;

    /// Tell the window.
    fn tell(self, app: &AppHandle) {
        if let Err(error) = app.emit(Self::NAME, self) {
            tracing::warn!(%error, event = Self::NAME, "the window was not told");
        }
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $name:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Serialize, TS)]
            pub struct $event { $($(#[$field_doc])* pub $field: $type),* }

            impl Told for $event {
                const NAME: &'static str = $name;
            }
        )*

        /// Tell `each` of every event there is: its name, and how its TypeScript is made.
        #[cfg(test)]
        pub fn every(each: &mut impl crate::bindings::EachEvent) {
            $(each.event::<$event>($name);)*
        }
    };
}

events! {
    /// Something was written; what is on the screen may be otherwise.
    Changed = "changed" {}
    /// The connection stands otherwise than before.
    LinkChanged = "link" {
        /// How.
        link: LastEnding,
    }
    /// Work went over the connection.
    Activity = "activity" {
        /// Operations the central has now.
        sent: usize,
        /// Rows that changed here.
        received: u64,
    }
    /// How far a long task is.
    Progress = "progress" {
        /// The task, as the window named it; `sync` for what comes from the central.
        task: String,
        /// Done so far.
        done: u64,
        /// Of how many, once known.
        total: Option<u64>,
    }
    /// Open a view.
    Navigate = "navigate" {
        /// Its path.
        path: String,
    }
}
