//! What the steps of a contract may say.
//!
//! Owns the judgement of effects and their statements. Must not judge what a path is: `paths` does.

use super::Lint;
use crate::contract::{Effect, Rows, Type, Write};

impl Lint<'_> {
    pub(super) fn steps(&mut self) {
        for (n, step) in self.contract.steps.iter().enumerate() {
            let at = format!("/steps/{n}");
            if let Some(when) = &step.when {
                self.rule(&format!("{at}/when"), when, &[]);
                self.no_lookup(&format!("{at}/when"), when);
            }
            match &step.effect {
                Effect::D1Write { writes, compensate } => {
                    self.writes(&format!("{at}/writes"), writes);
                    self.writes(&format!("{at}/compensate"), compensate);
                }
                Effect::HttpCall { artifact, .. } => {
                    self.template(&format!("{at}/artifact"), artifact);
                    self.payload(&at);
                }
                Effect::HitlEmailDraft { action_type, to, subject, body, attach } => {
                    for (field, text) in [("to", to), ("subject", subject), ("body", body)] {
                        self.template(&format!("{at}/{field}"), text);
                        self.customer_text(&format!("{at}/{field}"), text);
                    }
                    if *action_type == self.contract.trigger.action_type {
                        let message = format!("approving {action_type} would start this contract again");
                        self.say(&format!("{at}/action_type"), message);
                    }
                    if let Some(attach) = attach {
                        let earlier = self.contract.steps[..n].iter().find(|step| step.id == *attach);
                        if !matches!(earlier.map(|step| &step.effect), Some(Effect::HttpCall { .. })) {
                            self.say(
                                &format!("{at}/attach"),
                                format!("{attach} is no earlier step that makes a document"),
                            );
                        }
                    }
                    self.payload(&at);
                }
                Effect::NsPush { .. } => self.payload(&at),
                Effect::EmailSend { message, .. } => {
                    if !self.contract.objects.contains_key(message) {
                        self.say(&format!("{at}/message"), format!("there is no object {message}"));
                    }
                }
            }
        }
    }

    fn payload(&mut self, at: &str) {
        if self.contract.trigger.payload.is_none() {
            self.say(at, "the step is about the trigger's payload, and the trigger declares none");
        }
    }

    fn writes(&mut self, at: &str, writes: &[Write]) {
        for (n, write) in writes.iter().enumerate() {
            if let Some(list) = &write.for_each
                && !self.is_list(list)
            {
                let known = self.lists();
                let known = if known.is_empty() { "there are none".to_owned() } else { known.join(", ") };
                self.say(&format!("{at}/{n}/for_each"), format!("{list} is no list; lists: {known}"));
            }
            self.binds(&format!("{at}/{n}/binds"), &write.binds, write.for_each.as_deref());
            if let Err(message) = self.sql.write(&write.sql, &write.table, &write.reads, write.binds.len()) {
                self.say(&format!("{at}/{n}/sql"), message);
            }
        }
    }

    fn is_list(&self, name: &str) -> bool {
        self.lists().contains(&name)
    }

    fn lists(&self) -> Vec<&str> {
        let objects =
            self.contract.objects.iter().filter(|(_, object)| object.each).map(|(name, _)| name.as_str());
        let reads =
            self.contract.reads.iter().filter(|read| read.rows == Rows::Many).map(|read| read.id.as_str());
        let inputs = self.contract.inputs.iter().filter(|input| input.kind == Type::TextList);
        objects.chain(reads).chain(inputs.map(|input| input.name.as_str())).collect()
    }
}
