//! The trade's shorthand, and words in one common form.
//!
//! Owns what school-food people abbreviate and how a word loses its plural. Both sides of a comparison pass
//! through here, so an abbreviation meets its long form either way round. Must know no particular item.

use crate::chat::score;
use crate::chat::token::fold;

/// Shorthand and what it stands for. General to the trade; nothing here is from a catalogue.
const SHORTHAND: &[(&str, &str)] = &[
    ("amer", "american"),
    ("apl", "apple"),
    ("aples", "apple"),
    ("aplsc", "applesauce"),
    ("appl", "apple"),
    ("asst", "assorted"),
    ("asstd", "assorted"),
    ("bac", "bacon"),
    ("bal", "balsamic"),
    ("bana", "banana"),
    ("banna", "banana"),
    ("barbeque", "barbecue"),
    ("bbq", "barbecue"),
    ("bbqd", "barbecue"),
    ("bf", "beef"),
    ("bfast", "breakfast"),
    ("bfst", "breakfast"),
    ("bgl", "bagel"),
    ("bgls", "bagel"),
    ("bisc", "biscuit"),
    ("bkd", "baked"),
    ("bkfast", "breakfast"),
    ("bkfst", "breakfast"),
    ("bkn", "bacon"),
    ("blbry", "blueberry"),
    ("blk", "black"),
    ("blkeye", "blackeye"),
    ("blubry", "blueberry"),
    ("blueb", "blueberry"),
    ("bluebry", "blueberry"),
    ("bn", "bean"),
    ("bnls", "boneless"),
    ("bnlss", "boneless"),
    ("bns", "bean"),
    ("brd", "breaded"),
    ("brded", "breaded"),
    ("brdstk", "breadstick"),
    ("breakfst", "breakfast"),
    ("brekfast", "breakfast"),
    ("brekkie", "breakfast"),
    ("brgr", "hamburger"),
    ("brk", "breakfast"),
    ("brkf", "breakfast"),
    ("brkfast", "breakfast"),
    ("brkfst", "breakfast"),
    ("brkft", "breakfast"),
    ("brkie", "breakfast"),
    ("brn", "brown"),
    ("broc", "broccoli"),
    ("brocc", "broccoli"),
    ("brok", "broccoli"),
    ("brst", "breast"),
    ("brto", "burrito"),
    ("bscts", "biscuit"),
    ("bscuit", "biscuit"),
    ("btr", "butter"),
    ("btrmlk", "buttermilk"),
    ("bttr", "butter"),
    ("burg", "hamburger"),
    ("burger", "hamburger"),
    ("burgr", "hamburger"),
    ("buttrmlk", "buttermilk"),
    ("cali", "california"),
    ("canned", "can"),
    ("carr", "carrot"),
    ("catsup", "ketchup"),
    ("caul", "cauliflower"),
    ("caulif", "cauliflower"),
    ("cdog", "corn dog"),
    ("cer", "cereal"),
    ("charbrl", "charbroiled"),
    ("charbroil", "charbroiled"),
    ("chckn", "chicken"),
    ("chclt", "chocolate"),
    ("chdr", "cheddar"),
    ("ched", "cheddar"),
    ("chees", "cheese"),
    ("cheez", "cheese"),
    ("cheeze", "cheese"),
    ("chese", "cheese"),
    ("chicekn", "chicken"),
    ("chickn", "chicken"),
    ("chiken", "chicken"),
    ("chikn", "chicken"),
    ("chix", "chicken"),
    ("chk", "chicken"),
    ("chkn", "chicken"),
    ("chn", "chicken"),
    ("chnk", "chunk"),
    ("chnks", "chunk"),
    ("choc", "chocolate"),
    ("chocolte", "chocolate"),
    ("chps", "chip"),
    ("chrbrl", "charbroiled"),
    ("chs", "cheese"),
    ("chsbrgr", "cheeseburger"),
    ("chx", "chicken"),
    ("chz", "cheese"),
    ("chzbrgr", "cheeseburger"),
    ("cinn", "cinnamon"),
    ("cinnam", "cinnamon"),
    ("cinnamin", "cinnamon"),
    ("ckd", "cooked"),
    ("ckie", "cookie"),
    ("ckn", "chicken"),
    ("ckt", "cocktail"),
    ("cky", "cookie"),
    ("clr", "clear"),
    ("cmpt", "compartment"),
    ("cmptmt", "compartment"),
    ("cnt", "count"),
    ("cntry", "country"),
    ("cobbett", "cobette"),
    ("comp", "compartment"),
    ("cookd", "cooked"),
    ("coop", "co op"),
    ("cott", "cottage"),
    ("cran", "cranberry"),
    ("crckr", "cracker"),
    ("crispy", "crisp"),
    ("crk", "crinkle"),
    ("crkr", "cracker"),
    ("crl", "cereal"),
    ("crm", "cream"),
    ("crmbl", "crumble"),
    ("crmbles", "crumble"),
    ("crmbls", "crumble"),
    ("crn", "corn"),
    ("crnkl", "crinkle"),
    ("crois", "croissant"),
    ("croisant", "croissant"),
    ("ct", "count"),
    ("ctg", "cottage"),
    ("ctn", "carton"),
    ("ctry", "country"),
    ("cuke", "cucumber"),
    ("cukes", "cucumber"),
    ("dcd", "diced"),
    ("dehy", "dehydrated"),
    ("dice", "diced"),
    ("dk", "dark"),
    ("doz", "dozen"),
    ("dres", "dressing"),
    ("drk", "dark"),
    ("drmstk", "drumstick"),
    ("drsg", "dressing"),
    ("drum", "drumstick"),
    ("dsg", "dressing"),
    ("dz", "dozen"),
    ("elem", "elementary"),
    ("enchil", "enchilada"),
    ("enr", "enriched"),
    ("evoo", "olive oil"),
    ("fajta", "fajita"),
    ("fc", "fully cooked"),
    ("fcy", "fancy"),
    ("ff", "fat free"),
    ("fil", "fillet"),
    ("filet", "fillet"),
    ("flt", "fillet"),
    ("flvd", "flavored"),
    ("flvr", "flavored"),
    ("fngr", "finger"),
    ("fngrs", "finger"),
    ("footlong", "foot long"),
    ("frd", "fried"),
    ("frk", "frank"),
    ("frnch", "french"),
    ("frnk", "frank"),
    ("froz", "frozen"),
    ("frsh", "fresh"),
    ("frt", "fruit"),
    ("frtst", "french toast"),
    ("frys", "fry"),
    ("frz", "frozen"),
    ("frzn", "frozen"),
    ("ft", "fort"),
    ("gal", "gallon"),
    ("gen", "general"),
    ("gf", "gluten free"),
    ("glzd", "glazed"),
    ("grahm", "graham"),
    ("grd", "ground"),
    ("grl", "grilled"),
    ("grlc", "garlic"),
    ("grld", "grilled"),
    ("grn", "green"),
    ("grnd", "ground"),
    ("grnola", "granola"),
    ("grvy", "gravy"),
    ("hamb", "hamburger"),
    ("hbgr", "hamburger"),
    ("hbrgr", "hamburger"),
    ("hmbg", "hamburger"),
    ("hmbrgr", "hamburger"),
    ("hotdog", "frank"),
    ("hp", "half pint"),
    ("hshbrn", "hashbrown"),
    ("hts", "height"),
    ("indiv", "individually"),
    ("ital", "italian"),
    ("iw", "individually wrapped"),
    ("jal", "jalapeno"),
    ("jalap", "jalapeno"),
    ("jce", "juice"),
    ("jct", "junction"),
    ("jel", "jelly"),
    ("jlpno", "jalapeno"),
    ("kern", "kernel"),
    ("ketch", "ketchup"),
    ("ketsup", "ketchup"),
    ("kidny", "kidney"),
    ("knl", "kernel"),
    ("krnl", "kernel"),
    ("lasag", "lasagna"),
    ("lbs", "lb"),
    ("lemonde", "lemonade"),
    ("lett", "lettuce"),
    ("lf", "low fat"),
    ("lg", "large"),
    ("lnk", "link"),
    ("lowfat", "low fat"),
    ("lrg", "large"),
    ("ls", "low sodium"),
    ("lt", "light"),
    ("mac", "macaroni"),
    ("mandrn", "mandarin"),
    ("marg", "margarine"),
    ("marin", "marinara"),
    ("marsh", "marshmallow"),
    ("mayo", "mayonnaise"),
    ("mayon", "mayonnaise"),
    ("meatbl", "meatball"),
    ("med", "medium"),
    ("mex", "mexican"),
    ("mffn", "muffin"),
    ("mfn", "muffin"),
    ("minnw", "minnow"),
    ("mlk", "milk"),
    ("moz", "mozzarella"),
    ("mozz", "mozzarella"),
    ("mstrd", "mustard"),
    ("mt", "mount"),
    ("mtbl", "meatball"),
    ("mtn", "mountain"),
    ("muffn", "muffin"),
    ("mush", "mushroom"),
    ("mustrd", "mustard"),
    ("ndl", "noodle"),
    ("nf", "nonfat"),
    ("nood", "noodle"),
    ("nug", "nugget"),
    ("nuggies", "nugget"),
    ("nuggs", "nugget"),
    ("nugs", "nugget"),
    ("oatml", "oatmeal"),
    ("oj", "orange juice"),
    ("onin", "onion"),
    ("orig", "original"),
    ("orng", "orange"),
    ("ounce", "oz"),
    ("ovn", "oven"),
    ("panck", "pancake"),
    ("parbl", "parboiled"),
    ("parm", "parmesan"),
    ("pb", "peanut butter"),
    ("pbj", "peanut butter jelly"),
    ("pc", "packet"),
    ("pch", "peach"),
    ("pcs", "packet"),
    ("pcut", "precut"),
    ("pep", "pepperoni"),
    ("peper", "pepper"),
    ("pepp", "pepperoni"),
    ("pepproni", "pepperoni"),
    ("pepprs", "pepper"),
    ("peproni", "pepperoni"),
    ("pineap", "pineapple"),
    ("pineapl", "pineapple"),
    ("pizz", "pizza"),
    ("pk", "pack"),
    ("pkt", "packet"),
    ("pkts", "packet"),
    ("pnapl", "pineapple"),
    ("pnappl", "pineapple"),
    ("pnck", "pancake"),
    ("pncke", "pancake"),
    ("pnut", "peanut"),
    ("popcrn", "popcorn"),
    ("pot", "potato"),
    ("pota", "potato"),
    ("potatoe", "potato"),
    ("potatos", "potato"),
    ("pound", "lb"),
    ("prckd", "precooked"),
    ("pretzl", "pretzel"),
    ("pretzls", "pretzel"),
    ("prk", "pork"),
    ("prm", "parmesan"),
    ("prtzl", "pretzel"),
    ("pt", "pint"),
    ("ptty", "patty"),
    ("pty", "patty"),
    ("puding", "pudding"),
    ("pza", "pizza"),
    ("pzza", "pizza"),
    ("qsdla", "quesadilla"),
    ("quesa", "quesadilla"),
    ("quesadila", "quesadilla"),
    ("raisn", "raisin"),
    ("ranc", "ranch"),
    ("rasp", "raspberry"),
    ("raspb", "raspberry"),
    ("rav", "ravioli"),
    ("raz", "raspberry"),
    ("razz", "raspberry"),
    ("reg", "regular"),
    ("rf", "reduced fat"),
    ("rnd", "round"),
    ("rs", "reduced sugar"),
    ("rst", "roasted"),
    ("rstd", "roasted"),
    ("sal", "salad"),
    ("salsbry", "salisbury"),
    ("samich", "sandwich"),
    ("sammie", "sandwich"),
    ("sammy", "sandwich"),
    ("sand", "sandwich"),
    ("sandwhich", "sandwich"),
    ("sanwich", "sandwich"),
    ("sasauge", "sausage"),
    ("sasuage", "sausage"),
    ("saus", "sausage"),
    ("sausg", "sausage"),
    ("sausge", "sausage"),
    ("sce", "sauce"),
    ("scram", "scrambled"),
    ("scrmbld", "scrambled"),
    ("seas", "seasoned"),
    ("seasn", "seasoning"),
    ("seasnd", "seasoned"),
    ("seasng", "seasoning"),
    ("sf", "sugar free"),
    ("shrd", "shredded"),
    ("shrded", "shredded"),
    ("shred", "shredded"),
    ("sknl", "skinless"),
    ("sknls", "skinless"),
    ("slc", "sliced"),
    ("slcd", "sliced"),
    ("slt", "salted"),
    ("sm", "small"),
    ("smile", "smiley"),
    ("smk", "smoked"),
    ("smkd", "smoked"),
    ("smthd", "smoothed"),
    ("sndwch", "sandwich"),
    ("sndwich", "sandwich"),
    ("spag", "spaghetti"),
    ("spagh", "spaghetti"),
    ("spaghet", "spaghetti"),
    ("spc", "spicy"),
    ("spcy", "spicy"),
    ("spgs", "spring"),
    ("spin", "spinach"),
    ("sprgs", "spring"),
    ("spuds", "potato"),
    ("squ", "square"),
    ("ssg", "sausage"),
    ("ssge", "sausage"),
    ("st", "saint"),
    ("sta", "santa"),
    ("ste", "sainte"),
    ("stix", "stick"),
    ("stp", "strip"),
    ("straw", "strawberry"),
    ("strawb", "strawberry"),
    ("strawbry", "strawberry"),
    ("strp", "strip"),
    ("strt", "straight"),
    ("strwb", "strawberry"),
    ("strwbrries", "strawberry"),
    ("strwbry", "strawberry"),
    ("stx", "stick"),
    ("sunfl", "sunflower"),
    ("sweetpot", "sweet potato"),
    ("swpot", "sweet potato"),
    ("swt", "sweet"),
    ("syr", "syrup"),
    ("tater", "potato"),
    ("taters", "potato"),
    ("tendie", "tender"),
    ("tendies", "tender"),
    ("tendr", "tender"),
    ("teri", "teriyaki"),
    ("thgh", "thigh"),
    ("tky", "turkey"),
    ("tndr", "tender"),
    ("tom", "tomato"),
    ("tomat", "tomato"),
    ("tomatoe", "tomato"),
    ("tomatos", "tomato"),
    ("tort", "tortilla"),
    ("torts", "tortilla"),
    ("tost", "toast"),
    ("trkey", "turkey"),
    ("trky", "turkey"),
    ("turk", "turkey"),
    ("turky", "turkey"),
    ("twst", "twist"),
    ("tx", "texas"),
    ("unbrd", "unbreaded"),
    ("unslt", "unsalted"),
    ("unsw", "unsweetened"),
    ("unswt", "unsweetened"),
    ("van", "vanilla"),
    ("veg", "vegetable"),
    ("veges", "vegetable"),
    ("veggie", "vegetable"),
    ("veggies", "vegetable"),
    ("vegi", "vegetable"),
    ("vegs", "vegetable"),
    ("vin", "vinegar"),
    ("vinegrt", "vinaigrette"),
    ("vly", "valley"),
    ("waf", "waffle"),
    ("wafl", "waffle"),
    ("wdg", "wedge"),
    ("wdgs", "wedge"),
    ("wedgs", "wedge"),
    ("wffl", "waffle"),
    ("wg", "whole grain"),
    ("wgr", "whole grain rich"),
    ("wgrn", "whole grain"),
    ("wgt", "weight"),
    ("whl", "whole"),
    ("whlgrn", "whole grain"),
    ("wholegrain", "whole grain"),
    ("whp", "whipped"),
    ("whpd", "whipped"),
    ("wht", "white"),
    ("wk", "whole kernel"),
    ("wng", "wing"),
    ("wntr", "winter"),
    ("wrp", "wrap"),
    ("wtrmln", "watermelon"),
    ("ww", "whole wheat"),
    ("xl", "extra large"),
    ("xlg", "extra large"),
    ("xlrg", "extra large"),
    ("xtra", "extra"),
    ("yel", "yellow"),
    ("ygrt", "yogurt"),
    ("yllw", "yellow"),
    ("ylw", "yellow"),
    ("yog", "yogurt"),
    ("zuc", "zucchini"),
];

/// A word in the singular, by the common rules of English.
pub fn singular(word: &str) -> String {
    let stem = |cut: usize| word[..word.len() - cut].to_owned();
    if !word.is_ascii() || word.len() < 4 || ["texas", "kansas", "arkansas"].contains(&word) {
        return word.to_owned();
    }
    if ["cookies", "brownies", "smoothies", "hoagies", "pierogies"].contains(&word) {
        return stem(1);
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
    renamed(out)
}

/// Things of two names, and the one both are compared by.
const PHRASES: &[([&str; 2], &[&str])] = &[
    (["hot", "dog"], &["frank"]),
    (["hard", "boiled"], &["hard", "cooked"]),
    (["hamburger", "patty"], &["beef", "patty"]),
    (["turkey", "dog"], &["turkey", "frank"]),
    (["beef", "dog"], &["beef", "frank"]),
    (["half", "oz"], &["0.5", "oz"]),
    (["fish", "portion"], &["fish", "fillet"]),
];

/// Put the one name in the place of the other.
fn renamed(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let known = out
            .last()
            .and_then(|last| PHRASES.iter().find(|([one, other], _)| last == one && word == *other));
        match known {
            Some((_, name)) => {
                out.pop();
                out.extend(name.iter().map(|&word| word.to_owned()));
            }
            None => out.push(word),
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
        if !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    recall_forms(text).iter().flatten().for_each(|form| form.split(' ').for_each(&mut keep));
    let named = terms(text);
    for ([one, other], name) in PHRASES {
        if name.iter().all(|word| named.iter().any(|said| said == word)) {
            [one, other].into_iter().chain(*name).for_each(|word| keep(word));
        }
    }
    out
}

/// The same by word: what each of them may be written as.
pub fn recall_forms(text: &str) -> Vec<Vec<String>> {
    words(text).iter().filter(|word| !is_link(word)).map(|word| forms(word)).collect()
}

fn forms(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keep = |form: &str| {
        if !form.is_empty() && !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    let stem = singular(word);
    let is_word = stem.chars().all(char::is_alphabetic);
    keep(&stem);
    keep(word);
    if *word == stem && stem.len() > 3 && is_word {
        keep(&format!("{stem}s"));
    }
    // As lists abbreviate: “STK FNGR”; and as two words: “hush puppies”.
    if stem.len() > 3 && is_word {
        let consonants = score::consonants(&stem);
        if consonants.len() > 2 {
            keep(&consonants);
        }
    }
    if stem.len() > 7 && stem.is_ascii() {
        keep(&stem[..4]);
        keep(&stem[..5]);
    }
    let long = expansion(word).unwrap_or(&stem);
    long.split(' ').for_each(&mut keep);
    let shorts = SHORTHAND.iter().filter(|(_, written)| *written == long);
    shorts.take(SHORT_FORMS).for_each(|(short, _)| keep(short));
    out
}

/// The most abbreviations of a word that are looked for.
const SHORT_FORMS: usize = 6;

fn expansion(word: &str) -> Option<&'static str> {
    let find = |key: &str| {
        let place = SHORTHAND.binary_search_by(|(short, _)| (*short).cmp(key)).ok()?;
        Some(SHORTHAND[place].1)
    };
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
        let point = c == '.' && after.is_ascii_digit() && (before.is_ascii_digit() || fresh);
        if c == '#' && after == '1' && chars.get(place + 2) == Some(&'0') {
            // A number ten can, as packs are written: `6/#10`.
            out.push("can".to_owned());
            fresh = true;
            continue;
        }
        if c == '0' && before == '1' && place >= 2 && chars[place - 2] == '#'
            || c == '1' && before == '#' && after == '0'
        {
            continue;
        }
        if c == '"' && before.is_ascii_digit() {
            out.push("inch".to_owned());
        }
        if point && fresh {
            out.push("0".to_owned());
            fresh = false;
        }
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
        assert_eq!(terms("Beans, LS, 6/#10"), terms("bean low sodium 6 can"));
        assert_eq!(terms("14\" round .5 oz"), ["14", "inch", "round", "0.5", "oz"]);
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
            ("cookies", "cookie"),
            ("asparagus", "asparagus"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn the_table_is_sorted_and_written_out_fully() {
        assert!(SHORTHAND.is_sorted_by_key(|(short, _)| *short));
        for (short, long) in SHORTHAND {
            assert_eq!(terms(long).join(" "), *long, "{short}");
        }
    }
}
