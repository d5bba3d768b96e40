//! A quote moves only along the legal moves, and what has ended stays ended.

use fieldquote_domain::Lifecycle::{self, *};
use fieldquote_domain::lifecycle::IllegalMove;
use proptest::prelude::*;

/// The whole rule, state by state.
const LEGAL: &[(Lifecycle, &[Lifecycle])] = &[
    (Draft, &[Proposed, Cancelled]),
    (Proposed, &[Draft, Approved, Expired, Cancelled]),
    (Approved, &[Sent, Accepted, Declined, Expired, Superseded, Cancelled]),
    (Sent, &[Accepted, Declined, Expired, Superseded, Cancelled]),
    (Declined, &[Superseded]),
    (Expired, &[Superseded]),
    (Accepted, &[]),
    (Superseded, &[]),
    (Cancelled, &[]),
];

#[test]
fn exactly_the_legal_moves_are_allowed_and_every_other_is_refused_by_name() {
    assert_eq!(LEGAL.len(), Lifecycle::ALL.len());
    for &(from, legal) in LEGAL {
        for &to in Lifecycle::ALL {
            let expected = if legal.contains(&to) { Ok(to) } else { Err(IllegalMove { from, to }) };
            assert_eq!(from.to(to), expected, "{from} to {to}");
        }
        assert_eq!(from.next().len(), legal.len(), "{from}");
    }
    assert_eq!(Accepted.to(Draft).unwrap_err().to_string(), "a quote that is accepted cannot become draft");
}

#[test]
fn accepted_superseded_and_cancelled_are_the_end() {
    for &state in Lifecycle::ALL {
        assert_eq!(state.next().is_empty(), matches!(state, Accepted | Superseded | Cancelled), "{state}");
    }
}

#[test]
fn no_state_moves_to_itself() {
    for &state in Lifecycle::ALL {
        assert!(state.to(state).is_err(), "{state}");
    }
}

#[test]
fn only_a_quote_that_may_yet_become_an_order_counts_against_credit() {
    let may_become_an_order = |from: Lifecycle| {
        let mut reached = vec![from];
        let mut at = 0;
        while at < reached.len() {
            for &next in reached[at].next() {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        from != Accepted && reached.contains(&Accepted)
    };
    for &state in Lifecycle::ALL {
        assert_eq!(state.is_open(), may_become_an_order(state), "{state}");
    }
}

proptest! {
    #[test]
    fn however_a_quote_is_pushed_around_it_takes_no_shortcut(
        asked in prop::collection::vec(prop::sample::select(Lifecycle::ALL), 0..40),
    ) {
        let mut path = vec![Draft];
        for to in asked {
            let here = *path.last().unwrap();
            match here.to(to) {
                Ok(there) => path.push(there),
                Err(refused) => prop_assert_eq!(refused, IllegalMove { from: here, to }),
            }
        }
        let needs: [(Lifecycle, &[Lifecycle]); 4] = [
            (Approved, &[Proposed]),
            (Sent, &[Approved]),
            (Accepted, &[Approved, Sent]),
            (Declined, &[Approved, Sent]),
        ];
        for (at, state) in path.iter().enumerate() {
            for (this, before) in needs {
                let came_from = path[..at].last();
                prop_assert!(
                    *state != this || came_from.is_some_and(|from| before.contains(from)),
                    "{:?}",
                    path
                );
            }
            let ended = matches!(state, Accepted | Superseded | Cancelled);
            prop_assert!(!ended || at == path.len() - 1, "{:?}", path);
        }
    }
}
