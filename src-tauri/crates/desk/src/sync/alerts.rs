//! Alerts: what went wrong and wants a person, here or at the central.
//!
//! Owns listing them and a person's word that they have seen to one, which every device hears. Must not mend
//! what an alert is about.

use serde::Serialize;
use serde_json::json;
use store::logs::{self, AlertRow};
use store::{Reader, StoreError};

use crate::Desk;
use crate::error::DeskError;
use crate::outbox::Announce;
use crate::profile;

/// Something that wants a person.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Alert {
    /// Its key.
    pub id: String,
    /// What went wrong.
    pub message: String,
    /// Since when, RFC 3339.
    pub since: String,
}

impl From<AlertRow> for Alert {
    fn from(row: AlertRow) -> Self {
        Alert { id: row.id, message: row.message, since: row.created_at }
    }
}

impl Desk {
    /// A person has seen to an alert.
    pub fn dismiss_alert(&self, id: &str) -> Result<(), DeskError> {
        let now = self.now();
        self.store.write(|tx| {
            let row = logs::resolve_alert(tx, id, &now)?.ok_or_else(|| {
                DeskError::not_found("open alert", id, "`fieldquote sync status` lists them.")
            })?;
            let rows = [json!({ "table": "alerts", "change": "upsert", "row": row })];
            let name = format!("alert.{id}.resolved.{}", profile::device_tag(tx)?.as_str());
            Announce::new(name, format!("alert:{id}"), "rows").of_rows(&rows).put(
                self,
                tx,
                &json!({ "rows": rows }),
            )?;
            Ok(())
        })
    }
}

/// What nobody has seen to yet, the oldest first.
pub(super) fn open(db: &Reader<'_>) -> Result<Vec<Alert>, StoreError> {
    Ok(logs::open_alerts(db)?.into_iter().map(Alert::from).collect())
}
