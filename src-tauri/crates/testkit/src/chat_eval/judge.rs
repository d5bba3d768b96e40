//! What of a message was right.
//!
//! Owns the definitions of [`super`] as code, and the sums. Must not know words.

use std::collections::{BTreeMap, BTreeSet};

use super::kind;
use super::label::State;
use super::{RIGHT, SILENT, UNNEEDED};

/// The state before and after a message, as labelled and as it is.
pub struct Step<'a> {
    /// As labelled, before.
    pub was_meant: &'a State,
    /// As it was.
    pub was: &'a State,
    /// As labelled, after.
    pub meant: &'a State,
    /// As it is.
    pub is: &'a State,
}

/// The sums of some messages.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Conversations held.
    pub conversations: u32,
    /// Messages said.
    pub messages: u32,
    /// Messages with nothing wrong of their own.
    pub whole: u32,
    /// Slots compared.
    pub slots: u32,
    /// Slots right.
    pub right: u32,
    /// Slots wrong without a question.
    pub silent: u32,
    /// Slots left out, since they were wrong before.
    pub inherited: u32,
    /// Questions the app asked.
    pub asked: u32,
    /// Of those, not needed.
    pub unneeded: u32,
    /// Questions the labels need.
    pub needed: u32,
    /// Of those, not asked, or without a labelled answer among their choices.
    pub missing: u32,
    /// How many wrong slots are of which kind.
    pub kinds: BTreeMap<&'static str, u32>,
    /// What was wrong, a message each.
    pub faults: Vec<String>,
}

impl Tally {
    /// Add another's sums.
    pub fn add(&mut self, other: &Tally) {
        self.conversations += other.conversations;
        self.messages += other.messages;
        self.whole += other.whole;
        self.slots += other.slots;
        self.right += other.right;
        self.silent += other.silent;
        self.inherited += other.inherited;
        self.asked += other.asked;
        self.unneeded += other.unneeded;
        self.needed += other.needed;
        self.missing += other.missing;
        for (kind, many) in &other.kinds {
            *self.kinds.entry(kind).or_default() += many;
        }
        self.faults.extend_from_slice(&other.faults);
    }

    /// Slots right, of 10,000.
    pub fn right_share(&self) -> u32 {
        share(self.right, self.slots)
    }

    /// Slots wrong without having asked, of 10,000.
    pub fn silent_share(&self) -> u32 {
        share(self.silent, self.slots)
    }

    /// Questions not needed, of 10,000 asked.
    pub fn unneeded_share(&self) -> u32 {
        share(self.unneeded, self.asked)
    }

    /// Needed questions missing, of 10,000 needed.
    pub fn missing_share(&self) -> u32 {
        share(self.missing, self.needed)
    }

    /// Messages with nothing wrong of their own, of 10,000.
    pub fn whole_share(&self) -> u32 {
        share(self.whole, self.messages)
    }

    /// Whether the goals hold.
    pub fn holds(&self) -> bool {
        self.right_share() >= RIGHT && self.silent_share() <= SILENT && self.unneeded_share() <= UNNEEDED
    }
}

fn share(part: u32, whole: u32) -> u32 {
    (part * 10_000).checked_div(whole).unwrap_or(0)
}

impl Step<'_> {
    /// Judge the message; `mute` when nothing was answered beside what was understood. What was wrong, in words.
    pub fn judge(&self, mute: bool, tally: &mut Tally) -> Vec<String> {
        let mut faults = Vec::new();
        self.slots(mute, tally, &mut faults);
        self.questions(tally, &mut faults);
        tally.messages += 1;
        tally.whole += u32::from(faults.is_empty());
        faults
    }

    fn slots(&self, mute: bool, tally: &mut Tally, faults: &mut Vec<String>) {
        let all = [self.was_meant, self.was, self.meant, self.is];
        let names: BTreeSet<&String> = all.iter().flat_map(|state| state.slots.keys()).collect();
        let is_line = |name: &str| name.starts_with("line ");
        let wrong_before = |name: &String| self.was_meant.slots.get(name) != self.was.slots.get(name);
        let line_wrong_before = names.iter().any(|name| is_line(name) && wrong_before(name));
        for name in names {
            let [was_meant, was, meant, is] = all.map(|state| state.slots.get(name));
            let (label_moved, app_moved) = (was_meant != meant, was != is);
            if !label_moved && !app_moved {
                continue;
            }
            if wrong_before(name) || !label_moved && is_line(name) && line_wrong_before {
                tally.inherited += 1;
                continue;
            }
            tally.slots += 1;
            if meant == is {
                tally.right += 1;
                continue;
            }
            let silent = !self.asks_about(name) && (app_moved || mute && !self.asks_anew());
            tally.silent += u32::from(silent);
            *tally.kinds.entry(kind::of(name, self.meant, self.was, self.is)).or_default() += 1;
            let shown = |value: Option<&String>| value.map_or("nothing".to_owned(), Clone::clone);
            let how = if silent { " WITHOUT ASKING" } else { "" };
            faults.push(format!("{name}: {} expected, {} came{how}", shown(meant), shown(is)));
        }
    }

    fn asks_about(&self, name: &str) -> bool {
        match name.strip_prefix("line ") {
            Some(item) => ["item", "line", "quantity", "price"].iter().any(|slot| {
                self.is.asks.get(*slot).is_some_and(|about| about.contains(item.trim_end_matches('+')))
            }),
            None => self.is.asks.contains_key(if name == "year" { "school_year" } else { name }),
        }
    }

    fn asks_anew(&self) -> bool {
        self.is.asks.iter().any(|(slot, about)| self.was.asks.get(slot) != Some(about))
    }

    fn questions(&self, tally: &mut Tally, faults: &mut Vec<String>) {
        let all = [self.was_meant, self.was, self.meant, self.is];
        let slots: BTreeSet<&String> = all.iter().flat_map(|state| state.asks.keys()).collect();
        for slot in slots {
            let [was_meant, was, meant, is] = all.map(|state| state.asks.get(slot));
            if was_meant.is_some() != was.is_some() {
                continue;
            }
            let anew = |before: Option<&BTreeSet<String>>, now: &BTreeSet<String>| {
                before.is_none_or(|before| !now.is_subset(before))
            };
            if let Some(about) = is.filter(|about| anew(was, about)) {
                tally.asked += 1;
                if meant.is_none() {
                    tally.unneeded += 1;
                    faults.push(format!("{slot}: asked and not needed, {about:?}"));
                }
            }
            if let Some(wanted) = meant.filter(|wanted| anew(was_meant, wanted)) {
                tally.needed += 1;
                if !is.is_some_and(|about| wanted.is_subset(about)) {
                    tally.missing += 1;
                    faults.push(format!("{slot}: {wanted:?} to be asked, {is:?} is"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(slots: &[(&str, &str)], asks: &[(&str, &[&str])]) -> State {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        State {
            slots: slots.iter().map(|&(slot, value)| (slot.to_owned(), value.to_owned())).collect(),
            asks: asks.iter().map(|&(slot, list)| (slot.to_owned(), texts(list))).collect(),
        }
    }

    fn judged(was_meant: &State, was: &State, meant: &State, is: &State) -> Tally {
        let mut tally = Tally::default();
        Step { was_meant, was, meant, is }.judge(true, &mut tally);
        tally
    }

    #[test]
    fn a_wrong_value_counts_as_silent_unless_a_question_is_about_it() {
        let (none, right) = (State::default(), state(&[("line A", "x5 list")], &[]));
        let wrong = state(&[("line A", "x6 list")], &[]);
        let asked = state(&[("line A", "x6 list")], &[("quantity", &["A"])]);
        let (one, other) = (judged(&none, &none, &right, &wrong), judged(&none, &none, &right, &asked));
        assert_eq!((one.slots, one.right, one.silent), (1, 0, 1));
        assert_eq!((other.slots, other.silent, other.unneeded), (1, 0, 1));
    }

    #[test]
    fn a_fault_is_counted_at_the_message_that_made_it_and_never_again() {
        let (meant, is) = (state(&[("line A", "x5 list")], &[]), state(&[("line A", "x6 list")], &[]));
        let later = state(&[("line A", "x9 list")], &[]);
        let tally = judged(&meant, &is, &later, &is);
        assert_eq!((tally.slots, tally.inherited), (0, 1));
        let unchanged = judged(&meant, &is, &meant, &is);
        assert_eq!((unchanged.slots, unchanged.inherited, unchanged.whole), (0, 0, 1));
    }

    #[test]
    fn a_question_without_the_labelled_answer_among_its_choices_is_missing() {
        let none = State::default();
        let (meant, is) = (state(&[], &[("item", &["A", "B"])]), state(&[], &[("item", &["A", "C"])]));
        let tally = judged(&none, &none, &meant, &is);
        assert_eq!((tally.asked, tally.unneeded, tally.needed, tally.missing), (1, 0, 1, 1));
    }
}
