//! How long to wait before trying again.
use fieldquote_workflow::Contract;
use fieldquote_workflow::contract::RetryPolicy;
use fieldquote_workflow::runner::delay_ms;
use proptest::prelude::*;

const POLICY: RetryPolicy = RetryPolicy { max_attempts: 3, base_ms: 1_500, cap_ms: 30_000, jitter: true };

#[test]
fn the_shipped_quote_contract_has_this_policy() {
    let contract = Contract::pinned(include_str!("../../../../contracts/customer_quote.json")).unwrap();
    assert_eq!(contract.retry, POLICY);
}

#[test]
fn the_ceiling_doubles_from_1500_ms_up_to_30_s() {
    let ceilings: Vec<u64> = (1..=7).map(|retry| POLICY.ceiling_ms(retry)).collect();
    assert_eq!(ceilings, [1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
    assert_eq!(POLICY.ceiling_ms(u32::MAX), 30_000);
    assert_eq!(POLICY.ceiling_ms(65), 30_000);
}

#[test]
fn the_wait_is_drawn_from_nothing_to_the_ceiling() {
    let mut asked = Vec::new();
    let lowest = delay_ms(&POLICY, 2, |upto| {
        asked.push(upto);
        0
    });
    assert_eq!((lowest, asked), (0, vec![3_000]));
    assert_eq!(delay_ms(&POLICY, 2, |upto| upto), 3_000);
    let steady = RetryPolicy { jitter: false, ..POLICY };
    assert_eq!(delay_ms(&steady, 2, |_| panic!("nothing is drawn")), 3_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_policy_and_no_draw_passes_the_cap(
        base_ms in prop_oneof![1_u64..100_000, Just(u64::MAX)],
        cap_ms in prop_oneof![1_u64..100_000, Just(u64::MAX)],
        retry in prop_oneof![1_u32..70, any::<u32>()],
        drawn: u64,
        jitter: bool,
    ) {
        let policy = RetryPolicy { max_attempts: 3, base_ms, cap_ms, jitter };
        prop_assert!(delay_ms(&policy, retry, |_| drawn) <= cap_ms);
        prop_assert!(policy.ceiling_ms(retry) >= policy.ceiling_ms(retry.saturating_sub(1)));
        if retry < 32 && cap_ms == u64::MAX && base_ms < 100_000 {
            prop_assert_eq!(policy.ceiling_ms(retry), base_ms << (retry.max(1) - 1));
        }
    }
}
