//! The way back from a change leads exactly back, and does not undo what others did.
#![allow(clippy::unwrap_used, clippy::panic)] // a broken assumption of a test is a failed test

use chrono::{DateTime, Utc};
use domain::{DraftId, LineId, Money};
use fieldquote_drafting::document::{Actor, Change, Draft, DraftView, PriceRule, Way, is_idle, is_made};
use proptest::prelude::*;

fn id() -> DraftId {
    "01J0DRAFT00000000000000000".parse().unwrap()
}

fn line(number: u32) -> LineId {
    format!("L{number}").parse().unwrap()
}

fn actor(drawn: u8) -> Actor {
    Actor::of(&"7KPXD6".parse().unwrap(), [drawn; 6])
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

/// What a person sees of a draft: not which lines were taken off, nor which was touched last.
fn seen(view: DraftView) -> DraftView {
    DraftView { removed: Vec::new(), last_touched: None, ..view }
}

fn any_change() -> impl Strategy<Value = Change> {
    let one = || (0u32..6).prop_map(line);
    let rule = prop_oneof![
        Just(PriceRule::List),
        Just(PriceRule::LastYear),
        (1i64..9_999).prop_map(|cents| PriceRule::Given(Money::from_cents(cents).unwrap())),
    ];
    let note = prop_oneof![Just("dock 4"), Just("before 7am"), Just("no pallets")].prop_map(str::to_owned);
    prop_oneof![
        (0u32..3).prop_map(|n| Change::SetCustomer { customer_id: format!("C{n}").parse().unwrap() }),
        Just(Change::UnsetCustomer),
        (2024i32..2028)
            .prop_map(|y| Change::SetSchoolYear { school_year: domain::SchoolYear::starting(y).unwrap() }),
        Just(Change::UnsetSchoolYear),
        rule.clone().prop_map(|price| Change::SetDefaultPrice { price }),
        (one(), prop::option::of(1u32..500), rule.clone()).prop_map(|(line_id, quantity, price)| {
            Change::AddLine { line_id, item_code: "10412".parse().unwrap(), quantity, price }
        }),
        (one(), 1u32..500).prop_map(|(line_id, quantity)| Change::SetQuantity { line_id, quantity }),
        one().prop_map(|line_id| Change::UnsetQuantity { line_id }),
        (one(), rule).prop_map(|(line_id, price)| Change::SetPrice { line_id, price }),
        (one(), prop::option::of(note.clone())).prop_map(|(line_id, note)| Change::SetNote { line_id, note }),
        (one(), prop::option::of(one())).prop_map(|(line_id, after)| Change::MoveLine { line_id, after }),
        one().prop_map(|line_id| Change::RemoveLine { line_id }),
        one().prop_map(|line_id| Change::RestoreLine { line_id }),
        any::<bool>().prop_map(|include_pdf| Change::SetIncludePdf { include_pdf }),
        note.clone().prop_map(|text| Change::AddNote { text }),
        note.prop_map(|text| Change::RemoveNote { text }),
        Just(Change::ClearNotes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn back_along_every_step_is_back_at_every_state(changes in prop::collection::vec(any_change(), 1..30)) {
        let mut draft = Draft::create(id(), "ann", actor(1)).unwrap();
        let mut states = Vec::new();
        for change in &changes {
            let before = draft.view().unwrap();
            let idle = is_idle(&before, change);
            // A change that does not fit the draft is refused and leaves it as it was.
            if draft.apply(std::slice::from_ref(change), at()).is_ok() {
                let after = draft.view().unwrap();
                if idle {
                    prop_assert_eq!(seen(before.clone()), seen(after.clone()), "{:?} was called idle", change);
                }
                prop_assert!(Way::between(&before, &after).changes.iter().all(|made| is_made(&after, made)));
                let back = Way::between(&after, &before);
                prop_assert_eq!(back.is_empty(), seen(after) == seen(before.clone()));
                states.push((before, back));
            } else {
                let is_off_already = matches!(change, Change::RemoveLine { .. });
                prop_assert!(!idle || is_off_already, "{:?} was called idle and is refused", change);
            }
        }
        let end = seen(draft.view().unwrap());
        let first = states.first().map(|(before, _)| before.clone()).unwrap_or_default();
        let forth = Way::between(&first, &draft.view().unwrap());
        for (before, back) in states.iter().rev() {
            let changes = draft.along(back, at()).unwrap();
            draft.apply(&changes, at()).unwrap();
            prop_assert_eq!(seen(draft.view().unwrap()), seen(before.clone()));
        }
        // Lines that were made on the way are there, taken off: going forth puts them back.
        let forth = Way { changes: Way::between(&draft.view().unwrap(), &end).changes, ..forth };
        let forth = Way { order: end.lines.iter().map(|line| line.id.clone()).collect(), ..forth };
        let changes = draft.along(&forth, at()).unwrap();
        draft.apply(&changes, at()).unwrap();
        prop_assert_eq!(seen(draft.view().unwrap()), end, "and forth in one step");
    }
}

#[test]
fn the_way_back_leaves_what_somebody_else_did_meanwhile() {
    let add = |n| Change::AddLine {
        line_id: line(n),
        item_code: "10412".parse().unwrap(),
        quantity: Some(10),
        price: PriceRule::List,
    };
    let mut ann = Draft::create(id(), "ann", actor(1)).unwrap();
    ann.apply(&[add(1), add(2), Change::AddNote { text: "dock 4".to_owned() }], at()).unwrap();
    let chunk = ann.unsaved().unwrap();
    ann.saved(chunk.heads()).unwrap();
    let mut ben = Draft::load(id(), &[chunk], "ben", actor(2)).unwrap();

    let before = ann.view().unwrap();
    let mine = [
        Change::SetQuantity { line_id: line(1), quantity: 20 },
        Change::AddNote { text: "before 7am".to_owned() },
    ];
    ann.apply(&mine, at()).unwrap();
    let back = Way::between(&ann.view().unwrap(), &before);
    let theirs = [
        Change::SetQuantity { line_id: line(2), quantity: 99 },
        Change::AddNote { text: "no pallets".to_owned() },
    ];
    ben.apply(&theirs, at()).unwrap();
    ann.merge_chunk(&ben.unsaved().unwrap()).unwrap();
    ann.apply(&ann.along(&back, at()).unwrap(), at()).unwrap();
    let view = ann.view().unwrap();
    assert_eq!(view.lines.iter().map(|line| line.quantity).collect::<Vec<_>>(), [Some(10), Some(99)]);
    assert_eq!(view.notes, ["dock 4", "no pallets"]);
}
