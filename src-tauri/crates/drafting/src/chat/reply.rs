//! Whether a message, or a part of it, answers a question that is open.
//!
//! Owns the ways to pick a choice: its number, its place, or words that only it has. Must not take words
//! that several choices share.

use crate::chat::bodies::{body, is_generic};
use crate::chat::lines::ordinal;
use crate::chat::question::{Choice, Question, Slot};
use crate::chat::score;
use crate::chat::shorthand::{plain_words, singular, terms};
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::thing;
use crate::chat::token::{Token, whole};

/// What a part of a message is to the open questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It picks this choice of this question.
    Picks(usize, usize),
    /// It turns the choices down.
    NoneOfThese,
    /// It fits several choices; how many.
    Unclear(usize),
    /// It is no answer.
    No,
}

/// A choice, with its question, its place in it and what is asked.
type Offered<'a> = (usize, usize, &'a Choice, Slot);

/// Words around an answer.
const AROUND: [&str; 28] = [
    "the", "one", "ones", "please", "it", "its", "it's", "is", "i", "mean", "meant", "that", "that's",
    "thats", "in", "from", "for", "ok", "okay", "of", "a", "yes", "no", "with", "go", "take", "choose",
    "actually",
];

/// Read a part of a message as an answer.
pub fn read(tokens: &[Token], open: &[Question]) -> Reply {
    let offered: Vec<Offered<'_>> = open
        .iter()
        .enumerate()
        .flat_map(|(at, question)| {
            let choices = question.choices.iter().enumerate();
            choices.map(move |(place, one)| (at, place, one, question.slot))
        })
        .collect();
    // “What was their price last year on that?” answers nothing.
    let first = tokens.first().map_or("", |token| token.norm.as_str());
    let asks = matches!(first, "what" | "what's" | "whats" | "why" | "how" | "when" | "who")
        && tokens.iter().any(|token| token.norm == "?");
    // “Give em both at last year's price” is of more than what has no price, “… on it” of less.
    let wide = tokens.iter().any(|token| matches!(token.norm.as_str(), "both" | "all" | "everything" | "on"));
    let offered: Vec<Offered<'_>> =
        offered.into_iter().filter(|(.., slot)| !wide || *slot != Slot::ListPrice).collect();
    if offered.is_empty() || tokens.len() > 16 || asks {
        return Reply::No;
    }
    let norm: Vec<&str> =
        tokens.iter().map(|token| token.norm.as_str()).filter(|word| !is_sign(word)).collect();
    let turned_down = [
        "none of these",
        "none of those",
        "none of them",
        "neither",
        "none",
        "skip",
        "skip it",
        "forget it",
        "never mind",
        "nevermind",
        "neither one",
        "none of the above",
    ];
    let said = norm.join(" ");
    // “None of those, skip it.”
    let twice =
        |down: &&str| said.strip_prefix(*down).is_some_and(|rest| turned_down.contains(&rest.trim_start()));
    if turned_down.contains(&said.as_str()) || turned_down.iter().any(twice) {
        return Reply::NoneOfThese;
    }
    if matches!(norm[..], ["yes" | "yep" | "yeah" | "correct" | "right" | "y"] | ["yes", "please"]) {
        return match offered[..] {
            [(question, place, ..)] => Reply::Picks(question, place),
            _ => Reply::Unclear(offered.len()),
        };
    }
    // “1%” is milk and no choice by its number.
    if let [number, sign] = tokens
        && sign.norm == "%"
    {
        let said = format!("{}%", number.norm);
        let mut having = offered.iter().filter(|(_, _, choice, _)| {
            choice.label.split(|c: char| c.is_whitespace() || c == ',').any(|part| part == said)
        });
        return match (having.next(), having.next()) {
            (Some(only), None) => Reply::Picks(only.0, only.1),
            (Some(_), Some(_)) => Reply::Unclear(2),
            _ => Reply::No,
        };
    }
    let hashed = tokens.iter().any(|token| token.norm == "#");
    let chosen = norm.iter().any(|word| matches!(*word, "option" | "choice" | "number"));
    let words: Vec<&str> = norm
        .iter()
        .copied()
        .filter(|word| !AROUND.contains(word) && !matches!(*word, "option" | "choice" | "number"))
        .collect();
    // “The IN one”: of words around an answer one may be a state.
    if words.is_empty() {
        let state = |token: &&Token| tokens.len() == 1 || token.text.bytes().all(|b| b.is_ascii_uppercase());
        let mut said = tokens.iter().filter(state).filter_map(|token| states::full_name(&token.norm));
        if let (Some(state), None) = (said.next(), said.next()) {
            return as_asked(&offered, open, state, true);
        }
    }
    // “Louisiana” is where the customer is, and no hot sauce.
    if states::leading(&words) == words.len() && !words.is_empty() {
        let customers: Vec<Offered<'_>> =
            offered.iter().copied().filter(|(_, _, _, slot)| *slot == Slot::Customer).collect();
        if let picked @ Reply::Picks(..) = as_asked(&customers, open, &words.join(" "), false) {
            return picked;
        }
    }
    if let Some(picked) = with_or_without(&norm, &offered) {
        return picked;
    }
    if let [only] = words[..] {
        if let Some(number) = whole(only) {
            let picked = offered.iter().find(|(_, _, choice, _)| u64::from(choice.number) == number);
            // A number may also be the count that is asked for; then it must say that it is a choice.
            let counts =
                open.iter().any(|question| question.slot == Slot::Quantity && !question.lines.is_empty());
            return match picked {
                Some(_) if counts && !hashed && !chosen => Reply::Unclear(2),
                Some(&(question, place, ..)) => Reply::Picks(question, place),
                None => by_words(&offered, only, true),
            };
        }
        if let Some(place) = ordinal(only) {
            let asking: Vec<usize> = offered.iter().map(|(question, ..)| *question).collect();
            if asking.iter().any(|question| *question != asking[0]) {
                return Reply::Unclear(2);
            }
            let place = if place == usize::MAX { offered.len() - 1 } else { place };
            return offered
                .get(place)
                .map_or(Reply::No, |&(question, place, ..)| Reply::Picks(question, place));
        }
    }
    // “Not the dinos”: of two, the other.
    if let Some((&"not", rest)) = norm.split_first() {
        let Reply::Picks(question, place) = by_words(&offered, &rest.join(" "), false) else {
            return Reply::No;
        };
        let mut others = offered.iter().filter(|other| other.0 == question && other.1 != place);
        return match (others.next(), others.next()) {
            (Some(other), None) => Reply::Picks(other.0, other.1),
            _ => Reply::Unclear(open[question].choices.len()),
        };
    }
    // “The IW ones not the dough”.
    let kept = norm.iter().position(|word| *word == "not").unwrap_or(norm.len());
    let gone = terms(
        &norm[kept..]
            .iter()
            .copied()
            .filter(|word| !says_little(word) && *word != "not")
            .collect::<Vec<_>>()
            .join(" "),
    );
    let lacks = |choice: &Choice| {
        let known = terms(&choice.label);
        !gone.iter().any(|term| known.iter().any(|word| score::likeness(term, word) >= 850))
    };
    let offered: Vec<Offered<'_>> =
        offered.into_iter().filter(|(_, _, choice, slot)| *slot != Slot::Item || lacks(choice)).collect();
    // “The baked ones not dough”: where one is left, what is said of it may be words no list has.
    if kept > 0 && kept < norm.len() {
        let mut asked = offered.iter().filter(|(.., slot)| *slot == Slot::Item);
        if let (Some(only), None) = (asked.next(), asked.next())
            && open[only.0].choices.len() > 1
        {
            return Reply::Picks(only.0, only.1);
        }
    }
    let words = if kept < norm.len() {
        let gone: Vec<&str> = norm[kept..].to_vec();
        words.iter().copied().filter(|word| !gone.contains(word) || norm[..kept].contains(word)).collect()
    } else {
        words
    };
    let does_more = norm.iter().any(|word| {
        matches!(
            *word,
            "add"
                | "drop"
                | "make"
                | "quote"
                | "change"
                | "cases"
                | "cs"
                | "case"
                | "remove"
                | "swap"
                | "put"
                | "need"
                | "pdf"
                | "note"
                | "hold"
                | "price"
                | "prices"
                | "pricing"
        )
    });
    // “The regular ones” are neither reduced nor spicy.
    if !words.is_empty()
        && words.iter().all(|word| {
            matches!(
                *word,
                "reg"
                    | "regular"
                    | "plain"
                    | "original"
                    | "normal"
                    | "standard"
                    | "just"
                    | "only"
                    | "full"
                    | "fat"
            )
        })
    {
        let marked = |choice: &Choice| terms(&choice.label).iter().any(|term| thing::is_marked(term));
        let says =
            |choice: &Choice| terms(&choice.label).iter().any(|term| words.iter().any(|word| term == word));
        let mut plain = offered
            .iter()
            .filter(|(_, _, choice, slot)| *slot == Slot::Item && (says(choice) || !marked(choice)));
        if let (Some(only), None) = (plain.next(), plain.next()) {
            return Reply::Picks(only.0, only.1);
        }
    }
    // A number ten can is no ten.
    let text = if hashed { words.join(" ").replace("10", "#10") } else { words.join(" ") };
    if words.is_empty() { Reply::No } else { as_asked(&offered, open, &text, !does_more) }
}

/// The choice these words pick; of customers that have them all, the one that is called as was asked: of two in
/// Alabama the Madison County that was said goes before Madison City.
fn as_asked(offered: &[Offered<'_>], open: &[Question], text: &str, loosely: bool) -> Reply {
    let picked = by_words(offered, text, loosely);
    if !matches!(picked, Reply::Unclear(_)) {
        return picked;
    }
    let called = |offered: &&Offered<'_>| {
        let Some(asked) = &open[offered.0].asked else { return false };
        let known = terms(&offered.2.label);
        offered.3 == Slot::Customer && terms(asked).iter().all(|term| known.contains(term))
    };
    let called: Vec<Offered<'_>> = offered.iter().filter(called).copied().collect();
    match by_words(&called, text, loosely) {
        Reply::No if called.len() == 1 => Reply::Picks(called[0].0, called[0].1),
        one @ Reply::Picks(..) => one,
        _ => picked,
    }
}

/// “No bean”, “with bean”: the choice that says it is without, or the one that says it is not.
fn with_or_without(norm: &[&str], offered: &[Offered<'_>]) -> Option<Reply> {
    let [how, what @ ..] = norm else { return None };
    let without = matches!(*how, "no" | "without" | "w/o");
    if !without && !matches!(*how, "with" | "w/" | "w") || !(1..=2).contains(&what.len()) {
        return None;
    }
    let asked = terms(&what.join(" "));
    let same = |term: &String, known: &String| score::likeness(term, known) >= 850;
    let is_in = |known: &[String]| asked.iter().all(|term| known.iter().any(|word| same(term, word)));
    let is_without = |known: &[String]| {
        let negated = |pair: &[String]| {
            matches!(pair[0].as_str(), "no" | "without" | "w/o") && same(&asked[0], &pair[1])
        };
        // “Unsauced” is without sauce.
        let bare = |word: &String| {
            word.strip_prefix("un").is_some_and(|rest| score::likeness(&asked[0], rest) >= 850)
        };
        known.windows(2).any(negated) || asked.len() == 1 && known.iter().any(bare)
    };
    let known = offered.iter().map(|offered| terms(&offered.2.label)).collect::<Vec<_>>();
    if !known.iter().any(|known| is_without(known)) {
        return None;
    }
    let has = |known: &[String]| if without { is_without(known) } else { is_in(known) && !is_without(known) };
    let mut fitting = (0..offered.len()).filter(|&at| has(&known[at]));
    let (only, None) = (fitting.next()?, fitting.next()) else { return None };
    Some(Reply::Picks(offered[only].0, offered[only].1))
}

fn is_sign(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

/// The choice that alone has what was said of any. Words that no choice has are passed over only where the rest is
/// at least half, and nothing else is being said.
fn by_words(offered: &[Offered<'_>], text: &str, loosely: bool) -> Reply {
    let picks =
        |word: &str| offered.iter().any(|(_, _, choice, _)| choice.words.iter().any(|known| known == word));
    let known: Vec<Vec<String>> =
        offered.iter().map(|(_, _, choice, slot)| choice_terms(choice, *slot)).collect();
    // “All white” where another is white and dark.
    let tells = |word: &str| {
        let having = known.iter().filter(|known| known.iter().any(|term| term == word)).count();
        having > 0 && having < known.len()
    };
    let said: Vec<&str> =
        text.split(' ').filter(|word| picks(word) || tells(word) || !says_little(word)).collect();
    let mut query = terms(&said.join(" "));
    if offered.iter().all(|offered| offered.3 == Slot::Customer) {
        // “HS” is the high school, “elem” the elementary.
        let kinds: Vec<String> = body(&query).into_iter().map(str::to_owned).collect();
        if !kinds.is_empty() {
            query.retain(|term| !is_generic(term));
            query.extend(kinds);
        }
    }
    // “Small 2.6”: the number says it.
    let sizes = |term: &String| matches!(term.as_str(), "small" | "large" | "big" | "little");
    let number = |term: &String| term.contains('.') && known.iter().any(|known| known.contains(term));
    if query.iter().any(number) {
        query.retain(|term| !sizes(term) || known.iter().any(|known| known.contains(term)));
    }
    let has = |known: &[String], term: &String| known.iter().any(|word| score::likeness(term, word) >= 850);
    let shared: Vec<&String> =
        query.iter().filter(|term| known.iter().any(|known| has(known, term))).collect();
    // “Last year +2%” is more than “hold last year's”.
    let numbered =
        query.iter().any(|term| term.starts_with(|c: char| c.is_ascii_digit()) && !shared.contains(&term));
    if numbered || text.contains('%') {
        return Reply::No;
    }
    // “Pepperoni wedge” is not the wedge of cheese.
    let of_item = offered.iter().any(|offered| offered.3 == Slot::Item);
    let lacks = query.iter().any(|term| {
        let tells = thing::is_ingredient(term) || thing::is_variety(term) || thing::is_dish(term);
        of_item && tells && !shared.contains(&term)
    });
    if shared.is_empty()
        || shared.len() < query.len() && (lacks || !(loosely && shared.len() * 2 >= query.len()))
    {
        return Reply::No;
    }
    // “2027” is either end of a school year.
    let year = matches!(&shared[..], [year] if year.len() == 4 && year.starts_with("20"));
    let open_year = |at: &usize| year && offered[*at].3 == Slot::SchoolYear;
    // “Sorry, meant this school year” is no price.
    let dated = query.iter().all(|term| matches!(term.as_str(), "year" | "school"));
    let priced = |at: &usize| offered[*at].3 == Slot::ListPrice && (dated || shared.len() < query.len());
    let mut fitting: Vec<usize> = (0..offered.len())
        .filter(|&at| shared.iter().all(|term| has(&known[at], term)))
        .filter(|at| !priced(at) && !open_year(at))
        .collect();
    if fitting.len() > 1 && fitting.len() < offered.len() {
        // Said exactly goes before what is only like it: “large” is no extra large.
        let exact = |&at: &usize| {
            query.iter().all(|term| known[at].contains(term)) && named_so(offered[at].2, &query)
        };
        let exactly: Vec<usize> = fitting.iter().copied().filter(exact).collect();
        if exactly.len() == 1 {
            fitting = exactly;
        }
    }
    if fitting.len() > 1 {
        // What a name says itself goes before what stands beside it, and what only means the same: of two in “Pork”,
        // one is of beef.
        let written: Vec<usize> =
            fitting.iter().copied().filter(|&at| is_written(offered[at].2, &said)).collect();
        if written.len() == 1 {
            fitting = written;
        }
    }
    if fitting.len() > 1
        && let Some(plainest) = plainest(&fitting, offered, &query)
    {
        fitting = vec![plainest];
    }
    match fitting[..] {
        [] => Reply::No,
        [only] => Reply::Picks(offered[only].0, offered[only].1),
        _ if fitting.len() == offered.len() => Reply::No,
        _ => Reply::Unclear(fitting.len()),
    }
}

/// Whether a choice's name has all of these words as they were said.
fn is_written(choice: &Choice, said: &[&str]) -> bool {
    let known = plain_words(&choice.label);
    !said.is_empty() && said.iter().all(|word| known.contains(&singular(&word.to_lowercase())))
}

/// “Bean and cheese” is the one without beef: of choices of one question that have what was said, the one whose name
/// has nothing beside it that the others lack.
fn plainest(fitting: &[usize], offered: &[Offered<'_>], query: &[String]) -> Option<usize> {
    let question = offered[fitting[0]].0;
    if query.is_empty() || fitting.iter().any(|&at| offered[at].0 != question || offered[at].3 != Slot::Item)
    {
        return None;
    }
    let telling = |at: usize| -> Vec<String> {
        let known = terms(&offered[at].2.label);
        known.into_iter().filter(|term| !thing::is_descriptor(term) && !thing::is_container(term)).collect()
    };
    let known: Vec<Vec<String>> = fitting.iter().map(|&at| telling(at)).collect();
    let is_least = |place: usize| {
        known.iter().enumerate().all(|(other, words)| {
            other == place
                || words.len() > known[place].len() && known[place].iter().all(|term| words.contains(term))
        })
    };
    (0..fitting.len()).find(|&place| is_least(place)).map(|place| fitting[place])
}

/// The choice of a question that alone has all of these words.
pub fn named(question: &Question, text: &str) -> Option<usize> {
    let offered: Vec<Offered<'_>> =
        question.choices.iter().enumerate().map(|(place, one)| (0, place, one, question.slot)).collect();
    match by_words(&offered, text, false) {
        Reply::Picks(_, place) => Some(place),
        _ => None,
    }
}

/// Whether a part of a choice's label between commas is just this.
fn named_so(choice: &Choice, query: &[String]) -> bool {
    let parts = choice.label.split(',').map(terms).chain(choice.words.iter().map(|word| terms(word)));
    parts.into_iter().any(|part| part == query)
}

fn choice_terms(choice: &Choice, slot: Slot) -> Vec<String> {
    let mut known = terms(&choice.label);
    if !matches!(slot, Slot::Price | Slot::ListPrice) {
        // What a price is for tells nobody which price it is.
        known.extend(terms(&choice.detail));
    }
    if slot == Slot::Customer && choice.detail.contains('\'') {
        // “oneill” is O'Neill.
        known.extend(terms(&choice.detail.replace('\'', "")));
    }
    for word in &choice.words {
        known.extend(terms(word));
        known.extend(states::full_name(word).map(terms).unwrap_or_default());
    }
    known
}

/// Counts and nothing else: `120`, `120 each`, `120, 40 and 30 cases`.
pub fn counts(tokens: &[Token]) -> Option<(Vec<u64>, bool)> {
    let mut found = Vec::new();
    let mut each = false;
    for token in tokens {
        match token.norm.as_str() {
            "each" | "all" | "both" => each = true,
            "," | "and" | "cases" | "cs" | "case" | "." | "of" | "them" | "for" | "please" | "make"
            | "it" => {}
            other => found.push(whole(other)?),
        }
    }
    (!found.is_empty()).then_some((found, each))
}
