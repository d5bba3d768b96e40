//! Any text at all: read without harm, and nothing changed that is asked about.
#![allow(clippy::unwrap_used)] // a broken assumption of a test is a failed test

#[allow(dead_code)] // each test says its part
mod market;

use fieldquote_drafting::chat::Slot;
use fieldquote_drafting::document::{Change, PriceRule};
use market::Conversation;
use proptest::prelude::*;

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "quote",
        "Cedar",
        "Springfield",
        "West",
        "Waterloo",
        "ISD",
        "Public",
        "Schools",
        "IA",
        "MA",
        "R-7",
        "pizza",
        "cheese",
        "pepperoni",
        "beans",
        "can",
        "nuggets",
        "ones",
        "both",
        "half",
        "less",
        "fewer",
        "from",
        "wrote",
        "am",
        "line",
        "1",
        "lunch",
        "forget",
        "except",
        "over",
        "list",
        "on",
        "so",
        "actually",
        "\t",
        "(",
        ")",
        "bid",
        "reorder",
        "kitchen",
        "w",
        "40",
        "is",
        "fine",
        "put",
        "down",
        "Falls",
        "waffles",
        "10412",
        "120",
        "cases",
        "of",
        "at",
        "$",
        "41.75",
        "+",
        "3",
        "%",
        "-",
        "hold",
        "last",
        "year's",
        "prices",
        "next",
        "year",
        "26-27",
        "2026-2028",
        "drop",
        "make",
        "that",
        "the",
        "usual",
        "breakfast",
        "items",
        "with",
        "pdf",
        "no",
        ",",
        "and",
        ".",
        "for",
        "valid",
        "until",
        "Feb",
        "30",
        "note",
        ":",
        "all",
        "x",
        "per",
        "lb",
        "Iowa",
        "second",
        "one",
        "#",
        "2",
        "none",
        "same",
        "as",
        "everything",
        "\n",
        "?",
        "0",
        "change",
        "/",
        "not",
        "instead",
        "ly",
        "twenty",
        "hundred",
        "rest",
        "each",
        "customer",
        "to",
        "<b>",
        "'",
        "\"",
        "🍕",
        "\u{202e}",
        "—",
        "é",
        "99999999999999999999",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|words| words.join(" "))
}

fn sound(messages: &[String]) -> Result<(), TestCaseError> {
    let mut conversation = Conversation::begun();
    conversation.say("40 cs waffles and 3 cases of 20100");
    for message in messages {
        let before = conversation.view();
        let said = conversation.say(message);
        for question in &said.questions {
            prop_assert!(question.choices.len() <= 5);
            let touches = |change: &Change| match (question.slot, change) {
                (Slot::Customer, Change::SetCustomer { .. }) => true,
                (Slot::SchoolYear, Change::SetSchoolYear { .. }) => true,
                (Slot::Item, Change::AddLine { .. } | Change::RemoveLine { .. }) => {
                    question.choices.iter().any(|choice| choice.changes.contains(change))
                }
                (Slot::Line | Slot::Price | Slot::Quantity, change) => {
                    question.choices.iter().any(|choice| choice.changes.contains(change))
                        && matches!(change, Change::RemoveLine { .. })
                }
                _ => false,
            };
            prop_assert!(!said.changes.iter().any(touches), "{message}: {:?} {:?}", said.changes, question);
        }
        let mut numbers =
            said.questions.iter().flat_map(|question| &question.choices).map(|choice| choice.number);
        prop_assert!((1..).zip(&mut numbers).all(|(place, number)| place == number));
        let lines = conversation.view().lines.len() + conversation.view().removed.len();
        prop_assert!(lines >= before.lines.len() + before.removed.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_is_read_without_harm(message in any::<String>()) {
        sound(&[message])?;
    }

    #[test]
    fn any_sequence_of_known_words_changes_nothing_it_asks_about(messages in prop::collection::vec(pieces(), 1..3)) {
        sound(&messages)?;
    }
}

#[test]
fn hostile_text_is_read_without_harm() {
    for piece in [
        "5 cs ",
        "and ",
        "\"'<script>",
        "🍕🍕 ",
        "\u{202e}\u{200f}",
        "waffles ",
        "10412 ",
        "1/",
        "the usual ",
        "price ",
        "ä/Ⱥ ",
        "0\u{11d90}s ",
    ] {
        let message: String = piece.chars().cycle().take(4_000).collect();
        let mut conversation = Conversation::begun();
        conversation.say(&message);
        assert!(conversation.view().lines.iter().all(|line| line.price == PriceRule::List));
    }
}
