//! What the engine does with each thing that can happen, one rule a test.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test that cannot go on has failed.

use std::time::Duration;

use chrono::{TimeZone, Utc};
use fieldquote_sync::central::{Refusal, Trouble};
use fieldquote_sync::device::{ReadyOp, Verdict};
use fieldquote_sync::engine::link::State;
use fieldquote_sync::engine::{Effect, Ending, Engine, Event, Mode, Moment, Part, Setback, Tuning};
use fieldquote_sync::wire::{OpAnswer, Outcome};

struct Bench {
    engine: Engine,
    at: u64,
    slept: i64,
}

impl Bench {
    fn new(mode: Mode) -> Self {
        let mut bench = Bench { engine: Engine::new(mode, Tuning::default()), at: 0, slept: 0 };
        bench.tell(Event::Begin);
        bench
    }

    /// The longest wait is always drawn.
    fn tell(&mut self, event: Event) -> Vec<Effect> {
        let wall = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
            + chrono::Duration::milliseconds(i64::try_from(self.at).unwrap() + self.slept * 1_000);
        let moment = Moment { steady: Duration::from_millis(self.at), wall };
        let effects = self.engine.step(moment, event, &mut |upto| upto);
        effects.into_iter().filter(|effect| !matches!(effect, Effect::WakeAt(_))).collect()
    }

    fn wait(&mut self, length: Duration) -> Vec<Effect> {
        self.at += u64::try_from(length.as_millis()).unwrap();
        self.tell(Event::Timer)
    }

    /// One request is under way with these operations; its number.
    fn sending(&mut self, ops: &[&str]) -> u64 {
        let effects = self.tell(Event::Ready(Ok(ops.iter().map(|id| op(id)).collect())));
        let sent = effects.into_iter().find_map(|effect| match effect {
            Effect::Send { lane, .. } => Some(lane),
            _ => None,
        });
        sent.expect("a request")
    }

    fn fail(&mut self, lane: u64, trouble: Trouble) -> Vec<Effect> {
        self.tell(Event::Answered { lane, answer: Err(Setback::Central(trouble)) })
    }
}

fn op(id: &str) -> ReadyOp {
    ReadyOp {
        op_id: id.parse().unwrap(),
        aggregate: format!("quote:{id}"),
        after: None,
        is_file: false,
        bytes: 100,
    }
}

fn answer(id: &str, outcome: Outcome) -> OpAnswer {
    OpAnswer {
        op_id: id.parse().unwrap(),
        outcome,
        first: None,
        result: None,
        code: Some("why".to_owned()),
        message: Some("so it is".to_owned()),
        hint: None,
    }
}

fn later(after: Option<u64>) -> Trouble {
    Trouble::Later { message: "busy".to_owned(), after: after.map(Duration::from_secs) }
}

fn offline() -> Trouble {
    Trouble::Offline("no network".to_owned())
}

fn refused() -> Trouble {
    Trouble::Refused(Refusal { code: "bad".to_owned(), message: "no".to_owned(), hint: String::new() })
}

fn verdicts(effects: &[Effect]) -> Vec<(String, &Verdict)> {
    let settled = effects.iter().find_map(|effect| match effect {
        Effect::Settle { verdicts, .. } => Some(verdicts),
        _ => None,
    });
    settled.into_iter().flatten().map(|(op, verdict)| (op.to_string(), verdict)).collect()
}

fn sends(effects: &[Effect]) -> Vec<String> {
    let ops = |effect: &Effect| match effect {
        Effect::Send { ops, .. } => Some(ops.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        _ => None,
    };
    effects.iter().filter_map(ops).collect()
}

#[test]
fn each_answer_means_its_own() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a", "b", "c", "d"]);
    let answers = vec![
        answer("a", Outcome::Applied),
        answer("b", Outcome::Conflict),
        answer("c", Outcome::Rejected),
        answer("d", Outcome::Retry),
    ];
    let effects = bench.tell(Event::Answered { lane, answer: Ok(answers) });
    let found = verdicts(&effects);
    assert!(matches!(found[0], (_, Verdict::Acknowledged(_))));
    assert!(matches!(found[1], (_, Verdict::Conflict(_))));
    assert!(matches!(found[2], (_, Verdict::Parked(refusal)) if refusal.code == "why"));
    assert!(matches!(found[3], (_, Verdict::Attempted { .. })));
}

#[test]
fn a_repeat_counts_as_what_it_repeats() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a", "b"]);
    let mut overruled = answer("b", Outcome::Duplicate);
    overruled.first = Some(Outcome::Conflict);
    let effects =
        bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Duplicate), overruled]) });
    let found = verdicts(&effects);
    assert!(matches!(found[0], (_, Verdict::Acknowledged(_))));
    assert!(matches!(found[1], (_, Verdict::Conflict(_))));
}

#[test]
fn an_operation_the_central_forgot_to_answer_is_not_taken_for_done() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a", "b"]);
    let effects = bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Applied)]) });
    assert!(matches!(&verdicts(&effects)[1], (id, Verdict::Attempted { .. }) if id == "b"));
}

#[test]
fn being_offline_costs_no_attempt_and_is_waited_for() {
    let mut bench = Bench::new(Mode::Watch);
    let lane = bench.sending(&["a"]);
    let effects = bench.fail(lane, offline());
    assert!(verdicts(&effects).is_empty());
    assert!(bench.wait(Duration::from_millis(1_400)).is_empty(), "not before the wait is over");
    let effects = bench.wait(Duration::from_millis(200));
    assert!(matches!(effects[0], Effect::ReadReady { .. }));
}

#[test]
fn the_wait_the_central_asks_for_is_kept() {
    let mut bench = Bench::new(Mode::Watch);
    let lane = bench.sending(&["a"]);
    bench.fail(lane, later(Some(20)));
    bench.tell(Event::Settled { lane, kept: Ok(()) });
    assert!(bench.wait(Duration::from_secs(19)).is_empty());
    assert!(!bench.wait(Duration::from_secs(2)).is_empty());
}

#[test]
fn a_refused_request_is_halved_until_the_culprit_is_alone() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a", "b", "c", "d"]);
    let effects = bench.fail(lane, refused());
    assert_eq!(sends(&effects), ["a b"]);
    let Some(Effect::Send { lane, .. }) =
        effects.into_iter().find(|effect| matches!(effect, Effect::Send { .. }))
    else {
        panic!("a request")
    };
    let effects = bench.fail(lane, refused());
    assert_eq!(sends(&effects), ["a"]);
    let Some(Effect::Send { lane, .. }) =
        effects.into_iter().find(|effect| matches!(effect, Effect::Send { .. }))
    else {
        panic!("a request")
    };
    let effects = bench.fail(lane, refused());
    assert!(matches!(&verdicts(&effects)[0], (id, Verdict::Parked(_)) if id == "a"));
}

#[test]
fn an_expired_token_is_renewed_once_and_then_a_person_signs_in() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a"]);
    assert_eq!(bench.fail(lane, Trouble::Expired), [Effect::Renew]);
    bench.tell(Event::Renewed(Ok(())));
    let lane = bench.sending(&["a"]);
    let effects = bench.fail(lane, Trouble::Expired);
    assert!(matches!(effects[0], Effect::Finish(Ending::SignIn(_))));
}

#[test]
fn a_request_that_was_under_way_while_the_token_was_renewed_asks_nobody_to_sign_in() {
    let mut bench = Bench::new(Mode::Watch);
    let effects = bench.tell(Event::Ready(Ok((0..120).map(|n| op(&format!("op{n}"))).collect())));
    let lanes: Vec<u64> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send { lane, .. } => Some(*lane),
            _ => None,
        })
        .collect();
    bench.fail(lanes[0], Trouble::Expired);
    bench.tell(Event::Renewed(Ok(())));
    let effects = bench.fail(lanes[1], Trouble::Expired);
    assert!(!effects.contains(&Effect::Renew), "the new token is in use already");
    let effects = bench.tell(Event::Ready(Ok(Vec::new())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ReadReady { .. })));
}

#[test]
fn after_sleep_connections_are_dropped_and_everything_is_tried_at_once() {
    let mut bench = Bench::new(Mode::Watch);
    let lane = bench.sending(&["a"]);
    bench.slept = 3_600;
    let effects = bench.wait(Duration::from_secs(1));
    assert_eq!(effects[0], Effect::Hang);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ReadReady { .. })));
    let late = bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Applied)]) });
    assert!(verdicts(&late).is_empty(), "an answer from before is not waited for; the repeat tells the same");
}

#[test]
fn one_pass_goes_up_then_down_and_ends_when_nothing_is_left() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a"]);
    bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Applied)]) });
    bench.tell(Event::Settled { lane, kept: Ok(()) });
    let mut effects = bench.tell(Event::Ready(Ok(Vec::new())));
    for part in [Part::Feed, Part::Doubtful, Part::Files, Part::After] {
        assert_eq!(effects, [Effect::Descend(part)]);
        effects = bench.tell(Event::Descended(Ok(())));
    }
    assert!(matches!(effects[0], Effect::ReadReady { .. }), "the device may have put something in");
    assert_eq!(bench.tell(Event::Ready(Ok(Vec::new()))), [Effect::Finish(Ending::Current)]);
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let mut bench = Bench::new(Mode::Once);
    for _ in 0..3 {
        let lane = bench.sending(&["a"]);
        bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Applied)]) });
        let effects = bench.tell(Event::Settled { lane, kept: Err("the disk is full".to_owned()) });
        if let Some(Effect::Finish(ending)) = effects.first() {
            assert_eq!(*ending, Ending::Storage("the disk is full".to_owned()));
            return;
        }
        bench.wait(Duration::from_secs(40));
    }
    panic!("it never told");
}

#[test]
fn a_feed_that_begins_anew_is_read_again_at_once() {
    let mut bench = Bench::new(Mode::Once);
    bench.tell(Event::Ready(Ok(Vec::new())));
    let effects = bench.tell(Event::Descended(Err(Setback::Central(Trouble::CursorGone))));
    assert_eq!(effects, [Effect::Descend(Part::Feed)]);
}

#[test]
fn an_operation_that_is_put_off_for_ever_is_shown_to_a_person_in_the_end() {
    let mut bench = Bench::new(Mode::Watch);
    for _ in 0..100 {
        let lane = bench.sending(&["a"]);
        let effects = bench.tell(Event::Answered { lane, answer: Ok(vec![answer("a", Outcome::Retry)]) });
        let found = verdicts(&effects);
        if let [(_, Verdict::Parked(refusal))] = found.as_slice() {
            assert_eq!(refusal.code, "keeps_failing");
            return;
        }
        bench.tell(Event::Settled { lane, kept: Ok(()) });
        bench.wait(Duration::from_secs(31));
    }
    panic!("it was never shown");
}

#[test]
fn a_feed_that_is_refused_each_time_is_not_asked_for_in_a_tight_loop() {
    for trouble in [refused(), Trouble::CursorGone] {
        let mut bench = Bench::new(Mode::Once);
        let mut effects = bench.tell(Event::Ready(Ok(Vec::new())));
        let mut asked = 0;
        for _ in 0..20 {
            if effects.contains(&Effect::Descend(Part::Feed)) {
                asked += 1;
                effects = bench.tell(Event::Descended(Err(Setback::Central(trouble.clone()))));
            } else if effects.iter().any(|effect| matches!(effect, Effect::Finish(Ending::Unavailable(_)))) {
                break;
            } else {
                effects = bench.wait(Duration::from_secs(2));
            }
        }
        assert!((3..=4).contains(&asked), "{trouble:?}: asked {asked} times in one pass");
    }
}

#[test]
fn news_comes_while_the_central_chokes_on_what_is_sent() {
    let mut bench = Bench::new(Mode::Once);
    let lane = bench.sending(&["a", "b"]);
    let effects = bench.fail(lane, later(None));
    bench.tell(Event::Settled { lane, kept: Ok(()) });
    let mut asked = effects.contains(&Effect::Descend(Part::Feed));
    asked |= bench.wait(Duration::from_secs(2)).contains(&Effect::Descend(Part::Feed));
    assert!(asked, "the feed is asked for beside the request that fails");
}

#[test]
fn a_fresh_token_that_is_not_taken_is_drawn_anew_when_it_is_tried_again() {
    let mut bench = Bench::new(Mode::Watch);
    let lane = bench.sending(&["a"]);
    assert!(bench.fail(lane, Trouble::Expired).contains(&Effect::Renew));
    bench.tell(Event::Renewed(Ok(())));
    let lane = bench.sending(&["a"]);
    assert!(!bench.fail(lane, Trouble::Expired).contains(&Effect::Renew), "a person is asked first");
    bench.wait(Duration::from_secs(61));
    let lane = bench.sending(&["a"]);
    assert!(bench.fail(lane, Trouble::Expired).contains(&Effect::Renew), "and then another is drawn");
}

#[test]
fn a_line_that_closes_is_reason_to_ask_whether_the_central_is_there() {
    let mut bench = Bench::new(Mode::Watch);
    bench.tell(Event::Ready(Ok(Vec::new())));
    let way_down = [Part::Doubtful, Part::Files, Part::After];
    for part in way_down {
        assert!(bench.tell(Event::Descended(Ok(()))).contains(&Effect::Descend(part)));
    }
    bench.tell(Event::Descended(Ok(())));
    bench.tell(Event::Ready(Ok(Vec::new())));
    assert!(bench.tell(Event::LineClosed).contains(&Effect::Descend(Part::Feed)));
    bench.tell(Event::Descended(Err(Setback::Central(offline()))));
    assert!(matches!(bench.engine.link().state(), State::Offline(_)));
}
