//! What the steps of a contract may say.
//!
//! Owns the judgement of effects and their statements. Must not judge what a path is: `paths` does.

use super::Lint;
use super::paths::Turns;
use crate::contract::{Effect, Rows, Type, Write};

impl Lint<'_> {
    pub(super) fn steps(&mut self) {
        self.payload();
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
                }
                Effect::NsPush { .. } => {}
                Effect::EmailSend { message, .. } => {
                    if !self.contract.objects.contains_key(message) {
                        self.say(&format!("{at}/message"), format!("there is no object {message}"));
                    }
                }
            }
        }
    }

    /// Every step that makes or sends something does so of the trigger's payload.
    fn payload(&mut self) {
        let about = |effect: &Effect| {
            matches!(effect, Effect::HttpCall { .. } | Effect::HitlEmailDraft { .. } | Effect::NsPush { .. })
        };
        let steps = self.contract.steps.iter().filter(|step| about(&step.effect));
        let steps: Vec<&str> = steps.map(|step| step.id.as_str()).collect();
        if self.contract.trigger.payload.is_none() && !steps.is_empty() {
            self.say("/trigger", format!("a payload is needed for {}", steps.join(", ")));
        }
    }

    fn writes(&mut self, at: &str, writes: &[Write]) {
        for (n, write) in writes.iter().enumerate() {
            let turns = match write.for_each.as_deref() {
                None => Turns::Once,
                Some(list) if self.lists().contains(&list) => Turns::Each(list),
                Some(list) => {
                    let message = format!("{list} is no list; lists are {}", self.lists().join(", "));
                    self.say(&format!("{at}/{n}/for_each"), message);
                    Turns::Unclear(list)
                }
            };
            self.binds(&format!("{at}/{n}/binds"), &write.binds, turns);
            let judged = match write.sql.split_whitespace().next() {
                Some(word) if word.eq_ignore_ascii_case("select") => {
                    Err("the SQL should write, but it reads".to_owned())
                }
                _ => self.sql.write(&write.sql, &write.table, &write.reads, write.binds.len()),
            };
            if let Err(message) = judged {
                self.say(&format!("{at}/{n}/sql"), message);
            }
        }
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
