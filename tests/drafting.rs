//! A draft in the hand: the grid and the chat write one document, it is seen as it would be submitted, and
//! what one did is taken back.

use crate::scenario::{count, draft};
use desk::drafts::{DraftEdit, DraftShown};
use desk::{Code, Desk};
use domain::{DraftId, Quote};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use testkit::profile::{monday, reopen, with_sample};

fn edits(edits: Value) -> Vec<DraftEdit> {
    serde_json::from_value(edits).unwrap()
}

/// What a person sees of a draft.
fn seen(draft: &DraftShown) -> Value {
    let lines = draft
        .lines
        .iter()
        .map(|line| json!([line.line_id, line.item_code, line.quantity, line.price, line.note]));
    json!({
        "customer": draft.customer.as_ref().map(|customer| &customer.id), "year": draft.school_year,
        "pdf": draft.include_pdf, "valid": draft.valid_until, "notes": draft.notes,
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn by_hand(desk: &Desk) -> DraftId {
    let id = desk.draft_new().unwrap().draft_id;
    let made = edits(json!([
        { "edit": "set_customer", "customer_id": "C10001" },
        { "edit": "set_school_year", "school_year": "2026-2027" },
        { "edit": "add_line", "item_code": "10412", "quantity": 120 },
        { "edit": "add_line", "item_code": "20817", "quantity": 40, "price": "$34.50" },
        { "edit": "set_include_pdf", "include_pdf": true },
    ]));
    desk.draft_edit(&id, &made).unwrap();
    id
}

#[test]
fn the_grid_and_the_chat_make_the_same_quote() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (said, made) = (desk.draft(&draft(desk)).unwrap(), desk.draft(&by_hand(desk)).unwrap());
    let (said, made) = (said.preview.unwrap(), made.preview.unwrap());
    let plain = |quote: Quote| {
        quote
            .lines
            .into_iter()
            .map(|line| (line.item_code, line.quantity, line.case_price))
            .collect::<Vec<_>>()
    };
    assert_eq!(said.quote.totals, made.quote.totals);
    assert_eq!(plain(said.quote), plain(made.quote));
}

#[test]
fn what_is_previewed_is_what_is_submitted_and_looking_takes_no_number() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = draft(desk);
    let shown = desk.draft(&id).unwrap();
    let again = desk.draft(&id).unwrap();
    let preview = shown.preview.unwrap();
    assert_eq!(preview.quote.id, again.preview.unwrap().quote.id);
    let pdf = desk.draft_pdf(&id).unwrap();
    let submitted = desk.submit(&id).unwrap();
    let payload = desk.action(&submitted.action_id).unwrap().payload;
    assert_eq!(serde_json::to_value(&preview.quote).unwrap(), payload["quote"]);
    assert_eq!(serde_json::to_value(&preview.flags).unwrap(), payload["flags"]);
    assert_eq!(serde_json::to_value(&preview.price_changes).unwrap(), payload["price_changes"]);
    assert_eq!(desk.action_pdf(&submitted.action_id).unwrap().sha256, pdf.sha256);
    assert_eq!((pdf.pages, pdf.stored), (1, false));

    let line = &shown.lines[1];
    assert_eq!(line.price, "given 34.5000");
    assert_eq!(line.extended.unwrap(), preview.quote.lines[1].extended);
    assert!(line.margin_pct.is_some() && line.below_floor.is_some(), "{line:?}");
    assert!(line.vs_last_year.as_deref().unwrap().ends_with('%'), "{line:?}");
}

#[test]
fn a_line_shows_what_it_comes_to_while_another_is_not_complete() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    let shown = desk.draft_edit(&id, &edits(json!([{ "edit": "add_line", "item_code": "10412" }]))).unwrap();
    assert!(shown.preview.is_none() && !shown.ready);
    assert!(shown.missing.unwrap().contains("no number of cases"));
    assert!(shown.lines[0].extended.is_some() && shown.lines[2].extended.is_none());
}

#[test]
fn of_edits_that_do_not_all_fit_none_is_made() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    let before = desk.draft(&id).unwrap();
    let line = &before.lines[0].line_id;
    for bad in [
        json!({ "edit": "add_line", "item_code": "NOSUCH" }),
        json!({ "edit": "set_customer", "customer_id": "NOBODY" }),
        json!({ "edit": "set_quantity", "line_id": line, "quantity": 0 }),
        json!({ "edit": "set_quantity", "line_id": "L404", "quantity": 5 }),
        json!({ "edit": "remove_line", "line_id": "L404" }),
        json!({ "edit": "set_price", "line_id": line, "price": "cheap" }),
        json!({ "edit": "set_price", "line_id": line, "price": "-3" }),
        json!({ "edit": "move_line", "line_id": line, "after": "L404" }),
    ] {
        let good = json!({ "edit": "set_quantity", "line_id": line, "quantity": 7 });
        let error = desk.draft_edit(&id, &edits(json!([good, bad]))).unwrap_err();
        assert!(error.code.is_input(), "{bad}: {error}");
        assert_eq!(seen(&desk.draft(&id).unwrap()), seen(&before), "{bad}");
    }
    assert!(desk.draft_edit(&id, &[]).is_ok());
}

#[test]
fn a_price_is_typed_as_people_write_it() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    let line = desk.draft(&id).unwrap().lines[0].line_id.clone();
    for (typed, rule) in [
        ("41.75", "given 41.7500"),
        ("$1,041.5", "given 1041.5000"),
        ("given 2", "given 2.0000"),
        ("LIST", "list"),
        ("list +3%", "list +3%"),
        ("last year -2.50", "last_year -2.5%"),
        ("last_year", "last_year"),
    ] {
        let set = edits(json!([{ "edit": "set_price", "line_id": line, "price": typed }]));
        assert_eq!(desk.draft_edit(&id, &set).unwrap().lines[0].price, rule, "{typed}");
    }
}

#[test]
fn only_an_edit_that_changes_something_voids_what_was_submitted() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    let submitted = desk.submit(&id).unwrap();
    let line = desk.draft(&id).unwrap().lines[0].line_id.clone();
    let set =
        |quantity: u32| edits(json!([{ "edit": "set_quantity", "line_id": line, "quantity": quantity }]));
    let same = desk.draft_edit(&id, &set(120)).unwrap();
    assert_eq!(same.action_id, Some(submitted.action_id.clone()));
    let other = desk.draft_edit(&id, &set(121)).unwrap();
    assert_eq!((other.status.as_str(), other.action_id), ("open", None));
    assert_eq!(desk.approve(&submitted.action_id, None).unwrap_err().code, Code::NotPending);
}

#[test]
fn a_choice_picked_by_its_number_is_kept_in_its_words() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let answer = desk.chat("120 cases of 10412 for Cedar Falls, 2026-2027", None).unwrap();
    let id = answer.draft.draft_id;
    let choice = answer.draft.questions[0].choices[1].clone();
    assert_eq!(desk.draft_answer(&id, 99).unwrap_err().code, Code::BadInput);
    let picked = desk.draft_answer(&id, choice.number).unwrap();
    assert!(
        picked.draft.questions.is_empty() && picked.draft.customer.is_some(),
        "{:?}",
        picked.draft.questions
    );
    let messages = desk.draft_messages(&id).unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[1].message, format!("{} ({})", choice.label, choice.detail));
    assert_eq!(messages[0].questions[0].choices.len(), answer.draft.questions[0].choices.len());
    assert_eq!(messages[1].understood.len(), 1);
}

#[test]
fn what_the_grid_settles_is_not_asked_any_more_and_what_waited_for_it_is_done() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let answer = desk.chat("the usual for Cedar Falls, 2026-2027", None).unwrap();
    let id = answer.draft.draft_id.clone();
    assert!(!answer.draft.questions.is_empty() && answer.draft.lines.is_empty(), "{:?}", answer.draft);
    let picked = edits(json!([{ "edit": "set_customer", "customer_id": "C10001" }]));
    let shown = desk.draft_edit(&id, &picked).unwrap();
    assert!(shown.questions.iter().all(|question| question.slot != drafting::chat::Slot::Customer));
    assert!(!shown.lines.is_empty(), "the usual waited for the customer");
    let back = desk.draft_undo(&id).unwrap();
    assert!(back.lines.is_empty() && back.customer.is_none());
    assert_eq!(back.questions.len(), answer.draft.questions.len(), "and is asked again");
}

#[test]
fn what_is_asked_again_after_an_undo_can_be_answered_again() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let asked = desk.chat("20 waffles", None).unwrap();
    let id = asked.draft.draft_id.clone();
    let of_item = |draft: &DraftShown| {
        let mut asked = draft.questions.iter();
        asked.find(|question| question.slot == drafting::chat::Slot::Item).cloned()
    };
    for place in [0, 1, 0] {
        let question = of_item(&desk.draft(&id).unwrap()).expect("there are several waffles");
        let picked = desk.draft_answer(&id, question.choices[place].number).unwrap();
        assert_eq!(picked.draft.lines.len(), 1, "{:?}", picked.draft.lines);
        assert!(of_item(&picked.draft).is_none());
        assert!(desk.draft_undo(&id).unwrap().lines.is_empty());
    }
}

#[test]
fn as_many_undos_as_edits_give_the_first_draft_and_as_many_redos_the_last() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    for seed in 0..5 {
        let mut dice = ChaCha20Rng::seed_from_u64(seed);
        let id = by_hand(desk);
        let mut shown = desk.draft(&id).unwrap();
        let mut states = Vec::new();
        for _ in 0..25 {
            let pick = |dice: &mut ChaCha20Rng, shown: &DraftShown| {
                let many = shown.lines.len();
                (many > 0).then(|| shown.lines[dice.random_range(0..many)].line_id.to_string())
            };
            let some = |line: Option<String>| line.unwrap_or_else(|| "none".to_owned());
            let line = some(pick(&mut dice, &shown));
            let edit = match dice.random_range(0..12) {
                0 => {
                    json!({ "edit": "add_line", "item_code": "20817", "quantity": dice.random_range(1..90) })
                }
                1 => {
                    json!({ "edit": "set_quantity", "line_id": line, "quantity": dice.random_range(1..900) })
                }
                2 => json!({ "edit": "set_price", "line_id": line, "price": "last_year" }),
                3 => {
                    json!({ "edit": "set_note", "line_id": line, "note": format!("n{}", dice.random_range(0..3)) })
                }
                4 => json!({ "edit": "move_line", "line_id": line, "after": pick(&mut dice, &shown) }),
                5 => json!({ "edit": "remove_line", "line_id": line }),
                6 => match shown.removed.first() {
                    Some(removed) => json!({ "edit": "restore_line", "line_id": removed.line_id }),
                    None => json!({ "edit": "clear_notes" }),
                },
                7 => json!({ "edit": "duplicate_line", "line_id": line }),
                8 => json!({ "edit": "set_include_pdf", "include_pdf": dice.random_bool(0.5) }),
                9 => {
                    json!({ "edit": "set_customer", "customer_id": format!("C1000{}", dice.random_range(1..4)) })
                }
                10 => json!({ "edit": "add_note", "text": format!("note {}", dice.random_range(0..3)) }),
                _ => json!({ "edit": "set_valid_until", "valid_until": "2027-01-31" }),
            };
            let before = seen(&shown);
            let Ok(after) = desk.draft_edit(&id, &edits(json!([edit]))) else { continue };
            if seen(&after) != before {
                assert!(after.can_undo && !after.can_redo, "{:?}", after.undo_label);
                states.push((before, seen(&after)));
            }
            shown = after;
        }
        assert!(states.len() > 8, "seed {seed} changed hardly anything");
        for (before, _) in states.iter().rev() {
            assert_eq!(seen(&desk.draft_undo(&id).unwrap()), *before, "seed {seed}");
        }
        for (_, after) in &states {
            assert_eq!(seen(&desk.draft_redo(&id).unwrap()), *after, "seed {seed}");
        }
        assert_eq!(desk.draft_redo(&id).unwrap_err().code, Code::WrongState);
    }
}

#[test]
fn an_undo_says_what_it_takes_back_and_survives_a_restart() {
    let profile = with_sample("Mike").unwrap();
    let id = draft(&profile.desk);
    profile.desk.chat("make the pizza 130 cases", Some(&id)).unwrap();
    drop(profile.desk);
    let desk = reopen(profile.folder.path(), "Mike", monday(), 12, None).unwrap();
    let shown = desk.draft(&id).unwrap();
    assert_eq!(shown.undo_label.as_deref(), Some("130 cases of 10412"));
    let back = desk.draft_undo(&id).unwrap();
    assert_eq!((back.lines[0].quantity, back.redo_label.as_deref()), (Some(120), Some("130 cases of 10412")));
}

#[test]
fn undo_and_redo_are_words_too_and_a_removed_line_comes_back_as_before() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = draft(desk);
    let before = seen(&desk.draft(&id).unwrap());
    desk.chat("make the pizza 130 cases", Some(&id)).unwrap();
    let back = desk.chat("oops, undo that please", Some(&id)).unwrap();
    assert_eq!(seen(&back.draft), before);
    assert_eq!(back.understood[0].meant, "taken back: 130 cases of 10412");
    let again = desk.chat("redo", Some(&id)).unwrap();
    assert_eq!(again.draft.lines[0].quantity, Some(130));
    assert_eq!(desk.draft_messages(&id).unwrap().len(), 4, "what was said is kept");

    let nothing = desk.chat("redo", Some(&id)).unwrap();
    assert_eq!(nothing.answers, ["nothing was taken back that could be made again"]);
    desk.chat("drop the pizza", Some(&id)).unwrap();
    let put_back = desk.chat("put it back", Some(&id)).unwrap();
    assert_eq!(put_back.draft.lines.len(), 2, "{:?}", put_back.answers);
}

#[test]
fn nobody_takes_back_what_somebody_else_did_or_went_on_from() {
    let profile = with_sample("Dana").unwrap();
    let dana = &profile.desk;
    let id = by_hand(dana);
    let line = dana.draft(&id).unwrap().lines[0].line_id.clone();
    let set =
        |quantity: u32| edits(json!([{ "edit": "set_quantity", "line_id": line, "quantity": quantity }]));
    dana.draft_edit(&id, &edits(json!([{ "edit": "add_note", "text": "dock 4" }]))).unwrap();
    dana.draft_edit(&id, &set(200)).unwrap();
    let mike = reopen(profile.folder.path(), "Mike", monday(), 11, None).unwrap();
    assert!(!mike.draft(&id).unwrap().can_undo, "what Dana did is hers to take back");
    mike.draft_edit(&id, &set(300)).unwrap();

    let refused = dana.draft_undo(&id).unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
    assert!(refused.message.contains("200 cases of 10412"), "{refused}");
    let shown = dana.draft(&id).unwrap();
    assert_eq!(shown.lines[0].quantity, Some(300), "what Mike set stays");
    assert_eq!(dana.draft_undo(&id).unwrap().notes, Vec::<String>::new(), "and the step before is next");
}

#[test]
fn a_draft_that_became_a_quote_shows_what_was_approved_and_is_not_taken_back() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    crate::scenario::released(desk);
    let shown = desk.draft(&desk.drafts(1).unwrap()[0].draft_id).unwrap();
    assert_eq!(shown.status.as_str(), "closed");
    assert!(shown.preview.is_none() && shown.missing.is_none() && !shown.can_undo);
    let quote = desk.quote(shown.quote_id.as_ref().unwrap()).unwrap().quote;
    assert_eq!(shown.lines[1].extended, Some(quote.lines[1].extended));
    assert_eq!(desk.draft_undo(&shown.draft_id).unwrap_err().code, Code::WrongState);
    let listed = desk.drafts(1).unwrap().remove(0);
    assert_eq!((listed.line_count, listed.total), (2, quote.totals.total));
    assert_eq!(count(desk, "SELECT count(*) AS n FROM draft_undo"), 1, "one message made it");
}

#[test]
fn a_question_for_a_price_is_settled_when_the_price_comes_with_the_list() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let said = desk.chat("40 cases of 10412 for C10001, 2029-2030", None).unwrap().draft;
    assert_eq!(said.questions.len(), 1, "{:?}", said.questions);
    assert!(!said.ready);
    let list = "customer_id,item_code,school_year,case_price\nC10001,10412,2029-2030,41.75\n";
    let table = "pricing_master".parse().unwrap();
    let mut on = |_| std::ops::ControlFlow::Continue(());
    desk.import_bytes(table, "list.csv", list.as_bytes(), false, &mut on).unwrap();
    let now = desk.draft(&said.draft_id).unwrap();
    assert!(now.questions.is_empty() && now.ready, "{:?}", now.missing);
    assert!(desk.submit(&said.draft_id).is_ok());
}

#[test]
fn a_draft_thrown_away_is_not_submitted_and_can_be_brought_back() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    let away = desk.discard_draft(&id).unwrap();
    assert!(away.is_discarded && !away.ready);
    assert!(desk.drafts(1).unwrap()[0].is_discarded);
    assert_eq!(desk.submit(&id).unwrap_err().code, Code::WrongState);
    assert!(!desk.retrieve_draft(&id).unwrap().is_discarded);
    let told = desk.draft_history(&id, 2).unwrap().entries;
    assert_eq!([&told[1].words, &told[0].words], [&["thrown away"], &["brought back"]]);

    desk.submit(&id).unwrap();
    assert_eq!(desk.discard_draft(&id).unwrap_err().code, Code::WrongState, "it waits for approval");
}

#[test]
fn what_was_asked_about_is_what_it_means() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let id = by_hand(desk);
    desk.chat("what is the margin on 10412?", Some(&id)).unwrap();
    let draft = desk.chat("make it 90", Some(&id)).unwrap().draft;
    let counts: Vec<_> = draft.lines.iter().map(|line| line.quantity).collect();
    assert_eq!(counts, [Some(90), Some(40)]);
}
