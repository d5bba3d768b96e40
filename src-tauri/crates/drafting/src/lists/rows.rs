//! A set of rows.
//!
//! Owns joining and crossing sets as long as a list. Must not know what its rows are.

use super::index::Row;

/// Rows of a list, one bit each.
#[derive(Debug, Clone)]
pub struct Rows(Vec<u64>);

impl Rows {
    /// None of the rows of a list so long.
    pub fn none(length: usize) -> Self {
        Rows(vec![0; length.div_ceil(64)])
    }

    /// Put these in.
    pub fn add(&mut self, rows: &[Row]) {
        for row in rows {
            if let Some(bits) = self.0.get_mut(*row as usize / 64) {
                *bits |= 1 << (row % 64);
            }
        }
    }

    /// Keep only those that are in the other too.
    pub fn keep(&mut self, other: &Rows) {
        for (bits, kept) in self.0.iter_mut().zip(&other.0) {
            *bits &= kept;
        }
    }

    /// They, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        self.0.iter().enumerate().flat_map(|(place, bits)| {
            let first = Row::try_from(place * 64).unwrap_or(Row::MAX);
            let mut left = *bits;
            std::iter::from_fn(move || {
                let next = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(first + next)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_kept_in_order() {
        let (mut one, mut other) = (Rows::none(200), Rows::none(200));
        one.add(&[199, 3, 64, 63]);
        other.add(&[64, 199, 5]);
        one.keep(&other);
        assert_eq!(one.iter().collect::<Vec<_>>(), [64, 199]);
    }
}
