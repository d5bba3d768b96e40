//! Measures choosing the next operations from a queue of 100,000 that wait, in an encrypted database: an
//! ordinary queue, one where most stand behind a parked operation, and one nobody signed in may send.
//!
//! `cargo run --release -p fieldquote-store --example queue_speed [operations]`

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

use domain::{Canonical, OpId};
use fieldquote_store::keys::RawKey;
use fieldquote_store::outbox::{self, NewOp, Turn};
use fieldquote_store::{Store, StoreError};

const NOW: &str = "2026-07-01T00:00:00.000Z";

fn id(number: usize) -> Result<OpId, StoreError> {
    format!("op{number}").parse().map_err(|_| StoreError::Undone)
}

/// Each run: an action, the decision on it, and eight operations after the decision.
fn fill(store: &Store, operations: usize) -> Result<(), StoreError> {
    let payload = Canonical::stored(format!("{{\"rows\":\"{}\"}}", "x".repeat(3000)));
    for page in (0..operations).collect::<Vec<_>>().chunks(5000) {
        store.write(|tx| {
            for &number in page {
                let (run, place) = (number / 10, number % 10);
                let (aggregate, kind) = match place {
                    0 => (format!("action:{run}"), "action"),
                    1 => (format!("action:{run}"), "decision"),
                    _ => (format!("quote:{}", run % 1000), "rows"),
                };
                let decision = id(run * 10 + 1)?;
                let op = NewOp {
                    op_id: &id(number)?,
                    aggregate: &aggregate,
                    kind,
                    payload: &payload,
                    run_id: None,
                    step_id: None,
                    after: (place > 1).then_some(&decision),
                    touches: &[],
                    created_by: "Mike",
                };
                outbox::put(tx, &op, NOW)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
}

fn timed(what: &str, store: &Store, created_by: &str, skip: &BTreeSet<String>) -> Result<(), StoreError> {
    let turn = Turn { created_by, skip, most_ops: 100, most_bytes: 4_000_000 };
    let mut took = Vec::new();
    let mut picked = 0;
    for _ in 0..50 {
        let start = Instant::now();
        picked = store.read(|db| outbox::ready(db, &turn))?.len();
        took.push(start.elapsed().as_micros());
    }
    took.sort_unstable();
    println!("{what:<52} {picked:>3} picked   p50 {:>7} µs   worst {:>7} µs", took[25], took[49]);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let operations: usize = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::scratch(&folder.path().join("home"), &RawKey::generate()?, NOW, None)?;
    fill(&store, operations)?;
    let none = BTreeSet::new();
    timed("all may go", &store, "Mike", &none)?;
    timed("none may go: another person's", &store, "Ann", &none)?;
    let start = Instant::now();
    let mut sent = 0;
    // The decisions go first; then the queue is emptied for a while, as a sync does.
    for _ in 0..100 {
        let turn = Turn { created_by: "Mike", skip: &none, most_ops: 100, most_bytes: 4_000_000 };
        let ops = store.read(|db| outbox::ready(db, &turn))?;
        sent += ops.len();
        store.write(|tx| {
            ops.iter().try_for_each(|op| outbox::acknowledge(tx, &op.op_id, "{}", NOW).map(|_| ()))
        })?;
    }
    println!(
        "choosing and acknowledging {sent}, 100 at a time: {} ops/s",
        sent as u128 * 1_000_000 / start.elapsed().as_micros().max(1)
    );
    let quotes: BTreeSet<String> = (0..990).map(|number| format!("quote:{number}")).collect();
    store.write(|tx| {
        let waiting = outbox::in_state(tx, outbox::OpState::Waiting, u32::MAX)?;
        for op in waiting.iter().filter(|op| op.kind != "rows") {
            outbox::acknowledge(tx, &op.op_id, "{}", NOW)?;
        }
        Ok::<_, StoreError>(())
    })?;
    timed("ten of a thousand quotes may go", &store, "Mike", &quotes)?;
    let start = Instant::now();
    let blocked = store.read(|db| outbox::blocked(db, 1000))?.len();
    println!("blocked: {blocked} found, {} µs", start.elapsed().as_micros());
    Ok(())
}
