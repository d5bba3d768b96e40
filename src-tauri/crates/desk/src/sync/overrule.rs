//! A decision that does not stand.
//!
//! Owns undoing, on this device, everything a decision set going that the central did not let stand: its run
//! ends, nothing of it is sent, what it staged is void, and the rows it changed are asked of the central
//! again. Nothing of it can have left the device: what a decision releases goes only after it was accepted.

use std::collections::VecDeque;

use domain::{ActionId, ActionStatus, QuoteId, RunId};
use store::actions::ActionRow;
use store::drafts::DraftStatus;
use store::outbox::OpState;
use store::{WriteTx, actions, drafts, logs, outbox, runs};
use sync::wire::Standing;
use workflow::runner::{Event, GateDecision};

use super::answers::{in_words, rule};
use crate::Desk;
use crate::error::DeskError;
use crate::live::Live;
use crate::outcome::QUOTE_OUTCOME;

/// The code of operations that will never go for it.
pub(super) const OVERRULED: &str = "overruled";

impl Desk {
    /// The central says what stands on an action instead of what this device did.
    pub(super) fn overrule(
        &self,
        tx: &WriteTx<'_>,
        id: &ActionId,
        standing: &Standing,
    ) -> Result<(), DeskError> {
        let why = in_words(standing);
        let now = self.now();
        let Some(action) = actions::get(tx, id)? else { return Ok(()) };
        let was = action.status;
        self.undo_action(tx, &action, &why)?;
        let is_same = standing.action_id == *id;
        let status: ActionStatus = if is_same {
            standing.status.parse().map_err(|error| DeskError::bad_input(error, ""))?
        } else {
            // Another action with this one's key came first; this one never was.
            ActionStatus::Voided
        };
        if is_same {
            rule(tx, id, status, standing, &now)?;
        } else {
            actions::rule(
                tx,
                id,
                &actions::Ruling {
                    status,
                    by: None,
                    at: None,
                    note: None,
                    void_reason: Some("the same was submitted on another device first"),
                },
                &now,
            )?;
        }
        if let (Some(draft), true) = (&action.draft_id, status != ActionStatus::Approved)
            && actions::pending_of_draft(tx, draft)?.is_empty()
        {
            drafts::set_status(tx, draft, DraftStatus::Open, &now)?;
        }
        if !is_same {
            // Of two decisions the central itself tells both people.
            let message = format!(
                "“{}” was {was} on this device, and the same was submitted on another device first: {why}",
                action.summary
            );
            logs::insert_alert(tx, &format!("{id}.{OVERRULED}"), None, None, &message, &now)?;
        }
        tracing::warn!(action_id = %id, "a decision was overruled");
        Ok(())
    }

    /// A person threw away the operation that told the central of an action, or of the decision on it: the
    /// same, with nothing standing instead. What was decided waits again; what was never told is void.
    pub(super) fn take_back(
        &self,
        tx: &WriteTx<'_>,
        id: &ActionId,
        now_is: ActionStatus,
        why: &str,
    ) -> Result<(), DeskError> {
        let Some(action) = actions::get(tx, id)? else { return Ok(()) };
        self.undo_action(tx, &action, why)?;
        let void_reason = (now_is == ActionStatus::Voided).then_some(why);
        let ruling = actions::Ruling { status: now_is, by: None, at: None, note: None, void_reason };
        Ok(actions::rule(tx, id, &ruling, &self.now())?)
    }

    /// Nothing that this action's decision set going stays.
    fn undo_action(&self, tx: &WriteTx<'_>, action: &ActionRow, why: &str) -> Result<(), DeskError> {
        let mut left = VecDeque::from([action.clone()]);
        while let Some(action) = left.pop_front() {
            self.give_up_action(tx, &action, why)?;
            for run in runs_of(tx, &action)? {
                left.extend(self.undo_run(tx, &run, &action.id, why)?);
            }
        }
        Ok(())
    }

    /// What tells the central of this action will never go.
    fn give_up_action(&self, tx: &WriteTx<'_>, action: &ActionRow, why: &str) -> Result<(), DeskError> {
        // The action's row is not asked for: what the central has of it comes by itself, and one that never
        // got there stays as a record.
        for op in outbox::unsettled_of(tx, &format!("action:{}", action.id))? {
            outbox::overrule(tx, &op, OVERRULED, why, &self.now())?;
        }
        Ok(())
    }

    /// End a run; gives the actions it brought about, which are void with it.
    fn undo_run(
        &self,
        tx: &WriteTx<'_>,
        run: &RunId,
        by: &ActionId,
        why: &str,
    ) -> Result<Vec<ActionRow>, DeskError> {
        let mut live = Live::load(tx, run)?;
        if live.state.closed == Some(workflow::RunStatus::Overruled) {
            return Ok(Vec::new());
        }
        live.append(self, tx, Event::Overruled { action_id: by.clone(), reason: why.to_owned() })?;
        for op in outbox::of_run(tx, run)? {
            if matches!(op.state, OpState::Waiting | OpState::Parked) {
                self.give_up_op(tx, &op.op_id, OVERRULED, why)?;
            }
        }
        if let Some(quote) = &live.row.quote_id {
            self.give_up_outcome(tx, quote, why)?;
        }
        let staged = actions::of_run(tx, run)?.into_iter().filter(|staged| staged.id != *by);
        let now = self.now();
        let mut void = Vec::new();
        for staged in staged {
            let ruling = actions::Ruling {
                status: ActionStatus::Voided,
                by: None,
                at: None,
                note: None,
                void_reason: Some("the approval it came from does not stand"),
            };
            actions::rule(tx, &staged.id, &ruling, &now)?;
            void.push(staged);
        }
        Ok(void)
    }
}

impl Desk {
    /// Nobody can have answered a quote that never was.
    fn give_up_outcome(&self, tx: &WriteTx<'_>, quote: &QuoteId, why: &str) -> Result<(), DeskError> {
        for op in outbox::unsettled_of(tx, &format!("quote:{quote}"))? {
            if outbox::get(tx, &op)?.is_some_and(|op| op.kind == QUOTE_OUTCOME) {
                self.give_up_op(tx, &op, OVERRULED, why)?;
            }
        }
        Ok(())
    }
}

/// The runs an action's approval set going or released on this device.
fn runs_of(tx: &WriteTx<'_>, action: &ActionRow) -> Result<Vec<RunId>, DeskError> {
    let mut found: Vec<RunId> = runs::triggered_by(tx, &action.id)?.map(|run| run.id).into_iter().collect();
    if let Some(run) = &action.run_id
        && runs::get(tx, run)?.is_some()
    {
        let live = Live::load(tx, run)?;
        let released =
            live.state.gate.as_ref().is_some_and(|gate| {
                gate.action_id == action.id && gate.decision == Some(GateDecision::Approved)
            });
        let refused = live.state.gate.as_ref().is_some_and(|gate| {
            gate.action_id == action.id
                && gate.decision.is_some_and(|decision| decision != GateDecision::Approved)
        });
        if released || refused {
            found.push(run.clone());
        }
    }
    Ok(found)
}
