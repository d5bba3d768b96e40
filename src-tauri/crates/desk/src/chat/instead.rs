//! Putting what came close in the place of what was taken.
//!
//! Owns that it is done only while what was taken stands, as one step, kept in the chat in words, and that it is a
//! choice to learn from. Must not look for another candidate: those that were named are the ones there are.

use domain::{DraftId, LineId};
use drafting::chat::{Choice, Chosen, Meaning, Understood};
use drafting::document::{Change, DraftView};
use store::{Reader, drafts, spec_items};

use super::{Answer, record};
use crate::Desk;
use crate::error::{Code, DeskError};

/// Why it stands in the reply.
const CHOSEN: &str = "you chose it";

impl Desk {
    /// Put an alternative in the place of what a message was taken for. All three are places, counted from nought:
    /// of the message in the draft's chat, of what was understood in its answer, of the alternative there.
    ///
    /// # Errors
    /// `bad_input` when there is no such alternative; `wrong_state` when what was taken is not in the draft any
    /// more.
    pub fn draft_instead(
        &self,
        id: &DraftId,
        message: usize,
        understood: usize,
        alternative: usize,
    ) -> Result<Answer, DeskError> {
        self.store.write(|tx| {
            let mut opened = self.open_draft(tx, id)?;
            let kept = drafts::messages(tx, id)?.into_iter().nth(message).map(|row| row.answer);
            let all = kept.and_then(|mut answer| answer.get_mut("understood").map(serde_json::Value::take));
            let all: Vec<Understood> = serde_json::from_value(all.unwrap_or_default()).unwrap_or_default();
            let taken = all.into_iter().nth(understood).ok_or_else(no_such)?;
            let picked = taken.alternatives.get(alternative).ok_or_else(no_such)?;
            let before = opened.head.view().clone();
            let changes = self.anew(&picked.changes)?;
            if !fits(&before, &changes) {
                return Err(DeskError::new(
                    Code::WrongState,
                    format!("“{}” was changed since, so nothing can take its place", taken.said),
                    "Nothing was changed. Say it again, or change the line by hand.",
                ));
            }
            self.change_draft(tx, &mut opened, &changes)?;
            let meant = meaning(&changes);
            let whom = opened.head.view().customer_id.as_ref();
            if let Some(meant) = meant {
                self.learn(tx, whom, &[Chosen { words: taken.said.clone(), meant }])?;
            }
            let in_words = match picked.detail.as_str() {
                "" => picked.label.clone(),
                detail => format!("{} ({detail})", picked.label),
            };
            let others = self.others(tx, &before, &taken, alternative, &changes)?;
            let said = format!("{in_words} for “{}”", taken.said);
            let understood = Understood {
                said: taken.said,
                meant: in_words,
                why: CHOSEN.to_owned(),
                alternatives: others,
            };
            let answer = Answer {
                draft: self.shown(tx, opened.head)?,
                understood: vec![understood],
                answers: Vec::new(),
                assistant: None,
            };
            drafts::add_message(tx, id, &self.user, &self.now(), &said, &record(&answer))?;
            Ok(answer)
        })
    }

    /// The changes with keys of their own for new lines: they may be made a second time after they were taken back.
    fn anew(&self, changes: &[Change]) -> Result<Vec<Change>, DeskError> {
        let mut changes = changes.to_vec();
        if let Some(old) = added(&changes) {
            let new: LineId = self.new_id()?;
            for change in &mut changes {
                match change {
                    Change::AddLine { line_id, .. } | Change::MoveLine { line_id, .. } if *line_id == old => {
                        *line_id = new.clone();
                    }
                    _ => {}
                }
            }
        }
        Ok(changes)
    }

    /// What else there is to choose from now: what was taken before, and the other alternatives.
    fn others(
        &self,
        db: &Reader<'_>,
        before: &DraftView,
        taken: &Understood,
        picked: usize,
        made: &[Change],
    ) -> Result<Vec<Choice>, DeskError> {
        let mut others: Vec<Choice> = Vec::new();
        let (Some(line), Some(gone)) = (added(made), removed(made)) else {
            let rest = taken.alternatives.iter().enumerate().filter(|(place, _)| *place != picked);
            return Ok(rest.map(|(_, other)| other.clone()).collect());
        };
        let Some(was) = before.lines.iter().find(|line| line.id == gone) else { return Ok(others) };
        if let Some(item) = spec_items::get(db, &was.item_code)? {
            let facts = [Some(item.item_code.to_string()), item.pack, item.brand, item.category];
            let (quantity, price) = (was.quantity, was.price);
            others.push(Choice {
                number: 0,
                label: item.description,
                detail: facts.into_iter().flatten().collect::<Vec<_>>().join(", "),
                words: item.aliases,
                changes: vec![
                    Change::AddLine { line_id: gone.clone(), item_code: item.item_code, quantity, price },
                    Change::MoveLine { line_id: gone.clone(), after: Some(line.clone()) },
                    Change::RemoveLine { line_id: line.clone() },
                ],
            });
        }
        for (_, other) in taken.alternatives.iter().enumerate().filter(|(place, _)| *place != picked) {
            let mut other = other.clone();
            for change in &mut other.changes {
                match change {
                    Change::MoveLine { after: Some(at), .. } if *at == gone => *at = line.clone(),
                    Change::RemoveLine { line_id } if *line_id == gone => *line_id = line.clone(),
                    _ => {}
                }
            }
            others.push(other);
        }
        Ok(others)
    }
}

fn no_such() -> DeskError {
    DeskError::bad_input("there is no such alternative", "Look at the chat again.")
}

fn added(changes: &[Change]) -> Option<LineId> {
    changes.iter().find_map(|change| match change {
        Change::AddLine { line_id, .. } => Some(line_id.clone()),
        _ => None,
    })
}

fn removed(changes: &[Change]) -> Option<LineId> {
    changes.iter().find_map(|change| match change {
        Change::RemoveLine { line_id } => Some(line_id.clone()),
        _ => None,
    })
}

/// What the changes say that words mean.
fn meaning(changes: &[Change]) -> Option<Meaning> {
    changes.iter().find_map(|change| match change {
        Change::SetCustomer { customer_id } => Some(Meaning::Customer(customer_id.clone())),
        Change::AddLine { item_code, .. } => Some(Meaning::Item(item_code.clone())),
        _ => None,
    })
}

/// Whether the lines that the changes are about are there.
fn fits(view: &DraftView, changes: &[Change]) -> bool {
    let there = |id: &LineId| view.lines.iter().any(|line| line.id == *id);
    changes.iter().all(|change| match change {
        Change::RemoveLine { line_id }
        | Change::SetQuantity { line_id, .. }
        | Change::SetPrice { line_id, .. } => there(line_id),
        Change::MoveLine { after: Some(line_id), .. } => there(line_id),
        _ => true,
    })
}
