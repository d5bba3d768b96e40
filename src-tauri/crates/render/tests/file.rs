//! The file itself: reproducible, lean, fonts embedded, harmless whatever the texts, at any length.
#![allow(clippy::unwrap_used)] // in the functions the tests share

mod fixture;
mod poppler;

use std::process::Command;

use domain::{Program, QuoteLine, Sha256};
use fieldquote_render::{Pdf, PrintableQuote, REPLACEMENT, quote_pdf};
use poppler::{fonts, plain};
use proptest::prelude::*;

fn rendered(quote: &domain::Quote) -> Pdf {
    quote_pdf(&PrintableQuote::from(quote), &fixture::company()).unwrap()
}

const CHILD: &str = "FIELDQUOTE_RENDER_TEST_CHILD";

#[test]
fn the_same_quote_gives_the_same_bytes_in_this_process_and_in_another() {
    let quote = fixture::mixed();
    let first = rendered(&quote);
    if std::env::var_os(CHILD).is_some() {
        println!("hash:{}", first.sha256);
        return;
    }
    // Other documents between the two must not matter.
    rendered(&fixture::hostile());
    let second = rendered(&quote);
    assert!(first.bytes == second.bytes);
    assert_eq!(first.sha256, Sha256::of(&first.bytes));

    let name = "the_same_quote_gives_the_same_bytes_in_this_process_and_in_another";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    assert!(said.contains(&format!("hash:{}", first.sha256)), "{said}");
}

#[test]
fn another_quote_gives_other_bytes_and_another_identifier() {
    let identifier = |pdf: &Pdf| {
        let text = String::from_utf8_lossy(&pdf.bytes).into_owned();
        text.rsplit_once("/ID").unwrap().1.chars().take(40).collect::<String>()
    };
    let one = rendered(&fixture::quote(Program::Noi, 12));
    let two = rendered(&fixture::quote(Program::Noi, 13));
    assert_ne!(one.sha256, two.sha256);
    assert_ne!(identifier(&one), identifier(&two));
}

#[test]
fn every_font_is_embedded_subset_and_mapped_to_unicode() {
    let table = fonts(&rendered(&fixture::quote(Program::Noi, 12)));
    let rows: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(rows.len(), 3, "{table}");
    for row in rows {
        assert!(row.contains("+Inter-"), "{row}");
        assert_eq!(row.split_whitespace().filter(|word| *word == "yes").count(), 3, "{row}");
    }
}

#[test]
fn one_page_stays_below_40_kilobytes() {
    let pdf = rendered(&fixture::quote(Program::Commercial, 5));
    assert_eq!(pdf.pages, 1);
    assert!(pdf.bytes.len() <= 40_000, "{} bytes", pdf.bytes.len());
}

#[test]
fn quotes_of_any_length_print_every_line_once() {
    for count in [1, 30, 2_000] {
        let quote = fixture::quote(Program::Noi, count);
        let text = plain(&rendered(&quote));
        let printed: Vec<&str> = text.split_whitespace().collect();
        let mut seen = std::collections::HashMap::new();
        for word in printed {
            *seen.entry(word).or_insert(0) += 1;
        }
        for line in &quote.lines {
            let times = seen.get(line.item_code.as_str());
            assert_eq!(times, Some(&1), "item {} of {count} lines", line.item_code);
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let pdf = rendered(&fixture::hostile());
    let text = plain(&pdf);
    for shown in [
        "Emoji [?] pizza [?] cook",
        "Arabic [?] and Hebrew [?] then Latin",
        "CJK [?] and kana [?] then Latin",
        ") Tj ET /JS (app.alert(1)) BT (\\)",
        "<script>alert('x')</script> & \"quotes\"",
        "line break and tab end",
        "reversed isolated zerowidth",
        "Jalapeño, crème brûlée, filet, ABC",
    ] {
        assert!(text.contains(shown), "{shown} is missing from {text}");
    }
    let bytes = String::from_utf8_lossy(&pdf.bytes);
    for active in ["/JavaScript", "/JS", "/OpenAction", "/AA", "/URI", "/Launch", "/EmbeddedFile"] {
        assert!(!bytes.contains(active), "{active} is in the file");
    }
}

#[test]
fn what_could_not_be_printed_is_counted() {
    let mut quote = fixture::quote(Program::Noi, 1);
    assert_eq!(rendered(&quote).tally, Default::default());
    quote.lines[0].description = "a\u{1F355}\u{62AB}b \u{628}\u{202E}\u{0}".to_owned();
    let pdf = rendered(&quote);
    assert_eq!((pdf.tally.replaced, pdf.tally.removed), (3, 2));
    assert!(plain(&pdf).contains(&format!("a{REPLACEMENT}b {REPLACEMENT}")));
}

#[test]
fn a_description_of_ten_thousand_characters_is_printed_to_its_end() {
    let quote = fixture::hostile();
    let pdf = rendered(&quote);
    let text: String = plain(&pdf).split_whitespace().collect();
    let description = &quote.lines[9].description;
    for number in 0..100 {
        assert!(text.contains(&format!("number{number};")), "word {number} is missing");
    }
    let tail: String = description[description.len() - 12..].split_whitespace().collect();
    assert!(text.contains(&tail));
    assert!(pdf.pages < 20, "{} pages", pdf.pages);
}

fn any_line() -> impl Strategy<Value = QuoteLine> {
    let text = prop_oneof![
        4 => "[ -~]{0,60}",
        1 => "\\PC{0,40}",
        1 => "[a-z ]{200,900}",
        1 => Just(String::new()),
    ];
    let program = prop::sample::select(Program::ALL);
    (1_u32..=12, program, 0_u32..3_000, text.clone(), prop::option::of(text), any::<bool>()).prop_map(
        |(item, program, quantity, description, note, bare)| {
            let mut line = fixture::line(item, program);
            line.quantity = quantity;
            line.extended = line.net_price.extended(quantity).unwrap();
            line.description = description;
            line.note = note;
            if bare {
                (line.brand, line.pack, line.serving_size, line.cn_number) = (None, None, None, None);
                (line.net_weight_lb, line.servings_per_case) = (None, None);
            }
            line
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_lines_renders_with_every_item_once(lines in prop::collection::vec(any_line(), 1..40)) {
        let mut lines = lines;
        for (place, line) in lines.iter_mut().enumerate() {
            line.line_no = u32::try_from(place).unwrap() + 1;
            line.item_code = format!("Z9X{place:03}").parse().unwrap();
        }
        let quote = fixture::of_lines(lines);
        let pdf = rendered(&quote);
        let text = plain(&pdf);
        for line in &quote.lines {
            prop_assert_eq!(text.matches(line.item_code.as_str()).count(), 1);
        }
        prop_assert_eq!(text.matches("Total invoiced").count(), 2);
        let last = format!("page {0} of {0}", pdf.pages);
        prop_assert_eq!(text.matches(&last).count(), 1);
    }
}
