//! What a rep is told of the draft's figures.
//!
//! Owns the words. Must not compute: the draft as it is shown holds every figure. Margins are for the rep; nothing
//! said here goes onto a quote.

use drafting::chat::{Figure, Inquiry};

use crate::drafts::{DraftShown, LineShown};

/// The answers to a question for figures.
pub(super) fn told(draft: &DraftShown, inquiry: &Inquiry) -> Vec<String> {
    if inquiry.about == Figure::Total {
        return vec![total(draft)];
    }
    let asked = draft.lines.iter().filter(|line| inquiry.lines.contains(&line.line_id));
    asked
        .map(|line| match inquiry.about {
            Figure::Margin => margin(line),
            _ => price(line),
        })
        .collect()
}

fn named(line: &LineShown) -> String {
    format!("{} {}", line.item_code, line.description.as_deref().unwrap_or_default()).trim().to_owned()
}

fn margin(line: &LineShown) -> String {
    let name = named(line);
    match (&line.margin, line.margin_pct, line.case_price) {
        (Some(margin), Some(_), Some(price)) => {
            let floor = if line.below_floor == Some(true) { ", below the floor" } else { "" };
            format!("{name}: margin {margin} at ${} a case{floor}", price.as_price())
        }
        (_, _, None) => format!("{name}: it has no price yet, so its margin is not known"),
        _ => format!("{name}: its cost is not known, so its margin is not"),
    }
}

fn price(line: &LineShown) -> String {
    let name = named(line);
    let Some(price) = line.case_price else {
        return format!("{name}: it has no price yet ({} was asked for)", line.price_rule);
    };
    let before = match (line.last_year_price, &line.vs_last_year) {
        (Some(before), Some(moved)) => format!("; last year it was ${} ({moved})", before.as_price()),
        (Some(before), None) => format!("; last year it was ${}", before.as_price()),
        (None, _) => "; there is no price of last year".to_owned(),
    };
    format!("{name}: ${} a case, {}{before}", price.as_price(), line.price_rule)
}

fn total(draft: &DraftShown) -> String {
    let counted = draft.lines.iter().filter(|line| line.extended.is_some()).count();
    match &draft.preview {
        Some(preview) => format!("The total is ${}", preview.quote.totals.total),
        None if draft.lines.is_empty() => "There is no line yet, so there is no total".to_owned(),
        None => format!(
            "So far ${}, before programs; {counted} of {} lines have their price and cases",
            draft.commercial_total,
            draft.lines.len()
        ),
    }
}
