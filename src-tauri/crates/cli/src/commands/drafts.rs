//! Drafting.
//!
//! Owns `chat` and `draft …`. Must not understand a message.

use desk::Desk;
use desk::chat::Answer;
use desk::drafts::DraftShown;

use super::{LISTED, draft_history, id};
use crate::args::DraftCommand;
use crate::output::{Failure, Outcome, or_dash, table};

/// `chat "TEXT" [--draft ID]`
pub fn chat(desk: &Desk, text: &str, draft: Option<&str>) -> Result<Outcome, Failure> {
    let draft = draft.map(id).transpose()?;
    let answer = desk.chat(text, draft.as_ref())?;
    let words = told(&answer);
    Outcome::new(&answer, words)
}

/// `draft list / show ID / discard ID / retrieve ID / submit ID / history ID / compare ID FROM TO / undo ID / redo ID`
pub fn run(desk: &Desk, command: &DraftCommand) -> Result<Outcome, Failure> {
    match command {
        DraftCommand::List { all } => {
            let mut drafts = desk.drafts(LISTED)?;
            drafts.retain(|draft| *all || !draft.is_discarded);
            let rows = drafts.iter().map(|draft| {
                vec![
                    draft.draft_id.to_string(),
                    if draft.is_discarded { "thrown away".to_owned() } else { draft.status.to_string() },
                    or_dash(draft.customer_name.as_ref()),
                    or_dash(draft.school_year.as_ref()),
                    draft.line_count.to_string(),
                    draft.total.as_total(),
                    draft.drafted_by.clone(),
                    draft.updated_at.clone(),
                ]
            });
            let headers = ["draft", "status", "customer", "year", "lines", "total", "by", "changed"];
            let text = table(&headers, &[4, 5], rows.collect());
            Outcome::new(&drafts, text)
        }
        DraftCommand::Show { id: which } => {
            let draft = desk.draft(&id(which)?)?;
            let text = shown(&draft);
            Outcome::new(&draft, text)
        }
        DraftCommand::Discard { id: which } => stands(&desk.discard_draft(&id(which)?)?),
        DraftCommand::Retrieve { id: which } => stands(&desk.retrieve_draft(&id(which)?)?),
        DraftCommand::History { id: which } => draft_history::history(desk, which),
        DraftCommand::Compare { id: which, from, to } => draft_history::compare(desk, which, from, to),
        DraftCommand::Undo { id: which } => stands(&desk.draft_undo(&id(which)?)?),
        DraftCommand::Redo { id: which } => stands(&desk.draft_redo(&id(which)?)?),
        DraftCommand::Submit { id: which } => {
            let submitted = desk.submit(&id(which)?)?;
            let mut text = format!(
                "Submitted as quote {}, total {}.\nAction {} waits for approval (content {}).",
                submitted.quote_id,
                submitted.total.as_total(),
                submitted.action_id,
                submitted.payload_hash.short()
            );
            for flag in &submitted.flags {
                let line = flag.line_no.map(|line| format!("line {line}: ")).unwrap_or_default();
                text.push_str(&format!("\n  ! {line}{}", flag.message));
            }
            Outcome::new(&submitted, text)
        }
    }
}

/// A draft, as it now stands.
pub fn stands(draft: &DraftShown) -> Result<Outcome, Failure> {
    Outcome::new(draft, shown(draft))
}

fn told(answer: &Answer) -> String {
    let mut text = String::new();
    if let Some(read) = &answer.assistant {
        for sentence in &read.sentences {
            text.push_str(&format!("the assistant read this as “{sentence}”\n"));
        }
    }
    for item in &answer.understood {
        text.push_str(&format!("“{}” → {} ({})\n", item.said, item.meant, item.why));
        let others: Vec<String> =
            item.alternatives.iter().map(|other| format!("{} ({})", other.label, other.detail)).collect();
        if !others.is_empty() {
            text.push_str(&format!("    or: {}\n", others.join("; ")));
        }
    }
    for words in &answer.answers {
        text.push_str(&format!("{words}\n"));
    }
    if let Some(trouble) = answer.assistant.as_ref().and_then(|read| read.trouble_in_words()) {
        text.push_str(&format!("{trouble}\n"));
    }
    text.push('\n');
    text.push_str(&shown(&answer.draft));
    text
}

fn shown(draft: &DraftShown) -> String {
    let customer = draft.customer.as_ref().map_or_else(
        || "customer not said yet".to_owned(),
        |customer| {
            if !customer.is_here {
                return format!("{} (not on this device)", customer.id);
            }
            let place = [customer.city.as_deref(), customer.state.as_deref()];
            let place: Vec<&str> = place.into_iter().flatten().collect();
            let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
            format!("{}{place}, {}", customer.name, customer.id)
        },
    );
    let year =
        draft.school_year.map_or_else(|| "school year not said yet".to_owned(), |year| year.to_string());
    let mut text = format!("Draft {} · {} · {customer} · {year}\n", draft.draft_id, draft.status);
    let rows = draft.lines.iter().map(|line| {
        vec![
            line.item_code.to_string(),
            line.description.clone().unwrap_or_default(),
            line.pack.clone().unwrap_or_default(),
            or_dash(line.quantity.as_ref()),
            line.case_price.map_or_else(|| "—".to_owned(), |price| price.as_price()),
            line.price_source.to_string(),
            line.last_year_price.map_or_else(|| "—".to_owned(), |price| price.as_price()),
            line.margin.clone().unwrap_or_else(|| "—".to_owned()),
        ]
    });
    let headers = ["item", "description", "pack", "cases", "price", "source", "last year", "margin"];
    text.push_str(&table(&headers, &[3, 4, 6, 7], rows.collect()));
    let pdf = if draft.include_pdf { "with PDF" } else { "no PDF" };
    let valid =
        draft.valid_until.map_or_else(|| "usual validity".to_owned(), |day| format!("valid until {day}"));
    text.push_str(&format!("commercial {} · {pdf} · {valid}\n", draft.commercial_total.as_total()));
    for note in &draft.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    for question in &draft.questions {
        text.push_str(&format!("? {}\n", question.prompt));
        for choice in &question.choices {
            text.push_str(&format!("    {}. {} ({})\n", choice.number, choice.label, choice.detail));
        }
    }
    match &draft.missing {
        _ if draft.is_discarded => {
            text.push_str(&format!("Thrown away: fieldquote draft retrieve {}", draft.draft_id));
        }
        Some(missing) => text.push_str(&format!("Not ready: {missing}.")),
        None if draft.questions.is_empty() => {
            text.push_str(&format!("Ready: fieldquote draft submit {}", draft.draft_id));
        }
        None => {}
    }
    text
}
