//! Drafting: by chat and in the grid, one document.

use desk::chat::Answer;
use desk::drafts::{DraftCompared, DraftEdit, DraftHistory, DraftListed, DraftShown, MessageShown};
use desk::submit::Submitted;
use domain::{DraftId, LineId};
use drafting::document::ConflictField;
use tauri::async_runtime::spawn_blocking;

use super::commands;
use super::pdf::{Pdf, shown};

/// No more drafts than this are listed.
const LISTED: u32 = 500;
/// No more of what was done to a draft than this is told.
const TOLD: usize = 500;

commands! {
    /// Drafts, the last changed first.
    drafts {} -> Vec<DraftListed> = |host, _| host.desk()?.drafts(LISTED);
    /// One draft.
    draft { draft_id: DraftId } -> DraftShown = |host, asked| {
        let desk = host.desk()?;
        let shown = desk.draft(&asked.draft_id)?;
        // Whoever looks at a draft is about to edit it.
        let id = asked.draft_id;
        drop(spawn_blocking(move || {
            if let Err(error) = desk.warm_draft(&id) {
                tracing::warn!(code = %error.code, "a draft was not read ahead");
            }
        }));
        Ok(shown)
    };
    /// A new, empty draft.
    draft_new {} -> DraftShown = |host, _| host.desk()?.draft_new();
    /// Understand a message, change the draft (a new one without an id) and answer. Waiting for an assistant can be
    /// stopped as `task`.
    chat { draft_id: Option<DraftId>, message: String, task: String } -> Answer = |host, asked| {
        let desk = host.desk()?;
        let stop = host.begin_task(&asked.task);
        let answer = desk.chat_until(&asked.message, asked.draft_id.as_ref(), &stop);
        host.end_task(&asked.task);
        answer
    };
    /// Answer a question by picking one of its choices.
    draft_answer { draft_id: DraftId, number: u32 } -> Answer = |host, asked| {
        host.desk()?.draft_answer(&asked.draft_id, asked.number)
    };
    /// Put an alternative in the place of what a message was taken for; all three are places, counted from nought.
    draft_instead { draft_id: DraftId, message: usize, understood: usize, alternative: usize } -> Answer = |host, asked| {
        host.desk()?.draft_instead(&asked.draft_id, asked.message, asked.understood, asked.alternative)
    };
    /// What was said in a draft's chat.
    draft_messages { draft_id: DraftId } -> Vec<MessageShown> = |host, asked| {
        host.desk()?.draft_messages(&asked.draft_id)
    };
    /// Change a draft by hand.
    draft_edit { draft_id: DraftId, edits: Vec<DraftEdit> } -> DraftShown = |host, asked| {
        host.desk()?.draft_edit(&asked.draft_id, &asked.edits)
    };
    /// Choose one of several values that two people set.
    draft_resolve { draft_id: DraftId, field: ConflictField, line_id: Option<LineId>, value: String } -> DraftShown =
        |host, asked| {
            host.desk()?.draft_resolve(&asked.draft_id, asked.field, asked.line_id.as_ref(), &asked.value)
        };
    /// Throw a draft away that is not submitted.
    draft_discard { draft_id: DraftId } -> DraftShown = |host, asked| host.desk()?.discard_draft(&asked.draft_id);
    /// Bring a draft back that was thrown away.
    draft_retrieve { draft_id: DraftId } -> DraftShown = |host, asked| host.desk()?.retrieve_draft(&asked.draft_id);
    /// What was done to a draft, the newest first.
    draft_history { draft_id: DraftId } -> DraftHistory = |host, asked| {
        host.desk()?.draft_history(&asked.draft_id, TOLD)
    };
    /// What is different between two points of a draft, each `now`, `start` or a version of its history.
    draft_compare { draft_id: DraftId, from: String, to: String } -> DraftCompared = |host, asked| {
        host.desk()?.draft_compare(&asked.draft_id, &asked.from, &asked.to)
    };
    /// Take one's last change of a draft back.
    draft_undo { draft_id: DraftId } -> DraftShown = |host, asked| host.desk()?.draft_undo(&asked.draft_id);
    /// Make the change again that was taken back last.
    draft_redo { draft_id: DraftId } -> DraftShown = |host, asked| host.desk()?.draft_redo(&asked.draft_id);
    /// Submit a draft for approval.
    draft_submit { draft_id: DraftId } -> Submitted = |host, asked| host.desk()?.submit(&asked.draft_id);
    /// The PDF the draft would become.
    draft_pdf { draft_id: DraftId } -> Pdf = |host, asked| Ok(shown(host.desk()?.draft_pdf(&asked.draft_id)?));
}
