//! The recovery key: the raw key in a form a person can write down and type again.
//!
//! Owns the printed form: Crockford's base 32 in groups of four, with a check at the end, so that a slip
//! of the pen is noticed before a database is tried. Must not be logged; it is shown only on request.

use std::fmt;
use std::str::FromStr;

use domain::Sha256;
use zeroize::Zeroizing;

use crate::keys::{KeyError, RawKey};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 256 bits of key and 24 of check: 280 bits, 56 characters, 14 groups.
const CHECK_BYTES: usize = 3;
const TOTAL_BYTES: usize = 32 + CHECK_BYTES;
const CHARACTERS: usize = TOTAL_BYTES * 8 / 5;
const GROUP: usize = 4;

/// The raw key, to be printed and put away.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(RawKey);

impl RecoveryKey {
    /// The recovery key of a raw key.
    pub fn of(key: &RawKey) -> Self {
        RecoveryKey(key.clone())
    }

    /// The text to print: 14 groups of four, with dashes between.
    pub fn printed(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0u8; TOTAL_BYTES]);
        bytes[..32].copy_from_slice(self.0.bytes());
        bytes[32..].copy_from_slice(&check(self.0.bytes()));
        let mut text = Zeroizing::new(String::with_capacity(CHARACTERS + CHARACTERS / GROUP));
        for place in 0..CHARACTERS {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            let value = (0..5).fold(0, |value, bit| (value << 1) | bit_of(&bytes[..], place * 5 + bit));
            text.push(char::from(ALPHABET[usize::from(value)]));
        }
        text
    }

    pub(crate) fn raw(&self) -> &RawKey {
        &self.0
    }
}

/// Reads what a person typed: any case, any spaces or dashes, O for 0, I and L for 1.
impl FromStr for RecoveryKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0u8; TOTAL_BYTES]);
        let mut place = 0;
        for character in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '_'))
        {
            let value = value_of(character)
                .ok_or(KeyError::NotARecoveryKey("it has a character no recovery key has"))?;
            if place == CHARACTERS {
                return Err(KeyError::NotARecoveryKey("it is too long; it has 14 groups of four"));
            }
            for bit in 0..5 {
                if value >> (4 - bit) & 1 == 1 {
                    let at = place * 5 + bit;
                    bytes[at / 8] |= 0x80 >> (at % 8);
                }
            }
            place += 1;
        }
        if place < CHARACTERS {
            return Err(KeyError::NotARecoveryKey("it is too short; it has 14 groups of four"));
        }
        let mut key = [0; 32];
        key.copy_from_slice(&bytes[..32]);
        let key = RawKey::from_bytes(key);
        if check(key.bytes()) != bytes[32..] {
            return Err(KeyError::NotARecoveryKey("a character is mistyped"));
        }
        Ok(RecoveryKey(key))
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

fn check(key: &[u8; 32]) -> [u8; CHECK_BYTES] {
    let hash = Sha256::of(key);
    let bytes = hash.as_bytes();
    [bytes[0], bytes[1], bytes[2]]
}

fn bit_of(bytes: &[u8], at: usize) -> u8 {
    bytes[at / 8] >> (7 - at % 8) & 1
}

fn value_of(character: char) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|&c| char::from(c) == character).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(bytes: [u8; 32]) -> String {
        RecoveryKey::of(&RawKey::from_bytes(bytes)).printed().to_string()
    }

    #[test]
    fn it_prints_as_fourteen_groups_of_four() {
        let text = printed([7; 32]);
        let groups: Vec<&str> = text.split('-').collect();
        assert_eq!(groups.len(), 14);
        assert!(groups.iter().all(|group| group.len() == 4));
    }

    #[test]
    fn neither_key_shows_itself_in_debug_output() {
        let key = RawKey::from_bytes([0xAB; 32]);
        let shown = format!("{:?} {:?}", key, RecoveryKey::of(&key)).to_lowercase();
        assert!(!shown.contains("ab") && !shown.contains("171"), "{shown}");
    }

    #[test]
    fn too_short_too_long_and_foreign_text_are_refused() {
        let text = printed([1; 32]);
        for wrong in ["", "ABCD", &text[..text.len() - 1], &format!("{text}-0000"), &text.replace('-', "/")] {
            assert!(wrong.parse::<RecoveryKey>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_printed_reads_back_however_it_is_typed(bytes: [u8; 32]) {
            let text = printed(bytes);
            for typed in [text.clone(), text.to_lowercase(), text.replace('-', " "), text.replace('-', ""),
                          text.replace('0', "o").replace('1', "l")] {
                let read: RecoveryKey = typed.parse().unwrap();
                prop_assert_eq!(read.raw().bytes(), &bytes);
            }
        }

        #[test]
        fn one_mistyped_character_is_noticed(bytes: [u8; 32], place in 0usize..56, shift in 1usize..32) {
            let plain: Vec<char> = printed(bytes).replace('-', "").chars().collect();
            let mut typed = plain.clone();
            let value = ALPHABET.iter().position(|&c| char::from(c) == typed[place]).unwrap();
            typed[place] = char::from(ALPHABET[(value + shift) % 32]);
            prop_assert!(typed.iter().collect::<String>().parse::<RecoveryKey>().is_err());
        }
    }
}
