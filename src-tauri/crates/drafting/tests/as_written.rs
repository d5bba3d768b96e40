//! Messages as they are dictated, mistyped, pasted and shortened.
#![allow(clippy::unwrap_used)] // a broken assumption of a test is a failed test

mod market;

use fieldquote_drafting::chat::Slot;
use market::{Conversation, asked};

/// What was said one after another comes to these lines and these open questions.
fn comes_to(messages: &[&str], lines: &str, questions: &str) {
    let mut conversation = Conversation::begun();
    let said = messages.iter().map(|message| conversation.say(message)).last().unwrap();
    let draft = conversation.short();
    let is = draft.strip_prefix("C100 2026-2027").unwrap_or(&draft).trim_start_matches(" | ");
    assert_eq!((is, asked(&said).as_str()), (lines, questions), "{messages:?}: {:?}", said.answers);
}

#[test]
fn numbers_that_are_dictated_count() {
    comes_to(&["thirty-five cases of 10412"], "10412 x35 list", "");
    comes_to(&["one hundred and twenty cases of the ranch pizza"], "10412 x120 list", "");
    comes_to(
        &["forty five of the maple waffles and twelve of the chicken nuggets"],
        "10500 x45 list | 20110 x12 list",
        "",
    );
    comes_to(&["ten cases of 10412 at thirty-eight fifty a case"], "10412 x10 given 38.5000", "");
    comes_to(&["ten cases of 10412, up two and a half percent"], "10412 x10 last_year +2.5%", "");
}

#[test]
fn a_list_parted_by_slashes_is_a_list() {
    comes_to(
        &["ranch pizza/120/maple waffles/40/ly price"],
        "10412 x120 last_year | 10500 x40 last_year",
        "",
    );
    comes_to(&["mac and cheese/12 cs/pinto beans/4"], "30100 x12 list | 60100 x4 list", "");
}

#[test]
fn counts_that_stand_together_go_to_their_items_in_order() {
    comes_to(&["maple waffles and chicken nuggets, 40 and 65"], "10500 x40 list | 20110 x65 list", "");
    comes_to(
        &["maple waffles, chicken nuggets, pinto beans, 24 each"],
        "10500 x24 list | 20110 x24 list | 60100 x24 list",
        "",
    );
}

#[test]
fn a_rule_said_once_at_the_end_is_of_all() {
    comes_to(
        &["20 cs 10412 40 cs maple waffles hold LY px"],
        "10412 x20 last_year | 10500 x40 last_year",
        "",
    );
    comes_to(
        &["hold last year's on 20 cs 10412 and 40 cs maple waffles"],
        "10412 x20 last_year | 10500 x40 last_year",
        "",
    );
}

#[test]
fn what_is_said_not_to_be_names_the_line() {
    comes_to(&["10 cs 10412, 5 cs 20100", "7 not 5"], "10412 x10 list | 20100 x7 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "nuggets not patties"], "10412 x10 list | 20110 x5 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "20110 instead of 20100"], "10412 x10 list | 20110 x5 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "change the 5 to 8"], "10412 x10 list | 20100 x8 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "no chicken patties this time"], "10412 x10 list", "");
}

#[test]
fn lines_are_priced_by_their_place() {
    comes_to(
        &["10 cs 10412, 5 cs 20100", "the first one at 41.75, the rest at last year's"],
        "10412 x10 given 41.7500 | 20100 x5 last_year",
        "",
    );
    comes_to(
        &["10 cs 10412, 5 cs 20100, all at +3%", "except the patties, those at 31.75"],
        "10412 x10 last_year +3% | 20100 x5 given 31.7500",
        "",
    );
}

#[test]
fn a_reply_that_says_more_than_a_choice_picks_none() {
    comes_to(&["10 cs 10412 at 3%", "make it 4% up"], "10412 x10 last_year +4%", "");
    comes_to(&["add 10412 and 20100", "120 for the pizza"], "10412 x120 list | 20100 x? list", "quantity[0]");
}

#[test]
fn a_heading_is_of_what_follows_it() {
    comes_to(&["waffles: 30 maple, 20 blueberry 96 ct"], "10500 x30 list | 10501 x20 list", "");
}

#[test]
fn mistyped_items_and_words_are_understood() {
    comes_to(&["ad 12 casses of pinto baens"], "60100 x12 list", "");
    comes_to(&["12 cs bananna mufins"], "50100 x12 list", "");
}

#[test]
fn rows_of_a_spreadsheet_are_lines() {
    comes_to(
        &[
            "Item\tDescription\tQty\tPrice\tExt\n10412\tPizza cheese\t20\t41.75\t835.00\n20100\tChicken patty\t5\t60.00\t300.00\n\t\t\t\t1,135.00",
        ],
        "10412 x20 given 41.7500 | 20100 x5 given 60.0000",
        "",
    );
    comes_to(&["Pinto beans\t6/#10\t12\nMaple waffles\t72 ct\t30"], "60100 x12 list | 10500 x30 list", "");
}

#[test]
fn a_price_said_of_all_leaves_out_what_is_excepted() {
    comes_to(
        &["10 cs 10412, 5 cs 20100", "hold last year's prices except the patties"],
        "10412 x10 last_year | 20100 x5 list",
        "",
    );
    comes_to(
        &["all at +3%: 10 cs 10412, 5 cs 20100. do the patties at 61.50"],
        "10412 x10 last_year +3% | 20100 x5 given 61.5000",
        "",
    );
    comes_to(
        &["10 cs 10412, 5 cs 20100", "hold last year's prices on the patties"],
        "10412 x10 list | 20100 x5 last_year",
        "",
    );
}

#[test]
fn an_answer_may_pick_several_each_with_its_count() {
    comes_to(&["10 cases pizza", "6 cheese 4 pepperoni"], "10412 x6 list | 10420 x4 list", "");
    comes_to(&["10 cases pizza", "both, 15 each"], "10420 x15 list | 10412 x15 list", "");
    comes_to(&["10 cases pizza", "half n half, 5 of each"], "10420 x5 list | 10412 x5 list", "");
    comes_to(&["10 cases pizza", "the cheese @ 41.75"], "10412 x10 given 41.7500", "");
    comes_to(
        &["10 cases pizza, 20 cs blueberry waffles", "cheese. 48 ct, up 2%"],
        "10412 x10 last_year +2% | 10502 x20 last_year +2%",
        "",
    );
}

#[test]
fn a_question_answers_nothing() {
    comes_to(&["10 cases pizza", "what was the cheese one last year?"], "", "item[2]");
}

#[test]
fn a_count_said_first_is_of_all_that_follow() {
    comes_to(
        &["8 cs each of: maple waffles, chicken nuggets, pinto beans"],
        "10500 x8 list | 20110 x8 list | 60100 x8 list",
        "",
    );
    comes_to(&["(1) maple waffles 20cs (2) chicken nuggets 8cs"], "10500 x20 list | 20110 x8 list", "");
}

#[test]
fn counts_change_as_people_say_it() {
    comes_to(&["10 cs 10412, 5 cs 20100", "the pizza 4 less"], "10412 x6 list | 20100 x5 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "drop the pizza, and 80 on the patties"], "20100 x80 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "second one 45"], "10412 x10 list | 20100 x45 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "make both 30"], "10412 x30 list | 20100 x30 list", "");
    comes_to(&["add 10412", "30 is fine"], "10412 x30 list", "");
    comes_to(&["2 pallets of 10412, that is 96 cases"], "10412 x96 list", "");
    comes_to(&["30 bags of pinto beans, I mean cases"], "60100 x30 list", "");
}

#[test]
fn fewer_cases_than_there_are_is_refused_and_said() {
    let mut conversation = Conversation::begun();
    conversation.say("10 cs 10412");
    let said = conversation.say("the pizza 12 less");
    assert_eq!(conversation.short(), "C100 2026-2027 | 10412 x10 list");
    assert_eq!(said.answers, ["A quantity is 1 to 99,999,999 cases, not 0"]);
}

#[test]
fn talk_of_a_line_points_at_it() {
    comes_to(
        &["10 cs 10412, 5 cs 20100", "they changed their mind on the pizza, take it back off"],
        "20100 x5 list",
        "",
    );
    comes_to(&["10 cs 10412, 5 cs 20100", "they said no to the patties"], "10412 x10 list", "");
    comes_to(&["10 cs 10412, 5 cs 20100", "forget the patties"], "10412 x10 list", "");
}

#[test]
fn what_adds_nothing_to_what_was_said_is_meant() {
    comes_to(&["6 cs cheese pizza"], "10412 x6 list", "");
    comes_to(&["6 cs chicken patties, not spicy"], "20100 x6 list", "");
    comes_to(&["12 pinto beans 6/#10"], "60100 x12 list", "");
}

#[test]
fn the_usual_waits_for_the_year_as_for_the_customer() {
    let mut conversation = Conversation::new();
    let said = conversation.say("the usual for Cedar Falls, IA");
    assert_eq!((conversation.short().as_str(), asked(&said).as_str()), ("C100 -", "year[2]"));
    conversation.say("26-27");
    assert_eq!(conversation.short(), "C100 2026-2027 | 10412 x200 list | 10500 x40 list");
}

#[test]
fn what_is_said_again_is_said_in_the_place_of_the_first() {
    comes_to(&["6 dozen... no just 12 cases maple waffles"], "10500 x12 list", "");
    comes_to(&["10 bags pinto... 10 cs pinto beans"], "60100 x10 list", "");
    comes_to(&["20 cs 10501", "no the 48"], "10502 x20 list", "");
}

#[test]
fn what_stands_without_a_count_heads_what_follows() {
    comes_to(&["waffles, 20 maple"], "10500 x20 list", "");
    comes_to(&["Subject: pizza order\n\n20 cs maple waffles"], "10500 x20 list", "");
}

#[test]
fn a_price_can_be_that_of_another_line() {
    comes_to(
        &["10 cs 10412 at 41.75, 5 cs 20100", "chicken patties same price as the pizza"],
        "10412 x10 given 41.7500 | 20100 x5 given 41.7500",
        "",
    );
}

#[test]
fn a_price_of_a_line_that_is_not_there_is_said_and_not_guessed() {
    let mut conversation = Conversation::begun();
    conversation.say("10 cs 10412 at 41.75");
    let said = conversation.say("5 cs 20100 same price as the muffins");
    assert_eq!(conversation.short(), "C100 2026-2027 | 10412 x10 given 41.7500 | 20100 x5 list");
    assert_eq!(said.answers, ["No one line of the draft is “muffins”"]);
}

#[test]
fn counts_that_were_taken_for_each_other_are_set_right() {
    comes_to(
        &["10 cs 10412, 5 cs 20100", "swap those, 5 pizza 10 patties"],
        "10412 x5 list | 20100 x10 list",
        "",
    );
    comes_to(&["10 cs 10412", "make it -4"], "10412 x10 list", "");
}

#[test]
fn what_would_take_the_place_of_a_line_is_not_added_beside_it() {
    let mut conversation = Conversation::begun();
    conversation.say("20 cs 10500");
    conversation.say("no, the blueberry");
    conversation.say("add blueberry 96 ct 12");
    assert!(conversation.short().contains("10500 x20"), "{}", conversation.short());
}

#[test]
fn talk_puts_nothing_in_the_place_of_a_line() {
    comes_to(&["10 cs 10412", "sorry, I am a bit pintoed"], "10412 x10 list", "");
    comes_to(&["10 cs 10412, 50 students on special diets"], "10412 x10 list", "");
}

#[test]
fn counts_are_said_of_each_and_as_of_another() {
    comes_to(&["maple waffles and chicken nuggets. 20 of each"], "10500 x20 list | 20110 x20 list", "");
    comes_to(
        &["10 cs maple waffles", "add chicken nuggets, same count as the waffles"],
        "10500 x10 list | 20110 x10 list",
        "",
    );
    comes_to(&["10412 half a dozen cases"], "10412 x6 list", "");
    comes_to(&["um twelve cases of uh maple waffles"], "10500 x12 list", "");
}

#[test]
fn what_is_excepted_can_be_held_priced_or_swapped() {
    comes_to(
        &["10 cs 10412, 5 cs maple waffles", "everything up 3% except the waffles, those at 31.50"],
        "10412 x10 last_year +3% | 10500 x5 given 31.5000",
        "",
    );
    comes_to(
        &["everything from last yr, up 3%, except the waffles hold that"],
        "10412 x200 last_year +3% | 10500 x40 last_year",
        "",
    );
}

#[test]
fn what_was_just_asked_about_can_be_left_out() {
    comes_to(&["10 cs 10412 and blueberry waffles... no skip that"], "10412 x10 list", "");
    // Who it is for is asked still, with its choices.
    let said = Conversation::new().say("quote Cedar Falls, drop that");
    let customer = said.questions.iter().find(|question| question.slot == Slot::Customer).unwrap();
    assert_eq!(customer.choices.len(), 2, "{:?}", said.answers);
    comes_to(&["10 cs 10501, 5 cs 10502", "drop one of the waffles", "the 48 count"], "10501 x10 list", "");
}

#[test]
fn prices_say_of_what_they_are() {
    comes_to(
        &["10 cs 10412, 5 cs maple waffles at last year's price"],
        "10412 x10 list | 10500 x5 last_year",
        "",
    );
    comes_to(
        &["10 cs 10412, 5 cs maple waffles", "what's the margin on the pizza?", "make it 22.10 a case"],
        "10412 x10 given 22.1000 | 10500 x5 list",
        "",
    );
}

#[test]
fn lists_shorten_words_and_are_asked_for_by_the_whole_word() {
    comes_to(&["20 mac n chs"], "30100 x20 list", "");
    comes_to(&["12 wfl mpl"], "10500 x12 list", "");
    comes_to(&["30 choc mlk 1%"], "30200 x30 list", "");
}

#[test]
fn codes_and_counts_come_by_turns() {
    comes_to(&["10412 60 20110 40 60100 5"], "10412 x60 list | 20110 x40 list | 60100 x5 list", "");
    comes_to(&["60 10412 40 20110"], "10412 x60 list | 20110 x40 list", "");
}

#[test]
fn as_many_prices_as_items_go_to_them_in_order() {
    comes_to(
        &["14 cs maple waffles and 18 cs pinto beans, 22.10 and 31.75"],
        "10500 x14 given 22.1000 | 60100 x18 given 31.7500",
        "",
    );
}

#[test]
fn a_price_said_apart_stands_whatever_is_said_of_all() {
    comes_to(
        &["40 maple waffles, 20 pinto beans both at 2% over last year. 10 nuggets at list"],
        "10500 x40 last_year +2% | 60100 x20 last_year +2% | 20110 x10 list",
        "",
    );
    comes_to(
        &[
            "40 maple waffles, 20 pinto beans",
            "same price as last year for everything but 2% up on the beans",
        ],
        "10500 x40 last_year | 60100 x20 last_year +2%",
        "",
    );
}

#[test]
fn what_is_excepted_is_kept_where_something_is_said_of_it() {
    comes_to(
        &["40 maple waffles, 20 pinto beans", "all at +2%", "except the beans, list on that"],
        "10500 x40 last_year +2% | 60100 x20 list",
        "",
    );
    comes_to(
        &["same as last year, same prices. except waffles 50"],
        "10412 x200 last_year | 10500 x50 last_year",
        "",
    );
}

#[test]
fn those_are_the_lines_that_came_together() {
    comes_to(
        &["10 nuggets", "20 maple waffles and 20 pinto beans", "make those 25"],
        "20110 x10 list | 10500 x25 list | 60100 x25 list",
        "",
    );
    comes_to(&["20 maple waffles and 20 pinto beans", "make that 25"], "10500 x20 list | 60100 x25 list", "");
}

#[test]
fn a_sentence_that_asks_names_no_line_and_takes_none_off() {
    comes_to(
        &["20 maple waffles and 20 pinto beans", "scratch the beans, and how much did that save them"],
        "10500 x20 list",
        "",
    );
    comes_to(&["12 maple waffles. how many packs in a case"], "10500 x12 list", "");
}

#[test]
fn a_pack_counts_nothing() {
    comes_to(&["14 cs pinto beans, canned, 6/#10"], "60100 x14 list", "");
    comes_to(&["pinto beans 27 cs 6/#10"], "60100 x27 list", "");
}

#[test]
fn no_count_below_one_is_taken() {
    comes_to(&["maple waffles 14. pinto beans -3"], "10500 x14 list | 60100 x? list", "quantity[0]");
    comes_to(&["zero of the pinto beans"], "60100 x? list", "quantity[0]");
    comes_to(&["half case of pinto beans"], "60100 x? list", "quantity[0]");
    comes_to(&["18 maple waffles", "make it 20, there's an extra Friday in there"], "10500 x20 list", "");
}

#[test]
fn what_is_picked_keeps_the_count_and_the_price_that_were_said_with_what_named_nothing() {
    comes_to(&["10 cases of 10499", "typo 10412"], "10412 x10 list", "");
    comes_to(&["blueberry waffles", "96 ct 30 cs at 41.75"], "10501 x30 given 41.7500", "");
}

#[test]
fn a_rule_said_of_all_is_of_what_is_picked_too() {
    comes_to(
        &["10 cases pizza", "30 cheese 20 turkey pepperoni, all at +2%"],
        "10412 x30 last_year +2% | 10420 x20 last_year +2%",
        "",
    );
}
