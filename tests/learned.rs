//! Words are learnt from what a person chose, for that person and that customer, and never over what the lists say;
//! what came close can take the place of what was taken, and that is a choice like any other.

use desk::chat::Answer;
use desk::import::Table;
use desk::{Code, Desk};
use domain::DraftId;
use drafting::chat::Slot;
use store::learned_words::LearnedKind;
use testkit::profile::{TestProfile, empty, monday, reopen};

use crate::scenario::count;

/// Two waffles and two muffins that their words do not tell apart, and three districts, two of one name.
fn market() -> TestProfile {
    let profile = empty("Dana").unwrap();
    let mut go_on = |_| std::ops::ControlFlow::Continue(());
    let mut load = |table, text: &str| {
        profile.desk.import_bytes(table, "list.csv", text.as_bytes(), false, &mut go_on).unwrap();
    };
    load(
        Table::Customers,
        "id,name,customer_type,city,state,entitystatus,aliases\n\
         C1,Cedar Falls Community School District,district,Cedar Falls,IA,active,\n\
         C2,Cedar Falls Unified School District,district,Cedar Falls,KS,active,\n\
         C3,Elm Grove Schools,district,Elm Grove,WI,active,the grove\n",
    );
    load(
        Table::SpecItems,
        "item_code,description,pack,category,aliases\n\
         10500,\"Waffle, maple, mini\",72 ct,breakfast,\n\
         10501,\"Waffle, maple, whole grain\",144 ct,breakfast,\n\
         10600,\"Muffin, banana\",48 ct,breakfast,\n\
         10601,\"Muffin, blueberry\",48 ct,breakfast,\n\
         10700,\"Pizza, cheese\",96 ct,pizza,round ones\n",
    );
    profile
}

fn begin(desk: &Desk, customer: &str) -> DraftId {
    desk.chat(&format!("quote {customer} for 2026-2027"), None).unwrap().draft.draft_id
}

fn say(desk: &Desk, id: &DraftId, message: &str) -> Answer {
    desk.chat(message, Some(id)).unwrap()
}

/// The number of the choice whose detail or label has this text, among those of a slot.
fn choice(answer: &Answer, slot: Slot, text: &str) -> u32 {
    let of_slot = answer.draft.questions.iter().filter(|question| question.slot == slot);
    of_slot
        .flat_map(|question| &question.choices)
        .find(|choice| choice.label.contains(text) || choice.detail.contains(text))
        .unwrap_or_else(|| panic!("{text} is not offered: {:?}", answer.draft.questions))
        .number
}

fn codes(answer: &Answer) -> Vec<String> {
    answer.draft.lines.iter().map(|line| line.item_code.to_string()).collect()
}

fn asks_item(answer: &Answer) -> bool {
    answer.draft.questions.iter().any(|question| question.slot == Slot::Item)
}

#[test]
fn what_was_chosen_once_is_taken_the_next_time_and_says_so() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();

    let next = begin(desk, "C1");
    let answer = say(desk, &next, "20 cases of WAFFLES");
    assert_eq!(codes(&answer), ["10501"], "{:?}", answer.draft.questions);
    let read = answer.understood.iter().find(|read| read.meant.contains("10501")).unwrap();
    assert_eq!(read.why, "you chose it before");
    assert!(read.alternatives.iter().any(|other| other.detail.contains("10500")), "{read:?}");

    let learnt = desk.learned_words().unwrap();
    assert_eq!(learnt.len(), 1);
    let word = &learnt[0];
    assert_eq!(
        (word.said.as_str(), word.target.as_str(), word.kind),
        ("waffles", "10501", LearnedKind::Item)
    );
    assert_eq!(word.customer_name.as_deref(), Some("Cedar Falls Community School District"));
    assert_eq!(
        (word.meant.as_deref(), word.detail.as_deref()),
        (Some("Waffle, maple, whole grain"), Some("144 ct"))
    );
}

#[test]
fn a_word_counts_for_the_customer_and_the_person_it_was_learnt_with() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    let elsewhere = begin(desk, "C3");
    assert!(asks_item(&say(desk, &elsewhere, "40 cases of waffles")));
    let colleague = reopen(profile.folder.path(), "Mike", monday(), 9, None).unwrap();
    let theirs = begin(&colleague, "C1");
    assert!(asks_item(&say(&colleague, &theirs, "40 cases of waffles")));
    assert!(colleague.learned_words().unwrap().is_empty());
}

#[test]
fn a_customer_s_name_is_learnt_too_and_a_state_said_beside_it_says_more() {
    let profile = market();
    let desk = &profile.desk;
    let asked = desk.chat("quote Cedar Falls for 2026-2027", None).unwrap();
    let id = asked.draft.draft_id.clone();
    desk.draft_answer(&id, choice(&asked, Slot::Customer, "KS")).unwrap();
    let next = desk.chat("quote cedar falls for 2026-2027", None).unwrap();
    assert_eq!(next.draft.customer.as_ref().unwrap().id.as_str(), "C2");
    assert!(next.understood.iter().any(|read| read.why == "you chose it before"), "{:?}", next.understood);
    let other = desk.chat("quote Cedar Falls IA for 2026-2027", None).unwrap();
    assert_eq!(other.draft.customer.as_ref().unwrap().id.as_str(), "C1");
}

#[test]
fn another_choice_replaces_it_and_none_of_these_teaches_nothing() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    say(desk, &id, "40 cases of waffles");
    say(desk, &id, "none of these");
    assert!(desk.learned_words().unwrap().is_empty());
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    let next = begin(desk, "C1");
    let answer = say(desk, &next, "20 cases of waffles");
    let place = answer.understood.iter().position(|read| read.meant.contains("10501")).unwrap();
    let other = answer.understood[place]
        .alternatives
        .iter()
        .position(|other| other.detail.contains("10500"))
        .unwrap();
    let picked = desk.draft_instead(&next, 1, place, other).unwrap();
    assert_eq!(codes(&picked), ["10500"]);
    let learnt = desk.learned_words().unwrap();
    assert_eq!((learnt.len(), learnt[0].target.as_str(), learnt[0].times), (1, "10500", 1));
    let third = begin(desk, "C1");
    assert_eq!(codes(&say(desk, &third, "20 cases of waffles")), ["10500"]);
}

#[test]
fn what_the_lists_call_so_is_called_so() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    // The lists learn the word afterwards, for the other.
    let mut go_on = |_| std::ops::ControlFlow::Continue(());
    let row = "item_code,description,pack,category,aliases\n10500,\"Waffle, maple, mini\",72 ct,breakfast,waffles\n";
    desk.import_bytes(Table::SpecItems, "list.csv", row.as_bytes(), false, &mut go_on).unwrap();
    let next = begin(desk, "C1");
    let answer = say(desk, &next, "20 cases of waffles");
    assert_eq!(codes(&answer), ["10500"], "{:?}", answer.understood);
}

#[test]
fn what_is_forgotten_is_asked_again() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    let asked = say(desk, &id, "10 cases of muffins");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10601")).unwrap();
    let learnt = desk.learned_words().unwrap();
    let waffles = learnt.iter().find(|word| word.said == "waffles").unwrap();
    desk.forget_word(waffles.id).unwrap();
    assert_eq!(desk.forget_word(waffles.id).unwrap_err().code, Code::NotFound);
    let next = begin(desk, "C1");
    assert!(asks_item(&say(desk, &next, "20 cases of waffles")));
    assert_eq!(desk.forget_words_of(&"C1".parse().unwrap()).unwrap(), 1);
    assert!(desk.learned_words().unwrap().is_empty());
}

#[test]
fn an_alternative_takes_the_place_is_kept_in_words_and_is_taken_back_in_one_step() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles at 33.50 and 12 cases of round ones");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    let next = begin(desk, "C1");
    let answer = say(desk, &next, "20 cases of waffles, 12 cases of round ones");
    assert_eq!(codes(&answer), ["10501", "10700"]);
    let place = answer.understood.iter().position(|read| read.meant.contains("10501")).unwrap();
    let picked = desk.draft_instead(&next, 1, place, 0).unwrap();
    assert_eq!(codes(&picked), ["10500", "10700"], "in its place");
    assert_eq!(picked.draft.lines[0].quantity, Some(20));
    let kept = desk.draft_messages(&next).unwrap();
    assert_eq!(kept.len(), 3);
    assert!(kept[2].message.contains("Waffle, maple, mini"), "{}", kept[2].message);
    // The old one cannot be replaced twice; the new one can, by what it replaced.
    assert_eq!(desk.draft_instead(&next, 1, place, 0).unwrap_err().code, Code::WrongState);
    let back = desk.draft_instead(&next, 2, 0, 0).unwrap();
    assert_eq!(codes(&back), ["10501", "10700"]);
    assert_eq!(count(desk, "SELECT count(*) FROM learned_words"), 1);
    desk.draft_undo(&next).unwrap();
    let undone = desk.draft_undo(&next).unwrap();
    let codes: Vec<&str> = undone.lines.iter().map(|line| line.item_code.as_str()).collect();
    assert_eq!(codes, ["10501", "10700"]);
    assert_eq!(desk.draft_instead(&next, 9, 0, 0).unwrap_err().code, Code::BadInput);
}

#[test]
fn what_it_learnt_is_in_a_backup() {
    let profile = market();
    let desk = &profile.desk;
    let id = begin(desk, "C1");
    let asked = say(desk, &id, "40 cases of waffles");
    desk.draft_answer(&id, choice(&asked, Slot::Item, "10501")).unwrap();
    let file = profile.folder.path().join("copy.backup");
    let passphrase = store::keys::Passphrase::new("another".to_owned());
    desk.backup(&file, &passphrase).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let home = elsewhere.path().join("home");
    let (world, _, _) = testkit::world::surroundings(monday(), 11);
    desk::backup::restore(&file, &passphrase, &home, &testkit::profile::keys(), false, world).unwrap();
    let restored = reopen(&home, "Dana", monday(), 12, None).unwrap();
    assert_eq!(restored.learned_words().unwrap().len(), 1);
    assert!(!restored.assistant().unwrap().on);
}
