//! How somebody likes the window on this device.
//!
//! Owns the setting and what it may say. Must not mean anything for the work itself.

use domain::vocabulary;
use serde::{Deserialize, Serialize};
use store::settings;

use crate::Desk;
use crate::error::DeskError;

const PREFERENCES: &str = "window_preferences";

vocabulary! {
    /// Light or dark.
    pub enum Theme: "a theme" {
        /// As the system is.
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

vocabulary! {
    /// How close together rows stand.
    pub enum Density: "a density" {
        /// 32 pixels a row.
        Comfortable = "comfortable",
        /// 26 pixels a row.
        Compact = "compact",
    }
}

/// How somebody likes the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// How close together rows stand.
    pub density: Density,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences { theme: Theme::System, density: Density::Comfortable }
    }
}

impl Desk {
    /// How somebody likes the window.
    pub fn preferences(&self) -> Result<Preferences, DeskError> {
        let said = self.store.read(|db| settings::get(db, PREFERENCES))?;
        // A word of a newer version means nothing here, and is no reason not to show the window.
        Ok(said.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Remember how somebody likes the window.
    pub fn set_preferences(&self, preferences: Preferences) -> Result<(), DeskError> {
        let (text, now) = (serde_json::to_string(&preferences)?, self.now());
        self.store.write(|tx| Ok(settings::set(tx, PREFERENCES, &text, &now)?))
    }
}
