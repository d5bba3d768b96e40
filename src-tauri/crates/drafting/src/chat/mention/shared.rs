//! Counts that stand together after the items they count: “egg patties and waffles, 40 and 65”.
//!
//! Owns handing them out in order. Hands none out unless there are as many counts as items without one.

use crate::chat::grammar::{CountSaid, Verb, is_measure, whole_cases};
use crate::chat::mention::Mention;
use crate::chat::token::{Token, whole, word};

/// The greatest bare number that is a count.
const MOST: u64 = 9_999;

/// Give each of the items before a row of counts its own.
pub fn hand_out(tokens: &[Token], mentions: &mut Vec<Mention>) {
    beyond(tokens, mentions);
    of_each(tokens, mentions);
    each(tokens, mentions);
    lead(tokens, mentions);
    let Some((from, to)) = row(tokens, mentions) else { return };
    let mut counts: Vec<CountSaid> =
        mentions[from..to].iter().filter_map(|mention| mere_count(tokens, mention)).collect();
    // “Corn and tots 20 and 30”: the first of them stands beside the last item.
    let last = mentions[..from].iter().rposition(is_item);
    let beside = last.filter(|&at| mentions[at].count.is_none()).and_then(|at| {
        let count = bare(tokens, *mentions[at].words.last()?)?;
        (mentions[at].words.len() > 1).then_some((at, count))
    });
    if let Some((_, count)) = &beside {
        counts.insert(0, count.clone());
    }
    let mut items: Vec<usize> = Vec::new();
    for at in (0..from).rev() {
        let mention = &mentions[at];
        if !is_item(mention) {
            if mention.for_whom || mention.subject {
                continue;
            }
            break;
        }
        let own = beside.as_ref().is_none_or(|(last, _)| *last != at);
        let numbered = mention.words.iter().any(|&word| bare(tokens, word).is_some());
        if mention.count.is_some() || own && numbered {
            break;
        }
        items.insert(0, at);
    }
    if items.len() != counts.len() || items.len() < 2 {
        return;
    }
    for (&at, count) in items.iter().zip(counts) {
        if beside.as_ref().is_some_and(|(last, _)| *last == at) {
            mentions[at].words.pop();
        }
        mentions[at].count = Some(count);
    }
    mentions.drain(from..to);
}

/// “Popcorn chicken, not the spicy kind, 24”: the count is of what stands before what it is not.
fn beyond(tokens: &[Token], mentions: &mut Vec<Mention>) {
    for at in (2..mentions.len()).rev() {
        let count = Mention { negated: false, ..mentions[at].clone() };
        let waits = is_item(&mentions[at - 2])
            && mentions[at - 2].count.is_none()
            && !mentions[at - 2].words.iter().any(|&at| bare(tokens, at).is_some());
        let apart = mentions[at - 1].negated
            && mentions[at - 1].count.is_none()
            && !mentions[at - 1].words.is_empty();
        if let Some(count) = mere_count(tokens, &count).filter(|_| waits && apart && mentions[at].negated) {
            mentions[at - 2].count = Some(count);
            mentions.remove(at);
        }
    }
}

/// “Pancakes and waffles. 20 of each”: said last, it is of all before it that wait for a count.
fn of_each(tokens: &[Token], mentions: &mut Vec<Mention>) {
    let Some(last) = mentions.last() else { return };
    let words: Vec<&str> = last.words.iter().map(|&at| word(tokens, at)).collect();
    let count = match (&words[..], &last.count) {
        ([number, "of", "each"], None) => {
            whole(number).filter(|n| (1..=MOST).contains(n)).map(|n| whole_cases(n, false))
        }
        (["of", "each"], count) => count.clone(),
        _ => None,
    };
    let Some(count) = count else { return };
    let waits = |mention: &Mention| {
        mention.count.is_none() && !mention.words.iter().any(|&at| bare(tokens, at).is_some())
    };
    let end = mentions.len() - 1;
    let mut found = 0;
    let mut at = end;
    while at > 0 {
        let mention = &mentions[at - 1];
        if mention.for_whom || mention.subject {
            at -= 1;
            continue;
        }
        if !is_item(mention) || !waits(mention) {
            break;
        }
        mentions[at - 1].count = Some(count.clone());
        found += 1;
        at -= 1;
    }
    if found > 1 {
        mentions.truncate(end);
    }
}

/// “8 cs each of: applesauce cups, raisins, crispy bars”: a count said first is of all that follow.
fn each(tokens: &[Token], mentions: &mut Vec<Mention>) {
    let says_each = |mention: &Mention| {
        let first = mention.words.iter().find(|&&at| tokens[at].is_word());
        first.is_some_and(|&at| matches!(word(tokens, at), "each" | "ea"))
    };
    let Some(from) = mentions.iter().position(|mention| mention.count.is_some() && says_each(mention)) else {
        return;
    };
    let count = mentions[from].count.clone();
    let words = |mention: &Mention| {
        mention
            .words
            .iter()
            .any(|&at| tokens[at].is_word() && !matches!(word(tokens, at), "each" | "ea" | "of"))
    };
    let alone = !words(&mentions[from]);
    let follows = |mention: &Mention, at: usize| {
        let begins = alone && at == from + 1;
        is_item(mention)
            && (mention.joined || begins)
            && mention.count.is_none()
            && !mention.words.iter().any(|&at| bare(tokens, at).is_some())
    };
    let end = (from + 1..mentions.len()).take_while(|&at| follows(&mentions[at], at)).last();
    let Some(end) = end else { return };
    mentions[from + 1..=end].iter_mut().for_each(|mention| mention.count.clone_from(&count));
    let first = &mut mentions[from];
    first.words.retain(|&at| !matches!(word(tokens, at), "each" | "ea"));
    if alone {
        mentions.remove(from);
    }
}

/// “55 cs, beef crumbles; 40 cs, rolls”: a count alone is of what a comma parts it from, where nothing before it waits
/// for one.
fn lead(tokens: &[Token], mentions: &mut Vec<Mention>) {
    // “We're updating our numbers” waits for none.
    let talks = |mention: &Mention| {
        let first = mention.words.iter().map(|&at| word(tokens, at)).next().unwrap_or_default();
        matches!(first, "we're" | "i'm" | "they're" | "it's" | "we" | "i" | "he" | "she" | "they" | "it")
    };
    let waits = |mention: &Mention| {
        is_item(mention)
            && !talks(mention)
            && mention.count.is_none()
            && !mention.words.iter().any(|&at| bare(tokens, at).is_some())
    };
    let mut at = 0;
    while at + 1 < mentions.len() {
        let alone = mentions[at].words.is_empty() && mere_count(tokens, &mentions[at]).is_some();
        let free = at == 0 || !waits(&mentions[at - 1]);
        let (before, after) = mentions.split_at_mut(at + 1);
        if alone && free && after[0].joined && waits(&after[0]) && before[at].verb == after[0].verb {
            after[0].count = before[at].count.take();
            mentions.remove(at);
        }
        at += 1;
    }
}

/// The last row of mentions that are counts and nothing else.
fn row(tokens: &[Token], mentions: &[Mention]) -> Option<(usize, usize)> {
    let mere = |mention: &Mention| mere_count(tokens, mention).is_some();
    let last = mentions.iter().rposition(mere)?;
    let from = mentions[..last].iter().rposition(|mention| !mere(mention))? + 1;
    Some((from, last + 1))
}

fn is_item(mention: &Mention) -> bool {
    !mention.words.is_empty()
        && !mention.for_whom
        && !mention.subject
        && !mention.correction
        && !mention.negated
        && mention.verb.is_none_or(|verb| matches!(verb, Verb::Add | Verb::Quote))
}

fn mere_count(tokens: &[Token], mention: &Mention) -> Option<CountSaid> {
    let plain = mention.price.is_none() && !mention.correction && !mention.negated && !mention.for_whom;
    let words: Vec<usize> = mention
        .words
        .iter()
        .copied()
        .filter(|&at| tokens[at].is_word() && !matches!(word(tokens, at), "respectively" | "of" | "each"))
        .collect();
    match (&words[..], &mention.count) {
        ([], Some(count @ CountSaid::Cases { more: false, .. })) if plain => Some(count.clone()),
        (&[only], None) if plain => bare(tokens, only),
        _ => None,
    }
}

fn bare(tokens: &[Token], at: usize) -> Option<CountSaid> {
    // “The #10s, 12” counts once.
    let canned = at.checked_sub(1).is_some_and(|at| word(tokens, at) == "#");
    // “4 oz cups” are no four.
    let sized = is_measure(word(tokens, at + 1));
    let number = whole(word(tokens, at)).filter(|number| !canned && !sized && (1..=MOST).contains(number))?;
    Some(whole_cases(number, false))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::chat::grammar::{self, CountSaid};
    use crate::chat::mention::group;
    use crate::chat::token::tokenize;

    fn counts(message: &str) -> Vec<Option<u32>> {
        let tokens = tokenize(message);
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default();
        let grouped = group(&tokens, &grammar::read(&tokens, today));
        let of = |count: &CountSaid| match count {
            CountSaid::Cases { count, .. } => Some(*count),
            _ => None,
        };
        grouped.mentions.iter().map(|mention| mention.count.as_ref().and_then(of)).collect()
    }

    #[test]
    fn as_many_counts_as_items_go_to_them_in_order() {
        assert_eq!(counts("egg patties and waffles, 40 and 65"), [Some(40), Some(65)]);
        assert_eq!(counts("tacos n nacho cheese, 40 and 30 cs respectively"), [Some(40), Some(30)]);
        assert_eq!(counts("corn and tots 20 and 30"), [Some(20), Some(30)]);
        assert_eq!(counts("55 cs, beef crumbles\n40 cs, rolls"), [Some(55), Some(40)]);
        assert_eq!(counts("corn, tots and peas, 20 and 30"), [None, None, None, None, None]);
    }
}
