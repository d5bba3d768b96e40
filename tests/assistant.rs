//! An assistant may put into plain sentences what the chat made nothing of, and nothing else: it sees no cost, it
//! answers no question, and what it writes is checked like what a person types.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use desk::chat::Answer;
use desk::import::Table;
use desk::{Code, Desk};
use domain::DraftId;
use testkit::model::{Model, Says};
use testkit::profile::{TestProfile, with_sample};

use crate::scenario::{count, draft};

/// A message the chat makes nothing of.
const ROUNDABOUT: &str = "Blimey, the wee ones go through sixty of those rounds, folks reckon";

fn asking(says: impl IntoIterator<Item = Says>) -> (TestProfile, Model) {
    let profile = with_sample("Mike").unwrap();
    let model = Model::saying(says).unwrap();
    profile.desk.set_assistant(&model.url(), "stand-in-1", None).unwrap();
    (profile, model)
}

fn say(desk: &Desk, id: &DraftId, message: &str) -> Answer {
    desk.chat(message, Some(id)).unwrap()
}

fn trouble(answer: &Answer) -> &str {
    answer.assistant.as_ref().unwrap().trouble.as_deref().unwrap()
}

#[test]
fn off_is_the_way_it_begins_and_means_that_nothing_is_sent() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    assert!(!desk.assistant().unwrap().on);
    let model = Model::saying([]).unwrap();
    let id = draft(desk);
    desk.set_assistant(&model.url(), "stand-in-1", Some("sk-1")).unwrap();
    let off = desk.turn_assistant_off().unwrap();
    assert!(!off.on && !off.has_key && off.url == model.url());
    let answer = say(desk, &id, ROUNDABOUT);
    assert!(answer.assistant.is_none() && answer.understood.is_empty() && !answer.answers.is_empty());
    assert_eq!(desk.try_assistant(&AtomicBool::new(false)).unwrap_err().code, Code::WrongState);
    assert!(model.asked().is_empty());
}

#[test]
fn only_what_nothing_was_made_of_is_sent() {
    let (profile, model) = asking([]);
    let desk = &profile.desk;
    let id = draft(desk);
    for message in
        ["make the 10412 150 cases", "with pdf", "#1", "raise all prices 3%", "waffles", "20 cases of 99999"]
    {
        say(desk, &id, message);
    }
    desk.chat("120 cases of pizza for Cedar Falls", None).unwrap();
    let sent: Vec<String> = model.asked().into_iter().map(|asked| asked.text).collect();
    assert_eq!(sent.len(), 1, "an unknown item alone is asked about: {sent:?}");
    say(desk, &id, ROUNDABOUT);
    assert_eq!(model.asked().len(), 2);
}

#[test]
fn its_sentences_are_understood_like_a_person_s_and_taken_back_in_one_step() {
    let (profile, model) =
        asking([Says::Sentences(vec!["60 cases of 10412", "60 cases of 20817 at 34.50", "make it sparkle"])]);
    let desk = &profile.desk;
    let id = draft(desk);
    let before = desk.draft(&id).unwrap();
    let message = format!("{ROUNDABOUT}, and 34.50 as the tag");
    let answer = say(desk, &id, &message);
    let quantities = |draft: &desk::drafts::DraftShown| -> Vec<_> {
        draft.lines.iter().map(|line| (line.item_code.to_string(), line.quantity)).collect()
    };
    assert_eq!(quantities(&answer.draft), [("10412".to_owned(), Some(60)), ("20817".to_owned(), Some(60))]);
    let read = answer.assistant.as_ref().unwrap();
    assert_eq!((read.sentences.len(), &read.trouble), (3, &None));
    assert_eq!(answer.understood.len(), 3, "{:?}", answer.understood);
    assert!(answer.answers.iter().any(|said| said.contains("it sparkle")), "{:?}", answer.answers);

    // What is kept is what was answered, once.
    let kept = desk.draft_messages(&id).unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1].message, message);
    assert_eq!(kept[1].assistant, answer.assistant);
    assert_eq!(quantities(&desk.draft_undo(&id).unwrap()), quantities(&before));
    assert_eq!(model.asked().len(), 1);
}

#[test]
fn no_cost_no_credit_and_nobody_else_s_price_ever_leaves() {
    let (profile, model) = asking([Says::Raw(400, r#"{"error":{"message":"unknown field"}}"#.to_owned())]);
    let desk = &profile.desk;
    let mut go_on = |_| std::ops::ControlFlow::Continue(());
    let prices = "customer_id,item_code,school_year,case_price,cost_basis,margin_pct,effective_from,effective_to\n\
                  C10001,10412,2026-2027,41.7531,31.4159,24.76,2026-07-01,2027-06-30\n\
                  C10002,10412,2026-2027,47.1177,31.4159,33.32,2026-07-01,2027-06-30\n";
    desk.import_bytes(Table::PricingMaster, "prices.csv", prices.as_bytes(), false, &mut go_on).unwrap();
    let id = desk.chat("quote C10001 for 2026-2027: 120 cases of 10412", None).unwrap().draft.draft_id;
    say(desk, &id, ROUNDABOUT);
    let sent = model.asked();
    assert_eq!(sent.len(), 2, "asked again without a shape");
    for asked in &sent {
        assert!(asked.text.contains("41.7531") && asked.text.contains("10412"), "{}", asked.text);
        for secret in ["31.4159", "24.76", "47.1177", "33.32", "C10002", "cost", "margin", "credit"] {
            assert!(!asked.text.contains(secret), "{secret} left: {}", asked.text);
        }
        // The brief has these fields and no others.
        let told: serde_json::Value =
            serde_json::from_str(asked.body["messages"][1]["content"].as_str().unwrap()).unwrap();
        let fields: Vec<&String> = told.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["customer", "items", "lines", "message", "school_year", "today"]);
        let fields: Vec<&String> = told["lines"][0].as_object().unwrap().keys().collect();
        assert_eq!(fields, ["cases", "code", "description", "price"]);
        assert!(!told["items"].as_array().unwrap().is_empty() || told["items"].is_array());
        assert_eq!(asked.authorization, None);
    }
    assert!(sent[0].body["response_format"]["json_schema"]["strict"].as_bool().unwrap());
    assert!(sent[1].body.get("response_format").is_none());
}

#[test]
fn every_other_customer_s_figures_stay_here_whatever_is_asked_for() {
    let (profile, model) = asking([]);
    let desk = &profile.desk;
    let id = draft(desk);
    say(desk, &id, "Blimey, what do the others pay, and our cost, credit and margin, folks reckon");
    let sent = model.asked();
    let told: serde_json::Value =
        serde_json::from_str(sent[0].body["messages"][1]["content"].as_str().unwrap()).unwrap();
    let items = told["items"].to_string() + &told["lines"].to_string() + &told["customer"].to_string();
    let costs = crate::scenario::texts(
        desk,
        "SELECT DISTINCT cost_basis FROM pricing_master WHERE cost_basis IS NOT NULL",
    );
    let quoted: Vec<String> = told["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["price"].as_str().unwrap().to_owned())
        .collect();
    for cost in costs.iter().filter(|cost| !quoted.contains(cost)) {
        assert!(!items.contains(&format!("\"{cost}\"")), "{cost}");
    }
}

#[test]
fn what_it_may_not_do_it_does_not() {
    let (profile, _model) = asking([
        Says::Sentences(vec!["approve the quote", "submit it", "send the email to the customer"]),
        Says::Sentences(vec!["1000000000 cases of 10412", "make the 10412 0 cases"]),
        Says::Sentences(vec!["10412 at 1.00", "raise all prices 900%", "drop all prices 50%"]),
        Says::Sentences(vec!["note: you owe us money", "quote C10002", "price 10412 like C10002"]),
        Says::Sentences(vec!["#1", "1", "yes", "the first one", "none of these"]),
    ]);
    let desk = &profile.desk;
    let asked =
        desk.chat("quote C10001 for 2026-2027: 120 cases of 10412, 10 cases of waffles", None).unwrap();
    let id = asked.draft.draft_id.clone();
    assert!(!asked.draft.questions.is_empty());
    let seen = |draft: &desk::drafts::DraftShown| {
        let mut value = serde_json::to_value(draft).unwrap();
        value.as_object_mut().unwrap().remove("updated_at");
        value
    };
    let before = seen(&desk.draft(&id).unwrap());
    for round in 0..5 {
        let answer = say(desk, &id, ROUNDABOUT);
        assert!(answer.assistant.is_some());
        assert_eq!(seen(&desk.draft(&id).unwrap()), before, "round {round}: {:?}", answer.understood);
    }
    assert_eq!(count(desk, "SELECT count(*) FROM proposed_actions"), 0);
    assert_eq!(count(desk, "SELECT count(*) FROM decisions"), 0);
}

#[test]
fn what_it_leaves_open_is_asked_of_the_person() {
    let (profile, _model) = asking([Says::Sentences(vec!["10 cases of waffles", "quote Cedar Falls"])]);
    let desk = &profile.desk;
    let id = desk.draft_new().unwrap().draft_id;
    let answer = say(desk, &id, "Blimey, those folks go through ten of them griddled squares");
    assert!(answer.draft.lines.is_empty() && answer.draft.customer.is_none(), "{:?}", answer.understood);
    let slots: Vec<String> =
        answer.draft.questions.iter().map(|question| format!("{:?}", question.slot)).collect();
    assert_eq!(slots, ["Customer", "SchoolYear", "Item"], "{:?}", answer.draft.questions);
    let mut numbers: Vec<u32> = Vec::new();
    for question in &answer.draft.questions {
        assert!(question.choices.len() <= 5);
        numbers.extend(question.choices.iter().map(|choice| choice.number));
    }
    assert_eq!(numbers, (1..=u32::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    let picked = desk.draft_answer(&id, 1).unwrap();
    assert!(picked.draft.customer.is_some());
}

#[test]
fn our_own_answer_stands_when_it_cannot_help_and_says_why() {
    let (profile, model) = asking([
        Says::Text("Sure! Here you go: 60 cases.".to_owned()),
        Says::Raw(200, "<html>sign in</html>".to_owned()),
        Says::Raw(401, r#"{"error":{"message":"invalid api key"}}"#.to_owned()),
        Says::Raw(302, String::new()),
        Says::Text(format!(r#"{{"sentences":["{}"]}}"#, "x".repeat(400))),
        Says::Raw(200, "x".repeat(300_000)),
    ]);
    let desk = &profile.desk;
    let id = draft(desk);
    let before = desk.draft(&id).unwrap();
    let whys =
        ["does not read", "does not read", "401: invalid api key", "302", "longer than", "longer than"];
    for why in whys {
        let answer = say(desk, &id, ROUNDABOUT);
        assert!(trouble(&answer).contains(why), "{why}: {}", trouble(&answer));
        assert!(!answer.answers.is_empty() && answer.understood.is_empty());
        assert_eq!(answer.draft.lines.len(), before.lines.len());
        let kept = desk.draft_messages(&id).unwrap();
        assert_eq!(kept.last().unwrap().answers, answer.answers);
    }
    drop(model);
    let answer = say(desk, &id, ROUNDABOUT);
    assert!(trouble(&answer).contains("not reached"), "{}", trouble(&answer));
    assert_eq!(desk.try_assistant(&AtomicBool::new(false)).unwrap_err().code, Code::Unavailable);
}

#[test]
fn a_slow_answer_is_not_waited_for_and_waiting_can_be_stopped() {
    let late = Says::Late(Duration::from_secs(30));
    let (profile, model) = asking([late.clone(), late]);
    let desk = &profile.desk;
    let id = draft(desk);
    let begun = Instant::now();
    assert!(trouble(&say(desk, &id, ROUNDABOUT)).contains("within 2 seconds"));
    let answer = desk.chat_until(ROUNDABOUT, Some(&id), &AtomicBool::new(true)).unwrap();
    assert!(trouble(&answer).contains("you stopped it"));
    assert!(begun.elapsed() < Duration::from_secs(15));
    drop(model);
}

#[test]
fn nothing_waits_for_it_and_a_draft_changed_meanwhile_is_let_be() {
    let (profile, model) = asking([Says::Late(Duration::from_millis(1_500))]);
    let desk = &profile.desk;
    let id = draft(desk);
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| say(desk, &id, ROUNDABOUT));
        while model.asked().is_empty() {
            std::thread::sleep(Duration::from_millis(10));
        }
        // Writing goes on while it is waited for, and the message is kept already.
        say(desk, &id, "make the 10412 150 cases");
        assert_eq!(desk.draft_messages(&id).unwrap().len(), 3);
        asked.join().unwrap();
    });
    let kept = desk.draft_messages(&id).unwrap();
    assert_eq!(kept.len(), 3);
    assert!(kept[1].assistant.is_some() && kept[2].assistant.is_none());
    assert_eq!(desk.draft(&id).unwrap().lines[0].quantity, Some(150));
}

#[test]
fn a_key_goes_to_the_address_it_was_given_for_and_to_no_other() {
    let (profile, model) = asking([]);
    let desk = &profile.desk;
    desk.set_assistant(&model.url(), "stand-in-1", Some("sk-recognisable")).unwrap();
    desk.try_assistant(&AtomicBool::new(false)).unwrap();
    assert_eq!(model.asked()[0].authorization.as_deref(), Some("Bearer sk-recognisable"));
    let seen = |sql: &str| serde_json::to_string(&desk.query(sql, &[]).unwrap().rows).unwrap();
    assert!(!seen("SELECT * FROM settings").contains("recognisable"));
    assert!(desk.query("SELECT * FROM secrets", &[]).is_err());

    let elsewhere = Model::saying([]).unwrap();
    let shown = desk.set_assistant(&elsewhere.url(), "stand-in-1", None).unwrap();
    assert!(!shown.has_key);
    desk.try_assistant(&AtomicBool::new(false)).unwrap();
    assert_eq!(elsewhere.asked()[0].authorization, None);
    assert!(!elsewhere.asked()[0].text.contains("C10001"));
    for (url, named) in
        [("http://models.example.com/v1", "m"), ("nonsense", "m"), (&model.url() as &str, " ")]
    {
        assert_eq!(desk.set_assistant(url, named, None).unwrap_err().code, Code::BadInput);
    }
}
