//! Rows of the feed, and what their arrival means.
//!
//! Owns what is more than a row: a decision made elsewhere moves a run that waits here; a quote closes its
//! draft; a piece of a draft is merged. Nothing is put into the outbox here: what must be told the central
//! for it, the sweep after the pass does.

use domain::{ActionId, ActionStatus, Sha256};
use store::actions::ActionRow;
use store::audit::DecisionRow;
use store::drafts::DraftStatus;
use store::feed::{Applied, Cell, Change, FeedRow, FeedTx};
use store::{StoreError, actions, drafts, files, logs, received_decisions, runs, settings, wanted_files};
use workflow::runner::{Event, GateDecision, Todo};

use crate::Desk;
use crate::error::DeskError;
use crate::live::Live;
use crate::profile::{self, COMPANY};

impl Desk {
    /// Take a line of the feed in; gives whether anything is different now. One that does not make sense here is
    /// told to a person and holds no other one up; what fails for want of a disk fails the page.
    pub(super) fn arrive_line(&self, tx: &FeedTx<'_>, line: &str) -> Result<bool, DeskError> {
        let change = match Change::from_line(line) {
            Ok(change) => change,
            Err(error) => return self.leave_out(tx, line, &error.to_string()),
        };
        match change.table.as_ref() {
            "proposed_actions" | "quotes" | "draft_chunks" | "decisions" | "company" | "files" => {
                match tx.attempt(|| self.arrive(tx, &change)) {
                    Err(error) if !is_the_disk_s(&error) => self.leave_out(tx, line, &error.message),
                    done => done,
                }
            }
            _ => self.plain(tx, &change),
        }
    }

    fn leave_out(&self, tx: &FeedTx<'_>, line: &str, why: &str) -> Result<bool, DeskError> {
        let name = Sha256::of(line.as_bytes()).short();
        tracing::error!(%name, %why, "a row of the feed cannot be taken in");
        let message = format!("something the central sent cannot be taken in here ({name}): {why}");
        logs::alert_once(tx, &format!("feed.{name}"), &message, &self.now())?;
        Ok(false)
    }

    /// Take a change in; gives whether anything is different now.
    fn arrive(&self, tx: &FeedTx<'_>, change: &Change<'_>) -> Result<bool, DeskError> {
        match (change.table.as_ref(), &change.row) {
            ("proposed_actions", Some(row)) => self.arrive_action(tx, change, row),
            ("quotes", Some(row)) => self.arrive_quote(tx, change, row),
            ("draft_chunks", Some(row)) => self.arrive_piece(tx, change, row),
            ("decisions", Some(row)) => arrive_decision(tx, row),
            ("files", Some(row)) => arrive_file(tx, row, &self.now()),
            ("company", Some(row)) => self.arrive_letterhead(tx, row),
            // A decision that is overruled later is not sent again as gone; a letterhead never goes.
            ("draft_chunks" | "decisions" | "files" | "company", None) => Ok(false),
            _ => self.plain(tx, change),
        }
    }

    /// A row that is just a row.
    fn plain(&self, tx: &FeedTx<'_>, change: &Change<'_>) -> Result<bool, DeskError> {
        let applied = tx.apply(change)?;
        if let Applied::Refused(why) = &applied {
            tracing::warn!(table = %change.table, %why, "a row of the feed does not fit");
        }
        Ok(applied == Applied::Written)
    }

    fn arrive_action(
        &self,
        tx: &FeedTx<'_>,
        change: &Change<'_>,
        row: &FeedRow<'_>,
    ) -> Result<bool, DeskError> {
        let id: Option<ActionId> = text(row, "id").and_then(|id| id.parse().ok());
        if let (Some("pending"), Some(key), Some(id)) = (text(row, "status"), text(row, "action_key"), &id)
            && let Some(mine) = actions::pending_with_key(tx, key)?
            && mine.id != *id
        {
            // The central has one with this key, so it will refuse this device's.
            let why = "the same was submitted on another device first";
            actions::void(tx, &mine.id, why, Some(id), &self.now())?;
        }
        let changed = self.plain(tx, change)?;
        if let (true, Some(id)) = (changed, id) {
            self.follow_action(tx, &id)?;
        }
        Ok(changed)
    }

    /// What an action's new standing means for what is here.
    fn follow_action(&self, tx: &FeedTx<'_>, id: &ActionId) -> Result<(), DeskError> {
        let Some(action) = actions::get(tx, id)? else { return Ok(()) };
        let decision = match action.status {
            ActionStatus::Pending => return self.follow_submission(tx, &action),
            ActionStatus::Approved => GateDecision::Approved,
            ActionStatus::Rejected => GateDecision::Rejected,
            ActionStatus::Expired => GateDecision::Expired,
            ActionStatus::Voided => GateDecision::Withdrawn,
        };
        if let Some(run) = &action.run_id
            && runs::get(tx, run)?.is_some()
        {
            let mut live = Live::load(tx, run)?;
            let waits = live.todo() == Todo::AwaitGate
                && live.state.gate.as_ref().is_some_and(|gate| gate.action_id == *id);
            if waits {
                let event = Event::GateDecided {
                    action_id: id.clone(),
                    decision,
                    by: action.decided_by.clone(),
                    note: action.decision_note.clone().or(action.void_reason.clone()),
                };
                live.append(self, tx, event)?;
            }
        }
        if let (Some(draft), true) = (&action.draft_id, action.status != ActionStatus::Approved)
            && let Some(row) = drafts::get(tx, draft)?
            && row.status == DraftStatus::Submitted
            && actions::pending_of_draft(tx, draft)?.is_empty()
        {
            drafts::set_status(tx, draft, DraftStatus::Open, &self.now())?;
        }
        Ok(())
    }

    /// A draft that was submitted elsewhere is not to be written on unawares here.
    fn follow_submission(&self, tx: &FeedTx<'_>, action: &ActionRow) -> Result<(), DeskError> {
        let Some(draft) = &action.draft_id else { return Ok(()) };
        if drafts::get(tx, draft)?.is_some_and(|row| row.status == DraftStatus::Open) {
            drafts::set_status(tx, draft, DraftStatus::Submitted, &self.now())?;
        }
        Ok(())
    }

    /// A quote that is out closes the draft it came from.
    fn arrive_quote(
        &self,
        tx: &FeedTx<'_>,
        change: &Change<'_>,
        row: &FeedRow<'_>,
    ) -> Result<bool, DeskError> {
        let changed = self.plain(tx, change)?;
        let draft = text(row, "draft_id").and_then(|id| id.parse().ok());
        let is_out =
            !matches!(text(row, "lifecycle_status"), Some("draft" | "proposed" | "cancelled") | None);
        if let (true, true, Some(draft)) = (changed, is_out, draft)
            && let Some(mut draft) = drafts::get(tx, &draft)?
            && draft.status != DraftStatus::Closed
        {
            draft.status = DraftStatus::Closed;
            draft.quote_id = text(row, "id").and_then(|id| id.parse().ok()).or(draft.quote_id);
            draft.updated_at = self.now();
            drafts::put(tx, &draft)?;
        }
        Ok(changed)
    }

    fn arrive_letterhead(&self, tx: &FeedTx<'_>, row: &FeedRow<'_>) -> Result<bool, DeskError> {
        let Some(said) = text(row, "text") else { return Ok(false) };
        let company: domain::Company = serde_json::from_str(said)?;
        if profile::company(tx)? == company {
            return Ok(false);
        }
        settings::set(tx, COMPANY, said, &self.now())?;
        Ok(true)
    }
}

/// Whether it is the database that failed, and not what came.
fn is_the_disk_s(error: &DeskError) -> bool {
    let cause = error.source.as_ref().and_then(|cause| cause.downcast_ref::<StoreError>());
    cause.is_some_and(|cause| !matches!(cause, StoreError::Json(_)))
}

/// Somebody else's decision, kept so that the history can be checked offline. This device's own are in its
/// own chain.
fn arrive_decision(tx: &FeedTx<'_>, row: &FeedRow<'_>) -> Result<bool, DeskError> {
    let own = hex::encode(profile::signing_key(tx)?.verifying_key().to_bytes());
    let read = || {
        Some(DecisionRow {
            seq: u64::try_from(row.get("seq")?.as_int()?).ok()?,
            action_id: text(row, "action_id")?.parse().ok()?,
            record: domain::Canonical::stored(text(row, "record")?.to_owned()),
            prev_hash: text(row, "prev_hash")?.parse().ok()?,
            hash: text(row, "hash")?.parse().ok()?,
            signature: text(row, "signature")?.to_owned(),
            public_key: text(row, "public_key")?.to_owned(),
        })
    };
    match read() {
        Some(decision) if decision.public_key != own => {
            received_decisions::put(tx, &decision)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// A file that is not here yet is fetched after the feed.
fn arrive_file(tx: &FeedTx<'_>, row: &FeedRow<'_>, now: &str) -> Result<bool, DeskError> {
    let size = row.get("size").and_then(Cell::as_int).and_then(|size| u64::try_from(size).ok());
    let sha256 = text(row, "sha256").and_then(|sha256| sha256.parse::<Sha256>().ok());
    let (Some(object), Some(sha256), Some(size)) = (text(row, "object_key"), sha256, size) else {
        return Ok(false);
    };
    if files::at(tx, object)? == Some(sha256) {
        return Ok(false);
    }
    wanted_files::add(tx, object, sha256, size, now)?;
    Ok(true)
}

pub(super) fn text<'r>(row: &'r FeedRow<'_>, column: &str) -> Option<&'r str> {
    row.get(column).and_then(Cell::as_str)
}
