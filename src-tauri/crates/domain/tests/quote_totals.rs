//! The page foots: every sum of a quote is the sum of the per-line cents a reader can add up.

use fieldquote_domain::money::MoneyError;
use fieldquote_domain::{Money, Program, ProgramTerms, QuoteLine, QuoteTotals};
use proptest::prelude::*;

use crate::amounts::{LIMIT, dollars, half_away, money, units};
use crate::quoted_lines::line;

const NO_TERMS: ProgramTerms = ProgramTerms { distributor_fee: None, service_fee: None };

#[test]
fn a_quote_of_nothing_sums_to_nothing() {
    let totals = QuoteTotals::of(&[]).unwrap();
    assert_eq!(totals.cases, 0);
    for sum in [totals.commercial, totals.df_value, totals.total, totals.refund] {
        assert_eq!(sum, Money::ZERO);
    }
}

#[test]
fn each_sum_holds_what_its_name_says() {
    let noi = ProgramTerms { distributor_fee: Some(dollars("3.00")), service_fee: None };
    let lines = [
        line(1, Program::Noi, dollars("40.00"), 10, &noi),
        line(2, Program::Rebate, dollars("40.00"), 2, &NO_TERMS),
        line(3, Program::Commercial, dollars("10.0050"), 1, &NO_TERMS),
    ];
    assert_eq!(
        QuoteTotals::of(&lines),
        Ok(QuoteTotals {
            cases: 13,
            commercial: dollars("490.01"), // 400.00 + 80.00 + 10.01
            df_value: dollars("206.04"),   // 12 × 17.17
            total: dollars("348.31"),      // 10 × 25.83 + 2 × 40.00 + 10.01
            refund: dollars("34.34"),      // 2 × 17.17
        })
    );
}

#[test]
fn cases_are_counted_past_what_one_line_can_hold() {
    let lines = [
        line(1, Program::Commercial, dollars("1"), u32::MAX, &NO_TERMS),
        line(2, Program::Commercial, dollars("1"), u32::MAX, &NO_TERMS),
    ];
    assert_eq!(QuoteTotals::of(&lines).unwrap().cases, 2 * u64::from(u32::MAX));
}

#[test]
fn a_quote_beyond_the_range_of_an_amount_has_no_totals() {
    let half = line(1, Program::Commercial, money(LIMIT / 2 + 5_000), 1, &NO_TERMS);
    assert_eq!(QuoteTotals::of(&[half.clone(), half]), Err(MoneyError::TooLarge));
}

#[test]
fn margin_is_of_the_commercial_price_whatever_the_school_is_invoiced() {
    let discounted = line(1, Program::DirectDiscount, dollars("40.00"), 1, &NO_TERMS);
    assert!(discounted.net_price < discounted.case_price);
    assert_eq!(discounted.margin().words(), "65.00%"); // (40.00 − 14.00) / 40.00
    let unknown = QuoteLine { cost_basis: None, ..discounted };
    assert_eq!(unknown.margin().words(), "cost unknown");
}

fn lines_of(program: impl Strategy<Value = Program>) -> impl Strategy<Value = Vec<QuoteLine>> {
    let one = (program, 171_700_i128..3_000_000, 0_u32..5_000, prop::option::of(0_i128..50_000));
    prop::collection::vec(one, 0..12).prop_map(|rows| {
        (1..)
            .zip(rows)
            .map(|(line_no, (program, price, cases, fee))| {
                let terms = ProgramTerms { distributor_fee: fee.map(money), service_fee: fee.map(money) };
                line(line_no, program, money(price), cases, &terms)
            })
            .collect()
    })
}

fn cents(price: Money, cases: u32) -> i128 {
    half_away(units(price) * i128::from(cases), 100) * 100
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_sum_is_the_sum_of_the_lines_as_printed(lines in lines_of(prop::sample::select(Program::ALL))) {
        let totals = QuoteTotals::of(&lines).unwrap();
        let sum = |each: &dyn Fn(&QuoteLine) -> i128| lines.iter().map(each).sum::<i128>();
        prop_assert_eq!(i128::from(totals.cases), sum(&|line| line.quantity.into()));
        prop_assert_eq!(units(totals.total), sum(&|line| units(line.extended)));
        prop_assert_eq!(units(totals.total), sum(&|line| cents(line.net_price, line.quantity)));
        prop_assert_eq!(units(totals.commercial), sum(&|line| cents(line.case_price, line.quantity)));
        let donated = |line: &QuoteLine| line.df_value.map_or(0, |value| cents(value, line.quantity));
        prop_assert_eq!(units(totals.df_value), sum(&donated));
        let refunded = |line: &QuoteLine| line.refund.map_or(0, |value| cents(value, line.quantity));
        prop_assert_eq!(units(totals.refund), sum(&refunded));
        for all in [totals.total, totals.commercial, totals.df_value, totals.refund] {
            prop_assert_eq!(units(all) % 100, 0, "a total is whole cents");
        }
    }

    #[test]
    fn commercial_less_donated_food_is_the_total_where_no_fee_is_added(
        lines in lines_of(prop::sample::select(&[Program::Commercial, Program::DirectDiscount][..])),
    ) {
        let totals = QuoteTotals::of(&lines).unwrap();
        prop_assert_eq!(totals.commercial.minus(totals.df_value), Ok(totals.total));
        prop_assert_eq!(totals.refund, Money::ZERO);
    }

    #[test]
    fn a_rebate_is_invoiced_in_full_and_refunds_all_of_the_donated_food(
        lines in lines_of(Just(Program::Rebate)),
    ) {
        let totals = QuoteTotals::of(&lines).unwrap();
        prop_assert_eq!(totals.total, totals.commercial);
        prop_assert_eq!(totals.refund, totals.df_value);
    }

    #[test]
    fn the_order_of_the_lines_does_not_change_a_sum(lines in lines_of(prop::sample::select(Program::ALL))) {
        let turned: Vec<QuoteLine> = lines.iter().rev().cloned().collect();
        prop_assert_eq!(QuoteTotals::of(&turned), QuoteTotals::of(&lines));
    }
}
