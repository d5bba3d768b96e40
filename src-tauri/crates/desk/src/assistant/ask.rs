//! Asking the assistant about a message nothing could be made of.
//!
//! Owns the way of such a message: the brief is read, the assistant asked with no transaction open, and what it
//! proposed is done, or why not is said, in one transaction that finds the draft as it was. Must not put anything
//! into the brief that a customer would not see on the quote.

use std::sync::atomic::AtomicBool;

use ::assistant::{Brief, Candidate, Line};
use domain::DraftId;
use drafting::chat::{Catalogue, Recall};
use serde::{Deserialize, Serialize};
use store::{WriteTx, drafts};

use super::proposed::Proposed;
use crate::Desk;
use crate::catalogue::StoreCatalogue;
use crate::chat::{Answer, record};
use crate::drafts::{DraftShown, Head};
use crate::error::DeskError;

/// Items of the catalogue that are sent with a message.
const CANDIDATES: usize = 24;
/// Words of a message that items are looked for by.
const WORDS: usize = 40;

/// What an assistant made of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Rewritten {
    /// The message in its sentences. What is understood is of these.
    pub sentences: Vec<String>,
    /// Why it could not help, if so: then the answer is ours alone.
    pub trouble: Option<String>,
}

/// A message nothing could be made of, and the draft as it was then.
pub(crate) struct Unread {
    /// Its place in the draft's chat.
    pub seq: i64,
    /// The document's heads.
    pub heads: Vec<String>,
}

impl Desk {
    /// Ask the assistant, if one is on, and give its reading's answer in the place of ours.
    pub(crate) fn ask_assistant(
        &self,
        message: &str,
        ours: Answer,
        unread: &Unread,
        stopped: &AtomicBool,
    ) -> Result<Answer, DeskError> {
        let sentences = match self.assistant_endpoint() {
            Ok(None) => return Ok(ours),
            Ok(Some(endpoint)) => {
                let brief = self.brief(message, &ours.draft)?;
                self.world
                    .assistant
                    .rewrite(&endpoint, &brief, stopped)
                    .map_err(|trouble| trouble.to_string())
            }
            Err(error) => Err(error.message),
        };
        let id = ours.draft.draft_id.clone();
        self.store.write(|tx| {
            let done = match sentences {
                Ok(sentences) if sentences.is_empty() => {
                    Err("it found nothing in the message to do".to_owned())
                }
                Ok(sentences) => self.take_sentences(tx, &id, message, sentences, unread)?,
                Err(trouble) => Err(trouble),
            };
            self.answer_anew(tx, ours, unread, done)
        })
    }

    /// Do what the sentences say, if the draft is what it was; else why not.
    fn take_sentences(
        &self,
        tx: &WriteTx<'_>,
        id: &DraftId,
        message: &str,
        sentences: Vec<String>,
        unread: &Unread,
    ) -> Result<Result<(Proposed, Vec<String>), String>, DeskError> {
        let mut opened = self.open_draft(tx, id)?;
        if opened.head.row.heads != unread.heads || drafts::last_message_seq(tx, id)? != Some(unread.seq) {
            return Ok(Err("the draft was changed while it was asked".to_owned()));
        }
        match tx.attempt(|| self.carry_out(tx, &mut opened, message, &sentences)) {
            Ok(proposed) => Ok(Ok((proposed, sentences))),
            Err(error) if error.code.is_input() => Ok(Err(format!("what it wrote does not fit ({error})"))),
            Err(error) => Err(error),
        }
    }

    fn answer_anew(
        &self,
        tx: &WriteTx<'_>,
        mut answer: Answer,
        unread: &Unread,
        done: Result<(Proposed, Vec<String>), String>,
    ) -> Result<Answer, DeskError> {
        let id = answer.draft.draft_id.clone();
        match done {
            Ok((proposed, sentences)) => {
                answer.understood = proposed.understood;
                answer.answers = proposed.answers;
                answer.assistant = Some(Rewritten { sentences, trouble: None });
            }
            Err(trouble) => {
                answer.assistant = Some(Rewritten { sentences: Vec::new(), trouble: Some(trouble) });
            }
        }
        answer.draft = self.shown(tx, Head::read(tx, &id)?)?;
        drafts::set_answer(tx, &id, unread.seq, &record(&answer))?;
        Ok(answer)
    }

    fn brief(&self, message: &str, draft: &DraftShown) -> Result<Brief, DeskError> {
        let mut words: Vec<String> = message
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.truncate(WORDS);
        let recall = Recall { text: words.join(" "), words, forms: Vec::new(), limit: CANDIDATES };
        let items = self.store.read(|db| -> Result<_, DeskError> {
            StoreCatalogue::new(db, &self.lists, &self.user)
                .recall_items(&recall)
                .map_err(|error| DeskError::bad_input(error, "Nothing was changed."))
        })?;
        Ok(Brief {
            message: message.to_owned(),
            today: self.today().to_string(),
            customer: draft.customer.as_ref().map(|customer| customer.name.clone()),
            school_year: draft.school_year.map(|year| year.to_string()),
            lines: draft
                .lines
                .iter()
                .map(|line| Line {
                    code: line.item_code.to_string(),
                    description: line.description.clone(),
                    cases: line.quantity,
                    price: line.case_price.map(|price| price.as_price()),
                })
                .collect(),
            items: items
                .iter()
                .map(|item| Candidate {
                    code: item.code.to_string(),
                    description: item.description.clone(),
                    pack: item.pack.clone(),
                })
                .collect(),
        })
    }
}

impl Rewritten {
    /// It in one sentence, where it could not help.
    pub fn trouble_in_words(&self) -> Option<String> {
        self.trouble.as_ref().map(|trouble| format!("The assistant could not help: {trouble}"))
    }
}
