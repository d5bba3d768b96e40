//! One draft on two devices, with a real central between them.

use crate::scenario::MESSAGE;
use crate::scenario::office::{APPROVER, Office, REP, pending, sync};
use desk::Desk;
use desk::drafts::DraftEdit;
use domain::LineId;
use drafting::document::ConflictField;
use serde_json::json;

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
