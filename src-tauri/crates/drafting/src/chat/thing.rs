//! Which thing an item is, and which words only describe it.
//!
//! Owns what stands for the thing itself in a name (“Muffin, Banana” and “banana muffins” are muffins) and what
//! makes, sizes and packings are called. Must look nothing up.

use crate::chat::catalogue::{Item, ItemFacts};
use crate::chat::item_terms::Term;
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
pub fn told(query: &[String], item: &ItemFacts) -> (usize, Vec<Term>) {
    let is_unsaid = |term: &&Term| {
        let joined = query.windows(2).any(|pair| is_joined(term, &pair[0], &pair[1]));
        !joined && !query.iter().any(|said| score::likeness(said, term) >= TAKEN)
    };
    let unsaid = |name: &[Term]| name.iter().filter(is_unsaid).cloned().collect::<Vec<_>>();
    let names = item.terms().telling.iter().map(|name| (name.len(), unsaid(name)));
    names.min_by_key(|(telling, unsaid)| (unsaid.len(), usize::MAX - telling)).unwrap_or_default()
}

fn is_joined(term: &str, first: &str, second: &str) -> bool {
    term.len() == first.len() + second.len() && term.starts_with(first) && term.ends_with(second)
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
            | "barbecue"
            | "maple"
            | "dough"
            | "dipped"
            | "filled"
            | "stuffed"
            | "vanilla"
            | "strawberry"
            | "chocolate"
    )
}

/// What makes a thing another one: ham is no turkey ham, large no extra large.
pub fn is_ingredient(term: &str) -> bool {
    matches!(
        term,
        "beef"
            | "turkey"
            | "chicken"
            | "pork"
            | "ham"
            | "sausage"
            | "bacon"
            | "pepperoni"
            | "fish"
            | "tuna"
            | "egg"
            | "meat"
            | "sweet"
            | "vegetable"
            | "vegan"
            | "soy"
            | "extra"
    )
}

/// What an item is made into: who does not say it means the plain thing.
pub fn is_dish(term: &str) -> bool {
    matches!(
        term,
        "juice"
            | "slush"
            | "pizza"
            | "sandwich"
            | "burrito"
            | "taco"
            | "cookie"
            | "muffin"
            | "bar"
            | "bread"
            | "bun"
            | "cake"
            | "cereal"
            | "soup"
            | "salad"
            | "wrap"
            | "pie"
            | "bagel"
            | "yogurt"
            | "parfait"
            | "biscuit"
            | "waffle"
            | "pancake"
            | "dumpling"
            | "cracker"
            | "kit"
    )
}

/// Words of make, size and packing: nobody says them all.
pub fn is_descriptor(term: &str) -> bool {
    !term.chars().all(char::is_alphabetic)
        || is_measured(term)
        || is_container(term) && term != "dough"
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
                | "boil"
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
                | "eq"
                | "equiv"
                | "equivalent"
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
            | "dough"
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

/// Whether a word says what a thing is or is like, and no number or measure.
pub fn says(term: &str) -> bool {
    term.chars().all(char::is_alphabetic) && !is_measured(term)
}

/// Which words of a query name the thing itself: things are named by their last word (“banana muffins”), and in a
/// list by the last before the first comma (“Muffin, Banana”).
pub struct Asked<'q> {
    /// The first that tells anything.
    first: Option<&'q String>,
    /// The last, and what it holds: “ranch cups”.
    last: Vec<&'q String>,
    /// How many words tell anything; two that are one thing are one.
    pub told: usize,
    /// All of it.
    query: &'q [String],
}

impl<'q> Asked<'q> {
    /// Read them off a query.
    pub fn of(query: &'q [String]) -> Self {
        let telling = |term: &&String| {
            says(term) && !score::says_little(term) && (is_container(term) || !is_descriptor(term))
        };
        let mut heads = query.iter().rev().filter(telling);
        let mut last: Vec<&String> = heads.next().into_iter().collect();
        if last.iter().any(|last| is_container(last)) {
            last.extend(heads.next());
        }
        let tells =
            |term: &&String| is_container(term) || !is_descriptor(term) || !says(term) && !is_measured(term);
        let compound = usize::from(query.windows(2).any(|pair| is_compound(&pair[0], &pair[1])));
        let told = query.iter().filter(tells).count().saturating_sub(compound);
        Asked { first: query.iter().find(telling), last, told, query }
    }

    /// How much an item is another thing.
    pub fn other_thing(&self, item: &ItemFacts) -> u32 {
        let known = item.terms();
        if self.last.is_empty() {
            return 0;
        }
        // “Burrito bean cheese”: said as lists write it, the thing itself first.
        if let ([head], Some(said)) = (&known.first[..], self.first)
            && is_same(said, head)
        {
            return 0;
        }
        // “Enchilada sauce red”: the same of a name of several words.
        if known.first.len() > 1
            && self.query.len() > known.first.len()
            && known.first.iter().zip(self.query).all(|(head, said)| is_same(said, head))
        {
            return 0;
        }
        let mut best = NOT_THAT;
        for name in &known.called {
            for asked in &self.last {
                let at = name.words.iter().rposition(|known| is_same(asked, known));
                let cost = match at {
                    Some(at) if at + 1 >= name.held || known.whole && at == 0 => 0,
                    // Lists in capitals say the thing first or last, and its make between.
                    Some(_) if known.whole => AMID,
                    Some(_) => PARTLY,
                    None => NOT_THAT,
                };
                best = best.min(cost);
            }
        }
        best
    }
}

/// A corn dog is one thing, whichever it is.
fn is_compound(first: &str, second: &str) -> bool {
    matches!(
        (first, second),
        ("corn" | "hot", "dog")
            | ("egg" | "dinner", "roll")
            | ("french", "fry" | "toast")
            | ("fish", "stick")
    )
}

/// How much an item is another thing than the last word of the query.
pub fn other_thing(query: &[String], item: &ItemFacts) -> u32 {
    Asked::of(query).other_thing(item)
}

/// Whether two terms are one word, plural or misspelt or not; “breaded” is no bread.
pub fn is_same(one: &str, other: &str) -> bool {
    let likeness = score::likeness(one, other);
    // “Meatbal” is a meatball.
    let cut = likeness == 880 && one.len() >= 6 && other.len() == one.len() + 1;
    cut || likeness >= 950 || likeness == 900 || likeness == score::SHORTENED
}

/// Whether the item is said to be without what is asked for: “No Beans”.
pub fn is_without(query: &[String], known: &[Term]) -> bool {
    let negated = |term: &str| matches!(term, "no" | "without" | "w/o");
    let asked = query.iter().any(|term| negated(term));
    !asked && known.windows(2).any(|pair| negated(&pair[0]) && query.iter().any(|said| **said == *pair[1]))
}

/// Whether the item is of what is joined with another word to something else: “butter” is no sunflower butter, “mixed
/// fruit” no fruit cup of mixed berries.
pub fn is_other_compound(query: &[String], known: &[Term]) -> bool {
    let has = |term: &str| query.iter().any(|said| score::likeness(said, term) >= TAKEN);
    let butter = |pair: &[Term]| {
        &*pair[1] == "butter"
            && matches!(&*pair[0], "sunflower" | "apple" | "cookie" | "almond" | "soy" | "peanut")
            && !has(&pair[0])
    };
    if query.iter().any(|said| said == "butter") && known.windows(2).any(butter) {
        return true;
    }
    // “Syrup cups” are no fruit in light syrup.
    let in_syrup =
        |pair: &[Term]| &*pair[1] == "syrup" && matches!(&*pair[0], "light" | "heavy" | "extra" | "fruit");
    if query.iter().any(|said| said == "syrup")
        && known.windows(2).any(in_syrup)
        && !query.iter().any(|said| matches!(said.as_str(), "light" | "heavy" | "extra"))
    {
        return true;
    }
    // “Frozen corn” is not on the cob.
    let cob = |term: &str| matches!(term, "cob" | "cobette");
    if query.iter().any(|said| said == "corn")
        && known.iter().any(|term| cob(term))
        && !query.iter().any(|said| cob(said))
    {
        return true;
    }
    let said = query.windows(2).find(|pair| pair[0] == "mixed").map(|pair| pair[1].as_str());
    let other = |said: &str| {
        let mut mixed = known.windows(2).filter(|pair| &*pair[0] == "mixed" && !is_descriptor(&pair[1]));
        mixed.clone().next().is_some() && mixed.all(|pair| !is_same(said, &pair[1]))
    };
    said.is_some_and(other)
}

/// Whether the item is only the lid of what is asked for.
pub fn is_lid(query: &[String], first: &[Term]) -> bool {
    first.first().is_some_and(|term| &**term == "lid") && !query.iter().any(|said| said == "lid")
}

/// Whether the item is hot where a mild one is asked for.
pub fn is_hotter(query: &[String], known: &[Term]) -> bool {
    let hot = |term: &str| matches!(term, "spicy" | "hot" | "jalapeno" | "buffalo");
    let mild = query.iter().any(|term| matches!(term.as_str(), "mild" | "plain" | "regular" | "original"));
    mild && !query.iter().any(|term| hot(term)) && known.iter().any(|term| hot(term))
}

/// Whether the item is for a diet that was not asked for: who says “1% milk” means the one with lactose.
pub fn is_for_diet(query: &[String], known: &[Term]) -> bool {
    let diet = |term: &Term| {
        // Without gluten are many things that nobody calls so.
        matches!(&**term, "lactose" | "vegan" | "kosher" | "halal")
            && !query.iter().any(|said| **said == **term)
    };
    known.iter().any(diet)
}

/// Whether the item is still to be baked or cooked where one that is done is asked for.
pub fn is_rawer(query: &[String], known: &[Term]) -> bool {
    let done = |term: &String| matches!(term.as_str(), "baked" | "cooked" | "precooked" | "parbaked");
    let raw = |term: &Term| matches!(&**term, "raw" | "dough");
    query.iter().any(done)
        && !query.iter().any(|term| matches!(term.as_str(), "raw" | "dough"))
        && known.iter().any(raw)
}

/// Words that say what is not the regular one.
pub fn is_marked(term: &str) -> bool {
    matches!(
        term,
        "reduced"
            | "low"
            | "light"
            | "spicy"
            | "hot"
            | "jalapeno"
            | "buffalo"
            | "mini"
            | "jumbo"
            | "gluten"
            | "vegan"
            | "turkey"
            | "unsweetened"
            | "flavored"
            | "honey"
    )
}

/// Whether the regular one is asked for, and the item is another.
pub fn is_irregular(query: &[String], known: &[Term]) -> bool {
    let regular =
        query.iter().any(|term| matches!(term.as_str(), "plain" | "regular" | "original" | "standard"));
    regular && known.iter().any(|term| is_marked(term) && !query.iter().any(|said| **said == **term))
}

/// Words of measure.
pub fn is_measured(term: &str) -> bool {
    matches!(term, "oz" | "lb" | "inch" | "count" | "g" | "cn" | "percent")
}

/// Whether the words name some item of these by the thing it is, and not only by a part or a flavour.
pub fn is_thing(text: &str, items: &[Item]) -> bool {
    let query = terms(text);
    let asked = Asked::of(&query);
    items.iter().any(|item| asked.other_thing(item) < PARTLY)
}

/// Whether two items are the same thing in another flavour: they are called so by the same word.
pub fn is_same_thing(one: &ItemFacts, other: &ItemFacts) -> bool {
    fn called(item: &ItemFacts) -> impl Iterator<Item = &Term> {
        let known = item.terms();
        let telling = |term: &&Term| !is_descriptor(term) && !is_container(term) && !is_cut(term);
        let first = known.first.iter().find(telling).filter(|_| known.whole);
        first.into_iter().chain(known.first.iter().rfind(telling))
    }
    let others: Vec<&Term> = called(other).collect();
    called(one).any(|name| others.iter().any(|known| is_same(name, known)))
}

/// Whether two items have a word in common that says what they are, and not only what is in them: taco meat of beef and
/// of turkey.
pub fn is_alike(one: &ItemFacts, other: &ItemFacts) -> bool {
    let telling = |term: &&Term| {
        !is_descriptor(term)
            && !is_container(term)
            && !is_cut(term)
            && !is_ingredient(term)
            && !is_variety(term)
    };
    let others = other.terms().description();
    one.terms().description().iter().filter(telling).any(|term| others.contains(term))
}

/// How a thing is cut: diced pears and diced peaches are two things.
pub fn is_cut(term: &str) -> bool {
    matches!(
        term,
        "diced" | "sliced" | "chopped" | "shredded" | "crushed" | "cubed" | "halves" | "crinkle" | "straight"
    )
}

/// Words that say that it is the one nothing more is said of.
pub fn is_unmarked(word: &str) -> bool {
    matches!(word, "plain" | "regular" | "reg" | "normal" | "standard" | "original" | "bulk")
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
