//! How the profile is: the checks behind `doctor`.
//!
//! Owns asking every part whether it is well. Must not repair.

use domain::Sha256;
use serde::Serialize;
use store::{customers, files, logs, pricing_master, spec_items};

use crate::Desk;
use crate::error::DeskError;

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Finding {
    /// What.
    pub check: &'static str,
    /// Whether it is well.
    pub ok: bool,
    /// In words.
    pub detail: String,
}

/// Everything that was looked at.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct Diagnosis {
    /// Whether all is well.
    pub ok: bool,
    /// One by one.
    pub findings: Vec<Finding>,
}

impl Desk {
    /// Look at every part of the profile.
    pub fn doctor(&self) -> Result<Diagnosis, DeskError> {
        let mut findings = Vec::new();
        let mut listed = |check, problems: Vec<String>, well: &str| {
            let ok = problems.is_empty();
            let detail = if ok { well.to_owned() } else { problems.join("; ") };
            findings.push(Finding { check, ok, detail });
        };
        listed("database", self.store.quick_check()?, "tables and indexes are whole");
        listed("encryption", self.store.cipher_check()?, "every page's seal holds");
        listed("references", self.store.foreign_key_check()?, "no row points to nothing");
        let damaged = self.store.read(|db| -> Result<Vec<String>, DeskError> {
            let mut damaged = Vec::new();
            for sha256 in files::all(db)? {
                let bytes = files::bytes(db, sha256)?.unwrap_or_default();
                if Sha256::of(&bytes) != sha256 {
                    damaged.push(format!("file {sha256} is damaged"));
                }
            }
            Ok(damaged)
        })?;
        listed("files", damaged, "every stored file is what it was");
        let audit = self.audit();
        let problems = audit.as_ref().err().map(|error| error.message.clone());
        let well = audit.map(|audit| format!("{} decisions, all signed and chained", audit.decisions));
        listed("decisions", problems.into_iter().collect(), well.as_deref().unwrap_or_default());
        let left = self.store.read(|db| store::runs::to_continue(db, &self.now()))?;
        let left = left.into_iter().map(|run| format!("run {} waits to be resumed", run.id)).collect();
        listed("runs", left, "no run was left in the middle");
        let alerts = self.store.read(logs::open_alerts)?;
        listed("alerts", alerts.into_iter().map(|alert| alert.message).collect(), "nothing wants a person");
        let log = self.store.checkpoint()?;
        let contents = self.store.read(|db| {
            Ok::<_, DeskError>(format!(
                "{} customers, {} items, {} prices",
                customers::count(db)?,
                spec_items::count(db)?,
                pricing_master::count(db)?
            ))
        })?;
        findings.push(Finding { check: "contents", ok: true, detail: contents });
        findings.push(Finding {
            check: "log",
            ok: true,
            detail: format!("{} pages moved into the database", log.moved_pages),
        });
        Ok(Diagnosis { ok: findings.iter().all(|finding| finding.ok), findings })
    }
}
