//! The device's side of the engine.
//!
//! Owns the mapping between the engine's words and the store's tables, one transaction a call. Must not judge
//! an answer or a row itself: `answers` and `arrivals` do.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::{Canonical, OpId, RunId};
use serde_json::{Value, json};
use store::outbox::Turn;
use store::{RowKey, feed, files, outbox, quotes, refetch, settings, wanted_files};
use sync::device::{Applied, ReadyOp, Verdict, WantedFile};
use sync::feed::Change;
use sync::wire::{OpSent, RowName, RowNow, TokenRequest};
use sync::{Device, DeviceError};

use crate::Desk;
use crate::error::DeskError;
use crate::sync::status::VERIFIED_CURRENT;

/// How far the feed has been applied.
pub(super) const CURSOR: &str = "feed_cursor";
/// Operations that carry a file and go by a route of their own.
const FILE: &str = "http_call";

/// The desk, as the engine sees it.
pub(super) struct DeskDevice(pub Arc<Desk>);

impl From<DeskError> for DeviceError {
    fn from(error: DeskError) -> Self {
        DeviceError { message: error.message }
    }
}

impl Device for DeskDevice {
    fn ready(&self, busy: &[String], limit: usize) -> Result<Vec<ReadyOp>, DeviceError> {
        let skip: BTreeSet<String> = busy.iter().cloned().collect();
        let turn = Turn { created_by: &self.0.user, skip: &skip, most_ops: limit, most_bytes: usize::MAX };
        let ops = self.0.store.read(|db| outbox::ready(db, &turn)).map_err(DeskError::from)?;
        let ready = ops.into_iter().map(|op| ReadyOp {
            is_file: op.kind == FILE,
            bytes: op.payload.as_str().len() as u64,
            op_id: op.op_id,
            aggregate: op.aggregate,
            after: op.after,
        });
        Ok(ready.collect())
    }

    fn load(&self, ops: &[OpId]) -> Result<Vec<OpSent>, DeviceError> {
        let rows = self.0.store.read(|db| {
            ops.iter().map(|id| outbox::get(db, id)).collect::<Result<Vec<_>, _>>().map_err(DeskError::from)
        })?;
        let waiting = rows.into_iter().flatten().filter(|op| op.state == outbox::OpState::Waiting);
        let sent = waiting.map(|op| OpSent {
            op_id: op.op_id,
            aggregate: op.aggregate,
            kind: op.kind,
            run_id: op.run_id,
            step_id: op.step_id,
            after: op.after,
            created_by: op.created_by,
            created_at: op.created_at,
            payload: op.payload.as_str().to_owned(),
            payload_hash: op.payload_hash,
        });
        Ok(sent.collect())
    }

    fn file_of(&self, op: &OpSent) -> Result<Vec<u8>, DeviceError> {
        let payload: Value = serde_json::from_str(&op.payload).map_err(DeskError::from)?;
        let named = payload.get("sha256").and_then(Value::as_str).and_then(|sha256| sha256.parse().ok());
        let bytes = match named {
            Some(sha256) => self.0.store.read(|db| files::bytes(db, sha256)).map_err(DeskError::from)?,
            None => None,
        };
        bytes
            .ok_or_else(|| DeviceError { message: format!("the file of operation {} is not here", op.op_id) })
    }

    fn settle(&self, verdicts: &[(OpId, Verdict)]) -> Result<(), DeviceError> {
        let settled = self
            .0
            .store
            .write(|tx| verdicts.iter().try_for_each(|(op, verdict)| self.0.take_answer(tx, op, verdict)));
        Ok(settled?)
    }

    fn cursor(&self) -> Result<Option<String>, DeviceError> {
        Ok(self.0.store.read(|db| settings::get(db, CURSOR)).map_err(DeskError::from)?)
    }

    fn apply(&self, changes: &[Change], cursor: &str) -> Result<Applied, DeviceError> {
        let now = self.0.now();
        let rows = self.0.store.write_feed(&now, |tx| -> Result<u64, DeskError> {
            let mut rows = 0;
            for change in changes {
                rows += u64::from(self.0.arrive_line(tx, &change.text)?);
            }
            settings::set(tx, CURSOR, cursor, &now)?;
            Ok(rows)
        })?;
        self.0.store.tend_log().map_err(DeskError::from)?;
        Ok(Applied { rows })
    }

    fn caught_up(&self, as_of: &str) -> Result<(), DeviceError> {
        let now = self.0.now();
        if self.0.store.read(feed::is_resyncing).map_err(DeskError::from)? {
            let swept = feed::finish_resync(&self.0.store, &now).map_err(DeskError::from)?;
            tracing::info!(?swept, "what did not come again is gone");
        }
        self.0.store.write(|tx| -> Result<(), DeskError> {
            settings::set(tx, VERIFIED_CURRENT, as_of, &now)?;
            crate::profile::set_reference_as_of(tx, as_of)
        })?;
        Ok(())
    }

    fn start_over(&self) -> Result<(), DeviceError> {
        let now = self.0.now();
        let begun = self.0.store.write(|tx| -> Result<(), DeskError> {
            settings::remove(tx, CURSOR)?;
            Ok(feed::begin_resync(tx, &now)?)
        });
        Ok(begun?)
    }

    fn doubtful(&self, limit: usize) -> Result<Vec<RowName>, DeviceError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let rows = self.0.store.read(|db| refetch::due(db, limit)).map_err(DeskError::from)?;
        Ok(rows
            .into_iter()
            .map(|row| RowName { table: row.table, key: row.key.as_str().to_owned() })
            .collect())
    }

    fn correct(&self, rows: &[RowNow]) -> Result<(), DeviceError> {
        let now = self.0.now();
        self.0.store.write_feed(&now, |tx| -> Result<(), DeskError> {
            for row in rows {
                // Taken off first: a row that somebody changed again meanwhile is put back on.
                refetch::remove(tx, &RowKey { table: row.table.clone(), key: Canonical::of(&row.key)? })?;
                let line = json!({
                    "table": row.table, "key": row.key, "row": row.row, "gone": row.row.is_none(),
                });
                self.0.arrive_line(tx, &line.to_string())?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn wanted(&self, limit: usize) -> Result<Vec<WantedFile>, DeviceError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let files = self.0.store.read(|db| wanted_files::list(db, limit)).map_err(DeskError::from)?;
        Ok(files
            .into_iter()
            .map(|file| WantedFile { object: file.object_key, sha256: file.sha256 })
            .collect())
    }

    fn keep_file(&self, file: &WantedFile, bytes: Option<&[u8]>) -> Result<(), DeviceError> {
        let now = self.0.now();
        let kept = self.0.store.write(|tx| -> Result<(), DeskError> {
            wanted_files::remove(tx, &file.object)?;
            let Some(bytes) = bytes else { return Ok(()) };
            files::keep(tx, file.sha256, "application/pdf", bytes, &now)?;
            let quote = file.object.trim_start_matches("quotes/").trim_end_matches(".pdf").parse().ok();
            let run: Option<RunId> = match quote {
                Some(quote) => quotes::run_of(tx, &quote)?,
                None => None,
            };
            match run {
                Some(run) => Ok(files::place(tx, &file.object, file.sha256, &run, &now)?),
                None => Ok(()),
            }
        });
        Ok(kept?)
    }

    fn draw_token(&self) -> Result<TokenRequest, DeviceError> {
        Ok(self.0.draw_token()?)
    }

    fn take_token(&self, expires_at: &str) -> Result<String, DeviceError> {
        Ok(self.0.take_token(expires_at)?)
    }

    fn after_pass(&self) -> Result<(), DeviceError> {
        self.0.sweep()?;
        Ok(())
    }
}
