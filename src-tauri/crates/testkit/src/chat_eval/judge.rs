//! What a turn did, against its label.
//!
//! Owns the counts and their meaning, as the parent module defines them. Must not forgive.

use std::collections::BTreeSet;

use super::said::Said;

/// Counts of one set of conversations.
#[derive(Debug, Default, Clone, Copy)]
pub struct Score {
    /// Messages said.
    pub messages: u32,
    /// Slots that count.
    pub slots: u32,
    /// Slots exactly as labelled.
    pub right: u32,
    /// Slots that hold something wrong while nothing was asked.
    pub wrong_unasked: u32,
    /// Questions raised.
    pub questions: u32,
    /// Of these, those that were not needed.
    pub not_needed: u32,
}

/// Something that is not as labelled.
#[derive(Debug, Clone)]
pub struct Fault {
    /// In which conversation.
    pub conversation: String,
    /// After which message.
    pub said: String,
    /// What.
    pub what: String,
    /// What was answered.
    pub answers: Vec<String>,
}

/// One message: the draft before and after it, and as it was and is due.
pub struct Turn<'t> {
    /// The draft before.
    pub before: &'t Said,
    /// The draft after.
    pub after: &'t Said,
    /// The draft as it should have been before.
    pub due: &'t Said,
    /// The draft as it should be after.
    pub expected: &'t Said,
}

/// A slot's value, four times.
struct Slot<'t> {
    name: String,
    asked_by: &'static [&'static str],
    before: Option<&'t str>,
    after: Option<&'t str>,
    due: Option<&'t str>,
    expected: Option<&'t str>,
}

impl Score {
    /// Count a turn; what was not right comes back in words.
    pub fn judge(&mut self, turn: &Turn<'_>) -> Vec<String> {
        self.messages += 1;
        let mut faults = Vec::new();
        let notes = [turn.before, turn.after, turn.due, turn.expected].map(|said| said.notes.join(" | "));
        for slot in slots(turn, &notes) {
            let counts = (slot.expected.is_some() || slot.after.is_some() || slot.due.is_some())
                && (slot.before == slot.due || slot.expected != slot.due);
            if !counts {
                continue;
            }
            self.slots += 1;
            if slot.after == slot.expected {
                self.right += 1;
                continue;
            }
            let asked = slot.asked_by.iter().any(|by| turn.after.asks.contains_key(*by));
            let stands = slot.after.is_some() || slot.before.is_some();
            let unasked = stands && slot.after != slot.before && !asked;
            self.wrong_unasked += u32::from(unasked);
            let mark = if unasked { " (unasked)" } else { "" };
            faults.push(format!("{} is {:?}, should be {:?}{mark}", slot.name, slot.after, slot.expected));
        }
        let nothing = BTreeSet::new();
        for (slot, offers) in &turn.expected.asks {
            self.slots += 1;
            match turn.after.asks.get(slot) {
                Some(offered) if offers.is_subset(offered) => self.right += 1,
                Some(offered) => faults.push(format!("asks {slot} of {offered:?}, should offer {offers:?}")),
                None => faults.push(format!("does not ask {slot} {offers:?}")),
            }
        }
        for (slot, offered) in &turn.after.asks {
            if turn.before.asks.get(slot).unwrap_or(&nothing) == offered
                && turn.before.asks.contains_key(slot)
            {
                continue;
            }
            self.questions += 1;
            if !turn.expected.asks.contains_key(slot) {
                self.not_needed += 1;
                faults.push(format!("asks {slot} {offered:?} without need"));
            }
        }
        faults
    }

    /// The counts of both.
    pub fn and(self, other: Score) -> Score {
        Score {
            messages: self.messages + other.messages,
            slots: self.slots + other.slots,
            right: self.right + other.right,
            wrong_unasked: self.wrong_unasked + other.wrong_unasked,
            questions: self.questions + other.questions,
            not_needed: self.not_needed + other.not_needed,
        }
    }

    /// Slots exactly right, of a thousand.
    pub fn right_share(&self) -> u32 {
        share(self.right, self.slots)
    }

    /// Slots wrong without having asked, of a thousand.
    pub fn wrong_share(&self) -> u32 {
        share(self.wrong_unasked, self.slots)
    }

    /// Messages answered with a question that was not needed, of a thousand.
    pub fn not_needed_share(&self) -> u32 {
        share(self.not_needed, self.messages)
    }
}

fn share(part: u32, of: u32) -> u32 {
    (part * 1_000).checked_div(of).unwrap_or(0)
}

fn slots<'t>(turn: &Turn<'t>, notes: &'t [String; 4]) -> Vec<Slot<'t>> {
    let four = |name: &str, asked_by, of: &dyn Fn(&'t Said) -> Option<&'t str>| Slot {
        name: name.to_owned(),
        asked_by,
        before: of(turn.before),
        after: of(turn.after),
        due: of(turn.due),
        expected: of(turn.expected),
    };
    let mut slots = vec![
        four("customer", &["customer"], &|said| said.customer.as_deref()),
        four("year", &["school_year"], &|said| said.year.as_deref()),
        four("pdf", &[], &|said| said.pdf.then_some("wanted")),
        four("until", &[], &|said| said.until.as_deref()),
    ];
    let note = |at: usize| Some(notes[at].as_str()).filter(|text| !text.is_empty());
    slots.push(Slot {
        name: "notes".to_owned(),
        asked_by: &[],
        before: note(0),
        after: note(1),
        due: note(2),
        expected: note(3),
    });
    let codes: BTreeSet<&String> = [turn.before, turn.after, turn.due, turn.expected]
        .into_iter()
        .flat_map(|said| said.lines.keys())
        .collect();
    for code in codes {
        slots.push(four(code, &["item", "line", "quantity", "price", "customer"], &|said| {
            said.lines.get(code).map(String::as_str)
        }));
    }
    slots
}
