//! What was done to a draft is told as it was done, and any two points of it can be compared.
#![allow(clippy::unwrap_used, clippy::panic)] // a broken assumption of a test is a failed test

use chrono::{DateTime, Utc};
use domain::{DraftId, LineId, Money};
use fieldquote_drafting::document::{Actor, Change, Draft, DraftView, Field, PriceRule, compare};

fn id() -> DraftId {
    "01J0DRAFT00000000000000000".parse().unwrap()
}

fn line(number: u32) -> LineId {
    format!("L{number}").parse().unwrap()
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + second, 0).unwrap()
}

fn actor(device: &str) -> Actor {
    Actor::of(&device.parse().unwrap(), [7; 6])
}

fn add(number: u32, quantity: u32) -> Change {
    Change::AddLine {
        line_id: line(number),
        item_code: format!("1{number:04}").parse().unwrap(),
        quantity: Some(quantity),
        price: PriceRule::List,
    }
}

fn quantity(number: u32, quantity: u32) -> Change {
    Change::SetQuantity { line_id: line(number), quantity }
}

/// Every deed as `field line before → after`.
fn told(draft: &Draft) -> Vec<String> {
    let history = draft.history();
    let deeds = history.iter().flat_map(|version| &version.deeds);
    deeds
        .map(|deed| {
            let field = serde_json::to_value(deed.field).unwrap();
            let item = deed.item_code.as_deref().unwrap_or("-");
            let (before, after) = (deed.before.join("|"), deed.after.as_deref().unwrap_or("-"));
            format!("{} {item} {before} → {after}", field.as_str().unwrap())
        })
        .collect()
}

#[test]
fn each_deed_says_what_was_and_what_became_of_it() {
    let mut draft = Draft::create(id(), "ann", actor("7KPXD6")).unwrap();
    let given = |cents| PriceRule::Given(Money::from_cents(cents).unwrap());
    for (second, changes) in [
        vec![Change::SetCustomer { customer_id: "C1".parse().unwrap() }, add(1, 10), add(2, 20)],
        vec![quantity(1, 15)],
        vec![Change::SetPrice { line_id: line(2), price: given(4_175) }],
        vec![Change::MoveLine { line_id: line(2), after: None }],
        vec![Change::RemoveLine { line_id: line(1) }],
        vec![Change::RestoreLine { line_id: line(1) }],
        vec![Change::AddNote { text: "dock 4".to_owned() }],
        vec![Change::RemoveNote { text: "dock 4".to_owned() }],
        vec![Change::UnsetQuantity { line_id: line(1) }],
    ]
    .into_iter()
    .enumerate()
    {
        draft.apply(&changes, at(second as i64)).unwrap();
    }
    let expected = [
        "customer -  → C1",
        "line 10001  → 10",
        "line 10002  → 20",
        "quantity 10001 10 → 15",
        "price 10002 list → given 41.7500",
        "place 10002  → -",
        "removal 10001  → true",
        "removal 10001 true → false",
        "note -  → dock 4",
        "note - dock 4 → -",
        "quantity 10001 15 → -",
    ];
    assert_eq!(told(&draft), expected);
    let loaded = Draft::load(id(), &[draft.snapshot()], "ben", actor("0Q2W3E")).unwrap();
    assert_eq!(loaded.history(), draft.history(), "compacting loses nothing of it");
}

#[test]
fn the_history_says_who_when_and_on_which_device_and_which_values_a_choice_settled() {
    let mut ann = Draft::create(id(), "ann", actor("7KPXD6")).unwrap();
    ann.apply(&[add(1, 10)], at(0)).unwrap();
    let mut ben = Draft::load(id(), &[ann.snapshot()], "ben", actor("0Q2W3E")).unwrap();
    ben.apply(&[quantity(1, 30)], at(5)).unwrap();
    ann.apply(&[quantity(1, 20)], at(9)).unwrap();
    ann.merge_chunk(&ben.snapshot()).unwrap();
    ann.apply(&[quantity(1, 25)], at(12)).unwrap();
    let history = ann.history();
    let who: Vec<_> = history
        .iter()
        .map(|version| {
            let device = version.device.as_ref().unwrap().as_str();
            (version.by.as_deref().unwrap(), device, (version.at - at(0)).num_seconds())
        })
        .collect();
    let (a, b) = ("7KPXD6", "0Q2W3E");
    assert_eq!(who, [("ann", a, 0), ("ben", b, 5), ("ann", a, 9), ("ann", a, 12)]);
    let mut settled = history[3].deeds[0].before.clone();
    settled.sort();
    assert_eq!(settled, ["20", "30"]);
    assert_eq!(history[2].heads.len(), 2, "what was done apart stands side by side");
    assert_eq!(history[3].heads, ann.heads());
}

#[test]
fn a_choice_is_told_whichever_of_the_values_it_chose() {
    for chosen in [20, 30] {
        let mut ann = Draft::create(id(), "ann", actor("7KPXD6")).unwrap();
        ann.apply(&[add(1, 10)], at(0)).unwrap();
        let mut ben = Draft::load(id(), &[ann.snapshot()], "ben", actor("0Q2W3E")).unwrap();
        ben.apply(&[quantity(1, 30)], at(5)).unwrap();
        ann.apply(&[quantity(1, 20)], at(9)).unwrap();
        ann.merge_chunk(&ben.snapshot()).unwrap();
        ann.apply(&[quantity(1, chosen)], at(12)).unwrap();
        let history = ann.history();
        let [deed] = &history[3].deeds[..] else { panic!("{:?}", history[3].deeds) };
        let mut settled = deed.before.clone();
        settled.sort();
        assert_eq!((deed.field, deed.after.clone()), (Field::Quantity, Some(chosen.to_string())));
        assert_eq!(settled, ["20", "30"], "{chosen} was chosen");
        assert_eq!(ann.view().unwrap().conflicts, []);
    }
}

#[test]
fn two_points_are_compared_line_by_line() {
    let mut draft = Draft::create(id(), "ann", actor("7KPXD6")).unwrap();
    draft
        .apply(&[add(1, 10), add(2, 20), add(3, 30), Change::AddNote { text: "dock 4".to_owned() }], at(0))
        .unwrap();
    let before = draft.heads();
    let changes = [
        quantity(1, 15),
        Change::RemoveLine { line_id: line(2) },
        add(4, 40),
        Change::MoveLine { line_id: line(3), after: None },
        Change::SetIncludePdf { include_pdf: true },
        Change::ClearNotes,
    ];
    draft.apply(&changes, at(1)).unwrap();
    let found = compare(&draft.view_at(&before).unwrap(), &draft.view().unwrap());
    let of = |fields: &[fieldquote_drafting::document::FieldCompared]| -> Vec<(Field, String)> {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        fields.iter().map(|f| (f.field, format!("{} → {}", text(&f.before), text(&f.after)))).collect()
    };
    assert_eq!(
        of(&found.header),
        [(Field::IncludePdf, "false → true".to_owned()), (Field::Note, "dock 4 → -".to_owned())]
    );
    let lines: Vec<_> = found
        .lines
        .iter()
        .map(|line| (line.item_code.as_str(), line.was_there, line.is_there, of(&line.fields)))
        .collect();
    let gone = |words: &[(Field, &str)]| -> Vec<(Field, String)> {
        words.iter().map(|(field, words)| (*field, (*words).to_owned())).collect()
    };
    assert_eq!(
        lines,
        [
            ("10003", true, true, gone(&[(Field::Place, "3 → 1")])),
            ("10001", true, true, gone(&[(Field::Quantity, "10 → 15")])),
            ("10004", false, true, gone(&[(Field::Quantity, "- → 40"), (Field::Price, "- → list")])),
            ("10002", true, false, gone(&[(Field::Quantity, "20 → -"), (Field::Price, "list → -")])),
        ]
    );
    let same = compare(&draft.view().unwrap(), &draft.view_at(&draft.heads()).unwrap());
    assert_eq!((same.header, same.lines), (Vec::new(), Vec::new()));
    assert_eq!(draft.view_at(&[]).unwrap(), DraftView::default());
    assert!(draft.view_at(&["00".to_owned()]).is_err());
}
