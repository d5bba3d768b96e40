//! Two to five people write one draft, apart and together, over a connection that loses, repeats and reorders:
//! once everything has come everywhere they have one draft, and no line is lost.
#![allow(clippy::unwrap_used, clippy::panic)] // a broken assumption of a test is a failed test

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::{DraftId, LineId, Money};
use fieldquote_drafting::document::{Actor, Change, Chunk, Draft, DraftError, DraftView, PriceRule};
use proptest::prelude::*;

fn id() -> DraftId {
    "01J0DRAFT00000000000000000".parse().unwrap()
}

fn at(second: usize) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + second as i64, 0).unwrap()
}

fn line(number: usize) -> LineId {
    format!("L{number}").parse().unwrap()
}

/// Something that happens. Who and which are drawn large and taken modulo what there is.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody adds a line.
    Add(usize),
    /// Somebody changes one of all lines there ever were, known to them or not.
    Edit(usize, usize, Edit),
    /// What somebody did is kept, and on its way to everybody.
    Save(usize),
    /// A piece that was kept comes to somebody: late, twice, before the one it rests on.
    Arrive(usize, usize),
    /// Somebody's application ends. What was not kept is gone, and a new session begins.
    Restart(usize),
    /// Somebody's pieces are put together.
    Compact(usize),
}

#[derive(Debug, Clone)]
enum Edit {
    Quantity(u32),
    NoQuantity,
    Price(i64),
    Note(Option<String>),
    Remove,
    Restore,
    Move(Option<usize>),
    Customer(u32),
    Remark(String),
    ClearRemarks,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edit = prop_oneof![
        (1u32..500).prop_map(Edit::Quantity),
        Just(Edit::NoQuantity),
        (1i64..99_999).prop_map(Edit::Price),
        prop::option::of("[a-z]{1,9}").prop_map(Edit::Note),
        Just(Edit::Remove),
        Just(Edit::Restore),
        prop::option::of(0usize..64).prop_map(Edit::Move),
        (1u32..4).prop_map(Edit::Customer),
        "[a-z]{1,9}".prop_map(Edit::Remark),
        Just(Edit::ClearRemarks),
    ];
    let some = || 0usize..64;
    let step = prop_oneof![
        2 => some().prop_map(Step::Add),
        6 => (some(), some(), edit).prop_map(|(who, line, edit)| Step::Edit(who, line, edit)),
        3 => some().prop_map(Step::Save),
        4 => (some(), some()).prop_map(|(piece, who)| Step::Arrive(piece, who)),
        1 => some().prop_map(Step::Restart),
        1 => some().prop_map(Step::Compact),
    ];
    prop::collection::vec(step, 1..60)
}

/// One person's device.
struct Device {
    person: usize,
    draft: Draft,
    /// What it has stored of the draft.
    stored: Vec<Chunk>,
    /// Lines added since it was last kept.
    unsaved: Vec<LineId>,
}

/// Everybody, and what is on its way between them.
struct People {
    devices: Vec<Device>,
    sent: Vec<Chunk>,
    /// Every line that was ever kept.
    kept: HashSet<LineId>,
    sessions: u16,
    lines: usize,
}

impl People {
    fn new(many: usize) -> Self {
        let mut people =
            People { devices: Vec::new(), sent: Vec::new(), kept: HashSet::new(), sessions: 0, lines: 0 };
        for person in 0..many {
            let draft = Draft::create(id(), &format!("person {person}"), people.session()).unwrap();
            people.devices.push(Device { person, draft, stored: Vec::new(), unsaved: Vec::new() });
        }
        people
    }

    fn session(&mut self) -> Actor {
        self.sessions += 1;
        let [high, low] = self.sessions.to_be_bytes();
        Actor::of(&"7KPXD6".parse().unwrap(), [0, 0, 0, 0, high, low])
    }

    fn happen(&mut self, now: usize, step: Step) {
        let many = self.devices.len();
        match step {
            Step::Add(who) => {
                self.lines += 1;
                let line_id = line(self.lines);
                let item_code = format!("1{:04}", self.lines).parse().unwrap();
                let add = Change::AddLine {
                    line_id: line_id.clone(),
                    item_code,
                    quantity: None,
                    price: PriceRule::List,
                };
                let device = &mut self.devices[who % many];
                device.draft.apply(&[add], at(now)).unwrap();
                device.unsaved.push(line_id);
            }
            Step::Edit(who, which, edit) => {
                let change = self.change(which, edit);
                match self.devices[who % many].draft.apply(&[change], at(now)) {
                    Ok(()) | Err(DraftError::NoLine(_) | DraftError::Removed(_)) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            Step::Save(who) => self.save(who % many),
            Step::Arrive(piece, who) => {
                if let Some(piece) = self.sent.get(piece % self.sent.len().max(1)).cloned() {
                    self.arrive(&piece, who % many);
                }
            }
            Step::Restart(who) => {
                let actor = self.session();
                let device = &mut self.devices[who % many];
                device.unsaved.clear();
                let person = format!("person {}", device.person);
                device.draft = match device.stored.is_empty() {
                    true => Draft::create(id(), &person, actor).unwrap(),
                    false => Draft::load(id(), &device.stored, &person, actor).unwrap(),
                };
            }
            Step::Compact(who) => {
                self.save(who % many);
                let device = &mut self.devices[who % many];
                if !device.stored.is_empty() {
                    device.stored = vec![device.draft.snapshot()];
                }
            }
        }
    }

    fn change(&self, which: usize, edit: Edit) -> Change {
        let some = |which: usize| line(which % self.lines.max(1) + 1);
        let line_id = some(which);
        match edit {
            Edit::Quantity(quantity) => Change::SetQuantity { line_id, quantity },
            Edit::NoQuantity => Change::UnsetQuantity { line_id },
            Edit::Price(cents) => {
                Change::SetPrice { line_id, price: PriceRule::Given(Money::from_cents(cents).unwrap()) }
            }
            Edit::Note(note) => Change::SetNote { line_id, note },
            Edit::Remove => Change::RemoveLine { line_id },
            Edit::Restore => Change::RestoreLine { line_id },
            Edit::Move(after) => Change::MoveLine { line_id, after: after.map(some) },
            Edit::Customer(number) => {
                Change::SetCustomer { customer_id: format!("C{number}").parse().unwrap() }
            }
            Edit::Remark(text) => Change::AddNote { text },
            Edit::ClearRemarks => Change::ClearNotes,
        }
    }

    fn save(&mut self, who: usize) {
        let device = &mut self.devices[who];
        let Some(chunk) = device.draft.unsaved() else { return };
        device.draft.saved(chunk.heads()).unwrap();
        device.stored.push(chunk.clone());
        self.kept.extend(device.unsaved.drain(..));
        self.sent.push(chunk);
    }

    /// A piece comes. One that rests on something that has not come changes nothing, and comes again.
    fn arrive(&mut self, piece: &Chunk, who: usize) -> bool {
        // As a device does, it keeps its own before it takes in another's.
        self.save(who);
        let device = &mut self.devices[who];
        let before = device.draft.heads();
        match device.draft.merge_chunk(piece) {
            Ok(()) if device.draft.heads() == before => true,
            Ok(()) => {
                let heads = device.draft.heads();
                device.draft.saved(&heads).unwrap();
                device.stored.push(piece.clone());
                true
            }
            Err(DraftError::Incomplete(_)) => {
                assert_eq!(device.draft.heads(), before);
                false
            }
            Err(other) => panic!("{other}"),
        }
    }

    /// Everything comes everywhere, in an order that is another one for everybody.
    fn come_together(&mut self) {
        for who in 0..self.devices.len() {
            self.save(who);
        }
        for who in 0..self.devices.len() {
            let mut left = self.sent.clone();
            if who % 2 == 1 {
                left.reverse();
            }
            let turned = who * 7 % left.len().max(1);
            left.rotate_left(turned);
            while !left.is_empty() {
                let before = left.len();
                left.retain(|piece| !self.arrive(piece, who));
                assert!(left.len() < before, "something rests on what nobody has");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn people_who_write_apart_have_one_draft_in_the_end_and_no_line_is_lost(many in 2usize..=5, steps in steps()) {
        let mut people = People::new(many);
        for (now, step) in steps.into_iter().enumerate() {
            people.happen(now, step);
        }
        people.come_together();

        let one = &people.devices[0].draft;
        let view: DraftView = one.view().unwrap();
        for device in &people.devices {
            // Conflicts, who set what, and what was taken off are part of the view.
            prop_assert_eq!(&device.draft.view().unwrap(), &view);
            prop_assert_eq!(device.draft.heads(), one.heads());
            prop_assert_eq!(device.draft.history(), one.history());
            if !device.stored.is_empty() {
                let actor = Actor::of(&"0Q2W3E".parse().unwrap(), [9; 6]);
                let stored = Draft::load(id(), &device.stored, "anybody", actor).unwrap();
                prop_assert_eq!(&stored.view().unwrap(), &view, "what is stored is what is shown");
            }
        }
        let shown: HashSet<LineId> = view
            .lines
            .iter()
            .chain(view.removed.iter().map(|removed| &removed.line))
            .map(|line| line.id.clone())
            .collect();
        prop_assert_eq!(&shown, &people.kept, "every line that was kept is shown, or among those taken off");
        for conflict in &view.conflicts {
            prop_assert!(conflict.values.len() > 1);
            prop_assert!(conflict.values.iter().all(|claim| claim.by.is_some() && claim.at.is_some()));
        }
        // The last point of the history is the draft as it is, and every point can be looked at.
        let history = one.history();
        if let Some(last) = history.last() {
            prop_assert_eq!(&last.heads, &one.heads());
            let middle = &history[history.len() / 2];
            prop_assert!(one.view_at(&middle.heads).is_ok());
            prop_assert_eq!(one.view_at(&last.heads).unwrap(), view);
        }
    }
}
