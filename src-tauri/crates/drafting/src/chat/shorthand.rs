//! The trade's shorthand, and words in one common form.
//!
//! Owns what school-food people abbreviate and how a word loses its plural. Both sides of a comparison pass
//! through here, so an abbreviation meets its long form either way round. Must know no particular item.

use crate::chat::token::fold;

/// Shorthand and what it stands for. General to the trade; nothing here is from a catalogue.
const SHORTHAND: &[(&str, &str)] = &[
    ("amer", "american"),
    ("aplsc", "applesauce"),
    ("appl", "apple"),
    ("asst", "assorted"),
    ("asstd", "assorted"),
    ("bana", "banana"),
    ("barbeque", "barbecue"),
    ("bbq", "barbecue"),
    ("bbqd", "barbecue"),
    ("bf", "beef"),
    ("bfast", "breakfast"),
    ("bfst", "breakfast"),
    ("bgl", "bagel"),
    ("bisc", "biscuit"),
    ("bkd", "baked"),
    ("bkfast", "breakfast"),
    ("bkfst", "breakfast"),
    ("blbry", "blueberry"),
    ("blk", "black"),
    ("blubry", "blueberry"),
    ("blueb", "blueberry"),
    ("bluebry", "blueberry"),
    ("bnls", "boneless"),
    ("bnlss", "boneless"),
    ("brd", "breaded"),
    ("brded", "breaded"),
    ("brk", "breakfast"),
    ("brkfast", "breakfast"),
    ("brkfst", "breakfast"),
    ("brn", "brown"),
    ("broc", "broccoli"),
    ("brocc", "broccoli"),
    ("brst", "breast"),
    ("brto", "burrito"),
    ("bscts", "biscuit"),
    ("btr", "butter"),
    ("bttr", "butter"),
    ("burg", "burger"),
    ("cali", "california"),
    ("carr", "carrot"),
    ("catsup", "ketchup"),
    ("caulif", "cauliflower"),
    ("cdog", "corn dog"),
    ("chdr", "cheddar"),
    ("ched", "cheddar"),
    ("chix", "chicken"),
    ("chk", "chicken"),
    ("chkn", "chicken"),
    ("choc", "chocolate"),
    ("chps", "chip"),
    ("chs", "cheese"),
    ("chsbrgr", "cheeseburger"),
    ("chz", "cheese"),
    ("chzbrgr", "cheeseburger"),
    ("cinn", "cinnamon"),
    ("ckie", "cookie"),
    ("ckn", "chicken"),
    ("ckt", "cocktail"),
    ("cky", "cookie"),
    ("cnt", "count"),
    ("crckr", "cracker"),
    ("crk", "crinkle"),
    ("crkr", "cracker"),
    ("crm", "cream"),
    ("crnkl", "crinkle"),
    ("crois", "croissant"),
    ("ct", "count"),
    ("ctn", "carton"),
    ("cuke", "cucumber"),
    ("cukes", "cucumber"),
    ("dehy", "dehydrated"),
    ("doz", "dozen"),
    ("dres", "dressing"),
    ("drmstk", "drumstick"),
    ("drsg", "dressing"),
    ("dsg", "dressing"),
    ("enchil", "enchilada"),
    ("evoo", "olive oil"),
    ("fc", "fully cooked"),
    ("ff", "fat free"),
    ("filet", "fillet"),
    ("flt", "fillet"),
    ("flvd", "flavored"),
    ("flvr", "flavored"),
    ("frnch", "french"),
    ("froz", "frozen"),
    ("frsh", "fresh"),
    ("frt", "fruit"),
    ("frtst", "french toast"),
    ("frz", "frozen"),
    ("frzn", "frozen"),
    ("gal", "gallon"),
    ("gf", "gluten free"),
    ("grahm", "graham"),
    ("grl", "grilled"),
    ("grld", "grilled"),
    ("grn", "green"),
    ("grnd", "ground"),
    ("grvy", "gravy"),
    ("hamb", "hamburger"),
    ("hbgr", "hamburger"),
    ("hmbrgr", "hamburger"),
    ("hshbrn", "hashbrown"),
    ("indiv", "individually"),
    ("ital", "italian"),
    ("iw", "individually wrapped"),
    ("jal", "jalapeno"),
    ("jce", "juice"),
    ("ketsup", "ketchup"),
    ("lbs", "lb"),
    ("lett", "lettuce"),
    ("lf", "low fat"),
    ("lg", "large"),
    ("lowfat", "low fat"),
    ("ls", "low sodium"),
    ("lt", "light"),
    ("mac", "macaroni"),
    ("marg", "margarine"),
    ("marin", "marinara"),
    ("mayo", "mayonnaise"),
    ("meatbl", "meatball"),
    ("med", "medium"),
    ("mex", "mexican"),
    ("mffn", "muffin"),
    ("mfn", "muffin"),
    ("mlk", "milk"),
    ("moz", "mozzarella"),
    ("mozz", "mozzarella"),
    ("mtbl", "meatball"),
    ("mush", "mushroom"),
    ("mustrd", "mustard"),
    ("nf", "nonfat"),
    ("nug", "nugget"),
    ("oj", "orange juice"),
    ("orig", "original"),
    ("orng", "orange"),
    ("ounce", "oz"),
    ("parm", "parmesan"),
    ("pb", "peanut butter"),
    ("pbj", "peanut butter jelly"),
    ("pc", "packet"),
    ("pcs", "packet"),
    ("pepp", "pepperoni"),
    ("pepprs", "pepper"),
    ("pineap", "pineapple"),
    ("pk", "pack"),
    ("pkt", "packet"),
    ("pkts", "packet"),
    ("pnappl", "pineapple"),
    ("pnck", "pancake"),
    ("pncke", "pancake"),
    ("pnut", "peanut"),
    ("popcrn", "popcorn"),
    ("pota", "potato"),
    ("pound", "lb"),
    ("prm", "parmesan"),
    ("prtzl", "pretzel"),
    ("ptty", "patty"),
    ("pty", "patty"),
    ("pza", "pizza"),
    ("pzza", "pizza"),
    ("quesa", "quesadilla"),
    ("rasp", "raspberry"),
    ("rf", "reduced fat"),
    ("rnd", "round"),
    ("rs", "reduced sugar"),
    ("rst", "roasted"),
    ("rstd", "roasted"),
    ("sand", "sandwich"),
    ("saus", "sausage"),
    ("sausg", "sausage"),
    ("sce", "sauce"),
    ("sf", "sugar free"),
    ("shrd", "shredded"),
    ("shred", "shredded"),
    ("sknls", "skinless"),
    ("slc", "sliced"),
    ("slcd", "sliced"),
    ("slt", "salted"),
    ("sm", "small"),
    ("sndwch", "sandwich"),
    ("spag", "spaghetti"),
    ("spc", "spicy"),
    ("spcy", "spicy"),
    ("spin", "spinach"),
    ("ssg", "sausage"),
    ("ssge", "sausage"),
    ("stk", "stick"),
    ("straw", "strawberry"),
    ("strawb", "strawberry"),
    ("strawbry", "strawberry"),
    ("strwb", "strawberry"),
    ("strwbry", "strawberry"),
    ("swt", "sweet"),
    ("tendr", "tender"),
    ("teri", "teriyaki"),
    ("thgh", "thigh"),
    ("tky", "turkey"),
    ("tndr", "tender"),
    ("tort", "tortilla"),
    ("trky", "turkey"),
    ("turk", "turkey"),
    ("unslt", "unsalted"),
    ("unsw", "unsweetened"),
    ("unswt", "unsweetened"),
    ("van", "vanilla"),
    ("veg", "vegetable"),
    ("veggie", "vegetable"),
    ("veggies", "vegetable"),
    ("vegs", "vegetable"),
    ("wdg", "wedge"),
    ("wdgs", "wedge"),
    ("wffl", "waffle"),
    ("wg", "whole grain"),
    ("wgr", "whole grain rich"),
    ("wgrn", "whole grain"),
    ("wholegrain", "whole grain"),
    ("wht", "white"),
    ("wk", "whole kernel"),
    ("wng", "wing"),
    ("wtrmln", "watermelon"),
    ("ww", "whole wheat"),
    ("xl", "extra large"),
    ("xlg", "extra large"),
    ("yel", "yellow"),
    ("ygrt", "yogurt"),
    ("yllw", "yellow"),
    ("yog", "yogurt"),
];

/// A word in the singular, by the common rules of English.
pub fn singular(word: &str) -> String {
    let stem = |cut: usize| word[..word.len() - cut].to_owned();
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    if word.ends_with("ies") && word.len() > 4 {
        return stem(3) + "y";
    }
    for ending in ["sses", "ches", "shes", "xes", "oes"] {
        if word.ends_with(ending) {
            return stem(2);
        }
    }
    if word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return stem(1);
    }
    word.to_owned()
}

/// The words of a text in their common form: lower case, no accents, letters apart from digits, shorthand
/// written out, singular.
pub fn terms(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words(text) {
        let after_number = out.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        if after_number && matches!(word.as_str(), "in" | "inch" | "inches") {
            out.push("inch".to_owned());
        } else if after_number && matches!(word.as_str(), "pc" | "pcs" | "piece" | "pieces") {
            out.push("piece".to_owned());
        } else if !is_link(&word) {
            match expansion(&word) {
                Some(long) => out.extend(long.split(' ').map(str::to_owned)),
                None => out.push(singular(&word)),
            }
        }
    }
    out
}

/// Words that join others and name nothing, so that “mac and cheese” is “Mac & Chs”.
fn is_link(word: &str) -> bool {
    matches!(word, "and" | "n" | "with" | "w" | "of" | "the" | "in" | "on" | "a" | "an")
}

/// What to recall by: the words as typed, what shorthand stands for, and the shorthand that stands for them.
pub fn recall_words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keep = |form: &str| {
        if !form.is_empty() && !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    for word in words(text).iter().filter(|word| !is_link(word)) {
        let stem = singular(word);
        keep(&stem);
        keep(word);
        if *word == stem && stem.len() > 3 && stem.chars().all(char::is_alphabetic) {
            keep(&format!("{stem}s"));
        }
        let long = expansion(word).unwrap_or(&stem);
        long.split(' ').for_each(&mut keep);
        let shorts = SHORTHAND.iter().filter(|(_, written)| *written == long);
        shorts.take(SHORT_FORMS).for_each(|(short, _)| keep(short));
    }
    out
}

/// The most abbreviations of a word that are looked for.
const SHORT_FORMS: usize = 6;

fn expansion(word: &str) -> Option<&'static str> {
    let find = |key: &str| SHORTHAND.iter().find(|(short, _)| *short == key).map(|(_, long)| *long);
    find(word).or_else(|| find(&singular(word)))
}

/// Runs of letters or of digits (with their decimals), folded.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(fold).collect();
    let mut out: Vec<String> = Vec::new();
    let mut fresh = true;
    for (place, &c) in chars.iter().enumerate() {
        let before = place.checked_sub(1).map_or(' ', |at| chars[at]);
        let after = chars.get(place + 1).copied().unwrap_or(' ');
        let point = c == '.' && before.is_ascii_digit() && after.is_ascii_digit();
        if !(c.is_alphanumeric() || point) {
            // A plural or possessive s is no word of its own.
            fresh = fresh || !(c == '\'' && after == 's');
            continue;
        }
        let turn = before.is_alphanumeric() && before.is_ascii_digit() != c.is_ascii_digit() && !point;
        if fresh || (turn && before != '.') {
            out.push(String::new());
        }
        fresh = false;
        if let Some(word) = out.last_mut() {
            word.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_meet_in_one_form() {
        assert_eq!(terms("ckn patties, WG, 96ct"), ["chicken", "patty", "whole", "grain", "96", "count"]);
        assert_eq!(terms("Chicken Patty Whole Grain 96 count"), terms("ckn patties WG 96 ct"));
        assert_eq!(terms("3.2oz 4/5 lbs"), ["3.2", "oz", "4", "5", "lb"]);
        assert_eq!(terms("8in tortilla w/ mac & chs"), terms("8 inch tortillas with mac and cheese"));
    }

    #[test]
    fn plurals_are_undone_and_other_endings_kept() {
        for (many, one) in [
            ("waffles", "waffle"),
            ("fries", "fry"),
            ("potatoes", "potato"),
            ("sandwiches", "sandwich"),
            ("swiss", "swiss"),
            ("pies", "pie"),
            ("asparagus", "asparagus"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn the_table_is_sorted_and_written_out_fully() {
        for (short, long) in SHORTHAND {
            assert_eq!(terms(long).join(" "), *long, "{short}");
        }
    }
}
