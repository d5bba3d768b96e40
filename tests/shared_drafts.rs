//! One draft on two devices, with a real central between them.

use crate::scenario::office::{APPROVER, Office, REP, pending, sync};
use crate::scenario::{MESSAGE, texts};
use desk::drafts::{DraftEdit, Fate};
use desk::{Code, Desk};
use domain::{ActionId, ActionStatus, DraftId, LineId};
use drafting::document::{ConflictField, Field};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::json;
use testkit::profile::TestProfile;

const SECOND: &str = "Ann";

fn three(office: &Office) -> (TestProfile, TestProfile, TestProfile) {
    let second = json!({ "name": SECOND, "role": "approver", "sales_rep": null });
    office.central.admin("/v1/admin/users", &second).unwrap();
    (office.device(REP, 11), office.device(APPROVER, 12), office.device(SECOND, 13))
}

fn quantity(line_id: &LineId, quantity: u32) -> DraftEdit {
    DraftEdit::SetQuantity { line_id: line_id.clone(), quantity }
}

fn released(approver: &Desk) {
    let gate = approver.approve(&pending(approver, "quote_draft"), None).unwrap().next_action.unwrap();
    assert!(approver.approve(&gate, None).unwrap().released);
}

#[test]
fn a_revision_drafted_on_one_device_and_released_on_another_sets_its_quote_aside_everywhere() {
    let office = Office::open();
    let (dana, mike) = (office.device(REP, 11), office.device(APPROVER, 12));
    let first = dana.desk.submit(&dana.desk.chat(MESSAGE, None).unwrap().draft.draft_id).unwrap().quote_id;
    sync(&dana.desk);
    sync(&mike.desk);
    released(&mike.desk);
    sync(&mike.desk);
    sync(&dana.desk);

    let draft = dana.desk.quote_revise(&first).unwrap();
    sync(&dana.desk);
    sync(&mike.desk);
    let there = mike.desk.draft(&draft.draft_id).unwrap();
    assert_eq!(there.revision_of, Some(first.clone()), "a colleague sees what the draft would set aside");
    assert_eq!(there.preview.unwrap().quote.revision_of, Some(first.clone()));

    let second = dana.desk.submit(&draft.draft_id).unwrap().quote_id;
    assert_eq!(second.as_str(), format!("{first}-R2"));
    sync(&dana.desk);
    sync(&mike.desk);
    released(&mike.desk);
    sync(&mike.desk);
    sync(&dana.desk);
    let status = |id: &domain::QuoteId| {
        let sql = format!("SELECT lifecycle_status FROM quotes WHERE id = '{id}'");
        let here = dana.desk.quote(id).unwrap().listed.lifecycle_status;
        assert_eq!(office.d1_one(&sql), json!(here), "the central and a device say one thing of {id}");
        here.as_str()
    };
    assert_eq!((status(&first), status(&second)), ("superseded", "approved"));
}

#[test]
fn two_values_for_one_line_are_shown_to_both_until_one_is_chosen() {
    let office = Office::open();
    let (dana, mike) = (office.device(REP, 11), office.device(APPROVER, 12));
    let draft = dana.desk.chat(MESSAGE, None).unwrap().draft;
    let (id, line): (_, LineId) = (draft.draft_id, draft.lines[0].line_id.clone());
    sync(&dana.desk);
    sync(&mike.desk);
    let set = |desk: &Desk, quantity: u32| {
        let edit = DraftEdit::SetQuantity { line_id: line.clone(), quantity };
        desk.draft_edit(&id, &[edit]).unwrap();
    };
    set(&dana.desk, 150);
    set(&mike.desk, 160);
    sync(&dana.desk);
    sync(&mike.desk);
    sync(&dana.desk);
    for desk in [&dana.desk, &mike.desk] {
        let shown = desk.draft(&id).unwrap();
        assert_eq!(shown.conflicts.len(), 1);
        assert!(shown.preview.is_none() && !shown.ready);
        assert_eq!(desk.drafts(1).unwrap()[0].conflict_count, 1);
    }
    let resolve = |value| mike.desk.draft_resolve(&id, ConflictField::Quantity, Some(&line), value);
    assert!(resolve("170").is_err(), "only a value that somebody set can be chosen");
    let shown = resolve("150").unwrap();
    assert_eq!((shown.conflicts.len(), shown.lines[0].quantity), (0, Some(150)));
    sync(&mike.desk);
    sync(&dana.desk);
    let shown = dana.desk.draft(&id).unwrap();
    assert_eq!((shown.conflicts.len(), shown.lines[0].quantity, shown.ready), (0, Some(150), true));
}

/// A draft that everybody has; Ann has gone on with it where there was no connection, and Dana has submitted it.
fn overtaken(dana: &TestProfile, mike: &TestProfile, ann: &TestProfile) -> (DraftId, ActionId) {
    let draft = dana.desk.chat(MESSAGE, None).unwrap().draft;
    let (id, line) = (draft.draft_id, draft.lines[0].line_id.clone());
    for device in [dana, mike, ann] {
        sync(&device.desk);
    }
    ann.desk.draft_edit(&id, &[quantity(&line, 200)]).unwrap();
    let action = dana.desk.submit(&id).unwrap().action_id;
    sync(&dana.desk);
    sync(&mike.desk);
    assert_eq!(mike.desk.draft(&id).unwrap().action_id, Some(action.clone()), "he has it before him");
    (id, action)
}

fn is_void_everywhere(devices: [&TestProfile; 3], draft: &DraftId, action: &ActionId) {
    for device in devices {
        let (shown, user) = (device.desk.action(action).unwrap().listed, device.desk.user());
        assert_eq!(shown.status, ActionStatus::Voided, "on {user}'s device");
        let standing = device.desk.draft(draft).unwrap();
        assert_eq!((standing.status.as_str(), standing.action_id), ("open", None), "on {user}'s device");
        assert_eq!(standing.lines[0].quantity, Some(200), "on {user}'s device");
        assert_eq!(device.desk.sync_status().unwrap().parked, 0, "on {user}'s device");
    }
}

#[test]
fn an_edit_made_before_its_writer_knew_of_the_submission_voids_it_on_every_device() {
    let office = Office::open();
    let (dana, mike, ann) = three(&office);
    let (draft, action) = overtaken(&dana, &mike, &ann);
    // Her device sees that what was submitted is not what she has, whether or not Dana's is there.
    sync(&ann.desk);
    ann.desk.sweep().unwrap();
    sync(&ann.desk);
    for device in [&mike, &dana] {
        sync(&device.desk);
        device.desk.sweep().unwrap();
        sync(&device.desk);
    }
    is_void_everywhere([&dana, &mike, &ann], &draft, &action);
    let why = mike.desk.action(&action).unwrap().void_reason;
    assert!(why.is_some_and(|why| why.contains("changed after it was submitted")));
}

#[test]
fn an_approver_who_has_it_open_does_not_approve_what_was_overtaken() {
    let office = Office::open();
    let (dana, mike, ann) = three(&office);
    let (draft, action) = overtaken(&dana, &mike, &ann);
    let seen = mike.desk.action(&action).unwrap().listed.payload_hash;
    // Her edit reaches him while he decides: no device has had the time to say what follows from it.
    sync(&ann.desk);
    let mut refused = None;
    let watched = std::sync::Arc::clone(&mike.desk);
    let decide = |_: &desk::sync::Report| {
        if refused.is_none() && watched.draft(&draft).unwrap().lines[0].quantity == Some(200) {
            refused = Some(watched.approve_shown(&action, seen, None).unwrap_err().code);
        }
    };
    mike.desk.sync_once(decide).unwrap();
    // Had he been slower, his device would have found out for him.
    assert!(matches!(refused, Some(Code::ActionChanged | Code::NotPending)), "{refused:?}");
    assert_eq!(mike.desk.approve_shown(&action, seen, None).unwrap_err().code, Code::NotPending);
    for device in [&mike, &dana, &ann, &mike] {
        sync(&device.desk);
        device.desk.sweep().unwrap();
        sync(&device.desk);
    }
    is_void_everywhere([&dana, &mike, &ann], &draft, &action);
    assert_eq!(office.d1_one("SELECT count(*) FROM quotes WHERE run_id IS NOT NULL"), json!(0));
    assert_eq!(office.d1_one("SELECT count(*) FROM decisions"), json!(0));
}

#[test]
fn everybody_is_told_the_same_story_of_a_draft_and_can_compare_any_two_points_of_it() {
    let office = Office::open();
    let (dana, mike) = (office.device(REP, 11), office.device(APPROVER, 12));
    let draft = dana.desk.chat(MESSAGE, None).unwrap().draft;
    let (id, line) = (draft.draft_id, draft.lines[0].line_id.clone());
    sync(&dana.desk);
    sync(&mike.desk);
    mike.desk.draft_edit(&id, &[quantity(&line, 160)]).unwrap();
    sync(&mike.desk);
    sync(&dana.desk);
    let other = texts(&dana.desk, "SELECT id FROM customers WHERE id <> 'C10001' ORDER BY id").remove(0);
    dana.desk.draft_edit(&id, &[DraftEdit::SetCustomer { customer_id: other.parse().unwrap() }]).unwrap();
    sync(&dana.desk);
    sync(&mike.desk);

    let told = |desk: &Desk| {
        let history = desk.draft_history(&id, 100).unwrap();
        assert_eq!(history.total, history.entries.len());
        history.entries
    };
    let (hers, his) = (told(&dana.desk), told(&mike.desk));
    let plain = |entries: &[desk::drafts::HistoryEntry]| {
        entries.iter().map(|one| (one.number, one.version.clone(), one.words.clone())).collect::<Vec<_>>()
    };
    assert_eq!(plain(&hers), plain(&his));
    let who: Vec<_> = hers.iter().map(|one| (one.by.as_deref().unwrap(), one.is_here)).collect();
    assert_eq!(who, [(REP, true), (APPROVER, false), (REP, true)]);
    assert_eq!(hers[1].device.as_deref(), Some(mike.made.device_tag.as_str()));
    assert_eq!(hers[1].words, ["10412: 120 cases → 160 cases"]);
    assert!(hers[2].words.contains(&"120 cases of 10412".to_owned()), "{:?}", hers[2].words);

    let found = dana.desk.draft_compare(&id, "1", "now").unwrap();
    let [line] = &found.lines[..] else { panic!("{:?}", found.lines) };
    assert_eq!((line.fate, line.item_code.as_str()), (Fate::Changed, "10412"));
    let quantity = &line.fields[0];
    assert_eq!(quantity.field, Field::Quantity);
    assert_eq!(
        (quantity.before.as_deref(), quantity.after.as_deref()),
        (Some("120 cases"), Some("160 cases"))
    );
    let name = |id: &str| dana.desk.customer(&id.parse().unwrap()).unwrap().customer.name;
    assert_eq!(found.header[0].before, Some(name("C10001")), "a customer is told by name");
    assert_eq!(found.header[0].after, Some(name(&other)));
    let named = mike.desk.draft_compare(&id, &his[1].version, &his[0].version).unwrap();
    assert_eq!((named.lines.len(), named.header.len()), (0, 1));
    let begun = mike.desk.draft_compare(&id, "start", "now").unwrap();
    assert_eq!(begun.lines.iter().map(|line| line.fate).collect::<Vec<_>>(), [Fate::Added, Fate::Added]);
    for unknown in ["4", "zzzz", "", "abc"] {
        assert_eq!(
            mike.desk.draft_compare(&id, unknown, "now").unwrap_err().code,
            Code::BadInput,
            "{unknown}"
        );
    }
}

#[test]
fn three_devices_that_edit_and_sync_whenever_they_can_have_one_draft_in_the_end() {
    let office = Office::open();
    let (dana, mike, ann) = three(&office);
    let devices = [&dana, &mike, &ann];
    let id = dana.desk.chat(MESSAGE, None).unwrap().draft.draft_id;
    for device in devices {
        sync(&device.desk);
    }
    let mut dice = ChaCha20Rng::seed_from_u64(20_260_727);
    let mut made = 2;
    for _ in 0..90 {
        let desk = &devices[dice.random_range(0..3)].desk;
        let shown = desk.draft(&id).unwrap();
        let line_id = |dice: &mut ChaCha20Rng| match shown.lines.len() {
            0 => "none".parse().unwrap(),
            many => shown.lines[dice.random_range(0..many)].line_id.clone(),
        };
        let edit = match dice.random_range(0..10) {
            0 => {
                made += 1;
                let quantity = Some(dice.random_range(1..90));
                DraftEdit::AddLine { item_code: "20825".parse().unwrap(), quantity, price: None }
            }
            1..4 => quantity(&line_id(&mut dice), dice.random_range(1..900)),
            4 => DraftEdit::SetPrice {
                line_id: line_id(&mut dice),
                price: format!("{}.25", dice.random_range(9..60)),
            },
            5 => DraftEdit::MoveLine { line_id: line_id(&mut dice), after: None },
            6 => DraftEdit::RemoveLine { line_id: line_id(&mut dice) },
            7 => {
                desk.draft_undo(&id).ok();
                continue;
            }
            _ => {
                sync(desk);
                continue;
            }
        };
        // A line that somebody took off meanwhile is not edited.
        desk.draft_edit(&id, &[edit]).ok();
    }
    for device in devices.iter().chain(&devices) {
        sync(&device.desk);
    }
    let stands = |desk: &Desk| {
        let shown = desk.draft(&id).unwrap();
        let history = desk.draft_history(&id, usize::MAX).unwrap();
        let newest = &history.entries[0];
        let lines: Vec<_> = shown
            .lines
            .iter()
            .map(|line| (line.line_id.clone(), line.quantity, line.price.clone()))
            .collect();
        let removed: Vec<_> =
            shown.removed.iter().map(|line| (line.line_id.clone(), line.quantity)).collect();
        (lines, removed, shown.conflicts, newest.heads.clone(), history.total)
    };
    let one = stands(&dana.desk);
    assert_eq!(one, stands(&mike.desk));
    assert_eq!(one, stands(&ann.desk));
    assert_eq!(
        one.0.len() + one.1.len(),
        made,
        "every line that was added is shown, or among those taken off"
    );
    assert!(one.4 > 40, "{} changes", one.4);
}
