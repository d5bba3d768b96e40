//! What reps write, and what must come of it.
#![allow(clippy::unwrap_used, clippy::panic)] // a broken assumption of a test is a failed test

mod market;

use market::{Conversation, Ids, Market, asked, day};

use fieldquote_drafting::chat::{ChatError, Slot, understand};
use fieldquote_drafting::document::DraftView;

/// Message, draft after it, questions open after it. Each is said to a draft for Cedar Falls, Iowa, 2026-2027.
const BEGUN: &[(&str, &str, &str)] = &[
    // Items by code, with a count in every usual place.
    ("120 cases of 10412", "10412 x120 list", ""),
    ("add 10412", "10412 x? list", "quantity[0]"),
    ("10412 x 120", "10412 x120 list", ""),
    ("10412 x120", "10412 x120 list", ""),
    ("120 x 10412", "10412 x120 list", ""),
    ("120 of 10412", "10412 x120 list", ""),
    ("10412: 120", "10412 x120 list", ""),
    ("10412 qty 120", "10412 x120 list", ""),
    ("10412 120 cs", "10412 x120 list", ""),
    ("120cs 10412", "10412 x120 list", ""),
    ("1,200 cases of 10412", "10412 x1200 list", ""),
    ("a dozen cases of 10412", "10412 x12 list", ""),
    ("bb-200, 15 cases", "BB-200 x15 list", ""),
    // Items by words, typos, plurals and shorthand.
    ("40 cs maple waffles", "10500 x40 list", ""),
    ("40 cs maple waffels", "10500 x40 list", ""),
    ("3 cases of ckn patties", "20100 x3 list", ""),
    ("3 cases brded chkn nuggets", "20110 x3 list", ""),
    ("20 cases choc milk", "30200 x20 list", ""),
    ("20 cases WG pepperoni pizza", "10420 x20 list", ""),
    ("12 cases mac and cheese", "30100 x12 list", ""),
    ("12 cases mac and cheese and 4 cases pinto beans", "30100 x12 list | 60100 x4 list", ""),
    ("8 cs bean and cheese burritos", "BB-200 x8 list", ""),
    (
        "120 cases of 10412, 40 cs maple waffles and 3 cases of ckn patties",
        "10412 x120 list | 10500 x40 list | 20100 x3 list",
        "",
    ),
    ("add pancake syrup and banana muffins", "70100 x? list | 50100 x? list", "quantity[0]"),
    ("add 40 banana muffins", "50100 x40 list", ""),
    // Numbers that describe.
    ("5 cases 4/5 lb chicken patty", "20100 x5 list", ""),
    ("5 cases 51% WG maple waffles", "10500 x5 list", ""),
    ("5 cases of 48 count blueberry waffles", "10502 x5 list", ""),
    ("5 cs 1% chocolate milk", "30200 x5 list", ""),
    // Ties are asked.
    ("40 cs waffles", "", "item[3]"),
    ("40 cs blueberry waffles", "", "item[2]"),
    ("10 cases pizza", "", "item[2]"),
    ("40 cs waffles and 10 cases pizza", "", "item[3] item[2]"),
    // Prices.
    ("120 cases of 10412 at 41.75", "10412 x120 given 41.7500", ""),
    ("120 cases of 10412 @ $41.75", "10412 x120 given 41.7500", ""),
    ("120 cases of 10412 at $41.7525 a case", "10412 x120 given 41.7525", ""),
    ("120 cases of 10412 for $1,041.75", "10412 x120 given 1041.7500", ""),
    ("120 cases of 10412, hold last year's prices", "10412 x120 last_year", ""),
    ("120 cases of 10412 at last year's price", "10412 x120 last_year", ""),
    ("120 cases of 10412, same prices as last year", "10412 x120 last_year", ""),
    ("120 cases of 10412 at list price", "10412 x120 list", ""),
    ("120 cases of 10412 +3%", "10412 x120 last_year +3%", ""),
    ("120 cases of 10412 up 3 percent", "10412 x120 last_year +3%", ""),
    ("120 cases of 10412, down 2%", "10412 x120 last_year -2%", ""),
    ("120 cases of 10412 3% over last year", "10412 x120 last_year +3%", ""),
    ("120 cases of 10412 at list plus 2.5%", "10412 x120 list +2.5%", ""),
    ("120 cases of 10412 5% off list", "10412 x120 list -5%", ""),
    (
        "10 cases 10412 at $40 and 5 cases 20100 at $30",
        "10412 x10 given 40.0000 | 20100 x5 given 30.0000",
        "",
    ),
    ("10 cs 10412, 5 cs 20100, all at +3%", "10412 x10 last_year +3% | 20100 x5 last_year +3%", ""),
    ("10 cs 10412, hold 2025-2026 pricing", "10412 x10 last_year", ""),
    ("120 cases of 10412 at $1.20 per lb", "10412 x120 list", "price[1]"),
    ("120 cases of 10412 at $0.45/serving", "10412 x120 list", "price[1]"),
    ("120 cases of 10412 at 3%", "10412 x120 list", "price[2]"),
    ("10 cs 10412, hold current prices", "10412 x10 list", "price[2]"),
    // Refusals.
    ("0 cases of 10412", "10412 x? list", "quantity[0]"),
    ("-5 cases of 10412", "10412 x? list", "quantity[0]"),
    ("2.5 cases of 10412", "10412 x? list", "quantity[0]"),
    ("100000000 cases of 10412", "10412 x? list", "quantity[0]"),
    ("120 cases of 10412 at $0", "", ""),
    ("120 cases of 10412 at -$5", "", ""),
    ("120 cases of 10412 down 100%", "", ""),
    ("5 cases of 99999", "", "item[0]"),
    ("5 cases of flying carpets", "", "item[0]"),
    ("don't add 10412", "", ""),
    ("what is the price of 10412?", "", ""),
    ("asdf qwerty", "", ""),
    // The usual.
    ("the usual breakfast items", "10500 x40 list", ""),
    ("same as last year", "10412 x200 list | 10500 x40 list", ""),
    ("the usual, +3%", "10412 x200 last_year +3% | 10500 x40 last_year +3%", ""),
    ("everything they bought in breakfast", "10500 x40 list", ""),
    ("same items as last year, hold last year's prices", "10412 x200 last_year | 10500 x40 last_year", ""),
    ("their usual seafood items", "", ""),
    // Politeness is not a puzzle, and a sentence is still read.
    ("can you add 20 cases of 10412 please?", "10412 x20 list", ""),
    (
        "hi, I need 20 cases of 10412 and also 5 cs of pancake syrup, thanks!",
        "10412 x20 list | 70100 x5 list",
        "",
    ),
    ("10412", "10412 x? list", "quantity[0]"),
];

#[test]
fn messages_to_a_begun_draft() {
    let mut wrong = Vec::new();
    for (message, lines, questions) in BEGUN {
        let mut conversation = Conversation::begun();
        let said = conversation.say(message);
        let expected =
            if lines.is_empty() { "C100 2026-2027".to_owned() } else { format!("C100 2026-2027 | {lines}") };
        if (conversation.short(), asked(&said)) != (expected, (*questions).to_owned()) {
            wrong.push(format!(
                "{message}\n   is {} ? {}\n   {:?}",
                conversation.short(),
                asked(&said),
                said.answers
            ));
        }
        let silent = said.changes.is_empty() && said.questions.is_empty() && said.answers.is_empty();
        assert!(!silent, "{message}: nothing came of it and nothing was said");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Message, day, draft, questions: the head of a new quote.
const HEADS: &[(&str, &str, &str, &str)] = &[
    ("quote Waterloo for 2026-2027", "2026-03-10", "C300 2026-2027", ""),
    ("quote for Waterloo 26-27", "2026-03-10", "C300 2026-2027", ""),
    ("Waterloo SY26-27", "2026-03-10", "C300 2026-2027", ""),
    ("new quote for C300, SY 2026-27", "2026-03-10", "C300 2026-2027", ""),
    ("quote Loo for the 2026/27 school year", "2026-03-10", "C300 2026-2027", ""),
    ("quote Waterlo for next school year", "2026-03-10", "C300 2026-2027", ""),
    ("quote Waterloo for this school year", "2026-03-10", "C300 2025-2026", ""),
    ("quote Waterloo for next school year", "2026-10-01", "C300 2027-2028", ""),
    ("quote Waterloo for next year", "2026-10-01", "C300 2027-2028", ""),
    ("quote Waterloo for this year", "2026-10-01", "C300 2026-2027", ""),
    ("quote Waterloo for this year", "2026-03-10", "C300 -", "year[2]"),
    ("quote Waterloo for next year", "2026-03-10", "C300 2026-2027", ""),
    ("quote Waterloo for next school year", "2026-07-10", "C300 2027-2028", ""),
    ("quote Waterloo SY27", "2026-03-10", "C300 2026-2027", ""),
    ("quote Waterloo fy27", "2026-03-10", "C300 2026-2027", ""),
    ("quote Waterloo for 2026-2028", "2026-03-10", "C300 -", "year[2]"),
    ("quote Waterloo for SY 2026", "2026-03-10", "C300 -", "year[2]"),
    ("quote Waterloo for 25-26 or 26-27", "2026-03-10", "C300 -", "year[2]"),
    ("quote Waterloo", "2026-03-10", "C300 -", "year[2]"),
    ("quote Cedar Falls 26-27", "2026-03-10", "- 2026-2027", "customer[2]"),
    ("quote Ceder Falls 26-27", "2026-03-10", "- 2026-2027", "customer[2]"),
    ("quote Cedar Falls, IA 26-27", "2026-03-10", "C100 2026-2027", ""),
    ("quote Cedar Falls Iowa for 26-27", "2026-03-10", "C100 2026-2027", ""),
    ("quote Cedar Falls in Wisconsin for 26-27", "2026-03-10", "C200 2026-2027", ""),
    ("quote Cedar Falls, TX 26-27", "2026-03-10", "- 2026-2027", "customer[2]"),
    ("quote CFCSD 26-27", "2026-03-10", "C100 2026-2027", ""),
    ("quote Springfield 26-27", "2026-03-10", "- 2026-2027", "customer[3]"),
    ("quote Springfield ISD 26-27", "2026-03-10", "C401 2026-2027", ""),
    ("quote Springfield Public Schools 26-27", "2026-03-10", "C400 2026-2027", ""),
    ("quote West Springfield 26-27", "2026-03-10", "C500 2026-2027", ""),
    ("quote Iowa City schools 26-27", "2026-03-10", "C600 2026-2027", ""),
    ("quote Lee’s Summit 26-27", "2026-03-10", "C700 2026-2027", ""),
    ("quote Atlantis 26-27", "2026-03-10", "- 2026-2027", "customer[0]"),
    ("2027 Waterloo 20 cases of 10412", "2026-03-10", "C300 - | 10412 x20 list", "year[2]"),
    ("Waterloo - 20 cases of 10412 - 2027", "2026-03-10", "C300 - | 10412 x20 list", "year[2]"),
    ("Waterloo '27", "2026-03-10", "C300 -", "year[2]"),
    ("Waterloo next year, 27-28", "2026-03-10", "C300 2027-2028", ""),
    ("W. Springfield 26-27", "2026-03-10", "C500 2026-2027", ""),
    (
        "20 cs 10412 26-27\n\nThanks\nPat Doe\nWaterloo Community Schools",
        "2026-03-10",
        "C300 2026-2027 | 10412 x20 list",
        "",
    ),
    (
        "quote Waterloo 20 cheese pizza 30 maple waffles 26-27",
        "2026-03-10",
        "C300 2026-2027 | 10412 x20 list | 10500 x30 list",
        "",
    ),
    ("quote Waterloo for Springfield ISD 26-27", "2026-03-10", "- 2026-2027", "customer[2]"),
    ("Waterloo needs 20 cases of 10412 for 26-27", "2026-03-10", "C300 2026-2027 | 10412 x20 list", ""),
    ("Waterloo: 20 cases of 10412, 26-27, with pdf", "2026-03-10", "C300 2026-2027 pdf | 10412 x20 list", ""),
    (
        "quote 20 cases of 10412 for Waterloo 26-27 no pdf",
        "2026-03-10",
        "C300 2026-2027 | 10412 x20 list",
        "",
    ),
    ("quote Waterloo maple waffles 26-27", "2026-03-10", "C300 2026-2027 | 10500 x? list", "quantity[0]"),
    ("quote Waterloo 26-27 valid until Mar 31", "2026-03-10", "C300 2026-2027 until 2026-03-31", ""),
    ("quote Waterloo 26-27 valid until March 1st", "2026-03-10", "C300 2026-2027 until 2027-03-01", ""),
    ("quote Waterloo 26-27, good for 30 days", "2026-03-10", "C300 2026-2027 until 2026-04-09", ""),
    ("quote Waterloo 26-27, expires 2026-05-15", "2026-03-10", "C300 2026-2027 until 2026-05-15", ""),
    ("quote Waterloo 26-27, good through 5/15", "2026-03-10", "C300 2026-2027 until 2026-05-15", ""),
    ("quote Waterloo 26-27, valid until end of June", "2026-03-10", "C300 2026-2027 until 2026-06-30", ""),
    ("quote Waterloo 26-27, valid until 2025-12-31", "2026-03-10", "C300 2026-2027", ""),
    (
        "quote Waterloo 26-27. note: deliver before 7am, dock 2",
        "2026-03-10",
        "C300 2026-2027 “deliver before 7am, dock 2”",
        "",
    ),
    (
        "Quote for Cedar Falls (IA): 10412 - 120 cases, 10500 - 40 cases, 26-27",
        "2026-03-10",
        "C100 2026-2027 | 10412 x120 list | 10500 x40 list",
        "",
    ),
    (
        "send Waterloo a quote for 26-27 with 30 cases of chicken nuggets",
        "2026-03-10",
        "C300 2026-2027 | 20110 x30 list",
        "",
    ),
    (
        "Quote 120 cases cheese pizza to Waterloo for 26-27",
        "2026-03-10",
        "C300 2026-2027 | 10412 x120 list",
        "",
    ),
    (
        "need a quote for Iowa City 26-27 school year\n10412 120\n10500 40\n20100 3",
        "2026-03-10",
        "C600 2026-2027 | 10412 x120 list | 10500 x40 list | 20100 x3 list",
        "",
    ),
    (
        "QUOTE WATERLOO 26-27 120 CASES OF 10412 HOLD LAST YEARS PRICES WITH PDF",
        "2026-03-10",
        "C300 2026-2027 pdf | 10412 x120 last_year",
        "",
    ),
    (
        "quote LSR7 for 26-27: 5 cases 10412 @ 41.75, 6 cs 10500 @ 22.10",
        "2026-03-10",
        "C700 2026-2027 | 10412 x5 given 41.7500 | 10500 x6 given 22.1000",
        "",
    ),
    ("20 cases of 10412", "2026-03-10", "- - | 10412 x20 list", "customer[0] year[2]"),
];

#[test]
fn heads_of_a_new_quote() {
    let mut wrong = Vec::new();
    for (message, today, draft, questions) in HEADS {
        let mut conversation = Conversation::new();
        conversation.today = day(today);
        let said = conversation.say(message);
        if (conversation.short().as_str(), asked(&said).as_str()) != (*draft, *questions) {
            wrong.push(format!(
                "{message}\n   is {} ? {}\n   {:?}",
                conversation.short(),
                asked(&said),
                said.answers
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is said one after another, and the draft at the end.
const TALKS: &[(&[&str], &str, &str)] = &[
    (&["10 cs 10412, 5 cs 20100", "drop the patties"], "10412 x10 list", ""),
    (&["10 cs 10412, 5 cs 20100", "drop the second one"], "10412 x10 list", ""),
    (&["10 cs 10412, 5 cs 20100", "remove line 1"], "20100 x5 list", ""),
    (&["10 cs 10412, 5 cs 20100", "drop 10412 and the patties"], "", ""),
    (
        &["10 cs 10412, 5 cs 20100", "drop the patties", "put the patties back"],
        "10412 x10 list | 20100 x5 list",
        "",
    ),
    (&["10 cs 10412, 5 cs 20100", "drop the burritos"], "10412 x10 list | 20100 x5 list", ""),
    (&["10 cs 10501, 5 cs 10502", "drop the waffles"], "", ""),
    (&["10 cs 10501, 5 cs 10502", "drop one of the waffles"], "10501 x10 list | 10502 x5 list", "line[2]"),
    (&["10 cs 10501, 5 cs 10502", "drop one of the waffles", "the 48 count"], "10501 x10 list", ""),
    (&["10 cs 10412, 5 cs 20100", "make the pizza 200"], "10412 x200 list | 20100 x5 list", ""),
    (&["10 cs 10412, 5 cs 20100", "make that 120"], "10412 x10 list | 20100 x120 list", ""),
    (&["10 cs 10412, 5 cs 20100", "change the pizza to 80 cases"], "10412 x80 list | 20100 x5 list", ""),
    (&["10 cs 10412, 5 cs 20100", "10412 x 200"], "10412 x200 list | 20100 x5 list", ""),
    (&["10 cs 10412", "20 more cases of 10412"], "10412 x30 list", ""),
    (&["10 cs 10412", "add 20 cases of 10412"], "10412 x10 list", "quantity[2]"),
    (&["10 cs 10412", "add 20 cases of 10412", "1"], "10412 x20 list", ""),
    (&["10 cs 10412, 5 cs 20100", "make the pizza $41.75"], "10412 x10 given 41.7500 | 20100 x5 list", ""),
    (&["10 cs 10412, 5 cs 20100", "10412 at 41.75"], "10412 x10 given 41.7500 | 20100 x5 list", ""),
    (
        &["10 cs 10412, 5 cs 20100", "change the price of 10412 to 40"],
        "10412 x10 given 40.0000 | 20100 x5 list",
        "",
    ),
    (&["10 cs 10412, 5 cs 20100", "all at +3%"], "10412 x10 last_year +3% | 20100 x5 last_year +3%", ""),
    (&["10 cs 10412, 5 cs 20100", "hold last year's prices"], "10412 x10 last_year | 20100 x5 last_year", ""),
    (&["10 cs 10412, 5 cs 20100", "+3%"], "10412 x10 list | 20100 x5 list", "line[2]"),
    (&["hold last year's prices", "10 cs 10412"], "10412 x10 last_year", ""),
    (
        &["10 cs 10412 at $41, 5 cs 20100", "hold last year's prices"],
        "10412 x10 given 41.0000 | 20100 x5 last_year",
        "",
    ),
    (
        &["10 cs 10412 at $41, 5 cs 20100", "all at +3%"],
        "10412 x10 last_year +3% | 20100 x5 last_year +3%",
        "",
    ),
    (&["10 cs 10412 at $1.20 per lb", "yes"], "10412 x10 given 1.2000", ""),
    (&["10 cs 10412 at $1.20 per lb", "none of these"], "10412 x10 list", ""),
    (&["add 10412 and 20100", "120 each"], "10412 x120 list | 20100 x120 list", ""),
    (&["add 10412 and 20100", "120 and 40"], "10412 x120 list | 20100 x40 list", ""),
    (&["add 10412", "120"], "10412 x120 list", ""),
    (&["40 cs waffles", "the maple ones"], "10500 x40 list", ""),
    (&["40 cs waffles", "10502"], "10502 x40 list", ""),
    (&["40 cs waffles", "blueberry"], "", "item[3]"),
    (&["40 cs waffles", "2"], "10502 x40 list", ""),
    (&["40 cs waffles", "the last one"], "10500 x40 list", ""),
    (&["40 cs waffles", "none of these"], "", ""),
    (&["40 cs waffles", "hold last year's prices", "maple"], "10500 x40 last_year", ""),
    (&["40 cs of 10502", "no, the 96 count"], "10501 x40 list", ""),
    (&["40 cs of 10502", "actually 50 cases"], "10502 x50 list", ""),
    (&["40 cs of 10502, with pdf", "no pdf"], "10502 x40 list", ""),
    (&["note: call first", "remove the note"], "", ""),
    (&["20 cs 10412", "swap 10412 for 10420"], "10420 x20 list", ""),
    (&["20 cs 10412", "replace the pizza with pepperoni pizza"], "10420 x20 list", ""),
    (&["20 cs 10412", "10412 needs to be 40"], "10412 x40 list", ""),
    (&["20 cs 10412", "it should be 25 cases"], "10412 x25 list", ""),
    (&["20 cs 10412", "make it 4%"], "10412 x20 list", "price[2]"),
    (&["20 cs 10412", "raise prices 3%", "actually make it 4%"], "10412 x20 last_year +4%", ""),
    (&["20 cs 10412 at 4%", "off list"], "10412 x20 list -4%", ""),
    (&["20 cs 10412 at 4%", "up 4 over list"], "10412 x20 list +4%", ""),
    (
        &["20 cs 10412, 5 cs nuggets", "lower the nuggets to $31.20"],
        "10412 x20 list | 20110 x5 given 31.2000",
        "",
    ),
    (&["20 cs 10412, 5 cs nuggets", "set all to 50"], "10412 x50 list | 20110 x50 list", ""),
    (&["20 cs 10412, 5 cs nuggets", "delete everything"], "", ""),
    (&["same as last year but drop the muffins"], "10412 x200 list | 10500 x40 list", ""),
    (
        &["everything from last year at +4%, make the pizza 250, drop the muffins"],
        "10412 x250 last_year +4% | 10500 x40 last_year +4%",
        "",
    ),
    (&["10412 10500 20100", "5 each"], "10412 x5 list | 10500 x5 list | 20100 x5 list", ""),
    (&["add cheese pizza 100, maple waffle 40"], "10412 x100 list | 10500 x40 list", ""),
    (&["add 96 blueberry waffles"], "10501 x? list", "quantity[0]"),
    (&["2 pallets of 10412"], "10412 x? list", "quantity[0]"),
    (&["100-120 cases of 10412"], "10412 x? list", "quantity[0]"),
];

#[test]
fn messages_that_follow_one_another() {
    let mut wrong = Vec::new();
    for (messages, lines, questions) in TALKS {
        let mut conversation = Conversation::begun();
        let said = messages.iter().map(|message| conversation.say(message)).last().unwrap();
        let expected =
            if lines.is_empty() { "C100 2026-2027".to_owned() } else { format!("C100 2026-2027 | {lines}") };
        if (conversation.short(), asked(&said)) != (expected, (*questions).to_owned()) {
            wrong.push(format!(
                "{messages:?}\n   is {} ? {}\n   {:?}",
                conversation.short(),
                asked(&said),
                said.answers
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_rep_in_the_kitchen_is_asked_one_thing_and_then_has_her_quote() {
    let mut conversation = Conversation::new();
    let said = conversation.say(
        "quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year, hold last year's prices, with pdf",
    );
    assert_eq!(conversation.short(), "- 2026-2027 pdf | 10412 x120 last_year");
    assert_eq!(said.answers, Vec::<String>::new());
    let [question] = &said.questions[..] else { panic!("{:?}", said.questions) };
    let shown: Vec<_> = question.choices.iter().map(|choice| choice.detail.as_str()).collect();
    assert_eq!(
        (question.slot, shown),
        (Slot::Customer, vec!["Cedar Falls, IA, C100", "Cedar Falls, WI, C200"])
    );

    let said = conversation.say("the Iowa one");
    assert_eq!(conversation.short(), "C100 2026-2027 pdf | 10412 x120 last_year | 10500 x40 last_year");
    assert_eq!(asked(&said), "", "what is usual comes with the cases it was last quoted with");
}

#[test]
fn a_customer_can_be_changed_and_corrected() {
    let mut conversation = Conversation::begun();
    for (message, customer) in [
        ("change the customer to Waterloo", "C300"),
        ("no, Springfield ISD", "C401"),
        ("customer is Cedar Falls IA", "C100"),
        ("no, the Wisconsin one", "C200"),
        ("change the year to 27-28", "C200"),
    ] {
        conversation.say(message);
        assert_eq!(conversation.view().customer_id.unwrap().as_str(), customer, "{message}");
    }
    assert_eq!(conversation.view().school_year.unwrap().to_string(), "2027-2028");
}

#[test]
fn a_year_that_was_asked_can_be_picked_in_any_way() {
    for reply in ["2026-2027", "26-27", "2", "the second one", "next", "#2"] {
        let mut conversation = Conversation::new();
        conversation.say("quote Waterloo for 25-26 or 26-27");
        conversation.say(reply);
        assert_eq!(conversation.short(), "C300 2026-2027", "{reply}");
    }
}

#[test]
fn a_year_that_a_message_answers_is_not_asked_again_by_it() {
    for doubtful in ["2026-2028", "25-26 or 26-27"] {
        let mut conversation = Conversation::new();
        conversation.say("quote Waterloo for 2026-2028");
        let said = conversation.say(&format!("2, {doubtful}"));
        assert_eq!((conversation.short().as_str(), asked(&said).as_str()), ("C300 2027-2028", ""));
        assert!(said.answers[0].starts_with("I did not take"), "{:?}", said.answers);
    }
}

#[test]
fn what_is_not_read_is_said() {
    let mut conversation = Conversation::begun();
    let said = conversation.say("5 cases of 10412 frobnicated");
    assert_eq!(said.answers, ["I did not understand “frobnicated”"]);
    let said = conversation.say("xyzzy plugh");
    assert_eq!(said.answers, ["I did not understand “xyzzy plugh”"]);
}

#[test]
fn what_was_understood_is_read_back_with_the_reason() {
    let mut conversation = Conversation::begun();
    let said = conversation.say("40 cs maple waffels at +3%");
    let read = &said.understood[0];
    assert_eq!(read.said, "maple waffels");
    assert_eq!(read.meant, "40 cases 10500 Waffle, maple, 51% WG, IW, +3% last year's price");
    assert_eq!(read.why, "the closest item by far");
}

#[test]
fn what_was_close_can_be_put_in_the_place_of_what_was_taken() {
    let mut conversation = Conversation::begun();
    let said = conversation.say("40 cs maple waffles");
    let offered: Vec<&str> =
        said.understood[0].alternatives.iter().map(|other| other.label.as_str()).collect();
    assert_eq!(offered, ["Waffle, blueberry, whole grain"; 0], "half of the words is not close");

    let said = conversation.say("5 cases turkey pepperoni pizzas and 7 cs cheese 4x6 WG ranch pizza");
    for understood in &said.understood {
        for other in &understood.alternatives {
            let mut draft = Conversation::begun();
            draft.say("40 cs maple waffles");
            draft.say("5 cases turkey pepperoni pizzas and 7 cs cheese 4x6 WG ranch pizza");
            let before = draft.view().lines.len();
            draft.apply(&other.changes);
            assert_eq!(draft.view().lines.len(), before, "one line for another");
        }
    }
    let said = Conversation::new().say("quote Cedar Falls IA 26-27");
    let [other] = &said.understood.iter().find(|read| read.meant.contains("C100")).unwrap().alternatives[..]
    else {
        panic!("{:?}", said.understood)
    };
    assert_eq!(other.detail, "Cedar Falls, WI, C200");
}

#[test]
fn a_message_too_long_is_refused() {
    let (market, ids) = (Market::default(), Ids::default());
    let long = "a".repeat(4_001);
    let refused = understand(&long, &DraftView::default(), &[], day("2026-03-10"), &market, &ids);
    assert!(matches!(refused, Err(ChatError::TooLong(4_001))));
    let longest = "5 cs 10412, ".repeat(333);
    assert!(understand(&longest, &DraftView::default(), &[], day("2026-03-10"), &market, &ids).is_ok());
}
