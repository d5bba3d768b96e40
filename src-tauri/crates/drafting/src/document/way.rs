//! The way from what a draft holds to what it held, or will hold.
//!
//! Owns which changes lead from one state to another, and whether a change is still in force. An undo is made
//! of these: new changes that put values back, which merge with everybody else's. Must not rewrite history.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::LineId;
use serde::{Deserialize, Serialize};

use crate::document::change::Change;
use crate::document::draft::Draft;
use crate::document::error::DraftError;
use crate::document::view::{ConflictField, DraftLine, DraftView};

/// The changes that lead from one state to another, in an order in which they can be made; but for the order
/// of the lines, which a [`Way`] knows.
pub fn way(from: &DraftView, to: &DraftView) -> Vec<Change> {
    let mut changes = Vec::new();
    if from.customer_id != to.customer_id {
        changes.push(match &to.customer_id {
            Some(customer_id) => Change::SetCustomer { customer_id: customer_id.clone() },
            None => Change::UnsetCustomer,
        });
    }
    if from.school_year != to.school_year {
        changes.push(match to.school_year {
            Some(school_year) => Change::SetSchoolYear { school_year },
            None => Change::UnsetSchoolYear,
        });
    }
    if from.default_price != to.default_price {
        changes.push(Change::SetDefaultPrice { price: to.default_price });
    }
    if from.include_pdf != to.include_pdf {
        changes.push(Change::SetIncludePdf { include_pdf: to.include_pdf });
    }
    if from.valid_until != to.valid_until {
        changes.push(Change::SetValidUntil { valid_until: to.valid_until });
    }
    let same = from.notes.iter().zip(&to.notes).take_while(|(one, other)| one == other).count();
    changes.extend(from.notes[same..].iter().rev().map(|text| Change::RemoveNote { text: text.clone() }));
    changes.extend(to.notes[same..].iter().map(|text| Change::AddNote { text: text.clone() }));
    lines(from, to, &mut changes);
    changes
}

fn lines(from: &DraftView, to: &DraftView, changes: &mut Vec<Change>) {
    let standing: HashMap<&LineId, &DraftLine> = from.lines.iter().map(|line| (&line.id, line)).collect();
    let removed: HashMap<&LineId, &DraftLine> =
        from.removed.iter().map(|removed| (&removed.line.id, &removed.line)).collect();
    let wanted: HashSet<&LineId> = to.lines.iter().map(|line| &line.id).collect();
    for line in from.lines.iter().filter(|line| !wanted.contains(&line.id)) {
        changes.push(Change::RemoveLine { line_id: line.id.clone() });
    }
    for line in &to.lines {
        match (standing.get(&line.id), removed.get(&line.id)) {
            (Some(now), _) => fields(now, line, changes),
            (None, Some(then)) => {
                changes.push(Change::RestoreLine { line_id: line.id.clone() });
                fields(then, line, changes);
            }
            (None, None) => {
                changes.push(Change::AddLine {
                    line_id: line.id.clone(),
                    item_code: line.item_code.clone(),
                    quantity: line.quantity,
                    price: line.price,
                });
                if line.note.is_some() {
                    changes.push(Change::SetNote { line_id: line.id.clone(), note: line.note.clone() });
                }
            }
        }
    }
}

fn fields(from: &DraftLine, to: &DraftLine, changes: &mut Vec<Change>) {
    let line_id = || to.id.clone();
    if from.quantity != to.quantity {
        changes.push(match to.quantity {
            Some(quantity) => Change::SetQuantity { line_id: line_id(), quantity },
            None => Change::UnsetQuantity { line_id: line_id() },
        });
    }
    if from.price != to.price {
        changes.push(Change::SetPrice { line_id: line_id(), price: to.price });
    }
    if from.note != to.note {
        changes.push(Change::SetNote { line_id: line_id(), note: to.note.clone() });
    }
}

/// Whether what a change says is so. Of a remark taken off and of a line's place nothing can be told, and they
/// count as so.
pub fn is_made(view: &DraftView, change: &Change) -> bool {
    let line = |id: &LineId| view.lines.iter().find(|line| line.id == *id);
    match change {
        Change::SetCustomer { customer_id } => view.customer_id.as_ref() == Some(customer_id),
        Change::UnsetCustomer => view.customer_id.is_none(),
        Change::SetSchoolYear { school_year } => view.school_year == Some(*school_year),
        Change::UnsetSchoolYear => view.school_year.is_none(),
        Change::SetDefaultPrice { price } => view.default_price == *price,
        Change::SetIncludePdf { include_pdf } => view.include_pdf == *include_pdf,
        Change::SetValidUntil { valid_until } => view.valid_until == *valid_until,
        Change::AddNote { text } => view.notes.iter().any(|note| note == text.trim()),
        Change::ClearNotes => view.notes.is_empty(),
        Change::AddLine { line_id, .. } | Change::RestoreLine { line_id } => line(line_id).is_some(),
        Change::RemoveLine { line_id } => line(line_id).is_none(),
        Change::SetQuantity { line_id, quantity } => {
            line(line_id).is_some_and(|line| line.quantity == Some(*quantity))
        }
        Change::UnsetQuantity { line_id } => line(line_id).is_some_and(|line| line.quantity.is_none()),
        Change::SetPrice { line_id, price } => line(line_id).is_some_and(|line| line.price == *price),
        Change::SetNote { line_id, note } => {
            line(line_id).is_some_and(|line| line.note.as_deref() == note.as_deref().map(str::trim))
        }
        Change::RemoveNote { .. } | Change::MoveLine { .. } => true,
        Change::Discard => view.is_discarded,
        Change::Retrieve => !view.is_discarded,
    }
}

/// Whether making the change would do nothing at all. Setting a value that several people set differently
/// settles it, so that is never idle.
pub fn is_idle(view: &DraftView, change: &Change) -> bool {
    let disputed = |field, id: Option<&LineId>| {
        view.conflicts.iter().any(|conflict| conflict.field == field && conflict.line_id.as_ref() == id)
    };
    let is_disputed = match change {
        Change::SetCustomer { .. } | Change::UnsetCustomer => disputed(ConflictField::Customer, None),
        Change::SetSchoolYear { .. } | Change::UnsetSchoolYear => disputed(ConflictField::SchoolYear, None),
        Change::SetQuantity { line_id, .. } | Change::UnsetQuantity { line_id } => {
            disputed(ConflictField::Quantity, Some(line_id))
        }
        Change::SetPrice { line_id, .. } => disputed(ConflictField::Price, Some(line_id)),
        Change::RestoreLine { line_id } | Change::RemoveLine { line_id } => {
            disputed(ConflictField::Removal, Some(line_id))
        }
        _ => false,
    };
    match change {
        Change::AddLine { .. } | Change::AddNote { .. } | Change::RemoveNote { .. } => false,
        Change::RemoveLine { line_id } => {
            !is_disputed && view.removed.iter().any(|removed| removed.line.id == *line_id)
        }
        Change::MoveLine { line_id, after } => {
            let place = view.lines.iter().position(|line| line.id == *line_id);
            place.is_some_and(|place| {
                place.checked_sub(1).map(|before| &view.lines[before].id) == after.as_ref()
            })
        }
        _ => !is_disputed && is_made(view, change),
    }
}

fn ids(lines: &[DraftLine]) -> impl Iterator<Item = &LineId> {
    lines.iter().map(|line| &line.id)
}

/// A way from what a draft holds, to be gone later, when others may have changed it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What is to be changed, but for the order of the lines.
    pub changes: Vec<Change>,
    /// The lines in the order they are to have; none when the way is not about that.
    pub order: Vec<LineId>,
    /// Whether all of them are to have that order. Otherwise only those that are put back take their place in it.
    pub is_reordering: bool,
}

impl Way {
    /// The way from one state to another.
    pub fn between(from: &DraftView, to: &DraftView) -> Self {
        let changes = way(from, to);
        let (now, order): (HashSet<&LineId>, HashSet<&LineId>) =
            (ids(&from.lines).collect(), ids(&to.lines).collect());
        let stay = ids(&from.lines).filter(|id| order.contains(id));
        let is_reordering = !stay.eq(ids(&to.lines).filter(|id| now.contains(id)));
        let is_restoring = changes.iter().any(|change| matches!(change, Change::RestoreLine { .. }));
        let order =
            if is_reordering || is_restoring { ids(&to.lines).cloned().collect() } else { Vec::new() };
        Way { changes, order, is_reordering }
    }

    /// Whether it leads nowhere else.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.is_reordering
    }
}

impl Draft {
    /// Every change that going a way takes, moves of lines too. `at` is any moment: nothing is changed.
    ///
    /// # Errors
    /// The way cannot be gone any more.
    pub fn along(&self, way: &Way, at: DateTime<Utc>) -> Result<Vec<Change>, DraftError> {
        let mut changes = way.changes.clone();
        if way.order.is_empty() {
            return Ok(changes);
        }
        // Where a line that is put back will stand only the document knows.
        let mut there = self.clone();
        there.apply(&changes, at)?;
        let now: Vec<LineId> = there.view()?.lines.into_iter().map(|line| line.id).collect();
        let wanted: Vec<&LineId> = way.order.iter().filter(|id| now.contains(id)).collect();
        if way.is_reordering {
            changes.extend(moves(&now, &wanted));
            return Ok(changes);
        }
        let restored: Vec<LineId> = changes
            .iter()
            .filter_map(|change| match change {
                Change::RestoreLine { line_id } => Some(line_id.clone()),
                _ => None,
            })
            .collect();
        changes.extend(placed(now, &wanted, &restored));
        Ok(changes)
    }
}

/// The moves that bring lines that were put back between their neighbours.
fn placed(mut now: Vec<LineId>, wanted: &[&LineId], restored: &[LineId]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, id) in wanted.iter().enumerate().filter(|(_, id)| restored.contains(id)) {
        let at = |now: &[LineId], id: Option<&&LineId>| now.iter().position(|line| Some(&line) == id);
        let before = place.checked_sub(1).and_then(|before| wanted.get(before));
        let here = at(&now, Some(id));
        let is_after = before.is_none() || at(&now, before) < here;
        let is_before = wanted.get(place + 1).is_none_or(|next| here < at(&now, Some(next)));
        if is_after && is_before {
            continue;
        }
        now.retain(|line| line != *id);
        let place = at(&now, before).map_or(0, |before| before + 1);
        now.insert(place, (*id).clone());
        changes
            .push(Change::MoveLine { line_id: (*id).clone(), after: before.map(|before| (*before).clone()) });
    }
    changes
}

/// The fewest moves that bring lines into the wanted order. Lines that are not wanted count for nothing.
fn moves(now: &[LineId], wanted: &[&LineId]) -> Vec<Change> {
    let place: HashMap<&LineId, usize> = wanted.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let order: Vec<usize> = now.iter().filter_map(|id| place.get(id).copied()).collect();
    let staying = longest_rising(&order);
    (0..wanted.len())
        .filter(|place| !staying.contains(place))
        .map(|place| Change::MoveLine {
            line_id: wanted[place].clone(),
            after: place.checked_sub(1).map(|before| wanted[before].clone()),
        })
        .collect()
}

/// The members of a longest rising subsequence.
pub(crate) fn longest_rising(order: &[usize]) -> HashSet<usize> {
    // `ends[n]` is where in `order` the rising run of n + 1 members with the least end ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(order.len());
    for (at, value) in order.iter().enumerate() {
        let length = ends.partition_point(|end| order[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut found = HashSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        found.insert(order[at]);
        next = before[at];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_line_that_was_moved_is_moved_and_no_other() {
        let ids = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<LineId>>();
        let made = |now: &[&str], wanted: &[&str]| moves(&ids(now), &ids(wanted).iter().collect::<Vec<_>>());
        let first = Change::MoveLine { line_id: "A".parse().unwrap(), after: None };
        assert_eq!(made(&["B", "C", "D", "A"], &["A", "B", "C", "D"]), [first]);
        assert_eq!(made(&["A", "X", "B"], &["A", "B"]), []);
    }

    proptest! {
        #[test]
        fn what_stays_is_in_order_already(order in Just((0..20).collect::<Vec<usize>>()).prop_shuffle()) {
            let staying = longest_rising(&order);
            let kept: Vec<usize> = order.into_iter().filter(|place| staying.contains(place)).collect();
            prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(!kept.is_empty());
        }
    }
}
