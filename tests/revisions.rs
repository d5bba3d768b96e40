//! A quote as the beginning of another one.

use crate::scenario::{count, released, texts};
use desk::{Code, Desk};
use domain::{DraftId, QuoteId};
use testkit::profile::with_sample;

fn quoted(desk: &Desk) -> QuoteId {
    released(desk);
    texts(desk, "SELECT id FROM quotes WHERE run_id IS NOT NULL").remove(0).parse().unwrap()
}

fn release(desk: &Desk, draft: &DraftId) -> QuoteId {
    let submitted = desk.submit(draft).unwrap();
    let gate = desk.approve(&submitted.action_id, None).unwrap().next_action.unwrap();
    assert!(desk.approve(&gate, None).unwrap().released);
    submitted.quote_id
}

fn status(desk: &Desk, quote: &QuoteId) -> &'static str {
    desk.quote(quote).unwrap().listed.lifecycle_status.as_str()
}

#[test]
fn a_revision_begins_with_the_quoted_prices_and_takes_the_place_of_its_quote_when_released() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let first = quoted(desk);
    let draft = desk.quote_revise(&first).unwrap();
    assert_eq!(draft.revision_of.as_ref(), Some(&first));
    assert!(draft.ready && !draft.can_undo, "{:?}", draft.missing);
    let of = |lines: &[domain::QuoteLine]| {
        lines.iter().map(|line| (line.item_code.clone(), line.quantity, line.case_price)).collect::<Vec<_>>()
    };
    let preview = draft.preview.unwrap();
    let quote = desk.quote(&first).unwrap().quote;
    assert_eq!(of(&preview.quote.lines), of(&quote.lines));
    assert_eq!(preview.quote.id.as_str(), format!("{first}-R2"));
    assert!(preview.quote.include_pdf);
    assert_eq!(
        status(desk, &first),
        "approved",
        "nothing happens to a quote before its revision is released"
    );

    let line = &draft.lines[0].line_id;
    let cheaper = serde_json::json!([{ "edit": "set_price", "line_id": line, "price": "list -1%" }]);
    desk.draft_edit(&draft.draft_id, &serde_json::from_value::<Vec<_>>(cheaper).unwrap()).unwrap();
    let second = release(desk, &draft.draft_id);
    assert_eq!(second.as_str(), format!("{first}-R2"));
    assert_eq!((status(desk, &first), status(desk, &second)), ("superseded", "approved"));
    assert_eq!(desk.quote(&second).unwrap().quote.revision_of, Some(first));
    let third = release(desk, &desk.quote_revise(&second).unwrap().draft_id);
    assert_eq!(third.as_str(), second.as_str().replace("-R2", "-R3"));
}

#[test]
fn of_two_revisions_of_one_quote_the_second_is_not_submitted_once_the_first_is_released() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let first = quoted(desk);
    let (one, other) = (desk.quote_revise(&first).unwrap(), desk.quote_revise(&first).unwrap());
    release(desk, &one.draft_id);
    let shown = desk.draft(&other.draft_id).unwrap();
    assert!(!shown.ready && shown.missing.unwrap().contains("took the place"));
    assert_eq!(desk.submit(&other.draft_id).unwrap_err().code, Code::WrongState);
    assert_eq!(desk.quote_revise(&first).unwrap_err().code, Code::WrongState);
}

#[test]
fn what_the_customer_accepted_or_we_withdrew_is_not_revised_but_can_be_quoted_again() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let drafts = || count(desk, "SELECT count(*) AS n FROM drafts");
    for lifecycle in ["accepted", "superseded", "cancelled", "draft", "proposed"] {
        let sql = format!("SELECT id FROM quotes WHERE lifecycle_status = '{lifecycle}' LIMIT 1");
        let Some(id) = texts(desk, &sql).first().map(|id| id.parse::<QuoteId>().unwrap()) else { continue };
        let refused = desk.quote_revise(&id).unwrap_err();
        assert_eq!(refused.code, Code::WrongState, "{lifecycle}");
        assert_eq!(drafts(), 0, "{lifecycle}");
    }
    let accepted =
        texts(desk, "SELECT id FROM quotes WHERE lifecycle_status = 'accepted' ORDER BY id LIMIT 1");
    let accepted: QuoteId = accepted.first().expect("the sample has an accepted quote").parse().unwrap();
    assert_eq!(desk.quote_duplicate(&accepted, None).unwrap().revision_of, None);
}

#[test]
fn a_quote_for_the_next_year_has_its_lines_at_that_year_s_prices_or_last_year_s_held() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let sql = "SELECT q.id FROM quotes q WHERE q.school_year = '2025-2026'
               AND EXISTS (SELECT 1 FROM pricing_master p JOIN quote_lines l ON l.item_code = p.item_code
                 WHERE l.quote_id = q.id AND p.customer_id = q.customer_id AND p.school_year = '2026-2027')
               ORDER BY q.id LIMIT 1";
    let id: QuoteId = texts(desk, sql).first().expect("the sample has last year's quotes").parse().unwrap();
    let quote = desk.quote(&id).unwrap().quote;
    let draft = desk.quote_duplicate(&id, None).unwrap();
    assert_eq!(draft.school_year.unwrap().to_string(), "2026-2027");
    assert_eq!((draft.quote_id, draft.valid_until, draft.status.as_str()), (None, None, "open"));
    assert_eq!(draft.lines.len(), quote.lines.len());
    for (line, was) in draft.lines.iter().zip(&quote.lines) {
        assert_eq!((&line.item_code, line.quantity), (&was.item_code, Some(was.quantity)));
        assert_eq!(line.price, if line.price_source.as_str() == "last_year" { "last_year" } else { "list" });
    }
    // Nothing has a price two years ahead, so what this year has is held.
    let later = desk.quote_duplicate(&id, Some("2027-2028".parse().unwrap())).unwrap();
    assert!(
        later.lines.iter().all(|line| line.price == "last_year" || line.case_price.is_none()),
        "{later:?}"
    );
}
