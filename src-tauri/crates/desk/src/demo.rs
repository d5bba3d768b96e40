//! The main job, start to end, on sample data.
//!
//! Owns the order of the demonstration. Must not print anything it did not read back: every line comes from
//! the database after the act it tells of.

use std::path::Path;

use domain::{ActionId, DraftId, RunId};
use serde::Serialize;
use serde_json::Value;
use store::drafts;

use crate::Desk;
use crate::chat::Answer;
use crate::error::{Code, DeskError};

/// The rep who drafts.
pub const REP: &str = "Dana Ruiz";
/// The approver.
pub const APPROVER: &str = "Mike";

const MESSAGE: &str = "quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year, \
     hold last year's prices, with pdf";
const REPLY: &str = "the Iowa one";
const RELEASE_NOTE: &str = "prices held for the renewal";

/// One line of the demonstration.
#[derive(Debug, Clone, Serialize)]
pub struct DemoLine {
    /// The part it belongs to.
    pub part: &'static str,
    /// In words.
    pub text: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Demonstrated {
    /// The draft.
    pub draft_id: DraftId,
    /// The quote.
    pub quote_id: domain::QuoteId,
    /// The run of `customer_quote`.
    pub run_id: RunId,
    /// The PDF's file.
    pub pdf: String,
    /// Its hash.
    pub pdf_sha256: domain::Sha256,
    /// Every line.
    pub lines: Vec<DemoLine>,
}

struct Teller<'t> {
    say: &'t mut dyn FnMut(&DemoLine),
    lines: Vec<DemoLine>,
}

impl Teller<'_> {
    fn tell(&mut self, part: &'static str, text: impl Into<String>) {
        let line = DemoLine { part, text: text.into() };
        (self.say)(&line);
        self.lines.push(line);
    }
}

impl Desk {
    /// Do the main job and tell it, line by line.
    pub fn demonstrate(
        &mut self,
        out: &Path,
        say: &mut dyn FnMut(&DemoLine),
    ) -> Result<Demonstrated, DeskError> {
        let mut teller = Teller { say, lines: Vec::new() };
        self.user = REP.to_owned();
        let draft_id = self.draft_by_chat(&mut teller)?;
        let submitted = self.submit(&draft_id)?;
        self.tell_action(&mut teller, "submit", &submitted.action_id)?;

        self.user = APPROVER.to_owned();
        let approved = self.approve(&submitted.action_id, None)?;
        self.tell_action(&mut teller, "approve", &submitted.action_id)?;
        let run_id = approved.run_id.ok_or_else(|| stuck("the approval set no run going"))?;
        self.tell_preflight(&mut teller, &run_id)?;
        let gate = approved.next_action.ok_or_else(|| stuck("the run staged no gate"))?;
        self.tell_gate(&mut teller, &gate)?;
        self.approve(&gate, Some(RELEASE_NOTE))?;
        self.tell_action(&mut teller, "release", &gate)?;
        self.tell_effects(&mut teller, &run_id)?;
        self.approve_email(&mut teller, &run_id)?;

        self.sweep()?;
        for result in self.run(&run_id)?.verification {
            let waits = result.evidence.get("waits_for").and_then(Value::as_str);
            let waits = waits
                .map(|who| format!(", waits for {}", if who == "central" { "the central" } else { who }));
            teller
                .tell("verify", format!("{}: {}{}", result.check, result.status, waits.unwrap_or_default()));
        }
        let status = self.sync_status()?;
        teller.tell("outbox", format!("{} operations: {}", status.waiting, status.state));
        let run = self.run(&run_id)?;
        for moment in &run.timeline {
            teller.tell(
                "timeline",
                format!("+{:>5} ms  {:<16} {}", moment.after_ms, moment.event, moment.text),
            );
        }
        if let Some(narrative) = &run.narrative {
            teller.tell("narrative", narrative.clone());
        }
        let audit = self.audit()?;
        teller.tell(
            "audit",
            format!("{} decisions, signed and chained, head {}", audit.decisions, audit.head.short()),
        );
        let pdf = self.quote_pdf(&submitted.quote_id, &out.join(format!("{}.pdf", submitted.quote_id)))?;
        teller.tell("pdf", format!("{} ({} bytes, sha256 {})", pdf.file, pdf.size, pdf.sha256.short()));
        Ok(Demonstrated {
            draft_id,
            quote_id: submitted.quote_id,
            run_id,
            pdf: pdf.file,
            pdf_sha256: pdf.sha256,
            lines: teller.lines,
        })
    }

    fn draft_by_chat(&self, teller: &mut Teller<'_>) -> Result<DraftId, DeskError> {
        let mut answer = self.chat(MESSAGE, None)?;
        let id = answer.draft.draft_id.clone();
        self.tell_last_message(teller, &id)?;
        if !answer.draft.questions.is_empty() {
            answer = self.chat(REPLY, Some(&id))?;
            self.tell_last_message(teller, &id)?;
        }
        self.tell_draft(teller, &id)?;
        if !answer.draft.ready {
            return Err(stuck(&unanswered(&answer)));
        }
        Ok(id)
    }

    fn tell_last_message(&self, teller: &mut Teller<'_>, id: &DraftId) -> Result<(), DeskError> {
        let Some(last) = self.store.read(|db| drafts::last_message(db, id))? else { return Ok(()) };
        teller.tell("chat", format!("{}: {}", last.said_by, last.message));
        let list =
            |field: &str| last.answer.get(field).and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |value: &Value, field: &str| {
            value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        for item in list("understood") {
            teller.tell(
                "understood",
                format!("“{}” → {} ({})", text(&item, "said"), text(&item, "meant"), text(&item, "why")),
            );
        }
        for question in list("questions") {
            teller.tell("asked", text(&question, "prompt"));
            for choice in question.get("choices").and_then(Value::as_array).into_iter().flatten() {
                let number = choice.get("number").and_then(Value::as_u64).unwrap_or_default();
                teller.tell(
                    "asked",
                    format!("  {number}. {} ({})", text(choice, "label"), text(choice, "detail")),
                );
            }
        }
        for answer in list("answers") {
            teller.tell("answered", answer.as_str().unwrap_or_default().to_owned());
        }
        Ok(())
    }

    fn tell_draft(&self, teller: &mut Teller<'_>, id: &DraftId) -> Result<(), DeskError> {
        let draft = self.draft(id)?;
        if let Some(customer) = &draft.customer {
            let place = [customer.city.as_deref(), customer.state.as_deref()];
            let place: Vec<&str> = place.into_iter().flatten().collect();
            let year = draft.school_year.map(|year| year.to_string()).unwrap_or_default();
            teller.tell("draft", format!("{} ({}), school year {year}", customer.name, place.join(", ")));
        }
        for line in &draft.lines {
            let cases = line.quantity.map_or_else(|| "?".to_owned(), |cases| cases.to_string());
            let price = line.case_price.map_or_else(|| "no price".to_owned(), |price| price.as_price());
            teller.tell(
                "draft",
                format!(
                    "{} {:<44.44} {cases:>5} cs × {price:>8}  {} · margin {}",
                    line.item_code,
                    line.description.as_deref().unwrap_or("?"),
                    line.price_source,
                    line.margin.as_deref().unwrap_or("unknown"),
                ),
            );
        }
        Ok(())
    }

    fn tell_action(
        &self,
        teller: &mut Teller<'_>,
        part: &'static str,
        id: &ActionId,
    ) -> Result<(), DeskError> {
        let action = self.action(id)?;
        let decided = match &action.listed.decided_by {
            Some(who) => format!(" by {who}"),
            None => format!(", drafted by {}", action.listed.drafted_by),
        };
        teller.tell(
            part,
            format!(
                "{} {}{decided}: {} (content {})",
                action.listed.action_type,
                action.listed.status,
                action.listed.summary,
                action.listed.payload_hash.short()
            ),
        );
        if part == "submit" {
            for flag in action.payload.get("flags").and_then(Value::as_array).into_iter().flatten() {
                let message = flag.get("message").and_then(Value::as_str).unwrap_or_default();
                teller.tell("flag", message.to_owned());
            }
        }
        Ok(())
    }

    fn tell_preflight(&self, teller: &mut Teller<'_>, id: &RunId) -> Result<(), DeskError> {
        for check in self.run(id)?.checks {
            let outcome = format!("{:?}", check.outcome).to_lowercase();
            let because = check.because.first().map(|why| format!(" ({why})")).unwrap_or_default();
            teller.tell("preflight", format!("{}: {outcome}{because}  [{}]", check.id, check.rule));
        }
        Ok(())
    }

    fn tell_gate(&self, teller: &mut Teller<'_>, id: &ActionId) -> Result<(), DeskError> {
        self.tell_action(teller, "gate", id)?;
        let action = self.action(id)?;
        for step in action.payload.get("releases").and_then(Value::as_array).into_iter().flatten() {
            let text = |field: &str| step.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
            let will = match text("does").as_str() {
                "write" => {
                    let writes = step.get("writes").and_then(Value::as_array).cloned().unwrap_or_default();
                    let labels: Vec<String> = writes
                        .iter()
                        .map(|write| {
                            let label = write.get("label").and_then(Value::as_str).unwrap_or_default();
                            let rows = write.get("rows").and_then(Value::as_array).map_or(0, Vec::len);
                            format!("{label} × {rows}")
                        })
                        .collect();
                    labels.join("; ")
                }
                "document" => format!("{} {} → {}", text("method"), text("path"), text("object")),
                "email_draft" => {
                    let to = step.pointer("/email/to").and_then(Value::as_str).unwrap_or_default();
                    format!("stage an email to {to}")
                }
                "push" => format!("{} → {}", text("record"), text("queue")),
                other => format!("{other}: {}", text("reason")),
            };
            teller.tell("gate", format!("will {}: {will}", text("id")));
        }
        Ok(())
    }

    fn tell_effects(&self, teller: &mut Teller<'_>, id: &RunId) -> Result<(), DeskError> {
        let run = self.run(id)?;
        for step in &run.steps {
            let state = step.state.get("state").and_then(Value::as_str).unwrap_or_default();
            let ops = run.outbox.iter().filter(|op| op.step.as_deref() == Some(&step.step)).count();
            let ops = if ops > 0 { format!(", {ops} in the outbox") } else { String::new() };
            teller.tell(
                "effect",
                format!("{} ({}): {state} at attempt {}{ops}", step.step, step.kind, step.attempts),
            );
        }
        if let Some(event) = &run.event {
            teller.tell("event", event.clone());
        }
        Ok(())
    }

    fn approve_email(&self, teller: &mut Teller<'_>, run: &RunId) -> Result<(), DeskError> {
        let staged = self.run(run)?.steps.into_iter().find_map(|step| {
            step.evidence.get("action_id").and_then(Value::as_str).and_then(|id| id.parse::<ActionId>().ok())
        });
        let Some(email) = staged else { return Ok(()) };
        self.tell_action(teller, "email", &email)?;
        self.approve(&email, None)?;
        self.tell_action(teller, "email", &email)
    }
}

fn unanswered(answer: &Answer) -> String {
    match (&answer.draft.missing, answer.draft.questions.first()) {
        (Some(missing), _) => missing.clone(),
        (None, Some(question)) => format!("a question is open: {}", question.prompt),
        (None, None) => "the draft is not ready".to_owned(),
    }
}

fn stuck(why: &str) -> DeskError {
    DeskError::new(
        Code::WrongState,
        format!("the demonstration cannot go on: {why}"),
        "Use a fresh folder: `--home DIR`.",
    )
}
