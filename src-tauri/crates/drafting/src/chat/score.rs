//! How well words fit a candidate.
//!
//! Owns similarity, in thousandths, by whole numbers only. Must not decide: a score is compared with the
//! next best by whoever resolves.

mod edits;

use edits::few_edits;

/// A perfect fit.
pub const PERFECT: u32 = 1_000;

/// How well the query fits, and what did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The share of the query found, in thousandths.
    pub coverage: u32,
    /// What is lacking altogether, in thousandths of a word: unlike the share it does not shrink as more is said.
    pub lack: u32,
    /// The query's terms that fit nothing.
    pub unread: Places,
    /// How many of the query's terms are the candidate's only by a slip of a finger.
    pub slips: u32,
    /// How many of the candidate's terms the query did not mention.
    pub unsaid: usize,
}

/// How alike a word and its abbreviation are.
pub const SHORTENED: u32 = 870;

/// Whether a word says little by itself.
pub fn says_little(term: &str) -> bool {
    matches!(
        term,
        "oz" | "lb"
            | "percent"
            | "count"
            | "pack"
            | "item"
            | "size"
            | "each"
            | "inch"
            | "kind"
            | "type"
            | "style"
            | "cut"
            | "flavor"
            | "flavored"
    )
}

/// How it is made ready, which lists seldom say of everything.
pub fn is_readied(term: &str) -> bool {
    matches!(term, "fully" | "cooked" | "precooked" | "frozen" | "fresh" | "ready" | "prepared")
}

fn weight(term: &str) -> u32 {
    match term {
        _ if says_little(term) => 2,
        _ if is_readied(term) => 6,
        _ => 10,
    }
}

/// How alike two terms are, in thousandths; below 800 they are not the same word.
pub fn likeness(said: &str, known: &str) -> u32 {
    // Words that begin otherwise are alike only by a slip at their beginning, and then end alike: most pairs go
    // no further.
    let is_begun_alike = said.as_bytes().first() == known.as_bytes().first();
    if !is_begun_alike
        && (said.as_bytes().last() != known.as_bytes().last() || said.len().min(known.len()) < 4)
    {
        return 0;
    }
    if said == known {
        return PERFECT;
    }
    // Boneless is the opposite of bone.
    if said.strip_suffix("less") == Some(known) || known.strip_suffix("less") == Some(said) {
        return 0;
    }
    let (length, other) = (length_of(said), length_of(known));
    if !is_begun_alike && length.abs_diff(other) > 2 {
        return 0;
    }
    let digits = |term: &str| term.bytes().any(|b| b.is_ascii_digit());
    if digits(said) || digits(known) {
        return 0;
    }
    if is_begun_alike {
        if plural(said, known) || plural(known, said) {
            return 980;
        }
        if inflected(said, known) || inflected(known, said) {
            return 940;
        }
        if length >= 3 && known.starts_with(said) {
            return if length >= 4 { 880 } else { 840 };
        }
        if is_short_for(known, said) || is_short_for(said, known) {
            return SHORTENED;
        }
    }
    // “Cranbry”, “vegtrn”: some of the vowels are there, and a letter for two of a kind.
    let bony = || {
        let (short, long) = if length < other { (said, known) } else { (known, said) };
        let begun = short.len() >= BONY && short.as_bytes()[..2] == long.as_bytes()[..2] && length != other;
        if begun && bones(short).eq(bones(long)) { SHORTENED } else { 0 }
    };
    if length.abs_diff(other) > 2 || length.min(other) < 4 {
        return bony();
    }
    let same_first = is_begun_alike && said.chars().next() == known.chars().next();
    let shorter = length.min(other);
    match (few_edits(said, known, same_first && shorter >= 7), shorter) {
        // One letter for another in a short word is most often another word: last and list, corn and cord.
        (1, 4) if length == other && !swapped(said, known) => 0,
        (1, 4) => 850,
        // A slip is seldom in the first letter: a spork is no pork.
        (1, _) if !same_first && length != other => 0,
        (1, _) => 900,
        (2, 7..) if same_first => bony().max(840),
        _ => bony(),
    }
}

/// How many letters a word has.
fn length_of(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().count() }
}

/// Whether the longer is the shorter with an ending: can, canned; shred, shredded; dice, diced.
fn inflected(short: &str, long: &str) -> bool {
    fn stem(word: &str) -> Option<&str> {
        let cut = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"))?;
        (cut.len() >= 4).then_some(cut)
    }
    if let (Some(one), Some(other)) = (stem(short), stem(long)) {
        return one == other;
    }
    let Some(rest) = long.strip_prefix(short) else {
        let stem = short.strip_suffix('e').filter(|stem| stem.len() >= 3);
        return stem.and_then(|stem| long.strip_prefix(stem)).is_some_and(|rest| rest == "ing");
    };
    let doubled = short.chars().last();
    let ending = doubled.and_then(|doubled| rest.strip_prefix(doubled)).unwrap_or(rest);
    short.len() >= 3 && (rest == "d" || matches!(ending, "ed" | "ing"))
}

/// What words are put together with: “cornbread” is no long form of “corn”.
const SECOND_WORDS: [&str; 40] = [
    "bread", "berry", "berries", "stick", "cake", "nut", "melon", "apple", "corn", "dog", "burger", "bowl",
    "roll", "fish", "chip", "sauce", "milk", "flower", "butter", "meal", "brown", "ball", "loaf", "water",
    "wood", "field", "land", "view", "port", "ville", "town", "side", "grove", "hill", "brook", "bridge",
    "ford", "creek", "stone", "burg",
];

/// Whether the first is cut off or without the vowels of the second, as lists abbreviate: raspb, sndwch.
fn is_short_for(short: &str, long: &str) -> bool {
    if short.len() < 3 || short.len() >= long.len() || short.as_bytes()[0] != long.as_bytes()[0] {
        return false;
    }
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    if let Some(rest) = long.strip_prefix(short) {
        // Nobody cuts off so much: “corn” stands for no Cornerbrook. Nor one letter: “pint” is no pinto.
        if short.len() * 5 < long.len() * 2 || rest.len() < 2 {
            return false;
        }
        let rest = rest.strip_suffix('s').unwrap_or(rest);
        let closed = short.chars().last().is_some_and(|last| !is_vowel(&last));
        // “Meatbal” is no meat.
        let second = |word: &&str| *word == rest || rest.len() >= 3 && word.starts_with(rest);
        return short.len() >= 4 && closed && !SECOND_WORDS.iter().any(second);
    }
    // “Lmp” is no lumpia, “brwn” no brownie.
    if long.chars().rev().take(2).all(|c| is_vowel(&c)) {
        return false;
    }
    if !short.chars().any(|c| is_vowel(&c)) {
        return consonants(long) == consonants(short) || bones(long).eq(bones(short));
    }
    false
}

/// The fewest letters of a word that is known by its bones.
pub const BONY: usize = 6;

/// The consonants of a word, two of a kind being one.
pub fn bones(word: &str) -> impl Iterator<Item = u8> + '_ {
    let kept = word.bytes().filter(|byte| !matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u'));
    let mut last = 0;
    kept.filter(move |&byte| std::mem::replace(&mut last, byte) != byte)
}

/// A word without its vowels, as lists write it: `fngr`, `stk` for stick and steak.
pub fn consonants(word: &str) -> String {
    let kept: String = word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect();
    kept.replace("ck", "k")
}

fn plural(one: &str, many: &str) -> bool {
    one.len() >= 2 && many.strip_prefix(one).is_some_and(|rest| matches!(rest, "s" | "es"))
}

fn swapped(said: &str, known: &str) -> bool {
    let (mut a, mut b): (Vec<char>, Vec<char>) = (said.chars().collect(), known.chars().collect());
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

/// How well the query's terms are found among the candidate's. Two words written as one, or one as two, fit.
pub fn fit(query: &[String], candidate: &[String]) -> Fit {
    fit_beside::<String, String>(query, candidate, &[])
}

/// The same; what is only found `beside` the candidate fits by seventeen twentieths.
pub fn fit_beside<K: AsRef<str>, B: AsRef<str>>(query: &[String], candidate: &[K], beside: &[B]) -> Fit {
    let (mut found, mut all, mut lack) = (0, 0, 0);
    let (mut unread, mut said, mut slips) = (Places::default(), Places::default(), 0);
    let mut skip = false;
    for (at, term) in query.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let best = candidate
            .iter()
            .map(|known| likeness(term, known.as_ref()))
            .enumerate()
            .max_by_key(|best| best.1);
        let (place, mut likeness) = best.unwrap_or((0, 0));
        let next = query.get(at + 1);
        let joined =
            next.and_then(|next| candidate.iter().position(|known| is_pair(known.as_ref(), term, next)));
        if likeness == PERFECT {
            said.mark(place);
        } else if let Some(place) = joined {
            said.mark(place);
            (likeness, skip) = (960, true);
        } else if likeness > 0 {
            said.mark(place);
        } else if let Some(place) =
            candidate.windows(2).position(|pair| is_pair(term, pair[0].as_ref(), pair[1].as_ref()))
        {
            said.mark(place);
            said.mark(place + 1);
            likeness = 960;
        } else if term == "count" && at > 0 && candidate.iter().any(|known| known.as_ref() == query[at - 1]) {
            // “96 ct”: a pack's number is its count.
            likeness = PERFECT;
        }
        if likeness == 0 {
            let near = beside.iter().map(|known| self::likeness(term, known.as_ref())).max().unwrap_or(0);
            likeness = near * 17 / 20;
        }
        if likeness == 0 {
            unread.mark(at);
        }
        slips += u32::from(matches!(likeness, 850 | 900));
        found += weight(term) * likeness;
        lack += weight(term) * (PERFECT - likeness) / 10;
        all += weight(term);
    }
    let coverage = u32::checked_div(found, all).unwrap_or(0);
    Fit { coverage, lack, unread, slips, unsaid: candidate.len().saturating_sub(said.count()) }
}

/// Some of the terms of a text, by their places; those after the 127th are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places(u128);

impl Places {
    fn mark(&mut self, place: usize) {
        self.0 |= 1 << place.min(127);
    }

    fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The terms at these places.
    pub fn of(self, terms: &[String]) -> Vec<String> {
        let marked = |(place, _): &(usize, &String)| self.0 >> (*place).min(127) & 1 == 1;
        terms.iter().enumerate().filter(marked).map(|(_, term)| term.clone()).collect()
    }
}

/// The fewest letters of two words together that may have a slip: “aple sauce”.
const SLIPPED_PAIR: usize = 9;

/// Whether a word is two others written together.
fn is_pair(one: &str, first: &str, second: &str) -> bool {
    // “Roll ups” are a rollup.
    let second = if one.ends_with('s') { second } else { second.strip_suffix('s').unwrap_or(second) };
    let length = first.len() + second.len();
    let parts = one.len() >= 5 && one.len() == length;
    let slipped = one.len() >= SLIPPED_PAIR
        && one.len().abs_diff(length) <= 1
        && one.as_bytes().first() == first.as_bytes().first();
    parts && one.starts_with(first) && one.ends_with(second)
        || slipped && few_edits(one, &format!("{first}{second}"), false) == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::shorthand::terms;

    #[test]
    fn typos_fit_and_other_words_do_not() {
        for (said, known, same) in [
            ("waffel", "waffle", true),
            ("ceder", "cedar", true),
            ("choc", "chocolate", true),
            ("buger", "burger", true),
            ("pizza", "pizzas", true),
            ("corn", "cord", false),
            ("list", "last", false),
            ("canned", "can", true),
            ("shred", "shredded", true),
            ("over", "oven", false),
            ("beans", "bread", false),
            ("96", "960", false),
            ("96", "69", false),
        ] {
            assert_eq!(likeness(said, known) >= 800, same, "{said} / {known}");
        }
    }

    /// The same by counting the edits of every pair.
    fn counted(said: &str, known: &str) -> u32 {
        if said == known {
            return PERFECT;
        }
        if said.strip_suffix("less") == Some(known) || known.strip_suffix("less") == Some(said) {
            return 0;
        }
        if [said, known].iter().any(|term| term.bytes().any(|b| b.is_ascii_digit())) {
            return 0;
        }
        if plural(said, known) || plural(known, said) {
            return 980;
        }
        if inflected(said, known) || inflected(known, said) {
            return 940;
        }
        let (length, other) = (said.chars().count(), known.chars().count());
        if length >= 3 && known.starts_with(said) {
            return if length >= 4 { 880 } else { 840 };
        }
        if is_short_for(known, said) || is_short_for(said, known) {
            return SHORTENED;
        }
        if length.abs_diff(other) > 2 || length.min(other) < 4 {
            return 0;
        }
        match (strsim::osa_distance(said, known), length.min(other)) {
            (1, 4) if length == other && !swapped(said, known) => 0,
            (1, 4) => 850,
            (1, _) if said.chars().next() != known.chars().next() && length != other => 0,
            (1, _) => 900,
            (2, 7..) if said.chars().next() == known.chars().next() => 840,
            _ => 0,
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_seen_at_a_glance_is_what_counting_says(
            word in "[abcé]{0,9}|[a-z]{1,10}", other in "[abcé]{0,9}|[a-z]{1,10}", place in 0_usize..10,
            letter in "[abes]", slip in 0..4,
        ) {
            proptest::prop_assert_eq!(likeness(&word, &other), counted(&word, &other));
            let mut near: Vec<char> = word.chars().collect();
            let place = place.min(near.len().saturating_sub(1));
            match slip {
                0 => near.insert(place, letter.chars().next().unwrap()),
                1 if !near.is_empty() => drop(near.remove(place)),
                2 if near.len() > 1 => near.swap(place.saturating_sub(1), place),
                _ => near.extend("ed".chars()),
            }
            let near: String = near.into_iter().collect();
            proptest::prop_assert_eq!(likeness(&word, &near), counted(&word, &near), "{} {}", word, near);
            proptest::prop_assert_eq!(likeness(&near, &word), counted(&near, &word), "{} {}", near, word);
        }
    }

    #[test]
    fn what_fits_nothing_is_named() {
        let query = terms("blueberry waffles frobnicate");
        let fit = fit(&query, &terms("Waffle, blueberry, 96 ct"));
        assert_eq!(fit.unread.of(&query), ["frobnicate"]);
        assert_eq!(fit.coverage, 666);
        assert_eq!(fit.unsaid, 2);
    }
}
