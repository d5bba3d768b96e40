//! What a draft of 200 lines and 5,000 edits costs: its bytes, reading them, and one more edit.
//!
//! Owns the measurements, beside the document library alone on the same bytes. Must not pass or fail.

#![allow(clippy::disallowed_types, clippy::float_arithmetic)] // Ratios of times are no money.
#![allow(clippy::expect_used)] // A bench that cannot go on has nothing to say.

use std::hint::black_box;
use std::time::{Duration, Instant};

use automerge::Automerge;
use chrono::DateTime;
use domain::{LineId, Money};
use fieldquote_drafting::document::{Actor, Change, Chunk, Draft, PriceRule};

const LINES: u32 = 200;
const EDITS: u32 = 5_000;
/// Edits between two starts of the application.
const SITTING: u32 = 125;

fn main() {
    // `cargo bench` and `cargo nextest` both start benches; only the first means it.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let (draft, chunks) = written();
    let pieces: Vec<usize> = chunks[1..].iter().map(|chunk| chunk.bytes().len()).collect();
    let all: usize = pieces.iter().sum();
    println!("an edit as it is stored: {} bytes, at most {}", all / pieces.len(), most(&pieces));
    let snapshot = draft.snapshot();
    println!("all {EDITS} edits compacted: {} bytes", snapshot.bytes().len());
    let floor = typical(40, || Automerge::load(snapshot.bytes()).expect("it loads").get_heads());
    time("the library alone reads the compacted bytes", floor, floor);
    time("the compacted draft opened", typical(40, || open(std::slice::from_ref(&snapshot))), floor);
    time("and read", typical(40, || open(std::slice::from_ref(&snapshot)).view().expect("it reads")), floor);
    let tail: Vec<Chunk> = {
        let from = chunks.len() - 32;
        let base = open(&chunks[..from]).snapshot();
        std::iter::once(base).chain(chunks[from..].iter().cloned()).collect()
    };
    time("a snapshot and 32 pieces opened", typical(40, || open(&tail)), floor);
    time("a copy in memory", typical(40, || draft.clone()), floor);
    time("a view of what is open", typical(40, || draft.view().expect("it reads")), floor);
    time(
        "one more edit, its bytes and the view",
        typical(40, || {
            let mut draft = draft.clone();
            let began = Instant::now();
            draft.apply(&[edit(7)], at(9_000_000)).expect("it fits");
            black_box((draft.unsaved(), draft.view().expect("it reads")));
            began.elapsed()
        }),
        floor,
    );
    time("compacting", typical(40, || draft.snapshot()), floor);
}

fn id() -> domain::DraftId {
    "01J0DRAFT00000000000000000".parse().expect("an id")
}

fn at(second: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(1_780_000_000 + second, 0).expect("a moment")
}

fn line(number: u32) -> LineId {
    format!("01J0LINE{number:018}").parse().expect("an id")
}

/// The draft as three people write it over weeks, and every piece it was stored as.
fn written() -> (Draft, Vec<Chunk>) {
    let people = ["Dana Whitlock", "Mike", "Ann"];
    let mut draft = Draft::create(id(), people[0], actor(0)).expect("a draft");
    let lines: Vec<Change> = (0..LINES)
        .map(|number| Change::AddLine {
            line_id: line(number),
            item_code: format!("{}", 10_400 + number * 7).parse().expect("a code"),
            quantity: Some(40 + number),
            price: PriceRule::List,
        })
        .collect();
    draft.apply(&lines, at(0)).expect("lines");
    let mut chunks: Vec<Chunk> = kept(&mut draft).into_iter().collect();
    // An edit that says what is so already is none.
    for number in (0..).take_while(|number| *number < EDITS + EDITS / 10) {
        if chunks.len() > EDITS as usize {
            break;
        }
        if number % SITTING == 0 {
            let sitting = number / SITTING + 1;
            let snapshot = draft.snapshot();
            draft = Draft::load(id(), &[snapshot], people[sitting as usize % 3], actor(sitting))
                .expect("it loads");
        }
        let second = i64::from(number) * 37 + i64::from(number / SITTING) * 40_000;
        draft.apply(&[edit(number)], at(second)).expect("it fits");
        chunks.extend(kept(&mut draft));
    }
    (draft, chunks)
}

/// A session of one of three devices, with bytes that do not compress.
fn actor(sitting: u32) -> Actor {
    let hash = domain::Sha256::of(&sitting.to_be_bytes()).to_string();
    let mut drawn = [0; 6];
    hex::decode_to_slice(&hash[..12], &mut drawn).expect("hex digits");
    Actor::of(&["7KPXD6", "0Q2W3E", "ZZYX98"][sitting as usize % 3].parse().expect("a tag"), drawn)
}

fn edit(number: u32) -> Change {
    let mixed = number.wrapping_mul(2_654_435_761) >> 8;
    let line_id = line(mixed % LINES);
    match mixed / LINES % 10 {
        0..5 => Change::SetQuantity { line_id, quantity: 1 + mixed / 7 % 400 },
        5..9 => {
            let cents = 1_000 + i64::from(mixed / 11 % 8_000);
            Change::SetPrice { line_id, price: PriceRule::Given(Money::from_cents(cents).expect("cents")) }
        }
        _ => Change::MoveLine {
            line_id,
            after: Some(line((mixed / 13 + 1) % LINES)).filter(|after| *after != line(mixed % LINES)),
        },
    }
}

fn kept(draft: &mut Draft) -> Option<Chunk> {
    let chunk = draft.unsaved()?;
    draft.saved(chunk.heads()).expect("its heads are known");
    Some(chunk)
}

fn open(chunks: &[Chunk]) -> Draft {
    Draft::load(id(), chunks, "Mike", actor(9_999)).expect("it loads")
}

fn most(pieces: &[usize]) -> usize {
    pieces.iter().copied().max().unwrap_or(0)
}

fn typical<T: 'static>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let mut all: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            let made = black_box(run());
            let whole = began.elapsed();
            (&made as &dyn std::any::Any).downcast_ref::<Duration>().copied().unwrap_or(whole)
        })
        .collect();
    all.sort();
    all[all.len() / 2]
}

fn time(what: &str, time: Duration, floor: Duration) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<46} {:>9.2} ms {ratio:>6.1}", time.as_secs_f64() * 1_000.0);
}
