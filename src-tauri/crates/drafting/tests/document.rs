//! What holds of a draft document however its edits, copies and bytes come together.
#![allow(clippy::unwrap_used, clippy::panic)] // a broken assumption of a test is a failed test

use chrono::{DateTime, Utc};
use domain::{DraftId, LineId, Money};
use fieldquote_drafting::document::{
    Actor, Change, Chunk, ChunkError, ConflictField, Draft, DraftError, DraftView, PriceRule,
};
use proptest::prelude::*;

fn id() -> DraftId {
    "01J0DRAFT00000000000000000".parse().unwrap()
}

fn line(number: u32) -> LineId {
    format!("01J0LINE{number:018}").parse().unwrap()
}

fn actor(drawn: u8) -> Actor {
    Actor::of(&"7KPXD6".parse().unwrap(), [drawn; 6])
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + second, 0).unwrap()
}

fn session(person: &str, drawn: u8) -> Draft {
    Draft::create(id(), person, actor(drawn)).unwrap()
}

fn add(number: u32) -> Change {
    Change::AddLine {
        line_id: line(number),
        item_code: format!("1{number:04}").parse().unwrap(),
        quantity: Some(10),
        price: PriceRule::List,
    }
}

fn quantity(number: u32, quantity: u32) -> Change {
    Change::SetQuantity { line_id: line(number), quantity }
}

fn price(number: u32, cents: i64) -> Change {
    Change::SetPrice { line_id: line(number), price: PriceRule::Given(Money::from_cents(cents).unwrap()) }
}

fn remove(number: u32) -> Change {
    Change::RemoveLine { line_id: line(number) }
}

fn save(draft: &mut Draft) -> Chunk {
    let chunk = draft.unsaved().unwrap();
    draft.saved(chunk.heads()).unwrap();
    chunk
}

/// Two people with the same saved draft of one line.
fn pair() -> (Draft, Draft) {
    let mut ann = session("ann", 1);
    ann.apply(&[add(1)], at(0)).unwrap();
    let first = save(&mut ann);
    let ben = Draft::load(id(), &[first], "ben", actor(2)).unwrap();
    (ann, ben)
}

fn exchange(a: &mut Draft, b: &mut Draft) -> DraftView {
    let (from_a, from_b) = (a.snapshot(), b.snapshot());
    a.merge_chunk(&from_b).unwrap();
    b.merge_chunk(&from_a).unwrap();
    assert_eq!(a.heads(), b.heads());
    let view = a.view().unwrap();
    assert_eq!(view, b.view().unwrap());
    view
}

#[test]
fn a_saved_draft_reads_back_as_it_was() {
    let mut draft = session("ann", 1);
    let changes = [
        Change::SetCustomer { customer_id: "C1".parse().unwrap() },
        Change::SetSchoolYear { school_year: "2026-2027".parse().unwrap() },
        Change::SetDefaultPrice { price: PriceRule::LastYear },
        Change::SetIncludePdf { include_pdf: true },
        Change::SetValidUntil { valid_until: "2026-09-30".parse().ok() },
        Change::AddNote { text: "deliver before 7am".to_owned() },
        add(1),
        Change::SetNote { line_id: line(1), note: Some("kosher".to_owned()) },
    ];
    draft.apply(&changes, at(0)).unwrap();
    let chunk = save(&mut draft);
    let loaded = Draft::load(id(), &[chunk], "ann", actor(9)).unwrap();
    let view = loaded.view().unwrap();
    assert_eq!(view, draft.view().unwrap());
    assert_eq!(view.customer_id.unwrap().as_str(), "C1");
    assert_eq!(view.notes, ["deliver before 7am"]);
    assert_eq!(view.lines[0].note.as_deref(), Some("kosher"));
    assert_eq!(
        (view.lines[0].quantity, view.default_price, view.include_pdf),
        (Some(10), PriceRule::LastYear, true)
    );
}

#[test]
fn heads_advance_only_when_the_caller_says_it_is_saved() {
    let mut draft = session("ann", 1);
    draft.apply(&[add(1)], at(0)).unwrap();
    let first = draft.unsaved().unwrap();
    assert_eq!(draft.unsaved().unwrap(), first, "a failed commit leaves the change unsaved");
    draft.saved(first.heads()).unwrap();
    assert_eq!(draft.unsaved(), None);
    draft.apply(&[quantity(1, 20)], at(1)).unwrap();
    let second = draft.unsaved().unwrap();
    let loaded = Draft::load(id(), &[second, first], "ben", actor(2)).unwrap();
    assert_eq!(loaded.view().unwrap().lines[0].quantity, Some(20));
    assert!(matches!(draft.saved(&["00".to_owned()]), Err(DraftError::UnknownHead(_))));
}

#[test]
fn a_message_is_applied_whole_or_not_at_all() {
    let (mut draft, _) = pair();
    let before = draft.view().unwrap();
    for bad in [
        quantity(7, 5),
        quantity(1, 0),
        add(1),
        remove(8),
        Change::MoveLine { line_id: line(1), after: Some(line(9)) },
    ] {
        assert!(draft.apply(&[quantity(1, 99), bad], at(1)).is_err());
        assert_eq!(draft.view().unwrap(), before);
        assert_eq!(draft.unsaved(), None);
    }
}

#[test]
fn drafts_made_apart_share_their_maps_so_nothing_is_hidden() {
    let (mut ann, mut ben) = (session("ann", 1), session("ben", 2));
    ann.apply(&[add(1), Change::AddNote { text: "from ann".to_owned() }], at(0)).unwrap();
    ben.apply(&[add(2), Change::AddNote { text: "from ben".to_owned() }], at(0)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    assert_eq!(view.lines.len(), 2);
    assert_eq!(view.notes.len(), 2);
}

#[test]
fn two_prices_set_apart_are_both_shown_with_who_set_them() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[price(1, 4_175), quantity(1, 20)], at(1)).unwrap();
    ben.apply(&[price(1, 3_990), quantity(1, 30)], at(1)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    let of = |field| view.conflicts.iter().find(|conflict| conflict.field == field).unwrap();
    let prices = of(ConflictField::Price);
    let mut claims: Vec<_> = prices.values.iter().map(|c| (c.by.clone().unwrap(), c.value.clone())).collect();
    claims.sort();
    assert_eq!(claims, [("ann".into(), "given 41.7500".into()), ("ben".into(), "given 39.9000".into())]);
    assert_eq!(prices.values[0].value, view.lines[0].price.to_string(), "the value in force comes first");
    let cases = of(ConflictField::Quantity);
    assert_eq!(cases.values[0].value, view.lines[0].quantity.unwrap().to_string());
    assert_eq!(cases.values.len(), 2, "quantities are replaced, never added up");

    ann.apply(&[price(1, 4_000), quantity(1, 25)], at(2)).unwrap();
    assert_eq!(exchange(&mut ann, &mut ben).conflicts, []);
}

#[test]
fn choices_made_apart_are_shown_again_whichever_value_each_of_them_chose() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[quantity(1, 20)], at(1)).unwrap();
    ben.apply(&[quantity(1, 30)], at(1)).unwrap();
    exchange(&mut ann, &mut ben);
    ann.apply(&[quantity(1, 20)], at(2)).unwrap();
    ben.apply(&[quantity(1, 30)], at(2)).unwrap();
    let conflicts = exchange(&mut ann, &mut ben).conflicts;
    let mut values: Vec<_> = conflicts[0].values.iter().map(|claim| claim.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!((conflicts.len(), values), (1, vec!["20", "30"]), "neither choice is lost unsaid");

    ann.apply(&[quantity(1, 30)], at(3)).unwrap();
    ben.apply(&[quantity(1, 30)], at(3)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    assert_eq!((view.conflicts, view.lines[0].quantity), (Vec::new(), Some(30)), "both chose the same");
}

#[test]
fn two_customers_and_two_years_set_apart_are_shown() {
    let (mut ann, mut ben) = pair();
    for (draft, customer, year) in [(&mut ann, "C1", "2026-2027"), (&mut ben, "C2", "2027-2028")] {
        let customer = Change::SetCustomer { customer_id: customer.parse().unwrap() };
        let year = Change::SetSchoolYear { school_year: year.parse().unwrap() };
        draft.apply(&[customer, year], at(1)).unwrap();
    }
    let fields: Vec<_> =
        exchange(&mut ann, &mut ben).conflicts.iter().map(|conflict| conflict.field).collect();
    assert_eq!(fields, [ConflictField::Customer, ConflictField::SchoolYear]);
}

#[test]
fn the_same_value_set_apart_is_no_conflict() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[quantity(1, 20)], at(1)).unwrap();
    ben.apply(&[quantity(1, 20)], at(1)).unwrap();
    assert_eq!(exchange(&mut ann, &mut ben).conflicts, []);
}

#[test]
fn an_edit_of_a_line_taken_off_apart_is_still_seen() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[remove(1)], at(1)).unwrap();
    ben.apply(&[quantity(1, 77)], at(1)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    assert_eq!(view.lines, []);
    assert!(view.removed[0].changed_meanwhile);
    assert_eq!(view.removed[0].line.quantity, Some(77));

    ann.apply(&[Change::RestoreLine { line_id: line(1) }], at(2)).unwrap();
    assert_eq!(exchange(&mut ann, &mut ben).lines[0].quantity, Some(77));
}

#[test]
fn an_edit_before_the_removal_raises_no_flag() {
    let (mut ann, _) = pair();
    ann.apply(&[quantity(1, 77)], at(1)).unwrap();
    ann.apply(&[remove(1)], at(2)).unwrap();
    let view = ann.view().unwrap();
    assert!(!view.removed[0].changed_meanwhile);
    assert!(matches!(ann.apply(&[quantity(1, 5)], at(3)), Err(DraftError::Removed(_))));
}

#[test]
fn a_line_taken_off_and_put_back_apart_stays_visible() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[remove(1)], at(1)).unwrap();
    exchange(&mut ann, &mut ben);
    ann.apply(&[Change::RestoreLine { line_id: line(1) }], at(2)).unwrap();
    ben.apply(&[Change::RestoreLine { line_id: line(1) }], at(2)).unwrap();
    ben.apply(&[remove(1)], at(3)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    assert_eq!(view.lines.len(), 1);
    assert_eq!(view.conflicts[0].field, ConflictField::Removal);
}

#[test]
fn a_line_moves_where_it_is_put() {
    let mut draft = session("ann", 1);
    draft.apply(&[add(1), add(2), add(3)], at(0)).unwrap();
    let order = |draft: &Draft| draft.view().unwrap().lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let mut put = |number, after: Option<u32>| {
        draft.apply(&[Change::MoveLine { line_id: line(number), after: after.map(line) }], at(1)).unwrap();
        order(&draft)
    };
    assert_eq!(put(3, None), [line(3), line(1), line(2)]);
    assert_eq!(put(3, Some(1)), [line(1), line(3), line(2)]);
    assert_eq!(put(1, Some(2)), [line(3), line(2), line(1)]);
}

fn put_after(number: u32, after: Option<u32>) -> Change {
    Change::MoveLine { line_id: line(number), after: after.map(line) }
}

fn numbers(view: &DraftView) -> Vec<LineId> {
    view.lines.iter().map(|line| line.id.clone()).collect()
}

/// Two people with the same saved draft of three lines.
fn pair_of_three() -> (Draft, Draft) {
    let (mut ann, mut ben) = pair();
    ann.apply(&[add(2), add(3)], at(0)).unwrap();
    exchange(&mut ann, &mut ben);
    (ann, ben)
}

#[test]
fn a_line_moved_by_two_people_at_once_is_there_once_in_one_of_the_places() {
    let (mut ann, mut ben) = pair_of_three();
    ann.apply(&[put_after(3, None)], at(1)).unwrap();
    ben.apply(&[put_after(3, Some(1))], at(1)).unwrap();
    let order = numbers(&exchange(&mut ann, &mut ben));
    assert!(order == [line(3), line(1), line(2)] || order == [line(1), line(3), line(2)], "{order:?}");

    // Whoever moves it next puts it where they say.
    ben.apply(&[put_after(3, Some(2))], at(2)).unwrap();
    assert_eq!(numbers(&exchange(&mut ann, &mut ben)), [line(1), line(2), line(3)]);
}

#[test]
fn two_lines_moved_to_one_place_at_once_are_both_there_and_a_third_still_goes_where_it_is_put() {
    let (mut ann, mut ben) = pair_of_three();
    ann.apply(&[put_after(2, None)], at(1)).unwrap();
    ben.apply(&[put_after(3, None)], at(1)).unwrap();
    let order = numbers(&exchange(&mut ann, &mut ben));
    assert_eq!(order.len(), 3);
    assert_eq!(order[2], line(1), "both came before it");

    ann.apply(&[put_after(1, None)], at(2)).unwrap();
    let order = numbers(&exchange(&mut ann, &mut ben));
    assert_eq!((order.len(), &order[0]), (3, &line(1)));
}

#[test]
fn a_line_moved_while_another_takes_it_off_is_off_and_comes_back_where_it_was_put() {
    let (mut ann, mut ben) = pair_of_three();
    ann.apply(&[remove(3)], at(1)).unwrap();
    ben.apply(&[put_after(3, None)], at(1)).unwrap();
    let view = exchange(&mut ann, &mut ben);
    assert_eq!(numbers(&view), [line(1), line(2)]);
    let off: Vec<_> = view.removed.iter().map(|removed| removed.line.id.clone()).collect();
    assert_eq!(off, [line(3)]);

    ann.apply(&[Change::RestoreLine { line_id: line(3) }], at(2)).unwrap();
    assert_eq!(numbers(&exchange(&mut ann, &mut ben)), [line(3), line(1), line(2)]);
}

#[test]
fn taking_a_line_off_takes_nothing_away_that_others_put_into_it_apart() {
    let (mut ann, mut ben) = pair();
    let mut cleo = Draft::load(id(), &[ann.snapshot()], "cleo", actor(3)).unwrap();
    ann.apply(&[remove(1)], at(1)).unwrap();
    ben.apply(
        &[quantity(1, 77), Change::SetNote { line_id: line(1), note: Some("dock 4".to_owned()) }],
        at(1),
    )
    .unwrap();
    cleo.apply(&[price(1, 4_175), remove(1)], at(1)).unwrap();
    exchange(&mut ann, &mut ben);
    exchange(&mut ann, &mut cleo);
    let view = exchange(&mut ann, &mut ben);
    assert_eq!(view.lines, [], "two took it off");
    assert!(view.removed[0].changed_meanwhile, "a third went on with it, and is told so");

    ben.apply(&[Change::RestoreLine { line_id: line(1) }], at(2)).unwrap();
    let back = exchange(&mut ann, &mut ben).lines.remove(0);
    assert_eq!((back.item_code.as_str(), back.quantity), ("10001", Some(77)));
    assert_eq!((back.price.to_string(), back.note.as_deref()), ("given 41.7500".to_owned(), Some("dock 4")));
}

#[test]
fn clearing_the_remarks_leaves_a_remark_made_apart() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[Change::AddNote { text: "before 7am".to_owned() }], at(0)).unwrap();
    exchange(&mut ann, &mut ben);
    ann.apply(&[Change::ClearNotes], at(1)).unwrap();
    ben.apply(&[Change::AddNote { text: "dock 4".to_owned() }], at(1)).unwrap();
    assert_eq!(exchange(&mut ann, &mut ben).notes, ["dock 4"]);
}

#[test]
fn the_line_touched_last_is_known_after_a_reload() {
    let mut draft = session("ann", 1);
    draft.apply(&[add(1), add(2)], at(0)).unwrap();
    assert_eq!(draft.view().unwrap().last_touched, Some(line(2)));
    draft.apply(&[quantity(1, 20)], at(1)).unwrap();
    let loaded = Draft::load(id(), &[draft.snapshot()], "ann", actor(9)).unwrap();
    assert_eq!(loaded.view().unwrap().last_touched, Some(line(1)));
}

#[test]
fn one_session_id_in_two_places_is_found_out() {
    let (mut ann, _) = pair();
    let mut clone = ann.clone();
    ann.apply(&[quantity(1, 20)], at(1)).unwrap();
    clone.apply(&[quantity(1, 30)], at(1)).unwrap();
    let before = ann.view().unwrap();
    assert!(matches!(ann.merge_chunk(&clone.unsaved().unwrap()), Err(DraftError::ActorReused { .. })));
    assert_eq!(ann.view().unwrap(), before);
    let stored = [ann.snapshot()];
    assert!(matches!(Draft::load(id(), &stored, "ben", actor(1)), Err(DraftError::ActorOfAnother(_))));
}

#[test]
fn changes_whose_past_is_missing_are_an_error_and_change_nothing() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[quantity(1, 20)], at(1)).unwrap();
    save(&mut ann);
    ann.apply(&[quantity(1, 30)], at(2)).unwrap();
    let orphan = save(&mut ann);
    let before = ben.view().unwrap();
    assert!(matches!(ben.merge_chunk(&orphan), Err(DraftError::Incomplete(_))));
    assert!(matches!(Draft::load(id(), &[orphan], "ben", actor(3)), Err(DraftError::Incomplete(_))));
    assert_eq!(ben.view().unwrap(), before);
    assert!(matches!(Draft::load(id(), &[], "ben", actor(3)), Err(DraftError::Empty(_))));
}

#[test]
fn a_piece_of_another_draft_is_refused() {
    let (mut ann, _) = pair();
    let other: DraftId = "01J0OTHER00000000000000000".parse().unwrap();
    let piece = Draft::create(other, "ben", actor(2)).unwrap().unsaved().unwrap();
    assert!(matches!(ann.merge_chunk(&piece), Err(DraftError::OtherDraft { .. })));
    assert!(matches!(Draft::load(id(), &[piece], "ben", actor(2)), Err(DraftError::OtherDraft { .. })));
}

#[test]
fn a_chunk_survives_json_and_a_damaged_one_does_not() {
    let (ann, _) = pair();
    let chunk = ann.snapshot();
    let json = serde_json::to_string(&chunk).unwrap();
    assert_eq!(serde_json::from_str::<Chunk>(&json).unwrap(), chunk);
    let damaged = json.replacen("8", "9", 3);
    assert!(serde_json::from_str::<Chunk>(&damaged).is_err());
}

#[test]
fn one_edit_is_stored_in_at_most_150_bytes() {
    let mut draft = session("ann@fieldquote.example", 1);
    draft.apply(&(1..=50).map(add).collect::<Vec<_>>(), at(0)).unwrap();
    save(&mut draft);
    let mut largest = 0;
    for (second, change) in [quantity(7, 12_345), price(8, 12_345_678), remove(9)].into_iter().enumerate() {
        draft.apply(&[change], at(second as i64)).unwrap();
        largest = largest.max(save(&mut draft).bytes().len());
    }
    assert!(largest <= 150, "{largest} bytes");
}

proptest! {
    #[test]
    fn a_damaged_or_cut_chunk_is_an_error(place in 0usize..10_000, bit in 0u8..8, cut: bool) {
        let (ann, _) = pair();
        let chunk = ann.snapshot();
        let mut bytes = chunk.bytes().to_vec();
        let place = place % bytes.len();
        if cut { bytes.truncate(place) } else { bytes[place] ^= 1 << bit }
        let read = Chunk::stored(id(), chunk.kind(), chunk.heads().to_vec(), bytes, chunk.checksum());
        let damaged = matches!(read, Err(ChunkError::Damaged { .. }));
        prop_assert!(damaged);
    }
}

#[test]
fn a_draft_thrown_away_is_back_once_anybody_does_anything_to_it() {
    let (mut ann, mut ben) = pair();
    ann.apply(&[Change::Discard], at(1)).unwrap();
    assert!(ann.view().unwrap().is_discarded);
    assert!(exchange(&mut ann, &mut ben).is_discarded, "everybody hears of it");
    ann.apply(&[quantity(1, 12)], at(2)).unwrap();
    assert!(!ann.view().unwrap().is_discarded, "an edit afterwards");
    ann.apply(&[Change::Discard], at(3)).unwrap();
    assert!(ann.view().unwrap().is_discarded);
    ben.apply(&[quantity(1, 15)], at(3)).unwrap();
    assert!(!exchange(&mut ann, &mut ben).is_discarded, "an edit made apart");

    ann.apply(&[Change::Discard], at(4)).unwrap();
    ben.apply(&[Change::Discard], at(5)).unwrap();
    assert!(exchange(&mut ann, &mut ben).is_discarded, "thrown away by both");
    ben.apply(&[Change::Retrieve], at(6)).unwrap();
    assert!(!exchange(&mut ann, &mut ben).is_discarded);
}
