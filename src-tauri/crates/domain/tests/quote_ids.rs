//! Two offline devices cannot allocate one number, and every number is safe wherever it is a key.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use fieldquote_domain::quote_id::QuoteIdError;
use fieldquote_domain::{DeviceTag, IdSource, QuoteId, SchoolYear};
use proptest::prelude::*;

/// Draws that count up from a start, in base 32.
struct Counting(AtomicU64);

impl IdSource for Counting {
    fn ulid(&self) -> String {
        unreachable!("a tag is drawn, not timed")
    }

    fn below_or_equal(&self, upto: u64) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) % (upto + 1)
    }
}

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting(start).unwrap()
}

fn tag(text: &str) -> DeviceTag {
    text.parse().unwrap()
}

fn id(text: &str) -> QuoteId {
    text.parse().unwrap()
}

fn tags() -> impl Strategy<Value = DeviceTag> {
    "[0-9A-HJKMNP-TV-Z]{6}".prop_map(|text| tag(&text))
}

/// What NetSuite takes as an external id, and a URL and a file name survive.
fn safe(id: &QuoteId) -> bool {
    (1..=64).contains(&id.as_str().len())
        && id.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[test]
fn a_number_says_the_year_the_device_and_the_count() {
    let allocated = QuoteId::allocate(year(2026), &tag("K7F3QX"), 12);
    assert_eq!(allocated.as_str(), "Q-2627-K7F3QX-0012");
    assert_eq!(allocated.pdf_key(), "quotes/Q-2627-K7F3QX-0012.pdf");
    assert_eq!(QuoteId::allocate(year(2026), &tag("K7F3QX"), u32::MAX).as_str(), "Q-2627-K7F3QX-4294967295");
}

#[test]
fn a_tag_is_six_characters_that_survive_a_phone_call() {
    for text in ["", "K7F3Q", "K7F3QXX", "k7f3qx", "K7F3QI", "K7F3QL", "K7F3QO", "K7F3QU", "K7F-QX", "K7F3é"]
    {
        assert_eq!(text.parse::<DeviceTag>(), Err(QuoteIdError::Tag(text.to_owned())), "{text}");
    }
}

#[test]
fn a_drawn_tag_uses_the_whole_alphabet_one_draw_a_character() {
    let draws = Counting(AtomicU64::new(0));
    let drawn: String = (0..16).map(|_| DeviceTag::draw(&draws).as_str().to_owned()).collect();
    assert_eq!(drawn, "0123456789ABCDEFGHJKMNPQRSTVWXYZ".repeat(3));
}

#[test]
fn a_revision_replaces_the_revision_before_it() {
    let first = id("Q-2627-K7F3QX-0012");
    assert_eq!(first.revised(2).as_str(), "Q-2627-K7F3QX-0012-R2");
    assert_eq!(first.revised(2).revised(3).as_str(), "Q-2627-K7F3QX-0012-R3");
    assert_eq!(first.revised(9).revised(10).as_str(), "Q-2627-K7F3QX-0012-R10");
}

#[test]
fn only_a_whole_revision_mark_is_taken_for_one() {
    for (number, revised) in [
        ("Q-2627-R7F3QX-0012", "Q-2627-R7F3QX-0012-R2"),
        ("Q-2627-R12345-0012", "Q-2627-R12345-0012-R2"),
        ("SALES-R", "SALES-R-R2"),
        ("SALES-R2B", "SALES-R2B-R2"),
        ("-R7", "-R7-R2"),
        ("EST_1044", "EST_1044-R2"),
    ] {
        assert_eq!(id(number).revised(2).as_str(), revised);
    }
}

#[test]
fn the_longest_foreign_number_can_be_revised_and_stays_itself() {
    let long = |last: char| id(&format!("{}{last}", "X".repeat(63)));
    let revised = long('A').revised(u32::MAX);
    assert!(safe(&revised), "{revised}");
    assert_ne!(long('A').revised(2), long('B').revised(2), "they differ only where the cut falls");
    assert_eq!(long('A').revised(2).revised(3), long('A').revised(3));
}

#[test]
fn numbers_of_other_systems_are_taken_if_every_system_can_hold_them() {
    for text in ["EST1044", "q_1-2", "7", &"A".repeat(64)] {
        assert_eq!(id(text).as_str(), text);
    }
    for text in ["", "EST 1044", "EST.1044", "../x", "a/b", "Ä1", "Q#1", "Q-1\n", &"A".repeat(65)] {
        assert!(text.parse::<QuoteId>().is_err(), "{text}");
        assert!(serde_json::from_value::<QuoteId>(serde_json::Value::from(text)).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn two_devices_or_two_counts_or_two_years_never_share_a_number(
        devices in prop::collection::hash_set(tags(), 1..4),
        years in prop::collection::hash_set(2000_i32..=2098, 1..4),
        counts in prop::collection::hash_set(prop_oneof![0_u32..20_000, any::<u32>()], 1..5),
    ) {
        let mut seen = HashSet::new();
        for device in &devices {
            for &start in &years {
                for &count in &counts {
                    let number = QuoteId::allocate(year(start), device, count);
                    prop_assert!(safe(&number), "{}", number);
                    prop_assert!(seen.insert(number));
                }
            }
        }
    }

    #[test]
    fn no_revision_is_the_number_of_another_quote(
        device in tags(),
        start in 2000_i32..=2098,
        count in any::<u32>(),
        other in any::<u32>(),
        revision in 2_u32..50,
    ) {
        let number = QuoteId::allocate(year(start), &device, count);
        let revised = number.revised(revision);
        prop_assert!(safe(&revised));
        prop_assert_ne!(&revised, &number);
        let another = QuoteId::allocate(year(start), &device, other);
        prop_assert_ne!(&revised, &another);
        prop_assert_eq!(other == count, another.revised(revision) == revised);
    }

    #[test]
    fn every_revision_of_a_number_is_asked_of_any_of_them(
        text in "[A-Za-z0-9_-]{1,64}", first in 2_u32..=u32::MAX, then in 2_u32..=u32::MAX,
    ) {
        let number = id(&text);
        prop_assert!(safe(&number.revised(first)));
        prop_assert_eq!(number.revised(first).revised(then), number.revised(then));
    }

    #[test]
    fn a_number_reads_back_from_text_and_json(device in tags(), count in any::<u32>()) {
        let number = QuoteId::allocate(year(2026), &device, count);
        prop_assert_eq!(number.to_string().parse(), Ok(number.clone()));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<QuoteId>(&json).unwrap(), number);
    }
}
