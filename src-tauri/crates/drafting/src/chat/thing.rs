//! Which thing an item is, and which words only describe it.
//!
//! Owns what stands for the thing itself in a name (“Muffin, Banana” and “banana muffins” are muffins) and what
//! makes, sizes and packings are called. Must look nothing up.

use crate::chat::catalogue::ItemFacts;
use crate::chat::resolve::TAKEN;
use crate::chat::score;
use crate::chat::shorthand::terms;

/// What it costs an item that the last word said is not what it is: “bananas” is no banana bread.
pub const NOT_THAT: u32 = 250;
/// What it costs that it is so only in part: “corn” is hardly a corn dog.
pub const PARTLY: u32 = 130;
/// What it costs in a name without commas that it stands between others. Less than the gap: it only orders ties.
const AMID: u32 = 60;
/// What it costs beside an item that is called exactly so.
pub const NOT_NAMED: u32 = 150;

/// How many words of an item's name tell it apart, and those of them the query lacks; of the name that it has most of.
/// Words of make, size and packing tell nothing.
pub fn told(query: &[String], item: &ItemFacts) -> (usize, Vec<String>) {
    let names = std::iter::once(&item.description).chain(&item.aliases);
    let of = |name: &String| {
        let telling: Vec<String> = terms(name).into_iter().filter(|term| !is_descriptor(term)).collect();
        let is_unsaid = |term: &&String| {
            let joined = query.windows(2).any(|pair| pair.concat() == ***term);
            !joined && !query.iter().any(|said| score::likeness(said, term) >= TAKEN)
        };
        let unsaid: Vec<String> = telling.iter().filter(is_unsaid).cloned().collect();
        (telling.len(), unsaid)
    };
    names.map(of).min_by_key(|(telling, unsaid)| (unsaid.len(), usize::MAX - telling)).unwrap_or_default()
}

/// Words by which there is one thing in two varieties; who does not say it may mean either.
pub fn is_variety(term: &str) -> bool {
    matches!(
        term,
        "spicy"
            | "hot"
            | "buffalo"
            | "jalapeno"
            | "cinnamon"
            | "mini"
            | "jumbo"
            | "large"
            | "medium"
            | "small"
            | "glazed"
            | "honey"
            | "bbq"
            | "maple"
            | "dipped"
            | "filled"
            | "stuffed"
            | "vanilla"
            | "strawberry"
            | "chocolate"
    )
}

/// Words of make, size and packing: nobody says them all.
pub fn is_descriptor(term: &str) -> bool {
    !term.chars().all(char::is_alphabetic)
        || is_measured(term)
        || is_container(term)
        || matches!(
            term,
            "whole"
                | "grain"
                | "rich"
                | "individually"
                | "wrapped"
                | "fully"
                | "cooked"
                | "precooked"
                | "frozen"
                | "reduced"
                | "low"
                | "fat"
                | "sodium"
                | "sugar"
                | "free"
                | "nonfat"
                | "oven"
                | "lmp"
                | "lmps"
                | "light"
                | "syrup"
                | "x"
                | "style"
                | "fresh"
                | "cn"
                | "usda"
                | "gm"
                | "ply"
                | "proofed"
                | "parbaked"
                | "parboiled"
                | "shelf"
                | "stable"
                | "half"
                | "pint"
                | "natural"
                | "enriched"
                | "par"
                | "baked"
                | "unsweetened"
                | "seasoned"
                | "in"
                | "no"
                | "salt"
                | "added"
                | "all"
                | "gluten"
        )
}

/// What is held in these is what is meant by “ranch cups”.
pub fn is_container(term: &str) -> bool {
    matches!(
        term,
        "cup"
            | "can"
            | "pouch"
            | "bag"
            | "box"
            | "packet"
            | "bottle"
            | "carton"
            | "jug"
            | "tub"
            | "bulk"
            | "gallon"
            | "case"
            | "pack"
            | "count"
            | "canned"
            | "jar"
            | "dispenser"
            | "pail"
            | "bowl"
    )
}

/// How much an item is another thing than the last word of the query: things are named by their last word
/// (“banana muffins”), and in a list by the last before the first comma (“Muffin, Banana”).
pub fn other_thing(query: &[String], item: &ItemFacts) -> u32 {
    let says = |term: &&String| term.chars().all(char::is_alphabetic) && !is_measured(term);
    let telling = |term: &&String| says(term) && (is_container(term) || !is_descriptor(term));
    let mut heads = query.iter().rev().filter(telling);
    let Some(last) = heads.next() else { return 0 };
    let mut asked = vec![last];
    asked.extend(heads.next().filter(|_| is_container(last)));
    let first = item.description.split(',').next().unwrap_or_default();
    // “Burrito bean cheese”: said as lists write it, the thing itself first.
    if let ([head], Some(said)) = (&terms(first)[..], query.iter().find(telling))
        && is_same(said, head)
    {
        return 0;
    }
    let whole = first.len() == item.description.len();
    let mut best = NOT_THAT;
    for name in item.aliases.iter().map(String::as_str).chain([first]) {
        let name = terms(name);
        let name: Vec<&String> = name.iter().filter(says).collect();
        let held = name.iter().rposition(|term| !is_container(term)).map_or(name.len(), |last| last + 1);
        for asked in &asked {
            let at = name.iter().rposition(|known| is_same(asked, known));
            let cost = match at {
                Some(at) if at + 1 >= held || whole && at == 0 => 0,
                // Lists in capitals say the thing first or last, and its make between.
                Some(_) if whole => AMID,
                Some(_) => PARTLY,
                None => NOT_THAT,
            };
            best = best.min(cost);
        }
    }
    best
}

/// Whether two terms are one word, plural or misspelt or not; “breaded” is no bread.
pub fn is_same(one: &str, other: &str) -> bool {
    let likeness = score::likeness(one, other);
    likeness >= 950 || likeness == 900 || likeness == score::SHORTENED
}

/// Whether the item is said to be without what is asked for: “No Beans”.
pub fn is_without(query: &[String], known: &[String]) -> bool {
    let negated = |term: &str| matches!(term, "no" | "without" | "w/o");
    let asked = query.iter().any(|term| negated(term));
    !asked && known.windows(2).any(|pair| negated(&pair[0]) && query.contains(&pair[1]))
}

/// Whether the item is hot where a mild one is asked for.
pub fn is_hotter(query: &[String], known: &[String]) -> bool {
    let hot = |terms: &[String]| {
        terms.iter().any(|term| matches!(term.as_str(), "spicy" | "hot" | "jalapeno" | "buffalo"))
    };
    let mild = query.iter().any(|term| matches!(term.as_str(), "mild" | "plain" | "regular" | "original"));
    mild && !hot(query) && hot(known)
}

/// Words of measure.
pub fn is_measured(term: &str) -> bool {
    matches!(term, "oz" | "lb" | "inch" | "count" | "g" | "cn")
}

/// Whether the words name some item of these by the thing it is, and not only by a part or a flavour.
pub fn is_thing(text: &str, items: &[ItemFacts]) -> bool {
    let query = terms(text);
    items.iter().any(|item| other_thing(&query, item) < PARTLY)
}

/// Whether two items are the same thing in another flavour: they are called so by the same word.
pub fn is_same_thing(one: &ItemFacts, other: &ItemFacts) -> bool {
    let called = |item: &ItemFacts| -> Vec<String> {
        let first = item.description.split(',').next().unwrap_or_default();
        let whole = first.len() == item.description.len();
        let telling: Vec<String> =
            terms(first).into_iter().filter(|term| !is_descriptor(term) && !is_container(term)).collect();
        let last = telling.last().cloned();
        let first = telling.first().cloned().filter(|_| whole);
        first.into_iter().chain(last).collect()
    };
    let others = called(other);
    called(one).iter().any(|name| others.iter().any(|known| is_same(name, known)))
}

/// Words that say what an item is not.
pub fn is_plain(word: &str) -> bool {
    matches!(
        word,
        "plain"
            | "regular"
            | "reg"
            | "normal"
            | "standard"
            | "mild"
            | "original"
            | "kind"
            | "bulk"
            | "size"
            | "sized"
            | "brand"
            | "big"
            | "good"
            | "usual"
            | "unflavored"
            | "noodles"
            | "flavor"
            | "flavored"
            | "meat"
            | "meal"
    )
}
