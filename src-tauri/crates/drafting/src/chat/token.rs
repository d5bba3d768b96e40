//! A message cut into tokens.
//!
//! Owns where one word ends and the next begins. What belongs together stays together: `41.75`, `1,200`,
//! `2026-27`, `4/5`, `last year's`; signs stand alone. Must not decide what a token means.

/// A word, a number or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// As typed.
    pub text: String,
    /// Lower case, without accents, with plain dashes and apostrophes.
    pub norm: String,
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

impl Token {
    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        whole(&self.norm).is_some() || has_decimals(&self.norm)
    }

    /// As typed; a number without its whole part gets one.
    pub fn shown(&self) -> &str {
        if self.text.starts_with('.') { &self.norm } else { &self.text }
    }

    /// Whether it is a word or a number rather than a sign.
    pub fn is_word(&self) -> bool {
        self.norm.chars().next().is_some_and(char::is_alphanumeric)
    }
}

/// The word at a place, or nothing beyond the end.
pub fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| &token.norm)
}

/// A whole number as people write it: `120`, `1,200`.
pub fn whole(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|&c| c != ',').collect();
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Nobody means more; beyond it the number is only known to be too large.
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// Whether the text is a number with decimals: `41.75`.
pub fn has_decimals(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole_part, part)| {
        whole(whole_part).is_some() && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A letter without its accent, in lower case.
pub fn fold(letter: char) -> char {
    match letter {
        '\0'..='\x7f' => letter.to_ascii_lowercase(),
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ç' | 'Ç' => 'c',
        '–' | '—' | '−' => '-',
        '’' | '‘' => '\'',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// Cut a message into tokens, in one pass.
pub fn tokenize(message: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = message.char_indices().collect();
    let char_at = |place: usize| chars.get(place).map_or('\0', |&(_, c)| c);
    let mut tokens = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let start = place;
        let first = char_at(start);
        place += 1;
        if first.is_whitespace() && first != '\n' && first != '\t' {
            continue;
        }
        let before = start.checked_sub(1).map_or(' ', char_at);
        // `.5 oz`
        let point =
            first == '.' && char_at(place).is_ascii_digit() && !before.is_alphanumeric() && before != '.';
        if first.is_alphanumeric() || point {
            while place < chars.len() && continues(&chars, start, place) {
                place += 1;
            }
        }
        let from = chars[start].0;
        let to = chars.get(place).map_or(message.len(), |&(byte, _)| byte);
        let text = message[from..to].to_owned();
        let folded: String = text.chars().map(fold).collect();
        let norm = if point { format!("0{folded}") } else { folded };
        part(Token { text, norm, from, to }, &mut tokens);
    }
    tokens
}

/// Units that stand after a slash: `12/cs`, `2.15/lb`.
const UNITS: [&str; 24] = [
    "case", "cases", "cs", "cse", "lb", "lbs", "pound", "serving", "servings", "srv", "svg", "oz", "ct",
    "pk", "pack", "ea", "each", "piece", "pc", "unit", "gal", "gallon", "meal", "portion",
];

/// Put a word down; what only a slash holds together (`troy/26-27/sub rolls/40 cs`) comes apart.
fn part(token: Token, out: &mut Vec<Token>) {
    let date = token.norm.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    // A letter is as long as without its accent only by chance; but there are as many.
    let alike = token.norm.chars().count() == token.text.chars().count();
    let Some(slash) = token.norm.find('/').filter(|_| !date && alike) else {
        out.push(token);
        return;
    };
    let (one, rest) = (&token.norm[..slash], &token.norm[slash + 1..]);
    let other = rest.split('/').next().unwrap_or_default();
    let digit = |text: &str, c: Option<char>| !text.is_empty() && c.is_some_and(|c| c.is_ascii_digit());
    let numbers = digit(one, one.chars().last()) && digit(other, other.chars().next());
    let priced = digit(one, one.chars().last()) && UNITS.contains(&other);
    let letters = one.len() == 1 && other.len() == 1;
    let canned = digit(one, one.chars().last()) && other.starts_with('#');
    if numbers
        || canned
        || priced
        || letters
        || one == "w"
        || rest.is_empty()
        || matches!(&token.norm[..], "and/or")
    {
        let kept = slash + 1 + other.len();
        if kept == token.norm.len() {
            out.push(token);
            return;
        }
        // `26/27/pizza`: what holds together does, the rest comes apart.
        let (head, tail) = cut(&token, kept);
        let (sign, tail) = cut(&tail, 1);
        out.extend([head, sign]);
        part(tail, out);
        return;
    }
    let (head, tail) = cut(&token, slash);
    let (sign, tail) = cut(&tail, 1);
    out.extend([head, sign]);
    part(tail, out);
}

/// Cut a token at a byte of its common form.
fn cut(token: &Token, at: usize) -> (Token, Token) {
    let letters = token.norm[..at].chars().count();
    let typed = token.text.char_indices().nth(letters).map_or(token.text.len(), |(byte, _)| byte);
    let piece = |text: &str, norm: &str, from: usize| Token {
        text: text.to_owned(),
        norm: norm.to_owned(),
        from: token.from + from,
        to: token.from + from + text.len(),
    };
    (piece(&token.text[..typed], &token.norm[..at], 0), piece(&token.text[typed..], &token.norm[at..], typed))
}

fn continues(chars: &[(usize, char)], start: usize, place: usize) -> bool {
    let at = |place: usize| chars.get(place).map_or('\0', |&(_, c)| c);
    let (before, here, after) = (at(place - 1), at(place), at(place + 1));
    match here {
        c if c.is_alphanumeric() => {
            !(before == '/' && at(start).eq_ignore_ascii_case(&'w') && place == start + 2 && at(place) != 'o')
        }
        // `6/#10`
        '/' if before.is_ascii_digit() && after == '#' && at(place + 2).is_ascii_digit() => true,
        '#' if before == '/' && after.is_ascii_digit() => true,
        // `w/` is “with”, whatever follows.
        '/' if place == start + 1 && matches!(before, 'w' | 'W') => true,
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        '-' | '–' | '/' | '_' => before.is_alphanumeric() && after.is_alphanumeric(),
        '&' => before.is_alphabetic() && after.is_alphabetic(),
        '.' => before.is_ascii_digit() && after.is_ascii_digit(),
        ',' => {
            before.is_ascii_digit()
                && (1..=3).all(|next| at(place + next).is_ascii_digit())
                && !at(place + 4).is_ascii_digit()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_up(message: &str) -> Vec<String> {
        tokenize(message).into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn what_belongs_together_stays_together() {
        assert_eq!(
            cut_up("1,200 cs at $41.75, +3%"),
            ["1,200", "cs", "at", "$", "41.75", ",", "+", "3", "%"]
        );
        assert_eq!(cut_up("SY26–27 last year’s 4/5 lb."), ["sy26-27", "last", "year's", "4/5", "lb", "."]);
        assert_eq!(cut_up("w/pdf w/o w/ Jalapeño"), ["w/", "pdf", "w/o", "w/", "jalapeno"]);
        assert_eq!(cut_up("10412,10413"), ["10412", ",", "10413"]);
        assert_eq!(cut_up("jalapeño/cheese ä/Ⱥb"), ["jalapeno", "/", "cheese", "a", "/", "ⱥb"]);
        assert_eq!(
            cut_up("troy/26-27/sub rolls/40 cs"),
            ["troy", "/", "26-27", "/", "sub", "rolls", "/", "40", "cs"]
        );
        assert_eq!(
            cut_up("26/27/fries 12/cs and/or 2.15/lb"),
            ["26/27", "/", "fries", "12/cs", "and/or", "2.15/lb"]
        );
        assert_eq!(cut_up("the .5 oz. 2 ...3"), ["the", "0.5", "oz", ".", "2", ".", ".", ".", "3"]);
    }

    #[test]
    fn whole_numbers_and_decimals_are_told_apart() {
        assert_eq!((whole("1,200"), whole("41.75"), whole("x1")), (Some(1200), None, None));
        assert!(has_decimals("41.75") && !has_decimals("41") && !has_decimals("4.5oz"));
    }
}
