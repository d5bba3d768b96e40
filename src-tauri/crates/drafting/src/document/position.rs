//! Where a line stands among the others, as text that leaves room between any two.
//!
//! Owns fractional positions: text order is line order, and a new one can always be made between two
//! different ones without touching them, so two people's reorderings merge. Lines that took the same
//! position apart are kept in the order of their keys.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Digits of a position made by appending: 36^6 of them, far more lines than a draft can have.
const WIDTH: usize = 6;

fn value(digit: u8) -> usize {
    match digit {
        b'0'..=b'9' => usize::from(digit - b'0'),
        b'a'..=b'z' => usize::from(digit - b'a') + 10,
        _ => 0,
    }
}

/// A position after `last`.
pub fn after(last: Option<&str>) -> String {
    let mut digits = [0; WIDTH];
    if let Some(last) = last {
        for (slot, digit) in digits.iter_mut().zip(last.bytes()) {
            *slot = value(digit);
        }
    }
    for slot in digits.iter_mut().rev() {
        *slot += 1;
        if *slot < DIGITS.len() {
            break;
        }
        *slot = 0;
    }
    digits.iter().map(|&digit| char::from(DIGITS[digit])).collect()
}

/// A position after `low` (or at the very start) and before `high`; `high` must be the greater.
pub fn between(low: Option<&str>, high: &str) -> String {
    let low = low.unwrap_or("").as_bytes();
    let high = high.as_bytes();
    let mut out = String::new();
    let mut bounded = true;
    for place in 0.. {
        let least = low.get(place).copied().map_or(0, value);
        let most = if bounded { high.get(place).copied().map_or(0, value) } else { DIGITS.len() };
        let middle = (least + most) / 2;
        if middle > least {
            out.push(char::from(DIGITS[middle]));
            break;
        }
        out.push(char::from(DIGITS[least]));
        bounded = bounded && least == most;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn appended_positions_rise() {
        let mut last = after(None);
        for _ in 0..2_000 {
            let next = after(Some(&last));
            assert!(next > last);
            last = next;
        }
    }

    proptest! {
        #[test]
        fn there_is_always_room_between(choices in prop::collection::vec(0usize..1_000, 1..120)) {
            let mut taken = vec![after(None)];
            for choice in choices {
                let place = choice % (taken.len() + 1);
                let made = match (place.checked_sub(1).map(|p| taken[p].clone()), taken.get(place)) {
                    (low, Some(high)) => between(low.as_deref(), high),
                    (low, None) => after(low.as_deref()),
                };
                taken.insert(place, made);
                prop_assert!(taken.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", taken);
            }
        }
    }
}
