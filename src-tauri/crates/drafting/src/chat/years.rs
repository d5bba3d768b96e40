//! For which school year the quote is.
//!
//! Owns taking a year that can be only one and asking about every other.

use chrono::Datelike;
use domain::SchoolYear;

use crate::chat::grammar::{WRITTEN_OUT, YearSaid};
use crate::chat::interpret::Reading;
use crate::chat::question::{CHOICE_LIMIT, Slot};
use crate::chat::token::Token;
use crate::chat::wording::{capital, choice};
use crate::document::Change;

impl Reading<'_> {
    /// Take the years that were said; ask when they can be more than one.
    pub fn years(&mut self, said: Vec<(YearSaid, (usize, usize))>) {
        let mut sure: Vec<(SchoolYear, String, String)> = Vec::new();
        // What this message answers it does not ask again.
        let answered =
            self.sheet.out.changes.iter().any(|change| matches!(change, Change::SetSchoolYear { .. }));
        // “SY 2027, i.e. 26-27”: what was open is said.
        let either = |one: &YearSaid, is: &YearSaid| match (one, is) {
            (YearSaid::Either(one, other, _), YearSaid::Is(year, _)) => one == year || other == year,
            _ => false,
        };
        let corrected = said.last().is_some_and(|(_, (from, _))| {
            let before = self.tokens[..*from].iter().rev().take(4);
            let corrects = |token: &Token| {
                matches!(token.norm.as_str(), "no" | "actually" | "wait" | "sorry" | "make" | "oops")
            };
            said.len() > 1 && before.clone().any(corrects)
        });
        let settled = |year: &YearSaid| said.iter().any(|(other, _)| either(year, other));
        let said: Vec<_> = said.iter().filter(|(year, _)| !settled(year)).cloned().collect();
        for (year, place) in said {
            let words = self.said(place);
            match year {
                YearSaid::Is(year, why) if sure.iter().all(|(known, ..)| *known != year) => {
                    sure.push((year, words, why))
                }
                YearSaid::Is(..) => {}
                YearSaid::Either(_, _, why) if answered => {
                    self.sheet.answer(format!("I did not take “{words}”: {why}"));
                }
                YearSaid::Either(one, other, why) => {
                    self.open.retain(|question| question.slot != Slot::SchoolYear);
                    self.ask_year(
                        &[one, other],
                        &format!("Which school year is “{words}”? {}", capital(&why)),
                    );
                }
                YearSaid::Refused(why) => self.sheet.answer(format!("I did not take “{words}”: {why}")),
            }
        }
        // “Next year, 27-28”: what is written out is meant.
        let written = |(_, _, why): &(SchoolYear, String, String)| why == WRITTEN_OUT;
        if sure.len() > 1 && sure.iter().filter(|year| written(year)).count() == 1 {
            sure.retain(written);
        }
        // “2026-2027... no, actually make it 2027-28.”
        if sure.len() > 1 && corrected {
            sure.drain(..sure.len() - 1);
        }
        let asked = self.sheet.out.questions.iter().any(|question| question.slot == Slot::SchoolYear);
        match &sure[..] {
            [] => {}
            [(year, words, why)] if !asked => {
                self.sheet.understood(words.clone(), format!("school year {year}"), why.clone());
                self.sheet.make(Change::SetSchoolYear { school_year: *year });
            }
            several if answered => {
                let said: Vec<&str> = several.iter().map(|(_, words, _)| words.as_str()).collect();
                self.sheet.answer(format!("I did not take “{}”: the year is chosen", said.join(", ")));
            }
            several if !asked => {
                let years: Vec<SchoolYear> =
                    several.iter().map(|(year, ..)| *year).take(CHOICE_LIMIT).collect();
                self.ask_year(&years, "You named more than one school year. Which is it?");
            }
            _ => {}
        }
    }

    /// Ask which of these years it is.
    pub fn ask_year(&mut self, years: &[SchoolYear], prompt: &str) {
        let now = SchoolYear::containing(self.today).ok();
        let choices = years
            .iter()
            .map(|year| {
                let words: &[&str] = match now {
                    // In spring “this year” may be the next.
                    Some(now) if now == *year && self.today.month() > 6 => &["this", "current"],
                    Some(now) if now.next() == Some(*year) => &["next", "coming"],
                    _ => &[],
                };
                let detail = format!(
                    "{} to {}",
                    year.first_day().format("%b %-d, %Y"),
                    year.last_day().format("%b %-d, %Y")
                );
                choice(year.to_string(), detail, words, vec![Change::SetSchoolYear { school_year: *year }])
            })
            .collect();
        self.sheet.ask(Slot::SchoolYear, prompt, choices);
    }
}
