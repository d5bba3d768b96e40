//! What stands on the page and where, read back from the file with poppler's tools.
#![allow(clippy::unwrap_used, clippy::panic)] // in the functions the tests share

mod fixture;
mod poppler;

use domain::{Money, PriceSource, Program};
use fieldquote_render::{FootingError, Pdf, PrintableQuote, RenderError, quote_pdf};
use poppler::{Word, layout, plain, words};

fn rendered(quote: &domain::Quote) -> Pdf {
    quote_pdf(&PrintableQuote::from(quote), &fixture::company()).unwrap()
}

#[test]
fn a_small_quote_reads_as_a_person_expects() {
    let mut quote = fixture::of_lines(vec![fixture::line(1, Program::Noi), fixture::line(8, Program::Noi)]);
    quote.notes.truncate(1);
    insta::assert_snapshot!(layout(&rendered(&quote)));
}

#[test]
fn a_commercial_quote_has_no_word_of_donated_food_columns() {
    let mut quote = fixture::quote(Program::Commercial, 12);
    quote.notes.clear();
    let text = plain(&rendered(&quote));
    for absent in ["DF", "Net price", "Fee", "NOI", "refund"] {
        assert!(!text.contains(absent), "{absent} is on a commercial quote");
    }
    assert!(text.contains("No USDA donated food applies"));
}

#[test]
fn no_cost_margin_last_year_price_or_internal_id_reaches_the_page() {
    for program in Program::ALL {
        let text = plain(&rendered(&fixture::quote(*program, 30)));
        for secret in ["77,777", "77777", "88,888", "88888", "884271", "7700001", "argin", "ost basis"] {
            assert!(!text.contains(secret), "{secret} is on the page of a {program} quote");
        }
    }
}

#[test]
fn totals_on_the_page_are_the_sums_of_what_is_printed() {
    let quote = fixture::mixed();
    let text = plain(&rendered(&quote)).replace('\u{2212}', "-");
    let amount = |label: &str| -> Money {
        let after = text.rsplit_once(label).unwrap_or_else(|| panic!("{label} is missing")).1;
        let word = after.split_whitespace().find(|word| word.contains('$')).unwrap();
        word.trim_start_matches('+').parse().unwrap()
    };
    let printed = Money::sum(quote.lines.iter().map(|line| {
        assert!(text.contains(&line.extended.as_total()));
        line.extended
    }));
    assert_eq!(amount("Total invoiced"), printed.unwrap());
    let steps = ["Commercial subtotal", "Donated food value passed on, off the invoice", "Distributor fees"];
    assert_eq!(Money::sum(steps.map(amount)).unwrap(), quote.totals.total);
    let after = amount("Total invoiced").plus(amount("Refund expected from processors")).unwrap();
    assert_eq!(amount("Cost after refund"), after);
}

#[test]
fn a_quote_that_does_not_foot_gets_no_page() {
    let mut quote = fixture::quote(Program::Noi, 3);
    quote.totals.total = quote.totals.total.plus("0.01".parse().unwrap()).unwrap();
    let refused = quote_pdf(&PrintableQuote::from(&quote), &fixture::company());
    assert!(matches!(refused, Err(RenderError::Footing(FootingError::Sum("total")))));

    let mut quote = fixture::quote(Program::Noi, 3);
    quote.lines[1].extended = Money::ZERO;
    let refused = quote_pdf(&PrintableQuote::from(&quote), &fixture::company());
    assert!(matches!(refused, Err(RenderError::Footing(FootingError::Line(2)))));
}

#[test]
fn a_quote_of_no_lines_gets_no_page() {
    let quote = fixture::of_lines(Vec::new());
    let refused = quote_pdf(&PrintableQuote::from(&quote), &fixture::company());
    assert!(matches!(refused, Err(RenderError::NoLines)));
}

#[test]
fn a_missing_price_says_so_instead_of_reading_as_free() {
    let mut line = fixture::line(1, Program::Commercial);
    line.price_source = PriceSource::Missing;
    (line.case_price, line.net_price, line.extended) = (Money::ZERO, Money::ZERO, Money::ZERO);
    let text = plain(&rendered(&fixture::of_lines(vec![line, fixture::line(2, Program::Commercial)])));
    assert!(text.contains("not priced"));
}

#[test]
fn rounding_of_single_lines_is_shown_as_a_step_of_its_own() {
    let mut line = fixture::line(1, Program::DirectDiscount);
    line.case_price = "40.0050".parse().unwrap();
    line.df_value = Some("14.7725".parse().unwrap());
    line.net_price = "25.2325".parse().unwrap();
    line.quantity = 1;
    line.extended = "25.23".parse().unwrap();
    let text = plain(&rendered(&fixture::of_lines(vec![line])));
    assert!(text.contains("Rounding of lines to the cent"), "{text}");
    assert!(text.contains("\u{2212}$0.01"), "{text}");
}

#[test]
fn every_page_has_the_head_of_the_table_and_its_number() {
    let pdf = rendered(&fixture::quote(Program::Noi, 60));
    assert!(pdf.pages > 2);
    let text = plain(&pdf);
    let pages: Vec<&str> = text.split_terminator('\u{c}').collect();
    assert_eq!(pages.len(), pdf.pages);
    for (place, page) in pages.iter().enumerate() {
        let number = format!("Quote Q-2627-K7F3QX-0012 · page {} of {}", place + 1, pdf.pages);
        assert!(page.contains(&number), "{number} is missing");
        let has_line = page.contains("serving ");
        assert_eq!(page.contains("Description"), has_line, "page {} has rows without a head", place + 1);
    }
}

#[test]
fn the_sums_never_stand_on_a_page_without_a_line() {
    for count in 1..=18 {
        for program in [Program::Noi, Program::Commercial] {
            let text = plain(&rendered(&fixture::quote(program, count)));
            let page = text.split_terminator('\u{c}').rfind(|page| page.contains("Total invoiced")).unwrap();
            assert!(page.contains("Description"), "{count} {program} lines leave their sums alone");
        }
    }
}

#[test]
fn the_acceptance_block_is_never_divided() {
    for count in 1..=18 {
        let text = plain(&rendered(&fixture::quote(Program::Noi, count)));
        let page = text.split_terminator('\u{c}').find(|page| page.contains("To accept quote")).unwrap();
        for part in ["Acceptance", "Signed by", "Date"] {
            assert!(page.contains(part), "{part} is on another page with {count} lines");
        }
    }
}

#[test]
fn nothing_stands_outside_the_margins() {
    for quote in [
        fixture::quote(Program::Noi, 60),
        fixture::quote(Program::Commercial, 60),
        fixture::mixed(),
        fixture::hostile(),
        huge(),
    ] {
        let pages = words(&rendered(&quote));
        for (place, page) in pages.iter().enumerate() {
            for word in &page.words {
                let inside = word.left >= 39_900
                    && word.right <= page.width - 39_900
                    && word.top >= 20_000
                    && word.bottom <= page.height - 20_000;
                assert!(inside, "{word:?} on page {} is outside the margins", place + 1);
            }
        }
    }
}

/// Amounts as large as they get.
fn huge() -> domain::Quote {
    let mut line = fixture::line(1, Program::Noi);
    line.case_price = "99999999.9999".parse().unwrap();
    line.df_value = Some("12345678.1234".parse().unwrap());
    line.fee = Some("1234567.1234".parse().unwrap());
    line.net_price = "88888888.9999".parse().unwrap();
    line.quantity = 4_000;
    line.extended = line.net_price.extended(4_000).unwrap();
    line.item_code = "ITEM-CODE-OF-SIXTY-FOUR-CHARACTERS-0123456789-0123456789-0123456".parse().unwrap();
    fixture::of_lines(vec![line])
}

#[test]
fn words_of_one_text_line_do_not_overlap() {
    for quote in [fixture::quote(Program::Noi, 60), fixture::mixed(), huge()] {
        for page in words(&rendered(&quote)) {
            let mut lines: Vec<&Word> = page.words.iter().collect();
            lines.sort_by_key(|word| (word.top, word.left));
            for pair in lines.windows(2).filter(|pair| pair[0].top == pair[1].top) {
                assert!(pair[0].right <= pair[1].left + 100, "{:?} runs into {:?}", pair[0], pair[1]);
            }
        }
    }
}

#[test]
fn amounts_of_a_column_share_an_edge() {
    let quote = fixture::quote(Program::Noi, 30);
    let pages = words(&rendered(&quote));
    let extended: Vec<String> = quote.lines.iter().map(|line| line.extended.as_total()).collect();
    let edges: Vec<i64> = pages
        .iter()
        .flat_map(|page| &page.words)
        .filter(|word| extended.contains(&word.text) && word.left > 600_000)
        .map(|word| word.right)
        .collect();
    assert_eq!(edges.len(), quote.lines.len());
    assert_eq_edges(&edges);

    // Prices of two and of four decimals stand by their points: where the fraction begins is one edge.
    let points: Vec<i64> = pages
        .iter()
        .flat_map(|page| &page.words)
        .filter(|word| ["40.00", "43.75", "61.2375", "84.5025"].contains(&word.text.as_str()))
        // Each has two digits before its point, all of one width, so its left edge tells where that is.
        .map(|word| word.left)
        .collect();
    assert!(points.len() >= 8);
    assert_eq_edges(&points);
}

fn assert_eq_edges(edges: &[i64]) {
    let (least, most) = (edges.iter().min().unwrap(), edges.iter().max().unwrap());
    assert!(most - least <= 60, "edges differ by {} thousandths of a point", most - least);
}
