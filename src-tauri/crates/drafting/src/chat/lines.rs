//! Which lines of the draft are meant.
//!
//! Owns “that”, “the second one”, “line 3”, “all” and words for an item already there. Must not pick among
//! lines the words do not tell apart.

use domain::LineId;

use crate::chat::catalogue::{Catalogue, Item, LookupError};
use crate::chat::resolve::{self, Found, TAKEN};
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::thing::says;
use crate::chat::token::whole;
use crate::document::DraftLine;

/// The lines that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lines {
    /// These.
    These(Vec<LineId>),
    /// One of these.
    OneOf(Vec<LineId>),
    /// None there is.
    None,
}

/// The place an ordinal names, counted from nought; the last is the greatest number.
pub fn ordinal(word: &str) -> Option<usize> {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if word == "last" {
        return Some(usize::MAX);
    }
    if let Some(place) = WORDS.iter().position(|known| *known == word) {
        return Some(place);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    usize::try_from(whole(digits)?).ok()?.checked_sub(1)
}

/// The facts of the items of some lines.
pub fn facts(catalogue: &dyn Catalogue, lines: &[DraftLine]) -> Result<Vec<Item>, LookupError> {
    let mut codes: Vec<&str> = lines.iter().map(|line| line.item_code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() { Ok(Vec::new()) } else { catalogue.items(&codes) }
}

/// The lines these words mean.
pub fn meant(
    catalogue: &dyn Catalogue,
    lines: &[DraftLine],
    focus: Option<&LineId>,
    words: &[&str],
) -> Result<Lines, LookupError> {
    let ids = || lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "the" | "one" | "item" | "of" | "to" | "just" | "only"))
        .collect();
    let spoken = |word: &&str| {
        matches!(*word, "that" | "those" | "these" | "em" | "it" | "this" | "line" | "lines" | "#" | "number")
    };
    // “How much did that save them” names none; “all the pizza” is of pizza.
    let of_all = |word: &&str| matches!(*word, "all" | "everything" | "them" | "every" | "each");
    if lower.iter().any(of_all) && lower.iter().all(|word| of_all(word) || spoken(word) || says_little(word))
    {
        return Ok(Lines::These(ids()));
    }
    let lower: Vec<&str> = lower.into_iter().filter(|word| !of_all(word)).collect();
    if lines.len() == 2 && lower.contains(&"both") && lower.iter().all(|word| *word == "both" || spoken(word))
    {
        return Ok(Lines::These(ids()));
    }
    if lower.iter().all(|word| spoken(word) || *word == "on") {
        let focused = focus.filter(|focus| lines.iter().any(|line| line.id == **focus));
        return Ok(match (focused, lines) {
            (_, [only]) => Lines::These(vec![only.id.clone()]),
            (Some(focus), _) => Lines::These(vec![focus.clone()]),
            (None, []) => Lines::None,
            (None, _) => Lines::OneOf(ids()),
        });
    }
    let by_place = |place: usize| {
        let found = if place == usize::MAX { lines.last() } else { lines.get(place) };
        found.map_or(Lines::None, |line| Lines::These(vec![line.id.clone()]))
    };
    // “39 on the next one”: the line after the one spoken of.
    if lower == ["next"] {
        let spoken = focus.and_then(|focus| lines.iter().position(|line| line.id == *focus));
        return Ok(spoken.map_or(Lines::None, |at| by_place(at + 1)));
    }
    // “The first two”.
    if let [place @ ("first" | "last"), many] = lower[..]
        && let Some(many) = whole(many).and_then(|many| usize::try_from(many).ok()).or(match many {
            "two" => Some(2),
            "three" => Some(3),
            "four" => Some(4),
            _ => None,
        })
        && many <= lines.len()
    {
        let kept = if place == "first" { &lines[..many] } else { &lines[lines.len() - many..] };
        return Ok(Lines::These(kept.iter().map(|line| line.id.clone()).collect()));
    }
    if let [only] = lower[..]
        && let Some(number) = only.strip_prefix('#').and_then(whole)
    {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        return Ok(place.map_or(Lines::None, by_place));
    }
    let named: Vec<&str> = lower.iter().copied().filter(|word| !spoken(word)).collect();
    if let [only] = named[..] {
        if let Some(place) = ordinal(only) {
            return Ok(by_place(place));
        }
        let of_code: Vec<LineId> = lines
            .iter()
            .filter(|line| line.item_code.as_str().eq_ignore_ascii_case(only))
            .map(|line| line.id.clone())
            .collect();
        match of_code.len() {
            0 => {}
            1 => return Ok(Lines::These(of_code)),
            _ => return Ok(Lines::OneOf(of_code)),
        }
        if let Some(number) = whole(only)
            && named.len() < lower.len()
        {
            let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
            return Ok(place.map_or(Lines::None, by_place));
        }
    }
    // “The last one on that list”.
    if let [first, "on" | "in" | "from" | "off", ..] = named[..]
        && let Some(place) = ordinal(first)
    {
        return Ok(by_place(place));
    }
    let facts = facts(catalogue, lines)?;
    let of_items = |found: &[Item]| -> Vec<LineId> {
        let meant = |line: &&DraftLine| found.iter().any(|item| item.code == line.item_code);
        lines.iter().filter(meant).map(|line| line.id.clone()).collect()
    };
    let mut text: Vec<&str> = named.iter().copied().filter(|word| !says_little(word)).collect();
    let found = loop {
        match resolve::among(&facts, &text.join(" ")) {
            Found::One(taken) => break of_items(&[taken.it]),
            Found::Several(items, _) if !text.is_empty() => break of_items(&items),
            _ => {}
        }
        // “The raspberry one they hate it”: what fits no line says nothing of which.
        let fits =
            |word: &&str| facts.iter().any(|item| resolve::fit_item(&terms(word), item).coverage >= TAKEN);
        let kept: Vec<&str> = text.iter().copied().filter(fits).collect();
        // A size alone is no line: “the 5 lb bag grits” are not the beans of 5 lb.
        let named = terms(&kept.join(" ")).iter().any(|term| says(term));
        let cut = !named || kept.len() == text.len() || kept.first() != text.first();
        // “They would be so grateful if the mozzarella”: what is meant stands after the last “the”.
        let the = words.iter().rposition(|word| matches!(word.to_lowercase().as_str(), "the" | "those"));
        let after: Vec<&str> = the
            .map(|the| {
                words[the + 1..].iter().copied().filter(|word| !says_little(&word.to_lowercase())).collect()
            })
            .unwrap_or_default();
        if cut && (after.is_empty() || after.len() >= text.len()) {
            break Vec::new();
        }
        text = if cut { after } else { kept };
    };
    let both = lower.contains(&"both") && found.len() == 2;
    Ok(match found.len() {
        _ if both => Lines::These(found),
        0 => Lines::None,
        1 => Lines::These(found),
        _ => Lines::OneOf(found),
    })
}
